#include "ingest/data_quality.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <utility>

#include "base/check.h"

namespace lawbound::ingest {
namespace {

auto Order(const Example& e) { return std::tie(e.block, e.line, e.case_name, e.why); }

template <typename Map>
void MergeCounts(Map& into, const Map& from) {
  for (const auto& [name, count] : from) into[name] += count;
}

void PrintExamples(std::string& out, std::string_view what, const Examples& examples) {
  if (examples.count == 0) return;
  out += fmt::format("{}: {}\n", what, examples.count);
  for (const Example& e : examples.first) {
    out += "  ";
    if (e.line != 0) out += fmt::format("line {}", e.line);
    if (!e.case_name.empty()) out += fmt::format("{}case '{}'", e.line != 0 ? ", " : "", e.case_name);
    if (!e.why.empty()) out += fmt::format(": {}", e.why);
    out += '\n';
  }
  if (examples.count > examples.first.size()) {
    out += fmt::format("  and {} more\n", examples.count - examples.first.size());
  }
}

void PrintCounts(std::string& out, std::string_view what,
                 const std::map<std::string, std::uint64_t, std::less<>>& counts) {
  if (counts.empty()) return;
  out += fmt::format("{}:\n", what);
  for (const auto& [name, count] : counts) out += fmt::format("  '{}': {}\n", name, count);
}

void PrintNumber(std::string& out, std::string_view what, std::uint64_t count) {
  if (count != 0) out += fmt::format("{}: {}\n", what, count);
}

}  // namespace

void Examples::Insert(Example example) {
  const auto at = std::upper_bound(first.begin(), first.end(), example,
                                   [](const Example& a, const Example& b) { return Order(a) < Order(b); });
  if (at == first.end() && first.size() == kKept) return;
  first.insert(at, std::move(example));
  if (first.size() > kKept) first.pop_back();
}

void Examples::Add(std::uint64_t block, std::uint64_t line, std::string_view case_name, std::string why) {
  ++count;
  Insert({block, line, std::string(case_name), std::move(why)});
}

void Examples::Merge(const Examples& other) {
  count += other.count;
  for (const Example& e : other.first) Insert(e);
}

void DataQuality::Merge(const DataQuality& other) {
  cases += other.cases;
  events += other.events;
  entries += other.entries;
  bad_rows.Merge(other.bad_rows);
  bad_cases.Merge(other.bad_cases);
  MergeCounts(unknown_activities, other.unknown_activities);
  MergeCounts(skipped_transitions, other.skipped_transitions);
  without_person += other.without_person;
  if (fields.empty()) {
    fields = other.fields;
  } else if (!other.fields.empty()) {
    CHECK(fields.size() == other.fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
      fields[i].filled += other.fields[i].filled;
      fields[i].missing += other.fields[i].missing;
      fields[i].rounded += other.fields[i].rounded;
      fields[i].unreadable.Merge(other.fields[i].unreadable);
    }
  }
  unordered_cases.Merge(other.unordered_cases);
  repeated_entries.Merge(other.repeated_entries);
  MergeCounts(repeated_cases, other.repeated_cases);
  repeated_cases_count += other.repeated_cases_count;
  repeated_cases_known = repeated_cases_known && other.repeated_cases_known;
  suspicious_times.Merge(other.suspicious_times);
  if (other.first && (!first || *other.first < *first)) first = other.first;
  if (other.last && (!last || *other.last > *last)) last = other.last;
  MergeCounts(months, other.months);
  nested_attributes += other.nested_attributes;
  repeated_attributes += other.repeated_attributes;
  loose_events += other.loose_events;
  bytes += other.bytes;
}

std::vector<std::string> DataQuality::EmptyMonths() const {
  std::vector<std::string> empty;
  if (months.empty()) return empty;
  for (std::int32_t m = months.begin()->first; m < months.rbegin()->first; ++m) {
    if (!months.contains(m)) empty.push_back(fmt::format("{:04}-{:02}", m / 12, m % 12 + 1));
  }
  return empty;
}

std::string PrintDataQuality(const DataQuality& q) {
  std::string out = fmt::format("{} cases, {} events, {} of them acts\n", q.cases, q.events, q.entries);
  if (q.first && q.last)
    out += fmt::format("from {} to {}\n", base::PrintDay(*q.first), base::PrintDay(*q.last));
  PrintExamples(out, "rows that cannot be read, left out", q.bad_rows);
  PrintExamples(out, "cases without a number, left out", q.bad_cases);
  PrintNumber(out, "events outside any case, left out", q.loose_events);
  PrintCounts(out, "activities that the mapping does not name, left out", q.unknown_activities);
  PrintCounts(out, "events that are not the completion of their activity, left out", q.skipped_transitions);
  PrintNumber(out, "acts whose doer the log does not say", q.without_person);
  for (const FieldQuality& f : q.fields) {
    if (f.missing + f.unreadable.count + f.rounded == 0) continue;
    const std::string name =
        fmt::format("field '{}' of \"{}\" from \"{}\"", f.field, f.activity, f.attribute);
    PrintNumber(out, name + ", missing", f.missing);
    PrintNumber(out, name + ", rounded half up to the smallest unit", f.rounded);
    PrintExamples(out, name + ", cannot be read and taken as missing", f.unreadable);
  }
  PrintExamples(out, "cases not logged in the order of time, put in order", q.unordered_cases);
  PrintExamples(out, "entries that repeat the one before, kept", q.repeated_entries);
  PrintNumber(out, "cases whose number another case had before", q.repeated_cases_count);
  PrintCounts(out, "case numbers used again", q.repeated_cases);
  if (!q.repeated_cases_known) out += "too many cases to look for numbers used twice\n";
  PrintExamples(out, "events on or before 1970-01-01, perhaps stand-ins for an unknown date",
                q.suspicious_times);
  const std::vector<std::string> empty = q.EmptyMonths();
  if (!empty.empty()) out += fmt::format("months without any event: {}\n", fmt::join(empty, ", "));
  PrintNumber(out, "attributes inside attributes, not read", q.nested_attributes);
  PrintNumber(out, "attributes given twice, the first counts", q.repeated_attributes);
  return out;
}

}  // namespace lawbound::ingest
