// The audit as one page.  Everything it needs is in it: it asks for nothing, runs nothing, and reads the same
// printed.
#include <algorithm>
#include <fmt/format.h>

#include "base/shell.h"
#include "engine/explain.h"
#include "report/account.h"
#include "report/account_html.h"
#include "report/audit_report.h"
#include "report/html.h"
#include "report/listing.h"
#include "report/plot.h"
#include "report/style.h"
#include "report/summary.h"
#include "report/words.h"

namespace lawbound::report {

namespace {

class Page {
 public:
  Page(Html& html, const AuditReport& report)
      : html_(html),
        report_(report),
        document_(MakeDocument(report)),
        lists_(ListFindings(report.plan, report.audit)) {}

  void Write() {
    auto document = html_.Document(words::kLanguage);
    WriteHead();
    auto body = html_.Open("body");
    html_.Element("a", words::kSkip, {{"class", "skip"}, {"href", "#found"}});
    WriteHeader();
    {
      auto main = html_.Open("main");
      WriteFound();
      WriteRules();
      WriteParties();
      WriteActs();
      WriteAssumptions();
      WriteQuality();
      WriteComputed();
    }
    auto footer = html_.Open("footer");
    html_.Element("p", words::kFooter);
  }

 private:
  void WriteHead();
  void WriteHeader();
  void WriteFigures();
  void WriteFound();
  void WriteOverview();
  void WriteRules();
  void WriteRule(const RuleFigures& rule);
  void WriteAct(const ActFigures& act, model::ActId id);
  void WriteProvisions(const std::vector<Provision>& provisions);
  void WriteSentences(const RuleFigures& rule);
  void WriteList(std::string_view heading, const FindingList& list, std::uint64_t count);
  void WriteMore(const FindingList& list, std::uint64_t more);
  void WriteFinding(const engine::KeptCase& kept);
  void WriteParties();
  void WriteActs();
  void WriteAssumptions();
  void WriteQuality();
  void WriteComputed();

  void Paragraphs(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) html_.Element("p", line);
  }
  void Items(const std::vector<std::string>& lines) {
    auto list = html_.Open("ul");
    for (const std::string& line : lines) html_.Element("li", line);
  }
  void Numbers(std::initializer_list<std::uint64_t> numbers) {
    for (const std::uint64_t number : numbers) html_.Element("td", words::Number(number));
  }
  // Titles are in the language that was asked for, the rest of the page in that of the words.
  void Title(MarkupName tag, std::string_view title) {
    if (report_.language.empty() || report_.language == words::kLanguage) {
      html_.Element(tag, title);
    } else {
      html_.Element(tag, title, {{"lang", report_.language}});
    }
  }
  model::RuleId RuleOf(const RuleFigures& rule) const {
    const program::Program& program = report_.plan.program();
    for (std::size_t i = 0; i < program.rules.size(); ++i) {
      if (program.string(program.rules[i].name) == rule.id) return model::RuleId(i);
    }
    return {};
  }
  static bool BindsAuthority(const RuleFigures& rule) {
    return std::any_of(rule.sentences.begin(), rule.sentences.end(), [](const SentenceFigures& sentence) {
      return sentence.side != "party" && sentence.kind != "on";
    });
  }
  static bool HasFigures(const RuleFigures& rule) { return BindsAuthority(rule) && rule.Total().applied > 0; }

  Html& html_;
  const AuditReport& report_;
  const AuditDocument document_;
  const FindingLists lists_;
};

void Page::WriteHead() {
  auto head = html_.Open("head");
  html_.Void("meta", {{"charset", "utf-8"}});
  html_.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  // The browser itself will refuse any request: the page promises to make none.
  html_.Void("meta", {{"http-equiv", "Content-Security-Policy"},
                      {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
  html_.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html_.Element("title", words::TitleLine(document_.title, words::List(document_.logs)));
  html_.Style(kStyle);
}

void Page::WriteHeader() {
  auto header = html_.Open("header");
  html_.Element("p", words::KickerLine(words::List(document_.logs)), {{"class", "kicker"}});
  Title("h1", document_.title);
  const std::vector<std::string> lines = OpeningLines(document_);
  const auto facts = std::find(lines.begin(), lines.end(), words::AsOfLine(document_.as_of));
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    html_.Element("p", *line, {{"class", line < facts ? "lead" : "note"}});
  }
  WriteFigures();
}

void Page::WriteFigures() {
  Tally total;
  for (const RuleFigures& rule : document_.rules) {
    for (const SentenceFigures& sentence : rule.sentences) {
      if (sentence.side != "party") total.Add(sentence.tally);
    }
  }
  auto list = html_.Open("dl", {{"class", "figures"}});
  const auto figure = [&](std::string_view label, std::uint64_t number, std::string style) {
    auto group = html_.Open("div", {{"class", std::move(style)}});
    html_.Element("dt", label);
    html_.Element("dd", words::Number(number));
  };
  figure(words::kCases, document_.cases, "figure");
  figure(words::kApplied, total.applied, "figure");
  figure(words::kBreaches, total.broken, "figure breach");
  figure(words::kCannotTell, total.cannot_tell, "figure unsure");
}

void Page::WriteFound() {
  auto section = html_.Open("section", {{"id", "found"}});
  html_.Element("h2", words::kSummary);
  {
    auto list = html_.Open("dl", {{"class", "found"}});
    for (const RuleFigures& rule : document_.rules) {
      if (!HasFigures(rule)) continue;
      {
        auto term = html_.Open("dt");
        html_.Element("a", rule.title, {{"href", "#rule-" + rule.id}});
        html_.Element("span", rule.Citations(), {{"class", "cite"}});
      }
      auto said = html_.Open("dd");
      for (const std::string& line : RuleLines(rule)) html_.Element("p", line);
    }
  }
  WriteOverview();
}

void Page::WriteOverview() {
  auto scroller = html_.Open("div", {{"class", "scroll"},
                                     {"role", "region"},
                                     {"tabindex", "0"},
                                     {"aria-label", std::string(words::kTableOfRules)}});
  auto table = html_.Open("table", {{"class", "wide"}});
  html_.Element("caption", words::kTableOfRules);
  {
    auto head = html_.Open("thead");
    auto row = html_.Open("tr");
    for (const std::string_view label : words::kColumns)
      html_.Element("th", words::Capital(std::string(label)), {{"scope", "col"}});
  }
  auto body = html_.Open("tbody");
  for (const RuleFigures& rule : document_.rules) {
    if (!HasFigures(rule)) continue;
    const Tally total = rule.Total();
    auto row = html_.Open("tr");
    {
      auto cell = html_.Open("th", {{"scope", "row"}});
      html_.Element("a", rule.title, {{"href", "#rule-" + rule.id}});
      html_.Text(" ");
      html_.Element("span", rule.Citations(), {{"class", "cite"}});
    }
    Numbers({total.applied, total.kept});
    html_.Element("td", words::Number(total.broken), {{"class", total.broken > 0 ? "breach" : "none"}});
    Numbers({total.pending, total.cannot_tell});
  }
}

void Page::WriteRules() {
  auto section = html_.Open("section", {{"id", "rules"}});
  html_.Element("h2", words::kRules);
  for (const RuleFigures& rule : document_.rules) {
    if (HasFigures(rule)) WriteRule(rule);
  }
  std::vector<std::string> idle;
  for (const RuleFigures& rule : document_.rules) {
    if (BindsAuthority(rule) && !HasFigures(rule)) idle.push_back(words::Quoted(rule.title));
  }
  if (!idle.empty()) html_.Element("p", words::NeverApplied(idle), {{"class", "note"}});
}

void Page::WriteProvisions(const std::vector<Provision>& provisions) {
  auto list = html_.Open("ul", {{"class", "provisions"}});
  for (const Provision& provision : provisions) {
    auto item = html_.Open("li");
    html_.Element("strong", provision.citation);
    html_.Text(fmt::format(" {} ", provision.instrument));
    html_.Element("span", words::ReadingWord(provision.reading),
                  {{"class", provision.reading == "seen" ? "tag" : "tag unsure"}});
  }
}

void Page::WriteSentences(const RuleFigures& rule) {
  auto scroller = html_.Open("div", {{"class", "scroll"},
                                     {"role", "region"},
                                     {"tabindex", "0"},
                                     {"aria-label", words::SentencesOf(rule.title)}});
  auto table = html_.Open("table", {{"class", "sentences"}});
  html_.Element("caption", words::kSentences);
  {
    auto head = html_.Open("thead");
    auto row = html_.Open("tr");
    for (const std::string_view label : words::kSentenceColumns)
      html_.Element("th", label, {{"scope", "col"}});
  }
  auto body = html_.Open("tbody");
  for (const SentenceFigures& sentence : rule.sentences) {
    const Tally& tally = sentence.tally;
    auto row = html_.Open("tr");
    {
      auto cell = html_.Open("th", {{"scope", "row"}});
      html_.Element("code", sentence.text);
    }
    if (sentence.kind == "on") {
      html_.Element("td", words::kEffectOnly, {{"colspan", "6"}, {"class", "cite"}});
      continue;
    }
    Numbers(
        {tally.applied, tally.kept, tally.late, tally.broken - tally.late, tally.pending, tally.cannot_tell});
  }
}

void Page::WriteRule(const RuleFigures& rule) {
  auto article = html_.Open("article", {{"id", "rule-" + rule.id}});
  Title("h3", rule.title);
  WriteProvisions(rule.provisions);
  Paragraphs(RuleLines(rule));
  WriteSentences(rule);
  DrawMonths(html_, rule);
  DrawDaysUsed(html_, rule);
  const model::RuleId id = RuleOf(rule);
  std::uint64_t broken = 0;
  std::uint64_t cannot_tell = 0;
  for (const SentenceFigures& sentence : rule.sentences) {
    if (sentence.side == "party") continue;
    broken += sentence.tally.broken;
    cannot_tell += sentence.tally.cannot_tell;
  }
  WriteList(words::kBrokenList, lists_.of(id, true), broken);
  WriteList(words::kCannotTellList, lists_.of(id, false), cannot_tell);
}

void Page::WriteList(std::string_view heading, const FindingList& list, std::uint64_t count) {
  if (count == 0) return;
  html_.Element("h4", heading);
  for (const engine::KeptCase* kept : list.kept) WriteFinding(*kept);
  if (count > list.kept.size()) WriteMore(list, count - list.kept.size());
}

// What the page has no room for: how many, the command that explains one, and the numbers of the next cases.
void Page::WriteMore(const FindingList& list, std::uint64_t more) {
  auto details = html_.Open("details", {{"class", "more"}});
  html_.Element("summary", words::MoreSummary(more));
  if (!list.more.empty()) {
    html_.Element("p", words::kMoreExplained);
    {
      auto block = html_.Open("pre");
      html_.Element("code", fmt::format("{} --case={}", report_.explain, base::ShellWord(list.more[0])));
    }
    if (list.more.size() > 1) {
      html_.Element("p", words::kMoreNamed);
      std::vector<std::string> names(list.more.begin() + 1, list.more.end());
      html_.Element("p", words::List(names, ", "), {{"class", "names"}});
    }
  }
  html_.Element("p", words::kMoreLimit, {{"class", "note"}});
}

void Page::WriteFinding(const engine::KeptCase& kept) {
  const model::History history = kept.batch.history(0);
  const engine::Explanation explanation = engine::Explain(report_.plan, history, kept.outcome);
  const Account account = MakeAccount(report_.plan, history, explanation,
                                      {.voice = report_.language, .as_of = report_.audit.as_of});
  const bool broken = kept.outcome.finding == model::Finding::kBroken;
  auto details = html_.Open("details", {{"class", broken ? "finding" : "finding unsure"}});
  {
    auto summary = html_.Open("summary");
    html_.Element("span", words::CaseLine(history.name), {{"class", "case"}});
    html_.Text(" ");
    html_.Element("span", account.headline, {{"class", "verdict"}});
    html_.Text(" ");
    html_.Element("span", words::AroseLine(kept.outcome.arose), {{"class", "cite"}});
  }
  WriteAccount(html_, account);
}

void Page::WriteParties() {
  const bool any = std::any_of(document_.rules.begin(), document_.rules.end(),
                               [](const RuleFigures& rule) { return rule.PartyLapses() > 0; });
  if (!any) return;
  auto section = html_.Open("section", {{"id", "parties"}});
  html_.Element("h2", words::kParties);
  html_.Element("p", words::kPartiesSay);
  auto list = html_.Open("ul");
  for (const RuleFigures& rule : document_.rules) {
    if (rule.PartyLapses() > 0) {
      html_.Element("li", words::PartyLine(rule.title, rule.Citations(), rule.PartyLapses()));
    }
  }
}

void Page::WriteActs() {
  bool any = false;
  for (const ActFigures& act : document_.acts) {
    any = any || (act.side != "party" && act.tally.broken + act.tally.cannot_tell > 0);
  }
  if (!any) return;
  auto section = html_.Open("section", {{"id", "acts"}});
  html_.Element("h2", words::kActs);
  html_.Element("p", words::kActsSay);
  for (std::size_t i = 0; i < document_.acts.size(); ++i) {
    const ActFigures& act = document_.acts[i];
    if (act.side != "party" && act.tally.broken + act.tally.cannot_tell > 0) WriteAct(act, model::ActId(i));
  }
}

void Page::WriteAct(const ActFigures& act, model::ActId id) {
  auto article = html_.Open("article", {{"id", "act-" + act.id}});
  Title("h3", act.title);
  WriteProvisions(act.provisions);
  html_.Element("p", words::ActLine(act.title, act.tally.broken, act.tally.cannot_tell));
  WriteList(words::kBrokenList, lists_.of(id, true), act.tally.broken);
  WriteList(words::kCannotTellList, lists_.of(id, false), act.tally.cannot_tell);
}

void Page::WriteAssumptions() {
  auto section = html_.Open("section", {{"id", "assumptions"}});
  html_.Element("h2", words::kAssumptions);
  Items(AssumptionLines(document_));
}

void Page::WriteQuality() {
  auto section = html_.Open("section", {{"id", "data"}});
  html_.Element("h2", words::kQuality);
  bool any = false;
  for (const QualityOfLog& of_log : document_.quality) {
    for (const QualitySection& part : of_log.page.sections) {
      any = true;
      html_.Element("h3", part.title);
      if (!part.says.empty()) html_.Element("p", part.says);
      auto list = html_.Open("dl", {{"class", "facts"}});
      for (const QualityFact& fact : part.facts) {
        html_.Element("dt", fact.label);
        auto value = html_.Open("dd");
        if (fact.count) html_.Text(words::Number(*fact.count));
        if (fact.count && !fact.note.empty()) html_.Text(" ");
        if (!fact.note.empty()) html_.Element("span", fact.note, {{"class", "cite"}});
      }
    }
  }
  if (!any) html_.Element("p", words::kNoQuality);
}

void Page::WriteComputed() {
  auto section = html_.Open("section", {{"id", "computed"}});
  html_.Element("h2", words::kComputed);
  html_.Element("p", words::AsOfLine(document_.as_of));
  Items(ComputedLines(document_));
  for (const CalendarUsed& calendar : document_.calendars) {
    if (calendar.sources.empty()) continue;
    auto details = html_.Open("details");
    html_.Element("summary", words::SourcesOf(calendar.name));
    Items(calendar.sources);
  }
  if (!report_.command.empty()) {
    html_.Element("p", words::kCommand);
    auto block = html_.Open("pre");
    html_.Element("code", report_.command);
  }
  html_.Element("p", words::kReproduce);
}

}  // namespace

void WriteAuditHtml(const AuditReport& report, std::ostream& out) {
  Html html(out);
  Page(html, report).Write();
}

}  // namespace lawbound::report
