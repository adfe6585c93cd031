// The form of an act, made from the fields that its pack gives it, and the answer to it.  A form that is
// refused, too old, or overtaken by other acts is shown again with what was typed.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "pages/form_state.h"
#include "pages/page.h"
#include "service/problem_words.h"

namespace lawbound::pages {
namespace {

using service::ActAnswer;
using service::ActForm;
using service::FieldForm;

constexpr std::string_view kKept = "kept-";
constexpr std::string_view kChallenge = "/challenge/";

// What is told above a form.
struct Told {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> errors;  // id, text
  const ActAnswer* answer = nullptr;                        // refused, or stale
};

std::string FieldId(const FieldForm& field) { return "field-" + field.name; }

// "list" and "list of exhibit"
bool IsList(const FieldForm& field) { return field.kind.starts_with("list"); }

std::string HintOf(const Visit& visit, const FieldForm& field) {
  if (IsList(field) && field.choices.empty()) return visit.Say(Phrase::kOnePerLine);
  const bool plain = field.kind == "text" || field.kind == "yes-no" || field.kind == "one of" ||
                     field.kind == "day" || field.kind == "provision" || field.kind == "document";
  return plain || field.hint.empty() || !field.choices.empty() ? ""
                                                               : visit.Say(Phrase::kOfForm, {field.hint});
}

std::vector<Choice> ChoicesOf(const std::vector<service::FieldChoice>& choices) {
  std::vector<Choice> out;
  for (const service::FieldChoice& one : choices) out.push_back({one.name, one.title});
  return out;
}

void WriteField(Page& page, const FieldForm& field, const std::string& id, const FormState& state,
                const std::string& error) {
  const Visit& visit = page.visit();
  FieldFrame frame{id, field.optional ? visit.Say(Phrase::kOptional, {field.title}) : field.title,
                   HintOf(visit, field), error};
  const std::string typed = state.Value(id), value = typed.empty() ? field.value : typed;
  if (field.kind == "yes-no") {
    return page.Radios(frame, {{"yes", visit.Say(Phrase::kYes)}, {"no", visit.Say(Phrase::kNo)}}, value);
  }
  if (IsList(field)) {
    if (!field.choices.empty()) return page.Checkboxes(frame, ChoicesOf(field.choices), state.Values(id));
    return page.Area(frame, value);
  }
  if (!field.choices.empty()) {
    constexpr std::size_t kFew = 8;
    if (field.choices.size() <= kFew) return page.Radios(frame, ChoicesOf(field.choices), value);
    return page.Select(frame, ChoicesOf(field.choices), value);
  }
  if (field.kind == "text") return page.Area(frame, value);
  if (field.kind == "day") return page.Input(frame, "date", value, "off", 10);
  page.Input(frame, "text", value, "off", field.kind == "provision" || field.kind == "document" ? 30 : 10);
}

std::string ErrorOf(const Told& told, const std::string& id) {
  for (const auto& [field, text] : told.errors) {
    if (field == id) return text;
  }
  return "";
}

std::string RoleTitle(const Visit& visit, const ActForm& form, const std::string& role) {
  if (!visit.official) return role;
  for (const service::Post& post : visit.official->posts) {
    if (post.pack == form.pack && post.role == role) return post.title;
  }
  return "";
}

void WriteRoles(Page& page, const ActForm& form, const FormState& state) {
  std::vector<Choice> roles;
  for (const std::string& role : form.roles) {
    if (std::string title = RoleTitle(page.visit(), form, role); !title.empty())
      roles.push_back({role, std::move(title)});
  }
  if (roles.size() == 1) return page.Hidden("role", roles[0].value);
  if (roles.size() < 2 || !page.visit().official) return;
  const std::string typed = state.Value("role");
  page.Radios({"role", page.visit().Say(Phrase::kActAs), "", ""}, roles,
              typed.empty() ? roles[0].value : typed);
}

void WriteWhom(Page& page, const ActForm& form, const FormState& state, const std::string& error) {
  const Visit& visit = page.visit();
  if (form.member_role.empty()) return;
  if (visit.is_party() && form.to.size() == 1) return page.Hidden("to", form.to[0].name);
  const std::string typed = state.Value("to");
  if (!form.to.empty()) {
    page.Radios(
        {"to", visit.Say(Phrase::kWhom), "", error}, ChoicesOf(form.to),
        typed.empty() && form.to.size() == 1 && state.Value("to-new").empty() ? form.to[0].name : typed);
  }
  if (visit.is_party()) return;
  page.Input({"to-new", visit.Say(form.to.empty() ? Phrase::kWhom : Phrase::kNewMember),
              visit.Say(Phrase::kNewMemberHint), form.to.empty() ? error : ""},
             "text", state.Value("to-new"), "off", 20);
}

// "party kind": the role and its field.
std::string RoleOf(const FieldForm& given) { return given.name.substr(0, given.name.find(' ')); }
std::string GivenId(std::size_t i) { return fmt::format("given-{}", i); }
std::string NameId(const std::string& role) { return "given-name-" + role; }

void WriteGivenOf(Page& page, const ActForm& form, const FormState& state, std::string_view role,
                  const Told& told) {
  for (std::size_t i = 0; i < form.given.size(); ++i) {
    if (RoleOf(form.given[i]) == role)
      WriteField(page, form.given[i], GivenId(i), state, ErrorOf(told, GivenId(i)));
  }
}

// Of members who are new here: their names, and what is told of them.  Of the act that a new matter is about
// everything is asked.
void WriteGiven(Page& page, const ActForm& form, const FormState& state, const Told& told) {
  if (form.target_entry) return WriteGivenOf(page, form, state, "target", told);
  if (form.given.empty()) return;
  const Visit& visit = page.visit();
  bool typed = form.to.empty() && !form.member_role.empty();
  for (std::size_t i = 0; i < form.given.size(); ++i) typed = typed || !state.Value(GivenId(i)).empty();
  for (const service::FieldChoice& role : form.given_roles)
    typed = typed || !state.Value(NameId(role.name)).empty();
  const auto details = page.Details(visit.Say(Phrase::kGivenHint), typed);
  const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
  for (const service::FieldChoice& role : form.given_roles) {
    page.html().Element("h2", role.title, {{"class", "govuk-heading-s"}});
    // Whom the act concerns was named above.
    if (role.name != form.member_role)
      page.Input({NameId(role.name), visit.Say(Phrase::kParty), visit.Say(Phrase::kNewMemberHint),
                  ErrorOf(told, NameId(role.name))},
                 "text", state.Value(NameId(role.name)), "off", 20);
    WriteGivenOf(page, form, state, role.name, told);
  }
}

void WriteDesks(Page& page, const ActForm& form, const FormState& state) {
  if (!form.target_entry || form.desks.empty()) return;
  if (form.desks.size() == 1) return page.Hidden("desk", form.desks[0].name);
  page.Radios({"desk", page.visit().Say(Phrase::kWhichOffice), "", ""}, ChoicesOf(form.desks),
              state.Value("desk"));
}

void WriteCompanions(Page& page, const ActForm& form, const FormState& state) {
  if (form.at_least < 2) return;
  const Visit& visit = page.visit();
  page.Inset(visit.Say(Phrase::kTogether, {std::to_string(form.at_least)}));
  for (int i = 1; i < form.at_least; ++i) {
    const std::string who = fmt::format("with-{}", i);
    page.Select({who, visit.Say(Phrase::kCompanion, {std::to_string(i)}), "", ""}, ChoicesOf(form.companions),
                state.Value(who));
    page.Input({fmt::format("with-code-{}", i), visit.Say(Phrase::kOneTimeCode), "", ""}, "text", "",
               "one-time-code", 5);
  }
}

void WriteForm(Page& page, const ActForm& form, const FormState& state, const Told& told) {
  const Visit& visit = page.visit();
  const auto html = page.Form(visit.To(AddressOf(state)));
  page.Hidden("request", form.request);
  page.Hidden("acts", std::to_string(form.acts));
  WriteRoles(page, form, state);
  WriteWhom(page, form, state, ErrorOf(told, "to"));
  WriteGiven(page, form, state, told);
  for (const FieldForm& field : form.fields)
    WriteField(page, field, FieldId(field), state, ErrorOf(told, FieldId(field)));
  WriteDesks(page, form, state);
  WriteCompanions(page, form, state);
  page.Button(visit.Say(Phrase::kSend));
}

// Why it was not done.
void WriteRefusal(Page& page, const ActAnswer& answer) {
  const Visit& visit = page.visit();
  const bool stale = answer.kind == ActAnswer::Kind::kStale;
  const Phrase title = stale                             ? Phrase::kStaleTitle
                       : answer.verdict == "cannot tell" ? Phrase::kRefusedUnsure
                                                         : Phrase::kRefusedTitle;
  const auto box = page.Alert(stale ? "information" : "error", visit.Say(title), "refusal");
  if (!answer.headline.empty() && !answer.earliest && !stale)
    page.html().Element("p", answer.headline, {{"class", "govuk-body-l"}});
  if (answer.earliest) {
    page.html().Element("p", visit.Say(Phrase::kEarliest, {visit.Day(*answer.earliest)}),
                        {{"class", "govuk-body-l govuk-!-font-weight-bold"}});
  }
  for (const service::Reason& reason : answer.reasons) WriteReason(page, reason);
  page.Paragraph(visit.Say(stale ? Phrase::kStaleText : Phrase::kRefusedText));
  if (!stale) return;
  std::vector<std::string> events;
  for (const service::TimelineEvent& event : answer.meanwhile)
    events.push_back(visit.Say(Phrase::kColon, {visit.Day(event.day), event.text}));
  page.html().Element("h3", visit.Say(Phrase::kMeanwhile), {{"class", "govuk-heading-s"}});
  page.Bullets(events);
}

bool IsNumber(std::string_view text) {
  constexpr std::size_t kMostDigits = 18;
  return !text.empty() && text.size() <= kMostDigits &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// REQUIRES: IsActAddress(state.where).
service::FormWish WishOf(const Visit& visit, const FormState& state) {
  service::FormWish out{.matter = {},
                        .pack = state.query,
                        .act = state.where.substr(state.where.rfind('/') + 1),
                        .target_entry = {}};
  if (state.where.starts_with("/matter/")) out.matter = state.where.substr(8, 32);
  if (state.where.starts_with(kChallenge)) {
    const base::Result<std::string> own = visit.service.MatterOfCode(visit.code);
    if (own.ok()) out.matter = own.value();
    out.target_entry = std::stoull(state.where.substr(kChallenge.size()));
  }
  return out;
}

http::Response ShowForm(const Visit& visit, const FormState& state, const Told& told) {
  const service::FormWish wish = WishOf(visit, state);
  const std::string& matter = wish.matter;
  const base::Result<ActForm> form = visit.service.Form(visit.caller(), wish, visit.language);
  if (!form.ok()) return ErrorPage(visit, form.error());
  Page page(visit, {.title = form.value().title,
                    .here = visit.is_party() ? "/my-matter" : "/desk",
                    .wrong = !told.errors.empty(),
                    .back = visit.To(matter.empty()     ? "/desk"
                                     : visit.is_party() ? "/my-matter"
                                                        : "/matter/" + matter)});
  page.ErrorSummary(told.errors);
  page.Heading();
  if (!form.value().provisions.empty()) {
    std::string basis;
    for (const std::string& one : form.value().provisions) basis += (basis.empty() ? "" : "; ") + one;
    page.html().Element("p", visit.Say(Phrase::kColon, {visit.Say(Phrase::kBasis), basis}),
                        {{"class", "govuk-body lb-muted"}});
  }
  if (wish.target_entry) page.Paragraph(visit.Say(Phrase::kTakenThere, {std::to_string(*wish.target_entry)}));
  if (told.answer != nullptr) {
    WriteRefusal(page, *told.answer);
    page.Section(visit.Say(Phrase::kAgain), "again");
  } else if (const auto& now = form.value().now; now && now->answer == "unlawful" && told.errors.empty()) {
    page.Warning(visit.Say(Phrase::kNowInTheWay, {visit.Day(visit.service.Today())}));
    page.Paragraph(visit.Say(Phrase::kNowInTheWayText));
    if (now->from)
      page.html().Element("p", visit.Say(Phrase::kEarliest, {visit.Day(*now->from)}),
                          {{"class", "govuk-body govuk-!-font-weight-bold"}});
  }
  WriteForm(page, form.value(), state, told);
  return page.Finish(told.status);
}

void WriteCodes(Page& page, const std::vector<service::PartyCode>& codes) {
  const Visit& visit = page.visit();
  if (codes.empty()) return;
  page.Section(visit.Say(visit.is_party() ? Phrase::kOwnCodeTitle : Phrase::kCodesTitle));
  for (const service::PartyCode& code : codes) {
    const auto box = page.html().Open("div", {{"class", "govuk-inset-text"}});
    page.html().Element("p", code.label, {{"class", "govuk-body"}});
    page.html().Element("p", code.code, {{"class", "lb-code"}});
  }
  page.Paragraph(visit.Say(visit.is_party() ? Phrase::kOwnCodeText : Phrase::kCodeText));
}

http::Response ShowRecorded(const Visit& visit, const ActForm& form, const ActAnswer& answer) {
  Page page(visit, {.title = visit.Say(Phrase::kRecordedTitle, {form.title}),
                    .here = visit.is_party() ? "/my-matter" : "/desk"});
  {
    const auto panel = page.html().Open("div", {{"class", "govuk-panel govuk-panel--confirmation"}});
    page.html().Element("h1", visit.Say(Phrase::kRecordedTitle, {form.title}),
                        {{"class", "govuk-panel__title"}});
    page.html().Element("div", answer.case_number, {{"class", "govuk-panel__body"}});
  }
  if (answer.duplicate) page.Inset(visit.Say(Phrase::kRecordedTwice));
  const Phrase verdict = answer.verdict == "lawful"     ? Phrase::kVerdictLawful
                         : answer.verdict == "unlawful" ? Phrase::kVerdictUnlawful
                                                        : Phrase::kVerdictCannotTell;
  if (answer.entry)
    page.Paragraph(visit.Say(visit.is_party() ? Phrase::kReceivedEntry : Phrase::kRecordedEntry,
                             {std::to_string(*answer.entry), visit.Say(verdict)}));
  for (const service::Reason& reason : answer.reasons) WriteReason(page, reason);
  WriteCodes(page, answer.codes);
  page.Section(visit.Say(Phrase::kNextStep));
  if (visit.is_party() && !answer.codes.empty()) {
    page.ButtonLink(visit.Say(Phrase::kFollowTitle), visit.To("/follow"));
  } else {
    page.ButtonLink(visit.Say(Phrase::kToMatter),
                    visit.To(visit.is_party() ? "/my-matter" : "/matter/" + answer.matter));
  }
  if (answer.entry)
    page.Link(visit.Say(Phrase::kReceipt), visit.To(fmt::format("/receipt/{}", *answer.entry)));
  return page.Finish(200);
}

std::string Trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \n\t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
}

std::vector<std::string> ValuesOf(const FieldForm& field, const std::string& id, const FormState& state) {
  std::vector<std::string> out;
  for (const std::string& value : state.Values(id)) {
    if (!IsList(field) || !field.choices.empty()) {
      if (std::string one = Trimmed(value); !one.empty()) out.push_back(std::move(one));
      continue;
    }
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t end = std::min(value.find('\n', at), value.size());
      if (std::string one = Trimmed(value.substr(at, end - at)); !one.empty()) out.push_back(std::move(one));
      at = end + 1;
    }
  }
  return out;
}

service::ActRequest RequestOf(const ActForm& form, const FormState& state) {
  service::ActRequest out;
  out.matter = form.matter;
  out.target_matter = form.target_matter;
  out.target_entry = form.target_entry;
  out.desk = state.Value("desk");
  out.pack = form.pack;
  out.act = form.act;
  out.role = state.Value("role");
  out.label = Trimmed(state.Value("to-new"));
  if (out.label.empty()) out.label = state.Value("to");
  out.request = state.Value("request");
  const std::string acts = state.Value("acts");
  if (IsNumber(acts)) out.acts = std::stoull(acts);
  for (const FieldForm& field : form.fields)
    out.fields.push_back({field.name, ValuesOf(field, FieldId(field), state)});
  for (std::size_t i = 0; i < form.given.size(); ++i) {
    const std::vector<std::string> values = ValuesOf(form.given[i], GivenId(i), state);
    if (values.empty()) continue;
    const std::string role = RoleOf(form.given[i]);
    out.given.push_back({.role = role,
                         .label = role == form.member_role ? out.label : Trimmed(state.Value(NameId(role))),
                         .field = form.given[i].name.substr(role.size() + 1),
                         .value = values[0]});
  }
  for (int i = 1; i < form.at_least; ++i) {
    const std::string who = state.Value(fmt::format("with-{}", i));
    if (!who.empty()) out.with.push_back({who, Trimmed(state.Value(fmt::format("with-code-{}", i)))});
  }
  return out;
}

// An error of the form, at the field that it names.
std::pair<std::string, std::string> ErrorAt(const Visit& visit, const ActForm& form,
                                            const base::Error& error) {
  const std::string& what = error.message;
  // The sentence names fields as packs do; people know them by their titles.
  const auto said = [&](const std::string& name, const std::string& title) {
    std::string words = service::ProblemWords(error, visit.language);
    for (const auto& [open, close] : {std::pair("'", "'"), std::pair("“", "”")}) {
      const std::string quoted = open + name + close;
      if (const std::size_t at = words.find(quoted); !title.empty() && at != std::string::npos)
        words.replace(at, quoted.size(), "“" + title + "”");
    }
    return visit.Say(Phrase::kFormWrong, {words});
  };
  for (const FieldForm& field : form.fields) {
    if (what.find("'" + field.name + "'") == std::string::npos) continue;
    if (what.find("of this form") != std::string::npos)
      return {FieldId(field), visit.Say(Phrase::kFieldWrong, {field.title, field.hint})};
    return {FieldId(field), said(field.name, field.title)};
  }
  for (std::size_t i = 0; i < form.given.size(); ++i) {
    const std::string role = RoleOf(form.given[i]);
    const std::string name = form.given[i].name.substr(role.size() + 1);
    if (what.find("'" + name + "'") != std::string::npos)
      return {GivenId(i), said(name, form.given[i].title)};
    if (role != form.member_role && role != "target" && what.find("'" + role + "'") != std::string::npos)
      return {NameId(role), said(role, "")};
  }
  return {form.member_role.empty() ? "" : form.to.empty() ? "to-new" : "to", said("", "")};
}

bool IsName(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

http::Response TakeForm(const Visit& visit, const FormState& state) {
  if (!visit.FormIsOurs())
    return ShowForm(visit, state, {400, {{"", visit.Say(Phrase::kFormAgedText)}}, nullptr});
  const base::Result<ActForm> form = visit.service.Form(visit.caller(), WishOf(visit, state), visit.language);
  if (!form.ok()) return ErrorPage(visit, form.error());
  const base::Result<ActAnswer> answer =
      visit.service.Do(visit.caller(), RequestOf(form.value(), state), visit.language);
  // Whatever is in the way, what was typed is shown again.
  const base::Errc code = answer.ok() ? base::Errc::kCorrupt : answer.error().code;
  if (code == base::Errc::kInvalid || code == base::Errc::kLimit)
    return ShowForm(visit, state, {400, {ErrorAt(visit, form.value(), answer.error())}, nullptr});
  if (code == base::Errc::kUnavailable)
    return ShowForm(visit, state, {503, {{"", visit.Say(Phrase::kUnavailableText)}}, nullptr});
  if (code == base::Errc::kConflict)
    return ShowForm(visit, state, {409, {{"", visit.Say(Phrase::kStaleTitle)}}, nullptr});
  if (!answer.ok()) return ErrorPage(visit, answer.error());
  switch (answer.value().kind) {
    case ActAnswer::Kind::kRecorded:
      return ShowRecorded(visit, form.value(), answer.value());
    case ActAnswer::Kind::kRefused:
      return ShowForm(visit, state, {422, {}, &answer.value()});
    case ActAnswer::Kind::kStale:
      break;
  }
  return ShowForm(visit, state, {409, {}, &answer.value()});
}

}  // namespace

std::vector<std::string> FormState::Values(std::string_view name) const {
  std::vector<std::string> out;
  for (const http::NamedText& field : fields) {
    if (field.name == name) out.push_back(field.value);
  }
  return out;
}

FormState StateOfForm(const http::Request& request) {
  FormState out;
  for (const http::NamedText& field : request.form) {
    if (field.name != "token") out.fields.push_back(field);
  }
  return out;
}

void WriteKept(Page& page, const FormState& state) {
  if (state.where.empty()) return;
  page.Hidden("return", state.where);
  page.Hidden("return-pack", state.query);
  for (const http::NamedText& field : state.fields) {
    // One-time codes are not kept: they are used up.
    if (!field.name.starts_with("with-code-")) page.Hidden(std::string(kKept) + field.name, field.value);
  }
}

FormState ReadKept(const http::Request& request) {
  FormState out;
  out.where = std::string(request.Form("return").value_or(""));
  out.query = std::string(request.Form("return-pack").value_or(""));
  for (const http::NamedText& field : request.form) {
    if (field.name.starts_with(kKept)) out.fields.push_back({field.name.substr(kKept.size()), field.value});
  }
  return out;
}

bool IsActAddress(std::string_view where) {
  if (where.starts_with("/begin/")) return IsName(where.substr(7));
  if (where.starts_with(kChallenge)) {
    where.remove_prefix(kChallenge.size());
    const std::size_t slash = std::min(where.find('/'), where.size() - 1);
    return IsNumber(where.substr(0, slash)) && IsName(where.substr(slash + 1));
  }
  // "/matter/", 32 digits, "/act/", a name
  return where.size() > 45 && IsMatterAddress(where.substr(0, 40)) && where.substr(40, 5) == "/act/" &&
         IsName(where.substr(45));
}

bool IsMatterAddress(std::string_view where) {
  return where.size() == 40 && where.starts_with("/matter/") && IsName(where.substr(8));
}

std::string AddressOf(const FormState& state) {
  return state.query.empty() ? state.where : state.where + "?pack=" + http::PercentEncode(state.query);
}

http::Response ActPageWith(const Visit& visit, const FormState& state) { return ShowForm(visit, state, {}); }

http::Response ActPage(const Visit& visit, std::string_view, std::string_view pack, std::string_view) {
  if (!IsActAddress(visit.path)) return NotFoundPage(visit);
  const bool challenges = visit.path.starts_with(kChallenge);
  if (challenges && visit.code.empty()) return http::Response::SeeOther(visit.To("/follow"));
  if (!visit.official && visit.code.empty()) return SignInFirst(visit);
  // The session has ended while the code of some party is there: who posted was an official.
  if (!visit.official && visit.path.starts_with("/begin/")) return SignInFirst(visit);
  FormState state = StateOfForm(visit.request);
  state.where = visit.path;
  state.query = std::string(pack);
  Visit who = visit;
  if (challenges) who.official.reset();  // by the party whose code it is
  return visit.request.method == "POST" ? TakeForm(who, state) : ShowForm(who, state, {});
}

}  // namespace lawbound::pages
