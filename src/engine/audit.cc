// When no as-of day is given it is the day of the last entry, known only at the end.  So every case is folded
// on into the future; an outcome decided before the latest entry seen so far is final, any other becomes an
// open row and is settled by Finish: decided before the as-of day it stands, otherwise it is pending.
//
// Rejected: reading the log twice (inflating is half of the whole time), or keeping every case in memory.
#include "engine/audit.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "base/check.h"

namespace lawbound::engine {

using model::PersonRef;
using program::SentenceDef;

namespace {

// How far into the future a case is folded when it is not known yet on which day the audit stands.
constexpr std::int32_t kFutureDays = 366 * 60;

// FNV-1a: which shard a case belongs to must be the same on every machine.
std::uint64_t Fnv(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

std::int32_t MonthOf(Day day) {
  const base::YearMonthDay date = base::FromDay(day);
  return date.year * 12 + date.month - 1;
}

bool Graver(const KeptCase& a, const KeptCase& b) {
  return ComesFirst(a.case_number, a.outcome, b.case_number, b.outcome);
}

inline void AddTo(Tally& tally, Tally::Month& month, const Outcome& outcome) {
  ++tally.applied;
  if (outcome.marks.by_assumption) ++tally.by_assumption;
  if (outcome.marks.provisional) ++tally.provisional;
  ++month.applied;
  switch (outcome.finding) {
    case Finding::kReleased:
      ++tally.released;
      [[fallthrough]];
    case Finding::kKept:
      ++tally.kept;
      break;
    case Finding::kBroken:
      ++tally.broken;
      ++month.broken;
      if (outcome.ground == Ground::kDuty) ++(outcome.marks.late ? tally.late : tally.never);
      if (outcome.marks.same_day) ++tally.same_day;
      if (outcome.marks.law_version) ++tally.law_version;
      break;
    case Finding::kPending:
      ++tally.pending;
      break;
    case Finding::kCannotTell:
      ++tally.cannot_tell;
      break;
  }
}

void AddUsedDays(Tally& tally, const Outcome& outcome, const History& history) {
  if (outcome.ground != Ground::kDuty || outcome.entry == Outcome::kNoEntry) return;
  if (outcome.finding != Finding::kKept && outcome.finding != Finding::kBroken) return;
  const std::int32_t used = history.entries[outcome.entry].day - outcome.arose;
  if (used < 0) return;
  const std::size_t cell = std::min(static_cast<std::size_t>(used), Tally::kDaysUsed);
  if (tally.days_used.size() <= cell) tally.days_used.resize(cell + 1, 0);
  ++tally.days_used[cell];
}

}  // namespace

bool ComesFirst(std::uint64_t case_a, const Outcome& a, std::uint64_t case_b, const Outcome& b) {
  if (a.margin != b.margin) return a.margin > b.margin;
  if (a.decided != b.decided) return a.decided < b.decided;
  if (case_a != case_b) return case_a < case_b;
  if (a.sentence != b.sentence) return a.sentence < b.sentence;
  return a.part < b.part;
}

namespace {

// Calls visit(person) for everybody that the history names, some more than once.
template <typename Visit>
void ForEachPerson(const History& history, const program::Program& program, const Visit& visit) {
  const auto is_name = [](program::ValueType type) {
    return type == program::ValueType::kOfficial || type == program::ValueType::kMember;
  };
  for (const Entry& entry : history.entries) {
    for (std::uint32_t i = 0; i < entry.people; ++i) visit(history.people[entry.first_person + i]);
    const program::ActDef& act = program.acts[entry.act.index()];
    for (std::uint32_t row = act.fields.first; row < act.fields.end(); ++row) {
      const program::FieldDef& field = program.fields[row];
      const Value value = history.value(entry, field.place);
      if (value == model::kMissing) continue;
      if (is_name(field.type)) visit(static_cast<PersonRef>(value));
      if (field.type != program::ValueType::kList || !is_name(field.element)) continue;
      const Value* list = history.lists.data() + value;
      for (Value i = 1; i <= list[0]; ++i) visit(static_cast<PersonRef>(list[i]));
    }
  }
  for (const model::MemberValue& value : history.member_values) visit(value.member);
}

// What a report shows of a case names things, and numbers people (docs/safeguards.md S1).
void NumberPeople(const program::Program& program, model::Batch& batch) {
  std::map<Value, std::string> names;
  for (const Entry& entry : batch.entries) {
    const program::ActDef& act = program.acts[entry.act.index()];
    if (!act.part) continue;
    const program::RoleKind kind = program.roles[act.part.index()].kind;
    if (kind != program::RoleKind::kPerson && kind != program::RoleKind::kAnyone) continue;
    const Value name = batch.values[entry.first_value + program.fields[act.member.index()].place];
    if (name != model::kMissing) names[name] = program.string(program.roles[act.part.index()].name);
  }
  std::size_t number = 0;
  for (const auto& [row, role] : names)
    batch.people_names[static_cast<std::size_t>(row)] = role + " " + std::to_string(++number);
}

}  // namespace

model::Batch CopyCase(const History& history, const program::Program& program) {
  model::Batch out;
  out.names = std::string(history.name);
  out.cases.push_back({.name_begin = 0,
                       .name_size = static_cast<std::uint32_t>(history.name.size()),
                       .first_entry = 0,
                       .entries = static_cast<std::uint32_t>(history.entries.size()),
                       .first_role_value = 0,
                       .role_values = static_cast<std::uint32_t>(history.role_values.size())});
  out.role_values.assign(history.role_values.begin(), history.role_values.end());
  // In the order of their rows, by which members are numbered.
  std::map<PersonRef, PersonRef> people;
  ForEachPerson(history, program, [&](PersonRef person) { people.try_emplace(person, 0); });
  for (auto& [person, row] : people) {
    row = static_cast<PersonRef>(out.people_names.size());
    out.people_names.push_back(history.people_names[person]);
  }
  const auto copy_person = [&](PersonRef person) -> Value { return people.at(person); };
  const auto copy_list = [&](program::ValueType element, const Value* list) {
    const bool names = element == program::ValueType::kOfficial || element == program::ValueType::kMember;
    const std::size_t first = out.lists.size();
    out.lists.insert(out.lists.end(), list, list + 1 + list[0]);
    for (std::size_t i = first + 1; i < out.lists.size(); ++i) {
      const Value from = out.lists[i];
      out.lists[i] = names ? copy_person(static_cast<PersonRef>(from)) : static_cast<Value>(out.texts.size());
      if (!names) out.texts.push_back(history.texts[static_cast<std::size_t>(from)]);
    }
  };
  for (model::MemberValue value : history.member_values) {
    value.member = static_cast<PersonRef>(copy_person(value.member));
    out.member_values.push_back(value);
  }
  for (model::Holding holding : history.holdings) {
    if (!people.contains(holding.person)) continue;  // of another case
    holding.person = static_cast<PersonRef>(copy_person(holding.person));
    out.holdings.push_back(holding);
  }
  for (Entry entry : history.entries) {
    const program::ActDef& act = program.acts[entry.act.index()];
    const auto first_value = static_cast<std::uint32_t>(out.values.size());
    for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
      Value value = history.value(entry, program.fields[i].place);
      const program::ValueType type = program.fields[i].type;
      const bool text = type == program::ValueType::kText || type == program::ValueType::kDocument ||
                        type == program::ValueType::kProvision;
      const bool name = type == program::ValueType::kOfficial || type == program::ValueType::kMember;
      if (name && value != model::kMissing) value = copy_person(static_cast<PersonRef>(value));
      if (type == program::ValueType::kList && value != model::kMissing) {
        const Value row = static_cast<Value>(out.lists.size());
        copy_list(program.fields[i].element, history.lists.data() + value);
        value = row;
      }
      if (text && value != model::kMissing) {
        out.texts.push_back(history.texts[static_cast<std::size_t>(value)]);
        value = static_cast<Value>(out.texts.size()) - 1;
      }
      out.values.push_back(value);
    }
    const auto first_person = static_cast<std::uint32_t>(out.people.size());
    for (std::uint32_t i = 0; i < entry.people; ++i) {
      const PersonRef person = history.people[entry.first_person + i];
      out.people.push_back(static_cast<PersonRef>(copy_person(person)));
    }
    entry.first_value = first_value;
    entry.first_person = first_person;
    out.entries.push_back(entry);
  }
  return out;
}

void Tally::Add(const Tally& other) {
  applied += other.applied;
  kept += other.kept;
  released += other.released;
  broken += other.broken;
  pending += other.pending;
  cannot_tell += other.cannot_tell;
  late += other.late;
  never += other.never;
  by_assumption += other.by_assumption;
  same_day += other.same_day;
  law_version += other.law_version;
  provisional += other.provisional;
  for (const auto& [month, counts] : other.months) {
    months[month].applied += counts.applied;
    months[month].broken += counts.broken;
  }
  if (days_used.size() < other.days_used.size()) days_used.resize(other.days_used.size(), 0);
  for (std::size_t i = 0; i < other.days_used.size(); ++i) days_used[i] += other.days_used[i];
}

namespace {

constexpr Day kFirstDense{-25567};  // 1900-01-01
constexpr std::int32_t kFirstDenseMonth = 1900 * 12;
constexpr std::size_t kDenseDays = 73'049;  // to 2099-12-31
constexpr std::uint16_t kNoMonth = 0xffff;

}  // namespace

AuditWorker::AuditWorker(const Plan& plan, const AuditOptions& options) : plan_(&plan), options_(&options) {
  all_wanted_ = !options.from && !options.to && !options.rule;
  fold_ = std::make_unique<Folder>(plan);
  again_ = std::make_unique<Folder>(plan);
  months_.resize(plan.program().sentences.size() + plan.program().acts.size());
  month_of_day_.assign(kDenseDays, kNoMonth);
  sentences_.resize(plan.program().sentences.size());
  acts_.resize(plan.program().acts.size());
  kept_.resize(2 * (plan.program().rules.size() + plan.program().acts.size()));
}

void AuditWorker::Consume(std::uint32_t block, const model::Batch& batch) {
  for (std::size_t i = 0; i < batch.cases.size(); ++i) {
    FoldCase(static_cast<std::uint64_t>(block) << 32 | i, batch.history(i));
  }
}

void AuditWorker::FoldCase(std::uint64_t case_number, const History& history) {
  const Day as_of = options_->as_of.value_or(base::kLastDay);
  std::size_t entries = 0;
  for (const Entry& entry : history.entries) {
    if (entry.day > as_of) break;
    ++entries;
    first_day_ = std::min(first_day_, entry.day);
    last_day_ = std::max(last_day_, entry.day);
  }
  if (options_->shards > 1 && Fnv(history.name) % options_->shards != options_->shard) return;
  ++cases_;
  entries_ += entries;
  const Day until = options_->as_of ? as_of : std::min(last_day_ + kFutureDays, base::kLastDay);
  Record& record = fold_->Fold(history, as_of, until);
  if (record.overrun) ++overruns_;
  for (Outcome& outcome : record.outcomes) {
    if (!all_wanted_ && !Wanted(outcome)) continue;
    if (outcome.finding == Finding::kKept) {
      Count(outcome, history);
    } else {
      Take(outcome, case_number, history);
    }
  }
}

bool AuditWorker::Wanted(const Outcome& outcome) const {
  if (options_->from && outcome.arose < *options_->from) return false;
  if (options_->to && outcome.arose > *options_->to) return false;
  if (!options_->rule) return true;
  return outcome.sentence && plan_->program().sentences[outcome.sentence.index()].rule == options_->rule;
}

Tally::Month& AuditWorker::MonthCell(std::size_t tally, Day day) {
  const std::int32_t since = day - kFirstDense;
  if (since < 0 || static_cast<std::size_t>(since) >= kDenseDays) {
    const std::size_t sentences = sentences_.size();
    Tally& rare = tally < sentences ? sentences_[tally] : acts_[tally - sentences];
    return rare.months[MonthOf(day)];
  }
  std::uint16_t& month = month_of_day_[static_cast<std::size_t>(since)];
  if (month == kNoMonth) month = static_cast<std::uint16_t>(MonthOf(day) - kFirstDenseMonth);
  if (months_[tally].size() <= month) months_[tally].resize(month + std::size_t{1});
  return months_[tally][month];
}

void AuditWorker::Count(const Outcome& outcome, const History& history) {
  const std::size_t row =
      outcome.sentence ? outcome.sentence.index() : sentences_.size() + outcome.act.index();
  Tally& tally = outcome.sentence ? sentences_[row] : acts_[outcome.act.index()];
  AddTo(tally, MonthCell(row, outcome.arose), outcome);
  AddUsedDays(tally, outcome, history);
}

void AuditWorker::Take(Outcome& outcome, std::uint64_t case_number, const History& history) {
  const program::Side side = outcome.sentence ? plan_->side_of[outcome.sentence.index()]
                                              : plan_->program().acts[outcome.act.index()].side;
  // Acts judged are final; a duty is, once it was decided before a day that the log is known to have reached.
  const bool open = outcome.ground == Ground::kDuty && !(outcome.decided < last_day_);
  if (!open) {
    if (outcome.finding == Finding::kBroken && side != program::Side::kParty) SetMarks(outcome, history);
    Count(outcome, history);
    if (outcome.finding == Finding::kReleased) return;
  }
  // Lapses of private parties are counted, never listed (docs/safeguards.md S1).
  if (!open && side == program::Side::kParty) return;
  // Of what is open nobody knows yet whether it is to be counted, so its row is never left out here.
  if (!open && closed_rows_++ >= options_->max_findings) {
    ++cut_;
    return;
  }
  if (current_case_ != case_number) {
    current_case_ = case_number;
    current_name_ = {static_cast<std::uint32_t>(names_.size()),
                     static_cast<std::uint32_t>(history.name.size())};
    names_ += history.name;
  }
  if (open && outcome.finding == Finding::kBroken && side != program::Side::kParty)
    SetMarks(outcome, history);
  rows_.push_back({case_number, current_name_, outcome, open});
  const bool told = outcome.finding == Finding::kBroken || outcome.finding == Finding::kCannotTell;
  if (told && side != program::Side::kParty) Keep(outcome, case_number, history);
}

// Breaches of each rule, what cannot be told of it, then the same of each kind of act.
std::size_t AuditWorker::ListOf(const Outcome& outcome) const {
  const std::size_t owner = outcome.sentence
                                ? plan_->program().sentences[outcome.sentence.index()].rule.index()
                                : plan_->program().rules.size() + outcome.act.index();
  return 2 * owner + (outcome.finding == Finding::kBroken ? 0 : 1);
}

void AuditWorker::Keep(const Outcome& outcome, std::uint64_t case_number, const History& history) {
  if (options_->keep_cases == 0) return;
  std::vector<KeptCase>& heap = kept_[ListOf(outcome)];
  KeptCase candidate{.case_number = case_number, .outcome = outcome, .batch = {}};
  if (heap.size() >= options_->keep_cases) {
    if (!Graver(candidate, heap.front())) return;
    std::pop_heap(heap.begin(), heap.end(), Graver);
    heap.pop_back();
  }
  candidate.batch = CopyCase(history, plan_->program());
  NumberPeople(plan_->program(), candidate.batch);
  heap.push_back(std::move(candidate));
  std::push_heap(heap.begin(), heap.end(), Graver);
}

// ----------------------------------------------------------------------------------------------------- marks

void AuditWorker::SetMarks(Outcome& outcome, const History& history) {
  outcome.marks.same_day = HingesOnOrder(outcome, history);
  outcome.marks.law_version = HingesOnVersion(outcome, history);
  outcome.marks.known_later = WasKnownLater(outcome, history);
}

// In law it is found.  As known it is found among what had been entered by the day of the act judged, or by
// the day on which the duty was missed.
bool AuditWorker::WasKnownLater(const Outcome& outcome, const History& history) {
  const auto late = [](const Entry& entry) { return entry.recorded > entry.day; };
  if (std::none_of(history.entries.begin(), history.entries.end(), late)) return false;
  const bool duty = outcome.ground == Ground::kDuty || outcome.entry == Outcome::kNoEntry;
  const Day known = duty ? outcome.decided : history.entries[outcome.entry].recorded;
  reordered_.clear();
  std::copy_if(history.entries.begin(), history.entries.end(), std::back_inserter(reordered_),
               [&](const Entry& entry) { return entry.recorded <= known; });
  if (reordered_.size() == history.entries.size()) return false;
  History as_known = history;
  as_known.entries = reordered_;
  return !StillFound(outcome, history, as_known, nullptr);
}

bool AuditWorker::StillFound(const Outcome& outcome, const History& original, const History& changed,
                             const LawShift* shift) {
  const auto number_of = [](const History& history, std::uint32_t entry) {
    return entry == Outcome::kNoEntry ? Outcome::kNoEntry : history.entries[entry].number;
  };
  const auto rule_of = [&](const Outcome& of) {
    return of.sentence ? plan_->program().sentences[of.sentence.index()].rule : RuleId();
  };
  const Day as_of = options_->as_of.value_or(base::kLastDay);
  // Of a pack with parts it is of the same member: they are numbered alike in whatever order the acts come.
  const Record& again = again_->Fold(changed, as_of, std::min(outcome.decided + 1, base::kLastDay), shift);
  for (const Outcome& other : again.outcomes) {
    if (other.finding != outcome.finding || other.ground != outcome.ground ||
        rule_of(other) != rule_of(outcome) || other.part != outcome.part) {
      continue;
    }
    const bool duty = outcome.ground == Ground::kDuty;
    const std::uint32_t mine = number_of(original, duty ? outcome.start : outcome.entry);
    const std::uint32_t its = number_of(changed, duty ? other.start : other.entry);
    if (mine == its && (duty || other.act == outcome.act)) return true;
  }
  return false;
}

bool AuditWorker::HingesOnVersion(const Outcome& outcome, const History& history) {
  if (!outcome.sentence) return false;
  const SentenceDef& sentence = plan_->program().sentences[outcome.sentence.index()];
  if (plan_->dated[sentence.rule.index()] == 0) return false;
  for (const Day other : {sentence.from - 1, sentence.until + 1}) {
    if (other < base::kFirstDay || other > base::kLastDay) continue;
    const LawShift shift{.rule = sentence.rule, .day = other, .part = outcome.part};
    if (!StillFound(outcome, history, history, &shift)) return true;
  }
  return false;
}

// Every group of entries of one moment is tried in every order up to four entries, beyond that reversed.
bool AuditWorker::HingesOnOrder(const Outcome& outcome, const History& history) {
  const auto entries = history.entries;
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && model::SameMoment(entries[begin], entries[end])) ++end;
    const std::size_t size = end - begin;
    if (size > 1) {
      std::vector<std::size_t> order(size);
      std::iota(order.begin(), order.end(), 0);
      const bool all = size <= 4;
      if (!all) std::reverse(order.begin(), order.end());
      while (!all || std::next_permutation(order.begin(), order.end())) {
        reordered_.assign(entries.begin(), entries.end());
        for (std::size_t i = 0; i < size; ++i) reordered_[begin + i] = entries[begin + order[i]];
        History changed = history;
        changed.entries = reordered_;
        if (!StillFound(outcome, history, changed, nullptr)) return true;
        if (!all) break;
      }
    }
    begin = end;
  }
  return false;
}

// ---------------------------------------------------------------------------------------------------- finish

Audit Finish(const Plan& plan, const AuditOptions& options, std::vector<AuditWorker>& workers) {
  Audit audit;
  audit.sentences.resize(plan.program().sentences.size());
  audit.acts.resize(plan.program().acts.size());
  Day first = kNever;
  Day last = base::kFirstDay;
  std::size_t rows = 0;
  for (const AuditWorker& worker : workers) {
    first = std::min(first, worker.first_day_);
    last = std::max(last, worker.last_day_);
    audit.cases += worker.cases_;
    audit.entries += worker.entries_;
    audit.overruns += worker.overruns_;
    audit.findings_cut += worker.cut_;
    rows += worker.rows_.size();
    for (std::size_t i = 0; i < audit.sentences.size(); ++i) audit.sentences[i].Add(worker.sentences_[i]);
    for (std::size_t i = 0; i < audit.acts.size(); ++i) audit.acts[i].Add(worker.acts_[i]);
    for (std::size_t i = 0; i < worker.months_.size(); ++i) {
      Tally& tally = i < audit.sentences.size() ? audit.sentences[i] : audit.acts[i - audit.sentences.size()];
      for (std::size_t month = 0; month < worker.months_[i].size(); ++month) {
        const Tally::Month& counts = worker.months_[i][month];
        if (counts.applied == 0) continue;
        Tally::Month& sum = tally.months[kFirstDenseMonth + static_cast<std::int32_t>(month)];
        sum.applied += counts.applied;
        sum.broken += counts.broken;
      }
    }
  }
  if (audit.entries > 0) {
    audit.first_day = first;
    audit.last_day = last;
  }
  audit.as_of = options.as_of.value_or(last);
  audit.findings.reserve(rows);
  audit.names.reserve(workers.size());  // names are pointed into
  for (AuditWorker& worker : workers) {
    audit.names.push_back(std::move(worker.names_));
    const std::string_view names = audit.names.back();
    for (AuditWorker::Row& row : worker.rows_) {
      if (row.open) {
        if (!(row.outcome.arose <= audit.as_of)) continue;
        if (!(row.outcome.decided < audit.as_of)) row.outcome.finding = Finding::kPending;
        Tally& tally = row.outcome.sentence ? audit.sentences[row.outcome.sentence.index()]
                                            : audit.acts[row.outcome.act.index()];
        AddTo(tally, tally.months[MonthOf(row.outcome.arose)], row.outcome);
        if (row.outcome.finding == Finding::kReleased) continue;
        if (plan.program().sentences[row.outcome.sentence.index()].side == program::Side::kParty) continue;
      }
      audit.findings.push_back({.case_number = row.case_number,
                                .case_name = names.substr(row.name.begin, row.name.size),
                                .outcome = row.outcome});
    }
  }
  std::stable_sort(audit.findings.begin(), audit.findings.end(),
                   [](const FindingRow& a, const FindingRow& b) { return a.case_number < b.case_number; });
  if (audit.findings.size() > options.max_findings) {
    audit.findings_cut += audit.findings.size() - options.max_findings;
    audit.findings.resize(options.max_findings);
  }
  const std::size_t lists = 2 * (plan.program().rules.size() + plan.program().acts.size());
  for (std::size_t list = 0; list < lists; ++list) {
    std::vector<KeptCase> all;
    for (AuditWorker& worker : workers) {
      for (KeptCase& kept : worker.kept_[list]) {
        if (kept.outcome.ground != Ground::kDuty || kept.outcome.decided < audit.as_of)
          all.push_back(std::move(kept));
      }
    }
    std::sort(all.begin(), all.end(), Graver);
    if (all.size() > options.keep_cases) all.resize(options.keep_cases);
    for (KeptCase& kept : all) audit.kept.push_back(std::move(kept));
  }
  return audit;
}

}  // namespace lawbound::engine
