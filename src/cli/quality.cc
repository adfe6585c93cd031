#include "cli/quality.h"

#include <fmt/format.h>

namespace lawbound::cli {
namespace {

using report::QualityFact;
using report::QualitySection;

// The count, and the first few places.
QualityFact FactOf(std::string label, const ingest::Examples& examples) {
  std::string note;
  std::size_t shown = 0;
  for (const ingest::Example& example : examples.first) {
    if (shown++ == 3) break;
    if (!note.empty()) note += "; ";
    if (example.line != 0) note += fmt::format("line {}, ", example.line);
    if (!example.case_name.empty()) note += fmt::format("case {}: ", example.case_name);
    note += example.why;
  }
  return {std::move(label), examples.count, std::move(note)};
}

void AddSome(std::vector<QualityFact>& facts, std::string label, const ingest::Examples& examples) {
  if (examples.count > 0) facts.push_back(FactOf(std::move(label), examples));
}

QualitySection Read(const ingest::DataQuality& quality) {
  QualitySection out{.title = "What was read", .says = "", .facts = {}};
  out.facts.push_back({"cases", quality.cases, ""});
  out.facts.push_back({"events", quality.events, ""});
  out.facts.push_back({"events that are acts of the pack", quality.entries, ""});
  if (quality.first && quality.last) {
    out.facts.push_back(
        {"period", std::nullopt, base::PrintDay(*quality.first) + " to " + base::PrintDay(*quality.last)});
  }
  if (quality.without_person > 0)
    out.facts.push_back({"acts whose doer is not recorded", quality.without_person, ""});
  return out;
}

QualitySection LeftOut(const ingest::DataQuality& quality) {
  QualitySection out{
      .title = "What was left out",
      .says = "Nothing is dropped in silence: every event that did not become an act is counted here.",
      .facts = {}};
  AddSome(out.facts, "events without activity, case or readable time", quality.bad_rows);
  AddSome(out.facts, "cases without a number", quality.bad_cases);
  for (const auto& [activity, count] : quality.unknown_activities) {
    out.facts.push_back({"activity that the mapping does not name: " + activity, count, ""});
  }
  for (const auto& [transition, count] : quality.skipped_transitions) {
    out.facts.push_back({"events that only say: " + transition, count, "not the completion of an act"});
  }
  if (quality.loose_events > 0) out.facts.push_back({"events outside any case", quality.loose_events, ""});
  if (quality.nested_attributes > 0)
    out.facts.push_back({"attributes of attributes", quality.nested_attributes, ""});
  if (out.facts.empty()) out.facts.push_back({"nothing", std::nullopt, "every event became an act"});
  return out;
}

QualitySection Odd(const ingest::DataQuality& quality) {
  QualitySection out{.title = "What looks odd", .says = "Kept as the log has it.", .facts = {}};
  AddSome(out.facts, "cases whose events were not in order of time", quality.unordered_cases);
  AddSome(out.facts, "entries that repeat the one before", quality.repeated_entries);
  if (quality.repeated_cases_count > 0) {
    out.facts.push_back({"cases whose number had occurred before", quality.repeated_cases_count, ""});
  }
  AddSome(out.facts, "times that look like placeholders", quality.suspicious_times);
  const std::vector<std::string> empty = quality.EmptyMonths();
  if (!empty.empty()) {
    std::string months;
    for (std::size_t i = 0; i < empty.size() && i < 12; ++i) months += (i == 0 ? "" : ", ") + empty[i];
    if (empty.size() > 12) months += fmt::format(" and {} more", empty.size() - 12);
    out.facts.push_back({"months without any event", empty.size(), months});
  }
  if (out.facts.empty()) out.facts.push_back({"nothing", std::nullopt, ""});
  return out;
}

QualitySection Fields(const ingest::DataQuality& quality) {
  QualitySection out{.title = "Fields", .says = "How often a mapped attribute was there.", .facts = {}};
  for (const ingest::FieldQuality& field : quality.fields) {
    std::string note = fmt::format("missing {}", field.missing);
    if (field.rounded > 0) note += fmt::format(", rounded {}", field.rounded);
    if (field.unreadable.count > 0) note += fmt::format(", unreadable {}", field.unreadable.count);
    out.facts.push_back(
        {fmt::format("{}: {} from {}", field.activity, field.field, field.attribute), field.filled, note});
  }
  return out;
}

}  // namespace

report::QualityPage QualityPageOf(const ingest::DataQuality& quality) {
  report::QualityPage page;
  page.sections.push_back(Read(quality));
  page.sections.push_back(LeftOut(quality));
  page.sections.push_back(Odd(quality));
  if (!quality.fields.empty()) page.sections.push_back(Fields(quality));
  return page;
}

}  // namespace lawbound::cli
