// Reads a log to histories with 1, 2, ... threads, beside the floor: inflating the same bytes in 64 KB chunks
// and finding every '<'.  Usage: bench_ingest LOG.xes.gz [runs]
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <string>

#include "bench/floor.h"
#include "bench/measure.h"
#include "ingest/binary_log.h"
#include "ingest/log_reader.h"
#include "tests/support/made_program.h"

namespace {

using namespace lawbound;
using bench::Median;
using bench::Times;

class Counting final : public ingest::BatchSink {
 public:
  void Take(std::size_t, std::size_t, const model::Batch& batch) override {
    entries_ += batch.entries.size();
  }
  void Restart() override { entries_ = 0; }
  std::size_t entries() const { return entries_; }

 private:
  std::atomic<std::size_t> entries_ = 0;
};

std::string Print(Times times, Times floor) {
  return fmt::format("{:.1f} ms, {:.2f} of the floor (processor {:.1f} ms, {:.2f})", times.wall * 1e3,
                     times.wall / floor.wall, times.processor * 1e3, times.processor / floor.processor);
}

// From the binary form, beside reading its bytes.
void BenchBinary(const std::string& log, const program::Program& program, const calendar::Zone& zone,
                 int runs) {
  const std::string path = log.substr(log.rfind('/') + 1) + ".lawlog";
  const program::MappingDef& mapping = program.mappings[0];
  if (!ingest::WriteBinaryLog(ingest::FileLog(log), program, mapping, zone, {}, path).ok()) return;
  std::size_t bytes = 0;
  const Times floor = Median(runs, [&] { bytes = bench::ReadWhole(path); });
  fmt::print("floor: read {} bytes: {}\n", bytes, Print(floor, floor));
  for (const unsigned threads : {1u, 2u}) {
    Counting sink;
    const Times times = Median(runs, [&] {
      sink.Restart();
      auto read = ingest::ReadBinaryLog(ingest::FileLog(path), program, mapping, {.threads = threads}, sink);
      if (!read.ok()) fmt::print("{}\n", read.error().message);
    });
    fmt::print("{} threads, binary: {} entries in {}\n", threads, sink.entries(), Print(times, floor));
  }
  std::remove(path.c_str());
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::fputs("usage: bench_ingest LOG.xes.gz [runs]\n", stderr), 2;
  const std::string path = arguments[1];
  const int runs = count > 2 ? std::atoi(arguments[2]) : 5;
  const program::Program program = support::TrafficProgram();
  auto zone = calendar::Zone::Load("Europe/Rome");
  if (!zone.ok()) return std::fputs("no time zone Europe/Rome\n", stderr), 1;
  std::size_t tags = 0;
  const Times floor = Median(runs, [&] { tags = bench::InflateAndFindTags(path); });
  fmt::print("floor: inflate and find {} tags: {}\n", tags, Print(floor, floor));
  for (const unsigned threads : {1u, 2u}) {
    std::size_t entries = 0;
    const Times times = Median(runs, [&] {
      Counting sink;
      auto summary = ingest::ReadLog(ingest::FileLog(path), program, program.mappings[0], zone.value(),
                                     {.threads = threads}, sink);
      if (!summary.ok()) return static_cast<void>(fmt::print("{}\n", summary.error().message));
      entries = sink.entries();
    });
    fmt::print("{} threads: {} entries in {}\n", threads, entries, Print(times, floor));
  }
  BenchBinary(path, program, zone.value(), runs);
}
