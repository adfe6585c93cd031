// Which questions are asked of a program, what bears on them, and for which day of the law.
#include <algorithm>

#include "prove/prove.h"

namespace lawbound::prove {

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
  const auto deems = [&](const program::EffectDef& effect) {
    return effect.kind == program::EffectDef::Kind::kDeemed && effect.act == question.act;
  };
  if (question.kind == Question::Kind::kNever) {
    if (std::any_of(all.effects.begin(), all.effects.end(), deems)) slice.AddAct(question.act);
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
      if (!Owes(all.sentences[i], question.role)) continue;
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
