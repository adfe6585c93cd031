#include "ingest/mapping_table.h"

#include <fmt/format.h>
#include <utility>

namespace lawbound::ingest {

using base::Errc;
using base::Error;
using program::FieldDef;
using program::MappingDef;
using program::Program;

namespace {

bool IsRowFormat(const MappingDef& mapping) { return mapping.format != MappingDef::Format::kXes; }

MappedField MakeField(const Program& p, const program::FieldSource& source, bool rows, NameTable& events,
                      NameTable& cases) {
  const FieldDef& field = p.fields[source.field.index()];
  MappedField made;
  made.field = &field;
  made.of_role = static_cast<bool>(field.role);
  made.place = field.place;
  // A row repeats what belongs to the case; there a case's attribute is a column like any other.
  made.of_case = source.of_case && !rows;
  made.slot = (made.of_case ? cases : events).Add(p.string(source.attribute));
  return made;
}

class Hasher {
 public:
  void Add(std::string_view text) {
    Add(text.size());
    for (const char c : text) Byte(static_cast<unsigned char>(c));
  }
  void Add(std::uint64_t number) {
    for (int i = 0; i < 8; ++i) Byte(static_cast<unsigned char>(number >> (8 * i)));
  }
  std::uint64_t value() const { return hash_; }

 private:
  void Byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3u; }
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

}  // namespace

base::Result<MappingTable> MappingTable::Make(const Program& p, const MappingDef& mapping) {
  MappingTable t;
  t.program_ = &p;
  t.mapping_ = &mapping;
  const bool rows = IsRowFormat(mapping);
  // Without a column for it an activity or a time cannot be found; the names cannot be those of any attribute
  // then.
  t.event_keys_.Add(rows ? p.string(mapping.act_column) : "concept:name");
  t.event_keys_.Add(rows ? p.string(mapping.time_column) : "time:timestamp");
  t.event_keys_.Add("lifecycle:transition");
  t.event_keys_.Add("org:resource");
  t.case_keys_.Add(rows ? p.string(mapping.case_column) : "concept:name");
  if (t.event_keys_.size() != kFirstMapped) {
    return Error{Errc::kInvalid, "the mapping reads act and time from the same column"};
  }
  bool binds_authority = false;
  for (std::uint32_t row = mapping.lines.first; row < mapping.lines.end(); ++row) {
    const program::MappingLine& line = p.mapping_lines[row];
    const std::string_view activity = p.string(line.activity);
    if (t.activities_.Find(activity) != NameTable::kNone) {
      return Error{Errc::kInvalid, fmt::format("the mapping names the activity \"{}\" twice", activity)};
    }
    t.activities_.Add(activity);
    const program::ActDef& act = p.acts[line.act.index()];
    binds_authority = binds_authority || act.side == program::Side::kAuthority;
    MappedLine made{.act = line.act, .values = act.fields.count};
    made.first_field = static_cast<std::uint32_t>(t.fields_.size());
    made.fields = line.fields.count;
    if (act.dated) made.dated_place = p.fields[act.dated_field.index()].place;
    for (std::uint32_t f = line.fields.first; f < line.fields.end(); ++f) {
      t.fields_.push_back(MakeField(p, p.field_sources[f], rows, t.event_keys_, t.case_keys_));
    }
    t.lines_.push_back(made);
  }
  if (!binds_authority) {
    return Error{
        Errc::kInvalid,
        fmt::format("mapping '{}' maps no act of an authority: nothing in this log binds an authority, and "
                    "what people did is not audited here",
                    p.string(mapping.name))};
  }
  return t;
}

DataQuality MappingTable::EmptyQuality() const {
  DataQuality quality;
  std::uint32_t next = 0;
  for (std::uint32_t row = 0; row < lines_.size(); ++row) {
    for (std::uint32_t i = 0; i < lines_[row].fields; ++i, ++next) {
      const MappedField& f = fields_[next];
      FieldQuality made;
      made.activity = activities_.name(row);
      made.field = program_->string(f.field->name);
      made.attribute = (f.of_case ? case_keys_ : event_keys_).name(f.slot);
      quality.fields.push_back(std::move(made));
    }
  }
  return quality;
}

std::uint64_t MappingTable::Hash() const {
  const Program& p = *program_;
  Hasher h;
  h.Add(p.string(p.path));
  h.Add(p.string(p.zone));
  h.Add(p.currency_decimals);
  h.Add(p.role_fields);
  for (const program::ActDef& act : p.acts) {
    h.Add(p.string(act.name));
    h.Add(act.dated ? act.dated_field.value : 0u);
    h.Add(act.fields.count);
  }
  for (const FieldDef& field : p.fields) {
    h.Add(p.string(field.name));
    h.Add(static_cast<std::uint64_t>(field.type));
    h.Add(field.place);
    for (std::uint32_t c = field.choices.first; c < field.choices.end(); ++c) h.Add(p.string(p.choices[c]));
  }
  h.Add(static_cast<std::uint64_t>(mapping_->format));
  for (const NameTable* names : {&event_keys_, &case_keys_, &activities_}) {
    h.Add(names->size());
    for (std::uint32_t i = 0; i < names->size(); ++i) h.Add(names->name(i));
  }
  for (const MappedLine& line : lines_) {
    h.Add(line.act.value);
    h.Add(line.fields);
  }
  for (const MappedField& f : fields_) {
    h.Add(f.slot);
    h.Add(static_cast<std::uint64_t>(f.field - p.fields.data()));
  }
  return h.value();
}

}  // namespace lawbound::ingest
