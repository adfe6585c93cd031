// Every row near the top is tried as a head, alone and together with the row below it (a head of two rows:
// "办理时间" over "收到" and "答复"), for every ledger.
#include "look/guess.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "ingest/inspect.h"

namespace lawbound::look {

using base::Errc;
using base::Error;
using base::Result;

namespace {

constexpr std::size_t kLookedRows = 30;

enum class Fit : std::uint8_t { kNone, kLikely, kSure };

// One name or two for a column: the lower one, and with what stands above it.
struct Head {
  std::string shown, plain, longer;
};

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Fit FitOf(const Head& head, const Words& words) {
  Fit fit = Fit::kNone;
  for (const std::string& word : words) {
    if (head.plain == word || (!head.longer.empty() && head.longer == word)) return Fit::kSure;
    // Short words are in too many names; "id" is in "paid".
    const std::size_t least = IsAscii(word) ? 5 : 6;
    const std::string& text = head.longer.empty() ? head.plain : head.longer;
    if (word.size() >= least && text.find(word) != std::string::npos) fit = Fit::kLikely;
  }
  return fit;
}

class Matcher {
 public:
  Matcher(const Ledger& ledger, const std::vector<Head>& heads, const Asked& asked)
      : ledger_(ledger), heads_(heads), asked_(asked), taken_(heads.size(), false) {}

  Guess Match() {
    guess_.ledger = &ledger_;
    guess_.acts.resize(ledger_.acts.size());
    guess_.fields.resize(ledger_.fields.size());
    TakeSaid();
    // What is sure is given away first, so that a likely name does not take its column.
    for (const Fit fit : {Fit::kSure, Fit::kLikely}) {
      for (std::size_t i = 0; i < ledger_.acts.size(); ++i)
        Find(ledger_.acts[i].words, ledger_.acts[i].act, fit, guess_.acts[i]);
      for (std::size_t i = 0; i < ledger_.fields.size(); ++i) {
        Find(ledger_.fields[i].words, ledger_.fields[i].act + "." + ledger_.fields[i].field, fit,
             guess_.fields[i]);
      }
      if (fit == Fit::kSure) FindCase();
    }
    Keep();
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      guess_.heads.push_back(heads_[i].shown);
      if (taken_[i] || heads_[i].shown.empty()) continue;
      const bool who = SaysWho(heads_[i]);
      (who ? guess_.personal : guess_.not_read).push_back(heads_[i].shown);
      if (!who) guess_.free.push_back(i);
    }
    return std::move(guess_);
  }

 private:
  bool SaysWho(const Head& head) const {
    const Words& words = ledger_.person_words;
    return ingest::SoundsPersonal(head.shown) ||
           std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return head.plain.find(word) != std::string::npos; });
  }

  std::optional<std::size_t> ColumnCalled(std::string_view name) const {
    const std::string plain = Plain(name);
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      if (!taken_[i] && !heads_[i].plain.empty() &&
          (heads_[i].plain == plain || heads_[i].longer == plain || Plain(heads_[i].shown) == plain))
        return i;
    }
    return std::nullopt;
  }

  std::optional<Column>* Place(std::string_view what) {
    if (what == "case") return &guess_.case_column;
    for (std::size_t i = 0; i < ledger_.acts.size(); ++i) {
      if (ledger_.acts[i].act == what) return &guess_.acts[i];
    }
    for (std::size_t i = 0; i < ledger_.fields.size(); ++i) {
      if (ledger_.fields[i].act + "." + ledger_.fields[i].field == what) return &guess_.fields[i];
    }
    return nullptr;
  }

  void TakeSaid() {
    for (const auto& [what, name] : asked_.answers->columns) {
      std::optional<Column>* const place = Place(what);
      if (place == nullptr) continue;
      settled_.push_back(what);
      if (name.empty()) continue;
      const std::optional<std::size_t> at = ColumnCalled(name);
      if (!at) {
        guess_.doubts.push_back({Phrase::kSaidMissing, {name}, what});
        continue;
      }
      taken_[*at] = true;
      *place = Column{.index = *at, .head = heads_[*at].shown, .said = true};
      ++guess_.known;
    }
  }

  void Keep() {
    for (const std::string& name : asked_.keep) {
      const std::string plain = Plain(name);
      for (std::size_t i = 0; i < heads_.size(); ++i) {
        if (heads_[i].plain.empty() || (heads_[i].plain != plain && Plain(heads_[i].shown) != plain))
          continue;
        taken_[i] = true;
        guess_.kept.push_back({.index = i, .head = heads_[i].shown});
        break;
      }
    }
  }

  // The number of a matter is a convenience: the first column that fits will do.
  void FindCase() {
    if (Contains(settled_, "case")) return;
    for (const std::string& word : ledger_.case_words) {
      for (std::size_t i = 0; i < heads_.size(); ++i) {
        if (taken_[i] || heads_[i].plain != word) continue;
        taken_[i] = true;
        guess_.case_column = Column{.index = i, .head = heads_[i].shown};
        return;
      }
    }
  }

  void Find(const Words& words, const std::string& what, Fit wanted, std::optional<Column>& into) {
    if (into || Contains(settled_, what)) return;
    std::vector<std::size_t> fits;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      if (!taken_[i] && !heads_[i].plain.empty() && FitOf(heads_[i], words) == wanted) fits.push_back(i);
    }
    if (fits.empty()) return;
    settled_.push_back(what);
    if (fits.size() > 1) {
      guess_.doubts.push_back({Phrase::kBoth, {heads_[fits[0]].shown, heads_[fits[1]].shown}, what});
    } else if (wanted == Fit::kLikely) {
      guess_.doubts.push_back({Phrase::kMayBe, {heads_[fits[0]].shown}, what});
    } else {
      taken_[fits[0]] = true;
      into = Column{.index = fits[0], .head = heads_[fits[0]].shown};
      ++guess_.known;
      return;
    }
    guess_.open.push_back({what, std::move(fits)});
  }

  static bool Contains(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

  const Ledger& ledger_;
  const std::vector<Head>& heads_;
  const Asked& asked_;
  std::vector<bool> taken_;
  std::vector<std::string> settled_;
  Guess guess_;
};

std::vector<Head> HeadsOf(const ingest::SheetRow& upper, const ingest::SheetRow* lower) {
  std::vector<Head> out(std::max(upper.cells.size(), lower == nullptr ? 0 : lower->cells.size()));
  std::string above;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::string top = i < upper.cells.size() ? upper.cells[i] : std::string();
    const std::string below = lower != nullptr && i < lower->cells.size() ? lower->cells[i] : std::string();
    if (!top.empty()) above = top;
    if (lower == nullptr || below.empty()) {
      out[i] = {top, Plain(top), ""};
    } else {
      out[i] = {below, Plain(below), Plain(above) + Plain(below)};
      if (out[i].longer != out[i].plain) out[i].shown = above + " " + below;
    }
    std::replace(out[i].shown.begin(), out[i].shown.end(), '\n', ' ');
  }
  return out;
}

// A row of values is no second row of a head.
bool HasValues(const ingest::SheetRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
    return cell.find_first_of("0123456789") != std::string::npos;
  });
}

Result<std::vector<ingest::SheetRow>> TopOf(const ingest::Workbook& book, std::size_t sheet) {
  ASSIGN_OR_RETURN(const auto rows, book.Rows(sheet));
  std::vector<ingest::SheetRow> out;
  ingest::SheetRow row;
  while (out.size() <= kLookedRows) {
    ASSIGN_OR_RETURN(const bool more, rows->Next(row));
    if (!more) break;
    out.push_back(row);
  }
  return out;
}

// The first mark of the ledger in these words; empty: none.
std::string MarkIn(const Ledger& ledger, const std::string& words) {
  for (const std::string& mark : ledger.marks) {
    if (words.find(mark) != std::string::npos) return mark;
  }
  return {};
}

// A row of names: three cells or more, no digits.  For files of which no name is known.
bool LooksLikeHead(const ingest::SheetRow& row) {
  const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                    [](const std::string& cell) { return !cell.empty(); });
  return filled >= 3 && !HasValues(row);
}

struct Candidate {
  Guess guess;
  int score = 0;
};

// How near a row that is not whole comes.
int Nearness(const Candidate& candidate, const ingest::SheetRow& row) {
  return candidate.score * 4 + static_cast<int>(candidate.guess.open.size()) * 2 +
         (LooksLikeHead(row) ? 1 : 0);
}

// What one ledger makes of a workbook.
struct Reading {
  std::vector<std::optional<Candidate>> by_sheet;  // whole ones
  std::optional<Candidate> nearest;                // of those that are not
  int nearness = 0;

  const Candidate* Best() const {
    const Candidate* best = nullptr;
    for (const std::optional<Candidate>& one : by_sheet) {
      if (one && (best == nullptr || one->score > best->score)) best = &*one;
    }
    return best;
  }
};

class Guesser {
 public:
  Guesser(const ingest::Workbook& book, const std::string& file, const std::vector<const Ledger*>& ledgers,
          const Asked& asked)
      : book_(book), file_(file), ledgers_(ledgers), asked_(asked), readings_(ledgers.size()) {
    for (Reading& reading : readings_) reading.by_sheet.resize(book.sheets().size());
  }

  Result<Guesses> Make(bool said) {
    for (std::size_t sheet = 0; sheet < book_.sheets().size(); ++sheet) RETURN_IF_ERROR(ReadSheet(sheet));
    const std::optional<std::size_t> best = BestLedger();
    if (!best) return Nearest(said);
    Guesses out;
    out.whole = true;
    Settle(*best, said, out);
    for (std::size_t sheet = 0; sheet < book_.sheets().size(); ++sheet) {
      std::optional<Candidate>& one = readings_[*best].by_sheet[sheet];
      if (one) {
        out.sheets.push_back(std::move(one->guess));
      } else {
        out.other_sheets.push_back(book_.sheets()[sheet]);
      }
    }
    return out;
  }

 private:
  base::Status ReadSheet(std::size_t sheet) {
    ASSIGN_OR_RETURN(const std::vector<ingest::SheetRow> top, TopOf(book_, sheet));
    std::string around = Plain(file_) + Plain(book_.sheets()[sheet]);
    for (std::size_t i = 0; i < top.size(); ++i) {
      for (const bool two : {false, true}) {
        if (two && (i + 1 >= top.size() || HasValues(top[i + 1]))) continue;
        TryHead(sheet, top[i], two ? &top[i + 1] : nullptr, around);
      }
      for (const std::string& cell : top[i].cells) around += Plain(cell);
    }
    return base::Ok();
  }

  void TryHead(std::size_t sheet, const ingest::SheetRow& row, const ingest::SheetRow* below,
               const std::string& around) {
    const std::vector<Head> heads = HeadsOf(row, below);
    std::string words = around;
    for (const Head& head : heads) words += ' ' + (head.longer.empty() ? head.plain : head.longer);
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
      Candidate candidate{Matcher(*ledgers_[l], heads, asked_).Match()};
      Guess& guess = candidate.guess;
      guess.mark = MarkIn(*ledgers_[l], words);
      guess.sheet = sheet;
      guess.head_row = row.number;
      guess.last_head_row = below == nullptr ? row.number : below->number;
      candidate.score = static_cast<int>(guess.known) * 3 + (guess.case_column ? 1 : 0) +
                        (guess.mark.empty() ? 0 : 4) - (below == nullptr ? 0 : 1);
      Reading& reading = readings_[l];
      if (IsWhole(guess)) {
        std::optional<Candidate>& best = reading.by_sheet[sheet];
        if (!best || candidate.score > best->score) best = std::move(candidate);
        continue;
      }
      const int nearness = Nearness(candidate, row);
      if (reading.nearest && nearness <= reading.nearness) continue;
      reading.nearness = nearness;
      reading.nearest = std::move(candidate);
    }
  }

  std::optional<std::size_t> BestLedger() const {
    std::optional<std::size_t> out;
    for (std::size_t l = 0; l < readings_.size(); ++l) {
      const Candidate* const one = readings_[l].Best();
      if (one != nullptr && (!out || one->score > readings_[*out].Best()->score)) out = l;
    }
    return out;
  }

  // Whether the best ledger is surely the one.  A mark decides, unless another ledger is marked as well or
  // names two columns more; else three columns, and two more than any other.
  void Settle(std::size_t best, bool said, Guesses& out) const {
    const Guess& guess = readings_[best].Best()->guess;
    bool marked = !guess.mark.empty();
    std::vector<std::pair<std::size_t, const Ledger*>> others;
    for (std::size_t l = 0; l < readings_.size(); ++l) {
      const Candidate* const other = readings_[l].Best();
      if (l == best || other == nullptr) continue;
      out.next_known = std::max(out.next_known, other->guess.known);
      if (other->guess.known > guess.known + 1) marked = false;
      if (!other->guess.mark.empty() && other->guess.known + 1 >= guess.known) marked = false;
      if (other->guess.known + 1 >= guess.known) others.emplace_back(other->guess.known, ledgers_[l]);
    }
    const bool by_columns = guess.known >= 3 && guess.known >= out.next_known + 2;
    out.why = said         ? Guesses::Why::kSaid
              : marked     ? Guesses::Why::kMarked
              : by_columns ? Guesses::Why::kColumns
                           : Guesses::Why::kUnsure;
    if (out.why != Guesses::Why::kUnsure) return;
    std::stable_sort(others.begin(), others.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    out.candidates.push_back(ledgers_[best]);
    for (const auto& [known, ledger] : others) out.candidates.push_back(ledger);
  }

  // Which ledger it is nobody knows then, unless it was said or a mark of one alone tells it.
  Guesses Nearest(bool said) {
    std::size_t best = 0, marked = 0, last_marked = 0;
    for (std::size_t l = 0; l < readings_.size(); ++l) {
      if (readings_[l].nearness > readings_[best].nearness) best = l;
      if (!readings_[l].nearest || readings_[l].nearest->guess.mark.empty()) continue;
      ++marked;
      last_marked = l;
    }
    if (!said && marked == 1) best = last_marked;
    Guesses out;
    out.why = said ? Guesses::Why::kSaid : marked == 1 ? Guesses::Why::kMarked : Guesses::Why::kUnsure;
    if (out.why == Guesses::Why::kUnsure) out.candidates = ledgers_;
    if (readings_[best].nearest) out.sheets.push_back(std::move(readings_[best].nearest->guess));
    return out;
  }

  const ingest::Workbook& book_;
  const std::string& file_;
  const std::vector<const Ledger*>& ledgers_;
  const Asked& asked_;
  std::vector<Reading> readings_;  // by ledger
};

std::string NamesOf(const std::vector<Ledger>& ledgers) {
  std::string out;
  for (const Ledger& ledger : ledgers) out += (out.empty() ? "" : ", ") + ledger.name;
  return out;
}

// Answers that speak of what the ledger does not have are a mistake of whoever wrote them.
base::Status CheckAnswers(const Answers& answers, const Ledger& ledger) {
  std::vector<std::string> known{"case"};
  for (const LedgerAct& act : ledger.acts) known.push_back(act.act);
  for (const LedgerField& field : ledger.fields) known.push_back(field.act + "." + field.field);
  for (const auto& [what, name] : answers.columns) {
    if (std::find(known.begin(), known.end(), what) == known.end())
      return Error{Errc::kInvalid,
                   fmt::format("'column {}': there is only {}", what, fmt::join(known, ", "))};
  }
  return base::Ok();
}

}  // namespace

bool IsLookedAt(const Guess& guess, const LedgerRule& rule) { return guess.acts[rule.acts[0]].has_value(); }

bool IsWhole(const Guess& guess) {
  const std::vector<LedgerRule>& rules = guess.ledger->rules;
  return std::any_of(rules.begin(), rules.end(), [&](const LedgerRule& rule) {
    return IsLookedAt(guess, rule) &&
           std::any_of(rule.acts.begin() + 1, rule.acts.end(),
                       [&](std::size_t act) { return guess.acts[act].has_value(); });
  });
}

Result<Guesses> MakeGuess(const ingest::Workbook& book, const std::string& file,
                          const std::vector<Ledger>& ledgers, const Asked& asked) {
  CHECK(!ledgers.empty());
  const std::string& said = asked.answers->ledger;
  std::vector<const Ledger*> wanted;
  for (const Ledger& ledger : ledgers) {
    if (!said.empty() && ledger.name != said) continue;
    wanted.push_back(&ledger);
  }
  if (wanted.empty())
    return Error{Errc::kInvalid,
                 fmt::format("there is no ledger '{}'; there are: {}", said, NamesOf(ledgers))};
  if (!said.empty()) RETURN_IF_ERROR(CheckAnswers(*asked.answers, *wanted.front()));
  return Guesser(book, file, wanted, asked).Make(!said.empty());
}

}  // namespace lawbound::look
