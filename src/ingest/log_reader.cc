#include "ingest/log_reader.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "ingest/identity.h"
#include "ingest/mapping_table.h"
#include "ingest/reading.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

// One case number in twenty that looks like an identity is no accident.
base::Status CheckIdentities(const Reading& reading) {
  if (!reading.options.identity_ground.empty()) return base::Ok();
  static constexpr std::string_view kWhat[] = {"", "identity numbers", "phone numbers", "number plates"};
  for (std::size_t kind = 1; kind < reading.identities.size(); ++kind) {
    if (reading.identities[kind] * 20 < reading.quality.cases || reading.identities[kind] == 0) continue;
    return Error{
        Errc::kInvalid,
        fmt::format(
            "the case numbers in \"{}\" look like {} ({} of {}): a matter may not be known by a person; "
            "put other numbers there, or name the ground on which they may stay",
            reading.mapping.case_keys().name(0), kWhat[kind], reading.identities[kind],
            reading.quality.cases)};
  }
  return base::Ok();
}

}  // namespace

std::uint64_t HashOf(std::string_view name) {
  std::uint64_t h = 0x9e3779b97f4a7c15u ^ name.size();
  while (!name.empty()) {
    std::uint64_t word = 0;
    const std::size_t n = std::min<std::size_t>(8, name.size());
    std::memcpy(&word, name.data(), n);
    name.remove_prefix(n);
    h = (h ^ word) * 0xff51afd7ed558ccdu;
    h ^= h >> 32;
  }
  h *= 0xc4ceb9fe1a85ec53u;
  h ^= h >> 29;
  return h == 0 ? 1 : h;
}

bool CaseNumbers::Insert(std::uint64_t hash) {
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == hash) return false;
    if (slots_[at] == 0) {
      slots_[at] = hash;
      return true;
    }
  }
}

void CaseNumbers::AddAll(const model::Batch& batch) {
  const std::lock_guard lock(mutex_);
  for (const model::Batch::Case& c : batch.cases) {
    if (++count_ > most_) continue;
    if (count_ * 4 > slots_.size() * 3) {
      std::vector<std::uint64_t> old(slots_.size() * 2);
      old.swap(slots_);
      for (const std::uint64_t hash : old) {
        if (hash != 0) Insert(hash);
      }
    }
    const std::string_view name = std::string_view(batch.names).substr(c.name_begin, c.name_size);
    if (Insert(HashOf(name))) continue;
    ++repeated_count_;
    ++repeated_[std::string(name)];
    if (repeated_.size() > kNamed) repeated_.erase(std::prev(repeated_.end()));
  }
}

void CaseNumbers::Clear() {
  count_ = repeated_count_ = 0;
  repeated_.clear();
  slots_.assign(1024, 0);
}

void CaseNumbers::Report(DataQuality& quality) const {
  quality.repeated_cases_known = count_ <= most_;
  if (!quality.repeated_cases_known) return;
  quality.repeated_cases = repeated_;
  quality.repeated_cases_count = repeated_count_;
}

void Reading::Collect(CaseBuilder& builder) {
  for (std::size_t i = 0; i < identities.size(); ++i) identities[i] += builder.identities()[i];
  quality.Merge(builder.TakeQuality());
}

void Reading::Restart() {
  numbers.Clear();
  quality = mapping.EmptyQuality();
  identities = {};
  parts = 0;
  sink.Restart();
}

base::Result<std::size_t> CheckBeginning(std::string_view head) {
  if (head.substr(0, 3) == "\xef\xbb\xbf") return std::size_t{3};
  const bool marked = head.substr(0, 2) == "\xff\xfe" || head.substr(0, 2) == "\xfe\xff";
  if (marked || (head.size() >= 2 && (head[0] == '\0' || head[1] == '\0'))) {
    return Error{
        Errc::kInvalid,
        "line 1: the log is written in UTF-16 or UTF-32; convert it first: iconv -f UTF-16 -t UTF-8"};
  }
  return std::size_t{0};
}

base::Result<LogSummary> ReadLog(const LogSource& source, const program::Program& program,
                                 const program::MappingDef& mapping, const calendar::Zone& zone,
                                 const Options& options, BatchSink& sink) {
  CHECK(options.threads >= 1 && options.limits.block_bytes >= 64);
  ASSIGN_OR_RETURN(const MappingTable table, MappingTable::Make(program, mapping));
  Reading reading{.source = source,
                  .mapping = table,
                  .zone = zone,
                  .options = options,
                  .sink = sink,
                  .numbers = CaseNumbers(options.limits.compared_cases),
                  .quality = table.EmptyQuality()};
  base::Status read =
      mapping.format == program::MappingDef::Format::kXes ? ReadXes(reading) : ReadRows(reading);
  if (!read.ok()) return std::move(read).error().With(fmt::format("reading '{}'", source.name));
  RETURN_IF_ERROR(CheckIdentities(reading));
  // Each worker kept to the limit by itself; together they may have more.
  const std::size_t most = options.limits.activities;
  if (reading.quality.unknown_activities.size() > most || reading.quality.skipped_transitions.size() > most) {
    return Error{Errc::kLimit,
                 fmt::format("reading '{}': more than {} different names that the mapping does not have",
                             source.name, most)};
  }
  reading.numbers.Report(reading.quality);
  return LogSummary{std::move(reading.quality), reading.parts, reading.by_expat, reading.on_disk};
}

}  // namespace lawbound::ingest
