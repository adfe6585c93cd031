#include "cli/dot.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "base/file.h"

extern char** environ;

namespace lawbound::cli {
namespace {

constexpr std::size_t kMostAnswer = std::size_t{16} << 20;

// A folder of its own for what goes in and comes out, gone with it.
class Workplace {
 public:
  Workplace() {
    std::string name = "/tmp/lawbound-dot-XXXXXX";
    if (mkdtemp(name.data()) != nullptr) folder_ = name;
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    if (!ok()) return;
    unlink(in().c_str());
    unlink(out().c_str());
    rmdir(folder_.c_str());
  }
  bool ok() const { return !folder_.empty(); }
  std::string in() const { return folder_ + "/in"; }
  std::string out() const { return folder_ + "/out"; }

 private:
  std::string folder_;
};

base::Error Failed(const std::string& why) { return {base::Errc::kUnavailable, "dot (Graphviz) " + why}; }

// Whether it ended well and in time.
bool EndedWell(pid_t process) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(kMostDotSeconds);
  int status = 0;
  for (;;) {
    const pid_t ended = waitpid(process, &status, WNOHANG);
    if (ended == process) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ended < 0 && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() > until) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  kill(process, SIGKILL);
  waitpid(process, &status, 0);
  return false;
}

}  // namespace

base::Result<std::string> RunDot(const std::string& graph) {
  const Workplace place;
  if (!place.ok()) return Failed("needs a folder of its own in /tmp, and there is none to be had");
  RETURN_IF_ERROR(base::WriteFile(place.in(), graph));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, place.in().c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, place.out().c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::string program = "dot", form = "-Tplain";
  std::array<char*, 3> arguments{program.data(), form.data(), nullptr};
  pid_t process = 0;
  const int error = posix_spawnp(&process, "dot", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT)
    return base::Error{base::Errc::kNotFound, "the program dot is not installed (Debian: graphviz)"};
  if (error != 0) return Failed("could not be started");
  if (!EndedWell(process)) return Failed("did not lay out a picture");
  return base::ReadFile(place.out(), kMostAnswer);
}

}  // namespace lawbound::cli
