// XES in parallel.  Every worker does the same: under a lock, inflate the next block straight into its own
// buffer and cut it after the last "</trace>"; without the lock, scan it and hand the batch to the sink.
// There is no producer, no queue and no copy, a block is scanned on the core whose cache it was inflated
// into, and memory is one block a worker. (A producer thread with a queue was the first design; with two
// threads it leaves one of them idle whenever inflating and scanning do not take the same time.)
#include <algorithm>
#include <atomic>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "ingest/reading.h"
#include "ingest/utf8.h"
#include "ingest/xes_expat_adapter.h"
#include "ingest/xes_scanner.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

namespace {

constexpr std::string_view kEndOfCase = "</trace>";
// The expat reader hands on a batch when it has this many entries.
constexpr std::size_t kBatchEntries = 4096;

// Where the XML begins, behind a byte order mark.  A reader of XML would say of a CSV file what is wrong with
// it as XML.
base::Result<std::size_t> CheckXmlBeginning(std::string_view head) {
  ASSIGN_OR_RETURN(const std::size_t mark, CheckBeginning(head));
  const std::size_t at = head.find_first_not_of(" \t\r\n", mark);
  if (at == std::string_view::npos || head[at] == '<') return mark;
  return Error{
      Errc::kInvalid,
      "line 1: this is no XES log, for it does not begin with '<'; a log in CSV or JSON Lines needs a "
      "mapping that says so, and 'lawbound log inspect' drafts one"};
}

// A buffer that grows without clearing what it will be filled with.
class Buffer {
 public:
  char* data() { return bytes_.get(); }
  std::size_t capacity() const { return capacity_; }
  // Keeps the first `keep` bytes.
  void Grow(std::size_t capacity, std::size_t keep) {
    if (capacity <= capacity_) return;
    std::unique_ptr<char[]> larger(new char[capacity]);
    std::memcpy(larger.get(), bytes_.get(), keep);
    bytes_ = std::move(larger);
    capacity_ = capacity;
  }

 private:
  std::unique_ptr<char[]> bytes_ = std::make_unique<char[]>(1);
  std::size_t capacity_ = 1;
};

struct CutBlock {
  Buffer buffer;
  std::size_t begin = 0, size = 0;  // begin: past a byte order mark
  std::uint64_t index = 0;
  bool first = false, last = false;
};

// Why reading stopped before the end: at the lowest block that has a reason.
struct Stop {
  std::uint64_t block = 0;
  std::optional<Error> error;  // none: outside the scanner's subset, or what expat is to word with its line
  std::uint64_t bad_utf8_line = 0;  // within the block; 0: that is not it
};

class ParallelXes {
 public:
  ParallelXes(Reading& reading, std::unique_ptr<ByteSource> bytes)
      : reading_(&reading), bytes_(std::move(bytes)) {}

  // True when the log was read to its end, false when it must be read by expat.
  base::Result<bool> Run();

 private:
  void Work(std::size_t worker);
  bool Next(CutBlock& block);
  // How many of the bytes belong to this block; 0: no case ends in them.
  static std::size_t Cut(std::string_view bytes);
  void ScanOne(CutBlock& block, XesScanner& scanner);
  void NoteStop(Stop stop);
  void NoteLines(std::uint64_t block, std::uint64_t lines);
  // Makes lines counted in blocks lines of the log.
  void PlaceExamples(Examples& examples) const;
  void PlaceAll(DataQuality& quality) const;

  Reading* reading_;
  std::unique_ptr<ByteSource> bytes_;
  std::mutex read_;  // guards bytes_, carry_, next_, total_, ended_
  std::string carry_;
  std::uint64_t next_ = 0, total_ = 0;
  bool ended_ = false;
  std::mutex note_;  // guards lines_, stop_, and reading_'s counts
  std::vector<std::uint64_t> lines_;
  std::optional<Stop> stop_;
  std::atomic<bool> stopped_ = false;
};

std::size_t ParallelXes::Cut(std::string_view bytes) {
  const std::size_t at = bytes.rfind(kEndOfCase);
  return at == std::string_view::npos ? 0 : at + kEndOfCase.size();
}

bool ParallelXes::Next(CutBlock& block) {
  const std::lock_guard lock(read_);
  if (ended_ || stopped_) return false;
  block.index = next_++;
  block.first = block.index == 0;
  block.last = false;
  block.begin = 0;
  const Limits& limits = reading_->options.limits;
  std::size_t filled = carry_.size();
  std::size_t wanted = std::max(limits.block_bytes, filled);
  block.buffer.Grow(wanted + kScanPadding, 0);
  std::memcpy(block.buffer.data(), carry_.data(), filled);
  while (true) {
    while (filled < wanted) {
      const auto got = bytes_->Read(std::span(block.buffer.data() + filled, wanted - filled));
      if (!got.ok()) {
        ended_ = true;
        NoteStop({block.index, got.error()});
        return false;
      }
      if (got.value() == 0) block.last = true;
      if (block.last) break;
      filled += got.value();
      total_ += got.value();
    }
    block.size = block.last ? filled : Cut(std::string_view(block.buffer.data(), filled));
    if (block.last || block.size != 0) break;
    if (wanted >= limits.case_bytes) {
      ended_ = true;
      NoteStop({block.index, std::nullopt});
      return false;
    }
    wanted *= 2;
    block.buffer.Grow(wanted + kScanPadding, filled);
  }
  ended_ = block.last;
  carry_.assign(block.buffer.data() + block.size, filled - block.size);
  std::memset(block.buffer.data() + block.size, 0, kScanPadding);
  return true;
}

void ParallelXes::NoteStop(Stop stop) {
  const std::lock_guard lock(note_);
  stopped_ = true;
  if (!stop_ || stop.block < stop_->block) stop_ = std::move(stop);
}

void ParallelXes::NoteLines(std::uint64_t block, std::uint64_t lines) {
  const std::lock_guard lock(note_);
  if (lines_.size() <= block) lines_.resize(block + 1);
  lines_[block] = lines;
}

// What the scanner does not look at itself: bytes that are no text.
bool IsOdd(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c < 0x20 && c != '\n' && c != '\t' && (c != '\r' || i + 1 == bytes.size() || bytes[i + 1] != '\n'))
      return true;
    // U+FFFE and U+FFFF are characters of no XML document.
    if (c == 0xef && bytes.substr(i, 3) >= "\xef\xbf\xbe" && bytes.substr(i, 3) <= "\xef\xbf\xbf")
      return true;
  }
  return false;
}

void ParallelXes::ScanOne(CutBlock& block, XesScanner& scanner) {
  std::string_view bytes(block.buffer.data(), block.size);
  if (block.first) {
    const auto mark = CheckXmlBeginning(bytes);
    if (!mark.ok()) return NoteStop({block.index, mark.error()});
    bytes.remove_prefix(mark.value());
  }
  const Survey survey = SurveyBlock(bytes);
  NoteLines(block.index, survey.lines);
  if (!survey.plain) {
    if (const auto bad = FindBadUtf8(bytes)) {
      const auto line =
          1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
      return NoteStop({block.index, std::nullopt, static_cast<std::uint64_t>(line)});
    }
    if (IsOdd(bytes)) return NoteStop({block.index, std::nullopt});
  }
  const Scan scan = scanner.ScanBlock({bytes, block.index, block.first, block.last});
  if (scan != Scan::kDone) NoteStop({block.index, std::nullopt});
}

void ParallelXes::Work(std::size_t worker) {
  CaseBuilder builder(reading_->mapping, reading_->zone, reading_->options.limits);
  XesScanner scanner(reading_->options.limits, builder);
  model::Batch batch;
  CutBlock block;
  while (Next(block)) {
    builder.StartBatch(batch);
    ScanOne(block, scanner);
    if (stopped_) break;
    reading_->numbers.AddAll(batch);
    reading_->sink.Take(worker, block.index, batch);
  }
  const std::lock_guard lock(note_);
  reading_->Collect(builder);
}

void ParallelXes::PlaceExamples(Examples& examples) const {
  for (Example& example : examples.first) {
    for (std::uint64_t b = 0; b < example.block; ++b) example.line += lines_[b];
    example.block = 0;
  }
}

void ParallelXes::PlaceAll(DataQuality& quality) const {
  for (Examples* examples : {&quality.bad_rows, &quality.bad_cases, &quality.unordered_cases,
                             &quality.repeated_entries, &quality.suspicious_times}) {
    PlaceExamples(*examples);
  }
  for (FieldQuality& field : quality.fields) PlaceExamples(field.unreadable);
}

base::Result<bool> ParallelXes::Run() {
  std::vector<std::thread> others;
  for (std::size_t worker = 1; worker < reading_->options.threads; ++worker) {
    others.emplace_back([this, worker] { Work(worker); });
  }
  Work(0);
  for (std::thread& other : others) other.join();
  if (!stop_) {
    PlaceAll(reading_->quality);
    reading_->quality.bytes = total_;
    reading_->parts = static_cast<std::size_t>(next_);
    return true;
  }
  if (stop_->error) return *stop_->error;
  if (stop_->bad_utf8_line == 0) return false;
  std::uint64_t line = stop_->bad_utf8_line;
  for (std::uint64_t b = 0; b < stop_->block; ++b) line += lines_[b];
  return Error{Errc::kInvalid,
               fmt::format("line {}: this is not UTF-8; convert the log first, for example from GB18030: "
                           "iconv -f GB18030 -t UTF-8",
                           line)};
}

// Gives batches of whole cases to the sink as expat goes on.
class ExpatXes final : public EventSink {
 public:
  explicit ExpatXes(Reading& reading)
      : reading_(&reading),
        builder_(reading.mapping, reading.zone, reading.options.limits),
        expat_(reading.options.limits, *this) {
    builder_.StartBatch(batch_);
  }

  base::Status Run(ByteSource& bytes);

  base::Status BeginCase(const Place& place) override { return builder_.BeginCase(place); }
  base::Status CaseAttribute(const Attribute& attribute, const Place& place) override {
    return builder_.CaseAttribute(attribute, place);
  }
  base::Status Event(std::span<const Attribute> attributes, const Place& place) override {
    return builder_.Event(attributes, place);
  }
  base::Status EndCase(const Place& place) override {
    RETURN_IF_ERROR(builder_.EndCase(place));
    if (batch_.entries.size() >= kBatchEntries || batch_.cases.size() >= kBatchEntries) HandOn();
    return base::Ok();
  }
  void NestedAttributes(std::uint64_t count) override { builder_.NestedAttributes(count); }
  void LooseEvent() override { builder_.LooseEvent(); }

 private:
  void HandOn() {
    reading_->numbers.AddAll(batch_);
    reading_->sink.Take(0, reading_->parts++, batch_);
    builder_.StartBatch(batch_);
  }

  Reading* reading_;
  CaseBuilder builder_;
  model::Batch batch_;
  XesExpat expat_;
};

base::Status ExpatXes::Run(ByteSource& bytes) {
  std::vector<char> chunk(std::min(std::size_t{64} << 10, reading_->options.limits.block_bytes));
  std::size_t filled = 0;
  bool first = true;
  std::uint64_t total = 0;
  while (true) {
    ASSIGN_OR_RETURN(const std::size_t got, bytes.Read(std::span(chunk).subspan(filled)));
    filled += got;
    total += got;
    if (got != 0 && first && filled < 4) continue;
    std::span<const char> part(chunk.data(), filled);
    if (first) {
      ASSIGN_OR_RETURN(const std::size_t mark, CheckXmlBeginning(std::string_view(part.data(), part.size())));
      part = part.subspan(mark);
    }
    first = false;
    filled = 0;
    RETURN_IF_ERROR(expat_.Feed(part));
    if (got == 0) break;
  }
  RETURN_IF_ERROR(expat_.End());
  HandOn();
  reading_->Collect(builder_);
  reading_->quality.bytes = total;
  return base::Ok();
}

}  // namespace

base::Status ReadXes(Reading& reading) {
  Spool spool(reading.source);
  const Limits& limits = reading.options.limits;
  if (!reading.options.only_expat) {
    ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> bytes, spool.Open());
    ASSIGN_OR_RETURN(const bool done, ParallelXes(reading, Decompressed(std::move(bytes), limits)).Run());
    if (done) return base::Ok();
    reading.Restart();
    if (reading.options.notice) {
      reading.options.notice(
          "the log uses XML beyond the subset of docs/formats/xes.md; reading it again by the slower reader");
    }
  }
  reading.by_expat = true;
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> bytes, spool.Open());
  const std::unique_ptr<ByteSource> again = Decompressed(std::move(bytes), limits);
  return ExpatXes(reading).Run(*again);
}

}  // namespace lawbound::ingest
