#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/file.h"
#include "service/service_impl.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

ServiceImpl::ServiceImpl(std::string folder, Authority authority, ServiceOptions options, calendar::Zone zone)
    : folder_(std::move(folder)),
      authority_(std::move(authority)),
      options_(std::move(options)),
      zone_(std::move(zone)) {}

ServiceImpl::~ServiceImpl() = default;

Status ServiceImpl::Start() {
  ASSIGN_OR_RETURN(server_key_, ReadServerKey(folder_));
  ASSIGN_OR_RETURN(directory_, Directory::Open(folder_ + "/directory"));
  for (const PackPlace& place : authority_.packs) {
    ASSIGN_OR_RETURN(const std::string seal, base::ReadFile(place.seal, tlog::kMaxNoteBytes));
    ASSIGN_OR_RETURN(std::unique_ptr<ServedPack> pack,
                     ServedPack::Load(place.pages, authority_.calendars, seal, authority_.trusted));
    std::string path(pack->path());
    packs_[std::move(path)] = std::move(pack);
  }
  ASSIGN_OR_RETURN(ledger::Folder folder, ledger::Folder::Open(folder_ + "/ledger"));
  ASSIGN_OR_RETURN(ledger_, ledger::Ledger::Open(folder));
  ASSIGN_OR_RETURN(const ledger::Documents papers, ledger::Documents::Open(*ledger_));
  papers_.emplace(papers);
  ASSIGN_OR_RETURN(matters_, Matters::Read(folder, packs_));
  // A demonstration goes on where its record ends; the first day of one is asked of the clock.
  Day first =
      options_.demonstration ? matters_->last_day() : std::max(matters_->last_day(), matters_->last_stated());
  if (options_.demonstration && first == base::kFirstDay) first = ByClock(clock_.Look().seconds).day;
  day_.Turn([&](Day) { return first; });
  // With a full disk or a clock that is wrong it can be read, and says at each tick what is the matter.
  for (const Status& done : {Tick(), SignRecord()}) {
    if (!done.ok() && done.error().code != Errc::kUnavailable) return done.error();
  }
  return base::Ok();
}

Result<std::unique_ptr<Service>> Service::Open(const std::string& folder, ServiceOptions options) {
  ASSIGN_OR_RETURN(Authority authority, ReadAuthority(folder));
  ASSIGN_OR_RETURN(calendar::Zone zone, calendar::Zone::Load(authority.zone));
  auto out = std::make_unique<ServiceImpl>(folder, std::move(authority), std::move(options), std::move(zone));
  RETURN_IF_ERROR(out->Start());
  return std::unique_ptr<Service>(std::move(out));
}

}  // namespace lawbound::service
