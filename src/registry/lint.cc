// Sentence by sentence.  A sentence that sends the reader to a named instrument for what it says next sets
// nothing up itself: a citation before the sign, after a word such as "according to", clears it.
#include "registry/lint.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/file.h"
#include "registry/lookup.h"
#include "registry/powers.h"
#include "source/utf8.h"

namespace lawbound::registry {
namespace {

// A number with its unit: "十五日".
struct Length {
  std::uint32_t number = 0;
  std::string_view unit;
  std::string_view words;
};

std::vector<Length> LengthsIn(const law::Grammar& grammar, const PowerLaw& law, std::string_view text) {
  std::vector<Length> out;
  for (std::size_t at = 0; at < text.size();) {
    if (const law::ReadDay date = grammar.ReadDate(text, at); date.bytes != 0) {
      at += date.bytes;
      continue;
    }
    const law::ReadNumber number = grammar.ReadNumber(text, at);
    if (number.bytes == 0) {
      at += source::Decode(text, at).bytes;
      continue;
    }
    for (const auto& [word, unit] : law.lengths) {
      if (!text.substr(at + number.bytes).starts_with(word)) continue;
      out.push_back({number.value, unit, text.substr(at, number.bytes + word.size())});
      break;
    }
    at += number.bytes;
  }
  return out;
}

// The greatest amount of money in a sentence.
std::int64_t GreatestAmount(const law::Grammar& grammar, const PowerLaw& law, std::string_view sentence) {
  std::int64_t greatest = 0;
  for (std::size_t at = 0; at < sentence.size();) {
    const law::ReadNumber number = grammar.ReadNumber(sentence, at);
    if (number.bytes == 0) {
      at += source::Decode(sentence, at).bytes;
      continue;
    }
    at += number.bytes;
    // 三十万元 is one numeral and 元, or a numeral and 万元.
    for (const auto& [word, times] : law.amounts) {
      if (!sentence.substr(at).starts_with(word)) continue;
      greatest = std::max(greatest, static_cast<std::int64_t>(number.value) * times);
      break;
    }
  }
  return greatest;
}

class Linter {
 public:
  Linter(Registry& registry, const Jurisdiction& jurisdiction, const PowerLaw& law, const law::Text& draft,
         const law::Authority& authority, base::Day day, base::Day known)
      : registry_(registry),
        jurisdiction_(jurisdiction),
        law_(law),
        draft_(draft),
        authority_(authority),
        day_(day),
        known_(known) {}

  base::Result<std::vector<LintFinding>> Lint() {
    ASSIGN_OR_RETURN(const law::BareNames names, LoadBareNames(registry_));
    law::CitationReader reader(jurisdiction_.grammar, names);
    citations_ = reader.Read(draft_);
    for (std::size_t u = 0; u < draft_.units.size(); ++u) {
      const law::Unit& unit = draft_.units[u];
      const std::string_view text = unit.text;
      for (const std::string_view sentence : Sentences(jurisdiction_.grammar, text)) {
        const auto begin = static_cast<std::size_t>(sentence.data() - text.data());
        RETURN_IF_ERROR(LintSentence(u, begin, sentence));
      }
    }
    return std::move(findings_);
  }

 private:
  void Say(LintKind kind, std::size_t unit, std::string_view sentence, std::string law, std::string words) {
    findings_.push_back({kind, law::PrintPath(draft_.units[unit].path), std::string(sentence), std::move(law),
                         std::move(words)});
  }
  std::string Words(const LegalBasis& basis) {
    return WordsOfBasis(registry_, jurisdiction_, basis.instrument, basis.path, day_, known_);
  }

  base::Status LintSentence(std::size_t unit, std::size_t begin, std::string_view sentence) {
    std::vector<law::TextCitation> within;
    for (const law::TextCitation& found : citations_) {
      const std::size_t at = found.offset + found.citation.begin;
      if (found.unit == unit && begin <= at && at < begin + sentence.size() &&
          !found.citation.target.instrument.empty())
        within.push_back(found);
    }
    FindCreations(unit, begin, sentence, within);
    for (const auto& [one, other] : law_.disguises) {
      const std::size_t first = sentence.find(one);
      if (first == std::string_view::npos || sentence.find(other, first) == std::string_view::npos) continue;
      const CreationRule rule = law_.MayCreate(authority_.rank, law_.disguise_kind);
      Say(LintKind::kDisguise, unit, sentence, Words(rule.basis),
          fmt::format("'{}' with '{}' reads like an approval under another name", one, other));
      break;
    }
    for (const law::TextCitation& found : within) RETURN_IF_ERROR(LookAt(unit, sentence, found.citation));
    FindOwnEnd(unit, sentence);
    return base::Ok();
  }

  bool Refers(std::size_t begin, std::string_view sentence, std::size_t sign,
              const std::vector<law::TextCitation>& within) const {
    return std::ranges::any_of(within, [&](const law::TextCitation& found) {
      const std::size_t at = found.offset + found.citation.begin - begin;
      return at < sign && std::ranges::any_of(law_.refers, [&](const std::string& word) {
               return sentence.substr(0, at).find(word) != std::string_view::npos;
             });
    });
  }

  void FindCreations(std::size_t unit, std::size_t begin, std::string_view sentence,
                     const std::vector<law::TextCitation>& within) {
    std::set<std::string> said;  // by the provision that forbids: one finding for each
    for (const SignFound& sign : FindSigns(law_, sentence)) {
      if (Refers(begin, sentence, sign.begin, within)) continue;
      const std::string_view word = sentence.substr(sign.begin, sign.end - sign.begin);
      const CreationRule rule = law_.MayCreate(authority_.rank, sign.kind);
      if (rule.creation == Creation::kMayNot) {
        if (!said.insert(rule.basis.instrument + rule.basis.path).second) continue;
        Say(LintKind::kCreates, unit, sentence, Words(rule.basis),
            fmt::format("'{}' ({}) may not be created by '{}'", word, sign.kind, authority_.rank));
        continue;
      }
      const std::optional<Ceiling> ceiling = law_.CeilingOf(authority_.rank, sign.kind);
      const std::int64_t amount = GreatestAmount(jurisdiction_.grammar, law_, sentence);
      if (!ceiling || !ceiling->amount || amount <= *ceiling->amount) continue;
      Say(LintKind::kCeiling, unit, sentence, Words(ceiling->basis),
          fmt::format("{} is more than '{}' may set: {} ({})", amount, authority_.rank, *ceiling->amount,
                      ceiling->reading));
    }
  }

  base::Status LookAt(std::size_t unit, std::string_view sentence, const law::FoundCitation& found) {
    ASSIGN_OR_RETURN(const Lookup there,
                     LookUp(registry_, jurisdiction_, found.target, authority_.territory, day_, known_));
    if (there.resolution == Resolution::kNotInForce && !there.work->succession.in_force.empty() &&
        there.work->succession.in_force.back().to) {
      const base::Day end = *there.work->succession.in_force.back().to;
      if (end <= day_) {
        Say(LintKind::kRepealed, unit, sentence,
            registry_.AddressOf(*there.work, there.work->succession.in_force.back().version, {},
                                std::nullopt),
            fmt::format("'{}' is not in force since {}", there.work->instrument.title, base::PrintDay(end)));
      }
    }
    if (there.answer && !found.target.path.empty()) CompareTimes(unit, sentence, found, *there.answer);
    return base::Ok();
  }

  // Times named behind a citation in the sentence, against those of what it cites.
  void CompareTimes(std::size_t unit, std::string_view sentence, const law::FoundCitation& found,
                    const Answer& answer) {
    const std::string cited = law::PrintTarget(found.target);
    const std::vector<Length> theirs = LengthsIn(jurisdiction_.grammar, law_, answer.text);
    for (const Length& ours : LengthsIn(jurisdiction_.grammar, law_, sentence)) {
      std::vector<std::string> alike;
      bool same = false;
      for (const Length& other : theirs) {
        same = same || (other.unit == ours.unit && other.number == ours.number);
        if (other.unit == ours.unit) alike.emplace_back(other.words);
      }
      if (same || alike.empty()) continue;
      Say(LintKind::kTerm, unit, sentence, answer.address + ": " + answer.text,
          fmt::format("'{}' here; {} has {}; {}", ours.words, cited, fmt::join(alike, ", "),
                      WhoPrevails(answer.instrument.authority)));
    }
  }

  // Of a contradiction: whether the cited text stands above the draft.
  std::string WhoPrevails(const law::Authority& cited) const {
    const law::Comparison standing = jurisdiction_.ranks.Compare(cited, authority_);
    switch (standing.standing) {
      case law::Standing::kHigher:
        return fmt::format("the cited text prevails ({})", standing.basis);
      case law::Standing::kLower:
        return fmt::format("the draft would prevail ({})", standing.basis);
      case law::Standing::kNeedsRuling:
        return fmt::format("neither prevails: it needs a ruling ({})", standing.basis);
      case law::Standing::kEqual:
        return "of equal rank";
      case law::Standing::kApart:
        return "the two bind in different territories";
      case law::Standing::kUnknown:
        return "which of them prevails is not in the data";
    }
    return {};
  }

  // "有效期五年", "有效期至2024年12月31日": the draft's own end.
  void FindOwnEnd(std::size_t unit, std::string_view sentence) {
    const std::optional<base::Day> over =
        law::EndOf(law::ReadValidity(jurisdiction_.grammar, sentence), draft_.commencement);
    if (over && *over <= day_) {
      Say(LintKind::kExpired, unit, sentence, "",
          fmt::format("its own time is over since {}", base::PrintDay(*over)));
    }
  }

  Registry& registry_;
  const Jurisdiction& jurisdiction_;
  const PowerLaw& law_;
  const law::Text& draft_;
  const law::Authority& authority_;
  base::Day day_, known_;
  std::vector<law::TextCitation> citations_;
  std::vector<LintFinding> findings_;
};

}  // namespace

std::string_view LintName(LintKind kind) {
  switch (kind) {
    case LintKind::kCreates:
      return "creates";
    case LintKind::kCeiling:
      return "ceiling";
    case LintKind::kRepealed:
      return "repealed";
    case LintKind::kTerm:
      return "term";
    case LintKind::kDisguise:
      return "disguise";
    case LintKind::kExpired:
      return "expired";
  }
  return "";
}

std::string_view LintWords(LintKind kind) {
  switch (kind) {
    case LintKind::kCreates:
      return "sets up what its rank may not";
    case LintKind::kCeiling:
      return "sets more than its rank may";
    case LintKind::kRepealed:
      return "rests on law that is no longer in force";
    case LintKind::kTerm:
      return "gives another time than the provision it cites";
    case LintKind::kDisguise:
      return "may be an approval under another name";
    case LintKind::kExpired:
      return "its own time is over";
  }
  return "";
}

base::Result<std::vector<LintFinding>> LintDraft(Registry& registry, const Jurisdiction& jurisdiction,
                                                 const PowerLaw& law, const law::Text& draft,
                                                 const law::Authority& authority, base::Day day,
                                                 base::Day known) {
  return Linter(registry, jurisdiction, law, draft, authority, day, known).Lint();
}

base::Result<LintMeasure> MeasureLint(Registry& registry, const Jurisdiction& jurisdiction,
                                      const PowerLaw& law, const std::string& folder, base::Day day,
                                      base::Day known) {
  ASSIGN_OR_RETURN(const std::string drafts, base::ReadFile(folder + "/drafts.tsv"));
  ASSIGN_OR_RETURN(const std::string faults, base::ReadFile(folder + "/faults.tsv"));
  std::map<std::string, std::set<std::string>> wanted;  // draft to "art_2 creates"
  LintMeasure measure;
  for (const law::Row& row : law::Rows(faults)) {
    if (row.cells.size() != 3)
      return base::Error{base::Errc::kInvalid, fmt::format("faults.tsv, line {}", row.line)};
    wanted[row.cells[0]].insert(row.cells[1] + ' ' + row.cells[2]);
    ++measure.faults;
  }
  for (const law::Row& row : law::Rows(drafts)) {
    if (row.cells.size() != 3)
      return base::Error{base::Errc::kInvalid, fmt::format("drafts.tsv, line {}", row.line)};
    ASSIGN_OR_RETURN(const std::string file, base::ReadFile(folder + '/' + row.cells[0] + ".md"));
    const law::Text draft = law::ReadText(jurisdiction.grammar, file);
    ASSIGN_OR_RETURN(
        const std::vector<LintFinding> findings,
        LintDraft(registry, jurisdiction, law, draft, {row.cells[1], "", row.cells[2]}, day, known));
    std::set<std::string> said;
    for (const LintFinding& finding : findings)
      said.insert(finding.path + ' ' + std::string(LintName(finding.kind)));
    measure.findings += said.size();
    for (const std::string& fault : wanted[row.cells[0]]) {
      if (said.contains(fault)) {
        ++measure.found;
      } else {
        measure.misses.push_back(fmt::format("{}: not found: {}", row.cells[0], fault));
      }
    }
    for (const std::string& finding : said) {
      if (!wanted[row.cells[0]].contains(finding))
        measure.misses.push_back(fmt::format("{}: no fault: {}", row.cells[0], finding));
    }
  }
  return measure;
}

}  // namespace lawbound::registry
