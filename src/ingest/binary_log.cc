// The checksum is our own rather than CRC-32: zlib's runs at a quarter of the speed of reading the file. Four
// lanes of (h ^ word) * odd; every step is a bijection of its lane, so any change within one word of 64 bits
// is found for certain, and others but once in 2^64.  It finds damage, not forgery: that is what the record's
// hashes are for.
#include "ingest/binary_log.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

#include "ingest/mapping_table.h"
#include "ingest/quality_codec.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;
using model::Batch;
using model::Entry;
using model::kMissing;
using model::Value;

namespace {

static_assert(std::endian::native == std::endian::little,
              "the binary log is written least significant byte first");
static_assert(std::is_trivially_copyable_v<Entry> && sizeof(Entry) == 32);
static_assert(std::is_trivially_copyable_v<Batch::Case> && sizeof(Batch::Case) == 24);

constexpr std::array<char, 8> kMagic{'L', 'A', 'W', 'L', 'O', 'G', '\r', '\n'};
constexpr std::uint32_t kVersion = 2;
constexpr std::uint64_t kMostPayload = std::uint64_t{1} << 30;

std::uint64_t Checksum(std::string_view bytes) {
  std::array<std::uint64_t, 4> lanes{1, 2, 3, 4};
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  const char* p = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 32; left -= 32, p += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), p, 32);
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = std::rotl((lanes[i] ^ words[i]) * kOdd, 29);
  }
  std::array<std::uint64_t, 4> words{};
  if (left != 0) std::memcpy(words.data(), p, left);
  std::uint64_t sum = bytes.size();
  for (std::size_t i = 0; i < 4; ++i) sum = std::rotl((sum ^ ((lanes[i] ^ words[i]) * kOdd)) * kOdd, 31);
  return sum;
}

struct FileHead {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t zero = 0;
  std::uint64_t mapping = 0;
  std::uint64_t checksum = 0;  // of the bytes before it
};
static_assert(sizeof(FileHead) == 32);

struct BlockHead {
  enum Kind : std::uint32_t { kBatch = 1, kSummary = 2 };
  std::uint32_t kind = kBatch;
  std::uint32_t cases = 0, entries = 0, values = 0, role_values = 0, people = 0, texts = 0, people_names = 0;
  std::uint32_t text_bytes = 0, people_bytes = 0, name_bytes = 0;
  std::uint32_t zero = 0;
  std::uint64_t part = 0;     // the batch's part number; of the summary, the number of parts
  std::uint64_t payload = 0;  // bytes
  std::uint64_t payload_checksum = 0;
  std::uint64_t checksum = 0;  // of the bytes before it
};
static_assert(sizeof(BlockHead) == 80);

template <typename Head>
std::uint64_t HeadChecksum(const Head& head) {
  return Checksum(
      std::string_view(reinterpret_cast<const char*>(&head), sizeof(Head) - sizeof(head.checksum)));
}
template <typename T>
std::string_view Bytes(const T& object) {
  return {reinterpret_cast<const char*>(&object), sizeof(T)};
}
template <typename T>
void PutAll(std::string& out, const std::vector<T>& list) {
  out.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(T));
}
std::uint32_t Narrow(std::size_t n) {
  CHECK(n <= 0xffffffff);
  return static_cast<std::uint32_t>(n);
}
std::uint32_t PutTexts(std::string& lengths, std::string& all, const std::vector<std::string>& texts) {
  const std::size_t before = all.size();
  for (const std::string& text : texts) {
    const std::uint32_t size = Narrow(text.size());
    lengths += Bytes(size);
    all += text;
  }
  return Narrow(all.size() - before);
}

// ------------------------------------------------------------------------------------------------- writing

// Writes beside the path and renames at the end.
class Writer final : public BatchSink {
 public:
  Writer(std::string path, std::uint64_t mapping)
      : path_(std::move(path)), part_path_(path_ + ".part"), mapping_(mapping) {}
  ~Writer() override {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
      ::unlink(part_path_.c_str());
    }
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  base::Status Begin();
  void Take(std::size_t worker, std::size_t part, const Batch& batch) override;
  void Restart() override;
  base::Status End(const LogSummary& summary);

 private:
  void Write(std::string_view bytes);
  void WriteBlock(BlockHead& head);
  void WriteHead();
  Error Failed(std::string_view what) const {
    return {Errc::kUnavailable, fmt::format("cannot {} '{}': {}", what, part_path_, std::strerror(failure_))};
  }

  std::string path_, part_path_;
  std::uint64_t mapping_;
  int descriptor_ = -1;
  int failure_ = 0;  // errno of the first failure; nothing is written after it
  std::string payload_, texts_;
};

base::Status Writer::Begin() {
  descriptor_ = ::open(part_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    failure_ = errno;
    return Failed("make");
  }
  WriteHead();
  return base::Ok();
}

void Writer::WriteHead() {
  FileHead head;
  head.mapping = mapping_;
  head.checksum = HeadChecksum(head);
  Write(Bytes(head));
}

void Writer::Restart() {
  if (failure_ == 0 && (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0))
    failure_ = errno;
  WriteHead();
}

void Writer::Write(std::string_view bytes) {
  while (!bytes.empty() && failure_ == 0) {
    const ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) failure_ = errno;
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void Writer::WriteBlock(BlockHead& head) {
  head.payload = payload_.size();
  head.payload_checksum = Checksum(payload_);
  head.checksum = HeadChecksum(head);
  Write(Bytes(head));
  Write(payload_);
}

void Writer::Take(std::size_t, std::size_t part, const Batch& b) {
  payload_.clear();
  texts_.clear();
  PutAll(payload_, b.cases);
  PutAll(payload_, b.entries);
  PutAll(payload_, b.values);
  PutAll(payload_, b.role_values);
  PutAll(payload_, b.people);
  BlockHead head;
  head.cases = Narrow(b.cases.size());
  head.entries = Narrow(b.entries.size());
  head.values = Narrow(b.values.size());
  head.role_values = Narrow(b.role_values.size());
  head.people = Narrow(b.people.size());
  head.texts = Narrow(b.texts.size());
  head.people_names = Narrow(b.people_names.size());
  head.text_bytes = PutTexts(payload_, texts_, b.texts);
  head.people_bytes = PutTexts(payload_, texts_, b.people_names);
  head.name_bytes = Narrow(b.names.size());
  head.part = part;
  payload_ += texts_;
  payload_ += b.names;
  WriteBlock(head);
}

base::Status Writer::End(const LogSummary& summary) {
  payload_ = EncodeQuality(summary.quality);
  BlockHead head;
  head.kind = BlockHead::kSummary;
  head.part = summary.parts;
  WriteBlock(head);
  if (failure_ == 0 && ::fsync(descriptor_) != 0) failure_ = errno;
  if (failure_ != 0) return Failed("write");
  if (::rename(part_path_.c_str(), path_.c_str()) != 0) {
    failure_ = errno;
    return Failed("rename");
  }
  ::close(std::exchange(descriptor_, -1));
  return base::Ok();
}

// ------------------------------------------------------------------------------------------------- reading

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  template <typename T>
  void Get(std::vector<T>& list, std::uint32_t count) {
    list.resize(count);
    if (count != 0) std::memcpy(list.data(), rest_.data(), count * sizeof(T));
    rest_.remove_prefix(count * sizeof(T));
  }
  std::string_view Get(std::size_t size) {
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }

 private:
  std::string_view rest_;
};

std::uint64_t PayloadSize(const BlockHead& h) {
  const auto n = [](std::uint64_t count, std::uint64_t size) { return count * size; };
  return n(h.cases, sizeof(Batch::Case)) + n(h.entries, sizeof(Entry)) + n(h.values, 8) +
         n(h.role_values, 8) + n(h.people, 4) + n(h.texts, 4) + n(h.people_names, 4) + h.text_bytes +
         h.people_bytes + h.name_bytes;
}

bool GetTexts(Cursor& lengths, Cursor& all, std::uint32_t count, std::uint32_t bytes,
              std::vector<std::string>& texts) {
  texts.resize(count);
  std::uint64_t total = 0;
  for (std::string& text : texts) {
    std::uint32_t size = 0;
    std::memcpy(&size, lengths.Get(sizeof(size)).data(), sizeof(size));
    total += size;
    if (total > bytes) return false;
    text.assign(all.Get(size));
  }
  return total == bytes;
}

// Whether every number in a batch points at something: what the engine may rely on without looking.
class BatchVerifier {
 public:
  explicit BatchVerifier(const program::Program& program) : program_(&program) {
    for (const program::FieldDef& field : program.fields) {
      if (field.role) role_fields_.push_back(&field);
    }
  }

  bool Holds(const Batch& b) const {
    for (const Batch::Case& c : b.cases) {
      if (!Within(c.name_begin, c.name_size, b.names.size()) ||
          !Within(c.first_entry, c.entries, b.entries.size()) ||
          !Within(c.first_role_value, c.role_values, b.role_values.size()) ||
          c.role_values != program_->role_fields) {
        return false;
      }
      for (std::uint32_t i = 0; i < c.role_values; ++i) {
        if (i >= role_fields_.size() ||
            !HoldsValue(*role_fields_[i], b.role_values[c.first_role_value + i], b))
          return false;
      }
      for (std::uint32_t i = 0; i < c.entries; ++i) {
        const Entry& e = b.entries[c.first_entry + i];
        if (!HoldsEntry(e, b) || (i != 0 && model::IsLater(b.entries[c.first_entry + i - 1], e)))
          return false;
      }
    }
    for (const model::PersonRef person : b.people) {
      if (person >= b.people_names.size()) return false;
    }
    return true;
  }

 private:
  static bool Within(std::uint64_t first, std::uint64_t count, std::uint64_t size) {
    return first + count <= size;
  }
  static bool IsDay(std::int64_t n) { return n >= base::kFirstDay.number && n <= base::kLastDay.number; }

  bool HoldsEntry(const Entry& e, const Batch& b) const {
    if (e.act.value >= program_->acts.size() || !IsDay(e.day.number) || !IsDay(e.recorded.number))
      return false;
    if (e.minute < base::kNoMinute || e.minute >= 24 * 60 || e.millisecond < base::kNoMillisecond ||
        e.millisecond >= 60'000 || !Within(e.first_person, e.people, b.people.size()))
      return false;
    const auto fields = program_->acts[e.act.value].fields;
    if (!Within(e.first_value, fields.count, b.values.size())) return false;
    for (std::uint32_t i = 0; i < fields.count; ++i) {
      if (!HoldsValue(program_->fields[fields.first + i], b.values[e.first_value + i], b)) return false;
    }
    return true;
  }

  static bool HoldsValue(const program::FieldDef& field, Value value, const Batch& b) {
    if (value == kMissing) return true;
    const auto row_of = [&](std::uint64_t size) {
      return value >= 0 && static_cast<std::uint64_t>(value) < size;
    };
    switch (field.type) {
      case program::ValueType::kYesNo:
        return row_of(2);
      case program::ValueType::kWhole:
      case program::ValueType::kMoney:
        return true;
      case program::ValueType::kText:
      case program::ValueType::kDocument:
      case program::ValueType::kProvision:
        return row_of(b.texts.size());
      case program::ValueType::kDay:
        return IsDay(value);
      case program::ValueType::kLength:
        return value >= 0 && value % 8 <= 4 && value / 8 <= INT32_MAX;
      case program::ValueType::kOfficial:
      case program::ValueType::kMember:
        return row_of(b.people_names.size());
      case program::ValueType::kList:
        return false;  // no log gives one
      case program::ValueType::kChoice:
        return row_of(field.choices.count);
    }
    return false;
  }

  const program::Program* program_;
  std::vector<const program::FieldDef*> role_fields_;  // by place
};

class Reader {
 public:
  Reader(std::unique_ptr<ByteSource> bytes, const program::Program& program, const Options& options,
         BatchSink& sink)
      : bytes_(std::move(bytes)), verifier_(program), options_(&options), sink_(&sink) {}

  base::Result<LogSummary> Run(std::uint64_t mapping);

 private:
  // Exactly so many bytes, or none at the end: whether there were any.
  base::Result<bool> Read(char* into, std::size_t size);
  base::Status ReadHead(std::uint64_t mapping);
  void Work(std::size_t worker);
  // The next batch's head and payload; false at the end or after a failure.
  base::Result<bool> Next(BlockHead& head, std::vector<char>& payload);
  base::Status Decode(const BlockHead& head, std::string_view payload, Batch& batch) const;
  base::Status TakeSummary(const BlockHead& head, std::string_view payload);
  Error Damaged() const {
    return {Errc::kCorrupt, fmt::format("the binary log is damaged in the block before byte {}", read_)};
  }

  std::unique_ptr<ByteSource> bytes_;
  BatchVerifier verifier_;
  const Options* options_;
  BatchSink* sink_;
  std::mutex mutex_;  // guards all below
  std::uint64_t read_ = 0;
  std::optional<LogSummary> summary_;
  std::optional<Error> error_;
};

base::Result<bool> Reader::Read(char* into, std::size_t size) {
  std::size_t got = 0;
  while (got < size) {
    ASSIGN_OR_RETURN(const std::size_t n, bytes_->Read(std::span(into + got, size - got)));
    if (n == 0) break;
    got += n;
  }
  read_ += got;
  if (got != 0 && got < size)
    return Error{Errc::kCorrupt, fmt::format("the binary log ends too early, at byte {}", read_)};
  return got == size;
}

base::Status Reader::ReadHead(std::uint64_t mapping) {
  FileHead head;
  ASSIGN_OR_RETURN(const bool any, Read(reinterpret_cast<char*>(&head), sizeof(head)));
  if (!any || head.magic != kMagic) return Error{Errc::kInvalid, "this is no binary log of Lawbound"};
  if (head.version != kVersion) {
    return Error{Errc::kInvalid,
                 fmt::format("the binary log has version {}, this program reads version {}: make it anew",
                             head.version, kVersion)};
  }
  if (head.checksum != HeadChecksum(head)) return Damaged();
  if (head.mapping != mapping) {
    return Error{Errc::kInvalid, "the binary log was made with other acts or another mapping: make it anew"};
  }
  return base::Ok();
}

base::Result<bool> Reader::Next(BlockHead& head, std::vector<char>& payload) {
  const std::lock_guard lock(mutex_);
  if (summary_ || error_) return false;
  ASSIGN_OR_RETURN(const bool any, Read(reinterpret_cast<char*>(&head), sizeof(head)));
  if (!any) return Error{Errc::kCorrupt, "the binary log ends before its summary"};
  const bool batch = head.kind == BlockHead::kBatch;
  if (head.checksum != HeadChecksum(head) || (!batch && head.kind != BlockHead::kSummary) ||
      head.payload > kMostPayload || (batch && head.payload != PayloadSize(head))) {
    return Damaged();
  }
  if (payload.size() < head.payload) payload.resize(head.payload);
  ASSIGN_OR_RETURN(const bool whole, Read(payload.data(), head.payload));
  if (!whole && head.payload != 0)
    return Error{Errc::kCorrupt, fmt::format("the binary log ends too early, at byte {}", read_)};
  if (batch) return true;
  RETURN_IF_ERROR(TakeSummary(head, std::string_view(payload.data(), head.payload)));
  return false;
}

base::Status Reader::TakeSummary(const BlockHead& head, std::string_view payload) {
  if (Checksum(payload) != head.payload_checksum) return Damaged();
  std::optional<DataQuality> quality = DecodeQuality(payload);
  char after = 0;
  ASSIGN_OR_RETURN(const bool more, Read(&after, 1));
  if (!quality || more) return Damaged();
  summary_ = LogSummary{.quality = std::move(*quality), .parts = static_cast<std::size_t>(head.part)};
  return base::Ok();
}

base::Status Reader::Decode(const BlockHead& head, std::string_view payload, Batch& b) const {
  const Error damaged{Errc::kCorrupt, fmt::format("part {} of the binary log is damaged", head.part)};
  if (Checksum(payload) != head.payload_checksum) return damaged;
  Cursor in(payload);
  in.Get(b.cases, head.cases);
  in.Get(b.entries, head.entries);
  in.Get(b.values, head.values);
  in.Get(b.role_values, head.role_values);
  in.Get(b.people, head.people);
  Cursor lengths(in.Get((std::size_t{head.texts} + head.people_names) * 4));
  if (!GetTexts(lengths, in, head.texts, head.text_bytes, b.texts) ||
      !GetTexts(lengths, in, head.people_names, head.people_bytes, b.people_names)) {
    return damaged;
  }
  b.names.assign(in.Get(head.name_bytes));
  if (!verifier_.Holds(b)) return damaged;
  return base::Ok();
}

void Reader::Work(std::size_t worker) {
  BlockHead head;
  std::vector<char> payload;
  Batch batch;
  while (true) {
    base::Result<bool> next = Next(head, payload);
    base::Status status = base::Ok();
    if (!next.ok())
      status = std::move(next).error();
    else if (!next.value())
      return;
    else
      status = Decode(head, std::string_view(payload.data(), head.payload), batch);
    if (!status.ok()) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::move(status).error();
      return;
    }
    sink_->Take(worker, static_cast<std::size_t>(head.part), batch);
  }
}

base::Result<LogSummary> Reader::Run(std::uint64_t mapping) {
  RETURN_IF_ERROR(ReadHead(mapping));
  std::vector<std::thread> others;
  for (std::size_t worker = 1; worker < options_->threads; ++worker)
    others.emplace_back([this, worker] { Work(worker); });
  Work(0);
  for (std::thread& other : others) other.join();
  if (error_) return *error_;
  return std::move(*summary_);
}

}  // namespace

base::Result<LogSummary> WriteBinaryLog(const LogSource& source, const program::Program& program,
                                        const program::MappingDef& mapping, const calendar::Zone& zone,
                                        const Options& options, const std::string& path) {
  ASSIGN_OR_RETURN(const MappingTable table, MappingTable::Make(program, mapping));
  Writer writer(path, table.Hash());
  RETURN_IF_ERROR(writer.Begin());
  // One worker, so that the parts come in order.
  Options in_order = options;
  in_order.threads = 1;
  ASSIGN_OR_RETURN(LogSummary summary, ReadLog(source, program, mapping, zone, in_order, writer));
  RETURN_IF_ERROR(writer.End(summary));
  return summary;
}

base::Result<LogSummary> ReadBinaryLog(const LogSource& source, const program::Program& program,
                                       const program::MappingDef& mapping, const Options& options,
                                       BatchSink& sink) {
  CHECK(options.threads >= 1);
  ASSIGN_OR_RETURN(const MappingTable table, MappingTable::Make(program, mapping));
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> bytes, source.open());
  auto read = Reader(std::move(bytes), program, options, sink).Run(table.Hash());
  if (!read.ok()) return std::move(read).error().With(fmt::format("reading '{}'", source.name));
  return read;
}

void MendChecksums(std::string& bytes, const program::Program& program, const program::MappingDef& mapping) {
  const auto table = MappingTable::Make(program, mapping);
  if (!table.ok() || bytes.size() < sizeof(FileHead)) return;
  FileHead file;
  file.mapping = table.value().Hash();
  file.checksum = HeadChecksum(file);
  std::memcpy(bytes.data(), &file, sizeof(file));
  std::size_t at = sizeof(file);
  while (bytes.size() - at >= sizeof(BlockHead)) {
    BlockHead head;
    std::memcpy(&head, bytes.data() + at, sizeof(head));
    const std::size_t begin = at + sizeof(head);
    if (head.kind == BlockHead::kBatch) head.payload = PayloadSize(head);
    head.payload = std::min<std::uint64_t>(head.payload, bytes.size() - begin);
    head.payload_checksum = Checksum(std::string_view(bytes).substr(begin, head.payload));
    head.checksum = HeadChecksum(head);
    std::memcpy(bytes.data() + at, &head, sizeof(head));
    at = begin + head.payload;
  }
}

}  // namespace lawbound::ingest
