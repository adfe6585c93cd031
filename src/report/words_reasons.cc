// The words of an explanation: how a duty and its time came about, what was missed, what follows.

#include <fmt/format.h>

#include "base/check.h"
#include "program/names.h"
#include "program/standing.h"
#include "report/say.h"
#include "report/words.h"

namespace lawbound::report::words {

std::string DutyArose(Tongue tongue, const std::vector<std::string>& acts, Day day, std::string_view with) {
  const std::string what = Titles(tongue, acts);
  const std::string on = LongDate(tongue, day);
  if (with.empty()) return Say(tongue, "The duty to do {0} arose on {1}.", "{1}起应当办理{0}。", what, on);
  return Say(tongue, "The duty to do {0} arose on {1} with {2}.", "因{2}，{1}起应当办理{0}。", what, on,
             Quoted(with));
}

std::string TermStarts(Tongue tongue, std::string_view length, Day start, Day nominal, bool first_day_counts,
                       bool again) {
  if (tongue == Tongue::kChinese) {
    return fmt::format("{}自{}起{}（当日{}），至{}届满。", again ? "期限重新计算：" : "期限：",
                       LongDate(tongue, start), length, first_day_counts ? "计入" : "不计",
                       LongDate(tongue, nominal));
  }
  return fmt::format("{}: {} from {} (the first day {}): full on {}.", again ? "Term, started anew" : "Term",
                     length, LongDate(start), first_day_counts ? "is counted" : "is not counted",
                     LongDate(nominal));
}

std::string TermUnknown(Tongue tongue, Day start) {
  return Say(tongue, "The term runs from {}; how long it is cannot be told.", "期限自{}起算，长短无法判断。",
             LongDate(tongue, start));
}

std::string CountsFrom(Tongue tongue, Day start) {
  return Say(tongue, "The days are counted from {} on, without an end.", "自{}起计算天数，没有终点。",
             LongDate(tongue, start));
}

std::string Moment(Tongue tongue, Day day, std::int64_t minute) {
  return Say(tongue, "{} at {}", "{} {}", LongDate(tongue, day), Clock(minute));
}

std::string HoursRun(Tongue tongue, std::string_view length, std::string_view start, std::string_view last,
                     bool sure) {
  if (sure)
    return Say(tongue, "Term: {0} from {1}: in time until {2}.", "期限：自{1}起{0}，至{2}止。", length, start,
               last);
  return Say(
      tongue,
      "Term: {} from a time of day that is not known, {} at the earliest: over after {} at the latest.",
      "期限：{}，起算时刻不明，最早为{}，最迟至{}届满。", length, start, last);
}

std::string LastDayIs(Tongue tongue, Day nominal, Day due, const std::vector<std::string>& reasons,
                      bool moves_on) {
  const std::string last = LongDate(tongue, due);
  if (nominal == due) {
    if (!moves_on) return Say(tongue, "The last day in time was {}.", "最后期限是{}。", last);
    return Say(tongue, "That is a working day, so the last day in time was {}.",
               "届满日是工作日，最后期限是{}。", last);
  }
  std::vector<std::string> why;
  for (const std::string& reason : reasons) why.push_back(DayOff(tongue, reason));
  return Say(tongue, "That is a rest day ({}), so the end moves on: the last day in time was {}.",
             "届满日是休息日（{}），顺延后最后期限是{}。",
             tongue == Tongue::kChinese ? AndList(tongue, why) : List(why, ", "), last);
}

std::string Stopped(Tongue tongue, Day day, std::string_view why) {
  if (why.empty()) return Say(tongue, "The term stopped on {}.", "期限自{}中止计算。", LongDate(tongue, day));
  return Say(tongue, "The term stopped on {} ({}).", "期限自{}中止计算（{}）。", LongDate(tongue, day), why);
}

std::string RanAgain(Tongue tongue, Day stopped, Day resumed, Day nominal) {
  const std::int32_t days = resumed < stopped ? 0 : resumed - stopped;
  return Say(tongue, "It ran again from {}: {} in between did not count. The count is full on {}.",
             "自{}恢复计算，其间{}不计入，至{}届满。", LongDate(tongue, resumed),
             Length(tongue, {.count = days, .unit = calendar::Unit::kDays}), LongDate(tongue, nominal));
}

std::string Extended(Tongue tongue, std::string_view length, Day day, std::string_view by, Day nominal) {
  return Say(tongue, "Extended by {0} with {1} on {2}. The count is full on {3}.",
             "{2}{1}，延长{0}，至{3}届满。", length, Quoted(by), LongDate(tongue, day),
             LongDate(tongue, nominal));
}

std::string Ceiling(Tongue tongue, std::string_view length, std::string_view from, Day day) {
  return Say(tongue, "In no case later than {0}: {1} from {2}.", "最迟不超过{0}：自{2}起{1}。",
             LongDate(tongue, day), length, from);
}

std::string CeilingReached(Tongue tongue, Day day) {
  return Say(tongue, "The outer limit comes first: the last day in time was {}.",
             "最长期限先到，最后期限是{}。", LongDate(tongue, day));
}

std::string TermFell(Tongue tongue, Day day) {
  return Say(tongue, "The term ended without effect on {}, since what started it lost its standing.",
             "起算的行为失去效力，期限于{}终止。", LongDate(tongue, day));
}

std::string Counted(Tongue tongue, const std::vector<std::string>& days) {
  return Say(tongue, "Counted: {}.", "计入：{}。", AndList(tongue, days));
}

std::string Skipped(Tongue tongue, const std::vector<std::string>& runs) {
  return Say(tongue, "Not counted: {}.", "不计入：{}。", AndList(tongue, runs));
}

std::string SkippedRun(Tongue tongue, Day first, Day last, std::string_view reason) {
  const std::string why = DayOff(tongue, reason);
  if (first == last) return Say(tongue, "{} ({})", "{}（{}）", LongDate(tongue, first), why);
  return Say(tongue, "{} to {} ({})", "{}至{}（{}）", LongDate(tongue, first), LongDate(tongue, last), why);
}

std::string WeeklyRestDays(Tongue tongue, std::int32_t days) {
  if (tongue == Tongue::kChinese) return fmt::format("每周休息日{}天", days);
  return Count(static_cast<std::uint64_t>(days), "weekly rest day", "weekly rest days");
}

std::string MadeWorking(Tongue tongue, Day day, std::string_view reason) {
  if (tongue == Tongue::kChinese) {
    return fmt::format("{}虽是休息日，但须上班，计入（{}）。", LongDate(tongue, day), DayOff(tongue, reason));
  }
  return fmt::format("{} counts although it is a {} ({}).", LongDate(day), WeekdayName(day), reason);
}

std::string DoneOn(Tongue tongue, std::string_view act, Day day, Late late) {
  return Say(tongue, "{} was done on {}: {}.", "{}办理于{}：{}。", Quoted(act), LongDate(tongue, day),
             DaysLate(tongue, late));
}

std::string DoneInTime(Tongue tongue, std::string_view act, Day day) {
  return Say(tongue, "{} was done on {}: in time.", "{}办理于{}，未超期。", Quoted(act),
             LongDate(tongue, day));
}

std::string NotDoneBy(Tongue tongue, const std::vector<std::string>& acts, Day due, Day as_of) {
  const std::string what = Titles(tongue, acts);
  const std::string by = LongDate(tongue, due);
  if (as_of <= due) return Say(tongue, "{0} was not done by {1}.", "到{1}没有办理{0}。", what, by);
  return Say(tongue, "{0} was not done by {1}, nor up to {2}.", "到{1}没有办理{0}，到{2}仍未办理。", what, by,
             LongDate(tongue, as_of));
}

std::string StillTime(Tongue tongue, Day due) {
  return Say(tongue, "There is time up to {}.", "期限至{}。", LongDate(tongue, due));
}

std::string ActLate(Tongue tongue, std::string_view act, Day day, Day due, Late late) {
  return Say(tongue, "{} was done on {}; its time ended on {}: {}.", "{}办理于{}，期限已于{}届满：{}。",
             Quoted(act), LongDate(tongue, day), LongDate(tongue, due), DaysLate(tongue, late));
}

std::string ActTooEarly(Tongue tongue, std::string_view act, Day day) {
  return Say(tongue, "{} was done on {}, before its time had opened.",
             "{}办理于{}，当时还不到可以办理的时候。", Quoted(act), LongDate(tongue, day));
}

std::string NeverStarted(Tongue tongue, std::string_view start) {
  return Say(tongue, "Its time runs from {}, which is not in the record.", "期限自{}起算，而记录中没有此项。",
             start);
}

std::string RestedOnNothing(Tongue tongue, std::string_view act, const std::vector<std::string>& rests_on) {
  return Say(tongue, "{} rests on {}, which was never done.", "{}须以{}为前提，而后者没有办理。", Quoted(act),
             Titles(tongue, rests_on));
}

std::string RestedOnLost(Tongue tongue, std::string_view act, const std::vector<std::string>& rests_on) {
  return Say(tongue,
             "{} rests on {}, which no longer stood. That loss is the breach; this only follows from it.",
             "{}须以{}为前提，而后者已经失去效力。违法之处在于后者失效，此项只是其结果。", Quoted(act),
             Titles(tongue, rests_on));
}

std::string MissingFields(Tongue tongue, std::string_view act, const std::vector<std::string>& fields) {
  return Say(tongue, "{} lacks {}.", "{}缺少以下内容：{}。", Quoted(act), AndList(tongue, fields));
}

std::string EnteredLater(Tongue tongue, std::string_view act, Day day, Day recorded) {
  return Say(
      tongue,
      "{0} was entered on {1} as of {2}. It bears no day of its own, so it took effect when it was entered.",
      "{0}于{1}记录，所记日期为{2}。此项没有自己的生效日期，自记录时生效。", Quoted(act),
      LongDate(tongue, recorded), LongDate(tongue, day));
}

std::string TooFew(Tongue tongue, std::string_view act, std::uint32_t people, std::uint32_t at_least) {
  if (tongue == Tongue::kChinese)
    return fmt::format("{}由{}人办理，法律要求不少于{}人。", Quoted(act), people, at_least);
  return fmt::format("{} was done by {}; the law asks for at least {}.", Quoted(act),
                     Count(people, "person", "people"), at_least);
}

std::string ExtensionTooMuch(Tongue tongue, std::string_view act, std::string_view cap, bool once) {
  if (tongue == Tongue::kChinese) {
    std::string out = fmt::format("{}延长期限，", Quoted(act));
    if (!cap.empty()) out += fmt::format("合计不超过{}，", cap);
    if (once) out += "以一次为限，";
    return out + "此次超出，不发生延长的效果。";
  }
  std::string out = fmt::format("{} may extend the term", Quoted(act));
  if (!cap.empty()) out += fmt::format(" by at most {} in all", cap);
  if (once) out += cap.empty() ? " once" : ", once";
  return out + "; this goes beyond, and adds nothing.";
}

std::string MissingAct(Tongue tongue, std::string_view act) {
  return Say(tongue, "Missing: whether, and when, {} was done.", "还需要知道：{}是否办理、何时办理。",
             Quoted(act));
}

std::string MissingFinding(Tongue tongue, std::string_view fact) {
  return Say(tongue, "Missing: a finding whether {} holds.", "还需要认定：{}是否成立。", Quoted(fact));
}

std::string MissingMinute(Tongue tongue, std::string_view act) {
  return Say(tongue, "Missing: the time of day of {}.", "还需要知道：{}的具体时刻。", Quoted(act));
}

std::string MissingField(Tongue tongue, std::string_view field) {
  return Say(tongue, "Missing: {}.", "还需要知道：{}。", field);
}

std::string MissingRow(Tongue tongue, std::string_view table, bool set_by_authority) {
  return set_by_authority ? Say(tongue, "Missing: what the authority has set in {}.",
                                "还需要知道：本机关在{}中规定的数值。", Quoted(table))
                          : Say(tongue, "Missing: {} says nothing of this.", "还需要知道：{}对此没有规定。",
                                Quoted(table));
}

std::string CureDuty(Tongue tongue, const std::vector<std::string>& acts, Day due, bool done) {
  const std::string what = Titles(tongue, acts);
  const std::string by = LongDate(tongue, due);
  if (done)
    return Say(tongue, "{0} had to be done by {1}. The delay stays.",
               "应当在{1}前（含当日）办理{0}。迟延已经发生。", what, by);
  return Say(tongue, "{0} had to be done by {1}. Doing it now ends the omission; the delay stays.",
             "应当在{1}前（含当日）办理{0}。现在办理可以终止不作为，但迟延已经发生。", what, by);
}

std::string CureLate(Tongue tongue, Day due) {
  return Say(tongue, "It would have been in time up to {}.", "在{}前（含当日）办理则不超期。",
             LongDate(tongue, due));
}

std::string CureCondition(Tongue tongue, bool bar) {
  return bar ? Say(tongue, "It may be done once what bars it no longer holds.",
                   "排除禁止的情形之后可以办理。")
             : Say(tongue, "It may be done once what the rule asks for holds.",
                   "满足规则要求的条件之后可以办理。");
}

std::string CureByTime(Tongue tongue, base::Day opens) {
  return Say(tongue, "If nothing else happens, this rule allows it from {} on.",
             "如无其他情况，自{}起本规则允许办理。", LongDate(tongue, opens));
}

std::string CureFirst(Tongue tongue, const std::vector<std::string>& acts) {
  return Say(tongue, "It may be done once {} stands.", "{}有效存在之后可以办理。", Titles(tongue, acts));
}

std::string CureTogether(Tongue tongue, std::uint32_t at_least) {
  if (tongue == Tongue::kChinese) return fmt::format("由不少于{}人重新办理即可。", at_least);
  return fmt::format("It may be done again by at least {}.", Count(at_least, "person", "people"));
}

std::string HolderOf(Tongue tongue, std::string_view credential) {
  return Say(tongue, "a holder of {}", "持有{}的人员", Quoted(credential));
}

std::string NamedIn(Tongue tongue, std::string_view field, bool not_named) {
  return not_named ? Say(tongue, "somebody not named as {}", "不在{}之列的人员", field)
                   : Say(tongue, "somebody named as {}", "{}之列的人员", field);
}

std::string Qualified(Tongue tongue, std::string_view who, std::string_view quality, model::Tri tri) {
  CHECK(tri != model::Tri::kYes);
  if (tri == model::Tri::kNo) return Say(tongue, "{} was not {}", "{}不是{}", who, quality);
  return Say(tongue, "whether {} was {} is not known", "不清楚{}是不是{}", who, quality);
}

std::string CureQualified(Tongue tongue, std::string_view quality) {
  return Say(tongue, "It may be done by {}.", "由{}办理即可。", quality);
}

std::string CureForm(Tongue tongue) {
  return Say(tongue, "It may be done again with all that it must say.", "补齐应当载明的内容后可以重新办理。");
}

std::string CureUndated(Tongue tongue) {
  return Say(tongue, "It may be done as of the day on which it is entered.", "可以按记录当日的日期办理。");
}

std::string CureExtension(Tongue tongue) {
  return Say(tongue, "It may be done for what is still left.", "可以在剩余的幅度内办理。");
}

std::string CureStart(Tongue tongue, std::string_view start) {
  return Say(tongue, "It may be done once its time has begun, with {}.", "期限因{}开始之后可以办理。", start);
}

std::string CuredBy(Tongue tongue, std::string_view act) {
  return Say(tongue, "The fault is healed by {}.", "办理{}可以补正。", Quoted(act));
}

std::string FollowsDeemed(Tongue tongue, std::string_view act) {
  return Say(tongue, "{} is deemed done.", "视为已经办理{}。", Quoted(act));
}

std::string FollowsFalls(Tongue tongue, std::string_view act) {
  return Say(tongue, "{} falls.", "{}自动失效。", Quoted(act));
}

std::string FollowsQuality(Tongue tongue, std::string_view act, program::EffectDef::Quality quality) {
  return Say(tongue, "{} is {}.", "{}{}。", Quoted(act), QualityName(tongue, quality));
}

std::string FollowsAnswers(Tongue tongue, std::string_view role) {
  return Say(tongue, "{} is liable.", "{}承担责任。", Quoted(role));
}

std::string FollowsStanding(Tongue tongue, std::string_view act, program::Standing standing) {
  return Say(tongue, "{} is {}.", "{}{}。", Quoted(act), StandingName(tongue, standing));
}

std::string FollowsRefusal(Tongue tongue, std::string_view act, std::string_view role) {
  return Say(tongue, "{0} may be refused by {1}.", "{1}可以拒绝{0}。", Quoted(act), Quoted(role));
}

std::string EndsOnResuming(Tongue tongue, Day due) {
  return Say(tongue, "The term was stopped then, so the last day in time was the day it ran again, {}.",
             "届满时期限正在中止，最后期限是恢复计算之日{}。", LongDate(tongue, due));
}

std::string StandingName(Tongue tongue, program::Standing standing) {
  if (tongue == Tongue::kEnglish) return std::string(program::StandingWords(standing));
  switch (standing) {
    case program::Standing::kNone:
      return "";
    case program::Standing::kChallenged:
      return "被提出异议";
    case program::Standing::kCleared:
      return "异议已经了结";
    case program::Standing::kStayed:
      return "停止执行";
    case program::Standing::kReleased:
      return "恢复执行";
    case program::Standing::kUpheld:
      return "被维持";
    case program::Standing::kChanged:
      return "被变更";
    case program::Standing::kSetAside:
      return "被撤销";
    case program::Standing::kHeldUnlawful:
      return "被确认违法";
    case program::Standing::kHeldVoid:
      return "被确认无效";
  }
  return "";
}

std::string QualityName(Tongue tongue, program::EffectDef::Quality quality) {
  using Quality = program::EffectDef::Quality;
  if (tongue == Tongue::kEnglish) return std::string(program::QualityWords(quality));
  switch (quality) {
    case Quality::kNone:
      return "";
    case Quality::kVoid:
      return "无效";
    case Quality::kInadmissible:
      return "不予受理";
    case Quality::kVoidable:
      return "可以撤销";
    case Quality::kIrregular:
      return "存在瑕疵";
  }
  return "";
}

std::string RuleLine(std::string_view headline, std::string_view rule) {
  return fmt::format("{}. {}", headline, Quoted(rule));
}

std::string WrittenAs(std::string_view sentence) { return fmt::format("As written: {}", sentence); }
std::string Follows(std::string_view line) { return fmt::format("What follows: {}", line); }
std::string Cure(std::string_view line) { return fmt::format("Cure: {}", line); }
std::string Mark(std::string_view line) { return fmt::format("Note: {}", line); }

}  // namespace lawbound::report::words
