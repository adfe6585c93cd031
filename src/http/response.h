// What a handler answers.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/request.h"

namespace lawbound::http {

struct Response {
  int status = 200;
  std::vector<NamedText> headers;  // without Content-Length, Content-Encoding, Date: the server's
  std::string body;                // text is compressed by the server when the client takes that

  static Response Of(int status, std::string_view type, std::string body) {
    Response out;
    out.status = status;
    out.headers.push_back({"Content-Type", std::string(type)});
    out.body = std::move(body);
    return out;
  }
  static Response Html(int status, std::string body) {
    return Of(status, "text/html; charset=utf-8", std::move(body));
  }
  static Response Json(int status, std::string body) {
    return Of(status, "application/json", std::move(body));
  }
  // 303: what was posted is done, look there.
  static Response SeeOther(std::string_view where) {
    Response out;
    out.status = 303;
    out.headers.push_back({"Location", std::string(where)});
    return out;
  }
  Response& With(std::string_view name, std::string_view value) {
    headers.push_back({std::string(name), std::string(value)});
    return *this;
  }
};

struct CookieOptions {
  long seconds = -1;      // how long it lives; negative: until the browser is closed; 0: it is taken back
  bool secure = false;    // only over TLS
  bool http_only = true;  // no script reads it
  std::string path = "/";
};
// The value of a Set-Cookie header, always SameSite=Strict.  REQUIRES: name and value are letters, digits,
// '-', '_' or '.'.
std::string SetCookie(std::string_view name, std::string_view value, const CookieOptions& options = {});

// For a part of a path or a value of a query.
std::string PercentEncode(std::string_view text);

}  // namespace lawbound::http
