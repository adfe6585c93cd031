// Signing in, also in the midst of a form: what was posted when a session had ended travels through the
// sign-in page in hidden fields and comes back into the form.
#include <algorithm>
#include <fmt/format.h>

#include "pages/form_state.h"
#include "pages/page.h"

namespace lawbound::pages {
namespace {

http::CookieOptions CookieOf(const Visit& visit, long seconds = -1) {
  return {.seconds = seconds, .secure = visit.options.secure_cookies};
}

http::Response WriteSignIn(const Visit& visit, int status, std::string_view error, bool session_over,
                           const FormState& kept) {
  Page page(visit, {.title = visit.Say(Phrase::kSignIn), .here = "/sign-in", .wrong = !error.empty()});
  if (!error.empty()) page.ErrorSummary({{"number", std::string(error)}});
  if (session_over) page.Inset(visit.Say(Phrase::kSessionOver));
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kSignInLead));
  {
    const auto form = page.Form(visit.To("/sign-in"));
    page.Input({"number", visit.Say(Phrase::kRegisterNumber), "", std::string(error)}, "text",
               visit.Typed("number"), "username", 10);
    page.Input({"password", visit.Say(Phrase::kPassword), "", ""}, "password", "", "current-password", 20);
    page.Input({"code", visit.Say(Phrase::kOneTimeCode), visit.Say(Phrase::kOneTimeCodeHint), ""}, "text", "",
               "one-time-code", 5);
    WriteKept(page, kept);
    page.Button(visit.Say(Phrase::kSignIn));
  }
  return page.Finish(status);
}

}  // namespace

http::Response SignInFirst(const Visit& visit) {
  FormState kept;
  const bool posted = visit.request.method == "POST";
  if (posted) {
    kept = StateOfForm(visit.request);
    kept.where = visit.path;
    kept.query = std::string(visit.request.Query("pack").value_or(""));
  } else {
    kept.where = visit.path;
    kept.query = std::string(visit.request.Query("pack").value_or(""));
  }
  // Whoever never had a session is asked to sign in, without being told of one that ended.
  return WriteSignIn(visit, 401, "", !visit.token.empty(), kept);
}

http::Response SignInPage(const Visit& visit) {
  if (visit.request.method == "GET") return WriteSignIn(visit, 200, "", false, {});
  const FormState kept = ReadKept(visit.request);
  if (!visit.FormIsOurs()) return WriteSignIn(visit, 400, visit.Say(Phrase::kFormAgedTitle), false, kept);
  base::Result<service::SignedIn> in =
      visit.service.SignIn(visit.Typed("number"), visit.Typed("password"), visit.Typed("code"));
  if (!in.ok()) {
    const bool often = in.error().code == base::Errc::kLimit;
    return WriteSignIn(visit, often ? 429 : 401,
                       visit.Say(often ? Phrase::kTooManyTitle : Phrase::kSignInWrong), false, kept);
  }
  Visit signed_in = visit;
  signed_in.token = in.value().token;
  signed_in.official = in.value().official;
  const bool goes_on = IsActAddress(kept.where);
  http::Response out = goes_on && !kept.fields.empty() ? ActPageWith(signed_in, kept)
                       : goes_on || IsMatterAddress(kept.where)
                           ? http::Response::SeeOther(visit.To(AddressOf(kept)))
                           : http::Response::SeeOther(visit.To("/desk"));
  out.With("Set-Cookie", http::SetCookie(kSessionCookie, in.value().token, CookieOf(visit)));
  // From here on they act in their office, not as the party of some matter.
  if (!visit.code.empty()) out.With("Set-Cookie", http::SetCookie(kCodeCookie, "", CookieOf(visit, 0)));
  return out;
}

http::Response SignOut(const Visit& visit) {
  if (visit.request.method != "POST" || !visit.FormIsOurs()) return http::Response::SeeOther(visit.To("/"));
  visit.service.SignOut(visit.token);
  return http::Response::SeeOther(visit.To("/"))
      .With("Set-Cookie", http::SetCookie(kSessionCookie, "", CookieOf(visit, 0)));
}

http::Response FollowPage(const Visit& visit) {
  const std::string typed = visit.Typed("party-code");
  std::string error;
  int status = 200;
  if (visit.request.method == "POST") {
    // As printed it has spaces and may be in capitals.
    std::string code;
    for (const char c : typed) {
      if (c != ' ' && c != '\n' && c != '\t') code += c;
    }
    const base::Result<std::string> matter =
        visit.FormIsOurs() ? visit.service.MatterOfCode(code) : base::Error{base::Errc::kInvalid, "aged"};
    if (matter.ok())
      return http::Response::SeeOther(visit.To("/my-matter"))
          .With("Set-Cookie", http::SetCookie(kCodeCookie, code, CookieOf(visit)));
    const bool often = matter.error().code == base::Errc::kLimit;
    status = often ? 429 : 400;
    error = visit.Say(often ? Phrase::kTooManyTitle
                      : matter.error().code == base::Errc::kInvalid && !visit.FormIsOurs()
                          ? Phrase::kFormAgedTitle
                          : Phrase::kCodeWrong);
  }
  Page page(visit, {.title = visit.Say(Phrase::kFollowTitle), .here = "/follow", .wrong = !error.empty()});
  if (!error.empty()) page.ErrorSummary({{"party-code", error}});
  page.Heading();
  page.Paragraph(visit.Say(Phrase::kFollowLead));
  {
    const auto form = page.Form(visit.To("/follow"));
    page.Input({"party-code", visit.Say(Phrase::kCode), "", error}, "text", typed, "off", 30);
    page.Button(visit.Say(Phrase::kOpen));
  }
  return page.Finish(status);
}

http::Response LeaveMatter(const Visit& visit) {
  if (visit.request.method != "POST" || !visit.FormIsOurs()) return http::Response::SeeOther(visit.To("/"));
  return http::Response::SeeOther(visit.To("/"))
      .With("Set-Cookie", http::SetCookie(kCodeCookie, "", CookieOf(visit, 0)));
}

}  // namespace lawbound::pages
