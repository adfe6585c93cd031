// lawbound ledger append LEDGER [FILE]: one act a line in, one answer a line out, in the same order.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <sstream>
#include <unistd.h>
#include <vector>

#include "cli/ledger.h"
#include "ledger/ledger.h"
#include "report/json.h"

namespace lawbound::cli {
namespace {

constexpr std::size_t kMostAtOnce = 64;
constexpr std::size_t kMostLineBytes = std::size_t{8} << 20;

// The whole lines that are there, as soon as they are there: a sender that waits for each answer gets it.
class LineReader {
 public:
  explicit LineReader(int file) : file_(file) {}

  // Up to `count` lines; none at the end.
  base::Result<std::vector<std::string>> Read(std::size_t count) {
    std::vector<std::string> out;
    while (out.empty() && !(ended_ && buffer_.empty())) {
      TakeLines(count, out);
      if (out.empty() && !ended_) RETURN_IF_ERROR(Fill());
    }
    return out;
  }

 private:
  void TakeLines(std::size_t count, std::vector<std::string>& out) {
    std::size_t begin = 0;
    while (out.size() < count) {
      std::size_t end = buffer_.find('\n', begin);
      if (end == std::string::npos) {
        if (!ended_ || begin == buffer_.size()) break;
        end = buffer_.size();
      }
      out.push_back(buffer_.substr(begin, end - begin));
      begin = std::min(end + 1, buffer_.size());
    }
    buffer_.erase(0, begin);
  }
  base::Status Fill() {
    if (buffer_.size() > kMostLineBytes) {
      return base::Error{base::Errc::kLimit, fmt::format("a line has more than {} bytes", kMostLineBytes)};
    }
    char bytes[1 << 16];
    ssize_t got = 0;
    do {
      got = ::read(file_, bytes, sizeof bytes);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
      return base::Error{base::Errc::kUnavailable,
                         fmt::format("cannot read the acts: {}", std::strerror(errno))};
    }
    ended_ = got == 0;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return base::Ok();
  }

  int file_;
  std::string buffer_;
  bool ended_ = false;
};

std::string_view ErrorWord(base::Errc code) {
  switch (code) {
    case base::Errc::kInvalid:
      return "invalid";
    case base::Errc::kNotFound:
      return "not-found";
    case base::Errc::kConflict:
      return "conflict";
    case base::Errc::kUnavailable:
      return "unavailable";
    case base::Errc::kCorrupt:
      return "corrupt";
    case base::Errc::kLimit:
      return "limit";
  }
  return "internal";
}

// What was said of each line.
class Answers {
 public:
  explicit Answers(bool json) : json_(json) {}

  void Say(std::uint64_t line, const base::Result<ledger::Appended>& answer) {
    if (!answer.ok() && code_ == kDone) code_ = CodeFor(answer.error().code);
    if (!json_) {
      if (answer.ok()) {
        fmt::print("{}{}\n", answer.value().entry, answer.value().duplicate ? " (recorded before)" : "");
      } else {
        fmt::print(stderr, "lawbound: line {}: {}\n", line, answer.error().message);
      }
      return;
    }
    std::ostringstream out;
    report::JsonWriter json(out);
    json.Begin('{').Key("line").Value(line);
    if (answer.ok()) {
      json.Key("entry").Value(answer.value().entry).Key("duplicate").Value(answer.value().duplicate);
    } else {
      json.Key("error").Text(ErrorWord(answer.error().code)).Key("message").Text(answer.error().message);
    }
    json.End('}');
    fmt::print("{}\n", out.str());
  }
  ExitCode code() const { return code_; }

 private:
  bool json_;
  ExitCode code_ = kDone;
};

base::Status AppendAll(ledger::Ledger& ledger, int file, Answers& answers) {
  LineReader reader(file);
  for (std::uint64_t line = 1;;) {
    ASSIGN_OR_RETURN(const std::vector<std::string> lines, reader.Read(kMostAtOnce));
    if (lines.empty()) return base::Ok();
    std::vector<ledger::Draft> drafts;
    std::vector<std::optional<base::Error>> wrong;
    for (const std::string& text : lines) {
      base::Result<ledger::Draft> draft = ParseDraft(text);
      wrong.push_back(draft.ok() ? std::nullopt : std::optional<base::Error>(draft.error()));
      if (draft.ok()) drafts.push_back(std::move(draft).value());
    }
    std::vector<base::Result<ledger::Appended>> done = ledger.AppendAll(drafts);
    std::size_t next = 0;
    for (const std::optional<base::Error>& error : wrong) {
      answers.Say(line++, error ? base::Result<ledger::Appended>(*error) : done[next++]);
    }
    // An answer that stays in a buffer is no answer.
    if (std::fflush(stdout) != 0)
      return base::Error{base::Errc::kUnavailable, "cannot write to standard output"};
  }
}

}  // namespace

ExitCode RunLedgerAppend(const LedgerAppendArguments& arguments) {
  const bool standard = arguments.acts == "-";
  const int file = standard ? 0 : ::open(arguments.acts.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return Fail(
        {base::Errc::kNotFound, fmt::format("cannot open '{}': {}", arguments.acts, std::strerror(errno))});
  }
  base::Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  base::Result<std::unique_ptr<ledger::Ledger>> opened = ledger::Ledger::Open(std::move(folder).value());
  if (!opened.ok()) return Fail(opened.error());
  Answers answers(arguments.place.json);
  const base::Status done = AppendAll(*opened.value(), file, answers);
  if (!standard) ::close(file);
  return done.ok() ? answers.code() : Fail(done.error());
}

}  // namespace lawbound::cli
