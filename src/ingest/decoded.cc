// GB 2312 keeps its 3,755 common characters in the rows with lead bytes B0 to D7 and its second bytes above
// A0; Big5 keeps its 5,401 common ones in A4 to C6.  A Chinese text in either is nearly all of these, and
// read as the other it is not: about half of Big5's second bytes are below A1.
#include "ingest/decoded.h"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <iconv.h>
#include <utility>

#include "ingest/utf8.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;
using base::Result;

namespace {

constexpr std::size_t kBeginning = std::size_t{256} << 10;

// Shares, of all pairs of bytes above ASCII, that are common characters in GB 2312 and in Big5.
struct Shares {
  double gb = 0, big5 = 0;
};
Shares SharesOf(std::string_view text) {
  std::size_t pairs = 0, gb = 0, big5 = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]), second = static_cast<unsigned char>(text[at + 1]);
    if (lead < 0x81) continue;
    ++at;
    ++pairs;
    const bool gb_sign = lead >= 0xA1 && lead <= 0xA3 && second >= 0xA1;
    const bool big5_sign = lead >= 0xA1 && lead <= 0xA3;
    gb += gb_sign || (lead >= 0xB0 && lead <= 0xD7 && second >= 0xA1) ? 1U : 0U;
    big5 +=
        big5_sign || (lead >= 0xA4 && lead <= 0xC6 && (second >= 0xA1 || (second >= 0x40 && second < 0x7F)))
            ? 1U
            : 0U;
  }
  if (pairs == 0) return {};
  return {static_cast<double>(gb) / static_cast<double>(pairs),
          static_cast<double>(big5) / static_cast<double>(pairs)};
}

// Western text in one byte a character: few bytes above ASCII, and nearly all of them alone, as accents and
// signs of money are.  Of Chinese text in two bytes a character more than half stand together.
bool LooksWestern(std::string_view text) {
  std::size_t high = 0, alone = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80) continue;
    if (c == 0x81 || c == 0x8D || c == 0x8F || c == 0x90 || c == 0x9D) return false;  // no characters
    const bool before = at > 0 && static_cast<unsigned char>(text[at - 1]) >= 0x80;
    const bool after = at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0x80;
    ++high;
    alone += before || after ? 0U : 1U;
  }
  return high * 10 <= text.size() && alone * 10 >= high * 9;
}

class Converted final : public ByteSource {
 public:
  Converted(std::unique_ptr<ByteSource> bytes, std::string beginning, std::size_t skip, const char* encoding)
      : bytes_(std::move(bytes)), in_(std::move(beginning)), begin_(skip), encoding_(encoding) {
    if (encoding != nullptr) converter_ = iconv_open("UTF-8", encoding);
  }
  ~Converted() override {
    if (converter_ != kNone) iconv_close(converter_);
  }
  Converted(const Converted&) = delete;
  Converted& operator=(const Converted&) = delete;

  Result<std::size_t> Read(std::span<char> into) override {
    if (encoding_ != nullptr && converter_ == kNone)
      return Error{Errc::kUnavailable, fmt::format("this system cannot convert from {}", encoding_)};
    for (;;) {
      if (begin_ == in_.size() || starved_) {
        RETURN_IF_ERROR(Fill());
        if (begin_ == in_.size()) return std::size_t{0};
      }
      if (encoding_ == nullptr) {
        const std::size_t n = std::min(into.size(), in_.size() - begin_);
        in_.copy(into.data(), n, begin_);
        begin_ += n;
        return n;
      }
      char* from = in_.data() + begin_;
      char* to = into.data();
      std::size_t left = in_.size() - begin_, room = into.size();
      const bool failed = iconv(converter_, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
      const int why = failed ? errno : 0;
      begin_ = in_.size() - left;
      if (room < into.size()) {
        starved_ = why == EINVAL;
        return into.size() - room;
      }
      if (why == EINVAL && !ended_) {
        starved_ = true;
      } else if (failed) {
        return Error{
            Errc::kInvalid,
            fmt::format("bytes that are no {} although the text begins so; save it as UTF-8", encoding_)};
      }
    }
  }

 private:
  inline static const iconv_t kNone = reinterpret_cast<iconv_t>(-1);

  base::Status Fill() {
    in_.erase(0, begin_);
    begin_ = 0;
    starved_ = false;
    const std::size_t had = in_.size();
    in_.resize(had + (std::size_t{64} << 10));
    Result<std::size_t> got = bytes_->Read(std::span(in_).subspan(had));
    in_.resize(had + (got.ok() ? got.value() : 0));
    if (!got.ok()) return std::move(got).error();
    ended_ = got.value() == 0;
    if (ended_ && had > 0) return Error{Errc::kInvalid, "the text ends within a character: it is not whole"};
    return base::Ok();
  }

  std::unique_ptr<ByteSource> bytes_;
  std::string in_;
  std::size_t begin_;
  const char* encoding_;
  iconv_t converter_ = kNone;
  bool starved_ = false;  // a character is cut: more bytes are needed
  bool ended_ = false;
};

}  // namespace

std::string_view EncodingOf(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  if (beginning.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (beginning.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (beginning.find('\0') != std::string_view::npos) return {};
  // The last character may be cut.
  const std::optional<std::size_t> bad = FindBadUtf8(beginning);
  if (!bad || (beginning.size() == kBeginning && *bad + 4 > beginning.size())) return "UTF-8";
  if (LooksWestern(beginning)) return "WINDOWS-1252";
  constexpr double kEnough = 0.75;
  const Shares shares = SharesOf(beginning);
  if (std::max(shares.gb, shares.big5) < kEnough) return {};
  return shares.gb >= shares.big5 ? "GB18030" : "BIG5-HKSCS";
}

Result<DecodedSource> Decoded(std::unique_ptr<ByteSource> bytes) {
  std::string beginning(kBeginning, '\0');
  std::size_t filled = 0;
  while (filled < beginning.size()) {
    ASSIGN_OR_RETURN(const std::size_t got, bytes->Read(std::span(beginning).subspan(filled)));
    if (got == 0) break;
    filled += got;
  }
  beginning.resize(filled);
  const std::string_view encoding = EncodingOf(beginning);
  const std::size_t mark = encoding == "UTF-8" && beginning.starts_with("\xEF\xBB\xBF") ? 3
                           : encoding.starts_with("UTF-16")                             ? 2
                                                                                        : 0;
  const char* from = encoding.empty() || encoding == "UTF-8" ? nullptr : encoding.data();
  return DecodedSource{std::make_unique<Converted>(std::move(bytes), std::move(beginning), mark, from),
                       encoding};
}

}  // namespace lawbound::ingest
