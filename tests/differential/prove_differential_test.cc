// What the prover calls proved, nobody can play against.  Random packs; random questions; random matters,
// played day by day with the engine by somebody who knows nothing of the prover: random acts on random days
// with random values, an authority kept to what is lawful.  The same of what is asked of every pack: where it
// is said to hold, or a sentence to be dead, nobody sees otherwise.
//
//   LAWBOUND_PROVE_SEEDS=FROM-TO runs other packs than those of every build.
#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <random>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "differential/make_pack.h"
#include "engine/engine.h"
#include "program/listing.h"
#include "program/names.h"
#include "prove/prove.h"
#include "prove/standing.h"
#include "syntax/syntax.h"

namespace lawbound::differential {
namespace {

using engine::Answer;
using model::Tri;
using prove::Question;
using prove::Result;

constexpr int kMatters = 400;  // played against each question
constexpr int kMostActs = 9;

class Player {
 public:
  // everything_known: what is proved of matters in which nothing that is asked is unknown is played in such.
  Player(const engine::Plan& plan, std::uint64_t seed, const prove::Options& options, bool everything_known)
      : plan_(plan),
        program_(plan.program()),
        random_(seed),
        everything_known_(everything_known),
        repeats_(options.limits.repeats),
        from_(options.day) {}

  // One matter; whether it speaks against the question.
  bool Against(const Question& question) {
    Begin();
    for (int i = 0; i < kMostActs; ++i) {
      day_ = day_ + Between(0, 3) * Between(0, 12);
      engine::Engine engine(plan_, record_);
      engine.Advance(day_);
      const bool counts = !everything_known_ || !record_.in_doubt;
      if (question.kind == Question::Kind::kAfterCan && counts && Waits(question) && !CanDo(question))
        return true;
      const model::ActId act(
          static_cast<std::size_t>(Between(0, static_cast<int>(program_.acts.size()) - 1)));
      const program::Side side = program_.acts[act.index()].side;
      if (side == program::Side::kLaw && IsDeemed(act)) continue;
      const engine::ActState& state = record_.acts[act.index()];
      if (state.ever >= repeats_) continue;
      Add(act);
      engine::Judgement judgement;
      engine.Judge(entries_.back(), judgement);
      // What rests on something that has fallen breaks nothing, and is not done either.
      const bool is_done = judgement.answer == Answer::kLawful && judgement.applied;
      if (side != program::Side::kParty && !is_done) {
        Remove();
        continue;
      }
      const bool lawful = act == question.act && is_done;
      if (lawful && question.kind == Question::Kind::kCanHappen) return true;
      if (lawful && question.kind == Question::Kind::kNever &&
          engine::Evaluator(plan_, record_, &entries_.back()).Holds(question.condition).tri() == Tri::kNo) {
        return true;
      }
      const std::size_t before = record_.done.size() + (judgement.applied ? 1 : 0);
      engine.Apply(entries_.back(), static_cast<std::uint32_t>(entries_.size() - 1), judgement);
      if (question.kind == Question::Kind::kNever && DeemedAgainst(question, before)) return true;
    }
    return false;
  }

  // One matter; the first answer that it speaks against, or null.
  const prove::Standing* Against(const std::vector<prove::Standing>& answers) {
    Begin();
    for (int i = 0; i < kMostActs; ++i) {
      day_ = day_ + Between(0, 3) * Between(0, 12);
      engine::Engine engine(plan_, record_);
      engine.Advance(day_);
      if (record_.overrun || record_.in_doubt) return nullptr;
      for (const prove::Standing& answer : answers) {
        if (SeesInState(answer)) return &answer;
      }
      const model::ActId act(
          static_cast<std::size_t>(Between(0, static_cast<int>(program_.acts.size()) - 1)));
      const program::Side side = program_.acts[act.index()].side;
      if (side == program::Side::kLaw && IsDeemed(act)) continue;
      if (record_.acts[act.index()].ever >= repeats_) continue;
      Add(act);
      engine::Judgement judgement;
      engine.Judge(entries_.back(), judgement);
      const bool is_done = judgement.is_done_lawfully();
      for (const prove::Standing& answer : answers) {
        if (SeesInAct(answer, engine, is_done)) return &answer;
      }
      if (side != program::Side::kParty && !is_done) {
        Remove();
        continue;
      }
      engine.Apply(entries_.back(), static_cast<std::uint32_t>(entries_.size() - 1), judgement);
    }
    return nullptr;
  }

  // One matter up to somewhere; whether from there what is to be reached is not, by anything that is tried.
  // For a duty: one that is open there.
  bool Stuck(const Question& question, const std::vector<model::SentenceId>& duties) {
    Begin();
    const int acts = Between(1, 5);
    for (int i = 0; i < acts; ++i) {
      day_ = day_ + Between(0, 3) * Between(0, 12);
      engine::Engine(plan_, record_).Advance(day_);
      const model::ActId act(
          static_cast<std::size_t>(Between(0, static_cast<int>(program_.acts.size()) - 1)));
      Do(act);
    }
    if (record_.overrun || record_.in_doubt || record_.done.empty()) return false;
    for (const engine::ActState& act : record_.acts) {
      if (act.ever > repeats_) return false;
    }
    if (question.kind == Question::Kind::kAlwaysReach) return FindsNoWay(question, {});
    for (const model::SentenceId duty : duties) {
      if (record_.duties[duty.index()].state != engine::DutyState::State::kOpen) continue;
      if (record_.duties[duty.index()].uncertain) continue;
      if (FindsNoWay(question, duty)) return true;
    }
    return false;
  }

  // The matter played last.
  std::string Told() const {
    std::string out;
    for (const model::Entry& entry : entries_) {
      out += fmt::format("  {} {}", base::PrintDay(entry.day), program::NameOf(program_, entry.act));
      for (std::uint32_t i = 0; i < program_.acts[entry.act.index()].fields.count; ++i) {
        out += fmt::format(" {}", values_[entry.first_value + i]);
      }
      out += "\n";
    }
    return out;
  }

 private:
  // Takes an act up with random values; an authority only where it is lawful.  Whether it was done.
  bool Do(model::ActId act) {
    const program::Side side = program_.acts[act.index()].side;
    if (side == program::Side::kLaw && IsDeemed(act)) return false;
    engine::Engine engine(plan_, record_);
    Add(act);
    engine::Judgement judgement;
    engine.Judge(entries_.back(), judgement);
    if (side != program::Side::kParty && !judgement.is_done_lawfully()) {
      Remove();
      return false;
    }
    engine.Apply(entries_.back(), static_cast<std::uint32_t>(entries_.size() - 1), judgement);
    return true;
  }

  bool IsOwn(const Question& question, model::SentenceId duty, model::ActId act) const {
    const program::ActDef& def = program_.acts[act.index()];
    if (duty) return def.side == program_.sentences[duty.index()].side;
    const auto by = program_.role_lists.begin() + def.by.first;
    return std::find(by, by + def.by.count, question.role) != by + def.by.count;
  }

  bool IsThere(const Question& question, model::SentenceId duty) const {
    if (!duty) return engine::Evaluator(plan_, record_, nullptr).Holds(question.condition).tri() != Tri::kNo;
    const engine::DutyState& state = record_.duties[duty.index()];
    return state.state != engine::DutyState::State::kOpen && state.state != engine::DutyState::State::kMissed;
  }

  // What a few values of each act do not find, many may.
  bool FindsNoWay(const Question& question, model::SentenceId duty) {
    for (const int values : {6, 100}) {
      tries_ = 0;
      values_tried_ = values;
      if (Reaches(question, duty, 5)) return false;
    }
    return true;
  }

  // By own acts, each with some values, and by waiting for some end.
  bool Reaches(const Question& question, model::SentenceId duty, int depth) {
    if (IsThere(question, duty)) return true;
    if (depth == 0 || ++tries_ > kMostTries) return tries_ > kMostTries;
    const engine::Record here = record_;
    const base::Day day = day_;
    const auto back = [&] {
      record_ = here;
      record_.history = &history_;
      day_ = day;
    };
    for (std::size_t row = 0; row < program_.acts.size(); ++row) {
      const model::ActId act(row);
      if (!IsOwn(question, duty, act)) continue;
      for (int i = 0; i < values_tried_; ++i) {
        if (!Do(act)) continue;
        const bool there = Reaches(question, duty, depth - 1);
        Remove();
        back();
        if (there) return true;
      }
    }
    std::vector<base::Day> ends;
    for (const model::TermId term : here.live) {
      const base::Day due = engine::Record::EffectiveDue(here.terms[term.index()]);
      if (due != engine::kNever && due >= day) ends.push_back(due + 1);
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    for (const base::Day end : ends) {
      day_ = end;
      engine::Engine(plan_, record_).Advance(end);
      const bool there = !record_.overrun && Reaches(question, duty, depth - 1);
      back();
      if (there) return true;
    }
    return false;
  }

  static bool IsDead(const prove::Standing& answer) {
    return answer.check == prove::Check::kRuleApplies && answer.result == Result::kRefuted;
  }

  bool RestsOn(model::ActId act, model::ActId on, int depth = 0) const {
    const auto& rests = program_.acts[act.index()].rests_on;
    for (std::uint32_t i = rests.first; i < rests.end() && depth < 8; ++i) {
      if (program_.act_lists[i] == on || RestsOn(program_.act_lists[i], on, depth + 1)) return true;
    }
    return false;
  }

  // A duty that is dead has arisen; or a time for a remedy is over although nothing on the act, of law or
  // party, was ever done.
  bool SeesInState(const prove::Standing& answer) const {
    if (IsDead(answer)) {
      // Of a day without its hour it may be uncertain whether a duty of hours arose that never does.
      const engine::DutyState& duty = record_.duties[answer.sentence.index()];
      return duty.state != engine::DutyState::State::kNone && !duty.uncertain;
    }
    if (answer.check != prove::Check::kServedFirst || answer.result != Result::kProved) return false;
    bool told = false, served = false;
    for (std::size_t row = 0; row < program_.acts.size(); ++row) {
      const program::ActDef& act = program_.acts[row];
      if (!RestsOn(model::ActId(row), answer.act)) continue;
      served =
          served || (act.side != program::Side::kParty && act.to == program_.acts[answer.act.index()].to);
      told = told || record_.acts[row].ever > 0;
    }
    return served && !told && record_.acts[answer.act.index()].ever == 1 &&
           record_.acts[answer.act.index()].standing == 1 &&
           record_.terms[answer.term.index()].phase == engine::Phase::kOver &&
           StartsOnlyOn(answer.term, answer.act);
  }

  // Every start of the term is an act on this one: what else might have started it was not of this matter.
  bool StartsOnlyOn(model::TermId term, model::ActId act) const {
    const auto& starts = program_.terms[term.index()].starts;
    for (std::uint32_t i = starts.first; i < starts.end(); ++i) {
      const program::EventDef& event = program_.events[i];
      if (event.kind != program::EventDef::Kind::kAct || !RestsOn(event.act, act)) return false;
    }
    return true;
  }

  // A sentence that is dead applies to the act; or somebody lawfully judges what they did themselves.
  bool SeesInAct(const prove::Standing& answer, const engine::Engine& engine, bool is_done) const {
    const model::Entry& entry = entries_.back();
    if (IsDead(answer)) {
      const program::SentenceDef& sentence = program_.sentences[answer.sentence.index()];
      if (sentence.kind == program::SentenceDef::Kind::kMust ||
          sentence.kind == program::SentenceDef::Kind::kOn)
        return false;
      const auto first = program_.act_lists.begin() + sentence.acts.first;
      const bool of_it =
          std::find(first, first + sentence.acts.count, entry.act) != first + sentence.acts.count;
      return of_it && engine.Applies(sentence, entry.day, &entry).tri() != Tri::kNo;
    }
    if (answer.check != prove::Check::kOtherJudge || answer.result != Result::kProved || answer.states == 0)
      return false;
    if (!is_done || entry.act != answer.other) return false;
    return std::any_of(record_.done.begin(), record_.done.end(), [&](const engine::Done& done) {
      if (done.act != answer.act || !done.stands || done.entry == engine::kNoRow) return false;
      const model::Entry& before = entries_[done.entry];
      for (std::uint32_t i = 0; i < before.people; ++i) {
        for (std::uint32_t k = 0; k < entry.people; ++k) {
          if (people_[before.first_person + i] == people_[entry.first_person + k]) return true;
        }
      }
      return false;
    });
  }

  int Between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }

  void Point() {
    history_ = {.name = "",
                .entries = entries_,
                .role_values = role_values_,
                .values = values_.data(),
                .people = people_.data(),
                .texts = texts_,
                .people_names = names_,
                .member_values = {},
                .lists = lists_,
                .holdings = holdings_};
  }

  void Begin() {
    entries_.clear();
    values_.clear();
    people_.clear();
    day_ = from_ + Between(0, 300);
    role_values_.clear();
    for (std::size_t f = program_.fields.size() - program_.role_fields; f < program_.fields.size(); ++f) {
      role_values_.push_back(AnyValue(program_.fields[f]));
    }
    for (std::size_t i = 0; i < program_.outside.size(); ++i) role_values_.push_back(Between(0, 1));
    holdings_.clear();
    // An office has somebody (docs/proof.md): who holds what is asked, and who does not hold it.
    for (std::uint32_t credential = 0; credential < program_.credentials.size(); ++credential) {
      for (model::PersonRef i = 0; i < 4; ++i)
        holdings_.push_back({.person = i, .credential = credential, .held = i < 3});
    }
    Point();
    record_.Reset(plan_, history_);
  }

  model::Value AnyValue(const program::FieldDef& field) {
    using program::ValueType;
    if (field.optional && Between(0, 3) == 0) return model::kMissing;
    switch (field.type) {
      case ValueType::kYesNo:
        return Between(0, 1);
      case ValueType::kChoice:
        return Between(0, static_cast<int>(field.choices.count) - 1);
      case ValueType::kWhole:
      case ValueType::kMoney:
        if (Between(0, 7) == 0) return 0;
        if (Between(0, 1) == 0 && !program_.constants.empty()) {
          const auto one = program_.constants[static_cast<std::size_t>(
              Between(0, static_cast<int>(program_.constants.size()) - 1))];
          if (one >= 0) return one + Between(0, 1);
        }
        return Between(0, 20000);
      case ValueType::kDay:
        return day_.number;
      case ValueType::kLength:
        return model::LengthValue(Between(1, 40), Between(0, 1));
      default:
        return 0;
    }
  }

  void Add(model::ActId act) {
    const program::ActDef& def = program_.acts[act.index()];
    model::Entry entry;
    entry.act = act;
    entry.day = entry.recorded = day_;
    entry.first_value = static_cast<std::uint32_t>(values_.size());
    entry.first_person = static_cast<std::uint32_t>(people_.size());
    entry.people = def.by.empty() ? 0 : def.at_least;
    entry.number = static_cast<std::uint32_t>(entries_.size());
    for (std::uint32_t f = def.fields.first; f < def.fields.end(); ++f)
      values_.push_back(AnyValue(program_.fields[f]));
    const int first = Between(0, 3);
    for (int i = 0; i < entry.people; ++i) {
      people_.push_back(def.side == program::Side::kParty ? 4u + static_cast<std::uint32_t>(i)
                                                          : static_cast<std::uint32_t>((first + i) % 4));
    }
    entries_.push_back(entry);
    Point();
  }

  void Remove() {
    values_.resize(entries_.back().first_value);
    people_.resize(entries_.back().first_person);
    entries_.pop_back();
    Point();
  }

  bool IsDeemed(model::ActId act) const {
    return std::any_of(program_.effects.begin(), program_.effects.end(),
                       [&](const program::EffectDef& effect) {
                         return effect.kind == program::EffectDef::Kind::kDeemed && effect.act == act;
                       });
  }

  // Whether the act was deemed done just now and stands, from a row on, against the condition.
  bool DeemedAgainst(const Question& question, std::size_t from) const {
    const bool deemed =
        std::any_of(record_.done.begin() + static_cast<std::ptrdiff_t>(std::min(from, record_.done.size())),
                    record_.done.end(),
                    [&](const engine::Done& done) { return done.act == question.act && done.stands; });
    return deemed && engine::Evaluator(plan_, record_, nullptr).Holds(question.condition).tri() == Tri::kNo;
  }

  bool Waits(const Question& question) {
    if (record_.acts[question.act.index()].standing == 0) return false;
    // Hours of which only the day is known may be over: then it is not asked.
    const engine::Evaluator evaluator(plan_, record_, nullptr);
    const unsigned over = program::PhaseBit(engine::Phase::kOver);
    if (question.until && (evaluator.PossiblePhases(question.until) & over) != 0) return false;
    return record_.acts[question.acts[0].index()].standing == 0;
  }

  bool CanDo(const Question& question) {
    engine::Engine engine(plan_, record_);
    engine::Judgement judgement;
    const engine::ActState& state = record_.acts[question.acts[0].index()];
    if (state.ever >= repeats_) return true;  // beyond the bound
    for (int i = 0; i < 200; ++i) {
      Add(question.acts[0]);
      engine.Judge(entries_.back(), judgement);
      Remove();
      if (judgement.answer == Answer::kLawful && judgement.applied) return true;
      // What is unknown here, as a field that was left empty, the answer supposed to be known.
      if (everything_known_ && judgement.answer == Answer::kCannotTell) return true;
    }
    return false;
  }

  const engine::Plan& plan_;
  const program::Program& program_;
  static constexpr int kMostTries = 300;  // beyond, it is not known whether there is a way
  int tries_ = 0, values_tried_ = 0;
  std::mt19937_64 random_;
  bool everything_known_;
  std::uint32_t repeats_;
  base::Day from_;
  base::Day day_;
  std::vector<model::Entry> entries_;
  std::vector<model::Value> values_, role_values_;
  std::vector<model::PersonRef> people_;
  std::vector<std::string> texts_{"one", "another"};
  std::vector<std::string> names_{"a", "b", "c", "d", "party 1", "party 2", "party 3"};
  std::vector<model::Value> lists_;
  std::vector<model::Holding> holdings_;
  model::History history_;
  engine::Record record_;
};

std::vector<Question> RandomQuestions(const prove::Prover& prover, std::mt19937_64& random) {
  const program::Program& program = prover.program();
  std::vector<Question> questions = prover.Questions();
  std::vector<program::CodeId> conditions;
  for (std::size_t i = 0; i < program.codes.size(); ++i) {
    if (program.codes[i].result == program::ResultType::kTri) conditions.push_back(program::CodeId(i));
  }
  const auto any_act = [&] { return model::ActId(static_cast<std::size_t>(random() % program.acts.size())); };
  for (int i = 0; i < 3 && !conditions.empty(); ++i) {
    questions.push_back({.kind = Question::Kind::kNever,
                         .name = "never",
                         .act = any_act(),
                         .condition = conditions[random() % conditions.size()]});
  }
  for (int i = 0; i < 3; ++i) {
    Question question{
        .kind = Question::Kind::kAfterCan, .name = "can", .act = any_act(), .acts = {any_act()}};
    if (program.acts[question.acts[0].index()].side == program::Side::kLaw) continue;
    if (!program.terms.empty() && random() % 2 == 0) {
      question.until = model::TermId(static_cast<std::size_t>(random() % program.terms.size()));
    }
    questions.push_back(question);
  }
  return questions;
}

TEST(Prover, NobodyPlaysAgainstWhatItProves) {
  std::uint64_t from = 1, to = 70;
  if (const char* seeds = std::getenv("LAWBOUND_PROVE_SEEDS"); seeds != nullptr) {
    ASSERT_EQ(std::sscanf(seeds, "%lu-%lu", &from, &to), 2);
  }
  auto calendars = calendar::Calendars::Load(fmt::format("{}/packs/calendars", LAWBOUND_ROOT));
  ASSERT_TRUE(calendars.ok());
  std::size_t proved = 0, refuted = 0, open = 0, packs = 0, played_against = 0, missed = 0;
  std::size_t coarse = 0,
              taken_away = 0;  // proved with other acts left free; of these where acts are taken away
  for (std::uint64_t seed = from; seed <= to; ++seed) {
    source::Sources sources;
    source::Diagnostics diagnostics;
    const source::FileId file = sources.Add("made.md", MakePack(seed, 0).Page());
    const syntax::Tree tree = syntax::Parse(sources, std::vector{file}, diagnostics);
    const auto compiled =
        check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
    if (!compiled) continue;
    const auto plan = engine::Plan::Make(compiled->program, calendars.value(), {});
    ASSERT_TRUE(plan.ok());
    if (plan.value().has_parts()) continue;
    ++packs;
    prove::Options options{.limits = {.states = 4'000, .seconds = 2, .repeats = 2},
                           .day = prove::LawInForce(compiled->program)};
    // The law of one day is proved; a matter that lives to see another is another question.
    const auto& sentences = compiled->program.sentences;
    if (std::any_of(sentences.begin(), sentences.end(), [&](const program::SentenceDef& sentence) {
          return sentence.until >= options.day && sentence.until < base::kLastDay;
        })) {
      continue;
    }
    const auto prover = prove::Prover::Make(plan.value(), options);
    ASSERT_TRUE(prover.ok());
    std::mt19937_64 random(seed);
    for (const Question& question : RandomQuestions(prover.value(), random)) {
      const prove::Proof proof = prover.value().Prove(question);
      const bool claims = question.kind == Question::Kind::kCanHappen ? proof.result == Result::kRefuted
                                                                      : proof.result == Result::kProved;
      (proof.result == Result::kProved ? proved : proof.result == Result::kRefuted ? refuted : open) += 1;
      const bool free = proof.result == Result::kProved && proof.view != prove::View::kWhole;
      coarse += free ? 1U : 0U;
      taken_away += free && plan.value().can_lose ? 1U : 0U;
      Player player(plan.value(), seed, options, proof.view != prove::View::kWhole);
      bool against = false;
      for (int i = 0; i < kMatters && !against; ++i) against = player.Against(question);
      played_against += against ? 1 : 0;
      missed += against && !claims && proof.result == Result::kNotDecided ? 1 : 0;
      EXPECT_FALSE(claims && against)
          << "seed " << seed << ", " << question.name << ", kind " << static_cast<int>(question.kind)
          << ", act " << program::NameOf(compiled->program, question.act) << ", can "
          << (question.acts.empty() ? "" : program::NameOf(compiled->program, question.acts[0]))
          << " until term " << (question.until ? static_cast<int>(question.until.index()) : -1)
          << ", condition " << program::CodeText(compiled->program, question.condition) << "\n"
          << player.Told() << MakePack(seed, 0).Page();
      if (claims && against) return;
    }
  }
  fmt::print(
      "{} packs: {} proved, {} of them with other acts left free, {} of these where acts may be taken away; "
      "{} refuted, {} not decided; {} played against, {} of them not decided\n",
      packs, proved, coarse, taken_away, refuted, open, played_against, missed);
  EXPECT_GT(taken_away, 0u);
  EXPECT_GT(proved, packs / 2);
  EXPECT_GT(played_against, packs / 4);
}

// Where it is said that somebody can always come to something, or meet what they owe, a way is found from
// wherever a matter is left.
TEST(Prover, NobodyIsStuckWhereAWayIsProved) {
  std::uint64_t from = 1, to = 8;
  if (const char* seeds = std::getenv("LAWBOUND_PROVE_SEEDS"); seeds != nullptr) {
    ASSERT_EQ(std::sscanf(seeds, "%lu-%lu", &from, &to), 2);
  }
  auto calendars = calendar::Calendars::Load(fmt::format("{}/packs/calendars", LAWBOUND_ROOT));
  ASSERT_TRUE(calendars.ok());
  std::size_t asked = 0, proved = 0, at_hand = 0, stuck = 0;
  for (std::uint64_t seed = from; seed <= to; ++seed) {
    source::Sources sources;
    source::Diagnostics diagnostics;
    const source::FileId file = sources.Add("made.md", MakePack(seed, 0).Page());
    const syntax::Tree tree = syntax::Parse(sources, std::vector{file}, diagnostics);
    const auto compiled =
        check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
    if (!compiled) continue;
    const program::Program& program = compiled->program;
    const auto plan = engine::Plan::Make(program, calendars.value(), {});
    ASSERT_TRUE(plan.ok());
    const prove::Options options{.limits = {.states = 1'000, .seconds = 0.5, .repeats = 2},
                                 .day = prove::LawInForce(program)};
    const bool changes =
        std::any_of(program.sentences.begin(), program.sentences.end(), [&](const auto& sentence) {
          return sentence.until >= options.day && sentence.until < base::kLastDay;
        });
    if (plan.value().has_parts() || changes) continue;
    const auto prover = prove::Prover::Make(plan.value(), options);
    ASSERT_TRUE(prover.ok());
    std::mt19937_64 random(seed);
    std::vector<program::CodeId> conditions;
    for (std::size_t i = 0; i < program.codes.size(); ++i) {
      if (program.codes[i].result == program::ResultType::kTri) conditions.push_back(program::CodeId(i));
    }
    std::vector<Question> questions;
    for (std::size_t role = 0; role < program.roles.size(); ++role) {
      questions.push_back(
          {.kind = Question::Kind::kDutiesMet, .name = "duties", .role = model::RoleId(role)});
      for (int i = 0; i < 3 && !conditions.empty(); ++i) {
        questions.push_back({.kind = Question::Kind::kAlwaysReach,
                             .name = "reach",
                             .role = model::RoleId(role),
                             .condition = conditions[random() % conditions.size()]});
      }
    }
    for (const Question& question : questions) {
      const prove::Proof proof = prover.value().Prove(question);
      ++asked;
      const bool claims = proof.result == Result::kProved;
      proved += claims ? 1U : 0U;
      at_hand += claims && proof.view == prove::View::kAtHand ? 1U : 0U;
      std::vector<model::SentenceId> duties;
      for (std::size_t i = 0; i < program.sentences.size(); ++i) {
        const program::SentenceDef& sentence = program.sentences[i];
        const auto roles = program.role_lists.begin() + sentence.roles.first;
        const bool owes =
            std::find(roles, roles + sentence.roles.count, question.role) != roles + sentence.roles.count;
        if (sentence.kind == program::SentenceDef::Kind::kMust && owes)
          duties.push_back(model::SentenceId(i));
      }
      Player player(plan.value(), seed, options, true);
      bool against = false;
      for (int i = 0; i < 25 && !against; ++i) against = player.Stuck(question, duties);
      stuck += against ? 1U : 0U;
      EXPECT_FALSE(claims && against)
          << "seed " << seed << ", " << question.name << ", role " << question.role.value << ", view "
          << static_cast<int>(proof.view) << ", condition "
          << (question.condition ? program::CodeText(program, question.condition) : "") << "\n"
          << player.Told() << MakePack(seed, 0).Page();
      if (claims && against) return;
    }
  }
  fmt::print("{} asked, {} proved, {} of them at hand; {} stuck\n", asked, proved, at_hand, stuck);
  EXPECT_GT(at_hand, 0U);
  EXPECT_GT(proved, asked / 20);
  EXPECT_GT(stuck, 0U);
}

TEST(Prover, NobodySeesOtherwiseOfWhatIsAskedOfEveryPack) {
  std::uint64_t from = 1, to = 24;
  if (const char* seeds = std::getenv("LAWBOUND_PROVE_SEEDS"); seeds != nullptr) {
    ASSERT_EQ(std::sscanf(seeds, "%lu-%lu", &from, &to), 2);
  }
  auto calendars = calendar::Calendars::Load(fmt::format("{}/packs/calendars", LAWBOUND_ROOT));
  ASSERT_TRUE(calendars.ok());
  std::size_t packs = 0, holds = 0, not_so = 0, open = 0, dead = 0;
  for (std::uint64_t seed = from; seed <= to; ++seed) {
    source::Sources sources;
    source::Diagnostics diagnostics;
    const source::FileId file = sources.Add("made.md", MakePack(seed, 0).Page());
    const syntax::Tree tree = syntax::Parse(sources, std::vector{file}, diagnostics);
    const auto compiled =
        check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
    if (!compiled) continue;
    const auto plan = engine::Plan::Make(compiled->program, calendars.value(), {});
    ASSERT_TRUE(plan.ok());
    const auto& sentences = compiled->program.sentences;
    const prove::Options options{.limits = {.states = 4'000, .seconds = 3, .repeats = 2},
                                 .day = prove::LawInForce(compiled->program)};
    // A matter that lives to see another version of the law is another question.
    const bool changes = std::any_of(sentences.begin(), sentences.end(), [&](const auto& sentence) {
      return sentence.until >= options.day && sentence.until < base::kLastDay;
    });
    if (plan.value().has_parts() || changes) continue;
    ++packs;
    const auto prover = prove::Prover::Make(plan.value(), options);
    ASSERT_TRUE(prover.ok());
    const std::vector<prove::Standing> answers = prove::ProveStanding(prover.value());
    for (const prove::Standing& answer : answers) {
      (answer.result == Result::kProved ? holds : answer.result == Result::kRefuted ? not_so : open) += 1;
      dead += answer.check == prove::Check::kRuleApplies && answer.result == Result::kRefuted ? 1U : 0U;
    }
    Player player(plan.value(), seed, options, true);
    for (int i = 0; i < kMatters; ++i) {
      const prove::Standing* against = player.Against(answers);
      EXPECT_EQ(against, nullptr) << "seed " << seed << ": " << prove::CheckWords(against->check) << ", act "
                                  << program::NameOf(compiled->program, against->act) << ", sentence "
                                  << (against->sentence ? against->sentence.value : 0) << "\n"
                                  << player.Told() << MakePack(seed, 0).Page();
      if (against != nullptr) return;
    }
  }
  fmt::print("{} packs: {} hold, {} do not, {} of them dead sentences, {} not decided\n", packs, holds,
             not_so, dead, open);
  EXPECT_GT(holds, packs);
  EXPECT_GT(dead, 0U);
}

}  // namespace
}  // namespace lawbound::differential
