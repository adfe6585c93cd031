// lawbound ledger witness, and what checkpoint asks of witnesses.
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "cli/ledger.h"
#include "ledger/witness.h"
#include "net/post.h"

namespace lawbound::cli {
namespace {

using base::Result;
using report::JsonWriter;

std::size_t CountSigned(const std::vector<ledger::Asked>& asked) {
  return static_cast<std::size_t>(std::ranges::count_if(asked, &ledger::Asked::signed_it));
}

ExitCode Add(const LedgerWitnessArguments& arguments) {
  const Result<ledger::Folder> folder = ledger::Folder::Open(arguments.place.folder);
  if (!folder.ok()) return Fail(folder.error());
  const Result<tlog::VerifierKey> key = tlog::ParseVerifierKey(arguments.key);
  if (!key.ok()) return Fail(key.error());
  const base::Status done = ledger::AddWitness(folder.value(), {arguments.url, key.value()});
  if (!done.ok()) return Fail(done.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) { json.Key("witness").Text(key.value().name); });
  } else {
    fmt::print("{}: asked at each checkpoint from now on\n", key.value().name);
  }
  return kDone;
}

}  // namespace

Result<std::vector<ledger::Asked>> AskByHttp(ledger::Ledger& ledger) {
  ASSIGN_OR_RETURN(const std::vector<ledger::Witness> witnesses, ledger::ReadWitnesses(ledger.folder()));
  return ledger::AskWitnesses(
      ledger, witnesses, [](const std::string& url, std::string_view body) -> Result<ledger::HttpAnswer> {
        ASSIGN_OR_RETURN(net::PostAnswer answer, net::Post(url, body));
        return ledger::HttpAnswer{answer.status, std::move(answer.body)};
      });
}

std::string DescribeAsked(const std::vector<ledger::Asked>& asked) {
  const std::size_t count = CountSigned(asked);
  std::string out = Counted(count, "witness");
  if (count != 1) out = fmt::format("{} witnesses", count);
  if (count == 0) out += ": nobody outside has confirmed that this is the log's only version";
  for (const ledger::Asked& one : asked) {
    out += one.signed_it ? fmt::format("\n  {} has signed", one.name)
                         : fmt::format("\n  {} HAS NOT SIGNED: {}", one.name, one.reason);
  }
  return out;
}

void PrintAsked(JsonWriter& json, const std::vector<ledger::Asked>& asked) {
  json.Key("witnesses").Value(CountSigned(asked)).Key("asked").Begin('[');
  for (const ledger::Asked& one : asked) {
    json.Begin('{').Key("name").Text(one.name).Key("signed").Value(one.signed_it);
    if (!one.signed_it) json.Key("message").Text(one.reason);
    json.End('}');
  }
  json.End(']');
}

ExitCode RunLedgerWitness(const LedgerWitnessArguments& arguments) {
  if (!arguments.url.empty()) return Add(arguments);
  Result<std::unique_ptr<ledger::Ledger>> opened = OpenLedger(arguments.place);
  if (!opened.ok()) return Fail(opened.error());
  const Result<std::vector<ledger::Asked>> asked = AskByHttp(*opened.value());
  if (!asked.ok()) return Fail(asked.error());
  if (arguments.place.json) {
    PrintJson([&](JsonWriter& json) { PrintAsked(json, asked.value()); });
  } else {
    fmt::print("{}\n", DescribeAsked(asked.value()));
  }
  const bool all = std::ranges::all_of(asked.value(), &ledger::Asked::signed_it);
  return all ? kDone : kBadInput;
}

}  // namespace lawbound::cli
