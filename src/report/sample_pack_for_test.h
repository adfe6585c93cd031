// A small pack and a handful of matters under it, for the tests of this folder: working days across a
// holiday, a stop, an extension, an outer limit, a change of the law, assumptions, deemed acts, and what is
// unseen.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

#include "calendar/calendar.h"
#include "check/check.h"
#include "engine/audit.h"
#include "syntax/syntax.h"

namespace lawbound::report {

inline constexpr std::string_view kSamplePack = R"(# Licences

```lawbound
pack test/licence "Applications for a <licence>" @en "许可申请" @zh
zone Asia/Shanghai
counted by law-days

instrument PA "Procedure Act" statute seen
instrument OR "Office rules" rule
counting law-days under PA 1
  calendar prc
  first day does not count
  rest day at the end moves on

role office "Licensing office" @en: body
role applicant "Applicant" @en: person
  abroad: yes-no optional

act apply "Application" @en "申请" @zh by applicant under PA 10
  fee: money
  kind: one of small, large
act ask "Request for papers" @en by office to applicant on apply under PA 11
act supply "Papers" @en by applicant on ask under PA 11
act extend "Extension" @en by office on apply under PA 12
  by-days: length
act announce "Announcement" @en by office on apply under PA 16
act hear "Hearing" @en by at least 2 office on announce under PA 16
act pay "Fee paid" @en by applicant on apply under PA 14
  amount: money
act decide "Decision" @en by office to applicant on apply under PA 13
  granted: yes-no
act grant-by-silence "Licence counts as granted" @en by law to applicant on apply favourable "it grants what was asked" under PA 15
act file "Filed away" @en by office on apply under OR 3 from memory

fact paid = sum of pay.amount
fact complete = paid >= apply.fee and not ask unanswered by supply

term decide-time: 10 working days from apply under PA 13
  stops while ask unanswered by supply under PA 11(2)
  extended on extend by extend.by-days at most 10 working days once under PA 12
  at most 6 months from apply under PA 13(3)

rule decides "A decision in time" @en under PA 13, OR 2 from memory
  office must decide within decide-time unless applicant.abroad
  breach: grant-by-silence is deemed
rule papers "Papers within thirty days" @en under PA 11(3)
  applicant must supply within 30 days of ask
rule complete-first "Only a complete application is decided" @en under PA 14
  decide only if complete
  breach: decide is irregular
rule announced "A hearing is announced in time" @en under PA 16
  hear only if hear at least 7 working days after announce until 2025-12-31
  hear only if hear at least 15 working days after announce from 2026-01-01
rule file-late "Filed within a month" @en under OR 3 from memory
  office may file within 1 months of decide
  no file if ask unanswered by supply

mapping log csv case "case" act "act" time "day"
  "apply" -> apply fee="fee" kind="kind"
  "ask" -> ask
  "supply" -> supply
  "extend" -> extend by-days="by"
  "announce" -> announce
  "hear" -> hear
  "pay" -> pay amount="amount"
  "decide" -> decide
  "file" -> file
  unseen decide.granted
  assume applicant.abroad = no

example "A1 late across the Spring Festival"
  2026-02-10 apply by Wang fee: 100.00 CNY, kind: small
  2026-02-11 pay by Wang amount: 100.00 CNY
  2026-03-09 decide by Li granted: yes
example "A2 stopped, extended and in time"
  2026-02-10 apply by Chen fee: 100.00 CNY, kind: large
  2026-02-12 ask by Li
  2026-02-25 supply by Chen
  2026-02-26 extend by Li by-days: 5 working days
  2026-02-26 extend by Li by-days: 3 working days
  2026-02-27 pay by Chen amount: 60.00 CNY
  2026-03-02 decide by Li granted: no
example "A3 <b>unpaid & never</b> decided"
  2026-01-05 apply by Zhao fee: 100.00 CNY, kind: small
  2026-01-06 announce by Li
  2026-01-15 hear by Li, Hu
example "=A4 a party's lapse alone"
  2026-01-05 apply by Qian fee: 0.00 CNY, kind: small
  2026-01-07 ask by Li
  2026-03-05 file by Li
```
)";

// The pack compiled.  Fails the test with what the compiler said.
class SamplePack {
 public:
  explicit SamplePack(std::string_view page = kSamplePack) {
    auto loaded = calendar::Calendars::Load(LAWBOUND_ROOT "/packs/calendars");
    CHECK(loaded.ok());
    calendars_ = std::move(loaded).value();
    const std::array files = {sources_.Add("licence.md", std::string(page))};
    source::Diagnostics diagnostics;
    const syntax::Tree tree = syntax::Parse(sources_, files, diagnostics);
    auto compiled = check::Compile(tree, sources_, {.calendars = calendars_.names()}, diagnostics);
    EXPECT_TRUE(compiled.has_value()) << diagnostics.Render(sources_);
    CHECK(compiled.has_value());
    compiled_ = std::move(*compiled);
  }
  SamplePack(const SamplePack&) = delete;
  SamplePack& operator=(const SamplePack&) = delete;

  const program::Program& program() const { return compiled_.program; }
  const model::Batch& matter(std::size_t i) const { return compiled_.examples[i].batch; }
  std::size_t matters() const { return compiled_.examples.size(); }

  engine::Plan Plan(bool strict = false) const {
    auto plan =
        engine::Plan::Make(program(), calendars_, {.mapping = &program().mappings[0], .strict = strict});
    CHECK(plan.ok());
    return std::move(plan).value();
  }

  // The audit of the matters from..to.
  engine::Audit Audit(const engine::Plan& plan, const engine::AuditOptions& options, std::size_t from,
                      std::size_t to) const {
    std::vector<engine::AuditWorker> workers;
    workers.emplace_back(plan, options);
    for (std::size_t i = from; i < to; ++i) workers[0].Consume(static_cast<std::uint32_t>(i), matter(i));
    return engine::Finish(plan, options, workers);
  }

 private:
  calendar::Calendars calendars_;
  source::Sources sources_;
  check::Compiled compiled_;
};

}  // namespace lawbound::report
