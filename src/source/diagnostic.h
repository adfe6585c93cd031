// A Diagnostic is what an author reads when a pack is wrong: where, what, and what to do.  Diagnostics are
// collected, sorted by place and rendered once; nobody prints from inside a pass, and no pass stops at the
// first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "source/source.h"

namespace lawbound::source {

enum class Severity : unsigned char { kError, kWarning };

struct Note {
  Span span;
  std::string text;  // "first declared here"
};

struct Diagnostic {
  std::string_view code;  // stable and never reused: "S002" (reading), "C014" (checking), "R001" (refused)
  Span span;
  std::string message{};  // lower case, no final period, the author's words in quotes
  std::string help{};     // what to do, or empty
  std::vector<Note> notes{};
  Severity severity = Severity::kError;
};

class Diagnostics {
 public:
  // After `limit` diagnostics further ones are only counted.
  explicit Diagnostics(std::size_t limit = 200) : limit_(limit) {}

  void Add(Diagnostic diagnostic);
  bool HasErrors() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }
  // In the order they were added, at most `limit`.
  const std::vector<Diagnostic>& all() const { return all_; }

  // What a terminal shows: one block each, sorted by file, place and code, the same one shown once, and
  // "and 12 more" when the limit cut the list.
  std::string Render(const Sources& sources) const;
  // The same as a JSON array: code, severity, file, line, column, end line and column, message, help, notes.
  std::string RenderJson(const Sources& sources) const;

 private:
  std::size_t limit_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::vector<Diagnostic> all_;
};

// The name nearest to `name` among `known` by edit distance, or empty when none is near enough to be meant
// (more than a third of its letters differ).
std::string_view Nearest(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace lawbound::source
