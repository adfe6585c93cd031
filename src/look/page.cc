#include "look/page.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "engine/explain.h"
#include "program/names.h"
#include "report/term_sum.h"
#include "report/words.h"

namespace lawbound::look {
namespace {

using report::Reason;

std::string ReadingOf(Language language, law::Reading reading) {
  switch (reading) {
    case law::Reading::kSeen:
      return Say(language, Phrase::kSeen);
    case law::Reading::kSecondary:
      return Say(language, Phrase::kSecondary);
    case law::Reading::kFromMemory:
      return Say(language, Phrase::kFromMemory);
  }
  return {};
}

// "OGI 33" is the whole name in English; in Chinese, beside the title, "33" of it.
std::string Where(std::string cited, std::string_view instrument, Language language) {
  const std::string before = std::string(instrument) + " ";
  if (language == Language::kChinese && cited.starts_with(before)) return cited.substr(before.size());
  return cited;
}

// What a row is told of: the due day, the sum behind it, the provisions.
struct Sum {
  std::string act;
  std::vector<Reason> lines;
  engine::Explanation explanation;
};

Sum SumOf(const engine::Plan& plan, const LookedRow& row, Language language) {
  const program::Program& program = plan.program();
  Sum out;
  out.explanation = engine::Explain(plan, row.batch.history(0), row.outcome);
  out.act = program::TitleOf(program, row.outcome.act, CodeOf(language));
  const engine::Plan& of_term = out.explanation.matter ? out.explanation.matter->plan() : plan;
  report::AddTermSum(of_term, out.explanation.term, out.explanation.done,
                     {CodeOf(language), TongueOf(language)}, out.lines);
  const program::SentenceDef& sentence = program.sentences[row.outcome.sentence.index()];
  const program::RuleDef& rule = program.rules[sentence.rule.index()];
  std::vector<std::string> provisions;
  for (std::uint32_t i = rule.under.first; i < rule.under.end(); ++i) {
    const program::Citation& citation = program.citations[i];
    const program::InstrumentDef& instrument = program.instruments[citation.instrument.index()];
    const std::string title =
        program::TitleOf(program, instrument.titles, CodeOf(language), program.string(instrument.name));
    const std::string where =
        Where(program::Words(program, citation), program.string(instrument.name), language);
    std::string line =
        Say(language, Phrase::kProvision, {where, title, ReadingOf(language, citation.reading)});
    if (std::find(provisions.begin(), provisions.end(), line) == provisions.end())
      provisions.push_back(std::move(line));
  }
  for (std::string& line : provisions) out.lines.push_back({.text = std::move(line), .parts = {}});
  return out;
}

class Maker {
 public:
  explicit Maker(const Told& told) : told_(told), language_(told.language) {}

  Page Make(const engine::Plan& plan, const Found& found) {
    const program::Program& program = plan.program();
    Begin(Say(language_, Phrase::kQuoted, {TitleOf(program)}));
    HowRead(program, found);
    List(In(Phrase::kLate), found.late, plan);
    page_.sections.back().is_late = true;
    const base::Day sunday = found.today + (6 - base::Weekday(found.today));
    List(In(Phrase::kThisWeek, {SayDay(language_, sunday)}), found.this_week, plan);
    List(In(Phrase::kNextWeek, {SayDay(language_, sunday + 7)}), found.next_week, plan);
    if (!found.missing_acts.empty() && found.this_week.count + found.next_week.count > 0)
      Line(In(Phrase::kIfNothingElse, {SayOneOf(language_, found.missing_acts)}));
    CannotTell(found);
    Odd(found);
    page_.last = In(Phrase::kLast, {SayNumber(found.kept), SayNumber(found.later)});
    page_.counts.late = found.late.count;
    page_.counts.this_week = found.this_week.count;
    page_.counts.next_week = found.next_week.count;
    page_.counts.odd = found.odd.count;
    return std::move(page_);
  }

  Page MakeUnsure(const std::vector<std::string>& titles) {
    Begin(In(Phrase::kUnsureTitle));
    Section(In(Phrase::kHowRead));
    Where();
    Line(In(Phrase::kLedgerUnsure, {SayOneOf(language_, Quoted(titles)), SayNumber(told_.guess.known)}));
    std::vector<std::string> names;
    for (const Ledger* ledger : told_.guesses.candidates) names.push_back(ledger->name);
    Line(In(Phrase::kSayWhich, {SayOneOf(language_, names)}));
    Dropped();
    Heading(In(Phrase::kCannotTell), told_.guess.rows);
    Line(In(Phrase::kNothingJudged, {SayCount(language_, Phrase::kRows, told_.guess.rows)}));
    page_.counts.untold = told_.guess.rows;
    return std::move(page_);
  }

  std::string TitleOf(const program::Program& program) const {
    return program::TitleOf(program, program.titles_of_pack, CodeOf(language_), program.string(program.path));
  }

 private:
  std::string In(Phrase phrase, const Args& args = {}) const { return Say(language_, phrase, args); }
  std::vector<std::string> Quoted(const std::vector<std::string>& titles) const {
    std::vector<std::string> out;
    for (const std::string& title : titles) out.push_back(In(Phrase::kQuoted, {title}));
    return out;
  }

  void Begin(const std::string& procedure) {
    page_.language = language_;
    page_.title = told_.sheet.empty() ? In(Phrase::kTitle, {told_.file, procedure})
                                      : In(Phrase::kTitleSheet, {told_.file, told_.sheet, procedure});
    page_.lead.push_back(In(Phrase::kLookedAt, {SayDay(language_, told_.today)}));
  }
  void Section(std::string heading) {
    page_.sections.push_back({.heading = std::move(heading), .lines = {}});
  }
  void Heading(const std::string& title, std::uint64_t count) {
    Section(In(Phrase::kHeading, {title, count == 0 ? In(Phrase::kNone) : SayNumber(count)}));
  }
  void Line(std::string text) {
    page_.sections.back().lines.push_back({.text = std::move(text), .parts = {}});
  }

  void Where() {
    const Guess& guess = told_.guess;
    Line(In(Phrase::kWhere,
            {told_.form, fmt::to_string(guess.head_row), SayCount(language_, Phrase::kRows, guess.rows)}));
    if (told_.totals > 0) Line(SayCount(language_, Phrase::kTotals, told_.totals));
  }

  void WhichLedger(const std::string& title) {
    const std::string quoted = In(Phrase::kQuoted, {title});
    const std::string known = SayNumber(told_.guess.known);
    switch (told_.guesses.why) {
      case Guesses::Why::kSaid:
        return Line(In(Phrase::kLedgerSaid, {quoted}));
      case Guesses::Why::kMarked:
        // Of several sheets it is one whose name or title says so.
        return Line(In(Phrase::kLedgerMarked, {quoted, MarkOfAny(), known}));
      case Guesses::Why::kColumns:
        return Line(In(Phrase::kLedgerByColumns, {quoted, known, SayNumber(told_.guesses.next_known)}));
      case Guesses::Why::kUnsure:
        return;
    }
  }
  std::string MarkOfAny() const {
    if (!told_.guess.mark.empty()) return told_.guess.mark;
    for (const Guess& other : told_.guesses.sheets) {
      if (!other.mark.empty()) return other.mark;
    }
    return {};
  }

  void HowRead(const program::Program& program, const Found& found) {
    const Guess& guess = told_.guess;
    const Ledger& ledger = *guess.ledger;
    const auto title = [&](std::string_view what) { return WhatTitle(program, ledger, language_, what); };
    Section(In(Phrase::kHowRead));
    WhichLedger(TitleOf(program));
    Where();
    for (std::size_t i = 0; i < guess.acts.size(); ++i) {
      if (!guess.acts[i]) continue;
      const Column& column = *guess.acts[i];
      Line(In(Phrase::kIsDay,
              {column.head, title(ledger.acts[i].act), In(column.said ? Phrase::kSaid : Phrase::kSure),
               SayCount(language_, Phrase::kFilled, column.filled),
               SayCount(language_, Phrase::kHoldDay, column.days)}));
    }
    for (std::size_t i = 0; i < guess.fields.size(); ++i) {
      if (!guess.fields[i]) continue;
      const LedgerField& field = ledger.fields[i];
      Line(In(Phrase::kIsField, {guess.fields[i]->head, title(field.act + "." + field.field)}));
    }
    if (guess.case_column) Line(In(Phrase::kIsNumber, {guess.case_column->head}));
    for (const Note& doubt : guess.doubts) {
      Args args = doubt.args;
      if (!doubt.what.empty()) args.push_back(doubt.what == "case" ? doubt.what : title(doubt.what));
      Line(In(doubt.phrase, args));
    }
    Dropped();
    for (const std::string& rule : found.not_asked)
      Line(In(Phrase::kNotAsked, {In(Phrase::kQuoted, {rule})}));
    if (!told_.never.empty()) {
      std::vector<std::string> acts;
      for (const std::string& act : told_.never) acts.push_back(title(act));
      Line(In(Phrase::kNever, {SayOneOf(language_, acts)}));
    }
    for (const Note& note : told_.notes) Line(In(note.phrase, note.args));
  }

  void Dropped() {
    const Guess& guess = told_.guess;
    if (!guess.kept.empty()) {
      std::vector<std::string> heads;
      for (const Column& column : guess.kept) heads.push_back(column.head);
      Line(In(Phrase::kKeptColumn, {SayQuoted(language_, heads), told_.reason}));
    }
    if (!guess.personal.empty()) Line(In(Phrase::kDropped, {SayQuoted(language_, guess.personal)}));
    if (!guess.not_read.empty()) Line(In(Phrase::kNotRead, {SayQuoted(language_, guess.not_read)}));
    if (!told_.guesses.other_sheets.empty())
      Line(In(Phrase::kOtherSheets, {SayQuoted(language_, told_.guesses.other_sheets)}));
  }

  void List(const std::string& title, const LookedList& list, const engine::Plan& plan) {
    Heading(title, list.count);
    for (const LookedRow& row : list.rows) Tell(row, plan);
    if (list.count > list.rows.size()) Line(In(Phrase::kMore, {SayNumber(list.count - list.rows.size())}));
  }

  // What is due, whether it came, and the sum behind its day.
  void Tell(const LookedRow& row, const engine::Plan& plan) {
    Sum sum = SumOf(plan, row, language_);
    const model::Outcome& outcome = row.outcome;
    const Args due{row.shown, In(Phrase::kQuoted, {sum.act}), SayDay(language_, outcome.due)};
    if (outcome.finding != model::Finding::kBroken) {
      Line(In(Phrase::kDue, due));
    } else if (!outcome.marks.late) {
      Line(In(Phrase::kDueNotDone, due));
    } else {
      const model::History history = row.batch.history(0);
      const base::Day done =
          outcome.entry < history.entries.size() ? history.entries[outcome.entry].day : outcome.decided;
      const report::words::Late late = report::LateBy(
          plan, sum.explanation.term.id, sum.explanation.term.length.unit, outcome.due, outcome.margin);
      Args args = due;
      args.push_back(SayDay(language_, done));
      args.push_back(SayCount(language_, late.working ? Phrase::kWorkingDay : Phrase::kDay,
                              static_cast<std::uint64_t>(std::max(late.days, 0))));
      Line(In(late.days == 0 ? Phrase::kDueDoneThatDay : Phrase::kDueDone, args));
    }
    page_.sections.back().lines.back().parts = std::move(sum.lines);
  }

  void CannotTell(const Found& found) {
    for (const auto& [missing, rows] : found.untold) page_.counts.untold += rows.count;
    Heading(In(Phrase::kCannotTell), page_.counts.untold);
    for (const auto& [missing, rows] : found.untold) {
      std::string names = SayAll(language_, rows.names);
      if (rows.count > rows.names.size())
        names = In(Phrase::kAndMore, {names, SayNumber(rows.count - rows.names.size())});
      Line(In(Phrase::kForWant,
              {SayCount(language_, Phrase::kRows, rows.count), SayOneOf(language_, missing), names}));
    }
    const std::vector<std::string> acts = ActsToSay(told_.guess, told_.never);
    if (page_.counts.untold > 0 && !acts.empty())
      Line(In(Phrase::kAddColumn, {fmt::format("{}", fmt::join(acts, ","))}));
  }

  void Odd(const Found& found) {
    Heading(In(Phrase::kOdd), found.odd.count);
    for (const std::string& line : found.odd.lines) Line(line);
    if (found.odd.count > found.odd.lines.size())
      Line(In(Phrase::kMore, {SayNumber(found.odd.count - found.odd.lines.size())}));
  }

  const Told& told_;
  Language language_;
  Page page_;
};

void AddLines(const std::vector<Reason>& reasons, std::size_t depth, std::string& out) {
  for (const Reason& reason : reasons) {
    out += std::string(depth * 2, ' ') + reason.text + '\n';
    AddLines(reason.parts, depth + 1, out);
  }
}

// FNV-1a: the same on every machine, and nothing can be read from it.
std::string HashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", hash);
}

}  // namespace

void PageCounts::Add(const PageCounts& other) {
  late += other.late;
  this_week += other.this_week;
  next_week += other.next_week;
  untold += other.untold;
  odd += other.odd;
}

Page MakePage(const engine::Plan& plan, const Found& found, const Told& told) {
  return Maker(told).Make(plan, found);
}

Page MakeUnsurePage(const Told& told, const std::vector<std::string>& titles) {
  return Maker(told).MakeUnsure(titles);
}

std::vector<Lapse> LapsesOf(const engine::Plan& plan, const Found& found, const Told& told) {
  const Language language = told.language;
  std::vector<Lapse> out;
  for (const LookedRow& row : found.lapses) {
    const Sum sum = SumOf(plan, row, language);
    Lapse lapse{.day = row.outcome.due};
    lapse.id =
        HashOf(fmt::format("{}\n{}\n{}\n{}", told.file, told.sheet, row.name, row.outcome.act.index()));
    lapse.summary = Say(language, Phrase::kHeading, {row.name, Say(language, Phrase::kQuoted, {sum.act})});
    AddLines(sum.lines, 0, lapse.description);
    if (!found.missing_acts.empty())
      lapse.description += Say(language, Phrase::kIfNothingElse, {SayOneOf(language, found.missing_acts)});
    out.push_back(std::move(lapse));
  }
  return out;
}

}  // namespace lawbound::look
