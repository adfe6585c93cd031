// What comes with the clock: acts by law, signals to other matters, the daily statement of the floor, the
// signature under the record.
#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

#include "engine/matter.h"
#include "ledger/box.h"
#include "ledger/floor.h"
#include "program/standing.h"
#include "service/outlook.h"
#include "service/service_impl.h"
#include "service/telling.h"

namespace lawbound::service {

using base::Errc;
using base::Error;
using base::Result;
using base::Status;

Moment ServiceImpl::ByClock(std::int64_t seconds) const {
  if (options_.clock) return options_.clock();
  constexpr std::int64_t kDay = 86'400;
  const std::int64_t local = seconds + zone_.OffsetAt(seconds);
  return {.day = {static_cast<std::int32_t>(local / kDay)},
          .minute = static_cast<base::Minute>(local % kDay / 60)};
}

Moment ServiceImpl::Now() const {
  constexpr base::Minute kLastMinute = 1439;
  Moment now = ByClock(clock_.Look().seconds);
  // An act on its way at midnight is of the day on which it set out.
  if (!options_.demonstration && now.day > day_.now()) now.minute = kLastMinute;
  now.day = day_.now();
  return now;
}

Day ServiceImpl::Today() {
  const Clock::Reading clock = clock_.Look();
  if (!options_.demonstration && clock.jump == 0) day_.TurnIfFree(ByClock(clock.seconds).day);
  return day_.now();
}

// The record goes by the clock of the machine, and by none that is wrong: what a day brings about by law
// cannot be taken back, and after one entry of next year every later day would be next year.
Status ServiceImpl::TurnDay() {
  if (options_.demonstration) return base::Ok();
  const Clock::Reading clock = clock_.Look();
  if (clock.jump != 0 && !options_.clock) {
    constexpr std::int64_t kMinutesOfDay = 1440;
    const std::int64_t minutes = (std::abs(clock.jump) + 30) / 60;
    return Error{Errc::kUnavailable,
                 fmt::format("the clock of this machine jumped {} by {} days {} hours {} minutes: nothing is "
                             "recorded until it is right again; if it is right now, start the server anew",
                             clock.jump > 0 ? "ahead" : "back", minutes / kMinutesOfDay,
                             minutes % kMinutesOfDay / 60, minutes % 60)};
  }
  const Day today = ByClock(clock.seconds).day;
  if (today < day_.now())
    return Error{
        Errc::kUnavailable,
        fmt::format("the clock of this machine says {}, and the record goes to {} already: nothing is "
                    "recorded until the clock is right",
                    base::PrintDay(today), base::PrintDay(day_.now()))};
  if (today > day_.now()) day_.Turn([&](Day now) { return std::max(now, today); });
  return base::Ok();
}

Status ServiceImpl::SetDay(Day day) {
  if (!options_.demonstration)
    return Error{Errc::kInvalid, "the day is the calendar's: only a demonstration sets it"};
  if (day > base::kLastDay - 36'600) return Error{Errc::kInvalid, "so far ahead nothing is counted"};
  Day last;
  day_.Turn([&](Day now) {
    last = matters_->last_day();
    return day < last ? now : day;
  });
  if (day < last)
    return Error{Errc::kInvalid,
                 fmt::format("the day does not go back behind what is recorded on {}", base::PrintDay(last))};
  return Tick();
}

// What the law deems done and the ledger does not have yet.  The engine deems it itself whenever the matter
// is folded; the entry says on what day that was seen, and gives it a receipt.
Status ServiceImpl::RecordDeemed(MatterState& matter, Day today) {
  RETURN_IF_ERROR(matters_->Load(matter));
  const engine::Plan& plan = matter.pack->gate().plan();
  const engine::Matter folded(plan, matter.history->history(), engine::Matter::Titles::kPlain);
  if (!folded.fits()) return Error{Errc::kLimit, "the matter has more members than are taken"};
  engine::Record record;
  engine::Fold(folded.plan(), folded.history(), record, today, today);
  matter.outlook = LookAhead(matter, folded, record);
  std::vector<std::size_t> recorded;
  for (std::size_t i = 0; i < matter.steps.size(); ++i) {
    if (matter.steps[i].deemed) recorded.push_back(i);
  }
  for (const engine::Done& done : record.done) {
    if (!done.deemed) continue;
    const model::ActId act = folded.ActOf(done.act);
    const std::string label(folded.NameOf(folded.PartOf(done.act)));
    const auto known = std::ranges::find_if(recorded, [&](std::size_t i) {
      const Step& step = matter.steps[i];
      return step.act == matter.pack->Name(act) && step.day == done.day &&
             (label.empty() || (!step.values.empty() && step.values[0].second == std::vector{label}));
    });
    if (known != recorded.end()) {
      recorded.erase(known);
      continue;
    }
    Step step{.act = std::string(matter.pack->Name(act)),
              .day = done.day,
              .recorded = today,
              .office = std::string(kLawOffice),
              .verdict = "by law",
              .deemed = true};
    const program::ActDef& def = matter.pack->program().acts[act.index()];
    if (def.member && !label.empty()) {
      const program::FieldDef& field = matter.pack->program().fields[def.member.index()];
      step.values.emplace_back(matter.pack->program().string(field.name), std::vector{label});
    }
    // The same act by law of the same day is one, however often it is looked for.
    std::string request =
        fmt::format("deemed {} {} {} {}", matter.id, step.act, base::PrintDay(step.day), label);
    constexpr std::size_t kMostRequest = 200;
    if (request.size() > kMostRequest) request = "deemed " + ledger::Hex(tlog::Sha256(request).view());
    ASSIGN_OR_RETURN(step.entry, Append(matter, step, std::move(request)));
    Matters::Add(matter, std::move(step), std::nullopt);
  }
  return base::Ok();
}

namespace {

// What one matter says of the act of another that it is about, in the order in which it was said.
struct Said {
  program::Standing standing = program::Standing::kNone;
  Day day;
  std::size_t step = 0;  // number of the history's entry with which it was said
};

std::vector<Said> WhatIsSaid(const ServedPack& pack, const model::History& history, Day today) {
  std::vector<Said> out;
  const engine::Matter matter(pack.gate().plan(), history, engine::Matter::Titles::kPlain);
  const program::Program& program = matter.plan().program();
  engine::Record record;
  record.Reset(matter.plan(), matter.history());
  engine::Engine engine(matter.plan(), record);
  engine::Judgement judgement;
  std::uint16_t said = 0;
  const auto look = [&](Day day, std::size_t step) {
    std::uint16_t now = 0;
    for (const engine::Done& done : record.done) {
      if (program.acts[done.act.index()].kind == program::ActDef::Kind::kTarget) now |= done.said;
    }
    for (unsigned bit = 1; bit < 16; ++bit) {
      if ((now >> bit & 1U) != 0 && (said >> bit & 1U) == 0)
        out.push_back({.standing = static_cast<program::Standing>(bit), .day = day, .step = step});
    }
    said = now;
  };
  // Day by day where something falls due, so that what is said by a lapse has its day.
  const auto advance = [&](Day day, base::Minute minute, std::size_t step) {
    while (record.next_due < day) {
      const Day due = record.next_due;
      engine.Advance(due + 1);
      look(due, step);
    }
    engine.Advance(day, minute);
    look(day, step);
  };
  const auto& entries = matter.history().entries;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    advance(entries[i].day, entries[i].minute, i == 0 ? 0 : entries[i - 1].number);
    engine.Judge(entries[i], judgement);
    engine.Apply(entries[i], i, judgement);
    look(entries[i].day, entries[i].number);
  }
  advance(today, base::kNoMinute, entries.empty() ? 0 : entries.back().number);
  return out;
}

}  // namespace

// "target is set aside" enters the other matter as the act by law `set-aside`, with the fields of that name
// that were entered here last.  What was sent before is found in the other matter itself, so a server that
// ended between the two entries sends the rest when it is back.
Status ServiceImpl::SendSignals(MatterState& matter) {
  if (matter.steps.empty() || matter.steps.front().linked.empty()) return base::Ok();
  const Step& first = matter.steps.front();
  const std::shared_ptr<MatterState> target = matters_->Find(LinkedMatter(first));
  if (target == nullptr) return Error{Errc::kCorrupt, "the matter under review is not there"};
  const std::vector<Said> all = WhatIsSaid(*matter.pack, matter.history->history(), Today());
  if (all.empty()) return base::Ok();
  // A matter is younger than its target, so locks are taken in one order.
  const std::lock_guard<std::mutex> lock(target->mutex);
  RETURN_IF_ERROR(matters_->Load(*target));
  std::vector<std::string> sent;
  for (const Step& step : target->steps) {
    if (step.linked == matter.id) sent.push_back(step.act);
  }
  std::size_t number = sent.size();
  for (const Said& said : all) {
    const model::ActId act = target->pack->FindAct(SignalName(said.standing));
    if (!act) continue;  // a pack that does not read it has no such act; the image remembers
    if (const auto known = std::ranges::find(sent, SignalName(said.standing)); known != sent.end()) {
      sent.erase(known);
      continue;
    }
    const program::ActDef& def = target->pack->program().acts[act.index()];
    Step step{.act = SignalName(said.standing),
              .day = said.day,
              .recorded = Today(),
              .office = std::string(kLawOffice),
              .verdict = "by law",
              .linked = matter.id};
    for (std::uint32_t i = def.fields.first; i < def.fields.end(); ++i) {
      const program::FieldDef& field = target->pack->program().fields[i];
      const std::string name(target->pack->program().string(field.name));
      if (def.member == model::FieldId(i)) {
        if (!LinkedLabel(first).empty()) step.values.emplace_back(name, std::vector{LinkedLabel(first)});
        continue;
      }
      for (std::size_t s = matter.step_of[said.step] + 1; s-- > 0;) {
        const std::vector<std::string>* value = matter.steps[s].FindValue(name);
        if (value == nullptr || matter.steps[s].act == first.act) continue;
        step.values.emplace_back(name, *value);
        break;
      }
    }
    MatterHistory tried = *target->history;
    RETURN_IF_ERROR(tried.Add(step));
    RETURN_IF_ERROR(
        Record(*target, std::move(step), std::move(tried), fmt::format("signal {} {}", matter.id, ++number)));
    if (Status done = RecordDeemed(*target, Today()); !done.ok()) {
      target->outlook.next_due = base::kFirstDay;
      return done;
    }
  }
  return base::Ok();
}

// A matter that was not caught up with today is folded for whoever asks, and what that brings along is left
// to the next tick.
Result<Outlook> ServiceImpl::OutlookOn(MatterState& matter, Day today) {
  if (matter.outlook.next_due >= today) return matter.outlook;
  RETURN_IF_ERROR(matters_->Load(matter));
  const engine::Matter folded(matter.pack->gate().plan(), matter.history->history(),
                              engine::Matter::Titles::kPlain);
  if (!folded.fits()) return Error{Errc::kLimit, "the matter has more members than are taken"};
  engine::Record record;
  engine::Fold(folded.plan(), folded.history(), record, today, today);
  return LookAhead(matter, folded, record);
}

Status ServiceImpl::CatchUp(const std::shared_ptr<MatterState>& matter, Day today) {
  const std::lock_guard<std::mutex> lock(matter->mutex);
  if (matter->outlook.next_due >= today) return base::Ok();
  RETURN_IF_ERROR(matters_->Load(*matter));
  return Settle(*matter);
}

// What an act or a day brings along.  What the disk does not take now is due again at the next tick.
Status ServiceImpl::Settle(MatterState& matter) {
  Status done = RecordDeemed(matter, day_.now());
  if (done.ok()) done = SendSignals(matter);
  if (!done.ok()) matter.outlook.next_due = base::kFirstDay;
  return done;
}

Status ServiceImpl::Tick() {
  RETURN_IF_ERROR(TurnDay());
  const DayOfRecord::Stay stay(day_);
  const Day today = day_.now();
  Status first = base::Ok();
  for (const std::shared_ptr<MatterState>& matter : matters_->All()) {
    Status done = CatchUp(matter, today);
    if (done.ok()) continue;
    const bool nothing_goes = done.error().code == Errc::kUnavailable;
    if (first.ok()) first = std::move(done).error().With(fmt::format("matter {}", matter->id));
    if (nothing_goes) break;  // what is wrong with one matter keeps no other from its day
  }
  if (!first.ok()) return first;
  // The first day of a demonstration is set before anything is recorded.
  if (options_.demonstration && matters_->size() == 0) return base::Ok();
  return StateFloor();
}

Status ServiceImpl::SignRecord() {
  const std::lock_guard<std::mutex> lock(signing_mutex_);
  const std::uint64_t size = ledger_->size();
  if (size == signed_size_) return base::Ok();
  RETURN_IF_ERROR(ledger_->SignCheckpoint());
  signed_size_ = size;
  return base::Ok();
}

}  // namespace lawbound::service
