// The latest safe days (prove/latest.h): every tests/latest/*.md, a pack with an ```expect block of what is
// said of it (UPDATE_EXPECT=1 writes it anew); all days of a small pack tried one by one, which shares
// nothing with the search; and the penalty pack, as it is and with ten days for its decision.
#include "prove/latest.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "check/use.h"
#include "engine/engine.h"
#include "report/latest.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;
using base::Day;
using prove::LatestDays;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const calendar::Calendars& AllCalendars() {
  static const auto all = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  return all.value();
}

struct Loaded {
  source::Sources sources;
  std::optional<check::Compiled> compiled;
  std::optional<engine::Plan> plan;
  prove::LatestOptions options;
};

// Every page of a pack's folder, with one change.
std::vector<std::string> PagesOf(std::string_view path, const std::string& from, const std::string& to) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(LAWBOUND_ROOT "/packs") / path)) {
    if (entry.path().extension() == ".md") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> pages;
  for (const fs::path& one : paths) {
    std::string text = ReadAll(one);
    if (text.find("```lawbound") == std::string::npos) continue;
    const std::size_t at = from.empty() ? std::string::npos : text.find(from);
    if (at != std::string::npos) text.replace(at, from.size(), to);
    pages.push_back(std::move(text));
  }
  return pages;
}

std::unique_ptr<Loaded> Load(const std::vector<std::string>& pages) {
  auto loaded = std::make_unique<Loaded>();
  source::Diagnostics diagnostics;
  std::vector<source::FileId> files;
  for (const std::string& page : pages) files.push_back(loaded->sources.Add("pack.md", page));
  syntax::Tree tree = syntax::Parse(loaded->sources, files, diagnostics);
  const auto read = [&](std::string_view used) -> std::optional<std::vector<source::FileId>> {
    std::vector<source::FileId> added;
    for (std::string& page : PagesOf(used, "", ""))
      added.push_back(loaded->sources.Add("used.md", std::move(page)));
    return added;
  };
  tree = check::JoinUsed(std::move(tree), loaded->sources, read, diagnostics);
  loaded->compiled =
      check::Compile(tree, loaded->sources, {.calendars = AllCalendars().names()}, diagnostics);
  if (!loaded->compiled) {
    ADD_FAILURE() << diagnostics.Render(loaded->sources);
    return nullptr;
  }
  auto plan = engine::Plan::Make(loaded->compiled->program, AllCalendars(), {});
  if (!plan.ok()) return nullptr;
  loaded->plan = std::move(plan).value();
  loaded->options.day = prove::LawInForce(loaded->compiled->program);
  for (const check::Example& example : loaded->compiled->examples)
    loaded->options.examples.push_back(example.batch);
  return loaded;
}

class Latest : public testing::TestWithParam<fs::path> {};

TEST_P(Latest, SaysWhatThePageExpects) {
  const std::string text = ReadAll(GetParam());
  const std::string open = "\n```expect\n";
  const std::size_t at = text.find(open);
  ASSERT_NE(at, std::string::npos) << "no ```expect block";
  const std::size_t begin = at + open.size();
  const std::size_t end = text.find("```\n", begin);
  ASSERT_NE(end, std::string::npos);
  const std::unique_ptr<Loaded> pack = Load({text.substr(0, at)});
  ASSERT_NE(pack, nullptr);
  const std::string said = report::LatestText(*pack->plan, prove::FindLatestDays(*pack->plan, pack->options));
  if (std::getenv("UPDATE_EXPECT") != nullptr) {
    std::ofstream(GetParam(), std::ios::binary) << text.substr(0, begin) << said << text.substr(end);
    return;
  }
  EXPECT_EQ(text.substr(begin, end - begin), said) << "rerun with UPDATE_EXPECT=1 if the new text is right";
}

std::vector<fs::path> Files() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(LAWBOUND_ROOT "/tests/latest")) all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

INSTANTIATE_TEST_SUITE_P(Pages, Latest, testing::ValuesIn(Files()), [](const auto& page) {
  std::string name = page.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// The pack of heard-in-time.md, every day tried: the notice is served, and whichever day the party then asks
// for a hearing, before it could be decided without one, a day for the hearing and one for the decision are
// left; and so where it asks for none.
class EveryDay {
 public:
  explicit EveryDay(const Loaded& pack)
      : plan_(*pack.plan), folder_(plan_), heard_(pack.options.examples[0]) {}

  std::optional<Day> LatestNotice(Day start, Day due) {
    for (Day notice = due; notice >= start; notice = notice - 1) {
      if (Safe(start, notice, due)) return notice;
    }
    return std::nullopt;
  }

 private:
  // Whether every act is lawful, the last in time.
  bool Lawful(const std::vector<std::size_t>& rows, const std::vector<Day>& days) {
    model::Batch batch = heard_;
    batch.entries.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      batch.entries.push_back(heard_.entries[rows[i]]);
      batch.entries.back().day = batch.entries.back().recorded = days[i];
    }
    batch.cases.front().entries = static_cast<std::uint32_t>(rows.size());
    const engine::Record& record = folder_.Fold(batch.history(0), days.back(), days.back() + 1);
    return std::none_of(record.outcomes.begin(), record.outcomes.end(), [](const model::Outcome& outcome) {
      return outcome.finding == model::Finding::kBroken;
    });
  }

  bool Safe(Day start, Day notice, Day due) {
    bool decided_unasked = false;
    for (Day ask = notice; ask <= due; ask = ask + 1) {
      if (Lawful({0, 1, 4}, {start, notice, ask})) {
        decided_unasked = true;
        break;  // from here on it could be decided without a hearing
      }
      if (!Lawful({0, 1, 2}, {start, notice, ask})) continue;
      bool decided = false;
      for (Day hear = ask; hear <= due && !decided; hear = hear + 1) {
        for (Day decide = hear; decide <= due && !decided; decide = decide + 1)
          decided = Lawful({0, 1, 2, 3, 4}, {start, notice, ask, hear, decide});
      }
      if (!decided) return false;
    }
    return decided_unasked;
  }

  const engine::Plan& plan_;
  engine::Folder folder_;
  model::Batch heard_;
};

TEST(LatestDays, AgreeWithEveryDayTried) {
  const std::string text = ReadAll(LAWBOUND_ROOT "/tests/latest/heard-in-time.md");
  const std::unique_ptr<Loaded> pack = Load({text.substr(0, text.find("\n```expect\n"))});
  ASSERT_NE(pack, nullptr);
  EveryDay every_day(*pack);
  const calendar::Calendar& prc = *AllCalendars().Find("prc");
  std::int32_t worst = 1000;
  Day worst_start;
  const Day first = base::ToDay({2024, 12, 25});
  for (Day start = first; start < first + 30; start = start + 1) {
    const Day due = prc.NextWorkingDay(start + 30);
    const std::optional<Day> notice = every_day.LatestNotice(start, due);
    ASSERT_TRUE(notice) << base::PrintDay(start);
    // The search, of this one day.
    prove::LatestOptions options = pack->options;
    options.first_start = start;
    options.starts = 1;
    const std::vector<LatestDays> found = prove::FindLatestDays(*pack->plan, options);
    ASSERT_EQ(found.size(), 1u);
    ASSERT_FALSE(found[0].steps.empty());
    EXPECT_EQ(base::PrintDay(found[0].steps[0].worst.day), base::PrintDay(*notice)) << base::PrintDay(start);
    if (*notice - start < worst) {
      worst = *notice - start;
      worst_start = start;
    }
  }
  // And the worst of all beginnings is the worst of these, which lie around Spring Festival.
  prove::LatestOptions options = pack->options;
  options.first_start = first;
  options.starts = 30;
  const std::vector<LatestDays> found = prove::FindLatestDays(*pack->plan, options);
  EXPECT_EQ(found[0].steps[0].worst.day - found[0].steps[0].worst.start, worst);
  EXPECT_EQ(found[0].starts, 30u);
}

std::vector<std::string> PenaltyPages(const std::string& days) {
  return PagesOf("prc/penalty", "term case-time: 90 days", "term case-time: " + days);
}

const LatestDays* Of(const Loaded& pack, const std::vector<LatestDays>& all, std::string_view act,
                     std::string_view rule) {
  const program::Program& program = pack.compiled->program;
  for (const LatestDays& one : all) {
    const auto& sentence = program.sentences[one.duty.index()];
    const bool is_it = program.string(program.acts[one.act.index()].name) == act &&
                       program.string(program.rules[sentence.rule.index()].name) == rule;
    if (is_it) return &one;
  }
  return nullptr;
}

// Filed on Monday 6 January 2025: the ninetieth day is Sunday 6 April, so the last day is Monday the 7th.
// Decided and reviewed on that day, and heard: time and place are announced seven working days before, 27, 28
// and 31 March, 1 to 3 April (4 to 6 off, Qingming) and the 7th: on Wednesday 26 March at the latest, and the
// party may ask on that day too.  The five working days for that, 20, 21, 24, 25, 26 March: the notice on
// Wednesday 19 March, day 72.
TEST(LatestDays, OfThePenaltyPackFiledBeforeSpringFestival) {
  const std::unique_ptr<Loaded> pack = Load(PenaltyPages("90 days"));
  ASSERT_NE(pack, nullptr);
  prove::LatestOptions options = pack->options;
  options.first_start = base::ToDay({2025, 1, 6});
  options.starts = 1;
  const std::vector<LatestDays> found = prove::FindLatestDays(*pack->plan, options);
  const LatestDays* decide = Of(*pack, found, "decide", "decide-in-time");
  ASSERT_NE(decide, nullptr);
  EXPECT_EQ(decide->answer, LatestDays::Answer::kSteps);
  ASSERT_TRUE(decide->worst);
  const auto& entries = decide->worst->story.batch.entries;
  const model::Entry& first = entries[decide->first_step];
  EXPECT_EQ(pack->compiled->program.string(pack->compiled->program.acts[first.act.index()].name), "notify");
  EXPECT_EQ(base::PrintDay(first.day), "2025-03-19");
  EXPECT_EQ(base::PrintDay(decide->worst->due), "2025-04-07");
}

// Notice served on the day of filing, five working days to ask, seven more before the hearing: twelve working
// days, which ten days never hold.
TEST(LatestDays, ADecisionTermOfTenDaysIsImpossibleOnceAHearingIsAskedFor) {
  const std::unique_ptr<Loaded> pack = Load(PenaltyPages("10 days"));
  ASSERT_NE(pack, nullptr);
  prove::LatestOptions options = pack->options;
  options.first_start = base::ToDay({2025, 5, 6});
  options.starts = 60;
  const std::vector<LatestDays> found = prove::FindLatestDays(*pack->plan, options);
  const LatestDays* decide = Of(*pack, found, "decide", "decide-in-time");
  ASSERT_NE(decide, nullptr);
  EXPECT_EQ(decide->answer, LatestDays::Answer::kImpossible);
  const std::string said = report::LatestText(*pack->plan, {*decide});
  EXPECT_NE(said.find("impossible   decide-in-time: “Penalty decision” within 10 days of “Case filed”"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("once “Hearing asked” is done"), std::string::npos) << said;
  EXPECT_NE(said.find("5 working days"), std::string::npos) << said;
}

}  // namespace
}  // namespace lawbound
