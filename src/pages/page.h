// One page being written: the frame around it, and the parts that pages are made of, with the classes of
// govuk-frontend.  Everything written goes through report::Html, which escapes it.
//
//   Page page(visit, {.title = visit.Say(Phrase::kMyWork)});
//   page.Heading();
//   page.Paragraph("...");
//   return page.Finish(200);
#pragma once

#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/response.h"
#include "pages/visit.h"
#include "report/html.h"

namespace lawbound::pages {

struct PageOptions {
  std::string title;
  std::string caption;     // a line above the heading
  std::string here;        // the part of the navigation that this is: "/desk"
  bool wrong = false;      // the title begins with "Error:"
  bool wide = false;       // the whole width, for tables
  bool is_private = true;  // not kept by browser or proxy
  std::string back;        // address of a "Back" link, with the language
};

struct Choice {
  std::string value, text;
};

// One field of a form: what surrounds the control.
struct FieldFrame {
  std::string name, label;
  std::string hint;
  std::string error;
};

class Page {
 public:
  Page(const Visit& visit, PageOptions options);
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  report::Html& html() { return html_; }
  const Visit& visit() const { return visit_; }

  void Heading();
  void Section(std::string_view title, std::string_view id = "");  // <h2>
  void Subsection(std::string_view title);                         // <h3>
  void Paragraph(std::string_view text);
  void Lead(std::string_view text);
  void Inset(std::string_view text);
  void Link(std::string_view text, std::string_view address);  // in a paragraph of its own
  void ButtonLink(std::string_view text, std::string_view address, bool secondary = false);
  void Tag(std::string_view text, std::string_view colour);
  void Bullets(const std::vector<std::string>& items);
  void Warning(std::string_view text);
  // Rows of label and value; empty values are left out.
  void Summary(const std::vector<std::pair<std::string, std::string>>& rows);
  // `id` and text of each; addresses of fields.
  void ErrorSummary(const std::vector<std::pair<std::string, std::string>>& errors);
  [[nodiscard]] report::Html::Scope Details(std::string_view summary, bool open = false);
  // What came of something, in a box that says what kind it is ("error", "success", "information"), by its
  // heading.
  struct AlertScope {
    report::Html::Scope box, content;
  };
  [[nodiscard]] AlertScope Alert(std::string_view kind, std::string_view title, const std::string& id);
  [[nodiscard]] report::Html::Scope Banner(std::string_view title, bool success = false);

  // Forms.  The token is in each.
  [[nodiscard]] report::Html::Scope Form(std::string_view address, bool with_file = false);
  void Hidden(std::string_view name, std::string_view value);
  void Button(std::string_view text, bool secondary = false);
  void Input(const FieldFrame& frame, std::string_view type, std::string_view value,
             std::string_view autocomplete = "", int width = 0);
  void Area(const FieldFrame& frame, std::string_view value);
  void Radios(const FieldFrame& frame, const std::vector<Choice>& choices, std::string_view value);
  void Checkboxes(const FieldFrame& frame, const std::vector<Choice>& choices,
                  const std::vector<std::string>& values);
  void Select(const FieldFrame& frame, const std::vector<Choice>& choices, std::string_view value);

  http::Response Finish(int status);

 private:
  void Head();
  void Header();
  void Navigation();
  void Footer();
  [[nodiscard]] report::Html::Scope Group(const FieldFrame& frame);
  void HintAndError(const FieldFrame& frame);
  std::string DescribedBy(const FieldFrame& frame) const;

  const Visit& visit_;
  const PageOptions options_;
  std::ostringstream out_;
  report::Html html_;
  std::vector<report::Html::Scope> open_;  // closed from the last
};

// "lawful" and the like, in words and colour.
void VerdictTag(Page& page, std::string_view verdict);

// A reason with its provisions and sum.
void WriteReason(Page& page, const service::Reason& reason);

}  // namespace lawbound::pages
