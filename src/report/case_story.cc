// The timeline is the engine's own fold, stopped after each act and after each day on which something lapses,
// to see what changed.  Outcomes are told as they are at the end: a duty that was missed may have been done
// later.
#include "report/case_story.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/engine.h"
#include "program/names.h"
#include "report/account.h"
#include "report/term_sum.h"
#include "report/values.h"
#include "report/words.h"

namespace lawbound::report {

using base::Day;
using engine::TermEvent;
using model::Finding;
using program::Program;

namespace {

// An event, and the outcomes to explain under it (rows of Record::outcomes).
struct Happening {
  Day day;
  std::string margin;
  std::string text;
  std::string more;
  std::vector<std::size_t> outcomes;
  std::optional<std::uint32_t> entry;
};

bool Kept(Finding finding) { return finding == Finding::kKept || finding == Finding::kPending; }

std::string FieldsOf(const Program& program, const model::History& history, const model::Entry& entry,
                     const Voice& voice) {
  const program::ActDef& act = program.acts[entry.act.index()];
  std::vector<std::string> parts;
  for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
    const program::FieldDef& field = program.fields[i];
    const model::Value value = history.value(entry, field.place);
    // In whose part the act lies stands in its title.
    if (value == model::kMissing || act.member == model::FieldId(i)) continue;
    parts.push_back(
        fmt::format("{}{}{}", Spoken(voice, program, model::FieldId(i)), words::Colon(voice),
                    ValueText(program, &history, value, TypeOfField(program, model::FieldId(i)), voice)));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

// `plan` and `history` are the matter's, or those of the matter with an act tried in it.
ToldOutcome TellOutcome(const engine::Matter& matter, const engine::Plan& plan, const model::History& history,
                        const model::Outcome& outcome, const CaseTextOptions& options) {
  const model::Outcome folded = matter.Folded(outcome);
  const AccountOptions account{
      .voice = options.voice, .as_of = options.as_of, .provision_text = options.provision_text};
  return {.outcome = folded,
          .part = std::string(matter.NameOf(folded.part)),
          .account = MakeAccount(plan, history, engine::Explain(plan, history, outcome), account)};
}

class Timeline {
 public:
  Timeline(const engine::Matter& matter, const CaseTextOptions& options)
      : matter_(matter),
        plan_(matter.plan()),
        program_(plan_.program()),
        history_(matter.history()),
        options_(options),
        engine_(plan_, record_) {}

  CaseStory Tell() {
    record_.trace = &trace_;
    record_.Reset(plan_, history_);
    for (std::uint32_t i = 0; i < history_.entries.size(); ++i) {
      const model::Entry& entry = history_.entries[i];
      if (entry.day > options_.as_of) break;
      AdvanceTo(entry.day, entry.minute);
      Do(entry, i);
    }
    AdvanceTo(options_.as_of);
    CaseStory story{.name = std::string(history_.name),
                    .as_of = options_.as_of,
                    .events = {},
                    .open = {},
                    .not_told = {}};
    for (Happening& happening : happenings_) story.events.push_back(Told(happening));
    TellOpen(story.open);
    return story;
  }

 private:
  void AdvanceTo(Day day, base::Minute minute = base::kNoMinute) {
    while (record_.next_due < day) {
      const Day at = record_.next_due;
      const std::size_t traced = trace_.size();
      Remember();
      engine_.Advance(at + 1);
      AddLapses(at, traced);
      AddChanges(at, record_.done.size());
    }
    // What runs in hours may be over in the course of the day itself.
    const std::size_t traced = trace_.size();
    Remember();
    engine_.Advance(day, minute);
    if (trace_.size() == traced) return;
    AddLapses(day, traced);
    AddChanges(day, record_.done.size());
  }

  void Remember() {
    stood_.clear();
    for (const engine::Done& done : record_.done) stood_.push_back({engine::KeyOf(done), done.stands});
    lost_ = record_.lost.size();
  }

  // Acts deemed done and acts that lost their standing since Remember; `own` is the row of the act just done,
  // if any.
  void AddChanges(Day day, std::size_t own) {
    if (record_.lost.size() != lost_) return AddTaken(day);
    for (std::size_t row = 0; row < record_.done.size(); ++row) {
      const engine::Done& done = record_.done[row];
      const std::string title = TitleIn(options_.voice, program_, done.act);
      if (row >= stood_.size() && row != own && done.deemed) {
        happenings_.push_back({.day = day,
                               .margin = words::ByLaw(Tongue::kEnglish),
                               .text = words::DeemedLine(options_.voice, title)});
      }
      if (row < stood_.size() && stood_[row].second && !done.stands) {
        happenings_.push_back({.day = day, .margin = "", .text = words::FellLine(options_.voice, title)});
      }
    }
  }

  // After acts were taken away the record is another one: only what was taken is told.
  void AddTaken(Day day) {
    for (; lost_ < record_.lost.size(); ++lost_) {
      const engine::LostAct& lost = record_.lost[lost_];
      const std::string title = TitleIn(options_.voice, program_, lost.key.act);
      const auto was = [&](program::Standing standing) {
        return (lost.said >> static_cast<unsigned>(standing) & 1) != 0;
      };
      const program::Standing standing =
          was(program::Standing::kHeldVoid) ? program::Standing::kHeldVoid : program::Standing::kSetAside;
      const bool itself = was(standing);  // or it rested on what was
      happenings_.push_back({.day = day,
                             .margin = "",
                             .text = itself ? words::TakenLine(options_.voice, title, standing)
                                            : words::FellLine(options_.voice, title)});
    }
  }

  // The terms that ended on a day, each with the duties that were not done in it.
  void AddLapses(Day day, std::size_t traced) {
    // The trace is shorter where the matter was folded again.
    for (std::size_t i = std::min(traced, trace_.size()); i < trace_.size(); ++i) {
      if (trace_[i].kind != TermEvent::Kind::kOver || trace_[i].day != day) continue;
      const model::TermId term = trace_[i].term;
      Happening happening{
          .day = day, .text = words::LapseLine(options_.voice, TermWords(program_, term, options_.voice))};
      bool duties = false;
      for (const model::SentenceId id : plan_.term_duties[term.index()]) {
        const engine::DutyState& duty = record_.duties[id.index()];
        if (duty.outcome == engine::kNoRow) continue;
        duties = true;
        const model::Outcome& outcome = record_.outcomes[duty.outcome];
        if (outcome.decided == day && !Kept(outcome.finding)) happening.outcomes.push_back(duty.outcome);
      }
      // A term in which everything was done ends unnoticed.
      // That of one sentence, whose duty did not arise, is nobody's.
      const model::SentenceId only = program_.terms[term.index()].sentence;
      const bool idle =
          !duties && only && program_.sentences[only.index()].kind == program::SentenceDef::Kind::kMust;
      if (idle) continue;
      if (!duties || !happening.outcomes.empty()) happenings_.push_back(std::move(happening));
    }
  }

  void Do(const model::Entry& entry, std::uint32_t index) {
    engine::Judgement judgement;
    engine_.Judge(entry, judgement);
    std::vector<bool> late;
    for (const model::Outcome& outcome : record_.outcomes) late.push_back(outcome.marks.late);
    const std::size_t first = record_.outcomes.size();
    Remember();
    engine_.Apply(entry, index, judgement);
    Happening happening{.day = entry.day, .margin = words::AnswerWord(judgement.answer, judgement.applied)};
    for (std::size_t i = 0; i < late.size(); ++i) {
      if (!late[i] && record_.outcomes[i].marks.late && record_.outcomes[i].finding == Finding::kBroken)
        happening.margin = words::DaysLate(options_.voice, LateOf(record_.outcomes[i]));
    }
    for (std::size_t i = 0; i < judgement.outcomes.size(); ++i) {
      if (!Kept(judgement.outcomes[i].finding)) happening.outcomes.push_back(first + i);
    }
    std::string title = TitleIn(options_.voice, program_, entry.act);
    if (program_.acts[entry.act.index()].kind == program::ActDef::Kind::kFinding)
      title = words::FindingLine(options_.voice, title);
    happening.text = words::DidLine(options_.voice, title, DoerOf(entry));
    happening.more = FieldsOf(program_, history_, entry, options_.voice);
    happening.entry = index;
    happenings_.push_back(std::move(happening));
    AddChanges(entry.day, judgement.applied ? stood_.size() : record_.done.size());
  }

  words::Late LateOf(const model::Outcome& outcome) const {
    const model::TermId term = program_.sentences[outcome.sentence.index()].term;
    return LateBy(plan_, term, record_.terms[term.index()].unit, outcome.due, outcome.margin);
  }

  std::string DoerOf(const model::Entry& entry) const {
    const program::ActDef& act = program_.acts[entry.act.index()];
    if (act.by.empty()) return words::ByLaw(options_.voice);
    std::vector<std::string> roles;
    for (std::uint32_t i = act.by.first; i < act.by.end(); ++i) {
      roles.push_back(program::TitleOf(program_, program_.role_lists[i], options_.voice.titles));
    }
    std::vector<std::string> people;
    for (std::uint32_t i = 0; options_.people && i < entry.people; ++i) {
      people.push_back(history_.people_names[history_.people[entry.first_person + i]]);
    }
    return words::ByRole(options_.voice, words::OrList(options_.voice, roles), people);
  }

  ToldEvent Told(Happening& happening) const {
    ToldEvent event{.day = happening.day,
                    .entry = happening.entry,
                    .verdict = std::move(happening.margin),
                    .text = std::move(happening.text),
                    .fields = std::move(happening.more),
                    .outcomes = {}};
    for (const std::size_t row : happening.outcomes) {
      const model::Outcome& outcome = record_.outcomes[row];
      event.outcomes.push_back(TellOutcome(matter_, plan_, history_, outcome, options_));
    }
    return event;
  }

  void TellOpen(std::vector<ToldDuty>& open) const {
    for (const model::Outcome& outcome : record_.outcomes) {
      if (outcome.finding != Finding::kPending) continue;
      const program::SentenceDef& sentence = program_.sentences[outcome.sentence.index()];
      std::vector<std::string> acts;
      std::vector<model::ActId> folded;
      for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i) {
        acts.push_back(TitleIn(options_.voice, program_, program_.act_lists[i]));
        folded.push_back(matter_.ActOf(program_.act_lists[i]));
      }
      const bool due = outcome.due < engine::kNever;
      // Open although its day has passed: the day is put off for as long as the term is stopped.
      const bool stopped = due && outcome.due < options_.as_of;
      const std::optional<Day> by = due ? std::optional(outcome.due) : std::nullopt;
      open.push_back({.text = words::OpenDuty(options_.voice, acts, outcome.arose, by, stopped),
                      .unsure = WhetherOwed(outcome),
                      .acts = std::move(folded),
                      .part = std::string(matter_.NameOf(matter_.Folded(outcome).part)),
                      .arose = outcome.arose,
                      .due = by});
    }
  }

  // Of a duty of which it cannot be told whether it arose.
  std::string WhetherOwed(const model::Outcome& outcome) const {
    const engine::DutyState& duty = record_.duties[outcome.sentence.index()];
    if (!duty.uncertain || &record_.outcomes[duty.outcome] != &outcome) return {};
    model::Outcome asked = outcome;
    asked.finding = Finding::kCannotTell;
    asked.decided = options_.as_of;
    std::string text = words::WhetherOwed(options_.voice);
    for (const std::string& missing :
         MissingWords(program_, engine::Explain(plan_, history_, asked), options_.voice))
      text += words::Gap(options_.voice) + missing;
    return text;
  }

  const engine::Matter& matter_;
  const engine::Plan& plan_;
  const Program& program_;
  const model::History& history_;
  const CaseTextOptions& options_;
  engine::Record record_;
  engine::Engine engine_;
  std::vector<TermEvent> trace_;
  std::vector<std::pair<engine::ActKey, bool>> stood_;  // acts of the record, and whether they stood
  std::size_t lost_ = 0;                                // how many had been taken away
  std::vector<Happening> happenings_;
};

// The history that WhatNext judged: one more act, of which no field is known.
struct Tried {
  Tried(const Program& program, const model::History& history, model::ActId act, Day day)
      : entries(history.entries.begin(), history.entries.end()) {
    std::size_t known = 0;
    for (const model::Entry& entry : history.entries) {
      known = std::max<std::size_t>(known, entry.first_value + program.acts[entry.act.index()].fields.count);
    }
    if (history.values != nullptr) values.assign(history.values, history.values + known);
    model::Entry entry;
    entry.act = act;
    entry.day = entry.recorded = day;
    entry.first_value = static_cast<std::uint32_t>(values.size());
    entry.number = static_cast<std::uint32_t>(entries.size());
    values.resize(values.size() + program.acts[act.index()].fields.count + 1, model::kMissing);
    entries.push_back(entry);
    extended = history;
    extended.entries = entries;
    extended.values = values.data();
  }
  Tried(const Tried&) = delete;
  Tried& operator=(const Tried&) = delete;

  std::vector<model::Entry> entries;
  std::vector<model::Value> values;
  model::History extended;  // points into the two above
};

ToldPossibility TellPossibility(const engine::Matter& matter, const engine::Possibility& possibility,
                                std::int32_t reach, const CaseTextOptions& options) {
  const Program& program = matter.plan().program();
  ToldPossibility told{.act = matter.ActOf(possibility.act),
                       .title = TitleIn(options.voice, program, possibility.act),
                       .part = std::string(matter.NameOf(matter.PartOf(possibility.act))),
                       .answer = possibility.answer,
                       .from = possibility.from,
                       .when = {},
                       .openers = {},
                       .in_the_way = {}};
  if (possibility.answer != model::Answer::kUnlawful) {
    told.when = words::PossibleNow(options.voice, possibility.answer == model::Answer::kCannotTell);
  } else if (possibility.from < engine::kNever) {
    told.when = words::PossibleFrom(options.voice, possibility.from);
  } else {
    told.when = words::NotInReach(options.voice, options.as_of + reach);
  }
  for (const engine::Possibility::Opener& opener : possibility.openers) {
    std::vector<std::string> roles;
    const base::Range<model::RoleId> by = program.acts[opener.act.index()].by;
    for (std::uint32_t i = by.first; i < by.end(); ++i)
      roles.push_back(program::TitleOf(program, program.role_lists[i], options.voice.titles));
    told.openers.push_back(words::OpenedBy(options.voice, TitleIn(options.voice, program, opener.act),
                                           words::OrList(options.voice, roles), opener.from,
                                           opener.from == options.as_of));
  }
  if (possibility.grounds.empty()) return told;
  const Tried tried(program, matter.history(), possibility.act, options.as_of);
  for (const model::Outcome& ground : possibility.grounds) {
    ToldOutcome in_the_way = TellOutcome(matter, matter.plan(), tried.extended, ground, options);
    in_the_way.account.headline = words::StandsInTheWay(options.voice, ground.finding);
    in_the_way.account.follows.clear();  // nothing has been done
    told.in_the_way.push_back(std::move(in_the_way));
  }
  return told;
}

}  // namespace

CaseStory TellCase(const engine::Plan& plan, const model::History& history, const CaseTextOptions& options) {
  const engine::Matter matter(plan, history, engine::Matter::Titles::kNamed);
  if (matter.fits()) return Timeline(matter, options).Tell();
  return {.name = std::string(history.name),
          .as_of = options.as_of,
          .events = {},
          .open = {},
          .not_told = words::TooManyMembers(options.voice)};
}

NextStory TellNext(const engine::Plan& plan, const model::History& history,
                   const std::vector<engine::Possibility>& possibilities, std::int32_t reach,
                   const CaseTextOptions& options) {
  const engine::Matter matter(plan, history, engine::Matter::Titles::kNamed);
  NextStory story{.name = std::string(history.name), .day = options.as_of, .acts = {}, .not_told = {}};
  if (!matter.fits()) {
    story.not_told = words::TooManyMembers(options.voice);
    return story;
  }
  for (const model::Answer answer :
       {model::Answer::kLawful, model::Answer::kCannotTell, model::Answer::kUnlawful}) {
    for (const engine::Possibility& possibility : possibilities) {
      if (possibility.answer == answer)
        story.acts.push_back(TellPossibility(matter, possibility, reach, options));
    }
  }
  return story;
}

}  // namespace lawbound::report
