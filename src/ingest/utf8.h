// UTF-8, which every log must be written in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lawbound::ingest {

// Where the first byte that is not UTF-8 stands; nothing when all is well.
std::optional<std::size_t> FindBadUtf8(std::string_view text);
// REQUIRES: a code point, no surrogate.
void AppendUtf8(std::string& out, std::uint32_t code);

}  // namespace lawbound::ingest
