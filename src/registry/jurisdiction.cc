#include "registry/jurisdiction.h"

#include <fmt/format.h>

#include "base/file.h"

namespace lawbound::registry {
namespace {

// A file that need not be there: empty then.
base::Result<std::string> ReadOptional(const std::string& path) {
  if (!base::IsFile(path)) return std::string();
  return base::ReadFile(path);
}

base::Status ReadPairs(const std::string& path, const law::Grammar& grammar,
                       std::map<std::string, std::string, std::less<>>& pairs) {
  ASSIGN_OR_RETURN(const std::string file, ReadOptional(path));
  for (const law::Row& row : law::Rows(file)) {
    if (row.cells.size() != 2 || row.cells[1].find('/') != std::string::npos) {
      return base::Error{base::Errc::kInvalid,
                         fmt::format("{}, line {}: want a name and a word without '/'", path, row.line)};
    }
    pairs[grammar.PlainName(row.cells[0])] = row.cells[1];
  }
  return base::Ok();
}

}  // namespace

base::Result<Jurisdiction> Jurisdiction::Load(const std::string& folder) {
  Jurisdiction out;
  ASSIGN_OR_RETURN(const std::string grammar, base::ReadFile(folder + "/grammar.tsv"));
  if (base::Status read = out.grammar.Read(grammar); !read.ok()) {
    return std::move(read).error().With(folder + "/grammar.tsv");
  }
  ASSIGN_OR_RETURN(const std::string ranks, ReadOptional(folder + "/ranks.tsv"));
  if (base::Status read = out.ranks.Read(ranks); !read.ok()) {
    return std::move(read).error().With(folder + "/ranks.tsv");
  }
  RETURN_IF_ERROR(ReadPairs(folder + "/names.tsv", out.grammar, out.address_names));
  ASSIGN_OR_RETURN(const std::string english, ReadOptional(folder + "/english.tsv"));
  if (base::Status read = out.english.Read(english); !read.ok()) {
    return std::move(read).error().With(folder + "/english.tsv");
  }
  for (const auto& [plain, name] : out.address_names) out.english.AddAddressName(name, plain);
  RETURN_IF_ERROR(ReadPairs(folder + "/subject-marks.tsv", out.grammar, out.subject_marks));
  ASSIGN_OR_RETURN(const std::string identity, ReadOptional(folder + "/identity.tsv"));
  ASSIGN_OR_RETURN(const std::string makers, ReadOptional(folder + "/makers.tsv"));
  for (const auto& [name, file] : {std::pair<std::string_view, const std::string*>{"identity.tsv", &identity},
                                   {"makers.tsv", &makers}}) {
    for (const law::Row& row : law::Rows(*file)) {
      if (row.cells.size() != 2 || row.cells[0].empty()) {
        return base::Error{base::Errc::kInvalid,
                           fmt::format("{}/{}, line {}: want two words", folder, name, row.line)};
      }
      if (file == &makers) {
        out.makers.emplace_back(row.cells[0], row.cells[1]);
      } else {
        out.settings[row.cells[0]] = row.cells[1];
      }
    }
  }
  ASSIGN_OR_RETURN(const std::string sources, ReadOptional(folder + "/sources.tsv"));
  for (const law::Row& row : law::Rows(sources)) {
    if (row.cells.size() != 3 || !out.ranks.Has(row.cells[1])) {
      return base::Error{
          base::Errc::kInvalid,
          fmt::format("{}/sources.tsv, line {}: want a folder, a rank and a territory", folder, row.line)};
    }
    out.sources.push_back({row.cells[0], row.cells[1], row.cells[2]});
  }
  return out;
}

const SourceRule* Jurisdiction::SourceOf(std::string_view path) const {
  const SourceRule* best = nullptr;
  for (const SourceRule& rule : sources) {
    const bool fits = path.starts_with(rule.prefix) &&
                      (path.size() == rule.prefix.size() || path[rule.prefix.size()] == '/');
    if (fits && (best == nullptr || rule.prefix.size() > best->prefix.size())) best = &rule;
  }
  return best;
}

std::string Jurisdiction::MakerIn(std::string_view line) const {
  std::size_t first = std::string_view::npos, bytes = 0;
  std::string maker;
  for (const auto& [words, name] : makers) {
    const std::size_t at = line.find(words);
    if (at == std::string_view::npos || at > first || (at == first && words.size() <= bytes)) continue;
    first = at;
    bytes = words.size();
    maker = name;
  }
  return maker;
}

std::string Jurisdiction::identity(std::string_view key, std::string_view otherwise) const {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string(otherwise) : found->second;
}

std::string Jurisdiction::AddressName(std::string_view plain_name) const {
  const auto named = address_names.find(plain_name);
  return named == address_names.end() ? std::string(plain_name) : named->second;
}

}  // namespace lawbound::registry
