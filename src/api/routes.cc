// The one table of routes, what each does, and the document that describes them.
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <vector>

#include "api/api.h"
#include "api/json.h"
#include "http/language.h"
#include "service/problem_words.h"

namespace lawbound::api {

using base::Errc;
using base::Error;
using base::Result;
using http::Request;
using http::Response;
using service::Caller;
using service::Language;
using service::Service;

namespace {

// A request on its way through a route.
struct Call {
  Service& service;
  const Request& request;
  Caller caller;
  Language language = Language::kEn;
  std::vector<std::string> parts;  // what stood for {…} in the path
};

struct Answer {
  int status = 200;
  json body;
  std::string text, type;  // in place of a body in JSON
};

enum class Needs : std::uint8_t { kNobody, kOfficial, kEither };

struct Route {
  std::string_view method, path, name, summary;
  Needs needs = Needs::kNobody;
  std::string_view body;    // schema of what is sent; empty: nothing
  std::string_view answer;  // schema of what is answered
  Result<Answer> (*handle)(Call& call);
};

std::string_view TitleOf(int status, Language language) {
  const bool zh = language == Language::kZh;
  switch (status) {
    case 400:
      return zh ? "无法理解请求" : "the request is not understood";
    case 401:
      return zh ? "没有登录" : "not signed in";
    case 404:
      return zh ? "没有找到" : "not found";
    case 405:
      return zh ? "不能用这种方法" : "not with this method";
    case 409:
      return zh ? "案件有了变化" : "the matter has moved on";
    case 413:
      return zh ? "内容太长" : "too large";
    case 415:
      return zh ? "不是 JSON" : "not JSON";
    case 422:
      return zh ? "依法不能办理" : "refused by law";
    case 429:
      return zh ? "尝试次数过多" : "too many attempts";
    case 431:
      return zh ? "请求头太长" : "the headers are too long";
    case 503:
      return zh ? "现在办不了" : "not now";
    default:
      return zh ? "服务器无法回答" : "the server could not answer";
  }
}

// By ?language=, else by what the program says that it prefers; English when it says nothing.
Language LanguageOf(const Request& request) {
  if (const auto asked = request.Query("language"); asked == "zh" || asked == "en")
    return asked == "zh" ? Language::kZh : Language::kEn;
  const auto wish = http::PreferredLanguage(request.Header("accept-language").value_or(""), {"zh", "en"});
  return wish == std::size_t{0} ? Language::kZh : Language::kEn;
}

http::Response Problem(int status, Language language, const std::string& detail) {
  const json body = {
      {"type", "about:blank"}, {"title", TitleOf(status, language)}, {"status", status}, {"detail", detail}};
  return http::Response::Of(status, "application/problem+json", Dump(body));
}

int StatusOf(Errc code) {
  switch (code) {
    case Errc::kInvalid:
      return 400;
    case Errc::kNotFound:
      return 404;
    case Errc::kConflict:
      return 409;
    case Errc::kUnavailable:
      return 503;
    case Errc::kCorrupt:
      return 500;
    case Errc::kLimit:
      return 413;
  }
  return 500;
}

// What stands at the end of a path where a number is wanted.
Result<std::uint64_t> NumberOf(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc() || read.ptr != end)
    return Error{Errc::kNotFound, "there is no such entry"};
  return number;
}

Result<json> BodyOf(const Call& call) { return ParseObject(call.request.body); }

Result<Answer> PostSession(Call& call) {
  ASSIGN_OR_RETURN(const json body, BodyOf(call));
  ASSIGN_OR_RETURN(const std::string number, TextOf(body, "number"));
  ASSIGN_OR_RETURN(const std::string password, TextOf(body, "password"));
  ASSIGN_OR_RETURN(const std::string code, TextOf(body, "code"));
  ASSIGN_OR_RETURN(const service::SignedIn in, call.service.SignIn(number, password, code));
  return Answer{.status = 201,
                .body = {{"token", in.token}, {"official", ToJson(in.official)}},
                .text = {},
                .type = {}};
}
Result<Answer> GetSession(Call& call) {
  const auto official = call.service.Session(call.caller.token, call.language);
  if (!official) return Error{Errc::kUnavailable, "nobody is signed in, or the session has ended"};
  return Answer{.status = 200, .body = ToJson(*official), .text = {}, .type = {}};
}
Result<Answer> DeleteSession(Call& call) {
  call.service.SignOut(call.caller.token);
  return Answer{.status = 200, .body = json::object(), .text = {}, .type = {}};
}

template <typename View>
Result<Answer> Shown(Result<View> view) {
  if (!view.ok()) return std::move(view).error();
  return Answer{.status = 200, .body = ToJson(view.value()), .text = {}, .type = {}};
}

Result<Answer> GetWork(Call& call) { return Shown(call.service.MyWork(call.caller, call.language)); }

Result<Answer> GetBeginnings(Call& call) {
  ASSIGN_OR_RETURN(const std::vector<service::FieldChoice> rows,
                   call.service.Beginnings(call.caller, call.language));
  json out = json::array();
  for (const service::FieldChoice& row : rows) {
    const std::size_t slash = row.name.rfind('/');
    out.push_back(
        {{"pack", row.name.substr(0, slash)}, {"act", row.name.substr(slash + 1)}, {"title", row.title}});
  }
  return Answer{.status = 200, .body = out, .text = {}, .type = {}};
}

// With a code the matter is known: "mine" stands for it.
Result<std::string> MatterOf(const Call& call) {
  if (call.parts[0] != "mine") return call.parts[0];
  return call.service.MatterOfCode(call.caller.code);
}
Result<Answer> GetMatter(Call& call) {
  ASSIGN_OR_RETURN(const std::string matter, MatterOf(call));
  return Shown(call.service.Matter(call.caller, matter, call.language));
}
Result<Answer> GetForm(Call& call) {
  ASSIGN_OR_RETURN(const std::string matter, MatterOf(call));
  return Shown(call.service.Form(
      call.caller, {.matter = matter, .pack = {}, .act = call.parts[1], .target_entry = {}}, call.language));
}
Result<Answer> GetBeginningForm(Call& call) {
  const auto pack = call.request.Query("pack"), act = call.request.Query("act");
  if (!pack || !act) return Error{Errc::kInvalid, "which form: ?pack=...&act=..."};
  service::FormWish wish{
      .matter = {}, .pack = std::string(*pack), .act = std::string(*act), .target_entry = {}};
  if (const auto entry = call.request.Query("targetEntry")) {
    const auto read =
        std::from_chars(entry->data(), entry->data() + entry->size(), wish.target_entry.emplace());
    if (read.ec != std::errc() || read.ptr != entry->data() + entry->size())
      return Error{Errc::kInvalid, "'targetEntry' is the number of an entry"};
    const auto matter = call.request.Query("targetMatter");
    if (matter) wish.matter = *matter;
    if (!matter) {
      ASSIGN_OR_RETURN(wish.matter, call.service.MatterOfCode(call.caller.code));
    }
  }
  return Shown(call.service.Form(call.caller, wish, call.language));
}

Result<Answer> DoAct(Call& call, std::string matter) {
  ASSIGN_OR_RETURN(const json body, BodyOf(call));
  ASSIGN_OR_RETURN(service::ActRequest act, ToActRequest(body));
  if (!act.matter.empty()) return Error{Errc::kInvalid, "the matter is named in the path"};
  act.matter = std::move(matter);
  ASSIGN_OR_RETURN(const service::ActAnswer answer, call.service.Do(call.caller, act, call.language));
  Answer out{.status = 201, .body = ToJson(answer), .text = {}, .type = {}};
  if (answer.duplicate) out.status = 200;
  const bool recorded = answer.kind == service::ActAnswer::Kind::kRecorded;
  if (answer.kind == service::ActAnswer::Kind::kRefused) out.status = 422;
  if (answer.kind == service::ActAnswer::Kind::kStale) out.status = 409;
  if (!recorded) {
    out.body["type"] = "about:blank";
    out.body["title"] = TitleOf(out.status, call.language);
    out.body["status"] = out.status;
    out.body["detail"] = answer.headline;
    out.type = "application/problem+json";
  }
  return out;
}
Result<Answer> PostMatter(Call& call) { return DoAct(call, ""); }
Result<Answer> PostAct(Call& call) {
  ASSIGN_OR_RETURN(const std::string matter, MatterOf(call));
  return DoAct(call, matter);
}
Result<Answer> PostLook(Call& call) {
  ASSIGN_OR_RETURN(const json body, BodyOf(call));
  ASSIGN_OR_RETURN(const std::string ground, TextOf(body, "ground"));
  RETURN_IF_ERROR(call.service.Look(call.caller, call.parts[0], ground));
  return Answer{.status = 201, .body = json::object(), .text = {}, .type = {}};
}
Result<Answer> PostCode(Call& call) {
  ASSIGN_OR_RETURN(const json body, BodyOf(call));
  ASSIGN_OR_RETURN(const std::string label, TextOf(body, "label"));
  ASSIGN_OR_RETURN(const service::PartyCode code, call.service.CodeFor(call.caller, call.parts[0], label));
  return Answer{.status = 201, .body = {{"label", code.label}, {"code", code.code}}, .text = {}, .type = {}};
}
Result<Answer> GetReceipt(Call& call) {
  ASSIGN_OR_RETURN(const std::uint64_t entry, NumberOf(call.parts[0]));
  ASSIGN_OR_RETURN(std::string receipt, call.service.Receipt(call.caller, entry));
  return Answer{.status = 200, .body = {}, .text = std::move(receipt), .type = "text/plain; charset=utf-8"};
}
Result<Answer> GetCheckpoint(Call& call) {
  ASSIGN_OR_RETURN(std::string note, call.service.LastCheckpoint());
  return Answer{.status = 200, .body = {}, .text = std::move(note), .type = "text/plain; charset=utf-8"};
}
Result<Answer> GetKeys(Call& call) {
  ASSIGN_OR_RETURN(const std::vector<std::string> keys, call.service.LogKeys());
  return Answer{.status = 200, .body = keys, .text = {}, .type = {}};
}
Result<Answer> GetFigures(Call& call) {
  return Answer{
      .status = 200, .body = ToJson(call.service.Supervision(call.language)), .text = {}, .type = {}};
}
Result<Answer> GetCounted(Call& call) {
  const auto asked = [&](std::string_view name) {
    return std::string(call.request.Query(name).value_or(""));
  };
  const service::FigureRow row{.office = {},
                               .pack = asked("pack"),
                               .act = asked("act"),
                               .title = {},
                               .verdict = asked("verdict"),
                               .count = 0,
                               .office_id = asked("office")};
  json out = json::array();
  for (const service::CountedAct& one : call.service.ActsCounted(row, call.language))
    out.push_back(ToJson(one));
  return Answer{.status = 200, .body = out, .text = {}, .type = {}};
}
Result<Answer> GetOverdue(Call& call) {
  json out = json::array();
  for (const service::LateDuty& row : call.service.Overdue(call.language)) out.push_back(ToJson(row));
  return Answer{.status = 200, .body = out, .text = {}, .type = {}};
}
Result<Answer> GetPublications(Call& call) {
  json out = json::array();
  const service::PublicationWish wish{.words = std::string(call.request.Query("q").value_or("")),
                                      .pack = std::string(call.request.Query("pack").value_or(""))};
  for (const service::Published& row : call.service.Publications(call.language, wish))
    out.push_back(ToJson(row));
  return Answer{.status = 200, .body = out, .text = {}, .type = {}};
}
Result<Answer> GetPowers(Call& call) {
  json out = json::array();
  for (const service::Power& row : call.service.Powers(call.language)) out.push_back(ToJson(row));
  return Answer{.status = 200, .body = out, .text = {}, .type = {}};
}
Result<Answer> GetDay(Call& call) {
  return Answer{.status = 200,
                .body = {{"day", base::PrintDay(call.service.Today())},
                         {"demonstration", call.service.demonstration()}},
                .text = {},
                .type = {}};
}
Result<Answer> PutDay(Call& call) {
  ASSIGN_OR_RETURN(const json body, BodyOf(call));
  ASSIGN_OR_RETURN(const std::string text, TextOf(body, "day"));
  const auto day = base::ParseDay(text);
  if (!day) return Error{Errc::kInvalid, "'day' is a date: 2025-01-22"};
  RETURN_IF_ERROR(call.service.SetDay(*day));
  return GetDay(call);
}
Result<Answer> GetOpenApi(Call& call) {
  static_cast<void>(call);
  return Answer{.status = 200, .body = {}, .text = OpenApiDocument(), .type = "application/json"};
}

// clang-format off
constexpr std::array kRoutes{
    Route{"GET", "/api/openapi.json", "openapi", "This document", Needs::kNobody, "", "Any", &GetOpenApi},
    Route{"POST", "/api/session", "signIn", "Sign in with number, password and one-time code", Needs::kNobody, "SignIn", "Any", &PostSession},
    Route{"GET", "/api/session", "whoAmI", "Who is signed in, and what they may act as", Needs::kOfficial, "", "Any", &GetSession},
    Route{"DELETE", "/api/session", "signOut", "Sign out", Needs::kOfficial, "", "Any", &DeleteSession},
    Route{"GET", "/api/work", "myWork", "What waits for the caller, by due day", Needs::kOfficial, "", "Any", &GetWork},
    Route{"GET", "/api/beginnings", "beginnings", "Acts that begin a matter", Needs::kOfficial, "", "Any", &GetBeginnings},
    Route{"GET", "/api/form", "beginningForm", "The form of an act that begins a matter (?pack=, ?act=; with ?targetEntry= on an act of the matter of the code, or of ?targetMatter=)", Needs::kEither, "", "Any", &GetBeginningForm},
    Route{"POST", "/api/matters", "begin", "Begin a matter with an act", Needs::kEither, "Act", "ActAnswer", &PostMatter},
    Route{"GET", "/api/matters/{matter}", "matter", "One matter; {matter} is 'mine' with a code", Needs::kEither, "", "Any", &GetMatter},
    Route{"POST", "/api/matters/{matter}/acts", "act", "Do an act: recorded (201), refused by law (422), stale form (409)", Needs::kEither, "Act", "ActAnswer", &PostAct},
    Route{"GET", "/api/matters/{matter}/forms/{act}", "form", "The form of an act", Needs::kEither, "", "Any", &GetForm},
    Route{"POST", "/api/matters/{matter}/looks", "look", "Look at personal text without a part in the matter: recorded", Needs::kOfficial, "Look", "Any", &PostLook},
    Route{"POST", "/api/matters/{matter}/codes", "code", "The code of a party, to be printed", Needs::kOfficial, "Label", "Any", &PostCode},
    Route{"GET", "/api/receipts/{entry}", "receipt", "A receipt of an entry, for lawbound-verify", Needs::kEither, "", "Text", &GetReceipt},
    Route{"GET", "/api/checkpoint", "checkpoint", "What was signed last", Needs::kNobody, "", "Text", &GetCheckpoint},
    Route{"GET", "/api/keys", "keys", "The public keys of the log", Needs::kNobody, "", "Any", &GetKeys},
    Route{"GET", "/api/figures", "figures", "Acts by office, kind and verdict; attempts refused; looks", Needs::kNobody, "", "Any", &GetFigures},
    Route{"GET", "/api/figures/acts", "countedActs", "The acts that a row of the figures counts (?office=, ?pack=, ?act=, ?verdict= as the row has them: officeId, pack, act, verdict)", Needs::kNobody, "", "Any", &GetCounted},
    Route{"GET", "/api/overdue", "overdue", "What authorities owe and are late with", Needs::kNobody, "", "Any", &GetOverdue},
    Route{"GET", "/api/publications", "publications", "Decisions that are published (?q= words in them, ?pack=)", Needs::kNobody, "", "Any", &GetPublications},
    Route{"GET", "/api/powers", "powers", "What each office may do: pack, role, posts, acts, provisions", Needs::kNobody, "", "Any", &GetPowers},
    Route{"GET", "/api/day", "day", "The day by which matters are judged", Needs::kNobody, "", "Any", &GetDay},
    Route{"PUT", "/api/day", "setDay", "Set the day forward, of a demonstration", Needs::kNobody, "Day", "Any", &PutDay},
};
// clang-format on

// What stood for the {…} of the pattern; nothing when the path is another.
std::optional<std::vector<std::string>> Match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> parts;
  while (!pattern.empty() && !path.empty()) {
    const auto next = [](std::string_view& text) {
      text.remove_prefix(1);
      const std::size_t end = std::min(text.find('/'), text.size());
      const std::string_view part = text.substr(0, end);
      text.remove_prefix(end);
      return part;
    };
    const std::string_view wanted = next(pattern), got = next(path);
    if (wanted.starts_with('{')) {
      if (got.empty()) return std::nullopt;
      parts.emplace_back(got);
    } else if (wanted != got) {
      return std::nullopt;
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return parts;
}

Caller CallerOf(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  Caller caller;
  if (const auto value = request.Header("authorization"); value && value->starts_with(kBearer)) {
    caller.token = value->substr(kBearer.size());
  } else if (const auto cookie = request.Cookie("session")) {
    caller.token = *cookie;
  }
  if (const auto code = request.Header("lawbound-code")) caller.code = *code;
  return caller;
}

Response InLanguage(Language language, Response response) {
  response.With("Content-Language", service::LanguageTag(language)).With("Vary", "Accept-Language");
  return response;
}

json SchemaOf(std::string_view name) {
  if (name.empty()) return {};
  const std::string type = name == "Text" ? "text/plain" : "application/json";
  const json schema = name == "Any"    ? json::object()
                      : name == "Text" ? json{{"type", "string"}}
                                       : json{{"$ref", fmt::format("#/components/schemas/{}", name)}};
  return {{type, {{"schema", schema}}}};
}

json TextObject(const std::vector<std::string>& names) {
  json properties = json::object();
  for (const std::string& name : names) properties[name] = {{"type", "string"}};
  return {{"type", "object"}, {"required", names}, {"properties", properties}};
}

json LanguageParameters() {
  return {{"language",
           {{"name", "language"},
            {"in", "query"},
            {"description", "in which language words are; outweighs Accept-Language"},
            {"schema", {{"enum", json::array({"zh", "en"})}}}}},
          {"acceptLanguage",
           {{"name", "Accept-Language"},
            {"in", "header"},
            {"description", "RFC 9110: the one of zh and en that is wanted most; English when neither is"},
            {"schema", {{"type", "string"}}}}}};
}

json Schemas() {
  const json text = {{"type", "string"}};
  const json value = {
      {"oneOf", json::array({text, {{"type", "array"}, {"items", text}}, {{"type", "null"}}})}};
  json act = {
      {"type", "object"},
      {"required", json::array({"act"})},
      {"additionalProperties", false},
      {"properties",
       {{"pack", text},
        {"act", text},
        {"role", text},
        {"label", {{"type", "string"}, {"description", "the party or thing that the act concerns"}}},
        {"on", text},
        {"desk", text},
        {"byParty", {{"type", "string"}, {"description", "whose paper is entered"}}},
        {"request", {{"type", "string"}, {"description", "of the sender's choice: sent twice, done once"}}},
        {"acts", {{"type", "integer"}, {"description", "of how many acts the form was made"}}},
        {"fields", {{"type", "object"}, {"additionalProperties", value}}},
        {"given", {{"type", "array"}, {"items", TextObject({"role", "label", "field", "value"})}}},
        {"with", {{"type", "array"}, {"items", TextObject({"number", "code"})}}},
        {"targetMatter", text},
        {"targetEntry", {{"type", "integer"}}}}}};
  json answer = {{"type", "object"},
                 {"required", json::array({"kind", "verdict", "headline", "reasons"})},
                 {"properties",
                  {{"kind", {{"enum", json::array({"recorded", "refused", "stale"})}}},
                   {"verdict", text},
                   {"headline", text},
                   {"reasons", {{"type", "array"}}},
                   {"earliest", {{"type", json::array({"string", "null"})}, {"format", "date"}}},
                   {"entry", {{"type", json::array({"integer", "null"})}}},
                   {"codes", {{"type", "array"}}}}}};
  return {
      {"Act", act},
      {"ActAnswer", answer},
      {"SignIn", TextObject({"number", "password", "code"})},
      {"Look", TextObject({"ground"})},
      {"Label", TextObject({"label"})},
      {"Day", TextObject({"day"})},
      {"Problem",
       {{"type", "object"},
        {"required", json::array({"title", "status"})},
        {"properties",
         {{"type", text},
          {"title", {{"type", "string"}, {"description", "what kind of problem, in the language asked for"}}},
          {"status", {{"type", "integer"}}},
          {"detail", {{"type", "string"}, {"description", "what is wrong, in the language asked for"}}}}}}}};
}

}  // namespace

http::Response ProblemResponse(const Request& request, int status, std::string_view what) {
  const Language language = LanguageOf(request);
  return InLanguage(language, Problem(status, language, service::ProblemWords(what, language)));
}

std::string OpenApiDocument() {
  json paths = json::object();
  for (const Route& route : kRoutes) {
    json operation = {{"operationId", route.name},
                      {"summary", route.summary},
                      {"parameters", json::array({{{"$ref", "#/components/parameters/language"}},
                                                  {{"$ref", "#/components/parameters/acceptLanguage"}}})}};
    std::string_view rest = route.path;
    for (std::size_t at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
      const std::size_t end = rest.find('}');
      operation["parameters"].push_back({{"name", rest.substr(at + 1, end - at - 1)},
                                         {"in", "path"},
                                         {"required", true},
                                         {"schema", {{"type", "string"}}}});
      rest.remove_prefix(end + 1);
    }
    if (!route.body.empty())
      operation["requestBody"] = {{"required", true}, {"content", SchemaOf(route.body)}};
    operation["responses"]["2XX"] = {{"description", route.summary}, {"content", SchemaOf(route.answer)}};
    operation["responses"]["default"] = {
        {"description", "a problem (RFC 9457), in the language asked for"},
        {"headers", {{"Content-Language", {{"schema", {{"type", "string"}}}}}}},
        {"content",
         {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
    if (route.needs != Needs::kNobody) {
      operation["security"] = json::array({{{"session", json::array()}}});
      if (route.needs == Needs::kEither) operation["security"].push_back({{"code", json::array()}});
    }
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    paths[std::string(route.path)][method] = std::move(operation);
  }
  const json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Lawbound"},
        {"version", "0.1.0"},
        {"description",
         "Acts of a public authority, judged before they are recorded. Words, those of problems too, are in "
         "Chinese or English, by ?language= or else Accept-Language; without either in English. There is no "
         "path that lists persons, and none that takes one."}}},
      {"paths", paths},
      {"components",
       {{"schemas", Schemas()},
        {"parameters", LanguageParameters()},
        {"securitySchemes",
         {{"session", {{"type", "http"}, {"scheme", "bearer"}}},
          {"code", {{"type", "apiKey"}, {"in", "header"}, {"name", "Lawbound-Code"}}}}}}}};
  return document.dump(2) + "\n";
}

http::Response Api::Handle(const Request& request) {
  const Language language = LanguageOf(request);
  return InLanguage(language, Answered(request, language));
}

http::Response Api::Answered(const Request& request, Language language) {
  const auto problem = [&](int status, std::string_view what) {
    return Problem(status, language, service::ProblemWords(what, language));
  };
  bool known = false;
  for (const Route& route : kRoutes) {
    auto parts = Match(route.path, request.path);
    if (!parts) continue;
    known = true;
    if (route.method != request.method) continue;
    Call call{.service = service_,
              .request = request,
              .caller = CallerOf(request),
              .language = language,
              .parts = *std::move(parts)};
    const bool somebody =
        !call.caller.token.empty() || (route.needs == Needs::kEither && !call.caller.code.empty());
    if (route.name != "receipt" && route.needs != Needs::kNobody && !somebody)
      return problem(401, "sign in, or send the code of a party in 'Lawbound-Code'");
    if (!route.body.empty() && !request.Header("content-type").value_or("").starts_with("application/json"))
      return problem(415, "the body is sent as application/json");
    const Result<Answer> answer = route.handle(call);
    if (!answer.ok()) {
      int status = StatusOf(answer.error().code);
      const bool of_session = answer.error().code == Errc::kUnavailable && route.needs != Needs::kNobody &&
                              !service_.Session(call.caller.token, call.language) && call.caller.code.empty();
      if (of_session) status = 401;
      if (route.name == "signIn" && status == 400) status = 401;
      if (route.name == "signIn" && status == 413) status = 429;
      return Problem(status, language, service::ProblemWords(answer.error(), language));
    }
    const Answer& shown = answer.value();
    if (!shown.text.empty()) return http::Response::Of(shown.status, shown.type, shown.text);
    const std::string type = shown.type.empty() ? "application/json" : shown.type;
    return http::Response::Of(shown.status, type, Dump(shown.body)).With("Cache-Control", "no-store");
  }
  if (known) return problem(405, "the path is there, the method is not");
  return problem(404, "there is no such path; /api/openapi.json lists those that are");
}

}  // namespace lawbound::api
