// lawbound ledger project, figures: rows made from the ledger, to look things up.
#include <fmt/format.h>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

#include "cli/ledger.h"
#include "ledger/projection.h"

namespace lawbound::cli {
namespace {

using base::Result;
using report::JsonWriter;

// How far it is, on one line, when a person looks on.
std::function<void(std::uint64_t, std::uint64_t)> Progress(std::string_view name) {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [name](std::uint64_t done, std::uint64_t of) {
    fmt::print(stderr, "\r{}: {} of {} entries{}", name, done, of, done == of ? "\n" : "");
  };
}

struct FigureRow {
  std::string month, office, act, verdict;
  std::int64_t acts = 0;
};

Result<std::vector<FigureRow>> ReadFigures(const ledger::Folder& folder) {
  ledger::Figures figures;
  ASSIGN_OR_RETURN(const ledger::Projected done,
                   ledger::Project(folder, figures, {.progress = Progress(figures.name())}));
  static_cast<void>(done);
  ASSIGN_OR_RETURN(store::Database rows, ledger::OpenProjection(folder, figures));
  ASSIGN_OR_RETURN(store::Statement all, rows.Prepare("SELECT month, office, act, verdict, acts FROM figures"
                                                      " ORDER BY month, office, act, verdict"));
  std::vector<FigureRow> out;
  for (;;) {
    ASSIGN_OR_RETURN(const bool more, all.Step());
    if (!more) return out;
    out.push_back({std::string(all.Text(0)), std::string(all.Text(1)), std::string(all.Text(2)),
                   std::string(all.Text(3)), all.Integer(4)});
  }
}

}  // namespace

ExitCode RunLedgerProject(const LedgerProjectArguments& arguments) {
  const Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  ledger::Figures figures;
  ledger::Matters matters;
  std::vector<std::pair<std::string, ledger::Projected>> all;
  for (ledger::Projection* projection :
       {static_cast<ledger::Projection*>(&figures), static_cast<ledger::Projection*>(&matters)}) {
    const Result<ledger::Projected> done =
        ledger::Project(folder.value(), *projection,
                        {.rebuild = arguments.rebuild, .progress = Progress(projection->name())});
    if (!done.ok()) return Fail(done.error());
    all.emplace_back(projection->name(), done.value());
  }
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("projections").Begin('[');
      for (const auto& [name, done] : all) {
        json.Begin('{').Key("name").Text(name).Key("from").Value(done.from).Key("entries").Value(done.size);
        json.Key("rebuilt").Value(done.rebuilt).End('}');
      }
      json.End(']');
    });
  } else {
    for (const auto& [name, done] : all) {
      fmt::print("{}: {} entries, {} of them new{}\n", name, done.size, done.size - done.from,
                 done.rebuilt ? ", made anew" : "");
    }
  }
  return kDone;
}

ExitCode RunLedgerFigures(const LedgerProjectArguments& arguments) {
  const Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const Result<std::vector<FigureRow>> rows = ReadFigures(folder.value());
  if (!rows.ok()) return Fail(rows.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("figures").Begin('[');
      for (const FigureRow& row : rows.value()) {
        json.Begin('{').Key("month").Text(row.month).Key("office").Text(row.office).Key("act").Text(row.act);
        json.Key("verdict").Text(row.verdict).Key("acts").Value(row.acts).End('}');
      }
      json.End(']');
    });
  } else {
    for (const FigureRow& row : rows.value())
      fmt::print("{}  {:>8}  {}  {}  {}\n", row.month, row.acts, row.office, row.act, row.verdict);
  }
  return kDone;
}

}  // namespace lawbound::cli
