#include "ingest/case_builder.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "ingest/identity.h"
#include "ingest/value_text.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;
using model::Entry;
using model::kMissing;
using model::Value;
using program::ValueType;

namespace {

// Beyond this many people in one case they are looked up rather than compared one by one.
constexpr std::size_t kFewPeople = 16;

constexpr bool IsTextual(ValueType type) {
  return type == ValueType::kText || type == ValueType::kDocument || type == ValueType::kProvision;
}

}  // namespace

template <typename Why>
void CaseBuilder::Note(Examples& examples, const Place& place, Why why) {
  if (examples.IsFullBefore(place.block())) {
    ++examples.count;
  } else {
    examples.Add(place.block(), place.line(), case_given_[0] ? case_values_[0] : std::string(), why());
  }
}

CaseBuilder::CaseBuilder(const MappingTable& mapping, const calendar::Zone& zone, const Limits& limits)
    : mapping_(&mapping),
      limits_(&limits),
      times_(zone, limits.remembered_times),
      slots_(mapping.event_keys().size()),
      case_values_(mapping.case_keys().size()),
      case_given_(mapping.case_keys().size()) {
  Reset();
}

void CaseBuilder::StartBatch(model::Batch& batch) {
  batch_ = &batch;
  batch.cases.clear();
  batch.entries.clear();
  batch.values.clear();
  batch.role_values.clear();
  batch.people.clear();
  batch.texts.clear();
  batch.people_names.clear();
  batch.names.clear();
  texts_.Clear();
}

void CaseBuilder::Reset() {
  quality_ = mapping_->EmptyQuality();
  identities_ = {};
  months_.clear();
}

base::Status CaseBuilder::BeginCase(const Place&) {
  events_ = 0;
  entry_lines_.clear();
  std::fill(case_given_.begin(), case_given_.end(), false);
  case_ = {};
  case_.first_entry = static_cast<std::uint32_t>(batch_->entries.size());
  case_.first_role_value = static_cast<std::uint32_t>(batch_->role_values.size());
  case_.role_values = mapping_->program().role_fields;
  batch_->role_values.resize(batch_->role_values.size() + case_.role_values, kMissing);
  first_value_ = batch_->values.size();
  first_person_ = batch_->people.size();
  first_name_ = batch_->people_names.size();
  people_.Clear();
  return base::Ok();
}

base::Status CaseBuilder::CaseAttribute(const Attribute& attribute, const Place&) {
  const std::uint32_t slot = mapping_->case_keys().Find(attribute.key);
  if (slot == NameTable::kNone) return base::Ok();
  if (case_given_[slot]) {
    ++quality_.repeated_attributes;
    return base::Ok();
  }
  case_given_[slot] = true;
  case_values_[slot].assign(attribute.value);
  return base::Ok();
}

base::Status CaseBuilder::Event(std::span<const Attribute> attributes, const Place& place) {
  std::fill(slots_.begin(), slots_.end(), std::string_view());
  const NameTable& keys = mapping_->event_keys();
  for (const Attribute& attribute : attributes) {
    const std::uint32_t slot = keys.Find(attribute.key);
    if (slot == NameTable::kNone) continue;
    if (slots_[slot].data() != nullptr) {
      ++quality_.repeated_attributes;
    } else {
      slots_[slot] = attribute.value;
    }
  }
  return Row(slots_, place);
}

base::Status CaseBuilder::Row(std::span<const std::string_view> slots, const Place& place) {
  ++quality_.events;
  if (++events_ > limits_->events_per_case) {
    return Error{Errc::kLimit, fmt::format("line {}: more than {} events in one case", place.line(),
                                           limits_->events_per_case)};
  }
  const std::string_view activity = slots[MappingTable::kActivity];
  if (activity.empty()) {
    Note(quality_.bad_rows, place, [] { return std::string("no activity"); });
    return base::Ok();
  }
  const std::string_view written = slots[MappingTable::kTime];
  const LogTime* time = written.empty() ? nullptr : times_.Read(written);
  if (time == nullptr) {
    Note(quality_.bad_rows, place, [&] {
      return written.empty() ? std::string("no time") : fmt::format("'{}' is no time", written.substr(0, 60));
    });
    return base::Ok();
  }
  NoteTime(*time, place);
  const std::string_view transition = slots[MappingTable::kTransition];
  if (!transition.empty() && transition != "complete" && !EqualIgnoringCase(transition, "complete")) {
    return CountName(quality_.skipped_transitions, transition, place);
  }
  const std::uint32_t line = mapping_->activities().Find(activity);
  if (line == NameTable::kNone) return CountName(quality_.unknown_activities, activity, place);
  entry_lines_.push_back(line);
  return AddEntry(mapping_->lines()[line], *time, slots, place);
}

void CaseBuilder::NoteTime(const LogTime& time, const Place& place) {
  CountMonth(time.month);
  if (!quality_.first || time.day < *quality_.first) quality_.first = time.day;
  if (!quality_.last || time.day > *quality_.last) quality_.last = time.day;
  if (time.day.number <= 0) {
    Note(quality_.suspicious_times, place, [&] { return base::PrintDay(time.day); });
  }
}

base::Status CaseBuilder::CountName(std::map<std::string, std::uint64_t, std::less<>>& counts,
                                    std::string_view name, const Place& place) {
  const auto found = counts.find(name);
  if (found != counts.end()) {
    ++found->second;
    return base::Ok();
  }
  if (counts.size() >= limits_->activities) {
    return Error{Errc::kLimit,
                 fmt::format("line {}: more than {} different names that the mapping does not have",
                             place.line(), limits_->activities)};
  }
  counts.emplace(name, 1);
  return base::Ok();
}

base::Status CaseBuilder::AddEntry(const MappedLine& line, const LogTime& time,
                                   std::span<const std::string_view> slots, const Place& place) {
  Entry entry{.act = line.act, .day = time.day, .recorded = time.day, .minute = time.minute};
  entry.millisecond = time.millisecond;
  entry.number = events_ - 1;
  entry.first_value = static_cast<std::uint32_t>(batch_->values.size());
  entry.first_person = static_cast<std::uint32_t>(batch_->people.size());
  const std::string_view person = slots[MappingTable::kPerson];
  if (!person.empty()) {
    batch_->people.push_back(PersonRow(person));
    entry.people = 1;
  } else {
    ++quality_.without_person;
  }
  batch_->values.resize(batch_->values.size() + line.values, kMissing);
  const std::size_t at = batch_->entries.size();
  batch_->entries.push_back(entry);
  for (std::uint32_t row = line.first_field; row < line.first_field + line.fields; ++row) {
    const MappedField& field = mapping_->fields()[row];
    if (!field.of_case) FillField(row, line, at, slots[field.slot], place);
  }
  return base::Ok();
}

void CaseBuilder::FillField(std::uint32_t row, const MappedLine& line, std::size_t entry_row,
                            std::string_view text, const Place& place) {
  const MappedField& field = mapping_->fields()[row];
  if (text.empty()) {
    ++quality_.fields[row].missing;
    return;
  }
  const Value value = ReadValue(row, text, place);
  if (value == kMissing) return;
  ++quality_.fields[row].filled;
  if (field.of_role) {
    batch_->role_values[case_.first_role_value + field.place] = value;
    return;
  }
  Entry& entry = batch_->entries[entry_row];
  batch_->values[entry.first_value + field.place] = value;
  if (field.place == line.dated_place) {
    entry.day = base::Day{static_cast<std::int32_t>(value)};
    entry.minute = base::kNoMinute;
    entry.millisecond = base::kNoMillisecond;
  }
}

Value CaseBuilder::ReadValue(std::uint32_t row, std::string_view text, const Place& place) {
  const program::FieldDef& field = *mapping_->fields()[row].field;
  const program::Program& p = mapping_->program();
  if (IsTextual(field.type)) return TextRow(text);
  switch (field.type) {
    case ValueType::kYesNo:
      if (const auto yes = ParseYesNo(text)) return *yes ? 1 : 0;
      break;
    case ValueType::kWhole:
      if (const auto number = ParseDecimal(text, 0); number && !number->rounded) return number->units;
      break;
    case ValueType::kMoney:
      if (const auto amount = ParseDecimal(text, p.currency_decimals)) {
        quality_.fields[row].rounded += amount->rounded ? 1u : 0u;
        return amount->units;
      }
      break;
    case ValueType::kDay:
      if (const LogTime* time = times_.Read(text)) return time->day.number;
      break;
    case ValueType::kLength:
      if (const auto length = ParseLength(text)) return *length;
      break;
    case ValueType::kOfficial:
    case ValueType::kMember:
      return PersonRow(text);
    case ValueType::kList:
      break;  // no log gives one
    case ValueType::kChoice:
      for (std::uint32_t i = 0; i < field.choices.count; ++i) {
        if (p.string(p.choices[field.choices.first + i]) == text) return i;
      }
      break;
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      break;
  }
  Note(quality_.fields[row].unreadable, place, [&] { return fmt::format("'{}'", text.substr(0, 60)); });
  return kMissing;
}

std::uint32_t CaseBuilder::PersonRow(std::string_view name) {
  std::vector<std::string>& names = batch_->people_names;
  const std::size_t known = names.size() - first_name_;
  if (known <= kFewPeople) {
    for (std::size_t i = first_name_; i < names.size(); ++i) {
      if (names[i] == name) return static_cast<std::uint32_t>(i);
    }
  } else if (const std::uint32_t found = people_.Find(name, names); found != RowIndex::kNone) {
    return found;
  }
  names.emplace_back(name);
  if (known == kFewPeople) {
    for (std::size_t i = first_name_; i < names.size(); ++i)
      people_.Add(static_cast<std::uint32_t>(i), names);
  } else if (known > kFewPeople) {
    people_.Add(static_cast<std::uint32_t>(names.size() - 1), names);
  }
  return static_cast<std::uint32_t>(names.size() - 1);
}

std::uint32_t CaseBuilder::TextRow(std::string_view text) {
  if (const std::uint32_t found = texts_.Find(text, batch_->texts); found != RowIndex::kNone) return found;
  batch_->texts.emplace_back(text);
  const auto row = static_cast<std::uint32_t>(batch_->texts.size() - 1);
  texts_.Add(row, batch_->texts);
  return row;
}

base::Status CaseBuilder::EndCase(const Place& place) {
  if (!case_given_[0] || case_values_[0].empty()) {
    Note(quality_.bad_cases, place, [&] { return fmt::format("{} events", events_); });
    DropCase();
    return base::Ok();
  }
  ++quality_.cases;
  const std::string& name = case_values_[0];
  if (const Identity identity = LooksLike(name); identity != Identity::kNone) {
    ++identities_[static_cast<std::size_t>(identity)];
  }
  case_.name_begin = static_cast<std::uint32_t>(batch_->names.size());
  case_.name_size = static_cast<std::uint32_t>(name.size());
  batch_->names += name;
  case_.entries = static_cast<std::uint32_t>(batch_->entries.size()) - case_.first_entry;
  quality_.entries += case_.entries;
  if (mapping_->reads_case_attributes()) FillCaseFields(place);
  SortEntries(place);
  CountRepeats(place);
  batch_->cases.push_back(case_);
  return base::Ok();
}

void CaseBuilder::FillCaseFields(const Place& place) {
  for (std::uint32_t i = 0; i < case_.entries; ++i) {
    const MappedLine& line = mapping_->lines()[entry_lines_[i]];
    for (std::uint32_t row = line.first_field; row < line.first_field + line.fields; ++row) {
      const MappedField& field = mapping_->fields()[row];
      if (!field.of_case) continue;
      const std::string_view text =
          case_given_[field.slot] ? std::string_view(case_values_[field.slot]) : std::string_view();
      FillField(row, line, case_.first_entry + i, text, place);
    }
  }
}

namespace {

// Puts each run of entries of one `group` whose `part` of the time is known (not negative) in order by it.
template <typename Iterator, typename Group, typename Part>
void SortRuns(Iterator begin, Iterator end, Group group, Part part) {
  for (auto run = begin; run != end;) {
    auto stop = run + 1;
    if (part(*run) >= 0) {
      while (stop != end && group(*run, *stop) && part(*stop) >= 0) ++stop;
      std::stable_sort(run, stop, [&](const Entry& a, const Entry& b) { return part(a) < part(b); });
    }
    run = stop;
  }
}

}  // namespace

// By day; within a day each run of entries whose minute is known is put in order by minute, and an entry
// without a minute stays where the log has it; the same again within a minute.  (Comparing minutes only "when
// both are known" would not be an order: 10:00, none, 09:00.)
void CaseBuilder::SortEntries(const Place& place) {
  const auto begin = batch_->entries.begin() + case_.first_entry;
  const auto end = batch_->entries.end();
  if (std::adjacent_find(begin, end, model::IsLater) == end) return;
  Note(quality_.unordered_cases, place, [] { return std::string(); });
  std::stable_sort(begin, end, [](const Entry& a, const Entry& b) { return a.day < b.day; });
  const auto one_day = [](const Entry& a, const Entry& b) { return a.day == b.day; };
  const auto one_minute = [](const Entry& a, const Entry& b) {
    return a.day == b.day && a.minute == b.minute;
  };
  SortRuns(begin, end, one_day, [](const Entry& e) { return e.minute; });
  SortRuns(begin, end, one_minute, [](const Entry& e) { return e.millisecond; });
}

void CaseBuilder::CountRepeats(const Place& place) {
  const std::span<const Entry> entries = std::span(batch_->entries).subspan(case_.first_entry);
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const Entry& a = entries[i - 1];
    const Entry& b = entries[i];
    if (a.act != b.act || a.day != b.day || a.minute != b.minute || a.millisecond != b.millisecond ||
        a.recorded != b.recorded || a.people != b.people)
      continue;
    const std::uint32_t values = mapping_->program().acts[a.act.index()].fields.count;
    const auto value = batch_->values.begin();
    if (!std::equal(value + a.first_value, value + a.first_value + values, value + b.first_value)) continue;
    if (a.people != 0 && batch_->people[a.first_person] != batch_->people[b.first_person]) continue;
    Note(quality_.repeated_entries, place, [&] { return base::PrintDay(b.day); });
  }
}

void CaseBuilder::DropCase() {
  batch_->entries.resize(case_.first_entry);
  batch_->values.resize(first_value_);
  batch_->people.resize(first_person_);
  batch_->people_names.resize(first_name_);
  batch_->role_values.resize(case_.first_role_value);
}

void CaseBuilder::CountMonth(std::int32_t month) {
  if (months_.empty()) first_month_ = month;
  if (month < first_month_) {
    months_.insert(months_.begin(), static_cast<std::size_t>(first_month_ - month), 0);
    first_month_ = month;
  }
  const auto at = static_cast<std::size_t>(month - first_month_);
  if (at >= months_.size()) months_.resize(at + 1);
  ++months_[at];
}

DataQuality CaseBuilder::TakeQuality() {
  for (std::size_t m = 0; m < months_.size(); ++m) {
    if (months_[m] != 0) quality_.months[static_cast<std::int32_t>(m) + first_month_] = months_[m];
  }
  DataQuality taken = std::move(quality_);
  Reset();
  return taken;
}

}  // namespace lawbound::ingest
