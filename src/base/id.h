// Id<T> is the number of a row in a table of T.  Two tables' ids do not mix: Id<Rule> is not Id<Act>.
// The default id names nothing.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "base/check.h"

namespace lawbound::base {

template <typename T>
struct Id {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t value = kNone;

  constexpr Id() = default;
  explicit constexpr Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}

  constexpr explicit operator bool() const { return value != kNone; }
  // REQUIRES: the id names something.
  constexpr std::size_t index() const {
#ifndef LAWBOUND_PROVEN_INDEXES  // docs/decisions/0011-indexes-are-proven-once.md
    CHECK(value != kNone);
#endif
    return value;
  }
  auto operator<=>(const Id&) const = default;
};

// `count` rows of a table of T from row `first`.
template <typename T>
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  constexpr bool empty() const { return count == 0; }
  constexpr std::uint32_t end() const { return first + count; }
  auto operator<=>(const Range&) const = default;
};

}  // namespace lawbound::base
