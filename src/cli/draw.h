// The pictures of a pack: drawn from its program and what the prover says of it, laid out by Graphviz.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"
#include "report/drawing.h"

namespace lawbound::cli {

// `seconds`: of processor time, for each guarantee and each act without an example.  Nothing is asked of
// Graphviz.
inline constexpr double kSecondsOfPage = 0.1;
base::Result<std::vector<report::Drawing>> DrawPack(const LoadedPack& pack, const std::string& language,
                                                    double seconds);

// kNotFound: no Graphviz.
base::Result<std::vector<report::Picture>> LayOut(std::vector<report::Drawing> drawings);

struct DrawArguments {
  std::string folder;  // made if it is not there
  double seconds = kSecondsOfPage;
};
// `lawbound doc PACK --drawings FOLDER`: NAME.svg and NAME.dot of each picture; only the latter where there
// is no Graphviz, which is said.
ExitCode RunDraw(const DocArguments& doc, const DrawArguments& arguments);

}  // namespace lawbound::cli
