// Documents of acts, from the templates of their pack (templates.md): what an act must say, field by field.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/phrases.h"

namespace lawbound::pages {

// A line of a document; `strong` parts are between the others: "", "Heading", " (1)".
struct TextRun {
  std::string text;
  bool strong = false;
  bool operator==(const TextRun&) const = default;
};
struct DocumentText {
  std::vector<std::vector<std::vector<TextRun>>> paragraphs;  // their lines, and the runs of these
  std::vector<std::string> missing;                           // names of fields that have no value
};

// What stands for `{name}`; nothing: it is missing.
using ValueOf = std::function<std::optional<std::string>(std::string_view name)>;

// Of the section `## act`, the part in the language.  Nothing: the templates have none.  A place `{name:
// words}` is a time of the pack: its words stand in the template.  What comes from a value is never read as a
// template again, nor as emphasis.
std::optional<DocumentText> FillTemplate(std::string_view templates, std::string_view act, Language language,
                                         const ValueOf& value);

}  // namespace lawbound::pages
