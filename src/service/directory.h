// The directory of an authority: its offices, its officials with their credentials, and what each may act as.
//
// There are officials here and nobody else: a party has no account and no row.  An official acts in roles of
// packs, for an office, from a day to a day; nobody has a role that is above the others, and whoever keeps
// the file can appoint but not act.  (An appointment is not yet an entry of the record.)
//
// One SQLite file, `DIR/directory`.  May be used by several threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "store/database.h"

namespace lawbound::service {

struct Office {
  std::string id;  // "market-supervision"
  std::string title_zh, title_en;
};

// What an official may act as, from a day to a day (both inclusive).
struct Appointment {
  std::string register_number, office, pack, role;
  base::Day first = base::kFirstDay, last = base::kLastDay;
};

struct Credential {
  std::string register_number, name;
  base::Day first = base::kFirstDay, last = base::kLastDay;
};

struct Official {
  std::string register_number, name, office;
};

class Directory {
 public:
  // Makes the file when there is none.
  static base::Result<std::unique_ptr<Directory>> Open(const std::string& path);

  // kInvalid: an id that is no plain word; kConflict: another official has the number.
  base::Status AddOffice(const Office& office);
  // The password is kept as an Argon2id hash; the secret is that of the one-time codes (RFC 6238).
  base::Status AddOfficial(const Official& official, std::string_view password, std::string_view totp_secret);
  base::Status Appoint(const Appointment& appointment);
  base::Status Grant(const Credential& credential);

  std::vector<Office> Offices() const;
  std::optional<Office> FindOffice(std::string_view id) const;
  std::optional<Official> Find(std::string_view register_number) const;
  std::vector<Official> Officials() const;
  std::vector<Appointment> AppointmentsOf(std::string_view register_number, base::Day day) const;
  // Officials who may act as a role on a day.
  std::vector<Official> WhoMayAct(std::string_view pack, std::string_view role, base::Day day) const;
  // Offices whose matters of a pack somebody handles.
  std::vector<std::string> DesksOf(std::string_view pack, base::Day day) const;
  std::vector<std::string> CredentialsOf(std::string_view register_number, base::Day day) const;

  // Whether number and password go together; takes as long for a number that nobody has.  Slow on purpose: at
  // most two at a time.
  bool CheckPassword(std::string_view register_number, std::string_view password);
  // Whether the one-time code is that of now, or of half a minute before or after; each is good once.
  bool CheckCode(std::string_view register_number, std::string_view code, std::int64_t unix_seconds);

 private:
  explicit Directory(store::Database database) : database_(std::move(database)) {}
  base::Status Load();

  struct Account {
    Official official;
    std::string password_hash, totp_secret;
    std::int64_t last_step = 0;  // the step of the code that was used last
  };

  mutable std::mutex mutex_;  // guards all below
  store::Database database_;
  std::map<std::string, Office, std::less<>> offices_;
  std::map<std::string, Account, std::less<>> accounts_;
  std::vector<Appointment> appointments_;
  std::vector<Credential> credentials_;
};

// The code of RFC 6238 (SHA-1, 30 seconds, six digits) for a secret and a step of time.
std::string OneTimeCode(std::string_view secret, std::int64_t step);
inline constexpr std::int64_t kCodeSeconds = 30;

// RFC 4648 base32 without padding, as authenticators take secrets, and as codes of parties are written.
std::string Base32(std::string_view bytes);
std::optional<std::string> FromBase32(std::string_view text);

}  // namespace lawbound::service
