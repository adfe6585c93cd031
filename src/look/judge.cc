#include "look/judge.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "ingest/value_text.h"
#include "program/names.h"

namespace lawbound::look {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t kNamed = 20;  // rows named for each reason

bool Contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

base::Result<model::ActId> FindAct(const program::Program& program, std::string_view name) {
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (program.string(program.acts[i].name) == name) return model::ActId(i);
  }
  return Error{Errc::kInvalid, fmt::format("look.tsv names '{}', which is no act of the pack", name)};
}

std::size_t IndexOf(const Ledger& ledger, std::string_view act) {
  std::size_t i = 0;
  while (i < ledger.acts.size() && ledger.acts[i].act != act) ++i;
  return i;
}

bool MoreDaysLate(const model::Outcome& a, const model::Outcome& b) {
  return a.due != b.due ? a.due < b.due : a.margin > b.margin;
}
bool DueSooner(const model::Outcome& a, const model::Outcome& b) { return a.due < b.due; }
bool LapsesSooner(const LookedRow& a, const LookedRow& b) {
  return a.outcome.due != b.outcome.due ? a.outcome.due < b.outcome.due : a.name < b.name;
}

// One act with a column: which of its fields the file shows.
std::string MappedLine(const program::Program& program, const Guess& guess, model::ActId id,
                       std::vector<std::string>& unseen) {
  const Ledger& ledger = *guess.ledger;
  const program::ActDef& act = program.acts[id.index()];
  const std::string name(program.string(act.name));
  std::string line = fmt::format("  \"{0}\" -> {0}", name);
  for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
    const std::string field(program.string(program.fields[f].name));
    if (act.member == model::FieldId(f)) continue;
    bool known = act.dated && act.dated_field == model::FieldId(f);
    for (std::size_t g = 0; g < ledger.fields.size(); ++g)
      known = known || (guess.fields[g] && ledger.fields[g].act == name && ledger.fields[g].field == field);
    if (known) {
      line += fmt::format(" {0}=\"{0}\"", field);
    } else {
      unseen.push_back(name + "." + field);
    }
  }
  return line + '\n';
}

}  // namespace

void LookedList::Add(LookedRow row, bool (*first)(const model::Outcome& a, const model::Outcome& b)) {
  ++count;
  const auto at =
      std::upper_bound(rows.begin(), rows.end(), row,
                       [&](const LookedRow& a, const LookedRow& b) { return first(a.outcome, b.outcome); });
  if (at == rows.end() && rows.size() >= kShown) return;
  rows.insert(at, std::move(row));
  if (rows.size() > kShown) rows.pop_back();
}

std::string WhatTitle(const program::Program& program, const Ledger& ledger, Language language,
                      std::string_view what) {
  const std::size_t dot = what.find('.');
  const std::string_view act = what.substr(0, dot);
  const base::Result<model::ActId> id = FindAct(program, act);
  const std::string title =
      Say(language, Phrase::kQuoted,
          {id.ok() ? program::TitleOf(program, id.value(), CodeOf(language)) : std::string(act)});
  if (dot == std::string_view::npos) return title;
  std::string name(what.substr(dot + 1));
  for (const LedgerField& field : ledger.fields) {
    const bool this_one = field.act == act && field.field == what.substr(dot + 1);
    if (this_one && language == Language::kChinese && !field.chinese.empty()) name = field.chinese;
  }
  return Say(language, Phrase::kField, {name, title});
}

std::vector<std::string> ActsToSay(const Guess& guess, const std::vector<std::string>& never) {
  std::vector<std::string> out;
  for (const LedgerRule& rule : guess.ledger->rules) {
    if (!IsLookedAt(guess, rule)) continue;
    for (const std::size_t i : rule.acts) {
      const LedgerAct& act = guess.ledger->acts[i];
      if (!guess.acts[i] && act.after.empty() && !Contains(never, act.act) && !Contains(out, act.act))
        out.push_back(act.act);
    }
  }
  return out;
}

std::vector<std::string> EndsToSay(const program::Program& program, const Guess& guess) {
  const Ledger& ledger = *guess.ledger;
  std::vector<std::string> out;
  for (const program::SentenceDef& sentence : program.sentences) {
    if (sentence.kind != program::SentenceDef::Kind::kMust) continue;
    const std::string_view rule = program.string(program.rules[sentence.rule.index()].name);
    const bool looked_at = std::any_of(ledger.rules.begin(), ledger.rules.end(), [&](const LedgerRule& one) {
      return one.rule == rule && IsLookedAt(guess, one);
    });
    if (!looked_at) continue;
    std::string end;
    bool shown = false;
    for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i) {
      const std::string name(program::NameOf(program, program.act_lists[i]));
      const std::size_t at = IndexOf(ledger, name);
      if (at == ledger.acts.size()) continue;
      shown = shown || guess.acts[at];
      if (end.empty()) end = name;
    }
    if (!shown && !end.empty() && !Contains(out, end)) out.push_back(std::move(end));
  }
  return out;
}

void DropEmptyEnds(const program::Program& program, Guess& guess) {
  constexpr std::uint64_t kMany = 10;
  const Ledger& ledger = *guess.ledger;
  if (guess.rows < kMany) return;
  for (const program::SentenceDef& sentence : program.sentences) {
    if (sentence.kind != program::SentenceDef::Kind::kMust) continue;
    const std::string_view rule = program.string(program.rules[sentence.rule.index()].name);
    const bool looked_at = std::any_of(ledger.rules.begin(), ledger.rules.end(),
                                       [&](const LedgerRule& one) { return one.rule == rule; });
    if (!looked_at) continue;
    std::vector<std::size_t> ends;  // any of which would do
    bool shown = false;
    for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i) {
      const std::size_t at = IndexOf(ledger, program::NameOf(program, program.act_lists[i]));
      if (at == ledger.acts.size() || !guess.acts[at]) continue;
      shown = shown || guess.acts[at]->said || guess.acts[at]->filled > 0;
      ends.push_back(at);
    }
    for (const std::size_t at : ends) {
      if (shown) break;
      guess.doubts.push_back({Phrase::kEmptyEnd, {guess.acts[at]->head}, ledger.acts[at].act});
      guess.acts[at].reset();
    }
  }
}

namespace {

// Whether the ledger's rule is met by this act as well as by one that has a column: the day in that column is
// then the day of whichever of them was done.
bool IsMetByAnother(const program::Program& program, const Ledger& ledger, const std::string& name,
                    const std::vector<std::string>& mapped) {
  return std::any_of(program.sentences.begin(), program.sentences.end(), [&](const auto& sentence) {
    if (sentence.kind != program::SentenceDef::Kind::kMust) return false;
    const std::string_view rule = program.string(program.rules[sentence.rule.index()].name);
    const bool looked_at = std::any_of(ledger.rules.begin(), ledger.rules.end(),
                                       [&](const LedgerRule& one) { return one.rule == rule; });
    if (!looked_at) return false;
    bool has_it = false, has_mapped = false;
    for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i) {
      const std::string act(program.string(program.acts[program.act_lists[i].index()].name));
      (act == name ? has_it : has_mapped) |= act == name || Contains(mapped, act);
    }
    return has_it && has_mapped;
  });
}

}  // namespace

base::Result<std::string> MappingPage(const program::Program& program, const Guess& guess,
                                      const std::vector<std::string>& never) {
  const Ledger& ledger = *guess.ledger;
  std::string lines;
  std::vector<std::string> unseen = ledger.unseen, mapped;
  for (std::size_t i = 0; i < ledger.acts.size(); ++i) {
    const std::string& name = ledger.acts[i].act;
    ASSIGN_OR_RETURN(const model::ActId id, FindAct(program, name));
    if (!guess.acts[i]) continue;
    mapped.push_back(name);
    lines += MappedLine(program, guess, id, unseen);
  }
  for (const program::ActDef& act : program.acts) {
    const std::string name(program.string(act.name));
    const bool by_law = act.side == program::Side::kLaw && act.kind == program::ActDef::Kind::kAct;
    if (by_law || act.kind == program::ActDef::Kind::kTarget) continue;
    // Of one that comes after another, each row tells whether it is missed (MissingOf).
    const auto listed = std::find_if(ledger.acts.begin(), ledger.acts.end(),
                                     [&](const LedgerAct& one) { return one.act == name; });
    const bool told = listed != ledger.acts.end() && !listed->after.empty() &&
                      (Contains(mapped, listed->after) || Contains(never, listed->after));
    if (told || IsMetByAnother(program, ledger, name, mapped)) continue;
    if (!Contains(mapped, name) && !Contains(never, name) && !Contains(unseen, name)) unseen.push_back(name);
  }
  std::string page =
      fmt::format("```lawbound\npack {}\n\nmapping look csv case \"case\" act \"act\" time \"day\"\n{}",
                  program.string(program.path), lines);
  for (const std::string& one : unseen) page += "  unseen " + one + "\n";
  return page + "```\n";
}

Judge::Judge(const engine::Plan& plan, const Guess& guess, Options options)
    : plan_(&plan),
      guess_(&guess),
      options_(std::move(options)),
      folder_(std::make_unique<engine::Folder>(plan)) {}

base::Result<Judge> Judge::Make(const engine::Plan& plan, const Guess& guess, Options options) {
  Judge out(plan, guess, std::move(options));
  RETURN_IF_ERROR(out.Prepare());
  out.found_.today = out.options_.today;
  const program::Program& program = plan.program();
  for (std::size_t i = 0; i < out.rules_.size(); ++i) {
    const LedgerRule& rule = guess.ledger->rules[i];
    if (!IsLookedAt(guess, rule)) {
      out.found_.not_asked.push_back(program::TitleOf(program, out.rules_[i], CodeOf(out.options_.language)));
      continue;
    }
    for (std::string& act : out.MissingOf(rule, nullptr)) {
      if (!Contains(out.found_.missing_acts, act)) out.found_.missing_acts.push_back(std::move(act));
    }
  }
  return out;
}

base::Status Judge::Prepare() {
  const program::Program& program = plan_->program();
  for (const LedgerRule& rule : guess_->ledger->rules) {
    const auto found =
        std::find_if(program.rules.begin(), program.rules.end(),
                     [&](const program::RuleDef& one) { return program.string(one.name) == rule.rule; });
    if (found == program.rules.end())
      return Error{Errc::kInvalid,
                   fmt::format("look.tsv names '{}', which is no rule of the pack", rule.rule)};
    rules_.emplace_back(static_cast<std::size_t>(found - program.rules.begin()));
  }
  for (const LedgerAct& act : guess_->ledger->acts) {
    ASSIGN_OR_RETURN(const model::ActId id, FindAct(program, act.act));
    acts_.push_back(id);
  }
  for (const LedgerField& field : guess_->ledger->fields) {
    ASSIGN_OR_RETURN(const model::ActId id, FindAct(program, field.act));
    const program::ActDef& act = program.acts[id.index()];
    std::optional<std::uint32_t> place;
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      if (program.string(program.fields[f].name) == field.field &&
          program.fields[f].type == program::ValueType::kLength)
        place = program.fields[f].place;
    }
    if (!place) {
      return Error{Errc::kInvalid, fmt::format("look.tsv names '{}.{}', which is no field with a length",
                                               field.act, field.field)};
    }
    fields_.push_back({id, *place});
  }
  return base::Ok();
}

void Judge::AddEntry(std::size_t at, base::Day day) {
  const program::Program& program = plan_->program();
  const program::ActDef& act = program.acts[acts_[at].index()];
  const auto first = static_cast<std::uint32_t>(batch_.values.size());
  batch_.values.resize(batch_.values.size() + act.fields.count, model::kMissing);
  if (act.dated) batch_.values[first + program.fields[act.dated_field.index()].place] = day.number;
  batch_.entries.push_back({.act = acts_[at], .day = day, .recorded = day, .first_value = first});
}

// The row as a history of one matter.  False when a field cannot be read: then the row is odd.
bool Judge::Fill(const MatterRow& row, std::optional<Note>& why) {
  batch_ = {};
  batch_.names = NameOf(row);
  batch_.role_values.assign(plan_->program().role_fields, model::kMissing);
  for (std::size_t i = 0; i < acts_.size(); ++i) {
    if (row.acts[i]) AddEntry(i, *row.acts[i]);
  }
  std::stable_sort(batch_.entries.begin(), batch_.entries.end(),
                   [](const model::Entry& a, const model::Entry& b) { return a.day < b.day; });
  for (std::size_t i = 0; i < batch_.entries.size(); ++i)
    batch_.entries[i].number = static_cast<std::uint32_t>(i);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (row.fields[i].empty()) continue;
    const std::optional<model::Value> value = ingest::ParseLength(row.fields[i]);
    if (!value) {
      why = Note{Phrase::kNoLength, {guess_->fields[i]->head}, ""};
      return false;
    }
    for (const model::Entry& entry : batch_.entries) {
      if (entry.act == fields_[i].act) batch_.values[entry.first_value + fields_[i].place] = *value;
    }
  }
  batch_.cases.push_back({.name_begin = 0,
                          .name_size = static_cast<std::uint32_t>(batch_.names.size()),
                          .first_entry = 0,
                          .entries = static_cast<std::uint32_t>(batch_.entries.size()),
                          .first_role_value = 0,
                          .role_values = static_cast<std::uint32_t>(batch_.role_values.size())});
  return true;
}

void Judge::Take(const MatterRow& row) {
  std::optional<Note> odd = row.odd;
  if (odd || !Fill(row, odd)) {
    if (++found_.odd.count > LookedList::kShown) return;
    const std::string why = Say(options_.language, odd->phrase, odd->args);
    found_.odd.lines.push_back(Say(options_.language, Phrase::kOddRow, {ShownOf(row), why}));
    return;
  }
  const program::Program& program = plan_->program();
  const engine::Record& record = folder_->Fold(batch_.history(0), options_.today, options_.today);
  for (const model::Outcome& outcome : record.outcomes) {
    if (!outcome.sentence) continue;
    const program::SentenceDef& sentence = program.sentences[outcome.sentence.index()];
    if (sentence.kind != program::SentenceDef::Kind::kMust) continue;
    const auto at = std::find(rules_.begin(), rules_.end(), sentence.rule);
    if (at == rules_.end()) continue;
    const LedgerRule& rule = guess_->ledger->rules[static_cast<std::size_t>(at - rules_.begin())];
    if (IsLookedAt(*guess_, rule)) Sort(row, outcome, rule);
  }
}

void Judge::Sort(const MatterRow& row, const model::Outcome& outcome, const LedgerRule& rule) {
  const base::Day today = options_.today, sunday = today + (6 - base::Weekday(today));
  const auto add = [&](LookedList& list, bool (*first)(const model::Outcome&, const model::Outcome&)) {
    list.Add({NameOf(row), ShownOf(row), batch_, outcome}, first);
  };
  switch (outcome.finding) {
    case model::Finding::kKept:
    case model::Finding::kReleased:
      ++found_.kept;
      return;
    case model::Finding::kPending:
      if (IsMoved(row, rule)) return Untold(row, rule);
      if (outcome.due >= today && options_.lapses > 0) AddLapse({NameOf(row), "", batch_, outcome});
      if (outcome.due >= today && outcome.due <= sunday) {
        add(found_.this_week, DueSooner);
      } else if (outcome.due > sunday && outcome.due <= sunday + 7) {
        add(found_.next_week, DueSooner);
      } else {
        ++found_.later;
      }
      return;
    case model::Finding::kBroken:
      if (!MissingOf(rule, &row).empty()) return Untold(row, rule);
      return add(found_.late, MoreDaysLate);
    case model::Finding::kCannotTell:
      return Untold(row, rule);
  }
}

// A heap with the last of them on top: what lapses soonest stays.
void Judge::AddLapse(LookedRow row) {
  std::vector<LookedRow>& rows = found_.lapses;
  rows.push_back(std::move(row));
  std::push_heap(rows.begin(), rows.end(), LapsesSooner);
  if (rows.size() <= options_.lapses) return;
  std::pop_heap(rows.begin(), rows.end(), LapsesSooner);
  rows.pop_back();
}

Found Judge::Finish() {
  std::sort_heap(found_.lapses.begin(), found_.lapses.end(), LapsesSooner);
  return std::move(found_);
}

// Acts that may move the days of the rule and have no column, and fields of its acts that are not given;
// without a row, acts alone.  The engine is not asked: what it would miss, a page must name.
std::vector<std::string> Judge::MissingOf(const LedgerRule& rule, const MatterRow* row) const {
  const Ledger& ledger = *guess_->ledger;
  const auto title = [&](std::string_view what) {
    return WhatTitle(plan_->program(), ledger, options_.language, what);
  };
  std::vector<std::string> out;
  for (std::size_t place = 1; place < rule.acts.size(); ++place) {
    const std::size_t i = rule.acts[place];
    const LedgerAct& act = ledger.acts[i];
    if (guess_->acts[i] || Contains(options_.never, act.act)) continue;
    const std::size_t after = IndexOf(ledger, act.after);
    if (after < ledger.acts.size()) {
      const bool seen = guess_->acts[after] || Contains(options_.never, act.after);
      const bool done = row == nullptr || row->acts[after];
      if (Contains(options_.never, act.after) || (seen && !done)) continue;
    }
    out.push_back(title(act.act));
  }
  if (row == nullptr) return out;
  for (std::size_t i = 0; i < ledger.fields.size(); ++i) {
    const LedgerField& field = ledger.fields[i];
    const std::size_t act = IndexOf(ledger, field.act);
    const bool counts = std::find(rule.acts.begin(), rule.acts.end(), act) != rule.acts.end();
    if (counts && row->acts[act] && row->fields[i].empty())
      out.push_back(title(field.act + "." + field.field));
  }
  return out;
}

// Whether something was done in this row that moves its day, and by how much or until when is not given.
bool Judge::IsMoved(const MatterRow& row, const LedgerRule& rule) const {
  const Ledger& ledger = *guess_->ledger;
  const auto was_done = [&](const std::string& name) {
    return std::any_of(rule.acts.begin(), rule.acts.end(), [&](std::size_t act) {
      return ledger.acts[act].act == name && row.acts[act].has_value();
    });
  };
  for (std::size_t i = 0; i < ledger.fields.size(); ++i) {
    if (row.fields[i].empty() && was_done(ledger.fields[i].act)) return true;
  }
  return std::any_of(rule.acts.begin(), rule.acts.end(),
                     [&](std::size_t act) { return !guess_->acts[act] && was_done(ledger.acts[act].after); });
}

void Judge::Untold(const MatterRow& row, const LedgerRule& rule) {
  std::vector<std::string> missing = MissingOf(rule, &row);
  if (missing.empty()) missing.push_back(Say(options_.language, Phrase::kHangsOn));
  LookedUntold& untold = found_.untold[missing];
  ++untold.count;
  if (untold.names.size() < kNamed) untold.names.push_back(ShownOf(row));
}

std::string Judge::NameOf(const MatterRow& row) const {
  const std::string number = fmt::to_string(row.number);
  if (row.name.empty()) return Say(options_.language, Phrase::kRow, {number});
  return Say(options_.language, Phrase::kRowNamed, {number, row.name});
}

std::string Judge::ShownOf(const MatterRow& row) const {
  std::string out = NameOf(row);
  for (std::size_t i = 0; i < row.kept.size(); ++i) {
    const bool is_number = guess_->case_column && guess_->case_column->index == guess_->kept[i].index;
    if (row.kept[i].empty() || is_number) continue;
    out = Say(options_.language, Phrase::kShown, {out, guess_->kept[i].head, row.kept[i]});
  }
  return out;
}

}  // namespace lawbound::look
