#include "report/document.h"

#include <algorithm>
#include <fmt/format.h>

namespace lawbound::report {

Tally RuleFigures::Total() const {
  Tally total;
  for (const SentenceFigures& sentence : sentences) total.Add(sentence.tally);
  return total;
}

std::uint64_t RuleFigures::PartyLapses() const {
  std::uint64_t lapses = 0;
  for (const SentenceFigures& sentence : sentences) {
    if (sentence.side == "party") lapses += sentence.tally.broken;
  }
  return lapses;
}

std::string RuleFigures::Citations() const {
  std::string out;
  for (const Provision& provision : provisions) out += (out.empty() ? "" : ", ") + provision.citation;
  return out;
}

namespace {

base::Error Differ(const AuditDocument& part, std::string_view what) {
  return {base::Errc::kInvalid,
          fmt::format("the audit of '{}' has another {} than the first; audit all parts alike",
                      part.logs.empty() ? "" : part.logs.front(), what)};
}

// Whether two rules, acts or sentences are the same but for their figures.
bool SameSentence(const SentenceFigures& a, const SentenceFigures& b) {
  const auto length = [](const SentenceFigures& s) {
    return s.term ? std::pair(s.term->count, static_cast<int>(s.term->unit)) : std::pair(-1, 0);
  };
  return a.id == b.id && a.kind == b.kind && a.side == b.side && a.text == b.text && a.acts == b.acts &&
         a.from == b.from && a.until == b.until && length(a) == length(b);
}

bool SameRule(const RuleFigures& a, const RuleFigures& b) {
  return a.id == b.id && a.title == b.title && a.provisions == b.provisions &&
         std::equal(a.sentences.begin(), a.sentences.end(), b.sentences.begin(), b.sentences.end(),
                    SameSentence);
}

bool SameAct(const ActFigures& a, const ActFigures& b) {
  return a.id == b.id && a.title == b.title && a.side == b.side && a.provisions == b.provisions;
}

bool SameAssumption(const Assumption& a, const Assumption& b) {
  return a.field == b.field && a.value == b.value && a.exact == b.exact;
}

// The sources of a calendar are those of the log's own years: only name, version and published days must
// agree.
bool SameCalendar(const CalendarUsed& a, const CalendarUsed& b) {
  return a.name == b.name && a.version == b.version && a.first_published == b.first_published &&
         a.last_published == b.last_published;
}

template <typename T, typename Same>
bool AllSame(const std::vector<T>& a, const std::vector<T>& b, Same same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

base::Status CheckAlike(const AuditDocument& first, const AuditDocument& part) {
  if (part.pack != first.pack || part.title != first.title) return Differ(part, "pack");
  if (part.pack_hash != first.pack_hash) return Differ(part, "version of the pack");
  if (part.as_of != first.as_of) return Differ(part, "as-of day");
  if (part.from != first.from || part.to != first.to) return Differ(part, "period");
  if (part.rule != first.rule) return Differ(part, "choice of rules");
  if (part.shards != first.shards) return Differ(part, "number of shards");
  if (part.strict != first.strict) return Differ(part, "treatment of assumptions (--strict)");
  if (part.mapping != first.mapping || part.unseen != first.unseen ||
      !AllSame(part.assumptions, first.assumptions, SameAssumption)) {
    return Differ(part, "mapping");
  }
  if (part.language != first.language) return Differ(part, "language");
  if (!AllSame(part.rules, first.rules, SameRule)) return Differ(part, "set of rules");
  if (!AllSame(part.acts, first.acts, SameAct)) return Differ(part, "set of acts");
  if (!AllSame(part.calendars, first.calendars, SameCalendar)) return Differ(part, "version of a calendar");
  return base::Ok();
}

// Shards are parts of one log: each must be there, and once.
base::Status CheckShards(std::span<const AuditDocument> parts) {
  const std::uint32_t wanted = parts.front().shards;
  if (wanted == 1) return base::Ok();
  std::vector<std::uint32_t> found(wanted + std::size_t{1}, 0);
  for (const AuditDocument& part : parts) {
    if (part.logs != parts.front().logs) return Differ(part, "log, though both are shards");
    if (part.shard < 1 || part.shard > wanted) return Differ(part, "number of shards");
    ++found[part.shard];
  }
  for (std::uint32_t shard = 1; shard <= wanted; ++shard) {
    if (found[shard] == 1) continue;
    return base::Error{base::Errc::kInvalid,
                       fmt::format("shard {}/{} is {}; the sum needs each shard once", shard, wanted,
                                   found[shard] == 0 ? "missing" : "there more than once")};
  }
  return base::Ok();
}

void AddPart(AuditDocument& sum, const AuditDocument& part) {
  // Every shard read the whole log and says the same of its data.
  const bool same_log = part.shards > 1;
  if (!same_log) sum.logs.insert(sum.logs.end(), part.logs.begin(), part.logs.end());
  sum.cases += part.cases;
  sum.entries += part.entries;
  sum.overruns += part.overruns;
  sum.findings += part.findings;
  sum.findings_cut += part.findings_cut;
  if (part.first_day && (!sum.first_day || *part.first_day < *sum.first_day)) sum.first_day = part.first_day;
  if (part.last_day && (!sum.last_day || *sum.last_day < *part.last_day)) sum.last_day = part.last_day;
  for (std::size_t r = 0; r < sum.rules.size(); ++r) {
    auto& sentences = sum.rules[r].sentences;
    for (std::size_t s = 0; s < sentences.size(); ++s)
      sentences[s].tally.Add(part.rules[r].sentences[s].tally);
    std::optional<std::uint64_t>& cases = sum.rules[r].broken_cases;
    const std::optional<std::uint64_t>& more = part.rules[r].broken_cases;
    cases = cases && more ? std::optional(*cases + *more) : std::nullopt;
  }
  for (std::size_t i = 0; i < sum.acts.size(); ++i) sum.acts[i].tally.Add(part.acts[i].tally);
  for (std::size_t i = 0; i < sum.assumptions.size(); ++i) {
    sum.assumptions[i].answers += part.assumptions[i].answers;
  }
  for (std::size_t i = 0; i < sum.calendars.size(); ++i) {
    auto& sources = sum.calendars[i].sources;
    for (const std::string& source : part.calendars[i].sources) {
      if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
    }
    std::sort(sources.begin(), sources.end());
  }
  if (!same_log) sum.quality.insert(sum.quality.end(), part.quality.begin(), part.quality.end());
}

}  // namespace

base::Result<AuditDocument> MergeDocuments(std::span<const AuditDocument> parts) {
  if (parts.empty()) return base::Error{base::Errc::kInvalid, "there is no audit to merge"};
  RETURN_IF_ERROR(CheckShards(parts));
  AuditDocument sum = parts.front();
  for (const AuditDocument& part : parts.subspan(1)) {
    RETURN_IF_ERROR(CheckAlike(parts.front(), part));
    AddPart(sum, part);
  }
  sum.shard = sum.shards = 1;
  return sum;
}

}  // namespace lawbound::report
