#include "http/form.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>

#include "http/response.h"
#include "source/utf8.h"

namespace lawbound::http {
namespace {

constexpr std::string_view kNotText = "a text that was sent is not UTF-8, or holds control characters";

Problem TooMany() { return {400, "the form has too many fields, or the name of one is too long"}; }
Problem NotText() { return {400, std::string(kNotText)}; }
Problem Malformed(std::string_view what) { return {400, fmt::format("the {} is malformed", what)}; }

char Small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string InSmallLetters(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), Small);
  return out;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// nothing: a '%' without two hexadecimal digits behind it
std::optional<std::string> Decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[at] != '%') {
      out += text[at];
    } else {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = HexDigit(text[at + 1]), low = HexDigit(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return out;
}

// Lines end in '\n'.  A carriage return alone is a line's end too.
std::string WithPlainLines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      out += text[at];
    } else if (at + 1 >= text.size() || text[at + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

// The parts of a multipart body, each from its headers on, without the CR LF before the next boundary.
Read<std::vector<std::string_view>> Parts(std::string_view body, std::string_view boundary,
                                          std::size_t most) {
  const std::string mark = "\r\n--" + std::string(boundary);
  std::vector<std::string_view> out;
  std::string_view rest = body;
  if (!rest.starts_with(std::string_view(mark).substr(2))) return Malformed("form");
  rest.remove_prefix(mark.size() - 2);
  while (!rest.starts_with("--")) {
    if (!rest.starts_with("\r\n")) return Malformed("form");
    if (out.size() == most) return TooMany();
    rest.remove_prefix(2);
    const std::size_t end = rest.find(mark);
    if (end == std::string_view::npos) return Malformed("form");
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(end + mark.size());
  }
  return out;
}

struct PartHead {
  std::string name, type;
  std::optional<std::string> filename;
};

// `head` holds the header lines of one part.
std::optional<PartHead> ReadPartHead(std::string_view head) {
  PartHead out;
  bool named = false;
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string name = InSmallLetters(line.substr(0, colon));
    const std::string_view value = Trimmed(line.substr(colon + 1));
    if (name == "content-type") out.type = std::string(value);
    if (name != "content-disposition") continue;
    if (named || MediaType(value) != "form-data") return std::nullopt;
    named = true;
    out.name = HeaderParameter(value, "name");
    if (value.find("filename=") != std::string_view::npos) out.filename = HeaderParameter(value, "filename");
  }
  if (!named || out.name.empty()) return std::nullopt;
  return out;
}

// The value of a parameter, `text` beginning right behind its '='; `text` then begins behind it.  Browsers
// write a quote in a name as %22, so only '\"' and '\\' are taken apart here.
std::string TakeValue(std::string_view& text) {
  std::string out;
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find(';'), text.size());
    out = std::string(Trimmed(text.substr(0, end)));
    text.remove_prefix(end);
    return out;
  }
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    if (text.front() == '\\' && text.size() > 1 && (text[1] == '"' || text[1] == '\\')) text.remove_prefix(1);
    out += text.front();
    text.remove_prefix(1);
  }
  if (!text.empty()) text.remove_prefix(1);
  return out;
}

}  // namespace

bool IsCleanText(std::string_view text) {
  const auto bad = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
  };
  return std::ranges::none_of(text, bad) && source::FirstInvalid(text) == std::string_view::npos;
}

Read<std::vector<NamedText>> ReadUrlencoded(std::string_view text, const FormLimits& limits) {
  std::vector<NamedText> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::optional<std::string> name = Decoded(pair.substr(0, equals), true);
    const std::optional<std::string> value = Decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return Malformed("form");
    if (out.size() == limits.fields || name->size() > limits.name_bytes) return TooMany();
    if (!IsCleanText(*name) || !IsCleanText(*value)) return NotText();
    out.push_back({*name, WithPlainLines(*value)});
  }
  return out;
}

Read<FormData> ReadMultipart(std::string_view type, std::string_view body, const FormLimits& limits) {
  const std::string boundary = HeaderParameter(type, "boundary");
  if (boundary.empty() || boundary.size() > 70) return Malformed("form");
  Read<std::vector<std::string_view>> parts = Parts(body, boundary, limits.fields);
  if (const Problem* problem = std::get_if<Problem>(&parts)) return *problem;
  FormData out;
  for (const std::string_view part : std::get<0>(parts)) {
    const std::size_t end = part.find("\r\n\r\n");
    if (end == std::string_view::npos) return Malformed("form");
    std::optional<PartHead> head = ReadPartHead(part.substr(0, end));
    if (!head) return Malformed("form");
    if (head->name.size() > limits.name_bytes) return TooMany();
    const std::string_view content = part.substr(end + 4);
    if (!IsCleanText(head->name) || !IsCleanText(head->type) || !IsCleanText(head->filename.value_or("")))
      return NotText();
    if (head->filename) {
      out.files.push_back({head->name, *head->filename, head->type, std::string(content)});
    } else if (!IsCleanText(content)) {
      return NotText();
    } else {
      out.fields.push_back({head->name, WithPlainLines(content)});
    }
  }
  return out;
}

std::vector<NamedText> ReadCookies(std::string_view header) {
  std::vector<NamedText> out;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = Trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    out.push_back({std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))});
  }
  return out;
}

Read<std::string> ReadPath(std::string_view raw) {
  const std::optional<std::string> path = Decoded(raw, false);
  if (!path || !path->starts_with('/')) return Malformed("address");
  if (!IsCleanText(*path) || path->find_first_of("\\\t\r\n") != std::string::npos)
    return Malformed("address");
  for (std::size_t at = 1; at < path->size();) {
    const std::size_t end = std::min(path->find('/', at), path->size());
    const std::string_view part = std::string_view(*path).substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return Malformed("address");
    at = end + 1;
  }
  return *path;
}

std::string MediaType(std::string_view header) {
  return InSmallLetters(Trimmed(header.substr(0, std::min(header.find(';'), header.size()))));
}

std::string HeaderParameter(std::string_view header, std::string_view name) {
  header.remove_prefix(std::min(header.find(';'), header.size()));
  while (header.starts_with(';')) {
    header = Trimmed(header.substr(1));
    const std::size_t equals = header.find_first_of("=;");
    if (equals == std::string_view::npos) return {};
    const std::string found = InSmallLetters(Trimmed(header.substr(0, equals)));
    if (header[equals] == ';') {
      header.remove_prefix(equals);
      continue;
    }
    header = header.substr(equals + 1);
    std::string value = TakeValue(header);
    if (found == name) return value;
    header.remove_prefix(std::min(header.find(';'), header.size()));
  }
  return {};
}

std::string PercentEncode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    out += plain ? std::string(1, c)
                 : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string SetCookie(std::string_view name, std::string_view value, const CookieOptions& options) {
  std::string out = fmt::format("{}={}; Path={}; SameSite=Strict", name, value, options.path);
  if (options.seconds >= 0) out += fmt::format("; Max-Age={}", options.seconds);
  if (options.http_only) out += "; HttpOnly";
  if (options.secure) out += "; Secure";
  return out;
}

}  // namespace lawbound::http
