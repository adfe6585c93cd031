// Command lines that a person can copy: the words of one as a POSIX shell reads them.
#pragma once

#include <string>
#include <string_view>

namespace lawbound::base {

// The word as it is, or in single quotes where the shell would take a character for something else.
std::string ShellWord(std::string_view word);

}  // namespace lawbound::base
