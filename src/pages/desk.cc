// My work by due day, and the clock of a demonstration.
#include <algorithm>
#include <fmt/format.h>

#include "pages/page.h"

namespace lawbound::pages {
namespace {

std::string LeftWords(const Visit& visit, const service::WorkItem& item) {
  if (!item.due) return "";
  const int days = item.days_left;
  if (days == 0) return visit.Say(Phrase::kDueToday);
  if (days == 1) return visit.Say(Phrase::kOneDayLeft);
  if (days == -1) return visit.Say(Phrase::kOneDayLate);
  return visit.Say(days > 0 ? Phrase::kDaysLeft : Phrase::kDaysLate,
                   {std::to_string(days < 0 ? -days : days)});
}

void HeadRow(Page& page, std::initializer_list<Phrase> columns) {
  const auto head = page.html().Open("thead", {{"class", "govuk-table__head"}});
  const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
  for (const Phrase column : columns)
    page.html().Element("th", page.visit().Say(column), {{"scope", "col"}, {"class", "govuk-table__header"}});
}

void WriteItem(Page& page, const service::WorkItem& item) {
  const Visit& visit = page.visit();
  report::Html& html = page.html();
  const auto row = html.Open("tr", {{"class", "govuk-table__row"}});
  html.Element("td", item.due ? visit.Day(*item.due) : visit.Say(Phrase::kNoDue),
               {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkDue)}});
  {
    const auto cell =
        html.Open("td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkLeft)}});
    const std::string left = LeftWords(visit, item);
    const bool soon = item.due && item.days_left <= 3;
    if (!left.empty()) page.Tag(left, item.late ? "red" : soon ? "yellow" : "grey");
  }
  {
    const auto cell =
        html.Open("td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkWhat)}});
    const std::string where =
        "/matter/" + item.matter + (item.act.empty() ? "" : "/act/" + http::PercentEncode(item.act));
    html.Run("a", item.what, {{"href", visit.To(where)}, {"class", "govuk-link"}});
  }
  const auto cell =
      html.Open("td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkMatter)}});
  html.Run("a", item.case_number,
           {{"href", visit.To("/matter/" + item.matter)}, {"class", "govuk-link lb-nowrap"}});
  html.Run("span", item.pack_title, {{"class", "lb-small"}});
}

void WriteMatterLine(Page& page, const service::MatterLine& line) {
  const Visit& visit = page.visit();
  report::Html& html = page.html();
  const auto row = html.Open("tr", {{"class", "govuk-table__row"}});
  const auto cell = [&](Phrase label, std::string_view text) {
    html.Element("td", text, {{"class", "govuk-table__cell"}, {"data-label", visit.Say(label)}});
  };
  {
    const auto first =
        html.Open("td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkMatter)}});
    html.Run("a", line.case_number,
             {{"href", visit.To("/matter/" + line.matter)}, {"class", "govuk-link lb-nowrap"}});
    if (line.closed) html.Run("span", visit.Say(Phrase::kClosed), {{"class", "lb-small"}});
  }
  cell(Phrase::kProcedure, line.pack_title);
  cell(Phrase::kLastAct, visit.Say(Phrase::kColon, {visit.Day(line.last), line.last_act}));
  cell(Phrase::kOpened, visit.Day(line.opened));
}

void WriteMatters(Page& page, const std::vector<service::MatterLine>& matters, bool closed) {
  if (std::ranges::none_of(matters, [&](const auto& line) { return line.closed == closed; })) return;
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  HeadRow(page, {Phrase::kWorkMatter, Phrase::kProcedure, Phrase::kLastAct, Phrase::kOpened});
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::MatterLine& line : matters) {
    if (line.closed == closed) WriteMatterLine(page, line);
  }
}

void WriteDue(Page& page, const service::Work& work) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kWorkDueTitle));
  if (work.items.empty()) {
    page.Paragraph(visit.Say(Phrase::kWorkNone));
  } else {
    const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
    HeadRow(page, {Phrase::kWorkDue, Phrase::kWorkLeft, Phrase::kWorkWhat, Phrase::kWorkMatter});
    const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
    for (const service::WorkItem& item : work.items) WriteItem(page, item);
  }
  if (work.items.size() < work.all_items)
    page.Paragraph(
        visit.Say(Phrase::kWorkFirst, {std::to_string(work.items.size()), std::to_string(work.all_items)}));
}

void WriteOfMyOffice(Page& page, const service::Work& work) {
  const Visit& visit = page.visit();
  if (work.matters.empty()) return;
  page.Section(visit.Say(Phrase::kMattersTitle));
  if (work.matters.size() < work.all_matters)
    page.Paragraph(visit.Say(Phrase::kMattersFirst,
                             {std::to_string(work.matters.size()), std::to_string(work.all_matters)}));
  WriteMatters(page, work.matters, false);
  const auto closed = std::ranges::count(work.matters, true, &service::MatterLine::closed);
  if (closed == 0) return;
  const auto details = page.Details(visit.Say(Phrase::kClosedMatters, {std::to_string(closed)}));
  const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
  WriteMatters(page, work.matters, true);
}

void WriteBeginnings(Page& page) {
  const Visit& visit = page.visit();
  const base::Result<std::vector<service::FieldChoice>> begin =
      visit.service.Beginnings(visit.caller(), visit.language);
  if (!begin.ok() || begin.value().empty()) return;
  page.Section(visit.Say(Phrase::kBeginTitle));
  const auto list = page.html().Open("ul", {{"class", "govuk-list"}});
  for (const service::FieldChoice& one : begin.value()) {
    // "prc/base/discover": the pack, and the act.
    const std::size_t slash = std::min(one.name.rfind('/'), one.name.size());
    const std::string pack = one.name.substr(0, slash),
                      act = one.name.substr(std::min(slash + 1, one.name.size()));
    const auto item = page.html().Open("li");
    page.html().Run("a", one.title,
                    {{"href", visit.To(fmt::format("/begin/{}?pack={}", http::PercentEncode(act),
                                                   http::PercentEncode(pack)))},
                     {"class", "govuk-link"}});
  }
}

}  // namespace

http::Response DeskPage(const Visit& visit) {
  if (!visit.official) return SignInFirst(visit);
  const base::Result<service::Work> work = visit.service.MyWork(visit.caller(), visit.language);
  if (!work.ok()) return ErrorPage(visit, work.error());
  Page page(visit, {.title = visit.Say(Phrase::kMyWork),
                    .caption = visit.Say(Phrase::kSignedInAs, {visit.official->name, visit.official->office}),
                    .here = "/desk",
                    .wide = true});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kColon, {visit.Say(Phrase::kToday), visit.Day(work.value().today)}));
  WriteDue(page, work.value());
  WriteBeginnings(page);  // before the matters, of which there may be hundreds
  WriteOfMyOffice(page, work.value());
  return page.Finish(200);
}

http::Response ClockPage(const Visit& visit) {
  if (!visit.service.demonstration()) return NotFoundPage(visit);
  const base::Day today = visit.service.Today();
  const std::string typed = visit.Typed("day");
  std::string error;
  if (visit.request.method == "POST") {
    const std::optional<base::Day> day = base::ParseDay(typed);
    if (!visit.FormIsOurs()) {
      error = visit.Say(Phrase::kFormAgedTitle);
    } else if (!day || !visit.service.SetDay(*day).ok()) {
      error = visit.Say(Phrase::kClockWrong, {base::PrintDay(today)});
    } else {
      return http::Response::SeeOther(visit.To(visit.official     ? "/desk"
                                               : visit.is_party() ? "/my-matter"
                                                                  : "/"));
    }
  }
  Page page(visit, {.title = visit.Say(Phrase::kClockTitle), .wrong = !error.empty()});
  if (!error.empty()) page.ErrorSummary({{"day", error}});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kClockLead));
  {
    const auto form = page.Form(visit.To("/clock"));
    page.Input({"day", visit.Say(Phrase::kClockDay), "", error}, "date",
               typed.empty() ? base::PrintDay(today + 1) : typed, "off", 10);
    page.Button(visit.Say(Phrase::kClockSet));
  }
  return page.Finish(error.empty() ? 200 : 400);
}

}  // namespace lawbound::pages
