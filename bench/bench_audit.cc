// The audit measured in its parts, as "key<TAB>value" lines that bench/table.py reads.  Times in seconds, of
// RUNS runs the median.
//   bench_audit check PACK LOG RUNS          fold and findings from histories in memory; the hand-written
//   floor bench_audit growth PACK LOG RUNS         check alone: one, two and four times the cases; two
//   threads bench_audit whole PACK LOG.xes.gz RUNS FILE   log to findings, beside its floors; FILE: the
//   binary form bench_audit csv PACK LOG FILE            what SQL gets bench_audit scattered PACK LOG COPIES
//   FILE    a log of scattered rows; FILE.md: the mapping that reads it bench_audit count PACK LOG check
//   once, under callgrind
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/check.h"
#include "bench/flat.h"
#include "bench/floor.h"
#include "bench/measure.h"
#include "cli/command.h"
#include "engine/audit.h"
#include "ingest/binary_log.h"
#include "ingest/log_reader.h"

namespace {

using namespace lawbound;
using bench::Measure;
using bench::Median;
using bench::MedianOf;
using bench::Times;

// A pack and a log, ready.
struct Subject {
  std::unique_ptr<cli::LoadedPack> pack;
  std::optional<engine::Plan> plan;
  std::optional<calendar::Zone> zone;
  const program::MappingDef* mapping = nullptr;
  std::string log;
  std::vector<model::Batch> batches;

  const program::Program& program() const { return pack->compiled->program; }
};

class Keeping final : public ingest::BatchSink {
 public:
  void Take(std::size_t, std::size_t part, const model::Batch& batch) override {
    const std::lock_guard lock(mutex_);
    batches_[part] = batch;
  }
  void Restart() override { batches_.clear(); }
  std::vector<model::Batch> Batches() {
    std::vector<model::Batch> all;
    for (auto& [part, batch] : batches_) all.push_back(std::move(batch));
    return all;
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, model::Batch> batches_;
};

// Reading alone.
class Dropping final : public ingest::BatchSink {
 public:
  void Take(std::size_t, std::size_t, const model::Batch& batch) override {
    entries_ += batch.entries.size();
  }
  void Restart() override { entries_ = 0; }

 private:
  std::atomic<std::size_t> entries_ = 0;
};

class Auditing final : public ingest::BatchSink {
 public:
  Auditing(const engine::Plan& plan, unsigned threads) : plan_(&plan), threads_(threads) { Restart(); }
  void Take(std::size_t worker, std::size_t part, const model::Batch& batch) override {
    workers_[worker].Consume(static_cast<std::uint32_t>(part), batch);
  }
  void Restart() override {
    workers_.clear();
    for (unsigned i = 0; i < threads_; ++i) workers_.emplace_back(*plan_, options_);
  }
  engine::Audit Finish() { return engine::Finish(*plan_, options_, workers_); }

 private:
  const engine::Plan* plan_;
  engine::AuditOptions options_;
  unsigned threads_;
  std::vector<engine::AuditWorker> workers_;
};

// The first mapping of XES, so that a pack may also have one for scattered rows.
const program::MappingDef* XesMapping(const program::Program& program) {
  for (const program::MappingDef& mapping : program.mappings) {
    if (mapping.format == program::MappingDef::Format::kXes) return &mapping;
  }
  return nullptr;
}

base::Result<Subject> Load(const std::string& pack, const std::string& log, bool into_memory) {
  Subject subject;
  subject.log = log;
  ASSIGN_OR_RETURN(subject.pack, cli::LoadPack(pack, {}));
  if (!subject.pack->compiled) {
    return base::Error{base::Errc::kInvalid, subject.pack->diagnostics.Render(subject.pack->sources)};
  }
  subject.mapping = XesMapping(subject.program());
  if (subject.mapping == nullptr) return base::Error{base::Errc::kInvalid, "the pack has no mapping for XES"};
  ASSIGN_OR_RETURN(subject.plan, engine::Plan::Make(subject.program(), subject.pack->calendars,
                                                    {.mapping = subject.mapping}));
  const std::string zone(subject.program().string(subject.program().zone));
  ASSIGN_OR_RETURN(subject.zone, calendar::Zone::Load(zone));
  if (!into_memory) return subject;
  Keeping sink;
  RETURN_IF_ERROR(
      ingest::ReadLog(ingest::FileLog(log), subject.program(), *subject.mapping, *subject.zone, {}, sink));
  subject.batches = sink.Batches();
  return subject;
}

// What is measured: all histories folded by `threads` workers, every finding recorded and put in order.
// Not inlined, so that callgrind finds it by name.
[[gnu::noinline]] engine::Audit CheckAll(const Subject& subject, unsigned copies, unsigned threads) {
  const engine::AuditOptions options;
  std::vector<engine::AuditWorker> workers;
  for (unsigned i = 0; i < threads; ++i) workers.emplace_back(*subject.plan, options);
  std::atomic<std::uint32_t> next = 0;
  const auto blocks = static_cast<std::uint32_t>(subject.batches.size()) * copies;
  const auto work = [&](engine::AuditWorker& worker) {
    for (std::uint32_t block; (block = next++) < blocks;)
      worker.Consume(block, subject.batches[block % subject.batches.size()]);
  };
  std::deque<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work, std::ref(workers[i]));
  work(workers[0]);
  for (std::thread& other : others) other.join();
  return engine::Finish(*subject.plan, options, workers);
}

void Row(std::string_view key, Times times) {
  fmt::print("{}.wall\t{:.6f}\n{}.processor\t{:.6f}\n", key, times.wall, key, times.processor);
}
template <typename T>
void Row(std::string_view key, const T& value) {
  fmt::print("{}\t{}\n", key, value);
}

void Describe(const Subject& subject, const engine::Audit& audit) {
  std::uint64_t broken = 0, pending = 0, cannot_tell = 0, kept = 0;
  for (const auto* tallies : {&audit.sentences, &audit.acts}) {
    for (const engine::Tally& tally : *tallies) {
      broken += tally.broken;
      pending += tally.pending;
      cannot_tell += tally.cannot_tell;
      kept += tally.kept;
    }
  }
  Row("cases", audit.cases);
  Row("events", audit.entries);
  Row("rules", subject.program().rules.size());
  Row("sentences", subject.program().sentences.size());
  Row("broken", broken);
  Row("pending", pending);
  Row("cannot_tell", cannot_tell);
  Row("kept", kept);
  Row("recorded", audit.findings.size());
}

base::Status Check(const Subject& subject, int runs) {
  ASSIGN_OR_RETURN(const bench::FlatLog flat, bench::Flatten(subject.program(), subject.batches));
  Describe(subject, CheckAll(subject, 1, 1));
  std::vector<Times> check, check_two, floor;
  bench::EightCounts counts{};
  constexpr int kRepeat = 20;  // one count alone is too short for the clock
  for (int i = 0; i < runs; ++i) {
    check.push_back(Measure([&] { CheckAll(subject, 1, 1); }));
    check_two.push_back(Measure([&] { CheckAll(subject, 1, 2); }));
    Times times = Measure([&] {
      for (int r = 0; r < kRepeat; ++r) counts = bench::CountEight(flat);
    });
    floor.push_back({times.wall / kRepeat, times.processor / kRepeat});
  }
  Row("check", MedianOf(check));
  Row("check_two", MedianOf(check_two));
  Row("floor", MedianOf(floor));
  Row("floor.counts", fmt::format("{}", fmt::join(counts, " ")));
  return base::Ok();
}

base::Status Growth(const Subject& subject, int runs) {
  const engine::Audit audit = CheckAll(subject, 1, 1);
  Row("rules", subject.program().rules.size());
  Row("recorded", audit.findings.size());
  std::map<std::string, std::vector<Times>> times;
  for (int i = 0; i < runs; ++i) {  // in turn, so that a busy moment does not fall on one alone
    for (const unsigned copies : {1u, 2u, 4u}) {
      for (const unsigned threads : {1u, 2u}) {
        times[fmt::format("cases{}.threads{}", copies, threads)].push_back(
            Measure([&] { CheckAll(subject, copies, threads); }));
      }
    }
  }
  for (const auto& [key, all] : times) Row(key, MedianOf(all));
  return base::Ok();
}

base::Status Whole(const Subject& subject, int runs, const std::string& binary) {
  const program::Program& program = subject.program();
  RETURN_IF_ERROR(ingest::WriteBinaryLog(ingest::FileLog(subject.log), program, *subject.mapping,
                                         *subject.zone, {}, binary));
  std::map<std::string, std::vector<Times>> times;
  std::size_t tags = 0, bytes = 0;
  base::Status status = base::Ok();
  for (int i = 0; i < runs; ++i) {
    times["inflate"].push_back(Measure([&] { tags = bench::InflateAndFindTags(subject.log); }));
    times["read"].push_back(Measure([&] { bytes = bench::ReadWhole(binary); }));
    times["binary_read"].push_back(Measure([&] {
      Dropping sink;
      auto read = ingest::ReadBinaryLog(ingest::FileLog(binary), program, *subject.mapping, {}, sink);
      if (!read.ok()) status = read.error();
    }));
    times["xes_read"].push_back(Measure([&] {
      Dropping sink;
      auto read =
          ingest::ReadLog(ingest::FileLog(subject.log), program, *subject.mapping, *subject.zone, {}, sink);
      if (!read.ok()) status = read.error();
    }));
    for (const unsigned threads : {1u, 2u}) {
      times[fmt::format("xes.threads{}", threads)].push_back(Measure([&] {
        Auditing sink(*subject.plan, threads);
        auto read = ingest::ReadLog(ingest::FileLog(subject.log), program, *subject.mapping, *subject.zone,
                                    {.threads = threads}, sink);
        if (!read.ok()) status = read.error();
        sink.Finish();
      }));
      times[fmt::format("binary.threads{}", threads)].push_back(Measure([&] {
        Auditing sink(*subject.plan, threads);
        auto read = ingest::ReadBinaryLog(ingest::FileLog(binary), program, *subject.mapping,
                                          {.threads = threads}, sink);
        if (!read.ok()) status = read.error();
        sink.Finish();
      }));
    }
  }
  Row("inflate.tags", tags);
  Row("read.bytes", bytes);
  for (const auto& [key, all] : times) Row(key, MedianOf(all));
  return status;
}

base::Status Write(const Subject& subject, int copies, const std::string& path) {
  ASSIGN_OR_RETURN(const bench::FlatLog flat, bench::Flatten(subject.program(), subject.batches));
  bool written = false;
  if (copies == 0) {
    written = bench::WriteCsv(flat, path);
  } else {
    std::ofstream(path + ".md") << bench::ScatteredMapping();
    written = bench::WriteScattered(flat, copies, path);
  }
  return written ? base::Ok() : base::Error{base::Errc::kUnavailable, "cannot write " + path};
}

base::Status Run(const std::vector<std::string>& arguments) {
  const std::string& what = arguments[0];
  const std::string more = arguments.size() > 3 ? arguments[3] : "";
  const int number = std::atoi(more.c_str());
  const std::string file = arguments.size() > 4 ? arguments[4] : "";
  ASSIGN_OR_RETURN(const Subject subject, Load(arguments[1], arguments[2], what != "whole"));
  if (what == "check" && number > 0) return Check(subject, number);
  if (what == "growth" && number > 0) return Growth(subject, number);
  if (what == "whole" && number > 0 && !file.empty()) return Whole(subject, number, file);
  if (what == "csv" && !more.empty()) return Write(subject, 0, more);
  if (what == "scattered" && number > 0 && !file.empty()) return Write(subject, number, file);
  if (what == "count") {
    Describe(subject, CheckAll(subject, 1, 1));
    return base::Ok();
  }
  return base::Error{base::Errc::kInvalid, "the top of bench/bench_audit.cc says how it is called"};
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> given(arguments + 1, arguments + count);
  if (given.size() < 3) return std::fputs("usage: bench_audit WHAT PACK LOG ...\n", stderr), 2;
  const base::Status done = Run(given);
  if (!done.ok()) return fmt::print(stderr, "bench_audit: {}\n", done.error().message), 1;
  return 0;
}
