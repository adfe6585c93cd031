// How texts are cut for the index.  A run of Han characters becomes its pairs, one after the other, and its
// last character alone: 处罚法 is "处罚 罚法 法".  So a word of two characters is one token, a longer one a
// phrase of pairs, a single character the beginning of a token, and a word never matches across a comma.
// Everything else is left to the index: runs of letters and digits are words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lawbound::registry {

// The tokens of a text, separated by spaces.
std::string Tokens(std::string_view text);

// A word of a query in the language of the index: a phrase of its tokens.  Nothing when the word has no token
// in it.
struct WordQuery {
  std::string expression;
  bool exact = true;  // false: the index may find more than the word; the text decides
};
std::optional<WordQuery> QueryOf(std::string_view word);

}  // namespace lawbound::registry
