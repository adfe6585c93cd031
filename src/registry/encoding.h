// Texts come in the encodings of thirty years.  What is not UTF-8 is converted where it can be told what it
// is: a byte order mark says UTF-16; else GB18030 (which holds GBK and GB 2312), then Big5, when every byte
// fits and the result reads like text.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace lawbound::registry {

// The text in UTF-8 without a byte order mark.  kInvalid, naming the line, when no encoding fits: a file of
// mixed encodings is refused, not guessed at.  `was`, when given, gets the name of the encoding.
base::Result<std::string> ToUtf8(std::string_view bytes, std::string* was = nullptr);

}  // namespace lawbound::registry
