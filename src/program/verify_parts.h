// What the files of the verifier share; nothing else includes this.  Each Check... is a row of the list in
// verify.cc, which says what it holds a program to, and runs them in that order: a check leans on those
// before it.
#pragma once

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "program/names.h"
#include "program/program.h"
#include "program/verify.h"

namespace lawbound::program::verifier {

using base::Errc;
using base::Error;
using base::Ok;
using base::Status;

Status CheckSizes(const Program& p);
Status CheckKinds(const Program& p);
Status CheckIds(const Program& p);
Status CheckRanges(const Program& p);
Status CheckNames(const Program& p);
Status CheckConstants(const Program& p);
Status CheckLengths(const Program& p);
Status CheckDays(const Program& p);
Status CheckFields(const Program& p);
Status CheckPersonFields(const Program& p);
Status CheckActs(const Program& p);
Status CheckRestsOn(const Program& p);
Status CheckTables(const Program& p);
Status CheckOperands(const Program& p);
Status CheckCodes(const Program& p);
Status CheckQuantifiers(const Program& p);
Status CheckFacts(const Program& p);
Status CheckWork(const Program& p);
Status CheckAccruals(const Program& p);
Status CheckConditions(const Program& p);
Status CheckEvents(const Program& p);
Status CheckEffects(const Program& p);
Status CheckQualities(const Program& p);
Status CheckTerms(const Program& p);
Status CheckRules(const Program& p);
Status CheckSentences(const Program& p);
Status CheckParts(const Program& p);
Status CheckCascades(const Program& p);
Status CheckOverrides(const Program& p);
Status CheckDirection(const Program& p);
Status CheckMappings(const Program& p);
Status CheckCredentials(const Program& p);
Status CheckPersonTypes(const Program& p);
Status CheckFindingsOfPersons(const Program& p);
Status CheckPublication(const Program& p);
Status CheckActsOfLaw(const Program& p);
Status CheckOthers(const Program& p);
Status CheckNumbersOfPersons(const Program& p);
Status CheckOneBusiness(const Program& p);
Status CheckLooksBack(const Program& p);
Status CheckWords(const Program& p);
Status CheckGuarantees(const Program& p);

template <typename... Args>
Error Bad(fmt::format_string<Args...> format, Args&&... args) {
  return {Errc::kCorrupt, fmt::format(format, std::forward<Args>(args)...)};
}

// The rows of a range.
template <typename Row, typename T>
std::span<const Row> In(const std::vector<Row>& table, Range<T> range) {
  return std::span(table).subspan(range.first, range.count);
}

// "sentence 3 of rule 'pay-in-time'"
inline std::string SentenceWords(const Program& p, std::size_t index) {
  return fmt::format("sentence {} of rule '{}'", index, NameOf(p, p.sentences[index].rule));
}

inline bool IsParty(RoleKind kind) { return kind == RoleKind::kPerson || kind == RoleKind::kAnyone; }

// Whether a field holds officials, one or several.
inline bool NamesOfficials(const FieldDef& field) {
  const ValueType type = field.type == ValueType::kList ? field.element : field.type;
  return field.act && type == ValueType::kOfficial;
}

// Whether there is no event at all.
inline bool IsNothing(const EventDef& e) {
  return e.kind == EventDef::Kind::kAct && !e.act && !e.on && !e.term && !e.rule;
}

// Whether `on` is one of the acts that `act` may rest on.
inline bool RestsOn(const Program& p, ActId act, ActId on) {
  const auto list = In(p.act_lists, p.acts[act.index()].rests_on);
  return std::find(list.begin(), list.end(), on) != list.end();
}

}  // namespace lawbound::program::verifier
