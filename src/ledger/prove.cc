#include "ledger/prove.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>

#include "ledger/act.h"
#include "ledger/floor.h"
#include "ledger/tree.h"
#include "tlog/export.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::uint64_t kPage = 1024;  // entries read at once

// The record at one moment, and the checkpoint that was signed last by then.
struct SignedRecord {
  std::unique_ptr<store::RecordReader> reader;
  std::string note;
  tlog::Checkpoint checkpoint;
};

Result<SignedRecord> OpenSigned(const Folder& folder) {
  SignedRecord out;
  ASSIGN_OR_RETURN(out.reader, store::OpenRecordReader(folder.place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(std::optional<store::CheckpointRow> row, out.reader->LastCheckpoint());
  if (!row)
    return Error{Errc::kConflict,
                 "nothing of this ledger was signed yet; 'lawbound ledger checkpoint' signs it"};
  ASSIGN_OR_RETURN(const tlog::Trust trust, folder.ReadTrust());
  ASSIGN_OR_RETURN(tlog::SignedCheckpoint opened, tlog::OpenCheckpoint(row->note, trust));
  out.checkpoint = std::move(opened.checkpoint);
  out.note = std::move(row->note);
  return out;
}

Status CheckWish(const StoredAct& act, const ReceiptWish& wish) {
  for (const std::string& name : wish.show) {
    const auto field = std::ranges::find(act.fields, name, &StoredField::name);
    if (field == act.fields.end())
      return Error{Errc::kInvalid, fmt::format("entry {} has no field '{}'", wish.entry, name)};
    if (field->state == Availability::kErased) {
      return Error{Errc::kInvalid,
                   fmt::format("field '{}' was erased by entry {} and cannot be shown", name, *field->by)};
    }
    if (field->state == Availability::kSealed) {
      return Error{Errc::kInvalid,
                   fmt::format("field '{}' was sealed by entry {}; only a recorded opening (unseal) shows it",
                               name, *field->by)};
    }
    if (field->state == Availability::kLost)
      return Error{Errc::kInvalid, fmt::format("field '{}' is lost: it is neither stored nor erased", name)};
  }
  return base::Ok();
}

}  // namespace

Result<MadeReceipt> MakeReceipt(const Folder& folder, const ReceiptWish& wish) {
  ASSIGN_OR_RETURN(SignedRecord record, OpenSigned(folder));
  ASSIGN_OR_RETURN(const store::RecordHead head, record.reader->ReadHead());
  const std::uint64_t size = record.checkpoint.tree.size;
  if (wish.entry >= size && wish.entry < head.size) {
    return Error{
        Errc::kConflict,
        fmt::format("entry {} is not signed yet; 'lawbound ledger checkpoint' does that", wish.entry)};
  }
  ASSIGN_OR_RETURN(BoxKey master, folder.ReadMattersKey());
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> lookup,
                   store::OpenRecordReader(folder.place(), store::ReadHow::kLatest));
  MatterKeys keys(std::move(master), std::move(lookup));
  ASSIGN_OR_RETURN(const StoredAct act, ReadAct(*record.reader, keys, wish.entry, head.size));
  RETURN_IF_ERROR(CheckWish(act, wish));

  MadeReceipt out;
  RecordTiles tiles(*record.reader);
  tlog::TileNodes nodes(tiles, size);
  ASSIGN_OR_RETURN(const std::vector<std::string> entry, record.reader->ReadEntries(wish.entry, 1));
  out.receipt.index = wish.entry;
  out.receipt.entry = entry.at(0);
  out.receipt.checkpoint = record.note;
  ASSIGN_OR_RETURN(out.receipt.proof, tlog::InclusionProof(nodes, wish.entry, size));
  for (const StoredField& field : act.fields) {
    const bool shown = field.state == Availability::kHere &&
                       (wish.show_all || std::ranges::find(wish.show, field.name) != wish.show.end());
    // What was erased or sealed after the checkpoint is not accounted for by it: for this receipt it is
    // withheld.
    const bool accounted = field.by && *field.by < size;
    if (shown) {
      out.receipt.openings.push_back(*field.opening);
    } else if (field.state == Availability::kLost) {
      out.lost.push_back(field.name);
    } else if (field.state == Availability::kHere || !accounted) {
      out.receipt.withheld.push_back(field.name);
    }
  }
  for (const std::uint64_t by : act.measures) {
    if (by >= size) break;
    ASSIGN_OR_RETURN(const std::vector<std::string> later, record.reader->ReadEntries(by, 1));
    ASSIGN_OR_RETURN(std::vector<tlog::Hash> proof, tlog::InclusionProof(nodes, by, size));
    out.receipt.later.push_back({by, later.at(0), std::move(proof)});
  }
  ASSIGN_OR_RETURN(const std::optional<tlog::FloorStatement> floor, FloorBefore(*record.reader, wish.entry));
  if (floor) {
    ASSIGN_OR_RETURN(const std::vector<std::string> stated, record.reader->ReadEntries(floor->entry, 1));
    ASSIGN_OR_RETURN(std::vector<tlog::Hash> proof, tlog::InclusionProof(nodes, floor->entry, size));
    out.receipt.floor = {floor->entry, stated.at(0), std::move(proof)};
  }
  return out;
}

Result<Published> Publish(const Folder& folder, const std::string& to) {
  ASSIGN_OR_RETURN(const SignedRecord record, OpenSigned(folder));
  ASSIGN_OR_RETURN(tlog::ExportWriter writer, tlog::ExportWriter::Open(to));
  const std::uint64_t begun = writer.head().size;
  const tlog::TreeHead& tree = record.checkpoint.tree;
  if (begun > tree.size) {
    return Error{Errc::kCorrupt,
                 fmt::format("'{}' holds {} entries and this ledger has signed {}", to, begun, tree.size)};
  }
  while (writer.head().size < tree.size) {
    const std::uint64_t first = writer.head().size;
    ASSIGN_OR_RETURN(const std::vector<std::string> entries,
                     record.reader->ReadEntries(first, std::min(kPage, tree.size - first)));
    if (entries.empty()) return Error{Errc::kCorrupt, fmt::format("entry {} is missing", first)};
    for (const std::string& entry : entries) RETURN_IF_ERROR(writer.Append(entry));
  }
  if (writer.head().root != tree.root) {
    return Error{
        Errc::kCorrupt,
        fmt::format("the entries in '{}' and those of this ledger do not make the tree that was signed; "
                    "it may hold another log",
                    to)};
  }
  RETURN_IF_ERROR(writer.Publish(record.note));
  return Published{tree, tree.size - begun};
}

}  // namespace lawbound::ledger
