// CSV and JSON Lines in two passes.  The first cuts rows and writes of each only what the mapping reads into
// the partition of its case:
//
//   record = case activity line {value}      case, value = size + 1 and bytes, or 0 for an absent one
//   activity, line = numbers; an activity is a row of the names seen so far; all numbers as varints
//
// The second takes partitions, several at once, groups the records by case in the order of their first row
// and hands them to the same CaseBuilder as XES.
#include <algorithm>
#include <atomic>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ingest/reading.h"
#include "ingest/row_parser.h"
#include "ingest/row_store.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t kBatchEntries = 4096;
// Parts are numbered partition * this + batch.
constexpr std::size_t kPartsPerPartition = std::size_t{1} << 24;
constexpr std::string_view kCasePrefix = "case:";

class LinePlace final : public Place {
 public:
  explicit LinePlace(std::uint64_t line) : line_(line) {}
  std::uint64_t block() const override { return 0; }
  std::uint64_t line() const override { return line_; }

 private:
  std::uint64_t line_;
};

void PutNumber(std::string& out, std::uint64_t n) {
  for (; n >= 0x80; n >>= 7) out += static_cast<char>(n | 0x80);
  out += static_cast<char>(n);
}

void PutText(std::string& out, std::string_view text) {
  PutNumber(out, text.data() == nullptr ? 0 : text.size() + 1);
  out += text;
}

// Reads what PutNumber and PutText wrote: our own bytes, never those of others.
class Records {
 public:
  explicit Records(std::string_view bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  std::uint64_t Number() {
    std::uint64_t n = 0;
    for (unsigned shift = 0;; shift += 7) {
      CHECK(!rest_.empty() && shift < 64);
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      n |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return n;
    }
  }
  std::string_view Text() {
    const std::uint64_t size = Number();
    if (size == 0) return {};
    CHECK(size - 1 <= rest_.size());
    const std::string_view text = rest_.substr(0, size - 1);
    rest_.remove_prefix(size - 1);
    return text;
  }
  const char* at() const { return rest_.data(); }

 private:
  std::string_view rest_;
};

std::size_t PartitionsFor(const LogSource& source, const Limits& limits) {
  constexpr std::size_t kFewest = 16, kMost = 256;
  if (!source.bytes) return kMost;
  // Twenty: what gzip makes of logs; an ordinary file gets more partitions than it needs, which costs
  // nothing.
  return std::clamp(
      static_cast<std::size_t>(*source.bytes / std::max<std::size_t>(limits.memory_bytes, 1)) * 20, kFewest,
      kMost);
}

class RowReader {
 public:
  explicit RowReader(Reading& reading)
      : reading_(&reading),
        store_(PartitionsFor(reading.source, reading.options.limits), reading.options.limits.memory_bytes),
        slots_(reading.mapping.event_keys().size()) {}

  base::Status Run();

 private:
  base::Status ReadAll(RowParser& parser);
  base::Status CheckColumns(const RowParser& parser) const;
  base::Status AddRow(const ParsedRow& row);
  // Puts the cells into slots_; the case number's text.
  std::string_view FillSlots(const ParsedRow& row);
  void Work(std::size_t worker);
  base::Status DeliverPartition(std::size_t worker, std::size_t partition, CaseBuilder& builder,
                                model::Batch& batch);
  base::Status DeliverCase(std::span<const std::string_view> records, CaseBuilder& builder);
  void HandOn(std::size_t worker, std::size_t part, CaseBuilder& builder, model::Batch& batch);

  Reading* reading_;
  RowStore store_;
  NameTable activities_;
  std::vector<std::string_view> slots_;
  DataQuality first_pass_;
  std::string record_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex note_;
  std::optional<Error> error_;
};

base::Status RowReader::Run() {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> bytes, reading_->source.open());
  const Limits& limits = reading_->options.limits;
  bytes = Decompressed(std::move(bytes), limits);
  const bool csv = reading_->mapping.mapping().format == program::MappingDef::Format::kCsv;
  const std::unique_ptr<RowParser> parser =
      csv ? MakeCsvParser(std::move(bytes), limits) : MakeJsonLinesParser(std::move(bytes), limits);
  RETURN_IF_ERROR(ReadAll(*parser));
  RETURN_IF_ERROR(store_.Finish());
  reading_->on_disk = store_.on_disk();
  first_pass_.bytes = parser->bytes();
  first_pass_.nested_attributes = parser->nested();
  std::vector<std::thread> others;
  for (std::size_t worker = 1; worker < reading_->options.threads; ++worker) {
    others.emplace_back([this, worker] { Work(worker); });
  }
  Work(0);
  for (std::thread& other : others) other.join();
  if (error_) return *error_;
  reading_->quality.Merge(first_pass_);
  return base::Ok();
}

base::Status RowReader::ReadAll(RowParser& parser) {
  ParsedRow row;
  for (bool first = true;; first = false) {
    RETURN_IF_ERROR(parser.Next(row));
    if (first) RETURN_IF_ERROR(CheckColumns(parser));
    if (row.kind == ParsedRow::Kind::kEnd) return base::Ok();
    if (row.kind == ParsedRow::Kind::kBad) {
      ++first_pass_.events;
      first_pass_.bad_rows.Add(0, row.line, "", row.why);
      continue;
    }
    if (store_.IsFull() && reading_->options.notice) {
      reading_->options.notice(fmt::format(
          "the rows do not fit in {} MB of memory; their mapped columns, at most as many bytes as the log "
          "has{}, "
          "go to temporary files in $TMPDIR or /tmp, which are gone when the reading ends",
          reading_->options.limits.memory_bytes >> 20,
          reading_->source.bytes ? fmt::format(" ({} bytes as stored)", *reading_->source.bytes) : ""));
    }
    RETURN_IF_ERROR(AddRow(row));
  }
}

// JSON Lines has no header: there a row without case, act or time is a bad row.
base::Status RowReader::CheckColumns(const RowParser& parser) const {
  const std::vector<std::string>& columns = parser.columns();
  if (columns.empty()) return base::Ok();
  const MappingTable& m = reading_->mapping;
  for (const std::string& wanted : {m.case_keys().name(0), m.event_keys().name(MappingTable::kActivity),
                                    m.event_keys().name(MappingTable::kTime)}) {
    const auto has = [&](const std::string& name) {
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    };
    if (has(wanted) || has(std::string(kCasePrefix) + wanted)) continue;
    return Error{Errc::kInvalid, fmt::format("line 1: there is no column \"{}\"; the columns are \"{}\"",
                                             wanted, fmt::join(columns, "\", \""))};
  }
  return base::Ok();
}

std::string_view RowReader::FillSlots(const ParsedRow& row) {
  std::fill(slots_.begin(), slots_.end(), std::string_view());
  const NameTable& events = reading_->mapping.event_keys();
  const NameTable& cases = reading_->mapping.case_keys();
  std::string_view case_name;
  const auto put = [&](std::string_view& slot, std::string_view value) {
    if (slot.data() == nullptr)
      slot = value;
    else
      ++first_pass_.repeated_attributes;
  };
  bool prefixed = false;
  for (const Attribute& cell : row.cells) {
    const std::uint32_t slot = events.Find(cell.key);
    const bool is_case = cases.Find(cell.key) == 0;
    if (slot != NameTable::kNone) put(slots_[slot], cell.value);
    if (is_case) put(case_name, cell.value);
    prefixed = prefixed || (slot == NameTable::kNone && !is_case && cell.key.starts_with(kCasePrefix));
  }
  if (!prefixed) return case_name;
  // A column "case:x" is x where no column is called so.
  for (const Attribute& cell : row.cells) {
    if (!cell.key.starts_with(kCasePrefix) || events.Find(cell.key) != NameTable::kNone ||
        cases.Find(cell.key) == 0)
      continue;
    const std::string_view key = cell.key.substr(kCasePrefix.size());
    const std::uint32_t slot = events.Find(key);
    if (slot != NameTable::kNone && slots_[slot].data() == nullptr) slots_[slot] = cell.value;
    if (cases.Find(key) == 0 && case_name.data() == nullptr) case_name = cell.value;
  }
  return case_name;
}

base::Status RowReader::AddRow(const ParsedRow& row) {
  const std::string_view case_name = FillSlots(row);
  if (case_name.empty()) {
    ++first_pass_.events;
    first_pass_.bad_rows.Add(0, row.line, "", "no case");
    return base::Ok();
  }
  const std::string_view activity = slots_[MappingTable::kActivity];
  record_.clear();
  PutText(record_, case_name);
  PutNumber(record_, activity.empty() ? 0 : activities_.Add(activity) + 1);
  const Limits& limits = reading_->options.limits;
  if (activities_.size() > limits.activities + reading_->mapping.lines().size()) {
    return Error{Errc::kLimit,
                 fmt::format("line {}: more than {} different names that the mapping does not have", row.line,
                             limits.activities)};
  }
  PutNumber(record_, row.line);
  for (std::size_t i = MappingTable::kTime; i < slots_.size(); ++i) PutText(record_, slots_[i]);
  return store_.Add(HashOf(case_name), record_);
}

void RowReader::Work(std::size_t worker) {
  CaseBuilder builder(reading_->mapping, reading_->zone, reading_->options.limits);
  model::Batch batch;
  while (!stopped_) {
    const std::size_t partition = next_++;
    if (partition >= store_.partitions()) break;
    base::Status status = DeliverPartition(worker, partition, builder, batch);
    if (status.ok()) continue;
    const std::lock_guard lock(note_);
    stopped_ = true;
    if (!error_) error_ = std::move(status).error();
  }
  const std::lock_guard lock(note_);
  reading_->Collect(builder);
}

base::Status RowReader::DeliverPartition(std::size_t worker, std::size_t partition, CaseBuilder& builder,
                                         model::Batch& batch) {
  ASSIGN_OR_RETURN(const std::string bytes, store_.Load(partition));
  std::unordered_map<std::string_view, std::uint32_t> cases;
  std::vector<std::pair<std::uint32_t, std::string_view>>
      records;  // number of the case, what follows its name
  for (Records in(bytes); !in.empty();) {
    const char* begin = in.at();
    const std::string_view name = in.Text();
    for (std::size_t i = 0; i < 2; ++i) in.Number();
    for (std::size_t i = MappingTable::kTime; i < slots_.size(); ++i) in.Text();
    const auto number = cases.emplace(name, static_cast<std::uint32_t>(cases.size())).first->second;
    records.emplace_back(number, std::string_view(begin, static_cast<std::size_t>(in.at() - begin)));
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::size_t part = partition * kPartsPerPartition;
  builder.StartBatch(batch);
  std::vector<std::string_view> of_case;
  for (std::size_t i = 0; i < records.size();) {
    of_case.clear();
    for (const std::uint32_t number = records[i].first; i < records.size() && records[i].first == number;
         ++i) {
      of_case.push_back(records[i].second);
    }
    RETURN_IF_ERROR(DeliverCase(of_case, builder));
    if (batch.entries.size() >= kBatchEntries || batch.cases.size() >= kBatchEntries)
      HandOn(worker, part++, builder, batch);
  }
  if (!batch.cases.empty()) HandOn(worker, part, builder, batch);
  return base::Ok();
}

base::Status RowReader::DeliverCase(std::span<const std::string_view> records, CaseBuilder& builder) {
  std::vector<std::string_view> slots(slots_.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    Records in(records[i]);
    const std::string_view name = in.Text();
    const std::uint64_t activity = in.Number();
    const LinePlace place(in.Number());
    slots[MappingTable::kActivity] =
        activity == 0 ? std::string_view() : activities_.name(static_cast<std::uint32_t>(activity - 1));
    for (std::size_t slot = MappingTable::kTime; slot < slots.size(); ++slot) slots[slot] = in.Text();
    if (i == 0) {
      RETURN_IF_ERROR(builder.BeginCase(place));
      RETURN_IF_ERROR(builder.CaseAttribute({reading_->mapping.case_keys().name(0), name}, place));
    }
    RETURN_IF_ERROR(builder.Row(slots, place));
    if (i + 1 == records.size()) RETURN_IF_ERROR(builder.EndCase(place));
  }
  return base::Ok();
}

void RowReader::HandOn(std::size_t worker, std::size_t part, CaseBuilder& builder, model::Batch& batch) {
  {
    const std::lock_guard lock(note_);
    ++reading_->parts;
  }
  reading_->sink.Take(worker, part, batch);
  builder.StartBatch(batch);
}

}  // namespace

base::Status ReadRows(Reading& reading) { return RowReader(reading).Run(); }

}  // namespace lawbound::ingest
