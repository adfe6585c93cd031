// Holds a JSON value against the part of JSON Schema that docs/formats/audit.schema.json uses: $ref within
// the file, type, enum, pattern, minimum, required, properties, items, minItems, maxItems, allOf.  A schema
// word it does not know is a complaint, so that none is passed over in silence.
#pragma once

#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

namespace lawbound::report {

class SchemaCheck {
 public:
  using Json = nlohmann::json;

  explicit SchemaCheck(const Json& root) : root_(root) {}

  // What is wrong, each with its place; empty: nothing.
  std::vector<std::string> Check(const Json& value) {
    complaints_.clear();
    Against(value, root_, "");
    return complaints_;
  }

 private:
  static bool HasType(const Json& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "integer" && value.is_number_integer()) || (type == "null" && value.is_null());
  }

  void Say(const std::string& place, const std::string& what) { complaints_.push_back(place + ": " + what); }

  void Word(const std::string& word, const Json& asks, const Json& value, const std::string& place) {
    if (word == "$ref") {
      Against(value, root_.at(Json::json_pointer(asks.get<std::string>().substr(1))), place);
    } else if (word == "allOf") {
      for (const Json& part : asks) Against(value, part, place);
    } else if (word == "type") {
      bool any = false;
      for (const Json& type : asks.is_array() ? asks : Json::array({asks})) any |= HasType(value, type);
      if (!any) Say(place, "is not " + asks.dump());
    } else if (word == "enum") {
      if (std::find(asks.begin(), asks.end(), value) == asks.end())
        Say(place, value.dump() + " is not one of " + asks.dump());
    } else if (word == "pattern") {
      if (value.is_string() &&
          !std::regex_search(value.get<std::string>(), std::regex(asks.get<std::string>()))) {
        Say(place, value.dump() + " does not match " + asks.dump());
      }
    } else if (word == "minimum") {
      if (value.is_number() && value < asks) Say(place, "is less than " + asks.dump());
    } else if (word == "minItems" || word == "maxItems") {
      const bool good =
          !value.is_array() || (word == "minItems" ? value.size() >= asks : value.size() <= asks);
      if (!good) Say(place, "has the wrong size");
    } else if (word == "required") {
      for (const Json& member : asks) {
        if (value.is_object() && !value.contains(member.get<std::string>()))
          Say(place, "lacks " + member.dump());
      }
    } else if (word == "properties") {
      for (const auto& [name, schema] : asks.items()) {
        if (value.is_object() && value.contains(name)) Against(value.at(name), schema, place + "/" + name);
      }
    } else if (word == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        Against(value[i], asks, place + "/" + std::to_string(i));
      }
    } else if (word != "$schema" && word != "title" && word != "$defs") {
      Say(place, "the schema uses '" + word + "', which this check does not know");
    }
  }

  void Against(const Json& value, const Json& schema, const std::string& place) {
    for (const auto& [word, asks] : schema.items()) Word(word, asks, value, place);
  }

  const Json& root_;
  std::vector<std::string> complaints_;
};

}  // namespace lawbound::report
