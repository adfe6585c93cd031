// The page of one matter, for officials and for the party who has its code: what may be done, what is owed,
// which terms run and how they are counted, what may not be done and why, and all that happened.
#include <algorithm>
#include <fmt/format.h>

#include "pages/page.h"
#include "pages/way.h"

namespace lawbound::pages {
namespace {

using service::MatterView;
using service::PossibleAct;
using service::TimelineEvent;

std::string ActAddress(const Visit& visit, const MatterView& matter, std::string_view act) {
  return visit.To(fmt::format("/matter/{}/act/{}", matter.line.matter, http::PercentEncode(act)));
}

// Titles in somebody's part mostly name them already.
std::string WithPart(const Visit& visit, std::string_view part, std::string_view text) {
  return part.empty() || text.find(part) != std::string_view::npos ? std::string(text)
                                                                   : visit.Say(Phrase::kColon, {part, text});
}

void WriteContents(Page& page, bool open, bool not_now, bool looks) {
  const Visit& visit = page.visit();
  const auto nav =
      page.html().Open("nav", {{"class", "lb-contents"}, {"aria-label", visit.Say(Phrase::kContents)}});
  const auto list = page.html().Open("ul", {{"class", "govuk-list"}});
  const auto item = [&](Phrase text, std::string_view id) {
    const auto one = page.html().Open("li");
    page.html().Run("a", visit.Say(text), {{"href", "#" + std::string(id)}, {"class", "govuk-link"}});
  };
  item(visit.is_party() ? Phrase::kYouMay : Phrase::kMayBeDone, "now");
  item(Phrase::kWay, "way");
  item(Phrase::kOwed, "owed");
  item(Phrase::kTerms, "terms");
  if (open) item(Phrase::kCannotTellYet, "open");
  if (not_now) item(Phrase::kNotYet, "not-now");
  item(Phrase::kTimeline, "timeline");
  item(Phrase::kParties, "parties");
  if (looks) item(Phrase::kLooksTitle, "looks");
}

void WriteNow(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(visit.is_party() ? Phrase::kYouMay : Phrase::kMayBeDone), "now");
  std::vector<const PossibleAct*> mine, others;
  for (const PossibleAct& act : matter.possible) {
    if (act.answer != "lawful") continue;
    (act.mine ? mine : others).push_back(&act);
  }
  if (mine.empty())
    page.Paragraph(visit.Say(visit.is_party() ? Phrase::kYouMayNone : Phrase::kMayBeDoneNone));
  if (!mine.empty()) {
    const auto list = page.html().Open("ul", {{"class", "lb-acts"}});
    for (const PossibleAct* act : mine) {
      const auto item = page.html().Open("li", {{"class", "lb-acts__item"}});
      page.html().Run("a", WithPart(visit, act->party, act->title),
                      {{"href", ActAddress(visit, matter, act->act)}, {"class", "govuk-link lb-acts__link"}});
    }
  }
  if (others.empty() || visit.is_party()) return;
  const auto details = page.Details(visit.Say(Phrase::kOthersMay));
  const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
  std::vector<std::string> words;
  for (const PossibleAct* act : others)
    words.push_back(visit.Say(Phrase::kColon, {act->by, WithPart(visit, act->party, act->title)}));
  page.Bullets(words);
}

void WriteOwed(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kOwed), "owed");
  if (matter.duties.empty()) return page.Paragraph(visit.Say(Phrase::kOwedNone));
  const auto list = page.html().Open("ul", {{"class", "lb-duties"}});
  for (const service::DutyView& duty : matter.duties) {
    const auto item = page.html().Open("li", {{"class", "lb-duties__item"}});
    if (duty.late) {
      page.Tag(visit.Say(Phrase::kLate), "red");
      page.html().Text(" ");
    }
    page.html().Run("span", WithPart(visit, duty.part, duty.text));
    if (!duty.unsure.empty())
      page.html().Run("span", visit.Say(Phrase::kUnsure, {duty.unsure}), {{"class", "lb-small"}});
  }
}

void WriteTerms(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kTerms), "terms");
  if (matter.terms.empty()) return page.Paragraph(visit.Say(Phrase::kTermsNone));
  for (const service::TermView& term : matter.terms) {
    const auto box = page.html().Open("div", {{"class", "lb-term"}});
    {
      const auto head = page.html().Open("p", {{"class", "govuk-body lb-term__head"}});
      const bool runs = term.state == "runs";
      page.Tag(visit.Say(runs                      ? Phrase::kTermRuns
                         : term.state == "stopped" ? Phrase::kTermStopped
                                                   : Phrase::kTermOver),
               runs ? "blue" : "grey");
      page.html().Text(" ");
      page.html().Run("strong", WithPart(visit, term.part, term.title));
      if (term.due) {
        page.html().Text(" ");
        page.html().Run("span", visit.Say(Phrase::kLastDay, {visit.Day(*term.due)}));
      }
    }
    if (term.sum.empty()) continue;
    const auto details = page.Details(visit.Say(Phrase::kHowCounted));
    const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
    page.Bullets(term.sum);
  }
}

void WriteInTheWay(Page& page, const PossibleAct& act) {
  const Visit& visit = page.visit();
  if (act.from) {
    page.html().Element("p", visit.Say(Phrase::kEarliest, {visit.Day(*act.from)}),
                        {{"class", "govuk-body govuk-!-font-weight-bold"}});
  } else if (!act.when.empty()) {
    page.Paragraph(act.when);
  }
  for (const service::Reason& reason : act.in_the_way) WriteReason(page, reason);
  if (act.openers.empty()) return;
  page.Paragraph(visit.Say(Phrase::kOpeners));
  page.Bullets(act.openers);
}

bool IsNotNow(const Visit& visit, const PossibleAct& act) {
  return act.answer == "unlawful" && (!visit.is_party() || act.mine);
}

bool IsOpen(const Visit& visit, const PossibleAct& act) {
  return act.answer == "cannot tell" && (!visit.is_party() || act.mine);
}

bool HasOpen(const Visit& visit, const MatterView& matter) {
  return std::ranges::any_of(matter.possible, [&](const PossibleAct& act) { return IsOpen(visit, act); });
}

// Of these nobody can say "from that day on": what must be known first is said instead.
void WriteOpen(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  if (!HasOpen(visit, matter)) return;
  page.Section(visit.Say(Phrase::kCannotTellYet), "open");
  page.Paragraph(visit.Say(Phrase::kCannotTellLead));
  for (const PossibleAct& act : matter.possible) {
    if (!IsOpen(visit, act)) continue;
    const auto details = page.Details(WithPart(visit, act.party, act.title));
    const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
    for (const service::Reason& reason : act.in_the_way) WriteReason(page, reason);
    if (act.mine)
      page.Link(visit.Say(Phrase::kColon, {visit.Say(Phrase::kDoThis), act.title}),
                ActAddress(visit, matter, act.act));
  }
}

bool HasNotNow(const Visit& visit, const MatterView& matter) {
  return std::ranges::any_of(matter.possible, [&](const PossibleAct& act) { return IsNotNow(visit, act); });
}

void WriteNotNow(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  if (!HasNotNow(visit, matter)) return;
  page.Section(visit.Say(Phrase::kNotYet), "not-now");
  for (const PossibleAct& act : matter.possible) {
    if (!IsNotNow(visit, act)) continue;
    const std::string title = WithPart(visit, act.party, act.title);
    const std::string when = act.from ? visit.Say(Phrase::kColon, {title, visit.Day(*act.from)}) : title;
    const auto details = page.Details(when);
    const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
    VerdictTag(page, act.answer);
    WriteInTheWay(page, act);
    if (act.mine)
      page.Link(visit.Say(Phrase::kColon, {visit.Say(Phrase::kDoThis), act.title}),
                ActAddress(visit, matter, act.act));
  }
}

void WriteEventLinks(Page& page, const MatterView& matter, const TimelineEvent& event) {
  if (!event.entry) return;
  const Visit& visit = page.visit();
  const auto line = page.html().Open("p", {{"class", "govuk-body-s lb-event__links"}});
  page.html().Run("span", visit.Say(Phrase::kEntry, {std::to_string(*event.entry)}));
  page.html().Text(" · ");
  page.html().Run("a", visit.Say(Phrase::kReceipt),
                  {{"href", visit.To(fmt::format("/receipt/{}", *event.entry))}, {"class", "govuk-link"}});
  const std::optional<std::string> templates =
      visit.options.templates ? visit.options.templates(matter.line.pack) : std::nullopt;
  if (!templates || templates->find("\n## " + event.act + "\n") == std::string::npos) return;
  page.html().Text(" · ");
  page.html().Run(
      "a", visit.Say(Phrase::kDocument),
      {{"href", visit.To(fmt::format("/matter/{}/document/{}", matter.line.matter, *event.entry))},
       {"class", "govuk-link"}});
}

void WriteEvent(Page& page, const MatterView& matter, const TimelineEvent& event) {
  const Visit& visit = page.visit();
  const auto item = page.html().Open(
      "li", {{"class", event.act.empty() ? "moj-timeline__item lb-event--followed" : "moj-timeline__item"}});
  page.html().Element("p", event.text, {{"class", "moj-timeline__title"}});
  {
    const auto head = page.html().Open("p", {{"class", "moj-timeline__date"}});
    page.html().Run("time", visit.Day(event.day), {{"datetime", base::PrintDay(event.day)}});
    page.html().Text(" ");
    VerdictTag(page, event.verdict);
    if (event.recorded && *event.recorded != event.day) {
      page.html().Text(" ");
      page.html().Run("span", visit.Say(Phrase::kRecordedOn, {visit.Day(*event.recorded)}),
                      {{"class", "lb-muted"}});
    }
  }
  const auto description = page.html().Open("div", {{"class", "moj-timeline__description"}});
  if (!event.fields.empty()) {
    const auto details = page.Details(visit.Say(Phrase::kFieldsOf));
    const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
    std::vector<std::pair<std::string, std::string>> rows;
    for (const service::ActField& field : event.fields)
      rows.emplace_back(field.title, field.shown ? field.words : visit.Say(Phrase::kNotShown));
    page.Summary(rows);
  }
  if (!event.reasons.empty()) {
    const auto details = page.Details(visit.Say(Phrase::kWhy));
    const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
    for (const service::Reason& reason : event.reasons) WriteReason(page, reason);
  }
  WriteEventLinks(page, matter, event);
}

void WriteWaysOut(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  if (matter.ways_out.empty()) return;
  page.Section(visit.Say(Phrase::kWaysOut), "ways-out");
  page.Paragraph(visit.Say(Phrase::kWaysOutLead));
  const auto list = page.html().Open("ul", {{"class", "govuk-list"}});
  for (const service::WayOut& way : matter.ways_out) {
    const auto item = page.html().Open("li");
    const std::string where =
        fmt::format("/challenge/{}/{}?pack={}", way.entry, way.act, http::PercentEncode(way.pack));
    page.html().Element("a", visit.Say(Phrase::kWayOut, {way.pack_title, way.title}),
                        {{"class", "govuk-link"}, {"href", visit.To(where)}});
    page.html().Text(" ");
    page.html().Element("span", visit.Say(Phrase::kWayOutOf, {way.of, visit.Day(way.day)}),
                        {{"class", "lb-muted"}});
  }
}

void WriteTimeline(Page& page, const MatterView& matter) {
  page.Section(page.visit().Say(Phrase::kTimeline), "timeline");
  if (matter.timeline.empty()) return page.Paragraph(page.visit().Say(Phrase::kTimelineNone));
  const auto list = page.html().Open("ol", {{"class", "moj-timeline"}});
  for (auto event = matter.timeline.rbegin(); event != matter.timeline.rend(); ++event)
    WriteEvent(page, matter, *event);
}

void WriteParties(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kParties), "parties");
  const auto list = page.html().Open("dl", {{"class", "govuk-summary-list"}});
  for (const service::PartyView& party : matter.parties) {
    const auto row = page.html().Open("div", {{"class", "govuk-summary-list__row"}});
    page.html().Element("dt", party.role_title, {{"class", "govuk-summary-list__key"}});
    page.html().Element("dd", party.label, {{"class", "govuk-summary-list__value"}});
    if (party.thing || !visit.official || !matter.personal_open) continue;
    const auto action = page.html().Open("dd", {{"class", "govuk-summary-list__actions"}});
    const auto form = page.Form(visit.To("/matter/" + matter.line.matter + "/code"));
    page.Hidden("label", party.label);
    const auto button = page.html().Open("button", {{"type", "submit"}, {"class", "lb-link-button"}});
    page.html().Text(visit.Say(Phrase::kMakeCode));
    page.html().Run("span", visit.Say(Phrase::kCodeFor, {party.label}), {{"class", "govuk-visually-hidden"}});
  }
}

void WriteLooks(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kLooksTitle), "looks");
  if (matter.looks.empty()) return page.Paragraph(visit.Say(Phrase::kLooksNone));
  const auto table = page.html().Open("table", {{"class", "govuk-table lb-table"}});
  {
    const auto head = page.html().Open("thead", {{"class", "govuk-table__head"}});
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    for (const Phrase one : {Phrase::kLookDay, Phrase::kOffice, Phrase::kOfficial, Phrase::kLookGround})
      page.html().Element("th", visit.Say(one), {{"scope", "col"}, {"class", "govuk-table__header"}});
  }
  const auto body = page.html().Open("tbody", {{"class", "govuk-table__body"}});
  for (const service::LookView& look : matter.looks) {
    const auto row = page.html().Open("tr", {{"class", "govuk-table__row"}});
    const auto cell = [&](Phrase label, std::string_view text) {
      page.html().Element("td", text, {{"class", "govuk-table__cell"}, {"data-label", visit.Say(label)}});
    };
    cell(Phrase::kLookDay, visit.Day(look.day));
    cell(Phrase::kOffice, look.office);
    cell(Phrase::kOfficial, look.official);
    cell(Phrase::kLookGround, look.ground);
  }
}

void WriteLookForm(Page& page, std::string_view matter, std::string_view why, std::string_view typed,
                   std::string_view error) {
  const Visit& visit = page.visit();
  const auto banner = page.Banner(visit.Say(Phrase::kImportant));
  const auto content = page.html().Open("div", {{"class", "govuk-notification-banner__content"}});
  page.html().Element("p", visit.Say(Phrase::kLookTitle), {{"class", "govuk-notification-banner__heading"}});
  page.Paragraph(visit.Say(Phrase::kLookText));
  page.Paragraph(why);
  const auto form = page.Form(visit.To(fmt::format("/matter/{}/look", matter)));
  page.Input({"ground", visit.Say(Phrase::kLookGround), "", std::string(error)}, "text", typed, "off");
  page.Button(visit.Say(Phrase::kLookOpen), true);
}

http::Response WriteMatter(const Visit& visit, const MatterView& matter, int status, std::string_view typed,
                           std::string_view error, const std::optional<service::PartyCode>& code) {
  Page page(visit,
            {.title = visit.Say(Phrase::kCaseHeading, {matter.line.pack_title, matter.line.case_number}),
             .here = visit.is_party() ? "/my-matter" : "/desk",
             .wrong = !error.empty(),
             .wide = true,
             .back = visit.official ? visit.To("/desk") : ""});
  if (!error.empty()) page.ErrorSummary({{"ground", std::string(error)}});
  page.Heading();
  if (code) {
    const auto banner = page.Banner(visit.Say(Phrase::kCodeFor, {code->label}), true);
    const auto content = page.html().Open("div", {{"class", "govuk-notification-banner__content"}});
    page.html().Element("p", code->code, {{"class", "lb-code"}});
    page.Paragraph(visit.Say(Phrase::kCodeText));
  }
  if (!matter.look_needed.empty() && !matter.personal_open && visit.official)
    WriteLookForm(page, matter.line.matter, matter.look_needed, typed, error);
  {
    const auto grid = page.html().Open("div", {{"class", "lb-matter"}});
    {
      const auto aside = page.html().Open("div", {{"class", "lb-matter__side"}});
      page.Summary({{visit.Say(Phrase::kToday), visit.Day(matter.today)},
                    {visit.Say(Phrase::kOpened), visit.Day(matter.line.opened)},
                    {visit.Say(Phrase::kOffice), matter.line.office},
                    {visit.Say(Phrase::kActsRecorded), std::to_string(matter.acts)}});
      WriteContents(page, HasOpen(visit, matter), HasNotNow(visit, matter),
                    visit.is_party() || !matter.looks.empty());
      if (!matter.floor.empty()) {
        const auto details = page.Details(visit.Say(Phrase::kFloorTitle));
        page.html().Element("div", matter.floor, {{"class", "govuk-details__text govuk-body-s"}});
      }
    }
    const auto content = page.html().Open("div", {{"class", "lb-matter__main"}});
    WriteNow(page, matter);
    WriteWaysOut(page, matter);
    if (matter.personal_open) WriteWay(page, matter);
    WriteOwed(page, matter);
    WriteTerms(page, matter);
    WriteOpen(page, matter);
    WriteNotNow(page, matter);
    WriteTimeline(page, matter);
    WriteParties(page, matter);
    if (visit.is_party() || !matter.looks.empty()) WriteLooks(page, matter);
  }
  return page.Finish(status);
}

http::Response ShowMatter(const Visit& visit, std::string_view matter, int status = 200,
                          std::string_view typed = "", std::string_view error = "",
                          const std::optional<service::PartyCode>& code = std::nullopt) {
  const base::Result<MatterView> view = visit.service.Matter(visit.caller(), matter, visit.language);
  if (!view.ok()) return ErrorPage(visit, view.error());
  return WriteMatter(visit, view.value(), status, typed, error, code);
}

}  // namespace

http::Response MatterPage(const Visit& visit, std::string_view matter) {
  if (!matter.empty() && !visit.official && visit.code.empty()) return SignInFirst(visit);
  if (!matter.empty()) return ShowMatter(visit, matter);
  if (visit.code.empty()) return http::Response::SeeOther(visit.To("/follow"));
  const base::Result<std::string> own = visit.service.MatterOfCode(visit.code);
  if (!own.ok()) return http::Response::SeeOther(visit.To("/follow"));
  // An official who tries a party's code sees what the party sees.
  Visit party = visit;
  party.official.reset();
  return ShowMatter(party, own.value());
}

http::Response LookAt(const Visit& visit, std::string_view matter) {
  if (!visit.official) return SignInFirst(visit);
  if (visit.request.method != "POST")
    return http::Response::SeeOther(visit.To(fmt::format("/matter/{}", http::PercentEncode(matter))));
  const std::string ground = visit.Typed("ground");
  if (!visit.FormIsOurs()) return ShowMatter(visit, matter, 400, ground, visit.Say(Phrase::kFormAgedTitle));
  if (ground.find_first_not_of(" \n\t") == std::string::npos)
    return ShowMatter(visit, matter, 400, ground, visit.Say(Phrase::kLookGroundMissing));
  const base::Status looked = visit.service.Look(visit.caller(), matter, ground);
  if (!looked.ok()) return ErrorPage(visit, looked.error());
  return http::Response::SeeOther(visit.To(fmt::format("/matter/{}", http::PercentEncode(matter))));
}

http::Response CodePage(const Visit& visit, std::string_view matter) {
  if (!visit.official) return SignInFirst(visit);
  if (visit.request.method != "POST" || !visit.FormIsOurs()) return ShowMatter(visit, matter);
  const base::Result<service::PartyCode> code =
      visit.service.CodeFor(visit.caller(), matter, visit.Typed("label"));
  if (!code.ok()) return ErrorPage(visit, code.error());
  return ShowMatter(visit, matter, 200, "", "", code.value());
}

http::Response ReceiptFile(const Visit& visit, std::string_view entry) {
  constexpr std::size_t kDocumentDigits = 32;
  if (entry.size() == kDocumentDigits) {
    const base::Result<std::uint64_t> of = visit.service.EntryOfPaper(entry);
    return of.ok() ? ReceiptFile(visit, std::to_string(of.value())) : ErrorPage(visit, of.error());
  }
  std::uint64_t number = 0;
  const bool digits = !entry.empty() && entry.size() < 19 &&
                      std::ranges::all_of(entry, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return NotFoundPage(visit);
  for (const char c : entry) number = number * 10 + static_cast<std::uint64_t>(c - '0');
  base::Result<std::string> receipt = visit.service.Receipt(visit.caller(), number);
  if (!receipt.ok()) return ErrorPage(visit, receipt.error());
  http::Response out = http::Response::Of(200, "application/octet-stream", std::move(receipt).value());
  out.With("Content-Disposition", fmt::format("attachment; filename=\"entry-{}.tlog-proof\"", number))
      .With("Cache-Control", "no-store");
  return out;
}

}  // namespace lawbound::pages
