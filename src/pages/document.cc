#include "pages/document.h"

#include <algorithm>
#include <fmt/format.h>
#include <qrencode.h>

#include "pages/page.h"

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

void WriteText(Page& page, const DocumentText& text) {
  report::Html& html = page.html();
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
      const std::string& own =
          visit.language == Language::kZh ? visit.options.name_zh : visit.options.name_en;
      return own.empty() ? matter.line.office : own;
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

http::Response DocumentPage(const Visit& visit, std::string_view matter_id, std::string_view entry) {
  if (!visit.official && visit.code.empty()) return SignInFirst(visit);
  const base::Result<service::MatterView> matter =
      visit.service.Matter(visit.caller(), matter_id, visit.language);
  if (!matter.ok()) return ErrorPage(visit, matter.error());
  const service::MatterView& view = matter.value();
  const service::TimelineEvent* event = FindEvent(view, entry);
  const std::optional<std::string> templates =
      visit.options.templates ? visit.options.templates(view.line.pack) : std::nullopt;
  if (event == nullptr || !templates) return NotFoundPage(visit);
  const std::optional<DocumentText> text =
      FillTemplate(*templates, event->act, visit.language, ValuesFor(visit, view, *event));
  if (!text) return NotFoundPage(visit);
  if (!text->missing.empty()) return WriteMissing(visit, view, *event, text->missing);
  Page page(visit, {.title = visit.Say(Phrase::kColon, {view.line.case_number, visit.Say(Phrase::kDocument)}),
                    .here = visit.is_party() ? "/my-matter" : "/desk",
                    .back = visit.To(visit.is_party() ? "/my-matter" : "/matter/" + view.line.matter)});
  page.html().Element("h1", visit.Say(Phrase::kColon, {view.line.case_number, visit.Say(Phrase::kDocument)}),
                      {{"class", "govuk-heading-m lb-no-print"}});
  {
    const auto paper = page.html().Open("article", {{"class", "lb-paper"}});
    WriteText(page, *text);
    const auto foot = page.html().Open("div", {{"class", "lb-paper__foot"}});
    const std::string about = visit.Say(Phrase::kDocumentReceipt, {std::string(entry)});
    WriteQr(page.html(),
            fmt::format("{}{}", visit.options.address, visit.To(fmt::format("/receipt/{}", entry))), about);
    page.html().Element("p", about, {{"class", "govuk-body-s"}});
  }
  page.html().Element("p", visit.Say(Phrase::kPrint), {{"class", "govuk-body lb-no-print"}});
  return page.Finish(200);
}

}  // namespace lawbound::pages
