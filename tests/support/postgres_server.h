// A PostgreSQL server of the test's own: started by the first who asks, stopped when the program ends,
// however it ends.
#pragma once

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

namespace lawbound::testing_support {

class PostgresServer {
 public:
  PostgresServer() {
    folder_ = (std::filesystem::temp_directory_path() / "lawbound-pg-XXXXXX").string();
    CHECK(::mkdtemp(folder_.data()) != nullptr);
    Start();
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer() {
    Stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  // How to connect, as libpq reads it.
  const std::string& place() const { return place_; }
  std::string data() const { return folder_ + "/data"; }

  // As if the power went: no waiting for anybody.
  void Stop() {
    ::close(input_);
    ::waitpid(process_, nullptr, 0);
  }
  void Start() {
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    CHECK(::pipe(to.data()) == 0 && ::pipe(from.data()) == 0);
    process_ = ::fork();
    CHECK(process_ >= 0);
    if (process_ == 0) {
      ::dup2(to[0], 0);
      ::dup2(from[1], 1);
      for (const int file : {to[0], to[1], from[0], from[1]}) ::close(file);
      ::execl(LAWBOUND_ROOT "/tests/support/postgres_server.sh", "postgres_server.sh", folder_.c_str(),
              nullptr);
      ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    input_ = to[1];
    place_.clear();
    for (char byte = 0; ::read(from[0], &byte, 1) == 1 && byte != '\n';) place_ += byte;
    ::close(from[0]);
    CHECK(!place_.empty());  // its log is on standard error
  }

 private:
  std::string folder_;
  std::string place_;
  ::pid_t process_ = 0;
  int input_ = -1;
};

}  // namespace lawbound::testing_support
