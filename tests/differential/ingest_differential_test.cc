// The fast scanner and expat read every log alike: the given logs whole, and small logs with one or more
// things changed in them, most of which are no longer well-formed.
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/support/log_text.h"
#include "tests/support/made_program.h"

namespace lawbound {
namespace {

using support::ReadAll;
using support::ReadBack;

// The folder of given material, or nothing.
std::filesystem::path Shared() {
  if (const char* named = std::getenv("LAWBOUND_SHARED")) return named;
  return std::filesystem::path(LAWBOUND_ROOT).parent_path() / "shared";
}

void ExpectAlike(const ingest::LogSource& source, const program::Program& program, bool& by_scanner) {
  const ReadBack fast = ReadAll(source, program, {.threads = 2});
  const ReadBack slow = ReadAll(source, program, {.only_expat = true});
  by_scanner = fast.ok && !fast.summary.by_expat;
  ASSERT_EQ(fast.ok, slow.ok) << fast.error << slow.error;
  if (!fast.ok) {
    ASSERT_EQ(fast.code, slow.code) << fast.error << " / " << slow.error;
    return;
  }
  ASSERT_EQ(fast.text, slow.text);
  ASSERT_EQ(fast.summary.quality, slow.summary.quality);
}

class GivenLog : public testing::TestWithParam<const char*> {};

TEST_P(GivenLog, IsReadAlike) {
  const std::filesystem::path path = Shared() / "data" / GetParam();
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
  bool by_scanner = false;
  ExpectAlike(ingest::FileLog(path), support::TrafficProgram(), by_scanner);
  EXPECT_TRUE(by_scanner);
}

INSTANTIATE_TEST_SUITE_P(Logs, GivenLog,
                         testing::Values("road-traffic-fines/Road_Traffic_Fine_Management_Process.xes.gz",
                                         "permit-receipt/receipt.xes.gz"));

constexpr std::string_view kSeed = R"(<?xml version="1.0" encoding="UTF-8" ?>
<!-- made -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
	<extension name="Time" prefix="time" uri="u"/>
	<global scope="event"><string key="org:resource" value="UNKNOWN"/></global>
	<int key="total" value="1"><int key="x" value="2"/></int>
	<trace>
		<string key="concept:name" value="A1"/>
		<event>
			<float key="amount" value="35.0"/>
			<string key="org:resource" value="5&amp;6 &#x4e2d;"/>
			<string key='concept:name' value='Create Fine'/>
			<string key="lifecycle:transition" value="complete"/>
			<date key="time:timestamp" value="2006-07-24T00:00:00+02:00"/>
			<int key="article" value="157"/>
		</event>
		<event>
			<string key="concept:name" value="Send Fine"><string key="n" value="m"/></string>
			<list key="l"><values><int key="i" value="1"/></values></list>
			<date key="time:timestamp" value="2006-12-05T09:30:00.000+01:00"/>
		</event>
	</trace>
	<trace><event/><event >
	<string  key = "concept:name" value="Payment" /><date key="time:timestamp" value="2006-12-06"/></event>
	<string key="concept:name" value="王 B"/></trace>
</log>
)";

// One change: bytes taken out, put in, put twice or replaced.
std::string Mutated(std::string text, std::mt19937_64& random) {
  static const std::vector<std::string> kPieces = {"<",
                                                   ">",
                                                   "/",
                                                   "\"",
                                                   "'",
                                                   "&",
                                                   ";",
                                                   "=",
                                                   " ",
                                                   "\n",
                                                   "\t",
                                                   "\r",
                                                   "\r\n",
                                                   "&lt;",
                                                   "&#10;",
                                                   "&#0;",
                                                   "&#x1F600;",
                                                   "&none;",
                                                   "<!-- c -->",
                                                   "<!-- - -- -->",
                                                   "<?p i?>",
                                                   "<![CDATA[x]]>",
                                                   "]]>",
                                                   "x",
                                                   ":",
                                                   "\xc3\xa9",
                                                   "\xff",
                                                   "\xef\xbf\xbf",
                                                   std::string(1, '\0'),
                                                   "\x01",
                                                   "<event>",
                                                   "</event>",
                                                   "<event/>",
                                                   "<trace>",
                                                   "</trace>",
                                                   "<trace/>",
                                                   "</log>",
                                                   "<log>",
                                                   "key=\"a\"",
                                                   " value=\"\"",
                                                   "<string key=\"k\" value=\"v\"/>",
                                                   "<string key=\"k\" value=\"v\">",
                                                   "</string>",
                                                   "<!DOCTYPE log>",
                                                   "\xef\xbb\xbf",
                                                   "<a:b/>"};
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::size_t at = below(text.size());
  const std::size_t size = std::min(1 + below(below(4) == 0 ? 60 : 4), text.size() - at);
  switch (below(4)) {
    case 0:
      return text.erase(at, size);
    case 1:
      return text.insert(at, kPieces[below(kPieces.size())]);
    case 2:
      return text.insert(at, text.substr(at, size));
    default:
      return text.replace(at, size, kPieces[below(kPieces.size())]);
  }
}

TEST(MutatedLogs, AreReadAlike) {
  const program::Program program = support::TrafficProgram();
  std::mt19937_64 random(20240607);
  int by_scanner = 0, refused = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string text(kSeed);
    for (int changes = i % 4; changes >= 0; --changes) text = Mutated(std::move(text), random);
    bool scanned = false;
    ExpectAlike(ingest::TextLog("log", text), program, scanned);
    if (HasFatalFailure()) FAIL() << "input " << i << ":\n" << text;
    by_scanner += scanned ? 1 : 0;
    refused += ReadAll(ingest::TextLog("log", text), program).ok ? 0 : 1;
  }
  // Both sides of the question were asked.
  EXPECT_GT(by_scanner, 100);
  EXPECT_GT(refused, 200);
}

}  // namespace
}  // namespace lawbound
