// One version of an instrument written out whole: Akoma Ntoso 3.0 (OASIS LegalDocML), JSON, Markdown that
// the importer reads back, HTML with schema.org/Legislation.  No word of a text is changed; numbers of
// articles are written as the jurisdiction writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/result.h"
#include "registry/jurisdiction.h"
#include "registry/registry.h"

namespace lawbound::registry {

enum class ExportFormat : std::uint8_t { kAkomaNtoso, kJson, kMarkdown, kHtml };
// "akn", "json", "markdown", "html"; nothing for another word.
std::optional<ExportFormat> ExportFormatNamed(std::string_view name);

// `day`: as of which day the page says whether the version is in force.
base::Result<std::string> Export(Registry& registry, const Jurisdiction& jurisdiction, const Work& work,
                                 std::size_t version, base::Day day, ExportFormat format);

}  // namespace lawbound::registry
