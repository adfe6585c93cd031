// Days as people write them into sheets.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/day.h"

namespace lawbound::look {

// Of "3/4/2025": which comes first, as the rest of its column tells.
enum class Order : std::uint8_t { kUnknown, kDayFirst, kMonthFirst };

// 2025-01-06, 2025/1/6, 2025.1.6, 2025年1月6日 (or 号), 20250106, each also with a time of day behind it;
// 3/4/2025 when the order is known or both are alike; a number of a sheet, from 20000 (1954) to 80000, in the
// system of the file.  Digits may be wide.  Nothing when it is no day, or could be two.
std::optional<base::Day> ReadDay(std::string_view text, Order order, bool from_1904);

// What "25/12/2024" says of the order of its column; kUnknown for everything that says nothing.
Order OrderShown(std::string_view text);

}  // namespace lawbound::look
