// What a person sees of an audit and of a matter.  Whole outputs are in tests/expect/report; UPDATE_EXPECT=1
// rewrites them.
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "report/account.h"
#include "report/audit_json.h"
#include "report/audit_report.h"
#include "report/case_text.h"
#include "report/html.h"
#include "report/sample_pack_for_test.h"
#include "report/schema_for_test.h"
#include "report/summary.h"
#include "report/words.h"

namespace lawbound::report {
namespace {

base::Day D(std::string_view text) { return *base::ParseDay(text); }

void ExpectGolden(std::string_view name, const std::string& got) {
  const std::string path = std::string(LAWBOUND_ROOT "/tests/expect/report/") + std::string(name);
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.good()) << path << " is not there; run with UPDATE_EXPECT=1 and read what it writes";
  std::ostringstream want;
  want << file.rdbuf();
  EXPECT_EQ(got, want.str()) << path;
}

struct Audited {
  explicit Audited(std::size_t from = 0, std::size_t to = 4, engine::AuditOptions asked = Options(),
                   bool is_strict = false)
      : options(asked),
        plan(pack.Plan(is_strict)),
        audit(pack.Audit(plan, options, from, to)),
        strict(is_strict) {}

  static engine::AuditOptions Options() {
    engine::AuditOptions options;
    options.as_of = D("2026-06-01");
    options.keep_cases = 2;
    return options;
  }

  AuditReport report(std::string log = "cases.csv") const {
    QualityPage quality;
    quality.sections.push_back({.title = "Rows",
                                .says = "Every row was read.",
                                .facts = {{.label = "rows", .count = 12345, .note = ""},
                                          {.label = "left out", .count = 1, .note = "line 7: <no day>"}}});
    return {.plan = plan,
            .audit = audit,
            .options = options,
            .log = std::move(log),
            .command = "lawbound audit cases.csv --as-of 2026-06-01",
            .program_hash = "0123456789abcdef",
            .quality = std::move(quality),
            .strict = strict,
            .language = "en"};
  }

  SamplePack pack;
  engine::AuditOptions options;
  engine::Plan plan;
  engine::Audit audit;
  bool strict;
};

std::string Json(const AuditReport& report) {
  std::ostringstream out;
  WriteAuditJson(report, out);
  return out.str();
}
std::string Csv(const AuditReport& report) {
  std::ostringstream out;
  WriteAuditCsv(report, out);
  return out.str();
}
std::string HtmlOf(const AuditReport& report) {
  std::ostringstream out;
  WriteAuditHtml(report, out);
  return out.str();
}

TEST(Report, WholeOutputs) {
  const Audited audited;
  ExpectGolden("audit.txt", AuditText(audited.report()));
  ExpectGolden("audit.json", Json(audited.report()));
  ExpectGolden("audit.csv", Csv(audited.report()));
  ExpectGolden("audit.html", HtmlOf(audited.report()));
}

TEST(Report, MattersAsTimelines) {
  const SamplePack pack;
  const engine::Plan plan = pack.Plan();
  std::string all;
  for (std::size_t i = 0; i < pack.matters(); ++i) {
    all += CaseText(plan, pack.matter(i).history(0), {.voice = "en", .as_of = D("2026-06-01")}) + "\n";
  }
  ExpectGolden("matters.txt", all);
}

TEST(Report, WhatMayBeDoneNext) {
  const SamplePack pack;
  const engine::Plan plan = pack.Plan();
  model::Batch batch = pack.matter(0);
  batch.cases[0].entries = 1;  // the application alone
  const model::History history = batch.history(0);
  const base::Day day = D("2026-02-11");
  ExpectGolden("next.txt", NextText(TellNext(plan, history, engine::WhatNext(plan, history, day, 60), 60,
                                             {.voice = "en", .as_of = day}),
                                    100));
}

TEST(Report, IsTheSameForAnyNumberOfWorkers) {
  const Audited audited;
  std::vector<engine::AuditWorker> workers;
  workers.emplace_back(audited.plan, audited.options);
  workers.emplace_back(audited.plan, audited.options);
  for (std::size_t i = 4; i-- > 0;) {
    workers[i % 2].Consume(static_cast<std::uint32_t>(i), audited.pack.matter(i));
  }
  const engine::Audit other = engine::Finish(audited.plan, audited.options, workers);
  const AuditReport first = audited.report();
  const AuditReport second{.plan = first.plan,
                           .audit = other,
                           .options = first.options,
                           .log = first.log,
                           .command = first.command,
                           .program_hash = first.program_hash,
                           .quality = first.quality,
                           .strict = first.strict,
                           .language = first.language};
  EXPECT_EQ(Json(first), Json(second));
  EXPECT_EQ(HtmlOf(first), HtmlOf(second));
  EXPECT_EQ(Csv(first), Csv(second));
  EXPECT_EQ(AuditText(first), AuditText(second));
}

TEST(Report, FindingsBeyondTheLimitAreTheLastAndAreCounted) {
  engine::AuditOptions options = Audited::Options();
  options.as_of.reset();  // so that what still runs is known only at the end
  const Audited whole(0, 4, options);
  const std::size_t all = whole.audit.findings.size();
  ASSERT_GT(all, 2u);
  for (std::size_t limit = 0; limit <= all; ++limit) {
    options.max_findings = limit;
    const Audited cut(0, 4, options);
    EXPECT_EQ(cut.audit.findings_cut, all - limit);
    ASSERT_EQ(cut.audit.findings.size(), limit);
    for (std::size_t i = 0; i < limit; ++i) {
      EXPECT_EQ(cut.audit.findings[i].case_name, whole.audit.findings[i].case_name);
      EXPECT_EQ(cut.audit.findings[i].outcome.sentence, whole.audit.findings[i].outcome.sentence);
    }
    AuditDocument said = MakeDocument(cut.report()), wanted = MakeDocument(whole.report());
    ASSERT_EQ(said.rules.size(), wanted.rules.size());
    for (std::size_t r = 0; r < said.rules.size(); ++r) {
      EXPECT_EQ(said.rules[r].Total().broken, wanted.rules[r].Total().broken);
      EXPECT_EQ(said.rules[r].Total().pending, wanted.rules[r].Total().pending);
      EXPECT_EQ(said.rules[r].broken_cases,
                limit == all ? wanted.rules[r].broken_cases : std::optional<std::uint64_t>());
    }
  }
}

SentenceFigures Duty(std::int32_t days, std::optional<Day> from, std::optional<Day> until) {
  SentenceFigures out;
  out.kind = "must";
  out.side = "authority";
  out.acts = {"Report"};
  out.from = from;
  out.until = until;
  out.term = calendar::Length{days, calendar::Unit::kDays};
  return out;
}

TEST(Report, SaysWhatAFlatCountOfTodaysTermWouldHaveSaid) {
  RuleFigures rule;
  rule.sentences = {Duty(150, std::nullopt, D("2010-08-12")), Duty(90, D("2010-08-13"), std::nullopt),
                    Duty(360, std::nullopt, std::nullopt)};
  Tally& before = rule.sentences[0].tally;
  before.applied = before.kept = 7;
  before.days_used.assign(151, 0);
  before.days_used[90] = 4;
  before.days_used[91] = 2;
  before.days_used[150] = 1;
  Tally& after = rule.sentences[1].tally;
  after.applied = 1;
  after.broken = after.late = 1;
  after.days_used.assign(200, 0);
  after.days_used[199] = 1;
  rule.broken_cases = 1;
  EXPECT_THAT(RuleLines(rule),
              testing::ElementsAre(testing::HasSubstr("On 1 it came later"),
                                   "A flat count of 90 days, the time allowed since 2010-08-13, would have "
                                   "called 4 late.",
                                   "The breaches lie in 1 case."));
  // Nothing to compare where the days allowed are the same.
  rule.sentences[0].term->count = 90;
  EXPECT_THAT(RuleLines(rule), testing::SizeIs(2));
}

TEST(Report, SaysUnderWhichInstrumentsTheBreachesAre) {
  AuditDocument document;
  RuleFigures statute, house;
  statute.provisions = {{.citation = "A 1", .instrument = "Act", .reading = "seen"},
                        {.citation = "B 1", .instrument = "Decree", .reading = "seen"},
                        {.citation = "A 2", .instrument = "Act", .reading = "seen"}};
  house.provisions = {{.citation = "H 1", .instrument = "House rules", .reading = "seen"}};
  statute.sentences = house.sentences = {Duty(90, std::nullopt, std::nullopt)};
  statute.sentences[0].tally.broken = 2;
  house.sentences[0].tally.broken = 30;
  document.rules = {statute, house};
  EXPECT_THAT(
      OpeningLines(document),
      testing::Contains("Of these breaches, 30 under “House rules”, and 2 under “Act” and “Decree”."));
  document.rules = {statute};
  EXPECT_THAT(OpeningLines(document), testing::Not(testing::Contains(testing::HasSubstr("Of these"))));
}

TEST(Report, PrivatePartiesAreCountedAndNotListed) {
  // In the fourth matter the applicant misses a time, and later the office one; alone, the former lists
  // nothing.
  engine::AuditOptions options = Audited::Options();
  options.to = D("2026-01-31");
  options.from = D("2026-01-06");
  const Audited audited(3, 4, options);
  const AuditDocument document = MakeDocument(audited.report());
  const auto papers = std::find_if(document.rules.begin(), document.rules.end(),
                                   [](const RuleFigures& rule) { return rule.id == "papers"; });
  ASSERT_NE(papers, document.rules.end());
  EXPECT_EQ(papers->PartyLapses(), 1u);
  EXPECT_EQ(document.findings, 0u);
  const std::string_view matter = "a party's lapse alone";
  for (const std::string& out : {Json(audited.report()), Csv(audited.report()), AuditText(audited.report()),
                                 HtmlOf(audited.report())}) {
    EXPECT_EQ(out.find(matter), std::string::npos);
  }
  EXPECT_NE(AuditText(audited.report()).find("1 lapse by private parties"), std::string::npos);
}

TEST(Report, NobodyIsNamedInAnAudit) {
  const Audited audited;
  for (const std::string& out : {Json(audited.report()), Csv(audited.report()), AuditText(audited.report()),
                                 HtmlOf(audited.report())}) {
    for (const std::string_view name : {"Wang", "Chen", "Zhao", "Qian"})
      EXPECT_EQ(out.find(name), std::string::npos) << name;
  }
}

TEST(AuditHtml, WhatComesFromOutsideIsNoMarkup) {
  const Audited audited;
  const std::string html = HtmlOf(audited.report("<script>alert('x')</script>"));
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<b>unpaid"), std::string::npos);
  EXPECT_NE(html.find("&lt;b&gt;unpaid &amp; never&lt;/b&gt;"), std::string::npos);
  EXPECT_NE(html.find("Applications for a &lt;licence&gt;"), std::string::npos);
  EXPECT_NE(html.find("&lt;no day&gt;"), std::string::npos);
}

TEST(AuditHtml, AsksForNothingFromElsewhere) {
  const Audited audited;
  const std::string html = HtmlOf(audited.report());
  for (const std::string_view request :
       {"href=\"http", "src=", "url(", "@import", "<link", "<script", "<iframe"}) {
    EXPECT_EQ(html.find(request), std::string::npos) << request;
  }
  EXPECT_NE(html.find("default-src &#39;none&#39;"), std::string::npos);
}

std::size_t CountOf(std::string_view text, std::string_view in) {
  std::size_t found = 0;
  for (std::size_t at = in.find(text); at != std::string_view::npos; at = in.find(text, at + 1)) ++found;
  return found;
}

// Breaches and what cannot be told, of rules and of form and standing.
TEST(AuditHtml, EveryFindingOpensToItsExplanation) {
  engine::AuditOptions options = Audited::Options();
  options.keep_cases = 100;
  const Audited audited(0, 4, options, true);
  std::size_t broken = 0;
  std::size_t cannot_tell = 0;
  std::size_t of_acts = 0;
  for (const engine::FindingRow& row : audited.audit.findings) {
    broken += row.outcome.finding == model::Finding::kBroken ? 1u : 0u;
    cannot_tell += row.outcome.finding == model::Finding::kCannotTell ? 1u : 0u;
    of_acts += row.outcome.sentence ? 0u : 1u;
  }
  ASSERT_GT(broken, 0u);
  ASSERT_GT(cannot_tell, 0u);
  ASSERT_GT(of_acts, 0u);
  const std::string html = HtmlOf(audited.report());
  EXPECT_EQ(CountOf("<details class=\"finding\">", html), broken);
  EXPECT_EQ(CountOf("<details class=\"finding unsure\">", html), cannot_tell);
  EXPECT_EQ(CountOf("class=\"more\"", html), 0u);
}

TEST(AuditHtml, SaysHowManyMoreThereAreAndHowToExplainThem) {
  engine::AuditOptions options = Audited::Options();
  options.keep_cases = 0;
  const Audited audited(0, 4, options);
  AuditReport report = audited.report();
  report.explain = "lawbound explain licence cases.csv --as-of 2026-06-01";
  const std::string html = HtmlOf(report);
  EXPECT_EQ(CountOf("<details class=\"finding", html), 0u);
  EXPECT_NE(html.find("<summary>1 more</summary>"), std::string::npos);
  EXPECT_NE(html.find("<code>lawbound explain licence cases.csv --as-of 2026-06-01 "
                      "--case=&#39;A1 late across "
                      "the Spring Festival&#39;</code>"),
            std::string::npos);
}

// Every drawing has a name, a description and its numbers as a table.
TEST(AuditHtml, DrawingsHaveWords) {
  const Audited audited;
  const std::string html = HtmlOf(audited.report());
  const auto count = [&](std::string_view text) {
    std::size_t found = 0;
    for (std::size_t at = html.find(text); at != std::string::npos; at = html.find(text, at + 1)) ++found;
    return found;
  };
  EXPECT_GT(count("<svg "), 2u);
  EXPECT_EQ(count("<svg "), count("<desc "));
  EXPECT_EQ(count("<svg "), count("<figcaption"));
  EXPECT_EQ(count("<svg "), count("The same numbers as a table</summary>"));
  EXPECT_EQ(count("<table"), count("<caption"));
  EXPECT_EQ(count("<h1"), 1u);
}

TEST(Html, EscapesTextAndAttributes) {
  std::ostringstream out;
  {
    Html html(out);
    auto link = html.Open("a", {{"title", "\"><script>"}});
    html.Text("a < b & c\x01\xff");
  }
  EXPECT_EQ(out.str(),
            "<a title=\"&quot;&gt;&lt;script&gt;\">a &lt; b &amp; c\xef\xbf\xbd\xef\xbf\xbd</a>\n");
}

TEST(AuditCsv, ACellIsNoFormula) {
  engine::AuditOptions options = Audited::Options();
  const Audited audited(3, 4, options);
  const std::string csv = Csv(audited.report());
  EXPECT_EQ(csv.find("\r\n="), std::string::npos);
  EXPECT_NE(csv.find("\r\n'=A4 a party's lapse alone,"), std::string::npos);
}

// Members that the schema does not name would go undocumented.
TEST(AuditJson, IsWhatItsSchemaSays) {
  std::ifstream file(LAWBOUND_ROOT "/docs/formats/audit.schema.json");
  const auto schema = nlohmann::json::parse(file);
  const Audited audited;
  auto json = nlohmann::json::parse(Json(audited.report()));
  SchemaCheck check(schema);
  EXPECT_THAT(check.Check(json), testing::IsEmpty());
  const auto members = [](const nlohmann::json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
  };
  EXPECT_EQ(members(json), members(schema["properties"]));
  EXPECT_EQ(members(json["findings"][0]), members(schema["$defs"]["finding"]["properties"]));
  // The check can fail.
  json["findings"][0]["finding"] = "kept";
  json["rules"][0].erase("applied");
  json["as_of"] = "today";
  EXPECT_THAT(check.Check(json), testing::SizeIs(3));
}

// merge

base::Result<std::string> Merge(const std::vector<std::string>& parts) {
  std::vector<std::string_view> views(parts.begin(), parts.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < parts.size(); ++i) names.push_back("part" + std::to_string(i + 1) + ".json");
  std::ostringstream out;
  RETURN_IF_ERROR(MergeAuditJson(views, names, out));
  return out.str();
}

// Everything but the names of the logs and what is said of each log's data.
std::string WithoutLogs(const std::string& json) {
  std::string out;
  std::istringstream lines(json);
  bool quality = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("\"quality\"")) quality = true;
    if (line.starts_with("\"findings\"")) quality = false;
    if (!quality && !line.starts_with("\"log\"") && !line.starts_with("\"logs\"")) out += line + "\n";
  }
  return out;
}

TEST(MergeAuditJson, GivesWhatOneAuditOfAllGives) {
  const Audited all;
  const Audited first(0, 1);
  const Audited second(1, 4);
  const auto merged = Merge({Json(first.report("a.csv")), Json(second.report("b.csv"))});
  ASSERT_TRUE(merged.ok()) << merged.error().message;
  EXPECT_EQ(WithoutLogs(merged.value()), WithoutLogs(Json(all.report())));
  EXPECT_NE(merged.value().find("\"logs\":[\"a.csv\",\"b.csv\"]"), std::string::npos);
  // Merging the merged once more changes nothing.
  EXPECT_EQ(Merge({merged.value()}).value(), merged.value());
}

std::string MergeError(const std::vector<std::string>& parts);

TEST(MergeAuditJson, WantsEachShardOnce) {
  std::vector<std::string> shards;
  for (std::uint32_t shard = 0; shard < 3; ++shard) {
    engine::AuditOptions options = Audited::Options();
    options.shard = shard;
    options.shards = 3;
    shards.push_back(Json(Audited(0, 4, options).report()));
  }
  const auto merged = Merge(shards);
  ASSERT_TRUE(merged.ok()) << merged.error().message;
  const std::string whole = Json(Audited().report());
  // All totals, byte for byte; the findings themselves come shard by shard.
  const auto totals = [](const std::string& text) { return text.substr(0, text.find("\"findings\":")); };
  EXPECT_EQ(totals(merged.value()), totals(whole));
  EXPECT_EQ(MergeError({shards[0], shards[2]}), "shard 2/3 is missing; the sum needs each shard once");
  EXPECT_EQ(MergeError({shards[0], shards[1], shards[2], shards[1]}),
            "shard 2/3 is there more than once; the sum needs each shard once");
}

std::string MergeError(const std::vector<std::string>& parts) {
  const auto merged = Merge(parts);
  return merged.ok() ? "" : merged.error().message;
}

TEST(MergeAuditJson, RefusesWhatDoesNotFitTogether) {
  const Audited one(0, 1);
  engine::AuditOptions later = Audited::Options();
  later.as_of = D("2026-06-02");
  const Audited other_day(1, 2, later);
  const Audited strict(1, 2, Audited::Options(), true);
  EXPECT_EQ(MergeError({}), "there is no audit to merge");
  EXPECT_EQ(MergeError({Json(one.report()), Json(other_day.report("b.csv"))}),
            "the audit of 'b.csv' has another as-of day than the first; audit all parts alike");
  EXPECT_EQ(MergeError({Json(one.report()), Json(strict.report("b.csv"))}),
            "the audit of 'b.csv' has another treatment of assumptions (--strict) than the first; audit all "
            "parts alike");
  EXPECT_NE(
      MergeError({Json(one.report()), "{\"format\": 3}"}).find("reading 'part2.json': not an audit in JSON"),
      std::string::npos);
  EXPECT_NE(MergeError({"[]"}).find("reading 'part1.json': not an audit in JSON"), std::string::npos);
  EXPECT_EQ(MergeError({"{\"format\":\"other 1\"}"}),
            "reading 'part1.json': its format is 'other 1', not 'lawbound-audit 1'");
}

// words

TEST(Words, Numbers) {
  EXPECT_EQ(words::Number(0), "0");
  EXPECT_EQ(words::Number(999), "999");
  EXPECT_EQ(words::Number(103987), "103,987");
  EXPECT_EQ(words::Number(1234567), "1,234,567");
  EXPECT_EQ(words::Percent(0, 10), "none");
  EXPECT_EQ(words::Percent(1, 3), "33.3\u00a0%");
  EXPECT_EQ(words::Percent(1, 100000), "less than 0.1\u00a0%");
  EXPECT_EQ(words::Percent(99999, 100000), "more than 99.9\u00a0%");
  EXPECT_EQ(words::Percent(7, 7), "100.0\u00a0%");
}

TEST(Words, Lists) {
  EXPECT_EQ(words::List({}), "");
  EXPECT_EQ(words::List({"a"}), "a");
  EXPECT_EQ(words::List({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(words::Capital("über"), "über");
  EXPECT_EQ(words::LongDate(D("2011-03-30")), "Wed 2011-03-30");
}

TEST(Wrap, BreaksAtWordsAndHangs) {
  EXPECT_EQ(Wrap("one two three four", 2, 2, 12), "  one two\n    three\n    four\n");
  EXPECT_EQ(Wrap("unbreakable", 0, 0, 4), "unbreakable\n");
  EXPECT_EQ(Wrap("“é” b", 0, 0, 5), "“é” b\n");  // columns, not bytes
}

}  // namespace
}  // namespace lawbound::report
