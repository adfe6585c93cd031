#include "cli/reading.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

#include "calendar/zone.h"

namespace lawbound::cli {
namespace {

// One line on a terminal, rewritten at most ten times a second.  The size of a compressed log is not known
// beforehand, so the estimate is of bytes read, and of time only when the log tells its size.
class Progress {
 public:
  explicit Progress(const ingest::LogSource& source) : total_(source.bytes.value_or(0)) {}
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Show(std::uint64_t bytes) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    std::string line = fmt::format("read {:.0f} MB in {:.1f} s", static_cast<double>(bytes) / 1e6, seconds);
    if (total_ > 0 && bytes > 0 && bytes <= total_) {
      const double left = seconds * static_cast<double>(total_ - bytes) / static_cast<double>(bytes);
      line += fmt::format(", about {:.0f} s to go", left);
    }
    fmt::print(stderr, "\r{:<60}", line);
    shown_ = true;
  }
  void Clear() {
    if (shown_) fmt::print(stderr, "\r{:<60}\r", "");
    shown_ = false;
  }

 private:
  std::uint64_t total_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_ = begin_;
};

// A log that shares no activity with the mapping is the wrong log, not one without breaches.
base::Status HasActs(const ingest::DataQuality& quality, const program::MappingDef& mapping,
                     const program::Program& program, const std::string& log) {
  if (quality.entries > 0) return base::Ok();
  if (quality.events == 0) return base::Error{base::Errc::kInvalid, fmt::format("'{}' has no events", log)};
  if (quality.unknown_activities.empty()) {
    return base::Error{
        base::Errc::kInvalid,
        fmt::format("no event of '{}' can be used: {} of {} have no activity, case or readable "
                    "time; 'lawbound log inspect' shows what is there",
                    log, quality.bad_rows.count, quality.events)};
  }
  std::string activities;
  std::size_t shown = 0;
  for (const auto& [activity, count] : quality.unknown_activities) {
    if (shown++ == 3) break;
    activities += (activities.empty() ? "'" : ", '") + activity + "'";
  }
  return base::Error{base::Errc::kInvalid,
                     fmt::format("no event of '{}' is an act of the pack: mapping '{}' names none of its {} "
                                 "activities ({}{}); is it the log this pack was written for?",
                                 log, program.string(mapping.name), quality.unknown_activities.size(),
                                 activities, shown > 3 ? ", ..." : "")};
}

}  // namespace

unsigned ThreadsFor(const LogArguments& arguments) {
  const unsigned asked = arguments.threads != 0 ? arguments.threads : std::thread::hardware_concurrency();
  return std::clamp(asked, 1u, 64u);
}

base::Result<ingest::LogSummary> ReadLogFor(const LogArguments& arguments, const program::Program& program,
                                            const program::MappingDef& mapping, ingest::BatchSink& sink) {
  const std::string zone_name = program.zone ? std::string(program.string(program.zone)) : "UTC";
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Load(zone_name));
  const ingest::LogSource source = ingest::FileLog(arguments.log);
  Progress progress(source);
  ingest::Options options;
  options.threads = ThreadsFor(arguments);
  options.identity_ground = arguments.identity_ground;
  if (!arguments.quiet && ::isatty(STDERR_FILENO) != 0) {
    options.progress = [&progress](std::uint64_t bytes) { progress.Show(bytes); };
  }
  if (!arguments.quiet) {
    options.notice = [&progress](std::string_view message) {
      progress.Clear();
      fmt::print(stderr, "lawbound: {}\n", message);
    };
  }
  ASSIGN_OR_RETURN(ingest::LogSummary summary,
                   ingest::ReadLog(source, program, mapping, zone, options, sink));
  RETURN_IF_ERROR(HasActs(summary.quality, mapping, program, source.name));
  return summary;
}

}  // namespace lawbound::cli
