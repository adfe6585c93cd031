// Reads acts from JSON.  The library's exceptions end here.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/ledger.h"

namespace lawbound::cli {
namespace {

using Json = nlohmann::ordered_json;
using base::Errc;
using base::Error;

Error Wrong(std::string_view what) { return {Errc::kInvalid, std::string(what)}; }

base::Result<ledger::Draft> FromJson(const Json& json) {
  if (!json.is_object()) return Wrong("an act is a JSON object");
  ledger::Draft out;
  for (const auto& [name, value] : json.items()) {
    if (name == "request" || name == "kind") {
      if (!value.is_string()) return Wrong(fmt::format("'{}' is a text", name));
      (name == "kind" ? out.kind : out.request) = value.get<std::string>();
    } else if (name == "facts" || name == "fields") {
      if (!value.is_object()) return Wrong(fmt::format("'{}' is an object of names and texts", name));
      for (const auto& [key, text] : value.items()) {
        const bool empty = name == "fields" && text.is_null();
        if (!text.is_string() && !empty) return Wrong(fmt::format("'{}' in '{}' is not a text", key, name));
        if (name == "facts") {
          out.facts.push_back({key, text.get<std::string>()});
        } else {
          out.fields.push_back(
              {key, empty ? std::nullopt : std::optional<std::string>(text.get<std::string>())});
        }
      }
    } else {
      return Wrong(fmt::format("an act has 'request', 'kind', 'facts' and 'fields', and no '{}'", name));
    }
  }
  return out;
}

}  // namespace

base::Result<ledger::Draft> ParseDraft(std::string_view line) {
  try {
    return FromJson(Json::parse(line));
  } catch (const nlohmann::json::exception& error) {
    return Wrong(fmt::format("not JSON: {}", error.what()));
  }
}

}  // namespace lawbound::cli
