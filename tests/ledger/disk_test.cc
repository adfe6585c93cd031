// A disk that fails under a ledger: torn and short writes, a full disk, syncs that fail, power cuts.
//
// The rows are written through a layer under SQLite that remembers what a sync has made durable.  When the
// power goes, what was not synced is there or not, sector by sector, by chance.  A sync that fails leaves
// what it was to write visible and never durable, as Linux does.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <map>
#include <mutex>
#include <random>
#include <sqlite3.h>
#include <thread>

#include "base/file.h"
#include "ledger/fsck.h"
#include "ledger/ledger_for_test.h"

namespace lawbound::ledger {
namespace {

using ::testing::IsEmpty;
using testing_ledger::ActNumber;
using testing_ledger::ErrorOf;
using testing_ledger::MeasureOn;

enum class Fault : std::uint8_t {
  kNone,
  kPowerCut,   // nothing works any more; what was not synced is torn
  kFull,       // no write for a while
  kShort,      // a write stops half-way, then none for a while
  kSyncFails,  // one sync says that it failed
};

// Everything that SQLite does to its files goes through here.
class Disk {
 public:
  static Disk& Get() {
    static Disk disk;
    return disk;
  }

  // No file may be open.  The fault comes with the `at`-th operation from now.
  void Break(Fault fault, int at, unsigned seed) {
    const std::scoped_lock lock(mutex_);
    files_.clear();  // of the ledger before
    fault_ = fault;
    at_ = at;
    operations_ = 0;
    cut_ = false;
    draw_.seed(seed);
  }
  int operations() const { return operations_; }
  bool was_cut() const { return cut_; }

  // The power is back: the files are what the disk has.
  void PowerOn() {
    const std::scoped_lock lock(mutex_);
    if (cut_) {
      for (auto& [path, file] : files_) {
        for (const Write& write : file.pending) ApplyTorn(write, file.durable);
        CHECK(base::WriteFile(path, file.durable).ok());
        std::filesystem::remove(path.substr(0, path.rfind("-wal")) + "-shm");
      }
    }
    files_.clear();
    fault_ = Fault::kNone;
    cut_ = false;
  }

  int WriteTo(const std::string& path, std::string_view bytes, std::int64_t offset,
              const std::function<int(std::string_view)>& write) {
    const std::scoped_lock lock(mutex_);
    if (cut_) return SQLITE_IOERR_WRITE;
    ++operations_;
    const bool now = operations_ >= at_ && operations_ < at_ + kForAWhile;
    if (fault_ == Fault::kPowerCut && operations_ == at_) {
      // The bytes were on their way.
      files_[path].pending.push_back({offset, std::string(bytes)});
      cut_ = true;
      return SQLITE_IOERR_WRITE;
    }
    if (fault_ == Fault::kFull && now) return SQLITE_FULL;
    if (fault_ == Fault::kShort && now) {
      bytes = operations_ == at_ ? bytes.substr(0, bytes.size() / 2) : std::string_view();
      files_[path].pending.push_back({offset, std::string(bytes)});
      static_cast<void>(write(bytes));
      return SQLITE_FULL;
    }
    files_[path].pending.push_back({offset, std::string(bytes)});
    return write(bytes);
  }

  int TruncateTo(const std::string& path, std::int64_t size, const std::function<int()>& truncate) {
    const std::scoped_lock lock(mutex_);
    if (cut_) return SQLITE_IOERR_TRUNCATE;
    ++operations_;
    files_[path].pending.push_back({size, std::nullopt});
    if (fault_ == Fault::kPowerCut && operations_ == at_) {
      cut_ = true;
      return SQLITE_IOERR_TRUNCATE;
    }
    return truncate();
  }

  int Sync(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (cut_) return SQLITE_IOERR_FSYNC;
    ++operations_;
    if (fault_ == Fault::kPowerCut && operations_ == at_) {
      cut_ = true;
      return SQLITE_IOERR_FSYNC;
    }
    File& file = files_[path];
    if (fault_ == Fault::kSyncFails && operations_ >= at_) {
      fault_ = Fault::kNone;
      file.pending.clear();
      return SQLITE_IOERR_FSYNC;
    }
    for (const Write& write : file.pending) Apply(write, file.durable);
    file.pending.clear();
    return SQLITE_OK;
  }

  void Opened(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (files_.contains(path)) return;
    File& file = files_[path];
    if (base::Exists(path)) file.durable = base::ReadFile(path).value();
  }
  // Whether the file may be removed.
  bool Remove(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (cut_) return false;
    files_.erase(path);
    return true;
  }

 private:
  static constexpr int kForAWhile = 12;
  static constexpr std::size_t kSector = 512;

  struct Write {
    std::int64_t offset = 0;
    std::optional<std::string> bytes;  // none: the file is cut to `offset`
  };
  struct File {
    std::string durable;
    std::vector<Write> pending;
  };

  static void Put(std::string_view bytes, std::size_t offset, std::string& to) {
    if (to.size() < offset + bytes.size()) to.resize(offset + bytes.size());
    to.replace(offset, bytes.size(), bytes);
  }
  static void Apply(const Write& write, std::string& to) {
    if (!write.bytes) return to.resize(static_cast<std::size_t>(write.offset));
    Put(*write.bytes, static_cast<std::size_t>(write.offset), to);
  }
  void ApplyTorn(const Write& write, std::string& to) {
    if (!write.bytes) {
      if (draw_() % 2 == 0) Apply(write, to);
      return;
    }
    const auto begin = static_cast<std::size_t>(write.offset);
    for (std::size_t at = 0; at < write.bytes->size();) {
      const std::size_t end =
          std::min(write.bytes->size(), (begin + at) / kSector * kSector + kSector - begin);
      if (draw_() % 2 == 0) Put(std::string_view(*write.bytes).substr(at, end - at), begin + at, to);
      at = end;
    }
  }

  std::mutex mutex_;
  std::map<std::string, File> files_;
  std::mt19937 draw_;
  Fault fault_ = Fault::kNone;
  int at_ = 0;
  int operations_ = 0;
  bool cut_ = false;
};

// A file of the layer; the real one lies behind it in the same memory.
struct LayerFile {
  sqlite3_file base;
  const char* path;  // null: a temporary file, which no fault concerns
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
LayerFile& Of(sqlite3_file* file) { return *reinterpret_cast<LayerFile*>(file); }
sqlite3_vfs* real_vfs = nullptr;

int LayerClose(sqlite3_file* file) { return Of(file).real()->pMethods->xClose(Of(file).real()); }
int LayerRead(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  return Of(file).real()->pMethods->xRead(Of(file).real(), to, size, offset);
}
int LayerWrite(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  sqlite3_file* real = Of(file).real();
  if (Of(file).path == nullptr) return real->pMethods->xWrite(real, from, size, offset);
  return Disk::Get().WriteTo(Of(file).path, {static_cast<const char*>(from), static_cast<std::size_t>(size)},
                             offset, [&](std::string_view bytes) {
                               return real->pMethods->xWrite(real, bytes.data(),
                                                             static_cast<int>(bytes.size()), offset);
                             });
}
int LayerTruncate(sqlite3_file* file, sqlite3_int64 size) {
  sqlite3_file* real = Of(file).real();
  if (Of(file).path == nullptr) return real->pMethods->xTruncate(real, size);
  return Disk::Get().TruncateTo(Of(file).path, size, [&] { return real->pMethods->xTruncate(real, size); });
}
int LayerSync(sqlite3_file* file, int) {
  return Of(file).path == nullptr ? SQLITE_OK : Disk::Get().Sync(Of(file).path);
}
int LayerSize(sqlite3_file* file, sqlite3_int64* size) {
  return Of(file).real()->pMethods->xFileSize(Of(file).real(), size);
}
int LayerLock(sqlite3_file* file, int how) { return Of(file).real()->pMethods->xLock(Of(file).real(), how); }
int LayerUnlock(sqlite3_file* file, int how) {
  return Of(file).real()->pMethods->xUnlock(Of(file).real(), how);
}
int LayerCheckLock(sqlite3_file* file, int* out) {
  return Of(file).real()->pMethods->xCheckReservedLock(Of(file).real(), out);
}
int LayerControl(sqlite3_file* file, int what, void* with) {
  return Of(file).real()->pMethods->xFileControl(Of(file).real(), what, with);
}
int LayerSector(sqlite3_file* file) { return Of(file).real()->pMethods->xSectorSize(Of(file).real()); }
int LayerDevice(sqlite3_file* file) {
  return Of(file).real()->pMethods->xDeviceCharacteristics(Of(file).real());
}
int LayerMap(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
  return Of(file).real()->pMethods->xShmMap(Of(file).real(), page, size, extend, to);
}
int LayerMapLock(sqlite3_file* file, int offset, int n, int flags) {
  return Of(file).real()->pMethods->xShmLock(Of(file).real(), offset, n, flags);
}
void LayerBarrier(sqlite3_file* file) { Of(file).real()->pMethods->xShmBarrier(Of(file).real()); }
int LayerUnmap(sqlite3_file* file, int remove) {
  return Of(file).real()->pMethods->xShmUnmap(Of(file).real(), remove);
}
constexpr sqlite3_io_methods kLayerMethods = {
    2,           LayerClose, LayerRead,    LayerWrite,     LayerTruncate, LayerSync,
    LayerSize,   LayerLock,  LayerUnlock,  LayerCheckLock, LayerControl,  LayerSector,
    LayerDevice, LayerMap,   LayerMapLock, LayerBarrier,   LayerUnmap,    nullptr,
    nullptr};

int LayerOpen(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  LayerFile& layer = Of(file);
  layer.base.pMethods = nullptr;
  layer.path = name;
  const int result = real_vfs->xOpen(real_vfs, name, layer.real(), flags, out);
  if (result != SQLITE_OK) return result;
  layer.base.pMethods = &kLayerMethods;
  if (name != nullptr) Disk::Get().Opened(name);
  return SQLITE_OK;
}
int LayerDelete(sqlite3_vfs*, const char* name, int) {
  if (!Disk::Get().Remove(name)) return SQLITE_IOERR_DELETE;
  return real_vfs->xDelete(real_vfs, name, 0);
}

// The layer is what SQLite uses from now on.
void InstallLayer() {
  static sqlite3_vfs layer = [] {
    real_vfs = sqlite3_vfs_find(nullptr);
    sqlite3_vfs out = *real_vfs;
    out.zName = "faulty disk";
    out.szOsFile = static_cast<int>(sizeof(LayerFile)) + real_vfs->szOsFile;
    out.xOpen = LayerOpen;
    out.xDelete = LayerDelete;
    return out;
  }();
  ASSERT_EQ(sqlite3_vfs_register(&layer, 1), SQLITE_OK);
}

class DiskTest : public testing_ledger::LedgerTest {
 protected:
  static constexpr int kThreads = 4;
  static constexpr int kEach = 15;

  void SetUp() override {
    InstallLayer();
    LedgerTest::SetUp();
    Fill(30);
    Disk::Get().PowerOn();
    std::filesystem::copy(path(), files_ / "start", std::filesystem::copy_options::recursive);
  }

  // Some acts of several threads, an erasure and a checkpoint, with a fault among them.
  void Try(Fault fault, int at, unsigned seed) {
    SCOPED_TRACE(fmt::format("fault {} at {}, seed {}", static_cast<int>(fault), at, seed));
    std::filesystem::remove_all(path());
    std::filesystem::copy(files_ / "start", path(), std::filesystem::copy_options::recursive);
    Disk::Get().Break(fault, at, seed);
    std::array<std::map<int, std::uint64_t>, kThreads> acknowledged;
    bool erased = false;
    if (auto opened = Ledger::Open(folder()); opened.ok()) {
      Ledger& ledger = *opened.value();
      std::vector<std::thread> threads;
      for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&, thread] {
          for (int i = 0; i < kEach; ++i) {
            const int number = 1000 + thread * kEach + i;
            // Sent again as a client would, under the same name.
            for (int tries = 0; tries < 3; ++tries) {
              const auto done = ledger.Append(ActNumber(number));
              if (!done.ok()) continue;
              acknowledged.at(static_cast<std::size_t>(thread))[number] = done.value().entry;
              break;
            }
          }
        });
      }
      erased = ledger.Take(MeasureOn(tlog::EntryKind::kErase, 7, {"name"})).ok();
      const auto note = ledger.SignCheckpoint();
      static_cast<void>(note.ok());  // it may fail; what it left behind is looked at below
      for (std::thread& thread : threads) thread.join();
    }
    broken_ += Disk::Get().operations() >= at ? 1 : 0;
    Disk::Get().PowerOn();
    CheckAll(acknowledged, erased);
  }

  void CheckAll(const std::array<std::map<int, std::uint64_t>, kThreads>& acknowledged, bool erased) const {
    const std::unique_ptr<Ledger> ledger = Open();
    std::map<std::uint64_t, int> numbers;
    for (const auto& of_thread : acknowledged) {
      for (const auto& [number, entry] : of_thread) {
        const auto again = ledger->Append(ActNumber(number));
        ASSERT_EQ(ErrorOf(again), "");
        EXPECT_EQ(again.value().entry, entry) << "act " << number;
        EXPECT_TRUE(again.value().duplicate) << "act " << number << " was lost";
        EXPECT_TRUE(numbers.emplace(entry, number).second) << "two acts are entry " << entry;
      }
    }
    EXPECT_EQ(ErrorOf(ledger->SignCheckpoint()), "");
    const auto report = CheckLedger(folder(), {});
    ASSERT_EQ(ErrorOf(report), "");
    EXPECT_THAT(report.value().problems, IsEmpty());
    EXPECT_LE(report.value().entries, 30U + kThreads * kEach + 1);  // nothing twice
    if (erased) {
      EXPECT_EQ(report.value().erased, 1U);
    }
    EXPECT_EQ(ErrorOf(Publish(folder(), path() + "/public")), "");
  }

  // How many positions to try for each fault: LAWBOUND_FAULTS, or a few.
  static int Rounds() {
    const char* wish = std::getenv("LAWBOUND_FAULTS");
    return wish == nullptr ? 16 : std::atoi(wish);  // NOLINT(cert-err34-c): a number that we write ourselves
  }
  void TryMany(Fault fault) {
    std::mt19937 draw(static_cast<unsigned>(fault));  // NOLINT(cert-msc51-cpp): the same every time
    for (int round = 0; round < Rounds() && !HasFatalFailure(); ++round)
      Try(fault, 1 + static_cast<int>(draw() % 220), static_cast<unsigned>(draw()));
    EXPECT_GT(broken_, Rounds() / 2) << "most faults came after everything was done";
  }

  int broken_ = 0;
};

TEST_F(DiskTest, NothingAcknowledgedIsLostWhenThePowerGoes) { TryMany(Fault::kPowerCut); }
TEST_F(DiskTest, NothingAcknowledgedIsLostOnAFullDisk) { TryMany(Fault::kFull); }
TEST_F(DiskTest, NothingAcknowledgedIsLostByShortWrites) { TryMany(Fault::kShort); }
TEST_F(DiskTest, NothingAcknowledgedIsLostWhenASyncFails) { TryMany(Fault::kSyncFails); }

// The layer can break things: without syncs a power cut does lose what was written.
TEST_F(DiskTest, WhatWasNotSyncedIsLost) {
  const std::string file = files_ / "unsynced";
  auto rows = store::Database::Open(file, store::Database::Mode::kWrite).value();
  ASSERT_TRUE(rows.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE t(x)").ok());
  rows = store::Database::Open(files_ / "other", store::Database::Mode::kWrite).value();  // closes the first
  Disk::Get().Break(Fault::kPowerCut, 40, 1);
  rows = store::Database::Open(file, store::Database::Mode::kWrite).value();
  ASSERT_TRUE(rows.Run("PRAGMA synchronous = OFF").ok());
  int said = 0;
  for (int i = 0; i < 100; ++i) said += rows.Run("INSERT INTO t VALUES(1)").ok() ? 1 : 0;
  ASSERT_TRUE(Disk::Get().was_cut());
  ASSERT_GT(said, 5);
  rows = store::Database::Open(files_ / "other", store::Database::Mode::kWrite).value();
  Disk::Get().PowerOn();
  auto after = store::Database::Open(file, store::Database::Mode::kWrite);
  std::int64_t kept = 0;
  if (after.ok()) {
    auto count = after.value().Prepare("SELECT count(*) FROM t");
    if (count.ok() && count.value().Step().ok()) kept = count.value().Integer(0);
  }
  EXPECT_LT(kept, said);
}

}  // namespace
}  // namespace lawbound::ledger
