#include "cli/look_questions.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string_view>

namespace lawbound::cli {
namespace {

using look::Phrase;

// "2, 3" also with a Chinese comma or spaces; nothing when a number is not among them.
std::optional<std::vector<std::size_t>> NumbersIn(std::string_view text, std::size_t most) {
  std::vector<std::size_t> out;
  while (!text.empty()) {
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit == std::string_view::npos) break;
    constexpr std::string_view kBetween = " ,;\t\r，、；";
    if (text.substr(0, digit).find_first_not_of(kBetween) != std::string_view::npos) return std::nullopt;
    text.remove_prefix(digit);
    std::size_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || number > most) return std::nullopt;
    if (std::find(out.begin(), out.end(), number) == out.end()) out.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  if (out.empty() || (out.size() > 1 && std::find(out.begin(), out.end(), std::size_t{0}) != out.end()))
    return std::nullopt;
  return out;
}

}  // namespace

std::optional<std::size_t> Questions::One(const std::string& question,
                                          const std::vector<std::string>& choices, const std::string& none) {
  const std::optional<std::vector<std::size_t>> all = Several(question, choices, none);
  if (!all || all->size() > 1) return std::nullopt;
  return all->empty() ? 0 : all->front();
}

std::optional<std::vector<std::size_t>> Questions::Several(const std::string& question,
                                                           const std::vector<std::string>& choices,
                                                           const std::string& none) {
  if (left() <= 0) return std::nullopt;
  ++asked_;
  out_ << look::Say(language_, Phrase::kAsk, {question, fmt::to_string(asked_)}) << '\n';
  for (std::size_t i = 0; i < choices.size(); ++i) out_ << fmt::format("  {}  {}\n", i + 1, choices[i]);
  if (!none.empty()) out_ << fmt::format("  0  {}\n", none);
  constexpr int kTries = 3;
  for (int i = 0; i < kTries; ++i) {
    out_ << look::Say(language_, Phrase::kEnter) << std::flush;
    std::string line;
    if (!std::getline(in_, line)) {
      asked_ = kMost;  // nobody is there any more
      out_ << '\n';
      return std::nullopt;
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) return std::nullopt;
    std::optional<std::vector<std::size_t>> numbers = NumbersIn(line, choices.size());
    const bool is_none = numbers && numbers->size() == 1 && numbers->front() == 0;
    if (numbers && !(is_none && none.empty())) {
      answered_ = true;
      if (is_none) numbers->clear();
      return numbers;
    }
    out_ << look::Say(language_, Phrase::kNoSuchAnswer) << '\n';
  }
  return std::nullopt;
}

}  // namespace lawbound::cli
