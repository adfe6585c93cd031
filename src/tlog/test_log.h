// For tests, benchmarks and fuzzers: a small log in memory with a key, from which checkpoints and receipts
// are made.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tlog/naive_tree.h"
#include "tlog/receipt.h"

namespace lawbound::tlog::testing_log {

inline SigningKey KeyOf(std::string_view name, std::uint8_t number, KeyKind kind = KeyKind::kLog) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = number;
  return SigningKey::FromSeed(name, kind, seed).value();
}

inline Salt SaltOf(std::uint8_t number) {
  Salt out{};
  out[0] = number;
  return out;
}

inline constexpr std::string_view kOrigin = "records.example/log";

class Log {
 public:
  std::uint64_t Add(std::string entry) {
    entries_.push_back(std::move(entry));
    return entries_.size() - 1;
  }
  const std::vector<std::string>& entries() const { return entries_; }
  VerifierKey key() const { return key_.verifier(); }
  Trust trust() const { return {{key()}, {}, 0}; }

  Checkpoint Head() const {
    TreeBuilder tree;
    for (const std::string& entry : entries_) tree.Append(LeafHash(entry));
    return {std::string(kOrigin), {tree.size(), tree.Root()}, {}};
  }
  std::string Signed() const { return SignedText(PrintCheckpoint(Head())); }
  std::string SignedText(std::string text) const {
    Note note{std::move(text), {}};
    note.signatures.push_back(key_.Sign(note.text));
    return PrintNote(note);
  }

  Receipt ReceiptOf(std::uint64_t index) const {
    return {index, entries_[index], ProofOf(index), Signed(), {}, {}, {}};
  }
  LaterEntry LaterOf(std::uint64_t index) const { return {index, entries_[index], ProofOf(index)}; }

 private:
  std::vector<Hash> ProofOf(std::uint64_t index) const {
    naive::Nodes nodes(entries_);
    return InclusionProof(nodes, index, entries_.size()).value();
  }

  SigningKey key_ = KeyOf(kOrigin, 1);
  std::vector<std::string> entries_;
};

inline std::vector<Opening> Openings() {
  return {{"address", SaltOf(1), "12 Mill Lane"},
          {"name", SaltOf(2), "Ann Example"},
          {"phone", SaltOf(3), std::nullopt},
          {"reasons", SaltOf(4), "Line one.\nLine two."},
          {"statement", SaltOf(5), ""}};
}

inline std::string ActEntry() {
  const std::string hash = PrintHash(LeafHash("a pack"));
  Entry entry{"act",
              {{"act", "decide"},
               {"day", "2026-02-28"},
               {"matter", "m-7f3a"},
               {"office", "town-hall"},
               {"pack", hash},
               {"program", hash},
               {"verdict", "lawful"}},
              {}};
  for (const Opening& opening : Openings()) entry.fields.push_back({opening.name, Commitment(opening)});
  return EncodeEntry(std::move(entry)).value();
}

inline std::string MeasureEntry(std::string_view kind, std::uint64_t of, std::string_view fields) {
  Entry entry{std::string(kind),
              {{"day", "2026-03-01"},
               {"entry", std::to_string(of)},
               {"fields", std::string(fields)},
               {"ground", "Records Act, s. 9"},
               {"official", "registrar"}},
              {}};
  return EncodeEntry(std::move(entry)).value();
}

// `floor` stands for what the floor is; a waiver when `waived` is not empty.
inline std::string FloorEntry(std::string_view day, std::string_view floor, std::string_view waived = "") {
  Entry entry{"floor",
              {{"day", std::string(day)},
               {"floor", PrintHash(Sha256(floor))},
               {"packs", PrintHash(Sha256("packs"))},
               {"refusals", PrintHash(Sha256("refusals"))}},
              {}};
  if (!waived.empty()) {
    entry.facts.push_back({"ground", "Order 7"});
    entry.facts.push_back({"official", "mayor"});
    entry.facts.push_back({"waived", std::string(waived)});
  }
  return EncodeEntry(std::move(entry)).value();
}

}  // namespace lawbound::tlog::testing_log
