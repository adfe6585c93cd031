// A service that shows one made-up matter and takes what it is sent, for tests of how pages look and what
// they refuse.  What the law says is tested with the real one (tests/e2e).  Every text of a person is
// hostile.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/service.h"

namespace lawbound::pages {

inline constexpr std::string_view kHostile = "\"><script>alert('x')</script><b>面馆</b>&amp;'";
inline constexpr std::string_view kMatterId = "0123456789abcdef0123456789abcdef";

class MadeService : public service::Service {
 public:
  using Caller = service::Caller;
  using Language = service::Language;

  base::Result<service::SignedIn> SignIn(std::string_view number, std::string_view password,
                                         std::string_view code) override {
    if (number != "1001" || password != "right" || code != "123456")
      return base::Error{base::Errc::kInvalid, "wrong"};
    return service::SignedIn{"sessiontoken", Official(Language::kEn)};
  }
  std::optional<service::OfficialView> Session(std::string_view token, Language language) override {
    if (token != "sessiontoken" || !signed_in) return std::nullopt;
    return Official(language);
  }
  void SignOut(std::string_view) override { signed_in = false; }

  base::Result<service::Work> MyWork(const Caller&, Language language) override {
    const bool zh = language == Language::kZh;
    service::Work out;
    out.today = Today();
    const auto item = [&](const char* act, const char* what, int days) {
      out.items.push_back({.matter = std::string(kMatterId),
                           .case_number = "2025-0017",
                           .pack_title = zh ? "罚款普通程序" : "Fines, ordinary procedure",
                           .act = act,
                           .what = what,
                           .due = Today() + days,
                           .days_left = days,
                           .late = days < 0,
                           .mine = true});
    };
    item("check-defence", zh ? "复核陈述、申辩" : "Check the defence", -2);
    item("announce", zh ? "通知听证" : "Announce the hearing", 1);
    item("decide", zh ? "处罚决定" : "Decide", 68);
    out.matters.push_back(Line(language));
    return out;
  }
  base::Result<service::MatterView> Matter(const Caller& caller, std::string_view matter,
                                           Language language) override {
    if (matter != kMatterId || (caller.token != "sessiontoken" && caller.code != "partycode"))
      return base::Error{base::Errc::kNotFound, "there is no such matter"};
    return View(language, !caller.code.empty());
  }
  base::Result<std::vector<service::FieldChoice>> Beginnings(const Caller&, Language language) override {
    return std::vector<service::FieldChoice>{{"prc/made/discover", language == Language::kZh
                                                                       ? "罚款普通程序：发现违法行为"
                                                                       : "Fines: Violation discovered"}};
  }
  base::Result<service::ActForm> Form(const Caller& caller, const service::FormWish& wish,
                                      Language language) override;
  base::Result<service::ActAnswer> Do(const Caller& caller, const service::ActRequest& request,
                                      Language language) override;
  base::Status Look(const Caller&, std::string_view, std::string_view ground) override {
    looks.emplace_back(ground);
    return base::Ok();
  }
  base::Result<service::PartyCode> CodeFor(const Caller&, std::string_view, std::string_view label) override {
    return service::PartyCode{std::string(label), "k7dq-2m4x-9pwe-h3nf"};
  }
  base::Result<service::Paper> FindPaper(const Caller&, const service::PaperWish& wish,
                                         Language language) override {
    const auto found = papers.find({wish.entry, language});
    if (found == papers.end()) return base::Error{base::Errc::kNotFound, "there is no such document"};
    return found->second;
  }
  base::Result<service::Paper> KeepPaper(const Caller& caller, const service::PaperWish& wish,
                                         const service::PaperDraft& draft, Language language) override {
    if (const auto found = FindPaper(caller, wish, language); found.ok()) return found;
    return papers[{wish.entry, language}] = {draft.id, 40 + papers.size(), draft.bytes};
  }
  base::Result<std::uint64_t> EntryOfPaper(std::string_view id) override {
    for (const auto& [of, paper] : papers) {
      if (paper.id == id) return paper.recorded;
    }
    return base::Error{base::Errc::kNotFound, "there is no such document"};
  }
  base::Result<std::string> MatterOfCode(std::string_view code) override {
    if (code != "partycode") return base::Error{base::Errc::kNotFound, "no such code"};
    return std::string(kMatterId);
  }
  service::Figures Supervision(Language) override {
    service::Figures out{.today = Today(), .entries = 412, .matters = 57, .open = 31, .refused = 3};
    out.acts = {{"market-office", "prc/made", "decide", "Decision", "lawful", 21, "market"},
                {"market-office", "prc/made", "notify", "Notice", "cannot tell", 2, "market"}};
    out.looks = {{.office = "market-office", .count = 1}};
    out.floor = "floor: 14 promises proved";
    return out;
  }
  std::vector<service::CountedAct> ActsCounted(const service::FigureRow& row, Language) override {
    std::vector<service::CountedAct> out;
    for (std::uint64_t i = row.count; i > 0; --i)
      out.push_back(
          {.entry = 2 * i, .case_number = "2025-0003", .day = Today() - static_cast<int>(row.count - i)});
    return out;
  }
  std::vector<service::LateDuty> Overdue(Language) override {
    return {{"2025-0009", "market-office", "Fines", "Decide in ninety days", Today() - 4}};
  }
  std::vector<service::Published> Publications(Language, const service::PublicationWish& wish) override {
    if (!wish.words.empty()) return {};
    service::Published out{
        .entry = 7, .case_number = "2025-0003", .title = "Decision", .office = "market-office"};
    out.day = Today() - 20;
    out.until = Today() + 1000;
    out.fields = {
        {.name = "facts", .title = "Facts", .value = std::string(kHostile), .words = std::string(kHostile)}};
    service::Published gone = out;
    gone.withdrawn = true;
    gone.why = "Set aside on 2025-01-20.";
    gone.withdrawn_on = Today() - 3;
    return {out, gone};
  }
  std::vector<service::Power> Powers(Language) override {
    return {{.office = "market",
             .office_title = std::string(kHostile),
             .pack = "prc/made",
             .pack_title = "Fines",
             .role = "head",
             .role_title = "Head",
             .posts = 1,
             .acts = {{"decide", "Decision", {"APL 57"}, 2}}}};
  }
  std::string Floor(Language language) override {
    return language == Language::kZh ? "保障底线：已证明 14 项" : "floor: 14 promises proved";
  }
  base::Result<std::string> Receipt(const Caller&, std::uint64_t entry) override {
    if (entry != 7) return base::Error{base::Errc::kNotFound, "no such entry"};
    return std::string("made receipt\n");
  }
  base::Result<std::string> LastCheckpoint() override { return std::string(); }
  base::Result<std::vector<std::string>> LogKeys() override { return std::vector<std::string>{}; }
  base::Day Today() override { return today; }
  bool demonstration() const override { return true; }
  base::Status SetDay(base::Day day) override {
    today = day;
    return base::Ok();
  }
  base::Status Tick() override { return base::Ok(); }
  base::Status SignRecord() override { return base::Ok(); }

  static service::OfficialView Official(Language language) {
    const bool zh = language == Language::kZh;
    service::OfficialView out{
        "1001", zh ? "李文" : "Li Wen", "market-office", zh ? "市场监管局" : "Market Office", {}};
    out.posts = {{"prc/made", "Fines", "head", zh ? "负责人" : "Head"},
                 {"prc/made", "Fines", "officer", zh ? "执法人员" : "Enforcement officer"}};
    return out;
  }
  static service::MatterLine Line(Language language) {
    const bool zh = language == Language::kZh;
    return {.matter = std::string(kMatterId),
            .case_number = "2025-0017",
            .pack = "prc/made",
            .pack_title = zh ? "罚款普通程序" : "Fines, ordinary procedure",
            .office = "market-office",
            .last_act = zh ? "事先告知" : "Notice before decision",
            .opened = base::Day{20094},
            .last = base::Day{20110}};
  }
  service::MatterView View(Language language, bool party);
  static service::Reason HearingReason(Language language) {
    if (language == Language::kZh)
      return {
          .rule = "听证要求期限未届满不得决定",
          .verdict = "阻却",
          .provisions = {"《行政处罚法》第六十三条（凭记忆，未核对）"},
          .sentences = {"期限：自 2025-01-22 起五个工作日（当日不计）：1月23日、24日、26日、27日，2月5日。",
                        "2025-01-28 至 2025-02-04 为春节假期，不计入。",
                        "届满日为 2025-02-05，最早可决定日为 2025-02-06。"}};
    return {.rule = "No decision while a hearing can still be asked for",
            .verdict = "In the way",
            .provisions = {"APL 63 (from memory)"},
            .sentences = {"Term: 5 working days from 2025-01-22 (the first day is not counted): 23, 24, 26, "
                          "27 January, 5 February.",
                          "2025-01-28 to 2025-02-04 are rest days (Spring Festival).",
                          "The last day in time is 2025-02-05; the earliest lawful day is 2025-02-06."},
            .cure = {"Wait, or have the party waive."}};
  }

  bool signed_in = true;
  base::Day today{20115};  // 2025-01-27
  std::vector<std::string> looks;
  std::map<std::pair<std::uint64_t, Language>, service::Paper> papers;
  std::vector<service::ActRequest> done;
  bool stale = false, closed = false;
};

inline base::Result<service::ActForm> MadeService::Form(const Caller& caller, const service::FormWish& wish,
                                                        Language language) {
  const bool zh = language == Language::kZh;
  if (wish.act == "nothing" || (!wish.matter.empty() && wish.matter != kMatterId))
    return base::Error{base::Errc::kNotFound, "no such act"};
  service::ActForm out{.matter = wish.matter, .pack = "prc/made", .act = wish.act};
  out.title = zh ? "处罚决定" : "Decision";
  out.provisions = {"APL 57, 59"};
  out.roles = {"head", "officer"};
  out.fields = {{.name = "amount", .title = zh ? "罚款数额" : "Amount", .kind = "money", .hint = "5000 CNY"},
                {.name = "facts", .title = zh ? "事实" : "Facts", .kind = "text"},
                {.name = "grave", .title = zh ? "是否重大" : "Grave", .kind = "yes-no"},
                {.name = "kind",
                 .title = zh ? "种类" : "Kind",
                 .kind = "one of",
                 .choices = {{"warning", zh ? "警告" : "Warning"},
                             {"fine", zh ? "罚款" : "Fine"},
                             {"other", zh ? "其他" : "Other"}}},
                {.name = "rests-on",
                 .title = zh ? "证据" : "Evidence",
                 .kind = "list",
                 .element = "member",
                 .choices = {{"e1", "Photograph"}, {"e2", std::string(kHostile)}}},
                {.name = "day", .title = zh ? "日期" : "Day", .kind = "day"},
                {.name = "record",
                 .title = zh ? "听证笔录" : "Record",
                 .kind = "document",
                 .hint = "file name",
                 .optional = true}};
  out.given = {{.name = "party kind",
                .title = zh ? "当事人：类型" : "Party: kind",
                .kind = "one of",
                .choices = {{"natural", zh ? "自然人" : "Natural person"},
                            {"organisation", zh ? "组织" : "Organisation"}}}};
  out.given_roles = {{"party", zh ? "当事人" : "Party"}, {"exhibit", zh ? "证据" : "Evidence"}};
  out.given.push_back(
      {.name = "exhibit device", .title = zh ? "是否设备记录" : "By a device", .kind = "yes-no"});
  if (wish.target_entry) {
    out.matter.clear();
    out.target_matter = wish.matter;
    out.target_entry = wish.target_entry;
    out.given = {{.name = "target told-remedy",
                  .title = zh ? "是否告知救济" : "Told of the remedy",
                  .kind = "yes-no"}};
    out.given_roles = {{"target", zh ? "被申请的行为" : "The act under review"}};
    out.desks = {{"justice", zh ? "司法局" : "Justice bureau"}, {"market", std::string(kHostile)}};
  }
  out.to = {{"Noodles", std::string(kHostile)}};
  out.member_role = "party";
  out.companions = {{"1002", "Wang 1002"}};
  out.at_least = caller.code.empty() ? 2 : 1;
  out.acts = 4;
  out.request = "request-1";
  out.now = service::PossibleAct{.act = wish.act, .answer = "unlawful", .from = base::Day{20125}};
  return out;
}

inline base::Result<service::ActAnswer> MadeService::Do(const Caller&, const service::ActRequest& request,
                                                        Language language) {
  for (const service::FieldInput& field : request.fields) {
    if (field.name == "amount" && !field.values.empty() && field.values[0] == "wrong")
      return base::Error{base::Errc::kInvalid, "'amount' is not a sum of money"};
    if (field.name == "amount" && !field.values.empty() && field.values[0] == "long")
      return base::Error{base::Errc::kLimit,
                         "'amount' is longer than 20000 bytes; attach a document instead"};
    if (field.name == "amount" && !field.values.empty() && field.values[0] == "down")
      return base::Error{base::Errc::kUnavailable, "database or disk is full"};
  }
  service::ActAnswer out;
  out.matter = std::string(kMatterId);
  out.case_number = "2025-0017";
  out.verdict = "unlawful";
  out.headline =
      language == Language::kZh ? "听证要求期限到2月5日" : "The hearing term runs until 5 February";
  if (stale) {
    out.kind = service::ActAnswer::Kind::kStale;
    out.meanwhile = {{.entry = 9, .day = today, .text = std::string(kHostile), .verdict = "lawful"}};
    return out;
  }
  if (closed) {
    out.kind = service::ActAnswer::Kind::kRefused;
    out.reasons = {HearingReason(language)};
    out.earliest = base::Day{20125};
    return out;
  }
  out.kind = service::ActAnswer::Kind::kRecorded;
  out.verdict = "lawful";
  out.entry = 7;
  for (const service::ActRequest& before : done)
    out.duplicate = out.duplicate || before.request == request.request;
  done.push_back(request);
  out.codes = {{std::string(kHostile), "k7dq-2m4x-9pwe-h3nf"}};
  return out;
}

inline service::MatterView MadeService::View(Language language, bool party) {
  const bool zh = language == Language::kZh;
  service::MatterView out;
  out.line = Line(language);
  out.today = today;
  out.acts = 4;
  out.personal_open = true;
  out.look_needed = party ? "" : (looks.empty() && closed ? "You hold no role in this matter." : "");
  if (!out.look_needed.empty()) out.personal_open = false;
  out.parties = {{"party", zh ? "当事人" : "Party", std::string(kHostile), false},
                 {"exhibit", zh ? "证据" : "Evidence", "Photograph", true}};
  const auto event = [&](std::optional<std::uint64_t> entry, int day, const char* act, const char* text,
                         const char* verdict) {
    service::TimelineEvent one{
        .entry = entry, .day = base::Day{20094 + day}, .act = act, .text = text, .verdict = verdict};
    out.timeline.push_back(one);
  };
  event(3, 0, "file", zh ? "立案，由负责人（李文 1001）" : "Case filed, by Head (Li Wen 1001)", "lawful");
  event(5, 16, "notify", zh ? "事先告知，由执法人员" : "Notice before decision, by Enforcement officer",
        "lawful");
  out.timeline.back().fields = {
      {.name = "facts",
       .title = zh ? "事实" : "Facts",
       .value = std::string(kHostile),
       .words = std::string(kHostile)},
      {.name = "reasons",
       .title = zh ? "理由" : "Reasons",
       .value = "Line 1\nLine 2",
       .words = "Line 1\nLine 2"},
      {.name = "amount", .title = zh ? "罚款数额" : "Amount", .value = "5000 CNY", .words = "5000 CNY"}};
  event(6, 18, "decide", zh ? "处罚决定" : "Decision", "unlawful");
  out.timeline.back().reasons = {HearingReason(language)};
  event(std::nullopt, 20, "", zh ? "陈述期限届满" : "The time to speak is over", "");
  out.terms = {{.name = zh ? "要求听证的期限" : "Time to ask for a hearing",
                .state = "runs",
                .due = base::Day{20124},
                .sum = HearingReason(language).sentences}};
  out.duties = {{.text = zh ? "负责人应当在 2025-04-06 前作出决定" : "Head must decide by 2025-04-06",
                 .due = base::Day{20184}},
                {.text = zh ? "复核陈述、申辩" : "Check the defence", .due = base::Day{20113}, .late = true}};
  out.possible = {{.act = "state",
                   .title = zh ? "陈述、申辩" : "Statement or defence",
                   .by = zh ? "当事人" : "Party",
                   .answer = "lawful",
                   .mine = party},
                  {.act = "announce",
                   .title = zh ? "通知听证" : "Announce a hearing",
                   .by = zh ? "执法人员" : "Officer",
                   .answer = "lawful",
                   .mine = !party},
                  {.act = "decide",
                   .title = zh ? "处罚决定" : "Decision",
                   .by = zh ? "负责人" : "Head",
                   .answer = "unlawful",
                   .from = base::Day{20125},
                   .in_the_way = {HearingReason(language)},
                   .openers = {zh ? "当事人放弃" : "The party waives"},
                   .mine = !party}};
  if (party) out.looks = {{today - 3, "legal-office", "1007", std::string(kHostile)}};
  if (party)
    out.ways_out = {{.entry = 6,
                     .of = zh ? "处罚决定" : "Decision",
                     .day = base::Day{20112},
                     .pack = "prc/review",
                     .pack_title = zh ? "行政复议" : "Reconsideration",
                     .act = "apply",
                     .title = zh ? "复议申请" : "Application"}};
  out.floor = Floor(language);
  return out;
}

}  // namespace lawbound::pages
