// What the service shows: plain values, in the words of the asked language, for pages and the API to lay out.
// Nothing here is kept, and nothing here is keyed by a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace lawbound::service {

using base::Day;

enum class Language : std::uint8_t { kZh, kEn };
std::string_view LanguageTag(Language language);  // "zh", "en"

// ---------------------------------------------------------------------------------------------------- people

struct Post {
  std::string pack, pack_title;
  std::string role, title;  // "head", "Head of the agency"
};

struct OfficialView {
  std::string id;  // register number
  std::string name;
  std::string office_id, office;
  std::vector<Post> posts;  // what they may act as today
};

struct SignedIn {
  std::string token;
  OfficialView official;
};

// --------------------------------------------------------------------------------------------------- reasons

// Why an answer is what it is: one rule, its provisions, and the sum told sentence by sentence.
struct Reason {
  std::string rule;     // title
  std::string verdict;  // "In the way", "Broken: 1 day late"
  std::string part;     // the member in whose part it lies; empty: the main part
  std::vector<std::string> provisions;
  std::vector<std::string> sentences;
  std::vector<std::string> cure;
};

struct ActField {
  std::string name, title;
  std::string value;       // as it was written; empty with `shown` false: closed to whoever asks
  std::string words;       // the same as it is told: "5个工作日"
  bool shown = true;       // false: personal text, and the caller has not looked
  bool is_public = false;  // the pack publishes it
};

// -------------------------------------------------------------------------------------------------- a matter

struct TimelineEvent {
  std::optional<std::uint64_t> entry;  // of the ledger; none: something that followed, as a time that ended
  Day day;                             // effective
  std::optional<Day> recorded;         // when it is another
  std::string act;                     // name; empty: no act
  std::string title;                   // of the act
  std::string text;                    // "Notice before decision, by Enforcement officer (Li Wen 1001)"
  std::string verdict;                 // "lawful", "unlawful", "cannot tell", "by law"; empty: no act
  std::string office;                  // id of the office, "party" or "law"
  bool deemed = false;
  std::vector<ActField> fields;
  std::vector<Reason> reasons;
};

struct TermView {
  std::string name;   // "statement-time"; of an unnamed one, its length and start
  std::string title;  // the same in words
  std::string state;  // "runs", "over", "stopped"
  std::optional<Day> due;
  std::string part;              // the member; empty: the main part
  std::vector<std::string> sum;  // how its last day comes about
};

struct PossibleAct {
  std::string act, title;
  std::string by;      // words of the roles
  std::string answer;  // "lawful", "unlawful", "cannot tell"
  std::optional<Day> from;
  std::string when;
  std::string party;               // the member in whose part; empty: none
  std::vector<std::string> after;  // titles of what it rests on
  std::vector<Reason> in_the_way;
  std::vector<std::string> openers;
  bool mine = false;  // the caller may do it, as far as the directory goes
};

struct DutyView {
  std::string text;
  std::string act;  // name of the first act that would meet it
  std::string unsure;
  std::string part;
  Day arose;
  std::optional<Day> due;
  bool late = false;
  bool mine = false;
};

struct PartyView {
  std::string role, role_title, label;
  bool thing = false;
};

struct LookView {
  Day day;
  std::string office;
  std::string official;  // register number
  std::string ground;
};

struct MatterLine {
  std::string matter;  // 32 hexadecimal digits
  std::string case_number;
  std::string pack, pack_title;
  std::string office;
  std::string last_act;  // title
  Day opened, last;
  bool closed = false;
};

// An act of this matter that its party can take to another procedure, and the act that begins one there.
struct WayOut {
  std::uint64_t entry = 0;  // of what is taken there
  std::string of;           // its title: "Decision"
  Day day;
  // "prc/reconsideration", "Reconsideration", "apply", "Application"
  std::string pack, pack_title, act, title;
};

struct MatterView {
  MatterLine line;
  Day today;
  std::uint64_t acts = 0;  // how many are recorded: a form made now carries this number
  bool personal_open = false;
  std::string look_needed;  // why a recorded look is needed first; empty: no
  std::vector<PartyView> parties;
  std::vector<TimelineEvent> timeline;
  std::vector<TermView> terms;
  std::vector<DutyView> duties;
  std::vector<PossibleAct> possible;
  std::vector<LookView> looks;
  std::vector<WayOut> ways_out;  // of whoever asks as a party
  std::string floor;             // "floor: 3 promises proved"
};

// Which document: of an act of a matter.
struct PaperWish {
  std::string matter;
  std::uint64_t entry = 0;
};
struct PaperDraft {
  std::string id;  // 32 hexadecimal digits, random: the document bears it
  std::string bytes;
};
struct Paper {
  std::string id;
  std::uint64_t recorded = 0;  // the entry that took it
  std::string bytes;
};

// Work that waits for the caller, by due day.
struct WorkItem {
  std::string matter, case_number, pack_title;
  std::string act, what;  // name and title of what is to be done
  std::optional<Day> due;
  int days_left = 0;
  bool late = false;
  bool mine = false;
};

struct Work {
  Day today;
  std::vector<WorkItem> items;      // those due first
  std::vector<MatterLine> matters;  // those in which something was recorded last
  std::uint64_t all_items = 0, all_matters = 0;
};

// ----------------------------------------------------------------------------------------------------- forms

struct FieldChoice {
  std::string name, title;
};

struct FieldForm {
  std::string name, title;
  std::string kind;  // as the pack writes it: text, day, money, yes-no, one of, whole, length, document, ...
  std::string element;  // of a list
  std::string hint;     // the form of the value: "5000 CNY", "5 working days", "2025-01-22"
  std::string value;    // with which the form begins: what the record says of it
  bool optional = false;
  std::vector<FieldChoice> choices;
};

// Which form is asked for.
struct FormWish {
  std::string matter;  // in which it is done, or whose act is taken elsewhere; empty: the act begins a matter
  std::string pack;    // of an act that begins one
  std::string act;
  std::optional<std::uint64_t> target_entry;  // the act of `matter` that the new one will be about
};

struct ActForm {
  std::string matter;         // empty: the act begins one
  std::string target_matter;  // of a beginning on an act of another matter: sent back as they are
  std::optional<std::uint64_t> target_entry;
  std::string pack, act, title;
  std::vector<std::string> provisions;
  std::vector<std::string> roles;  // names of the roles as which the caller may do it
  std::vector<FieldForm> fields;
  std::vector<FieldForm> given;  // "party kind", "exhibit device": what is told of a new member, or of
                                 // the target
  std::vector<FieldChoice> given_roles;  // their roles, and what these are called
  std::vector<FieldChoice> desks;        // of a beginning: the offices that it may go to, of several
  std::vector<FieldChoice> to;           // members whom it may be addressed to, or of whom it is
  std::string member_role;               // the role of these; empty: it lies in nobody's part
  std::vector<FieldChoice> companions;   // officials who may do it together with the caller
  int at_least = 1;                      // so many must do it together
  bool dated = false;                    // a field of it is its effective day
  std::uint64_t acts = 0;
  std::string request;  // fresh: sent back, it makes a second sending harmless
  std::optional<PossibleAct> now;
};

// What is known of a member of the matter: "party Noodles kind: organisation".
struct Given {
  std::string role, label, field, value;
};

struct FieldInput {
  std::string name;
  std::vector<std::string> values;  // several of a list; one else; none: left empty
};

// A second official who does the act together with the caller: says so with a one-time code of their own.
struct Companion {
  std::string register_number, code;
};

struct ActRequest {
  std::string matter;  // empty: begins a matter
  std::string pack;    // needed then
  std::string act;     // "decide"; a fact that is found has its own name
  std::string role;    // as which; empty: the first that the caller has
  std::string label;   // whom it concerns: the member
  std::string on;      // what it rests on, of several that it may; mostly empty
  std::vector<FieldInput> fields;
  std::vector<Given> given;
  std::vector<Companion> with;
  std::string by_party;  // a party's act handed in on paper: the party's label; the caller enters it
  std::string request;   // from the form
  std::optional<std::uint64_t> acts;  // from the form: made of so many acts
  std::string desk;  // begins a matter: the office whose matter it will be; empty: the only one that there is
  std::string target_matter;  // of an act that begins a matter on an act of another; `given` of role "target"
                              // says what is declared of it
  std::optional<std::uint64_t> target_entry;
};

struct PartyCode {
  std::string label, code;
};

struct ActAnswer {
  enum class Kind : std::uint8_t { kRecorded, kRefused, kStale };
  Kind kind = Kind::kRefused;
  std::string verdict;  // "lawful", "unlawful", "cannot tell"
  std::string headline;
  std::vector<Reason> reasons;
  std::optional<Day> earliest;  // of a refusal: the first day on which it could be
  std::string matter, case_number;
  std::optional<std::uint64_t> entry;  // its number in the ledger: with it a receipt is asked for
  bool duplicate = false;              // it had been recorded before, by the same request
  std::uint64_t acts = 0;
  std::vector<TimelineEvent> meanwhile;  // kStale: what happened since the form was made
  std::vector<PartyCode> codes;          // for new parties, to be printed on what goes to them
};

// ---------------------------------------------------------------------------------------------------- public

struct FigureRow {
  std::string office, pack, act, title, verdict;
  std::uint64_t count = 0;
  std::string office_id;
};

// An act that a figure counts, as everybody may see it: no party is named.
struct CountedAct {
  std::uint64_t entry = 0;
  std::string case_number;
  Day day;
};

struct Figures {
  Day today;
  std::uint64_t entries = 0, matters = 0, open = 0;
  std::vector<FigureRow> acts;
  std::uint64_t refused = 0;     // attempts of authorities that changed nothing, since the server was started
  std::vector<FigureRow> looks;  // by office
  std::string floor;
};

// An overdue duty of an authority, as everybody may see it: no party is named.
struct LateDuty {
  std::string case_number, office, pack_title, what;
  Day due;
};

struct Published {
  std::uint64_t entry = 0;
  std::string case_number, pack, pack_title, title, office;
  Day day, until;
  std::vector<ActField> fields;
  bool withdrawn = false;
  std::string why;
  std::optional<Day> withdrawn_on;
};

// Which of what is published is asked for.  Looked for is what everybody may read there: no name of a person
// is in it.
struct PublicationWish {
  std::string words;  // each must be there; empty: all
  std::string pack;   // path; empty: every pack
};

// What an office may do: in a role of a pack, by so many posts that are filled today, on these provisions.
struct PowerAct {
  std::string act, title;
  std::vector<std::string> provisions;
  int at_least = 1;
};
struct Power {
  std::string office, office_title, pack, pack_title, role, role_title;
  std::uint64_t posts = 0;
  std::vector<PowerAct> acts;
};

}  // namespace lawbound::service
