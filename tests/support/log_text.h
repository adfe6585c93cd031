// What reading a log gave, as text that two readings can be compared by: the histories in the order of their
// case numbers.
#pragma once

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "ingest/log_reader.h"

namespace lawbound::support {

inline std::string PrintHistory(const program::Program& p, const model::History& h) {
  std::string out = fmt::format("{}:", h.name);
  const auto value = [&](const program::FieldDef& field, model::Value v) -> std::string {
    using enum program::ValueType;
    if (v == model::kMissing) return "-";
    const auto at = static_cast<std::size_t>(v);
    if (field.type == kText || field.type == kDocument || field.type == kProvision) return h.texts[at];
    if (field.type == kOfficial) return h.people_names[at];
    return std::to_string(v);
  };
  for (const program::FieldDef& field : p.fields) {
    if (field.role)
      out += fmt::format(" [{}={}]", p.string(field.name), value(field, h.role_values[field.place]));
  }
  for (const model::Entry& e : h.entries) {
    const program::ActDef& act = p.acts[e.act.index()];
    out += fmt::format("\n  #{} {} {} {}", e.number, p.string(act.name), base::PrintDay(e.day), e.minute);
    if (e.millisecond != base::kNoMillisecond) out += fmt::format("+{}", e.millisecond);
    out += fmt::format(" recorded {}", base::PrintDay(e.recorded));
    for (std::uint32_t i = 0; i < e.people; ++i) out += " by " + h.people_names[h.people[e.first_person + i]];
    for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
      out += fmt::format(" {}={}", p.string(p.fields[f].name),
                         value(p.fields[f], h.value(e, p.fields[f].place)));
    }
  }
  return out + "\n";
}

class TextSink final : public ingest::BatchSink {
 public:
  explicit TextSink(const program::Program& program) : program_(&program) {}
  void Take(std::size_t, std::size_t part, const model::Batch& batch) override {
    std::vector<std::string> histories;
    for (std::size_t i = 0; i < batch.cases.size(); ++i)
      histories.push_back(PrintHistory(*program_, batch.history(i)));
    const std::lock_guard lock(mutex_);
    parts_[part] = std::move(histories);
  }
  void Restart() override {
    parts_.clear();
    ++restarts_;
  }
  // In the order of parts.
  std::string Text() const {
    std::string out;
    for (const auto& [part, histories] : parts_) {
      for (const std::string& h : histories) out += h;
    }
    return out;
  }
  // In the order of the texts.
  std::string Sorted() const {
    std::vector<std::string> all;
    for (const auto& [part, histories] : parts_) all.insert(all.end(), histories.begin(), histories.end());
    std::sort(all.begin(), all.end());
    std::string out;
    for (const std::string& h : all) out += h;
    return out;
  }
  int restarts() const { return restarts_; }

 private:
  const program::Program* program_;
  std::mutex mutex_;
  std::map<std::size_t, std::vector<std::string>> parts_;
  int restarts_ = 0;
};

struct ReadBack {
  std::string text, sorted, quality, error;
  base::Errc code = base::Errc::kInvalid;
  bool ok = false;
  int restarts = 0;
  ingest::LogSummary summary = {};
};

inline ReadBack ReadAll(const ingest::LogSource& source, const program::Program& p,
                        const ingest::Options& options = {}) {
  static const base::Result<calendar::Zone> zone = calendar::Zone::Load("Europe/Rome");
  TextSink sink(p);
  auto read = ingest::ReadLog(source, p, p.mappings[0], zone.value(), options, sink);
  ReadBack back{.text = sink.Text(), .sorted = sink.Sorted(), .quality = {}, .error = {}};
  back.ok = read.ok();
  back.restarts = sink.restarts();
  if (read.ok()) {
    back.quality = ingest::PrintDataQuality(read.value().quality);
    back.summary = std::move(read).value();
  } else {
    back.error = read.error().message;
    back.code = read.error().code;
  }
  return back;
}

inline ReadBack ReadText(const std::string& text, const program::Program& p,
                         const ingest::Options& options = {}) {
  return ReadAll(ingest::TextLog("log", text), p, options);
}

}  // namespace lawbound::support
