#include "program/verify.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "program/verify_parts.h"

namespace lawbound::program {
namespace {

using namespace verifier;

constexpr auto kChecks = std::to_array<NamedCheck>({
    {"sizes", "no table has more than a million rows, and the texts take at most 64 MB", CheckSizes},
    {"kinds", "every kind, type, side, unit and operation is one of its list", CheckKinds},
    {"ids", "every id names a row of its table, or nothing", CheckIds},
    {"ranges", "every range lies within its table, and all together name a bounded number of rows",
     CheckRanges},
    {"names", "what has a name has one that is not empty, lists have no gaps, titles have texts", CheckNames},
    {"constants", "no constant and no assumed value is the mark of a missing value", CheckConstants},
    {"lengths",
     "every length is not negative, of at most some three centuries, or in a field or a fact; only a term is "
     "in "
     "hours or without an end",
     CheckLengths},
    {"days", "every sentence is in force from a day to a later or the same one, between 1600 and 2999",
     CheckDays},
    {"fields", "fields lie act by act, then role by role, in their places; those of choices have 1 to 63",
     CheckFields},
    {"fields of persons", "a role of persons or of anyone has fields of the closed list only",
     CheckPersonFields},
    {"acts",
     "an act is on the side of those who do it, dated by a day of its own if at all; a finding has one "
     "field, "
     "a signal is by law on an act",
     CheckActs},
    {"rests on", "no act rests on itself, directly or through others", CheckRestsOn},
    {"tables",
     "a table has one or two keys and a result, whole rows, and choices before a key that says from where on",
     CheckTables},
    {"operands", "every operation names a row that it can be asked of", CheckOperands},
    {"code", "codes lie end to end; each finds its values on the stack and leaves one of its type",
     CheckCodes},
    {"quantifiers",
     "'some' and 'every' are over what there are several of, and at most two lie within one another",
     CheckQuantifiers},
    {"facts", "a fact uses only facts before it, and facts are asked for the type they have", CheckFacts},
    {"work",
     "an evaluation takes at most 10,000 operations, those of a fact counted each time it is asked, and "
     "facts "
     "ask facts at most 100 deep",
     CheckWork},
    {"accruals", "what grows does so on a term, by a number, and not on what grows itself", CheckAccruals},
    {"conditions", "every condition is a yes-no code", CheckConditions},
    {"events", "an event is just one act, lapse or breach; a rule is governed by one or none", CheckEvents},
    {"effects",
     "an effect has the parts of its kind and no others, gives only to fields of its act, and takes an act "
     "away only after an act",
     CheckEffects},
    {"qualities",
     "an act of a party is never void, one of the authority never inadmissible, and only an authority "
     "refuses "
     "an act of others",
     CheckQualities},
    {"terms", "a term has its starts, a counting, and a name or else the one sentence that uses it",
     CheckTerms},
    {"rules", "sentences lie rule by rule and name their rule", CheckRules},
    {"sentences", "a sentence has the parts of its kind and no others, and the side of those it binds",
     CheckSentences},
    {"parts", "what lies in the parts of several is spoken of only where one of them is meant", CheckParts},
    {"cascades", "nothing brings itself about on the same day without anybody doing anything", CheckCascades},
    {"overrides", "no rule overrides itself, directly or through others", CheckOverrides},
    {"direction", "a party must do something only in a term that an order of the authority to it starts",
     CheckDirection},
    {"guarantees", "a guarantee has the parts of its kind and no others; a matter closes on a yes-no code",
     CheckGuarantees},
    {"credentials",
     "credentials are of officials: no role of persons needs one, of no party's act is one asked",
     CheckCredentials},
    {"types of persons", "a field of a person has the one type that its question needs", CheckPersonTypes},
    {"findings of persons", "of a person is found, yes or no, what the law asks again and again",
     CheckFindingsOfPersons},
    {"publication", "what is published is of an authority or the law, its own, and ends within five years",
     CheckPublication},
    {"acts of law",
     "an act by law favours the party, only reports, or follows from an act to it that it can answer",
     CheckActsOfLaw},
    {"others", "no act against a person rests on acts against somebody else alone, or depends on one",
     CheckOthers},
    {"numbers of persons",
     "no count of a person's acts, no number that an act gave a person, no amount that nobody pays decides "
     "another act; an age is only compared with years",
     CheckNumbersOfPersons},
    {"one business",
     "an act against a person decides nothing that favours it and neither rests on it nor on what it rests "
     "on",
     CheckOneBusiness},
    {"looks back",
     "of each act the world is asked once, under an item of a provision, for at most five years",
     CheckLooksBack},
    {"words",
     "nothing calls itself a score, rank or list of people, no field tells who somebody is, and people are "
     "not declared as something else",
     CheckWords},
    {"mappings", "a mapping maps an act of an authority, and fills only fields of the act it maps to",
     CheckMappings},
});

}  // namespace

bool IsPersonField(std::string_view name) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"kind", "age", "abroad", "service-address", "language", "capacity"});
  return std::ranges::find(kNames, name) != kNames.end();
}

Side SideOf(const Program& program, Range<RoleId> roles) {
  if (roles.empty()) return Side::kLaw;
  const bool party = std::ranges::any_of(
      In(program.role_lists, roles), [&](RoleId role) { return IsParty(program.roles[role.index()].kind); });
  return party ? Side::kParty : Side::kAuthority;
}

std::span<const NamedCheck> Checks() { return kChecks; }

base::Status Verify(const Program& program) {
  for (const NamedCheck& check : kChecks) {
    if (Status status = check.run(program); !status.ok()) {
      return std::move(status).error().With(fmt::format("check '{}'", check.name));
    }
  }
  return Ok();
}

}  // namespace lawbound::program
