// A ledger in a folder of its own, gone when the test is over.
#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/prove.h"
#include "store/database.h"

namespace lawbound::ledger::testing_ledger {

inline constexpr const char* kOrigin = "records.example/log";

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ledger-test-XXXXXX").string();
    CHECK(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

inline Draft ActOf(std::string request, std::string matter, std::vector<FieldValue> fields) {
  static const std::string hash = tlog::PrintHash(tlog::LeafHash("a pack"));
  Draft out;
  out.request = std::move(request);
  out.facts = {{"act", "decide"},       {"day", "2026-02-28"}, {"matter", std::move(matter)},
               {"office", "town-hall"}, {"pack", hash},        {"program", hash},
               {"verdict", "lawful"}};
  out.fields = std::move(fields);
  return out;
}

inline Draft ActNumber(int number) {
  return ActOf(fmt::format("request {}", number), fmt::format("m-{}", number / 3),
               {{"name", fmt::format("Person {}", number)}, {"phone", std::nullopt}});
}

inline MeasureDraft MeasureOn(tlog::EntryKind kind, std::uint64_t entry, std::vector<std::string> fields) {
  return {kind, entry, std::move(fields), *base::ParseDay("2026-03-01"), "Records Act, s. 9", "registrar"};
}

// What went wrong, or nothing.
template <typename T>
std::string ErrorOf(const base::Result<T>& result) {
  return result.ok() ? std::string() : result.error().message;
}

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(ErrorOf(Folder::Make(path(), {kOrigin, "", ""})), ""); }

  std::string path() const { return files_ / "ledger"; }
  Folder folder() const { return Folder::Open(path()).value(); }
  std::unique_ptr<Ledger> Open() const {
    auto opened = Ledger::Open(folder());
    EXPECT_EQ(ErrorOf(opened), "");
    return std::move(opened).value();
  }
  // `count` acts and a checkpoint.
  void Fill(int count) const {
    const std::unique_ptr<Ledger> ledger = Open();
    Append(*ledger, 0, count);
    ASSERT_EQ(ErrorOf(ledger->SignCheckpoint()), "");
  }
  // The acts from `first` up to but not including `end`.
  static void Append(Ledger& ledger, int first, int end) {
    std::vector<Draft> drafts;
    for (int i = first; i < end; ++i) drafts.push_back(ActNumber(i));
    for (const auto& done : ledger.AppendAll(drafts)) ASSERT_EQ(ErrorOf(done), "");
  }
  // Changes the rows behind the ledger's back.
  void Tamper(const std::string& sql) const {
    auto database = store::Database::Open(path() + "/rows", store::Database::Mode::kWrite);
    ASSERT_EQ(ErrorOf(database), "");
    ASSERT_EQ(ErrorOf(database.value().Run(sql)), "") << sql;
  }

  TemporaryFolder files_;
};

}  // namespace lawbound::ledger::testing_ledger
