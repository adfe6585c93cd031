// Where a command writes what it found.
#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "base/result.h"

namespace lawbound::cli {

// Streams into the file at `path` by way of one beside it, so that nobody sees half of it; "-" is standard
// output; an empty path writes nothing.  kUnavailable when the writing failed: the file is then as it was.
base::Status WriteOutput(const std::string& path, const std::function<void(std::ostream&)>& write);

// "/data/2013/fines.xes.gz": "fines.xes.gz"; "-": "standard input".
std::string NameOfFile(const std::string& path);

}  // namespace lawbound::cli
