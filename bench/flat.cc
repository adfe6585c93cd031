#include "bench/flat.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <iterator>
#include <numeric>
#include <string_view>

namespace lawbound::bench {
namespace {

struct FlatName {
  std::string_view act;
  std::string_view amount;  // the field; empty: none
};
constexpr std::array<FlatName, kFlatActs> kNames{{{"issue", "amount"},
                                                  {"send", "expense"},
                                                  {"served", ""},
                                                  {"add-penalty", "amount"},
                                                  {"pay", "amount"},
                                                  {"appeal-prefect", ""},
                                                  {"forward-appeal", ""},
                                                  {"prefect-result", ""},
                                                  {"tell-result", ""},
                                                  {"appeal-judge", ""},
                                                  {"collect", ""}}};
constexpr std::size_t kNone = ~std::size_t{0};

// For each act of the program its number here and the place of its amount.
struct Column {
  std::size_t act = kNone, amount = kNone;
};

base::Result<std::vector<Column>> ColumnsOf(const program::Program& program) {
  std::vector<Column> columns(program.acts.size());
  std::size_t found = 0;
  for (std::size_t a = 0; a < program.acts.size(); ++a) {
    const auto name = std::find_if(kNames.begin(), kNames.end(), [&](const FlatName& n) {
      return n.act == program.string(program.acts[a].name);
    });
    if (name == kNames.end()) continue;
    ++found;
    columns[a].act = static_cast<std::size_t>(name - kNames.begin());
    const auto& fields = program.acts[a].fields;
    for (std::uint32_t f = fields.first; f < fields.end(); ++f) {
      if (program.string(program.fields[f].name) == name->amount) columns[a].amount = program.fields[f].place;
    }
  }
  if (found == kNames.size()) return columns;
  return base::Error{base::Errc::kInvalid, "the pack has not the acts of the road traffic fines"};
}

class File {
 public:
  explicit File(const std::string& path) : file_(std::fopen(path.c_str(), "wb")) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (file_ != nullptr) std::fclose(file_);
  }
  std::string text;
  void Flush(std::size_t at_least) {
    if (file_ == nullptr || text.size() < at_least) return;
    good_ = std::fwrite(text.data(), 1, text.size(), file_) == text.size() && good_;
    text.clear();
  }
  bool Close() {
    Flush(0);
    const bool good = file_ != nullptr && std::fclose(file_) == 0 && good_;
    file_ = nullptr;
    return good;
  }

 private:
  std::FILE* file_;
  bool good_ = true;
};

constexpr std::size_t kFlushAt = std::size_t{1} << 20;

}  // namespace

base::Result<FlatLog> Flatten(const program::Program& program, const std::vector<model::Batch>& batches) {
  ASSIGN_OR_RETURN(const std::vector<Column> columns, ColumnsOf(program));
  FlatLog log;
  log.first.push_back(0);
  for (const model::Batch& batch : batches) {
    for (std::size_t i = 0; i < batch.cases.size(); ++i) {
      const model::History history = batch.history(i);
      for (const model::Entry& entry : history.entries) {
        const Column& column = columns[entry.act.index()];
        if (column.act == kNone) continue;
        const model::Value amount =
            column.amount == kNone ? model::kMissing : history.value(entry, column.amount);
        log.act.push_back(static_cast<std::uint8_t>(column.act));
        log.day.push_back(entry.day - base::Day{});
        log.amount.push_back(amount == model::kMissing ? 0 : amount);
        log.last_day = std::max(log.last_day, log.day.back());
      }
      log.first.push_back(static_cast<std::uint32_t>(log.act.size()));
    }
  }
  return log;
}

bool WriteCsv(const FlatLog& log, const std::string& path) {
  File file(path);
  file.text = "matter,act,day,amount\n";
  for (std::size_t i = 0; i + 1 < log.first.size(); ++i) {
    for (std::uint32_t e = log.first[i]; e < log.first[i + 1]; ++e) {
      fmt::format_to(std::back_inserter(file.text), "{},{},{},{}\n", i, log.act[e], log.day[e],
                     log.amount[e]);
    }
    file.Flush(kFlushAt);
  }
  return file.Close();
}

bool WriteScattered(const FlatLog& log, int copies, const std::string& path) {
  std::vector<std::uint32_t> matter(log.act.size()), order(log.act.size());
  for (std::uint32_t i = 0; i + 1 < log.first.size(); ++i) {
    std::fill(matter.begin() + log.first[i], matter.begin() + log.first[i + 1], i);
  }
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return log.day[a] < log.day[b]; });
  File file(path);
  file.text = "matter,activity,day,amount\n";
  for (const std::uint32_t e : order) {
    const std::string day = base::PrintDay(base::Day{} + log.day[e]);
    const FlatName& name = kNames[log.act[e]];
    const std::string amount =
        name.amount.empty() ? "" : fmt::format("{}.{:02}", log.amount[e] / 100, log.amount[e] % 100);
    for (int copy = 0; copy < copies; ++copy) {
      fmt::format_to(std::back_inserter(file.text), "F{}-{},{},{},{}\n", matter[e], copy, name.act, day,
                     amount);
    }
    file.Flush(kFlushAt);
  }
  return file.Close();
}

std::string ScatteredMapping() {
  std::string page =
      "# Reading scattered rows\n\n```lawbound\npack it/traffic-fine\n\n"
      "mapping scattered csv case \"matter\" act \"activity\" time \"day\"\n";
  for (const FlatName& name : kNames) {
    page += fmt::format("  \"{}\" -> {}", name.act, name.act);
    if (!name.amount.empty()) page += fmt::format(" {}=\"amount\"", name.amount);
    page += "\n";
  }
  return page +
         "  unseen identify, order, granted, judgment, prefect-result.confirmed\n"
         "  assume offender.abroad = no\n  assume issue.identified-later = no\n"
         "  assume issue.jointly-liable = no\n  assume appeal-prefect.directly = no\n```\n";
}

}  // namespace lawbound::bench
