// Audits the two public logs and compares every count with what tests/known/*.py counted without the program.
// The logs are not in the repository: LAWBOUND_LOGS names the folder that holds them, else ../shared/data;
// without either nothing is compared.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "check/check.h"
#include "engine/audit.h"
#include "ingest/log_reader.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

namespace fs = std::filesystem;

struct Known {
  const char* pack;
  const char* log;  // in the folder of logs, at any depth
  const char* counts;
};

class Sink final : public ingest::BatchSink {
 public:
  explicit Sink(const engine::Plan& plan) : plan_(plan) { Restart(); }
  void Take(std::size_t, std::size_t part, const model::Batch& batch) override {
    workers_.front().Consume(static_cast<std::uint32_t>(part), batch);
  }
  void Restart() override {
    workers_.clear();
    workers_.emplace_back(plan_, options_);
  }
  engine::Audit Result() { return engine::Finish(plan_, options_, workers_); }

 private:
  const engine::Plan& plan_;
  const engine::AuditOptions options_;
  std::vector<engine::AuditWorker> workers_;
};

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path FindLog(const char* name) {
  const char* named = std::getenv("LAWBOUND_LOGS");
  const std::string folder = named != nullptr ? named : LAWBOUND_ROOT "/../shared/data";
  if (!fs::is_directory(folder)) return {};
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().filename() == name) return entry.path();
  }
  return {};
}

// "rule forward: broken, late" -> counts["rule forward"]["broken, late"]; facts about the log alone are left
// out.
using Counts = std::map<std::string, std::map<std::string, std::uint64_t>>;
Counts ReadCounts(const std::string& text) {
  Counts counts;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("log:")) continue;
    const std::size_t colon = line.find(": ");
    const std::size_t tab = line.find('\t');
    counts[line.substr(0, colon)][line.substr(colon + 2, tab - colon - 2)] =
        std::stoull(line.substr(tab + 1));
  }
  return counts;
}

// What an audit says of "rule NAME" (all its sentences), "rule NAME 2" (the second) or "act NAME".
engine::Tally TallyOf(const program::Program& program, const engine::Audit& audit, const std::string& key) {
  engine::Tally sum;
  std::istringstream words(key);
  std::string kind, name;
  std::uint32_t number = 0;
  words >> kind >> name >> number;
  for (std::size_t i = 0; kind == "act" && i < program.acts.size(); ++i) {
    if (program.string(program.acts[i].name) == name) sum.Add(audit.acts[i]);
  }
  for (const program::RuleDef& rule : program.rules) {
    if (kind != "rule" || program.string(rule.name) != name) continue;
    for (std::uint32_t i = 0; i < rule.sentences.count; ++i) {
      if (number == 0 || number == i + 1) sum.Add(audit.sentences[rule.sentences.first + i]);
    }
  }
  return sum;
}

void Compare(const std::string& key, const std::map<std::string, std::uint64_t>& known,
             const engine::Tally& got) {
  std::map<std::string, std::uint64_t> want = known;
  if (!want.contains("broken")) {
    for (const auto& [finding, count] : known) {
      if (finding.starts_with("broken, ")) want["broken"] += count;
    }
  }
  EXPECT_EQ(got.broken, want["broken"]) << key;
  if (key.starts_with("act ")) return;  // only breaches of an act's own form and standing are counted
  EXPECT_EQ(got.kept, want["kept"]) << key;
  EXPECT_EQ(got.pending, want["pending"]) << key;
  EXPECT_EQ(got.cannot_tell, want["cannot tell"]) << key;
  if (!known.contains("broken, never")) return;
  EXPECT_EQ(got.never, want["broken, never"]) << key;
  EXPECT_EQ(got.late, want["broken, late"]) << key;
}

class KnownTest : public testing::TestWithParam<Known> {};

TEST_P(KnownTest, TheAuditCountsWhatIsKnown) {
  const fs::path log = FindLog(GetParam().log);
  if (log.empty()) GTEST_SKIP() << "neither LAWBOUND_LOGS nor ../shared/data holds " << GetParam().log;
  source::Sources sources;
  source::Diagnostics diagnostics;
  std::vector<source::FileId> files;
  for (const auto& page : fs::directory_iterator(fs::path(LAWBOUND_ROOT "/packs") / GetParam().pack)) {
    if (page.path().extension() == ".md")
      files.push_back(sources.Add(page.path().string(), Slurp(page.path())));
  }
  const auto calendars = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  const syntax::Tree tree = syntax::Parse(sources, files, diagnostics);
  const auto compiled = check::Compile(tree, sources, {.calendars = calendars.value().names()}, diagnostics);
  ASSERT_TRUE(compiled) << diagnostics.Render(sources);
  const program::Program& program = compiled->program;
  const program::MappingDef& mapping = program.mappings.front();
  const auto plan = engine::Plan::Make(program, calendars.value(), {.mapping = &mapping});
  ASSERT_TRUE(plan.ok());
  const auto zone = calendar::Zone::Load(std::string(program.string(program.zone)));
  ASSERT_TRUE(zone.ok());
  Sink sink(plan.value());
  const auto read = ingest::ReadLog(ingest::FileLog(log.string()), program, mapping, zone.value(), {}, sink);
  ASSERT_TRUE(read.ok()) << read.error().message;
  const engine::Audit audit = sink.Result();
  const Counts counts = ReadCounts(Slurp(fs::path(LAWBOUND_ROOT "/tests/known") / GetParam().counts));
  ASSERT_FALSE(counts.empty());
  for (const auto& [key, known] : counts) Compare(key, known, TallyOf(program, audit, key));
}

INSTANTIATE_TEST_SUITE_P(Logs, KnownTest,
                         testing::Values(Known{"it/traffic-fine",
                                               "Road_Traffic_Fine_Management_Process.xes.gz", "fines.tsv"},
                                         Known{"nl/permit-receipt", "receipt.xes.gz", "receipt.tsv"}),
                         [](const auto& known) { return known.index == 0 ? "fines" : "receipt"; });

}  // namespace
}  // namespace lawbound
