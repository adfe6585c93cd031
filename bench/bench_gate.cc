// bench_gate PORT CLIENTS SECONDS RATE OFFICER REVIEWER HEAD: clients that act through HTTP on a served
// authority, each by one connection that is kept, each in matters of its own: five acts of a penalty case,
// then another case.  RATE: acts a second of all together; 0: as fast as they are answered.  OFFICER,
// REVIEWER and HEAD are tokens of who is signed in.  Links nothing of Lawbound.
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Seen {
  std::vector<double> milliseconds;  // of acts that were recorded
  std::map<int, std::uint64_t> others;
};

int Connect(int port) {
  const int out = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int one = 1;
  ::setsockopt(out, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (out < 0 || ::connect(out, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  return out;
}

// Status and body of one answer that says its length.
std::pair<int, std::string> Ask(int socket, const std::string& path, const std::string& token,
                                const std::string& body) {
  const std::string request = fmt::format(
      "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {}\r\n"
      "Content-Length: {}\r\n\r\n{}",
      path, token, body.size(), body);
  if (::send(socket, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size()))
    return {0, {}};
  std::string got;
  char part[8192];
  for (;;) {
    const ssize_t size = ::recv(socket, part, sizeof part, 0);
    if (size <= 0) return {0, {}};
    got.append(part, static_cast<std::size_t>(size));
    const std::size_t end = got.find("\r\n\r\n"), length = got.find("Content-Length: ");
    if (end == std::string::npos || length > end) continue;
    const std::size_t whole = end + 4 + std::strtoul(got.c_str() + length + 16, nullptr, 10);
    if (got.size() >= whole) return {std::atoi(got.c_str() + 9), got.substr(end + 4)};
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 8) return 2;
  const int port = std::atoi(words[1]), clients = std::atoi(words[2]);
  const double seconds = std::atof(words[3]), rate = std::atof(words[4]);
  const std::string officer = words[5], reviewer = words[6], head = words[7];
  std::vector<Seen> seen(static_cast<std::size_t>(clients));
  std::vector<std::thread> threads;
  const Clock::time_point begun = Clock::now();
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      Seen& mine = seen[static_cast<std::size_t>(client)];
      const int socket = Connect(port);
      std::string matter;
      const std::chrono::duration<double> between(rate > 0 ? clients / rate : 0);
      for (std::uint64_t number = 0;; ++number) {
        const Clock::time_point due =
            begun + std::chrono::duration_cast<Clock::duration>(
                        between * (static_cast<double>(number) + client / double(clients)));
        if (rate > 0) std::this_thread::sleep_until(due);
        const Clock::time_point sent = Clock::now();
        if (sent - begun > std::chrono::duration<double>(seconds)) break;
        const std::string name =
            fmt::format(R"("request":"{} {} {}")", static_cast<const void*>(&mine), client, number);
        const std::string path = "/api/matters/" + matter + "/acts";
        std::pair<int, std::string> got;
        const std::uint64_t at = number % 5;
        if (at == 0) {
          got = Ask(
              socket, "/api/matters", officer,
              R"({"pack":"prc/penalty","act":"discover","fields":{"found":"2025-01-05","violation-end":"2024-12-20"},)"
              R"("given":[{"role":"party","label":"shop","field":"kind","value":"organisation"},)"
              R"({"role":"exhibit","label":"photo","field":"kind","value":"documentary"},)"
              R"({"role":"exhibit","label":"photo","field":"device","value":"no"}],)" +
                  name + "}");
          const std::size_t id = got.second.find("\"matter\":\"");
          if (got.first == 201 && id != std::string::npos)
            matter = got.second.substr(id + 10, got.second.find('"', id + 10) - id - 10);
        } else if (at == 1) {
          got = Ask(socket, path, head, R"({"act":"file","fields":{"ground":"APL 9"},)" + name + "}");
        } else if (at == 2) {
          got = Ask(socket, path, reviewer,
                    R"({"act":"verified","fields":{"verified":"yes"},"label":"photo",)" + name + "}");
        } else if (at == 3) {
          got = Ask(socket, path, head, R"({"act":"sufficient","fields":{"sufficient":"yes"},)" + name + "}");
        } else {
          got = Ask(socket, path, officer,
                    R"({"act":"influential","fields":{"influential":"yes"},"label":"shop",)" + name + "}");
        }
        // With a rate, how long it took counts from when it should have been sent.
        const std::chrono::duration<double, std::milli> took = Clock::now() - (rate > 0 ? due : sent);
        if (got.first == 201) {
          mine.milliseconds.push_back(took.count());
        } else if (++mine.others[got.first] == 1) {
          std::fprintf(stderr, "%d: %s\n", got.first, got.second.c_str());
        }
        if (got.first == 0) break;
      }
      ::close(socket);
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double took = std::chrono::duration<double>(Clock::now() - begun).count();
  std::vector<double> all;
  std::uint64_t others = 0;
  for (const Seen& mine : seen) {
    all.insert(all.end(), mine.milliseconds.begin(), mine.milliseconds.end());
    for (const auto& [status, times] : mine.others) others += times;
  }
  if (all.empty()) return 1;
  std::ranges::sort(all);
  const auto at = [&](double share) {
    return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
  };
  fmt::print("{} {} {:.3f} {:.3f} {:.3f} {:.3f}\n", all.size(), others, took, at(0.5), at(0.99), all.back());
  return 0;
}
