#include "service/telling.h"

#include <algorithm>
#include <fmt/format.h>

#include "calendar/period.h"
#include "engine/engine.h"
#include "engine/matter.h"
#include "program/names.h"
#include "program/standing.h"
#include "report/condition.h"
#include "report/term_sum.h"
#include "report/values.h"
#include "report/words.h"
#include "service/value_text.h"

namespace lawbound::service {

using model::ActId;
using model::Answer;
using program::Program;

namespace {

report::CaseTextOptions OptionsOf(const ServedPack& pack, Day today, Language language) {
  return {.voice = pack.VoiceIn(language), .as_of = today, .people = true, .provision_text = nullptr};
}

void Flatten(const report::Reason& reason, std::vector<std::string>& out) {
  out.push_back(reason.text);
  for (const report::Reason& part : reason.parts) Flatten(part, out);
}

std::string RolesWords(const ServedPack& pack, ActId act, Language language) {
  std::string out;
  for (const model::RoleId role : pack.Doers(pack.program().acts[act.index()]))
    out += fmt::format("{}{}", out.empty() ? "" : report::words::Comma(pack.VoiceIn(language)),
                       pack.RoleTitle(role, language));
  return out;
}

bool IsPublic(const program::Program& program, const program::ActDef& act, std::size_t field) {
  for (std::uint32_t i = act.public_with.first; i < act.public_with.end(); ++i) {
    if (program.field_lists[i].index() == field) return true;
  }
  return false;
}

std::vector<ActField> FieldsOf(const ServedPack& pack, const Step& step, Language language) {
  const report::Voice voice = pack.VoiceIn(language);
  std::vector<ActField> out;
  const Program& program = pack.program();
  const program::ActDef& act = program.acts[pack.FindAct(step.act).index()];
  for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
    const std::string name(program.string(program.fields[i].name));
    const std::vector<std::string>* values = step.FindValue(name);
    const bool gone = std::ranges::find(step.gone, name) != step.gone.end();
    if (values == nullptr && !gone) continue;
    ActField field{.name = name,
                   .title = report::Spoken(voice, program, model::FieldId(i)),
                   .value = {},
                   .words = {},
                   .shown = !gone,
                   .is_public = IsPublic(program, act, i)};
    for (std::size_t v = 0; values != nullptr && v < values->size(); ++v) {
      field.value += fmt::format("{}{}", v == 0 ? "" : "; ", (*values)[v]);
      field.words += fmt::format("{}{}", v == 0 ? "" : report::words::Semicolon(voice),
                                 ToldValue(program, program.fields[i], (*values)[v], voice));
    }
    out.push_back(std::move(field));
  }
  return out;
}

// None: not by time alone.
std::optional<Day> WhenOpen(Day opens, Day today) {
  return opens > today && opens < engine::kNever ? std::optional(opens) : std::nullopt;
}

std::string_view PhaseWord(program::Phase phase) {
  switch (phase) {
    case program::Phase::kIdle:
      return "idle";
    case program::Phase::kRunning:
      return "runs";
    case program::Phase::kStopped:
      return "stopped";
    case program::Phase::kOver:
      return "over";
  }
  return "";
}

}  // namespace

std::string_view AnswerWord(Answer answer) {
  switch (answer) {
    case Answer::kLawful:
      return "lawful";
    case Answer::kUnlawful:
      return "unlawful";
    case Answer::kCannotTell:
      return "cannot tell";
  }
  return "";
}

std::string PartIn(std::string_view part, Language language) {
  if (part != report::words::NotNamed(report::Tongue::kEnglish)) return std::string(part);
  return language == Language::kZh ? report::words::NotNamed(report::Tongue::kChinese) : std::string(part);
}

Reason TellReason(const report::Account& account, std::string_view part, Language language) {
  Reason out{.rule = account.rule,
             .verdict = account.headline,
             .part = PartIn(part, language),
             .provisions = account.provisions,
             .sentences = {},
             .cure = account.cure};
  for (const report::Reason& reason : account.reasons) Flatten(reason, out.sentences);
  for (const std::string& mark : account.marks) out.sentences.push_back(mark);
  return out;
}

ToldGrounds TellGrounds(const ServedPack& pack, const model::History& history,
                        const std::vector<model::Outcome>& grounds, Day today, Language language) {
  if (grounds.empty()) return {};  // a plan with names is made anew for every matter, and takes a while
  ToldGrounds out;
  const engine::Matter matter(pack.gate().plan(), history, engine::Matter::Titles::kNamed);
  const report::AccountOptions options{
      .voice = pack.VoiceIn(language), .as_of = today, .provision_text = nullptr};
  Day opens = today;
  for (const model::Outcome& ground : grounds) {
    const engine::Explanation explanation =
        engine::Explain(matter.plan(), matter.history(), matter.Unfolded(ground));
    opens = std::max(opens, explanation.opens);
    out.reasons.push_back(
        TellReason(report::MakeAccount(matter.plan(), matter.history(), explanation, options),
                   matter.NameOf(ground.part), language));
  }
  out.opens = WhenOpen(opens, today);
  return out;
}

std::optional<Day> OpensOn(const ServedPack& pack, const model::History& history,
                           const std::vector<model::Outcome>& grounds, Day today) {
  const engine::Matter matter(pack.gate().plan(), history, engine::Matter::Titles::kPlain);
  Day opens = today;
  for (const model::Outcome& ground : grounds)
    opens = std::max(opens, engine::Explain(matter.plan(), matter.history(), matter.Unfolded(ground)).opens);
  return WhenOpen(opens, today);
}

Told TellTimeline(const MatterState& matter, Day today, Language language) {
  Told out;
  const ServedPack& pack = *matter.pack;
  const report::CaseStory story =
      report::TellCase(pack.gate().plan(), matter.history->history(), OptionsOf(pack, today, language));
  for (const report::ToldEvent& event : story.events) {
    TimelineEvent told{.entry = {},
                       .day = event.day,
                       .recorded = {},
                       .act = {},
                       .title = {},
                       .text = event.text,
                       .verdict = event.verdict,
                       .office = {},
                       .deemed = false,
                       .fields = {},
                       .reasons = {}};
    if (event.entry) {
      const Step& step = matter.steps[matter.step_of[matter.history->StepAt(*event.entry)]];
      told.entry = step.entry;
      if (step.recorded != step.day) told.recorded = step.recorded;
      told.act = step.act;
      told.title = pack.ActTitle(pack.FindAct(step.act), language);
      told.office = step.office;
      if (step.verdict == "by law") told.verdict = step.verdict;  // as recorded: a signal is nobody's act
      told.fields = FieldsOf(pack, step, language);
    }
    for (const report::ToldOutcome& outcome : event.outcomes)
      told.reasons.push_back(TellReason(outcome.account, outcome.part, language));
    out.timeline.push_back(std::move(told));
  }
  // What was deemed done follows in the fold, and has an entry of its own that says when it was recorded.
  for (const Step& step : matter.steps) {
    if (!step.deemed) continue;
    const std::string title = pack.ActTitle(pack.FindAct(step.act), language);
    const auto event = std::ranges::find_if(out.timeline, [&](const TimelineEvent& row) {
      return !row.entry && row.day == step.day && row.verdict == "by law" &&
             row.text.find(title) != std::string::npos;
    });
    if (event == out.timeline.end()) continue;
    event->entry = step.entry;
    event->recorded = step.recorded;
    event->act = step.act;
    event->title = title;
    event->office = step.office;
    event->deemed = true;
  }
  for (const report::ToldDuty& duty : story.open) {
    out.duties.push_back(
        {.text = duty.text,
         .act = duty.acts.empty() ? std::string() : std::string(pack.Name(duty.acts.front())),
         .unsure = duty.unsure,
         .part = PartIn(duty.part, language),
         .arose = duty.arose,
         .due = duty.due,
         .late = duty.due && *duty.due < today,
         .mine = false});
  }
  return out;
}

namespace {

// Without the names of those whom the matter concerns.
std::string Pseudonymous(const MatterState& matter, std::string text, Language language) {
  for (const MatterHistory::Member& member : matter.history->members()) {
    const program::RoleKind kind = matter.pack->program().roles[member.role.index()].kind;
    if (kind != program::RoleKind::kPerson && kind != program::RoleKind::kAnyone) continue;
    const std::string_view shown = language == Language::kZh ? "某当事人" : "[a party]";
    for (std::size_t at = text.find(member.label); at != std::string::npos;
         at = text.find(member.label, at + shown.size()))
      text.replace(at, member.label.size(), shown);
  }
  return text;
}

std::string LabelOf(const ServedPack& pack, const Step& step) {
  const program::ActDef& act = pack.program().acts[pack.FindAct(step.act).index()];
  if (!act.member) return {};
  const std::string_view name = pack.program().string(pack.program().fields[act.member.index()].name);
  const std::vector<std::string>* of = step.FindValue(name);
  return of == nullptr ? std::string() : of->front();
}

// Of what was said of an act that lost its standing, what took it.
program::Standing LastTaken(std::uint16_t said) {
  program::Standing out = program::Standing::kNone;
  for (unsigned bit = 1; bit < 16; ++bit) {
    const auto standing = static_cast<program::Standing>(bit);
    if ((said >> bit & 1U) != 0 && program::TakesAway(standing)) out = standing;
  }
  return out;
}

std::string WhyGone(bool taken, Language language) {
  if (language == Language::kZh) return taken ? "已撤下公开" : "已失去效力";
  return taken ? "withdrawn" : "it lost its standing";
}

}  // namespace

// A pack that has an act `publish` publishes what it names from that act on and until `withdraw-publication`;
// of another, what it names is published when it is done.  What lost its standing shows why, and nothing
// else.
std::vector<Published> TellPublished(const MatterState& matter, const std::vector<Outlook::Lost>& all_lost,
                                     Day today, Language language) {
  std::vector<Published> out;
  const ServedPack& pack = *matter.pack;
  const Program& program = pack.program();
  for (std::size_t s = 0; s < matter.steps.size(); ++s) {
    const Step& step = matter.steps[s];
    const program::ActDef& act = program.acts[pack.FindAct(step.act).index()];
    if (act.public_with.empty() || step.verdict != "lawful") continue;
    const std::string label = LabelOf(pack, step);
    std::optional<Day> from = pack.FindAct("publish") ? std::nullopt : std::optional<Day>(step.day);
    std::optional<Day> taken;
    for (const Step& other : matter.steps) {
      if (other.verdict != "lawful" || LabelOf(pack, other) != label || other.day < step.day) continue;
      if (other.act == "publish") from = other.day;
      if (other.act == "withdraw-publication" && from) taken = other.day;
    }
    const calendar::Counting counting = program.countings.empty()
                                            ? calendar::Counting{}
                                            : pack.gate().plan().counting(program::CountingId(0));
    if (!from) continue;
    const Day until = calendar::NominalEnd(counting, *from, act.public_for);
    if (today > until) continue;
    Published row{.entry = step.entry,
                  .case_number = matter.CaseNumber(language),
                  .pack = std::string(pack.path()),
                  .pack_title = pack.Title(language),
                  .title = pack.ActTitle(pack.FindAct(step.act), language),
                  .office = step.office,
                  .day = step.day,
                  .until = until,
                  .fields = {},
                  .withdrawn = taken.has_value(),
                  .why = {},
                  .withdrawn_on = taken};
    for (const Outlook::Lost& lost : all_lost) {
      if (lost.entry != step.entry) continue;
      row.withdrawn = true;
      const program::Standing standing = LastTaken(lost.said);
      row.why = report::words::StandingName(pack.VoiceIn(language), standing);
      std::string signal(row.why.empty() ? "" : program::StandingWords(standing));
      std::ranges::replace(signal, ' ', '-');
      for (const Step& other : matter.steps) {
        if (!row.withdrawn_on && other.act == signal) row.withdrawn_on = other.day;
      }
    }
    if (row.withdrawn && row.why.empty()) row.why = WhyGone(taken.has_value(), language);
    for (const ActField& field : FieldsOf(pack, step, language)) {
      if (row.withdrawn || !field.is_public || !field.shown) continue;
      row.fields.push_back(field);
      row.fields.back().value = Pseudonymous(matter, field.value, language);
      row.fields.back().words = Pseudonymous(matter, field.words, language);
    }
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<TimelineEvent> TellPublicTimeline(const MatterState& matter, Language language) {
  std::vector<TimelineEvent> out;
  for (const PublicAct& act : matter.acts) {
    TimelineEvent event{.entry = act.entry,
                        .day = act.day,
                        .recorded = {},
                        .act = act.act,
                        .title = matter.pack->ActTitle(matter.pack->FindAct(act.act), language),
                        .text = matter.pack->ActTitle(matter.pack->FindAct(act.act), language),
                        .verdict = act.verdict,
                        .office = act.office,
                        .deemed = act.deemed,
                        .fields = {},
                        .reasons = {}};
    if (act.recorded != act.day) event.recorded = act.recorded;
    out.push_back(std::move(event));
  }
  return out;
}

std::vector<TermView> TellTerms(const MatterState& matter, Day today, Language language) {
  std::vector<TermView> out;
  const engine::Matter named(matter.pack->gate().plan(), matter.history->history(),
                             engine::Matter::Titles::kNamed);
  if (!named.fits()) return out;
  const report::Voice voice = matter.pack->VoiceIn(language);
  const engine::TermLives lives = engine::TermsOn(named.plan(), named.history(), today);
  for (const engine::TermLife& life : lives.terms) {
    const Program& unfolded = named.plan().program();
    const std::string_view own = unfolded.string(unfolded.terms[life.id.index()].name);
    TermView view{
        .name = program::NameOf(unfolded, life.id),
        .title = own.empty() ? report::TermWords(unfolded, life.id, voice) : report::Spoken(voice, own),
        .state = std::string(PhaseWord(life.phase)),
        .due = {},
        .part = PartIn(named.NameOf(named.PartOf(life.id)), language),
        .sum = {}};
    if (life.due < engine::kNever) view.due = life.due;
    std::vector<report::Reason> sum;
    report::AddTermSum(named.plan(), life, lives.done, voice, sum);
    for (const report::Reason& reason : sum) Flatten(reason, view.sum);
    out.push_back(std::move(view));
  }
  return out;
}

std::vector<PossibleAct> TellPossible(const MatterState& matter, Day today, Language language) {
  const ServedPack& pack = *matter.pack;
  const engine::Plan& plan = pack.gate().plan();
  const model::History history = matter.history->history();
  const std::vector<engine::Possibility> possibilities = engine::WhatNext(plan, history, today, kReach);
  const report::NextStory story =
      report::TellNext(plan, history, possibilities, kReach, OptionsOf(pack, today, language));
  std::vector<PossibleAct> out;
  for (const report::ToldPossibility& told : story.acts) {
    PossibleAct view{.act = std::string(pack.Name(told.act)),
                     .title = told.title,
                     .by = RolesWords(pack, told.act, language),
                     .answer = std::string(AnswerWord(told.answer)),
                     .from = {},
                     .when = told.when,
                     .party = PartIn(told.part, language),
                     .after = {},
                     .in_the_way = {},
                     .openers = told.openers,
                     .mine = false};
    if (told.from < engine::kNever) view.from = told.from;
    const base::Range<ActId> rests_on = pack.program().acts[told.act.index()].rests_on;
    for (std::uint32_t i = rests_on.first; i < rests_on.end(); ++i)
      view.after.push_back(pack.ActTitle(pack.program().act_lists[i], language));
    for (const report::ToldOutcome& outcome : told.in_the_way)
      view.in_the_way.push_back(TellReason(outcome.account, outcome.part, language));
    out.push_back(std::move(view));
  }
  return out;
}

std::vector<PartyView> TellParties(const MatterState& matter, Language language) {
  std::vector<PartyView> out;
  for (const MatterHistory::Member& member : matter.history->members()) {
    const program::RoleDef& role = matter.pack->program().roles[member.role.index()];
    out.push_back({.role = std::string(matter.pack->program().string(role.name)),
                   .role_title = matter.pack->RoleTitle(member.role, language),
                   .label = member.label,
                   .thing = role.kind == program::RoleKind::kThing});
  }
  return out;
}

}  // namespace lawbound::service
