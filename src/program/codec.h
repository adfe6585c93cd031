// A program as bytes, and back.  docs/formats/program.md is the grammar.
//
// The form is canonical: two programs have the same bytes only if every cell is the same, and bytes that
// Decode accepts are those that Encode writes.  The checksum finds damage, not malice: whoever changes the
// bytes can change it too, and what keeps a changed program harmless is Verify.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "program/program.h"

namespace lawbound::program {

std::string Encode(const Program& program);

// kCorrupt: not a program, cut short, damaged, or not valid (program/verify.h).  Needs memory of a few times
// bytes.size(), whatever the bytes say.
base::Result<Program> Decode(std::string_view bytes);

// CRC-64 (ECMA-182, most significant bit first, from zero) of the bytes.  Error detection only.
std::uint64_t Checksum(std::string_view bytes);

// The checksum that ends Encode(program): equal programs have equal hashes.  Not for telling hostile programs
// apart.
std::uint64_t Hash(const Program& program);

// What bytes of this format begin with; the version follows.
inline constexpr std::string_view kMagic = "LAWBOUND";

}  // namespace lawbound::program
