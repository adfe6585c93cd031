// Instruments and their versions: which text was in force on a day, as one knew it on another.
//
// Three dates are kept apart.  Published: when the version was made known.  Commencement: from when it binds.
// Known: from when, and until when, the registry took it to be so.  An unknown date is unknown: a version
// without a commencement is in force on no day that one could name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "law/provision.h"

namespace lawbound::law {

struct Version {
  std::int64_t id = 0;
  std::optional<base::Day> published;
  std::optional<base::Day> commences;
  std::optional<base::Day> ends;  // the first day on which it no longer binds, where a text or ruling says so
  base::Day known_since;
  std::optional<base::Day> known_until;  // the first day on which the registry knew better
};

enum class Force : std::uint8_t {
  kInForce,
  kNotYet,   // published or known, commences later
  kEnded,    // replaced, repealed or run out
  kUnknown,  // its commencement is unknown
};
std::string_view ForceWords(Force force);

// The days [from, to) on which a version is the one in force among its instrument's versions; no `to`: open.
struct InForce {
  std::size_t version = 0;  // index into the versions
  base::Day from;
  std::optional<base::Day> to;
};

enum class ConflictKind : std::uint8_t {
  kCommencesTogether,  // two versions commence on one day
  kOrder,              // the later published commences earlier
  kUnknownCommencement,
  kEndsBeforeStart,
};
std::string_view ConflictWords(ConflictKind kind);

struct Conflict {
  ConflictKind kind = ConflictKind::kOrder;
  std::size_t version = 0, other = 0;  // indexes into the versions
};

// The registry took the version to be so on `known`.
bool KnownOn(const Version& version, base::Day known);

// Who follows whom.  Versions that are not known on `known` are left out.  A version ends when a later
// published one commences, or when it says so itself.  Of two that commence together the later published is
// in force, and the conflict is listed; a version without commencement is listed and in force on no day.
struct Succession {
  std::vector<InForce> in_force;  // by day
  std::vector<Conflict> conflicts;
};
Succession Succeed(const std::vector<Version>& versions, base::Day known);

// Index of the version in force on `day`, or nothing.
std::optional<std::size_t> VersionOn(const Succession& succession, base::Day day);

Force ForceOf(const Succession& succession, std::size_t version, base::Day day);

// "/law/prc/2021/lantern-law/art_63/para_1@2024-05-01".  The year (or the whole date, or
// nothing) says when the version was published that the writer had before him; the day after @ asks for the
// text in force that day. docs/formats/law-address.md.
struct Address {
  std::string territory;  // "prc", "prc/guangdong" is written prc-guangdong
  std::string year;       // "", "2021" or "2021-01-22"
  std::string name;       // of the instrument, as in addresses
  Path path;
  std::optional<base::Day> day;
};
std::string PrintAddress(const Address& address);
// Nothing when the text is no address.
std::optional<Address> ParseAddress(std::string_view text);

}  // namespace lawbound::law
