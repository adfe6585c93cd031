#include "differential/compare.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "check/use.h"
#include "engine/engine.h"
#include "engine/matter.h"
#include "engine/plan.h"
#include "reference/reference.h"
#include "support/used_pages.h"
#include "syntax/syntax.h"

namespace lawbound::differential {
namespace {

using base::Day;
using model::Finding;
using Quality = program::EffectDef::Quality;
using Lines = std::vector<std::string>;

std::string_view Word(Finding finding) {
  switch (finding) {
    case Finding::kKept:
      return "kept";
    case Finding::kReleased:
      return "released";
    case Finding::kBroken:
      return "broken";
    case Finding::kPending:
      return "pending";
    case Finding::kCannotTell:
      return "cannot tell";
  }
  return "";
}

std::string_view Word(model::Answer answer) {
  return answer == model::Answer::kLawful     ? "lawful"
         : answer == model::Answer::kUnlawful ? "unlawful"
                                              : "cannot tell";
}

std::string_view Word(model::Ground ground) {
  constexpr std::string_view kWords[] = {"form",      "power", "missing predecessor", "too early", "late",
                                         "condition", "duty"};
  return kWords[static_cast<std::size_t>(ground)];
}

std::string_view Word(Quality quality) {
  constexpr std::string_view kWords[] = {"", " void", " inadmissible", " voidable", " irregular"};
  return kWords[static_cast<std::size_t>(quality)];
}

std::string EntryWord(std::uint32_t entry) {
  return entry == model::Outcome::kNoEntry ? std::string("-") : fmt::format("#{}", entry);
}

class Teller {
 public:
  Teller(const check::CheckedPack& pack, const model::History& history) : pack_(pack), history_(history) {}

  std::string Tell(const model::Outcome& outcome) const {
    if (outcome.ground == model::Ground::kDuty) return TellDuty(outcome);
    std::string line = fmt::format("judged {} {}: {}", Entry(outcome.entry), SentenceName(outcome.sentence),
                                   Word(outcome.finding));
    if (outcome.finding == Finding::kBroken) line += fmt::format(" ({})", Word(outcome.ground));
    return line + Part(outcome.part) + Marks(outcome);
  }

  std::string TellAnswer(std::size_t entry, model::Answer answer, bool applied, Quality quality) const {
    return fmt::format("answer {}: {}{}{}", Entry(static_cast<std::uint32_t>(entry)), Word(answer),
                       applied ? "" : ", not applied", Word(quality));
  }

  std::string TellDeemed(model::ActId act, Day day, std::size_t part) const {
    return fmt::format("deemed {} {}{}", base::PrintDay(day), pack_.acts[act.index()].name, Part(part));
  }

  std::string TellTerm(std::size_t id, std::uint16_t phases, std::optional<Day> due, std::size_t part) const {
    static constexpr std::string_view kPhases[] = {" idle", " running", " stopped", " over"};
    std::string line = fmt::format("term {}{}{}:", pack_.terms[id].name, id, Part(part));
    if ((phases & (phases - 1)) != 0) return line + " cannot tell";
    for (unsigned i = 0; i < 4; ++i) {
      if ((phases & (1U << i)) != 0) line += kPhases[i];
    }
    return line + (due ? " due " + base::PrintDay(*due) : "");
  }

 private:
  std::string TellDuty(const model::Outcome& outcome) const {
    std::string line =
        fmt::format("duty {} arose {} from {}: {}", SentenceName(outcome.sentence),
                    base::PrintDay(outcome.arose), EntryWord(outcome.start), Word(outcome.finding));
    if (outcome.finding != Finding::kPending && outcome.finding != Finding::kCannotTell) {
      line += " on " + base::PrintDay(outcome.decided);
    }
    if (outcome.finding == Finding::kBroken) {
      line += outcome.marks.late
                  ? fmt::format(" due {}, done {} days late by {}", base::PrintDay(outcome.due),
                                outcome.margin, Entry(outcome.entry))
                  : std::string(", never done");
    }
    if (outcome.finding == Finding::kKept) line += " by " + Entry(outcome.entry);
    return line + Part(outcome.part) + Marks(outcome);
  }

  static std::string Part(std::size_t part) {
    return part == 0 ? std::string() : fmt::format(" [member {}]", part);
  }

  static std::string Marks(const model::Outcome& outcome) {
    const bool told = outcome.finding != Finding::kPending && outcome.finding != Finding::kCannotTell;
    return fmt::format("{}{}", told && outcome.marks.by_assumption ? " by assumption" : "",
                       outcome.marks.moot ? " moot" : "");
  }

  std::string Entry(std::uint32_t entry) const {
    if (entry == model::Outcome::kNoEntry) return "-";
    const model::Entry& row = history_.entries[entry];
    return fmt::format("#{} {} {}", entry, base::PrintDay(row.day), pack_.acts[row.act.index()].name);
  }

  std::string SentenceName(model::SentenceId id) const {
    if (!id) return "itself";
    const check::Sentence& sentence = pack_.sentences[id.index()];
    const check::Rule& rule = pack_.rules[sentence.rule.index()];
    return fmt::format("{} '{}'", rule.name, sentence.text);
  }

  const check::CheckedPack& pack_;
  const model::History& history_;
};

// What the audit finds, which folds one matter after another: what was there before leaves nothing behind.
Lines AuditLines(const Made& made, const Teller& teller, const engine::Plan& plan,
                 const model::History& history, const How& how) {
  engine::Folder folder(plan);
  for (const check::Example& before : made.pack.examples) {
    const model::History other = before.batch.history(0);
    folder.Fold(other, how.as_of, how.until);
  }
  Lines lines;
  for (const model::Outcome& outcome : folder.Fold(history, how.as_of, how.until).outcomes)
    lines.push_back(teller.Tell(outcome));
  return lines;
}

Lines EngineLines(const Made& made, const Teller& teller, const calendar::Calendars& calendars,
                  const model::History& history, const How& how) {
  const engine::PlanOptions options{.mapping = how.mapping ? &made.program.mappings.front() : nullptr,
                                    .strict = how.strict};
  const base::Result<engine::Plan> made_plan = engine::Plan::Make(made.program, calendars, options);
  const engine::Matter matter(made_plan.value(), history, engine::Matter::Titles::kPlain);
  const engine::Plan& plan = matter.plan();
  const model::History& its = matter.history();
  engine::Record record;
  record.Reset(plan, its);
  engine::Engine engine(plan, record);
  Lines lines;
  std::vector<engine::Judgement> judgements;
  for (std::uint32_t i = 0; i < its.entries.size() && its.entries[i].day <= how.as_of; ++i) {
    engine::Judgement judgement;
    engine.Advance(its.entries[i].day, its.entries[i].minute);
    engine.Judge(its.entries[i], judgement);
    engine.Apply(its.entries[i], i, judgement);
    judgements.push_back(std::move(judgement));
  }
  engine::Fold(plan, its, record = engine::Record(), how.as_of, how.until);
  for (std::uint32_t i = 0; i < judgements.size(); ++i) {
    const Quality quality = judgements[i].applied ? record.QualityOfEntry(i) : judgements[i].quality;
    lines.push_back(teller.TellAnswer(i, judgements[i].answer, judgements[i].applied, quality));
  }
  Lines all;
  for (const model::Outcome& outcome : record.outcomes) all.push_back(teller.Tell(matter.Folded(outcome)));
  if (matter.fits() && AuditLines(made, teller, made_plan.value(), history, how) != all)
    lines.push_back("the audit finds otherwise");
  for (const model::Outcome& outcome : record.outcomes) {
    // That an act rests on something is told as an outcome by the engine, and is no finding of a rule.
    if (outcome.sentence || outcome.finding != Finding::kKept)
      lines.push_back(teller.Tell(matter.Folded(outcome)));
  }
  for (const engine::Done& done : record.done) {
    if (!done.deemed) continue;
    const model::Outcome of{.act = done.act};
    lines.push_back(teller.TellDeemed(matter.ActOf(done.act), done.day, matter.Folded(of).part));
  }
  for (std::size_t id = 0; id < record.terms.size(); ++id) {
    const engine::TermState& term = record.terms[id];
    std::optional<Day> due = engine::Record::EffectiveDue(term);
    if (*due == engine::kNever) due.reset();
    if (term.phase == engine::Phase::kOver) due = term.due;
    const auto part = matter.PartOf(model::TermId(id));
    if (part == engine::Matter::kNobodysPart) continue;
    const std::size_t folded = matter.TermOf(model::TermId(id)).index();
    // The engine leaves out terms in which only duties that never arise would run.
    if (made.pack.terms[folded].name.empty()) continue;
    const auto phases = engine::Evaluator(plan, record, nullptr).PossiblePhases(model::TermId(id));
    lines.push_back(teller.TellTerm(folded, phases, due, part));
  }
  if (record.overrun) lines.push_back("endless");
  return lines;
}

Lines ReferenceLines(const Made& made, const Teller& teller, const calendar::Calendars& calendars,
                     const model::History& history, const How& how) {
  const reference::Options options{.mapping = how.mapping ? &made.pack.mappings.front() : nullptr,
                                   .strict = how.strict,
                                   .as_of = how.as_of,
                                   .until = how.until};
  const reference::Story story = reference::Evaluate(made.pack, calendars, history, options);
  Lines lines;
  for (std::size_t i = 0; i < story.acts.size(); ++i) {
    const reference::ActAnswer& answer = story.acts[i];
    lines.push_back(teller.TellAnswer(i, answer.answer, answer.applied, answer.quality));
  }
  for (const model::Outcome& outcome : story.outcomes) lines.push_back(teller.Tell(outcome));
  for (const reference::DeemedAct& deemed : story.deemed)
    lines.push_back(teller.TellDeemed(deemed.act, deemed.day, deemed.part));
  for (const reference::TermNow& term : story.terms) {
    if (made.pack.terms[term.term.index()].name.empty()) continue;
    lines.push_back(teller.TellTerm(term.term.index(), term.phases, term.due, term.part));
  }
  if (story.endless) lines.push_back("endless");
  return lines;
}

}  // namespace

std::optional<Made> Compile(const std::vector<std::string>& pages, const calendar::Calendars& calendars,
                            std::string* said) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  std::vector<source::FileId> files;
  for (const std::string& page : pages) files.push_back(sources.Add("page.md", page));
  const syntax::Tree tree = check::JoinUsed(syntax::Parse(sources, files, diagnostics), sources,
                                            support::PagesBelow(sources), diagnostics);
  std::optional<check::CheckedPack> pack;
  if (!diagnostics.HasErrors())
    pack = check::Check(tree, sources, {.calendars = calendars.names()}, diagnostics);
  if (said != nullptr) *said = diagnostics.Render(sources);
  if (!pack) return std::nullopt;
  program::Program program = check::Lower(*pack);
  return Made{.pack = std::move(*pack), .program = std::move(program)};
}

Difference Compare(const Made& made, const calendar::Calendars& calendars, const model::History& history,
                   const How& how) {
  const Teller teller(made.pack, history);
  Lines engine = EngineLines(made, teller, calendars, history, how);
  Lines reference = ReferenceLines(made, teller, calendars, history, how);
  Difference difference;
  difference.both = fmt::format("engine:\n  {}\nreference:\n  {}\n", fmt::join(engine, "\n  "),
                                fmt::join(reference, "\n  "));
  std::sort(engine.begin(), engine.end());
  std::sort(reference.begin(), reference.end());
  std::set_difference(engine.begin(), engine.end(), reference.begin(), reference.end(),
                      std::back_inserter(difference.only_engine));
  std::set_difference(reference.begin(), reference.end(), engine.begin(), engine.end(),
                      std::back_inserter(difference.only_reference));
  return difference;
}

}  // namespace lawbound::differential
