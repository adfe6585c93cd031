#include "cli/output.h"

#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/file.h"

namespace lawbound::cli {

base::Status WriteOutput(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (path.empty()) return base::Ok();
  if (path == "-") {
    write(std::cout);
    std::cout.flush();
    if (std::cout.good()) return base::Ok();
    return base::Error{base::Errc::kUnavailable, "cannot write to standard output"};
  }
  // A device or a pipe, like /dev/stderr, is written to; only a file is replaced.
  const bool in_place = base::Exists(path) && !base::IsFile(path);
  const std::string beside = in_place ? path : path + ".part";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  if (out) write(out);
  out.close();
  const bool written = !out.fail();
  if (written && in_place) return base::Ok();
  if (!written && !in_place) std::remove(beside.c_str());
  if (!written || !base::PutInPlace(beside, path).ok()) {
    return base::Error{base::Errc::kUnavailable,
                       "cannot write '" + path + "'; is there room, and may you write there?"};
  }
  return base::Ok();
}

std::string NameOfFile(const std::string& path) {
  if (path == "-") return "standard input";
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace lawbound::cli
