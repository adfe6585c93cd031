// What the engine and the reports say of a matter, as views.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "report/account.h"
#include "report/case_story.h"
#include "service/matters.h"
#include "service/served_pack.h"
#include "service/views.h"

namespace lawbound::service {

// Days looked ahead for "when could it be".
inline constexpr std::int32_t kReach = 800;

Reason TellReason(const report::Account& account, std::string_view part, Language language);
std::string_view AnswerWord(model::Answer answer);
FieldForm FormOf(const ServedPack& pack, const program::FieldDef& field, Language language);
// The act by law with which one matter says something of an act of another: "set-aside".
std::string SignalName(program::Standing standing);

// Why an act came out as it did, and the first day after it on which nothing of that would stand in the way,
// as far as time alone decides (none: time does not).
struct ToldGrounds {
  std::vector<Reason> reasons;
  std::optional<Day> opens;
};
ToldGrounds TellGrounds(const ServedPack& pack, const model::History& history,
                        const std::vector<model::Outcome>& grounds, Day today, Language language);
// The same day without the words.
std::optional<Day> OpensOn(const ServedPack& pack, const model::History& history,
                           const std::vector<model::Outcome>& grounds, Day today);

// REQUIRES: the matter is loaded, and its mutex is held.
struct Told {
  std::vector<TimelineEvent> timeline;
  std::vector<DutyView> duties;
};
Told TellTimeline(const MatterState& matter, Day today, Language language);
// The same without anything personal: which acts of which offices, on which days.
std::vector<TimelineEvent> TellPublicTimeline(const MatterState& matter, Language language);
std::vector<TermView> TellTerms(const MatterState& matter, Day today, Language language);
std::vector<PossibleAct> TellPossible(const MatterState& matter, Day today, Language language);
// What is published of it today, when these of its acts have lost their standing.
std::vector<Published> TellPublished(const MatterState& matter, const std::vector<Outlook::Lost>& all_lost,
                                     Day today, Language language);
std::vector<PartyView> TellParties(const MatterState& matter, Language language);

}  // namespace lawbound::service
