// The first journey, in the packs that ship and on a real ledger in a folder of its own.
#include "service/service.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <thread>
#include <tuple>

#include "base/file.h"
#include "ledger/ledger.h"
#include "ledger/ledger_for_test.h"
#include "pack/load_pack.h"
#include "program/names.h"
#include "report/values.h"
#include "service/authority.h"
#include "service/directory.h"
#include "service/served_pack.h"
#include "tlog/hash.h"

namespace lawbound::service {
namespace {

using ledger::testing_ledger::ErrorOf;
using ledger::testing_ledger::TemporaryFolder;

constexpr std::string_view kSecret = "12345678901234567890";
constexpr std::string_view kPassword = "a long password";
const std::string kPack = "prc/penalty", kReview = "prc/reconsideration";

Day On(std::string_view text) { return *base::ParseDay(text); }

// A seal as of somebody who is trusted, and who says that every guarantee was proved.  The prover is not
// asked here: that is its own tests' work.
std::string SealOf(const std::string& pages, const tlog::SigningKey& key) {
  const auto loaded = pack::LoadPack(pages, {});
  EXPECT_EQ(ErrorOf(loaded), "");
  const program::Program& program = loaded.value()->compiled->program;
  gate::ProofRecord record{.pack = std::string(program.string(program.path)),
                           .program = gate::HashOf(program),
                           .tool = "test",
                           .law_of = On("2025-01-06"),
                           .states = 1,
                           .seconds = 1,
                           .repeats = gate::kLeastRepeats,
                           .answers = {}};
  for (const program::GuaranteeDef& guarantee : program.guarantees) {
    record.answers.push_back(
        {.name = std::string(program.string(guarantee.name)), .result = "proved", .states = 0});
  }
  return gate::SealRecord(record, key);
}

class ServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::array<std::uint8_t, 32> seed{};
    const auto key = tlog::SigningKey::FromSeed("example.org/proofs", tlog::KeyKind::kLog, seed);
    ASSERT_EQ(ErrorOf(key), "");
    Authority authority{.title_zh = "某市市场监督管理局",
                        .title_en = "Market supervision of a city",
                        .origin = "records.example/log",
                        .zone = "Asia/Shanghai",
                        .calendars = {},
                        .packs = {},
                        .trusted = {key.value().verifier()}};
    for (const std::string& name : packs()) {
      const std::string pages = std::string(LAWBOUND_ROOT) + "/packs/" + name;
      const std::string seal = files_ / ("seal-" + std::to_string(authority.packs.size()));
      ASSERT_EQ(ErrorOf(base::WriteFile(seal, SealOf(pages, key.value()))), "");
      authority.packs.push_back({.pages = pages, .seal = seal});
    }
    ASSERT_EQ(ErrorOf(MakeAuthority(path(), authority)), "");
    FillDirectory();
    Open();
  }

  virtual std::vector<std::string> packs() const { return {kPack}; }

  void FillDirectory() const {
    auto made = Directory::Open(path() + "/directory");
    ASSERT_EQ(ErrorOf(made), "");
    Directory& directory = *made.value();
    ASSERT_EQ(ErrorOf(directory.AddOffice({"market", "市场监管局", "Market supervision"})), "");
    ASSERT_EQ(ErrorOf(directory.AddOffice({"archive", "档案馆", "Archive"})), "");
    struct Row {
      std::string number, name, role, credential;
    };
    for (const Row& row : {Row{"1001", "李文", "officer", "enforcement"},
                           {"1002", "孙立", "officer", "enforcement"},
                           {"1003", "高明", "reviewer", "legal-review"},
                           {"1004", "陈局", "head", ""},
                           {"1005", "何主持", "officer", "enforcement"}}) {
      ASSERT_EQ(ErrorOf(directory.AddOfficial({row.number, row.name, "market"}, kPassword,
                                              Plus(kSecret, row.number))),
                "");
      ASSERT_EQ(ErrorOf(directory.Appoint({row.number, "market", kPack, row.role})), "");
      if (row.credential.empty()) continue;
      ASSERT_EQ(ErrorOf(directory.Grant({row.number, row.credential})), "");
    }
    ASSERT_EQ(ErrorOf(directory.AddOfficial({"2001", "外人", "archive"}, kPassword, Plus(kSecret, "2001"))),
              "");
  }
  static std::string Plus(std::string_view secret, std::string_view number) {
    return std::string(secret) + std::string(number);
  }

  void Open() {
    service_.reset();
    auto opened = Service::Open(path(), {.clock = [this] { return Moment{.day = today_, .minute = 600}; }});
    ASSERT_EQ(ErrorOf(opened), "");
    service_ = std::move(opened).value();
    tokens_.clear();
  }

  std::string path() const { return files_ / "authority"; }

  std::string Code(std::string_view number) const {
    const std::int64_t now = std::time(nullptr);
    return OneTimeCode(Plus(kSecret, number), now / kCodeSeconds + codes_used_);
  }
  Caller As(const std::string& number) {
    std::string& token = tokens_[number];
    if (token.empty()) {
      auto in = service_->SignIn(number, kPassword, Code(number));
      EXPECT_EQ(ErrorOf(in), "");
      if (in.ok()) token = in.value().token;
    }
    return {.token = token, .code = {}};
  }

  ActAnswer Do(const Caller& caller, ActRequest request) {
    if (request.matter.empty()) request.matter = matter_;
    request.pack = kPack;
    auto done = service_->Do(caller, request, Language::kEn);
    EXPECT_EQ(ErrorOf(done), "") << request.act;
    if (!done.ok()) return {};
    if (!done.value().matter.empty()) matter_ = done.value().matter;
    return std::move(done).value();
  }
  static ActRequest Act(std::string act, std::vector<FieldInput> fields = {}, std::string label = {}) {
    ActRequest request;
    request.act = std::move(act);
    request.fields = std::move(fields);
    request.label = std::move(label);
    return request;
  }

  // The noodle shop of packs/prc/penalty/6-examples.md, up to the notice of 22 January.
  void BeginNoodleShop() {
    today_ = On("2025-01-06");
    ActRequest discover = Act("discover", {{"found", {"2025-01-05"}}, {"violation-end", {"2024-12-20"}}});
    discover.given = {{"party", "老王面馆", "kind", "organisation"},
                      {"exhibit", "photo", "kind", "documentary"},
                      {"exhibit", "photo", "device", "no"}};
    EXPECT_EQ(Do(As("1001"), discover).verdict, "lawful");
    EXPECT_EQ(Do(As("1004"), Act("file", {{"ground", {"APL 9"}}})).verdict, "lawful");
    EXPECT_EQ(Do(As("1003"), Act("verified", {{"verified", {"yes"}}}, "photo")).verdict, "lawful");
    EXPECT_EQ(Do(As("1004"), Act("sufficient", {{"sufficient", {"yes"}}})).verdict, "lawful");
    today_ = On("2025-01-22");
    const ActAnswer notice = Do(As("1001"), Notice());
    EXPECT_EQ(notice.verdict, "lawful");
  }
  static ActRequest Notice() {
    return Act("notify",
               {{"grave-kind", {"no"}},
                {"amount", {"5000 CNY"}},
                {"time-to-speak", {"5 working days"}},
                {"facts", {"rats in the kitchen"}},
                {"reasons", {"law"}},
                {"basis", {"law"}},
                {"rights", {"to speak, to be heard"}}},
               "老王面馆");
  }
  static ActRequest Decision() {
    return Act("decide",
               {{"amount", {"5000 CNY"}},
                {"kind", {"fine"}},
                {"basis", {"APL 9"}},
                {"rests-on", {"photo"}},
                {"facts", {"rats"}},
                {"performance", {"bank"}},
                {"reasons", {"law"}},
                {"remedy", {"court"}},
                {"seal", {"seal"}}},
               "老王面馆");
  }

  TemporaryFolder files_;
  Day today_ = On("2025-01-06");
  int codes_used_ = 0;
  std::unique_ptr<Service> service_;
  std::map<std::string, std::string> tokens_;
  std::string matter_;
};

class ReviewTest : public ServiceTest {
 protected:
  std::vector<std::string> packs() const override { return {kPack, kReview}; }

  // With an office that reviews.
  void SetUp() override {
    ServiceTest::SetUp();
    service_.reset();
    auto made = Directory::Open(path() + "/directory");
    ASSERT_EQ(ErrorOf(made), "");
    ASSERT_EQ(ErrorOf(made.value()->AddOffice({"justice", "司法局", "Justice bureau"})), "");
    ASSERT_EQ(
        ErrorOf(made.value()->AddOfficial({"3003", "周正", "justice"}, kPassword, Plus(kSecret, "3003"))),
        "");
    ASSERT_EQ(ErrorOf(made.value()->Appoint({"3003", "justice", kReview, "authority"})), "");
    Open();
  }
};

std::string AllOf(const std::vector<Reason>& reasons) {
  std::string out;
  for (const Reason& reason : reasons) {
    out += reason.rule + "\n";
    for (const std::string& sentence : reason.sentences) out += "  " + sentence + "\n";
  }
  return out;
}

TEST_F(ServiceTest, ADecisionBeforeTheTimeToAskIsRefusedWithItsDaysAndTheFirstLawfulDay) {
  BeginNoodleShop();
  today_ = On("2025-01-27");
  const ActAnswer refused = Do(As("1004"), Decision());
  EXPECT_EQ(refused.kind, ActAnswer::Kind::kRefused);
  EXPECT_EQ(refused.verdict, "unlawful");
  EXPECT_EQ(refused.earliest, On("2025-02-06")) << AllOf(refused.reasons);
  EXPECT_NE(AllOf(refused.reasons)
                .find("Thu 2025-01-23, Fri 2025-01-24, Sun 2025-01-26, Mon 2025-01-27 and Wed 2025-02-05"),
            std::string::npos)
      << AllOf(refused.reasons);
  const auto view = service_->Matter(As("1004"), matter_, Language::kEn);
  ASSERT_EQ(ErrorOf(view), "");
  EXPECT_EQ(view.value().acts, 5U);
  today_ = On("2025-02-06");
  EXPECT_EQ(Do(As("1004"), Decision()).verdict, "lawful");
}

TEST_F(ServiceTest, AHearingIsAskedByCodeAnnouncedInTimeAndNotChairedByWhoInvestigated) {
  BeginNoodleShop();
  const auto code = service_->CodeFor(As("1001"), matter_, "老王面馆");
  ASSERT_EQ(ErrorOf(code), "");
  const Caller party{.token = {}, .code = code.value().code};
  ASSERT_EQ(service_->MatterOfCode(party.code).value(), matter_);
  // Investigated by two, each with a code of their own; a name alone is not a second person.
  ActRequest investigate = Act("investigate", {{"shown-certificate", {"yes"}}, {"minutes", {"minutes"}}});
  investigate.matter = matter_;
  investigate.with = {{"1002", "000000"}};
  EXPECT_NE(ErrorOf(service_->Do(As("1005"), investigate, Language::kEn)), "");
  investigate.with = {{"1002", Code("1002")}};
  EXPECT_EQ(Do(As("1005"), investigate).verdict, "lawful");
  today_ = On("2025-02-05");
  EXPECT_EQ(Do(party, Act("ask-hearing")).verdict, "lawful");
  EXPECT_EQ(Do(As("1004"), Act("name-chair", {{"who", {"1005"}}})).verdict, "lawful");
  today_ = On("2025-02-10");
  const auto announce = [](const std::string& day) {
    return Act("announce-hearing", {{"hearing-day", {day}}, {"place", {"hall"}}, {"closed", {"no"}}},
               "老王面馆");
  };
  EXPECT_EQ(Do(As("1001"), announce("2025-02-18")).kind, ActAnswer::Kind::kRefused);
  EXPECT_EQ(Do(As("1001"), announce("2025-02-19")).verdict, "lawful");
  today_ = On("2025-02-19");
  const ActRequest hold = Act("hold-hearing", {{"agents", {"1"}}, {"minutes", {"minutes"}}}, "老王面馆");
  EXPECT_EQ(Do(As("1005"), hold).kind, ActAnswer::Kind::kRefused);  // investigated
  EXPECT_EQ(Do(As("1001"), hold).kind, ActAnswer::Kind::kRefused);  // not named
  EXPECT_EQ(Do(As("1004"), Act("name-chair", {{"who", {"1003"}}})).verdict, "lawful");
  EXPECT_EQ(Do(As("1003"), hold).verdict, "lawful");
  const auto seen = service_->Matter(party, matter_, Language::kEn);
  ASSERT_EQ(ErrorOf(seen), "");
  EXPECT_EQ(seen.value().parties.size(), 2U);
}

TEST_F(ServiceTest, AStaleFormIsToldWhatHappenedAndASecondSendingDoesNothing) {
  BeginNoodleShop();
  ActRequest request = Act("influential", {{"influential", {"yes"}}}, "老王面馆");
  request.acts = 5;
  request.request = "form-1";
  const ActAnswer first = Do(As("1001"), request);
  EXPECT_EQ(first.verdict, "lawful");
  const ActAnswer again = Do(As("1001"), request);
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.entry, first.entry);
  request.request = "form-2";
  const ActAnswer stale = Do(As("1002"), request);
  EXPECT_EQ(stale.kind, ActAnswer::Kind::kStale);
  ASSERT_EQ(stale.meanwhile.size(), 1U);
  EXPECT_EQ(stale.meanwhile[0].act, "influential");
  EXPECT_EQ(service_->Matter(As("1001"), matter_, Language::kEn).value().acts, 6U);
}

TEST_F(ServiceTest, WhatWasSentTwiceIsOneActAlsoWhereTheLawAllowsASecond) {
  today_ = On("2025-01-06");
  ActRequest discover = Act("discover", {{"found", {"2025-01-05"}}, {"violation-end", {"2024-12-20"}}});
  discover.given = {{"exhibit", "photo", "kind", "documentary"}, {"exhibit", "photo", "device", "no"}};
  discover.request = "begin-1";
  const ActAnswer begun = Do(As("1001"), discover);
  matter_.clear();
  const ActAnswer again = Do(As("1001"), discover);
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(std::pair(again.matter, again.entry), std::pair(begun.matter, begun.entry));
  Do(As("1004"), Act("file", {{"ground", {"APL 9"}}}));
  ActRequest found = Act("verified", {{"verified", {"yes"}}}, "photo");
  found.request = "find-1";
  const ActAnswer first = Do(As("1003"), found);
  EXPECT_FALSE(first.duplicate);
  found.request = "find-2";
  EXPECT_FALSE(Do(As("1003"), found).duplicate);  // which is lawful
  found.request = "find-1";
  const ActAnswer second = Do(As("1003"), found);
  EXPECT_EQ(std::pair(second.duplicate, second.entry), std::pair(true, first.entry));
  EXPECT_EQ(service_->Matter(As("1001"), matter_, Language::kEn).value().acts, 4U);
  // The name of another's form opens nothing.
  found.act = "sufficient";
  found.fields = {{"sufficient", {"yes"}}};
  found.label.clear();
  found.matter = matter_;
  EXPECT_NE(ErrorOf(service_->Do(As("1004"), found, Language::kEn)), "");
  EXPECT_EQ(service_->Matter(As("1001"), matter_, Language::kEn).value().acts, 4U);
}

TEST_F(ServiceTest, ABeginningSentSeveralTimesAtOnceIsOneMatterAndNoActInItIsForgotten) {
  today_ = On("2025-01-06");
  const Caller officer = As("1001"), reviewer = As("1003");
  constexpr std::size_t kThreads = 4;
  for (int round = 0; round < 8; ++round) {
    std::array<std::string, kThreads> matters;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        ActRequest discover = Act("discover", {{"found", {"2025-01-05"}}, {"violation-end", {"2024-12-20"}}});
        discover.given = {{"exhibit", "photo", "kind", "documentary"}, {"exhibit", "photo", "device", "no"}};
        discover.pack = kPack;
        discover.request = fmt::format("begin {}", round);
        const auto begun = service_->Do(officer, discover, Language::kEn);
        EXPECT_EQ(ErrorOf(begun), "");
        if (!begun.ok()) return;
        matters[i] = begun.value().matter;
        ActRequest found = Act("verified", {{"verified", {"yes"}}}, "photo");
        found.matter = matters[i];
        EXPECT_EQ(ErrorOf(service_->Do(reviewer, found, Language::kEn)), "");
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& matter : matters) EXPECT_EQ(matter, matters[0]);
    const auto view = service_->Matter(officer, matters[0], Language::kEn);
    ASSERT_EQ(ErrorOf(view), "");
    EXPECT_EQ(view.value().acts, 1 + kThreads);
  }
  EXPECT_EQ(service_->Supervision(Language::kEn).matters, 8U);
}

TEST_F(ServiceTest, ListsOverAllMattersSayWhatEachMatterSaysBeforeAndAfterTheTick) {
  BeginNoodleShop();
  using Row = std::tuple<std::string, std::optional<Day>, bool>;
  std::set<std::string> seen;
  const auto compare = [&] {
    const auto view = service_->Matter(As("1004"), matter_, Language::kEn);
    const auto work = service_->MyWork(As("1004"), Language::kEn);
    ASSERT_EQ(ErrorOf(view) + ErrorOf(work), "");
    std::multiset<Row> told, listed;
    for (const DutyView& duty : view.value().duties) {
      if (duty.act != "pay") told.emplace(duty.act, duty.due, duty.late);  // the party's
    }
    for (const WorkItem& item : work.value().items) {
      listed.emplace(item.act, item.due, item.late);
      seen.insert(item.act);
    }
    EXPECT_EQ(told, listed) << base::PrintDay(today_);
    EXPECT_EQ(work.value().all_items, listed.size());
    ASSERT_EQ(work.value().matters.size(), 1U);
  };
  for (const char* day : {"2025-01-22", "2025-02-06", "2025-04-07", "2025-05-20"}) {
    today_ = On(day);
    compare();
    const std::vector<LateDuty> before = service_->Overdue(Language::kEn);
    ASSERT_EQ(ErrorOf(service_->Tick()), "");
    compare();
    EXPECT_EQ(service_->Overdue(Language::kEn).size(), before.size());
    if (today_ == On("2025-02-06")) {
      EXPECT_EQ(Do(As("1004"), Decision()).verdict, "lawful");
      compare();
    }
  }
  EXPECT_GE(service_->Overdue(Language::kEn).size(), 1U);
  EXPECT_GE(seen.size(), 2U);
}

// The disk was full between the two entries with which such a matter begins.
TEST_F(ReviewTest, AnApplicationOfWhichOnlyTheActUnderReviewWasRecordedGoesOnWhenItIsSentAgain) {
  BeginNoodleShop();
  today_ = On("2025-02-06");
  const ActAnswer decision = Do(As("1004"), Decision());
  const auto code = service_->CodeFor(As("1001"), matter_, "老王面馆");
  ASSERT_EQ(ErrorOf(code), "");
  const Caller party{.token = {}, .code = code.value().code};
  ActRequest apply = Act("apply", {{"received", {"2025-02-06"}},
                                   {"requests", {"set it aside"}},
                                   {"reasons", {"no rats"}},
                                   {"compensation", {"no"}}});
  apply.pack = kReview;
  apply.request = "apply-1";
  apply.target_matter = matter_;
  apply.target_entry = decision.entry;
  const std::string left = "0123456789abcdef0123456789abcdef";
  service_.reset();
  {
    auto folder = ledger::Folder::Open(path() + "/ledger");
    ASSERT_EQ(ErrorOf(folder), "");
    auto ledger = ledger::Ledger::Open(std::move(folder).value());
    ASSERT_EQ(ErrorOf(ledger), "");
    const std::string hash = tlog::PrintHash(tlog::Sha256("of the pack"));
    const ledger::Draft image{.request = "image of apply-1",
                              .kind = "act",
                              .facts = {{"act", "target"},
                                        {"day", "2025-02-06"},
                                        {"matter", left},
                                        {"office", "law"},
                                        {"pack", hash},
                                        {"program", hash},
                                        {"procedure", kReview},
                                        {"verdict", "by law"},
                                        {"desk", "justice"}},
                              .fields = {{"kind", "fine"},
                                         {"told-remedy", "yes"},
                                         {"spot", "no"},
                                         {"camera", "no"},
                                         {"real-estate", "no"},
                                         {"service.linked", matter_ + " 老王面馆"}}};
    ASSERT_EQ(ErrorOf(ledger.value()->Append(image)), "");
  }
  Open();
  const auto done = service_->Do(party, apply, Language::kEn);
  ASSERT_EQ(ErrorOf(done), "");
  EXPECT_EQ(done.value().kind, ActAnswer::Kind::kRecorded);
  EXPECT_EQ(done.value().matter, left);
  EXPECT_EQ(done.value().acts, 2U);
  const auto again = service_->Do(party, apply, Language::kEn);
  ASSERT_EQ(ErrorOf(again), "");
  EXPECT_TRUE(again.value().duplicate);
  EXPECT_EQ(again.value().entry, done.value().entry);
  // Another request begins another matter.
  apply.request = "apply-2";
  const auto another = service_->Do(party, apply, Language::kEn);
  ASSERT_EQ(ErrorOf(another), "");
  EXPECT_NE(another.value().matter, left);
}

TEST_F(ServiceTest, WhatIsInMemoryComesBackFromTheLedgerAlone) {
  BeginNoodleShop();
  const auto before = service_->Matter(As("1001"), matter_, Language::kEn);
  today_ = On("2025-01-27");
  Open();
  const auto after = service_->Matter(As("1001"), matter_, Language::kEn);
  ASSERT_EQ(ErrorOf(after), "");
  ASSERT_EQ(after.value().timeline.size(), before.value().timeline.size());
  for (std::size_t i = 0; i < after.value().timeline.size(); ++i)
    EXPECT_EQ(after.value().timeline[i].text, before.value().timeline[i].text);
  EXPECT_EQ(Do(As("1004"), Decision()).earliest, On("2025-02-06"));
  const auto receipt = service_->Receipt(As("1001"), *after.value().timeline[0].entry);
  EXPECT_EQ(ErrorOf(receipt), "");
}

TEST_F(ServiceTest, PersonalTextOpensWithALookThatThePartySees) {
  BeginNoodleShop();
  const auto closed = service_->Matter(As("2001"), matter_, Language::kEn);
  ASSERT_EQ(ErrorOf(closed), "");
  EXPECT_FALSE(closed.value().personal_open);
  for (const TimelineEvent& event : closed.value().timeline) {
    EXPECT_TRUE(event.fields.empty());
    EXPECT_EQ(event.text.find("老王"), std::string::npos);
  }
  EXPECT_TRUE(closed.value().parties.empty());
  EXPECT_NE(ErrorOf(service_->Form(As("2001"), {.matter = matter_, .act = "decide"}, Language::kEn)), "");
  EXPECT_NE(ErrorOf(service_->CodeFor(As("2001"), matter_, "老王面馆")), "");
  EXPECT_EQ(ErrorOf(service_->Look(As("2001"), matter_, "an audit of the archive, no. 7")), "");
  EXPECT_TRUE(service_->Matter(As("2001"), matter_, Language::kEn).value().personal_open);
  const auto code = service_->CodeFor(As("1001"), matter_, "老王面馆");
  const auto seen = service_->Matter({.token = {}, .code = code.value().code}, matter_, Language::kEn);
  ASSERT_EQ(seen.value().looks.size(), 1U);
  EXPECT_EQ(seen.value().looks[0].ground, "an audit of the archive, no. 7");
  // An administrator may not act, nor may who has no role here.
  ActRequest decide = Decision();
  decide.matter = matter_;
  EXPECT_NE(ErrorOf(service_->Do(As("2001"), decide, Language::kEn)), "");
}

TEST_F(ServiceTest, NobodyIsLetInByHalf) {
  EXPECT_NE(ErrorOf(service_->SignIn("1001", "another password", Code("1001"))), "");
  EXPECT_NE(ErrorOf(service_->SignIn("1001", kPassword, "000000")), "");
  EXPECT_NE(ErrorOf(service_->SignIn("9999", kPassword, Code("1001"))), "");
  EXPECT_EQ(ErrorOf(service_->SignIn("1001", kPassword, Code("1001"))), "");
  // The same code once more.
  EXPECT_NE(ErrorOf(service_->SignIn("1001", kPassword, Code("1001"))), "");
  EXPECT_NE(ErrorOf(service_->MatterOfCode("0-AAAA")), "");
  EXPECT_NE(ErrorOf(service_->MyWork({.token = "guessed", .code = {}}, Language::kEn)), "");
}

// Everything that a pack names can come up in a reason or a form: each has Chinese, or is a number.
std::vector<std::string> WithoutChinese(const ServedPack& pack) {
  const program::Program& program = pack.program();
  const report::Voice voice = pack.VoiceIn(Language::kZh);
  std::set<std::string> out;
  const auto see = [&](std::string_view what, std::string_view name, const std::string& told) {
    if (std::ranges::all_of(told, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
      out.insert(fmt::format("{} {}", what, name));
  };
  const auto named = [&](std::string_view what, program::StringId id) {
    if (id) see(what, program.string(id), report::Spoken(voice, program.string(id)));
  };
  for (std::size_t i = 0; i < program.acts.size(); ++i)
    see("act", program.string(program.acts[i].name), report::TitleIn(voice, program, model::ActId(i)));
  for (std::size_t i = 0; i < program.roles.size(); ++i)
    see("role", program.string(program.roles[i].name), program::TitleOf(program, model::RoleId(i), "zh"));
  for (std::size_t i = 0; i < program.rules.size(); ++i)
    see("rule", program.string(program.rules[i].name), program::TitleOf(program, model::RuleId(i), "zh"));
  for (std::size_t i = 0; i < program.fields.size(); ++i)
    see("field", program::NameOf(program, model::FieldId(i)),
        report::Spoken(voice, program, model::FieldId(i)));
  for (const program::StringId choice : program.choices) named("choice", choice);
  for (const program::FactDef& fact : program.facts) named("fact", fact.name);
  for (const program::TermDef& term : program.terms) named("term", term.name);
  for (const program::TableDef& table : program.tables) named("table", table.name);
  for (const program::TableColumn& column : program.table_columns) named("column", column.name);
  for (const program::StringId credential : program.credentials) named("credential", credential);
  for (const program::InstrumentDef& instrument : program.instruments)
    see("instrument", program.string(instrument.name),
        program::TitleOf(program, instrument.titles, "zh", program.string(instrument.name)));
  return {out.begin(), out.end()};
}

TEST(ServedNames, AreAllToldInChinese) {
  for (const std::string path : {"prc/penalty", "prc/reconsideration"}) {
    std::array<std::uint8_t, 32> seed{};
    const auto key = tlog::SigningKey::FromSeed("example.org/proofs", tlog::KeyKind::kLog, seed);
    ASSERT_EQ(ErrorOf(key), "");
    const std::string pages = std::string(LAWBOUND_ROOT) + "/packs/" + path;
    const std::string seal = SealOf(pages, key.value());
    const std::vector<tlog::VerifierKey> trusted{key.value().verifier()};
    const auto pack = ServedPack::Load(pages, "", seal, trusted);
    ASSERT_EQ(ErrorOf(pack), "");
    EXPECT_EQ(WithoutChinese(*pack.value()), std::vector<std::string>{}) << path;
  }
}

}  // namespace
}  // namespace lawbound::service
