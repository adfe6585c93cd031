// lawbound ledger floor LEDGER PACK...: which floor, which refusals and which packs the program goes by
// today.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <vector>

#include "cli/law.h"
#include "cli/ledger.h"
#include "ledger/box.h"
#include "ledger/floor.h"
#include "program/floor.h"
#include "program/names.h"

namespace lawbound::cli {
namespace {

constexpr std::size_t kMostWaivedBytes = 900;  // a fact has at most 1,000

using report::JsonWriter;

// Of lower-case hexadecimal, as CMake and sha256sum print it.  REQUIRES: 64 of its digits.
tlog::Hash FromHex(std::string_view text) {
  CHECK(text.size() == 64);
  tlog::Hash out;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) {
    const char* digits = text.data() + 2 * i;
    CHECK(std::from_chars(digits, digits + 2, out.bytes[i], 16).ptr == digits + 2);
  }
  return out;
}

// What the packs are, and what of the floor they lack.
struct PackList {
  std::vector<std::string> pages;  // the hash of each page, in hexadecimal
  std::vector<std::string> lacks;  // a line for each pack that is not above the floor
  std::vector<std::string> below;  // the names of those
};

void Add(const LoadedPack& pack, PackList& list) {
  for (std::size_t i = 0; i < pack.sources.count(); ++i)
    list.pages.push_back(ledger::Hex(tlog::Sha256(pack.sources.file(source::FileId(i)).text).view()));
  const program::Program& program = pack.compiled->program;
  std::vector<std::string> words;
  for (const program::FloorGap& gap : program::FloorGaps(program)) {
    const std::string lacking(program::GuardWords(gap.guard));
    if (std::ranges::find(words, lacking) == words.end()) words.push_back(lacking);
  }
  if (words.empty()) return;
  const std::string name(program.string(program.path));
  list.below.push_back(name);
  list.lacks.push_back(fmt::format("{}: not of every adverse act: {}", name, fmt::join(words, ", ")));
}

tlog::Hash HashOf(std::vector<std::string> pages) {
  std::ranges::sort(pages);
  pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
  return tlog::Sha256(fmt::format("{}\n", fmt::join(pages, "\n")));
}

// As much as fits into a fact.
std::string WaivedText(const PackList& list) {
  std::string out = fmt::format("{}", fmt::join(list.lacks, "; "));
  if (out.size() > kMostWaivedBytes) out = fmt::format("below the floor: {}", fmt::join(list.below, ", "));
  if (out.size() > kMostWaivedBytes) out = fmt::format("{} packs are below the floor", list.below.size());
  return out;
}

}  // namespace

OwnFloor FloorOfThisProgram() {
  return {.floor = FromHex(LAWBOUND_FLOOR_HASH), .refusals = FromHex(LAWBOUND_REFUSALS_HASH)};
}

std::string FloorReminder(const std::optional<tlog::FloorStatement>& last, base::Day today) {
  if (!last) return "floor not stated: 'lawbound ledger floor' records it, each day";
  std::string out = last->waived ? fmt::format("floor {}", tlog::DescribeWaiver(*last)) : std::string();
  if (last->day >= today) return out;
  if (!out.empty()) out += '\n';
  return out + fmt::format("floor stated last on {}, not today: 'lawbound ledger floor' records it, each day",
                           base::PrintDay(last->day));
}

ExitCode RunLedgerFloor(const LedgerFloorArguments& arguments) {
  const base::Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  PackList list;
  for (const std::string& path : arguments.packs) {
    ExitCode code = kDone;
    const std::unique_ptr<LoadedPack> pack = LoadOrExplain(path, arguments.places, code);
    if (!pack) return code;
    Add(*pack, list);
  }
  ledger::FloorDraft draft{.day = day.value(),
                           .floor = FloorOfThisProgram().floor,
                           .refusals = FloorOfThisProgram().refusals,
                           .packs = HashOf(list.pages),
                           .waived = {},
                           .ground = {},
                           .official = {}};
  if (!list.lacks.empty()) {
    if (!arguments.waive) {
      for (const std::string& lack : list.lacks) fmt::print(stderr, "lawbound: below the floor: {}\n", lack);
      return Fail(
          {base::Errc::kConflict,
           "these packs do not keep the floor; mend them, or have it recorded with --waive, --ground and "
           "--official that it was waived"});
    }
    draft.waived = WaivedText(list);
    draft.ground = arguments.ground;
    draft.official = arguments.official;
  } else if (arguments.waive) {
    return Fail({base::Errc::kConflict, "these packs keep the floor whole: there is nothing to waive"});
  }
  base::Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  const base::Result<ledger::Appended> done = ledger::RecordFloor(*opened.value(), draft);
  if (!done.ok()) return Fail(done.error());
  const std::string state = draft.waived.empty()
                                ? std::string("whole")
                                : fmt::format("WAIVED by {}, ground: {}", draft.official, draft.ground);
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("entry").Value(done.value().entry).Key("duplicate").Value(done.value().duplicate);
      json.Key("day").Text(base::PrintDay(draft.day)).Key("whole").Value(draft.waived.empty());
      json.Key("floor").Text(PrintHash(draft.floor)).Key("refusals").Text(PrintHash(draft.refusals));
      json.Key("packs").Text(PrintHash(draft.packs));
      if (!draft.waived.empty()) json.Key("waived").Text(draft.waived);
    });
  } else {
    fmt::print("entry {}{}: the floor of {}: {}\n", done.value().entry,
               done.value().duplicate ? " (recorded before)" : "", base::PrintDay(draft.day), state);
    for (const std::string& lack : list.lacks) fmt::print("  {}\n", lack);
    fmt::print("  floor     {}\n  refusals  {}\n  packs     {}\n", PrintHash(draft.floor),
               PrintHash(draft.refusals), PrintHash(draft.packs));
  }
  return kDone;
}

}  // namespace lawbound::cli
