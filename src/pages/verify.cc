// Receipts and documents verified: by upload, and the page that does it in a browser without a network.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sstream>

#include "pages/check_script.h"
#include "pages/page.h"
#include "tlog/checkpoint.h"
#include "tlog/note.h"
#include "tlog/receipt.h"

namespace lawbound::pages {
namespace {

using report::Html;
using tlog::DocumentMatch;

base::Result<tlog::ReceiptReport> Verified(service::Service& service, std::string_view bytes) {
  ASSIGN_OR_RETURN(const std::vector<std::string> lines, service.LogKeys());
  tlog::Trust trust;
  for (const std::string& line : lines) {
    ASSIGN_OR_RETURN(tlog::VerifierKey key, tlog::ParseVerifierKey(line));
    trust.logs.push_back(std::move(key));
  }
  ASSIGN_OR_RETURN(const tlog::Receipt receipt, tlog::ParseReceipt(bytes));
  ASSIGN_OR_RETURN(const tlog::SignedCheckpoint checkpoint, tlog::OpenCheckpoint(receipt.checkpoint, trust));
  return tlog::VerifyReceipt(receipt, checkpoint);
}

// What facts and fields of the record's own are called; others bear the names that packs give them.
struct FactTitle {
  std::string_view name;
  Phrase title;
};
constexpr std::array<FactTitle, 14> kFactTitles = {{{"act", Phrase::kFactAct},
                                                    {"day", Phrase::kFactDay},
                                                    {"desk", Phrase::kFactDesk},
                                                    {"digest", Phrase::kFactDigest},
                                                    {"item", Phrase::kFactItem},
                                                    {"matter", Phrase::kFactMatter},
                                                    {"of", Phrase::kFactOf},
                                                    {"office", Phrase::kOffice},
                                                    {"pack", Phrase::kFactPack},
                                                    {"program", Phrase::kFactProgram},
                                                    {"recorded", Phrase::kFactRecorded},
                                                    {"size", Phrase::kFactSize},
                                                    {"step", Phrase::kFactStep},
                                                    {"verdict", Phrase::kVerdict}}};

std::string TitleOfFact(const Visit& visit, const std::string& name) {
  const auto found = std::ranges::find(kFactTitles, name, &FactTitle::name);
  return found == kFactTitles.end() ? name : visit.Say(found->title);
}

std::string StateWords(const Visit& visit, const tlog::FieldReport& field) {
  const std::string by = field.by ? std::to_string(*field.by) : "";
  switch (field.state) {
    case tlog::FieldState::kShown:
      return field.value.value_or("");
    case tlog::FieldState::kEmpty:
      return visit.Say(Phrase::kLeftEmpty);
    case tlog::FieldState::kWithheld:
      return visit.Say(Phrase::kWithheld);
    case tlog::FieldState::kSealed:
      return visit.Say(Phrase::kSealed, {by});
    case tlog::FieldState::kErased:
      return visit.Say(Phrase::kErased, {by});
    case tlog::FieldState::kMissing:
      break;
  }
  return visit.Say(Phrase::kNotShown);
}

struct Verdict {
  bool good = false;
  Phrase title, text;
};

Verdict VerdictOf(const tlog::ReceiptReport& report, const std::string* document) {
  if (document == nullptr)
    return {true, report.IsComplete() ? Phrase::kVerifyGood : Phrase::kVerifyPart, Phrase::kEntry};
  switch (tlog::MatchDocument(report, *document)) {
    case DocumentMatch::kSame:
      return {true, Phrase::kVerifySame, Phrase::kEntry};
    case DocumentMatch::kAnother:
      return {false, Phrase::kVerifyAnother, Phrase::kVerifyAnotherText};
    case DocumentMatch::kNotShown:
      return {false, Phrase::kVerifyNotCompared, Phrase::kVerifyNotComparedText};
    case DocumentMatch::kNoDocument:
      break;
  }
  return {false, Phrase::kVerifyNoDocument, Phrase::kVerifyNoDocumentText};
}

// Whether it all fits.
bool WriteReport(Page& page, const base::Result<tlog::ReceiptReport>& report, const std::string* document) {
  const Visit& visit = page.visit();
  const auto box = [&](bool good, Phrase title, const std::string& text) {
    const auto section = page.Alert(good ? "success" : "error", visit.Say(title), "verified");
    page.Paragraph(text);
  };
  if (!report.ok()) {
    box(false, Phrase::kVerifyBad, visit.Say(Phrase::kVerifyBadText, {report.error().message}));
    return false;
  }
  const Verdict verdict = VerdictOf(report.value(), document);
  box(verdict.good, verdict.title, visit.Say(verdict.text, {std::to_string(report.value().index)}));
  std::vector<std::pair<std::string, std::string>> rows;
  for (const tlog::Fact& fact : report.value().entry.facts)
    rows.emplace_back(TitleOfFact(visit, fact.name), fact.value);
  for (const tlog::FieldReport& field : report.value().fields)
    rows.emplace_back(TitleOfFact(visit, field.name), StateWords(visit, field));
  page.Summary(rows);
  return verdict.good;
}

constexpr std::array<Phrase, 4> kChecked = {Phrase::kVerifyCheckedSignature, Phrase::kVerifyCheckedPath,
                                            Phrase::kVerifyCheckedFields, Phrase::kVerifyCheckedDocument};
constexpr std::array<Phrase, 3> kNotChecked = {Phrase::kVerifyNotTrue, Phrase::kVerifyNotLater,
                                               Phrase::kVerifyNotOnly};

void WriteWhatIsChecked(Page& page) {
  const Visit& visit = page.visit();
  const auto list = [&](Phrase title, const auto& items) {
    page.Section(visit.Say(title));
    std::vector<std::string> lines;
    for (const Phrase item : items) lines.push_back(visit.Say(item));
    page.Bullets(lines);
  };
  list(Phrase::kVerifyChecked, kChecked);
  list(Phrase::kVerifyNotChecked, kNotChecked);
}

// The bytes of a file of the form; nothing: none was chosen.
const std::string* FileOf(const Visit& visit, std::string_view field) {
  const auto found = std::ranges::find(visit.request.files, field, &http::Upload::field);
  return found == visit.request.files.end() || found->bytes.empty() ? nullptr : &found->bytes;
}

bool IsReceipt(const std::string* bytes) {
  return bytes != nullptr && bytes->starts_with("c2sp.org/tlog-proof");
}

}  // namespace

http::Response VerifyPage(const Visit& visit) {
  std::optional<base::Result<tlog::ReceiptReport>> report;
  const std::string* document = FileOf(visit, "document");
  std::string error;
  if (visit.request.method == "POST") {
    // No token: nothing is changed, and whoever has the file may ask.
    const std::string* receipt = FileOf(visit, "receipt");
    if (!IsReceipt(receipt) && IsReceipt(document)) {
      error = visit.Say(Phrase::kVerifySwapped);
    } else if (receipt == nullptr) {
      error = visit.Say(Phrase::kVerifyNoFile);
    } else {
      report = Verified(visit.service, *receipt);
    }
  }
  Page page(visit, {.title = visit.Say(Phrase::kVerifyTitle), .here = "/verify", .wrong = !error.empty()});
  if (!error.empty()) page.ErrorSummary({{"receipt", error}});
  page.Heading();
  const bool good = !report || WriteReport(page, *report, document);
  page.Paragraph(visit.Say(Phrase::kVerifyLead));
  {
    const auto form = page.Form(visit.To("/verify"), true);
    page.Input({"receipt", visit.Say(Phrase::kVerifyFile), visit.Say(Phrase::kVerifyFileHint), error}, "file",
               "");
    page.Input({"document", visit.Say(Phrase::kVerifyDocument), visit.Say(Phrase::kVerifyDocumentHint), ""},
               "file", "");
    page.Button(visit.Say(Phrase::kVerifyButton));
  }
  WriteWhatIsChecked(page);
  page.Paragraph(visit.Say(Phrase::kVerifyPaper));
  page.Section(visit.Say(Phrase::kVerifyElsewhere));
  page.Paragraph(visit.Say(Phrase::kVerifyElsewhereText));
  page.Link(visit.Say(Phrase::kVerifyOffline), visit.To("/verify/offline"));
  page.Link(visit.Say(Phrase::kVerifySave), visit.To("/verify/offline?save=1"));
  if (const base::Result<std::vector<std::string>> keys = visit.service.LogKeys(); keys.ok()) {
    const auto details = page.Details(visit.Say(Phrase::kVerifyKeys));
    const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
    for (const std::string& key : keys.value())
      page.html().Element("p", key, {{"class", "govuk-body lb-key"}});
  }
  return page.Finish(!error.empty() ? 400 : good ? 200 : 422);
}

// ------------------------------------------------------------------------------------ without a network

namespace {

constexpr char kStyle[] =
    ":root{color-scheme:light}*{box-sizing:border-box}"
    "body{margin:0;background:#f3f2ee;color:#0b0c0c;font:1.125rem/1.5 system-ui,-apple-system,\"Segoe "
    "UI\",Arial,"
    "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"WenQuanYi Micro Hei\",sans-serif;"
    "overflow-wrap:anywhere}[hidden]{display:none!important}"
    "header{background:#14213d;color:#fff;padding:.75rem 1rem;font-weight:700}"
    "main{max-width:44rem;margin:0 auto;background:#fff;padding:1.5rem 1rem 3rem}"
    "h1{font-size:1.75rem;line-height:1.25}h2{font-size:1.25rem;margin:2rem 0 .5rem}"
    "label{display:block;font-weight:700;margin-top:1.25rem}.hint{color:#484949;margin:0 0 .25rem}"
    "input[type=file]{max-width:100%;font:inherit;padding:.25rem}"
    "textarea{width:100%;font:.9375rem/1.4 ui-monospace,\"DejaVu Sans Mono\",monospace;border:2px solid "
    "#0b0c0c;"
    "padding:.5rem}"
    "button{margin-top:1.25rem;font:inherit;font-weight:700;background:#0f7a52;color:#fff;border:0;"
    "padding:.5rem 1.25rem;min-height:44px;cursor:pointer}"
    ":focus-visible{outline:3px solid #0b0c0c;box-shadow:0 0 0 6px #fd0}"
    ".box{border:5px solid #ca3535;padding:1rem 1.25rem;margin:1.5rem 0}.box.good{border-color:#0f7a52}"
    ".box.unsure{border-color:#a15c07}.box h2{margin-top:0}"
    "dl{margin:0}dt{font-weight:700;margin-top:.5rem}dd{margin:0;white-space:pre-line}";

std::string PolicyOfOffline() {
  return fmt::format(
      "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; form-action 'none'; "
      "base-uri 'none'",
      tlog::PrintHash(tlog::Sha256(kCheckScript)), tlog::PrintHash(tlog::Sha256(kStyle)));
}

// The titles of answers and their texts: the script shows one of them and writes no words of its own.
struct OfflineAnswer {
  std::string_view id;
  Phrase title, text;
};
constexpr std::array<OfflineAnswer, 15> kAnswers = {
    {{"same", Phrase::kVerifySame, Phrase::kVerifyCheckedDocument},
     {"verified", Phrase::kVerifyGood, Phrase::kVerifyCheckedPath},
     {"missing", Phrase::kVerifyPart, Phrase::kVerifyCheckedPath},
     {"another", Phrase::kVerifyAnother, Phrase::kVerifyAnotherText},
     {"not-shown", Phrase::kVerifyNotCompared, Phrase::kVerifyNotComparedText},
     {"none", Phrase::kVerifyNoDocument, Phrase::kVerifyNoDocumentText},
     {"unsigned", Phrase::kVerifyUnsigned, Phrase::kVerifyUnsignedText},
     {"malformed", Phrase::kVerifyBad, Phrase::kOfflineMalformed},
     {"key", Phrase::kVerifyBad, Phrase::kOfflineKeyWrong},
     {"signature", Phrase::kVerifyBad, Phrase::kOfflineSignature},
     {"no-key", Phrase::kVerifyBad, Phrase::kOfflineNoKey},
     {"proof", Phrase::kVerifyBad, Phrase::kOfflinePath},
     {"field", Phrase::kVerifyBad, Phrase::kOfflineField},
     {"no-receipt", Phrase::kThereIsAProblem, Phrase::kVerifyNoFile},
     {"swapped", Phrase::kThereIsAProblem, Phrase::kVerifySwapped}}};

void WriteOfflineHead(const Visit& visit, Html& html) {
  const auto head = html.Open("head");
  html.Void("meta", {{"charset", "utf-8"}});
  html.Void("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", PolicyOfOffline()}});
  html.Element("title", visit.Say(Phrase::kVerifyOffline));
  html.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.Void("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.Void("link", {{"rel", "icon"}, {"href", "data:,"}});
  html.Style(kStyle);
}

void WriteOfflineForm(const Visit& visit, Html& html) {
  // The script uncovers it: without one it would do nothing.
  const auto form = html.Open("form", {{"id", "form"}, {"hidden", "hidden"}, {"novalidate", "novalidate"}});
  const auto field = [&](const std::string& id, Phrase label, Phrase hint) {
    html.Element("label", visit.Say(label), {{"for", id}});
    html.Element("p", visit.Say(hint), {{"class", "hint"}, {"id", id + "-hint"}});
  };
  for (const auto& [id, label, hint] :
       {std::tuple("receipt", Phrase::kVerifyFile, Phrase::kVerifyFileHint),
        std::tuple("document", Phrase::kVerifyDocument, Phrase::kVerifyDocumentHint)}) {
    field(id, label, hint);
    html.Void("input", {{"type", "file"}, {"id", id}, {"aria-describedby", fmt::format("{}-hint", id)}});
  }
  field("keys", Phrase::kOfflineKeys, Phrase::kOfflineKeysHint);
  std::string keys;
  if (const base::Result<std::vector<std::string>> own = visit.service.LogKeys(); own.ok()) {
    for (const std::string& key : own.value()) keys += key + "\n";
  }
  html.Element("textarea", keys,
               {{"id", "keys"}, {"rows", "3"}, {"spellcheck", "false"}, {"aria-describedby", "keys-hint"}});
  html.Element("button", visit.Say(Phrase::kVerifyButton), {{"type", "submit"}});
}

// Everything that the script may show, in its place and not seen.
void WriteOfflineAnswers(const Visit& visit, Html& html) {
  const auto box = html.Open("section", {{"id", "answer"},
                                         {"class", "box"},
                                         {"hidden", "hidden"},
                                         {"tabindex", "-1"},
                                         {"aria-labelledby", "title"}});
  html.Element("h2", "", {{"id", "title"}});
  for (const OfflineAnswer& answer : kAnswers) {
    html.Element("p", visit.Say(answer.text),
                 {{"data-answer", std::string(answer.id)},
                  {"data-title", visit.Say(answer.title)},
                  {"hidden", "hidden"}});
  }
  {
    const auto found = html.Open("div", {{"id", "found"}, {"hidden", "hidden"}});
    html.Element("h2", visit.Say(Phrase::kOfflineFound));
    html.Element("dl", "", {{"id", "rows"}});
  }
  const auto words = html.Open("ul", {{"id", "words"}, {"hidden", "hidden"}});
  for (const FactTitle& fact : kFactTitles)
    html.Element("li", visit.Say(fact.title), {{"data-word", "name " + std::string(fact.name)}});
  for (const auto& [word, phrase] :
       {std::pair("log", Phrase::kFactLog), std::pair("entry", Phrase::kFactEntry),
        std::pair("withheld", Phrase::kWithheld), std::pair("left empty", Phrase::kLeftEmpty),
        std::pair("missing", Phrase::kNotShown)})
    html.Element("li", visit.Say(phrase), {{"data-word", word}});
  for (const auto& [word, phrase] :
       {std::pair("sealed", Phrase::kSealed), std::pair("erased", Phrase::kErased)})
    html.Element("li", visit.Say(phrase, {"*"}), {{"data-word", word}});
}

}  // namespace

// The one page that carries a script: docs/decisions/0333-a-page-that-checks.md.
http::Response OfflinePage(const Visit& visit) {
  std::ostringstream out;
  Html html(out);
  {
    const auto document = html.Document(visit.language == Language::kZh ? "zh-CN" : "en");
    WriteOfflineHead(visit, html);
    const auto body = html.Open("body");
    const std::string& own = visit.language == Language::kZh ? visit.options.name_zh : visit.options.name_en;
    html.Element("header", own.empty() ? visit.Say(Phrase::kName) : own);
    const auto main = html.Open("main");
    html.Element("h1", visit.Say(Phrase::kVerifyOffline));
    html.Element("p", visit.Say(Phrase::kOfflineLead));
    {
      const auto none = html.Open("noscript");
      html.Element("p", visit.Say(Phrase::kOfflineScript, {visit.options.address + visit.To("/verify")}),
                   {{"class", "box unsure"}});
    }
    html.Element("p", visit.Say(Phrase::kOfflineCrypto),
                 {{"id", "no-crypto"}, {"class", "box"}, {"hidden", "hidden"}});
    WriteOfflineForm(visit, html);
    WriteOfflineAnswers(visit, html);
    const auto list = [&](Phrase title, const auto& items) {
      html.Element("h2", visit.Say(title));
      const auto bullets = html.Open("ul");
      for (const Phrase item : items) html.Element("li", visit.Say(item));
    };
    list(Phrase::kVerifyChecked, kChecked);
    list(Phrase::kVerifyNotChecked, kNotChecked);
    html.Script(kCheckScript);
  }
  http::Response answer = http::Response::Html(200, out.str());
  answer.With("Content-Security-Policy", PolicyOfOffline() + "; frame-ancestors 'none'")
      .With("Referrer-Policy", "no-referrer")
      .With("X-Frame-Options", "DENY")
      .With("Cache-Control", "no-cache");
  if (visit.request.Query("save"))
    answer.With("Content-Disposition", fmt::format("attachment; filename=\"verify-{}.html\"",
                                                   visit.language == Language::kZh ? "zh" : "en"));
  return answer;
}

}  // namespace lawbound::pages
