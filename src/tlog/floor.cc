#include "tlog/floor.h"

#include <fmt/format.h>

namespace lawbound::tlog {
namespace {

std::string FactOf(const Entry& entry, std::string_view name) {
  const std::string* value = entry.FindFact(name);
  return value == nullptr ? std::string() : *value;
}

}  // namespace

bool FloorStatement::SaysTheSame(const FloorStatement& other) const {
  return floor == other.floor && refusals == other.refusals && packs == other.packs &&
         waived == other.waived && ground == other.ground && official == other.official;
}

std::optional<FloorStatement> FloorOf(const Entry& entry, std::uint64_t number) {
  if (KindOf(entry) != EntryKind::kFloor) return std::nullopt;
  FloorStatement out;
  out.entry = number;
  out.day = *base::ParseDay(FactOf(entry, "day"));  // an entry without it is not one
  out.floor = FactOf(entry, "floor");
  out.refusals = FactOf(entry, "refusals");
  out.packs = FactOf(entry, "packs");
  if (const std::string* waived = entry.FindFact("waived"); waived != nullptr) {
    out.waived = *waived;
    out.ground = FactOf(entry, "ground");
    out.official = FactOf(entry, "official");
  }
  return out;
}

std::string DescribeWaiver(const FloorStatement& statement) {
  if (!statement.waived) return "whole";
  return fmt::format("WAIVED by {}, ground: {}: {}", statement.official, statement.ground, *statement.waived);
}

std::string FloorChange::Describe() const {
  std::string out;
  const auto add = [&](std::string_view what, const std::string& was, const std::string& is) {
    if (was != is) out += fmt::format("{}{} was {} and is {}", out.empty() ? "" : "; ", what, was, is);
  };
  add("floor", before.floor, after.floor);
  add("refusals", before.refusals, after.refusals);
  add("packs", before.packs, after.packs);
  add("the floor", DescribeWaiver(before), DescribeWaiver(after));
  return out;
}

void FloorWatch::Take(std::uint64_t number, const Entry& entry) {
  const std::optional<FloorStatement> statement = FloorOf(entry, number);
  if (!statement) {
    if (history_.statements == 0 && KindOf(entry) == EntryKind::kAct) ++history_.acts_before;
    return;
  }
  ++history_.statements;
  if (statement->waived) {
    ++history_.waived;
    if (!history_.first_waived) history_.first_waived = statement;
  }
  if (!history_.first) history_.first = statement;
  if (history_.last) {
    if (!history_.last->SaysTheSame(*statement)) {
      ++history_.changed;
      if (history_.changes.size() < FloorHistory::kMostChanges)
        history_.changes.push_back({*history_.last, *statement});
    }
    const std::int64_t days = std::int64_t{statement->day.number} - history_.last->day.number;
    if (days < 0) ++history_.out_of_order;
    if (days > 1) {
      history_.days_without += static_cast<std::uint64_t>(days - 1);
      if (!history_.first_day_without) history_.first_day_without = base::Day{history_.last->day.number + 1};
    }
  }
  history_.last = statement;
}

std::optional<std::string> Misses(const FloorStatement& statement, const FloorDemand& demand) {
  const auto at = fmt::format("entry {} of {}", statement.entry, base::PrintDay(statement.day));
  if (!demand.floor.empty() && statement.floor != demand.floor)
    return fmt::format("the floor is {} by {}, not the one that is demanded", statement.floor, at);
  if (!demand.refusals.empty() && statement.refusals != demand.refusals)
    return fmt::format("the refusals are {} by {}, not those that are demanded", statement.refusals, at);
  if (demand.any() && statement.waived)
    return fmt::format("the floor is {}, by {}", DescribeWaiver(statement), at);
  return std::nullopt;
}

}  // namespace lawbound::tlog
