// The parts of the JSON form that writing an audit and merging audits share.
#pragma once

#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "model/verdict.h"
#include "report/document.h"
#include "report/json.h"

namespace lawbound::report {

inline constexpr std::string_view kAuditFormat = "lawbound-audit 1";

// The plain numbers of a tally, as JSON and CSV call them.
struct TallyNumber {
  std::string_view name;
  std::uint64_t Tally::*member;
};
inline constexpr std::array<TallyNumber, 12> kTallyNumbers{{{"applied", &Tally::applied},
                                                            {"kept", &Tally::kept},
                                                            {"broken", &Tally::broken},
                                                            {"pending", &Tally::pending},
                                                            {"cannot_tell", &Tally::cannot_tell},
                                                            {"by_assumption", &Tally::by_assumption},
                                                            {"late", &Tally::late},
                                                            {"never", &Tally::never},
                                                            {"released", &Tally::released},
                                                            {"same_day", &Tally::same_day},
                                                            {"law_version", &Tally::law_version},
                                                            {"provisional", &Tally::provisional}}};

// Members of the object that is being written.
void WriteTally(JsonWriter& json, const Tally& tally);

// Members of the object that is being written: what docs/formats/audit-json.md says of a finding, but its
// case.
void WriteOutcome(JsonWriter& json, const program::Program& program, const model::Outcome& outcome,
                  Day as_of);

// Everything up to the first finding, and everything after the last; between them one object each.
void WriteHead(JsonWriter& json, const AuditDocument& document);
void WriteTail(JsonWriter& json, std::ostream& out);

// The due day, where a term stands behind the outcome and was started; none while it is stopped, for then it
// moves.
std::optional<Day> DueOf(const program::Program& program, const model::Outcome& outcome, Day as_of);

// The day on which the outcome was certain; none while it is pending.
std::optional<Day> DecidedOf(const model::Outcome& outcome);

// Days late of a breach that is late; none for what was not done at all, or was no matter of time.
std::optional<std::int32_t> DaysLateOf(const model::Outcome& outcome);

// "by assumption", "same day", "law version", "known later", "provisional".
std::vector<std::string> MarkWords(const model::Marks& marks);

// What a reader of the form gets: the head, and the findings as the JSON texts of their objects.
struct ReadAudit {
  AuditDocument document;
  std::vector<std::string> findings;
};

// kInvalid: not an audit of kAuditFormat.
base::Result<ReadAudit> ReadAuditJson(std::string_view text);

}  // namespace lawbound::report
