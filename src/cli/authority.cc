// lawbound authority DIR SETUP: an authority as one file describes it.
#include "service/authority.h"

#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/file.h"
#include "calendar/zone.h"
#include "cli/serve.h"
#include "ledger/box.h"
#include "service/directory.h"

namespace lawbound::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using nlohmann::json;

constexpr std::size_t kMostSetup = std::size_t{16} << 20;
constexpr std::size_t kSecretBytes = 20;

// Texts of an object by name; what is missing is empty.
std::string Text(const json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const json& List(const json& object, const char* name) {
  static const json empty = json::array();
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_array() ? *found : empty;
}

Result<base::Day> DayOf(const json& object, const char* name, base::Day otherwise) {
  const std::string text = Text(object, name);
  if (text.empty()) return otherwise;
  const std::optional<base::Day> day = base::ParseDay(text);
  if (!day) return Error{Errc::kInvalid, fmt::format("'{}' is no date: '{}'", name, text)};
  return *day;
}

Result<service::Authority> AuthorityOf(const json& setup) {
  service::Authority out{.title_zh = Text(setup, "titleZh"),
                         .title_en = Text(setup, "titleEn"),
                         .origin = Text(setup, "origin"),
                         .zone = Text(setup, "zone"),
                         .calendars = Text(setup, "calendars"),
                         .packs = {},
                         .trusted = {}};
  for (const json& key : List(setup, "trust")) {
    if (!key.is_string()) return Error{Errc::kInvalid, "'trust' is a list of public keys"};
    ASSIGN_OR_RETURN(tlog::VerifierKey parsed, tlog::ParseVerifierKey(key.get<std::string>()));
    out.trusted.push_back(std::move(parsed));
  }
  for (const json& pack : List(setup, "packs")) {
    out.packs.push_back({.pages = Text(pack, "pages"), .seal = Text(pack, "seal")});
    if (out.packs.back().pages.empty() || out.packs.back().seal.empty())
      return Error{Errc::kInvalid, "each of 'packs' has 'pages' and 'seal'"};
  }
  return out;
}

Status FillDirectory(const json& setup, service::Directory& directory) {
  for (const json& row : List(setup, "offices"))
    RETURN_IF_ERROR(directory.AddOffice({Text(row, "id"), Text(row, "titleZh"), Text(row, "titleEn")}));
  for (const json& row : List(setup, "officials")) {
    const std::string number = Text(row, "number");
    std::string secret = Text(row, "secret");
    const std::optional<std::string> given = service::FromBase32(secret);
    if (!given) return Error{Errc::kInvalid, fmt::format("the secret of '{}' is not base32", number)};
    const std::string bytes =
        given->empty() ? std::string(ledger::BoxKey::Random().view().substr(0, kSecretBytes)) : *given;
    RETURN_IF_ERROR(directory.AddOfficial({number, Text(row, "name"), Text(row, "office")},
                                          Text(row, "password"), bytes));
    if (given->empty())
      fmt::print("{}: the secret of the one-time codes is {}\n", number, service::Base32(bytes));
    for (const json& name : List(row, "credentials")) {
      if (name.is_string()) RETURN_IF_ERROR(directory.Grant({number, name.get<std::string>()}));
    }
    for (const json& post : List(row, "posts")) {
      service::Appointment appointment{number, Text(post, "office"), Text(post, "pack"), Text(post, "role")};
      ASSIGN_OR_RETURN(appointment.first, DayOf(post, "first", base::kFirstDay));
      ASSIGN_OR_RETURN(appointment.last, DayOf(post, "last", base::kLastDay));
      RETURN_IF_ERROR(directory.Appoint(appointment));
    }
  }
  return base::Ok();
}

Status MakeIn(const std::string& folder, const service::Authority& authority, const json& setup) {
  RETURN_IF_ERROR(service::MakeAuthority(folder, authority));
  ASSIGN_OR_RETURN(const std::unique_ptr<service::Directory> directory,
                   service::Directory::Open(folder + "/directory"));
  return FillDirectory(setup, *directory);
}

// Under another name first: a mistake far down in the setup leaves no half of an authority behind.
Status MakeWhole(const std::string& folder, const service::Authority& authority, const json& setup) {
  const std::string part = folder + ".part";
  for (const std::string& path : {folder, part}) {
    if (base::Exists(path)) return Error{Errc::kConflict, fmt::format("'{}' is there already", path)};
  }
  std::error_code error;
  const Status made = MakeIn(part, authority, setup);
  if (made.ok()) std::filesystem::rename(part, folder, error);
  if (made.ok() && !error) return made;
  std::error_code ignored;
  std::filesystem::remove_all(part, ignored);
  return made.ok() ? Error{Errc::kUnavailable, fmt::format("cannot make '{}': {}", folder, error.message())}
                   : made;
}

Status Make(const AuthorityArguments& arguments) {
  ASSIGN_OR_RETURN(const std::string text, base::ReadFile(arguments.setup, kMostSetup));
  const json setup = json::parse(text, nullptr, false);
  if (!setup.is_object())
    return Error{Errc::kInvalid, fmt::format("'{}' is no JSON object", arguments.setup)};
  ASSIGN_OR_RETURN(const service::Authority authority, AuthorityOf(setup));
  RETURN_IF_ERROR(calendar::Zone::Load(authority.zone));
  std::string folder = arguments.folder;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return MakeWhole(folder, authority, setup);
}

}  // namespace

ExitCode RunAuthority(const AuthorityArguments& arguments) {
  const Status made = Make(arguments);
  if (!made.ok()) return Fail(made.error());
  fmt::print("made; 'lawbound serve {}' serves it\n", arguments.folder);
  return kDone;
}

}  // namespace lawbound::cli
