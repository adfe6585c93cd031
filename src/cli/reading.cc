#include "cli/reading.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

#include "calendar/zone.h"

namespace lawbound::cli {
namespace {

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

Progress::~Progress() { Clear(); }

ingest::LogSource Progress::Watch(ingest::LogSource source, bool quiet) {
  if (quiet || ::isatty(STDERR_FILENO) == 0) return source;
  total_ = source.bytes.value_or(0);
  return ingest::Watched(std::move(source), [this](std::uint64_t bytes) { Show(bytes); });
}

void Progress::Show(std::uint64_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const auto read = static_cast<double>(bytes);
  std::string line = fmt::format("read {:.0f} MB in {:.1f} s", read / 1e6, seconds);
  if (bytes > 0 && bytes <= total_) {
    line = fmt::format("read {:.0f} % of the log in {:.1f} s, about {:.0f} s to go",
                       100 * read / static_cast<double>(total_), seconds,
                       seconds * static_cast<double>(total_ - bytes) / read);
  }
  fmt::print(stderr, "\r{:<60}", line);
  shown_ = true;
}

void Progress::Clear() {
  if (shown_) fmt::print(stderr, "\r{:<60}\r", "");
  shown_ = false;
}

unsigned ThreadsFor(const LogArguments& arguments) {
  const unsigned asked = arguments.threads != 0 ? arguments.threads : std::thread::hardware_concurrency();
  return std::clamp(asked, 1u, 64u);
}

base::Result<ingest::LogSummary> ReadLogFor(const LogArguments& arguments, const program::Program& program,
                                            const program::MappingDef& mapping, ingest::BatchSink& sink) {
  const std::string zone_name = program.zone ? std::string(program.string(program.zone)) : "UTC";
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Load(zone_name));
  Progress progress;
  const ingest::LogSource source = progress.Watch(ingest::FileLog(arguments.log), arguments.quiet);
  ingest::Options options;
  options.threads = ThreadsFor(arguments);
  options.identity_ground = arguments.identity_ground;
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
