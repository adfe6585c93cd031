// What a provision says that it does to other instruments: repeals, amends or replaces them.  The words that
// say so are data (law/grammar.h: repeals, effect-before, effect-after).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "law/citation_reader.h"
#include "law/effect.h"
#include "law/grammar.h"
#include "law/provision.h"

namespace lawbound::registry {

struct NamedEffect {
  law::EffectKind kind = law::EffectKind::kAmends;
  std::string affected;  // plain name of the instrument
  law::Path path;        // the provision of it; empty: the whole
  bool operator==(const NamedEffect&) const = default;
};

// Borrows the grammar.  Used by one thread.
class EffectReader {
 public:
  explicit EffectReader(const law::Grammar& grammar) : grammar_(grammar), reader_(grammar, no_names_) {}
  // Before the provisions of another text: short names hold for the text that defines them.  A name without
  // brackets and without a provision counts only where the title says that the text changes others: elsewhere
  // "may amend the Constitution" is a power and no effect.
  void Begin(std::string_view title);

  // Of the lines of one provision, each effect once.  What it quotes of another text has none; what becomes
  // of an unnamed part of an instrument ("《...》中有关...的规定") is left out.
  std::vector<NamedEffect> Read(std::string_view provision);

 private:
  bool MaySayOne(std::string_view words) const;
  bool DefinesName(std::string_view words) const;
  void ReadSentence(std::string_view sentence, std::vector<NamedEffect>& out);
  const law::Grammar& grammar_;
  const law::BareNames no_names_;
  law::CitationReader reader_;
  bool changes_others_ = false;
};

}  // namespace lawbound::registry
