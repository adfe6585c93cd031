#include "ledger/document.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/file.h"
#include "ledger/document_file.h"
#include "tlog/encoding.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kDigestBytes = 32;
constexpr std::string_view kUnfinished = "unfinished-";

std::string PlaceOf(const store::ItemRow& row) {
  return fmt::format("lawbound-document/v1\n{}\n{}", row.matter, row.id);
}

bool IsId(std::string_view text) {
  return text.size() == 2 * kIdBytes &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string AddressOf(const BoxKey& key, std::string_view digest) { return Hex(KeyedDigest(key, digest)); }

}  // namespace

Result<DocumentSecret> OpenDocumentRow(const store::ItemRow& row, MatterKeys& keys) {
  ASSIGN_OR_RETURN(const BoxKey matter, keys.Find(row.matter));
  ASSIGN_OR_RETURN(const std::string bytes, OpenBox(matter, PlaceOf(row), row.box));
  const auto size = bytes.size() > BoxKey::kBytes + kDigestBytes
                        ? tlog::ParseCount(std::string_view(bytes).substr(BoxKey::kBytes + kDigestBytes))
                        : std::nullopt;
  if (!size) return Error{Errc::kCorrupt, fmt::format("the row of document {} is malformed", row.id)};
  return DocumentSecret{BoxKey::From(std::string_view(bytes).substr(0, BoxKey::kBytes)),
                        bytes.substr(BoxKey::kBytes, kDigestBytes), *size};
}

Status ReadDocument(const std::string& folder, const store::ItemRow& row, MatterKeys& keys,
                    const std::function<Status(std::string_view)>& take) {
  ASSIGN_OR_RETURN(const DocumentSecret secret, OpenDocumentRow(row, keys));
  const Error wrong{Errc::kCorrupt, fmt::format("document {} is not what was taken into the record", row.id)};
  if (AddressOf(secret.key, secret.digest) != row.address) return wrong;
  ASSIGN_OR_RETURN(const WrittenDocument read,
                   ReadDocumentFile(folder + "/" + row.address, secret.key, secret.size, take));
  if (read.digest != secret.digest || read.size != secret.size) return wrong;
  return base::Ok();
}

Result<DocumentState> ReadDocumentState(store::RecordReader& reader, MatterKeys& keys,
                                        const std::string& id) {
  ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, reader.ReadItem(id));
  if (!row) return Error{Errc::kNotFound, fmt::format("there is no document {}", id)};
  ASSIGN_OR_RETURN(const store::RecordHead head, reader.ReadHead());
  DocumentState out{.row = *row, .taken = {}, .steps = {}};
  ASSIGN_OR_RETURN(out.taken, ReadAct(reader, keys, row->entry, head.size));
  ASSIGN_OR_RETURN(const std::vector<std::uint64_t> later, reader.ReadMeasures(row->entry));
  for (const std::uint64_t number : later) {
    ASSIGN_OR_RETURN(StoredAct act, ReadAct(reader, keys, number, head.size));
    if (act.entry.kind == "document") out.steps.push_back({number, std::move(act)});
  }
  return out;
}

bool DocumentState::IsSealed() const {
  return std::ranges::any_of(taken.fields, [](const StoredField& field) {
    return field.name == "digest" && field.state == Availability::kSealed;
  });
}

Result<Documents> Documents::Open(Ledger& ledger) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger.folder().place(), store::ReadHow::kMoment));
  std::vector<std::string> known;
  for (std::string last;;) {
    ASSIGN_OR_RETURN(const std::vector<store::ItemRow> page, reader->ItemsAfter(last, 1000));
    if (page.empty()) break;
    for (const store::ItemRow& row : page) known.push_back(row.address);
    last = page.back().id;
  }
  std::ranges::sort(known);
  const std::string folder = ledger.folder().documents();
  for (const std::string& path : base::FilesIn(folder, "")) {
    const std::string name = path.substr(path.find_last_of('/') + 1);
    if (!std::ranges::binary_search(known, name)) RETURN_IF_ERROR(RemoveDocumentFile(path));
  }
  return Documents(ledger);
}

Result<std::optional<store::ItemRow>> Documents::FindSame(const std::string& matter,
                                                          std::string_view digest) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger_.folder().place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const std::vector<store::ItemRow> rows, reader->ReadItems(matter));
  for (const store::ItemRow& row : rows) {
    ASSIGN_OR_RETURN(const DocumentSecret secret, OpenDocumentRow(row, ledger_.keys_));
    if (AddressOf(secret.key, digest) == row.address) return std::optional<store::ItemRow>(row);
  }
  return std::optional<store::ItemRow>();
}

Result<TakenDocument> Documents::Take(const DocumentDraft& draft, std::istream& from) {
  TakenDocument out;
  out.id = draft.id.empty() ? RandomHex(kIdBytes) : draft.id;
  if (!IsId(out.id)) return Error{Errc::kInvalid, "the number of a document is 32 hexadecimal digits"};
  const BoxKey key = BoxKey::Random();
  const std::string folder = ledger_.folder().documents();
  const std::string unfinished = fmt::format("{}/{}{}", folder, kUnfinished, out.id);
  const Result<WrittenDocument> written = WriteDocumentFile(unfinished, key, from, kMaxDocumentBytes);
  if (!written.ok()) {
    const Status removed = RemoveDocumentFile(unfinished);
    static_cast<void>(removed.ok());  // what remains goes when the documents are opened next
    return written.error();
  }
  const auto& [digest, size] = written.value();
  out.size = size;
  ASSIGN_OR_RETURN(const std::optional<store::ItemRow> same, FindSame(draft.matter, digest));
  if (same) {
    RETURN_IF_ERROR(RemoveDocumentFile(unfinished));
    out.id = same->id;
    out.entry = same->entry;
    out.duplicate = true;
    return out;
  }
  Draft act;
  act.kind = "document";
  act.facts = {{"day", base::PrintDay(draft.day)},
               {"item", out.id},
               {"matter", draft.matter},
               {"office", draft.office},
               {"step", "taken"}};
  act.fields = draft.fields;
  act.fields.push_back({"digest", Hex(digest)});
  act.fields.push_back({"size", fmt::to_string(size)});
  Ledger::Job job;
  ASSIGN_OR_RETURN(job.act, PrepareOwnAct(act, ledger_.keys_));
  store::ItemRow row{out.id, draft.matter, 0, AddressOf(key, digest), {}};
  ASSIGN_OR_RETURN(const auto matter, ledger_.keys_.Obtain(draft.matter));
  row.box = SealBox(matter->key, PlaceOf(row), std::string(key.view()) + digest + fmt::to_string(size));
  // The bytes first: an entry must not speak of a document that is not there.
  RETURN_IF_ERROR(PutDocumentFile(unfinished, folder + "/" + row.address));
  job.items.push_back(std::move(row));
  ASSIGN_OR_RETURN(const Appended done, ledger_.Submit(job));
  out.entry = done.entry;
  return out;
}

Result<Appended> Documents::Record(const DocumentStep& step) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger_.folder().place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, reader->ReadItem(step.id));
  if (!row) return Error{Errc::kNotFound, fmt::format("there is no document {}", step.id)};
  Draft act;
  act.kind = "document";
  act.facts = {{"day", base::PrintDay(step.day)},
               {"item", step.id},
               {"matter", row->matter},
               {"office", step.office},
               {"step", step.step}};
  act.facts.insert(act.facts.end(), step.facts.begin(), step.facts.end());
  act.fields = step.fields;
  Ledger::Job job;
  ASSIGN_OR_RETURN(job.act, PrepareOwnAct(act, ledger_.keys_));
  job.measures.push_back({row->entry, 0});
  return ledger_.Submit(job);
}

Result<std::vector<DocumentState>> Documents::OfMatter(const std::string& matter) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger_.folder().place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const std::vector<store::ItemRow> rows, reader->ReadItems(matter));
  std::vector<DocumentState> out;
  for (const store::ItemRow& row : rows) {
    ASSIGN_OR_RETURN(DocumentState state, ReadDocumentState(*reader, ledger_.keys_, row.id));
    out.push_back(std::move(state));
  }
  return out;
}

Result<std::string> Documents::ReadWhole(const store::ItemRow& row, std::size_t most) {
  ASSIGN_OR_RETURN(const DocumentSecret secret, OpenDocumentRow(row, ledger_.keys_));
  if (secret.size > most)
    return Error{Errc::kLimit, fmt::format("document {} has {} bytes", row.id, secret.size)};
  std::string out;
  RETURN_IF_ERROR(
      ReadDocument(ledger_.folder().documents(), row, ledger_.keys_, [&](std::string_view piece) -> Status {
        out += piece;
        return base::Ok();
      }));
  return out;
}

Result<Appended> Documents::Erase(const std::string& id, base::Day day, const std::string& ground,
                                  const std::string& official) {
  ASSIGN_OR_RETURN(std::unique_ptr<store::RecordReader> reader,
                   store::OpenRecordReader(ledger_.folder().place(), store::ReadHow::kMoment));
  ASSIGN_OR_RETURN(const std::optional<store::ItemRow> row, reader->ReadItem(id));
  if (!row) return Error{Errc::kNotFound, fmt::format("there is no document {}", id)};
  ASSIGN_OR_RETURN(const std::vector<std::string> bytes, reader->ReadEntries(row->entry, 1));
  if (bytes.empty()) return Error{Errc::kCorrupt, fmt::format("entry {} is missing", row->entry)};
  ASSIGN_OR_RETURN(const tlog::Entry entry, tlog::ParseEntry(bytes[0]));
  MeasureDraft measure{tlog::EntryKind::kErase, row->entry, {}, day, ground, official};
  for (const tlog::Field& field : entry.fields) measure.fields.push_back(field.name);
  Ledger::Job job;
  job.alone = true;
  ASSIGN_OR_RETURN(job.act.entry, EncodeMeasure(measure));
  job.measures.push_back({row->entry, 0});
  ASSIGN_OR_RETURN(const std::vector<store::OpeningRow> openings, reader->ReadOpenings(row->entry));
  for (const store::OpeningRow& opening : openings) job.erased.push_back({opening.entry, opening.name});
  job.erased_items.push_back(id);
  reader.reset();  // it would hold on to what is erased
  ASSIGN_OR_RETURN(const Appended done, ledger_.Submit(job));
  RETURN_IF_ERROR(RemoveDocumentFile(ledger_.folder().documents() + "/" + row->address));
  RETURN_IF_ERROR(ledger_.Scrub());
  return done;
}

}  // namespace lawbound::ledger
