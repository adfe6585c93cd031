#include "law/grammar.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "source/utf8.h"

namespace lawbound::law {
namespace {

bool StandsAt(std::string_view text, std::size_t at, std::string_view word) {
  return text.substr(at).starts_with(word);
}

template <typename Meaning>
void SortLongestFirst(std::vector<std::pair<std::string, Meaning>>& words) {
  std::ranges::stable_sort(words, std::ranges::greater(), [](const auto& word) { return word.first.size(); });
}

std::optional<Event> EventNamed(std::string_view name) {
  if (name == "adopted") return Event::kAdopted;
  if (name == "approved") return Event::kApproved;
  if (name == "published") return Event::kPublished;
  if (name == "revised") return Event::kRevised;
  if (name == "amended") return Event::kAmended;
  if (name == "commences") return Event::kCommences;
  if (name == "repealed") return Event::kRepealed;
  return std::nullopt;
}

std::optional<std::uint32_t> WholeNumber(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// The rows that are words and nothing more.
Words* PlainWords(Grammar& grammar, std::string_view row) {
  struct Named {
    std::string_view name;
    Words Grammar::*words;
  };
  static constexpr Named kAll[] = {
      {"ordinal", &Grammar::ordinal},
      {"insert", &Grammar::insert},
      {"open-number", &Grammar::open_number},
      {"close-number", &Grammar::close_number},
      {"annex", &Grammar::annex},
      {"point-after", &Grammar::point_after},
      {"list-after", &Grammar::list_after},
      {"sentence-end", &Grammar::sentence_end},
      {"clause-end", &Grammar::clause_end},
      {"commences-before", &Grammar::commences_before},
      {"commences-after", &Grammar::commences_after},
      {"on-publication", &Grammar::on_publication},
      {"repeals", &Grammar::repeals},
      {"self", &Grammar::self},
      {"same", &Grammar::same},
      {"this", &Grammar::self_unit},
      {"previous", &Grammar::previous},
      {"join", &Grammar::join},
      {"range", &Grammar::range},
      {"drop-prefix", &Grammar::drop_prefix},
      {"alias-open", &Grammar::alias_open},
      {"alias-close", &Grammar::alias_close},
      {"amends", &Grammar::amends},
      {"amending-title", &Grammar::amending_title},
      {"bare-name", &Grammar::bare_name},
      {"bare-not-before", &Grammar::bare_not_before},
      {"not-citation", &Grammar::not_citation},
      {"document-end", &Grammar::document_end},
      {"part-of", &Grammar::part_of},
      {"valid-for", &Grammar::valid_for},
      {"valid-until", &Grammar::valid_until},
  };
  for (const Named& named : kAll) {
    if (named.name == row) return &(grammar.*named.words);
  }
  return nullptr;
}

bool AddDateUnit(Grammar& grammar, const std::string& word, std::string_view meaning) {
  std::string* unit = meaning == "year"    ? &grammar.year
                      : meaning == "month" ? &grammar.month
                      : meaning == "day"   ? &grammar.day
                                           : nullptr;
  if (unit == nullptr) return false;
  *unit = word;
  return true;
}

std::optional<EffectKind> EffectNamed(std::string_view name) {
  if (name == "amends") return EffectKind::kAmends;
  if (name == "repeals") return EffectKind::kRepeals;
  if (name == "interprets") return EffectKind::kInterprets;
  if (name == "replaces") return EffectKind::kReplaces;
  return std::nullopt;
}

std::vector<std::string> Characters(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = source::Decode(text, at).bytes;
    out.emplace_back(text.substr(at, bytes));
    at += bytes;
  }
  return out;
}

// 零一二三四五六七八九 and 十百千.
bool AddPrinting(Grammar& grammar, const std::string& digits, const std::string& times) {
  grammar.print_digits = Characters(digits);
  grammar.print_times = Characters(times);
  return grammar.print_digits.size() == 10 && grammar.print_times.size() == 3;
}

bool AddPair(Grammar& grammar, const std::string& row, const std::string& open, const std::string& close) {
  if (row == "quotation") return grammar.quotations.emplace_back(open, close), true;
  if (row == "bracket") return grammar.brackets.emplace_back(open, close), true;
  if (row == "inner-bracket") return grammar.inner_brackets.emplace_back(open, close), true;
  return false;
}

// A row of three cells: a word and what it means.
bool AddMeaning(Grammar& grammar, const std::string& row, const std::string& word,
                const std::string& meaning) {
  if (row == "unit") {
    const std::optional<ProvisionKind> kind = UnitNamed(meaning);
    if (kind) grammar.units.emplace_back(word, *kind);
    return kind.has_value();
  }
  if (row == "event") {
    const std::optional<Event> event = EventNamed(meaning);
    if (event) grammar.events.emplace_back(word, *event);
    return event.has_value();
  }
  for (const auto& [name, effects] : {std::pair{"title-effect", &grammar.title_effects},
                                      {"effect-before", &grammar.effects_before},
                                      {"effect-after", &grammar.effects_after}}) {
    if (row != name) continue;
    const std::optional<EffectKind> kind = EffectNamed(meaning);
    if (kind) effects->emplace_back(word, *kind);
    return kind.has_value();
  }
  if (row == "print-numbers") return AddPrinting(grammar, word, meaning);
  if (row == "date-unit") return AddDateUnit(grammar, word, meaning);
  if (AddPair(grammar, row, word, meaning)) return true;
  const std::optional<std::uint32_t> number = WholeNumber(meaning);
  if (!number) return false;
  if (row == "division") return grammar.divisions.emplace_back(word, *number), true;
  const source::Character character = source::Decode(word, 0);
  if (!character.valid || character.bytes != word.size()) return false;
  if (row == "digit") return grammar.digits[character.code] = *number, true;
  if (row == "times") return grammar.times[character.code] = *number, true;
  return false;
}

// 0-9 in ASCII or full width.
std::optional<std::uint32_t> ArabicDigit(char32_t code) {
  if (code >= U'0' && code <= U'9') return static_cast<std::uint32_t>(code - U'0');
  if (code >= U'\uFF10' && code <= U'\uFF19') return static_cast<std::uint32_t>(code - U'\uFF10');
  return std::nullopt;
}

}  // namespace

std::optional<ProvisionKind> UnitNamed(std::string_view name) {
  if (name == "part") return ProvisionKind::kPart;
  if (name == "subpart") return ProvisionKind::kSubpart;
  if (name == "chapter") return ProvisionKind::kChapter;
  if (name == "section") return ProvisionKind::kSection;
  if (name == "article") return ProvisionKind::kArticle;
  if (name == "paragraph") return ProvisionKind::kParagraph;
  if (name == "item") return ProvisionKind::kItem;
  if (name == "point") return ProvisionKind::kPoint;
  return std::nullopt;
}

void Words::Add(std::string word) {
  words_.push_back(std::move(word));
  std::ranges::stable_sort(words_, std::ranges::greater(), &std::string::size);
}

std::size_t Words::At(std::string_view text, std::size_t at) const {
  for (const std::string& word : words_) {
    if (StandsAt(text, at, word)) return word.size();
  }
  return 0;
}

std::size_t Words::EndOf(std::string_view text) const {
  for (const std::string& word : words_) {
    if (text.ends_with(word)) return word.size();
  }
  return 0;
}

std::size_t Words::Find(std::string_view text, std::size_t from) const {
  std::size_t first = std::string_view::npos;
  for (const std::string& word : words_) first = std::min(first, text.find(word, from));
  return first;
}

std::vector<Row> Rows(std::string_view file) {
  std::vector<Row> rows;
  std::size_t number = 0;
  while (!file.empty()) {
    const std::size_t end = file.find('\n');
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
    ++number;
    if (line.empty() || line.front() == '#') continue;
    Row row{number, {}};
    for (std::size_t from = 0; from <= line.size();) {
      const std::size_t tab = std::min(line.find('\t', from), line.size());
      row.cells.emplace_back(line.substr(from, tab - from));
      from = tab + 1;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

base::Status Grammar::Read(std::string_view file) {
  for (const Row& row : Rows(file)) {
    bool understood = false;
    if (row.cells.size() == 2 && !row.cells[1].empty()) {
      if (Words* words = PlainWords(*this, row.cells[0]); words != nullptr) {
        words->Add(row.cells[1]);
        understood = true;
      }
    } else if (row.cells.size() == 3 && !row.cells[1].empty()) {
      understood = AddMeaning(*this, row.cells[0], row.cells[1], row.cells[2]);
    }
    if (!understood) {
      return base::Error{base::Errc::kInvalid, fmt::format("line {} of the grammar says nothing known: '{}'",
                                                           row.line, fmt::join(row.cells, " "))};
    }
  }
  SortLongestFirst(units);
  SortLongestFirst(events);
  return base::Ok();
}

law::ReadNumber Grammar::ReadNumber(std::string_view text, std::size_t at) const {
  constexpr std::uint64_t kLargest = 1'000'000;
  std::uint64_t total = 0, pending = 0;
  bool any = false, positional = false;
  std::size_t end = at;
  while (end < text.size()) {
    const source::Character character = source::Decode(text, end);
    if (const std::optional<std::uint32_t> arabic = ArabicDigit(character.code)) {
      pending = pending * 10 + *arabic;
      positional = true;
    } else if (const auto digit = digits.find(character.code); digit != digits.end()) {
      pending = positional ? pending * 10 + digit->second : digit->second;
      positional = true;
    } else if (const auto times_ten = times.find(character.code); times_ten != times.end()) {
      total += (pending == 0 ? 1 : pending) * times_ten->second;
      pending = 0;
      positional = false;
    } else {
      break;
    }
    if (total + pending > kLargest) return {};
    any = true;
    end += character.bytes;
  }
  if (!any) return {};
  return {static_cast<std::uint32_t>(total + pending), end - at};
}

law::ReadNumber Grammar::ReadBracketed(std::string_view text, std::size_t at) const {
  const std::size_t open = open_number.At(text, at);
  if (open == 0) return {};
  const law::ReadNumber number = ReadNumber(text, at + open);
  if (number.bytes == 0) return {};
  const std::size_t close = close_number.At(text, at + open + number.bytes);
  if (close == 0) return {};
  return {number.value, open + number.bytes + close};
}

std::pair<ProvisionKind, std::size_t> Grammar::UnitAt(std::string_view text, std::size_t at) const {
  for (const auto& [word, kind] : units) {
    if (StandsAt(text, at, word)) return {kind, word.size()};
  }
  return {ProvisionKind::kArticle, 0};
}

Grammar::Numbered Grammar::ReadNumbered(std::string_view text, std::size_t at) const {
  std::size_t end = at + ordinal.At(text, at);
  if (end == at) return {};
  law::ReadNumber number = ReadBracketed(text, end);
  if (number.bytes == 0) number = ReadNumber(text, end);
  if (number.bytes == 0) return {};
  end += number.bytes;
  const auto [kind, unit_bytes] = UnitAt(text, end);
  if (unit_bytes == 0) return {};
  end += unit_bytes;
  Numbered out{{kind, number.value}, 0};
  if (const std::size_t mark = insert.At(text, end); mark != 0) {
    if (const law::ReadNumber inserted = ReadNumber(text, end + mark); inserted.bytes != 0) {
      out.step.insert = inserted.value;
      end += mark + inserted.bytes;
    }
  }
  out.bytes = end - at;
  return out;
}

std::string Grammar::PrintNumber(std::uint32_t number) const {
  if (print_digits.empty() || number >= 10'000) return fmt::format("{}", number);
  if (number == 0) return print_digits[0];
  std::string out;
  bool gap = false;  // a place was left out since the last digit
  for (std::uint32_t place = 1000, power = 3;; place /= 10, --power) {
    const std::uint32_t digit = number / place % 10;
    if (digit == 0) {
      gap = !out.empty();
    } else {
      if (gap) out += print_digits[0];
      gap = false;
      // 十二, not 一十二, at the start.
      const bool bare_ten = power == 1 && digit == 1 && out.empty();
      if (!bare_ten) out += print_digits[digit];
      if (power > 0) out += print_times[power - 1];
    }
    if (power == 0) return out;
  }
}

std::string Grammar::PrintNumbered(const Step& step) const {
  const auto unit = std::ranges::find(units, step.kind, [](const auto& word) { return word.second; });
  if (print_digits.empty() || unit == units.end() || ordinal.all().empty()) {
    return step.insert == 0 ? fmt::format("{}", step.number) : fmt::format("{}-{}", step.number, step.insert);
  }
  std::string out = ordinal.all().front() + PrintNumber(step.number) + unit->first;
  if (step.insert != 0 && !insert.all().empty()) out += insert.all().front() + PrintNumber(step.insert);
  return out;
}

law::ReadDay Grammar::ReadDate(std::string_view text, std::size_t at) const {
  std::uint32_t parts[3] = {};
  const std::string* const units_of_date[3] = {&year, &month, &day};
  std::size_t end = at;
  for (std::size_t i = 0; i < 3; ++i) {
    const law::ReadNumber number = ReadNumber(text, end);
    if (number.bytes == 0 || units_of_date[i]->empty()) return {};
    end += number.bytes;
    if (!StandsAt(text, end, *units_of_date[i])) return {};
    end += units_of_date[i]->size();
    parts[i] = number.value;
  }
  law::ReadDay out{std::nullopt, end - at};
  out.day = base::ParseDay(fmt::format("{:04}-{:02}-{:02}", parts[0], parts[1], parts[2]));
  return out;
}

std::string Grammar::PlainName(std::string_view name) const {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const source::Character character = source::Decode(name, at);
    if (character.code != U' ' && character.code != U'\u3000' && character.code != U'\t') {
      out += name.substr(at, character.bytes);
    }
    at += character.bytes;
  }
  for (std::size_t i = 0; i < brackets.size() && i < inner_brackets.size(); ++i) {
    const auto replace_all = [&](const std::string& from, const std::string& to) {
      for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) {
        out.replace(at, from.size(), to);
      }
    };
    replace_all(brackets[i].first, inner_brackets[i].first);
    replace_all(brackets[i].second, inner_brackets[i].second);
  }
  const auto drop_at = [&](std::size_t at) {
    const std::size_t prefix = drop_prefix.At(out, at);
    if (prefix != 0 && at + prefix < out.size()) out.erase(at, prefix);
  };
  drop_at(0);
  for (const auto& [open, close] : inner_brackets) {
    for (std::size_t at = out.find(open); at != std::string::npos; at = out.find(open, at + open.size())) {
      drop_at(at + open.size());
    }
  }
  return out;
}

}  // namespace lawbound::law
