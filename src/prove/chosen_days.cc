#include "prove/chosen_days.h"

#include <algorithm>

namespace lawbound::prove {

using program::Op;
using program::Operation;

namespace {

constexpr std::size_t kMost = 4;

bool IsDay(const program::Program& program, const Op& op) {
  if (op.operation == Operation::kDayOf) return true;
  return op.operation == Operation::kField && program.fields[op.operand].type == program::ValueType::kDay;
}

bool ComparesDays(const Op& op) {
  return op.operation == Operation::kAtLeastBefore || op.operation == Operation::kAtLeastAfter ||
         op.operation == Operation::kWithin ||
         (op.operation >= Operation::kEqual && op.operation <= Operation::kGreaterEqual);
}

// Where a field is read, and the place of the comparison where there is one with another day.
struct Reads {
  std::size_t count = 0;
  std::vector<std::uint32_t> comparisons;
};

void AddReads(const engine::Plan& plan, program::CodeId code, model::FieldId field, bool in_fact,
              Reads& out) {
  if (!code) return;
  const program::Program& program = plan.program();
  const program::Code& body = plan.codes[code.index()];
  for (std::uint32_t i = body.ops.first; i < body.ops.end(); ++i) {
    const Op& op = plan.ops[i];
    if (op.operation == Operation::kFactNumber || op.operation == Operation::kFactTri)
      AddReads(plan, program.facts[op.operand].code, field, true, out);
    const bool read = op.operation == Operation::kField || op.operation == Operation::kPreviousField ||
                      op.operation == Operation::kSum || op.operation == Operation::kFinding;
    if (!read || op.operand != field.value) continue;
    ++out.count;
    if (in_fact || op.operation != Operation::kField) continue;
    const auto is = [&](std::uint32_t at, const auto& what) {
      return at >= body.ops.first && at < body.ops.end() && what(plan.ops[at]);
    };
    const auto day = [&](const Op& other) { return IsDay(program, other); };
    if (i > 0 && is(i - 1, day) && is(i + 1, ComparesDays)) out.comparisons.push_back(i + 1);
    if (is(i + 1, day) && is(i + 2, ComparesDays)) out.comparisons.push_back(i + 2);
  }
}

}  // namespace

std::vector<std::uint32_t> ChosenDays(const engine::Plan& plan, model::ActId act) {
  const program::Program& program = plan.program();
  const program::ActDef& def = program.acts[act.index()];
  std::vector<program::CodeId> codes;
  for (const auto* list : {&plan.permissions[act.index()], &plan.conditions[act.index()]}) {
    for (const model::SentenceId id : *list) {
      const program::SentenceDef& sentence = program.sentences[id.index()];
      codes.insert(codes.end(), {program.rules[sentence.rule.index()].if_code, sentence.if_code,
                                 sentence.condition, sentence.unless});
      for (const model::RuleId other : plan.overridden_by[sentence.rule.index()])
        codes.push_back(program.rules[other.index()].if_code);
    }
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t f = def.fields.first; f < def.fields.end(); ++f) {
    const model::FieldId field(std::size_t{f});
    if (program.fields[f].type != program::ValueType::kDay || def.dated_field == field) continue;
    Reads reads;
    for (const program::CodeId code : codes) AddReads(plan, code, field, false, reads);
    const bool alone = reads.count == 1 && reads.comparisons.size() == 1;
    if (alone && chosen.size() < kMost) chosen.push_back(reads.comparisons[0]);
  }
  return chosen;
}

std::vector<std::int32_t> DaysAhead(const program::Program& program, model::ActId act) {
  const program::ActDef& def = program.acts[act.index()];
  bool names = false;
  for (std::uint32_t f = def.fields.first; f < def.fields.end(); ++f) {
    names = names || (program.fields[f].type == program::ValueType::kDay &&
                      def.dated_field != model::FieldId(std::size_t{f}));
  }
  std::vector<std::int32_t> ahead{0};
  if (!names) return ahead;
  constexpr std::int32_t kEach = 100;
  for (std::int32_t days = 1; days <= kEach; ++days) ahead.push_back(days);
  for (const std::int32_t days : {130, 190, 370, 740, 1900, 3700}) ahead.push_back(days);
  for (std::int32_t days = 1; days <= kEach; ++days) ahead.push_back(-days);
  for (const std::int32_t days : {130, 190, 370, 740, 1900, 3700}) ahead.push_back(-days);
  return ahead;
}

Chosen NoteChosen(const std::vector<std::uint32_t>& days, const engine::OpenDays& answers, bool good) {
  Chosen one{.good = good};
  const std::vector<std::uint32_t>& asked = answers.questions();
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto place = std::find(asked.begin(), asked.end(), days[i]);
    if (place == asked.end()) continue;
    one.asked |= 1U << i;
    if ((answers.bits() >> (place - asked.begin()) & 1U) != 0) one.yes |= 1U << i;
  }
  return one;
}

bool CanBeChosen(const std::vector<Chosen>& judged, std::size_t days) {
  for (std::uint32_t choice = 0; choice < 1U << days; ++choice) {
    if (std::all_of(judged.begin(), judged.end(),
                    [&](const Chosen& one) { return one.good || ((choice ^ one.yes) & one.asked) != 0; }))
      return true;
  }
  return false;
}

}  // namespace lawbound::prove
