#include "ingest/inspect.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "ingest/event.h"
#include "ingest/identity.h"
#include "ingest/reading.h"
#include "ingest/row_parser.h"
#include "ingest/value_text.h"
#include "ingest/xes_expat_adapter.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

constexpr std::array<std::string_view, 5> kKnownKeys{"concept:name", "time:timestamp", "lifecycle:transition",
                                                     "org:resource", "concept:instance"};

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

// Reads a log into an inspection; rows come as cases of one event.
class Inspector final : public EventSink {
 public:
  Inspector(LogInspection& into, const Limits& limits) : into_(&into), limits_(&limits) {}

  base::Status BeginCase(const Place&) override {
    ++into_->cases;
    return base::Ok();
  }
  base::Status CaseAttribute(const Attribute& attribute, const Place&) override {
    if (attribute.key == "concept:name" && LooksLike(attribute.value) != Identity::kNone) ++into_->identities;
    return Note(into_->case_attributes, attribute);
  }
  base::Status Event(std::span<const Attribute> attributes, const Place&) override {
    return Note(attributes, "concept:name", "time:timestamp");
  }
  base::Status EndCase(const Place&) override { return base::Ok(); }
  void NestedAttributes(std::uint64_t) override {}
  void LooseEvent() override { ++into_->bad_rows; }

  base::Status Note(std::span<const Attribute> attributes, std::string_view act_key,
                    std::string_view time_key);
  base::Status Row(const ParsedRow& row);

 private:
  base::Status Note(Attributes& into, const Attribute& attribute);
  void NoteTime(std::string_view text);

  LogInspection* into_;
  const Limits* limits_;
  std::unordered_set<std::uint64_t> cases_;
};

base::Status Inspector::Note(std::span<const Attribute> attributes, std::string_view act_key,
                             std::string_view time_key) {
  ++into_->events;
  std::string_view activity, time;
  for (const Attribute& a : attributes) {
    if (a.key == act_key) activity = a.value;
    if (a.key == time_key) time = a.value;
    if (a.key == "lifecycle:transition" && into_->transitions.size() < limits_->activities) {
      ++into_->transitions[std::string(a.value)];
    }
  }
  NoteTime(time);
  if (activity.empty()) {
    ++into_->bad_rows;
    return base::Ok();
  }
  auto found = into_->activities.find(activity);
  if (found == into_->activities.end()) {
    if (into_->activities.size() >= limits_->activities) {
      return Error{Errc::kLimit, fmt::format("more than {} different activities", limits_->activities)};
    }
    found = into_->activities.emplace(activity, ActivityProfile{}).first;
  }
  ++found->second.count;
  for (const Attribute& a : attributes) {
    if (a.key != act_key && a.key != time_key) RETURN_IF_ERROR(Note(found->second.attributes, a));
  }
  return base::Ok();
}

base::Status Inspector::Row(const ParsedRow& row) {
  for (const Attribute& cell : row.cells) {
    if (cell.key != into_->case_column) continue;
    if (cases_.size() >= limits_->compared_cases) {
      return Error{Errc::kLimit, fmt::format("more than {} cases", limits_->compared_cases)};
    }
    if (!cases_.insert(HashOf(cell.value)).second) break;
    ++into_->cases;
    if (LooksLike(cell.value) != Identity::kNone) ++into_->identities;
  }
  std::vector<Attribute> others = row.cells;
  std::erase_if(others, [&](const Attribute& a) { return a.key == into_->case_column; });
  return Note(others, into_->act_column, into_->time_column);
}

base::Status Inspector::Note(Attributes& into, const Attribute& a) {
  auto found = into.find(a.key);
  if (found == into.end()) {
    if (into.size() >= limits_->attributes_per_event) {
      return Error{Errc::kLimit,
                   fmt::format("more than {} different attributes", limits_->attributes_per_event)};
    }
    found = into.emplace(a.key, AttributeProfile{}).first;
    found->second.personal = SoundsPersonal(a.key);
  }
  AttributeProfile& profile = found->second;
  if (a.value.empty()) return base::Ok();
  ++profile.filled;
  const auto number = ParseDecimal(a.value, 0);
  // "38.00" is an amount, though it is a whole one.
  const bool whole = number && !number->rounded && a.value.find('.') == std::string_view::npos;
  profile.whole += whole && a.type != AttributeType::kFloat ? 1u : 0u;
  profile.decimal += number ? 1u : 0u;
  profile.dates += base::ParseDay(a.value.substr(0, 10)) ? 1u : 0u;
  profile.yes_no += ParseYesNo(a.value) ? 1u : 0u;
  if (LooksLike(a.value) != Identity::kNone) profile.personal = true;
  if (profile.personal)
    profile.examples.clear();
  else if (profile.examples.size() < AttributeProfile::kExamples && a.value.size() <= 40)
    profile.examples.emplace(a.value);
  return base::Ok();
}

// Dates are taken as written: which zone they are in is for the pack to say.
void Inspector::NoteTime(std::string_view text) {
  const std::optional<base::Day> day = base::ParseDay(text.substr(0, 10));
  if (!day) {
    ++into_->bad_times;
    return;
  }
  if (!into_->first || *day < *into_->first) into_->first = day;
  if (!into_->last || *day > *into_->last) into_->last = day;
  const std::string_view clock = text.size() > 11 ? text.substr(11) : std::string_view();
  if (clock.empty() || clock.starts_with("00:00")) {
    // 00:00:00.000 counts, 00:00:31 does not.
    const std::size_t end = clock.find_first_of("Z+-");
    const std::string_view digits = clock.substr(0, end);
    if (digits.find_first_not_of("0:.") == std::string_view::npos) ++into_->midnights;
  }
  const std::size_t offset = clock.find_first_of("Z+-");
  ++into_->offsets[std::string(offset == std::string_view::npos ? std::string_view()
                                                                : clock.substr(offset, 6))];
}

// The first column whose name is one of the words, tried in the order of the words.
std::string Guess(const std::vector<std::string>& columns, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    for (const std::string& column : columns) {
      if (Lower(column) == word) return column;
    }
  }
  for (const std::string_view word : words) {
    for (const std::string& column : columns) {
      if (Lower(column).find(word) != std::string::npos) return column;
    }
  }
  return {};
}

base::Status InspectRows(RowParser& parser, LogInspection& into, const Limits& limits) {
  Inspector inspector(into, limits);
  ParsedRow row;
  for (bool first = true;; first = false) {
    RETURN_IF_ERROR(parser.Next(row));
    if (first) {
      into.columns = parser.columns();
      if (into.columns.empty()) {
        for (const Attribute& cell : row.cells) into.columns.emplace_back(cell.key);
      }
      into.case_column = Guess(into.columns, {"case:concept:name", "case", "case_id", "caseid", "case id",
                                              "matter", "案号", "case"});
      into.act_column =
          Guess(into.columns, {"concept:name", "activity", "act", "event", "action", "活动", "activity"});
      into.time_column = Guess(
          into.columns, {"time:timestamp", "timestamp", "time", "date", "completetime", "时间", "日期"});
    }
    if (row.kind == ParsedRow::Kind::kEnd) return base::Ok();
    if (row.kind == ParsedRow::Kind::kBad)
      ++into.bad_rows;
    else
      RETURN_IF_ERROR(inspector.Row(row));
  }
}

base::Status InspectXes(ByteSource& bytes, LogInspection& into, const Limits& limits) {
  Inspector inspector(into, limits);
  XesExpat expat(limits, inspector);
  std::vector<char> chunk(std::min(std::size_t{64} << 10, limits.block_bytes));
  bool first = true;
  while (true) {
    ASSIGN_OR_RETURN(const std::size_t got, bytes.Read(chunk));
    if (got == 0) return expat.End();
    std::span<const char> part(chunk.data(), got);
    if (first) {
      ASSIGN_OR_RETURN(const std::size_t mark, CheckBeginning(std::string_view(part.data(), part.size())));
      part = part.subspan(mark);
    }
    first = false;
    RETURN_IF_ERROR(expat.Feed(part));
  }
}

// Hands out a few bytes again that were read to tell the format.
class Prefixed final : public ByteSource {
 public:
  Prefixed(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}
  base::Result<std::size_t> Read(std::span<char> into) override {
    if (head_.empty()) return rest_->Read(into);
    const std::size_t n = std::min(into.size(), head_.size());
    std::copy_n(head_.data(), n, into.data());
    head_.erase(0, n);
    return n;
  }

 private:
  std::string head_;
  std::unique_ptr<ByteSource> rest_;
};

std::string Kebab(std::string_view name) {
  std::string out;
  for (const char c : Lower(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out.insert(0, "act-");
  if (out.back() == '-') out.pop_back();
  return out;
}

bool IsKnown(std::string_view key) {
  return std::find(kKnownKeys.begin(), kKnownKeys.end(), key) != kKnownKeys.end();
}

// In quotation marks as the pack language writes them.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// A column that was guessed, as one is told of it and as it stands in a draft.
std::string Taken(std::string_view column) { return column.empty() ? "none" : fmt::format("'{}'", column); }
std::string Drafted(std::string_view column) { return Quoted(column.empty() ? "?" : column); }

void PrintAttributes(std::string& out, const Attributes& attributes, std::uint64_t of,
                     std::string_view indent) {
  for (const auto& [name, a] : attributes) {
    out += fmt::format("{}{}: {}, in {} %", indent, name, a.Type(),
                       of == 0 ? 0 : (a.filled * 100 + of / 2) / of);
    if (a.personal)
      out += ", looks personal";
    else if (!a.examples.empty())
      out += fmt::format(", e.g. '{}'", fmt::join(a.examples, "', '"));
    out += '\n';
  }
}

}  // namespace

bool SoundsPersonal(std::string_view key) {
  static constexpr std::string_view kWords[] = {
      "name", "resource", "person", "user",     "birth",    "phone",  "mobile",
      "mail", "address",  "plate",  "passport", "identity", "gender", "sex",
      "姓名", "身份证",   "电话",   "手机",     "地址",     "车牌",   "responsible"};
  const std::string lower = Lower(key);
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string AttributeProfile::Type() const {
  if (filled == 0) return "text";
  if (yes_no == filled && whole != filled) return "yes-no";
  if (whole == filled) return "whole";
  if (decimal == filled) return "money";
  return dates == filled ? "day" : "text";
}

base::Result<LogInspection> InspectLog(const LogSource& source, const Limits& limits) {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> bytes, source.open());
  bytes = Decompressed(std::move(bytes), limits);
  std::string head(4096, '\0');
  std::size_t filled = 0;
  while (filled < head.size()) {
    ASSIGN_OR_RETURN(const std::size_t got, bytes->Read(std::span(head).subspan(filled)));
    if (got == 0) break;
    filled += got;
  }
  head.resize(filled);
  LogInspection inspection;
  using Format = LogInspection::Format;
  ASSIGN_OR_RETURN(const std::size_t mark, CheckBeginning(head));
  const std::size_t at = head.find_first_not_of(" \t\r\n", mark);
  const char begin = at == std::string::npos ? '\0' : head[at];
  inspection.format = begin == '<' ? Format::kXes : begin == '{' ? Format::kJsonLines : Format::kCsv;
  bytes = std::make_unique<Prefixed>(std::move(head), std::move(bytes));
  base::Status status = base::Ok();
  switch (inspection.format) {
    case Format::kXes:
      status = InspectXes(*bytes, inspection, limits);
      break;
    case Format::kCsv:
      status = InspectRows(*MakeCsvParser(std::move(bytes), limits), inspection, limits);
      break;
    case Format::kJsonLines:
      status = InspectRows(*MakeJsonLinesParser(std::move(bytes), limits), inspection, limits);
      break;
  }
  if (!status.ok()) return std::move(status).error().With(fmt::format("reading '{}'", source.name));
  return inspection;
}

std::string PrintInspection(const LogInspection& i) {
  static constexpr std::string_view kFormats[] = {"XES", "CSV", "JSON Lines"};
  std::string out =
      fmt::format("{}: {} cases, {} events", kFormats[static_cast<std::size_t>(i.format)], i.cases, i.events);
  if (i.first && i.last) out += fmt::format(", {} to {}", base::PrintDay(*i.first), base::PrintDay(*i.last));
  out += '\n';
  if (!i.columns.empty()) {
    out += fmt::format("columns: {}\n", fmt::join(i.columns, ", "));
    out += fmt::format("taken as case: {}, act: {}, time: {}\n", Taken(i.case_column), Taken(i.act_column),
                       Taken(i.time_column));
    if (i.case_column.empty() || i.act_column.empty() || i.time_column.empty()) {
      out += "no column is called what such columns usually are; write the right ones into the draft below\n";
    }
  }
  if (i.bad_rows != 0) out += fmt::format("rows or events that cannot be read: {}\n", i.bad_rows);
  if (i.bad_times != 0) out += fmt::format("events without a readable time: {}\n", i.bad_times);
  if (i.identities != 0) out += fmt::format("case numbers that look like a person's: {}\n", i.identities);
  out += fmt::format("times at midnight, which are dates alone: {} of {}\n", i.midnights, i.events);
  for (const auto& [offset, count] : i.offsets) {
    out += fmt::format("offset {}: {}\n", offset.empty() ? "not given" : offset, count);
  }
  for (const auto& [transition, count] : i.transitions)
    out += fmt::format("transition '{}': {}\n", transition, count);
  out += "activities:\n";
  for (const auto& [name, activity] : i.activities) {
    out += fmt::format("  {}: {}\n", Quoted(name), activity.count);
    PrintAttributes(out, activity.attributes, activity.count, "    ");
  }
  if (!i.case_attributes.empty()) out += "of the case:\n";
  PrintAttributes(out, i.case_attributes, i.cases, "  ");
  return out;
}

std::string DraftMapping(const LogInspection& i) {
  std::string out =
      "# A draft: name the acts as the pack does, keep the attributes that its rules read, delete the "
      "rest.\n";
  if (i.format == LogInspection::Format::kXes) {
    out += "mapping log xes\n";
  } else {
    out += fmt::format("mapping log {} case {} act {} time {}\n",
                       i.format == LogInspection::Format::kCsv ? "csv" : "jsonl", Drafted(i.case_column),
                       Drafted(i.act_column), Drafted(i.time_column));
  }
  for (const auto& [name, activity] : i.activities) {
    out += fmt::format("  # {} events\n  {} -> {}", activity.count, Quoted(name), Kebab(name));
    for (const auto& [key, attribute] : activity.attributes) {
      if (!IsKnown(key) && !attribute.personal) out += fmt::format(" {}={}", Kebab(key), Quoted(key));
    }
    out += '\n';
  }
  return out;
}

}  // namespace lawbound::ingest
