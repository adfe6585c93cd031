// The JSON API of a served authority: everything that its pages can do, by script.
//
//   http::Response answer = api.Handle(request);     // of a path under /api/
//
// One table of routes (routes.cc) is what requests are matched with and what the OpenAPI document is made
// from.  What goes wrong is answered as a problem (RFC 9457); what the law says is an answer.  Personal text
// stands in bodies, never in paths.
#pragma once

#include <memory>
#include <string>

#include "http/request.h"
#include "http/response.h"
#include "service/service.h"

namespace lawbound::api {

class Api {
 public:
  // Borrows the service.
  explicit Api(service::Service& service) : service_(service) {}
  // Any thread.
  http::Response Handle(const http::Request& request);

 private:
  http::Response Answered(const http::Request& request, service::Language language);

  service::Service& service_;
};

// OpenAPI 3.1.
std::string OpenApiDocument();

// Of a request that never reached a route, in the language that it asks for.  `what` is a message of ours.
http::Response ProblemResponse(const http::Request& request, int status, std::string_view what);

}  // namespace lawbound::api
