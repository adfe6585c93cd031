// The engine against the reference evaluator (tests/reference): the same answer on every sentence of every
// rule, for random packs and histories and for every example at hand.
//
//   LAWBOUND_DIFFERENTIAL=100000   so many packs instead of the ordinary number
//   LAWBOUND_DIFFERENTIAL_SEED=7   the first seed; each pack prints its own when it fails
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "gtest/gtest.h"

#include "differential/compare.h"
#include "differential/make_pack.h"

namespace lawbound::differential {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPacks = 1500;
constexpr int kExamples = 8;
constexpr int kMaxDifferences = 3;

const calendar::Calendars& AllCalendars() {
  static const base::Result<calendar::Calendars> calendars =
      calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  return calendars.value();
}

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// How the histories of a pack are read: with its mapping if it has one, and to a day that depends on the
// history.
How HowToRead(const Made& made, const model::History& history, std::size_t number) {
  How how;
  how.mapping = !made.pack.mappings.empty();
  how.strict = how.mapping && number % 4 == 3;
  const base::Day first = history.entries.empty() ? base::Day{20050} : history.entries.front().day;
  const base::Day last = history.entries.empty() ? first : history.entries.back().day;
  how.as_of = number % 3 == 2 ? last - 3 : last;
  how.until = number % 3 == 1 ? last + 1 : std::max(first, how.as_of) + 50;
  return how;
}

// The first example on which the two differ.
std::optional<std::size_t> FirstDifference(const Made& made) {
  for (std::size_t i = 0; i < made.pack.examples.size(); ++i) {
    const model::History history = made.pack.examples[i].batch.history(0);
    if (!Compare(made, AllCalendars(), history, HowToRead(made, history, i)).empty()) return i;
  }
  return std::nullopt;
}

bool StillDiffers(const PackText& text) {
  const auto made = Compile({text.Page()}, AllCalendars());
  return made && FirstDifference(*made);
}

// Takes out statements and lines as long as the two still differ.
PackText Shrink(PackText text) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (std::size_t i = text.statements.size(); i-- > 1;) {
      PackText less = text;
      less.statements.erase(less.statements.begin() + static_cast<std::ptrdiff_t>(i));
      if (StillDiffers(less)) {
        text = std::move(less);
        smaller = true;
        continue;
      }
      for (std::size_t line = text.statements[i].lines.size(); line-- > 0;) {
        less = text;
        std::vector<std::string>& lines = less.statements[i].lines;
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(line));
        if (!StillDiffers(less)) continue;
        text = std::move(less);
        smaller = true;
      }
    }
  }
  return text;
}

void ExplainDifference(const PackText& text, std::uint64_t seed) {
  const PackText small = Shrink(text);
  const auto made = Compile({small.Page()}, AllCalendars());
  const std::size_t example = *FirstDifference(*made);
  const model::History history = made->pack.examples[example].batch.history(0);
  const How how = HowToRead(*made, history, example);
  const Difference difference = Compare(*made, AllCalendars(), history, how);
  ADD_FAILURE() << "seed " << seed << ", example '" << made->pack.examples[example].title << "' as of "
                << base::PrintDay(how.as_of) << " until " << base::PrintDay(how.until)
                << (how.strict ? ", strict" : "") << "\n"
                << small.Page() << difference.both
                << fmt::format("only the engine:\n  {}\nonly the reference:\n  {}\n",
                               fmt::join(difference.only_engine, "\n  "),
                               fmt::join(difference.only_reference, "\n  "));
}

// A form that no random pack has is not tried; each stands in one accepted pack of two hundred at least.
constexpr const char* kForms[] = {
    "accrues ",     "at most ",       "between ",   " cured by ",     " dated ",    "deemed with ",
    "earlier ",     "every party",    " falls",     "for each party", "found by ",  " has ",
    "held void",    " hours",         " in time",   "irregular",      "is changed", "is stayed",
    "lapse of ",    "may be refused", "of party =", "overrides ",     "presumed ",  "previous ",
    "promptly ",    "recorded ",      "restarts ",  "is set aside",   "so that ",   "some party",
    "stops while ", "table ",         "target",     "unseen ",        "void"};

TEST(DifferentialTest, RandomPacks) {
  const std::uint64_t packs = FromEnvironment("LAWBOUND_DIFFERENTIAL", kPacks);
  const std::uint64_t first = FromEnvironment("LAWBOUND_DIFFERENTIAL_SEED", 1);
  std::uint64_t tried = 0, accepted = 0, pairs = 0;
  int differences = 0;
  std::map<std::string, std::uint64_t> having;
  for (std::uint64_t seed = first; seed < first + packs && differences < kMaxDifferences; ++seed) {
    ++tried;
    const PackText text = MakePack(seed, kExamples);
    std::string said;
    const auto made = Compile({text.Page()}, AllCalendars(), &said);
    if (!made) {
      if (std::getenv("LAWBOUND_DIFFERENTIAL_SAID") != nullptr) fmt::print("{}\n", said);
      continue;
    }
    ++accepted;
    const std::string page = text.Page();
    for (const char* form : kForms) {
      if (page.find(form) != std::string::npos) ++having[form];
    }
    pairs += made->pack.examples.size();
    if (!FirstDifference(*made)) continue;
    ExplainDifference(text, seed);
    ++differences;
  }
  fmt::print("seeds from {}: {} packs, {} of them accepted, {} pairs of pack and history\n", first, tried,
             accepted, pairs);
  for (const char* form : kForms) EXPECT_GE(having[form] * 200 + 200, accepted) << form;
  EXPECT_GT(accepted * 10, tried * 3) << "most packs should be accepted, or little is tried";
}

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Packs that long runs found, mended and asked each build since: tests/differential/once-differed holds the
// pages, so that neither the generator nor the compiler it is built with changes them.
TEST(DifferentialTest, PacksThatOnceDiffered) {
  int asked = 0;
  for (const auto& file : fs::directory_iterator(LAWBOUND_ROOT "/tests/differential/once-differed")) {
    const auto made = Compile({Slurp(file.path())}, AllCalendars());
    ASSERT_TRUE(made) << file.path();
    const std::optional<std::size_t> example = FirstDifference(*made);
    EXPECT_FALSE(example) << file.path() << ": \"" << made->pack.examples[*example].title << "\"";
    ++asked;
  }
  EXPECT_GE(asked, 9);
}

// What would be left of an example if a log held it: the fields that the mapping reads.
model::Batch AsLog(const check::CheckedPack& pack, model::Batch batch) {
  std::vector<bool> mapped(pack.fields.size());
  for (const check::MappingLine& line : pack.mappings.front().lines) {
    for (const check::FieldSource& source : line.fields) mapped[source.field.index()] = true;
  }
  for (std::size_t row = 0; row < pack.fields.size(); ++row) {
    const check::Field& field = pack.fields[row];
    if (mapped[row]) continue;
    if (field.role) batch.role_values[field.place] = model::kMissing;
    for (const model::Entry& entry : batch.entries) {
      if (entry.act == field.act) batch.values[entry.first_value + field.place] = model::kMissing;
    }
  }
  return batch;
}

std::size_t CompareExample(const std::string& name, const Made& made, const check::Example& example,
                           bool as_log) {
  const model::Batch batch = as_log ? AsLog(made.pack, example.batch) : example.batch;
  const How how{.mapping = as_log, .as_of = base::kLastDay, .until = example.steps.back().day};
  const Difference difference = Compare(made, AllCalendars(), batch.history(0), how);
  EXPECT_TRUE(difference.empty()) << name << ": \"" << example.title << "\"" << (as_log ? " as a log" : "")
                                  << "\n"
                                  << fmt::format("only the engine:\n  {}\nonly the reference:\n  {}\n",
                                                 fmt::join(difference.only_engine, "\n  "),
                                                 fmt::join(difference.only_reference, "\n  "));
  return 1;
}

// Each page under tests/cases and each folder under packs and tests/packs is a pack.
TEST(DifferentialTest, EveryExample) {
  std::map<std::string, std::vector<std::string>> packs;
  for (const char* folder : {"tests/cases", "tests/packs", "packs"}) {
    const fs::path root = fs::path(LAWBOUND_ROOT) / folder;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".md") continue;
      const bool alone = std::string(folder) != "packs";
      packs[(alone ? entry.path() : entry.path().parent_path()).string()].push_back(Slurp(entry.path()));
    }
  }
  std::size_t examples = 0;
  for (const auto& [name, pages] : packs) {
    std::string said;
    const auto made = Compile(pages, AllCalendars(), &said);
    // A page of tests/packs may be one of several that make a pack.
    if (!made && name.find("/tests/packs/") != std::string::npos) continue;
    ASSERT_TRUE(made) << name << "\n" << said;
    for (const check::Example& example : made->pack.examples) {
      examples += CompareExample(name, *made, example, false);
      if (!made->pack.mappings.empty()) examples += CompareExample(name, *made, example, true);
    }
  }
  EXPECT_GT(examples, 0U);
}

// The conformance cases (tests/cases/01 to 25), three ways: the reference evaluator, act by act as a gate
// judges, and the fold of the audit, at the end of every day that an example names.  That the answers are
// those that the case wants is tests/cases_test.cc.
TEST(DifferentialTest, TwentyFiveCasesThreeWays) {
  std::set<std::string> numbers;
  for (const auto& entry : fs::directory_iterator(fs::path(LAWBOUND_ROOT) / "tests/cases")) {
    const std::string name = entry.path().filename().string();
    if (std::isdigit(static_cast<unsigned char>(name[0])) == 0) continue;
    numbers.insert(name.substr(0, 2));
    const auto made = Compile({Slurp(entry.path())}, AllCalendars());
    ASSERT_TRUE(made) << name;
    EXPECT_FALSE(made->pack.examples.empty()) << name;
    for (const check::Example& example : made->pack.examples) {
      for (const check::ExampleStep& step : example.steps) {
        const How how{.as_of = step.day, .until = std::max(step.day, step.written)};
        const auto difference = Compare(*made, AllCalendars(), example.batch.history(0), how);
        EXPECT_TRUE(difference.empty())
            << name << ": \"" << example.title << "\" on " << base::PrintDay(step.day) << "\n"
            << difference.both;
      }
    }
  }
  std::set<std::string> wanted;
  for (int i = 1; i <= 25; ++i) wanted.insert(fmt::format("{:02}", i));
  EXPECT_EQ(numbers, wanted);
}

}  // namespace
}  // namespace lawbound::differential
