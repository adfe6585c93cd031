// An explanation as one page.  It asks for nothing, runs nothing, and reads the same printed.
#include "report/account_html.h"
#include "report/case_story.h"
#include "report/html.h"
#include "report/style.h"
#include "report/words.h"

namespace lawbound::report {
namespace {

class Page {
 public:
  Page(Html& html, const ExplanationReport& report) : html_(html), report_(report) {}

  void Write() {
    auto document = html_.Document(words::kLanguage);
    WriteHead();
    auto body = html_.Open("body");
    html_.Element("a", words::kSkipToCase, {{"class", "skip"}, {"href", "#case"}});
    {
      auto header = html_.Open("header");
      html_.Element("p", words::kExplainedCase, {{"class", "kicker"}});
      Title("h1", report_.title);
    }
    {
      auto main = html_.Open("main", {{"id", "case"}});
      for (std::size_t i = 0; i < report_.cases.size(); ++i) {
        WriteCase(report_.cases[i]);
        if (i < report_.next.size()) WriteNext(report_.next[i]);
      }
    }
    auto footer = html_.Open("footer");
    html_.Element("p", words::kFooter);
  }

 private:
  void Title(MarkupName tag, std::string_view title) {
    if (report_.language.empty() || report_.language == words::kLanguage) {
      html_.Element(tag, title);
    } else {
      html_.Element(tag, title, {{"lang", std::string(report_.language)}});
    }
  }

  void WriteHead() {
    auto head = html_.Open("head");
    html_.Void("meta", {{"charset", "utf-8"}});
    html_.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html_.Void("meta", {{"http-equiv", "Content-Security-Policy"},
                        {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
    html_.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html_.Element("title",
                  words::ExplainedTitle(report_.title, report_.cases.empty() ? "" : report_.cases[0].name));
    html_.Style(kStyle);
  }

  void WriteOutcomes(const std::vector<ToldOutcome>& outcomes) {
    for (const ToldOutcome& told : outcomes) {
      const bool broken = told.outcome.finding == model::Finding::kBroken;
      auto box = html_.Open("div", {{"class", broken ? "finding" : "finding unsure"}});
      {
        auto line = html_.Open("p");
        html_.Element("span", told.account.headline, {{"class", "verdict"}});
        html_.Text(" " + words::Quoted(told.account.rule));
      }
      WriteAccount(html_, told.account);
    }
  }

  void WriteCase(const CaseStory& story) {
    auto section = html_.Open("section");
    html_.Element("h2", words::CaseLine(story.name));
    html_.Element("p", words::AsOfLine(story.as_of), {{"class", "note"}});
    if (!story.not_told.empty()) html_.Element("p", story.not_told);
    auto list = html_.Open("ol", {{"class", "story"}});
    for (const ToldEvent& event : story.events) {
      auto item = html_.Open("li");
      {
        auto line = html_.Open("p");
        html_.Element("time", words::LongDate(event.day), {{"datetime", base::PrintDay(event.day)}});
        html_.Text(" " + event.text);
        if (!event.verdict.empty()) {
          html_.Text(" ");
          html_.Element("span", event.verdict, {{"class", "tag"}});
        }
      }
      if (!event.fields.empty()) html_.Element("p", event.fields, {{"class", "note"}});
      WriteOutcomes(event.outcomes);
    }
    WriteOpen(story);
  }

  void WriteOpen(const CaseStory& story) {
    if (story.open.empty()) return;
    html_.Element("h3", words::OpenLine(story.as_of));
    auto list = html_.Open("ul");
    for (const ToldDuty& duty : story.open) {
      auto entry = html_.Open("li");
      html_.Text(duty.text);
      if (!duty.unsure.empty()) html_.Element("p", duty.unsure, {{"class", "note"}});
    }
  }

  void WriteNext(const NextStory& next) {
    auto section = html_.Open("section");
    html_.Element("h2", words::NextTitle(next.name, next.day));
    const ToldPossibility* before = nullptr;
    for (const ToldPossibility& act : next.acts) {
      if (before == nullptr || before->answer != act.answer)
        html_.Element("h3", words::NextHeading(act.answer));
      before = &act;
      html_.Element("h4", act.title);
      html_.Element("p", act.when);
      for (const std::string& opener : act.openers) html_.Element("p", opener, {{"class", "ground"}});
      WriteOutcomes(act.in_the_way);
    }
  }

  Html& html_;
  const ExplanationReport& report_;
};

}  // namespace

void WriteExplanationHtml(const ExplanationReport& report, std::ostream& out) {
  Html html(out);
  Page(html, report).Write();
}

}  // namespace lawbound::report
