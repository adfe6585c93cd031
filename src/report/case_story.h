// One matter told once, for the terminal, JSON and HTML alike: what happened in it, day by day, with the
// verdict on each act and the reasons behind every outcome that was not kept (why); what is open; and what
// may be done in it next, what stands in the way (why not) and when it could be (when).
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "engine/plan.h"
#include "model/history.h"
#include "report/account.h"

namespace lawbound::report {

struct CaseTextOptions {
  Voice voice;
  base::Day as_of;          // what is later is left out; what is due on it or later is open
  bool people = true;       // name who did an act, where the history does
  std::size_t width = 100;  // columns, of the terminal
  const ProvisionText* provision_text = nullptr;  // as in AccountOptions
};

struct ToldOutcome {
  model::Outcome outcome;  // in the ids of the plan given
  std::string part;        // the member whose part it lies in; empty: the main part
  Account account;
};

struct ToldEvent {
  base::Day day;
  std::optional<std::uint32_t> entry;  // of the history; none: what followed
  std::string verdict;                 // "lawful", "2 days late", "by law"; empty: no act
  std::string text;
  std::string fields;
  std::vector<ToldOutcome> outcomes;
};

struct ToldDuty {
  std::string text;
  std::string unsure;              // why it cannot be told whether it is owed; empty: it is
  std::vector<model::ActId> acts;  // that would meet it, in the ids of the plan given
  std::string part;                // as in ToldOutcome
  base::Day arose;
  std::optional<base::Day> due;  // none: promptly
};

struct CaseStory {
  std::string name;
  base::Day as_of;
  std::vector<ToldEvent> events;
  std::vector<ToldDuty> open;
  std::string not_told;  // why nothing could be told; empty: it could
};

// An act that may, or may not, be done next.
struct ToldPossibility {
  model::ActId act;  // in the ids of the plan given
  std::string title;
  std::string part;  // as in ToldOutcome
  model::Answer answer = model::Answer::kLawful;
  base::Day from;  // as in Possibility
  std::string when;
  std::vector<std::string> openers;  // what would open it sooner, a sentence each
  std::vector<ToldOutcome> in_the_way;
};

struct NextStory {
  std::string name;
  base::Day day;
  std::vector<ToldPossibility> acts;  // those that may be done, those that cannot be told, the others
  std::string not_told;
};

// Lapses of private parties are told here: the question is about this matter alone.
CaseStory TellCase(const engine::Plan& plan, const model::History& history, const CaseTextOptions& options);

// What may be done on `options.as_of`.
// REQUIRES: `possibilities` is WhatNext's for this plan, history and day, looking `reach` days ahead.
NextStory TellNext(const engine::Plan& plan, const model::History& history,
                   const std::vector<engine::Possibility>& possibilities, std::int32_t reach,
                   const CaseTextOptions& options);

// The cases of one explanation; `next` has one for each of them, or none.
struct ExplanationReport {
  const engine::Plan& plan;
  std::string_view title;     // of the pack, as text
  std::string_view language;  // that was asked for; empty: the pack's first
  std::vector<CaseStory> cases;
  std::vector<NextStory> next;
};

// docs/formats/explanation-json.md
void WriteExplanationJson(const ExplanationReport& report, std::ostream& out);

// One page that asks for nothing and runs nothing.
void WriteExplanationHtml(const ExplanationReport& report, std::ostream& out);

}  // namespace lawbound::report
