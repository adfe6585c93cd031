#include "check/messages.h"

#include <fmt/format.h>

namespace lawbound::check {
namespace {

Diagnostic Error(std::string_view code, Span at, std::string message, std::string help) {
  return {.code = code, .span = at, .message = std::move(message), .help = std::move(help), .notes = {}};
}

Diagnostic Warning(std::string_view code, Span at, std::string message, std::string help) {
  Diagnostic diagnostic = Error(code, at, std::move(message), std::move(help));
  diagnostic.severity = source::Severity::kWarning;
  return diagnostic;
}

std::string DidYouMean(std::string_view nearest, std::string_view otherwise) {
  return nearest.empty() ? std::string(otherwise) : fmt::format("did you mean '{}'?", nearest);
}

}  // namespace

// --------------------------------------------------------------------------------------------------------
// names

Diagnostic UnknownName(Span at, std::string_view name, std::string_view nearest) {
  return Error("C001", at, fmt::format("'{}' is not declared in this pack", name),
               DidYouMean(nearest, "declare it on any page of the pack"));
}

Diagnostic DeclaredTwice(Span at, std::string_view name, Span first) {
  Diagnostic diagnostic =
      Error("C002", at, fmt::format("'{}' is declared twice", name), "give one of them another name");
  diagnostic.notes.push_back({first, "first declared here"});
  return diagnostic;
}

Diagnostic WrongKind(Span at, std::string_view name, std::string_view is, std::string_view needed) {
  return Error("C003", at, fmt::format("'{}' is {}, but {} is needed here", name, is, needed),
               fmt::format("write {} here", needed));
}

Diagnostic ReservedName(Span at, std::string_view name) {
  return Error("C004", at, fmt::format("'{}' is a word of the language and cannot be a name", name),
               "choose a longer name, such as '" + std::string(name) + "-given'");
}

Diagnostic UnknownField(Span at, std::string_view owner, std::string_view field, std::string_view nearest) {
  return Error("C005", at, fmt::format("'{}' has no field '{}'", owner, field),
               DidYouMean(nearest, fmt::format("declare the field under '{}'", owner)));
}

Diagnostic EmptyText(Span at, std::string_view what) {
  return Error("C006", at, fmt::format("{} is empty", what), "write what people, or the log, call it");
}

// --------------------------------------------------------------------------------------- citations and
// counting

Diagnostic NoCitation(Span at, std::string_view rule) {
  return Error("C010", at, fmt::format("rule '{}' cites no provision", rule),
               "say on what law it rests: under INSTRUMENT PROVISION");
}

Diagnostic UnknownInstrument(Span at, std::string_view name, std::string_view nearest) {
  return Error("C011", at, fmt::format("the instrument '{}' is not declared", name),
               DidYouMean(nearest, "declare it: instrument NAME \"Title\" RANK"));
}

Diagnostic NoCounting(Span at) {
  return Error("C012", at, "the pack does not say how days are counted",
               "say it under the pack's title: counted by NAME");
}

Diagnostic UnknownCalendar(Span at, std::string_view name, std::string_view nearest) {
  return Error("C013", at, fmt::format("there is no calendar '{}'", name),
               DidYouMean(nearest, "calendars are the files of packs/calendars"));
}

Diagnostic NoCalendar(Span at, std::string_view counting) {
  return Error("C014", at, fmt::format("counting '{}' names no calendar", counting),
               "add a line: calendar NAME");
}

// --------------------------------------------------------------------------------------------------------
// types

Diagnostic WrongType(Span at, std::string_view needed, std::string_view is) {
  return Error("C020", at, fmt::format("this is {}, but {} is needed", is, needed),
               fmt::format("write {} here", needed));
}

Diagnostic CannotCompare(Span at, std::string_view left, std::string_view right) {
  return Error(
      "C021", at, fmt::format("{} cannot be compared with {} in this way", left, right),
      "an amount compares with an amount ('0 EUR', not '0'), a day with a day; "
      "yes-no and choices are only equal or not; a choice that bears the name of a fact is read as the fact");
}

Diagnostic TextIsForPeople(Span at, std::string_view field, std::string_view type) {
  return Error("C022", at, fmt::format("'{}' is {}, which is for people to read", field, type),
               "to decide by it, declare the field as 'one of' the values that matter; "
               "'has' asks whether it is given");
}

Diagnostic CannotCompute(Span at, std::string_view left, std::string_view right) {
  return Error(
      "C023", at, fmt::format("{} and {} do not go together in a computation", left, right),
      "amounts are added to amounts and multiplied by numbers; days are compared, not computed with");
}

Diagnostic PercentAlone(Span at) {
  return Error("C024", at, "a percentage is of something",
               "multiply an amount or a number by it: 3% * issue.amount");
}

Diagnostic TwoCurrencies(Span at, std::string_view currency, std::string_view first) {
  return Error("C025", at, fmt::format("'{}' here and '{}' before: a pack has one currency", currency, first),
               fmt::format("write every amount in {}", first));
}

Diagnostic NotAChoice(Span at, std::string_view word, std::string_view field, std::string_view nearest) {
  return Error("C026", at, fmt::format("'{}' is not one of the choices of '{}'", word, field),
               DidYouMean(nearest, "its choices stand where the field is declared"));
}

Diagnostic WrongValue(Span at, std::string_view field, std::string_view needed) {
  return Error("C027", at, fmt::format("this is not a value of '{}'", field),
               fmt::format("write {}", needed));
}

Diagnostic NotAPerson(Span at, std::string_view path) {
  return Error("C028", at, fmt::format("'{}' is not a value: people are only compared as groups", path),
               "write: X.by share no one with Y.by");
}

Diagnostic TooMany(Span at, std::string_view what, std::size_t limit) {
  return Error("C029", at, fmt::format("{}: at most {}", what, limit),
               "divide it: what is longer nobody can check by reading either");
}

// ---------------------------------------------------------------------------------------------------------
// time

Diagnostic UnwrittenUnit(Span at, std::int64_t number, std::string_view instrument) {
  return Error("C030", at, fmt::format("{} days under '{}' are working days", number, instrument),
               fmt::format("write '{} working days'", number));
}

Diagnostic NoTimeTo(Span at, std::string_view act) {
  return Error("C031", at, fmt::format("no sentence sets a time to '{}'", act),
               "name a term, or say within what time the act may or must be done");
}

Diagnostic ManyTimesTo(Span at, std::string_view act) {
  return Error("C039", at, fmt::format("more than one term is a time to '{}'", act),
               "declare the term you mean with a name of its own and ask for that");
}

Diagnostic NotALength(Span at, std::string_view field) {
  return Error(
      "C032", at, fmt::format("'{}' is not a length of time", field),
      fmt::format("declare the field as one, '{}: length', or write the length out: 10 days", field));
}

Diagnostic LengthOutOfRange(Span at, std::int32_t longest, std::string_view unit) {
  return Error("C033", at, fmt::format("a length is from 0 to {} {}", longest, unit),
               "write a shorter one, or the same time in a larger unit");
}

Diagnostic CannotStart(Span at, std::string_view term) {
  return Error(
      "C034", at,
      term.empty() ? "this term can never start" : fmt::format("the term '{}' can never start", term),
      "what it runs from never happens: look at what that in turn waits for");
}

Diagnostic NeverResumes(Span at) {
  return Error("C035", at, "once this stops the term, nothing in the pack can let it run again",
               "name what ends the stop: X unanswered by Y");
}

Diagnostic StopsItself(Span at) {
  return Error("C173", at,
               "the term stops while it runs, or runs while it stops: whether it does has no answer",
               "let the stop ask of acts, or of another term that does not stop with this one");
}

Diagnostic EffectCycle(Span at, std::string_view what) {
  return Error("C036", at,
               fmt::format("{} brings itself about on the same day, with nobody doing anything", what),
               "let one of the effects follow a term that takes time, or give it another cause");
}

Diagnostic FactCycle(Span at, std::string_view chain) {
  return Error("C037", at, fmt::format("facts explain each other: {}", chain), "a fact may not use itself");
}

Diagnostic TooMuchWork(Span at, std::size_t operations, std::size_t limit) {
  return Error(
      "C054", at,
      fmt::format("this takes {} steps to work out, with the facts it names: at most {}", operations, limit),
      "a fact is worked out each time it is named: name it once, or let fewer facts build on one another");
}

Diagnostic FactsTooDeep(Span at, std::size_t limit) {
  return Error("C055", at, fmt::format("facts build on one another more than {} deep", limit),
               "say one of them by acts and fields alone");
}

Diagnostic ForeignLength(Span at, std::string_view field, std::string_view act) {
  return Error("C038", at,
               fmt::format("the length '{}' is not a field of '{}', the act that extends", field, act),
               fmt::format("name a field of '{}', or write the length out", act));
}

// --------------------------------------------------------------------------------------------------------
// rules

Diagnostic MayNotDo(Span at, std::string_view role, std::string_view act) {
  return Error("C040", at, fmt::format("'{}' is not among those who do '{}'", role, act),
               "a power comes from the act's own 'by': name the role there, or another role here");
}

Diagnostic NobodyCanDo(Span at, std::string_view act) {
  return Error("C041", at, fmt::format("'{}' rests on itself, directly or by way of others", act),
               "an act rests on something before it: look at the acts after 'on'");
}

Diagnostic DeadRule(Span at, std::string_view rule, std::string_view why) {
  return Error("C042", at, fmt::format("rule '{}' never applies: {}", rule, why),
               "take the rule away, or mend its condition or its dates");
}

Diagnostic DeadSentence(Span at, std::string_view why) {
  return Error("C043", at, fmt::format("this sentence never applies: {}", why),
               "take it away, or mend its condition or its dates");
}

Diagnostic MixedAct(Span at, std::string_view act) {
  return Error("C044", at, fmt::format("'{}' is done by an authority and by a party", act),
               "declare two acts: what an authority does and what a party does are judged differently");
}

Diagnostic MixedSentence(Span at) {
  return Error("C045", at, "this sentence binds an authority and a party at once",
               "write one sentence for each");
}

Diagnostic DoesNotRestOn(Span at, std::string_view act, std::string_view on) {
  return Error("C046", at, fmt::format("'{}' does not rest on '{}'", act, on),
               fmt::format("name one of the acts after 'on' in the declaration of '{}'", act));
}

Diagnostic Contradiction(Span at, std::string_view act, Span ban, bool duty) {
  Diagnostic diagnostic =
      Error("C047", at,
            fmt::format("'{}' is {} here and forbidden at the same time", act, duty ? "a duty" : "permitted"),
            "say which rule gives way: overrides NAME");
  diagnostic.notes.push_back({ban, "forbidden here"});
  return diagnostic;
}

Diagnostic VersionGap(Span at, std::string_view first_missing, std::string_view last_missing) {
  return Warning("C048", at,
                 fmt::format("no version of this sentence covers {} to {}", first_missing, last_missing),
                 "if the law was silent in between, say so in the text; otherwise mend 'from' and 'until'");
}

Diagnostic VersionOverlap(Span at, std::string_view first, std::string_view last, Span other) {
  Diagnostic diagnostic =
      Error("C049", at, fmt::format("two versions of this sentence cover {} to {}", first, last),
            "mend 'from' and 'until'");
  diagnostic.notes.push_back({other, "the other version"});
  return diagnostic;
}

Diagnostic WrongRemedy(Span at, std::string_view word, bool party) {
  return Error(
      "C050", at, fmt::format("the act of {} is never '{}'", party ? "a party" : "an authority", word),
      party ? "write 'inadmissible': the filing has no effect" : "write 'void': the act has no effect");
}

Diagnostic RemedyForOmission(Span at, std::string_view word) {
  return Error("C051", at, fmt::format("'{}' cannot be the only answer to something left undone", word),
               "say what follows when nobody acts: an act that is deemed, or that falls");
}

Diagnostic ActOfLaw(Span at, std::string_view act) {
  return Error("C052", at, fmt::format("'{}' is by law: nobody may or must do it", act),
               "the law deems it: on EVENT: NAME is deemed");
}

Diagnostic OverridesItself(Span at, std::string_view rule) {
  return Error("C053", at, fmt::format("rule '{}' overrides itself, directly or by way of others", rule),
               "take one 'overrides' away: one of the rules must give way");
}

// ---------------------------------------------------------------------- findings, standing, other matters

Diagnostic FoundByParty(Span at, std::string_view fact, std::string_view role) {
  return Error("C140", at, fmt::format("'{}' cannot be found by '{}', who is a party", fact, role),
               "name the office or official who decides it; what a party says is an act of that party");
}

Diagnostic NothingToCure(Span at, std::string_view word) {
  return Error("C141", at,
               fmt::format("nothing can be cured here: '{}' leaves no effect, or the act would cure "
                           "itself",
                           word),
               "only what is voidable or irregular is cured, and by another act");
}

Diagnostic CannotRefuse(Span at, std::string_view act, std::string_view role) {
  return Error("C142", at, fmt::format("'{}' is not for '{}' to refuse", act, role),
               "an authority may refuse an act of a party; an act of the authority is void or voidable");
}

Diagnostic TakenByNobody(Span at, std::string_view act, std::string_view word) {
  return Error(
      "C143", at, fmt::format("'{}' is {} by no act", act, word),
      fmt::format("somebody does that: on ACT: {} is {}; what only ends from now on falls", act, word));
}

Diagnostic NoTarget(Span at) {
  return Error("C144", at, "this pack declares no target",
               "declare what act of another matter it is about: target \"The act under review\"");
}

Diagnostic BlocksUntilFound(Span at, std::string_view fact, Span found_by) {
  Diagnostic diagnostic =
      Warning("C145", at, fmt::format("this cannot be told until somebody finds '{}'", fact),
              "if the law puts the burden on one side, say so: presumed yes, or presumed no");
  diagnostic.notes.push_back({found_by, "nothing is presumed here"});
  return diagnostic;
}

Diagnostic OnlyStandingOfTarget(Span at) {
  return Error("C146", at, "the act of another matter is not changed from here",
               "say what becomes of it, and its own matter hears of it: target is set aside");
}

Diagnostic NothingFound(Span at) {
  return Error("C147", at, "this does not say what was found", "name the fact and its value: find FACT: yes");
}

Diagnostic NotFound(Span at, std::string_view name) {
  return Error("C148", at, fmt::format("'{}' is not a fact that anybody finds", name),
               fmt::format("declare it: fact {} found by ROLE", name));
}

Diagnostic NotByFinder(Span at, std::string_view fact, std::string_view role) {
  return Error("C149", at, fmt::format("'{}' is not found by '{}'", fact, role),
               "the declaration of the fact says who finds it");
}

Diagnostic NoTargetDay(Span at) {
  return Error("C150", at, "the example does not say of which day the target is",
               "give it first: target day: 2024-03-01");
}

// ------------------------------------------------------------------------------------------ mappings and
// examples

Diagnostic ActNotMapped(Span at, std::string_view mapping, std::string_view act) {
  return Warning(
      "C060", at,
      fmt::format("mapping '{}' does not say how '{}' appears in the log; it will be read as not done",
                  mapping, act),
      fmt::format("map it, or add a line: unseen {}", act));
}

Diagnostic FieldNotMapped(Span at, std::string_view owner, std::string_view field, bool of_role) {
  return Warning("C061", at, fmt::format("nothing in the log gives '{}.{}'", owner, field),
                 fmt::format("{0} a line: unseen {1}.{2}, or: assume {1}.{2} = VALUE",
                             of_role ? "add" : "map it, or add", owner, field));
}

Diagnostic MappedTwice(Span at, std::string_view what) {
  return Error("C062", at, fmt::format("'{}' is mapped twice", what), "leave one of the two lines out");
}

Diagnostic MappedAndUnseen(Span at, std::string_view what) {
  return Error("C063", at,
               fmt::format("'{}' is both given by the log and said to be unseen or assumed", what),
               "leave one of the two out");
}

Diagnostic NoAssumedText(Span at, std::string_view field) {
  return Error("C064", at, fmt::format("'{}' is for people to read: there is nothing to assume", field),
               "name it as unseen");
}

Diagnostic ActNotAssumed(Span at, std::string_view act) {
  return Error(
      "C172", at, fmt::format("'{}' is an act, and that it was done is not assumed", act),
      fmt::format("a value of a field or of a finding can be assumed; if the log cannot show the act, "
                  "say: unseen {}",
                  act));
}

Diagnostic NotWantedHere(Span at) {
  return Error("C070", at, "there is no act in this line that could be judged",
               "on a line with a date alone write what follows by then: 'due', 'owed', 'deemed', 'breach', "
               "'no breach', 'N falls', 'N answers' or 'N is STATUS'");
}

Diagnostic NotDoneBy(Span at, std::string_view act, std::string_view role) {
  return Error("C071", at, fmt::format("'{}' is not done by '{}'", act, role),
               "name a person, or a role after 'by' in the declaration of the act");
}

Diagnostic NearlyARole(Span at, std::string_view name, std::string_view role) {
  return Error("C171", at, fmt::format("there is no role '{}'; '{}' is near", name, role),
               fmt::format("write '{}'; a person's name is written with a capital letter", role));
}

Diagnostic NoAddressee(Span at, std::string_view act) {
  return Error("C072", at, fmt::format("'{}' is addressed to nobody", act), "leave 'to' out");
}

Diagnostic NotAddressedTo(Span at, std::string_view act, std::string_view role) {
  return Error("C174", at, fmt::format("'{}' is not addressed to '{}'", act, role),
               "name a person, or the role after 'to' in the declaration of the act");
}

Diagnostic NotInOrder(Span at) {
  return Error("C073", at, "this line is earlier than the line before it",
               "an example goes forward; an act entered late says so: 2024-03-01 recorded 2024-04-01 ACT");
}

// ------------------------------------------------------------------------------------------------ parts

Diagnostic NotSeveral(Span at, std::string_view name, bool role) {
  return Error(
      "C100", at, fmt::format("there are not several '{}' in a matter", name),
      role ? "say 'several' where the role is declared" : "name a thing, or a role marked 'several'");
}

Diagnostic OutsidePart(Span at, std::string_view name, std::string_view role) {
  return Error(
      "C101", at, fmt::format("'{}' is there once for each '{}', and none of them is meant here", name, role),
      fmt::format("say 'for each {0}' in the rule, 'of {0}' of the fact, or 'some {0}: (...)', 'every {0}: "
                  "(...)' around it",
                  role));
}

Diagnostic TwoParts(Span at, std::string_view act, std::string_view to) {
  return Error("C102", at, fmt::format("'{}' lies in the part of each '{}' already", act, to),
               "name the thing in a field of the act");
}

Diagnostic NotListed(Span at) {
  return Error("C103", at, "a list holds texts, officials, documents, provisions or things",
               "give anything else a field of its own; parties stand in roles");
}

Diagnostic NamesNobody(Span at, std::string_view role) {
  return Error(
      "C104", at, fmt::format("nobody is '{}' by being named here", role),
      "name a field 'official' or 'list of official' of an act that is there once; parties are not named");
}

Diagnostic NamesNoneOf(Span at, std::string_view field, std::string_view thing) {
  return Error("C105", at, fmt::format("'{}' names no '{}'", field, thing),
               fmt::format("declare the field as '{0}' or 'list of {0}'", thing));
}

Diagnostic NobodyThere(Span at, std::string_view name) {
  return Error("C106", at, fmt::format("'{}' is nobody of whom a role could be asked", name),
               "name a field that holds officials, or who did an act: 'ACT.by'");
}

Diagnostic NoSuchMember(Span at, std::string_view fact) {
  return Error("C107", at, fmt::format("'{}' is asked of something that it is no fact of", fact),
               "in brackets stands a field that names the thing: 'ACT.FIELD'");
}

Diagnostic WhichOfSeveral(Span at, std::string_view act, std::string_view role) {
  return Error("C108", at, fmt::format("'{}' does not say which '{}'", act, role),
               "name it after 'to', 'of' or 'by', as the act is declared");
}

Diagnostic GivenOfWhom(Span at, std::string_view role, bool several) {
  return Error("C109", at,
               several ? fmt::format("of several '{0}', this is of none", role)
                       : fmt::format("'{0}' is one and has no name here", role),
               several ? fmt::format("name it: '{} NAME FIELD: VALUE'", role) : "leave the name out");
}

Diagnostic NotOf(Span at, std::string_view act) {
  return Error("C110", at, fmt::format("'{}' is not declared 'of' anything", act),
               "leave 'of' out, or say in the declaration of the act what it is about");
}

Diagnostic SomeMembersShown(Span at, std::string_view mapping, std::string_view role) {
  return Error(
      "C111", at,
      fmt::format("mapping '{}' says of some acts which '{}' they concern, and not of others", mapping, role),
      fmt::format("give '{0}' in every line, or say 'unseen {0}' and the log is read as if there were one",
                  role));
}

Diagnostic ListFromLog(Span at, std::string_view field) {
  return Error("C112", at, fmt::format("'{}' is a list, and a log gives one value", field),
               "say that it is unseen");
}

Diagnostic ManyQuantifiers(Span at, std::size_t most) {
  return Error("C113", at, fmt::format("'some' and 'every' stand more than {} deep", most),
               "give the inner question a name with 'fact'");
}

// ------------------------------------------------------------------------------------------------------
// tables

Diagnostic TableShape(Span at, std::string_view table, std::size_t keys, std::size_t results) {
  return Error("C120", at,
               fmt::format("table '{}' has {} key{} and {} result{}, this row has not", table, keys,
                           keys == 1 ? "" : "s", results, results == 1 ? "" : "s"),
               "write the keys, an arrow, the results: heavy -> 10000 EUR, 50000 EUR");
}

Diagnostic TableRowTwice(Span at, std::string_view table) {
  return Error("C121", at, fmt::format("table '{}' has a row for this already", table),
               "leave one of the two rows out");
}

Diagnostic TableRowOrder(Span at, std::string_view table) {
  return Error(
      "C122", at, fmt::format("this row of table '{}' begins below the one above it", table),
      "a row holds from its number on, up to the next: write the rows from the least to the greatest");
}

Diagnostic TableCellKind(Span at, bool key) {
  return Error("C123", at,
               key ? "this cannot be a key of a table here" : "this cannot be a result of a table",
               key ? "a key is one of a field's choices; the last may be a number, an amount or a date, from "
                     "which on the row holds"
                   : "the results of a table are whole numbers, amounts with their currency, or dates");
}

Diagnostic TableWithoutRows(Span at, std::string_view table) {
  return Error("C124", at, fmt::format("table '{}' has no row", table),
               "write its rows under it; one that the authority sets may leave some out");
}

Diagnostic TableRowMissing(Span at, std::string_view table, std::string_view choice) {
  return Error("C125", at, fmt::format("table '{}' has no row for '{}'", table, choice),
               "write one; what has no row would never be known");
}

Diagnostic LookupKeys(Span at, std::string_view table, std::size_t keys) {
  return Error("C126", at,
               fmt::format("table '{}' is asked with {} key{}", table, keys, keys == 1 ? "" : "s"),
               "write them in brackets, in the order of the table");
}

Diagnostic WhichResult(Span at, std::string_view table) {
  return Error("C127", at, fmt::format("table '{}' has several results", table),
               fmt::format("say which: {}(...).RESULT", table));
}

Diagnostic NoTableHere(Span at) {
  return Error("C128", at, "this length cannot come from a table",
               "write it out, or declare a term with this length and ask whether it is over");
}

// ------------------------------------------------------------------------------------------------------
// hours, what counts without an end, what grows, acts of another day, the world outside

Diagnostic HoursHere(Span at) {
  return Error("C129", at, "hours stand here in the place of days",
               "only the length of a term is in hours; write days here");
}

Diagnostic HoursRunOn(Span at) {
  return Error("C130", at, "a time in hours is neither stopped nor extended",
               "leave this line out, or give the term a length in days");
}

Diagnostic ExtensionOfOtherUnit(Span at, std::string_view term) {
  return Error("C170", at, fmt::format("'{}' is stopped, and this extension counts other days than it", term),
               "write the extension in the unit of the term");
}

Diagnostic CountsDays(Span at) {
  return Error("C131", at, "what only counts counts days or working days", "write 'counts days from'");
}

Diagnostic DutyWithoutEnd(Span at) {
  return Error("C132", at, "a duty in a time without an end could never be missed",
               "give the time a length, or say 'promptly after'");
}

Diagnostic GrowsByNothing(Span at) {
  return Error("C133", at, "this does not grow", "write the percentage of a day: accrues 3% of ...");
}

Diagnostic GrowsOnGrowth(Span at) {
  return Error("C134", at, "what grows cannot grow on what grows",
               "let it grow on an amount that only acts change; the language has no compound interest");
}

Diagnostic DatedByNoDay(Span at, std::string_view field) {
  return Error("C135", at, fmt::format("'{}' cannot be the effective day", field),
               "an act is dated by a field of its own, of type day and not optional");
}

Diagnostic DatedDecision(Span at, std::string_view act) {
  return Error("C136", at,
               fmt::format("'{}' is a decision of the authority and takes effect when it is made", act),
               "leave 'dated' out: an authority that could date its decisions back would always be in time");
}

Diagnostic OtherEffectiveDay(Span at, std::string_view field) {
  return Error("C137", at, fmt::format("'{}' is not the date at the beginning of the line", field),
               "they are one day, the effective one; the day of entering it is written after 'recorded'");
}

Diagnostic NoTimeOfDay(Span at, std::string_view what) {
  return Error("C138", at, fmt::format("'{}' has no time of day", what),
               "name an act: its time of day is asked");
}

Diagnostic EarlierOfWhat(Span at) {
  return Error("C139", at, "this cannot be asked of the world outside the matter",
               "write the length out: earlier decide within 2 years");
}

// ------------------------------------------------------------------------------------------------------
// packs that use others, closing, guarantees, credentials

Diagnostic CyclicUse(Span at, std::string_view chain) {
  return Error("C160", at, fmt::format("packs use each other: {}", chain),
               "a general law does not use its sectors: take one 'use' away");
}

Diagnostic UnknownPack(Span at, std::string_view path) {
  return Error("C161", at, fmt::format("there is no pack '{}'", path),
               "a pack is a folder, or a page, below the folder 'packs' that this one lies in; with what it "
               "uses it has at most 4 MB");
}

Diagnostic NothingToReplace(Span at, std::string_view name, std::string_view nearest) {
  return Error("C162", at, fmt::format("no pack that this one uses has a term or table '{}'", name),
               DidYouMean(nearest, "only a term or a table of a used pack can be replaced"));
}

Diagnostic ReplacesOther(Span at, std::string_view name) {
  return Error("C163", at, fmt::format("'{}' is of another kind, or has other columns", name),
               "a term replaces a term, a table one with the same columns");
}

Diagnostic OverridesUsed(Span at, std::string_view rule) {
  return Error("C164", at, fmt::format("'{}' is a rule of a pack that this one uses", rule),
               "a sector replaces terms and tables of the general law, not its rules");
}

Diagnostic ClosesTwice(Span at, Span first) {
  Diagnostic diagnostic = Error("C165", at, "a second 'closes when'", "join the two conditions with 'or'");
  diagnostic.notes.push_back({first, "the first is here"});
  return diagnostic;
}

Diagnostic GuaranteeOfAnother(Span at, std::string_view role, std::string_view act) {
  return Error("C166", at, fmt::format("'{}' is not among those who do '{}'", role, act),
               "a guarantee promises somebody what they can do themselves");
}

Diagnostic NothingToChallenge(Span at, std::string_view role, std::string_view act) {
  return Error("C167", at, fmt::format("nothing that '{}' can do rests on '{}'", role, act),
               "declare the remedy: an act by them on it");
}

Diagnostic UntilALapse(Span at) {
  return Error("C168", at, "a guarantee lasts until a time is over, or for ever",
               "write: until lapse of TERM");
}

Diagnostic UnknownCredential(Span at, std::string_view name, std::string_view nearest) {
  return Error(
      "C169", at, fmt::format("'{}' is neither a field of a party nor a credential of this pack", name),
      DidYouMean(nearest, "credentials are those that a role needs ('with') or a condition asks ('hold')"));
}

// -----------------------------------------------------------------------------------------------------
// refusals

Diagnostic DutyOfParty(Span at, std::string_view role) {
  return Error(
      "R001", at, fmt::format("a duty of '{}' must come from an act addressed to it", role),
      "let its time start from an act of an authority to this party, or from the reported delivery of one; "
      "duties of people in general are not a matter for this program");
}

Diagnostic FieldOfPerson(Span at, std::string_view field) {
  return Error("R002", at, fmt::format("'{}' cannot be kept with a person", field),
               "about a person a pack may ask: kind, age, abroad, service-address, language, capacity");
}

Diagnostic CredentialOfPerson(Span at, std::string_view role) {
  return Error("R003", at, fmt::format("'{}' are persons, and persons have no credentials here", role),
               "credentials belong to officials");
}

Diagnostic GradeOfPerson(Span at, std::string_view field, std::string_view needed) {
  return Error("R004", at, fmt::format("'{}' of a person is {} and nothing else", field, needed),
               "anything finer would be a grade of people");
}

Diagnostic BindsNoAuthority(Span at, std::string_view mapping) {
  return Error("R005", at, fmt::format("nothing in mapping '{}' binds an authority", mapping),
               "a log of what people do, and nothing else, is not read");
}

Diagnostic FindingOfPerson(Span at, std::string_view fact, std::string_view role) {
  return Error(
      "R006", at, fmt::format("'{}' would be an official's finding about '{}', a person", fact, role),
      "find what was done: about an act, a thing or a document; of a person only, yes or no: age, capacity, "
      "representation, interest, means-for-aid, earlier-violation, good-objection");
}

Diagnostic PersonInField(Span at, std::string_view what, std::string_view role) {
  return Error("R007", at, fmt::format("{} would hold '{}', who are persons", what, role),
               "a person stands in a matter by a role, never in a field or a list; officials may");
}

Diagnostic FieldNamesPerson(Span at, std::string_view field, std::string_view word) {
  return Error(
      "R008", at, fmt::format("'{}' would tell who or where a person is ('{}')", field, word),
      "who the parties are stands outside the pack, sealed matter by matter; leave the field out, and call "
      "the name of a thing its title");
}

Diagnostic TallyOfPerson(Span at, std::string_view what) {
  return Error(
      "R009", at, fmt::format("{} is a number about a person, and would decide something else", what),
      "a number that an act gives a person may bound that act, and nothing later; ask for the one act that "
      "the law names, in this matter");
}

Diagnostic ComputesWithPerson(Span at, std::string_view field) {
  return Error(
      "R010", at, fmt::format("'{}' of a person is asked, not computed with", field),
      "compare it with what the law says: an age with a number of years up to 150; people are not put in "
      "order");
}

Diagnostic PublishedForEver(Span at, std::string_view act) {
  return Error("R011", at, fmt::format("'{}' is published without an end that is written and near", act),
               "say for how long, at most five years: public with FIELD for 3 months");
}

Diagnostic PublishesParty(Span at, std::string_view act) {
  return Error("R012", at, fmt::format("'{}' is the act of a party and is not published", act),
               "publish what the authority did about it");
}

Diagnostic LooksBack(Span at, std::string_view why) {
  return Error(
      "R013", at, fmt::format("this looks back at a person: {}", why),
      "look back only once, at an act of the authority to this party, under the item of the provision that "
      "names the time, five years at most");
}

Diagnostic LawAgainstPerson(Span at, std::string_view act, std::string_view why) {
  return Error(
      "R014", at, fmt::format("'{}' is by law against a person: {}", act, why),
      "what the law itself does to a person favours them (favourable \"...\"), or follows from one act of an "
      "authority to them by a sum that a provision fixes, and they can object");
}

Diagnostic CallsItself(Span at, std::string_view word) {
  return Error("R015", at,
               fmt::format("'{}': scores, ranks and lists of people are not a matter for this program", word),
               "if the word is about something else, choose another one");
}

Diagnostic FallsOnAnother(Span at, std::string_view act, std::string_view role, std::string_view other) {
  return Error(
      "R016", at, fmt::format("'{}' would fall on '{}' because of what was done to '{}'", act, role, other),
      "nobody answers for somebody else: start from an act to this party, or mark the act favourable and say "
      "why");
}

Diagnostic MoneyNobodyPays(Span at, std::string_view amount) {
  return Error("R017", at, fmt::format("'{}' decides something, and in this pack nobody pays", amount),
               "an amount is owed or paid: declare the payment; a number that is neither is a score");
}

Diagnostic PeopleAs(Span at, std::string_view name, std::string_view as) {
  return Error("R018", at, fmt::format("'{}' are people, and people are not {}", name, as),
               "declare a role of persons; what cannot be said of persons is meant not to be said");
}

Diagnostic DecidesAnother(Span at, std::string_view act, std::string_view asked) {
  return Error(
      "R019", at,
      fmt::format("'{}', done against a party, decides '{}', which has nothing to do with it", asked, act),
      "what was noted about a party in one business decides no other: let both rest on the same act, or "
      "leave it out");
}

}  // namespace lawbound::check
