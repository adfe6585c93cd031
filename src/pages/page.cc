#include "pages/page.h"

#include <algorithm>
#include <fmt/format.h>

namespace lawbound::pages {
namespace {

using report::Attribute;
using report::Html;

// Nothing runs, nothing is fetched from elsewhere, nobody frames the page, and forms go nowhere else.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

std::string ProductName(const Visit& visit) {
  const std::string& name = visit.language == Language::kZh ? visit.options.name_zh : visit.options.name_en;
  return name.empty() ? visit.Say(Phrase::kName) : name;
}

// A textarea loses a line feed at its beginning.
std::string InArea(std::string_view text) { return (text.starts_with('\n') ? "\n" : "") + std::string(text); }

}  // namespace

Page::Page(const Visit& visit, PageOptions options)
    : visit_(visit), options_(std::move(options)), html_(out_) {
  open_.push_back(html_.Document(visit_.language == Language::kZh ? "zh-CN" : "en"));
  Head();
  open_.push_back(html_.Open("body", {{"class", "govuk-template__body"}}));
  html_.Element("a", visit_.Say(Phrase::kSkip), {{"href", "#main-content"}, {"class", "govuk-skip-link"}});
  Header();
  open_.push_back(html_.Open("div", {{"class", "govuk-width-container"}}));
  if (!options_.back.empty()) {
    const auto nav = html_.Open("nav", {{"aria-label", visit_.Say(Phrase::kBack)}});
    html_.Element("a", visit_.Say(Phrase::kBack), {{"href", options_.back}, {"class", "govuk-back-link"}});
  }
  open_.push_back(html_.Open("main", {{"class", "govuk-main-wrapper"}, {"id", "main-content"}}));
  if (!options_.wide) open_.push_back(html_.Open("div", {{"class", "lb-column"}}));
}

void Page::Head() {
  const auto head = html_.Open("head");
  html_.Void("meta", {{"charset", "utf-8"}});
  const std::string title = visit_.Say(Phrase::kPageTitle, {options_.title, ProductName(visit_)});
  html_.Element("title", options_.wrong ? visit_.Say(Phrase::kErrorTitle, {title}) : title);
  html_.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html_.Void("meta", {{"name", "robots"}, {"content", "noindex, nofollow"}});
  html_.Void("meta", {{"name", "theme-color"}, {"content", "#14213d"}});
  html_.Void("link", {{"rel", "icon"}, {"href", "data:,"}});
  if (!visit_.style.empty()) html_.Void("link", {{"rel", "stylesheet"}, {"href", visit_.style}});
}

void Page::Header() {
  const auto header = html_.Open("header", {{"class", "lb-header"}});
  {
    const auto row = html_.Open("div", {{"class", "govuk-width-container lb-header__row"}});
    {
      const auto home = html_.Open("a", {{"href", visit_.To("/")}, {"class", "lb-header__home"}});
      html_.Run("span", "法", {{"class", "lb-seal"}, {"aria-hidden", "true"}, {"lang", "zh-CN"}});
      html_.Run("span", ProductName(visit_), {{"class", "lb-header__name"}});
    }
    const bool chinese = visit_.language == Language::kZh;
    const std::string other = (chinese ? "/en" : "/zh") + visit_.path;
    html_.Element("a", visit_.Say(Phrase::kOtherLanguage),
                  {{"href", visit_.request.method == "GET" ? other : (chinese ? "/en/" : "/zh/")},
                   {"class", "lb-header__language"},
                   {"lang", chinese ? "en" : "zh-CN"},
                   {"hreflang", chinese ? "en" : "zh-CN"}});
  }
  Navigation();
  if (!visit_.service.demonstration()) return;
  const auto strip = html_.Open("div", {{"class", "lb-demonstration"}});
  const auto inner = html_.Open("div", {{"class", "govuk-width-container"}});
  Tag(visit_.Say(Phrase::kDemonstration), "yellow");
  html_.Text(" ");
  html_.Run("span", visit_.Say(Phrase::kDemonstrationDay, {visit_.Day(visit_.service.Today())}));
  html_.Text(" ");
  html_.Run("a", visit_.Say(Phrase::kChangeDay), {{"href", visit_.To("/clock")}, {"class", "govuk-link"}});
}

void Page::Navigation() {
  const auto nav =
      html_.Open("nav", {{"class", "lb-nav"}, {"aria-label", visit_.Say(Phrase::kMainNavigation)}});
  const auto list = html_.Open("ul", {{"class", "govuk-width-container lb-nav__list"}});
  const auto item = [&](Phrase text, std::string_view where) {
    const auto one = html_.Open("li", {{"class", "lb-nav__item"}});
    std::vector<Attribute> attributes = {{"href", visit_.To(where)}, {"class", "lb-nav__link"}};
    if (options_.here == where) attributes.push_back({"aria-current", "page"});
    html_.Run("a", visit_.Say(text), attributes);
  };
  const auto button = [&](Phrase text, std::string_view where) {
    const auto one = html_.Open("li", {{"class", "lb-nav__item lb-nav__item--end"}});
    const auto form = html_.Open("form", {{"method", "post"}, {"action", visit_.To(where)}});
    Hidden("token", visit_.FormToken());
    html_.Element("button", visit_.Say(text), {{"type", "submit"}, {"class", "lb-nav__button"}});
  };
  if (visit_.official) {
    item(Phrase::kMyWork, "/desk");
  } else if (visit_.is_party()) {
    item(Phrase::kMyMatter, "/my-matter");
  } else {
    item(Phrase::kDoorFollow, "/follow");
  }
  item(Phrase::kDoorVerify, "/verify");
  item(Phrase::kDoorPublished, "/published");
  item(Phrase::kDoorPowers, "/powers");
  item(Phrase::kDoorSupervision, "/supervision");
  if (visit_.official) {
    button(Phrase::kSignOut, "/sign-out");
  } else if (visit_.is_party()) {
    button(Phrase::kLeave, "/leave");
  } else {
    item(Phrase::kSignIn, "/sign-in");
  }
}

void Page::Footer() {
  const auto footer = html_.Open("footer", {{"class", "lb-footer"}});
  const auto inner = html_.Open("div", {{"class", "govuk-width-container"}});
  if (visit_.official) {
    html_.Element("p", visit_.Say(Phrase::kSignedInAs, {visit_.official->name, visit_.official->office}),
                  {{"class", "govuk-body-s"}});
  }
  html_.Element("p", visit_.Say(Phrase::kFooterRecord), {{"class", "govuk-body-s"}});
  html_.Element("p", visit_.Say(Phrase::kFooterNoTraces), {{"class", "govuk-body-s"}});
  html_.Element("p", visit_.Say(Phrase::kFooterSource), {{"class", "govuk-body-s"}});
}

http::Response Page::Finish(int status) {
  if (!options_.wide) open_.pop_back();
  open_.pop_back();  // main
  open_.pop_back();  // container
  Footer();
  while (!open_.empty()) open_.pop_back();
  http::Response out = http::Response::Html(status, out_.str());
  out.With("Content-Security-Policy", kPolicy)
      .With("Referrer-Policy", "same-origin")
      .With("Cross-Origin-Opener-Policy", "same-origin")
      .With("X-Frame-Options", "DENY")
      .With("Cache-Control", options_.is_private ? "no-store" : "no-cache");
  const http::CookieOptions cookie{.secure = visit_.options.secure_cookies};
  if (visit_.new_browser) out.With("Set-Cookie", http::SetCookie(kVisitCookie, visit_.browser, cookie));
  return out;
}

void Page::Heading() {
  if (!options_.caption.empty()) html_.Element("span", options_.caption, {{"class", "govuk-caption-l"}});
  html_.Element("h1", options_.title, {{"class", "govuk-heading-l"}});
}

void Page::Section(std::string_view title, std::string_view id) {
  std::vector<Attribute> attributes = {{"class", "govuk-heading-m"}};
  if (!id.empty()) attributes.push_back({"id", std::string(id)});
  html_.Element("h2", title, attributes);
}
void Page::Subsection(std::string_view title) { html_.Element("h3", title, {{"class", "govuk-heading-s"}}); }
void Page::Paragraph(std::string_view text) { html_.Element("p", text, {{"class", "govuk-body"}}); }
void Page::Lead(std::string_view text) { html_.Element("p", text, {{"class", "govuk-body-l"}}); }
void Page::Inset(std::string_view text) { html_.Element("div", text, {{"class", "govuk-inset-text"}}); }

void Page::Link(std::string_view text, std::string_view address) {
  const auto paragraph = html_.Open("p", {{"class", "govuk-body"}});
  html_.Run("a", text, {{"href", std::string(address)}, {"class", "govuk-link"}});
}

void Page::ButtonLink(std::string_view text, std::string_view address, bool secondary) {
  html_.Element("a", text,
                {{"href", std::string(address)},
                 {"role", "button"},
                 {"draggable", "false"},
                 {"class", secondary ? "govuk-button govuk-button--secondary" : "govuk-button"}});
}

void Page::Tag(std::string_view text, std::string_view colour) {
  html_.Run("strong", text, {{"class", "govuk-tag govuk-tag--" + std::string(colour)}});
}

void Page::Bullets(const std::vector<std::string>& items) {
  if (items.empty()) return;
  const auto list = html_.Open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const std::string& item : items) html_.Element("li", item);
}

void Page::Warning(std::string_view text) {
  const auto box = html_.Open("div", {{"class", "govuk-warning-text"}});
  html_.Run("span", "!", {{"class", "govuk-warning-text__icon"}, {"aria-hidden", "true"}});
  const auto strong = html_.Open("strong", {{"class", "govuk-warning-text__text"}});
  html_.Run("span", visit_.Say(Phrase::kWarning), {{"class", "govuk-visually-hidden"}});
  html_.Text(text);
}

void Page::Summary(const std::vector<std::pair<std::string, std::string>>& rows) {
  if (std::ranges::all_of(rows, [](const auto& row) { return row.second.empty(); })) return;
  const auto list = html_.Open("dl", {{"class", "govuk-summary-list"}});
  for (const auto& [label, value] : rows) {
    if (value.empty()) continue;
    const auto row = html_.Open("div", {{"class", "govuk-summary-list__row"}});
    html_.Element("dt", label, {{"class", "govuk-summary-list__key"}});
    html_.Element("dd", value, {{"class", "govuk-summary-list__value lb-lines"}});
  }
}

void Page::ErrorSummary(const std::vector<std::pair<std::string, std::string>>& errors) {
  if (errors.empty()) return;
  const auto box = html_.Open("div", {{"class", "govuk-error-summary"}});
  const auto alert = html_.Open("div", {{"role", "alert"}});
  html_.Element("h2", visit_.Say(Phrase::kThereIsAProblem), {{"class", "govuk-error-summary__title"}});
  const auto body = html_.Open("div", {{"class", "govuk-error-summary__body"}});
  const auto list = html_.Open("ul", {{"class", "govuk-list govuk-error-summary__list"}});
  for (const auto& [id, text] : errors) {
    const auto item = html_.Open("li");
    if (id.empty()) {
      html_.Run("span", text, {{"class", "govuk-error-message"}});
    } else {
      html_.Run("a", text, {{"href", "#" + id}});
    }
  }
}

Html::Scope Page::Details(std::string_view summary, bool open) {
  std::vector<Attribute> attributes = {{"class", "govuk-details"}};
  if (open) attributes.push_back({"open", "open"});
  auto details = html_.Open("details", attributes);
  {
    const auto head = html_.Open("summary", {{"class", "govuk-details__summary"}});
    html_.Run("span", summary, {{"class", "govuk-details__summary-text"}});
  }
  return details;
}

Page::AlertScope Page::Alert(std::string_view kind, std::string_view title, const std::string& id) {
  auto box = html_.Open("section",
                        {{"class", "moj-alert moj-alert--" + std::string(kind)}, {"aria-labelledby", id}});
  {
    const auto place = html_.Open("div");
    const auto icon = html_.Open("svg", {{"class", "moj-alert__icon"},
                                         {"aria-hidden", "true"},
                                         {"focusable", "false"},
                                         {"viewBox", "0 0 30 30"}});
    // A tick, or a stroke and a dot.
    html_.Void("path", {{"d", kind == "success" ? "M11 22.5 4 15.4l2.8-2.8 4.2 4.2L23.2 4.6 26 7.4z"
                                                : "M13 4h4v15h-4zM13 22h4v4h-4z"}});
  }
  auto content = html_.Open("div", {{"class", "moj-alert__content"}});
  html_.Element("h2", title, {{"class", "govuk-heading-m"}, {"id", id}});
  return {std::move(box), std::move(content)};
}

Html::Scope Page::Banner(std::string_view title, bool success) {
  auto banner = html_.Open(
      "section", {{"class", success ? "govuk-notification-banner govuk-notification-banner--success lb-banner"
                                    : "govuk-notification-banner lb-banner"},
                  {"aria-label", std::string(title)}});
  const auto head = html_.Open("div", {{"class", "govuk-notification-banner__header"}});
  html_.Element("p", title, {{"class", "govuk-notification-banner__title"}});
  return banner;
}

Html::Scope Page::Form(std::string_view address, bool with_file) {
  std::vector<Attribute> attributes = {{"method", "post"},
                                       {"action", std::string(address)},
                                       {"novalidate", "novalidate"},
                                       {"accept-charset", "utf-8"}};
  if (with_file) attributes.push_back({"enctype", "multipart/form-data"});
  auto form = html_.Open("form", attributes);
  Hidden("token", visit_.FormToken());
  return form;
}

void Page::Hidden(std::string_view name, std::string_view value) {
  html_.Void("input", {{"type", "hidden"}, {"name", std::string(name)}, {"value", std::string(value)}});
}

void Page::Button(std::string_view text, bool secondary) {
  html_.Element(
      "button", text,
      {{"type", "submit"}, {"class", secondary ? "govuk-button govuk-button--secondary" : "govuk-button"}});
}

std::string Page::DescribedBy(const FieldFrame& frame) const {
  std::string out;
  if (!frame.hint.empty()) out = frame.name + "-hint";
  if (!frame.error.empty()) out += (out.empty() ? "" : " ") + frame.name + "-error";
  return out;
}

Html::Scope Page::Group(const FieldFrame& frame) {
  return html_.Open("div", {{"class", frame.error.empty() ? "govuk-form-group"
                                                          : "govuk-form-group govuk-form-group--error"}});
}

void Page::HintAndError(const FieldFrame& frame) {
  if (!frame.hint.empty())
    html_.Element("div", frame.hint, {{"id", frame.name + "-hint"}, {"class", "govuk-hint"}});
  if (!frame.error.empty())
    html_.Element("p", frame.error, {{"id", frame.name + "-error"}, {"class", "govuk-error-message"}});
}

void Page::Input(const FieldFrame& frame, std::string_view type, std::string_view value,
                 std::string_view autocomplete, int width) {
  const auto group = Group(frame);
  html_.Element("label", frame.label, {{"class", "govuk-label lb-label"}, {"for", frame.name}});
  HintAndError(frame);
  const bool file = type == "file";
  std::string classes = file ? "govuk-file-upload" : "govuk-input";
  if (width > 0) classes += fmt::format(" govuk-input--width-{}", width);
  if (!frame.error.empty()) classes += file ? " govuk-file-upload--error" : " govuk-input--error";
  std::vector<Attribute> attributes = {
      {"class", classes}, {"id", frame.name}, {"name", frame.name}, {"type", std::string(type)}};
  if (!file) attributes.push_back({"value", std::string(value)});
  if (!autocomplete.empty()) attributes.push_back({"autocomplete", std::string(autocomplete)});
  if (autocomplete == "one-time-code" || autocomplete == "username")
    attributes.push_back({"spellcheck", "false"});
  if (autocomplete == "one-time-code") attributes.push_back({"inputmode", "numeric"});
  if (const std::string by = DescribedBy(frame); !by.empty()) attributes.push_back({"aria-describedby", by});
  html_.Void("input", attributes);
}

void Page::Area(const FieldFrame& frame, std::string_view value) {
  const auto group = Group(frame);
  html_.Element("label", frame.label, {{"class", "govuk-label lb-label"}, {"for", frame.name}});
  HintAndError(frame);
  std::vector<Attribute> attributes = {
      {"class", frame.error.empty() ? "govuk-textarea" : "govuk-textarea govuk-textarea--error"},
      {"id", frame.name},
      {"name", frame.name},
      {"rows", "4"}};
  if (const std::string by = DescribedBy(frame); !by.empty()) attributes.push_back({"aria-describedby", by});
  html_.Element("textarea", InArea(value), attributes);
}

void Page::Radios(const FieldFrame& frame, const std::vector<Choice>& choices, std::string_view value) {
  const auto group = Group(frame);
  std::vector<Attribute> around = {{"class", "govuk-fieldset"}};
  if (const std::string by = DescribedBy(frame); !by.empty()) around.push_back({"aria-describedby", by});
  const auto fieldset = html_.Open("fieldset", around);
  html_.Element("legend", frame.label, {{"class", "govuk-fieldset__legend lb-label"}});
  HintAndError(frame);
  const auto list = html_.Open(
      "div", {{"class", choices.size() == 2 ? "govuk-radios govuk-radios--inline" : "govuk-radios"}});
  for (std::size_t i = 0; i < choices.size(); ++i) {
    // The first has the field's own id: the summary of errors leads there.
    const std::string id = i == 0 ? frame.name : fmt::format("{}-{}", frame.name, i + 1);
    const auto item = html_.Open("div", {{"class", "govuk-radios__item"}});
    std::vector<Attribute> attributes = {{"class", "govuk-radios__input"},
                                         {"id", id},
                                         {"name", frame.name},
                                         {"type", "radio"},
                                         {"value", choices[i].value}};
    if (choices[i].value == value) attributes.push_back({"checked", "checked"});
    html_.Void("input", attributes);
    html_.Element("label", choices[i].text, {{"class", "govuk-label govuk-radios__label"}, {"for", id}});
  }
}

void Page::Checkboxes(const FieldFrame& frame, const std::vector<Choice>& choices,
                      const std::vector<std::string>& values) {
  const auto group = Group(frame);
  std::vector<Attribute> around = {{"class", "govuk-fieldset"}};
  if (const std::string by = DescribedBy(frame); !by.empty()) around.push_back({"aria-describedby", by});
  const auto fieldset = html_.Open("fieldset", around);
  html_.Element("legend", frame.label, {{"class", "govuk-fieldset__legend lb-label"}});
  HintAndError(frame);
  const auto list = html_.Open("div", {{"class", "govuk-checkboxes"}});
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string id = i == 0 ? frame.name : fmt::format("{}-{}", frame.name, i + 1);
    const auto item = html_.Open("div", {{"class", "govuk-checkboxes__item"}});
    std::vector<Attribute> attributes = {{"class", "govuk-checkboxes__input"},
                                         {"id", id},
                                         {"name", frame.name},
                                         {"type", "checkbox"},
                                         {"value", choices[i].value}};
    if (std::ranges::find(values, choices[i].value) != values.end())
      attributes.push_back({"checked", "checked"});
    html_.Void("input", attributes);
    html_.Element("label", choices[i].text, {{"class", "govuk-label govuk-checkboxes__label"}, {"for", id}});
  }
}

void Page::Select(const FieldFrame& frame, const std::vector<Choice>& choices, std::string_view value) {
  const auto group = Group(frame);
  html_.Element("label", frame.label, {{"class", "govuk-label lb-label"}, {"for", frame.name}});
  HintAndError(frame);
  std::vector<Attribute> attributes = {
      {"class", frame.error.empty() ? "govuk-select" : "govuk-select govuk-select--error"},
      {"id", frame.name},
      {"name", frame.name}};
  if (const std::string by = DescribedBy(frame); !by.empty()) attributes.push_back({"aria-describedby", by});
  const auto select = html_.Open("select", attributes);
  html_.Element("option", visit_.Say(Phrase::kChoose), {{"value", ""}});
  for (const Choice& choice : choices) {
    std::vector<Attribute> of = {{"value", choice.value}};
    if (choice.value == value) of.push_back({"selected", "selected"});
    html_.Element("option", choice.text, of);
  }
}

void VerdictTag(Page& page, std::string_view verdict) {
  struct Look {
    std::string_view verdict;
    Phrase phrase;
    std::string_view colour;
  };
  constexpr Look kLooks[] = {{"lawful", Phrase::kVerdictLawful, "green"},
                             {"unlawful", Phrase::kVerdictUnlawful, "red"},
                             {"cannot tell", Phrase::kVerdictCannotTell, "yellow"},
                             {"by law", Phrase::kVerdictByLaw, "blue"}};
  if (verdict.empty()) return;
  for (const Look& look : kLooks) {
    if (look.verdict == verdict) return page.Tag(page.visit().Say(look.phrase), look.colour);
  }
  page.Tag(verdict, "grey");
}

void WriteReason(Page& page, const service::Reason& reason) {
  const auto box = page.html().Open("div", {{"class", "lb-reason"}});
  const std::string title = reason.part.empty() || reason.rule.find(reason.part) != std::string::npos
                                ? reason.rule
                                : page.visit().Say(Phrase::kColon, {reason.part, reason.rule});
  page.html().Element("p", title, {{"class", "govuk-body lb-reason__rule"}});
  if (!reason.provisions.empty()) {
    const auto basis = page.html().Open("p", {{"class", "govuk-body-s lb-reason__basis"}});
    bool first = true;
    for (const std::string& provision : reason.provisions) {
      if (!first) page.html().Text("; ");
      first = false;
      page.html().Text(provision);
    }
  }
  page.Bullets(reason.sentences);
  if (!reason.cure.empty()) {
    page.html().Element("p", page.visit().Say(Phrase::kCure), {{"class", "govuk-body lb-reason__rule"}});
    page.Bullets(reason.cure);
  }
}

}  // namespace lawbound::pages
