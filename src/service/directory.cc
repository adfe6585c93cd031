#include "service/directory.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <semaphore>
#include <sodium.h>

namespace lawbound::service {

using base::Day;
using base::Errc;
using base::Error;
using base::Result;
using base::Status;
using store::Statement;

namespace {

// Argon2id as OWASP has it: two passes over 19 MiB.
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{19} << 20;
constexpr std::ptrdiff_t kHashesAtOnce = 2;

constexpr std::string_view kTables = R"(
  CREATE TABLE IF NOT EXISTS office (id TEXT PRIMARY KEY, title_zh TEXT NOT NULL, title_en TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS official (number TEXT PRIMARY KEY, name TEXT NOT NULL, office TEXT NOT NULL,
    password TEXT NOT NULL, secret TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS appointment (number TEXT NOT NULL, office TEXT NOT NULL, pack TEXT NOT NULL,
    role TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS credential (number TEXT NOT NULL, name TEXT NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL) STRICT;
)";

std::counting_semaphore<kHashesAtOnce>& Turn() {
  static std::counting_semaphore<kHashesAtOnce> turn(kHashesAtOnce);
  return turn;
}

Result<std::string> HashPassword(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), kPasses, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return Error{Errc::kUnavailable, "there is no memory to hash a password"};
  return std::string(out.data());
}

bool IsWord(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool Holds(Day first, Day last, Day day) { return first <= day && day <= last; }

}  // namespace

std::string OneTimeCode(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = counter.size(); i-- > 0; step >>= 8)
    counter[i] = static_cast<unsigned char>(step & 0xff);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  ::HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
         mac.data(), &size);
  const std::size_t at = mac[size - 1] & 0x0fU;
  const std::uint32_t number = (static_cast<std::uint32_t>(mac[at] & 0x7fU) << 24U) |
                               (static_cast<std::uint32_t>(mac[at + 1]) << 16U) |
                               (static_cast<std::uint32_t>(mac[at + 2]) << 8U) |
                               static_cast<std::uint32_t>(mac[at + 3]);
  return fmt::format("{:06}", number % 1'000'000);
}

namespace {
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
}

std::string Base32(std::string_view bytes) {
  std::string out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) out += kBase32[(held >> (bits - 5)) & 31U];
  }
  if (bits > 0) out += kBase32[(held << (5 - bits)) & 31U];
  return out;
}

std::optional<std::string> FromBase32(std::string_view text) {
  std::string out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t digit = kBase32.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    held = (held << 5U) | static_cast<std::uint32_t>(digit);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((held >> bits) & 0xffU);
  }
  return out;
}

Result<std::unique_ptr<Directory>> Directory::Open(const std::string& path) {
  if (::sodium_init() < 0) return Error{Errc::kUnavailable, "libsodium does not start"};
  ASSIGN_OR_RETURN(store::Database database, store::Database::Open(path, store::Database::Mode::kWrite));
  RETURN_IF_ERROR(database.Run(kTables));
  std::unique_ptr<Directory> out(new Directory(std::move(database)));
  RETURN_IF_ERROR(out->Load());
  return out;
}

Status Directory::Load() {
  {
    ASSIGN_OR_RETURN(Statement rows, database_.Prepare("SELECT id, title_zh, title_en FROM office"));
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, rows.Step());
      if (!row) break;
      const std::string id(rows.Text(0));
      offices_[id] = {id, std::string(rows.Text(1)), std::string(rows.Text(2))};
    }
  }
  {
    ASSIGN_OR_RETURN(Statement rows,
                     database_.Prepare("SELECT number, name, office, password, secret FROM official"));
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, rows.Step());
      if (!row) break;
      const std::string number(rows.Text(0));
      accounts_[number] = {{number, std::string(rows.Text(1)), std::string(rows.Text(2))},
                           std::string(rows.Text(3)),
                           std::string(rows.Text(4)),
                           0};
    }
  }
  const auto day = [](const Statement& rows, int column) {
    return Day{static_cast<std::int32_t>(rows.Integer(column))};
  };
  {
    ASSIGN_OR_RETURN(Statement rows,
                     database_.Prepare("SELECT number, office, pack, role, first, last FROM appointment"));
    for (;;) {
      ASSIGN_OR_RETURN(const bool row, rows.Step());
      if (!row) break;
      appointments_.push_back({std::string(rows.Text(0)), std::string(rows.Text(1)),
                               std::string(rows.Text(2)), std::string(rows.Text(3)), day(rows, 4),
                               day(rows, 5)});
    }
  }
  ASSIGN_OR_RETURN(Statement rows, database_.Prepare("SELECT number, name, first, last FROM credential"));
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, rows.Step());
    if (!row) break;
    credentials_.push_back(
        {std::string(rows.Text(0)), std::string(rows.Text(1)), day(rows, 2), day(rows, 3)});
  }
  return base::Ok();
}

Status Directory::AddOffice(const Office& office) {
  if (!IsWord(office.id))
    return Error{Errc::kInvalid,
                 fmt::format("'{}' is no id of an office: a-z, 0-9 and hyphens, at most 60", office.id)};
  const std::lock_guard<std::mutex> lock(mutex_);
  ASSIGN_OR_RETURN(
      Statement add,
      database_.Prepare("INSERT OR REPLACE INTO office (id, title_zh, title_en) VALUES (?, ?, ?)"));
  add.Bind(1, office.id);
  add.Bind(2, office.title_zh);
  add.Bind(3, office.title_en);
  RETURN_IF_ERROR(add.Run());
  offices_[office.id] = office;
  return base::Ok();
}

Status Directory::AddOfficial(const Official& official, std::string_view password,
                              std::string_view totp_secret) {
  if (!IsWord(official.register_number))
    return Error{Errc::kInvalid, fmt::format("'{}' is no register number: a-z, 0-9 and hyphens, at most 60",
                                             official.register_number)};
  constexpr std::size_t kShortest = 12;
  if (password.size() < kShortest)
    return Error{Errc::kInvalid, fmt::format("a password has at least {} characters", kShortest)};
  ASSIGN_OR_RETURN(const std::string hash, HashPassword(password));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!offices_.contains(official.office))
    return Error{Errc::kNotFound, fmt::format("there is no office '{}'", official.office)};
  if (accounts_.contains(official.register_number))
    return Error{Errc::kConflict, fmt::format("the number '{}' is taken", official.register_number)};
  ASSIGN_OR_RETURN(Statement add, database_.Prepare("INSERT INTO official (number, name, office, password, "
                                                    "secret) VALUES (?, ?, ?, ?, ?)"));
  add.Bind(1, official.register_number);
  add.Bind(2, official.name);
  add.Bind(3, official.office);
  add.Bind(4, hash);
  add.Bind(5, totp_secret);
  RETURN_IF_ERROR(add.Run());
  accounts_[official.register_number] = {official, hash, std::string(totp_secret), 0};
  return base::Ok();
}

Status Directory::Appoint(const Appointment& appointment) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!accounts_.contains(appointment.register_number) || !offices_.contains(appointment.office))
    return Error{Errc::kNotFound, fmt::format("there is no official '{}', or no office '{}'",
                                              appointment.register_number, appointment.office)};
  ASSIGN_OR_RETURN(Statement add, database_.Prepare("INSERT INTO appointment (number, office, pack, role, "
                                                    "first, last) VALUES (?, ?, ?, ?, ?, ?)"));
  add.Bind(1, appointment.register_number);
  add.Bind(2, appointment.office);
  add.Bind(3, appointment.pack);
  add.Bind(4, appointment.role);
  add.Bind(5, std::int64_t{appointment.first.number});
  add.Bind(6, std::int64_t{appointment.last.number});
  RETURN_IF_ERROR(add.Run());
  appointments_.push_back(appointment);
  return base::Ok();
}

Status Directory::Grant(const Credential& credential) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!accounts_.contains(credential.register_number))
    return Error{Errc::kNotFound, fmt::format("there is no official '{}'", credential.register_number)};
  ASSIGN_OR_RETURN(Statement add, database_.Prepare("INSERT INTO credential (number, name, first, last) "
                                                    "VALUES (?, ?, ?, ?)"));
  add.Bind(1, credential.register_number);
  add.Bind(2, credential.name);
  add.Bind(3, std::int64_t{credential.first.number});
  add.Bind(4, std::int64_t{credential.last.number});
  RETURN_IF_ERROR(add.Run());
  credentials_.push_back(credential);
  return base::Ok();
}

std::vector<Office> Directory::Offices() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Office> out;
  for (const auto& [id, office] : offices_) out.push_back(office);
  return out;
}

std::optional<Office> Directory::FindOffice(std::string_view id) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = offices_.find(id);
  return found == offices_.end() ? std::nullopt : std::optional<Office>(found->second);
}

std::optional<Official> Directory::Find(std::string_view register_number) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = accounts_.find(register_number);
  return found == accounts_.end() ? std::nullopt : std::optional<Official>(found->second.official);
}

std::vector<Official> Directory::Officials() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Official> out;
  for (const auto& [number, account] : accounts_) out.push_back(account.official);
  return out;
}

std::vector<Appointment> Directory::AppointmentsOf(std::string_view register_number, Day day) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Appointment> out;
  for (const Appointment& row : appointments_) {
    if (row.register_number == register_number && Holds(row.first, row.last, day)) out.push_back(row);
  }
  return out;
}

std::vector<Official> Directory::WhoMayAct(std::string_view pack, std::string_view role, Day day) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Official> out;
  for (const Appointment& row : appointments_) {
    if (row.pack != pack || row.role != role || !Holds(row.first, row.last, day)) continue;
    const auto account = accounts_.find(row.register_number);
    if (account != accounts_.end()) out.push_back(account->second.official);
  }
  return out;
}

std::vector<std::string> Directory::DesksOf(std::string_view pack, Day day) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> out;
  for (const Appointment& row : appointments_) {
    const bool known = std::ranges::find(out, row.office) != out.end();
    if (row.pack == pack && Holds(row.first, row.last, day) && !known) out.push_back(row.office);
  }
  return out;
}

std::vector<std::string> Directory::CredentialsOf(std::string_view register_number, Day day) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> out;
  for (const Credential& row : credentials_) {
    if (row.register_number == register_number && Holds(row.first, row.last, day)) out.push_back(row.name);
  }
  return out;
}

bool Directory::CheckPassword(std::string_view register_number, std::string_view password) {
  // Of nobody: what any password is compared with when nobody has the number.
  static const std::string nobody = [] {
    const Result<std::string> hash = HashPassword("nobody has this number");
    return hash.ok() ? hash.value() : std::string();
  }();
  std::string hash = nobody;
  bool known = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = accounts_.find(register_number);
    known = found != accounts_.end();
    if (known) hash = found->second.password_hash;
  }
  Turn().acquire();
  const bool right = ::crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
  Turn().release();
  return known && right;
}

bool Directory::CheckCode(std::string_view register_number, std::string_view code,
                          std::int64_t unix_seconds) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = accounts_.find(register_number);
  if (found == accounts_.end()) return false;
  Account& account = found->second;
  const std::int64_t now = unix_seconds / kCodeSeconds;
  for (std::int64_t step = now - 1; step <= now + 1; ++step) {
    if (step <= account.last_step || OneTimeCode(account.totp_secret, step) != code) continue;
    account.last_step = step;
    return true;
  }
  return false;
}

}  // namespace lawbound::service
