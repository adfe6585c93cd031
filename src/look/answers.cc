#include "look/answers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lawbound::look {

using base::Errc;
using base::Error;

namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string> NamesIn(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view name = Trimmed(text.substr(0, comma));
    if (!name.empty()) out.emplace_back(name);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return out;
}

// "key: value", also with a wide colon; nothing when there is none.
struct Line {
  std::string_view key, value;
};
std::optional<Line> Cut(std::string_view line) {
  constexpr std::string_view kWide = "：";
  const std::size_t plain = line.find(':'), wide = line.find(kWide);
  if (plain == std::string_view::npos && wide == std::string_view::npos) return std::nullopt;
  const std::size_t at = std::min(plain, wide);
  return Line{Trimmed(line.substr(0, at)), Trimmed(line.substr(at + (at == wide ? kWide.size() : 1)))};
}

bool Take(const Line& line, Answers& out) {
  constexpr std::string_view kColumn = "column ";
  if (line.key == "procedure") {
    out.ledger = line.value;
  } else if (line.key == "never") {
    out.never = NamesIn(line.value);
  } else if (line.key == "order" && (line.value == "day" || line.value == "month")) {
    out.order = line.value == "day" ? Order::kDayFirst : Order::kMonthFirst;
  } else if (line.key.starts_with(kColumn) && !line.value.empty()) {
    out.columns[std::string(Trimmed(line.key.substr(kColumn.size())))] =
        line.value == "-" ? std::string() : std::string(line.value);
  } else {
    return false;
  }
  return true;
}

}  // namespace

base::Result<Answers> ParseAnswers(std::string_view text) {
  Answers out;
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    const std::optional<Line> cut = Cut(line);
    if (cut && Take(*cut, out)) continue;
    return Error{
        Errc::kInvalid,
        fmt::format("line {}: '{}' is none of 'procedure: PACK', 'column ACT: NAME', 'never: ACT, ACT', "
                    "'order: day' and 'order: month'",
                    number, line)};
  }
  return out;
}

std::string PrintAnswers(const Answers& answers, const std::vector<std::string>& comments) {
  std::string out;
  for (const std::string& line : comments) out += line.empty() ? "#\n" : "# " + line + "\n";
  if (!answers.ledger.empty()) out += fmt::format("procedure: {}\n", answers.ledger);
  for (const auto& [what, head] : answers.columns)
    out += fmt::format("column {}: {}\n", what, head.empty() ? "-" : head);
  if (answers.order != Order::kUnknown)
    out += fmt::format("order: {}\n", answers.order == Order::kDayFirst ? "day" : "month");
  if (answers.never) out += fmt::format("never: {}\n", fmt::join(*answers.never, ", "));
  return out;
}

}  // namespace lawbound::look
