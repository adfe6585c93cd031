// What `lawbound prove` says of a pack: each question with its answer, and the histories that show it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"
#include "prove/latest.h"
#include "prove/prove.h"
#include "prove/standing.h"

namespace lawbound::report {

struct ProofTextOptions {
  bool witnesses = false;  // tell the witness histories too
  std::size_t width = 100;
};

// `plan` is that of the pack, in whose ids stories are; `program` the prover's, in whose ids questions are.
std::string ProofText(const engine::Plan& plan, const program::Program& program,
                      const std::vector<prove::Proof>& proofs, const prove::Options& options,
                      const ProofTextOptions& text);

// The same for programs; its form is docs/formats/proof-json.md.
std::string ProofJson(const engine::Plan& plan, const program::Program& program,
                      const std::vector<prove::Proof>& proofs, const std::vector<prove::Standing>& standing,
                      const prove::Options& options, const std::vector<prove::LatestDays>& latest = {});

// The story as an example that its author may paste into the pack.
std::string ExampleOf(const engine::Plan& plan, const prove::Proof& proof, const prove::Story& story);

}  // namespace lawbound::report
