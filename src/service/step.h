// One act of a matter as the ledger holds it, and a matter's history made of them.
//
// What is public stands in the entry's facts, what may be personal in its encrypted fields (StepDraft,
// ReadStep).  docs/formats/served-matter.md lists both.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "ledger/act.h"
#include "model/history.h"
#include "service/served_pack.h"
#include "service/views.h"

namespace lawbound::service {

// Who did an act: an official by register number, or a party by label.
struct Doer {
  std::string register_number, name;  // of an official; both empty: a party
  std::string label;
  bool operator==(const Doer&) const = default;
};

// A credential that an official held when they acted: an outside fact, written with the act.
struct Held {
  std::string register_number, credential;
  bool held = true;
  bool operator==(const Held&) const = default;
};

// What has no office: who is a party, and what the law brings about.
inline constexpr std::string_view kPartyOffice = "party";
inline constexpr std::string_view kLawOffice = "law";

struct Step {
  std::uint64_t entry = 0;  // of the ledger
  // Public.
  std::string act;
  Day day, recorded;
  base::Minute minute = base::kNoMinute;
  std::string role, office, verdict;
  std::string on;       // what it rests on, where that was chosen
  bool deemed = false;  // it came by itself; the engine deems it itself when the history is folded
  std::string desk;     // of the first act: the office whose matter it is
  // Personal, as far as the caller may open it.
  std::vector<Doer> by;
  std::vector<std::pair<std::string, std::vector<std::string>>> values;  // by field, as it is written
  std::vector<Given> given;
  std::vector<Held> held;
  std::string entered;  // register number of who entered what a party or the law did
  // Of a signal: the matter that sent it.  Of the image of an act of another matter: that matter, and behind
  // a space the party whom the act concerns.  Personal, because two matters that are linked are one person's.
  std::string linked;
  std::vector<std::string> gone;  // fields that were erased or are sealed

  const std::vector<std::string>* FindValue(std::string_view field) const;
};

std::string LinkedMatter(const Step& step);
std::string LinkedLabel(const Step& step);

// The ledger's form of a step.  REQUIRES: the act is one of the pack.
ledger::Draft DraftOf(const Step& step, std::string_view matter, const ServedPack& pack, std::string request);
// kCorrupt: the entry is not an act of a served matter.
base::Result<Step> ReadStep(const ledger::StoredAct& stored, std::uint64_t number, const ServedPack& pack);

// A history as the engine takes it.  A value: copied to try an act in it.
class MatterHistory {
 public:
  // Borrows the pack for its life.
  MatterHistory(const ServedPack& pack, std::string name);

  // Adds an act at its effective moment, behind what is there of the same; gives its place.  kInvalid: a
  // field is not there, or not of its form; then half of it may have been added, and this is thrown away.
  base::Result<std::size_t> Add(const Step& step);

  // Of the case, as those are told it who read the history.
  void SetName(std::string name);

  model::History history() const { return batch_.history(0); }
  bool empty() const { return batch_.entries.empty(); }

  // The members of a role or the things of a kind, in the order in which they were named.
  struct Member {
    model::RoleId role;
    std::string label;
  };
  const std::vector<Member>& members() const { return members_; }
  // Which step (by the order of Add) the entry at a place of the history is.
  std::size_t StepAt(std::size_t place) const { return batch_.entries[place].number; }

 private:
  model::PersonRef Person(std::string_view key, std::string_view shown);
  model::PersonRef Official(std::string_view register_number, std::string_view name);
  model::PersonRef AddMember(model::RoleId role, std::string_view label);
  base::Status AddGiven(const Given& given);
  base::Status AddValues(const Step& step, const program::ActDef& act, std::uint32_t first);
  Interner InternerFor(model::RoleId members);
  void AddDoers(const Step& step);
  base::Status FindPart(const Step& step, const program::ActDef& act, std::uint32_t first);

  const ServedPack* pack_;
  model::Batch batch_;
  std::map<std::string, model::PersonRef, std::less<>> people_;  // by register number or label
  std::vector<Member> members_;
};

}  // namespace lawbound::service
