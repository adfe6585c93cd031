// Which questions are asked of a program, what bears on them, and for which day of the law.
#include <algorithm>

#include "prove/prove.h"

namespace lawbound::prove {

using model::Tri;

namespace {

constexpr double kAtHandPart = 0.25;  // of the seconds of a question

}  // namespace

base::Day LawInForce(const program::Program& program) {
  base::Day day = *base::ParseDay("2025-01-06");
  for (const program::SentenceDef& sentence : program.sentences) day = std::max(day, sentence.from);
  return day;
}

namespace {

Question::Kind KindOf(program::GuaranteeDef::Kind kind) {
  switch (kind) {
    case program::GuaranteeDef::Kind::kNever:
      return Question::Kind::kNever;
    case program::GuaranteeDef::Kind::kAfterCan:
      return Question::Kind::kAfterCan;
    case program::GuaranteeDef::Kind::kAlwaysReach:
      return Question::Kind::kAlwaysReach;
    case program::GuaranteeDef::Kind::kDutiesMet:
      return Question::Kind::kDutiesMet;
  }
  return Question::Kind::kNever;
}

}  // namespace

std::vector<Question> Prover::Questions() const {
  const program::Program& all = program();
  std::vector<Question> questions;
  for (const program::GuaranteeDef& guarantee : all.guarantees) {
    Question question{
        .kind = KindOf(guarantee.kind),
        .name = std::string(all.string(guarantee.name)),
        .act = guarantee.act,
        .role = guarantee.role,
        .acts = {all.act_lists.begin() + guarantee.acts.first, all.act_lists.begin() + guarantee.acts.end()},
        .challenge = guarantee.challenge,
        .until = guarantee.until,
        .condition = guarantee.condition};
    // What holds of one member holds of another: of those that stand for each, the first is asked.
    const auto same = [&](const Question& other) { return other.name == question.name; };
    if (std::none_of(questions.begin(), questions.end(), same)) questions.push_back(std::move(question));
  }
  for (std::size_t act = 0; act < all.acts.size(); ++act) {
    // What can happen to one member can happen to another.
    const bool of_another =
        unfolded_ != nullptr &&
        unfolded_->unfolded.acts.unfolded[unfolded_->unfolded.acts.origins[act].row][0] != act;
    if (all.acts[act].side == program::Side::kLaw || of_another) continue;
    questions.push_back({.kind = Question::Kind::kCanHappen,
                         .name = std::string(all.string(all.acts[act].name)),
                         .act = model::ActId(act)});
  }
  return questions;
}

Slice Prover::SliceOf(const Question& question, View view, model::SentenceId only) const {
  const program::Program& all = program();
  Slice slice(plan(), view);
  if (only) slice.FollowOnly(only);
  slice.SetTopic(question.condition);
  const bool done = question.kind == Question::Kind::kNever || question.kind == Question::Kind::kCanHappen;
  if (question.act) done ? slice.AddAsked(question.act) : slice.AddAct(question.act);
  for (const model::ActId act : question.acts) slice.AddAsked(act);
  if (question.challenge) slice.AddAct(question.challenge);
  if (question.until) slice.AddTerm(question.until);
  if (question.kind == Question::Kind::kNever) {
    if (slice.is_deemed(question.act)) slice.AddAct(question.act);
    slice.AddCodeWhenJudged(question.condition, question.act);
  } else {
    slice.AddCode(question.condition);
  }
  if (!slice.is_free()) slice.AddCode(all.closes);  // closing ends every term
  if (question.challenge) {
    for (std::size_t act = 0; act < all.acts.size(); ++act) {
      if (Challenges(model::ActId(act), question)) slice.AddAsked(model::ActId(act));
    }
  }
  std::vector<model::SentenceId> duties;
  if (question.kind == Question::Kind::kDutiesMet) {
    for (std::size_t i = 0; i < all.sentences.size(); ++i) {
      if (question.duty ? question.duty.index() != i : !Owes(all.sentences[i], question.role)) continue;
      duties.push_back(model::SentenceId(i));
      slice.AddRule(all.sentences[i].rule);
    }
  }
  slice.Close();
  // Of the side that is to reach something what it may do is asked, as far as that counts.
  if (question.kind == Question::Kind::kDutiesMet || question.kind == Question::Kind::kAlwaysReach) {
    for (bool more = true; more;) {
      more = false;
      for (std::size_t act = 0; act < all.acts.size(); ++act) {
        const model::ActId id(act);
        if (!slice.has(id) || slice.asks(id) || !IsOwn(id, question, duties)) continue;
        slice.AddAsked(id);
        more = true;
      }
      slice.Close();
    }
  }
  return slice;
}

// What holds of one member holds of another: of the sentences that stand for each, the first is asked about.
bool Prover::IsFirst(model::SentenceId sentence) const {
  if (unfolded_ == nullptr) return true;
  const program::Unfolding& rows = unfolded_->unfolded.sentences;
  return rows.unfolded[rows.origins[sentence.index()].row][0] == sentence.index();
}

namespace {

// After the act, and before the time is over, where none of the others stands.
bool Waits(const Question& question, const std::vector<model::ActId>& acts, const engine::Record& record) {
  const engine::ActState& after = record.acts[question.act.index()];
  const bool over = question.until && record.terms[question.until.index()].phase == engine::Phase::kOver;
  return after.standing > 0 && !over && std::none_of(acts.begin(), acts.end(), [&](model::ActId act) {
           return record.acts[act.index()].standing > 0;
         });
}

// A duty may be open where its time runs; one that is to be met promptly where what prompts it has come.
bool MayBeOwed(const program::SentenceDef& duty, const engine::Record& record) {
  if (duty.term) {
    const engine::Phase phase = record.terms[duty.term.index()].phase;
    return phase == engine::Phase::kRunning || phase == engine::Phase::kStopped;
  }
  const bool by_act = duty.prompt && duty.event.kind == program::EventDef::Kind::kAct;
  return !by_act || record.acts[duty.event.act.index()].ever > 0;
}

}  // namespace

// What is at hand for a duty: an act that meets it.  For a state: the own acts that the condition speaks of,
// one by one and together.
Aim Prover::AimOf(const Question& question) const {
  const program::Program& all = program();
  Aim aim;
  if (question.duty) {
    const program::SentenceDef* duty = &all.sentences[question.duty.index()];
    aim.follow = [duty](Slice& slice) {
      slice.AddTerm(duty->term);
      if (duty->prompt) slice.AddAct(duty->event.act);
    };
    aim.from = [duty](const engine::Record& record) { return MayBeOwed(*duty, record); };
    aim.since = duty->if_code;  // asked when the duty arises
    aim.own = [this, duty](model::ActId act) { return program().acts[act.index()].side == duty->side; };
    aim.on = duty->on;
    for (std::uint32_t i = duty->acts.first; i < duty->acts.end(); ++i) aim.meets.push_back(all.act_lists[i]);
    for (const model::ActId act : aim.meets) aim.first.push_back({act});
    return aim;
  }
  if (question.kind == Question::Kind::kAfterCan) {
    aim.meets = question.acts;
    for (std::size_t act = 0; question.challenge && act < all.acts.size(); ++act) {
      if (Challenges(model::ActId(act), question)) aim.meets.push_back(model::ActId(act));
    }
    aim.follow = [question](Slice& slice) {
      slice.AddAct(question.act);
      slice.AddTerm(question.until);
    };
    aim.from = [question, meets = aim.meets](const engine::Record& record) {
      return Waits(question, meets, record);
    };
    aim.at_once = true;
    aim.own = [](model::ActId) { return false; };
    for (const model::ActId act : aim.meets) aim.first.push_back({act});
    if (aim.meets.size() > 1) aim.first.push_back(aim.meets);
    return aim;
  }
  aim.follow = [question](Slice& slice) { slice.AddCode(question.condition); };
  aim.from = [](const engine::Record&) { return true; };
  aim.state = question.condition;
  aim.goal = [question](State& state) {
    Tri all_days = Tri::kYes;
    state.days().Restart(0);
    do {
      all_days = model::And(all_days, state.Ask(question.condition, false));
    } while (state.days().Next());
    state.days().Restart(0);
    return all_days;
  };
  aim.own = [this, question](model::ActId act) { return MayDo(act, question.role); };
  Slice topic(plan(), View::kAtHand);
  topic.AddCode(question.condition);
  std::vector<model::ActId> together;
  for (std::size_t act = 0; act < all.acts.size(); ++act) {
    if (topic.has(model::ActId(act)) && aim.own(model::ActId(act))) together.push_back(model::ActId(act));
  }
  for (const model::ActId act : together) aim.first.push_back({act});
  if (together.size() > 1) aim.first.push_back(together);
  aim.what_follows = true;
  return aim;
}

Proof Prover::ProveAtHand(const Question& question) const {
  Proof proof{.question = question, .view = View::kAtHand};
  // A duty that only some state meets is not met by doing the act alone.
  if (question.duty && program().sentences[question.duty.index()].condition) return proof;
  const Aim aim = AimOf(question);
  Limits limits = options_.limits;
  limits.seconds *= kAtHandPart;
  const AtHand found = ComeTo(plan(), aim, members(), options_.day, limits);
  proof.result = found.proved ? Result::kProved : Result::kNotDecided;
  proof.vacuous = found.proved && !found.begins;
  proof.states = found.states;
  proof.followed.acts = found.acts;
  proof.followed.terms = found.terms;
  proof.followed.ways = found.ways;
  proof.repeats_met = found.repeats_met;
  proof.days_open = found.days_open;
  if (found.proved && question.duty) {
    const std::size_t row = unfolded_ == nullptr
                                ? question.duty.index()
                                : unfolded_->unfolded.sentences.origins[question.duty.index()].row;
    proof.witness = owed_in_example_[row];
  }
  if (found.proved && question.act) proof.witness = DoneInExample(question.act);
  for (std::size_t i = 0; found.proved && !question.duty && !proof.witness && i < aim.first.size(); ++i)
    proof.witness = DoneInExample(aim.first[i][0]);
  return proof;
}

// One duty after another: what bears on one seldom bears on all.
Proof Prover::ProveDuties(const Question& question) const {
  Proof all{.question = question, .result = Result::kProved, .vacuous = true, .view = View::kAtHand};
  for (std::size_t row = 0; row < program().sentences.size(); ++row) {
    const model::SentenceId id(row);
    const program::SentenceDef& duty = program().sentences[row];
    const bool in_force = options_.day >= duty.from && options_.day <= duty.until;
    if (!in_force || !Owes(duty, question.role) || !IsFirst(id)) continue;
    Question one = question;
    one.duty = id;
    Proof proof = Prove(one);
    all.vacuous = all.vacuous && proof.vacuous;
    if (!all.witness) all.witness = std::move(proof.witness);
    all.states += proof.states;
    all.followed.acts = std::max(all.followed.acts, proof.followed.acts);
    all.followed.terms = std::max(all.followed.terms, proof.followed.terms);
    all.followed.ways = std::max(all.followed.ways, proof.followed.ways);
    all.view = proof.view == View::kAtHand ? all.view : std::max(all.view, proof.view);
    all.repeats_met = all.repeats_met || proof.repeats_met;
    all.days_open = all.days_open || proof.days_open;
    if (proof.result == Result::kProved) continue;
    const bool first = all.result == Result::kProved;
    if (first) {
      all.result = proof.result;
      all.doubt = proof.doubt;
      all.question.duty = id;
      all.followed = proof.followed;
    }
    if (proof.result != Result::kRefuted) continue;
    all.result = Result::kRefuted;
    all.question.duty = id;
    all.counter = std::move(proof.counter);
    all.view = proof.view;
    break;
  }
  if (all.result != Result::kProved) all.vacuous = false;
  return all;
}

bool Prover::MayDo(model::ActId act, model::RoleId role) const {
  const program::ActDef& def = program().acts[act.index()];
  const auto roles = program().role_lists.begin();
  return std::find(roles + def.by.first, roles + def.by.end(), role) != roles + def.by.end();
}

// Whose acts are to reach it: the role's own; of a duty, those of its side.
bool Prover::IsOwn(model::ActId act, const Question& question,
                   const std::vector<model::SentenceId>& duties) const {
  if (question.kind != Question::Kind::kDutiesMet) return MayDo(act, question.role);
  return !duties.empty() && program().acts[act.index()].side == program().sentences[duties[0].index()].side;
}

bool Prover::Challenges(model::ActId act, const Question& question) const {
  const program::ActDef& def = program().acts[act.index()];
  const auto acts = program().act_lists.begin();
  const bool rests = std::find(acts + def.rests_on.first, acts + def.rests_on.end(), question.challenge) !=
                     acts + def.rests_on.end();
  return rests && MayDo(act, question.role);
}

bool Prover::Owes(const program::SentenceDef& sentence, model::RoleId role) const {
  if (sentence.kind != program::SentenceDef::Kind::kMust) return false;
  const auto roles = program().role_lists.begin();
  return std::find(roles + sentence.roles.first, roles + sentence.roles.end(), role) !=
         roles + sentence.roles.end();
}

}  // namespace lawbound::prove
