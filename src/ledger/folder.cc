#include "ledger/folder.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/file.h"
#include "tlog/encoding.h"

namespace lawbound::ledger {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view kFirstLine = "lawbound-ledger/v1";
constexpr std::size_t kMaxSettingsBytes = 1 << 16;
constexpr unsigned kSecretMode = 0600;

Status MakeFolder(const std::string& path, unsigned mode) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    return Error{Errc::kUnavailable, fmt::format("cannot make the folder '{}': {}", path, error.message())};
  if (::chmod(path.c_str(), mode) != 0)
    return Error{Errc::kUnavailable, fmt::format("cannot make '{}' private: {}", path, std::strerror(errno))};
  return base::Ok();
}

// Keys are one line of text in a file.
Result<std::string> ReadLine(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, base::ReadFile(path, kMaxSettingsBytes));
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);  // which gives the lock back
}

store::StorePlace Folder::place() const {
  return settings_.postgres.empty() ? store::StorePlace{rows(), ""}
                                    : store::StorePlace{"", settings_.postgres};
}

std::string Folder::secrets() const {
  if (settings_.secrets.empty()) return path_ + "/secrets";
  return settings_.secrets;
}

Result<Folder> Folder::Prepare(const std::string& path, const FolderSettings& settings) {
  if (!tlog::IsKeyName(settings.origin)) {
    return Error{Errc::kInvalid,
                 fmt::format("'{}' cannot be the name of a log: no spaces, no '+'", settings.origin)};
  }
  if ((settings.secrets + settings.postgres).find('\n') != std::string::npos)
    return Error{Errc::kInvalid, "the place of secrets or rows has more than one line"};
  Folder out(path, settings);
  if (base::Exists(path + "/ledger"))
    return Error{Errc::kConflict, fmt::format("'{}' is a ledger already", path)};
  RETURN_IF_ERROR(MakeFolder(path, 0700));
  RETURN_IF_ERROR(MakeFolder(out.documents(), 0700));
  return out;
}

Result<Folder> Folder::Make(const std::string& path, const FolderSettings& settings) {
  ASSIGN_OR_RETURN(Folder out, Prepare(path, settings));
  RETURN_IF_ERROR(MakeFolder(out.secrets(), 0700));
  ASSIGN_OR_RETURN(const FolderLock lock, out.Lock());
  // A key that is there may sign another log: it is never overwritten.
  if (base::Exists(out.secrets() + "/log.key"))
    return Error{Errc::kConflict, fmt::format("'{}' holds the key of a log already", out.secrets())};
  // Before the keys: a server that cannot be reached leaves nothing behind.
  ASSIGN_OR_RETURN(const std::unique_ptr<store::RecordStore> rows,
                   store::OpenRecordStore(out.place(), store::OpenHow::kMake));
  std::array<std::uint8_t, 32> seed{};
  tlog::FillRandom(seed);
  ASSIGN_OR_RETURN(const tlog::SigningKey key,
                   tlog::SigningKey::FromSeed(settings.origin, tlog::KeyKind::kLog, seed));
  RETURN_IF_ERROR(out.ReplaceSigningKey(key));
  RETURN_IF_ERROR(out.KeepNextMattersKey(BoxKey::Random()));
  RETURN_IF_ERROR(out.UseNextMattersKey());
  // Last: until this is there, nothing is a ledger.
  RETURN_IF_ERROR(out.WriteSettings());
  return out;
}

Status Folder::WriteSettings() const {
  std::string text = fmt::format("{}\norigin {}\n", kFirstLine, settings_.origin);
  if (!settings_.secrets.empty()) text += fmt::format("secrets {}\n", settings_.secrets);
  text +=
      settings_.postgres.empty() ? "store sqlite\n" : fmt::format("store postgres {}\n", settings_.postgres);
  return base::WriteFileDurably(path_ + "/ledger", text, kSecretMode);
}

Result<Folder> Folder::Open(const std::string& path) {
  Result<std::string> text = base::ReadFile(path + "/ledger", kMaxSettingsBytes);
  if (!text.ok()) {
    if (text.error().code != Errc::kNotFound) return std::move(text).error();
    return Error{Errc::kNotFound,
                 fmt::format("'{}' is not a ledger; 'lawbound ledger init' makes one", path)};
  }
  std::string_view rest = text.value();
  const auto wrong = [&](std::string_view what) {
    return Error{Errc::kCorrupt, fmt::format("'{}/ledger': {}", path, what)};
  };
  if (tlog::NextLine(rest) != kFirstLine) return wrong(fmt::format("its first line is not '{}'", kFirstLine));
  FolderSettings settings;
  bool store = false;
  while (std::optional<std::string_view> line = tlog::NextLine(rest)) {
    const std::string_view name = tlog::NextWord(*line);
    if (name == "origin") {
      settings.origin = *line;
    } else if (name == "secrets") {
      settings.secrets = *line;
    } else if (name == "store" && *line == "sqlite") {
      store = true;
    } else if (name == "store" && tlog::Consume(*line, "postgres ")) {
      store = true;
      settings.postgres = *line;
    } else {
      return wrong(fmt::format("a line begins with '{}'", name));
    }
  }
  if (settings.origin.empty() || !store) return wrong("it does not say origin and store");
  return Folder(path, std::move(settings));
}

Result<FolderLock> Folder::Lock() const {
  const std::string path = path_ + "/lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kSecretMode);
  if (file < 0)
    return Error{Errc::kUnavailable, fmt::format("cannot open '{}': {}", path, std::strerror(errno))};
  FolderLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return Error{Errc::kConflict, fmt::format("another program is writing to the ledger '{}'", path_)};
  }
  return lock;
}

Result<tlog::SigningKey> Folder::ReadSigningKey() const {
  ASSIGN_OR_RETURN(const std::string text, ReadLine(secrets() + "/log.key"));
  Result<tlog::SigningKey> key = tlog::SigningKey::Parse(text);
  if (!key.ok()) return std::move(key).error().With(fmt::format("'{}/log.key'", secrets()));
  return key;
}

namespace {

Result<BoxKey> ReadBoxKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadLine(path));
  const std::optional<std::string> bytes = tlog::DecodeBase64(text);
  if (!bytes || bytes->size() != BoxKey::kBytes)
    return Error{Errc::kCorrupt, fmt::format("'{}' does not hold a key", path)};
  return BoxKey::From(*bytes);
}

}  // namespace

Result<BoxKey> Folder::ReadMattersKey() const { return ReadBoxKey(secrets() + "/matters.key"); }

Status Folder::KeepNextMattersKey(const BoxKey& key) const {
  return base::WriteFileDurably(secrets() + "/matters.key.next", tlog::EncodeBase64(key.view()) + "\n",
                                kSecretMode);
}

Result<std::optional<BoxKey>> Folder::ReadNextMattersKey() const {
  const std::string path = secrets() + "/matters.key.next";
  if (!base::Exists(path)) return std::optional<BoxKey>();
  ASSIGN_OR_RETURN(BoxKey key, ReadBoxKey(path));
  return std::optional<BoxKey>(std::move(key));
}

Status Folder::UseNextMattersKey() const {
  const std::string path = secrets() + "/matters.key";
  ASSIGN_OR_RETURN(const BoxKey next, ReadBoxKey(path + ".next"));
  const int old_file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const std::string text = tlog::EncodeBase64(next.view()) + "\n";
  Status done = base::WriteFileDurably(path, text, kSecretMode);
  // The old bytes have no name any more; on a disk that writes in place they are overwritten too.
  if (old_file >= 0) {
    const std::string zeros(text.size(), '0');
    if (done.ok() && (::write(old_file, zeros.data(), zeros.size()) < 0 || ::fsync(old_file) != 0))
      done = Error{Errc::kUnavailable, fmt::format("cannot overwrite the old '{}'", path)};
    ::close(old_file);
  }
  RETURN_IF_ERROR(done);
  return ForgetNextMattersKey();
}

Status Folder::ForgetNextMattersKey() const {
  const std::string path = secrets() + "/matters.key.next";
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return base::Ok();
  return Error{Errc::kUnavailable, fmt::format("cannot remove '{}': {}", path, std::strerror(errno))};
}

Status Folder::ReplaceSigningKey(const tlog::SigningKey& key) const {
  const std::string known = path_ + "/log.keys";
  Result<std::string> text = base::ReadFile(known, kMaxSettingsBytes);
  if (!text.ok() && text.error().code != Errc::kNotFound) return std::move(text).error();
  const std::string line = tlog::PrintVerifierKey(key.verifier()) + "\n";
  const std::string all = (text.ok() ? text.value() : std::string()) + line;
  // The public key first: a key that signs and that nobody knows would be worse than one that does not sign.
  if (!text.ok() || !text.value().ends_with(line)) RETURN_IF_ERROR(base::WriteFileDurably(known, all));
  return base::WriteFileDurably(secrets() + "/log.key", key.Print() + "\n", kSecretMode);
}

Result<tlog::Trust> Folder::ReadTrust() const {
  ASSIGN_OR_RETURN(const std::string text, base::ReadFile(path_ + "/log.keys", kMaxSettingsBytes));
  tlog::Trust out;
  std::string_view rest = text;
  while (const std::optional<std::string_view> line = tlog::NextLine(rest)) {
    Result<tlog::VerifierKey> key = tlog::ParseVerifierKey(*line);
    if (!key.ok()) return std::move(key).error().With(fmt::format("'{}/log.keys'", path_));
    out.logs.push_back(std::move(key).value());
  }
  return out;
}

Result<std::optional<tlog::SignedCheckpoint>> Folder::ReadSigned() const {
  const std::string path = path_ + "/signed";
  Result<std::string> note = base::ReadFile(path, tlog::kMaxNoteBytes);
  if (!note.ok()) {
    if (note.error().code == Errc::kNotFound) return std::optional<tlog::SignedCheckpoint>();
    return std::move(note).error();
  }
  ASSIGN_OR_RETURN(const tlog::Trust trust, ReadTrust());
  Result<tlog::SignedCheckpoint> opened = tlog::OpenCheckpoint(note.value(), trust);
  if (!opened.ok()) return std::move(opened).error().With(fmt::format("'{}'", path));
  return std::optional<tlog::SignedCheckpoint>(std::move(opened).value());
}

Status Folder::KeepSigned(std::string_view note) const {
  return base::WriteFileDurably(path_ + "/signed", note);
}

}  // namespace lawbound::ledger
