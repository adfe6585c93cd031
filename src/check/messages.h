// Every sentence the checker can say to an author, in one place, so that they are written in one voice.
// Codes are listed with examples in docs/diagnostics.md; a code is never given to another mistake.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "source/diagnostic.h"

namespace lawbound::check {

using source::Diagnostic;
using source::Span;

// Names
Diagnostic UnknownName(Span at, std::string_view name, std::string_view nearest);
Diagnostic DeclaredTwice(Span at, std::string_view name, Span first);
// `is` and `needed` are kinds with their article: "a role", "an act".
Diagnostic WrongKind(Span at, std::string_view name, std::string_view is, std::string_view needed);
Diagnostic ReservedName(Span at, std::string_view name);
Diagnostic UnknownField(Span at, std::string_view owner, std::string_view field, std::string_view nearest);
Diagnostic EmptyText(Span at, std::string_view what);

// Citations and counting
Diagnostic NoCitation(Span at, std::string_view rule);
Diagnostic UnknownInstrument(Span at, std::string_view name, std::string_view nearest);
Diagnostic NoCounting(Span at);
Diagnostic UnknownCalendar(Span at, std::string_view name, std::string_view nearest);
Diagnostic NoCalendar(Span at, std::string_view counting);

// Types
Diagnostic WrongType(Span at, std::string_view needed, std::string_view is);
Diagnostic CannotCompare(Span at, std::string_view left, std::string_view right);
Diagnostic TextIsForPeople(Span at, std::string_view field, std::string_view type);
Diagnostic CannotCompute(Span at, std::string_view left, std::string_view right);
Diagnostic PercentAlone(Span at);
Diagnostic TwoCurrencies(Span at, std::string_view currency, std::string_view first);
Diagnostic NotAChoice(Span at, std::string_view word, std::string_view field, std::string_view nearest);
Diagnostic WrongValue(Span at, std::string_view field, std::string_view needed);
Diagnostic NotAPerson(Span at, std::string_view path);
Diagnostic TooMany(Span at, std::string_view what, std::size_t limit);

// Time
Diagnostic UnwrittenUnit(Span at, std::int64_t number, std::string_view instrument);
Diagnostic NoTimeTo(Span at, std::string_view act);
Diagnostic ManyTimesTo(Span at, std::string_view act);
Diagnostic NotALength(Span at, std::string_view field);
Diagnostic LengthOutOfRange(Span at, std::int32_t longest, std::string_view unit);
Diagnostic CannotStart(Span at, std::string_view term);
Diagnostic NeverResumes(Span at);
Diagnostic StopsItself(Span at);
Diagnostic EffectCycle(Span at, std::string_view what);
Diagnostic TooMuchWork(Span at, std::size_t operations, std::size_t limit);
Diagnostic FactsTooDeep(Span at, std::size_t limit);
Diagnostic FactCycle(Span at, std::string_view chain);
Diagnostic ForeignLength(Span at, std::string_view field, std::string_view act);

// Rules
Diagnostic MayNotDo(Span at, std::string_view role, std::string_view act);
Diagnostic NobodyCanDo(Span at, std::string_view act);
Diagnostic DeadRule(Span at, std::string_view rule, std::string_view why);
Diagnostic DeadSentence(Span at, std::string_view why);
Diagnostic MixedAct(Span at, std::string_view act);
Diagnostic MixedSentence(Span at);
Diagnostic DoesNotRestOn(Span at, std::string_view act, std::string_view on);
Diagnostic Contradiction(Span at, std::string_view act, Span ban, bool duty);
Diagnostic VersionGap(Span at, std::string_view first_missing, std::string_view last_missing);
Diagnostic VersionOverlap(Span at, std::string_view first, std::string_view last, Span other);
Diagnostic WrongRemedy(Span at, std::string_view word, bool party);
Diagnostic RemedyForOmission(Span at, std::string_view word);
Diagnostic ActOfLaw(Span at, std::string_view act);
Diagnostic OverridesItself(Span at, std::string_view rule);

// Tables
Diagnostic TableShape(Span at, std::string_view table, std::size_t keys, std::size_t results);
Diagnostic TableRowTwice(Span at, std::string_view table);
Diagnostic TableRowOrder(Span at, std::string_view table);
Diagnostic TableCellKind(Span at, bool key);
Diagnostic TableWithoutRows(Span at, std::string_view table);
Diagnostic TableRowMissing(Span at, std::string_view table, std::string_view choice);
Diagnostic LookupKeys(Span at, std::string_view table, std::size_t keys);
Diagnostic WhichResult(Span at, std::string_view table);
Diagnostic NoTableHere(Span at);

// Hours, what counts without an end, what grows, acts of another day, the world outside
Diagnostic HoursHere(Span at);
Diagnostic HoursRunOn(Span at);
Diagnostic CountsDays(Span at);
Diagnostic DutyWithoutEnd(Span at);
Diagnostic GrowsByNothing(Span at);
Diagnostic GrowsOnGrowth(Span at);
Diagnostic DatedByNoDay(Span at, std::string_view field);
Diagnostic DatedDecision(Span at, std::string_view act);
Diagnostic OtherEffectiveDay(Span at, std::string_view field);
Diagnostic NoTimeOfDay(Span at, std::string_view what);
Diagnostic EarlierOfWhat(Span at);

// Findings, standing, other matters
Diagnostic FoundByParty(Span at, std::string_view fact, std::string_view role);
Diagnostic NothingToCure(Span at, std::string_view word);
Diagnostic CannotRefuse(Span at, std::string_view act, std::string_view role);
Diagnostic TakenByNobody(Span at, std::string_view act, std::string_view word);
Diagnostic NoTarget(Span at);
Diagnostic BlocksUntilFound(Span at, std::string_view fact, Span found_by);
Diagnostic OnlyStandingOfTarget(Span at);
Diagnostic NothingFound(Span at);
Diagnostic NotFound(Span at, std::string_view name);
Diagnostic NotByFinder(Span at, std::string_view fact, std::string_view role);
Diagnostic NoTargetDay(Span at);

// Mappings and examples
Diagnostic ActNotMapped(Span at, std::string_view mapping, std::string_view act);
// Of an act, or of a role, which no line of a log gives.
Diagnostic FieldNotMapped(Span at, std::string_view owner, std::string_view field, bool of_role);
Diagnostic MappedTwice(Span at, std::string_view what);
Diagnostic MappedAndUnseen(Span at, std::string_view what);
Diagnostic NoAssumedText(Span at, std::string_view field);
Diagnostic ActNotAssumed(Span at, std::string_view act);
Diagnostic NotWantedHere(Span at);
Diagnostic NotDoneBy(Span at, std::string_view act, std::string_view role);
Diagnostic ExtensionOfOtherUnit(Span at, std::string_view term);
Diagnostic NearlyARole(Span at, std::string_view name, std::string_view role);
Diagnostic NoAddressee(Span at, std::string_view act);
Diagnostic NotAddressedTo(Span at, std::string_view act, std::string_view role);
Diagnostic NotInOrder(Span at);

// Parts
Diagnostic NotSeveral(Span at, std::string_view name, bool role);
Diagnostic OutsidePart(Span at, std::string_view name, std::string_view role);
Diagnostic TwoParts(Span at, std::string_view act, std::string_view to);
Diagnostic NotListed(Span at);
Diagnostic NamesNobody(Span at, std::string_view role);
Diagnostic NamesNoneOf(Span at, std::string_view field, std::string_view thing);
Diagnostic NobodyThere(Span at, std::string_view name);
Diagnostic NoSuchMember(Span at, std::string_view fact);
Diagnostic WhichOfSeveral(Span at, std::string_view act, std::string_view role);
Diagnostic GivenOfWhom(Span at, std::string_view role, bool several);
Diagnostic NotOf(Span at, std::string_view act);
Diagnostic SomeMembersShown(Span at, std::string_view mapping, std::string_view role);
Diagnostic ListFromLog(Span at, std::string_view field);
Diagnostic ManyQuantifiers(Span at, std::size_t most);

// Packs that use others
Diagnostic CyclicUse(Span at, std::string_view chain);
Diagnostic UnknownPack(Span at, std::string_view path);
Diagnostic NothingToReplace(Span at, std::string_view name, std::string_view nearest);
Diagnostic ReplacesOther(Span at, std::string_view name);
Diagnostic OverridesUsed(Span at, std::string_view rule);

// Closing and guarantees
Diagnostic ClosesTwice(Span at, Span first);
Diagnostic GuaranteeOfAnother(Span at, std::string_view role, std::string_view act);
Diagnostic UntilALapse(Span at);
Diagnostic NothingToChallenge(Span at, std::string_view role, std::string_view act);

// Credentials in examples
Diagnostic UnknownCredential(Span at, std::string_view name, std::string_view nearest);

// Refusals: what the language will not say (docs/safeguards.md).
Diagnostic DutyOfParty(Span at, std::string_view role);                               // R001
Diagnostic FieldOfPerson(Span at, std::string_view field);                            // R002
Diagnostic CredentialOfPerson(Span at, std::string_view role);                        // R003
Diagnostic GradeOfPerson(Span at, std::string_view field, std::string_view needed);   // R004
Diagnostic BindsNoAuthority(Span at, std::string_view mapping);                       // R005
Diagnostic FindingOfPerson(Span at, std::string_view fact, std::string_view role);    // R006
Diagnostic PersonInField(Span at, std::string_view what, std::string_view role);      // R007
Diagnostic FieldNamesPerson(Span at, std::string_view field, std::string_view word);  // R008
Diagnostic TallyOfPerson(Span at, std::string_view what);                             // R009
Diagnostic ComputesWithPerson(Span at, std::string_view field);                       // R010
Diagnostic PublishedForEver(Span at, std::string_view act);                           // R011
Diagnostic PublishesParty(Span at, std::string_view act);                             // R012
Diagnostic LooksBack(Span at, std::string_view why);                                  // R013
Diagnostic LawAgainstPerson(Span at, std::string_view act, std::string_view why);     // R014
Diagnostic CallsItself(Span at, std::string_view word);                               // R015
Diagnostic FallsOnAnother(Span at, std::string_view act, std::string_view role,
                          std::string_view other);                         // R016
Diagnostic MoneyNobodyPays(Span at, std::string_view amount);              // R017
Diagnostic PeopleAs(Span at, std::string_view name, std::string_view as);  // R018
Diagnostic DecidesAnother(Span at, std::string_view act, std::string_view asked);

}  // namespace lawbound::check
