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

struct Candidate {
  Guess guess;
  int score = 0;
};

class Matcher {
 public:
  Matcher(const Ledger& ledger, const std::vector<Head>& heads, bool accept)
      : ledger_(ledger), heads_(heads), accept_(accept), taken_(heads.size(), false) {}

  Candidate Match() {
    Candidate out;
    out.guess.ledger = &ledger_;
    out.guess.acts.resize(ledger_.acts.size());
    out.guess.fields.resize(ledger_.fields.size());
    // What is sure is given away first, so that a likely name does not take its column.
    for (const Fit fit : {Fit::kSure, Fit::kLikely}) {
      for (std::size_t i = 0; i < ledger_.acts.size(); ++i)
        Find(ledger_.acts[i].words, ledger_.acts[i].act, fit, out.guess.acts[i], out);
      for (std::size_t i = 0; i < ledger_.fields.size(); ++i) {
        Find(ledger_.fields[i].words, ledger_.fields[i].act + "." + ledger_.fields[i].field, fit,
             out.guess.fields[i], out);
      }
      if (fit == Fit::kSure) FindCase(out);
    }
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      out.guess.heads.push_back(heads_[i].shown);
      if (taken_[i] || heads_[i].shown.empty()) continue;
      (SaysWho(heads_[i]) ? out.guess.personal : out.guess.not_read).push_back(heads_[i].shown);
    }
    return out;
  }

 private:
  bool SaysWho(const Head& head) const {
    const Words& words = ledger_.person_words;
    return ingest::SoundsPersonal(head.shown) ||
           std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return head.plain.find(word) != std::string::npos; });
  }

  // The number of a matter is a convenience: the first column that fits will do.
  void FindCase(Candidate& out) {
    for (const std::string& word : ledger_.case_words) {
      for (std::size_t i = 0; i < heads_.size(); ++i) {
        if (taken_[i] || heads_[i].plain != word) continue;
        taken_[i] = true;
        out.guess.case_column = Column{.index = i, .head = heads_[i].shown};
        ++out.score;
        return;
      }
    }
  }

  void Find(const Words& words, const std::string& what, Fit wanted, std::optional<Column>& into,
            Candidate& out) {
    if (into) return;
    std::vector<std::size_t> fits;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      if (!taken_[i] && !heads_[i].plain.empty() && FitOf(heads_[i], words) == wanted) fits.push_back(i);
    }
    if (fits.empty()) return;
    if (fits.size() > 1) {
      out.guess.doubts.push_back(fmt::format("“{}” and “{}” could both be {}: neither was read.",
                                             heads_[fits[0]].shown, heads_[fits[1]].shown, what));
      return;
    }
    const Head& head = heads_[fits[0]];
    if (wanted == Fit::kLikely && !accept_) {
      out.guess.doubts.push_back(fmt::format(
          "“{}” may be {}, but its name says more or less than that: it was not read. --yes reads it so.",
          head.shown, what));
      return;
    }
    taken_[fits[0]] = true;
    into = Column{.index = fits[0], .head = head.shown, .sure = wanted == Fit::kSure};
    out.score += wanted == Fit::kSure ? 3 : 1;
  }

  const Ledger& ledger_;
  const std::vector<Head>& heads_;
  bool accept_;
  std::vector<bool> taken_;
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

bool Marked(const Ledger& ledger, const std::string& words) {
  return std::any_of(ledger.marks.begin(), ledger.marks.end(),
                     [&](const std::string& mark) { return words.find(mark) != std::string::npos; });
}

bool IsWhole(const Guess& guess) {
  const auto known = [](const std::optional<Column>& column) { return column.has_value(); };
  return guess.acts[0] && std::any_of(guess.acts.begin() + 1, guess.acts.end(), known);
}

}  // namespace

Result<Guess> MakeGuess(const ingest::Workbook& book, const std::string& file,
                        const std::vector<Ledger>& ledgers, bool accept) {
  std::optional<Candidate> best, nearly;
  const Ledger* as_good = nullptr;
  for (std::size_t sheet = 0; sheet < book.sheets().size(); ++sheet) {
    ASSIGN_OR_RETURN(const std::vector<ingest::SheetRow> top, TopOf(book, sheet));
    std::string around = Plain(file) + Plain(book.sheets()[sheet]);
    for (std::size_t i = 0; i < top.size(); ++i) {
      for (const bool two : {false, true}) {
        if (two && (i + 1 >= top.size() || HasValues(top[i + 1]))) continue;
        const std::vector<Head> heads = HeadsOf(top[i], two ? &top[i + 1] : nullptr);
        for (const Ledger& ledger : ledgers) {
          Candidate candidate = Matcher(ledger, heads, accept).Match();
          candidate.score += (Marked(ledger, around) ? 1 : 0) - (two ? 1 : 0);
          candidate.guess.sheet = sheet;
          candidate.guess.head_row = top[i].number;
          candidate.guess.last_head_row = two ? top[i + 1].number : top[i].number;
          if (!IsWhole(candidate.guess)) {
            const bool nearer = !nearly || candidate.score > nearly->score ||
                                candidate.guess.doubts.size() > nearly->guess.doubts.size();
            if (nearer) nearly = std::move(candidate);
            continue;
          }
          if (best && candidate.score == best->score && best->guess.ledger != &ledger) as_good = &ledger;
          if (best && candidate.score <= best->score) continue;
          best = std::move(candidate);
          as_good = nullptr;
        }
      }
      for (const std::string& cell : top[i].cells) around += Plain(cell);
    }
  }
  if (best && as_good != nullptr) {
    return Error{Errc::kInvalid, fmt::format("it may be a ledger of {} or of {}; say which with --pack",
                                             best->guess.ledger->pack, as_good->pack)};
  }
  if (best) return std::move(best->guess);
  std::string why =
      "no row near the top names the columns of a ledger that a pack knows: the day that begins a matter and "
      "that of another act";
  if (nearly && nearly->score > 0)
    why += fmt::format("; nearest was row {}: “{}”", nearly->guess.head_row,
                       fmt::join(nearly->guess.heads, "”, “"));
  if (nearly && !nearly->guess.doubts.empty()) why += ". " + nearly->guess.doubts.front();
  return Error{Errc::kInvalid, why};
}

}  // namespace lawbound::look
