// The forms in which texts come, brought to the one form that law::ReadText reads: a title, a head with
// dates, headings and articles.  What a form says beside its words (rank, maker, territory) is kept apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "law/text.h"
#include "registry/jurisdiction.h"

namespace lawbound::registry {

struct SourceText {
  std::string words;                   // UTF-8
  std::string rank, maker, territory;  // as the file says; mostly empty
  std::string encoding;                // what it was in
  std::optional<base::Day> ends;       // the first day on which it no longer binds
  std::vector<law::Issue> issues;      // of the head: lines that were not understood
  std::vector<std::size_t> lines;      // of each line of `words`, its line in the file; empty: the same
};

// .md and .txt in any encoding that can be told (registry/encoding.h), Markdown with a YAML head, .docx, and
// Akoma Ntoso 3.0 (.xml, .akn).  kNotFound; kLimit above 16 MB; kInvalid, with the line, when it cannot be
// read.
base::Result<SourceText> ReadSource(const Jurisdiction& jurisdiction, const std::string& path);

// A head between two lines of three dashes, of lines "key: value": title, published, commences, expires (the
// last day), rank, maker, territory.  Other lines are left out, and an issue says so.  A text without such a
// head is itself.  kInvalid, with the line, for an unclosed head or a date that is none.
base::Result<SourceText> ReadYamlHead(const Jurisdiction& jurisdiction, std::string_view text);

base::Result<SourceText> ReadAkomaNtoso(const Jurisdiction& jurisdiction, std::string_view xml);

// The files that ReadSource knows by their names.
bool IsTextFile(std::string_view name);

}  // namespace lawbound::registry
