// The steps of an evaluated condition in words: what was looked at, what it was, and so what.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "engine/plan.h"
#include "engine/record.h"
#include "model/history.h"
#include "report/values.h"
#include "report/voice.h"

namespace lawbound::report {

// A statement, and the statements it rests on.
struct Reason {
  std::string text;
  std::vector<Reason> parts;
};

// Borrows all for its life.
class ConditionWords {
 public:
  ConditionWords(const engine::Plan& plan, const model::History& history,
                 const engine::Explanation& explanation, const Voice& voice)
      : plan_(plan),
        history_(history),
        explanation_(explanation),
        steps_(explanation.steps),
        done_(explanation.done),
        voice_(voice) {}

  // What is so, as the evaluation found it: "not less than" where "less than" was asked and the answer was
  // no. Without capital and period.  REQUIRES: a row of the steps whose value is an answer.
  Reason Statement(std::uint32_t row) const;

 private:
  struct Noun {
    std::string text;
    bool constant = false;
  };

  Noun NounOf(std::uint32_t row) const;
  std::string ValueOf(std::uint32_t row, ValueKind kind) const;
  std::optional<ValueKind> KindOf(std::uint32_t row) const;
  Reason Leaf(const engine::Step& step) const;
  Reason Comparison(const engine::Step& step) const;
  Reason Distance(const engine::Step& step) const;
  Reason InSet(const engine::Step& step) const;
  Reason WorkingDay(const engine::Step& step) const;
  Reason TermIs(const engine::Step& step) const;
  Reason Junction(const engine::Step& step) const;
  void Flatten(std::uint32_t row, program::Operation operation, std::vector<Reason>& out) const;
  // What a composed noun is made of, as parts.
  void AddMakings(std::uint32_t row, ValueKind kind, std::vector<Reason>& out) const;
  std::optional<base::Day> DayOfRow(std::uint32_t row) const;
  std::string Title(model::ActId act) const;
  std::string Member(std::size_t number) const;
  std::string FieldNoun(const engine::Step& step) const;
  ValueKind KindOfCode(program::CodeId code) const;
  std::string LookupNoun(const engine::Step& step) const;
  std::string LengthNoun(const program::LengthDef& length) const;
  std::string Credential(const engine::Step& step) const;

  const engine::Plan& plan_;
  const model::History& history_;
  const engine::Explanation& explanation_;
  const std::vector<engine::Step>& steps_;
  const std::vector<engine::Done>& done_;
  const Voice voice_;
};

// "“Report delivered”", "the end of 180 days from “Appeal”", for messages about terms.
std::string EventWords(const program::Program& program, const program::EventDef& event, const Voice& voice);
std::string StartWords(const program::Program& program, const program::TermDef& term, const Voice& voice);
std::string TermWords(const program::Program& program, model::TermId term, const Voice& voice);

}  // namespace lawbound::report
