// lawbound ledger document ...: documents and evidence.  Contents are streamed: none is ever held in memory.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "cli/ledger.h"
#include "ledger/document.h"

namespace lawbound::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using report::JsonWriter;

// The record as it is now, with what opens its fields.  Reading needs no writer's lock.
struct Reading {
  ledger::Folder folder;
  std::unique_ptr<store::RecordReader> reader;
  std::unique_ptr<ledger::MatterKeys> keys;
};

Result<Reading> OpenReading(const LedgerPlace& place) {
  ASSIGN_OR_RETURN(ledger::Folder folder, ledger::Folder::Open(place.folder));
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> lookup,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(ledger::BoxKey master, folder.ReadMattersKey());
  auto keys = std::make_unique<ledger::MatterKeys>(std::move(master), std::move(lookup));
  return Reading{std::move(folder), std::move(reader), std::move(keys)};
}

std::string_view StateWord(ledger::Availability state) {
  switch (state) {
    case ledger::Availability::kHere:
      return "here";
    case ledger::Availability::kSealed:
      return "sealed";
    case ledger::Availability::kErased:
      return "erased";
    case ledger::Availability::kLost:
      return "lost";
  }
  return "";
}

// A field as it can be told: its value when it is there and not sealed.
std::string TextOf(const ledger::StoredField& field) {
  if (field.state != ledger::Availability::kHere || !field.opening)
    return fmt::format("({})", StateWord(field.state));
  return field.opening->value.value_or("(left empty)");
}

std::string FactOf(const tlog::Entry& entry, std::string_view name) {
  const std::string* value = entry.FindFact(name);
  return value == nullptr ? std::string() : *value;
}

// How it was ruled last; nothing when it never was.
std::string Admissibility(const ledger::DocumentState& state) {
  std::string out;
  for (const ledger::DocumentState::Step& step : state.steps) {
    const std::string ruled = FactOf(step.act.entry, "admissible");
    if (!ruled.empty())
      out = fmt::format("{}, by entry {}, ground: {}", ruled, step.entry, FactOf(step.act.entry, "ground"));
  }
  return out;
}

void PrintFields(JsonWriter& json, const ledger::StoredAct& act) {
  json.Key("fields").Begin('{');
  for (const ledger::StoredField& field : act.fields) {
    json.Key(field.name);
    if (field.state == ledger::Availability::kHere && field.opening && !field.opening->value) {
      json.Null();
    } else {
      json.Text(TextOf(field));
    }
  }
  json.End('}');
}

void PrintStep(JsonWriter& json, std::uint64_t entry, const ledger::StoredAct& act) {
  json.Begin('{').Key("entry").Value(entry);
  json.Key("step").Text(FactOf(act.entry, "step")).Key("day").Text(FactOf(act.entry, "day"));
  json.Key("office").Text(FactOf(act.entry, "office"));
  for (const char* const name : {"admissible", "ground"}) {
    if (act.entry.FindFact(name) != nullptr) json.Key(name).Text(FactOf(act.entry, name));
  }
  PrintFields(json, act);
  json.End('}');
}

// Contents go to a file beside `to` and are moved there when they are known to be what was taken.
Status ExportTo(Reading& reading, const store::ItemRow& row, const std::string& to) {
  const std::string partial = to + ".unchecked";
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  const auto failed = [&](std::string_view doing) {
    return Error{Errc::kUnavailable, fmt::format("cannot {} '{}': {}", doing, partial, std::strerror(errno))};
  };
  if (!out) return failed("make");
  Status done = ledger::ReadDocument(reading.folder.documents(), row, *reading.keys,
                                     [&](std::string_view piece) -> Status {
                                       out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
                                       return out ? base::Ok() : Status(failed("write"));
                                     });
  out.close();
  if (done.ok() && !out) done = failed("write");
  if (!done.ok()) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    return done;
  }
  return base::PutInPlace(partial, to);
}

}  // namespace

ExitCode RunLedgerDocumentAdd(const LedgerDocumentArguments& arguments) {
  const Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  std::ifstream file;
  const bool standard = arguments.file == "-";
  if (!standard) {
    if (base::IsFolder(arguments.file))
      return Fail({Errc::kInvalid, fmt::format("'{}' is a folder, not a document", arguments.file)});
    file.open(arguments.file, std::ios::binary);
    if (!file)
      return Fail(
          {Errc::kNotFound, fmt::format("cannot open '{}': {}", arguments.file, std::strerror(errno))});
  }
  Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  Result<ledger::Documents> documents = ledger::Documents::Open(*opened.value());
  if (!documents.ok()) return Fail(documents.error());
  ledger::DocumentDraft draft{arguments.matter,
                              day.value(),
                              arguments.office,
                              {{"kind", arguments.kind}, {"source", arguments.source}}};
  if (!arguments.holder.empty()) draft.fields.push_back({"holder", arguments.holder});
  std::istream& from = standard ? std::cin : static_cast<std::istream&>(file);
  const Result<ledger::TakenDocument> taken = documents.value().Take(draft, from);
  if (!taken.ok()) return Fail(taken.error());
  const ledger::TakenDocument& document = taken.value();
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("document").Text(document.id).Key("entry").Value(document.entry);
      json.Key("size").Value(document.size).Key("duplicate").Value(document.duplicate);
    });
  } else {
    fmt::print("document {}: entry {}, {} bytes{}\n", document.id, document.entry, document.size,
               document.duplicate ? " (the matter had it already: nothing was recorded)" : "");
  }
  return kDone;
}

ExitCode RunLedgerDocumentStep(const LedgerDocumentArguments& arguments) {
  if (arguments.admissible.empty() != arguments.ground.empty()) {
    fmt::print(stderr, "lawbound: --admissible and --ground go together: a ruling states its ground\n");
    return kUsage;
  }
  if (arguments.step == "taken") {
    fmt::print(stderr, "lawbound: 'taken' is the first step, which 'document add' records\n");
    return kUsage;
  }
  const Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  Result<ledger::Documents> documents = ledger::Documents::Open(*opened.value());
  if (!documents.ok()) return Fail(documents.error());
  ledger::DocumentStep step{arguments.item, arguments.step, day.value(), arguments.office, {}, {}};
  if (!arguments.admissible.empty())
    step.facts = {{"admissible", arguments.admissible}, {"ground", arguments.ground}};
  if (!arguments.holder.empty()) step.fields.push_back({"holder", arguments.holder});
  const Result<ledger::Appended> done = documents.value().Record(step);
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) { json.Key("entry").Value(done.value().entry); });
  } else {
    fmt::print("entry {}: {}, document {}\n", done.value().entry, arguments.step, arguments.item);
  }
  return kDone;
}

ExitCode RunLedgerDocumentShow(const LedgerDocumentArguments& arguments) {
  const Result<Reading> reading = OpenReading(arguments.place);
  if (!reading.ok()) return Fail(reading.error());
  const Result<ledger::DocumentState> read =
      ledger::ReadDocumentState(*reading.value().reader, *reading.value().keys, arguments.item);
  if (!read.ok()) return Fail(read.error());
  const ledger::DocumentState& state = read.value();
  const std::string ruled = Admissibility(state);
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("document").Text(state.row.id).Key("matter").Text(state.row.matter);
      json.Key("sealed").Value(state.IsSealed()).Key("steps").Begin('[');
      PrintStep(json, state.row.entry, state.taken);
      for (const ledger::DocumentState::Step& step : state.steps) PrintStep(json, step.entry, step.act);
      json.End(']');
    });
    return kDone;
  }
  fmt::print("document {}{}\n  matter      {}\n", state.row.id, state.IsSealed() ? " (sealed)" : "",
             state.row.matter);
  for (const ledger::StoredField& field : state.taken.fields)
    fmt::print("  {:<11} {}\n", field.name, TextOf(field));
  fmt::print("  admissible  {}\n", ruled.empty() ? "not ruled on" : ruled);
  fmt::print("  {}  taken by {}, entry {}\n", FactOf(state.taken.entry, "day"),
             FactOf(state.taken.entry, "office"), state.row.entry);
  for (const ledger::DocumentState::Step& step : state.steps) {
    std::string more;
    for (const ledger::StoredField& field : step.act.fields)
      more += fmt::format(", {}: {}", field.name, TextOf(field));
    fmt::print("  {}  {} by {}, entry {}{}\n", FactOf(step.act.entry, "day"), FactOf(step.act.entry, "step"),
               FactOf(step.act.entry, "office"), step.entry, more);
  }
  return kDone;
}

ExitCode RunLedgerDocumentList(const LedgerDocumentArguments& arguments) {
  const Result<Reading> reading = OpenReading(arguments.place);
  if (!reading.ok()) return Fail(reading.error());
  const Result<std::vector<store::ItemRow>> rows = reading.value().reader->ReadItems(arguments.matter);
  if (!rows.ok()) return Fail(rows.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("matter").Text(arguments.matter).Key("documents").Begin('[');
      for (const store::ItemRow& row : rows.value())
        json.Begin('{').Key("document").Text(row.id).Key("entry").Value(row.entry).End('}');
      json.End(']');
    });
  } else {
    for (const store::ItemRow& row : rows.value()) fmt::print("{}  entry {}\n", row.id, row.entry);
  }
  return kDone;
}

ExitCode RunLedgerDocumentExport(const LedgerDocumentArguments& arguments) {
  Result<Reading> reading = OpenReading(arguments.place);
  if (!reading.ok()) return Fail(reading.error());
  const Result<ledger::DocumentState> state =
      ledger::ReadDocumentState(*reading.value().reader, *reading.value().keys, arguments.item);
  if (!state.ok()) return Fail(state.error());
  if (state.value().IsSealed()) {
    return Fail(
        {Errc::kConflict, fmt::format("document {} is sealed; only a recorded opening (erase --unseal of the "
                                      "field 'digest' of entry {}) shows it",
                                      arguments.item, state.value().row.entry)});
  }
  const Status done = ExportTo(reading.value(), state.value().row, arguments.file);
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("document").Text(arguments.item).Key("file").Text(arguments.file);
    });
  } else {
    fmt::print("{}: document {}, as it was taken\n", arguments.file, arguments.item);
  }
  return kDone;
}

ExitCode RunLedgerDocumentCheck(const LedgerDocumentArguments& arguments) {
  Result<Reading> reading = OpenReading(arguments.place);
  if (!reading.ok()) return Fail(reading.error());
  std::uint64_t checked = 0;
  std::vector<std::string> problems;
  const auto check = [&](const store::ItemRow& row) {
    ++checked;
    const Status done = ledger::ReadDocument(reading.value().folder.documents(), row, *reading.value().keys,
                                             [](std::string_view) { return base::Ok(); });
    if (!done.ok()) problems.push_back(fmt::format("document {}: {}", row.id, done.error().message));
  };
  if (!arguments.item.empty()) {
    const Result<std::optional<store::ItemRow>> row = reading.value().reader->ReadItem(arguments.item);
    if (!row.ok()) return Fail(row.error());
    if (!row.value()) return Fail({Errc::kNotFound, fmt::format("there is no document {}", arguments.item)});
    check(*row.value());
  } else {
    for (std::string last;;) {
      const Result<std::vector<store::ItemRow>> page = reading.value().reader->ItemsAfter(last, 1000);
      if (!page.ok()) return Fail(page.error());
      if (page.value().empty()) break;
      for (const store::ItemRow& row : page.value()) check(row);
      last = page.value().back().id;
    }
  }
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("checked").Value(checked).Key("problems").Begin('[');
      for (const std::string& problem : problems) json.Text(problem);
      json.End(']');
    });
  } else {
    fmt::print("{} checked, {} bad\n", Counted(checked, "document"), problems.size());
    for (const std::string& problem : problems) fmt::print("BAD: {}\n", problem);
  }
  return problems.empty() ? kDone : kBadInput;
}

ExitCode RunLedgerDocumentErase(const LedgerDocumentArguments& arguments) {
  const Result<base::Day> day = DayOf(arguments.day);
  if (!day.ok()) return Fail(day.error());
  Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  Result<ledger::Documents> documents = ledger::Documents::Open(*opened.value());
  if (!documents.ok()) return Fail(documents.error());
  const Result<ledger::Appended> done =
      documents.value().Erase(arguments.item, day.value(), arguments.ground, arguments.official);
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) {
      json.Key("document").Text(arguments.item).Key("entry").Value(done.value().entry);
    });
  } else {
    fmt::print("entry {}: document {} and its key are destroyed\n", done.value().entry, arguments.item);
  }
  return kDone;
}

}  // namespace lawbound::cli
