// Documents and evidence: streams of any length, encrypted on disk, each part of one matter.
//
// A document is recorded by an entry of kind `document` whose facts say in which matter, on which day, by
// which office and under which random number it was taken, and whose fields commit to its digest, size, kind
// and source.  What happens to it later (handed on, examined, ruled inadmissible) is a further entry with the
// same number: its custody is part of the log.
//
// The file is called by a keyed digest of its contents; the key is the document's own, is stored with its row
// and dies with it, so afterwards nobody can tell from a copy of a document that it was ever here.  The same
// contents are kept once within a matter, and never compared between matters.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/act.h"
#include "ledger/ledger.h"

namespace lawbound::ledger {

inline constexpr std::uint64_t kMaxDocumentBytes = std::uint64_t{1} << 40;

struct DocumentDraft {
  std::string matter;
  base::Day day;
  std::string office;
  std::vector<FieldValue> fields;  // kind, source and whatever else is known; not `digest` and `size`
  std::string id;  // of a document that names itself: 32 hexadecimal digits, random; empty: one is drawn
};

struct TakenDocument {
  std::string id;           // what the fact `item` says
  std::uint64_t entry = 0;  // where it was recorded
  std::uint64_t size = 0;
  bool duplicate = false;  // the matter had it already: nothing was recorded
};

struct DocumentStep {
  std::string id;
  std::string step;  // "handed", "examined", "ruled"...: a plain word
  base::Day day;
  std::string office;
  std::vector<tlog::Fact> facts;  // further ones, as `admissible no` and the ground
  std::vector<FieldValue> fields;
};

// What the record says of a document: how it was taken, and each step since.
struct DocumentState {
  struct Step {
    std::uint64_t entry = 0;
    StoredAct act;
  };
  store::ItemRow row;
  StoredAct taken;
  std::vector<Step> steps;  // in their order

  // Its contents are closed to everyone until a recorded act opens the field `digest` again.
  bool IsSealed() const;
};

// Borrows the ledger; one thread.
class Documents {
 public:
  // Removes files that no row speaks of: of documents that were being taken or erased when the program ended.
  static base::Result<Documents> Open(Ledger& ledger);

  // Reads `from` to its end, in bounded memory.  kLimit when longer than kMaxDocumentBytes.
  base::Result<TakenDocument> Take(const DocumentDraft& draft, std::istream& from);
  base::Result<Appended> Record(const DocumentStep& step);
  // What the record says of the documents of a matter, in no order.
  base::Result<std::vector<DocumentState>> OfMatter(const std::string& matter);
  // The whole of a document.  kLimit when longer than `most`; kCorrupt as in ReadDocument.
  base::Result<std::string> ReadWhole(const store::ItemRow& row, std::size_t most);
  // Row, key, file, and the fields of the entry that took it.
  base::Result<Appended> Erase(const std::string& id, base::Day day, const std::string& ground,
                               const std::string& official);

 private:
  explicit Documents(Ledger& ledger) : ledger_(ledger) {}
  base::Result<std::optional<store::ItemRow>> FindSame(const std::string& matter, std::string_view digest);

  Ledger& ledger_;
};

// What a document's row keeps encrypted.
struct DocumentSecret {
  BoxKey key;          // encrypts the file and names it
  std::string digest;  // SHA-256 of the contents, 32 bytes
  std::uint64_t size = 0;
};
base::Result<DocumentSecret> OpenDocumentRow(const store::ItemRow& row, MatterKeys& keys);

// kNotFound when there is no such document, or it was erased.
base::Result<DocumentState> ReadDocumentState(store::RecordReader& reader, MatterKeys& keys,
                                              const std::string& id);

// Hands out the contents piece by piece.  kCorrupt when they are not what was taken; then nothing of what was
// handed out may be believed.
base::Status ReadDocument(const std::string& folder, const store::ItemRow& row, MatterKeys& keys,
                          const std::function<base::Status(std::string_view)>& take);

}  // namespace lawbound::ledger
