// Random packs as their authors would write them, with histories as examples.  The same seed gives the same
// pack.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lawbound::differential {

// A statement: its first line and what stands under it.  Parts can be taken out to make a pack smaller.
struct Statement {
  std::string head;
  std::vector<std::string> lines;
};

struct PackText {
  std::vector<Statement> statements;
  // The page, ready to be parsed.
  std::string Page() const;
};

// A pack with one mapping at most, and so many examples.
PackText MakePack(std::uint64_t seed, int examples);

}  // namespace lawbound::differential
