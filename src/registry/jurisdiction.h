// What a registry needs to know of one jurisdiction, read from a folder of data (packs/prc/law): how its
// texts speak, its ranks, the names of its instruments in addresses, what the folders of a collection say of
// the texts in them, and the subjects that no pack may judge.  Formats: docs/formats/law-data.md.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "law/grammar.h"
#include "law/rank.h"
#include "law/unit_first_reader.h"

namespace lawbound::registry {

struct SourceRule {
  std::string prefix;  // of a path within the collection
  std::string rank;
  std::string territory;
};

struct Jurisdiction {
  law::Grammar grammar;
  law::UnitFirstGrammar english;  // how English prose cites this jurisdiction's law; may be empty
  law::Ranks ranks;
  std::map<std::string, std::string, std::less<>> address_names;  // plain name to name in addresses
  std::map<std::string, std::string, std::less<>> subject_marks;  // plain name to mark
  std::vector<SourceRule> sources;
  std::vector<std::pair<std::string, std::string>> makers;   // words to maker
  std::map<std::string, std::string, std::less<>> settings;  // how other formats call it: "country" to "cn"

  // kNotFound without a grammar; kInvalid, naming file and line, when a file is not understood.
  static base::Result<Jurisdiction> Load(const std::string& folder);

  // The rule with the longest prefix of `path`, or null.
  const SourceRule* SourceOf(std::string_view path) const;
  // Who made a text, by the words of one line; empty when it does not say.
  std::string MakerIn(std::string_view line) const;
  // A setting of identity.tsv, or `otherwise`.
  std::string identity(std::string_view key, std::string_view otherwise) const;
  // The name of an instrument in addresses: from the data, else its own plain name.
  std::string AddressName(std::string_view plain_name) const;
};

}  // namespace lawbound::registry
