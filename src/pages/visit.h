// One request with what the pages need around it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"
#include "pages/phrases.h"
#include "pages/site.h"
#include "pages/token.h"
#include "service/service.h"

namespace lawbound::pages {

inline constexpr std::string_view kSessionCookie = "lb_session";
inline constexpr std::string_view kCodeCookie = "lb_code";
inline constexpr std::string_view kVisitCookie = "lb_visit";
inline constexpr std::string_view kLanguageCookie = "lb_language";

struct Visit {
  service::Service& service;
  const SiteOptions& options;
  const TokenMaker& tokens;
  const http::Request& request;
  std::string style;  // address of the style sheet; empty: none
  Language language = Language::kZh;
  std::string path;                // without the language: "/matter/3f.../act/decide"
  std::vector<std::string> parts;  // of the path: "matter", "3f...", "act", "decide"
  std::string token, code;         // cookies, as they came
  std::string browser;             // what forms are bound to
  bool new_browser = false;        // it has no such cookie yet
  std::optional<service::OfficialView> official;

  // An official's session comes before a party's code.
  service::Caller caller() const { return official ? service::Caller{token, {}} : service::Caller{{}, code}; }
  bool is_party() const { return !official && !code.empty(); }
  // "/zh" + path
  std::string To(std::string_view where) const;
  std::string Say(Phrase phrase, std::initializer_list<std::string_view> args = {}) const {
    return pages::Say(language, phrase, args);
  }
  std::string Day(base::Day day) const { return SayDay(language, day); }
  // What a form field holds; empty when it was not sent.
  std::string Typed(std::string_view name) const { return std::string(request.Form(name).value_or("")); }
  // A form of this site, made for this browser not long ago.
  bool FormIsOurs() const;
  std::string FormToken() const { return tokens.Make(browser + "|" + token); }
};

// Pages, one function each.  REQUIRES for those that take no form: the request is a GET.
http::Response FrontPage(const Visit& visit);
http::Response PublishedFeed(const Visit& visit);
http::Response PowersPage(const Visit& visit);
http::Response SignInPage(const Visit& visit);
http::Response SignOut(const Visit& visit);
http::Response DeskPage(const Visit& visit);
http::Response MatterPage(const Visit& visit, std::string_view matter);
http::Response ActPage(const Visit& visit, std::string_view matter, std::string_view pack,
                       std::string_view act);
http::Response LookAt(const Visit& visit, std::string_view matter);
http::Response CodePage(const Visit& visit, std::string_view matter);
http::Response DocumentPage(const Visit& visit, std::string_view matter, std::string_view entry);
// The document of an act as a file of its own, or the receipt of that file.
http::Response PaperFile(const Visit& visit, std::string_view matter, std::string_view entry, bool receipt);
http::Response FollowPage(const Visit& visit);
http::Response LeaveMatter(const Visit& visit);
http::Response ReceiptFile(const Visit& visit, std::string_view entry);
http::Response VerifyPage(const Visit& visit);
http::Response OfflinePage(const Visit& visit);
http::Response PublishedPage(const Visit& visit);
http::Response SupervisionPage(const Visit& visit);
// The acts that one of its figures counts: ?office=, pack=, act=, verdict=.
http::Response CountedActsPage(const Visit& visit);
http::Response ClockPage(const Visit& visit);

// Errors.
http::Response NotFoundPage(const Visit& visit);
http::Response ProblemPage(const Visit& visit, int status, Phrase title, Phrase text,
                           std::string_view what = "");
// By the kind of error: 404, 409, 429, 503, 500.
http::Response ErrorPage(const Visit& visit, const base::Error& error);
// The sign-in page for whoever has no session: what was posted is kept in it.
http::Response SignInFirst(const Visit& visit);

}  // namespace lawbound::pages
