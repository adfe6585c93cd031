// The texts a person wrote, and places in them.  A pack is several pages, so a Span names its file.
//
// Sources owns the texts; a FileId stays valid as long as it does.  Not shared between threads while files
// are added; read-only use from many threads is safe.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/id.h"

namespace lawbound::source {

struct SourceFile {
  std::string name;  // as shown to the person: "packs/it/traffic-fine/3-appeals.md"
  std::string text;  // UTF-8, unchanged bytes of the file
};
using FileId = base::Id<SourceFile>;

// Bytes [begin, end) of one file.  Passes never count lines; Locate does when something is shown.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Where a byte is, for people.
struct Place {
  std::size_t line = 1;    // from 1
  std::size_t column = 1;  // from 1, in characters' display width: a Han character is two columns
  std::size_t utf16 = 0;   // from 0, in UTF-16 units: what editors count
  std::string_view text;   // the whole line without its end; points into the file's text
};

class Sources {
 public:
  // Takes a file in and returns its id.  REQUIRES: text.size() < 2^32.
  FileId Add(std::string name, std::string text);
  const SourceFile& file(FileId id) const { return files_[id.index()]; }
  std::size_t count() const { return files_.size(); }
  // The text a span covers; points into the file's text.
  std::string_view text(Span span) const;
  Place Locate(FileId file, std::uint32_t offset) const;

 private:
  std::deque<SourceFile> files_;  // a deque: texts do not move when a file is added
};

// Columns that `text` (UTF-8) takes in a terminal: wide characters two, combining marks none.
std::size_t DisplayWidth(std::string_view text);

}  // namespace lawbound::source
