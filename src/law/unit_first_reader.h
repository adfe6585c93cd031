// Finds the citations in prose of a language that puts the unit before its number and the inner before the
// outer: "Article 63", "paragraph 2 of Article 63 of the Lantern Law", "Lantern Law 64(2)".  The words are
// data (packs/*/law/english.tsv, format: docs/formats/law-data.md).  The text is never changed.
//
//   UnitFirstGrammar grammar;
//   RETURN_IF_ERROR(grammar.Read(file));
//   for (const FoundCitation& found : ReadUnitFirst(grammar, line, here)) ...
//
// A grammar is a value; after Read it may be shared between threads.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "law/citation_reader.h"
#include "law/grammar.h"

namespace lawbound::law {

struct UnitFirstGrammar {
  // Each named like its row in the file; docs/formats/law-data.md says what each is for.
  std::vector<std::pair<std::string, ProvisionKind>> units;       // longest word first
  std::map<std::string, std::string, std::less<>> names, shorts;  // words to plain name
  std::map<std::string, std::string, std::less<>> expand;         // "Reg." to "Regulation"
  Words name_end, name_within, name_before, other_text, self, same, self_unit, previous, join, range, of,
      quantity;

  // kInvalid, naming the line, when a row cannot be understood; the grammar is then not to be used.
  base::Status Read(std::string_view file);
  // A name in addresses, "civil-procedure-law", is also a name in this language.
  void AddAddressName(std::string_view address_name, const std::string& plain_name);
  bool empty() const { return units.empty(); }
};

// The citations of one line, in order.  A number alone belongs to the instrument that the line named before
// it, else to the text itself.
std::vector<FoundCitation> ReadUnitFirst(const UnitFirstGrammar& grammar, std::string_view line,
                                         const Standpoint& here);

}  // namespace lawbound::law
