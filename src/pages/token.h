// Tokens of forms: whoever sends one back got the form from us, for the same browser and session.
#pragma once

#include <string>
#include <string_view>

namespace lawbound::pages {

// Safe to share between threads.  The key is made new with each start of the server: forms that are older are
// shown again with what was typed.
class TokenMaker {
 public:
  TokenMaker();
  // Different each time, so that the size of a compressed page tells nothing of it.
  std::string Make(std::string_view bound_to) const;
  bool IsOurs(std::string_view token, std::string_view bound_to) const;

 private:
  std::string key_;
};

// 128 random bits in hexadecimal digits.
std::string RandomName();

}  // namespace lawbound::pages
