#include "tlog/verifier_json.h"

#include <fmt/format.h>
#include <optional>

#include "tlog/encoding.h"

namespace lawbound::tlog {
namespace {

// `"name":"value"` for each fact, with commas between.
std::string JsonFacts(const Entry& entry) {
  std::string out;
  for (const Fact& fact : entry.facts) {
    out += fmt::format("{}{}:{}", out.empty() ? "" : ",", JsonText(fact.name), JsonText(fact.value));
  }
  return out;
}

bool IsUtf8(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!NextCodePoint(bytes)) return false;
  }
  return true;
}

std::string JsonStatement(const FloorStatement& floor) {
  std::string out =
      fmt::format("{{\"entry\":{},\"day\":{},\"floor\":{},\"refusals\":{},\"packs\":{},\"whole\":{}",
                  floor.entry, JsonText(base::PrintDay(floor.day)), JsonText(floor.floor),
                  JsonText(floor.refusals), JsonText(floor.packs), !floor.waived);
  if (floor.waived) {
    out += fmt::format(",\"waived\":{},\"ground\":{},\"official\":{}", JsonText(*floor.waived),
                       JsonText(floor.ground), JsonText(floor.official));
  }
  return out + "}";
}

}  // namespace

std::string JsonText(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::string_view before = text;
    const std::optional<char32_t> point = NextCodePoint(text);
    if (!point) {
      out += "\\ufffd";
      text = before.substr(1);
    } else if (*point == '"' || *point == '\\') {
      out += {'\\', static_cast<char>(*point)};
    } else if (*point < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(*point));
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out + "\"";
}

std::string JsonOf(const SignedCheckpoint& checkpoint) {
  const Checkpoint& c = checkpoint.checkpoint;
  std::string witnesses;
  for (const Cosigner& witness : checkpoint.witnesses) {
    witnesses += fmt::format("{}{{\"name\":{},\"time\":{}}}", witnesses.empty() ? "" : ",",
                             JsonText(witness.name), witness.time);
  }
  return fmt::format(",\"log\":{},\"entries\":{},\"root\":{},\"witnesses\":[{}]", JsonText(c.origin),
                     c.tree.size, JsonText(PrintHash(c.tree.root)), witnesses);
}

std::string JsonOf(const ReceiptReport& report) {
  std::string fields;
  for (const FieldReport& field : report.fields) {
    fields += fmt::format("{}{{\"name\":{},\"state\":{}", fields.empty() ? "" : ",", JsonText(field.name),
                          JsonText(FieldStateName(field.state)));
    if (field.value) {
      fields += IsUtf8(*field.value) ? ",\"value\":" + JsonText(*field.value)
                                     : ",\"base64\":" + JsonText(EncodeBase64(*field.value));
    }
    if (field.by) fields += fmt::format(",\"by\":{}", *field.by);
    fields += "}";
  }
  std::string later;
  for (const LaterReport& one : report.later) {
    later += fmt::format("{}{{\"entry\":{},\"kind\":{},\"facts\":{{{}}}}}", later.empty() ? "" : ",",
                         one.index, JsonText(one.entry.kind), JsonFacts(one.entry));
  }
  return fmt::format(",\"entry\":{},\"kind\":{},\"facts\":{{{}}},\"fields\":[{}],\"later\":[{}],\"floor\":{}",
                     report.index, JsonText(report.entry.kind), JsonFacts(report.entry), fields, later,
                     report.floor ? JsonStatement(*report.floor) : "null");
}

std::string JsonOf(const FloorHistory& floor) {
  std::string changes;
  for (const FloorChange& change : floor.changes)
    changes += (changes.empty() ? "" : ",") + JsonStatement(change.after);
  return fmt::format(
      ",\"floor\":{{\"statements\":{},\"last\":{},\"changed\":{},\"changes\":[{}],\"waived\":{},"
      "\"acts_before\":{},\"days_without\":{}}}",
      floor.statements, floor.last ? JsonStatement(*floor.last) : "null", floor.changed, changes,
      floor.waived, floor.acts_before, floor.days_without);
}

}  // namespace lawbound::tlog
