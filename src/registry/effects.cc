#include "registry/effects.h"

#include <algorithm>
#include <optional>

#include "law/text.h"

namespace lawbound::registry {
namespace {

using Effects = std::vector<std::pair<std::string, law::EffectKind>>;

std::optional<law::EffectKind> EndsWith(const Effects& effects, std::string_view text) {
  for (const auto& [word, kind] : effects) {
    if (text.ends_with(word)) return kind;
  }
  return std::nullopt;
}

// The kind of the word that stands first from `from` on, and where.
std::optional<std::pair<law::EffectKind, std::size_t>> FirstAfter(const Effects& effects,
                                                                  std::string_view text, std::size_t from) {
  std::optional<std::pair<law::EffectKind, std::size_t>> first;
  for (const auto& [word, kind] : effects) {
    const std::size_t at = text.find(word, from);
    if (at != std::string_view::npos && (!first || at < first->second)) first = {kind, at};
  }
  return first;
}

}  // namespace

// Most provisions have none of the words.
bool EffectReader::MaySayOne(std::string_view words) const {
  const auto has = [&](const auto& effect) { return words.find(effect.first) != std::string_view::npos; };
  return grammar_.repeals.Find(words) != std::string_view::npos ||
         std::ranges::any_of(grammar_.effects_before, has) ||
         std::ranges::any_of(grammar_.effects_after, has);
}

// （以下简称《...》）: later provisions speak of the instrument by that name.
bool EffectReader::DefinesName(std::string_view words) const {
  return grammar_.alias_open.Find(words) != std::string_view::npos;
}

void EffectReader::Begin(std::string_view title) {
  reader_.Forget();
  changes_others_ = grammar_.amending_title.Find(title) != std::string_view::npos;
}

std::vector<NamedEffect> EffectReader::Read(std::string_view provision) {
  std::vector<NamedEffect> out;
  if (!MaySayOne(provision) && !DefinesName(provision)) return out;
  for (const law::ArticlePart& part : law::SplitArticle(grammar_, provision)) {
    if (part.role == law::ArticlePart::Role::kQuoted) continue;
    std::string_view rest = provision.substr(part.begin, part.end - part.begin);
    while (!rest.empty()) {
      const std::size_t end = grammar_.clause_end.Find(rest);
      const std::size_t mark = end == std::string_view::npos ? 0 : grammar_.clause_end.At(rest, end);
      ReadSentence(rest.substr(0, end), out);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + mark);
    }
  }
  return out;
}

// A word before a name reaches over the list that the name opens; so does one behind it, back over the list
// that the last name before it closes.  A repeal reaches all that the sentence names before it.
void EffectReader::ReadSentence(std::string_view sentence, std::vector<NamedEffect>& out) {
  if (!MaySayOne(sentence) && !DefinesName(sentence)) return;
  const std::vector<law::FoundCitation> found = reader_.ReadLine(sentence, {});
  const std::size_t repeals = grammar_.repeals.Find(sentence);
  const auto listed = [&](std::size_t i) {  // the citation goes on the list of the one before it
    const std::size_t from = found[i - 1].end;
    return from <= found[i].begin && grammar_.join.At(sentence, from) == found[i].begin - from;
  };
  std::optional<law::EffectKind> before;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const law::CitationTarget& target = found[i].target;
    if (i == 0 || !listed(i)) before = EndsWith(grammar_.effects_before, sentence.substr(0, found[i].begin));
    if (target.instrument.empty() || !target.known) continue;
    std::optional<law::EffectKind> kind = before;
    if (repeals != std::string_view::npos && found[i].end <= repeals) kind = law::EffectKind::kRepeals;
    if (!kind) {
      std::size_t last = i;
      while (last + 1 < found.size() && listed(last + 1)) ++last;
      const auto after = FirstAfter(grammar_.effects_after, sentence, found[last].end);
      const bool nearest = after && (last + 1 == found.size() || after->second < found[last + 1].begin);
      if (nearest) kind = after->first;
    }
    if (!kind || (target.path.empty() && grammar_.part_of.At(sentence, found[i].end) != 0)) continue;
    const bool bare = target.path.empty() && found[i].confidence != law::Confidence::kCertain;
    if (bare && !changes_others_) continue;
    NamedEffect effect{*kind, target.instrument, target.path};
    if (std::ranges::find(out, effect) == out.end()) out.push_back(std::move(effect));
  }
}

}  // namespace lawbound::registry
