// Turns cases and events as texts into histories in a batch, by a mapping, and counts what the log was like.
//
// One worker has one builder; it may fill many batches one after the other.  Borrows mapping, zone and
// limits.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/data_quality.h"
#include "ingest/event.h"
#include "ingest/limits.h"
#include "ingest/mapping_table.h"
#include "ingest/name_table.h"
#include "ingest/times.h"
#include "model/history.h"

namespace lawbound::ingest {

// How many case numbers looked like an Identity; index by it.
using IdentityCounts = std::array<std::uint64_t, 4>;

class CaseBuilder final : public EventSink {
 public:
  CaseBuilder(const MappingTable& mapping, const calendar::Zone& zone, const Limits& limits);

  // Empties the batch and fills it from here on.
  void StartBatch(model::Batch& batch);
  // Forgets all that was counted.
  void Reset();

  base::Status BeginCase(const Place& place) override;
  base::Status CaseAttribute(const Attribute& attribute, const Place& place) override;
  base::Status Event(std::span<const Attribute> attributes, const Place& place) override;
  base::Status EndCase(const Place& place) override;
  void NestedAttributes(std::uint64_t count) override { quality_.nested_attributes += count; }
  void LooseEvent() override { ++quality_.loose_events; }

  // An event whose attributes have been put into the mapping's slots; a null view is an absent one.
  base::Status Row(std::span<const std::string_view> slots, const Place& place);

  // What was counted since the last Reset, which this does again.
  DataQuality TakeQuality();
  const IdentityCounts& identities() const { return identities_; }

 private:
  // Adds an example, or only counts it when it would not be kept.  `why` makes the reason.
  template <typename Why>
  void Note(Examples& examples, const Place& place, Why why);
  void NoteTime(const LogTime& time, const Place& place);
  base::Status CountName(std::map<std::string, std::uint64_t, std::less<>>& counts, std::string_view name,
                         const Place& place);
  base::Status AddEntry(const MappedLine& line, const LogTime& time, std::span<const std::string_view> slots,
                        const Place& place);
  void FillField(std::uint32_t row, const MappedLine& line, std::size_t entry, std::string_view text,
                 const Place& place);
  model::Value ReadValue(std::uint32_t row, std::string_view text, const Place& place);
  std::uint32_t PersonRow(std::string_view name);
  std::uint32_t TextRow(std::string_view text);
  void FillCaseFields(const Place& place);
  void SortEntries(const Place& place);
  void CountRepeats(const Place& place);
  void DropCase();
  void CountMonth(std::int32_t month);

  const MappingTable* mapping_;
  const Limits* limits_;
  Times times_;
  DataQuality quality_;
  IdentityCounts identities_{};
  std::vector<std::uint64_t> months_;  // events by year * 12 + month - 1, from first_month_ on
  std::int32_t first_month_ = 0;
  model::Batch* batch_ = nullptr;
  RowIndex texts_;  // of the batch

  // Of the case being read.
  std::vector<std::string_view> slots_;
  std::vector<std::string> case_values_;
  std::vector<bool> case_given_;
  std::uint32_t events_ = 0;
  std::vector<std::uint32_t> entry_lines_;  // row of the mapping's lines, by entry of the case
  model::Batch::Case case_;
  std::size_t first_value_ = 0, first_person_ = 0, first_name_ = 0;
  RowIndex people_;  // used when a case has many people
};

}  // namespace lawbound::ingest
