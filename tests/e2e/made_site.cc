// Serves the pages with the made-up matter to a browser: made_site ASSETS TEMPLATES.  Prints its port.
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "http/server.h"
#include "pages/made_service_for_test.h"
#include "pages/site.h"

int main(int count, char** arguments) {
  using namespace lawbound;
  if (count != 3) return 2;
  pages::MadeService service;
  std::ifstream file(arguments[2]);
  const std::string templates{std::istreambuf_iterator<char>(file), {}};
  const pages::Site site(service, {.name_en = "Lanting City",
                                   .name_zh = "兰亭市",
                                   .assets = arguments[1],
                                   .address = "http://127.0.0.1",
                                   .templates = [&](std::string_view) { return templates; }});
  const auto handler = [&](const http::Request& request) {
    // What the browser test asks of the made-up service.
    if (request.path == "/made") {
      service.stale = request.Query("stale").value_or("") == "1";
      service.closed = request.Query("closed").value_or("") == "1";
      service.signed_in = request.Query("out").value_or("") != "1";
      service.looks.clear();
      return http::Response::Json(200, fmt::format("{{\"done\":{}}}", service.done.size()));
    }
    return site.Handle(request);
  };
  const auto server =
      http::Server::Start({}, handler, [&](const http::Request& request, const http::Problem& problem) {
        return site.Refuse(request, problem);
      });
  if (!server.ok()) return 1;
  fmt::print("{}\n", server.value()->port());
  std::fflush(stdout);
  std::getchar();  // until whoever started it closes its input
  return 0;
}
