#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <vector>
#include <zlib.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "ingest/binary_log.h"
#include "ingest/identity.h"
#include "ingest/inspect.h"
#include "ingest/log_reader.h"
#include "ingest/value_text.h"
#include "tests/support/log_text.h"
#include "tests/support/made_program.h"

namespace lawbound::ingest {
namespace {

using support::MakeProgram;
using support::ReadAll;
using support::ReadBack;
using support::ReadText;
using testing::HasSubstr;
using enum program::ValueType;
using Format = program::MappingDef::Format;

program::Program Permit(Format format = Format::kXes) {
  support::MadeMapping mapping{
      .format = format,
      .lines = {{"receive", "receive", {{"fee", "fee"}, {"kind", "case:kind"}, {"abroad", "abroad"}}},
                {"decide", "decide", {{"granted", "granted"}, {"signed", "signed"}, {"by", "clerk"}}}}};
  if (format != Format::kXes)
    mapping.case_column = "case", mapping.act_column = "act", mapping.time_column = "time";
  return MakeProgram({{"receive", {{"fee", kMoney}, {"kind", kChoice, {"small", "large"}}}},
                      {"decide",
                       {{"granted", kYesNo}, {"signed", kDay}, {"by", kOfficial}},
                       program::Side::kAuthority,
                       "signed"}},
                     mapping, {{"abroad", kYesNo}});
}

std::string Event(std::string_view activity, std::string_view time, std::string_view more = "") {
  return fmt::format(
      "<event><string key=\"concept:name\" value=\"{}\"/><date key=\"time:timestamp\" "
      "value=\"{}\"/>{}</event>\n",
      activity, time, more);
}
std::string Case(std::string_view name, std::string_view events) {
  return fmt::format("<trace><string key=\"concept:name\" value=\"{}\"/>\n{}</trace>\n", name, events);
}
std::string Log(std::string_view cases) {
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n{}</log>\n",
                     cases);
}

std::string Gzip(std::string_view text) {
  std::string out(compressBound(static_cast<uLong>(text.size())) + 64, '\0');
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

// Repeats a text for ever, or so many times, then says what comes after: a stream that is nowhere whole.
class Repeated final : public ByteSource {
 public:
  Repeated(std::string head, char fill, std::uint64_t times)
      : head_(std::move(head)), fill_(fill), left_(times) {}
  base::Result<std::size_t> Read(std::span<char> into) override {
    if (at_ < head_.size()) {
      const std::size_t n = std::min(into.size(), head_.size() - at_);
      std::copy_n(head_.data() + at_, n, into.data());
      at_ += n;
      return n;
    }
    const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), left_));
    std::fill_n(into.data(), n, fill_);
    left_ -= n;
    return n;
  }

 private:
  std::string head_;
  char fill_;
  std::uint64_t left_;
  std::size_t at_ = 0;
};

LogSource RepeatedLog(const std::string& head, char fill, std::uint64_t times) {
  LogSource source;
  source.name = "made";
  source.open = [=]() -> base::Result<std::unique_ptr<ByteSource>> {
    return std::unique_ptr<ByteSource>(std::make_unique<Repeated>(head, fill, times));
  };
  return source;
}

TEST(ValueText, ReadsAmountsExactly) {
  const auto units = [](std::string_view text) { return ParseDecimal(text, 2).value_or(Decimal{-1, false}); };
  EXPECT_EQ(units("35.0").units, 3500);
  EXPECT_EQ(units("35").units, 3500);
  EXPECT_EQ(units("1.0E7").units, 1'000'000'000);
  EXPECT_EQ(units("-1.5").units, -150);
  EXPECT_EQ(units("0.005").units, 1);
  EXPECT_TRUE(units("0.005").rounded);
  EXPECT_EQ(units("0.0049").units, 0);
  EXPECT_FALSE(units("71.500").rounded);
  EXPECT_EQ(units("5e-3").units, 1);
  EXPECT_EQ(units("92233720368547757.00").units, 9223372036854775700);
  for (const char* bad :
       {"", "-", ".5", "5.", "1,5", "12 EUR", "1e", "1e999", "99999999999999999999", "0x10", "NaN"}) {
    EXPECT_FALSE(ParseDecimal(bad, 2)) << bad;
  }
}

TEST(ValueText, ReadsLengthsAndYesNo) {
  EXPECT_EQ(ParseLength("5 working days"), model::LengthValue(5, 1));
  EXPECT_EQ(ParseLength("1 month"), model::LengthValue(1, 3));
  EXPECT_FALSE(ParseLength("5"));
  EXPECT_EQ(ParseYesNo("TRUE"), true);
  EXPECT_EQ(ParseYesNo("0"), false);
  EXPECT_FALSE(ParseYesNo("maybe"));
}

TEST(Identity, KnowsNumbersOfPeople) {
  EXPECT_EQ(LooksLike("11010519491231002X"), Identity::kNumber);  // the example of GB 11643 itself
  EXPECT_EQ(LooksLike("110105194912310021"), Identity::kNone);
  EXPECT_EQ(LooksLike("13800138000"), Identity::kPhone);
  EXPECT_EQ(LooksLike("京A12345"), Identity::kPlate);
  EXPECT_EQ(LooksLike("case-10011"), Identity::kNone);
  EXPECT_EQ(LooksLike("A10000"), Identity::kNone);
}

TEST(Xes, MapsActsFieldsPeopleAndOrder) {
  const std::string log = Log(
      "<trace><string key='concept:name' value='c &amp; d'/><string key=\"kind\" value=\"large\"/>" +
      Event("decide", "2010-03-02T09:30:00+01:00",
            "<string key=\"org:resource\" value=\"Wu\"/><boolean key=\"granted\" value=\"true\"/><string "
            "key=\"clerk\" value=\"Wu\"/>") +
      Event("receive", "2010-03-01T00:00:00+01:00",
            "<float key=\"fee\" value=\"12.345\"/><boolean key=\"abroad\" value=\"no\"/>") +
      Event("decide", "2010-03-05T12:00:00Z", "<date key=\"signed\" value=\"2010-03-04\"/>") + "</trace>");
  const ReadBack back = ReadText(log, Permit());
  ASSERT_TRUE(back.ok) << back.error;
  EXPECT_EQ(back.text,
            "c & d: [abroad=0]\n"
            "  #1 receive 2010-03-01 -1 recorded 2010-03-01 fee=1235 kind=1\n"
            "  #0 decide 2010-03-02 570+0 recorded 2010-03-02 by Wu granted=1 signed=- by=Wu\n"
            "  #2 decide 2010-03-04 -1 recorded 2010-03-05 granted=- signed=14672 by=-\n");
  EXPECT_EQ(back.quality,
            "1 cases, 3 events, 3 of them acts\n"
            "from 2010-03-01 to 2010-03-05\n"
            "acts whose doer the log does not say: 2\n"
            "field 'fee' of \"receive\" from \"fee\", rounded half up to the smallest unit: 1\n"
            "field 'granted' of \"decide\" from \"granted\", missing: 1\n"
            "field 'signed' of \"decide\" from \"signed\", missing: 1\n"
            "field 'by' of \"decide\" from \"clerk\", missing: 1\n"
            "cases not logged in the order of time, put in order: 1\n"
            "  line 3, case 'c & d'\n");
}

TEST(Xes, CountsWhatItLeavesOut) {
  const std::string skipped = "<string key=\"lifecycle:transition\" value=\"start\"/>";
  const std::string nested = "<string key=\"a\" value=\"b\"><int key=\"c\" value=\"1\"/></string>";
  const std::string log = Log(
      "<event/>" +
      Case("1", Event("receive", "2010-01-04", skipped) + Event("receive", "2010-01-04", nested) +
                    Event("receive", "2010-01-04") + Event("lunch", "2010-04-30") + Event("receive", "soon") +
                    "<event><string key=\"concept:name\" value=\"receive\"/></event>\n" +
                    "<event><date key=\"time:timestamp\" value=\"2010-01-05\"/></event>\n") +
      Case("1", Event("decide", "1970-01-01", "<string key=\"granted\" value=\"perhaps\"/>")) +
      Case("", Event("decide", "2010-01-05")));
  const ReadBack back = ReadText(log, Permit());
  ASSERT_TRUE(back.ok) << back.error;
  const DataQuality& q = back.summary.quality;
  EXPECT_EQ(q.cases, 2u);
  EXPECT_EQ(q.events, 9u);
  EXPECT_EQ(q.entries, 3u);
  EXPECT_EQ(q.loose_events, 1u);
  EXPECT_EQ(q.nested_attributes, 1u);
  EXPECT_EQ(q.skipped_transitions.at("start"), 1u);
  EXPECT_EQ(q.unknown_activities.at("lunch"), 1u);
  EXPECT_EQ(q.repeated_entries.count, 1u);
  EXPECT_EQ(q.repeated_cases.at("1"), 1u);
  EXPECT_EQ(q.suspicious_times.count, 1u);
  EXPECT_EQ(q.bad_cases.count, 1u);
  ASSERT_EQ(q.bad_rows.count, 3u);
  EXPECT_EQ(q.bad_rows.first[0], (Example{0, 8, "1", "'soon' is no time"}));
  EXPECT_EQ(q.bad_rows.first[1], (Example{0, 9, "1", "no time"}));
  EXPECT_EQ(q.bad_rows.first[2], (Example{0, 10, "1", "no activity"}));
  EXPECT_EQ(q.fields[3].unreadable.first.at(0).why, "'perhaps'");
  EXPECT_THAT(back.quality, HasSubstr("months without any event: 1970-02, 1970-03"));
}

TEST(Xes, KeepsTheLogsOrderWhereNoMinuteIsKnown) {
  const ReadBack back =
      ReadText(Log(Case("1", Event("receive", "2010-01-04T10:00:00+01:00") + Event("decide", "2010-01-04") +
                                 Event("decide", "2010-01-04T09:00:00+01:00") +
                                 Event("receive", "2010-01-04T08:00:00+01:00"))),
               Permit());
  std::vector<std::string> order;
  for (std::size_t at = 0; (at = back.text.find('#', at)) != std::string::npos; ++at)
    order.push_back(back.text.substr(at, 2));
  EXPECT_EQ(order, (std::vector<std::string>{"#0", "#1", "#3", "#2"}));
}

TEST(Xes, PutsActsOfOneMinuteInOrderByTheMillisecond) {
  const ReadBack back = ReadText(Log(Case("1", Event("receive", "2010-01-04T10:00:59.250+01:00") +
                                                   Event("decide", "2010-01-04T10:00:07+01:00") +
                                                   Event("decide", "2010-01-04T10:00+01:00") +
                                                   Event("receive", "2010-01-04T09:00:59.251Z") +
                                                   Event("decide", "2010-01-04T10:00:59.2501+01:00"))),
                                 Permit());
  std::vector<std::string> order;
  for (std::size_t at = 0; (at = back.text.find('#', at)) != std::string::npos; ++at)
    order.push_back(back.text.substr(at, 2));
  // One without seconds stays where the log has it; digits behind the millisecond tell nothing.
  EXPECT_EQ(order, (std::vector<std::string>{"#1", "#0", "#2", "#4", "#3"}));
}

TEST(Xes, HandsOverToExpatAndStartsAgain) {
  const std::string body = Case("1", Event("receive", "2010-01-04")) + "<!-- between --><?pi?>" +
                           Case("2", Event("decide", "2010-01-05"));
  const ReadBack back = ReadText(Log(body), Permit());
  ASSERT_TRUE(back.ok) << back.error;
  EXPECT_TRUE(back.summary.by_expat);
  EXPECT_EQ(back.restarts, 1);
  EXPECT_EQ(back.summary.quality.cases, 2u);
  EXPECT_TRUE(back.summary.quality.repeated_cases.empty());
  const ReadBack prefixed = ReadText(
      "<x:log xmlns:x='u'><x:trace><x:string key='concept:name' value='1'/></x:trace></x:log>", Permit());
  EXPECT_TRUE(prefixed.ok) << prefixed.error;
  EXPECT_EQ(prefixed.summary.quality.cases, 1u);
}

TEST(Xes, RefusesWithThePlace) {
  const std::string one = Case("1", Event("receive", "2010-01-04"));
  EXPECT_EQ(ReadText("<?xml version=\"1.0\"?>\n<html></html>", Permit()).error,
            "reading 'log': line 2: this is no XES log: its first element is <html>, not <log>");
  EXPECT_THAT(ReadText("<!DOCTYPE log [<!ENTITY a 'b'>]><log></log>", Permit()).error,
              HasSubstr("document type declaration"));
  EXPECT_THAT(ReadText(Log(one + "<trace>\n<event></trace>"), Permit()).error,
              HasSubstr("line 7: this is not well-formed XML"));
  EXPECT_THAT(ReadText(Log(one + one + "\n\xff\xfe"), Permit()).error,
              HasSubstr("line 10: this is not UTF-8"));
  EXPECT_THAT(ReadText(std::string("\xff\xfe<\0l\0", 6), Permit()).error, HasSubstr("UTF-16"));
  EXPECT_THAT(ReadText("<?xml version='1.0' encoding='GB18030'?><log></log>", Permit()).error,
              HasSubstr("iconv -f GB18030"));
  EXPECT_TRUE(ReadText("\xef\xbb\xbf" + Log(one), Permit()).ok);
}

TEST(Xes, ManyThreadsSeeOneLog) {
  std::string cases;
  for (int i = 0; i < 20000; ++i) {
    cases += Case(fmt::format("{}", i % 19990),
                  Event("receive", fmt::format("2010-{:02}-{:02}", i % 12 + 1, i % 28 + 1)) +
                      Event(i % 3 == 0 ? "other" : "decide", i % 7 == 0 ? "never" : "2010-01-04"));
  }
  const ReadBack one = ReadText(Log(cases), Permit());
  const ReadBack four = ReadText(Log(cases), Permit(), {.threads = 4});
  ASSERT_TRUE(one.ok) << one.error;
  EXPECT_GT(one.summary.parts, 5u);
  EXPECT_EQ(one.text, four.text);
  EXPECT_EQ(one.summary.quality, four.summary.quality);
  EXPECT_EQ(one.summary.quality.repeated_cases_count, 10u);
  EXPECT_EQ(one.summary.quality.bad_rows.first[1].line, 5u + 7 * 4);
  EXPECT_EQ(one.summary.quality, ReadText(Log(cases), Permit(), {.only_expat = true}).summary.quality);
}

TEST(Limits, AreKept) {
  Limits small;
  small.events_per_case = 2;
  const std::string three =
      Event("receive", "2010-01-04") + Event("receive", "2010-01-04") + Event("receive", "2010-01-04");
  const ReadBack many = ReadText(Log(Case("1", three)), Permit(), {.limits = small});
  EXPECT_EQ(many.code, base::Errc::kLimit);
  EXPECT_THAT(many.error, HasSubstr("line 6: more than 2 events in one case"));
  Limits deep;
  deep.depth = 3;
  EXPECT_EQ(ReadText(Log("<a><b><c/></b></a>"), Permit(), {.limits = deep}).code, base::Errc::kLimit);
  Limits few;
  few.activities = 1;
  EXPECT_EQ(
      ReadText(Log(Case("1", Event("x", "2010-01-04") + Event("y", "2010-01-04"))), Permit(), {.limits = few})
          .code,
      base::Errc::kLimit);
}

TEST(Limits, OneLineOfAGigabyteTakesNoGigabyte) {
  Limits limits;
  limits.case_bytes = std::size_t{1} << 20;
  constexpr std::uint64_t kGigabyte = std::uint64_t{1} << 30;
  const std::string head = "<log><trace><string key=\"concept:name\" value=\"";
  const ReadBack xes = ReadAll(RepeatedLog(head, 'a', kGigabyte), Permit(), {.limits = limits});
  EXPECT_EQ(xes.code, base::Errc::kLimit);
  EXPECT_THAT(xes.error, HasSubstr("line 1: a tag or comment of more than 4194304 bytes"));
  const ReadBack comment = ReadAll(RepeatedLog("<log><!-- ", '<', kGigabyte), Permit(), {.limits = limits});
  EXPECT_EQ(comment.code, base::Errc::kLimit);
  const ReadBack csv =
      ReadAll(RepeatedLog("case,act,time\n1,receive,", 'a', kGigabyte), Permit(Format::kCsv));
  EXPECT_EQ(csv.code, base::Errc::kLimit);
  EXPECT_THAT(csv.error, HasSubstr("line 2: a row of more than 4194304 bytes"));
  const ReadBack lines = ReadAll(RepeatedLog("{\"case\":\"", 'a', kGigabyte), Permit(Format::kJsonLines));
  EXPECT_EQ(lines.code, base::Errc::kLimit);
}

TEST(GzipSource, ReadsMembersAndRefusesDamage) {
  const std::string log = Log(Case("1", Event("receive", "2010-01-04")));
  EXPECT_TRUE(ReadText(Gzip(log), Permit()).ok);
  EXPECT_TRUE(ReadText(Gzip(log.substr(0, 90)) + Gzip(log.substr(90)), Permit()).ok);
  const ReadBack cut = ReadText(Gzip(log).substr(0, 60), Permit());
  EXPECT_EQ(cut.code, base::Errc::kCorrupt);
  EXPECT_THAT(cut.error, HasSubstr("ends too early"));
  std::string flipped = Gzip(log);
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 8);
  EXPECT_EQ(ReadText(flipped, Permit()).code, base::Errc::kCorrupt);
  EXPECT_FALSE(ReadText(Gzip(log) + "junk", Permit()).ok);
}

TEST(GzipSource, RefusesABomb) {
  Limits limits;
  limits.row_bytes = std::size_t{1} << 30;
  limits.case_bytes = std::size_t{1} << 30;
  const ReadBack bomb = ReadText(Gzip(std::string(std::size_t{64} << 20, ' ')), Permit(), {.limits = limits});
  EXPECT_EQ(bomb.code, base::Errc::kLimit);
  EXPECT_THAT(bomb.error, HasSubstr("more than 500 times"));
  limits.total_bytes = 1000;
  EXPECT_THAT(ReadText(Gzip(std::string(2000, ' ')), Permit(), {.limits = limits}).error,
              HasSubstr("larger than 1000 bytes"));
}

TEST(Rows, ReadCsvWithQuotesSemicolonsAndMark) {
  const ReadBack back = ReadText(
      "\xef\xbb\xbf"
      "case;\"act\";time;fee;case:kind;org:resource\r\n"
      "\"a;1\";receive;2010-01-04;12.5;small;\"Li \"\"X\"\"\nWu\"\r\n"
      "b;receive;2010-01-05;x;;\n"
      "\"a;1\";decide;2010-01-03 10:30;;;\n"
      "b;receive\n;receive;2010-01-05;;;\nb;re\"ceive;2010-01-05;;;\n",
      Permit(Format::kCsv));
  ASSERT_TRUE(back.ok) << back.error;
  EXPECT_EQ(back.sorted,
            "a;1: [abroad=-]\n"
            "  #1 decide 2010-01-03 630 recorded 2010-01-03 granted=- signed=- by=-\n"
            "  #0 receive 2010-01-04 -1 recorded 2010-01-04 by Li \"X\"\nWu fee=1250 kind=0\n"
            "b: [abroad=-]\n"
            "  #0 receive 2010-01-05 -1 recorded 2010-01-05 fee=- kind=-\n");
  const Examples& bad = back.summary.quality.bad_rows;
  ASSERT_EQ(bad.count, 3u);
  EXPECT_EQ(bad.first[0], (Example{0, 6, "", "2 cells under 6 columns"}));
  EXPECT_EQ(bad.first[1], (Example{0, 7, "", "no case"}));
  EXPECT_EQ(bad.first[2], (Example{0, 8, "", "a quotation mark in the wrong place"}));
  EXPECT_EQ(
      ReadText("case,act,when\n", Permit(Format::kCsv)).error,
      "reading 'log': line 1: there is no column \"time\"; the columns are \"case\", \"act\", \"when\"");
  EXPECT_FALSE(ReadText("", Permit(Format::kCsv)).ok);
}

TEST(Rows, ReadJsonLines) {
  const ReadBack back = ReadText(
      "{\"case\":\"a\",\"act\":\"receive\",\"time\":\"2010-01-04T00:00:00+01:00\",\"fee\":12.50,\"more\":{"
      "\"x\":[1,\"]\"]}}\n"
      "\n"
      "{ \"case\" : \"a\", "
      "\"act\":\"decide\",\"time\":\"2010-01-05\",\"granted\":true,\"clerk\":\"\\u738b\\ud83d\\ude00\","
      "\"signed\":null}\n"
      "{\"case\":1,\n"
      "{\"case\":2,\"act\":\"decide\",\"time\":\"2010-01-06\"}",
      Permit(Format::kJsonLines));
  ASSERT_TRUE(back.ok) << back.error;
  EXPECT_EQ(back.sorted,
            "2: [abroad=-]\n"
            "  #0 decide 2010-01-06 -1 recorded 2010-01-06 granted=- signed=- by=-\n"
            "a: [abroad=-]\n"
            "  #0 receive 2010-01-04 -1 recorded 2010-01-04 fee=1250 kind=-\n"
            "  #1 decide 2010-01-05 -1 recorded 2010-01-05 granted=1 signed=- by=王😀\n");
  EXPECT_EQ(back.summary.quality.bad_rows.first.at(0).line, 4u);
  EXPECT_EQ(back.summary.quality.nested_attributes, 1u);
}

std::string ScatteredRows() {
  std::string rows = "case,act,time,fee\n";
  for (int i = 0; i < 30000; ++i)
    rows += fmt::format("c{},{},2010-{:02}-{:02},{}.5\n", i % 997, i % 2 ? "receive" : "decide", i % 12 + 1,
                        i % 28 + 1, i);
  return rows;
}

TEST(Rows, OnDiskAndInMemoryAreOneLog) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / fmt::format("lawbound-rows-{}", ::getpid());
  std::filesystem::create_directories(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  std::vector<std::string> notices;
  std::size_t left_behind = 0;
  Limits little;
  little.memory_bytes = 10000;
  const auto count_files = [&] {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
  };
  const std::string text = ScatteredRows();
  LogSource source = TextLog("rows", text);
  const ReadBack memory = ReadAll(source, Permit(Format::kCsv));
  std::uint64_t told = 0;
  const ReadBack disk = ReadAll(
      Watched(source,
              [&](std::uint64_t bytes) {
                told = bytes;
                left_behind += count_files();
              }),
      Permit(Format::kCsv),
      {.threads = 2, .limits = little, .notice = [&](std::string_view m) { notices.emplace_back(m); }});
  EXPECT_EQ(told, text.size());
  ASSERT_TRUE(memory.ok && disk.ok) << memory.error << disk.error;
  EXPECT_FALSE(memory.summary.on_disk);
  EXPECT_TRUE(disk.summary.on_disk);
  EXPECT_EQ(memory.sorted, disk.sorted);
  EXPECT_EQ(memory.summary.quality, disk.summary.quality);
  EXPECT_EQ(memory.summary.quality.entries, 30000u);
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_THAT(notices[0], HasSubstr("temporary files"));
  // The files have no names from the start, so that nothing is left behind even by a kill.
  EXPECT_EQ(left_behind + count_files(), 0u);
  ::setenv("TMPDIR", (folder / "nowhere").c_str(), 1);
  EXPECT_EQ(ReadAll(source, Permit(Format::kCsv), {.limits = little}).code, base::Errc::kUnavailable);
  ::unsetenv("TMPDIR");
  std::filesystem::remove_all(folder);
}

TEST(Safeguards, ACaseNumberMayNotBeAPerson) {
  const std::string csv = "case,act,time\n11010519491231002X,receive,2010-01-04\n";
  const ReadBack refused = ReadText(csv, Permit(Format::kCsv));
  EXPECT_EQ(refused.code, base::Errc::kInvalid);
  EXPECT_THAT(refused.error, HasSubstr("the case numbers in \"case\" look like identity numbers (1 of 1)"));
  EXPECT_TRUE(ReadText(csv, Permit(Format::kCsv), {.identity_ground = "a test"}).ok);
  EXPECT_THAT(ReadText(Log(Case("13800138000", "")), Permit()).error, HasSubstr("phone numbers"));
}

TEST(Safeguards, ALogOfPeoplesConductIsRefused) {
  const program::Program conduct =
      MakeProgram({{"enter", {}, program::Side::kParty}}, {.lines = {{"gate", "enter"}}});
  EXPECT_THAT(ReadText(Log(""), conduct).error, HasSubstr("nothing in this log binds an authority"));
}

class BinaryLog : public testing::Test {
 protected:
  void SetUp() override {
    std::string cases;
    for (int i = 0; i < 3000; ++i) {
      cases +=
          Case(fmt::format("case {}", i),
               Event("receive", fmt::format("2010-{:02}-{:02}", i % 12 + 1, i % 28 + 1),
                     "<string key=\"org:resource\" value=\"Wu\"/><float key=\"fee\" value=\"1.25\"/>") +
                   Event("decide", "2010-01-04",
                         "<string key=\"clerk\" value=\"Li\"/><boolean key=\"granted\" value=\"true\"/>") +
                   (i % 50 == 0 ? Event("lunch", "never") : ""));
    }
    log_ = Log(cases);
    path_ = std::filesystem::path(testing::TempDir()) / fmt::format("lawbound-{}.log", ::getpid());
    const auto zone = calendar::Zone::Load("Europe/Rome");
    ASSERT_TRUE(WriteBinaryLog(TextLog("log", log_), program_, program_.mappings[0], zone.value(),
                               {.threads = 2}, path_)
                    .ok());
    std::ifstream in(path_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
  }
  void TearDown() override { std::filesystem::remove(path_); }

  base::Result<LogSummary> Read(const std::string& bytes, support::TextSink& sink, unsigned threads = 1) {
    return ReadBinaryLog(TextLog("binary", bytes), program_, program_.mappings[0], {.threads = threads},
                         sink);
  }

  program::Program program_ = Permit();
  std::string log_, bytes_;
  std::filesystem::path path_;
};

TEST_F(BinaryLog, GivesBackWhatWasRead) {
  const ReadBack direct = ReadText(log_, program_);
  for (const unsigned threads : {1u, 3u}) {
    support::TextSink sink(program_);
    const auto read = Read(bytes_, sink, threads);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(sink.Text(), direct.text);
    EXPECT_EQ(read.value().quality, direct.summary.quality);
    EXPECT_EQ(read.value().parts, direct.summary.parts);
  }
}

TEST_F(BinaryLog, FindsEveryFlippedBitAndEveryCut) {
  for (std::size_t at = 0; at < bytes_.size(); at += at < 120 ? 1 : bytes_.size() / 50) {
    std::string flipped = bytes_;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    support::TextSink sink(program_);
    ASSERT_FALSE(Read(flipped, sink).ok()) << at;
  }
  for (std::size_t size = 0; size < bytes_.size(); size += bytes_.size() / 20) {
    support::TextSink sink(program_);
    ASSERT_FALSE(Read(bytes_.substr(0, size), sink).ok()) << size;
  }
  support::TextSink sink(program_);
  EXPECT_FALSE(Read(bytes_ + "x", sink).ok());
}

TEST_F(BinaryLog, IsBoundToItsMapping) {
  program_.strings[program_.mapping_lines[0].activity.index()] = "arrive";
  support::TextSink sink(program_);
  const auto read = Read(bytes_, sink);
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message, HasSubstr("another mapping: make it anew"));
}

TEST(Inspect, SaysWhatIsThereAndDraftsAMapping) {
  const std::string log =
      Log("<trace><string key=\"concept:name\" value=\"1\"/><string key=\"kind\" value=\"large\"/>" +
          Event("Receive it", "2010-01-04T00:00:00+01:00",
                "<float key=\"fee\" value=\"3.5\"/><string key=\"clerk name\" value=\"Wu\"/>") +
          Event("Receive it", "2010-07-04T10:30:00+02:00") + "</trace>");
  const auto inspection = InspectLog(TextLog("log", log), {});
  ASSERT_TRUE(inspection.ok()) << inspection.error().message;
  EXPECT_EQ(PrintInspection(inspection.value()),
            "XES: 1 cases, 2 events, 2010-01-04 to 2010-07-04\n"
            "times at midnight, which are dates alone: 1 of 2\n"
            "offset +01:00: 1\n"
            "offset +02:00: 1\n"
            "activities:\n"
            "  \"Receive it\": 2\n"
            "    clerk name: text, in 50 %, looks personal\n"
            "    fee: money, in 50 %, e.g. '3.5'\n"
            "of the case:\n"
            "  concept:name: whole, in 100 %, looks personal\n"
            "  kind: text, in 100 %, e.g. 'large'\n");
  EXPECT_EQ(
      DraftMapping(inspection.value()),
      "# A draft: name the acts as the pack does, keep the attributes that its rules read, delete the rest.\n"
      "mapping log xes\n"
      "  # 2 events\n"
      "  \"Receive it\" -> receive-it fee=\"fee\"\n");
}

TEST(Inspect, GuessesTheColumnsOfRows) {
  const auto csv =
      InspectLog(TextLog("log", "Case ID;Activity;Timestamp\n1;a;2010-01-04\n1;b;2010-01-05\n2;a;x\n"), {});
  ASSERT_TRUE(csv.ok()) << csv.error().message;
  EXPECT_EQ(csv.value().cases, 2u);
  EXPECT_EQ(csv.value().bad_times, 1u);
  EXPECT_THAT(DraftMapping(csv.value()),
              HasSubstr("mapping log csv case \"Case ID\" act \"Activity\" time \"Timestamp\"\n"));
  const auto lines = InspectLog(TextLog("log", "{\"case\":1,\"act\":\"a\",\"time\":\"2010-01-04\"}\n"), {});
  ASSERT_TRUE(lines.ok()) << lines.error().message;
  EXPECT_EQ(lines.value().activities.at("a").count, 1u);
}

TEST(Inspect, TakesAnAmountForMoneyThoughItIsWhole) {
  const auto csv = InspectLog(TextLog("log", "case;act;time;fee;pages\n1;a;2010-01-04;38.00;12\n"), {});
  ASSERT_TRUE(csv.ok()) << csv.error().message;
  const Attributes& attributes = csv.value().activities.at("a").attributes;
  EXPECT_EQ(attributes.at("fee").Type(), "money");
  EXPECT_EQ(attributes.at("pages").Type(), "whole");
}

TEST(Inspect, SaysWhichColumnsItCouldNotGuess) {
  const auto csv = InspectLog(TextLog("log", "number;step;date\n1;a;2010-01-04\n"), {});
  ASSERT_TRUE(csv.ok()) << csv.error().message;
  EXPECT_THAT(PrintInspection(csv.value()), HasSubstr("taken as case: none, act: none, time: 'date'\n"
                                                      "no column is called what such columns usually are"));
  EXPECT_THAT(DraftMapping(csv.value()), HasSubstr("mapping log csv case \"?\" act \"?\" time \"date\"\n"));
}

}  // namespace
}  // namespace lawbound::ingest
