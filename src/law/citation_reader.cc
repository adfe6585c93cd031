// A line is read from left to right.  At each place the first of these that fits is taken:
//   a phrase that is no citation        宪法宣誓
//   a name in brackets                  《...》, perhaps with a chain
//   the text itself and a chain         本法 第三条第一款
//   the same text and a chain           同法 第三条
//   a bare name                         刑法, perhaps with a chain
//   this unit                           本条 第二款, 本章, 本条前两款, 本条（一）、（二）项
//   previous                            前款, 前两款, 前款第一项
//   a chain alone                       第三条
// A chain is one or more numbered units from the outside in.  After each, a list goes on (第三条、第五条) as
// long as a joining word and another number follow; a range (第三条至第五条) is one citation.
#include "law/citation_reader.h"

#include <algorithm>
#include <fmt/format.h>

#include "source/utf8.h"

namespace lawbound::law {
namespace {

constexpr std::string_view kInBrackets = "named in brackets";
constexpr std::string_view kBareName = "a known short name";
constexpr std::string_view kSelf = "the text speaks of itself";
constexpr std::string_view kSame = "the text named before";
constexpr std::string_view kInherited = "a list goes on";
constexpr std::string_view kThis = "the provision it stands in";
constexpr std::string_view kPrevious = "counted back from where it stands";
constexpr std::string_view kSentence = "the instrument named before in the sentence";
constexpr std::string_view kAmended = "the instrument that this text changes";
constexpr std::string_view kAlone = "a number alone is taken as of this text";
constexpr std::string_view kLead = "an item of the provision named before";

// What of an outer path stays when a chain begins with this kind.
Path Inherit(const Path& outer, ProvisionKind kind) {
  Path out;
  for (const Step& step : outer) {
    if (step.kind < kind) out.push_back(step);
  }
  return out;
}

bool HasArticle(const Path& path) {
  return std::ranges::any_of(path, [](const Step& step) { return step.kind == ProvisionKind::kArticle; });
}

}  // namespace

std::string PrintTarget(const CitationTarget& target) {
  if (!target.known) return "unknown";
  std::string out = target.instrument.empty() ? "self" : target.instrument;
  if (!target.path.empty()) out += '/' + PrintPath(target.path);
  if (target.range_end) out += ".." + PrintPath({*target.range_end});
  return out;
}

void BareNames::Add(std::string name) {
  if (name.empty()) return;
  std::vector<std::string>& names = by_first_[source::Decode(name, 0).code];
  if (std::ranges::find(names, name) != names.end()) return;
  const auto place =
      std::ranges::find_if(names, [&](const std::string& other) { return other.size() < name.size(); });
  names.insert(place, std::move(name));
}

std::string_view BareNames::At(std::string_view text, std::size_t at) const {
  const auto names = by_first_.find(source::Decode(text, at).code);
  if (names == by_first_.end()) return {};
  for (const std::string& name : names->second) {
    if (text.substr(at).starts_with(name)) return name;
  }
  return {};
}

class LineReader {
 public:
  LineReader(CitationReader& reader, std::string_view line, const Standpoint& here)
      : reader_(reader), grammar_(reader.grammar_), line_(line), here_(here) {}

  std::vector<FoundCitation> Read() {
    while (at_ < line_.size()) {
      const source::Character character = source::Decode(line_, at_);
      const bool may_begin = character.code < 0x10000 && reader_.begins_[character.code];
      if (may_begin && ReadHere()) continue;
      at_ += character.bytes;
    }
    return std::move(found_);
  }

 private:
  // Reads what stands at at_ and moves on; false: nothing.
  bool ReadHere() {
    if (const std::size_t bytes = grammar_.not_citation.At(line_, at_); bytes != 0) return at_ += bytes, true;
    if (const std::size_t bytes = grammar_.clause_end.At(line_, at_); bytes != 0) {
      sentence_.reset();
      return at_ += bytes, true;
    }
    return ReadBracket() || ReadSelf() || ReadBareName() || ReadThis() || ReadPrevious() || ReadAlone();
  }

  // The steps of a chain at `at`.  Moves `at` behind it.  In 第二、三款 the unit comes later: shared_ then is
  // that unit.  Within something, 第 may be left out before a number in brackets: 本条（一）项.
  Path ReadChain(std::size_t& at, bool within = false) {
    Path steps;
    for (;;) {
      Grammar::Numbered numbered = grammar_.ReadNumbered(line_, at);
      if (numbered.bytes == 0) numbered = ReadShared(at, within || !steps.empty());
      if (numbered.bytes == 0 || (!steps.empty() && numbered.step.kind <= steps.back().kind)) return steps;
      steps.push_back(numbered.step);
      at += numbered.bytes;
      if (shared_) return steps;
    }
  }

  // A number whose unit stands only at the end of the list: 第（一）、（三）项.
  Grammar::Numbered ReadShared(std::size_t at, bool within) {
    const std::size_t ordinal = grammar_.ordinal.At(line_, at);
    if (ordinal == 0 && !within) return {};
    const std::size_t first =
        ordinal == 0 ? grammar_.ReadBracketed(line_, at).bytes : NumberBytes(at + ordinal);
    if (first == 0) return {};
    std::size_t end = at + ordinal + first;
    if (const auto [kind, bytes] = grammar_.UnitAt(line_, end); ordinal == 0 && bytes != 0)
      return {{kind, NumberValue(at)}, first + bytes};
    for (;;) {
      const std::size_t link = std::max(grammar_.join.At(line_, end), grammar_.range.At(line_, end));
      if (link == 0) return {};
      end += link;
      end += grammar_.ordinal.At(line_, end);
      const std::size_t number = NumberBytes(end);
      if (number == 0) return {};
      end += number;
      const auto [kind, bytes] = grammar_.UnitAt(line_, end);
      if (bytes == 0) continue;
      shared_ = kind;
      return {{kind, NumberValue(at + ordinal)}, ordinal + first};
    }
  }

  ReadNumber NumberAt(std::size_t at) const {
    const ReadNumber bracketed = grammar_.ReadBracketed(line_, at);
    return bracketed.bytes != 0 ? bracketed : grammar_.ReadNumber(line_, at);
  }
  std::size_t NumberBytes(std::size_t at) const { return NumberAt(at).bytes; }
  std::uint32_t NumberValue(std::size_t at) const { return NumberAt(at).value; }

  // The next member of a list or the end of a range, at `at`.
  Path ReadMember(std::size_t& at) {
    if (!shared_) return ReadChain(at);
    const std::size_t ordinal = grammar_.ordinal.At(line_, at);
    const ReadNumber number = NumberAt(at + ordinal);
    if (number.bytes == 0) return {};
    at += ordinal + number.bytes;
    const ProvisionKind kind = *shared_;
    const auto [unit, bytes] = grammar_.UnitAt(line_, at);
    if (bytes != 0 && unit == kind) {
      at += bytes;
      shared_.reset();
    }
    return {{kind, number.value}};
  }

  void Emit(std::size_t begin, std::size_t end, CitationTarget target, Confidence confidence,
            std::string_view reason, std::vector<CitationTarget> candidates = {}) {
    // Articles are numbered through the instrument: 本节第三条 is article 3.
    if (HasArticle(target.path))
      std::erase_if(target.path, [](const Step& step) { return step.kind < ProvisionKind::kArticle; });
    FoundCitation citation{begin, end, std::move(target), confidence, reason, std::move(candidates)};
    found_.push_back(std::move(citation));
  }

  // Emits the citation that begins at `begin` and has been read up to `end`, and the list that goes on behind
  // it.
  void EmitList(std::size_t begin, std::size_t end, CitationTarget target, Confidence confidence,
                std::string_view reason, std::vector<CitationTarget> candidates = {}) {
    Emit(begin, end, std::move(target), confidence, reason, std::move(candidates));
    for (;;) {
      const std::size_t range = grammar_.range.At(line_, end);
      const std::size_t join = grammar_.join.At(line_, end);
      std::size_t next = end + (range != 0 ? range : join);
      if (next == end || found_.back().target.path.empty()) break;
      const std::size_t member_begin = next;
      const Path steps = ReadMember(next);
      if (steps.empty()) break;
      FoundCitation& last = found_.back();
      if (range != 0 && steps.size() == 1 && !last.target.range_end) {
        last.target.range_end = steps.back();
        last.end = next;
      } else {
        CitationTarget member = last.target;
        member.range_end.reset();
        member.path = Inherit(member.path, steps.front().kind);
        member.path.insert(member.path.end(), steps.begin(), steps.end());
        Emit(member_begin, next, std::move(member), confidence, kInherited);
      }
      end = next;
    }
    shared_.reset();
    sentence_ = found_.back().target;
    at_ = end;
  }

  // A chain, or 分则 and perhaps a chain, or 附件 and a number, at `end`; moves `end`.
  Path ReadPathAfterName(std::size_t& end) {
    if (const std::size_t annex = grammar_.annex.At(line_, end); annex != 0) {
      const ReadNumber number = grammar_.ReadNumber(line_, end + annex);
      if (number.bytes == 0) return {};
      end += annex + number.bytes;
      return {{ProvisionKind::kAnnex, number.value}};
    }
    for (const auto& [word, number] : grammar_.divisions) {
      if (!line_.substr(end).starts_with(word)) continue;
      std::size_t after = end + word.size();
      Path path = ReadChain(after);
      path.insert(path.begin(), {ProvisionKind::kPart, number});
      end = after;
      return path;
    }
    return ReadChain(end);
  }

  bool ReadBracket() {
    for (const auto& [open, close] : grammar_.brackets) {
      if (!line_.substr(at_).starts_with(open)) continue;
      const std::size_t name_end = ClosingBracket(open, close);
      if (name_end == std::string_view::npos) return false;
      const std::string_view name = line_.substr(at_ + open.size(), name_end - at_ - open.size());
      std::size_t end = name_end + close.size();
      if (name.empty() || grammar_.document_end.EndOf(name) != 0) return at_ = end, true;
      const std::string plain = Meant(grammar_.PlainName(name));
      const std::size_t begin = at_;
      last_named_ = plain;
      if (!here_.quoted && grammar_.amends.EndOf(line_.substr(0, begin)) != 0) reader_.amended_ = plain;
      const std::size_t after = DefineAlias(end, plain);
      CitationTarget target{plain, true, ReadPathAfterName(end), std::nullopt};
      EmitList(begin, end, std::move(target), Confidence::kCertain, kInBrackets);
      at_ = std::max(at_, after);
      return true;
    }
    return false;
  }

  // Brackets of the same kind within a name are counted.
  std::size_t ClosingBracket(const std::string& open, const std::string& close) const {
    int depth = 0;
    for (std::size_t at = at_; at < line_.size(); at += source::Decode(line_, at).bytes) {
      if (line_.substr(at).starts_with(open)) ++depth;
      if (line_.substr(at).starts_with(close) && --depth == 0) return at;
    }
    return std::string_view::npos;
  }

  // "（以下简称公司法）" behind a name; returns where it ends, or `end`.
  std::size_t DefineAlias(std::size_t end, const std::string& plain) {
    const std::size_t open = grammar_.alias_open.At(line_, end);
    if (open == 0) return end;
    const std::size_t close = grammar_.alias_close.Find(line_, end + open);
    if (close == std::string_view::npos) return end;
    std::string alias(line_.substr(end + open, close - end - open));
    for (const auto& pairs : {grammar_.brackets, grammar_.quotations}) {
      for (const auto& [left, right] : pairs) {
        if (alias.starts_with(left)) alias.erase(0, left.size());
        if (alias.ends_with(right)) alias.resize(alias.size() - right.size());
      }
    }
    if (!alias.empty()) {
      reader_.alias_of_[alias] = plain;
      reader_.aliases_.Add(alias);
      const char32_t first = source::Decode(alias, 0).code;
      if (first < reader_.begins_.size()) reader_.begins_[first] = true;
    }
    return close + grammar_.alias_close.At(line_, close);
  }

  std::string Meant(std::string name) const {
    const auto alias = reader_.alias_of_.find(name);
    return alias == reader_.alias_of_.end() ? name : alias->second;
  }

  bool ReadSelf() {
    const std::size_t self = grammar_.self.At(line_, at_);
    const std::size_t same = self == 0 ? grammar_.same.At(line_, at_) : 0;
    if (self + same == 0) return false;
    std::size_t end = at_ + self + same;
    const Path path = ReadPathAfterName(end);
    if (path.empty()) return at_ = end, true;
    if (self != 0) {
      const std::string instrument = here_.quoted ? reader_.amended_ : "";
      EmitList(at_, end, {instrument, !here_.quoted || !instrument.empty(), path, std::nullopt},
               here_.quoted ? Confidence::kLikely : Confidence::kCertain, kSelf);
      return true;
    }
    EmitList(at_, end, {last_named_, !last_named_.empty(), path, std::nullopt}, Confidence::kLikely, kSame);
    return true;
  }

  bool ReadBareName() {
    std::size_t end = at_ + grammar_.drop_prefix.At(line_, at_);
    if (end >= line_.size()) return false;
    std::string_view name = reader_.aliases_.At(line_, end);
    if (const std::string_view known = reader_.names_.At(line_, end); known.size() > name.size())
      name = known;
    if (name.empty()) {
      const std::size_t bytes = grammar_.bare_name.At(line_, end);
      name = line_.substr(end, bytes);
    }
    if (name.empty() || grammar_.bare_not_before.At(line_, end + name.size()) != 0) return false;
    end += name.size();
    last_named_ = Meant(std::string(name));
    const CitationTarget target{last_named_, true, ReadPathAfterName(end), std::nullopt};
    EmitList(at_, end, target, Confidence::kLikely, kBareName);
    return true;
  }

  bool ReadThis() {
    const std::size_t mark = grammar_.self_unit.At(line_, at_);
    if (mark == 0) return false;
    const auto [kind, bytes] = grammar_.UnitAt(line_, at_ + mark);
    if (bytes == 0) return false;
    std::size_t end = at_ + mark + bytes;
    if (const std::size_t previous = grammar_.previous.At(line_, end);
        previous != 0 && kind == ProvisionKind::kArticle && ReadPreviousFrom(at_, end)) {
      return true;
    }
    CitationTarget target{"", true, PathOfThis(kind), std::nullopt};
    target.known = !target.path.empty();
    const Path steps = ReadChain(end, /*within=*/true);
    if (target.known) target.path.insert(target.path.end(), steps.begin(), steps.end());
    EmitList(at_, end, std::move(target), Confidence::kCertain, kThis);
    return true;
  }

  // The provision of this kind around the line; empty when there is none.
  Path PathOfThis(ProvisionKind kind) const {
    if (here_.quoted) return {};
    Path path;
    if (kind < ProvisionKind::kArticle) {
      for (const Step& step : here_.containers) {
        path.push_back(step);
        if (step.kind == kind) return path;
      }
      return {};
    }
    if (!here_.article) return {};
    path.push_back(*here_.article);
    if (kind == ProvisionKind::kArticle) return path;
    if (here_.paragraph == 0) return {};
    path.push_back({ProvisionKind::kParagraph, here_.paragraph});
    if (kind == ProvisionKind::kParagraph) return path;
    if (kind != ProvisionKind::kItem || here_.item == 0) return {};
    path.push_back({ProvisionKind::kItem, here_.item});
    return path;
  }

  bool ReadPrevious() { return ReadPreviousFrom(at_, at_); }

  // 前款 at `at`, as a citation that begins at `begin`.
  bool ReadPreviousFrom(std::size_t begin, std::size_t at) {
    const std::size_t mark = grammar_.previous.At(line_, at);
    if (mark == 0) return false;
    const ReadNumber count = grammar_.ReadNumber(line_, at + mark);
    const auto [kind, bytes] = grammar_.UnitAt(line_, at + mark + count.bytes);
    if (bytes == 0) return false;
    std::size_t end = at + mark + count.bytes + bytes;
    CitationTarget target = Back(kind, count.bytes == 0 ? 1 : count.value);
    const Path steps = ReadChain(end, /*within=*/true);
    if (target.known && !target.range_end) target.path.insert(target.path.end(), steps.begin(), steps.end());
    EmitList(begin, end, std::move(target), Confidence::kCertain, kPrevious);
    return true;
  }

  CitationTarget Back(ProvisionKind kind, std::uint32_t count) const {
    CitationTarget target{"", true, PathOfThis(kind), std::nullopt};
    if (target.path.empty() || count == 0 || target.path.back().number <= count ||
        target.path.back().insert != 0) {
      return {"", false, {}, std::nullopt};
    }
    Step last = target.path.back();
    last.number -= 1;
    target.path.back().number -= count;
    if (count > 1) target.range_end = last;
    return target;
  }

  bool ReadAlone() {
    std::size_t end = at_;
    const Path steps = ReadChain(end);
    if (steps.empty()) return false;
    if (steps.front().kind <= ProvisionKind::kArticle) {
      if (OpensArticle(steps)) return at_ = end, true;
      return ReadArticleAlone(steps, end), true;
    }
    // In a text that changes another, 第二款 goes on from the article it named before.
    const bool of_amended = (reader_.amending_ || !reader_.amended_.empty()) && !found_.empty();
    const bool item = steps.front().kind >= ProvisionKind::kItem || of_amended;
    std::optional<CitationTarget> lead = LeadFor(item);
    if (!lead && !here_.quoted) lead = reader_.amended_article_;
    if (lead) {
      CitationTarget target{lead->instrument, lead->known, Inherit(lead->path, steps.front().kind),
                            std::nullopt};
      target.path.insert(target.path.end(), steps.begin(), steps.end());
      EmitList(at_, end, std::move(target), Confidence::kLikely, kLead);
      return true;
    }
    CitationTarget target{"", here_.article && !here_.quoted, {}, std::nullopt};
    if (target.known) {
      target.path.push_back(*here_.article);
      target.path.insert(target.path.end(), steps.begin(), steps.end());
    }
    EmitList(at_, end, std::move(target), Confidence::kLikely, kThis);
    return true;
  }

  // The next article, whose number ran into this line behind the end of a sentence.
  bool OpensArticle(const Path& steps) const {
    if (!here_.article || steps.size() != 1 || steps.front().kind != ProvisionKind::kArticle) return false;
    std::string_view before = line_.substr(0, at_);
    while (before.ends_with(' ')) before.remove_suffix(1);
    return !before.empty() && grammar_.clause_end.EndOf(before) != 0 &&
           steps.front().number == here_.article->number + 1;
  }

  // The provision named before that an item alone belongs to.
  std::optional<CitationTarget> LeadFor(bool item) const {
    if (!item) return std::nullopt;
    if (!found_.empty() && HasArticle(found_.back().target.path)) return found_.back().target;
    if (here_.item != 0 && reader_.lead_ && HasArticle(reader_.lead_->path)) return reader_.lead_;
    return std::nullopt;
  }

  void ReadArticleAlone(const Path& steps, std::size_t end) {
    if (sentence_ && !sentence_->instrument.empty()) {
      EmitList(at_, end, {sentence_->instrument, true, steps, std::nullopt}, Confidence::kAmbiguous,
               kSentence, {{"", true, steps, std::nullopt}});
    } else if (!reader_.amended_.empty()) {
      EmitList(at_, end, {reader_.amended_, true, steps, std::nullopt}, Confidence::kLikely, kAmended);
    } else {
      EmitList(at_, end, {"", !here_.quoted, steps, std::nullopt}, Confidence::kLikely, kAlone);
    }
  }

  CitationReader& reader_;
  const Grammar& grammar_;
  std::string_view line_;
  const Standpoint& here_;
  std::size_t at_ = 0;
  std::optional<ProvisionKind> shared_;
  std::optional<CitationTarget> sentence_;  // the last cited in this sentence
  std::string last_named_;
  std::vector<FoundCitation> found_;
};

CitationReader::CitationReader(const Grammar& grammar, const BareNames& names)
    : grammar_(grammar), names_(names), begins_(0x10000) {
  const auto begin_with = [&](std::string_view word) {
    if (!word.empty()) begins_[source::Decode(word, 0).code & 0xffff] = true;
  };
  for (const Words* words :
       {&grammar.not_citation, &grammar.clause_end, &grammar.self, &grammar.same, &grammar.bare_name,
        &grammar.self_unit, &grammar.previous, &grammar.ordinal, &grammar.drop_prefix}) {
    for (const std::string& word : words->all()) begin_with(word);
  }
  for (const auto& [open, close] : grammar.brackets) begin_with(open);
  for (char32_t code = 0; code < begins_.size(); ++code) {
    if (names.MayBeginWith(code)) begins_[code] = true;
  }
}

std::vector<FoundCitation> CitationReader::ReadLine(std::string_view line, const Standpoint& here) {
  std::vector<FoundCitation> found = LineReader(*this, line, here).Read();
  for (const FoundCitation& citation : found) {
    if (amending_ && !here.quoted && !citation.target.instrument.empty() && HasArticle(citation.target.path))
      amended_article_ = citation.target;
  }
  if (here.item == 0) {
    lead_.reset();
    if (!found.empty()) lead_ = found.back().target;
  }
  return found;
}

// 关于修改《...》的决定: a text that changes one other speaks of its articles without naming it.
std::string CitationReader::AmendedByTitle(std::string_view title) const {
  const std::size_t word = grammar_.amends.Find(title);
  if (word == std::string_view::npos) return {};
  std::string found;
  for (const auto& pairs : {grammar_.brackets, grammar_.inner_brackets}) {
    for (const auto& [open, close] : pairs) {
      const std::size_t begin = title.find(open, word);
      const std::size_t end = title.rfind(close);
      if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) continue;
      const std::string_view name = title.substr(begin + open.size(), end - begin - open.size());
      if (!found.empty() || name.find(close) != std::string_view::npos) return found;
      found = grammar_.PlainName(name);
    }
  }
  return found;
}

void CitationReader::Forget() {
  alias_of_.clear();
  aliases_ = BareNames();
  amended_.clear();
  lead_.reset();
  amended_article_.reset();
  amending_ = false;
}

std::vector<TextCitation> CitationReader::Read(const Text& text) {
  Forget();
  std::vector<TextCitation> out;
  amended_ = AmendedByTitle(text.title);
  amending_ = grammar_.amending_title.Find(text.title) != std::string_view::npos;
  Standpoint here;
  for (std::size_t u = 0; u < text.units.size(); ++u) {
    const Unit& unit = text.units[u];
    if (unit.kind < ProvisionKind::kArticle) here.containers = unit.path;
    amended_article_.reset();
    here.article.reset();
    std::vector<ArticlePart> parts;
    if (unit.kind == ProvisionKind::kArticle) {
      here.article = unit.path.front();
      parts = SplitArticle(grammar_, unit.text);
    }
    std::size_t part = 0;
    const std::size_t heading_lines = unit.heading.empty() ? 0 : 1;
    for (std::size_t begin = 0, n = 0; begin < unit.text.size(); ++n) {
      const std::size_t end = std::min(unit.text.find('\n', begin), unit.text.size());
      while (part + 1 < parts.size() && parts[part + 1].begin <= begin) ++part;
      here.paragraph = here.item = 0;
      here.quoted = false;
      if (part < parts.size()) {
        for (const Step& step : parts[part].path) {
          if (step.kind == ProvisionKind::kParagraph) here.paragraph = step.number;
          if (step.kind == ProvisionKind::kItem) here.item = step.number;
        }
        here.quoted = parts[part].role == ArticlePart::Role::kQuoted;
      }
      const std::string_view line = std::string_view(unit.text).substr(begin, end - begin);
      const std::size_t at_line = n + heading_lines;
      const std::uint32_t number = at_line < unit.lines.size() ? unit.lines[at_line] : 0;
      for (FoundCitation& citation : ReadLine(line, here)) {
        out.push_back({u, begin, number, std::move(citation)});
      }
      begin = end + 1;
    }
  }
  return out;
}

}  // namespace lawbound::law
