// Timestamps of a log, converted once each: logs repeat the same days over and over.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "calendar/zone.h"

namespace lawbound::ingest {

struct LogTime {
  base::Day day;
  base::Minute minute = base::kNoMinute;
  base::Millisecond millisecond = base::kNoMillisecond;
  std::int32_t month = 0;  // year * 12 + month - 1
};

// Remembers the last timestamp of each of a few thousand hashes.  Borrows the zone.  One thread at a time.
class Times {
 public:
  // REQUIRES: `remembered` is a power of two.
  Times(const calendar::Zone& zone, std::size_t remembered) : zone_(&zone), slots_(remembered) {
    CHECK(std::has_single_bit(remembered));
  }

  // Null when the text is no timestamp; else valid until the next call.
  const LogTime* Read(std::string_view text) {
    if (text.size() < 8 || text.size() > kText) return Convert(text);
    Slot& slot = slots_[Hash(text) & (slots_.size() - 1)];
    if (slot.size == text.size() && std::memcmp(slot.text.data(), text.data(), text.size()) == 0)
      return &slot.time;
    const LogTime* time = Convert(text);
    if (time == nullptr) return nullptr;
    slot.size = static_cast<std::uint8_t>(text.size());
    std::memcpy(slot.text.data(), text.data(), text.size());
    slot.time = *time;
    return &slot.time;
  }

 private:
  static constexpr std::size_t kText = 35;
  struct Slot {
    std::array<char, kText> text{};
    std::uint8_t size = 0;
    LogTime time;
  };

  static std::size_t Hash(std::string_view text) {
    std::uint64_t head, tail, middle;
    std::memcpy(&head, text.data(), 8);
    std::memcpy(&tail, text.data() + text.size() - 8, 8);
    std::memcpy(&middle, text.data() + text.size() / 2 - 4, 8);
    const std::uint64_t h = (head * 0x9e3779b97f4a7c15u ^ tail) * 0xff51afd7ed558ccdu + middle;
    return (h * 0xc4ceb9fe1a85ec53u) >> 32;
  }

  const LogTime* Convert(std::string_view text) {
    const std::optional<calendar::CivilTime> civil = calendar::ParseTimestamp(text, *zone_);
    if (!civil) return nullptr;
    const base::YearMonthDay date = base::FromDay(civil->day);
    converted_ = {civil->day, civil->minute, civil->millisecond, date.year * 12 + date.month - 1};
    return &converted_;
  }

  const calendar::Zone* zone_;
  std::vector<Slot> slots_;
  LogTime converted_;
};

}  // namespace lawbound::ingest
