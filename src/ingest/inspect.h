// What is in a log, without any pack: the first look, and the draft of a mapping.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "ingest/byte_source.h"
#include "ingest/limits.h"

namespace lawbound::ingest {

// One attribute of one activity, or of the cases.
struct AttributeProfile {
  static constexpr std::size_t kExamples = 3;
  std::uint64_t filled = 0;
  std::uint64_t whole = 0, decimal = 0, dates = 0, yes_no = 0;  // values that read as such
  bool personal = false;           // its name or a value looks like a person's: no example is kept
  std::set<std::string> examples;  // the first few different values
  // "yes-no", "whole", "money", "day" or "text": the narrowest type of the language that takes all its
  // values.
  std::string Type() const;
};
using Attributes = std::map<std::string, AttributeProfile, std::less<>>;

struct ActivityProfile {
  std::uint64_t count = 0;
  Attributes attributes;
};

struct LogInspection {
  enum class Format : std::uint8_t { kXes, kCsv, kJsonLines };
  Format format = Format::kXes;
  std::vector<std::string> columns;                  // of rows
  std::string case_column, act_column, time_column;  // of rows: guessed by name, empty when none fits
  std::uint64_t cases = 0, events = 0, bad_rows = 0, bad_times = 0;
  std::uint64_t identities = 0;          // case numbers that look like a person's
  std::optional<base::Day> first, last;  // dates as written
  std::map<std::string, ActivityProfile, std::less<>> activities;
  Attributes case_attributes;
  std::map<std::string, std::uint64_t, std::less<>> transitions;
  std::uint64_t midnights = 0;                                // times at 00:00 as written, or dates alone
  std::map<std::string, std::uint64_t, std::less<>> offsets;  // "+01:00", "Z", "" for none
};

// The format is told from the first bytes.  Errors as of ReadLog.
base::Result<LogInspection> InspectLog(const LogSource& source, const Limits& limits);

// Whether the name of a column or attribute says that it holds who somebody is, or how to find them.
bool SoundsPersonal(std::string_view name);

// For a person to read.
std::string PrintInspection(const LogInspection& inspection);
// A mapping in the pack language that names every activity, to be corrected by hand: act names are made from
// the log's.
std::string DraftMapping(const LogInspection& inspection);

}  // namespace lawbound::ingest
