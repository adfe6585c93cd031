// What a prover leaves open: how one day compares with another.  A record that has this answers every
// comparison of days, of moments and of what grows with them from here, yes one time and no another, so that
// what is found holds for every way in which days may lie.
//
//   OpenDays days;
//   do { judge and apply, with record.open_days = &days } while (days.Next());
//
// One thread.  A question is the place of the comparison in Plan::ops; asked twice it has one answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lawbound::engine {

class OpenDays {
 public:
  // How many questions one act may ask; beyond, the rest is answered no and overrun() says so.
  static constexpr std::size_t kMost = 16;

  bool Answer(std::uint32_t question) {
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (asked_[i] == question) return (bits_ >> i & 1u) != 0;
    }
    if (asked_.size() == kMost) {
      overrun_ = true;
      return false;
    }
    asked_.push_back(question);
    return (bits_ >> (asked_.size() - 1) & 1u) != 0;
  }

  // The next set of answers, to be asked from the beginning; false: all were tried.
  bool Next() {
    for (std::size_t i = asked_.size(); i-- > 0;) {
      const std::uint32_t bit = 1u << i;
      if ((bits_ & bit) != 0) continue;
      Restart((bits_ & (bit - 1)) | bit);
      return true;
    }
    return false;
  }

  // The answers so far, in the order of asking, as bits; and the same to be given again.
  std::uint32_t bits() const { return bits_; }
  void Restart(std::uint32_t bits) {
    asked_.clear();
    bits_ = bits;
  }

  bool asked() const { return !asked_.empty(); }
  // What was asked so far, in order: place i has the answer of bit i.
  const std::vector<std::uint32_t>& questions() const { return asked_; }
  bool overrun() const { return overrun_; }

 private:
  std::vector<std::uint32_t> asked_;
  std::uint32_t bits_ = 0;
  bool overrun_ = false;
};

}  // namespace lawbound::engine
