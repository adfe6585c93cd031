// bench_tlog [LARGEST]: hashing beside `openssl speed` in the same run, trees of 10^4 entries up to LARGEST
// (10^7), and receipts.  Median of five; trees of more than a million entries are made once.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <string>

#include "tlog/test_log.h"
#include "tlog/tile.h"

using namespace lawbound::tlog;  // NOLINT(google-build-using-namespace): one short file

namespace {

// Of this process's own time, as `openssl speed` counts it: other work on the machine does not enter the
// ratio.
double SecondsOnce(const std::function<void()>& work) {
  const std::clock_t begun = std::clock();
  work();
  return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

double Seconds(const std::function<void()>& work) {
  std::array<double, 5> runs{};
  for (double& run : runs) run = SecondsOnce(work);
  std::ranges::sort(runs);
  return runs[2];
}

// Megabytes a second as `openssl speed` gives them for blocks of so many bytes; 0 when it is not installed.
double OpensslSpeed(std::size_t bytes) {
  const std::string command =
      fmt::format("openssl speed -evp sha256 -bytes {} -seconds 1 2>/dev/null | tail -1", bytes);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return 0;
  std::array<char, 256> line{};
  const bool read = std::fgets(line.data(), line.size(), pipe) != nullptr;
  ::pclose(pipe);
  double thousands = 0;
  return read && std::sscanf(line.data(), "%*s %lfk", &thousands) == 1 ? thousands / 1e3 : 0;
}

void BenchHashes() {
  for (const std::size_t bytes : {std::size_t{65}, std::size_t{16384}}) {
    std::string block(bytes, 'x');
    const std::size_t count = (std::size_t{1} << 28) / (bytes + 200);
    const double speed = static_cast<double>(count * bytes) / 1e6 / Seconds([&] {
                           for (std::size_t i = 0; i < count; ++i)
                             block[0] = static_cast<char>(Sha256(block).bytes[0]);
                         });
    const double peer = OpensslSpeed(bytes);
    fmt::print("SHA-256 of {:>5} bytes: {:7.1f} MB/s, {:.2f} of openssl speed ({:.1f} MB/s)\n", bytes, speed,
               speed / peer, peer);
  }
}

void BenchTree(std::uint64_t size) {
  std::string entry(256, 'x');
  Hash root;
  const auto work = [&] {
    TileEdge edge;
    std::vector<Tile> full;
    for (std::uint64_t i = 0; i < size; ++i) {
      for (std::size_t b = 0; b < 8; ++b) entry[b] = static_cast<char>(i >> (8 * b));
      full.clear();
      edge.Append(LeafHash(entry), full);
    }
    root = edge.Root();
  };
  const double seconds = size > 1'000'000 ? SecondsOnce(work) : Seconds(work);
  fmt::print("tree of {:>9} entries of 256 bytes: {:8.3f} s, {:.0f} ns an entry, root {}\n", size, seconds,
             seconds / static_cast<double>(size) * 1e9, PrintHash(root).substr(0, 8));
}

void BenchReceipts() {
  testing_log::Log log;
  for (const std::string& entry : naive::Entries(100000)) log.Add(entry);
  const std::uint64_t index = log.Add(testing_log::ActEntry());
  Receipt receipt = log.ReceiptOf(index);
  receipt.openings = testing_log::Openings();
  const std::string bytes = PrintReceipt(receipt);
  const Trust trust = log.trust();
  const SignedCheckpoint opened = OpenCheckpoint(receipt.checkpoint, trust).value();
  constexpr int kCount = 5000;
  int good = 0;
  const double shared = Seconds([&] {
    for (int i = 0; i < kCount; ++i) good += VerifyReceipt(ParseReceipt(bytes).value(), opened).ok();
  });
  const double own = Seconds([&] {
    for (int i = 0; i < kCount; ++i) {
      const Receipt read = ParseReceipt(bytes).value();
      good += VerifyReceipt(read, OpenCheckpoint(read.checkpoint, trust).value()).ok();
    }
  });
  fmt::print("receipts ({} bytes) verified a second: {:.0f} sharing a checkpoint, {:.0f} with their own{}\n",
             bytes.size(), kCount / shared, kCount / own, good == 10 * kCount ? "" : ", NOT ALL VERIFIED");
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t largest = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
  BenchHashes();
  for (std::uint64_t size = 10'000; size <= largest; size *= 10) BenchTree(size);
  BenchReceipts();
}
