// An effect is what one instrument does to another: it amends, repeals, replaces or interprets it.  An effect
// is found in a text before anybody has seen to it in the other; `applied` says whether the registry's text
// of the affected instrument has taken it in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "law/provision.h"

namespace lawbound::law {

enum class EffectKind : std::uint8_t { kAmends, kRepeals, kReplaces, kInterprets };

enum class Applied : std::uint8_t { kUnknown, kYes, kNo };

struct Effect {
  EffectKind kind = EffectKind::kAmends;
  std::int64_t by = 0;   // the version that has the effect
  Path by_path;          // ... and the provision of it
  std::string affected;  // the plain name of the instrument it is on
  Path affected_path;    // the provision it is on; empty: the whole
  std::optional<base::Day> effective;
  Applied applied = Applied::kUnknown;
};

constexpr std::string_view EffectWords(EffectKind kind) {
  switch (kind) {
    case EffectKind::kAmends:
      return "amends";
    case EffectKind::kRepeals:
      return "repeals";
    case EffectKind::kReplaces:
      return "replaces";
    case EffectKind::kInterprets:
      return "interprets";
  }
  return "";
}

}  // namespace lawbound::law
