// Pages without a browser: what they answer, and what they never give away.
#include <gmock/gmock.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pages/document.h"
#include "pages/form_state.h"
#include "pages/made_service_for_test.h"
#include "pages/phrases.h"
#include "pages/site.h"
#include "pages/token.h"

namespace lawbound::pages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct Pages : testing::Test {
  http::Response Get(std::string path, bool signed_in = true) const {
    http::Request request{.method = "GET", .path = std::move(path)};
    if (signed_in) request.cookies = {{"lb_session", "sessiontoken"}};
    return site.Handle(request);
  }
  // A form of the page at `from`, with its token, sent to `to`.
  http::Response Post(const std::string& to, std::vector<http::NamedText> form, bool signed_in = true) const {
    const std::string browser(32, 'a');
    http::Request request{.method = "GET", .path = "/en/verify"};
    request.cookies = {{"lb_visit", browser}};
    if (signed_in) request.cookies.push_back({"lb_session", "sessiontoken"});
    const std::string page = site.Handle(request).body;
    const std::string_view mark = "name=\"token\" value=\"";
    const std::size_t at = page.rfind(mark) + mark.size();
    form.push_back({"token", page.substr(at, page.find('"', at) - at)});
    request.method = "POST";
    request.path = to;
    request.form = std::move(form);
    return site.Handle(request);
  }
  static std::string Header(const http::Response& response, std::string_view name) {
    return std::string(http::Find(response.headers, name).value_or(""));
  }

  mutable MadeService service;
  Site site{service, {.name_en = "Town", .name_zh = "市"}};
  const std::string matter = "/en/matter/" + std::string(kMatterId);
};

TEST_F(Pages, GoToTheLanguageThatTheBrowserAsksFor) {
  http::Request request{.method = "GET", .path = "/"};
  EXPECT_EQ(Header(site.Handle(request), "Location"), "/zh/");
  request.headers = {{"accept-language", "en-GB,en;q=0.9,zh;q=0.1"}};
  EXPECT_EQ(Header(site.Handle(request), "Location"), "/en/");
  request.headers = {{"accept-language", "en;q=0.2, zh-TW;q=0.9"}};
  EXPECT_EQ(Header(site.Handle(request), "Location"), "/zh/");
  request.cookies = {{"lb_language", "zh"}};
  EXPECT_EQ(Header(site.Handle(request), "Location"), "/zh/");
}

TEST_F(Pages, NeverShowTextAsMarkup) {
  for (const std::string& path :
       {matter, matter + "/act/decide", std::string("/en/published"), std::string("/zh/published")}) {
    const http::Response page = Get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_THAT(page.body, Not(HasSubstr("<script"))) << path;
    EXPECT_THAT(page.body, Not(HasSubstr("<b>"))) << path;
    EXPECT_THAT(page.body, HasSubstr("&lt;script&gt;")) << path;
  }
}

TEST_F(Pages, AskForASessionWithoutSayingWhetherThereIsSuchAMatter) {
  EXPECT_EQ(Get(matter, false).status, 401);
  EXPECT_EQ(Get("/en/matter/" + std::string(32, 'f'), false).status, 401);
  EXPECT_EQ(Get("/en/matter/" + std::string(32, 'f')).status, 404);
  EXPECT_EQ(Get(matter + "/act/nothing").status, 404);
  EXPECT_EQ(Get("/en/desk", false).status, 401);
}

TEST_F(Pages, TakeNoFormWithoutTheTokenOfThisBrowserAndSession) {
  http::Request request{.method = "POST", .path = matter + "/act/decide"};
  request.cookies = {{"lb_session", "sessiontoken"}, {"lb_visit", std::string(32, 'a')}};
  request.form = {{"token", "00"}, {"field-facts", "typed"}};
  const http::Response answer = site.Handle(request);
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr(">typed</textarea>"));
  EXPECT_TRUE(service.done.empty());
  EXPECT_EQ(Post(matter + "/act/decide", {}).status, 200);
  EXPECT_EQ(service.done.size(), 1U);
}

TEST_F(Pages, TakeNoFormThatABrowserSaysIsOfAnotherSite) {
  http::Request request{.method = "POST", .path = "/en/sign-out"};
  request.cookies = {{"lb_session", "sessiontoken"}, {"lb_visit", std::string(32, 'a')}};
  request.headers = {{"sec-fetch-site", "cross-site"}};
  site.Handle(request);
  EXPECT_TRUE(service.signed_in);
  EXPECT_EQ(Post("/en/sign-out", {}).status, 303);
  EXPECT_FALSE(service.signed_in);
}

TEST_F(Pages, PassOnWhatWasTyped) {
  Post(matter + "/act/decide", {{"role", "head"},
                                {"to", "Noodles"},
                                {"field-amount", " 5000 CNY "},
                                {"field-rests-on", "e1"},
                                {"field-rests-on", "e2"},
                                {"with-1", "1002"},
                                {"with-code-1", "654321"},
                                {"acts", "4"},
                                {"request", "r"}});
  ASSERT_EQ(service.done.size(), 1U);
  const service::ActRequest& request = service.done[0];
  EXPECT_EQ(request.matter, kMatterId);
  EXPECT_EQ(request.act, "decide");
  EXPECT_EQ(request.role, "head");
  EXPECT_EQ(request.label, "Noodles");
  EXPECT_EQ(request.acts, 4U);
  EXPECT_THAT(request.fields[0].values, ElementsAre("5000 CNY"));
  EXPECT_THAT(request.fields[4].values, ElementsAre("e1", "e2"));
  ASSERT_EQ(request.with.size(), 1U);
  EXPECT_EQ(request.with[0].code, "654321");
}

TEST_F(Pages, ShowWhatWasTypedAgainWhateverIsInTheWay) {
  for (const auto& [amount, status] :
       {std::pair("wrong", 400), std::pair("long", 400), std::pair("down", 503)}) {
    const http::Response answer =
        Post(matter + "/act/decide", {{"field-amount", amount}, {"field-facts", "typed"}});
    EXPECT_EQ(answer.status, status) << amount;
    EXPECT_THAT(answer.body, HasSubstr(">typed</textarea>")) << amount;
  }
  EXPECT_TRUE(service.done.empty());
  const http::Response chinese =
      Post("/zh/matter/" + std::string(kMatterId) + "/act/decide", {{"field-amount", "long"}});
  EXPECT_THAT(chinese.body, HasSubstr("超过 20000 字节，请改为附上文件"));
  EXPECT_THAT(chinese.body, Not(HasSubstr("attach")));
}

TEST_F(Pages, KeepNoOneTimeCodeThroughASignIn) {
  service.signed_in = false;
  const http::Response answer =
      Post(matter + "/act/decide", {{"field-facts", "typed"}, {"with-code-1", "654321"}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.body, HasSubstr("name=\"kept-field-facts\" value=\"typed\""));
  EXPECT_THAT(answer.body, Not(HasSubstr("654321")));
}

TEST_F(Pages, LeadNowhereElseAfterASignIn) {
  for (const std::string_view where : {"//evil.example", "https://evil.example", "/matter/../x", "/receipt/1",
                                       "/matter/0123456789abcdef0123456789abcdef\nSet-Cookie: x=y"}) {
    const http::Response answer = Post("/en/sign-in", {{"number", "1001"},
                                                       {"password", "right"},
                                                       {"code", "123456"},
                                                       {"return", std::string(where)},
                                                       {"kept-x", "y"}});
    EXPECT_EQ(Header(answer, "Location"), "/en/desk") << where;
  }
}

TEST_F(Pages, AreNotKeptAndNotFramed) {
  const http::Response page = Get(matter);
  EXPECT_EQ(Header(page, "Cache-Control"), "no-store");
  EXPECT_EQ(Header(page, "X-Frame-Options"), "DENY");
  EXPECT_THAT(Header(page, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(Header(page, "Content-Security-Policy"), Not(HasSubstr("unsafe")));
}

TEST_F(Pages, ALookNeedsAGround) {
  EXPECT_EQ(Post(matter + "/look", {{"ground", "  "}}).status, 400);
  EXPECT_TRUE(service.looks.empty());
  EXPECT_EQ(Post(matter + "/look", {{"ground", "complaint 7"}}).status, 303);
  EXPECT_THAT(service.looks, ElementsAre("complaint 7"));
}

TEST_F(Pages, OneCarriesAScriptAndItsPolicyNamesNoOther) {
  const http::Response page = Get("/en/verify/offline", false);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<script>"));
  EXPECT_THAT(Header(page, "Content-Security-Policy"), HasSubstr("script-src 'sha256-"));
  EXPECT_THAT(Header(page, "Content-Security-Policy"), Not(HasSubstr("unsafe")));
  for (const std::string path : {"/en/", "/en/verify", "/en/published", "/en/supervision", "/en/powers"}) {
    EXPECT_THAT(Get(path).body, Not(HasSubstr("<script"))) << path;
    EXPECT_THAT(Header(Get(path), "Content-Security-Policy"), Not(HasSubstr("script-src"))) << path;
  }
}

TEST_F(Pages, AFigureOpensToTheActsThatItCounts) {
  const std::string address =
      "/en/supervision/acts?office=market&amp;pack=prc%2Fmade&amp;act=decide&amp;verdict=lawful";
  EXPECT_THAT(Get("/en/supervision", false).body, HasSubstr("href=\"" + address + "\""));
  http::Request request{.method = "GET", .path = "/en/supervision/acts"};
  request.query = {{"office", "market"}, {"pack", "prc/made"}, {"act", "decide"}, {"verdict", "lawful"}};
  const http::Response page = site.Handle(request);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("/en/receipt/42\""));
  EXPECT_THAT(page.body, HasSubstr("/en/receipt/2\""));
  request.query[3].value = "unlawful";
  EXPECT_EQ(site.Handle(request).status, 404);
}

TEST_F(Pages, ADocumentIsTheSameBytesEachTime) {
  const Site with{
      service, {.templates = [](std::string_view) { return "# T\n\n## notify\n\n### English\n\nText\n"; }}};
  http::Request request{.method = "GET", .path = matter + "/document/5/file"};
  EXPECT_EQ(with.Handle(request).status, 401);
  request.cookies = {{"lb_session", "sessiontoken"}};
  const http::Response first = with.Handle(request);
  ASSERT_EQ(first.status, 200);
  EXPECT_THAT(Header(first, "Content-Disposition"), HasSubstr("document-5-en.html"));
  EXPECT_EQ(with.Handle(request).body, first.body);
  request.path = matter + "/document/99/file";
  EXPECT_EQ(with.Handle(request).status, 404);
  request.path = matter + "/document/5/other";
  EXPECT_EQ(with.Handle(request).status, 404);
}

TEST(Token, IsBoundAndNeverTheSame) {
  const TokenMaker maker, other;
  const std::string token = maker.Make("browser|session");
  EXPECT_NE(token, maker.Make("browser|session"));
  EXPECT_TRUE(maker.IsOurs(token, "browser|session"));
  EXPECT_FALSE(maker.IsOurs(token, "browser|another"));
  EXPECT_FALSE(other.IsOurs(token, "browser|session"));
  EXPECT_FALSE(maker.IsOurs("", "browser|session"));
  EXPECT_FALSE(maker.IsOurs(std::string(token.size(), 'g'), "browser|session"));
}

TEST(Document, RefusesToLeaveAPlaceEmpty) {
  constexpr std::string_view kTemplates =
      "# T\n\n## decide\n\n### 中文\n\n**决定** {facts}\n\n### English\n\n**Decision** {facts}\nPay in "
      "{time: 15 "
      "days}. {seal}\n\n## other\n\n### English\n\nNo.\n";
  const auto value = [](std::string_view name) -> std::optional<std::string> {
    if (name == "facts") return "**not bold** {seal}";
    return std::nullopt;
  };
  const std::optional<DocumentText> text = FillTemplate(kTemplates, "decide", Language::kEn, value);
  ASSERT_TRUE(text);
  EXPECT_THAT(text->missing, ElementsAre("seal"));
  ASSERT_EQ(text->paragraphs.size(), 1U);
  EXPECT_THAT(text->paragraphs[0][0],
              ElementsAre(TextRun{"Decision", true}, TextRun{" **not bold** {seal}", false}));
  EXPECT_THAT(text->paragraphs[0][1], ElementsAre(TextRun{"Pay in 15 days. ", false}));
  EXPECT_FALSE(FillTemplate(kTemplates, "absent", Language::kEn, value));
  EXPECT_FALSE(FillTemplate(kTemplates, "other", Language::kZh, value));
}

TEST(Phrases, HaveTheSamePlacesInBothLanguages) {
  for (std::size_t i = 0; i < CountPhrases(); ++i) {
    const auto phrase = static_cast<Phrase>(i);
    const std::string_view english = TextOf(Language::kEn, phrase), chinese = TextOf(Language::kZh, phrase);
    EXPECT_FALSE(english.empty() || chinese.empty());
    for (const std::string_view place : {"{0}", "{1}", "{2}"}) {
      EXPECT_EQ(english.find(place) == std::string_view::npos, chinese.find(place) == std::string_view::npos)
          << english;
    }
  }
  EXPECT_EQ(Say(Language::kEn, Phrase::kColon, {"{1}", "b"}), "{1}: b");
  EXPECT_EQ(SayDay(Language::kZh, base::Day{20125}), "2025年2月6日（星期四）");
  EXPECT_EQ(SayDay(Language::kEn, base::Day{20125}), "Thursday 6 February 2025");
}

TEST(FormState, KnowsTheAddressesOfActs) {
  EXPECT_TRUE(IsActAddress("/begin/discover"));
  EXPECT_TRUE(IsActAddress("/matter/0123456789abcdef0123456789abcdef/act/decide"));
  EXPECT_FALSE(IsActAddress("/matter/0123456789abcdef0123456789abcdef/act/"));
  EXPECT_FALSE(IsActAddress("/begin/a/b"));
  EXPECT_FALSE(IsActAddress("/begin/a\nb"));
  EXPECT_FALSE(IsActAddress(""));
}

}  // namespace
}  // namespace lawbound::pages
