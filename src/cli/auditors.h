// One audit worker per reading thread: where a log goes when a command audits it.
#pragma once

#include <vector>

#include "engine/audit.h"
#include "ingest/log_reader.h"

namespace lawbound::cli {

// Borrows plan and options for its life.
class Auditors final : public ingest::BatchSink {
 public:
  Auditors(const engine::Plan& plan, const engine::AuditOptions& options, unsigned threads)
      : plan_(plan), options_(options), threads_(threads) {
    Restart();
  }
  void Take(std::size_t worker, std::size_t part, const model::Batch& batch) override {
    workers_[worker].Consume(static_cast<std::uint32_t>(part), batch);
  }
  void Restart() override {
    workers_.clear();
    for (unsigned i = 0; i < threads_; ++i) workers_.emplace_back(plan_, options_);
  }
  std::vector<engine::AuditWorker>& workers() { return workers_; }

 private:
  const engine::Plan& plan_;
  const engine::AuditOptions& options_;
  unsigned threads_;
  std::vector<engine::AuditWorker> workers_;
};

}  // namespace lawbound::cli
