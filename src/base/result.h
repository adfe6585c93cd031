// Result<T> is what a function returns when the world outside can make it fail: the disk is full, the
// peer hung up, the database refused.  A mistake in a rule file is not an Error but a Diagnostic, and
// the function that finds it goes on and returns what it could build.
//
//   Result<Pack> LoadPack(const Path& path) {
//     ASSIGN_OR_RETURN(std::string text, ReadFile(path));
//     return Pack(std::move(text));
//   }
//
// Dropping a Result is a compile error.  Reading value() of a failed one stops the program.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.h"

namespace lawbound::base {

// What the caller can do about it; the message says what happened.
enum class Errc : unsigned char {
  kInvalid,      // the request was malformed; do not retry
  kNotFound,     // no such thing
  kConflict,     // someone else got there first; read again and retry
  kUnavailable,  // busy or unreachable; retry later
  kCorrupt,      // stored bytes do not verify; stop and look
  kLimit,        // over a configured limit
};

struct Error {
  Errc code;
  std::string message;  // lower case, no final period, names the thing: "cannot open 'a.md'"

  // Prefixes what was being done: "loading pack 'x': cannot open 'a.md'".
  Error With(std::string_view doing) && { return {code, std::string(doing) + ": " + std::move(message)}; }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that `return value;` and `return Error{...};` read plainly.
  // NOLINTNEXTLINE(google-explicit-constructor): see above
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): see above
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return held_.index() == 0; }

  // REQUIRES: ok()
  T& value() & { return CHECK(ok()), *std::get_if<0>(&held_); }
  const T& value() const& { return CHECK(ok()), *std::get_if<0>(&held_); }
  T value() && { return CHECK(ok()), std::move(*std::get_if<0>(&held_)); }

  // REQUIRES: !ok()
  const Error& error() const& { return CHECK(!ok()), *std::get_if<1>(&held_); }
  Error error() && { return CHECK(!ok()), std::move(*std::get_if<1>(&held_)); }

 private:
  std::variant<T, Error> held_;
};

struct Done {};
using Status = Result<Done>;
inline Status Ok() { return Done{}; }

}  // namespace lawbound::base

#define LAWBOUND_JOIN_(a, b) a##b
#define LAWBOUND_JOIN(a, b) LAWBOUND_JOIN_(a, b)

#define RETURN_IF_ERROR(expression)                                                    \
  do {                                                                                 \
    if (auto status_ = (expression); !status_.ok()) return std::move(status_).error(); \
  } while (false)

#define ASSIGN_OR_RETURN(lhs, expression) ASSIGN_OR_RETURN_(LAWBOUND_JOIN(result_, __LINE__), lhs, expression)
#define ASSIGN_OR_RETURN_(result, lhs, expression)    \
  auto result = (expression);                         \
  if (!result.ok()) return std::move(result).error(); \
  lhs = std::move(result).value()
