#include "report/account.h"

#include <algorithm>

#include "base/check.h"
#include "program/names.h"
#include "report/audit_json.h"
#include "report/reads.h"
#include "report/term_sum.h"
#include "report/words.h"

namespace lawbound::report {

using engine::kNoRow;
using model::Finding;
using model::Ground;
using program::Program;
using program::SentenceDef;

namespace {

// Characters, which is columns for all but East Asian text: near enough to break lines at words.
std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// "all of this holds" -> "All of this holds."; what is a sentence stays one.
Reason AsSentence(Tongue tongue, Reason reason) {
  if (!words::IsSentence(reason.text))
    reason.text = words::AsSentence(tongue, reason.text, reason.parts.empty());
  for (Reason& part : reason.parts) part = AsSentence(tongue, std::move(part));
  return reason;
}

class Teller {
 public:
  Teller(const engine::Plan& plan, const model::History& history, const engine::Explanation& explanation,
         const AccountOptions& options)
      : plan_(plan),
        program_(plan.program()),
        history_(history),
        explanation_(explanation),
        outcome_(explanation.outcome),
        options_(options) {}

  Account Tell() {
    if (outcome_.sentence) {
      TellRule();
      TellConditions();
    } else {
      TellAct();
    }
    TellMissing();
    TellMarks();
    if (outcome_.finding == Finding::kBroken) TellFollows();
    account_.headline = Headline();
    return std::move(account_);
  }

 private:
  const SentenceDef& sentence() const { return program_.sentences[outcome_.sentence.index()]; }
  const program::RuleDef& rule() const { return program_.rules[sentence().rule.index()]; }
  bool duty() const { return outcome_.ground == Ground::kDuty; }
  std::string Title(model::ActId act) const { return TitleIn(options_.voice, program_, act); }
  void Say(std::string text) { account_.reasons.push_back({.text = std::move(text)}); }

  std::vector<std::string> Titles(base::Range<model::ActId> acts) const {
    std::vector<std::string> out;
    for (std::uint32_t i = acts.first; i < acts.end(); ++i) out.push_back(Title(program_.act_lists[i]));
    return out;
  }

  void Cite(base::Range<program::Citation> under) {
    for (std::uint32_t i = under.first; i < under.end(); ++i) {
      account_.provision_texts.push_back(
          options_.provision_text == nullptr
              ? std::string()
              : (*options_.provision_text)(program_.citations[i], outcome_.arose));
    }
    for (std::uint32_t i = under.first; i < under.end(); ++i) {
      std::string line = ProvisionWords(program_, program_.citations[i], options_.voice);
      const bool told = std::ranges::find(account_.provisions, line) != account_.provisions.end();
      if (!told) account_.provisions.push_back(std::move(line));
    }
  }

  std::string Headline() const {
    std::string out = words::FindingPhrase(options_.voice, outcome_.finding, outcome_.ground);
    if (const auto late = DaysLateOf(outcome_))
      out += words::Colon(options_.voice) + words::DaysLate(options_.voice, Late(*late));
    return out;
  }

  void TellRule();
  void TellDuty();
  void TellPermission();
  void TellConditions();
  void TellOpening();
  void TellCode(std::uint32_t root);
  void TellAct();
  void TellExtensions();
  void TellMissing();
  words::Late Late(std::int32_t days) const {
    return LateBy(plan_, explanation_.term.id, explanation_.term.length.unit, outcome_.due, days);
  }
  void TellMarks();
  std::vector<std::string> Qualities(const program::ActDef& act) const;
  void TellFollows();

  const engine::Plan& plan_;
  const Program& program_;
  const model::History& history_;
  const engine::Explanation& explanation_;
  const model::Outcome& outcome_;
  const AccountOptions& options_;
  Account account_;
};

void Teller::TellRule() {
  account_.rule = TitleIn(options_.voice, program_, sentence().rule);
  Cite(rule().under);
  account_.sentence = program_.string(sentence().text);
  if (duty()) {
    TellDuty();
  } else if (sentence().kind == SentenceDef::Kind::kMay) {
    TellPermission();
  }
}

void Teller::TellDuty() {
  const std::vector<std::string> acts = Titles(sentence().acts);
  const std::string with =
      outcome_.start == model::Outcome::kNoEntry ? "" : Title(history_.entries[outcome_.start].act);
  Say(words::DutyArose(options_.voice, acts, outcome_.arose, with));
  AddTermSum(plan_, explanation_.term, explanation_.done, options_.voice, account_.reasons);
  const bool done = outcome_.entry != model::Outcome::kNoEntry;
  const base::Day day = done ? history_.entries[outcome_.entry].day : base::Day{};
  switch (outcome_.finding) {
    case Finding::kBroken:
      if (done) {
        Say(words::DoneOn(options_.voice, Title(outcome_.act), day, Late(outcome_.margin)));
      } else {
        Say(words::NotDoneBy(options_.voice, acts, outcome_.due, options_.as_of));
      }
      account_.cure.push_back(words::CureDuty(options_.voice, acts, outcome_.due, done));
      break;
    case Finding::kKept:
      if (done) Say(words::DoneInTime(options_.voice, Title(outcome_.act), day));
      break;
    case Finding::kPending:
      if (outcome_.due < engine::kNever && !(outcome_.due < options_.as_of))
        Say(words::StillTime(options_.voice, outcome_.due));
      break;
    case Finding::kReleased:
    case Finding::kCannotTell:
      break;
  }
}

void Teller::TellPermission() {
  if (!sentence().term) return;
  const base::Day day = history_.entries[outcome_.entry].day;
  const std::string act = Title(outcome_.act);
  const program::TermDef& term = program_.terms[sentence().term.index()];
  AddTermSum(plan_, explanation_.term, explanation_.done, options_.voice, account_.reasons);
  if (outcome_.finding != Finding::kBroken) return;
  switch (outcome_.ground) {
    case Ground::kLate:
      Say(words::ActLate(options_.voice, act, day, outcome_.due, Late(outcome_.margin)));
      account_.cure.push_back(words::CureLate(options_.voice, outcome_.due));
      break;
    case Ground::kTooEarly:
      Say(words::ActTooEarly(options_.voice, act, day));
      TellOpening();
      break;
    case Ground::kMissingPredecessor:
      Say(words::NeverStarted(options_.voice, StartWords(program_, term, options_.voice)));
      account_.cure.push_back(words::CureStart(options_.voice, StartWords(program_, term, options_.voice)));
      break;
    default:
      break;
  }
}

void Teller::TellCode(std::uint32_t root) {
  if (root == kNoRow) return;
  const ConditionWords condition(plan_, history_, explanation_, options_.voice);
  account_.reasons.push_back(AsSentence(options_.voice, condition.Statement(root)));
}

void Teller::TellConditions() {
  TellCode(explanation_.rule_if);
  TellCode(explanation_.sentence_if);
  TellCode(explanation_.condition);
  TellCode(explanation_.unless);
  if (outcome_.finding == Finding::kBroken && outcome_.ground == Ground::kCondition) {
    account_.cure.push_back(
        words::CureCondition(options_.voice, sentence().kind == SentenceDef::Kind::kNoIf));
    TellOpening();
  }
}

// What those who do an act must hold, by the roles that do it.
// What somebody must hold, or be, to act in one of the roles of the act.
std::vector<std::string> Teller::Qualities(const program::ActDef& act) const {
  std::vector<std::string> out;
  for (std::uint32_t i = act.by.first; i < act.by.end(); ++i) {
    const program::RoleDef& role = program_.roles[program_.role_lists[i].index()];
    const std::string credential = Spoken(options_.voice, program_.string(role.credential));
    if (!credential.empty()) out.push_back(words::HolderOf(options_.voice, credential));
    if (!role.named_in) continue;
    const program::FieldDef& field = program_.fields[role.named_in.index()];
    out.push_back(words::NamedIn(
        options_.voice,
        words::FieldOf(options_.voice, Spoken(options_.voice, program_, role.named_in), Title(field.act)),
        role.not_named));
  }
  return out;
}

void Teller::TellOpening() {
  if (explanation_.opens != engine::kNever)
    account_.cure.push_back(words::CureByTime(options_.voice, explanation_.opens));
}

void Teller::TellAct() {
  const program::ActDef& act = program_.acts[outcome_.act.index()];
  account_.rule = Title(outcome_.act);
  Cite(act.under);
  const std::vector<std::string> rests_on = Titles(act.rests_on);
  switch (outcome_.ground) {
    case Ground::kMissingPredecessor:
      if (outcome_.finding == Finding::kBroken) {
        Say(words::RestedOnNothing(options_.voice, account_.rule, rests_on));
        account_.cure.push_back(words::CureFirst(options_.voice, rests_on));
      }
      if (outcome_.finding == Finding::kReleased)
        Say(words::RestedOnLost(options_.voice, account_.rule, rests_on));
      break;
    case Ground::kPower: {
      const std::uint16_t people = history_.entries[outcome_.entry].people;
      if (people != 0 && people < act.at_least) {
        Say(words::TooFew(options_.voice, account_.rule, people, act.at_least));
        account_.cure.push_back(words::CureTogether(options_.voice, act.at_least));
      } else {
        const std::string quality = words::OrList(options_.voice, Qualities(act));
        const bool broken = outcome_.finding == Finding::kBroken;
        if (broken && !quality.empty())
          account_.cure.push_back(words::CureQualified(options_.voice, quality));
        Say(words::Qualified(options_.voice, words::WhoDid(options_.voice, account_.rule), quality,
                             broken ? model::Tri::kNo : model::Tri::kUnknown));
      }
      break;
    }
    case Ground::kForm: {
      std::vector<std::string> fields;
      for (std::uint32_t i = act.fields.first; i < act.fields.end(); ++i) {
        const program::FieldDef& field = program_.fields[i];
        if (!field.optional &&
            history_.value(history_.entries[outcome_.entry], field.place) == model::kMissing) {
          fields.push_back(Spoken(options_.voice, program_, model::FieldId(i)));
        }
      }
      if (!fields.empty()) {
        Say(words::MissingFields(options_.voice, account_.rule, fields));
        if (outcome_.finding == Finding::kBroken) account_.cure.push_back(words::CureForm(options_.voice));
      }
      const model::Entry& entry = history_.entries[outcome_.entry];
      if (entry.recorded > entry.day && !act.dated) {
        Say(words::EnteredLater(options_.voice, account_.rule, entry.day, entry.recorded));
        account_.cure.push_back(words::CureUndated(options_.voice));
      }
      break;
    }
    case Ground::kCondition:
      if (outcome_.finding == Finding::kBroken) TellExtensions();
      break;
    default:
      break;
  }
}

// The one condition that no sentence states: how far, and how often, a term may be extended.
void Teller::TellExtensions() {
  for (const program::ExtensionDef& extension : program_.extensions) {
    if (extension.act != outcome_.act || (!extension.has_cap && !extension.once)) continue;
    Cite(extension.under);
    Say(words::ExtensionTooMuch(options_.voice, account_.rule,
                                extension.has_cap ? LengthWords(program_, extension.cap, options_.voice) : "",
                                extension.once));
    account_.cure.push_back(words::CureExtension(options_.voice));
  }
}

void Teller::TellMissing() {
  for (std::string& line : MissingWords(program_, explanation_, options_.voice)) Say(std::move(line));
}

void Teller::TellMarks() {
  if (outcome_.marks.by_assumption) {
    std::vector<std::string> assumptions;
    const program::MappingDef* mapping = plan_.mapping();
    if (mapping != nullptr && outcome_.sentence) {
      const Reads reads = ReadsOf(program_, outcome_.sentence);
      for (std::uint32_t i = mapping->assumed.first; i < mapping->assumed.end(); ++i) {
        const program::AssumedValue& value = program_.assumed_values[i];
        if (!reads.fields.contains(value.field)) continue;
        assumptions.push_back(
            words::NounIs(options_.voice, program::NameOf(program_, value.field),
                          ValueText(program_, nullptr, value.value, TypeOfField(program_, value.field))));
      }
    }
    account_.marks.push_back(words::ByAssumption(options_.voice, assumptions));
  }
  if (outcome_.marks.same_day) account_.marks.push_back(words::SameDay(options_.voice));
  if (outcome_.marks.known_later) account_.marks.push_back(words::KnownLater(options_.voice));
  if (outcome_.marks.law_version) account_.marks.push_back(words::LawVersion(options_.voice));
  if (outcome_.marks.provisional) account_.marks.push_back(words::Provisional(options_.voice));
  if (outcome_.marks.moot) account_.marks.push_back(words::Moot(options_.voice));
  if (outcome_.marks.after_closing) account_.marks.push_back(words::AfterClosing(options_.voice));
}

void Teller::TellFollows() {
  if (!outcome_.sentence) return;
  using Kind = program::EffectDef::Kind;
  for (std::uint32_t i = rule().breach.first; i < rule().breach.end(); ++i) {
    const program::EffectDef& effect = program_.effects[i];
    switch (effect.kind) {
      case Kind::kDeemed:
        account_.follows.push_back(words::FollowsDeemed(options_.voice, Title(effect.act)));
        break;
      case Kind::kFalls:
        account_.follows.push_back(words::FollowsFalls(options_.voice, Title(effect.act)));
        break;
      case Kind::kQuality:
        // Of an act that was judged, what the breach makes of that act; of a duty, what it makes of late
        // ones.
        if (!duty() && effect.act != outcome_.act) break;
        account_.follows.push_back(words::FollowsQuality(options_.voice, Title(effect.act), effect.quality));
        if (effect.cured_by) account_.cure.push_back(words::CuredBy(options_.voice, Title(effect.cured_by)));
        break;
      case Kind::kStanding:
        account_.follows.push_back(
            words::FollowsStanding(options_.voice, Title(effect.act), effect.standing));
        break;
      case Kind::kRefused:
        account_.follows.push_back(
            words::FollowsRefusal(options_.voice, Title(effect.act),
                                  program::TitleOf(program_, effect.role, options_.voice.titles)));
        break;
      case Kind::kAnswers:
        account_.follows.push_back(words::FollowsAnswers(
            options_.voice, program::TitleOf(program_, effect.role, options_.voice.titles)));
        break;
    }
  }
}

// Words of a text of law are shown as they stand, line by line.
void AddLines(std::string_view text, std::size_t indent, std::string& out) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += std::string(indent, ' ') + "| " + std::string(text.substr(0, end)) + "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void AddReason(const Reason& reason, std::size_t indent, std::size_t width, std::string& out) {
  out += Wrap("- " + reason.text, indent, 2, width);
  for (const Reason& part : reason.parts) AddReason(part, indent + 2, width, out);
}

}  // namespace

std::vector<std::string> MissingWords(const Program& program, const engine::Explanation& explanation,
                                      const Voice& voice) {
  std::vector<std::string> out;
  for (const engine::MissingDatum& datum : explanation.missing) {
    if (datum.act) {
      const std::string title = TitleIn(voice, program, datum.act);
      const bool finding = program.acts[datum.act.index()].kind == program::ActDef::Kind::kFinding;
      out.push_back(datum.minute ? words::MissingMinute(voice, title)
                    : finding    ? words::MissingFinding(voice, title)
                                 : words::MissingAct(voice, title));
    }
    if (datum.table) {
      const program::TableDef& table = program.tables[datum.table.index()];
      out.push_back(
          words::MissingRow(voice, Spoken(voice, program.string(table.name)), table.set_by_authority));
    }
    if (!datum.field) continue;
    const program::FieldDef& field = program.fields[datum.field.index()];
    out.push_back(words::MissingField(
        voice, words::FieldOf(voice, Spoken(voice, program, datum.field),
                              field.act ? TitleIn(voice, program, field.act)
                                        : program::TitleOf(program, field.role, voice.titles))));
  }
  return out;
}

Account MakeAccount(const engine::Plan& plan, const model::History& history,
                    const engine::Explanation& explanation, const AccountOptions& options) {
  // Of a pack with parts all is said of the matter as it was unfolded.
  const engine::Matter* matter = explanation.matter.get();
  if (matter != nullptr) return Teller(matter->plan(), matter->history(), explanation, options).Tell();
  return Teller(plan, history, explanation, options).Tell();
}

std::string Wrap(std::string_view text, std::size_t indent, std::size_t hang, std::size_t width) {
  std::string out;
  std::string line(indent, ' ');
  std::size_t used = indent;  // columns
  bool empty = true;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    const std::size_t columns = Columns(word);
    if (!empty && used + 1 + columns > width) {
      out += line + "\n";
      line.assign(indent + hang, ' ');
      used = indent + hang;
      empty = true;
    }
    if (!empty) {
      line += ' ';
      ++used;
    }
    line += word;
    used += columns;
    empty = false;
  }
  return out + line + "\n";
}

std::string AccountText(const Account& account, std::size_t indent, std::size_t width) {
  std::string out = Wrap(words::RuleLine(account.headline, account.rule), indent, 2, width);
  for (std::size_t i = 0; i < account.provisions.size(); ++i) {
    out += Wrap(account.provisions[i], indent + 2, 2, width);
    if (i < account.provision_texts.size()) AddLines(account.provision_texts[i], indent + 4, out);
  }
  if (!account.sentence.empty()) out += Wrap(words::WrittenAs(account.sentence), indent + 2, 2, width);
  for (const Reason& reason : account.reasons) AddReason(reason, indent + 2, width, out);
  for (const std::string& line : account.follows) out += Wrap(words::Follows(line), indent + 2, 2, width);
  for (const std::string& line : account.cure) out += Wrap(words::Cure(line), indent + 2, 2, width);
  for (const std::string& line : account.marks) out += Wrap(words::Mark(line), indent + 2, 2, width);
  return out;
}

}  // namespace lawbound::report
