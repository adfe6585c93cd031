#include "gate/proved_program.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>

#include "engine/plan.h"
#include "program/codec.h"
#include "program/floor.h"
#include "program/names.h"
#include "tlog/hash.h"

namespace lawbound::gate {

using base::Errc;
using base::Error;
using base::Result;
using program::Program;

namespace {

constexpr std::string_view kHead = "lawbound.org/proved-program v1";
constexpr std::string_view kResults[] = {"proved", "refuted", "not-decided", "vacuous"};

std::string ResultOf(const prove::Proof& proof) {
  if (proof.vacuous) return "vacuous";
  switch (proof.result) {
    case prove::Result::kProved:
      return "proved";
    case prove::Result::kRefuted:
      return "refuted";
    case prove::Result::kNotDecided:
      return "not-decided";
  }
  return "";
}

// Reads a record line by line.  What is read is printed again and compared: so one text says one thing.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<ProofRecord> Read() {
    ProofRecord record;
    if (Line() != kHead) return std::nullopt;
    record.pack = Value("pack ");
    record.program = Value("program ");
    record.tool = Value("tool ");
    const std::optional<base::Day> day = base::ParseDay(Value("law-of "));
    if (Line() != "tier T0") return std::nullopt;
    const auto states = Number(Value("states ")), seconds = Number(Value("seconds ")),
               repeats = Number(Value("repeats "));
    constexpr std::uint64_t kMost = 0xffffffff;
    if (!day || !states || !seconds || !repeats || *seconds > kMost || *repeats > kMost) return std::nullopt;
    record.law_of = *day;
    record.states = *states;
    record.seconds = static_cast<std::uint32_t>(*seconds);
    record.repeats = static_cast<std::uint32_t>(*repeats);
    while (!text_.empty()) {
      std::optional<Answer> answer = ReadAnswer();
      if (!answer) return std::nullopt;
      record.answers.push_back(std::move(*answer));
    }
    return record;
  }

 private:
  std::string_view Line() {
    const std::size_t end = std::min(text_.find('\n'), text_.size());
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(std::min(end + 1, text_.size()));
    return line;
  }
  // Empty, which no value is, for another line.
  std::string Value(std::string_view key) {
    const std::string_view line = Line();
    return line.starts_with(key) ? std::string(line.substr(key.size())) : std::string();
  }
  static std::optional<std::uint64_t> Number(std::string_view digits) {
    std::uint64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    if (digits.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return value;
  }

  // "guarantee heard proved 123"
  std::optional<Answer> ReadAnswer() {
    std::string_view line = Line();
    std::string_view words[4];
    for (std::string_view& word : words) {
      const std::size_t end = std::min(line.find(' '), line.size());
      word = line.substr(0, end);
      line.remove_prefix(std::min(end + 1, line.size()));
    }
    const auto states = Number(words[3]);
    const bool known = std::find(std::begin(kResults), std::end(kResults), words[2]) != std::end(kResults);
    if (words[0] != "guarantee" || words[1].empty() || !known || !states) return std::nullopt;
    return Answer{.name = std::string(words[1]), .result = std::string(words[2]), .states = *states};
  }

  std::string_view text_;
};

}  // namespace

std::string HashOf(const Program& program) {
  const tlog::Hash hash = tlog::Sha256(program::Encode(program));
  std::string digits;
  for (const std::uint8_t byte : hash.bytes) digits += fmt::format("{:02x}", byte);
  return digits;
}

std::string PrintProofRecord(const ProofRecord& record) {
  std::string out =
      fmt::format("{}\npack {}\nprogram {}\ntool {}\nlaw-of {}\ntier T0\nstates {}\nseconds {}\nrepeats {}\n",
                  kHead, record.pack, record.program, record.tool, base::PrintDay(record.law_of),
                  record.states, record.seconds, record.repeats);
  for (const Answer& answer : record.answers)
    out += fmt::format("guarantee {} {} {}\n", answer.name, answer.result, answer.states);
  return out;
}

Result<ProofRecord> ParseProofRecord(std::string_view text) {
  std::optional<ProofRecord> record = Reader(text).Read();
  if (!record || PrintProofRecord(*record) != text)
    return Error{Errc::kInvalid, "this is not the record of a proof"};
  return *std::move(record);
}

Result<ProvedProgram> ProvedProgram::AboveFloor(Program program, ProofRecord record) {
  const auto below = [](std::string why) { return Error{Errc::kInvalid, "below the floor: " + why}; };
  if (record.program != HashOf(program))
    return Error{Errc::kInvalid,
                 "it was proved of another program: the rules have changed since, or are others"};
  if (program.guarantees.empty()) return below("it promises nothing that could be proved");
  if (record.repeats < kLeastRepeats)
    return below(
        fmt::format("it was proved of matters in which each kind of act is done at most {} times; "
                    "at least {} are asked",
                    record.repeats, kLeastRepeats));
  for (std::size_t i = 0; i < record.answers.size(); ++i) {
    const Answer& answer = record.answers[i];
    if (i >= program.guarantees.size() || program.string(program.guarantees[i].name) != answer.name)
      return Error{Errc::kInvalid,
                   fmt::format("it answers '{}', which is not what the program asks", answer.name)};
    if (answer.result != "proved")
      return below(fmt::format("the guarantee '{}' is {}", answer.name,
                               answer.result == "not-decided" ? "not decided" : answer.result));
  }
  if (record.answers.size() < program.guarantees.size())
    return below(fmt::format("nothing was answered of the guarantee '{}'",
                             program.string(program.guarantees[record.answers.size()].name)));
  Result<program::AboveFloor> whole = program::AboveFloor::Make(std::move(program));
  if (!whole.ok()) return whole.error();
  return ProvedProgram(whole.value().program(), std::move(record));
}

std::string SealRecord(const ProofRecord& record, const tlog::SigningKey& key) {
  tlog::Note note{.text = PrintProofRecord(record), .signatures = {}};
  note.signatures.push_back(key.Sign(note.text));
  return tlog::PrintNote(note);
}

Result<ProvedProgram> ProvedProgram::Prove(Program program, const calendar::Calendars& calendars,
                                           const prove::Options& options, std::string_view tool) {
  ProofRecord record{.pack = std::string(program.string(program.path)),
                     .program = HashOf(program),
                     .tool = std::string(tool),
                     .law_of = options.day,
                     .states = options.limits.states,
                     .seconds = static_cast<std::uint32_t>(std::ceil(options.limits.seconds)),
                     .repeats = options.limits.repeats,
                     .answers = {}};
  {
    ASSIGN_OR_RETURN(const engine::Plan plan, engine::Plan::Make(program, calendars, {}));
    ASSIGN_OR_RETURN(const prove::Prover prover, prove::Prover::Make(plan, options));
    for (const prove::Question& question : prover.Questions()) {
      if (question.kind == prove::Question::Kind::kCanHappen) continue;
      const prove::Proof proof = prover.Prove(question);
      record.answers.push_back({.name = question.name, .result = ResultOf(proof), .states = proof.states});
      if (record.answers.back().result != "proved") break;
    }
  }
  return AboveFloor(std::move(program), std::move(record));
}

Result<ProvedProgram> ProvedProgram::Load(Program program, std::string_view seal,
                                          std::span<const tlog::VerifierKey> trusted) {
  ASSIGN_OR_RETURN(const tlog::Note note, tlog::ParseNote(seal));
  ASSIGN_OR_RETURN(const auto signed_by, tlog::VerifyNote(note, trusted));
  if (signed_by.empty()) return Error{Errc::kInvalid, "it is not signed by a key that is trusted here"};
  ASSIGN_OR_RETURN(ProofRecord record, ParseProofRecord(note.text));
  return AboveFloor(std::move(program), std::move(record));
}

std::string ProvedProgram::Seal(const tlog::SigningKey& key) const { return SealRecord(record_, key); }

}  // namespace lawbound::gate
