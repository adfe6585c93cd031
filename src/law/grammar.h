// A Grammar is how the legal texts of one jurisdiction number, name and cite: its numerals, the words for
// article, paragraph and item, the words by which a text speaks of itself.  It is data
// (packs/*/law/grammar.tsv, format: docs/formats/law-data.md); this layer knows no language.
//
//   Grammar grammar;
//   RETURN_IF_ERROR(grammar.Read(text));
//   grammar.ReadNumber("二十一条", 0)   // value 21, 9 bytes
//
// A Grammar is a value; after Read it may be shared between threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/effect.h"
#include "law/provision.h"

namespace lawbound::law {

// What the history at the head of a text may say of a day.
enum class Event : std::uint8_t {
  kAdopted,
  kApproved,
  kPublished,
  kRevised,
  kAmended,
  kCommences,
  kRepealed,
};

struct ReadNumber {
  std::uint32_t value = 0;
  std::size_t bytes = 0;  // 0: no number here
};

struct ReadDay {
  std::optional<base::Day> day;  // nothing: the words are a date that does not exist
  std::size_t bytes = 0;         // 0: no date here
};

// Words of one meaning, tried longest first.
class Words {
 public:
  void Add(std::string word);
  // The bytes of the longest word that stands at `at`, or 0.
  std::size_t At(std::string_view text, std::size_t at) const;
  // The bytes of the longest word that `text` ends with, or 0.
  std::size_t EndOf(std::string_view text) const;
  // Where the first of the words stands from `from` on, or npos.
  std::size_t Find(std::string_view text, std::size_t from = 0) const;
  const std::vector<std::string>& all() const { return words_; }

 private:
  std::vector<std::string> words_;  // longest first
};

struct Grammar {
  std::map<char32_t, std::uint32_t> digits;
  std::map<char32_t, std::uint32_t> times;
  std::vector<std::pair<std::string, ProvisionKind>> units;  // longest word first
  std::vector<std::pair<std::string, Event>> events;
  std::vector<std::pair<std::string, std::uint32_t>> divisions;   // 分则: the second part
  std::vector<std::pair<std::string, EffectKind>> title_effects;  // 修改 in a title: it amends what it names
  // 废止 before a name, 即行废止 behind one in the sentence: what a provision does to what it names.
  std::vector<std::pair<std::string, EffectKind>> effects_before, effects_after;
  std::vector<std::string> print_digits,
      print_times;  // 零 to 九; 十, 百, 千; empty: numbers are printed as 12
  std::vector<std::pair<std::string, std::string>> quotations, brackets, inner_brackets;
  std::string year, month, day;
  // Each named like its row in the file; docs/formats/law-data.md says what each is for.
  Words ordinal, insert, open_number, close_number, annex, point_after, list_after, sentence_end, clause_end,
      commences_before, commences_after, on_publication, repeals, self, same, self_unit, previous, join,
      range, drop_prefix, alias_open, alias_close, amends, amending_title, bare_name, bare_not_before,
      not_citation, document_end, part_of, valid_for, valid_until;

  // Adds the rows of a file.  kInvalid, naming the line, when a row cannot be understood; the grammar is then
  // not to be used.
  base::Status Read(std::string_view file);

  // A numeral at `at`, in the words of the jurisdiction or in Arabic digits, full width too.
  law::ReadNumber ReadNumber(std::string_view text, std::size_t at) const;
  // "第二十条之一", "第（三）项": ordinal, number, unit, insertion.  `bytes` is 0 when there is none.
  struct Numbered {
    Step step;
    std::size_t bytes = 0;
  };
  Numbered ReadNumbered(std::string_view text, std::size_t at) const;
  // "第二十条之一" of a step, "20-1" where the jurisdiction has no such words.
  std::string PrintNumbered(const Step& step) const;
  // "二十一".
  std::string PrintNumber(std::uint32_t number) const;
  // "（三）": a number in brackets.
  law::ReadNumber ReadBracketed(std::string_view text, std::size_t at) const;
  // "2021年7月15日".
  law::ReadDay ReadDate(std::string_view text, std::size_t at) const;
  // The unit at `at` ("条") and its bytes, or 0 bytes.
  std::pair<ProvisionKind, std::size_t> UnitAt(std::string_view text, std::size_t at) const;

  // A name as it is compared: white space left out, a drop-prefix left out at its start and after a bracket
  // in it, brackets within it made alike.
  std::string PlainName(std::string_view name) const;
};

// "paragraph" as the files of data write it; nothing for other words.
std::optional<ProvisionKind> UnitNamed(std::string_view name);

// Rows of a tab-separated file without its comments and empty lines; each with its line number from 1.
struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;
};
std::vector<Row> Rows(std::string_view file);

}  // namespace lawbound::law
