#include "pages/document.h"

#include <algorithm>
#include <fmt/format.h>
#include <qrencode.h>
#include <sstream>
#include <variant>

#include "pages/page.h"
#include "tlog/encoding.h"

namespace lawbound::pages {
namespace {

std::string_view Section(std::string_view text, std::string_view heading, std::string_view next) {
  const std::string mark = fmt::format("\n{}\n", heading);
  const std::size_t begin = text.find(mark);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + mark.size());
  return text.substr(0, text.find(fmt::format("\n{}", next)));
}

// One line of a template, `text` behind it.
class LineReader {
 public:
  LineReader(const ValueOf& value, std::vector<std::string>& missing) : value_(value), missing_(missing) {}

  std::vector<TextRun> Read(std::string_view line) {
    runs_.clear();
    strong_ = false;
    while (!line.empty()) {
      if (line.starts_with("**")) {
        strong_ = !strong_;
        line.remove_prefix(2);
      } else if (const std::size_t end = line.find('}');
                 line.front() == '{' && end != std::string_view::npos) {
        Place(line.substr(1, end - 1));
        line.remove_prefix(end + 1);
      } else {
        Add(line.substr(0, 1));
        line.remove_prefix(1);
      }
    }
    return std::move(runs_);
  }

 private:
  void Add(std::string_view text) {
    if (runs_.empty() || runs_.back().strong != strong_) runs_.push_back({"", strong_});
    runs_.back().text += text;
  }
  void Place(std::string_view place) {
    if (const std::size_t colon = place.find(": "); colon != std::string_view::npos)
      return Add(place.substr(colon + 2));
    if (const std::optional<std::string> value = value_(place)) return Add(*value);
    missing_.emplace_back(place);
  }

  const ValueOf& value_;
  std::vector<std::string>& missing_;
  std::vector<TextRun> runs_;
  bool strong_ = false;
};

// A code of squares as one path of SVG.
void WriteQr(report::Html& html, const std::string& text, const std::string& title) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (code == nullptr) return;
  const int quiet = 4, width = code->width;
  std::string path;
  for (int y = 0; y < width; ++y) {
    for (int x = 0; x < width; ++x) {
      if ((code->data[y * width + x] & 1) != 0) path += fmt::format("M{} {}h1v1h-1z", x + quiet, y + quiet);
    }
  }
  const int size = width + 2 * quiet;
  const auto svg = html.Open("svg", {{"class", "lb-qr"},
                                     {"viewBox", fmt::format("0 0 {} {}", size, size)},
                                     {"role", "img"},
                                     {"aria-label", title}});
  html.Void("rect", {{"width", std::to_string(size)}, {"height", std::to_string(size)}, {"fill", "#ffffff"}});
  html.Void("path", {{"d", path}, {"fill", "#000000"}});
}

void WriteText(report::Html& html, const DocumentText& text) {
  for (const auto& lines : text.paragraphs) {
    const auto paragraph = html.Open("p", {{"class", "govuk-body lb-lines"}});
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) html.Text("\n");  // the style keeps it
      for (const TextRun& run : lines[i]) {
        if (run.strong) {
          html.Run("strong", run.text);
        } else {
          html.Text(run.text);
        }
      }
    }
  }
}

http::Response WriteMissing(const Visit& visit, const service::MatterView& matter,
                            const service::TimelineEvent& event, const std::vector<std::string>& missing) {
  Page page(visit, {.title = visit.Say(Phrase::kDocumentMissingTitle),
                    .here = "/desk",
                    .wrong = true,
                    .back = visit.To("/matter/" + matter.line.matter)});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kDocumentMissingText));
  std::vector<std::string> titles;
  for (const std::string& name : missing) {
    const auto found = std::ranges::find(event.fields, name, &service::ActField::name);
    titles.push_back(found == event.fields.end() ? name : found->title);
  }
  page.Bullets(titles);
  return page.Finish(422);
}

const service::TimelineEvent* FindEvent(const service::MatterView& matter, std::string_view entry) {
  for (const service::TimelineEvent& event : matter.timeline) {
    if (event.entry && std::to_string(*event.entry) == entry) return &event;
  }
  return nullptr;
}

// To whom it goes: the member whom the act names, or the only one of the matter.
std::optional<std::string> PartyOf(const service::MatterView& matter, const service::TimelineEvent& event) {
  std::vector<std::string> labels;
  for (const service::PartyView& party : matter.parties) {
    if (party.thing) continue;
    const auto named = std::ranges::find(event.fields, party.role, &service::ActField::name);
    if (named != event.fields.end() && named->shown && !named->value.empty()) return named->value;
    labels.push_back(party.label);
  }
  return labels.size() == 1 ? std::optional(labels[0]) : std::nullopt;
}

ValueOf ValuesFor(const Visit& visit, const service::MatterView& matter,
                  const service::TimelineEvent& event) {
  std::vector<std::string> optional;
  if (const auto form = visit.service.Form(visit.caller(), {.matter = matter.line.matter, .act = event.act},
                                           visit.language);
      form.ok()) {
    for (const service::FieldForm& field : form.value().fields) {
      if (field.optional) optional.push_back(field.name);
    }
  }
  return [&visit, &matter, &event, optional](std::string_view name) -> std::optional<std::string> {
    if (name == "agency") {
      // Who acts is the office whose matter it is; a site may be that of several.
      const std::string& own =
          visit.language == Language::kZh ? visit.options.name_zh : visit.options.name_en;
      return matter.line.office.empty() ? own : matter.line.office;
    }
    if (name == "case") return matter.line.case_number;
    if (name == "day") return SayDay(visit.language, event.day);
    if (name == "party") return PartyOf(matter, event);
    const auto field = std::ranges::find(event.fields, name, &service::ActField::name);
    if (field != event.fields.end() && field->shown && !field->words.empty()) return field->words;
    const bool closed = field != event.fields.end() && !field->shown;
    if (!closed && std::ranges::find(optional, name) != optional.end()) return visit.Say(Phrase::kLeftEmpty);
    return std::nullopt;
  };
}

}  // namespace

std::optional<DocumentText> FillTemplate(std::string_view templates, std::string_view act, Language language,
                                         const ValueOf& value) {
  const std::string_view section = Section(templates, "## " + std::string(act), "## ");
  const std::string opened = "\n" + std::string(section);  // a heading may be its first line
  const std::string_view text =
      Section(opened, language == Language::kZh ? "### 中文" : "### English", "### ");
  if (section.empty() || text.empty()) return std::nullopt;
  DocumentText out;
  LineReader reader(value, out.missing);
  std::vector<std::vector<TextRun>> lines;
  const auto end_paragraph = [&] {
    if (!lines.empty()) out.paragraphs.push_back(std::move(lines));
    lines.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.empty()) {
      end_paragraph();
    } else {
      lines.push_back(reader.Read(line));
    }
  }
  end_paragraph();
  return out;
}

namespace {

// A document put together for whoever asks, or the page that says why there is none.
struct Composed {
  service::MatterView matter;
  DocumentText text;
};

std::variant<Composed, http::Response> Compose(const Visit& visit, std::string_view matter_id,
                                               std::string_view entry) {
  base::Result<service::MatterView> matter = visit.service.Matter(visit.caller(), matter_id, visit.language);
  if (!matter.ok()) return ErrorPage(visit, matter.error());
  const service::MatterView& view = matter.value();
  const service::TimelineEvent* event = FindEvent(view, entry);
  const std::optional<std::string> templates =
      visit.options.templates ? visit.options.templates(view.line.pack) : std::nullopt;
  if (event == nullptr || !templates) return NotFoundPage(visit);
  std::optional<DocumentText> text =
      FillTemplate(*templates, event->act, visit.language, ValuesFor(visit, view, *event));
  if (!text) return NotFoundPage(visit);
  if (!text->missing.empty()) return WriteMissing(visit, view, *event, text->missing);
  return Composed{std::move(matter).value(), std::move(*text)};
}

constexpr char kPaperStyle[] =
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;color:#000;background:#fff;"
    "font:1.0625rem/1.7 system-ui,Arial,\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif;"
    "overflow-wrap:anywhere}.lb-lines{white-space:pre-line}"
    "footer{border-top:1px solid "
    "#767676;margin-top:2rem;padding-top:1rem;display:flex;flex-wrap:wrap;gap:1rem;"
    "align-items:center;font-size:.875rem}footer p{flex:1 1 "
    "14rem;margin:0}.lb-qr{width:8rem;height:8rem;flex:none}"
    "@media print{body{margin:0;max-width:none}}";

// A file that is complete in itself: what is handed out, and what the record commits to.
std::string WritePaper(const Visit& visit, const Composed& composed, std::string_view entry,
                       const std::string& id) {
  std::ostringstream out;
  report::Html html(out);
  const auto document = html.Document(visit.language == Language::kZh ? "zh-CN" : "en");
  {
    const auto head = html.Open("head");
    html.Void("meta", {{"charset", "utf-8"}});
    html.Void("meta", {{"http-equiv", "Content-Security-Policy"},
                       {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
    html.Element("title",
                 visit.Say(Phrase::kColon, {composed.matter.line.case_number, visit.Say(Phrase::kDocument)}));
    html.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.Style(kPaperStyle);
  }
  const auto body = html.Open("body");
  {
    const auto main = html.Open("main");
    WriteText(html, composed.text);
  }
  const auto foot = html.Open("footer");
  const std::string about = visit.Say(Phrase::kPaperFoot, {id, entry});
  WriteQr(html, visit.options.address + visit.To("/receipt/" + id), about);
  html.Element("p", about);
  return std::move(out).str();
}

base::Result<service::Paper> KeepNew(const Visit& visit, const service::PaperWish& wish,
                                     const Composed& composed) {
  const std::string id = RandomName();
  return visit.service.KeepPaper(visit.caller(), wish,
                                 {id, WritePaper(visit, composed, std::to_string(wish.entry), id)},
                                 visit.language);
}

}  // namespace

http::Response PaperFile(const Visit& visit, std::string_view matter, std::string_view entry, bool receipt) {
  if (!visit.official && visit.code.empty()) return SignInFirst(visit);
  const std::optional<std::uint64_t> number = tlog::ParseCount(entry);
  if (!number) return NotFoundPage(visit);
  const service::PaperWish wish{std::string(matter), *number};
  base::Result<service::Paper> paper = visit.service.FindPaper(visit.caller(), wish, visit.language);
  if (!paper.ok() && paper.error().code == base::Errc::kNotFound) {
    std::variant<Composed, http::Response> composed = Compose(visit, matter, entry);
    if (auto* answer = std::get_if<http::Response>(&composed)) return std::move(*answer);
    paper = KeepNew(visit, wish, std::get<Composed>(composed));
  }
  if (!paper.ok()) return ErrorPage(visit, paper.error());
  base::Result<std::string> bytes = std::move(paper.value().bytes);
  if (receipt) bytes = visit.service.Receipt(visit.caller(), paper.value().recorded);
  if (!bytes.ok()) return ErrorPage(visit, bytes.error());
  http::Response out = http::Response::Of(
      200, receipt ? "application/octet-stream" : "text/html; charset=utf-8", std::move(bytes).value());
  out.With("Content-Disposition",
           fmt::format("attachment; filename=\"document-{}-{}.{}\"", entry,
                       visit.language == Language::kZh ? "zh" : "en", receipt ? "tlog-proof" : "html"))
      .With("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .With("Cache-Control", "no-store");
  return out;
}

http::Response DocumentPage(const Visit& visit, std::string_view matter_id, std::string_view entry) {
  if (!visit.official && visit.code.empty()) return SignInFirst(visit);
  std::variant<Composed, http::Response> made = Compose(visit, matter_id, entry);
  if (auto* answer = std::get_if<http::Response>(&made)) return std::move(*answer);
  const auto& [view, text] = std::get<Composed>(made);
  Page page(visit, {.title = visit.Say(Phrase::kColon, {view.line.case_number, visit.Say(Phrase::kDocument)}),
                    .here = visit.is_party() ? "/my-matter" : "/desk",
                    .back = visit.To(visit.is_party() ? "/my-matter" : "/matter/" + view.line.matter)});
  page.html().Element("h1", visit.Say(Phrase::kColon, {view.line.case_number, visit.Say(Phrase::kDocument)}),
                      {{"class", "govuk-heading-m lb-no-print"}});
  {
    const auto paper = page.html().Open("article", {{"class", "lb-paper"}});
    WriteText(page.html(), text);
    const auto foot = page.html().Open("div", {{"class", "lb-paper__foot"}});
    const std::string about = visit.Say(Phrase::kDocumentReceipt, {entry});
    WriteQr(page.html(),
            fmt::format("{}{}", visit.options.address, visit.To(fmt::format("/receipt/{}", entry))), about);
    page.html().Element("p", about, {{"class", "govuk-body-s"}});
  }
  {
    const auto keep = page.html().Open("div", {{"class", "lb-no-print"}});
    page.Section(visit.Say(Phrase::kPaperTitle));
    page.Paragraph(visit.Say(Phrase::kPaperText));
    const std::string here = visit.To(fmt::format("/matter/{}/document/{}", view.line.matter, entry));
    page.Link(visit.Say(Phrase::kPaperFile), here + "/file");
    page.Link(visit.Say(Phrase::kPaperReceipt), here + "/receipt");
    page.Link(visit.Say(Phrase::kPaperVerify), visit.To("/verify"));
    page.Paragraph(visit.Say(Phrase::kPrint));
  }
  return page.Finish(200);
}

}  // namespace lawbound::pages
