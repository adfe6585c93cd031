// The folder of a ledger: what it is, where its rows are, its keys, and the last checkpoint that was signed.
//
//   ledger      what this is: origin, where the secrets and the rows are
//   rows        the SQLite file (or the rows are in a PostgreSQL server)
//   log.keys    the public keys by which readers know the log, oldest first
//   signed      the last signed checkpoint: kept outside the database, so that an old copy of it is noticed
//   documents/  encrypted documents
//   lock        held by the one program that may write
//   secrets/    log.key (signs checkpoints), matters.key (opens the keys of the matters); may be elsewhere
//
// docs/formats/ledger-store.md has the bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/box.h"
#include "store/record_store.h"
#include "tlog/checkpoint.h"

namespace lawbound::ledger {

// Held as long as this lives.  Moved, not copied.
class FolderLock {
 public:
  explicit FolderLock(int file) : file_(file) {}
  FolderLock(FolderLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  int file_;
};

struct FolderSettings {
  std::string origin;    // the log's name, as "records.example/log"
  std::string secrets;   // a folder; "secrets" within the ledger's own when empty
  std::string postgres;  // how to connect to the server; an SQLite file when empty
};

class Folder {
 public:
  // Makes the folder, new keys, and the empty rows.  kConflict when there is a ledger already.
  static base::Result<Folder> Make(const std::string& path, const FolderSettings& settings);
  static base::Result<Folder> Open(const std::string& path);
  // Makes the folder and nothing in it but a place for documents: for a restoration, which writes the
  // settings last. kConflict when there is a ledger already.
  static base::Result<Folder> Prepare(const std::string& path, const FolderSettings& settings);

  const std::string& path() const { return path_; }
  const std::string& origin() const { return settings_.origin; }
  const FolderSettings& settings() const { return settings_; }
  store::StorePlace place() const;
  std::string documents() const { return path_ + "/documents"; }

  // kConflict when another program holds it.
  base::Result<FolderLock> Lock() const;

  base::Result<tlog::SigningKey> ReadSigningKey() const;
  base::Result<BoxKey> ReadMattersKey() const;
  // A change of the matters key goes in two steps, so that a program that ends between them leaves nothing
  // locked out: the next key is kept beside the present one, the rows are changed, and then the next becomes
  // the present, and the bytes of the old one are overwritten.
  base::Status KeepNextMattersKey(const BoxKey& key) const;
  base::Result<std::optional<BoxKey>> ReadNextMattersKey() const;
  base::Status UseNextMattersKey() const;
  base::Status ForgetNextMattersKey() const;
  // Adds the public key to log.keys and makes the secret one the signer.
  base::Status ReplaceSigningKey(const tlog::SigningKey& key) const;
  // All that ever signed this log, oldest first, as those who read it trust them.
  base::Result<tlog::Trust> ReadTrust() const;

  base::Result<std::optional<tlog::SignedCheckpoint>> ReadSigned() const;
  base::Status KeepSigned(std::string_view note) const;

  // Writes the file that says what the folder is.
  base::Status WriteSettings() const;

 private:
  Folder(std::string path, FolderSettings settings)
      : path_(std::move(path)), settings_(std::move(settings)) {}
  std::string secrets() const;
  std::string rows() const { return path_ + "/rows"; }

  std::string path_;
  FolderSettings settings_;
};

}  // namespace lawbound::ledger
