// What stands in bodies, queries and cookies, taken apart.  Functions of bytes that anybody may have sent:
// they refuse, and never guess.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

#include "http/request.h"

namespace lawbound::http {

struct FormLimits {
  std::size_t fields = 1000;  // files too
  std::size_t name_bytes = 200;
};

struct FormData {
  std::vector<NamedText> fields;
  std::vector<Upload> files;
};

// Either what was asked for or what is wrong with the bytes.
template <typename T>
using Read = std::variant<T, Problem>;

// a=1&b=2, as queries and forms have it.  A '+' is a space, CR LF a line feed.
Read<std::vector<NamedText>> ReadUrlencoded(std::string_view text, const FormLimits& limits = {});

// multipart/form-data (RFC 7578).  `type` is the whole Content-Type header, for the boundary.
Read<FormData> ReadMultipart(std::string_view type, std::string_view body, const FormLimits& limits = {});

// "a=1; b=2".  What is no cookie is left out.
std::vector<NamedText> ReadCookies(std::string_view header);

// The path of a request, before its '?': decoded, without dots, backslashes and doubled slashes.
Read<std::string> ReadPath(std::string_view raw);

// The value of a parameter of a header like `multipart/form-data; boundary=x`; empty when it has none.
std::string HeaderParameter(std::string_view header, std::string_view name);
// The type itself, in small letters: "multipart/form-data".
std::string MediaType(std::string_view header);

// Whether it is valid UTF-8 without control characters other than tab, line feed and carriage return.
bool IsCleanText(std::string_view text);

}  // namespace lawbound::http
