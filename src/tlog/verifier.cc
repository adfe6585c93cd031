#include "tlog/verifier.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/file.h"
#include "tlog/encoding.h"
#include "tlog/export.h"
#include "tlog/receipt.h"
#include "tlog/verifier_json.h"

namespace lawbound::tlog {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

constexpr std::string_view kHelp =
    R"(lawbound-verify checks what an authority has recorded, without asking the authority.

  lawbound-verify receipt FILE...     a receipt: is the act in the log, and are the fields shown the recorded ones
  lawbound-verify checkpoint FILE     a checkpoint: who signed it
  lawbound-verify consistency OLD NEW OLD is a checkpoint that was kept; NEW is a file with a later checkpoint and the
                                      proof, or the folder of an export: is the later log the same one, only longer
  lawbound-verify export FOLDER       a whole log as published: every entry, every tile, the checkpoint

  --key KEY      a key to trust, NAME+ID+KEY, of the log or of a witness; give it once for each
  --keys FILE    the same, one key a line; lines that begin with # are for people
  --quorum N     how many of the trusted witnesses must have signed; 0 when not given
  --floor HASH   the floor that the log must state: a receipt or an export under another one, under one that was
                 waived, or under none is refused; what is stated is shown in any case
  --refusals HASH  the same of the refusals
  --document FILE  the document that the receipt must be about; another one, or one that the receipt does not commit
                 to, is refused
  --json         answer in JSON, one object a file

Ends with 0 verified, 1 refused, 2 wrong command line, 3 a file cannot be read, 4 the record verifies but fields are
missing from a receipt.
)";

constexpr std::size_t kMaxKeysBytes = std::size_t{1} << 20;

struct Command {
  std::string name;
  std::vector<std::string> files;
  Trust trust;
  bool json = false;
  FloorDemand floor;
  std::string document;  // path; empty: none
};

Error Usage(std::string message) { return {Errc::kInvalid, std::move(message)}; }

Status AddKey(std::string_view text, Trust& trust) {
  ASSIGN_OR_RETURN(VerifierKey key, ParseVerifierKey(text));
  (key.kind == KeyKind::kLog ? trust.logs : trust.witnesses).push_back(std::move(key));
  return base::Ok();
}

Status AddKeys(const std::string& path, Trust& trust) {
  ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kMaxKeysBytes));
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (Status status = AddKey(line, trust); !status.ok())
      return std::move(status).error().With("'" + path + "'");
  }
  return base::Ok();
}

Status ParseOption(const std::string& option, const std::string& value, Command& command) {
  if (option == "--key") return AddKey(value, command.trust);
  if (option == "--keys") return AddKeys(value, command.trust);
  if (option == "--document") {
    command.document = value;
    return base::Ok();
  }
  if (option == "--floor" || option == "--refusals") {
    if (!ParseHash(value))
      return Usage(fmt::format("'{}' is not a hash: {} takes 44 characters", value, option));
    (option == "--floor" ? command.floor.floor : command.floor.refusals) = value;
    return base::Ok();
  }
  if (option != "--quorum") return Usage(fmt::format("there is no option '{}'", option));
  const std::optional<std::uint64_t> quorum = ParseCount(value);
  if (!quorum) return Usage(fmt::format("'{}' is not a number of witnesses", value));
  command.trust.quorum = static_cast<std::size_t>(*quorum);
  return base::Ok();
}

Result<Command> ParseCommand(std::span<const std::string> arguments) {
  Command out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--json") {
      out.json = true;
    } else if (argument.starts_with("--")) {
      if (i + 1 == arguments.size()) return Usage(fmt::format("'{}' needs a value", argument));
      RETURN_IF_ERROR(ParseOption(argument, arguments[++i], out));
    } else if (out.name.empty()) {
      out.name = argument;
    } else {
      out.files.push_back(argument);
    }
  }
  const bool one = out.name == "checkpoint" || out.name == "export";
  if (!one && out.name != "receipt" && out.name != "consistency") {
    return Usage(out.name.empty() ? "say what to verify" : fmt::format("there is no command '{}'", out.name));
  }
  if (one && out.files.size() != 1) return Usage(fmt::format("'{}' takes one file", out.name));
  if (out.name == "receipt" && out.files.empty()) return Usage("'receipt' takes one file or more");
  if (!out.document.empty() && (out.name != "receipt" || out.files.size() != 1))
    return Usage("'--document' goes with one receipt");
  if (out.name == "consistency" && out.files.size() != 2)
    return Usage("'consistency' takes an old and a new file");
  if (out.trust.logs.empty())
    return Usage("no key of a log is given; whom to trust is yours to say, with --key");
  return out;
}

std::string Line(std::string_view name, std::string_view value) {
  return fmt::format("  {:<12} {}\n", name, value);
}

std::string PrintTime(std::uint64_t seconds) {
  const std::uint64_t days = seconds / 86400;
  if (days > static_cast<std::uint64_t>(base::kLastDay.number)) return fmt::format("second {}", seconds);
  return fmt::format("{} {:02}:{:02} UTC", base::PrintDay({static_cast<std::int32_t>(days)}),
                     seconds / 3600 % 24, seconds / 60 % 60);
}

std::string Describe(const SignedCheckpoint& checkpoint) {
  const Checkpoint& c = checkpoint.checkpoint;
  std::string out = Line("log", c.origin) + Line("entries", fmt::to_string(c.tree.size)) +
                    Line("root", PrintHash(c.tree.root));
  for (const Cosigner& witness : checkpoint.witnesses) {
    out += Line("witness", fmt::format("{} at {}", witness.name, PrintTime(witness.time)));
  }
  if (checkpoint.witnesses.empty()) {
    out += Line("witnesses",
                "0: nobody outside whom you trust has confirmed that this is the log's only version");
  }
  return out;
}

// A value as it can be shown: as it is, with line feeds as \n, or, when it is not text, as base64.
std::string Show(std::string_view value) {
  std::string out = "\"";
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (!IsPlainLine(line)) return fmt::format("{} bytes, base64 {}", value.size(), EncodeBase64(value));
    for (const char c : line) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    if (end < rest.size()) out += "\\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out + "\"";
}

std::string Describe(const FloorStatement& floor) {
  return Line("floor", fmt::format("{}, says entry {} of {}", DescribeWaiver(floor), floor.entry,
                                   base::PrintDay(floor.day))) +
         Line("  guards", floor.floor) + Line("  refusals", floor.refusals) + Line("  packs", floor.packs);
}

// What a whole log says of its floor: how it was last, and each time that it became another.
std::string Describe(const FloorHistory& floor) {
  if (!floor.last)
    return Line("floor", "NOT STATED: the log does not say under which floor its acts were recorded");
  std::string out = Describe(*floor.last);
  if (floor.acts_before > 0)
    out += Line("floor", fmt::format("NOT STATED before entry {}, for {} acts", floor.first->entry,
                                     floor.acts_before));
  if (floor.days_without > 0) {
    out +=
        Line("floor", fmt::format("NOT STATED on {} days between {} and {}, first on {}", floor.days_without,
                                  base::PrintDay(floor.first->day), base::PrintDay(floor.last->day),
                                  base::PrintDay(*floor.first_day_without)));
  }
  if (floor.out_of_order > 0)
    out += Line("floor",
                fmt::format("{} statements are of an earlier day than the one before", floor.out_of_order));
  if (floor.waived > 0) {
    out += Line("floor", fmt::format("WAIVED in {} of {} statements, first by entry {} of {}", floor.waived,
                                     floor.statements, floor.first_waived->entry,
                                     base::PrintDay(floor.first_waived->day)));
  }
  for (const FloorChange& change : floor.changes) {
    out += Line("floor", fmt::format("CHANGED by entry {} of {}: {}", change.after.entry,
                                     base::PrintDay(change.after.day), change.Describe()));
  }
  if (floor.changed > floor.changes.size())
    out += Line("floor", fmt::format("CHANGED {} times more", floor.changed - floor.changes.size()));
  return out;
}

std::string Describe(const ReceiptReport& report) {
  std::string out = Line("entry", fmt::format("{} ({})", report.index, report.entry.kind));
  for (const Fact& fact : report.entry.facts) out += Line(fact.name, fact.value);
  for (const FieldReport& field : report.fields) {
    std::string text(FieldStateName(field.state));
    if (field.value) text += ": " + Show(*field.value);
    if (field.by) text += fmt::format(", by entry {}", *field.by);
    out += Line(field.name, text);
  }
  for (const LaterReport& later : report.later) {
    out += Line(fmt::format("entry {}", later.index),
                fmt::format("{} of {} on {} by {}, ground: {}", later.entry.kind,
                            *later.entry.FindFact("fields"), *later.entry.FindFact("day"),
                            *later.entry.FindFact("official"), *later.entry.FindFact("ground")));
  }
  if (report.floor) {
    out += Describe(*report.floor);
  } else if (KindOf(report.entry) == EntryKind::kAct) {
    out += Line("floor", "NOT SHOWN: the receipt does not say under which floor the act was recorded");
  }
  return out;
}

// What a receipt shows of its floor, against what its reader demands.
Status CheckFloor(const ReceiptReport& report, const FloorDemand& demand) {
  if (!demand.any()) return base::Ok();
  if (!report.floor) {
    if (KindOf(report.entry) != EntryKind::kAct) return base::Ok();
    return Error{Errc::kCorrupt, "the receipt does not show under which floor the act was recorded"};
  }
  const std::optional<std::string> misses = Misses(*report.floor, demand);
  return misses ? Status(Error{Errc::kCorrupt, *misses}) : base::Ok();
}

constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20;

// The document that its reader holds, against the receipt.
Status CheckDocument(const ReceiptReport& report, const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kMaxDocumentBytes));
  switch (MatchDocument(report, bytes)) {
    case DocumentMatch::kSame:
      return base::Ok();
    case DocumentMatch::kAnother:
      return Error{Errc::kCorrupt, fmt::format("'{}' is not the document that was recorded", path)};
    case DocumentMatch::kNotShown:
      return Error{Errc::kInvalid,
                   fmt::format("the receipt does not show the digest of its document, so '{}' "
                               "cannot be compared with it",
                               path)};
    case DocumentMatch::kNoDocument:
      break;
  }
  return Error{Errc::kInvalid, fmt::format("the receipt is of no document, '{}' or another", path)};
}

// What one file came to: the text that says so.
struct Finding {
  std::string text;
  bool missing = false;
  std::string json;  // members, each behind a comma
};

Result<SignedCheckpoint> ReadCheckpoint(const std::string& path, const Trust& trust) {
  ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kMaxNoteBytes));
  return OpenCheckpoint(bytes, trust);
}

// Receipts of one day share their checkpoint, and its signature is most of the work.
class ReceiptVerifier {
 public:
  explicit ReceiptVerifier(const Command& command)
      : trust_(command.trust), floor_(command.floor), document_(command.document) {}

  Result<Finding> Verify(const std::string& path) {
    ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kMaxReceiptBytes));
    ASSIGN_OR_RETURN(const Receipt receipt, ParseReceipt(bytes));
    if (!opened_ || opened_bytes_ != receipt.checkpoint) {
      ASSIGN_OR_RETURN(opened_, OpenCheckpoint(receipt.checkpoint, trust_));
      opened_bytes_ = receipt.checkpoint;
    }
    ASSIGN_OR_RETURN(const ReceiptReport report, VerifyReceipt(receipt, *opened_));
    RETURN_IF_ERROR(CheckFloor(report, floor_));
    Finding out{Describe(*opened_) + Describe(report), !report.IsComplete(),
                JsonOf(*opened_) + JsonOf(report)};
    if (!document_.empty()) {
      RETURN_IF_ERROR(CheckDocument(report, document_));
      out.text += Line("document", fmt::format("'{}' is what was recorded, to the byte", document_));
      out.json += ",\"document\":" + JsonText(document_);
    }
    return out;
  }

 private:
  const Trust& trust_;
  const FloorDemand& floor_;
  const std::string& document_;
  std::string opened_bytes_;
  std::optional<SignedCheckpoint> opened_;
};

struct Later {
  SignedCheckpoint checkpoint;
  std::vector<Hash> proof;
};

Result<Later> LaterFromExport(const std::string& folder, std::uint64_t old_size, const Trust& trust) {
  ExportReader reader(folder);
  Later out;
  ASSIGN_OR_RETURN(const std::string note, reader.ReadCheckpoint());
  ASSIGN_OR_RETURN(out.checkpoint, OpenCheckpoint(note, trust));
  const std::uint64_t size = out.checkpoint.checkpoint.tree.size;
  if (size < old_size) return Error{Errc::kCorrupt, "the newer tree is smaller than the older one"};
  TileNodes nodes(reader, size);
  ASSIGN_OR_RETURN(out.proof, ConsistencyProof(nodes, old_size, size));
  return out;
}

Result<Later> LaterFromFile(const std::string& path, std::uint64_t old_size, const Trust& trust) {
  ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, kMaxNoteBytes));
  ASSIGN_OR_RETURN(WitnessRequest request, ParseWitnessRequest(bytes));
  if (request.old_size != old_size) {
    return Error{Errc::kInvalid, fmt::format("the proof begins at {} entries, the old checkpoint has {}",
                                             request.old_size, old_size)};
  }
  Later out;
  ASSIGN_OR_RETURN(out.checkpoint, OpenCheckpoint(request.checkpoint, trust));
  out.proof = std::move(request.proof);
  return out;
}

Result<Finding> CheckConsistency(const std::string& old_path, const std::string& new_path,
                                 const Trust& trust) {
  ASSIGN_OR_RETURN(const SignedCheckpoint old_one, ReadCheckpoint(old_path, trust));
  const TreeHead& old_tree = old_one.checkpoint.tree;
  ASSIGN_OR_RETURN(const Later later, base::IsFolder(new_path)
                                          ? LaterFromExport(new_path, old_tree.size, trust)
                                          : LaterFromFile(new_path, old_tree.size, trust));
  if (later.checkpoint.checkpoint.origin != old_one.checkpoint.origin) {
    return Error{Errc::kCorrupt, "the two checkpoints are of different logs"};
  }
  RETURN_IF_ERROR(VerifyConsistency(old_tree, later.checkpoint.checkpoint.tree, later.proof));
  return Finding{Line("old entries", fmt::to_string(old_tree.size)) + Describe(later.checkpoint), false,
                 JsonOf(later.checkpoint) + fmt::format(",\"old_entries\":{}", old_tree.size)};
}

Result<Finding> CheckExport(const std::string& folder, const Trust& trust, const FloorDemand& floor) {
  if (!base::IsFolder(folder)) return Error{Errc::kNotFound, fmt::format("there is no folder '{}'", folder)};
  ASSIGN_OR_RETURN(const ExportSummary summary, VerifyExport(folder, trust, floor));
  std::string out = Describe(summary.checkpoint);
  std::string kinds;
  for (const auto& [kind, count] : summary.kinds) {
    out += Line("of kind", fmt::format("{}: {}", kind, count));
    kinds += fmt::format("{}{}:{}", kinds.empty() ? "" : ",", JsonText(kind), count);
  }
  if (summary.other > 0)
    out += Line("of no kind", fmt::format("{} entries that this program cannot read", summary.other));
  return Finding{out + Describe(summary.floor), false,
                 JsonOf(summary.checkpoint) +
                     fmt::format(",\"kinds\":{{{}}},\"unreadable_entries\":{}", kinds, summary.other) +
                     JsonOf(summary.floor)};
}

// A failure outweighs an unreadable file, and that a missing field.
int Weight(ExitCode code) {
  switch (code) {
    case ExitCode::kVerified:
      return 0;
    case ExitCode::kMissing:
      return 1;
    case ExitCode::kUnreadable:
      return 2;
    case ExitCode::kRefused:
      return 3;
    case ExitCode::kUsage:
      return 4;
  }
  return 4;
}

ExitCode CodeOf(const Error& error) {
  const bool unreadable = error.code == Errc::kNotFound || error.code == Errc::kUnavailable;
  return unreadable ? ExitCode::kUnreadable : ExitCode::kRefused;
}

void Add(const std::string& file, const Result<Finding>& finding, bool json, VerifierAnswer& answer) {
  ExitCode code = ExitCode::kVerified;
  if (finding.ok()) {
    const bool missing = finding.value().missing;
    code = missing ? ExitCode::kMissing : ExitCode::kVerified;
    answer.text +=
        json ? fmt::format("{{\"file\":{},\"result\":\"{}\"{}}}\n", JsonText(file),
                           missing ? "missing" : "verified", finding.value().json)
             : fmt::format("{}: {}\n{}", file, missing ? "verified, but fields are missing" : "verified",
                           finding.value().text);
  } else {
    code = CodeOf(finding.error());
    const bool refused = code == ExitCode::kRefused;
    if (json) {
      answer.text += fmt::format("{{\"file\":{},\"result\":\"{}\",\"message\":{}}}\n", JsonText(file),
                                 refused ? "refused" : "unreadable", JsonText(finding.error().message));
    } else {
      answer.errors +=
          fmt::format("{}: {}: {}\n", file, refused ? "REFUSED" : "cannot be read", finding.error().message);
    }
  }
  if (Weight(code) > Weight(answer.code)) answer.code = code;
}

}  // namespace

VerifierAnswer RunVerifier(std::span<const std::string> arguments) {
  VerifierAnswer answer;
  if (!arguments.empty() && (arguments[0] == "help" || arguments[0] == "--help" || arguments[0] == "-h")) {
    answer.text = kHelp;
    return answer;
  }
  const Result<Command> command = ParseCommand(arguments);
  if (!command.ok()) {
    answer.code = ExitCode::kUsage;
    answer.errors =
        fmt::format("lawbound-verify: {}; 'lawbound-verify help' tells more\n", command.error().message);
    return answer;
  }
  const auto& [name, files, trust, json, floor, document] = command.value();
  if (name == "receipt") {
    ReceiptVerifier verifier(command.value());
    for (const std::string& file : files) Add(file, verifier.Verify(file), json, answer);
  } else if (name == "checkpoint") {
    Result<SignedCheckpoint> opened = ReadCheckpoint(files[0], trust);
    Add(files[0],
        opened.ok() ? Result<Finding>(Finding{Describe(opened.value()), false, JsonOf(opened.value())})
                    : std::move(opened).error(),
        json, answer);
  } else if (name == "consistency") {
    Add(files[1], CheckConsistency(files[0], files[1], trust), json, answer);
  } else {
    Add(files[0], CheckExport(files[0], trust, floor), json, answer);
  }
  return answer;
}

}  // namespace lawbound::tlog
