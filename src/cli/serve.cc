// lawbound serve DIR: the server.
#include "cli/serve.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <mutex>
#include <pthread.h>
#include <thread>

#include "api/api.h"
#include "base/file.h"
#include "cli/law.h"
#include "cli/ledger.h"
#include "http/server.h"
#include "pages/site.h"
#include "service/authority.h"
#include "service/service.h"

namespace lawbound::cli {
namespace {

constexpr auto kBetweenSignatures = std::chrono::seconds(2);
constexpr int kSignaturesBetweenTicks = 15;

// Signs what is new and lets time pass, until it ends.
class Clockwork {
 public:
  explicit Clockwork(service::Service& service) : service_(service), thread_([this] { Run(); }) {}
  Clockwork(const Clockwork&) = delete;
  Clockwork& operator=(const Clockwork&) = delete;
  ~Clockwork() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (int round = 0; !wake_.wait_for(lock, kBetweenSignatures, [this] { return ending_; }); ++round) {
      Say(service_.SignRecord());
      if (round % kSignaturesBetweenTicks == 0) Say(service_.Tick());
    }
  }
  static void Say(const base::Status& done) {
    if (!done.ok()) fmt::print(stderr, "lawbound: {}\n", done.error().message);
  }

  service::Service& service_;
  std::mutex mutex_;  // guards the one below
  bool ending_ = false;
  std::condition_variable wake_;
  std::thread thread_;
};

// The templates of a pack's documents stand beside its pages.
std::optional<std::string> TemplatesOf(const service::Authority& authority, std::string_view pack) {
  for (const service::PackPlace& place : authority.packs) {
    if (!place.pages.ends_with(pack)) continue;
    base::Result<std::string> text = base::ReadFile(place.pages + "/templates.md");
    if (text.ok()) return std::move(text).value();
  }
  return std::nullopt;
}

}  // namespace

ExitCode RunServe(const ServeArguments& arguments) {
  // Threads that are started from here on leave these to the one that waits for them.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  const OwnFloor floor = FloorOfThisProgram();
  auto service = service::Service::Open(arguments.folder, {.clock = {},
                                                           .demonstration = arguments.demonstration,
                                                           .floor_hash = floor.floor,
                                                           .refusals_hash = floor.refusals});
  if (!service.ok()) return Fail(service.error());
  const base::Result<service::Authority> authority = service::ReadAuthority(arguments.folder);
  if (!authority.ok()) return Fail(authority.error());
  api::Api api(*service.value());
  const pages::Site site(
      *service.value(),
      {.name_en = authority.value().title_en,
       .name_zh = authority.value().title_zh,
       .assets = LAWBOUND_ASSETS,
       .address = fmt::format("http://{}:{}", arguments.address, arguments.port),
       .templates = [&](std::string_view pack) { return TemplatesOf(authority.value(), pack); }});
  const auto is_api = [](const http::Request& request) { return request.path.starts_with("/api/"); };
  http::ServerOptions options;
  options.address = arguments.address;
  options.port = arguments.port;
  auto server = http::Server::Start(
      options,
      [&](const http::Request& request) {
        return is_api(request) ? api.Handle(request) : site.Handle(request);
      },
      [&](const http::Request& request, const http::Problem& problem) {
        if (!is_api(request)) return site.Refuse(request, problem);
        return api::ProblemResponse(request, problem.status, problem.what);
      });
  if (!server.ok()) return Fail(server.error());
  fmt::print("http://{0}:{1}/api/openapi.json\nhttp://{0}:{1}/\n{2}\n", arguments.address,
             server.value()->port(), service.value()->Floor(service::Language::kEn));
  std::fflush(stdout);
  {
    const Clockwork clockwork(*service.value());
    int signal = 0;
    ::sigwait(&ends, &signal);
  }
  server.value().reset();
  const base::Status last = service.value()->SignRecord();
  if (!last.ok()) return Fail(last.error());
  return kDone;
}

}  // namespace lawbound::cli
