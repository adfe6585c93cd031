// How bytes are written as text in every file of the log: standard base64, decimal counts, lines, names.
// Everything is strict and has one spelling, so that a file whose bits were changed is never read as the same
// thing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lawbound::tlog {

// Base 64 of RFC 4648 section 4, with padding.
std::string EncodeBase64(std::string_view bytes);
// Nothing when the text is not what EncodeBase64 writes: no line ends, no missing padding, unused bits zero.
std::optional<std::string> DecodeBase64(std::string_view text);

// A decimal number from 0 to 2^63-1 without leading zeros.
std::optional<std::uint64_t> ParseCount(std::string_view text);

// Takes the next code point off the front of `text`; nothing when the bytes there are not UTF-8.  REQUIRES:
// not empty.
std::optional<char32_t> NextCodePoint(std::string_view& text);

// Valid UTF-8 without control characters (C0, DEL, C1), line separators, and characters that turn the
// direction of writing: what can be shown on one line without hiding or moving anything.
bool IsPlainLine(std::string_view text);
// Names of fields and facts: 1 to 100 of a-z, 0-9, '-', '.', beginning with a letter.
bool IsName(std::string_view text);
// Names of keys in signed notes: valid UTF-8, not empty, at most 255 bytes, no space of any kind, no '+', no
// control.
bool IsKeyName(std::string_view text);

// Takes the next line off the front of `text`, without its line feed.  Nothing when no line feed is left;
// then `text` stays as it is.  The view points into the text.
std::optional<std::string_view> NextLine(std::string_view& text);
// Takes the bytes up to the next space off the front of `line`, and the space; the whole line when there is
// no space.
std::string_view NextWord(std::string_view& line);
// Takes `start` off the front of `text` when it begins with it.
bool Consume(std::string_view& text, std::string_view start);

}  // namespace lawbound::tlog
