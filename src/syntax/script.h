// The scripts that names may be written in.
#pragma once

namespace lawbound::syntax {

enum class Script : unsigned char {
  kNone,    // not a letter
  kCommon,  // digits and '-': go with every script
  kLatin,
  kGreek,
  kCyrillic,
  kArmenian,
  kHebrew,
  kArabic,
  kIndic,
  kThai,
  kGeorgian,
  kEastAsian,  // Han, kana and Hangul are written together
};

// The script of a letter that may stand in a name.  Marks that combine with the letter before, full-width
// forms and symbols are none: the same name could be written in two ways.
Script ScriptOf(char32_t code);

}  // namespace lawbound::syntax
