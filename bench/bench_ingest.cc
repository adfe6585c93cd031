// Reads a log to histories with 1, 2, ... threads, beside the floor: inflating the same bytes in 64 KB chunks
// and finding every '<'.  Usage: bench_ingest LOG.xes.gz [runs]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <string>
#include <vector>

#include "bench/floor.h"
#include "ingest/binary_log.h"
#include "ingest/log_reader.h"
#include "tests/support/made_program.h"

namespace {

using namespace lawbound;

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

double Median(int runs, const std::function<void()>& run) {
  std::vector<double> seconds;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

// From the binary form, beside reading its bytes.
void BenchBinary(const std::string& log, const program::Program& program, const calendar::Zone& zone,
                 int runs) {
  const std::string path = log.substr(log.rfind('/') + 1) + ".lawlog";
  const program::MappingDef& mapping = program.mappings[0];
  if (!ingest::WriteBinaryLog(ingest::FileLog(log), program, mapping, zone, {}, path).ok()) return;
  std::size_t bytes = 0;
  const double floor = Median(runs, [&] { bytes = bench::ReadWhole(path); });
  fmt::print("floor: read {} bytes: {:.1f} ms\n", bytes, floor * 1e3);
  for (const unsigned threads : {1u, 2u}) {
    Counting sink;
    const double seconds = Median(runs, [&] {
      sink.Restart();
      auto read = ingest::ReadBinaryLog(ingest::FileLog(path), program, mapping, {.threads = threads}, sink);
      if (!read.ok()) fmt::print("{}\n", read.error().message);
    });
    fmt::print("{} threads, binary: {} entries in {:.1f} ms, {:.2f} of the floor\n", threads, sink.entries(),
               seconds * 1e3, seconds / floor);
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
  const double floor = Median(runs, [&] { tags = bench::InflateAndFindTags(path); });
  fmt::print("floor: inflate and find {} tags: {:.1f} ms\n", tags, floor * 1e3);
  for (const unsigned threads : {1u, 2u}) {
    std::size_t entries = 0;
    const double seconds = Median(runs, [&] {
      Counting sink;
      auto summary = ingest::ReadLog(ingest::FileLog(path), program, program.mappings[0], zone.value(),
                                     {.threads = threads}, sink);
      if (!summary.ok()) return static_cast<void>(fmt::print("{}\n", summary.error().message));
      entries = sink.entries();
    });
    fmt::print("{} threads: {} entries in {:.1f} ms, {:.2f} of the floor\n", threads, entries, seconds * 1e3,
               seconds / floor);
  }
  BenchBinary(path, program, zone.value(), runs);
}
