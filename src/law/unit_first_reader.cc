// A line is read from left to right.  At each beginning of a word the first of these that fits is taken:
//   units with numbers      Articles 5, 7 to 9; paragraph 2 of Article 63; then perhaps: of the Lantern Law
//   a name                  Wick and Lantern Law 2021, perhaps with units or bare numbers behind it
//   a short name, a number  Lanterns 64(2)
//   any other text, number  Law 37(2): some text, which one is not said
//   this unit               this Article, the preceding paragraph
// In a list each member is a citation; a range is one.  Brackets go one level down: 64(2)(1) is a paragraph,
// then an item.
#include "law/unit_first_reader.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <optional>

namespace lawbound::law {
namespace {

constexpr std::string_view kNamed = "named";
constexpr std::string_view kShort = "a known short name";
constexpr std::string_view kSelf = "the text speaks of itself";
constexpr std::string_view kSame = "the text named before";
constexpr std::string_view kSentence = "the instrument named before in the sentence";
constexpr std::string_view kAlone = "a number alone is taken as of this text";
constexpr std::string_view kOther = "another text that is not named";
constexpr std::string_view kThis = "the provision it stands in";
constexpr std::string_view kPrevious = "counted back from where it stands";
constexpr std::uint32_t kLargest = 1500;  // larger numbers are years

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool IsWord(char c) { return IsDigit(c) || IsLetter(c) || (static_cast<unsigned char>(c) & 0x80) != 0; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

// The kind one level below.
std::optional<ProvisionKind> Below(ProvisionKind kind) {
  switch (kind) {
    case ProvisionKind::kArticle:
      return ProvisionKind::kParagraph;
    case ProvisionKind::kParagraph:
      return ProvisionKind::kItem;
    case ProvisionKind::kItem:
      return ProvisionKind::kPoint;
    case ProvisionKind::kPart:
    case ProvisionKind::kSubpart:
    case ProvisionKind::kChapter:
    case ProvisionKind::kSection:
    case ProvisionKind::kPoint:
    case ProvisionKind::kPreamble:
    case ProvisionKind::kAnnex:
    case ProvisionKind::kHeading:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string AddressWords(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '\'') continue;
    out += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

// A provision with the words that name it.
struct Member {
  Path path;
  std::optional<Step> range_end;
  std::size_t begin = 0, end = 0;
};

class Reader {
 public:
  Reader(const UnitFirstGrammar& grammar, std::string_view line, const Standpoint& here)
      : grammar_(grammar), line_(line), here_(here), row_(line.starts_with('|')) {}

  std::vector<FoundCitation> Read() {
    while (at_ < line_.size()) {
      if (StartsWord(at_) && ReadHere()) continue;
      if (!row_ && EndsSentence(at_)) sentence_.clear();
      ++at_;
    }
    return std::move(found_);
  }

 private:
  bool ReadHere() { return ReadUnitsHere() || ReadSelfHere() || ReadNameHere() || ReadRelative(); }

  // ---- what stands at a place ----

  bool StartsWord(std::size_t at) const { return IsWord(line_[at]) && (at == 0 || !IsWord(line_[at - 1])); }
  bool EndsSentence(std::size_t at) const {
    return line_[at] == '.' && at + 2 < line_.size() && line_[at + 1] == ' ' && IsCapital(line_[at + 2]);
  }
  // The bytes of a word of the list that ends where a word ends.
  std::size_t Whole(const Words& words, std::size_t at) const {
    const std::size_t bytes = words.At(line_, at);
    const bool ends = bytes == 0 || !IsWord(line_[at + bytes - 1]) || at + bytes >= line_.size() ||
                      !IsWord(line_[at + bytes]);
    return ends ? bytes : 0;
  }
  std::size_t SkipSpaces(std::size_t at) const {
    while (at < line_.size() && line_[at] == ' ') ++at;
    return at;
  }
  ReadNumber NumberAt(std::size_t at) const {
    std::size_t end = at;
    std::uint32_t value = 0;
    while (end < line_.size() && IsDigit(line_[end]) && value <= kLargest)
      value = value * 10 + static_cast<std::uint32_t>(line_[end++] - '0');
    if (end == at || value == 0 || value > kLargest) return {};
    return {value, end - at};
  }
  // "(2)", "(b)".
  ReadNumber BracketAt(std::size_t at) const {
    if (at + 2 >= line_.size() || line_[at] != '(') return {};
    ReadNumber inner = NumberAt(at + 1);
    if (inner.bytes == 0 && line_[at + 1] >= 'a' && line_[at + 1] <= 'z' && line_[at + 2] == ')')
      inner = {static_cast<std::uint32_t>(line_[at + 1] - 'a' + 1), 1};
    if (inner.bytes == 0 || line_.substr(at + 1 + inner.bytes, 1) != ")") return {};
    return {inner.value, inner.bytes + 2};
  }
  // A year, or a whole date: the version of an instrument.
  std::size_t YearAt(std::size_t at) const {
    std::size_t end = at;
    while (end < line_.size() && IsDigit(line_[end])) ++end;
    if (end - at != 4 || (line_[at] != '1' && line_[at] != '2')) return 0;
    std::size_t date = end;
    while (date < line_.size() && (IsDigit(line_[date]) || line_[date] == '-')) ++date;
    if (date - at == 10) return 10;
    return date == end && (end == line_.size() || !IsWord(line_[end])) ? 4 : 0;
  }
  std::pair<ProvisionKind, std::size_t> UnitAt(std::size_t at) const {
    for (const auto& [word, kind] : grammar_.units) {
      if (!line_.substr(at).starts_with(word)) continue;
      const std::size_t end = at + word.size();
      if (end < line_.size() && IsWord(line_[end]) && IsWord(word.back())) continue;
      return {kind, word.size()};
    }
    return {ProvisionKind::kArticle, 0};
  }

  // ---- provisions ----

  // A number of this kind with its brackets, "64(2)(1)".  A bracketed number alone, "(2)", will do for what
  // is within an article.  No bytes: none.
  Member NumberedAt(ProvisionKind kind, std::size_t at) const {
    ReadNumber number = NumberAt(at);
    if (number.bytes == 0 && kind > ProvisionKind::kArticle) number = BracketAt(at);
    Member out{{}, std::nullopt, at, at};
    if (number.bytes == 0) return out;
    out.path = {{kind, number.value}};
    out.end = at + number.bytes;
    for (std::optional<ProvisionKind> below = Below(kind); below; below = Below(*below)) {
      const ReadNumber inner = BracketAt(out.end);
      if (inner.bytes == 0) break;
      out.path.push_back({*below, inner.value});
      out.end += inner.bytes;
    }
    if (out.end < line_.size() && IsWord(line_[out.end])) return {{}, std::nullopt, at, at};
    return out;
  }

  // ", paragraph 2": what is within the last member.
  void ReadInner(Member& member) const {
    for (;;) {
      std::size_t at = member.end;
      if (at < line_.size() && line_[at] == ',') ++at;
      at = SkipSpaces(at);
      const auto [kind, bytes] = UnitAt(at);
      if (bytes == 0 || at == member.end || kind <= member.path.back().kind) return;
      const Member inner = NumberedAt(kind, SkipSpaces(at + bytes));
      if (inner.path.empty()) return;
      member.path.insert(member.path.end(), inner.path.begin(), inner.path.end());
      member.end = inner.end;
    }
  }

  // Nothing but the end of a phrase stands behind a number that goes on a list: "49, 22 days" is no list.
  bool Closed(std::size_t at) const {
    if (at >= line_.size() || (line_[at] != ' ' && line_[at] != '*')) return true;
    const std::size_t next = SkipSpaces(at);
    if (next >= line_.size() || !IsWord(line_[next])) return true;
    return Whole(grammar_.join, at) != 0 || Whole(grammar_.range, at) != 0 || Whole(grammar_.of, at) != 0;
  }

  // The members of a list whose first number stands at `at`.
  std::vector<Member> ReadList(ProvisionKind kind, std::size_t begin, std::size_t at) const {
    std::vector<Member> out;
    Member first = NumberedAt(kind, at);
    if (first.path.empty()) return out;
    first.begin = begin;
    ReadInner(first);
    out.push_back(std::move(first));
    for (;;) {
      Member& last = out.back();
      const std::size_t range = grammar_.range.At(line_, last.end);
      if (range != 0 && !last.range_end) {
        const Member to = NumberedAt(last.path.back().kind, SkipSpaces(last.end + range));
        if (to.path.size() == 1 && to.path.back().number > last.path.back().number) {
          last.range_end = to.path.back();
          last.end = to.end;
          continue;
        }
      }
      std::size_t next = last.end;
      while (const std::size_t join = grammar_.join.At(line_, next)) next += join;
      next = SkipSpaces(next);
      if (next == last.end) return out;
      std::size_t number = next;
      if (const auto [unit, bytes] = UnitAt(next); bytes != 0 && unit == kind)
        number = SkipSpaces(next + bytes);
      Member member = NumberedAt(kind, number);
      if (member.path.empty() && line_.substr(number).starts_with('(') && last.path.size() > 1) {
        // "7(1), (2)": the next within the same.
        const ReadNumber inner = BracketAt(number);
        if (inner.bytes == 0) return out;
        member.path = last.path;
        member.path.back().number = inner.value;
        member.end = number + inner.bytes;
      }
      const bool goes_on =
          !member.path.empty() && (Closed(member.end) || grammar_.range.At(line_, member.end) != 0);
      if (!goes_on) return out;
      member.begin = next;
      ReadInner(member);
      out.push_back(std::move(member));
    }
  }

  // "paragraph 2 of Article 63": the outer units go before each path.
  void ReadOuter(std::vector<Member>& members) const {
    for (;;) {
      Member& last = members.back();
      std::size_t at = last.end;
      if (at < line_.size() && line_[at] == ',') ++at;
      at = SkipSpaces(at);
      const std::size_t of = Whole(grammar_.of, at);
      if (of == 0) return;
      at = SkipSpaces(at + of);
      const auto [kind, bytes] = UnitAt(at);
      if (bytes == 0) return;
      const Member outer = NumberedAt(kind, SkipSpaces(at + bytes));
      if (outer.path.empty()) return;
      for (Member& member : members) {
        if (member.path.front().kind <= outer.path.back().kind) return;
      }
      for (Member& member : members)
        member.path.insert(member.path.begin(), outer.path.begin(), outer.path.end());
      last.end = outer.end;
    }
  }

  // ---- names ----

  struct Name {
    std::string plain;    // empty: some text, which one is not said
    bool full = false;    // a citation even without a provision
    bool listed = false;  // in the data
    bool known = true;
    std::size_t bytes = 0;
  };

  std::optional<std::string> Known(const std::string& words) const {
    if (const auto short_name = grammar_.shorts.find(words); short_name != grammar_.shorts.end())
      return short_name->second;
    const auto name = grammar_.names.find(AddressWords(words));
    if (name == grammar_.names.end()) return std::nullopt;
    return name->second;
  }

  // The words of a name that begins at `at`, each with the end of it: capital letters, and small words
  // between them.
  std::vector<std::pair<std::string, std::size_t>> NameWords(std::size_t at) const {
    constexpr std::size_t kMostWords = 14;
    std::vector<std::pair<std::string, std::size_t>> out;
    while (out.size() < kMostWords && at < line_.size()) {
      std::size_t end = at;
      while (end < line_.size() &&
             (IsWord(line_[end]) || line_[end] == '\'' ||
              (line_[end] == '-' && end + 1 < line_.size() && IsLetter(line_[end + 1]))))
        ++end;
      std::string word(line_.substr(at, end - at));
      if (word.empty()) break;
      const bool dotted = end < line_.size() && line_[end] == '.' && grammar_.expand.contains(word + '.');
      if (dotted) word += line_[end++];
      if (!IsCapital(word.front()) && (out.empty() || grammar_.name_within.At(word, 0) != word.size())) break;
      out.emplace_back(word, end);
      if (end >= line_.size() || line_[end] != ' ') break;
      at = end + 1;
    }
    return out;
  }

  // The longest name at `at`.
  Name NameAt(std::size_t at) const {
    const auto words = NameWords(at);
    Name best;
    std::string so_far;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string word = words[i].first;
      if (const auto long_form = grammar_.expand.find(word); long_form != grammar_.expand.end())
        word = long_form->second;
      const std::string before = so_far;
      so_far += (so_far.empty() ? "" : " ") + word;
      const bool ends = grammar_.name_end.At(word, 0) == word.size();
      const std::size_t bytes = words[i].second - at;
      if (const std::optional<std::string> plain = Known(so_far)) {
        best = {*plain, ends, true, true, bytes};
      } else if (ends && i > 0) {
        const std::optional<std::string> short_name = Known(before);
        best = {short_name.value_or(so_far), true, short_name.has_value(), true, bytes};
      } else if (ends) {
        best = {"", false, false, false, bytes};
      }
    }
    // A short name need not have capital letters.
    for (const auto& [word, plain] : grammar_.shorts) {
      const std::size_t end = at + word.size();
      const bool whole = end >= line_.size() || !IsWord(line_[end]);
      if (word.size() > best.bytes && whole && line_.substr(at).starts_with(word))
        best = {plain, false, true, true, word.size()};
    }
    return best;
  }

  // "See the Lantern Law": a name that is known begins within one that is not.
  bool EndsInListed(std::size_t begin, const Name& name) const {
    if (name.listed || !name.full) return false;
    for (std::size_t at = begin + 1; at < begin + name.bytes; ++at) {
      if (!StartsWord(at)) continue;
      const Name inner = NameAt(at);
      if (inner.listed && at + inner.bytes == begin + name.bytes) return true;
    }
    return false;
  }

  // ---- citations ----

  void Emit(const std::vector<Member>& members, const std::string& instrument, bool known,
            Confidence confidence, std::string_view reason) {
    for (const Member& member : members) {
      FoundCitation citation{member.begin, member.end, {instrument, known, {}, std::nullopt},
                             confidence,   reason,     {}};
      if (known) {
        citation.target.path = member.path;
        citation.target.range_end = member.range_end;
        if (confidence == Confidence::kAmbiguous)
          citation.candidates = {{"", true, member.path, member.range_end}};
      }
      found_.push_back(std::move(citation));
    }
    at_ = members.back().end;
  }

  // "of the Lantern Law", "of this Law" behind a list.  Whether there was one.
  bool EmitOf(std::vector<Member>& members) {
    std::size_t at = members.back().end;
    if (at < line_.size() && line_[at] == ',') ++at;
    at = SkipSpaces(at);
    const std::size_t of = Whole(grammar_.of, at);
    if (of == 0) return false;
    at = SkipSpaces(at + of);
    if (const std::size_t self = Whole(grammar_.self, at); self != 0) {
      members.back().end = at + self;
      Emit(members, "", true, Confidence::kCertain, kSelf);
      return true;
    }
    if (const std::size_t same = Whole(grammar_.same, at); same != 0) {
      members.back().end = at + same;
      Emit(members, last_named_, !last_named_.empty(), Confidence::kLikely, kSame);
      return true;
    }
    if (const std::size_t the = Whole(grammar_.name_before, at); the != 0) at = SkipSpaces(at + the);
    const Name name = NameAt(at);
    if (name.bytes == 0) return false;
    members.back().end = at + name.bytes;
    if (const std::size_t year = YearAt(SkipSpaces(members.back().end)); year != 0)
      members.back().end = SkipSpaces(members.back().end) + year;
    if (name.known) last_named_ = name.plain;
    Emit(members, name.plain, name.known, Confidence::kCertain, name.known ? kNamed : kOther);
    return true;
  }

  bool ReadUnitsHere() {
    std::size_t begin = at_, unit_at = at_;
    bool other = false;
    if (const std::size_t year = YearAt(at_); year == 4) {
      unit_at = SkipSpaces(at_ + year);
      other = true;
    }
    const auto [kind, bytes] = UnitAt(unit_at);
    if (bytes == 0) return false;
    std::vector<Member> members = ReadList(kind, begin, SkipSpaces(unit_at + bytes));
    if (members.empty()) return false;
    ReadOuter(members);
    if (EmitOf(members)) return true;
    const std::string_view before = line_.substr(0, begin);
    const std::string_view told = before.substr(
        0, before.find_last_not_of(' ') == std::string_view::npos ? 0 : before.find_last_not_of(' ') + 1);
    if (other || grammar_.other_text.EndOf(told) != 0) {
      Emit(members, "", false, Confidence::kLikely, kOther);
    } else if (members.front().path.front().kind > ProvisionKind::kArticle) {
      EmitWithin(members);
    } else if (!sentence_.empty()) {
      Emit(members, sentence_, true, Confidence::kAmbiguous, kSentence);
    } else {
      Emit(members, "", true, Confidence::kLikely, kAlone);
    }
    return true;
  }

  // A paragraph alone is one of the article it stands in.
  void EmitWithin(std::vector<Member>& members) {
    if (here_.article) {
      for (Member& member : members) member.path.insert(member.path.begin(), *here_.article);
    }
    Emit(members, "", here_.article.has_value(), Confidence::kLikely, kThis);
  }

  bool ReadSelfHere() {
    const std::size_t self = Whole(grammar_.self, at_);
    if (self != 0) return at_ += self, true;
    const std::size_t same = Whole(grammar_.same, at_);
    return same != 0 && (at_ += same, true);
  }

  bool ReadNameHere() {
    std::size_t begin = at_;
    if (const std::size_t the = Whole(grammar_.name_before, at_); the != 0) begin = SkipSpaces(at_ + the);
    if (begin >= line_.size()) return false;
    const Name name = NameAt(begin);
    if (name.bytes == 0 || EndsInListed(begin, name)) return false;
    std::size_t end = begin + name.bytes, next = SkipSpaces(end);
    if (const std::size_t year = YearAt(next); year != 0) {
      end = next + year;
      next = SkipSpaces(end);
    }
    std::size_t unit_at = next;
    if (unit_at < line_.size() && line_[unit_at] == ',') unit_at = SkipSpaces(unit_at + 1);
    const auto [kind, bytes] = UnitAt(unit_at);
    // "the hearing, Art. 47": a word without a capital letter names a text only right before a number.
    const bool may_have_unit = IsCapital(line_[begin]);
    std::vector<Member> members;
    if (bytes != 0 && may_have_unit) {
      members = ReadList(kind, begin, SkipSpaces(unit_at + bytes));
    } else if (next > begin + name.bytes) {
      members = ReadList(ProvisionKind::kArticle, begin, next);
      if (!members.empty() && Whole(grammar_.quantity, SkipSpaces(members.front().end)) != 0) members.clear();
    }
    if (name.known) last_named_ = name.plain;
    if (!members.empty()) {
      Emit(members, name.plain, name.known, name.full ? Confidence::kCertain : Confidence::kLikely,
           !name.known ? kOther
           : name.full ? kNamed
                       : kShort);
      return true;
    }
    if (!name.full) return at_ = begin + name.bytes, true;
    found_.push_back({begin, end, {name.plain, true, {}, std::nullopt}, Confidence::kCertain, kNamed, {}});
    sentence_ = name.plain;
    return at_ = end, true;
  }

  // "this Article", "the preceding paragraph", perhaps with ", item 3".
  bool ReadRelative() {
    const std::size_t self = Whole(grammar_.self_unit, at_);
    const std::size_t previous = self == 0 ? Whole(grammar_.previous, at_) : 0;
    if (self + previous == 0) return false;
    const std::size_t unit_at = SkipSpaces(at_ + self + previous);
    const auto [kind, bytes] = UnitAt(unit_at);
    if (bytes == 0 || kind < ProvisionKind::kArticle) return false;
    Member member{{}, std::nullopt, at_, unit_at + bytes};
    if (here_.article) {
      member.path.push_back(*here_.article);
      if (kind >= ProvisionKind::kParagraph)
        member.path.push_back({ProvisionKind::kParagraph, here_.paragraph});
      if (kind >= ProvisionKind::kItem) member.path.push_back({ProvisionKind::kItem, here_.item});
    }
    bool known = here_.article && member.path.back().kind == kind && member.path.back().number != 0;
    if (known && previous != 0) {
      known = member.path.back().number > 1 && member.path.back().insert == 0;
      --member.path.back().number;
    }
    if (known) ReadInner(member);
    Emit({member}, "", known, Confidence::kCertain, previous != 0 ? kPrevious : kThis);
    return true;
  }

  const UnitFirstGrammar& grammar_;
  std::string_view line_;
  const Standpoint& here_;
  bool row_;  // of a table: the whole row is one sentence
  std::size_t at_ = 0;
  std::string sentence_;  // the instrument named in this sentence without a provision
  std::string last_named_;
  std::vector<FoundCitation> found_;
};

struct NamedWords {
  std::string_view name;
  Words UnitFirstGrammar::*words;
};
constexpr NamedWords kPlain[] = {
    {"name-end", &UnitFirstGrammar::name_end},
    {"name-within", &UnitFirstGrammar::name_within},
    {"name-before", &UnitFirstGrammar::name_before},
    {"other-text", &UnitFirstGrammar::other_text},
    {"self", &UnitFirstGrammar::self},
    {"same", &UnitFirstGrammar::same},
    {"this", &UnitFirstGrammar::self_unit},
    {"previous", &UnitFirstGrammar::previous},
    {"join", &UnitFirstGrammar::join},
    {"range", &UnitFirstGrammar::range},
    {"of", &UnitFirstGrammar::of},
    {"quantity", &UnitFirstGrammar::quantity},
};

}  // namespace

base::Status UnitFirstGrammar::Read(std::string_view file) {
  for (const Row& row : Rows(file)) {
    bool understood = false;
    const std::vector<std::string>& cells = row.cells;
    if (cells.size() == 2 && !cells[1].empty()) {
      for (const NamedWords& plain : kPlain) {
        if (plain.name != cells[0]) continue;
        (this->*plain.words).Add(cells[1]);
        understood = true;
      }
    } else if (cells.size() == 3 && !cells[1].empty() && !cells[2].empty()) {
      understood = true;
      if (cells[0] == "unit") {
        const std::optional<ProvisionKind> kind = UnitNamed(cells[2]);
        understood = kind.has_value();
        if (kind) units.emplace_back(cells[1], *kind);
      } else if (cells[0] == "name") {
        names[AddressWords(cells[1])] = cells[2];
      } else if (cells[0] == "short") {
        shorts[cells[1]] = cells[2];
      } else if (cells[0] == "expand") {
        expand[cells[1]] = cells[2];
      } else {
        understood = false;
      }
    }
    if (!understood) {
      return base::Error{base::Errc::kInvalid, fmt::format("line {} of the grammar says nothing known: '{}'",
                                                           row.line, fmt::join(cells, " "))};
    }
  }
  std::ranges::stable_sort(units, std::ranges::greater(), [](const auto& unit) { return unit.first.size(); });
  return base::Ok();
}

void UnitFirstGrammar::AddAddressName(std::string_view address_name, const std::string& plain_name) {
  names.try_emplace(std::string(address_name), plain_name);
}

std::vector<FoundCitation> ReadUnitFirst(const UnitFirstGrammar& grammar, std::string_view line,
                                         const Standpoint& here) {
  return Reader(grammar, line, here).Read();
}

}  // namespace lawbound::law
