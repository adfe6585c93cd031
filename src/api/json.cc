#include "api/json.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace lawbound::api {

using base::Errc;
using base::Error;
using base::Result;
using namespace service;  // NOLINT(google-build-using-namespace): the views, all of them

namespace {

constexpr int kDeepest = 6;
constexpr std::size_t kMostFields = 200;

json DayOf(const Day& day) { return base::PrintDay(day); }
json DayOf(const std::optional<Day>& day) { return day ? json(base::PrintDay(*day)) : json(); }

template <typename Row>
json All(const std::vector<Row>& rows) {
  json out = json::array();
  for (const Row& row : rows) out.push_back(ToJson(row));
  return out;
}

json ToJson(const FieldChoice& row) { return {{"name", row.name}, {"title", row.title}}; }
json ToJson(const PartyView& row) {
  return {{"role", row.role}, {"roleTitle", row.role_title}, {"label", row.label}, {"thing", row.thing}};
}
json ToJson(const TermView& row) {
  return {{"name", row.name},      {"title", row.title}, {"state", row.state},
          {"due", DayOf(row.due)}, {"part", row.part},   {"sum", row.sum}};
}
json ToJson(const DutyView& row) {
  return {{"text", row.text},          {"act", row.act},        {"unsure", row.unsure}, {"part", row.part},
          {"arose", DayOf(row.arose)}, {"due", DayOf(row.due)}, {"late", row.late},     {"mine", row.mine}};
}
json ToJson(const LookView& row) {
  return {
      {"day", DayOf(row.day)}, {"office", row.office}, {"official", row.official}, {"ground", row.ground}};
}
json ToJson(const WayOut& row) {
  return {{"entry", row.entry},          {"of", row.of},   {"day", DayOf(row.day)}, {"pack", row.pack},
          {"packTitle", row.pack_title}, {"act", row.act}, {"title", row.title}};
}
json ToJson(const ActField& row) {
  return {{"name", row.name},   {"title", row.title}, {"value", row.value},
          {"words", row.words}, {"shown", row.shown}, {"public", row.is_public}};
}
json ToJson(const WorkItem& row) {
  return {
      {"matter", row.matter}, {"case", row.case_number}, {"packTitle", row.pack_title}, {"act", row.act},
      {"what", row.what},     {"due", DayOf(row.due)},   {"daysLeft", row.days_left},   {"late", row.late},
      {"mine", row.mine}};
}
json ToJson(const FieldForm& row) {
  json choices = json::array();
  for (const FieldChoice& choice : row.choices) choices.push_back(ToJson(choice));
  return {{"name", row.name}, {"title", row.title}, {"kind", row.kind},         {"element", row.element},
          {"hint", row.hint}, {"value", row.value}, {"optional", row.optional}, {"choices", choices}};
}
json ToJson(const FigureRow& row) {
  return {{"office", row.office}, {"officeId", row.office_id}, {"pack", row.pack},  {"act", row.act},
          {"title", row.title},   {"verdict", row.verdict},    {"count", row.count}};
}

template <typename Row>
json Each(const std::vector<Row>& rows) {
  json out = json::array();
  for (const Row& row : rows) out.push_back(ToJson(row));
  return out;
}

Error Wrong(std::string_view name, std::string_view form) {
  return {Errc::kInvalid, fmt::format("'{}' is {}", name, form)};
}

Result<std::vector<Given>> GivenOf(const json& body) {
  std::vector<Given> out;
  if (!body.contains("given")) return out;
  if (!body["given"].is_array() || body["given"].size() > kMostFields) return Wrong("given", "a list");
  for (const json& row : body["given"]) {
    if (!row.is_object()) return Wrong("given", "a list of objects");
    Given given;
    ASSIGN_OR_RETURN(given.role, TextOf(row, "role"));
    ASSIGN_OR_RETURN(given.label, TextOf(row, "label"));
    ASSIGN_OR_RETURN(given.field, TextOf(row, "field"));
    ASSIGN_OR_RETURN(given.value, TextOf(row, "value"));
    out.push_back(std::move(given));
  }
  return out;
}

// {"amount": "5000 CNY", "rests-on": ["photo"], "hearing-record": null}
Result<std::vector<FieldInput>> FieldsOf(const json& body) {
  std::vector<FieldInput> out;
  if (!body.contains("fields")) return out;
  const json& fields = body["fields"];
  if (!fields.is_object() || fields.size() > kMostFields) return Wrong("fields", "an object");
  for (const auto& [name, value] : fields.items()) {
    FieldInput input{.name = name, .values = {}};
    if (value.is_string()) {
      input.values.push_back(value.get<std::string>());
    } else if (value.is_array() && value.size() <= kMostFields) {
      for (const json& one : value) {
        if (!one.is_string()) return Wrong(name, "a text, a list of texts, or null");
        input.values.push_back(one.get<std::string>());
      }
    } else if (!value.is_null()) {
      return Wrong(name, "a text, a list of texts, or null");
    }
    out.push_back(std::move(input));
  }
  return out;
}

}  // namespace

std::string Dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json ToJson(const OfficialView& view) {
  json posts = json::array();
  for (const Post& post : view.posts)
    posts.push_back(
        {{"pack", post.pack}, {"packTitle", post.pack_title}, {"role", post.role}, {"title", post.title}});
  return {{"number", view.id},
          {"name", view.name},
          {"office", view.office_id},
          {"officeTitle", view.office},
          {"posts", posts}};
}

json ToJson(const Reason& view) {
  return {{"rule", view.rule},           {"verdict", view.verdict},
          {"part", view.part},           {"provisions", view.provisions},
          {"sentences", view.sentences}, {"cure", view.cure}};
}

json ToJson(const TimelineEvent& view) {
  return {{"entry", view.entry ? json(*view.entry) : json()},
          {"day", DayOf(view.day)},
          {"recorded", DayOf(view.recorded)},
          {"act", view.act},
          {"title", view.title},
          {"text", view.text},
          {"verdict", view.verdict},
          {"office", view.office},
          {"deemed", view.deemed},
          {"fields", Each(view.fields)},
          {"reasons", All(view.reasons)}};
}

json ToJson(const MatterLine& view) {
  return {{"matter", view.matter},        {"case", view.case_number}, {"pack", view.pack},
          {"packTitle", view.pack_title}, {"office", view.office},    {"lastAct", view.last_act},
          {"opened", DayOf(view.opened)}, {"last", DayOf(view.last)}, {"closed", view.closed}};
}

json ToJson(const PossibleAct& view) {
  return {{"act", view.act},
          {"title", view.title},
          {"by", view.by},
          {"answer", view.answer},
          {"from", DayOf(view.from)},
          {"when", view.when},
          {"party", view.party},
          {"after", view.after},
          {"openers", view.openers},
          {"mine", view.mine},
          {"inTheWay", All(view.in_the_way)}};
}

json ToJson(const MatterView& view) {
  json out = ToJson(view.line);
  out["today"] = DayOf(view.today);
  out["acts"] = view.acts;
  out["personalOpen"] = view.personal_open;
  out["lookNeeded"] = view.look_needed;
  out["parties"] = Each(view.parties);
  out["timeline"] = All(view.timeline);
  out["terms"] = Each(view.terms);
  out["duties"] = Each(view.duties);
  out["possible"] = All(view.possible);
  out["looks"] = Each(view.looks);
  out["waysOut"] = Each(view.ways_out);
  out["floor"] = view.floor;
  return out;
}

json ToJson(const Work& view) {
  return {{"today", DayOf(view.today)},
          {"items", Each(view.items)},
          {"allItems", view.all_items},
          {"matters", All(view.matters)},
          {"allMatters", view.all_matters}};
}

json ToJson(const ActForm& view) {
  return {{"matter", view.matter},
          {"pack", view.pack},
          {"act", view.act},
          {"title", view.title},
          {"provisions", view.provisions},
          {"roles", view.roles},
          {"fields", Each(view.fields)},
          {"given", Each(view.given)},
          {"givenRoles", Each(view.given_roles)},
          {"desks", Each(view.desks)},
          {"targetMatter", view.target_matter},
          {"targetEntry", view.target_entry ? json(*view.target_entry) : json()},
          {"to", Each(view.to)},
          {"memberRole", view.member_role},
          {"companions", Each(view.companions)},
          {"atLeast", view.at_least},
          {"dated", view.dated},
          {"acts", view.acts},
          {"request", view.request},
          {"now", view.now ? ToJson(*view.now) : json()}};
}

json ToJson(const ActAnswer& view) {
  json codes = json::array();
  for (const PartyCode& code : view.codes) codes.push_back({{"label", code.label}, {"code", code.code}});
  constexpr std::string_view kKinds[] = {"recorded", "refused", "stale"};
  return {{"kind", kKinds[static_cast<std::size_t>(view.kind)]},
          {"verdict", view.verdict},
          {"headline", view.headline},
          {"reasons", All(view.reasons)},
          {"earliest", DayOf(view.earliest)},
          {"matter", view.matter},
          {"case", view.case_number},
          {"entry", view.entry ? json(*view.entry) : json()},
          {"duplicate", view.duplicate},
          {"acts", view.acts},
          {"meanwhile", All(view.meanwhile)},
          {"codes", codes}};
}

json ToJson(const Figures& view) {
  return {{"today", DayOf(view.today)}, {"entries", view.entries}, {"matters", view.matters},
          {"open", view.open},          {"acts", Each(view.acts)}, {"refused", view.refused},
          {"looks", Each(view.looks)},  {"floor", view.floor}};
}

json ToJson(const CountedAct& view) {
  return {{"entry", view.entry}, {"case", view.case_number}, {"day", DayOf(view.day)}};
}

json ToJson(const LateDuty& view) {
  return {{"case", view.case_number},
          {"office", view.office},
          {"packTitle", view.pack_title},
          {"what", view.what},
          {"due", DayOf(view.due)}};
}

json ToJson(const Published& view) {
  return {{"entry", view.entry},
          {"case", view.case_number},
          {"pack", view.pack},
          {"withdrawnOn", DayOf(view.withdrawn_on)},
          {"packTitle", view.pack_title},
          {"title", view.title},
          {"office", view.office},
          {"day", DayOf(view.day)},
          {"until", DayOf(view.until)},
          {"fields", Each(view.fields)},
          {"withdrawn", view.withdrawn},
          {"why", view.why}};
}

json ToJson(const Power& view) {
  json acts = json::array();
  for (const PowerAct& act : view.acts)
    acts.push_back(
        {{"act", act.act}, {"title", act.title}, {"provisions", act.provisions}, {"atLeast", act.at_least}});
  return {{"office", view.office}, {"officeTitle", view.office_title},
          {"pack", view.pack},     {"packTitle", view.pack_title},
          {"role", view.role},     {"roleTitle", view.role_title},
          {"posts", view.posts},   {"acts", acts}};
}

Result<json> ParseObject(std::string_view body) {
  int deepest = 0;
  const auto shallow = [&](int depth, json::parse_event_t, json&) {
    deepest = std::max(deepest, depth);
    return depth <= kDeepest;
  };
  json read = json::parse(body, shallow, false);
  if (deepest > kDeepest) return Error{Errc::kLimit, "the body is nested too deeply"};
  if (!read.is_object()) return Error{Errc::kInvalid, "the body is not a JSON object"};
  return read;
}

Result<std::string> TextOf(const json& body, const char* name) {
  const auto found = body.find(name);
  if (found == body.end() || found->is_null()) return std::string();
  if (!found->is_string()) return Wrong(name, "a text");
  return found->get<std::string>();
}

Result<ActRequest> ToActRequest(const json& body) {
  static const std::set<std::string, std::less<>> known{
      "act",  "acts",    "byParty", "desk",        "fields",       "given", "label", "on",
      "pack", "request", "role",    "targetEntry", "targetMatter", "with",  "matter"};
  for (const auto& [name, value] : body.items()) {
    if (!known.contains(name)) return Wrong(name, "not known here");
  }
  ActRequest out;
  ASSIGN_OR_RETURN(out.matter, TextOf(body, "matter"));
  ASSIGN_OR_RETURN(out.pack, TextOf(body, "pack"));
  ASSIGN_OR_RETURN(out.act, TextOf(body, "act"));
  ASSIGN_OR_RETURN(out.role, TextOf(body, "role"));
  ASSIGN_OR_RETURN(out.label, TextOf(body, "label"));
  ASSIGN_OR_RETURN(out.on, TextOf(body, "on"));
  ASSIGN_OR_RETURN(out.by_party, TextOf(body, "byParty"));
  ASSIGN_OR_RETURN(out.request, TextOf(body, "request"));
  ASSIGN_OR_RETURN(out.desk, TextOf(body, "desk"));
  ASSIGN_OR_RETURN(out.target_matter, TextOf(body, "targetMatter"));
  ASSIGN_OR_RETURN(out.given, GivenOf(body));
  ASSIGN_OR_RETURN(out.fields, FieldsOf(body));
  for (const char* name : {"acts", "targetEntry"}) {
    const auto found = body.find(name);
    if (found == body.end() || found->is_null()) continue;
    if (!found->is_number_unsigned()) return Wrong(name, "a number");
    (name[0] == 'a' ? out.acts : out.target_entry) = found->get<std::uint64_t>();
  }
  if (body.contains("with")) {
    if (!body["with"].is_array() || body["with"].size() > 10) return Wrong("with", "a list");
    for (const json& row : body["with"]) {
      if (!row.is_object()) return Wrong("with", "a list of objects");
      Companion companion;
      ASSIGN_OR_RETURN(companion.register_number, TextOf(row, "number"));
      ASSIGN_OR_RETURN(companion.code, TextOf(row, "code"));
      out.with.push_back(std::move(companion));
    }
  }
  if (out.act.empty()) return Error{Errc::kInvalid, "'act' is missing"};
  constexpr std::size_t kMostRequest = 100;
  if (out.request.size() > kMostRequest) return Error{Errc::kLimit, "'request' has at most 100 bytes"};
  return out;
}

}  // namespace lawbound::api
