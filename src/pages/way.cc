#include "pages/way.h"

#include <algorithm>

namespace lawbound::pages {
namespace {

using service::MatterView;
using service::PossibleAct;
using service::TimelineEvent;

// An act that was done, however often, where it was done last.
struct Station {
  std::string title;
  std::vector<std::string> days;
  bool by_law = false;
};

constexpr std::size_t kMostDays = 3;    // named of one act that was done often
constexpr std::size_t kMostLater = 12;  // shown without opening the rest

std::vector<Station> StationsDone(const Visit& visit, const MatterView& matter) {
  std::vector<Station> out;
  for (const TimelineEvent& event : matter.timeline) {
    if (event.act.empty() || event.verdict == "unlawful" || event.verdict == "no effect") continue;
    const std::string& title = event.title;
    const auto known = std::ranges::find(out, title, &Station::title);
    Station station = known == out.end() ? Station{title, {}, false} : std::move(*known);
    if (known != out.end()) out.erase(known);
    station.days.push_back(visit.Day(event.day));
    station.by_law |= event.deemed;
    out.push_back(std::move(station));
  }
  return out;
}

// In whose part it lies stands in its title already.
std::string TitleOf(const Visit& visit, const PossibleAct& act) {
  const bool said = act.party.empty() || act.title.find(act.party) != std::string::npos;
  return said ? act.title : visit.Say(Phrase::kColon, {act.party, act.title});
}

void WriteStation(Page& page, std::string_view kind, const std::string& title, const std::string& state,
                  const std::string& note) {
  const std::string classes = "lb-way__stop lb-way__stop--" + std::string(kind);
  const auto item = page.html().Open("li", {{"class", classes}});
  page.html().Run("span", title, {{"class", "lb-way__title"}});
  page.html().Text(" ");
  page.html().Run("span", state, {{"class", "lb-way__state"}});
  if (!note.empty()) page.html().Run("span", note, {{"class", "lb-small"}});
}

void WriteDone(Page& page, const std::vector<Station>& done) {
  const Visit& visit = page.visit();
  for (const Station& station : done) {
    std::string days;
    const std::size_t first = station.days.size() > kMostDays ? station.days.size() - kMostDays : 0;
    for (std::size_t i = first; i < station.days.size(); ++i)
      days += days.empty() ? station.days[i] : visit.Say(Phrase::kComma, {"", station.days[i]});
    WriteStation(page, "done", station.title,
                 visit.Say(station.by_law ? Phrase::kWayByLaw : Phrase::kWayDone), days);
  }
}

void WriteLater(Page& page, const std::vector<const PossibleAct*>& later) {
  const Visit& visit = page.visit();
  const auto list = page.html().Open("ol", {{"class", "lb-way"}});
  for (const PossibleAct* act : later) {
    std::string note;
    if (act->from) {
      note = visit.Say(Phrase::kWayFrom, {visit.Day(*act->from)});
    } else if (!act->after.empty()) {
      std::string after;
      for (const std::string& title : act->after)
        after += after.empty() ? title : visit.Say(Phrase::kComma, {"", title});
      note = visit.Say(Phrase::kWayAfter, {after});
    }
    WriteStation(page, "later", TitleOf(visit, *act),
                 visit.Say(act->answer == "cannot tell" ? Phrase::kWayUnknown : Phrase::kWayLater), note);
  }
}

}  // namespace

void WriteWay(Page& page, const MatterView& matter) {
  const Visit& visit = page.visit();
  page.Section(visit.Say(Phrase::kWay), "way");
  std::vector<const PossibleAct*> now, later;
  const std::vector<Station> done = StationsDone(visit, matter);
  for (const PossibleAct& act : matter.possible) {
    // What was done may mostly be done again; that is no news of where the matter stands.
    const bool again = std::ranges::find(done, act.title, &Station::title) != done.end();
    if (act.answer == "lawful" && !again) now.push_back(&act);
    if (act.answer != "lawful") later.push_back(&act);
  }
  // What has a day comes first, then what hangs on another act.
  std::ranges::stable_sort(later, [](const PossibleAct* a, const PossibleAct* b) {
    return a->from.value_or(base::kLastDay) < b->from.value_or(base::kLastDay);
  });
  {
    const auto list = page.html().Open("ol", {{"class", "lb-way"}});
    WriteDone(page, done);
    WriteStation(page, "here", visit.Say(Phrase::kWayHere),
                 matter.line.closed ? visit.Say(Phrase::kClosed) : visit.Day(matter.today), "");
    for (const PossibleAct* act : now)
      WriteStation(page, "now", TitleOf(visit, *act), visit.Say(Phrase::kWayNow),
                   visit.Say(Phrase::kWayBy, {act->by}));
  }
  if (later.empty()) return;
  const auto details = page.Details(visit.Say(Phrase::kWayNext), later.size() <= kMostLater);
  const auto text = page.html().Open("div", {{"class", "govuk-details__text"}});
  WriteLater(page, later);
}

}  // namespace lawbound::pages
