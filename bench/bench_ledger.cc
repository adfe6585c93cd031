// bench_ledger LARGEST [FOLDER [append]]: ledgers of 10^4 entries up to LARGEST (10^5), in FOLDER (the
// present one, so that its disk is measured and not /tmp's memory): filled in bulk, then 64 clients that
// append one act at a time, beside one program that writes the same entries 64 at a time and syncs; then
// signing, publishing, checking, projections and receipts (not with `append`).
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/check.h"
#include "ledger/fsck.h"
#include "ledger/ledger.h"
#include "ledger/projection.h"
#include "ledger/prove.h"

using namespace lawbound;  // NOLINT(google-build-using-namespace): one short file

namespace {

constexpr std::uint64_t kClients = 64;
constexpr std::uint64_t kMeasured = 10'000;  // acts of clients that wait for each answer
constexpr std::uint64_t kSentAtOnce = 256;
constexpr std::uint64_t kTurns = 10;
constexpr std::size_t kEntryBytes = 700;

double Seconds(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

ledger::Draft Act(std::uint64_t number) {
  static const std::string hash = tlog::PrintHash(tlog::LeafHash("a pack"));
  return {fmt::format("request {}", number),
          "act",
          {{"act", "decide"},
           {"day", "2026-02-28"},
           {"matter", fmt::format("m-{}", number / 3)},
           {"office", "town-hall"},
           {"pack", hash},
           {"program", hash},
           {"verdict", "lawful"}},
          {{"name", fmt::format("Person {}", number)}, {"reasons", "Because of what was said and seen."}}};
}

// Writes entries 64 at a time, each time followed by one sync.  Gives how many.
std::uint64_t PlainWrites(int file, std::uint64_t groups) {
  const std::string group(kClients * kEntryBytes, 'x');
  for (std::uint64_t i = 0; i < groups; ++i) {
    CHECK(::write(file, group.data(), group.size()) == static_cast<ssize_t>(group.size()));
    CHECK(::fdatasync(file) == 0);
  }
  return groups * kClients;
}

// Appends the acts from `first` to `end`, each client one after the other.
void Append(ledger::Ledger& ledger, std::uint64_t first, std::uint64_t end) {
  std::atomic<std::uint64_t> next = first;
  std::vector<std::thread> clients;
  for (std::uint64_t i = 0; i < kClients; ++i) {
    clients.emplace_back([&] {
      for (std::uint64_t n = next++; n < end; n = next++) CHECK(ledger.Append(Act(n)).ok());
    });
  }
  for (std::thread& client : clients) client.join();
}

// Appends the acts from 0 to `end` as fast as they are taken in: two senders that do not wait for each
// answer.
void Fill(ledger::Ledger& ledger, std::uint64_t end) {
  std::atomic<std::uint64_t> next = 0;
  const auto send = [&] {
    for (std::uint64_t first = next.fetch_add(kSentAtOnce); first < end;
         first = next.fetch_add(kSentAtOnce)) {
      std::vector<ledger::Draft> drafts;
      for (std::uint64_t n = first; n < std::min(end, first + kSentAtOnce); ++n) drafts.push_back(Act(n));
      for (const auto& answer : ledger.AppendAll(drafts)) CHECK(answer.ok());
    }
  };
  std::thread other(send);
  send();
  other.join();
}

// The last acts of a ledger of `size`, beside plain writes: by turns, so that what else the machine does
// falls on both.
void BenchAppends(ledger::Ledger& ledger, const std::string& folder, std::uint64_t size) {
  const std::uint64_t before = size - std::min(size, kMeasured);
  if (before > 0) {
    const double filling = Seconds([&] { Fill(ledger, before); });
    fmt::print("| {} | filled up to the last {} acts, two senders of {} at once | {:.0f}/s | | |\n", size,
               kMeasured, kSentAtOnce, static_cast<double>(before) / filling);
  }
  const std::string path = folder + "/plain";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  CHECK(file >= 0);
  double plain_seconds = 0;
  double seconds = 0;
  double processor = 0;
  std::uint64_t plain = 0;
  const std::uint64_t measured = size - before;
  for (std::uint64_t turn = 0; turn < kTurns; ++turn) {
    const std::uint64_t first = before + measured * turn / kTurns;
    const std::uint64_t end = before + measured * (turn + 1) / kTurns;
    plain_seconds += Seconds([&] { plain += PlainWrites(file, measured / kClients / kTurns); });
    const std::clock_t begun = std::clock();
    seconds += Seconds([&] { Append(ledger, first, end); });
    processor += static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  }
  ::close(file);
  const double peer = static_cast<double>(plain) / plain_seconds;
  const double appended = static_cast<double>(measured) / seconds;
  fmt::print(
      "| {} | append, 64 clients | {:.0f}/s | one write and sync of 64 at a time: {:.0f}/s | {:.2f} |\n",
      size, appended, peer, appended / peer);
  fmt::print("| {} | of it, processor time an act | {:.0f} us | | |\n", size,
             processor * 1e6 / static_cast<double>(measured));
}

void Bench(const std::string& folder, std::uint64_t size, bool only_appends) {
  const std::string path = folder + "/ledger";
  CHECK(ledger::Folder::Make(path, {"records.example/log", "", ""}).ok());
  {
    const auto opened = ledger::Ledger::Open(ledger::Folder::Open(path).value());
    ledger::Ledger& ledger = *opened.value();
    BenchAppends(ledger, folder, size);
    if (only_appends) return;
    const double signing = Seconds([&] { CHECK(ledger.SignCheckpoint().ok()); });
    fmt::print("| {} | read again, hash again, sign | {:.2f} s | | |\n", size, signing);
  }
  const ledger::Folder place = ledger::Folder::Open(path).value();
  fmt::print("| {} | publish | {:.2f} s | | |\n", size,
             Seconds([&] { CHECK(ledger::Publish(place, folder + "/public").ok()); }));
  fmt::print("| {} | fsck, every field opened | {:.2f} s | | |\n", size, Seconds([&] {
               const auto report = ledger::CheckLedger(place, {});
               CHECK(report.ok() && report.value().problems.empty());
             }));
  ledger::Figures figures;
  fmt::print("| {} | projection made anew | {:.2f} s | | |\n", size,
             Seconds([&] { CHECK(ledger::Project(place, figures, {}).ok()); }));
  constexpr std::uint64_t kReceipts = 500;
  const double receipts = Seconds([&] {
    for (std::uint64_t i = 0; i < kReceipts; ++i)
      CHECK(ledger::MakeReceipt(place, {i * 7919 % size, {}, true}).ok());
  });
  fmt::print("| {} | receipts made, rows opened for each | {:.0f}/s | | |\n", size, kReceipts / receipts);
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // hours of work: what is measured is said at once
  const std::uint64_t largest = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  const std::string within = argc > 2 ? argv[2] : ".";
  const bool only_appends = argc > 3;
  for (std::uint64_t size = 10'000; size <= largest; size *= 10) {
    const std::string folder = fmt::format("{}/bench-ledger-{}", within, ::getpid());
    std::filesystem::create_directories(folder);
    Bench(folder, size, only_appends);
    std::filesystem::remove_all(folder);
  }
}
