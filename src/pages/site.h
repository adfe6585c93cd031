// The pages of a served authority: HTML made here, complete without scripts, in Chinese and English.  The
// language is the first part of an address: /zh/desk, /en/desk.
//
//   pages::Site site(*service, options);
//   http::Server::Start(where, [&](const auto& request) { return site.Handle(request); },
//                       [&](const auto& request, const auto& problem) { return site.Refuse(request, problem);
//                       });
//
// Sessions and codes of parties travel in cookies alone (HttpOnly, SameSite=Strict), never in an address.  A
// form is taken only with its token, which is bound to the browser that asked for the form; one that is
// refused is shown again with what was typed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"
#include "service/service.h"

namespace lawbound::pages {

struct SiteOptions {
  std::string name_en, name_zh;  // of the authority; empty: the program's own
  std::string assets;            // the folder that `ninja assets` makes; empty: pages without style
  std::string address;  // by which the public reaches the site, for codes on paper: "https://town.example"
  bool secure_cookies = false;  // true behind TLS
  // The templates of documents of a pack (templates.md); nothing: it has none.
  std::function<std::optional<std::string>(std::string_view pack)> templates;
};

class Site {
 public:
  // Borrows the service for its life.
  Site(service::Service& service, SiteOptions options);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  ~Site();

  // Any thread, many at once.
  http::Response Handle(const http::Request& request) const;
  http::Response Refuse(const http::Request& request, const http::Problem& problem) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace lawbound::pages
