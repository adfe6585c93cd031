#include "report/reads.h"

namespace lawbound::report {

using program::EventDef;
using program::Operation;
using program::Program;

namespace {

class Collector {
 public:
  Collector(const Program& program, Reads& reads) : program_(program), reads_(reads) {}

  void AddSentence(model::SentenceId id) {
    const program::SentenceDef& sentence = program_.sentences[id.index()];
    const program::RuleDef& rule = program_.rules[sentence.rule.index()];
    AddRuleIf(sentence.rule);
    if (rule.governed) AddEvent(rule.governed_by);
    for (std::size_t i = 0; i < program_.rules.size(); ++i) {
      const auto& overrides = program_.rules[i].overrides;
      for (std::uint32_t r = overrides.first; r < overrides.end(); ++r) {
        if (program_.rule_lists[r] == sentence.rule) AddRuleIf(model::RuleId(i));
      }
    }
    AddCode(sentence.if_code);
    AddCode(sentence.condition);
    AddCode(sentence.unless);
    if (sentence.term) AddTerm(sentence.term);
  }

 private:
  void AddRuleIf(model::RuleId id) { AddCode(program_.rules[id.index()].if_code); }

  void AddEvent(const EventDef& event) {
    switch (event.kind) {
      case EventDef::Kind::kAct:
        reads_.acts.insert(event.act);
        break;
      case EventDef::Kind::kLapse:
        AddTerm(event.term);
        break;
      case EventDef::Kind::kBreach:
        AddRule(event.rule);
        break;
    }
  }

  void AddRule(model::RuleId id) {
    if (!rules_.insert(id).second) return;
    const auto& sentences = program_.rules[id.index()].sentences;
    for (std::uint32_t i = sentences.first; i < sentences.end(); ++i) AddSentence(model::SentenceId(i));
  }

  void AddTerm(model::TermId id) {
    if (!terms_.insert(id).second) return;
    const program::TermDef& term = program_.terms[id.index()];
    AddLength(term.length);
    for (std::uint32_t i = term.starts.first; i < term.starts.end(); ++i) AddEvent(program_.events[i]);
    for (std::uint32_t i = term.restarts.first; i < term.restarts.end(); ++i) AddEvent(program_.events[i]);
    for (std::uint32_t i = term.stops.first; i < term.stops.end(); ++i) AddCode(program_.stops[i].condition);
    for (std::uint32_t i = term.ceilings.first; i < term.ceilings.end(); ++i) {
      AddEvent(program_.ceilings[i].from);
      AddLength(program_.ceilings[i].length);
    }
    for (std::uint32_t i = term.extensions.first; i < term.extensions.end(); ++i) {
      reads_.acts.insert(program_.extensions[i].act);
      AddLength(program_.extensions[i].by);
      AddLength(program_.extensions[i].cap);
    }
  }

  void AddLength(const program::LengthDef& length) {
    if (length.field) reads_.fields.insert(length.field);
    if (length.fact) AddCode(program_.facts[length.fact.index()].code);
  }

  void AddCode(program::CodeId id) {
    if (!id || !codes_.insert(id).second) return;
    const program::Code& code = program_.codes[id.index()];
    for (std::uint32_t i = code.ops.first; i < code.ops.end(); ++i) AddOp(program_.ops[i]);
  }

  void AddOp(const program::Op& op) {
    switch (op.operation) {
      case Operation::kField:
      case Operation::kYesNoField:
      case Operation::kPreviousField:
      case Operation::kPreviousYesNo:
      case Operation::kSum:
      case Operation::kHas:
      case Operation::kFinding:
      case Operation::kYesNoFinding:
      case Operation::kFieldHolds:
        reads_.acts.insert(program_.fields[op.operand].act);
        [[fallthrough]];
      case Operation::kRoleField:
      case Operation::kRoleYesNo:
        reads_.fields.insert(model::FieldId(op.operand));
        break;
      case Operation::kFactNumber:
      case Operation::kFactTri:
        AddCode(program_.facts[op.operand].code);
        break;
      case Operation::kAccrued: {
        const program::AccrualDef& accrual = program_.accruals[op.operand];
        AddTerm(accrual.term);
        AddCode(accrual.base);
        AddCode(accrual.cap);
        break;
      }
      case Operation::kEarlier:
        reads_.acts.insert(program_.outside[op.operand].act);
        break;
      case Operation::kAfter:
      case Operation::kUnanswered:
      case Operation::kShareNoOne:
        reads_.acts.insert(model::ActId(op.small));
        [[fallthrough]];
      case Operation::kStands:
      case Operation::kStandingIs:
      case Operation::kDayOf:
      case Operation::kCount:
      case Operation::kInTime:
      case Operation::kMinuteOf:
      case Operation::kHold:
        reads_.acts.insert(model::ActId(op.operand));
        break;
      case Operation::kAtLeastBefore:
      case Operation::kAtLeastAfter:
      case Operation::kWithin:
        AddLength(program_.lengths[op.operand].length);
        break;
      case Operation::kBroken:
        AddRule(model::RuleId(op.operand));
        break;
      case Operation::kTermIs:
        AddTerm(model::TermId(op.operand));
        break;
      default:
        break;
    }
  }

  const Program& program_;
  Reads& reads_;
  std::set<model::RuleId> rules_;
  std::set<model::TermId> terms_;
  std::set<program::CodeId> codes_;
};

}  // namespace

Reads ReadsOf(const Program& program, model::SentenceId sentence) {
  Reads reads;
  Collector(program, reads).AddSentence(sentence);
  return reads;
}

}  // namespace lawbound::report
