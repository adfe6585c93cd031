// What a collection of texts says beside the texts: the date in a file's name, and the rows of its
// db.sqlite3.  Its flags are known to be unreliable, so they are compared with what is computed and never
// believed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/day.h"
#include "base/result.h"

namespace lawbound::registry {

// "行政法/行政处罚法(2021-01-22).md": the name and the date.
struct FileName {
  std::string name;
  std::optional<base::Day> day;
};
FileName ReadFileName(std::string_view path);

struct CollectionRow {
  std::optional<base::Day> valid_from;
  bool expired = false;
};

class Collection {
 public:
  // Reads every db.sqlite3 at most three folders deep; an empty collection when there is none.
  static base::Result<Collection> Read(const std::string& folder);
  // The row of a text by its name and date, or null.
  const CollectionRow* Find(const FileName& file) const;

 private:
  base::Status ReadDatabase(const std::string& path);
  std::map<std::pair<std::string, std::string>, CollectionRow> rows_;
};

}  // namespace lawbound::registry
