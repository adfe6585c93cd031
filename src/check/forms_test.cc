// Every form of the grammar is carried out; none is passed over.  The table has a row for each form, and the
// trees of its rows must hold every kind of expression, type, event, change, effect and item there is.
#include <array>
#include <set>
#include <string>

#include "gtest/gtest.h"

#include "check/check.h"
#include "syntax/syntax.h"

namespace lawbound::check {
namespace {

constexpr std::string_view kHead = R"(```lawbound
pack test/forms "Forms" @en
zone Europe/Rome
counted by plain

instrument L "Law" statute
  days of 5 are working days under L 1
counting plain under L 1
  calendar italy
  first day does not count
  rest day at the end moves on
role office "Office": body
role party "Party": person
  abroad: yes-no optional
act issue "Issue" by office to party under L 1
  amount: money
  kind: one of small, large
  time: length
  seen: day
  count: whole
  holder: official
  paper: document optional
  ground: provision optional
  words: text optional
  urgent: yes-no optional
act send "Send" by office to party on issue under L 1
act pay "Pay" by party under L 1
  amount: money
act gone "Gone" by law to party on issue under L 1
)";

constexpr std::string_view kForms[] = {
    // Expressions
    "fact f = issue or send and not pay\n",
    "fact f = issue.amount = 1 EUR or issue.amount != 2 EUR\n",
    "fact f = issue.count < 1 or issue.count <= 2 or issue.count > 3 or issue.count >= 4\n",
    "fact f = issue.kind in (small, large) or issue.kind not in (small)\n",
    "fact f = 3% * issue.amount + 2 * pay.amount - min(1 EUR, max(pay.amount, 2 EUR))\n",
    "fact f = issue.seen = 2024-03-01 or issue = yes or pay = no\n",
    "fact f = previous issue.amount\n",
    "fact f = sum of pay.amount\nfact g = count of pay\n",
    "fact f = issue has words or send after pay or issue unanswered by send\n",
    "fact f = issue.by share no one with send.by\n",
    "fact f = send at least 3 days before pay or pay at least 1 month after send\n",
    "fact f = send within 5 working days of issue or pay is a working day\n",
    "rule r \"R\" under L 2\n  office must send within 3 days of issue\nfact f = r is broken or time to "
    "send is over\n",
    "term t: 3 days from issue\nfact f = t is running or t is not stopped\n",
    "fact f = limit(issue.kind)\ntable limit(kind) -> days under L 2\n  small -> 3\n  large -> 9\n",
    "rule r \"R\" under L 2\n  office must send within 24 hours of issue\nfact f = send in time\n",
    "fact f = issue is stayed or issue is not set aside\n",
    "fact f = issue between 08:00 and 20:00\n",
    "fact f = issue hold licence or issue.holder hold licence\n",
    "fact f = issue.by are office or issue.holder are office\n",
    "thing item \"Item\"\nact a \"A\" by office of item under L 2\nfact f = some item: (a) or every item: "
    "(a)\n",
    "fact f = earlier issue within 1 years\nexample \"e\"\n  earlier issue: no\n  2024-01-02 -> no breach\n",
    // Values that only examples and assumptions have
    "example \"e\"\n  2024-01-02 issue amount: 1 EUR, kind: small, time: 3 days, ground: L 2, words: "
    "\"w\"\n",
    "example \"e\"\n  2024-01-02 recorded 2024-01-03 issue by office to Rossi count: 3 -> lawful; due t "
    "2024-01-05\n"
    "term t: 3 days from issue\n",
    "example \"e\"\n  2024-01-02 issue -> unlawful; cannot tell; inadmissible; irregular; no breach; deemed "
    "gone\n",
    "thing item \"Item\"\nact a \"A\" by office of item under L 2\nexample \"e\"\n  2024-01-02 a of crate\n",
    // Declarations
    "thing item \"Item\"\n  weight: whole\n",
    "target \"Target\"\n  weight: whole\nfact f = target.weight > 1 and target is held void\n",
    "table limit(amount) -> low, high set by authority under L 2\n  1 EUR -> 3, 2024-01-02\n",
    "closes when pay\n",
    "guarantee g: never send unless issue\nguarantee h: party can always reach pay\nguarantee i: every duty "
    "of office "
    "can be met\nguarantee j: after issue, office can send until lapse of t\nterm t: 3 days from issue\n",
    "role clerk \"Clerk\": official with licence\n",
    "role clerk \"Clerk\": official several\n",
    "role clerk \"Clerk\": official not named in issue.holder\n",
    "act a \"A\" by at least 2 office favourable \"a grant\" under L 2\n",
    "act a \"A\" by office dated seen under L 2\n  seen: day\n",
    "act a \"A\" by office public with words for 5 years under L 2\n  words: text\n",
    "act a \"A\" by office under L 2\n  list: list of text\n",
    "thing item \"Item\"\nact a \"A\" by office under L 2\n  of-thing: item\n",
    "instrument M \"Other\" statute\n  days up to 10 are working days under M 1\n",
    "instrument M \"Other\" statute\n  days of office are working days under M 1\n",
    "fact f, g found by office presumed no under L 2\nfact h found by office as one of low, high\n",
    "fact f accrues 3% of issue.amount each day of t at most 9 EUR under L 2\nterm t: counts days from "
    "issue\n",
    "thing item \"Item\"\nact a \"A\" by office of item under L 2\nfact f of item = a\nfact g of item found "
    "by office\n",
    "mapping m xes\n  \"i\" -> issue amount=\"a\"\n  unseen send, pay, gone, issue.kind, issue.time, "
    "issue.words, issue.paper\n"
    "  unseen issue.ground, issue.holder, issue.count\n  assume issue.seen = 2024-01-02\n",
    "fact f found by office\nmapping m csv case \"c\" act \"a\" time \"t\"\n  \"i\" -> issue\n  assume f = "
    "yes\n",
    "fact f found by office\nmapping m xes\n  \"i\" -> issue\n  \"f\" -> find f=\"found\"\n",
    // Time
    "term t: issue.time from the later of issue and send\n  restarts on send on issue\n  stops while send "
    "unanswered by pay\n"
    "  extended on send by 3 days at most 9 days once\n  at most 1 years from issue\n  counted by plain\n",
    "term t: 3 days from the earlier of issue and lapse of u\nterm u: 2 months from breach of r\n"
    "rule r \"R\" under L 2\n  send only if issue\n",
    "term t: 3 hours from issue\n",
    "term t: limit(issue.kind) days from issue\n"
    "table limit(kind) -> days under L 2\n  small -> 3\n  large -> 9\n",
    "term t: counts working days from issue\n",
    "target \"T\"\nterm t: 3 days from target\n  at most 1 years from target\n",
    "fact f = send within issue.time of issue\n",
    "term t: 3 days from issue\n  extended on send by 3 days at most issue.time\n",
    "term t: 3 days from issue\n  at most issue.time from issue\n",
    // Rules
    "rule r \"R\" under L 2\n  governed by issue\n  if issue\n  party may pay within 3 days of issue if "
    "send from 2020-01-01\n"
    "  office must send promptly after issue so that issue unless pay until 2030-01-01\n  no send on issue "
    "if pay\n"
    "  breach: issue falls; send is voidable; office answers\n",
    "rule r \"R\" under L 2\n  overrides s\n  no send if pay\nrule s \"S\" under L 2\n  on lapse of t: gone "
    "is deemed if issue\n"
    "term t: 3 days from issue\n",
    "thing item \"Item\"\nact a \"A\" by office of item under L 2\nrule r \"R\" under L 2\n  for each "
    "item\n  no send "
    "if a\n",
    "rule r \"R\" under L 2\n  governed by lapse of t\n  no send if pay\nterm t: 3 days from issue\n",
    "act past \"Past\" by law to party on issue under L 1\n  since: day\nrule r \"R\" under L 2\n  on "
    "issue: "
    "past is deemed with since = issue.seen\n",
    "rule r \"R\" under L 2\n  on issue: send is voidable cured by pay\n",
    "rule r \"R\" under L 2\n  on pay: issue is stayed; issue is changed\n",
    "rule r \"R\" under L 2\n  on pay: pay may be refused by office\n",
    // More than one of what may be there once
    "fact f, g = issue\n",
    "act back \"Back\" by office on issue or send under L 2\nexample \"e\"\n  2024-01-02 back on send\n",
};

// The kinds that the rows of the table show.
struct Seen {
  std::set<syntax::ExprKind> exprs;
  std::set<std::size_t> items;
  std::set<syntax::TypeKind> types;

  void Walk(const syntax::Expr& expr) {
    exprs.insert(expr.kind);
    for (const syntax::Expr& operand : expr.operands) Walk(operand);
  }
  void Walk(const syntax::Tree& tree) {
    for (const syntax::Page& page : tree.pages) {
      for (const syntax::Item& item : page.items) Walk(item);
    }
  }
  void Walk(const syntax::Item& item) {
    items.insert(item.index());
    if (const auto* fact = std::get_if<syntax::Fact>(&item); fact != nullptr && fact->value)
      Walk(*fact->value);
    if (const auto* act = std::get_if<syntax::Act>(&item)) {
      for (const syntax::FieldLine& line : act->fields) types.insert(line.type.kind);
    }
    if (const auto* example = std::get_if<syntax::Example>(&item)) {
      for (const syntax::ExampleStep& step : example->steps) {
        for (const syntax::FieldValue& field : step.fields) Walk(field.value);
      }
    }
  }
};

struct Said {
  syntax::Tree tree;
  bool read = false;
  bool compiled = false;
  std::string text;
};

Said CheckForm(std::string_view form) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {sources.Add("pack.md", std::string(kHead) + std::string(form) + "```\n")};
  Said said{.tree = syntax::Parse(sources, files, diagnostics), .read = !diagnostics.HasErrors()};
  said.compiled = Compile(said.tree, sources, {.calendars = {"italy"}}, diagnostics).has_value();
  said.text = diagnostics.Render(sources);
  return said;
}

TEST(Forms, EachIsCarriedOut) {
  for (const std::string_view form : kForms) {
    const Said said = CheckForm(form);
    EXPECT_TRUE(said.read && said.compiled) << form << said.text;
  }
}

TEST(Forms, TheTableHasEveryKind) {
  Seen seen;
  for (const std::string_view form : kForms) seen.Walk(CheckForm(form).tree);
  for (int kind = 0; kind <= static_cast<int>(syntax::ExprKind::kProvision); ++kind) {
    EXPECT_TRUE(seen.exprs.contains(static_cast<syntax::ExprKind>(kind))) << "expression " << kind;
  }
  for (int kind = 0; kind <= static_cast<int>(syntax::TypeKind::kList); ++kind) {
    EXPECT_TRUE(seen.types.contains(static_cast<syntax::TypeKind>(kind))) << "type " << kind;
  }
  EXPECT_EQ(seen.items.size(), std::variant_size_v<syntax::Item>);
}

TEST(Forms, AUsedPackThatWasNotJoinedIsSaid) {
  source::Sources sources;
  source::Diagnostics diagnostics;
  const std::array files = {
      sources.Add("pack.md", "```lawbound\npack test/use \"Use\" @en\nuse prc/base\n```\n")};
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  EXPECT_FALSE(Compile(tree, sources, {}, diagnostics));
  EXPECT_NE(diagnostics.Render(sources).find("C161: there is no pack 'prc/base'"), std::string::npos);
}

}  // namespace
}  // namespace lawbound::check
