// Measures the registry on a corpus: import, search against brute force, a provision as of a day; once, and
// with the corpus taken in ten times under ten territories.
//
//   bench_registry CORPUS FOLDER      FOLDER takes the registries (1.5 GB)
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/day.h"
#include "bench/measure.h"
#include "registry/import.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"
#include "registry/search.h"
#include "source/utf8.h"

namespace lawbound::bench {
namespace {

constexpr int kCopies = 10;

registry::Jurisdiction Prc() {
  base::Result<registry::Jurisdiction> loaded = registry::Jurisdiction::Load(LAWBOUND_ROOT "/packs/prc/law");
  CHECK(loaded.ok());
  return std::move(loaded).value();
}

double Percentile(std::vector<double> seconds, double share) {
  std::ranges::sort(seconds);
  const auto at = static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1));
  return seconds[at];
}

void PrintTimes(std::string_view what, const std::vector<double>& seconds, double unit,
                std::string_view name) {
  fmt::print("{}: median {:.3f} {}, p99 {:.3f} {}, most {:.3f} {}\n", what, Percentile(seconds, 0.5) * unit,
             name, Percentile(seconds, 0.99) * unit, name, Percentile(seconds, 1) * unit, name);
}

std::vector<std::string> AllTexts(registry::Registry& registry) {
  std::vector<std::string> texts;
  base::Result<store::Statement> all =
      registry.database().Prepare("SELECT heading || char(10) || text FROM unit");
  CHECK(all.ok());
  for (base::Result<bool> row = all.value().Step(); row.ok() && row.value(); row = all.value().Step())
    texts.emplace_back(all.value().Text(0));
  return texts;
}

// 200 words of two to four Han characters, drawn where they stand: frequent words come often.
std::vector<std::string> DrawWords(const std::vector<std::string>& texts) {
  std::mt19937 random(7);
  std::set<std::string> words;
  while (words.size() < 200) {
    const std::string& text = texts[random() % texts.size()];
    std::size_t begin = random() % text.size();
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    const std::size_t length = 2 + random() % 3;
    std::size_t end = begin, han = 0;
    for (; han < length && end < text.size(); ++han) {
      const source::Character character = source::Decode(text, end);
      if (character.code < 0x4E00 || character.code > 0x9FFF) break;
      end += character.bytes;
    }
    if (han == length) words.insert(text.substr(begin, end - begin));
  }
  return {words.begin(), words.end()};
}

registry::SearchResult Find(registry::Registry& registry, const std::string& word, std::size_t count,
                            base::Day known) {
  registry::SearchQuery query;
  query.words = word;
  query.count = count;
  query.known = known;
  base::Result<registry::SearchResult> found = registry::Search(registry, query);
  CHECK(found.ok());
  return std::move(found).value();
}

void BenchSearch(registry::Registry& registry, base::Day known) {
  const std::vector<std::string> texts = AllTexts(registry);
  const std::vector<std::string> words = DrawWords(texts);
  std::vector<double> counting, paging;
  std::size_t wrong = 0;
  for (const std::string& word : words) {
    const auto expected = static_cast<std::size_t>(std::ranges::count_if(
        texts, [&](const std::string& text) { return text.find(word) != std::string::npos; }));
    std::size_t total = 0;
    std::vector<double> count_runs, page_runs;
    for (int run = 0; run < 5; ++run) {
      count_runs.push_back(Measure([&] { total = Find(registry, word, 0, known).total; }).wall);
      page_runs.push_back(
          Measure([&] { wrong += Find(registry, word, 20, known).total == total ? 0U : 1U; }).wall);
    }
    counting.push_back(Percentile(count_runs, 0.5));
    paging.push_back(Percentile(page_runs, 0.5));
    if (total != expected) ++wrong;
  }
  fmt::print("search: {} provisions, 200 words, {} wrong against brute force\n", texts.size(), wrong);
  PrintTimes("  count", counting, 1e3, "ms");
  PrintTimes("  first page of 20", paging, 1e3, "ms");
}

void BenchPointInTime(registry::Registry& registry, const registry::Jurisdiction& jurisdiction,
                      base::Day known) {
  std::vector<law::Address> addresses;
  base::Result<std::vector<registry::Instrument>> all = registry.AllInstruments();
  CHECK(all.ok());
  for (const registry::Instrument& instrument : all.value()) {
    base::Result<registry::Work> work = registry.LoadWork(instrument, known);
    CHECK(work.ok());
    for (const law::InForce& span : work.value().succession.in_force) {
      base::Result<std::vector<registry::UnitRow>> units =
          registry.Units(work.value().versions[span.version].dates.id);
      CHECK(units.ok());
      for (std::size_t i = 0; i < units.value().size(); i += 7) {
        if (units.value()[i].kind != law::ProvisionKind::kArticle) continue;
        addresses.push_back({instrument.authority.territory, "", instrument.address_name,
                             law::ParsePath(units.value()[i].path).value_or(law::Path()), span.from});
      }
    }
  }
  std::mt19937 random(9);
  std::ranges::shuffle(addresses, random);
  addresses.resize(std::min<std::size_t>(addresses.size(), 5000));
  std::vector<double> times;
  std::size_t found = 0;
  for (const law::Address& address : addresses) {
    times.push_back(
        Measure([&] { found += registry.Find(jurisdiction.grammar, address, known).ok() ? 1U : 0U; }).wall);
  }
  fmt::print("point in time: {} of {} found\n", found, addresses.size());
  PrintTimes("  a provision as of a day", times, 1e6, "us");
}

int Run(const std::string& corpus, const std::string& folder) {
  const base::Day known = base::ParseDay("2026-01-01").value();
  registry::Jurisdiction jurisdiction = Prc();
  for (const int copies : {1, kCopies}) {
    const std::string file = fmt::format("{}/bench-{}.registry", folder, copies);
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
    base::Result<registry::Registry> opened = registry::Registry::Open(file, store::Database::Mode::kWrite);
    CHECK(opened.ok());
    const Times import = Measure([&] {
      for (int copy = 0; copy < copies; ++copy) {
        registry::ImportOptions options{known, "", ""};
        if (copy > 0) {  // the same texts again, of another place
          jurisdiction.sources.clear();
          options = {known, "local-regulation", fmt::format("copy{}", copy)};
        }
        CHECK(registry::Import(opened.value(), jurisdiction, corpus, options).ok());
      }
    });
    jurisdiction = Prc();
    fmt::print("\ncorpus x{}: import {:.1f} s (processor {:.1f} s), file {} MB\n", copies, import.wall,
               import.processor, std::filesystem::file_size(file) >> 20);
    BenchSearch(opened.value(), known);
    BenchPointInTime(opened.value(), jurisdiction, known);
  }
  return 0;
}

}  // namespace
}  // namespace lawbound::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "bench_registry CORPUS FOLDER\n");
    return 2;
  }
  return lawbound::bench::Run(argv[1], argv[2]);
}
