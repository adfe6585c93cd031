// The gate: whether an act may be done in a matter, asked before it is.
//
//   ASSIGN_OR_RETURN(const Gate gate, Gate::Make(std::move(proved), calendars));
//   if (gate.Ask(history).admitted) ...   // the last entry of the history is the act that is meant
//   if (gate.Ask(history, at).admitted) ...   // an act that is entered for an earlier day
//
// It takes a ProvedProgram and nothing else; what merely loads is audited (engine/audit.h).  This is where a
// server comes in: it reads the record of a matter, asks, and appends what is admitted.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "engine/engine.h"
#include "engine/plan.h"
#include "gate/proved_program.h"
#include "model/history.h"

namespace lawbound::gate {

class Gate {
 public:
  // Borrows the calendars.  kNotFound: a counting names one that is not at hand.
  static base::Result<Gate> Make(ProvedProgram proved, const calendar::Calendars& calendars);

  struct Decision {
    // An authority's act: it is lawful.  A party's: it is recorded with its verdict, whatever that is.
    bool admitted = false;
    engine::Judgement judgement;          // in the ids of the matter unfolded (engine/matter.h)
    std::vector<model::Outcome> grounds;  // what is broken or cannot be told, in the ids of the program
  };
  // kInvalid: the history has no entry, or more members than a matter takes; kLimit: too much follows from
  // it.
  base::Result<Decision> Ask(const model::History& history) const;
  // The same of entry `at`, judged on what stands before it.  What was judged of later entries stays as it
  // was judged.
  base::Result<Decision> Ask(const model::History& history, std::size_t at) const;

  // For telling what was decided: judging is Ask's alone.
  const engine::Plan& plan() const { return *plan_; }

  const ProvedProgram& proved() const { return *proved_; }

 private:
  Gate(std::shared_ptr<const ProvedProgram> proved, engine::Plan plan)
      : proved_(std::move(proved)), plan_(std::make_shared<const engine::Plan>(std::move(plan))) {}

  std::shared_ptr<const ProvedProgram> proved_;  // the plan points into it
  std::shared_ptr<const engine::Plan> plan_;
};

}  // namespace lawbound::gate
