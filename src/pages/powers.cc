// What each office may do, by which procedure, in which role, and on which provisions.
#include <algorithm>
#include <fmt/format.h>

#include "pages/page.h"

namespace lawbound::pages {
namespace {

void WritePower(Page& page, const service::Power& power) {
  const Visit& visit = page.visit();
  const auto details = page.Details(visit.Say(Phrase::kPowerRole, {power.pack_title, power.role_title}));
  const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
  page.Paragraph(visit.Say(Phrase::kPowerPosts, {std::to_string(power.posts)}));
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  page.html().Element("caption", visit.Say(Phrase::kPowerCaption, {power.role_title}),
                      {{"class", "govuk-visually-hidden"}});
  {
    const auto head = page.html().Open("thead", {{"class", "govuk-table__head"}});
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    for (const Phrase one : {Phrase::kActTitle, Phrase::kBasis})
      page.html().Element("th", visit.Say(one), {{"scope", "col"}, {"class", "govuk-table__header"}});
  }
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::PowerAct& act : power.acts) {
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    const auto cell = [&](Phrase label, std::string_view words) {
      page.html().Element("td", words, {{"class", "govuk-table__cell"}, {"data-label", visit.Say(label)}});
    };
    cell(Phrase::kActTitle, act.at_least > 1
                                ? visit.Say(Phrase::kPowerTogether, {act.title, std::to_string(act.at_least)})
                                : act.title);
    std::string basis;
    for (const std::string& provision : act.provisions)
      basis += basis.empty() ? provision : visit.Say(Phrase::kComma, {"", provision});
    cell(Phrase::kBasis, basis);
  }
}

}  // namespace

http::Response PowersPage(const Visit& visit) {
  Page page(visit, {.title = visit.Say(Phrase::kPowersTitle), .here = "/powers", .is_private = false});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kPowersLead));
  const std::vector<service::Power> all = visit.service.Powers(visit.language);
  if (all.empty()) page.Paragraph(visit.Say(Phrase::kPowersNone));
  std::string office;
  for (const service::Power& power : all) {
    if (power.office != office) page.Section(power.office_title);
    office = power.office;
    WritePower(page, power);
  }
  return page.Finish(200);
}

}  // namespace lawbound::pages
