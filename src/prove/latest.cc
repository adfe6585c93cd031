#include "prove/latest.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "engine/engine.h"
#include "engine/matter.h"
#include "prove/near_examples.h"

namespace lawbound::prove {

using base::Day;
using engine::DutyState;
using engine::Judgement;
using engine::Record;
using model::ActId;
using model::Batch;
using model::Entry;
using model::Outcome;
using model::SentenceId;
using model::Value;
using program::Side;

namespace {

constexpr std::int32_t kMostDaysAhead = 120;    // that an act announces a day
constexpr std::int32_t kMostDaysBeyond = 400;   // of the end of the time, looked at
constexpr std::int32_t kMostDaysWaited = 1500;  // for one act
constexpr std::int32_t kRestInARow = 12;        // days on end on which a step may not be lawful
constexpr std::size_t kMostCourses = 16;        // of one duty and act

// Whose time it is that an act takes: a party may wait, and everybody else comes as soon as may be.
Side SideOf(const program::Program& program, const Entry& entry) {
  return program.acts[entry.act.index()].side;
}

// How a field that holds a day follows the days of a course.
struct DayField {
  enum class Kind : std::uint8_t { kOwnDay, kWithStart, kAhead };
  Kind kind = Kind::kOwnDay;
  std::size_t value = 0;      // row of the values
  std::int32_t offset = 0;    // kWithStart: days from the beginning of the time
  std::size_t announces = 0;  // kAhead: the entry whose day it is; 0: none of the course
};

// One course, put on one set of days after another.
class Course {
 public:
  // `kept`: rows of the batch's entries; the last is the act that is owed.  `start`: place among them of the
  // act with which the time begins.
  Course(std::shared_ptr<const engine::Matter> matter, const Batch& batch, std::vector<std::uint32_t> kept,
         std::size_t start, SentenceId duty)
      : matter_(std::move(matter)),
        plan_(matter_->plan()),
        batch_(batch),
        kept_(std::move(kept)),
        start_(start),
        duty_(duty),
        values_(batch.values),
        history_(matter_->history()),
        days_(kept_.size()),
        before_(kept_.size()) {
    for (const std::uint32_t row : kept_) entries_.push_back(history_.entries[row]);
    history_.entries = entries_;
    history_.values = values_.data();
    for (std::size_t i = 0; i < entries_.size(); ++i) original_.push_back(entries_[i].day);
    FindDayFields();
  }
  Course(const Course&) = delete;
  Course& operator=(const Course&) = delete;

  std::size_t start() const { return start_; }
  std::size_t last() const { return entries_.size() - 1; }
  std::uint32_t row(std::size_t i) const { return kept_[i]; }
  const std::vector<std::uint32_t>& kept() const { return kept_; }
  const Entry& entry(std::size_t i) const { return entries_[i]; }
  // In the ids of the program given.
  ActId Given(std::size_t i) const { return batch_.entries[kept_[i]].act; }
  Side side(std::size_t i) const { return SideOf(plan_.program(), entries_[i]); }
  const engine::Plan& plan() const { return plan_; }
  Day day(std::size_t i) const { return days_[i]; }
  Day original_start() const { return original_[start_]; }
  SentenceId duty() const { return duty_; }

  // What came of the last time it was played.
  bool done() const { return done_; }  // the act that is owed was done, and meets the duty or comes too late
  bool in_time() const { return done_ && in_time_; }
  Day due() const { return due_; }
  calendar::Unit unit() const { return unit_; }
  std::size_t failed_at() const { return failed_at_; }

  using Fixed = std::vector<std::optional<Day>>;

  // Plays it from its first act on, the time beginning on `start`, everything as soon as may be but for what
  // is fixed.  Keeps the record before each act.
  bool Play(Day start, const Fixed& fixed, bool to_the_end) {
    Record record;
    record.Reset(plan_, history_);
    before_[0] = std::move(record);
    begins_ = start;
    return PlayFrom(0, fixed, to_the_end);
  }

  // Plays it again from one act on; what comes before stays on the days of the last time.
  // `to_the_end`: also when the time is over.
  bool PlayFrom(std::size_t first, const Fixed& fixed, bool to_the_end) {
    to_the_end_ = to_the_end;
    fixed_ = fixed;
    done_ = in_time_ = false;
    for (std::size_t i = first; i < entries_.size(); ++i) {
      failed_at_ = i;
      record_ = before_[i];
      if (!Place(i, fixed.empty() ? std::nullopt : fixed[i])) return false;
      engine::Engine engine(plan_, record_);
      engine.Judge(entries_[i], judgement_);
      engine.Apply(entries_[i], static_cast<std::uint32_t>(i), judgement_);
      if (record_.overrun) return false;
      days_[i] = entries_[i].day;
      if (i + 1 < entries_.size()) before_[i + 1] = record_;
    }
    return Finish();
  }

  // The first act before `i` that names the day of `i`; `i` where there is none.
  std::size_t AnnouncedBy(std::size_t i) const {
    for (std::size_t k = start_ + 1; k < i; ++k) {
      for (const DayField& field : fields_[k]) {
        if (field.kind == DayField::Kind::kAhead && field.announces == i) return k;
      }
    }
    return i;
  }

  // The matter as it was played, up to an act, which may be put on another day.
  Story StoryUpTo(std::size_t last, std::int32_t moved) const {
    Story story{.batch = batch_, .as_of = entries_[last].day + moved};
    story.batch.values = values_;
    story.batch.entries.clear();
    for (std::size_t i = 0; i <= last; ++i) {
      Entry entry = batch_.entries[kept_[i]];
      entry.day = entry.recorded = days_[i];
      if (i == last) entry.day = entry.recorded = days_[i] + moved;
      entry.minute = entries_[i].minute;
      story.batch.entries.push_back(entry);
    }
    for (const DayField& field : fields_[last]) {
      if (field.kind == DayField::Kind::kOwnDay) story.batch.values[field.value] += moved;
    }
    story.batch.cases.front().entries = static_cast<std::uint32_t>(last + 1);
    return story;
  }

  Timetable MakeTimetable(const Fixed& fixed) {
    Timetable table{
        .story = StoryUpTo(last(), 0), .start = begins_, .due = due_, .done = days_[last()], .whys = {}};
    for (std::size_t i = start_ + 1; i < entries_.size(); ++i) {
      if (side(i) == Side::kParty) {
        if (IsUnlawful(i, 1)) table.whys.push_back({static_cast<std::uint32_t>(i), StoryUpTo(i, 1)});
        continue;
      }
      bool announces = false;
      for (const DayField& field : fields_[i]) {
        if (field.kind != DayField::Kind::kAhead || values_[field.value] <= days_[i].number) continue;
        announces = true;
        Story sooner = StoryUpTo(i, 0);
        --sooner.batch.values[field.value];
        table.whys.push_back({static_cast<std::uint32_t>(i), std::move(sooner)});
      }
      const bool is_fixed = !fixed.empty() && fixed[i].has_value();
      if (announces || is_fixed || days_[i] <= days_[i - 1]) continue;
      if (IsUnlawful(i, -1)) table.whys.push_back({static_cast<std::uint32_t>(i), StoryUpTo(i, -1)});
    }
    return table;
  }

 private:
  void FindDayFields() {
    const program::Program& program = plan_.program();
    fields_.resize(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const program::ActDef& act = program.acts[entries_[i].act.index()];
      for (std::uint32_t f = act.fields.first; f < act.fields.end(); ++f) {
        if (program.fields[f].type != program::ValueType::kDay) continue;
        const std::size_t at = entries_[i].first_value + program.fields[f].place;
        if (values_[at] == model::kMissing) continue;
        const Day day{static_cast<std::int32_t>(values_[at])};
        const bool own = (act.dated && act.dated_field.value == f) || day == original_[i];
        DayField field{.kind = DayField::Kind::kOwnDay, .value = at, .offset = day - original_[start_]};
        if (!own) field.kind = DayField::Kind::kWithStart;
        if (!own && i > start_ && day > original_[i]) {
          field.kind = DayField::Kind::kAhead;
          for (std::size_t k = i + 1; k < entries_.size() && field.announces == 0; ++k) {
            if (original_[k] == day) field.announces = k;
          }
        }
        fields_[i].push_back(field);
      }
    }
  }

  void PutOn(std::size_t i, Day day) {
    entries_[i].day = entries_[i].recorded = day;
    // Of one day the later act does not bear an earlier time.
    entries_[i].minute = matter_->history().entries[kept_[i]].minute;
    if (i > 0 && entries_[i - 1].day == day && entries_[i].minute != base::kNoMinute)
      entries_[i].minute = std::max(entries_[i].minute, entries_[i - 1].minute);
    for (const DayField& field : fields_[i]) {
      if (field.kind == DayField::Kind::kOwnDay) values_[field.value] = day.number;
      if (field.kind == DayField::Kind::kWithStart) values_[field.value] = (begins_ + field.offset).number;
    }
  }

  bool IsLawful(std::size_t i) {
    engine::Engine(plan_, record_).Judge(entries_[i], judgement_);
    return judgement_.is_done_lawfully();
  }

  // Whether it may be done on a day; a day that it announces is then the first that may be.
  bool TryOn(std::size_t i, Day day) {
    engine::Engine(plan_, record_).Advance(day, base::kNoMinute);
    PutOn(i, day);
    if (record_.overrun) return false;
    const auto ahead = std::find_if(fields_[i].begin(), fields_[i].end(), [](const DayField& field) {
      return field.kind == DayField::Kind::kAhead;
    });
    if (ahead == fields_[i].end()) return IsLawful(i);
    if (!fixed_.empty() && ahead->announces != 0 && fixed_[ahead->announces]) {
      values_[ahead->value] = fixed_[ahead->announces]->number;
      return IsLawful(i);
    }
    for (std::int32_t days = 0; days <= kMostDaysAhead; ++days) {
      values_[ahead->value] = (day + days).number;
      if (IsLawful(i)) return true;
    }
    return false;
  }

  bool IsMissed() const { return record_.duties[duty_.index()].state == DutyState::State::kMissed; }

  bool Place(std::size_t i, std::optional<Day> fixed) {
    if (i <= start_) {
      const Day day = original_[i] + (begins_ - original_[start_]);
      return TryOn(i, day);
    }
    const Day from = days_[i - 1];
    if (fixed) return *fixed >= from && TryOn(i, *fixed);
    if (side(i) == Side::kParty) return PlaceLate(i, from);
    return PlaceSoon(i, from);
  }

  bool PlaceSoon(std::size_t i, Day from) {
    for (Day day = from; day - from <= kMostDaysWaited && day < base::kLastDay; day = day + 1) {
      if (TryOn(i, day)) return true;
      if (!to_the_end_ && IsMissed()) return false;
      if (IsMissed() && day - from > kMostDaysBeyond) return false;
    }
    return false;
  }

  // The last day on which a party may do it before the act that is owed could be done without it; at once
  // where that waits for something else anyway and no time is set.
  bool PlaceLate(std::size_t i, Day from) {
    if (!PlaceSoon(i, from)) return false;
    const Day first = entries_[i].day;
    const Record at_first = record_;
    std::optional<Day> late;
    for (Day day = first; day - first <= kMostDaysWaited; day = day + 1) {
      if (day > first && !TryOn(i, day)) {
        late = day - 1;  // its time is over
        break;
      }
      const Entry end = entries_[last()];
      const std::vector<Value> values = values_;
      const bool could = last() != i && TryOn(last(), day);
      entries_[last()] = end;
      values_ = values;
      history_.values = values_.data();
      if (could) {
        late = std::max(first, day - 1);
        break;
      }
      if (IsMissed()) break;
    }
    record_ = at_first;
    return TryOn(i, late.value_or(first));
  }

  bool IsUnlawful(std::size_t i, std::int32_t moved) {
    const Day day = days_[i];
    record_ = before_[i];
    const Entry entry = entries_[i];
    const std::vector<Value> values = values_;
    engine::Engine(plan_, record_).Advance(day + moved, base::kNoMinute);
    PutOn(i, day + moved);
    const bool lawful = IsLawful(i);
    entries_[i] = entry;
    values_ = values;
    history_.values = values_.data();
    return !lawful;
  }

  bool Finish() {
    const auto index = static_cast<std::uint32_t>(last());
    for (auto outcome = record_.outcomes.rbegin(); outcome != record_.outcomes.rend(); ++outcome) {
      if (outcome->sentence != duty_ || outcome->ground != model::Ground::kDuty || outcome->entry != index)
        continue;
      if (outcome->start != start_) return false;
      done_ = true;
      in_time_ = outcome->finding == model::Finding::kKept;
      due_ = outcome->due;
      const model::TermId term = plan_.program().sentences[duty_.index()].term;
      unit_ = record_.terms[term.index()].unit;
      return in_time_ || to_the_end_;
    }
    return false;
  }

  std::shared_ptr<const engine::Matter> matter_;
  const engine::Plan& plan_;
  const Batch& batch_;
  std::vector<std::uint32_t> kept_;
  std::size_t start_;
  SentenceId duty_;
  std::vector<Entry> entries_;
  std::vector<Value> values_;
  model::History history_;
  std::vector<Day> original_, days_;
  std::vector<std::vector<DayField>> fields_;
  std::vector<Record> before_;
  Record record_;
  Judgement judgement_;
  Fixed fixed_;
  Day begins_, due_;
  calendar::Unit unit_ = calendar::Unit::kDays;
  bool to_the_end_ = false, done_ = false, in_time_ = false;
  std::size_t failed_at_ = 0;
};

using Fixed = Course::Fixed;

// A way in which an example comes to the act that is owed.
struct Way {
  std::shared_ptr<const engine::Matter> matter;
  const Batch* batch = nullptr;
  std::vector<std::uint32_t> kept;
  std::size_t start = 0;
  SentenceId duty;  // in the ids of the matter
};

struct WaysOfAct {
  std::vector<Way> ways;
  bool without_start = false;
};

// How much is left of what a time leaves for a step; less is worse.
std::int32_t Left(const calendar::Calendar& calendar, calendar::Unit unit, const LastDay& last) {
  if (unit == calendar::Unit::kWorkingDays) return calendar.CountWorkingDays(last.start, last.day);
  if (unit == calendar::Unit::kDays) return last.day - last.start;
  return -(last.due - last.day);
}

class Finder {
 public:
  Finder(const engine::Plan& plan, const LatestOptions& options)
      : plan_(plan), program_(plan.program()), options_(options) {}

  std::vector<LatestDays> Find() {
    for (const Batch& example : options_.examples) {
      if (example.cases.size() == 1) LookAt(example);
    }
    std::vector<LatestDays> found;
    for (std::size_t row = 0; row < program_.sentences.size(); ++row) {
      const program::SentenceDef& sentence = program_.sentences[row];
      const bool owed = sentence.kind == program::SentenceDef::Kind::kMust && sentence.term &&
                        sentence.side == Side::kAuthority;
      if (!owed || options_.day < sentence.from || options_.day > sentence.until) continue;
      for (std::uint32_t i = sentence.acts.first; i < sentence.acts.end(); ++i)
        found.push_back(FindOf(SentenceId(row), program_.act_lists[i]));
    }
    return found;
  }

 private:
  // Every act in an example that met a duty, or came too late.
  void LookAt(const Batch& example) {
    const auto matter =
        std::make_shared<engine::Matter>(plan_, example.history(0), engine::Matter::Titles::kPlain);
    if (!matter->fits()) return;
    Record record;
    record.Reset(matter->plan(), matter->history());
    engine::Engine engine(matter->plan(), record);
    Judgement judgement;
    std::vector<std::uint32_t> lawful;
    const auto& entries = matter->history().entries;
    for (std::uint32_t i = 0; i < entries.size() && !record.overrun; ++i) {
      engine.Advance(entries[i].day, entries[i].minute);
      engine.Judge(entries[i], judgement);
      const bool is_lawful = judgement.is_done_lawfully();
      engine.Apply(entries[i], i, judgement);
      if (!is_lawful) continue;
      lawful.push_back(i);
      for (const SentenceId duty : matter->plan().duties[entries[i].act.index()])
        Note(matter, example, lawful, duty);
    }
  }

  // The act done last may meet the duty, in time or not: whether it does is asked when it is played.
  void Note(const std::shared_ptr<const engine::Matter>& matter, const Batch& example,
            const std::vector<std::uint32_t>& lawful, SentenceId duty) {
    const program::Program& unfolded = matter->plan().program();
    const program::SentenceDef& sentence = unfolded.sentences[duty.index()];
    const auto& entries = matter->history().entries;
    const std::uint32_t last = lawful.back();
    Outcome outcome;
    outcome.sentence = duty;
    outcome.act = entries[last].act;
    const SentenceId folded = matter->Folded(outcome).sentence;
    WaysOfAct& of = ways_[{folded.value, example.entries[last].act.value}];
    if (!sentence.term) return;
    const base::Range<program::EventDef> starts = unfolded.terms[sentence.term.index()].starts;
    std::optional<std::size_t> start;
    for (std::size_t i = 0; i + 1 < lawful.size(); ++i) {
      for (std::uint32_t event = starts.first; event < starts.end(); ++event) {
        const program::EventDef& from = unfolded.events[event];
        if (from.kind == program::EventDef::Kind::kAct && entries[lawful[i]].act == from.act) start = i;
      }
    }
    if (!start) {
      of.without_start = true;
      return;
    }
    of.ways.push_back({.matter = matter, .batch = &example, .kept = lawful, .start = *start, .duty = duty});
  }

  std::unique_ptr<Course> Make(const Way& way) const {
    return std::make_unique<Course>(way.matter, *way.batch, way.kept, way.start, way.duty);
  }

  // A day on which the course can begin, from the day of the law on.
  std::optional<Day> Begin(Course& course) const {
    for (std::int32_t days = 0; days < kRestInARow; ++days) {
      if (course.Play(options_.day + days, {}, true)) return options_.day + days;
    }
    return std::nullopt;
  }

  // Without the acts that are not needed: of the authorities those without which it is done as soon, of
  // parties those without which no more time is left.
  std::unique_ptr<Course> Shortened(Way way) const {
    std::unique_ptr<Course> course = Make(way);
    const std::optional<Day> begin = Begin(*course);
    if (!begin) return nullptr;
    course->Play(*begin, {}, true);
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = course->last(); i-- > 0;) {
        if (i == course->start()) continue;
        Way shorter = way;
        shorter.kept.erase(shorter.kept.begin() + static_cast<std::ptrdiff_t>(i));
        if (i < shorter.start) --shorter.start;
        std::unique_ptr<Course> without = Make(shorter);
        if (!without->Play(*begin, {}, true)) continue;
        const Day done = course->day(course->last()), sooner = without->day(without->last());
        const bool needed =
            course->side(i) == Side::kParty ? without->due() - sooner > course->due() - done : sooner > done;
        if (needed) continue;
        way = std::move(shorter);
        course = std::move(without);
        again = true;
      }
    }
    return course;
  }

  // Whether it is a finding: it takes no time of its own, and is no step.
  static bool IsFound(const Course& course, std::size_t i) {
    return course.plan().program().acts[course.entry(i).act.index()].kind == program::ActDef::Kind::kFinding;
  }

  // What a party may do that none of the ways shows, but for what rests on the act that is owed.
  std::vector<ActId> NotShown(const std::vector<Way>& ways, ActId owed) const {
    std::vector<std::uint8_t> known(program_.acts.size(), 0);
    known[owed.index()] = 1;
    for (bool more = true; more;) {
      more = false;
      for (std::size_t act = 0; act < known.size(); ++act) {
        const auto& on = program_.acts[act].rests_on;
        if (known[act] != 0 || on.empty()) continue;
        const auto first = program_.act_lists.begin() + on.first;
        if (!std::all_of(first, first + on.count, [&](ActId one) { return known[one.index()] != 0; }))
          continue;
        known[act] = 1;
        more = true;
      }
    }
    for (const Way& way : ways) {
      for (const std::uint32_t row : way.kept) known[way.batch->entries[row].act.index()] = 1;
    }
    std::vector<ActId> acts;
    for (std::size_t act = 0; act < known.size(); ++act) {
      if (known[act] == 0 && program_.acts[act].side == Side::kParty) acts.push_back(ActId(act));
    }
    return acts;
  }

  LatestDays FindOf(SentenceId duty, ActId act) {
    LatestDays found{.duty = duty, .act = act};
    const WaysOfAct& of = ways_[{duty.value, act.value}];
    std::unique_ptr<Course> worst;
    std::set<std::vector<std::uint32_t>> seen, courses;
    for (const Way& way : of.ways) {
      std::vector<std::uint32_t> acts{static_cast<std::uint32_t>(way.start)};
      for (const std::uint32_t row : way.kept) acts.push_back(way.batch->entries[row].act.value);
      if (seen.size() >= kMostCourses || !seen.insert(std::move(acts)).second) continue;
      std::unique_ptr<Course> course = Shortened(way);
      if (course == nullptr) continue;
      std::vector<std::uint32_t> left;
      for (std::size_t i = course->start(); i <= course->last(); ++i) {
        if (!IsFound(*course, i)) left.push_back(course->Given(i).value);
      }
      courses.insert(std::move(left));
      const auto slack = [](const Course& one) { return one.due() - one.day(one.last()); };
      const bool worse = worst == nullptr || slack(*course) < slack(*worst) ||
                         (slack(*course) == slack(*worst) && course->last() < worst->last());
      if (worse) worst = std::move(course);
    }
    found.courses = courses.size();
    found.not_shown = NotShown(of.ways, act);
    if (worst == nullptr) {
      found.doubt =
          of.without_start && of.ways.empty() ? LatestDays::Doubt::kNoStart : LatestDays::Doubt::kNoCourse;
      return found;
    }
    Decide(*worst, found);
    return found;
  }

  void Decide(Course& course, LatestDays& found) const {
    using Answer = LatestDays::Answer;
    using Doubt = LatestDays::Doubt;
    found.unit = course.unit();
    for (std::size_t i = course.start() + 1; i < course.last(); ++i) {
      const ActId act = course.Given(i);
      const bool known = std::find(found.parties.begin(), found.parties.end(), act) != found.parties.end();
      if (course.side(i) == Side::kParty && !known) found.parties.push_back(act);
    }
    if (found.unit == calendar::Unit::kHours) {
      found.answer = course.start() + 1 == course.last() ? Answer::kOnLastDay : Answer::kNotDecided;
      if (found.answer == Answer::kNotDecided) found.doubt = Doubt::kHours;
      return;
    }
    const model::TermId term = course.plan().program().sentences[course.duty().index()].term;
    const calendar::Counting& counting =
        course.plan().counting(course.plan().program().terms[term.index()].counting);
    if (counting.calendar == nullptr ||
        counting.calendar->last_published() < counting.calendar->first_published()) {
      found.doubt = Doubt::kCalendar;
      return;
    }
    Sweep(course, *counting.calendar, found);
  }

  LastDay LastDayOf(const calendar::Calendar& calendar, Day start, Day due, Day day) const {
    LastDay last{.start = start, .due = due, .day = day, .holidays = {}};
    for (Day at = day + 1; at <= due; at = at + 1) {
      if (calendar.Source(at).empty()) continue;
      std::string name = calendar.Reason(at);
      if (calendar.IsWorkingDay(at)) name.clear();  // made up for one that is named or lies outside
      if (std::find(last.holidays.begin(), last.holidays.end(), name) == last.holidays.end())
        last.holidays.push_back(std::move(name));
    }
    return last;
  }

  // Whether the step leaves enough time on a day.  REQUIRES: the course was played from its beginning.
  static bool LeavesTime(Course& course, std::size_t step, Day day) {
    Fixed fixed(course.last() + 1);
    fixed[step] = day;
    return course.PlayFrom(course.AnnouncedBy(step), fixed, false);
  }

  // The last day on which it does, from the end of the time backwards; nothing: on none.
  static std::optional<Day> LastOf(Course& course, std::size_t step, Day due) {
    for (Day day = due; day >= course.day(step - 1) && day > due - kMostDaysWaited; day = day - 1) {
      if (LeavesTime(course, step, day)) return day;
      if (course.AnnouncedBy(step) == step && day < course.day(step - 1)) break;
    }
    return std::nullopt;
  }

  // The same, where it is likely to be near a day.
  static std::optional<Day> LastNear(Course& course, std::size_t step, Day due, Day guess) {
    Day day = std::min(guess, due);
    if (!LeavesTime(course, step, day)) {
      while (day >= course.day(step - 1)) {
        day = day - 1;
        if (LeavesTime(course, step, day)) return day;
      }
      return std::nullopt;
    }
    for (std::int32_t ahead = 1; ahead <= kRestInARow && day + ahead <= due; ++ahead) {
      if (LeavesTime(course, step, day + ahead)) {
        day = day + ahead;
        ahead = 0;
      } else if (course.failed_at() > step) {
        break;  // lawful then, but too late
      }
    }
    return day;
  }

  void Sweep(Course& course, const calendar::Calendar& calendar, LatestDays& found) const {
    using Answer = LatestDays::Answer;
    const Day year_before = base::ToDay({base::FromDay(options_.day).year - 1, 1, 1});
    const Day begin = std::max(calendar.first_published(), options_.first_start.value_or(year_before));
    std::vector<LatestStep> steps(course.last() + 1);
    std::vector<std::optional<Day>> guess(course.last() + 1);
    std::optional<Day> soonest;  // beginning after which it takes least
    std::optional<Day> too_short;
    bool any = false;
    for (std::size_t n = 0; n < options_.starts; ++n) {
      const Day start = begin + static_cast<std::int32_t>(n);
      if (start > calendar.last_published() || !IsSameLaw(program_, start, options_.day)) continue;
      if (!course.Play(start, {}, true) || !calendar.IsPublished(course.due())) continue;
      const Day due = course.due(), done = course.day(course.last());
      if (!IsSameLaw(program_, std::max(due, done), options_.day)) continue;
      if (found.starts++ == 0) found.first_start = start;
      found.last_start = start;
      if (!soonest || done - start < found.least) {
        soonest = start;
        found.least = done - start;
      }
      if (!course.in_time()) {
        ++found.too_short;
        if (!too_short) too_short = start;
        continue;
      }
      bool on_last = false;
      for (std::size_t i = course.start() + 1; i < course.last(); ++i) {
        if (course.side(i) == Side::kParty || course.side(i) == Side::kLaw || IsFound(course, i)) continue;
        std::optional<Day> last = due;
        if (!on_last) {
          course.Play(start, {}, true);
          last = guess[i] ? LastNear(course, i, due, *guess[i] + 1) : LastOf(course, i, due);
          if (!last) continue;
          guess[i] = last;
          on_last = *last == due;
        }
        const LastDay one = LastDayOf(calendar, start, due, *last);
        LatestStep& step = steps[i];
        const std::int32_t left = Left(calendar, found.unit, one);
        if (step.entry == 0 || left < Left(calendar, found.unit, step.worst)) step.worst = one;
        if (one.holidays.empty() && (!step.ordinary || left < Left(calendar, found.unit, *step.ordinary)))
          step.ordinary = one;
        step.entry = static_cast<std::uint32_t>(i);
        any = any || *last < due;
      }
    }
    if (found.starts == 0) {
      found.doubt = LatestDays::Doubt::kLimit;
      return;
    }
    for (const LatestStep& step : steps) {
      if (step.entry != 0) found.steps.push_back(step);
    }
    found.answer = found.too_short == found.starts ? Answer::kImpossible
                   : found.too_short > 0           ? Answer::kSometimes
                   : any                           ? Answer::kSteps
                                                   : Answer::kOnLastDay;
    if (found.answer == Answer::kImpossible || !any) {
      course.Play(too_short.value_or(*soonest), {}, true);
      found.worst = course.MakeTimetable({});
      course.Play(*soonest, {}, true);
      found.ordinary = course.MakeTimetable({});
      return;
    }
    for (LatestStep& step : found.steps) {
      if (step.worst.day == step.worst.due) continue;
      found.first_step = step.entry;
      Confirm(course, calendar, step.worst, step.entry, found.worst, nullptr);
      if (step.ordinary)
        Confirm(course, calendar, *step.ordinary, step.entry, found.ordinary, &found.one_day_late);
      break;
    }
    if (too_short) {
      course.Play(*too_short, {}, true);
      found.worst = course.MakeTimetable({});
    }
  }

  // The day of the step found again, backwards from the end of the time, and the course on these days.
  void Confirm(Course& course, const calendar::Calendar& calendar, LastDay& last, std::size_t step,
               std::optional<Timetable>& table, std::optional<Day>* one_day_late) const {
    course.Play(last.start, {}, true);
    const std::optional<Day> day = LastOf(course, step, last.due);
    if (!day) return;
    last = LastDayOf(calendar, last.start, last.due, *day);
    Fixed fixed(course.last() + 1);
    if (one_day_late != nullptr) {
      fixed[step] = *day + 1;
      course.Play(last.start, fixed, true);
      if (course.done()) *one_day_late = course.day(course.last());
    }
    fixed[step] = *day;
    course.Play(last.start, fixed, false);
    table = course.MakeTimetable(fixed);
  }

  const engine::Plan& plan_;
  const program::Program& program_;
  const LatestOptions& options_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, WaysOfAct> ways_;
};

}  // namespace

std::vector<LatestDays> FindLatestDays(const engine::Plan& plan, const LatestOptions& options) {
  return Finder(plan, options).Find();
}

}  // namespace lawbound::prove
