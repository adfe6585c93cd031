// lawbound look FILE: what is late and what lapses in a ledger that somebody keeps in a sheet.  The guess
// becomes a mapping of the pack, so that what the file cannot show is unseen to the engine as in any log.
#include "cli/look.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/law.h"
#include "cli/output.h"
#include "engine/engine.h"
#include "engine/explain.h"
#include "ingest/value_text.h"
#include "look/ledger.h"
#include "program/names.h"
#include "report/account.h"
#include "report/words.h"

namespace lawbound::cli {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t kWidth = 100;
constexpr std::size_t kNamed = 20;  // rows named for each reason

// The ledgers of all packs at most three folders below.
base::Result<std::vector<look::Ledger>> ReadLedgers(const LookArguments& arguments) {
  std::vector<std::string> folders;
  if (!arguments.pack.empty()) {
    folders.push_back(arguments.pack);
  } else {
    const std::string calendars = LAWBOUND_CALENDARS;
    const std::string root =
        arguments.packs.empty() ? calendars.substr(0, calendars.rfind('/')) : arguments.packs;
    for (const std::string& place : base::FoldersIn(root)) {
      folders.push_back(place);
      for (const std::string& folder : base::FoldersIn(place)) folders.push_back(folder);
    }
  }
  std::vector<look::Ledger> out;
  for (std::string folder : folders) {
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    const std::string path = folder + "/look.tsv";
    if (!base::IsFile(path)) continue;
    ASSIGN_OR_RETURN(const std::string text, base::ReadFile(path, std::uint64_t{1} << 20));
    base::Result<look::Ledger> ledger = look::ParseLedger(text, folder);
    if (!ledger.ok()) return std::move(ledger).error().With(path);
    out.push_back(std::move(ledger).value());
  }
  if (out.empty()) {
    return Error{Errc::kNotFound, arguments.pack.empty()
                                      ? "no pack with a look.tsv was found; name the folder with --packs"
                                      : fmt::format("'{}' has no look.tsv", arguments.pack)};
  }
  return out;
}

bool Contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

base::Result<model::ActId> FindAct(const program::Program& program, std::string_view name) {
  for (std::size_t i = 0; i < program.acts.size(); ++i) {
    if (program.string(program.acts[i].name) == name) return model::ActId(i);
  }
  return Error{Errc::kInvalid, fmt::format("look.tsv names '{}', which is no act of the pack", name)};
}

// The guess as a page of the pack: acts with a column are mapped, all others unseen unless said never done.
base::Result<std::string> MappingPage(const program::Program& program, const look::Guess& guess,
                                      const std::vector<std::string>& none) {
  const look::Ledger& ledger = *guess.ledger;
  std::string lines;
  std::vector<std::string> unseen = ledger.unseen, mapped;
  for (std::size_t i = 0; i < ledger.acts.size(); ++i) {
    const std::string& name = ledger.acts[i].act;
    ASSIGN_OR_RETURN(const model::ActId id, FindAct(program, name));
    if (!guess.acts[i]) continue;
    mapped.push_back(name);
    const program::ActDef& act = program.acts[id.index()];
    lines += fmt::format("  \"{0}\" -> {0}", name);
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      const std::string field(program.string(program.fields[f].name));
      if (act.member == model::FieldId(f)) continue;
      bool known = act.dated && act.dated_field == model::FieldId(f);
      for (std::size_t g = 0; g < ledger.fields.size(); ++g)
        known = known || (guess.fields[g] && ledger.fields[g].act == name && ledger.fields[g].field == field);
      if (known) {
        lines += fmt::format(" {0}=\"{0}\"", field);
      } else {
        unseen.push_back(name + "." + field);
      }
    }
    lines += '\n';
  }
  for (const program::ActDef& act : program.acts) {
    const std::string name(program.string(act.name));
    const bool by_law = act.side == program::Side::kLaw && act.kind == program::ActDef::Kind::kAct;
    if (by_law || act.kind == program::ActDef::Kind::kTarget) continue;
    // Of one that comes after another, each row tells whether it is missed (MissingOf).
    const auto listed = std::find_if(ledger.acts.begin(), ledger.acts.end(),
                                     [&](const look::LedgerAct& one) { return one.act == name; });
    const bool told = listed != ledger.acts.end() && !listed->after.empty() &&
                      (Contains(mapped, listed->after) || Contains(none, listed->after));
    if (!told && !Contains(mapped, name) && !Contains(none, name) && !Contains(unseen, name))
      unseen.push_back(name);
  }
  std::string page =
      fmt::format("```lawbound\npack {}\n\nmapping look csv case \"case\" act \"act\" time \"day\"\n{}",
                  program.string(program.path), lines);
  for (const std::string& one : unseen) page += "  unseen " + one + "\n";
  return page + "```\n";
}

// Turns rows into histories of one matter each.
class Matters {
 public:
  static base::Result<Matters> Make(const program::Program& program, const look::Guess& guess) {
    Matters out(program, guess);
    for (const look::LedgerAct& act : guess.ledger->acts) {
      ASSIGN_OR_RETURN(const model::ActId id, FindAct(program, act.act));
      out.acts_.push_back(id);
    }
    for (const look::LedgerField& field : guess.ledger->fields) {
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
      out.fields_.push_back({id, *place});
    }
    return out;
  }

  // False when a field cannot be read: then the row is odd.
  bool Fill(const look::MatterRow& row, model::Batch& batch, std::string& why) const {
    batch = {};
    batch.names = row.name;
    batch.role_values.assign(role_fields_, model::kMissing);
    for (std::size_t i = 0; i < acts_.size(); ++i) {
      if (row.acts[i]) AddEntry(i, *row.acts[i], batch);
    }
    std::stable_sort(batch.entries.begin(), batch.entries.end(),
                     [](const model::Entry& a, const model::Entry& b) { return a.day < b.day; });
    for (std::size_t i = 0; i < batch.entries.size(); ++i)
      batch.entries[i].number = static_cast<std::uint32_t>(i);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (row.fields[i].empty()) continue;
      const std::optional<model::Value> value = ingest::ParseLength(row.fields[i]);
      if (!value) {
        why = fmt::format("what stands under “{}” is no number of days", guess_->fields[i]->head);
        return false;
      }
      for (const model::Entry& entry : batch.entries) {
        if (entry.act == fields_[i].act) batch.values[entry.first_value + fields_[i].place] = *value;
      }
    }
    batch.cases.push_back({.name_begin = 0,
                           .name_size = static_cast<std::uint32_t>(row.name.size()),
                           .first_entry = 0,
                           .entries = static_cast<std::uint32_t>(batch.entries.size()),
                           .first_role_value = 0,
                           .role_values = static_cast<std::uint32_t>(batch.role_values.size())});
    return true;
  }

 private:
  struct FieldPlace {
    model::ActId act;
    std::uint32_t place = 0;
  };
  Matters(const program::Program& program, const look::Guess& guess)
      : program_(&program), guess_(&guess), role_fields_(program.role_fields) {}

  void AddEntry(std::size_t at, base::Day day, model::Batch& batch) const {
    const program::ActDef& act = program_->acts[acts_[at].index()];
    const auto first = static_cast<std::uint32_t>(batch.values.size());
    batch.values.resize(batch.values.size() + act.fields.count, model::kMissing);
    if (act.dated) batch.values[first + program_->fields[act.dated_field.index()].place] = day.number;
    batch.entries.push_back({.act = acts_[at], .day = day, .recorded = day, .first_value = first});
  }

  const program::Program* program_;
  const look::Guess* guess_;
  std::size_t role_fields_;
  std::vector<model::ActId> acts_;
  std::vector<FieldPlace> fields_;
};

// Whether, for want of what column, a row cannot be told: acts that may move its days and have no column,
// and fields of its acts that are not given.  The engine is not asked: what it would miss, a page must name.
std::vector<std::string> MissingOf(const program::Program& program, const look::Guess& guess,
                                   const std::vector<std::string>& none, const look::MatterRow* row) {
  const look::Ledger& ledger = *guess.ledger;
  const auto index_of = [&](std::string_view name) {
    std::size_t i = 0;
    while (i < ledger.acts.size() && ledger.acts[i].act != name) ++i;
    return i;
  };
  const auto title = [&](const std::string& name) {
    const base::Result<model::ActId> id = FindAct(program, name);
    return report::words::Quoted(id.ok() ? program::TitleOf(program, id.value(), "en") : name);
  };
  std::vector<std::string> out;
  for (std::size_t i = 1; i < ledger.acts.size(); ++i) {
    const look::LedgerAct& act = ledger.acts[i];
    if (guess.acts[i] || Contains(none, act.act)) continue;
    const std::size_t after = index_of(act.after);
    if (after < ledger.acts.size()) {
      const bool seen = guess.acts[after] || Contains(none, act.after);
      const bool done = row == nullptr || row->acts[after];
      if (Contains(none, act.after) || (seen && !done)) continue;
    }
    out.push_back(title(act.act));
  }
  if (row == nullptr) return out;
  for (std::size_t i = 0; i < ledger.fields.size(); ++i) {
    const std::size_t act = index_of(ledger.fields[i].act);
    if (act < ledger.acts.size() && row->acts[act] && row->fields[i].empty())
      out.push_back(fmt::format("“{}” of {}", ledger.fields[i].field, title(ledger.fields[i].act)));
  }
  return out;
}

bool MoreDaysLate(const model::Outcome& a, const model::Outcome& b) {
  return a.due != b.due ? a.due < b.due : a.margin > b.margin;
}
bool DueSooner(const model::Outcome& a, const model::Outcome& b) { return a.due < b.due; }

class Looker {
 public:
  Looker(const engine::Plan& plan, const std::vector<model::RuleId>& rules, Look& into)
      : plan_(plan), rules_(rules), into_(into), folder_(plan) {}

  void Take(const look::MatterRow& row, const model::Batch& batch) {
    const model::History history = batch.history(0);
    const engine::Record& record = folder_.Fold(history, into_.today, into_.today);
    for (const model::Outcome& outcome : record.outcomes) {
      if (!outcome.sentence) continue;
      const program::SentenceDef& sentence = plan_.program().sentences[outcome.sentence.index()];
      if (sentence.kind != program::SentenceDef::Kind::kMust) continue;
      if (std::find(rules_.begin(), rules_.end(), sentence.rule) == rules_.end()) continue;
      Sort(row, batch, outcome);
    }
  }

 private:
  void Sort(const look::MatterRow& row, const model::Batch& batch, const model::Outcome& outcome) {
    const base::Day sunday = into_.today + (6 - base::Weekday(into_.today));
    switch (outcome.finding) {
      case model::Finding::kKept:
      case model::Finding::kReleased:
        ++into_.kept;
        return;
      case model::Finding::kPending:
        if (IsMoved(row)) {
          Untold(row);
        } else if (outcome.due >= into_.today && outcome.due <= sunday) {
          into_.this_week.Add({row.name, batch, outcome}, DueSooner);
        } else if (outcome.due > sunday && outcome.due <= sunday + 7) {
          into_.next_week.Add({row.name, batch, outcome}, DueSooner);
        } else {
          ++into_.later;
        }
        return;
      case model::Finding::kBroken:
      case model::Finding::kCannotTell:
        break;
    }
    if (outcome.finding == model::Finding::kBroken &&
        MissingOf(plan_.program(), into_.guess, into_.none, &row).empty()) {
      into_.late.Add({row.name, batch, outcome}, MoreDaysLate);
      return;
    }
    Untold(row);
  }

  // Whether something was done in this row that moves its day, and by how much or until when is not given.
  bool IsMoved(const look::MatterRow& row) const {
    const look::Ledger& ledger = *into_.guess.ledger;
    const auto was_done = [&](const std::string& name) {
      for (std::size_t i = 0; i < ledger.acts.size(); ++i) {
        if (ledger.acts[i].act == name) return row.acts[i].has_value();
      }
      return false;
    };
    for (std::size_t i = 0; i < ledger.fields.size(); ++i) {
      if (row.fields[i].empty() && was_done(ledger.fields[i].act)) return true;
    }
    for (std::size_t i = 0; i < ledger.acts.size(); ++i) {
      if (!into_.guess.acts[i] && was_done(ledger.acts[i].after)) return true;
    }
    return false;
  }

  void Untold(const look::MatterRow& row) {
    const std::vector<std::string> missing = MissingOf(plan_.program(), into_.guess, into_.none, &row);
    LookedUntold& untold =
        into_.untold[missing.empty() ? std::vector<std::string>{"what its days hang on"} : missing];
    ++untold.count;
    if (untold.names.size() < kNamed) untold.names.push_back(row.name);
  }

  const engine::Plan& plan_;
  const std::vector<model::RuleId>& rules_;
  Look& into_;
  engine::Folder folder_;
};

std::vector<std::string> NamesIn(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (comma != 0) out.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return out;
}

std::string FormOf(const ingest::Workbook& book, std::size_t sheet) {
  switch (book.form()) {
    case ingest::Workbook::Form::kXlsx:
    case ingest::Workbook::Form::kOds:
      return fmt::format("In sheet “{}” of {}", book.sheets()[sheet],
                         report::words::Count(book.sheets().size(), "sheet", "sheets"));
    case ingest::Workbook::Form::kText:
      return fmt::format("In text in {}", book.encoding());
  }
  return {};
}

base::Status LookAt(const std::string& file, const LookArguments& arguments,
                    const std::vector<look::Ledger>& ledgers, base::Day today, std::string& said) {
  const ingest::Limits limits;
  ASSIGN_OR_RETURN(const ingest::Workbook book, ingest::Workbook::Open(file, limits));
  ASSIGN_OR_RETURN(look::Guess guess, look::MakeGuess(book, NameOfFile(file), ledgers, arguments.yes));
  ASSIGN_OR_RETURN(const look::Survey survey, look::SurveyRows(book, guess, limits));

  const std::vector<std::string> none = NamesIn(arguments.none);
  for (const std::string& name : none) {
    const bool known = std::any_of(guess.ledger->acts.begin() + 1, guess.ledger->acts.end(),
                                   [&](const look::LedgerAct& act) { return act.act == name; });
    if (!known) return Error{Errc::kInvalid, fmt::format("--none '{}': the ledger has no such act", name)};
  }
  ASSIGN_OR_RETURN(std::unique_ptr<LoadedPack> pack, LoadPack(guess.ledger->pack, arguments.places));
  if (!pack->compiled) {
    return Error{Errc::kInvalid, fmt::format("the pack '{0}' has mistakes; 'lawbound check {0}' shows them",
                                             guess.ledger->pack)};
  }
  ASSIGN_OR_RETURN(const std::string page, MappingPage(pack->compiled->program, guess, none));
  ASSIGN_OR_RETURN(pack, LoadPack(guess.ledger->pack, arguments.places, {"guessed", page}));
  if (!pack->compiled) {
    return Error{Errc::kInvalid, fmt::format("look.tsv of '{}' does not fit its pack:\n{}",
                                             guess.ledger->pack, pack->diagnostics.Render(pack->sources))};
  }
  const program::Program& program = pack->compiled->program;
  ASSIGN_OR_RETURN(const program::MappingDef* const mapping, FindMapping(program, "look"));
  ASSIGN_OR_RETURN(const engine::Plan plan,
                   engine::Plan::Make(program, pack->calendars, {.mapping = mapping}));
  std::vector<model::RuleId> rules;
  for (const std::string& rule : guess.ledger->rules) {
    ASSIGN_OR_RETURN(const model::RuleId id, FindRule(program, rule));
    rules.push_back(id);
  }
  Look found{.file = NameOfFile(file),
             .form = FormOf(book, guess.sheet),
             .pack_title = program::TitleOf(program, program.titles_of_pack, "en",
                                            std::string(program.string(program.path))),
             .pack = guess.ledger->pack,
             .guess = guess,
             .notes = book.notes(),
             .totals = survey.totals,
             .today = today,
             .none = none,
             .missing_acts = MissingOf(program, guess, none, nullptr)};
  Looker looker(plan, rules, found);
  ASSIGN_OR_RETURN(const Matters matters, Matters::Make(program, guess));
  ASSIGN_OR_RETURN(look::MatterRows rows, look::MatterRows::Open(book, guess, survey, today));
  look::MatterRow row;
  model::Batch batch;
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, rows.Next(row));
    if (!more) break;
    if (row.odd.empty() && matters.Fill(row, batch, row.odd)) {
      looker.Take(row, batch);
      continue;
    }
    if (++found.odd.count <= LookedList::kShown)
      found.odd.lines.push_back(fmt::format("{}: {}.", row.name, row.odd));
  }
  said = LookText(plan, found, kWidth);
  return base::Ok();
}

}  // namespace

ExitCode RunLook(const LookArguments& arguments) {
  const base::Result<std::optional<base::Day>> as_of = OptionalDay("--as-of", arguments.as_of);
  if (!as_of.ok()) return Fail(as_of.error());
  const base::Result<std::vector<look::Ledger>> ledgers = ReadLedgers(arguments);
  if (!ledgers.ok()) return Fail(ledgers.error());
  ExitCode code = kDone;
  bool first = true;
  for (const std::string& file : arguments.files) {
    std::string said;
    base::Status looked =
        LookAt(file, arguments, ledgers.value(), as_of.value() ? *as_of.value() : Today(), said);
    if (!looked.ok()) {
      code = Fail(std::move(looked).error().With(fmt::format("looking at '{}'", file)));
      continue;
    }
    fmt::print("{}{}", first ? "" : "\n", said);
    first = false;
  }
  return code;
}

}  // namespace lawbound::cli
