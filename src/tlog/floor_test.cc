// The floor in the record: whoever verifies sees what it was, when it changed, and who waived it.
#include "tlog/floor.h"

#include <filesystem>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "base/file.h"
#include "tlog/export.h"
#include "tlog/test_log.h"
#include "tlog/verifier.h"

namespace lawbound::tlog {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_log::ActEntry;
using testing_log::FloorEntry;
using testing_log::Log;

class FloorTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  VerifierAnswer VerifyLog(const Log& log, std::vector<std::string> options = {}) const {
    std::filesystem::remove_all(folder_);
    ExportWriter writer = ExportWriter::Open(folder_).value();
    for (const std::string& entry : log.entries()) EXPECT_TRUE(writer.Append(entry).ok());
    EXPECT_TRUE(writer.Publish(log.Signed()).ok());
    return Run({"export", folder_}, log, std::move(options));
  }
  VerifierAnswer VerifyReceipt(const Log& log, const Receipt& receipt,
                               std::vector<std::string> options = {}) const {
    const std::string path = folder_ + ".tlog-proof";
    EXPECT_TRUE(base::WriteFile(path, PrintReceipt(receipt)).ok());
    VerifierAnswer answer = Run({"receipt", path}, log, std::move(options));
    std::filesystem::remove(path);
    return answer;
  }
  static VerifierAnswer Run(std::vector<std::string> words, const Log& log, std::vector<std::string> more) {
    words.insert(words.end(), {"--key", PrintVerifierKey(log.key())});
    words.insert(words.end(), more.begin(), more.end());
    return RunVerifier(words);
  }
  static std::vector<std::string> Demand(std::string_view floor) {
    return {"--floor", PrintHash(Sha256(floor))};
  }

  std::string folder_ =
      (std::filesystem::path(testing::TempDir()) /
       (std::string("lawbound-floor-") + testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
        std::to_string(std::random_device{}())))
          .string();
};

Log MakeLog(std::vector<std::string> entries) {
  Log log;
  for (std::string& entry : entries) log.Add(std::move(entry));
  return log;
}

TEST_F(FloorTest, AWaiverNamesItsGroundAndItsOfficial) {
  const std::string whole = FloorEntry("2026-02-28", "one", "all of it");
  for (const std::string name : {"ground", "official"}) {
    Entry entry = ParseEntry(whole).value();
    std::erase_if(entry.facts, [&](const Fact& fact) { return fact.name == name; });
    EXPECT_EQ(EncodeEntry(entry).error().message,
              "not an entry: the floor is waived and the '" + name + "' of that is not stated");
  }
}

TEST_F(FloorTest, AnExportUnderOneFloorSaysSoAndIsWhatIsDemanded) {
  const Log log = MakeLog({FloorEntry("2026-02-27", "one"), ActEntry(), FloorEntry("2026-02-28", "one")});
  const VerifierAnswer answer = VerifyLog(log, Demand("one"));
  EXPECT_EQ(answer.code, ExitCode::kVerified) << answer.errors;
  EXPECT_THAT(answer.text, HasSubstr("floor        whole, says entry 2 of 2026-02-28"));
  EXPECT_THAT(answer.text, Not(HasSubstr("CHANGED")));
  EXPECT_THAT(answer.text, Not(HasSubstr("NOT STATED")));
  EXPECT_EQ(VerifyLog(log, Demand("two")).code, ExitCode::kRefused);
  EXPECT_EQ(VerifyLog(log, {"--refusals", PrintHash(Sha256("others"))}).code, ExitCode::kRefused);
  EXPECT_EQ(VerifyLog(log, {"--refusals", PrintHash(Sha256("refusals"))}).code, ExitCode::kVerified);
  EXPECT_EQ(VerifyLog(log, {"--floor", "short"}).code, ExitCode::kUsage);
}

TEST_F(FloorTest, AnExportShowsEveryChangeWaiverAndGap) {
  const Log log =
      MakeLog({ActEntry(), FloorEntry("2026-02-20", "one"), ActEntry(), FloorEntry("2026-02-21", "two"),
               FloorEntry("2026-02-25", "two", "no reasons given"), FloorEntry("2026-02-26", "two")});
  const VerifierAnswer answer = VerifyLog(log);
  EXPECT_EQ(answer.code, ExitCode::kVerified) << answer.errors;
  EXPECT_THAT(answer.text, HasSubstr("floor        whole, says entry 5 of 2026-02-26"));
  EXPECT_THAT(answer.text, HasSubstr("NOT STATED before entry 1, for 1 acts"));
  EXPECT_THAT(answer.text,
              HasSubstr("NOT STATED on 3 days between 2026-02-20 and 2026-02-26, first on 2026-02-22"));
  EXPECT_THAT(answer.text, HasSubstr("CHANGED by entry 3 of 2026-02-21: floor was " +
                                     PrintHash(Sha256("one")) + " and is " + PrintHash(Sha256("two"))));
  EXPECT_THAT(answer.text, HasSubstr("WAIVED in 1 of 4 statements, first by entry 4 of 2026-02-25"));
  EXPECT_THAT(answer.text,
              HasSubstr("CHANGED by entry 4 of 2026-02-25: the floor was whole and is WAIVED by mayor, "
                        "ground: Order 7: no reasons given"));
  EXPECT_THAT(VerifyLog(log, Demand("two")).errors, HasSubstr("by entry 1 of 2026-02-20"));
  EXPECT_THAT(VerifyLog(log, {"--json"}).text,
              HasSubstr("\"changed\":3,\"changes\":[{\"entry\":3,\"day\":\"2026-02-21\""));
}

TEST_F(FloorTest, ALogWithoutAFloorSaysSoAndIsNotWhatIsDemanded) {
  const Log log = MakeLog({ActEntry()});
  EXPECT_THAT(VerifyLog(log).text, HasSubstr("floor        NOT STATED"));
  EXPECT_THAT(VerifyLog(log, Demand("one")).errors, HasSubstr("the log states no floor"));
  const Log late = MakeLog({ActEntry(), FloorEntry("2026-02-28", "one")});
  EXPECT_THAT(VerifyLog(late, Demand("one")).errors, HasSubstr("1 acts were recorded before"));
  const Log waived = MakeLog({FloorEntry("2026-02-28", "one", "all of it"), ActEntry()});
  EXPECT_THAT(VerifyLog(waived, Demand("one")).errors, HasSubstr("the floor is WAIVED by mayor"));
}

TEST_F(FloorTest, AReceiptProvesTheFloorOfItsAct) {
  const Log log = MakeLog({FloorEntry("2026-02-27", "one"), FloorEntry("2026-02-28", "one", "all of it"),
                           ActEntry(), FloorEntry("2026-03-01", "one")});
  Receipt receipt = log.ReceiptOf(2);
  for (const Field& field : ParseEntry(ActEntry()).value().fields) receipt.withheld.push_back(field.name);
  EXPECT_THAT(VerifyReceipt(log, receipt).text, HasSubstr("floor        NOT SHOWN"));
  EXPECT_THAT(VerifyReceipt(log, receipt, Demand("one")).errors,
              HasSubstr("does not show under which floor the act was recorded"));
  receipt.floor = log.LaterOf(0);
  EXPECT_THAT(VerifyReceipt(log, receipt).text, HasSubstr("floor        whole, says entry 0 of 2026-02-27"));
  EXPECT_EQ(VerifyReceipt(log, receipt, Demand("one")).code, ExitCode::kVerified);
  EXPECT_THAT(VerifyReceipt(log, receipt, {"--json"}).text, HasSubstr("\"floor\":{\"entry\":0,"));
  receipt.floor = log.LaterOf(1);
  EXPECT_THAT(VerifyReceipt(log, receipt).text,
              HasSubstr("WAIVED by mayor, ground: Order 7: all of it, says entry 1"));
  EXPECT_EQ(VerifyReceipt(log, receipt, Demand("one")).code, ExitCode::kRefused);
}

TEST_F(FloorTest, AReceiptCannotClaimAFloorThatIsNotInTheLog) {
  const Log log = MakeLog({FloorEntry("2026-02-27", "one"), ActEntry(), FloorEntry("2026-03-01", "two")});
  Receipt receipt = log.ReceiptOf(1);
  receipt.floor = log.LaterOf(2);
  EXPECT_THAT(VerifyReceipt(log, receipt).errors,
              HasSubstr("entry 2 is not an earlier one that states the floor"));
  receipt.floor = log.LaterOf(0);
  receipt.floor->entry = FloorEntry("2026-02-27", "two");
  EXPECT_EQ(VerifyReceipt(log, receipt).code, ExitCode::kRefused);
  receipt.floor = log.LaterOf(0);
  receipt.floor->entry = ActEntry();
  EXPECT_EQ(VerifyReceipt(log, receipt).code, ExitCode::kRefused);
}

}  // namespace
}  // namespace lawbound::tlog
