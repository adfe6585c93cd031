// Any bytes as a page of a pack, from the first character to a folded history:
//   - reading, checking and every message about it end without a crash;
//   - what reads without mistakes is printed in one layout, which prints as itself and says the same;
//   - what compiles is a valid program, equal to itself through its bytes, and the engine carries out any
//   history.
// An input without a fence of its own is code that stands below a head of declarations.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "calendar/calendar.h"
#include "check/check.h"
#include "engine/engine.h"
#include "program/codec.h"
#include "program/listing.h"
#include "syntax/syntax.h"

namespace lawbound {
namespace {

constexpr std::string_view kHead = R"(```lawbound
pack fuzz/one "One" @en
zone Europe/Rome
counted by italian-days
instrument CdS "Codice della strada" statute
counting italian-days under CdS 155
  calendar italy
  first day does not count
  rest day at the end moves on
role police "Police office": body
role clerk "Clerk": official
role offender "Liable person": person
  abroad: yes-no
act issue "Finding of the offence" by police to offender under CdS 200
  amount: money
  article: text optional
act send "Report dispatched" by police, clerk to offender on issue under CdS 201
act pay "Payment" by offender under CdS 202
  amount: money
  day: day optional
act appeal "Appeal" by offender on issue under CdS 203
  ground: one of form, facts, law
act order "Order" by police to offender on appeal under CdS 204
  longer: length
act granted "Appeal counts as accepted" by law to offender on appeal under CdS 204
)";

std::string PageOf(std::string_view input) {
  if (input.find("```lawbound") != std::string_view::npos) return std::string(input);
  return std::string(kHead) + std::string(input) + "\n```\n";
}

const calendar::Calendars& Calendars() {
  static const base::Result<calendar::Calendars> calendars =
      calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
  CHECK(calendars.ok());
  return calendars.value();
}

struct Read {
  source::Sources sources;
  source::Diagnostics diagnostics{16};  // more of them only take longer to print
  std::array<source::FileId, 1> files;
  syntax::Tree tree;
  bool reads = false;  // without mistakes of reading
  std::optional<check::Compiled> compiled;

  explicit Read(std::string page) : files{sources.Add("pack.md", std::move(page))} {
    tree = syntax::Parse(sources, files, diagnostics);
    reads = !diagnostics.HasErrors();
    compiled = check::Compile(tree, sources, {.calendars = Calendars().names()}, diagnostics);
  }
  // The codes of what was said, in their order.
  std::vector<std::string_view> Codes() const {
    std::vector<std::string_view> codes;
    for (const source::Diagnostic& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
    return codes;
  }
};

void CheckLayout(const Read& read) {
  const std::string printed = syntax::Format(read.sources, read.files[0]);
  const Read again(printed);
  CHECK(again.reads);
  CHECK(syntax::Format(again.sources, again.files[0]) == printed);
  CHECK(again.Codes() == read.Codes());
  CHECK(again.compiled.has_value() == read.compiled.has_value());
  if (read.compiled)
    CHECK(program::Encode(again.compiled->program) == program::Encode(read.compiled->program));
}

// ---------------------------------------------------------------------------------------------- a history

class HistoryMaker {
 public:
  HistoryMaker(const program::Program& program, std::mt19937_64& random) : p_(program), random_(random) {}

  model::Batch Make() {
    if (p_.acts.empty()) return std::move(batch_);
    batch_.names = "1";
    batch_.texts = {"a", "b"};
    batch_.people_names = {"A", "B"};
    base::Day day{14000};
    const std::size_t entries = Below(12);
    for (std::size_t i = 0; i < entries; ++i) {
      day = day + static_cast<std::int32_t>(Below(3) == 0 ? Below(200) : Below(4));
      AddEntry(day, i);
    }
    for (const program::FieldDef& field : p_.fields) {
      if (field.role) batch_.role_values.push_back(ValueOf(field));
    }
    batch_.cases.push_back({.name_begin = 0,
                            .name_size = 1,
                            .first_entry = 0,
                            .entries = static_cast<std::uint32_t>(batch_.entries.size()),
                            .first_role_value = 0,
                            .role_values = static_cast<std::uint32_t>(batch_.role_values.size())});
    return std::move(batch_);
  }

 private:
  std::uint64_t Below(std::uint64_t n) { return random_() % n; }

  void AddEntry(base::Day day, std::size_t number) {
    const model::ActId act(Below(p_.acts.size()));
    model::Entry entry{.act = act, .day = day, .recorded = day};
    entry.people = static_cast<std::uint16_t>(Below(3));
    entry.first_person = static_cast<std::uint32_t>(batch_.people.size());
    for (std::size_t i = 0; i < entry.people; ++i)
      batch_.people.push_back(static_cast<model::PersonRef>(Below(batch_.people_names.size())));
    entry.first_value = static_cast<std::uint32_t>(batch_.values.size());
    entry.number = static_cast<std::uint32_t>(number);
    const auto fields = p_.acts[act.index()].fields;
    for (std::uint32_t i = fields.first; i < fields.end(); ++i)
      batch_.values.push_back(ValueOf(p_.fields[i]));
    batch_.entries.push_back(entry);
  }

  model::Value ValueOf(const program::FieldDef& field) {
    if (Below(4) == 0) return model::kMissing;
    const auto any = static_cast<model::Value>(Below(1000));
    switch (field.type) {
      case program::ValueType::kYesNo:
        return any % 2;
      case program::ValueType::kWhole:
      case program::ValueType::kMoney:
        // The ends, where sums run over.
        return any == 0 ? model::kMissing + 1 : any == 1 ? -(model::kMissing + 1) : any * 7;
      case program::ValueType::kDay:
        return any == 0 ? base::kFirstDay.number : any == 1 ? base::kLastDay.number : 14000 + any;
      case program::ValueType::kLength:
        return model::LengthValue(
            static_cast<std::int32_t>(any % 300),
            static_cast<int>(any % 2 == 0 ? calendar::Unit::kDays : calendar::Unit::kMonths));
      case program::ValueType::kChoice:
        return any % static_cast<model::Value>(field.choices.count);
      case program::ValueType::kList:
        return model::kMissing;
      case program::ValueType::kText:
      case program::ValueType::kOfficial:
      case program::ValueType::kMember:
      case program::ValueType::kDocument:
      case program::ValueType::kProvision:
        return any % 2;
    }
    return model::kMissing;
  }

  const program::Program& p_;
  std::mt19937_64& random_;
  model::Batch batch_;
};

void Run(const check::Compiled& compiled, std::string_view input) {
  const program::Program& program = compiled.program;
  std::mt19937_64 random(program::Checksum(input));
  engine::PlanOptions options;
  if (!program.mappings.empty() && random() % 2 == 0) options.mapping = &program.mappings.front();
  options.strict = random() % 2 == 0;
  const auto plan = engine::Plan::Make(program, Calendars(), options);
  CHECK(plan.ok());
  engine::Folder folder(plan.value());
  for (int round = 0; round < 2; ++round) {
    const model::Batch batch = HistoryMaker(program, random).Make();
    if (batch.cases.empty()) continue;
    const model::History history = batch.history(0);
    folder.Fold(history, base::kLastDay, base::Day{16000});
  }
  for (const check::Example& example : compiled.examples) {
    if (example.batch.cases.empty()) continue;
    const model::History history = example.batch.history(0);
    // Two years on: a duty that comes up each day would otherwise fill the input's time.
    const base::Day end = history.entries.empty() ? base::Day{16000} : history.entries.back().day + 700;
    folder.Fold(history, base::kLastDay, std::min(end, base::kLastDay));
  }
}

}  // namespace
}  // namespace lawbound

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lawbound;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const Read read(PageOf(input));
  // What follows reading and checking takes several times as long as both; each part is done for an eighth of
  // the inputs, chosen by the input, so that an input is always treated alike.
  const std::uint64_t turn = program::Checksum(input) % 8;
  if (turn == 0) {
    CHECK(read.diagnostics.all().empty() == read.diagnostics.Render(read.sources).empty());
    CHECK(!read.diagnostics.RenderJson(read.sources).empty());
  }
  if (!read.reads) {
    CHECK(!read.compiled);
    return 0;
  }
  if (turn == 1) CheckLayout(read);
  if (!read.compiled || turn < 6) return 0;
  const program::Program& program = read.compiled->program;
  const std::string bytes = program::Encode(program);
  const auto back = program::Decode(bytes);
  CHECK(back.ok() && program::Encode(back.value()) == bytes);
  CHECK(!program::Listing(program).empty());
  Run(*read.compiled, input);
  return 0;
}
