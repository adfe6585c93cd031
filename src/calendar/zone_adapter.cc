// The date library throws; nothing above this file sees it.
#include <date/tz.h>
#include <exception>
#include <fmt/format.h>
#include <utility>

#include "base/check.h"
#include "calendar/zone.h"

namespace lawbound::calendar {

base::Result<Zone> Zone::Load(const std::string& name) {
  constexpr std::int64_t kSecondsOfDay = 86400;
  const date::sys_seconds first{std::chrono::seconds{(base::kFirstDay - 2).number * kSecondsOfDay}};
  const date::sys_seconds last{std::chrono::seconds{(base::kLastDay + 2).number * kSecondsOfDay}};
  std::vector<Offset> offsets;
  try {
    const date::time_zone* zone = date::locate_zone(name);
    for (date::sys_seconds at = first; at < last;) {
      const date::sys_info info = zone->get_info(at);
      const auto seconds = static_cast<std::int32_t>(info.offset.count());
      if (offsets.empty() || offsets.back().seconds != seconds) {
        offsets.push_back({at.time_since_epoch().count(), seconds});
      }
      CHECK(info.end > at);
      at = info.end;
    }
  } catch (const std::exception& failure) {
    return base::Error{
        base::Errc::kNotFound,
        fmt::format(
            "no time zone '{}' in the operating system's database ({}); is the package tzdata installed?",
            name, failure.what())};
  }
  return Zone(name, std::move(offsets));
}

}  // namespace lawbound::calendar
