#include "source/utf8.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace lawbound::source {
namespace {

struct CodeRange {
  char32_t first;
  char32_t last;
};

// East Asian Wide and Fullwidth, and the emoji shown as pictures; neighbouring ranges are joined across
// unassigned codes.
constexpr CodeRange kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x2614, 0x2615},   {0x26a1, 0x26a1},
    {0x2705, 0x2705},   {0x274c, 0x274c},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},
    {0x4e00, 0xa4cf},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},
    {0xfe30, 0xfe6b},   {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18cff}, {0x1aff0, 0x1b2ff},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

constexpr CodeRange kCombining[] = {{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x05bf, 0x05bf},
                                    {0x05c1, 0x05c2}, {0x05c4, 0x05c5}, {0x0610, 0x061a}, {0x064b, 0x065f},
                                    {0x0670, 0x0670}, {0x06d6, 0x06dc}, {0x06df, 0x06e4}, {0x0900, 0x0902},
                                    {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d}, {0x0e31, 0x0e31},
                                    {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
                                    {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0x302a, 0x302d}, {0x3099, 0x309a},
                                    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef}};

constexpr CodeRange kHidden[] = {{0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad},  {0x061c, 0x061c},
                                 {0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e},  {0x2060, 0x206f},
                                 {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

template <std::size_t kCount>
bool Holds(const CodeRange (&ranges)[kCount], char32_t code) {
  const auto* after = std::upper_bound(std::begin(ranges), std::end(ranges), code,
                                       [](char32_t c, const CodeRange& range) { return c < range.first; });
  return after != std::begin(ranges) && code <= std::prev(after)->last;
}

std::size_t BytesAnnounced(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

}  // namespace

Character Decode(std::string_view text, std::size_t at) {
  CHECK(at < text.size());
  const Character bad{.code = 0xfffd, .bytes = 1, .valid = false};
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = BytesAnnounced(lead);
  if (bytes == 0 || bytes > text.size() - at) return bad;
  if (bytes == 1) return {.code = lead, .bytes = 1, .valid = true};
  char32_t code = lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xc0U) != 0x80U) return bad;
    code = (code << 6U) | (next & 0x3fU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[bytes] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return bad;
  return {.code = code, .bytes = bytes, .valid = true};
}

std::size_t FirstInvalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = Decode(text, at);
    if (!character.valid) return at;
    at += character.bytes;
  }
  return std::string_view::npos;
}

std::size_t Width(char32_t code) {
  if (code < 0x300) return 1;
  if (Holds(kCombining, code)) return 0;
  return Holds(kWide, code) ? 2 : 1;
}

bool IsHidden(char32_t code) { return Holds(kHidden, code); }

}  // namespace lawbound::source
