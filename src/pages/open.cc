// What everybody may see: what is published, and whether the authority keeps the law.
#include <algorithm>
#include <fmt/format.h>

#include "pages/page.h"
#include "tlog/encoding.h"

namespace lawbound::pages {
namespace {

struct Column {
  Phrase title;
  bool number = false;
};

void WriteTableHead(Page& page, const std::vector<Column>& columns) {
  const auto head = page.html().Open("thead", {{"class", "govuk-table__head"}});
  const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
  for (const Column& column : columns) {
    page.html().Element("th", page.visit().Say(column.title),
                        {{"scope", "col"},
                         {"class", column.number ? "govuk-table__header govuk-table__header--numeric"
                                                 : "govuk-table__header"}});
  }
}

void WriteCell(Page& page, const Column& column, std::string_view text) {
  page.html().Element(
      "td", text,
      {{"class", column.number ? "govuk-table__cell govuk-table__cell--numeric" : "govuk-table__cell"},
       {"data-label", page.visit().Say(column.title)}});
}

// The page with the acts that a figure counts.
std::string CountedAddress(const Visit& visit, const service::FigureRow& row) {
  return fmt::format("{}?office={}&pack={}&act={}&verdict={}", visit.To("/supervision/acts"),
                     http::PercentEncode(row.office_id), http::PercentEncode(row.pack),
                     http::PercentEncode(row.act), http::PercentEncode(row.verdict));
}

// The acts of one office; the page would be long with those of all.
void WriteActs(Page& page, const std::string& office, const std::vector<service::FigureRow>& rows) {
  const Visit& visit = page.visit();
  std::uint64_t all = 0;
  for (const service::FigureRow& one : rows) all += one.office == office ? one.count : 0;
  const auto details = page.Details(visit.Say(Phrase::kActsOf, {office, std::to_string(all)}));
  const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  page.html().Element("caption", office, {{"class", "govuk-table__caption govuk-visually-hidden"}});
  const Column act{Phrase::kActTitle}, verdict{Phrase::kVerdict}, count{Phrase::kCount, true};
  WriteTableHead(page, {act, verdict, count});
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::FigureRow& one : rows) {
    if (one.office != office) continue;
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    WriteCell(page, act, one.title);
    {
      const auto cell = page.html().Open(
          "td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kVerdict)}});
      VerdictTag(page, one.verdict);
    }
    const auto cell = page.html().Open("td", {{"class", "govuk-table__cell govuk-table__cell--numeric"},
                                              {"data-label", visit.Say(Phrase::kCount)}});
    page.html().Run("a", std::to_string(one.count),
                    {{"href", CountedAddress(visit, one)},
                     {"class", "govuk-link"},
                     {"aria-label", fmt::format("{}: {}", one.title, one.count)}});
  }
}

void WriteLooksByOffice(Page& page, const std::vector<service::FigureRow>& rows) {
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  const Column office{Phrase::kOffice}, count{Phrase::kCount, true};
  WriteTableHead(page, {office, count});
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::FigureRow& one : rows) {
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    WriteCell(page, office, one.office);
    WriteCell(page, count, std::to_string(one.count));
  }
}

void WriteOverdue(Page& page, const std::vector<service::LateDuty>& late) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kOverdueTitle));
  if (late.empty()) return page.Paragraph(visit.Say(Phrase::kOverdueNone));
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table lb-table--days"}});
  const Column due{Phrase::kWorkDue}, what{Phrase::kWorkWhat}, office{Phrase::kOffice},
      of{Phrase::kWorkMatter};
  WriteTableHead(page, {due, what, office, of});
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::LateDuty& duty : late) {
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    {
      const auto cell = page.html().Open(
          "td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkDue)}});
      page.html().Run("span", visit.Day(duty.due));
      page.html().Text(" ");
      const int days = visit.service.Today().number - duty.due.number;
      page.Tag(
          days == 1 ? visit.Say(Phrase::kOneDayLate) : visit.Say(Phrase::kDaysLate, {std::to_string(days)}),
          "red");
    }
    WriteCell(page, what, duty.what);
    WriteCell(page, office, duty.office);
    {
      const auto cell = page.html().Open(
          "td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kWorkMatter)}});
      page.html().Run("span", duty.case_number, {{"class", "lb-nowrap"}});
      page.html().Run("span", duty.pack_title, {{"class", "lb-small"}});
    }
  }
}

constexpr std::size_t kMostWords = 200;
constexpr std::size_t kOnePage = 20;

// Which page is asked for, from 1; of those that there are.
std::size_t PageOf(const Visit& visit, std::size_t pages) {
  const std::string_view asked = visit.request.Query("page").value_or("1");
  const std::optional<std::uint64_t> number = tlog::ParseCount(asked);
  return number ? std::clamp<std::size_t>(*number, 1, std::max<std::size_t>(pages, 1)) : 1;
}

// `address` ends where the number of the page is to be said.
void WritePaging(Page& page, const std::string& address, std::size_t here, std::size_t pages) {
  if (pages < 2) return;
  const Visit& visit = page.visit();
  const auto nav = page.html().Open(
      "nav", {{"class", "govuk-pagination lb-paging"}, {"aria-label", visit.Say(Phrase::kPages)}});
  const auto link = [&](Phrase text, std::size_t to, const std::string& rel) {
    page.html().Run("a", visit.Say(text),
                    {{"class", "govuk-link"}, {"rel", rel}, {"href", fmt::format("{}page={}", address, to)}});
  };
  if (here > 1) link(Phrase::kPageBefore, here - 1, "prev");
  page.html().Run("span", visit.Say(Phrase::kPageHere, {std::to_string(here), std::to_string(pages)}));
  if (here < pages) link(Phrase::kPageAfter, here + 1, "next");
}

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
  const std::size_t pages = (all.size() + kOnePage - 1) / kOnePage, here = PageOf(visit, pages);
  for (std::size_t i = (here - 1) * kOnePage; i < std::min(all.size(), here * kOnePage); ++i) {
    const service::Published& one = all[i];
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
  const std::string query = words.empty() ? "" : "q=" + http::PercentEncode(words) + "&";
  WritePaging(page, visit.To("/published") + "?" + query, here, pages);
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
    std::vector<std::string> offices;
    for (const service::FigureRow& one : figures.acts) {
      if (std::ranges::find(offices, one.office) == offices.end()) offices.push_back(one.office);
    }
    for (const std::string& office : offices) WriteActs(page, office, figures.acts);
  }
  page.Section(visit.Say(Phrase::kLooksByOffice));
  if (figures.looks.empty()) {
    page.Paragraph(visit.Say(Phrase::kLooksByOfficeNone));
  } else {
    WriteLooksByOffice(page, figures.looks);
  }
  return page.Finish(200);
}

http::Response CountedActsPage(const Visit& visit) {
  constexpr std::size_t kActsOnePage = 100;
  const auto is_asked = [&](std::string_view name, std::string_view value) {
    return visit.request.Query(name).value_or("") == value;
  };
  const service::Figures figures = visit.service.Supervision(visit.language);
  const auto row = std::ranges::find_if(figures.acts, [&](const service::FigureRow& one) {
    return is_asked("office", one.office_id) && is_asked("pack", one.pack) && is_asked("act", one.act) &&
           is_asked("verdict", one.verdict);
  });
  if (row == figures.acts.end()) return NotFoundPage(visit);
  const std::vector<service::CountedAct> acts = visit.service.ActsCounted(*row, visit.language);
  const std::size_t pages = std::max<std::size_t>((acts.size() + kActsOnePage - 1) / kActsOnePage, 1);
  const std::size_t here = PageOf(visit, pages);
  Page page(visit, {.title = row->title,
                    .caption = visit.Say(Phrase::kCountedTitle),
                    .here = "/supervision",
                    .wide = true,
                    .is_private = false,
                    .back = visit.To("/supervision")});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kCountedLead,
                           {visit.Say(Phrase::kActsOf, {row->office, std::to_string(acts.size())})}));
  {
    const auto line = page.html().Open("p", {{"class", "govuk-body"}});
    VerdictTag(page, row->verdict);
  }
  {
    const auto table = page.html().Open("table", {{"class", "govuk-table lb-table lb-table--days"}});
    const Column day{Phrase::kLookDay}, of{Phrase::kWorkMatter}, entry{Phrase::kReceipt};
    WriteTableHead(page, {day, of, entry});
    const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
    const std::size_t end = std::min(here * kActsOnePage, acts.size());
    for (std::size_t i = (here - 1) * kActsOnePage; i < end; ++i) {
      const auto line = page.html().Open("tr", {{"class", "govuk-table__row"}});
      WriteCell(page, day, visit.Day(acts[i].day));
      WriteCell(page, of, acts[i].case_number);
      const auto cell = page.html().Open(
          "td", {{"class", "govuk-table__cell"}, {"data-label", visit.Say(Phrase::kReceipt)}});
      page.html().Run(
          "a", visit.Say(Phrase::kEntry, {std::to_string(acts[i].entry)}),
          {{"href", visit.To(fmt::format("/receipt/{}", acts[i].entry))}, {"class", "govuk-link"}});
    }
  }
  WritePaging(page, CountedAddress(visit, *row) + "&", here, pages);
  return page.Finish(200);
}

}  // namespace lawbound::pages
