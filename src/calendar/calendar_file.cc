// Reads calendar files; their format is described in docs/formats/calendar.md.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <utility>

#include "calendar/calendar.h"

namespace lawbound::calendar {
namespace {

using base::Errc;
using base::Error;

// More than any calendar needs, little enough that a wrong file does no harm.
constexpr std::size_t kMaxBytes = 4U << 20U;
constexpr std::size_t kMaxCell = 1000;
constexpr std::size_t kMaxCells = 8;
constexpr std::size_t kMaxList = 60000;  // names and sources are numbered in 16 bits

std::vector<std::string_view> SplitCells(std::string_view line) {
  std::vector<std::string_view> cells;
  while (cells.size() <= kMaxCells) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) break;
    line.remove_prefix(tab + 1);
  }
  return cells;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

std::optional<std::size_t> WeekdayNamed(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kNames{"monday", "tuesday",  "wednesday", "thursday",
                                                          "friday", "saturday", "sunday"};
  const auto found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kNames.begin());
}

// What is known of the file so far, line by line.  A statement's message says what is wrong with its line.
class FileReader {
 public:
  base::Status ReadLine(std::string_view line);
  base::Result<Calendar> Finish() &&;

 private:
  using Cells = std::vector<std::string_view>;

  static Error Wrong(std::string message) { return {Errc::kInvalid, std::move(message)}; }
  base::Status ReadOnce(std::optional<std::string>& into, const Cells& cells);
  base::Status ReadPublished(const Cells& cells);
  base::Status ReadRest(const Cells& cells);
  base::Status ReadSource(const Cells& cells);
  base::Status ReadDay(Day day, const Cells& cells);

  std::optional<std::string> name_, title_, version_;
  std::optional<std::pair<Day, Day>> published_;
  std::optional<WeeklyRest> rest_;
  std::map<std::string, std::uint16_t, std::less<>> source_ids_, name_ids_;
  std::vector<std::string> sources_, names_;
  std::vector<Holiday> days_;
};

base::Status FileReader::ReadLine(std::string_view line) {
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  };
  if (std::any_of(line.begin(), line.end(), is_control)) return Wrong("a control character");
  if (line.empty() || line.front() == '#') return base::Ok();
  const Cells cells = SplitCells(line);
  if (cells.size() > kMaxCells) return Wrong(fmt::format("more than {} cells", kMaxCells));
  for (const std::string_view cell : cells) {
    if (cell.size() > kMaxCell) return Wrong(fmt::format("a cell of more than {} bytes", kMaxCell));
    if (cell.empty() || cell.front() == ' ' || cell.back() == ' ') {
      return Wrong("a cell that is empty or has spaces around it");
    }
  }
  if (const std::optional<Day> day = base::ParseDay(cells[0])) return ReadDay(*day, cells);
  if (!days_.empty()) return Wrong(fmt::format("'{}' where a date is wanted", cells[0]));
  if (cells[0] == "name") {
    if (cells.size() == 2 && !IsName(cells[1])) return Wrong("a name is of a-z, 0-9, '-' and '.'");
    return ReadOnce(name_, cells);
  }
  if (cells[0] == "title") return ReadOnce(title_, cells);
  if (cells[0] == "version") return ReadOnce(version_, cells);
  if (cells[0] == "published") return ReadPublished(cells);
  if (cells[0] == "rest") return ReadRest(cells);
  if (cells[0] == "source") return ReadSource(cells);
  return Wrong(
      fmt::format("'{}' is neither a date nor name, title, version, published, rest or source", cells[0]));
}

base::Status FileReader::ReadOnce(std::optional<std::string>& into, const Cells& cells) {
  if (into.has_value()) return Wrong(fmt::format("a second '{}'", cells[0]));
  if (cells.size() != 2) return Wrong(fmt::format("'{}' takes one cell", cells[0]));
  into = std::string(cells[1]);
  return base::Ok();
}

base::Status FileReader::ReadPublished(const Cells& cells) {
  if (published_.has_value()) return Wrong("a second 'published'");
  if (cells.size() == 2 && cells[1] == "never") {
    published_.emplace(base::kLastDay, base::kFirstDay);
    return base::Ok();
  }
  if (cells.size() != 3) return Wrong("'published' takes two dates, or 'never'");
  const std::optional<Day> first = base::ParseDay(cells[1]);
  const std::optional<Day> last = base::ParseDay(cells[2]);
  if (!first || !last) return Wrong("'published' takes two dates, or 'never'");
  if (*first > *last) return Wrong("published to a day before it begins");
  published_.emplace(*first, *last);
  return base::Ok();
}

base::Status FileReader::ReadRest(const Cells& cells) {
  if (rest_.has_value()) return Wrong("a second 'rest'");
  WeeklyRest rest{};
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const std::optional<std::size_t> weekday = WeekdayNamed(cells[i]);
    if (!weekday || rest[*weekday])
      return Wrong(fmt::format("'{}' is no day of the week, or stands twice", cells[i]));
    rest[*weekday] = true;
  }
  if (cells.size() < 2 || cells.size() > 7) return Wrong("'rest' takes one to six days of the week");
  rest_ = rest;
  return base::Ok();
}

base::Status FileReader::ReadSource(const Cells& cells) {
  if (cells.size() != 3) return Wrong("'source' takes an id and a citation");
  if (!IsName(cells[1])) return Wrong("a source's id is of a-z, 0-9, '-' and '.'");
  if (sources_.size() == kMaxList) return Wrong("too many sources");
  if (!source_ids_.emplace(cells[1], static_cast<std::uint16_t>(sources_.size())).second) {
    return Wrong(fmt::format("a second source '{}'", cells[1]));
  }
  sources_.emplace_back(cells[2]);
  return base::Ok();
}

base::Status FileReader::ReadDay(Day day, const Cells& cells) {
  if (!published_ || !rest_) return Wrong("'published' and 'rest' must stand before the first date");
  if (cells.size() != 4) return Wrong("a date takes 'off' or 'work', a source's id and a name");
  if (cells[1] != "off" && cells[1] != "work")
    return Wrong(fmt::format("'{}' is neither 'off' nor 'work'", cells[1]));
  const bool works = cells[1] == "work";
  if (!days_.empty() && day <= days_.back().day)
    return Wrong("the dates are not in order, or one stands twice");
  if (works && !(*rest_)[static_cast<std::size_t>(base::Weekday(day))]) {
    return Wrong("this day works anyway; only a weekly rest day can be made into a working day");
  }
  const auto source = source_ids_.find(cells[2]);
  if (source == source_ids_.end()) return Wrong(fmt::format("no source '{}'", cells[2]));
  if (names_.size() == kMaxList) return Wrong("too many names");
  const auto [name, is_new] = name_ids_.emplace(cells[3], static_cast<std::uint16_t>(names_.size()));
  if (is_new) names_.emplace_back(cells[3]);
  days_.push_back({day, works, name->second, source->second});
  return base::Ok();
}

base::Result<Calendar> FileReader::Finish() && {
  if (!name_ || !title_ || !version_) return Wrong("'name', 'title' or 'version' is missing");
  if (!published_ || !rest_) return Wrong("'published' or 'rest' is missing");
  return Calendar(*std::move(name_), *std::move(version_), published_->first, published_->second,
                  std::move(days_), std::move(names_), std::move(sources_), *rest_);
}

base::Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{Errc::kNotFound, fmt::format("cannot open '{}'", path.string())};
  std::string text;
  std::array<char, 1U << 14U> block{};
  while (file && text.size() <= kMaxBytes) {
    file.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return Error{Errc::kUnavailable, fmt::format("cannot read '{}'", path.string())};
  return text;
}

}  // namespace

base::Result<Calendar> ParseCalendar(std::string_view text) {
  if (text.size() > kMaxBytes) return Error{Errc::kLimit, fmt::format("more than {} bytes", kMaxBytes)};
  FileReader reader;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    ++number;
    if (end == std::string_view::npos) return Error{Errc::kInvalid, fmt::format("line {}: cut off", number)};
    if (base::Status line = reader.ReadLine(text.substr(0, end)); !line.ok()) {
      return std::move(line).error().With(fmt::format("line {}", number));
    }
    text.remove_prefix(end + 1);
  }
  base::Result<Calendar> calendar = std::move(reader).Finish();
  if (!calendar.ok()) return std::move(calendar).error().With(fmt::format("line {}", number + 1));
  return calendar;
}

base::Result<Calendars> Calendars::Load(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  if (error) return Error{Errc::kNotFound, fmt::format("no folder of calendars '{}'", folder)};
  std::vector<std::filesystem::path> paths;
  while (entry != std::filesystem::directory_iterator()) {
    if (entry->path().extension() == ".tsv") paths.push_back(entry->path());
    entry.increment(error);
    if (error) return Error{Errc::kUnavailable, fmt::format("cannot list '{}': {}", folder, error.message())};
  }
  std::sort(paths.begin(), paths.end());
  Calendars all;
  for (const std::filesystem::path& path : paths) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    base::Result<Calendar> calendar = ParseCalendar(text);
    if (!calendar.ok()) return std::move(calendar).error().With(path.string());
    std::string name = calendar.value().name();
    if (name != path.stem().string()) {
      return Error{Errc::kInvalid,
                   fmt::format("{}: the calendar is named '{}'; the file must be too", path.string(), name)};
    }
    all.calendars_.emplace(std::move(name), std::move(calendar).value());
  }
  return all;
}

const Calendar* Calendars::Find(std::string_view name) const {
  const auto found = calendars_.find(name);
  return found == calendars_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Calendars::names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, calendar] : calendars_) names.emplace_back(name);
  return names;
}

}  // namespace lawbound::calendar
