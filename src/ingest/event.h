// What every reader of a format hands on: cases and their events as texts, before any mapping.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace lawbound::ingest {

// What XES says a value is; rows of CSV and JSON Lines are kString.
enum class AttributeType : std::uint8_t { kString, kDate, kInt, kFloat, kBoolean, kId, kOther };

struct Attribute {
  std::string_view key, value;
  AttributeType type = AttributeType::kString;
};

// Where in the log: a line counted from the start of a block.  Computed on demand, since lines are hardly
// ever asked.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::uint64_t block() const = 0;
  virtual std::uint64_t line() const = 0;
};

// Receives a log case by case.  Views live for the call.  A failed Status ends the reading.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual base::Status BeginCase(const Place& place) = 0;
  // May come before, between and after the events of the case.
  virtual base::Status CaseAttribute(const Attribute& attribute, const Place& place) = 0;
  virtual base::Status Event(std::span<const Attribute> attributes, const Place& place) = 0;
  virtual base::Status EndCase(const Place& place) = 0;
  virtual void NestedAttributes(std::uint64_t count) = 0;
  virtual void LooseEvent() = 0;
};

}  // namespace lawbound::ingest
