// Projections: rows for looking things up, made from the entries of a ledger and from nothing else.
//
//   Figures figures;
//   ASSIGN_OR_RETURN(const Projected done, Project(folder, figures, {}));
//   ASSIGN_OR_RETURN(store::Database rows, OpenProjection(folder, figures));
//
// Each is an SQLite file of its own below the ledger's folder (`projections/NAME`), whatever store the ledger
// has.  It remembers how many entries it is made of and their root, in the same transaction as the rows made
// of them: ended at any moment it goes on where it was, and run twice it changes nothing.  When its entries
// are no longer the ledger's (a backup was restored, its version is another) it is made anew.  Removing the
// file is dropping it; made again it has the same rows.
//
// A projection sees the public entries only: no field, no key.  So an erasure leaves nothing in it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/folder.h"
#include "store/database.h"
#include "tlog/entry.h"

namespace lawbound::ledger {

class Projection {
 public:
  virtual ~Projection() = default;
  virtual std::string_view name() const = 0;    // of the file: a-z
  virtual int version() const = 0;              // another one when Take makes other rows of the same entries
  virtual std::string_view tables() const = 0;  // SQL that makes them
  // Adds what entry `number` says.  Sees each entry once, in order, and nothing else.
  virtual base::Status Take(store::Database& rows, std::uint64_t number, const tlog::Entry& entry) = 0;
};

struct ProjectHow {
  bool rebuild = false;                                                // drop what is there first
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;  // may be empty
  std::uint64_t page = 16 * 1024;  // entries in one transaction, which ends with several syncs of the disk
};

struct Projected {
  std::uint64_t from = 0;  // entries that were in it before
  std::uint64_t size = 0;  // entries that are in it now
  bool rebuilt = false;    // what was there was dropped
};

// Brings it up to the record as it is now.  Any number may run at once, beside the writer.  kCorrupt when the
// entries do not hash to the record's root.
base::Result<Projected> Project(const Folder& folder, Projection& projection, const ProjectHow& how);

// For reading.  kNotFound when it was never made.
base::Result<store::Database> OpenProjection(const Folder& folder, const Projection& projection);

// How many acts each office did, by month, act and verdict: table `figures(month, office, act, verdict,
// acts)`.
class Figures final : public Projection {
 public:
  std::string_view name() const override { return "figures"; }
  int version() const override { return 1; }
  std::string_view tables() const override;
  base::Status Take(store::Database& rows, std::uint64_t number, const tlog::Entry& entry) override;
};

// Which entries belong to a matter: table `matters(matter, entry, kind, day)`.
class Matters final : public Projection {
 public:
  std::string_view name() const override { return "matters"; }
  int version() const override { return 1; }
  std::string_view tables() const override;
  base::Status Take(store::Database& rows, std::uint64_t number, const tlog::Entry& entry) override;
};

}  // namespace lawbound::ledger
