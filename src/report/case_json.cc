// An explanation as JSON, docs/formats/explanation-json.md.
#include "program/codec.h"
#include "program/names.h"
#include "report/audit_json.h"
#include "report/case_story.h"
#include "report/json.h"
#include "report/words.h"

namespace lawbound::report {
namespace {

class Writer {
 public:
  Writer(const ExplanationReport& report, std::ostream& out)
      : report_(report), program_(report.plan.program()), json_(out) {}

  void Write() {
    json_.Begin('{');
    json_.Line().Key("format").Text("lawbound-explanation 1");
    json_.Line().Key("pack").Text(program_.string(program_.path));
    json_.Line().Key("title").Text(report_.title);
    json_.Line().Key("language").Text(report_.language);
    json_.Line().Key("cases").Begin('[');
    for (std::size_t i = 0; i < report_.cases.size(); ++i) {
      WriteCase(report_.cases[i], i < report_.next.size() ? &report_.next[i] : nullptr);
    }
    json_.Line().End(']').Line().End('}');
  }

 private:
  void Texts(std::string_view key, const std::vector<std::string>& texts) {
    json_.Key(key).Begin('[');
    for (const std::string& text : texts) json_.Text(text);
    json_.End(']');
  }
  void Reasons(std::string_view key, const std::vector<Reason>& reasons) {
    json_.Key(key).Begin('[');
    for (const Reason& reason : reasons) {
      json_.Begin('{').Key("text").Text(reason.text);
      Reasons("parts", reason.parts);
      json_.End('}');
    }
    json_.End(']');
  }
  void Outcomes(std::string_view key, const std::vector<ToldOutcome>& outcomes, Day as_of) {
    json_.Key(key).Begin('[');
    for (const ToldOutcome& told : outcomes) {
      const Account& account = told.account;
      json_.Line().Begin('{');
      WriteOutcome(json_, program_, told.outcome, as_of);
      json_.Key("part");
      told.part.empty() ? json_.Null() : json_.Text(told.part);
      json_.Key("says").Begin('{');
      json_.Key("headline").Text(account.headline);
      json_.Key("rule").Text(account.rule);
      Texts("provisions", account.provisions);
      Texts("provision_texts", account.provision_texts);
      json_.Key("as_written").Text(account.sentence);
      Reasons("reasons", account.reasons);
      Texts("marks", account.marks);
      Texts("follows", account.follows);
      Texts("cure", account.cure);
      json_.End('}').End('}');
    }
    json_.End(']');
  }

  void WriteCase(const CaseStory& story, const NextStory* next) {
    json_.Line().Begin('{').Key("case").Text(story.name);
    json_.Key("as_of").Text(base::PrintDay(story.as_of));
    json_.Key("not_told");
    story.not_told.empty() ? json_.Null() : json_.Text(story.not_told);
    json_.Key("events").Begin('[');
    for (const ToldEvent& event : story.events) {
      json_.Line().Begin('{').Key("day").Text(base::PrintDay(event.day));
      json_.Key("verdict");
      event.verdict.empty() ? json_.Null() : json_.Text(event.verdict);
      json_.Key("text").Text(event.text).Key("fields").Text(event.fields);
      Outcomes("findings", event.outcomes, story.as_of);
      json_.End('}');
    }
    json_.Line().End(']').Key("open").Begin('[');
    for (const ToldDuty& duty : story.open) {
      json_.Line().Begin('{').Key("text").Text(duty.text).Key("unsure");
      duty.unsure.empty() ? json_.Null() : json_.Text(duty.unsure);
      json_.End('}');
    }
    json_.End(']').Key("next");
    next == nullptr ? void(json_.Null()) : WriteNext(*next);
    json_.End('}');
  }

  void WriteNext(const NextStory& next) {
    json_.Begin('{').Key("day").Text(base::PrintDay(next.day)).Key("acts").Begin('[');
    for (const ToldPossibility& act : next.acts) {
      json_.Line().Begin('{').Key("act").Text(program::NameOf(program_, act.act));
      json_.Key("title").Text(act.title);
      json_.Key("answer").Text(words::AnswerWord(act.answer, true));
      json_.Key("from");
      act.from < engine::kNever ? json_.Text(base::PrintDay(act.from)) : json_.Null();
      json_.Key("when").Text(act.when);
      Texts("sooner", act.openers);
      Outcomes("in_the_way", act.in_the_way, next.day);
      json_.End('}');
    }
    json_.End(']').End('}');
  }

  const ExplanationReport& report_;
  const program::Program& program_;
  JsonWriter json_;
};

}  // namespace

void WriteExplanationJson(const ExplanationReport& report, std::ostream& out) {
  Writer(report, out).Write();
  out << '\n';
}

}  // namespace lawbound::report
