// lawbound watch FOLDER: looks at the sheets of a folder again when they change, and keeps one list current.
//
// The folder is looked at every few seconds and no notice of the system is waited for: ledgers lie on shared
// drives, where none comes.  A file that changed is read when two looks found it the same, so that nobody's
// half-written file is read; what cannot be read keeps what it last said.  Nothing is sent anywhere.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <sys/stat.h>
#include <thread>
#include <utility>

#include "base/file.h"
#include "cli/law.h"
#include "cli/look.h"
#include "cli/output.h"

namespace lawbound::cli {
namespace {

using look::Phrase;
using look::Say;

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);
extern "C" void OnStop(int /*signal*/) { stop_asked = true; }

// What changes when a file does, be it written in place or replaced by another.
struct Stamp {
  std::int64_t size = -1, seconds = 0, nanoseconds = 0;
  std::uint64_t inode = 0;
  bool operator==(const Stamp&) const = default;
};

Stamp StampOf(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return {};
  return {.size = about.st_size,
          .seconds = about.st_mtim.tv_sec,
          .nanoseconds = about.st_mtim.tv_nsec,
          .inode = about.st_ino};
}

// A file with what was said of it.
using Stamps = std::pair<Stamp, Stamp>;
Stamps StampsOf(const std::string& path) { return {StampOf(path), StampOf(AnswersFileOf(path))}; }

struct Watched {
  Stamps seen;
  std::optional<Stamps> read;  // as it was when it was last read, in vain or not
  std::optional<Looked> looked;
  std::string unread;  // why it cannot be read as it is now
};

// By its name: office programs leave ~$cases.xlsx and .~lock.cases.ods# beside what they have open.
bool IsSheetName(std::string_view path) {
  std::string name(path.substr(path.rfind('/') + 1));
  if (name.starts_with('.') || name.starts_with("~$")) return false;
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const char* ending : {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".csv.gz", ".tsv.gz"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

class Watcher {
 public:
  Watcher(const WatchArguments& arguments, LookSettings settings)
      : arguments_(arguments), settings_(std::move(settings)) {
    settings_.stop = &stop_asked;
  }

  void Run() {
    bool due = true;  // the list is to be written
    for (bool first = true; !stop_asked; first = false) {
      if (base::IsFolder(arguments_.folder)) due = LookAround(first) || due;
      if (due && !stop_asked) due = !Write();
      Wait();
    }
  }

 private:
  std::string In(Phrase phrase, const look::Args& args = {}) const {
    return Say(settings_.language, phrase, args);
  }

  // Whether something is another than before.
  bool LookAround(bool first) {
    const base::Day today = Today();
    const bool new_day = std::exchange(settings_.today, today) != today;
    bool changed = first || new_day;
    std::map<std::string, Watched> now;
    for (const std::string& path : base::FilesIn(arguments_.folder, "")) {
      if (!IsSheetName(path)) continue;
      const auto before = files_.find(path);
      Watched watched = before == files_.end() ? Watched{} : std::move(before->second);
      const bool known = before != files_.end();
      if (known) files_.erase(before);
      changed = Update(path, first || new_day, watched) || changed;
      now.emplace(path, std::move(watched));
    }
    changed = changed || !files_.empty();  // some are gone
    files_ = std::move(now);
    return changed;
  }

  // Reads a file that is another than when it was read, once it has stopped changing.
  bool Update(const std::string& path, bool at_once, Watched& watched) {
    const Stamps stamps = StampsOf(path);
    const bool settled = std::exchange(watched.seen, stamps) == stamps;
    if (watched.read == stamps && !at_once) return false;
    if (!settled && !at_once) return false;
    base::Result<Looked> looked = LookAtFile(path, settings_, nullptr);
    if (stop_asked || StampsOf(path) != stamps) return false;  // it changed meanwhile: again, next time
    watched.read = stamps;
    if (looked.ok()) {
      watched.looked = std::move(looked).value();
      watched.unread.clear();
    } else {
      watched.unread = looked.error().message;
    }
    return true;
  }

  bool Write() {
    Looked all;
    look::PageCounts counts;
    std::vector<std::string> unread;
    for (const auto& [path, watched] : files_) {
      if (!watched.unread.empty()) {
        unread.push_back(In(watched.looked ? Phrase::kWatchUnread : Phrase::kWatchNeverRead,
                            {NameOfFile(path), watched.unread}));
      }
      if (!watched.looked) continue;
      for (const look::Page& page : watched.looked->pages) {
        counts.Add(page.counts);
        all.pages.push_back(page);
      }
      all.lapses.insert(all.lapses.end(), watched.looked->lapses.begin(), watched.looked->lapses.end());
    }
    look::Page head;
    head.language = settings_.language;
    head.title = In(Phrase::kWatchTitle, {NameOfFile(arguments_.folder), Now()});
    head.lead.push_back(files_.empty() ? In(Phrase::kWatchNoFiles)
                                       : In(Phrase::kWatchSums,
                                            {look::SayNumber(counts.late), look::SayNumber(counts.this_week),
                                             look::SayNumber(counts.next_week),
                                             look::SayNumber(counts.untold), look::SayNumber(counts.odd)}));
    head.lead.insert(head.lead.end(), unread.begin(), unread.end());
    const std::string summary = look::PageText(head, kLookWidth);
    std::string text = summary;
    for (const look::Page& page : all.pages) text += "\n" + look::PageText(page, kLookWidth);
    const bool named =
        !arguments_.text.empty() || !arguments_.look.html.empty() || !arguments_.look.ics.empty();
    fmt::print("{}\n", named ? summary : text);
    std::fflush(stdout);
    base::Status written = WriteOutput(arguments_.text, [&](std::ostream& out) { out << text; });
    if (written.ok()) written = WriteLooked(arguments_.look, settings_, head.title, head.lead, all);
    if (!written.ok()) Fail(written.error());
    return written.ok();
  }

  std::string Now() const {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return fmt::format("{} {:02}:{:02}", look::SayDay(settings_.language, settings_.today), local.tm_hour,
                       local.tm_min);
  }

  // In short sleeps, so that a signal ends them soon.
  void Wait() const {
    using std::chrono::steady_clock;
    const auto end = steady_clock::now() + std::chrono::seconds(arguments_.every);
    while (!stop_asked && steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }

  const WatchArguments& arguments_;
  LookSettings settings_;
  std::map<std::string, Watched> files_;  // by path
};

}  // namespace

ExitCode RunWatch(const WatchArguments& arguments) {
  if (!base::IsFolder(arguments.folder))
    return Fail({base::Errc::kNotFound, fmt::format("'{}' is no folder", arguments.folder)});
  base::Result<LookSettings> settings = SettingsOf(arguments.look);
  if (!settings.ok()) return Fail(settings.error());
  std::signal(SIGINT, OnStop);
  std::signal(SIGTERM, OnStop);
  Watcher(arguments, std::move(settings).value()).Run();
  return kDone;
}

}  // namespace lawbound::cli
