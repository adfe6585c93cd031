// The parts that carry out service.h, each in a file of its own: people.cc, acts.cc, time.cc, showing.cc,
// public.cc.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/zone.h"
#include "ledger/document.h"
#include "ledger/ledger.h"
#include "service/authority.h"
#include "service/clock.h"
#include "service/directory.h"
#include "service/matters.h"
#include "service/service.h"

namespace lawbound::service {

class ServiceImpl final : public Service {
 public:
  ServiceImpl(std::string folder, Authority authority, ServiceOptions options, calendar::Zone zone);
  ~ServiceImpl() override;
  base::Status Start();

  base::Result<SignedIn> SignIn(std::string_view number, std::string_view password,
                                std::string_view code) override;
  std::optional<OfficialView> Session(std::string_view token, Language language) override;
  void SignOut(std::string_view token) override;

  base::Result<Work> MyWork(const Caller& caller, Language language) override;
  base::Result<MatterView> Matter(const Caller& caller, std::string_view matter, Language language) override;
  base::Result<std::vector<FieldChoice>> Beginnings(const Caller& caller, Language language) override;
  base::Result<ActForm> Form(const Caller& caller, const FormWish& wish, Language language) override;
  base::Result<ActAnswer> Do(const Caller& caller, const ActRequest& request, Language language) override;
  base::Status Look(const Caller& caller, std::string_view matter, std::string_view ground) override;
  base::Result<PartyCode> CodeFor(const Caller& caller, std::string_view matter,
                                  std::string_view label) override;
  base::Result<Paper> FindPaper(const Caller& caller, const PaperWish& wish, Language language) override;
  base::Result<Paper> KeepPaper(const Caller& caller, const PaperWish& wish, const PaperDraft& draft,
                                Language language) override;
  base::Result<std::string> MatterOfCode(std::string_view code) override;

  Figures Supervision(Language language) override;
  std::vector<CountedAct> ActsCounted(const FigureRow& row, Language language) override;
  std::vector<LateDuty> Overdue(Language language) override;
  std::vector<Published> Publications(Language language, const PublicationWish& wish) override;
  std::vector<Power> Powers(Language language) override;
  std::string Floor(Language language) override;
  base::Result<std::string> Receipt(const Caller& caller, std::uint64_t entry) override;
  base::Result<std::uint64_t> EntryOfPaper(std::string_view id) override;
  base::Result<std::string> LastCheckpoint() override;
  base::Result<std::vector<std::string>> LogKeys() override;

  Day Today() override;
  bool demonstration() const override { return options_.demonstration; }
  base::Status SetDay(Day day) override;
  base::Status Tick() override;
  base::Status SignRecord() override;

 private:
  // Who stands behind a Caller, once it was looked at.
  struct Who {
    std::optional<Official> official;
    std::string token;  // of the official's session
    std::string party;  // label, of a party
    std::string party_matter;
  };
  struct SessionState {
    std::string register_number;
    std::int64_t last_used = 0;    // by Clock::Going
    std::set<std::string> looked;  // matters that were looked at in it
  };
  struct Attempts {
    int wrong = 0;
    std::int64_t since = 0;  // by Clock::Going
  };
  // An act on its way: what is meant, and what follows from the directory.
  struct Meant {
    const Who& who;
    const ActRequest& request;
    MatterState& matter;
    Step step;
  };

  // time.cc
  Moment ByClock(std::int64_t seconds) const;
  Moment Now() const;  // of an act on its way
  base::Status TurnDay();
  base::Status Settle(MatterState& matter);

  // people.cc
  base::Result<Who> WhoIs(const Caller& caller);
  base::Result<Who> OfficialOnly(const Caller& caller);
  std::vector<std::string> RolesOf(const Official& official, const ServedPack& pack, std::string_view desk);
  static bool IsNamed(std::string_view register_number, const MatterState& matter);
  bool HasPart(const Who& who, const MatterState& matter);
  bool MayRead(const Who& who, const MatterState& matter);
  std::string CodeOf(const MatterState& matter, std::string_view label) const;

  // acts.cc
  base::Result<std::shared_ptr<MatterState>> MatterFor(const Who& who, const ActRequest& request);
  base::Status SetDoers(Meant& meant);
  base::Status SetOfficials(Meant& meant, const program::ActDef& act);
  base::Status SetCompanions(Meant& meant, const std::string& role);
  base::Status SetFields(Meant& meant, const program::ActDef& act);
  base::Status CheckMembers(const Meant& meant, const program::ActDef& act);
  base::Status SetHeld(Meant& meant);
  std::optional<ActAnswer> IsStale(const ActRequest& request, const MatterState& matter, Language language);
  base::Result<std::optional<ActAnswer>> AlreadyDone(const ActRequest& request, MatterState& matter,
                                                     Language language);
  base::Result<std::optional<ActAnswer>> SentBefore(const ActRequest& request, MatterState& matter,
                                                    Language language);
  // Everything up to the answer of the ledger.
  base::Result<ActAnswer> Try(const Who& who, const ActRequest& request, MatterState& matter,
                              Language language);
  base::Result<ActAnswer> Judge(Meant& meant, Language language);
  ActAnswer Refusal(const Meant& meant, const MatterHistory& tried, const gate::Gate::Decision& decision,
                    Language language);
  base::Result<std::shared_ptr<MatterState>> LeftBegun(const Who& who, const ActRequest& request);
  base::Result<std::uint64_t> Append(MatterState& matter, const Step& step, std::string request);
  base::Status Record(MatterState& matter, Step step, MatterHistory tried, std::string request);

  // papers.cc
  base::Result<std::shared_ptr<MatterState>> MatterOfPaper(const Who& who, const PaperWish& wish);
  bool ConcernsParty(const Who& who, const MatterState& matter, std::uint64_t entry) const;
  base::Result<std::optional<Paper>> ReadPaper(const PaperWish& wish, Language language);

  // way_out.cc
  // An act that a new matter will be about, as the record has it, and whom it concerns.
  struct Target {
    std::shared_ptr<MatterState> matter;
    Step step;
    std::string label;  // empty: nobody
  };
  base::Result<Target> FindTarget(const Who& who, std::string_view matter,
                                  std::optional<std::uint64_t> entry);
  base::Status TakeImage(const Who& who, const ActRequest& request, MatterState& matter);
  std::vector<WayOut> WaysOut(const Who& who, const MatterState& matter, Language language) const;
  void AddTarget(const Target& target, const ServedPack& pack, Language language, ActForm& form);

  // time.cc
  base::Status StateFloor();
  base::Status CatchUp(const std::shared_ptr<MatterState>& matter, Day today);
  base::Status RecordDeemed(MatterState& matter, Day today);
  base::Status SendSignals(MatterState& matter);
  // REQUIRES: the matter's mutex is held.
  base::Result<Outlook> OutlookOn(MatterState& matter, Day today);

  std::string OfficeTitle(std::string_view id, Language language) const;
  MatterLine LineOf(const MatterState& matter, Language language) const;

  const std::string folder_;
  const Authority authority_;
  ServiceOptions options_;
  const calendar::Zone zone_;
  std::string server_key_;
  Matters::Packs packs_;
  std::unique_ptr<Directory> directory_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<Matters> matters_;

  std::mutex sessions_mutex_;                                  // guards the two below
  std::map<std::string, SessionState, std::less<>> sessions_;  // by hash of the token
  std::map<std::string, Attempts, std::less<>> attempts_;      // by register number

  std::mutex papers_mutex_;  // guards the next
  std::optional<ledger::Documents> papers_;

  std::mutex signing_mutex_;
  std::uint64_t signed_size_ = 0;
  std::atomic<std::uint64_t> refused_{0};
  const Clock clock_;
  DayOfRecord day_;
};

}  // namespace lawbound::service
