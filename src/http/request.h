// A request as handlers see it: read whole, within the server's limits, every text of it valid UTF-8 without
// control characters other than tab and line feed.  Plain values; copied and moved freely.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lawbound::http {

struct NamedText {
  std::string name, value;
  bool operator==(const NamedText&) const = default;
};

// A file of a multipart form.  Its bytes are as they came, and its name is what the sender says.
struct Upload {
  std::string field, filename, type, bytes;
  bool operator==(const Upload&) const = default;
};

// The first value of this name.
inline std::optional<std::string_view> Find(const std::vector<NamedText>& in, std::string_view name) {
  for (const NamedText& one : in) {
    if (one.name == name) return one.value;
  }
  return std::nullopt;
}

struct Request {
  std::string method;  // "GET"; a HEAD request comes as GET, and its answer goes without the body
  std::string path;    // decoded, begins with '/', without empty or dotted parts
  std::vector<NamedText> query;
  std::vector<NamedText> headers;  // names in small letters; those that are not UTF-8 are left out
  std::vector<NamedText> cookies;
  std::vector<NamedText> form;  // urlencoded or multipart; lines end in '\n'
  std::vector<Upload> files;
  std::string body;  // of other types: JSON and the like

  std::optional<std::string_view> Header(std::string_view name) const { return Find(headers, name); }
  std::optional<std::string_view> Cookie(std::string_view name) const { return Find(cookies, name); }
  std::optional<std::string_view> Query(std::string_view name) const { return Find(query, name); }
  std::optional<std::string_view> Form(std::string_view name) const { return Find(form, name); }
};

// Why a request never reached a handler, or not whole.
struct Problem {
  int status = 400;
  std::string what;  // lower case, no final period; never quotes what was sent
};

}  // namespace lawbound::http
