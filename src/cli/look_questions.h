// Questions to somebody at a terminal: few, each with its choices, and "I do not know" is always an answer.
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "look/said.h"

namespace lawbound::cli {

// One thread; borrows the streams.
class Questions {
 public:
  static constexpr int kMost = 5;

  Questions(look::Language language, std::istream& in, std::ostream& out)
      : language_(language), in_(in), out_(out) {}

  int left() const { return kMost - asked_; }
  bool answered() const { return answered_; }

  // The number of the choice, from 1; 0 for `none`, if that is not empty.  Nothing when they do not know, or
  // the questions are used up.
  std::optional<std::size_t> One(const std::string& question, const std::vector<std::string>& choices,
                                 const std::string& none);
  // The same with several, in any order; 0 gives an empty list.
  std::optional<std::vector<std::size_t>> Several(const std::string& question,
                                                  const std::vector<std::string>& choices,
                                                  const std::string& none);

 private:
  look::Language language_;
  std::istream& in_;
  std::ostream& out_;
  int asked_ = 0;
  bool answered_ = false;
};

}  // namespace lawbound::cli
