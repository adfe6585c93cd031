// What went wrong, in the language of whoever asked.  Messages of the program are English sentences; those
// that can reach somebody stand in problem_words.def in Chinese as well.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "service/views.h"

namespace lawbound::service {

// In English the message as it is.  In Chinese its sentence; of a message that is not in the table, what its
// kind means.
std::string ProblemWords(const base::Error& error, Language language);
// The same of a bare message, whose kind nobody knows.
std::string ProblemWords(std::string_view message, Language language);

}  // namespace lawbound::service
