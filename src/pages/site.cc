#include "pages/site.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>
#include <vector>

#include "base/file.h"
#include "http/language.h"
#include "pages/visit.h"
#include "service/problem_words.h"

namespace lawbound::pages {
namespace {

using Route = http::Response (*)(const Visit&);

struct Asset {
  std::string_view name, type;
};
constexpr std::array<Asset, 3> kAssets = {{{"lawbound.css", "text/css; charset=utf-8"},
                                           {"LICENSE-moj-frontend.txt", "text/plain; charset=utf-8"},
                                           {"LICENSE-govuk-frontend.txt", "text/plain; charset=utf-8"}}};

std::vector<std::string> Parts(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    path.remove_prefix(1);  // the '/'
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) out.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

// By the browser's wish, which a cookie of ours outweighs.
Language LanguageFor(const http::Request& request) {
  const std::string_view cookie = request.Cookie(kLanguageCookie).value_or("");
  if (cookie == "en") return Language::kEn;
  if (cookie == "zh") return Language::kZh;
  const auto wish = http::PreferredLanguage(request.Header("accept-language").value_or(""), {"zh", "en"});
  return wish == std::size_t{1} ? Language::kEn : Language::kZh;
}

// What a cookie of ours may hold; anything else is as if there were none.
std::string CookieValue(const http::Request& request, std::string_view name) {
  const std::string value(request.Cookie(name).value_or(""));
  const bool plain = value.size() <= 200 && std::ranges::all_of(value, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              c == '-' || c == '_';
                     });
  return plain ? value : std::string();
}

Route FindRoute(std::string_view first) {
  constexpr std::pair<std::string_view, Route> kRoutes[] = {
      {"", FrontPage},        {"sign-in", SignInPage},      {"sign-out", SignOut},
      {"desk", DeskPage},     {"follow", FollowPage},       {"leave", LeaveMatter},
      {"verify", VerifyPage}, {"published", PublishedPage}, {"supervision", SupervisionPage},
      {"clock", ClockPage},   {"powers", PowersPage},       {"published.atom", PublishedFeed},
  };
  for (const auto& [name, route] : kRoutes) {
    if (name == first) return route;
  }
  return nullptr;
}

// matter/ID, matter/ID/act/NAME, matter/ID/document/ENTRY[/file or /receipt], matter/ID/look, matter/ID/code,
// begin/ACT?pack=..., challenge/ENTRY/ACT?pack=...
http::Response RouteDeep(const Visit& visit) {
  const std::vector<std::string>& parts = visit.parts;
  const auto is = [&](std::size_t size, std::string_view first, std::string_view third) {
    return parts.size() == size && parts[0] == first && (size < 3 || parts[2] == third);
  };
  if (is(2, "receipt", "")) return ReceiptFile(visit, parts[1]);
  if (is(2, "begin", "")) return ActPage(visit, "", visit.request.Query("pack").value_or(""), parts[1]);
  if (is(2, "matter", "")) return MatterPage(visit, parts[1]);
  if (is(3, "matter", "look")) return LookAt(visit, parts[1]);
  if (is(3, "matter", "code")) return CodePage(visit, parts[1]);
  if (is(4, "matter", "act")) return ActPage(visit, parts[1], "", parts[3]);
  if (parts.size() == 3 && parts[0] == "challenge")
    return ActPage(visit, "", visit.request.Query("pack").value_or(""), parts[2]);
  if (is(4, "matter", "document")) return DocumentPage(visit, parts[1], parts[3]);
  if (is(5, "matter", "document") && (parts[4] == "file" || parts[4] == "receipt"))
    return PaperFile(visit, parts[1], parts[3], parts[4] == "receipt");
  if (is(2, "verify", "") && parts[1] == "offline") return OfflinePage(visit);
  if (is(2, "supervision", "") && parts[1] == "acts") return CountedActsPage(visit);
  if (is(1, "my-matter", "")) return MatterPage(visit, "");
  return NotFoundPage(visit);
}

}  // namespace

struct Site::Parts {
  service::Service& service;
  SiteOptions options;
  TokenMaker tokens;
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> assets;  // name: type and bytes
  std::string style;

  Visit VisitOf(const http::Request& request) const;
  http::Response Asset(std::string_view name) const;
};

Site::Site(service::Service& service, SiteOptions options)
    : parts_([&] {
        auto parts = std::make_unique<Parts>(Parts{service, std::move(options), {}, {}, {}});
        for (const Asset& asset : kAssets) {
          base::Result<std::string> bytes =
              base::ReadFile(parts->options.assets + "/" + std::string(asset.name));
          if (parts->options.assets.empty() || !bytes.ok()) continue;
          parts->assets[std::string(asset.name)] = {std::string(asset.type), std::move(bytes).value()};
        }
        // A new style sheet has a new address, so that a browser may keep the old one for ever.
        if (const auto css = parts->assets.find("lawbound.css"); css != parts->assets.end())
          parts->style =
              fmt::format("/assets/lawbound.css?{:x}", std::hash<std::string>()(css->second.second));
        return parts;
      }()) {}

Site::~Site() = default;

Visit Site::Parts::VisitOf(const http::Request& request) const {
  Visit out{.service = service, .options = options, .tokens = tokens, .request = request, .style = style};
  const std::string_view path = request.path;
  const bool chinese = path == "/zh" || path.starts_with("/zh/"),
             english = path == "/en" || path.starts_with("/en/");
  out.language = chinese ? Language::kZh : english ? Language::kEn : LanguageFor(request);
  out.path = std::string(chinese || english ? path.substr(3) : path);
  if (out.path.empty()) out.path = "/";
  out.parts = pages::Parts(out.path);
  out.token = CookieValue(request, kSessionCookie);
  out.code = CookieValue(request, kCodeCookie);
  out.browser = CookieValue(request, kVisitCookie);
  if (out.browser.size() != 32) {
    out.browser = RandomName();
    out.new_browser = true;
  }
  if (!out.token.empty()) out.official = service.Session(out.token, out.language);
  return out;
}

http::Response Site::Parts::Asset(std::string_view name) const {
  const auto found = assets.find(name);
  if (found == assets.end()) return http::Response::Of(404, "text/plain; charset=utf-8", "not found\n");
  http::Response out = http::Response::Of(200, found->second.first, found->second.second);
  out.With("Cache-Control", "public, max-age=31536000, immutable");
  return out;
}

http::Response Site::Handle(const http::Request& request) const {
  const std::string_view path = request.path;
  if (path.starts_with("/assets/")) return parts_->Asset(path.substr(8));
  if (path == "/robots.txt")
    return http::Response::Of(200, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n");
  const Visit visit = parts_->VisitOf(request);
  if (request.method != "GET" && request.method != "POST")
    return ProblemPage(visit, 405, Phrase::kMethodTitle, Phrase::kNotFoundText)
        .With("Allow", "GET, HEAD, POST");
  if (path == "/") return http::Response::SeeOther(visit.To("/")).With("Vary", "Accept-Language, Cookie");
  const bool ours = path == "/zh" || path == "/en" || path.starts_with("/zh/") || path.starts_with("/en/");
  if (!ours) return NotFoundPage(visit);
  const Route route =
      visit.parts.size() <= 1 ? FindRoute(visit.parts.empty() ? "" : visit.parts[0]) : nullptr;
  http::Response out = route != nullptr ? route(visit) : RouteDeep(visit);
  const std::string_view language = visit.language == Language::kZh ? "zh" : "en";
  if (request.Cookie(kLanguageCookie).value_or("") != language)
    out.With("Set-Cookie", http::SetCookie(kLanguageCookie, language,
                                           {.seconds = 31536000, .secure = visit.options.secure_cookies}));
  return out;
}

http::Response Site::Refuse(const http::Request& request, const http::Problem& problem) const {
  const Visit visit = parts_->VisitOf(request);
  if (problem.status == 413) return ProblemPage(visit, 413, Phrase::kTooLongTitle, Phrase::kTooLongText);
  return ProblemPage(visit, problem.status, Phrase::kMalformedTitle, Phrase::kMalformedText,
                     service::ProblemWords(problem.what, visit.language));
}

}  // namespace lawbound::pages
