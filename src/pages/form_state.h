// What somebody typed into the form of an act, kept while they sign in, and shown again when it is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/response.h"
#include "pages/visit.h"

namespace lawbound::pages {

class Page;

struct FormState {
  std::string where;  // "/matter/3f.../act/decide", "/begin/discover", "/challenge/12/apply"
  std::string query;  // the pack, of a beginning
  std::vector<http::NamedText> fields;

  // The first, or nothing.
  std::string Value(std::string_view name) const {
    return std::string(http::Find(fields, name).value_or(""));
  }
  std::vector<std::string> Values(std::string_view name) const;
};

// What a posted form holds but its token.
FormState StateOfForm(const http::Request& request);
// Through the sign-in page: hidden fields `kept-...`.
void WriteKept(Page& page, const FormState& state);
FormState ReadKept(const http::Request& request);

// Whether it is the address of an act's form, and nothing else.
bool IsActAddress(std::string_view where);
bool IsMatterAddress(std::string_view where);
std::string AddressOf(const FormState& state);

// The form of the act at `state.where`, filled in.
http::Response ActPageWith(const Visit& visit, const FormState& state);

}  // namespace lawbound::pages
