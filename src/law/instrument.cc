#include "law/instrument.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace lawbound::law {
namespace {

// By commencement, then by publication (unknown first), then as they were taken in.
bool Before(const Version& a, const Version& b) {
  if (a.commences != b.commences) return a.commences < b.commences;
  if (a.published != b.published) return a.published < b.published;
  return a.id < b.id;
}

bool IsYear(std::string_view text) {
  return (text.size() == 4 && text.find_first_not_of("0123456789") == std::string_view::npos) ||
         base::ParseDay(text).has_value();
}

// Takes what is before the next slash from the front of `text`.
std::string_view TakeSegment(std::string_view& text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view segment = text.substr(0, slash);
  text.remove_prefix(std::min(slash + 1, text.size()));
  return segment;
}

}  // namespace

bool KnownOn(const Version& version, base::Day known) {
  return version.known_since <= known && (!version.known_until || known < *version.known_until);
}

std::string_view ForceWords(Force force) {
  switch (force) {
    case Force::kInForce:
      return "in force";
    case Force::kNotYet:
      return "not yet in force";
    case Force::kEnded:
      return "no longer in force";
    case Force::kUnknown:
      return "unknown whether in force";
  }
  return "";
}

std::string_view ConflictWords(ConflictKind kind) {
  switch (kind) {
    case ConflictKind::kCommencesTogether:
      return "two versions commence on one day";
    case ConflictKind::kOrder:
      return "the later published version commences earlier";
    case ConflictKind::kUnknownCommencement:
      return "the commencement is unknown";
    case ConflictKind::kEndsBeforeStart:
      return "it ends before it commences";
  }
  return "";
}

Succession Succeed(const std::vector<Version>& versions, base::Day known) {
  Succession out;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (!KnownOn(versions[i], known)) continue;
    if (versions[i].commences) {
      order.push_back(i);
    } else {
      out.conflicts.push_back({ConflictKind::kUnknownCommencement, i, i});
    }
  }
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return Before(versions[a], versions[b]); });
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Version& version = versions[order[k]];
    std::optional<base::Day> to = version.ends;
    if (k + 1 < order.size()) {
      const Version& next = versions[order[k + 1]];
      if (next.commences == version.commences) {
        out.conflicts.push_back({ConflictKind::kCommencesTogether, order[k], order[k + 1]});
      }
      if (next.published && version.published && *next.published < *version.published) {
        out.conflicts.push_back({ConflictKind::kOrder, order[k], order[k + 1]});
      }
      if (!to || *next.commences < *to) to = next.commences;
    }
    if (version.ends && *version.ends < *version.commences) {
      out.conflicts.push_back({ConflictKind::kEndsBeforeStart, order[k], order[k]});
    }
    if (!to || *version.commences < *to) out.in_force.push_back({order[k], *version.commences, to});
  }
  return out;
}

std::optional<std::size_t> VersionOn(const Succession& succession, base::Day day) {
  for (const InForce& span : succession.in_force) {
    if (span.from <= day && (!span.to || day < *span.to)) return span.version;
  }
  return std::nullopt;
}

Force ForceOf(const Succession& succession, std::size_t version, base::Day day) {
  Force force = Force::kUnknown;
  for (const InForce& span : succession.in_force) {
    if (span.version != version) continue;
    if (day < span.from) return Force::kNotYet;
    force = !span.to || day < *span.to ? Force::kInForce : Force::kEnded;
  }
  const bool unknown = std::ranges::any_of(succession.conflicts, [&](const Conflict& conflict) {
    return conflict.kind == ConflictKind::kUnknownCommencement && conflict.version == version;
  });
  if (force == Force::kUnknown && !unknown) return Force::kEnded;  // commenced together with a later one
  return force;
}

std::string PrintAddress(const Address& address) {
  std::string territory = address.territory;
  std::ranges::replace(territory, '/', '-');
  std::string out = fmt::format("/law/{}", territory);
  if (!address.year.empty()) out += '/' + address.year;
  out += '/' + address.name;
  if (!address.path.empty()) out += '/' + PrintPath(address.path);
  if (address.day) out += '@' + base::PrintDay(*address.day);
  return out;
}

std::optional<Address> ParseAddress(std::string_view text) {
  Address address;
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    address.day = base::ParseDay(text.substr(at + 1));
    if (!address.day) return std::nullopt;
    text = text.substr(0, at);
  }
  if (!text.starts_with("/law/")) return std::nullopt;
  text.remove_prefix(5);
  address.territory = TakeSegment(text);
  std::ranges::replace(address.territory, '-', '/');
  std::string_view segment = TakeSegment(text);
  if (IsYear(segment)) {
    address.year = segment;
    segment = TakeSegment(text);
  }
  address.name = segment;
  if (address.territory.empty() || address.name.empty()) return std::nullopt;
  const std::optional<Path> path = ParsePath(text);
  if (!path) return std::nullopt;
  address.path = *path;
  return address;
}

}  // namespace lawbound::law
