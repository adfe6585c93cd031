#include "service/authority.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <sys/stat.h>
#include <utility>

#include "base/file.h"
#include "ledger/box.h"
#include "ledger/folder.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kHead = "lawbound-authority/v1";
constexpr unsigned kMine = 0600;
constexpr std::size_t kKeyBytes = 32;

// The first word of a line, and the rest behind one space.
std::string_view TakeWord(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

Status ParseLine(std::string_view line, Authority& out) {
  const auto wrong = [&] {
    return Error{Errc::kInvalid, fmt::format("not a line of an authority: '{}'", line)};
  };
  std::string_view rest = line;
  const std::string_view key = TakeWord(rest);
  if (rest.empty()) return wrong();
  if (key == "title-zh") {
    out.title_zh = rest;
  } else if (key == "title-en") {
    out.title_en = rest;
  } else if (key == "origin") {
    out.origin = rest;
  } else if (key == "zone") {
    out.zone = rest;
  } else if (key == "calendars") {
    out.calendars = rest;
  } else if (key == "trust") {
    ASSIGN_OR_RETURN(tlog::VerifierKey trusted, tlog::ParseVerifierKey(rest));
    out.trusted.push_back(std::move(trusted));
  } else if (key == "pack") {
    const std::string_view seal = TakeWord(rest);
    if (rest.empty()) return wrong();
    out.packs.push_back({.pages = std::string(rest), .seal = std::string(seal)});
  } else {
    return wrong();
  }
  return base::Ok();
}

}  // namespace

std::string PrintAuthority(const Authority& authority) {
  std::string out = fmt::format("{}\ntitle-zh {}\ntitle-en {}\norigin {}\nzone {}\n", kHead,
                                authority.title_zh, authority.title_en, authority.origin, authority.zone);
  if (!authority.calendars.empty()) out += fmt::format("calendars {}\n", authority.calendars);
  for (const tlog::VerifierKey& key : authority.trusted)
    out += fmt::format("trust {}\n", tlog::PrintVerifierKey(key));
  for (const PackPlace& pack : authority.packs) out += fmt::format("pack {} {}\n", pack.seal, pack.pages);
  return out;
}

Result<Authority> ParseAuthority(std::string_view text) {
  Authority out;
  bool head = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (head && line != kHead) return Error{Errc::kInvalid, "this is not the file of an authority"};
    if (!head && !line.empty()) RETURN_IF_ERROR(ParseLine(line, out));
    head = false;
  }
  if (out.title_zh.empty() || out.title_en.empty() || out.origin.empty() || out.zone.empty())
    return Error{Errc::kInvalid, "the authority has no title, no zone or no name of its log"};
  return out;
}

Status MakeAuthority(const std::string& folder, const Authority& authority) {
  if (base::Exists(folder + "/authority"))
    return Error{Errc::kConflict, fmt::format("there is an authority in '{}' already", folder)};
  const std::string text = PrintAuthority(authority);
  RETURN_IF_ERROR(ParseAuthority(text));
  const std::size_t lines =
      5 + (authority.calendars.empty() ? 0 : 1) + authority.trusted.size() + authority.packs.size();
  if (static_cast<std::size_t>(std::ranges::count(text, '\n')) != lines)
    return Error{Errc::kInvalid, "a title or path of an authority is one line"};
  for (const std::string& path : {folder, folder + "/secrets", folder + "/seals"}) {
    constexpr mode_t kOnlyMine = 0700;
    if (!base::IsFolder(path) && ::mkdir(path.c_str(), kOnlyMine) != 0)
      return Error{Errc::kUnavailable, fmt::format("cannot make the folder '{}'", path)};
  }
  RETURN_IF_ERROR(
      ledger::Folder::Make(folder + "/ledger", {.origin = authority.origin, .secrets = {}, .postgres = {}}));
  RETURN_IF_ERROR(
      base::WriteFileDurably(folder + "/secrets/server.key", ledger::BoxKey::Random().view(), kMine));
  return KeepAuthority(folder, authority);
}

Status KeepAuthority(const std::string& folder, const Authority& authority) {
  return base::WriteFileDurably(folder + "/authority", PrintAuthority(authority), kMine);
}

Result<Authority> ReadAuthority(const std::string& folder) {
  const auto text = base::ReadFile(folder + "/authority");
  if (!text.ok()) {
    return Error{text.error().code,
                 fmt::format("no authority in '{}'; 'lawbound authority' makes one", folder)};
  }
  return ParseAuthority(text.value());
}

Result<std::string> ReadServerKey(const std::string& folder) {
  ASSIGN_OR_RETURN(std::string key, base::ReadFile(folder + "/secrets/server.key"));
  if (key.size() != kKeyBytes) return Error{Errc::kCorrupt, "the server's key is not 32 bytes"};
  return key;
}

}  // namespace lawbound::service
