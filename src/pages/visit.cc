// What every page needs, the errors, and the first page.
#include "pages/visit.h"

#include "pages/page.h"
#include "service/problem_words.h"

namespace lawbound::pages {

std::string Visit::To(std::string_view where) const {
  return (language == Language::kZh ? "/zh" : "/en") + std::string(where);
}

bool Visit::FormIsOurs() const {
  // Browsers say where a request comes from; one of another site is not ours whatever it holds.
  const std::string_view from = request.Header("sec-fetch-site").value_or("same-origin");
  if (from != "same-origin" && from != "none") return false;
  return tokens.IsOurs(Typed("token"), browser + "|" + token);
}

http::Response NotFoundPage(const Visit& visit) {
  return ProblemPage(visit, 404, Phrase::kNotFoundTitle, Phrase::kNotFoundText);
}

http::Response ProblemPage(const Visit& visit, int status, Phrase title, Phrase text, std::string_view what) {
  Page page(visit, {.title = visit.Say(title)});
  page.Heading();
  page.Paragraph(visit.Say(text, {what}));
  page.Link(visit.Say(Phrase::kStart), visit.To("/"));
  return page.Finish(status);
}

http::Response ErrorPage(const Visit& visit, const base::Error& error) {
  switch (error.code) {
    case base::Errc::kNotFound:
      return NotFoundPage(visit);
    case base::Errc::kInvalid:
      return ProblemPage(visit, 400, Phrase::kMalformedTitle, Phrase::kMalformedText,
                         service::ProblemWords(error, visit.language));
    case base::Errc::kConflict:
      return ProblemPage(visit, 409, Phrase::kUnavailableTitle, Phrase::kUnavailableText);
    case base::Errc::kLimit:
      return ProblemPage(visit, 429, Phrase::kTooManyTitle, Phrase::kTooManyText);
    case base::Errc::kUnavailable:
      return ProblemPage(visit, 503, Phrase::kUnavailableTitle, Phrase::kUnavailableText);
    case base::Errc::kCorrupt:
      break;
  }
  return ProblemPage(visit, 500, Phrase::kBrokenTitle, Phrase::kBrokenText);
}

namespace {

void Door(Page& page, Phrase title, Phrase hint, std::string_view where) {
  const auto item = page.html().Open("li", {{"class", "lb-door"}});
  {
    const auto heading = page.html().Open("h3", {{"class", "lb-door__title"}});
    page.html().Run("a", page.visit().Say(title),
                    {{"href", page.visit().To(where)}, {"class", "govuk-link lb-door__link"}});
  }
  page.html().Element("p", page.visit().Say(hint), {{"class", "govuk-body lb-door__hint"}});
}

// What it refuses to be, and under which promises it runs.
void WriteRefusals(Page& page) {
  const Visit& visit = page.visit();
  const auto column = page.html().Open("div", {{"class", "lb-column lb-refuses"}});
  page.Section(visit.Say(Phrase::kRefusesTitle));
  page.Paragraph(visit.Say(Phrase::kRefusesLead));
  page.Bullets({visit.Say(Phrase::kRefusesScore), visit.Say(Phrase::kRefusesGather),
                visit.Say(Phrase::kRefusesInput), visit.Say(Phrase::kRefusesConsequence),
                visit.Say(Phrase::kRefusesSpeech)});
  if (const std::string floor = visit.service.Floor(visit.language); !floor.empty()) {
    page.Subsection(visit.Say(Phrase::kFloorTitle));
    page.Paragraph(floor);
  }
}

}  // namespace

http::Response FrontPage(const Visit& visit) {
  Page page(visit, {.title = visit.Say(Phrase::kFrontTitle), .wide = true, .is_private = false});
  {
    const auto column = page.html().Open("div", {{"class", "lb-column"}});
    page.Heading();
    page.Lead(visit.Say(Phrase::kFrontLead));
  }
  page.Section(visit.Say(Phrase::kFrontDoors));
  {
    const auto doors = page.html().Open("ul", {{"class", "lb-doors"}});
    Door(page, Phrase::kDoorFollow, Phrase::kDoorFollowHint, "/follow");
    Door(page, Phrase::kDoorVerify, Phrase::kDoorVerifyHint, "/verify");
    Door(page, Phrase::kDoorPublished, Phrase::kDoorPublishedHint, "/published");
    Door(page, Phrase::kDoorPowers, Phrase::kDoorPowersHint, "/powers");
    Door(page, Phrase::kDoorSupervision, Phrase::kDoorSupervisionHint, "/supervision");
    Door(page, Phrase::kDoorOfficials, Phrase::kDoorOfficialsHint, visit.official ? "/desk" : "/sign-in");
  }
  WriteRefusals(page);
  return page.Finish(200);
}

}  // namespace lawbound::pages
