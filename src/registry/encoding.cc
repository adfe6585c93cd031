// GB18030 accepts almost any bytes, so that fitting alone says little: a text in another encoding comes out
// as rare characters.  So the share of characters that are common in legal texts decides: the Han characters
// of the basic block below the rare end that GB 2312 leaves out do not matter; private use, unassigned and
// the extension blocks do.
#include "registry/encoding.h"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <iconv.h>

#include "source/utf8.h"

namespace lawbound::registry {
namespace {

// Everything, or nothing when a byte does not fit.
std::string Convert(std::string_view bytes, const char* encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return {};
  std::string in(bytes), out(bytes.size() * 3 + 4, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t left = in.size(), room = out.size();
  const std::size_t result = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  if (result == static_cast<std::size_t>(-1) || left != 0) return {};
  out.resize(out.size() - room);
  return out;
}

bool IsPlain(char32_t code) {
  return (code < 0x80 && (code >= 0x20 || code == U'\n' || code == U'\r' || code == U'\t')) ||
         (code >= 0x2010 && code <= 0x2642) || (code >= 0x3000 && code <= 0x303F) ||
         (code >= 0x4E00 && code <= 0x9FA5) || (code >= 0xFF00 && code <= 0xFF5E) || code == 0xB7 ||
         code == 0xD7;
}

// How much of a text is what texts of law are made of: 0 to 1.
double Likely(std::string_view text) {
  std::size_t all = 0, plain = 0;
  for (std::size_t at = 0; at < text.size();) {
    const source::Character character = source::Decode(text, at);
    ++all;
    plain += IsPlain(character.code) ? 1U : 0U;
    at += character.bytes;
  }
  return all == 0 ? 0 : static_cast<double>(plain) / static_cast<double>(all);
}

// The frequent characters of Chinese texts: a text in the other Chinese encoding has hardly any of them.
double Frequent(std::string_view text) {
  static constexpr std::string_view kFrequent = "的條条者法定行有不為为之";
  std::size_t han = 0, frequent = 0;
  for (std::size_t at = 0; at < text.size();) {
    const source::Character character = source::Decode(text, at);
    if (character.code >= 0x4E00 && character.code <= 0x9FA5) {
      ++han;
      frequent += kFrequent.find(text.substr(at, character.bytes)) != std::string_view::npos ? 1U : 0U;
    }
    at += character.bytes;
  }
  return han == 0 ? 1 : static_cast<double>(frequent) / static_cast<double>(han);
}

}  // namespace

base::Result<std::string> ToUtf8(std::string_view bytes, std::string* was) {
  constexpr double kEnough = 0.98, kFrequentEnough = 0.02;
  const auto name = [&](const char* encoding) {
    if (was != nullptr) *was = encoding;
  };
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t invalid = source::FirstInvalid(bytes);
  const bool zeros = bytes.find('\0') != std::string_view::npos;
  if (invalid == std::string_view::npos && !zeros) return name("UTF-8"), std::string(bytes);
  for (const auto& [mark, encoding] : {std::pair{std::string_view("\xFF\xFE", 2), "UTF-16LE"},
                                       std::pair{std::string_view("\xFE\xFF", 2), "UTF-16BE"}}) {
    if (!bytes.starts_with(mark)) continue;
    std::string text = Convert(bytes.substr(2), encoding);
    if (!text.empty() && text.find('\0') == std::string::npos) return name(encoding), text;
  }
  if (!zeros) {
    // Where both fit, the one with more of the frequent characters.
    std::string best;
    double most = kFrequentEnough;
    for (const char* encoding : {"GB18030", "BIG5-HKSCS"}) {
      std::string text = Convert(bytes, encoding);
      if (text.empty() || Likely(text) < kEnough || Frequent(text) < most) continue;
      most = Frequent(text);
      best = std::move(text);
      name(encoding);
    }
    if (!best.empty()) return best;
  }
  const std::size_t at = std::min(invalid, bytes.find('\0'));
  const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return base::Error{base::Errc::kInvalid,
                     fmt::format("line {}: neither UTF-8 nor, as a whole, GB18030, Big5 or UTF-16", line)};
}

}  // namespace lawbound::registry
