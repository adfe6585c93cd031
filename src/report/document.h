// What an audit says, with every name and citation resolved: the figures that text, JSON and HTML show alike,
// and that audits of the parts of a log are merged by.  The findings themselves are not in it: there may be
// millions, and they are written as they are read (audit_report.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "calendar/period.h"
#include "engine/audit.h"
#include "program/program.h"
#include "report/quality.h"

namespace lawbound::report {

using base::Day;
using engine::Tally;

struct Provision {
  std::string citation;    // "CdS 201(1)"
  std::string instrument;  // the instrument's title
  std::string reading;     // "seen", "from a secondary source", "from memory"
  bool operator==(const Provision&) const = default;
};

struct SentenceFigures {
  std::string id;                  // rule and place in it: "notify-in-time.2"
  std::string kind;                // "may", "must", "only if", "no if", "on"
  std::string side;                // who keeps or breaks it: "authority", "party", "law"
  std::string text;                // as written
  std::vector<std::string> acts;   // titles of the acts that it opens, demands, conditions or bars
  std::optional<Day> from, until;  // none: always
  std::optional<calendar::Length> term;
  Tally tally;
};

struct RuleFigures {
  std::string id, title;
  std::vector<Provision> provisions;
  std::vector<SentenceFigures> sentences;
  // In how many cases an authority or the law broke it; none: not every finding was listed.
  std::optional<std::uint64_t> broken_cases;

  // Sums over the sentences.
  Tally Total() const;
  // Breaches of sentences that bind private parties; they are in Total() too.
  std::uint64_t PartyLapses() const;
  // "CdS 201(1), CdS 201(5)"
  std::string Citations() const;
};

// Form, power and standing of one kind of act.
struct ActFigures {
  std::string id, title, side;
  std::vector<Provision> provisions;
  Tally tally;
};

// A value that the mapping takes for granted.
struct Assumption {
  std::string field;          // "owner.abroad"
  std::string value;          // "no"
  std::uint64_t answers = 0;  // how many answers hang on it, kept ones too
  bool exact = true;          // false: at most so many; they may hang on another assumption instead
};

struct CalendarUsed {
  std::string name, version;
  std::optional<Day> first_published, last_published;  // none: nothing is published
  std::vector<std::string> sources;                    // of the listed days in the time of the log
  bool operator==(const CalendarUsed&) const = default;
};

struct QualityOfLog {
  std::string log;
  QualityPage page;
};

struct AuditDocument {
  std::string pack, title, pack_hash, language, mapping;
  std::vector<std::string> logs;
  bool strict = false;
  std::uint32_t shard = 1, shards = 1;  // this is the shard-th of so many parts of the cases of one log
  Day as_of;
  std::optional<Day> from, to;  // the period asked for
  std::string rule;             // the one rule asked for, or empty
  std::uint64_t cases = 0, entries = 0, overruns = 0;
  std::optional<Day> first_day, last_day;
  std::uint64_t findings = 0, findings_cut = 0;
  std::vector<RuleFigures> rules;
  std::vector<ActFigures> acts;
  std::vector<Assumption> assumptions;
  std::vector<std::string> unseen;  // what the log cannot show
  std::vector<CalendarUsed> calendars;
  std::vector<QualityOfLog> quality;
};

// Puts audits of parts of one log together: sums of all figures.  kInvalid, naming the place, when they are
// not of the same pack, day, period, rule, calendars and options, or `parts` is empty.
base::Result<AuditDocument> MergeDocuments(std::span<const AuditDocument> parts);

}  // namespace lawbound::report
