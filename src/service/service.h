// The use cases of a served authority: the one layer that puts the others in order.  It knows no institution:
// which acts there are, who may do them and what follows is said by packs.
//
//   ASSIGN_OR_RETURN(const std::unique_ptr<Service> service, Service::Open(folder, options));
//   ASSIGN_OR_RETURN(const SignedIn in, service->SignIn("1001", password, code));
//   ASSIGN_OR_RETURN(const ActAnswer answer, service->Do({.token = in.token}, request));
//
// THE LEDGER IS THE TRUTH.  A matter is the acts that the ledger holds of it; what is kept in memory is made
// from these and can be thrown away.  An authority's act is judged before it is recorded, and recorded only
// when it is lawful; a party's act is recorded with its verdict, whatever that is.  Acts by law come by
// themselves when time passes (Tick).
//
// Any number of threads.  Acts of one matter come one after another; those of different matters share the
// ledger's group commit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "service/views.h"
#include "tlog/hash.h"

namespace lawbound::service {

// Who asks: an official by the token of a session, or a party by the code that is printed on what they got.
// Neither: the public.
struct Caller {
  std::string token;
  std::string code;
};

struct Moment {
  Day day;
  base::Minute minute = base::kNoMinute;
};

struct ServiceOptions {
  // The present moment in the authority's zone; empty: the system's clock.
  std::function<Moment()> clock;
  bool demonstration = false;  // the day may be set forward
  // Of the sources that carry out the floor and the refusals (docs/formats/ledger.md): stated in the record.
  tlog::Hash floor_hash, refusals_hash;
};

class Service {
 public:
  // Opens the authority that lies in a folder (service/authority.h says what is in it), reads its ledger and
  // carries out what fell due meanwhile.  kNotFound: no authority there; kConflict: it is served already;
  // kInvalid: a pack is not proved, or not of this authority.
  static base::Result<std::unique_ptr<Service>> Open(const std::string& folder, ServiceOptions options);
  virtual ~Service() = default;

  // ------------------------------------------------------------------------------------------------ people
  // Wrong number, password and code are one and the same answer.  kLimit: too many attempts.
  virtual base::Result<SignedIn> SignIn(std::string_view number, std::string_view password,
                                        std::string_view code) = 0;
  virtual std::optional<OfficialView> Session(std::string_view token, Language language) = 0;
  virtual void SignOut(std::string_view token) = 0;

  // --------------------------------------------------------------------------------------------- the desk
  virtual base::Result<Work> MyWork(const Caller& caller, Language language) = 0;
  // kNotFound also for a matter that the caller may not know of.
  virtual base::Result<MatterView> Matter(const Caller& caller, std::string_view matter,
                                          Language language) = 0;
  // Acts that begin a matter and that the caller may do.
  virtual base::Result<std::vector<FieldChoice>> Beginnings(const Caller& caller, Language language) = 0;
  virtual base::Result<ActForm> Form(const Caller& caller, const FormWish& wish, Language language) = 0;
  // Errors are the world's or the form's (kInvalid names the field); what the law says is in the answer.
  virtual base::Result<ActAnswer> Do(const Caller& caller, const ActRequest& request, Language language) = 0;
  // Opens the personal text of a matter in which the caller has no part: recorded, and shown to the party.
  virtual base::Status Look(const Caller& caller, std::string_view matter, std::string_view ground) = 0;
  // The code of a party, to be printed on what goes to them.
  virtual base::Result<PartyCode> CodeFor(const Caller& caller, std::string_view matter,
                                          std::string_view label) = 0;

  // The document of an act in a language, as it was handed out first: from then on it is these bytes, and a
  // receipt of the entry that took them commits to them.  kNotFound: none was made yet, or not for the
  // caller.
  virtual base::Result<Paper> FindPaper(const Caller& caller, const PaperWish& wish, Language language) = 0;
  // Takes the bytes into the record; when there are some already, those are the answer.
  virtual base::Result<Paper> KeepPaper(const Caller& caller, const PaperWish& wish, const PaperDraft& draft,
                                        Language language) = 0;

  // -------------------------------------------------------------------------------------------- the party
  // By the code alone: which matter it opens.
  virtual base::Result<std::string> MatterOfCode(std::string_view code) = 0;

  // ------------------------------------------------------------------------------------------- the public
  virtual Figures Supervision(Language language) = 0;
  // The acts that a row of these figures counts, the latest first; office_id, pack, act and verdict say which
  // row.
  virtual std::vector<CountedAct> ActsCounted(const FigureRow& row, Language language) = 0;
  virtual std::vector<LateDuty> Overdue(Language language) = 0;
  virtual std::vector<Published> Publications(Language language, const PublicationWish& wish) = 0;
  // By office, pack and role; a role in which nobody is appointed today is not there.
  virtual std::vector<Power> Powers(Language language) = 0;
  virtual std::string Floor(Language language) = 0;
  // A file that proves offline what was recorded.  With fields for those who may see them, else without.
  // kConflict: no checkpoint covers the entry yet.
  virtual base::Result<std::string> Receipt(const Caller& caller, std::uint64_t entry) = 0;
  virtual base::Result<std::string> LastCheckpoint() = 0;
  // The entry that took a document, by the number that the document bears.
  virtual base::Result<std::uint64_t> EntryOfPaper(std::string_view id) = 0;
  // The public keys of the log, as a verifier takes them.
  virtual base::Result<std::vector<std::string>> LogKeys() = 0;

  // -------------------------------------------------------------------------------------------- the clock
  virtual Day Today() = 0;
  virtual bool demonstration() const = 0;
  // Of a demonstration alone, and not behind the last day of the record.  kInvalid else.
  virtual base::Status SetDay(Day day) = 0;
  // Carries out what fell due; called each minute.
  virtual base::Status Tick() = 0;
  // Signs the record as it is now, when something was added; called every few seconds.
  virtual base::Status SignRecord() = 0;
};

}  // namespace lawbound::service
