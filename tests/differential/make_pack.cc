#include "differential/make_pack.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <random>
#include <set>
#include <string_view>

#include "base/day.h"

namespace lawbound::differential {
namespace {

using base::Day;

constexpr std::array kActNames = {"alpha", "bravo", "charlie", "delta", "echo", "foxtrot"};

struct MadeField {
  std::string name;
  std::string type;  // yes-no, whole, money, day, length, choice
  bool optional = false;
};

struct MadeAct {
  std::string name, role;  // role empty: by law
  bool to_party = false;
  std::string dated;  // the field that gives its effective day; empty: none
  std::vector<std::string> on;
  std::vector<MadeField> fields;
};

// A fact that somebody finds: yes or no, or one of three colours.
struct MadeFinding {
  std::string name;
  bool choice = false;
  bool of_party = false;  // of one of several
};

constexpr std::array kStandings = {"challenged", "cleared", "stayed",        "released",  "upheld",
                                   "changed",    "upheld",  "held unlawful", "set aside", "held void"};

class Maker {
 public:
  Maker(std::uint64_t seed, int examples) : random_(seed), examples_(examples), several_(seed % 4 == 3) {}

  PackText Make() {
    MakeHead();
    MakeActs();
    MakeSignals();
    MakeTarget();
    rules_ = Between(1, 5);
    terms_ = Between(0, 3);
    MakeTables();
    MakeFacts();
    MakeTerms();
    MakeAccrual();
    for (int i = 0; i < rules_; ++i) MakeRule(i);
    if (Chance(15)) Add("closes when " + Question(1, true));
    if (Chance(30)) MakeMapping();
    for (int i = 0; i < examples_; ++i) MakeExample(i);
    return std::move(text_);
  }

 private:
  // -------------------------------------------------------------------------------------------- chance

  int Between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  template <typename List>
  const auto& One(const List& list) {
    return list[static_cast<std::size_t>(Between(0, static_cast<int>(list.size()) - 1))];
  }
  std::string OneWord(const std::vector<std::string>& list) { return One(list); }

  std::string DayText(int from, int to) { return base::PrintDay(kOrigin + Between(from, to)); }

  // -------------------------------------------------------------------------------------- declarations

  void Add(std::string head, std::vector<std::string> lines = {}) {
    text_.statements.push_back({.head = std::move(head), .lines = std::move(lines)});
  }

  void MakeHead() {
    Add("pack t/made \"Made\" @en");
    Add("counted by main-count");
    Add("instrument act-law \"Law\" statute seen");
    for (const char* name : {"main-count", "other-count"}) {
      Add(fmt::format("counting {} under act-law 1", name),
          {fmt::format("calendar {}", OneWord({"italy", "prc", "weekday", "germany"})),
           Chance(25) ? "first day counts" : "first day does not count",
           Chance(70) ? "rest day at the end moves on" : "rest day at the end stays"});
    }
    Add("role office \"Office\": body");
    Add("role clerk \"Clerk\": official with skill");
    Add(several_ ? "role party \"Party\": person several" : "role party \"Party\": person",
        {"abroad: yes-no", "age: whole"});
  }

  void MakeActs() {
    const int count = Between(2, 6);
    for (int i = 0; i < count; ++i) {
      MadeAct act{.name = kActNames[static_cast<std::size_t>(i)], .role = {}, .on = {}, .fields = {}};
      const int who = Between(1, 10);
      act.role = who <= 4 ? "office" : who == 5 ? "clerk" : who <= 8 ? "party" : "";
      act.to_party = act.role != "party" && Chance(60);
      if (i > 0 && Chance(40)) {
        act.on.push_back(One(acts_).name);
        if (i > 1 && Chance(30)) act.on.push_back(One(acts_).name);
        if (act.on.size() == 2 && act.on[0] == act.on[1]) act.on.pop_back();
      }
      const int fields = Chance(60) ? Between(1, 3) : 0;
      for (int f = 0; f < fields; ++f) {
        act.fields.push_back(
            {.name = fmt::format("{}{}", "fgh"[f], i), .type = FieldType(act), .optional = Chance(25)});
      }
      for (const MadeField& field : act.fields) {
        if (field.type == "day" && !field.optional && Chance(50)) act.dated = field.name;
      }
      AddAct(act);
      acts_.push_back(std::move(act));
    }
  }

  // A number that an act gives a party decides nothing (R009), nor does an amount that nobody pays (R017).
  std::string FieldType(const MadeAct& act) {
    const std::string type =
        OneWord({"yes-no", "money", "whole", "day", "length", "choice", "money", "yes-no"});
    if (!act.to_party) return type;
    const auto pays = [](const MadeAct& made) {
      return made.role == "party" &&
             std::any_of(made.fields.begin(), made.fields.end(),
                         [](const MadeField& field) { return field.type == "money"; });
    };
    const bool paid = std::any_of(acts_.begin(), acts_.end(), pays);
    return type == "whole" || (type == "money" && !paid) ? "day" : type;
  }

  // Acts by law that say of another act what they are called.
  void MakeSignals() {
    for (const char* name : {"set-aside", "changed", "challenged", "held-void"}) {
      if (!Chance(12)) continue;
      const MadeAct on = One(acts_);
      const bool to_party = several_ && InPart(on);
      MadeAct act{.name = name, .role = {}, .to_party = to_party, .on = {on.name}, .fields = {}};
      if (act.name == "changed") act.fields = on.fields;
      AddAct(act);
      acts_.push_back(std::move(act));
    }
  }

  void MakeTarget() {
    target_ = Chance(15);
    if (target_) Add("target \"Target\"", {"seen: yes-no", "amount: money"});
  }

  void AddAct(const MadeAct& act) {
    std::string head = fmt::format("act {} \"{}\" by ", act.name, act.name);
    if (act.role.empty()) {
      head += "law";
    } else {
      head += (Chance(10) ? "at least 2 " : "") + act.role;
    }
    if (act.to_party) head += " to party";
    if (!act.on.empty()) head += fmt::format(" on {}", fmt::join(act.on, " or "));
    if (!act.dated.empty()) head += " dated " + act.dated;
    if (act.to_party && act.role.empty()) head += " favourable \"made\"";
    head += " under act-law 2";
    std::vector<std::string> lines;
    for (const MadeField& field : act.fields) {
      const std::string type = field.type == "choice" ? "one of red, green, blue" : field.type;
      lines.push_back(fmt::format("{}: {}{}", field.name, type, field.optional ? " optional" : ""));
    }
    Add(std::move(head), std::move(lines));
  }

  // One finds its row by a word, one by an amount, one by both; each may lack what is asked for.
  void MakeTables() {
    if (!FieldOf("choice").empty() && Chance(60)) {
      tables_.push_back("words");
      Add(fmt::format("table words(key) -> days, amount{} under act-law 3",
                      Chance(30) ? " set by authority" : ""),
          {fmt::format("red -> {}, {} EUR", Between(0, 9), Between(0, 9)),
           fmt::format("green -> {}, {} EUR", Between(0, 9), Between(0, 9)),
           fmt::format("blue -> {}, {} EUR", Between(0, 9), Between(0, 9))});
    }
    if (Chance(40)) {
      tables_.push_back("steps");
      Add("table steps(from) -> days, amount under act-law 3",
          {fmt::format("{} EUR -> {}, 1 EUR", Between(0, 15), Between(0, 9)),
           fmt::format("{} EUR -> {}, 25 EUR", Between(16, 30), Between(0, 9))});
    }
    if (!FieldOf("choice").empty() && Chance(30)) {
      tables_.push_back("both");
      Add("table both(key, from) -> days, amount set by authority under act-law 3",
          {fmt::format("red, 0 EUR -> {}, 1 EUR", Between(0, 9)),
           fmt::format("red, {} EUR -> {}, 7 EUR", Between(1, 30), Between(0, 9)),
           fmt::format("blue, {} EUR -> {}, 25 EUR", Between(5, 30), Between(0, 9))});
    }
  }

  std::string Lookup(std::string_view column) {
    const std::string table = OneWord(tables_);
    const std::string amount = Number("money", 0);
    if (table == "steps") return fmt::format("steps({}).{}", amount, column);
    const std::string choice = FieldOf("choice");
    return table == "words" ? fmt::format("words({}).{}", choice, column)
                            : fmt::format("both({}, {}).{}", choice, amount, column);
  }

  void MakeFacts() {
    const int findings = Chance(35) ? Between(1, 2) : 0;
    for (int i = 0; i < findings; ++i) {
      // Of a person only few things are found, and those yes or no (R006).
      const bool of_party = several_ && Chance(60);
      const std::string name = of_party ? (i == 0 ? "capacity" : "interest") : fmt::format("found{}", i);
      const MadeFinding found{.name = name, .choice = !of_party && Chance(30), .of_party = of_party};
      std::string head =
          fmt::format("fact {}{} found by office", found.name, found.of_party ? " of party" : "");
      if (found.choice) head += " as one of red, green, blue";
      if (Chance(60)) head += " presumed " + Value(found.choice ? "choice" : "yes-no");
      Add(std::move(head));
      findings_.push_back(found);
    }
    const int count = Between(0, 2);
    for (int i = 0; i < count; ++i) {
      if (Chance(50)) {
        const std::string value = Number("money", 2);
        Add(fmt::format("fact amount{}{} = {}", i, several_ ? " of party" : "", value));
        money_facts_.push_back(fmt::format("amount{}", i));
      } else {
        const std::string value = Question(2, false);
        Add(fmt::format("fact fact{}{} = {}", i, several_ ? " of party" : "", value));
        facts_.push_back(fmt::format("fact{}", i));
      }
    }
  }

  void MakeTerms() {
    const int count = terms_;
    for (int i = 0; i < count; ++i) {
      std::vector<std::string> lines;
      const int what = Between(1, 20);
      const bool hours = what <= 3, open = what == 4 || what == 5;
      const std::string length = hours  ? fmt::format("{} hours", Between(1, 60))
                                 : open ? OneWord({"counts days", "counts working days"})
                                        : LengthText(true);
      if (!hours) day_terms_.push_back(fmt::format("t{}", i));
      const std::string start = Start(i, false);
      while (Chance(25)) lines.push_back("restarts on " + EventText(i));
      while (!hours && Chance(30)) lines.push_back("stops while " + StopText());
      if (!hours && !open && Chance(30)) AddExtension(length, lines);
      if (Chance(open ? 70 : 25)) lines.push_back(Ceiling(i));
      if (Chance(10)) lines.push_back(Ceiling(i));
      if (Chance(25)) lines.push_back("counted by other-count");
      Add(fmt::format("term t{}: {} from {} under act-law 3", i, length, start), std::move(lines));
    }
  }

  // What the accrual grows on is named before there is one: it does not grow on itself.
  void MakeAccrual() {
    if (day_terms_.empty() || !Chance(35)) return;
    std::string text = fmt::format("fact grown accrues {}% of {} each day of {}", Between(1, 60),
                                   Number("money", 1), OneWord(day_terms_));
    if (Chance(50)) text += " at most " + Number("money", 1);
    Add(text + " under act-law 4");
    money_facts_.push_back("grown");
  }

  std::string Ceiling(int before) {
    const MadeAct& act = One(acts_);
    for (const MadeField& field : act.fields) {
      if (field.type == "length") return fmt::format("at most {0}.{1} from {0}", act.name, field.name);
    }
    if (Chance(15) && !tables_.empty())
      return fmt::format("at most {} days from {}", Lookup("days"), EventText(before));
    return fmt::format("at most {} from {}", Plain(30), EventText(before));
  }

  // In the unit of the term: what a stop does to an extension in another one is not settled.
  void AddExtension(const std::string& length, std::vector<std::string>& lines) {
    if (length.starts_with("0 ")) return;
    const bool working = length.find("working") != std::string::npos;
    std::string by = fmt::format("{} {}", Between(1, 6), working ? "working days" : "days");
    const MadeAct& act = One(acts_);
    for (const MadeField& field : act.fields) {
      if (field.type == "length" && !working && Chance(70)) by = fmt::format("{}.{}", act.name, field.name);
    }
    std::string line = fmt::format("extended on {} by {}", act.name, by);
    const std::string cap = FieldOf("length");
    if (Chance(40)) {
      line += !cap.empty() && Chance(40)
                  ? " at most " + cap
                  : fmt::format(" at most {} {}", Between(3, 10), working ? "working days" : "days");
    }
    if (Chance(30)) line += " once";
    lines.push_back(std::move(line));
  }

  std::string StopText() {
    if (Chance(60)) return fmt::format("{} unanswered by {}", One(acts_).name, One(acts_).name);
    return Question(1, true);
  }

  // ---------------------------------------------------------------------------------------------- time

  std::string Plain(int most) {
    const int unit = Between(1, 10);
    if (unit <= 5) return fmt::format("{} days", Between(1, most));
    if (unit <= 8) return fmt::format("{} working days", Between(1, most / 2 + 1));
    if (unit == 9) return fmt::format("{} months", Between(1, 2));
    return Chance(80) ? fmt::format("{} days", Between(0, 2)) : std::string("1 years");
  }

  std::string LengthText(bool field_too) {
    if (field_too && Chance(10) && !tables_.empty()) {
      return Lookup("days") + (Chance(70) ? " days" : " working days");
    }
    if (field_too && Chance(15)) {
      for (const MadeAct& act : acts_) {
        for (const MadeField& field : act.fields) {
          if (field.type == "length") return fmt::format("{}.{}", act.name, field.name);
        }
      }
    }
    return Plain(15);
  }

  std::string ActEvent() {
    if (target_ && Chance(10)) return "target";
    const MadeAct& act = One(acts_);
    if (!act.on.empty() && Chance(30)) return fmt::format("{} on {}", act.name, OneWord(act.on));
    return act.name;
  }

  // `before`: only terms before this one.
  std::string EventText(int before) {
    const int kind = Between(1, 20);
    if (kind <= 2 && before > 0) return fmt::format("lapse of t{}", Between(0, before - 1));
    if (kind == 3 && rules_ > 0) return fmt::format("breach of r{}", Between(0, rules_ - 1));
    return ActEvent();
  }

  std::string Start(int before, bool plain) {
    if (!plain && Chance(15)) {
      const std::string one = EventText(before), two = EventText(before);
      if (one != two) return fmt::format("the {} of {} and {}", Chance(50) ? "later" : "earlier", one, two);
    }
    return EventText(before);
  }

  std::string Within() {
    if (terms_ > 0 && Chance(60)) return fmt::format("within t{}", Between(0, terms_ - 1));
    const std::string length = Chance(12) ? fmt::format("{} hours", Between(1, 60)) : LengthText(true);
    return fmt::format("within {} of {}", length, Start(terms_, false));
  }

  // --------------------------------------------------------------------------------------- expressions

  // A field of one of these types, or empty.
  std::string FieldOf(std::string_view type) {
    std::vector<std::string> found;
    for (const MadeAct& act : acts_) {
      for (const MadeField& field : act.fields) {
        if (field.type == type) found.push_back(act.name + "." + field.name);
      }
    }
    return found.empty() ? std::string() : OneWord(found);
  }

  std::string Money() { return fmt::format("{} EUR", Between(0, 4) * 10); }

  std::string Number(std::string_view type, int depth) {
    const bool money = type == "money";
    const int kind = Between(1, 12);
    if (depth > 0 && kind == 1) {
      return fmt::format("({} {} {})", Number(type, depth - 1), Chance(50) ? "+" : "-",
                         Number(type, depth - 1));
    }
    if (depth > 0 && kind == 2) {
      return fmt::format("{}({}, {})", Chance(50) ? "min" : "max", Number(type, depth - 1),
                         Number(type, depth - 1));
    }
    if (depth > 0 && kind == 3) return fmt::format("{}% * {}", Between(1, 150), Number(type, 0));
    if (money && kind == 4 && !money_facts_.empty()) return OneWord(money_facts_);
    if (depth > 0 && kind == 5 && !tables_.empty()) return Lookup(money ? "amount" : "days");
    const std::string field = FieldOf(type);
    if (!field.empty() && kind <= 6) return "sum of " + field;
    if (!field.empty() && kind <= 9) return (Chance(15) ? "previous " : "") + field;
    if (!money && kind >= 10 && kind <= 11) {
      const MadeAct& act = One(acts_);
      if (act.role != "party" && !act.to_party) return "count of " + act.name;  // people are not counted
    }
    return money ? Money() : std::to_string(Between(0, 3));
  }

  std::string Distance() {
    const std::string field = FieldOf("length");
    return !field.empty() && Chance(25) ? field : Plain(8);
  }

  std::string DayPoint() {
    const std::string field = FieldOf("day");
    return !field.empty() && Chance(40) ? field : One(acts_).name;
  }

  std::string Question(int depth, bool terms) {
    if (depth > 0 && Chance(45)) {
      const int kind = Between(1, 5);
      if (kind <= 2)
        return fmt::format("({} and {})", Question(depth - 1, terms), Question(depth - 1, terms));
      if (kind <= 4) return fmt::format("({} or {})", Question(depth - 1, terms), Question(depth - 1, terms));
      return fmt::format("not ({})", Question(depth - 1, terms));
    }
    if (several_ && depth > 0 && Chance(30))
      return fmt::format("{} party: ({})", Chance(50) ? "some" : "every", Question(depth - 1, terms));
    const std::string act = One(acts_).name, other = One(acts_).name;
    if (!findings_.empty() && Chance(15)) {
      const MadeFinding& found = One(findings_);
      return found.choice ? found.name + " = " + Value("choice") : found.name;
    }
    if (standings_ && Chance(15))
      return fmt::format("{} is {}{}", act, Chance(25) ? "not " : "", One(kStandings));
    if (target_ && Chance(10))
      return Chance(50) ? "target.seen" : fmt::format("target is {}", One(kStandings));
    switch (Between(0, 20)) {
      case 0:
        return Beyond(act);
      case 1:
      case 2:
      case 3:
        return act;
      case 4:
        return "not " + act;
      case 5:
      case 6:
        return FieldOf("yes-no").empty() ? act : FieldOf("yes-no");
      case 7:
      case 8:
        return fmt::format("{} {} {}", Number("money", 1), Sign(), Number("money", 1));
      case 9:
        return fmt::format("{} {} {}", Number("whole", 1), Sign(), Number("whole", 1));
      case 10:
        return fmt::format("{} after {}", act, other);
      case 11:
        return fmt::format("{} unanswered by {}", act, other);
      case 12:
        return terms && rules_ > 0 ? fmt::format("r{} is broken", Between(0, rules_ - 1)) : act;
      case 13:
      case 14:
        if (!terms || terms_ == 0) return act;
        return fmt::format("t{} is {}{}", Between(0, terms_ - 1), Chance(30) ? "not " : "",
                           OneWord({"idle", "running", "stopped", "over"}));
      case 15:
        return fmt::format("{} at least {} {} {}", DayPoint(), Distance(), Chance(50) ? "before" : "after",
                           DayPoint());
      case 16:
        return fmt::format("{} within {} of {}", DayPoint(), Distance(), DayPoint());
      case 17:
        for (const MadeAct& made : acts_) {
          const bool of_officials = !made.role.empty() && made.role != "party";
          if (of_officials && Chance(30)) return made.name + ".by hold skill";
        }
        return Chance(50) ? fmt::format("{} is a working day", DayPoint())
                          : fmt::format("{} share no one with {}", act, other);
      case 18: {
        const std::string field = FieldOf("choice");
        if (field.empty()) {
          return Chance(50) ? "party.abroad" : fmt::format("party.age {} {}", Sign(), Between(0, 3));
        }
        return Chance(50) ? fmt::format("{} = {}", field, OneWord({"red", "green", "blue"}))
                          : fmt::format("{} in (red, blue)", field);
      }
      case 19:
        for (const MadeAct& made : acts_) {
          for (const MadeField& field : made.fields) {
            if (field.optional && Chance(60)) return fmt::format("{} has {}", made.name, field.name);
          }
        }
        return "party.abroad";
      default:
        return facts_.empty() ? other : OneWord(facts_);
    }
  }

  // Of the time of day, of a time that is asked of a standing act, of the world.
  std::string Beyond(const std::string& act) {
    const int kind = Between(1, 3);
    if (kind == 1)
      return fmt::format("{} between {} and {}", act, Clock(Between(0, 1439)), Clock(Between(0, 1439)));
    if (kind == 2 && !timed_.empty()) return OneWord(timed_) + " in time";
    for (const MadeAct& one : acts_) {
      if (one.role == "office" && one.to_party) {
        asked_.insert(one.name);
        return fmt::format("earlier {} within 1 years", one.name);
      }
    }
    return act;
  }

  static std::string Clock(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

  std::string Sign() { return OneWord({"=", "!=", "<", "<=", ">", ">="}); }

  // --------------------------------------------------------------------------------------------- rules

  // `by_act`: what it follows from is an act.
  std::string Effect(bool quality, const std::vector<std::string>& judged, bool by_act) {
    const MadeAct& act = One(acts_);
    if (quality && !judged.empty() && Chance(50)) {
      return Quality(OneWord(judged));
    }
    if (!quality && Chance(20)) return Quality(act.name);
    if (Chance(5) && act.role == "party") return act.name + " may be refused by office";
    if (standings_ && Chance(20)) {
      const std::size_t last = by_act ? kStandings.size() - 1 : 7;
      const char* standing = kStandings[static_cast<std::size_t>(Between(0, static_cast<int>(last)))];
      return fmt::format("{} is {}", target_ && Chance(20) ? "target" : act.name, standing);
    }
    if (Chance(55)) return act.name + " is deemed" + GivenText(act);
    return act.name + " falls";
  }

  std::string GivenText(const MadeAct& act) {
    std::vector<std::string> given;
    for (const MadeField& field : act.fields) {
      if (!Chance(25)) continue;
      if (field.type == "yes-no") given.push_back(field.name + " = " + Question(1, true));
      if (field.type == "money" || field.type == "whole")
        given.push_back(field.name + " = " + Number(field.type, 1));
      if (field.type == "choice") given.push_back(field.name + " = " + Value("choice"));
      if (field.type == "day")
        given.push_back(field.name + " = " + (Chance(50) ? One(acts_).name + ".day" : DayText(0, 60)));
    }
    return given.empty() ? std::string() : fmt::format(" with {}", fmt::join(given, ", "));
  }

  std::string Quality(const std::string& act) {
    if (!Chance(40)) {
      const std::string cure = One(acts_).name;
      const std::string cured = Chance(25) && cure != act ? " cured by " + cure : "";
      return act + " is " + OneWord({"voidable", "irregular"}) + cured;
    }
    return act + (RoleOf(act) == "party" ? " is inadmissible" : " is void");
  }

  std::string RoleOf(const std::string& name) const {
    for (const MadeAct& act : acts_) {
      if (act.name == name) return act.role;
    }
    return {};
  }

  void MakeRule(int number) {
    std::vector<std::string> lines;
    judged_.clear();
    if (several_ && Chance(90)) lines.push_back("for each party");
    if (Chance(20)) lines.push_back("governed by " + (Chance(60) ? One(acts_).name : EventText(terms_)));
    if (Chance(20)) lines.push_back("if " + Question(1, true));
    if (number > 0 && Chance(15)) lines.push_back(fmt::format("overrides r{}", Between(0, number - 1)));
    const int sentences = Between(1, 3);
    for (int i = 0; i < sentences; ++i) AddSentence(lines);
    if (!judged_.empty() && Chance(45)) {
      std::string breach = "breach: " + Effect(true, judged_, false);
      if (Chance(30)) breach += "; " + Effect(true, judged_, false);
      lines.push_back(std::move(breach));
    }
    Add(fmt::format("rule r{} \"R{}\" under act-law 4", number, number), std::move(lines));
  }

  std::string Dates() {
    const int kind = Between(1, 10);
    if (kind == 1) return " from " + DayText(0, 60);
    if (kind == 2) return " until " + DayText(0, 60);
    return {};
  }

  // People owe only what an authority orders them: the act of an office to the party, or empty.
  std::string OrderToParty() {
    std::vector<std::string> orders;
    for (const MadeAct& act : acts_) {
      if (act.role != "party" && !act.role.empty() && act.to_party) orders.push_back(act.name);
    }
    return orders.empty() ? std::string() : OneWord(orders);
  }

  void AddSentence(std::vector<std::string>& lines) {
    const MadeAct& act = One(acts_);
    const MadeAct& second = One(acts_);
    const int kind = Between(1, 10);
    const bool doable = !act.role.empty();
    const bool both = doable && second.role == act.role && second.name != act.name && Chance(25);
    const std::string on = act.on.empty() || both || !Chance(30) ? std::string() : " on " + OneWord(act.on);
    const std::string acts = act.name + (both ? " or " + second.name : "") + on;
    const std::string order = OrderToParty();
    std::string line;
    if (doable && kind <= 2) {
      line = fmt::format("{} may {}", act.role, acts);
      if (Chance(75)) {
        line += " " + Within();
        timed_.push_back(act.name);
      }
      if (Chance(40)) line += " if " + Question(1, true);
      judged_.push_back(act.name);
    } else if (doable && kind <= 6 && (act.role != "party" || !order.empty())) {
      line = fmt::format("{} must {}", act.role, acts);
      const bool prompt = act.role != "party" && Chance(8);
      line += act.role == "party" ? " within " + Plain(15) + " of " + order
              : prompt            ? " promptly after " + EventText(terms_)
                                  : " " + Within();
      if (!prompt) timed_.push_back(act.name);
      if (Chance(25)) line += " so that " + Question(1, true);
      if (Chance(35)) line += " if " + Question(1, true);
      if (!prompt && Chance(30)) line += " unless " + Question(1, true);
      judged_.push_back(act.name);
    } else if (kind <= 7) {
      const std::string event = EventText(terms_);
      const bool by_act = !event.starts_with("lapse") && !event.starts_with("breach");
      line = fmt::format("on {}: {}", event, Effect(false, {}, by_act));
      if (Chance(40)) line += "; " + Effect(false, {}, by_act);
      if (Chance(50)) line += " if " + Question(1, true);
    } else if (kind == 8) {
      line = fmt::format("no {} if {}", act.name + on, Question(2, true));
      judged_.push_back(act.name);
    } else {
      line = fmt::format("{} only if {}", act.name + on, Question(2, true));
      judged_.push_back(act.name);
    }
    lines.push_back(line + Dates());
  }

  // ------------------------------------------------------------------------------ mappings and examples

  // A field that is not mapped is given in no history, for a log does not have it.
  void MakeMapping() {
    std::vector<std::string> lines, assumptions;
    for (const MadeAct& act : acts_) {
      if (Chance(20)) {
        unseen_.insert(act.name);
        assumptions.push_back("unseen " + act.name);
        continue;
      }
      std::string line = fmt::format("\"{}\" -> {}", act.name, act.name);
      if (several_ && InPart(act)) line += " party=\"who\"";
      for (const MadeField& field : act.fields) {
        if (field.name == act.dated || Chance(60)) {
          line += fmt::format(" {}=\"{}\"", field.name, field.name);
          continue;
        }
        const std::string name = act.name + "." + field.name;
        never_given_.insert(name);
        if (Chance(70)) assumptions.push_back(fmt::format("assume {} = {}", name, Value(field.type)));
      }
      lines.push_back(std::move(line));
    }
    for (const MadeFinding& found : findings_) {
      const int how = Between(1, 3);
      if (how == 1) {
        lines.push_back(fmt::format("\"{0}\" -> find {0}=\"{0}\"{1}", found.name,
                                    found.of_party ? " party=\"who\"" : ""));
      }
      if (how == 2) assumptions.push_back("unseen " + found.name);
      if (how == 3)
        assumptions.push_back(
            fmt::format("assume {} = {}", found.name, Value(found.choice ? "choice" : "yes-no")));
      if (how != 1) unseen_.insert(found.name);
    }
    if (Chance(50)) {
      assumptions.push_back("assume party.abroad = no");
      never_given_.insert("party.abroad");
    }
    lines.insert(lines.end(), assumptions.begin(), assumptions.end());
    Add("mapping log xes", std::move(lines));
  }

  std::string Value(const std::string& type) {
    if (type == "yes-no") return Chance(50) ? "yes" : "no";
    if (type == "money") return Money();
    if (type == "whole") return std::to_string(Between(0, 3));
    if (type == "day") return DayText(0, 60);
    if (type == "length") return fmt::format("{} days", Between(1, 9));
    return OneWord({"red", "green", "blue"});
  }

  void MakeExample(int number) {
    std::vector<std::string> lines;
    const bool abroad = !never_given_.contains("party.abroad") && Chance(70);
    for (const std::string& name :
         several_ ? std::vector<std::string>{" A", " B"} : std::vector<std::string>{""}) {
      if (abroad) lines.push_back(fmt::format("party{} abroad: {}", name, Chance(50) ? "yes" : "no"));
      if (Chance(50)) lines.push_back(fmt::format("party{} age: {}", name, Between(0, 3)));
    }
    for (const std::string& act : asked_) {
      if (Chance(70)) lines.push_back(fmt::format("earlier {}: {}", act, Chance(50) ? "yes" : "no"));
    }
    if (target_ && Chance(80)) {
      std::string line = "target day: " + DayText(0, 60);
      if (Chance(80)) line += ", seen: " + Value("yes-no");
      if (Chance(80)) line += ", amount: " + Money();
      lines.push_back(std::move(line));
    }
    for (const char* person : {"p1", "p2", "p3", "q1", "q2"}) {
      if (Chance(60)) lines.push_back(fmt::format("{} skill: {}", person, Chance(75) ? "yes" : "no"));
    }
    Day day = kOrigin + Between(0, 40);
    const bool clocks = Chance(40);
    int minute = Between(0, 800);
    const int entries = Chance(80) ? Between(1, 10) : Between(10, 25);
    for (int i = 0; i < entries; ++i) {
      const MadeAct& act = One(acts_);
      if (!findings_.empty() && Chance(20)) {
        const MadeFinding& found = One(findings_);
        if (unseen_.contains(found.name)) continue;
        lines.push_back(fmt::format("{} find by p1{} {}: {}", base::PrintDay(day),
                                    found.of_party ? " of " + OneWord({"A", "B", "C"}) : "", found.name,
                                    Value(found.choice ? "choice" : "yes-no")));
        continue;
      }
      if (unseen_.contains(act.name)) continue;
      const bool late = Chance(act.dated.empty() ? 3 : 30);
      const bool clock = clocks && !late && Chance(75);
      const std::string when =
          late    ? fmt::format("{} recorded {}", base::PrintDay(day - Between(1, 12)), base::PrintDay(day))
          : clock ? base::PrintDay(day) + " " + Clock(minute)
                  : base::PrintDay(day);
      lines.push_back(when + " " + EntryText(act));
      static constexpr std::array kGaps = {0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 16, 20, 31};
      const int gap = One(kGaps);
      day = day + gap;
      minute = gap == 0 ? std::min(minute + Between(0, 300), 1439) : Between(0, 1000);
    }
    Add(fmt::format("example \"e{}\"", number), std::move(lines));
  }

  static bool InPart(const MadeAct& act) { return act.to_party || act.role == "party"; }

  std::string EntryText(const MadeAct& act) {
    std::string text = act.name;
    const std::string who = several_ && InPart(act) ? OneWord({"A", "B", "C"}) : std::string();
    if (!who.empty()) text += (act.to_party ? " to " : " by ") + who;
    if (!act.role.empty() && (who.empty() || act.to_party) && Chance(85)) {
      text += " by p" + std::to_string(Between(1, 3));
      if (Chance(25)) text += ", q" + std::to_string(Between(1, 2));
    }
    if (act.on.size() == 2 && Chance(40)) text += " on " + OneWord(act.on);
    std::vector<std::string> fields;
    for (const MadeField& field : act.fields) {
      const bool given =
          !never_given_.contains(act.name + "." + field.name) && Chance(85) && field.name != act.dated;
      if (given) fields.push_back(fmt::format("{}: {}", field.name, Value(field.type)));
    }
    if (!fields.empty()) text += fmt::format(" {}", fmt::join(fields, ", "));
    return text;
  }

  static constexpr Day kOrigin{20050};  // 2024-11-23: a year's end, and the Spring Festival after it

  std::mt19937_64 random_;
  int examples_;
  bool several_;  // parties, each with a part
  PackText text_;
  std::vector<MadeAct> acts_;
  std::set<std::string> asked_;  // of the world
  std::vector<std::string> day_terms_, timed_;
  std::vector<std::string> tables_, facts_, money_facts_, judged_;
  std::set<std::string> unseen_, never_given_;
  std::vector<MadeFinding> findings_;
  int rules_ = 0, terms_ = 0;
  bool target_ = false;
  bool standings_ = Chance(40);  // whether anything is said of acts
};

}  // namespace

std::string PackText::Page() const {
  std::string page = "# Made\n\n```lawbound\n";
  for (const Statement& statement : statements) {
    page += statement.head + "\n";
    for (const std::string& line : statement.lines) page += "  " + line + "\n";
  }
  return page + "```\n";
}

PackText MakePack(std::uint64_t seed, int examples) { return Maker(seed, examples).Make(); }

}  // namespace lawbound::differential
