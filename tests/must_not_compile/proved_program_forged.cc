// S4: nobody but the prover, or a seal that was verified, makes a proved program.
#include "gate/proved_program.h"

using namespace lawbound;

auto Read(program::Program pack, std::string_view seal, std::span<const tlog::VerifierKey> trusted) {
  return gate::ProvedProgram::Load(std::move(pack), seal, trusted);
}
#ifdef MISUSE
auto ForgedProof(program::Program pack, gate::ProofRecord record) {
  return gate::ProvedProgram(std::move(pack), std::move(record));
}
#endif
