#include "registry/collection.h"

#include <filesystem>

#include "base/file.h"
#include "store/database.h"

namespace lawbound::registry {

FileName ReadFileName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string_view stem = slash == std::string_view::npos ? path : path.substr(slash + 1);
  stem = stem.substr(0, stem.rfind('.'));
  FileName out{std::string(stem), std::nullopt};
  constexpr std::size_t kDateBytes = 12;  // "(2021-01-22)"
  if (stem.size() > kDateBytes && stem.ends_with(')') && stem[stem.size() - kDateBytes] == '(') {
    out.day = base::ParseDay(stem.substr(stem.size() - kDateBytes + 1, kDateBytes - 2));
    if (out.day) out.name = stem.substr(0, stem.size() - kDateBytes);
  }
  return out;
}

base::Status Collection::ReadDatabase(const std::string& path) {
  ASSIGN_OR_RETURN(store::Database database, store::Database::Open(path, store::Database::Mode::kRead));
  ASSIGN_OR_RETURN(
      store::Statement find,
      database.Prepare("SELECT name, coalesce(publish, ''), coalesce(valid_from, ''), expired FROM law"));
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return base::Ok();
    rows_[{std::string(find.Text(0)), std::string(find.Text(1))}] = {base::ParseDay(find.Text(2)),
                                                                     find.Integer(3) != 0};
  }
}

base::Result<Collection> Collection::Read(const std::string& folder) {
  Collection out;
  constexpr int kDepth = 3;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(folder, error), end;
  for (; !error && entry != end; entry.increment(error)) {
    if (entry.depth() >= kDepth) entry.disable_recursion_pending();
    if (entry->path().filename() == "db.sqlite3") RETURN_IF_ERROR(out.ReadDatabase(entry->path().string()));
  }
  return out;
}

const CollectionRow* Collection::Find(const FileName& file) const {
  const auto row = rows_.find({file.name, file.day ? base::PrintDay(*file.day) : std::string()});
  return row == rows_.end() ? nullptr : &row->second;
}

}  // namespace lawbound::registry
