// What everybody may see: what is published, and whether the authority keeps the law.
#include <algorithm>
#include <fmt/format.h>

#include "pages/page.h"

namespace lawbound::pages {
namespace {

void WriteCountTable(Page& page, const std::vector<service::FigureRow>& rows, bool acts) {
  const Visit& visit = page.visit();
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  {
    const auto head = page.html().Open("thead", {{"class", "govuk-table__head"}});
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    const auto th = [&](Phrase text, bool number = false) {
      page.html().Element(
          "th", visit.Say(text),
          {{"scope", "col"},
           {"class", number ? "govuk-table__header govuk-table__header--numeric" : "govuk-table__header"}});
    };
    th(Phrase::kOffice);
    if (acts) th(Phrase::kActTitle);
    if (acts) th(Phrase::kVerdict);
    th(Phrase::kCount, true);
  }
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::FigureRow& one : rows) {
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    page.html().Element("td", one.office,
                        {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kOffice)}});
    if (acts) {
      page.html().Element("td", one.title,
                          {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kActTitle)}});
      const auto cell = page.html().Open(
          "td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kVerdict)}});
      VerdictTag(page, one.verdict);
    }
    page.html().Element("td", std::to_string(one.count),
                        {{"class", "govuk-table__cell govuk-table__cell--numeric"},
                         {"data-label", visit.Say(Phrase::kCount)}});
  }
}

void WriteOverdue(Page& page, const std::vector<service::LateDuty>& late) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kOverdueTitle));
  if (late.empty()) return page.Paragraph(visit.Say(Phrase::kOverdueNone));
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  {
    const auto head = page.html().Open("thead", {{"class", "govuk-table__head"}});
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    for (const Phrase one : {Phrase::kWorkDue, Phrase::kWorkWhat, Phrase::kOffice, Phrase::kWorkMatter})
      page.html().Element("th", visit.Say(one), {{"scope", "col"}, {"class", "govuk-table__header"}});
  }
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::LateDuty& duty : late) {
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    const auto cell = [&](Phrase label, std::string_view text) {
      page.html().Element("td", text, {{"class", "govuk-table__cell"}, {"data-label", visit.Say(label)}});
    };
    cell(Phrase::kWorkDue, visit.Day(duty.due));
    cell(Phrase::kWorkWhat, duty.what);
    cell(Phrase::kOffice, duty.office);
    cell(Phrase::kWorkMatter, duty.case_number);
  }
}

constexpr std::size_t kMostWords = 200;

// Asked for by GET, so that what was found can be linked to; nothing of it is kept (S16).
void WriteSearch(Page& page, const std::string& words) {
  const Visit& visit = page.visit();
  const auto form = page.html().Open(
      "form",
      {{"method", "get"}, {"action", visit.To("/published")}, {"role", "search"}, {"class", "lb-search"}});
  page.Input({"q", visit.Say(Phrase::kSearchWords), visit.Say(Phrase::kSearchHint), ""}, "search", words,
             "off");
  page.Button(visit.Say(Phrase::kSearch), true);
}

void WriteFeeds(Page& page, const std::vector<service::Published>& all) {
  const Visit& visit = page.visit();
  page.Link(visit.Say(Phrase::kFeed), visit.To("/published.atom"));
  std::vector<std::string> packs;
  for (const service::Published& one : all) {
    if (one.pack.empty() || std::ranges::find(packs, one.pack) != packs.end()) continue;
    packs.push_back(one.pack);
    page.Link(visit.Say(Phrase::kFeedOf, {one.pack_title}),
              visit.To("/published.atom?pack=" + http::PercentEncode(one.pack)));
  }
}

}  // namespace

http::Response PublishedPage(const Visit& visit) {
  Page page(visit, {.title = visit.Say(Phrase::kPublishedTitle), .here = "/published", .is_private = false});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kPublishedLead));
  const std::string words(visit.request.Query("q").value_or("").substr(0, kMostWords));
  WriteSearch(page, words);
  const std::vector<service::Published> all =
      visit.service.Publications(visit.language, {.words = words, .pack = {}});
  if (!words.empty() && !all.empty())
    page.Paragraph(visit.Say(Phrase::kSearchFound, {std::to_string(all.size())}));
  if (all.empty()) page.Paragraph(visit.Say(words.empty() ? Phrase::kPublishedNone : Phrase::kSearchNone));
  for (const service::Published& one : all) {
    const auto item = page.html().Open(
        "article", {{"class", "lb-published"}, {"id", "entry-" + std::to_string(one.entry)}});
    page.Section(visit.Say(Phrase::kColon,
                           {visit.Say(Phrase::kCaseHeading, {one.pack_title, one.case_number}), one.title}));
    page.html().Element("p", visit.Say(Phrase::kSignedInAs, {one.office, visit.Day(one.day)}),
                        {{"class", "govuk-body lb-muted"}});
    if (one.withdrawn) {
      const auto line = page.html().Open("p", {{"class", "govuk-body"}});
      page.Tag(visit.Say(Phrase::kWithdrawn), "red");
      page.html().Text(" ");
      page.html().Text(one.why);
      continue;
    }
    std::vector<std::pair<std::string, std::string>> rows;
    for (const service::ActField& field : one.fields) rows.emplace_back(field.title, field.words);
    page.Summary(rows);
    page.html().Element("p", visit.Say(Phrase::kPublishedUntil, {visit.Day(one.until)}),
                        {{"class", "govuk-body-s"}});
  }
  WriteFeeds(page, all);
  return page.Finish(200);
}

http::Response SupervisionPage(const Visit& visit) {
  const service::Figures figures = visit.service.Supervision(visit.language);
  Page page(visit, {.title = visit.Say(Phrase::kSupervisionTitle),
                    .here = "/supervision",
                    .wide = true,
                    .is_private = false});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kSupervisionLead));
  WriteOverdue(page, visit.service.Overdue(visit.language));
  page.Section(visit.Say(Phrase::kCounts));
  page.Summary({{visit.Say(Phrase::kToday), visit.Day(figures.today)},
                {visit.Say(Phrase::kCountEntries), std::to_string(figures.entries)},
                {visit.Say(Phrase::kCountMatters), std::to_string(figures.matters)},
                {visit.Say(Phrase::kCountOpen), std::to_string(figures.open)},
                {visit.Say(Phrase::kCountRefused), std::to_string(figures.refused)},
                {visit.Say(Phrase::kFloorTitle), figures.floor}});
  if (!figures.acts.empty()) {
    page.Section(visit.Say(Phrase::kActsTitle));
    WriteCountTable(page, figures.acts, true);
  }
  page.Section(visit.Say(Phrase::kLooksByOffice));
  if (figures.looks.empty()) {
    page.Paragraph(visit.Say(Phrase::kLooksByOfficeNone));
  } else {
    WriteCountTable(page, figures.looks, false);
  }
  return page.Finish(200);
}

}  // namespace lawbound::pages
