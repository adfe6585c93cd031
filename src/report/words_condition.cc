// The words of a condition and its values.

#include <fmt/format.h>

#include "program/names.h"
#include "report/say.h"
#include "report/words.h"

namespace lawbound::report::words {

using model::Tri;
using program::Operation;

namespace {

std::string OfDay(Tongue tongue, std::string_view act, std::optional<Day> day) {
  if (!day) return Quoted(act);
  return Say(tongue, "{0} of {1}", "{1}的{0}", Quoted(act), LongDate(tongue, *day));
}

}  // namespace

std::string Always(Tongue tongue, bool holds) {
  return holds ? Say(tongue, "this always holds", "此项总是成立")
               : Say(tongue, "this never holds", "此项总不成立");
}

std::string Stands(Tongue tongue, std::string_view act, std::optional<Day> day) {
  return Say(tongue, "{} stands", "{}有效存在", OfDay(tongue, act, day));
}

std::string DoesNotStand(Tongue tongue, std::string_view act, bool was_done) {
  return was_done ? Say(tongue, "{} was done but does not stand", "{}办理过，但没有效力", Quoted(act))
                  : Say(tongue, "{} was not done", "{}没有办理", Quoted(act));
}

std::string WasFound(Tongue tongue, std::string_view fact, std::optional<Day> day, Tri tri) {
  if (tri == Tri::kUnknown)
    return Say(tongue, "nobody has found whether {} holds", "{}是否成立，还没有人认定", Quoted(fact));
  const bool yes = tri == Tri::kYes;
  if (!day) {
    return yes ? Say(tongue, "nobody has found whether {} holds, and it is presumed to",
                     "{}是否成立还没有人认定，推定成立", Quoted(fact))
               : Say(tongue, "nobody has found whether {} holds, and it is presumed not to",
                     "{}是否成立还没有人认定，推定不成立", Quoted(fact));
  }
  return yes ? Say(tongue, "{} was found to hold on {}", "{}已于{}认定成立", Quoted(fact),
                   LongDate(tongue, *day))
             : Say(tongue, "{} was found not to hold on {}", "{}已于{}认定不成立", Quoted(fact),
                   LongDate(tongue, *day));
}

std::string WhatWasFound(Tongue tongue, std::string_view fact) {
  return Say(tongue, "what was found of {}", "对{}的认定", Quoted(fact));
}

std::string StandingIs(Tongue tongue, std::string_view act, program::Standing standing, Tri tri) {
  const std::string word = StandingName(tongue, standing);
  if (tri == Tri::kUnknown)
    return Say(tongue, "whether {} has been {} is not in the log", "记录中没有{}是否{}", Quoted(act), word);
  return tri == Tri::kYes ? Say(tongue, "{} has been {}", "{}已经{}", Quoted(act), word)
                          : Say(tongue, "{} has not been {}", "{}没有{}", Quoted(act), word);
}

std::string NotInLog(Tongue tongue, std::string_view act) {
  return Say(tongue, "whether {} was done is not in the log", "记录中没有{}是否办理", Quoted(act));
}

std::string FieldIs(Tongue tongue, std::string_view noun, bool yes) {
  return yes ? Say(tongue, "{} is yes", "{}为是", noun) : Say(tongue, "{} is no", "{}为否", noun);
}

std::string NotKnown(Tongue tongue, std::string_view noun) {
  return Say(tongue, "{} is not known", "{}不清楚", noun);
}

std::string HasValue(Tongue tongue, std::string_view noun, bool has) {
  return has ? Say(tongue, "{} is given", "{}已经填写", noun)
             : Say(tongue, "{} is not given", "{}没有填写", noun);
}

std::string FieldOf(Tongue tongue, std::string_view field, std::string_view owner) {
  return Say(tongue, "{0} of {1}", "{1}的{0}", field, Quoted(owner));
}

std::string FieldAt(Tongue tongue, std::string_view field, std::string_view owner) {
  return Say(tongue, "{0}: {1}", "{0}：{1}", Quoted(owner), field);
}

std::string PreviousFieldOf(Tongue tongue, std::string_view field, std::string_view owner) {
  return Say(tongue, "{0} of the {1} before", "前一次{1}的{0}", field, Quoted(owner));
}

std::string SumOf(Tongue tongue, std::string_view field, std::string_view owner) {
  return Say(tongue, "{0} of all {1} together", "各次{1}的{0}合计", field, Quoted(owner));
}

std::string CountOf(Tongue tongue, std::string_view owner) {
  return Say(tongue, "the number of {}", "{}的次数", Quoted(owner));
}

std::string InTable(Tongue tongue, std::string_view column, std::string_view table,
                    const std::vector<std::string>& keys) {
  if (tongue == Tongue::kChinese) {
    const std::string of = fmt::format("{}中{}的", Quoted(table), AndList(tongue, keys));
    return column.empty() ? of + "数值" : of + std::string(column);
  }
  const std::string of = column.empty() ? "" : fmt::format("the {} of ", column);
  return fmt::format("{}{} for {}", of, Quoted(table), List(keys, ", "));
}

std::string Percent(std::int64_t hundredths) {
  std::string percent = program::MoneyText(hundredths, "", 2);
  while (percent.find('.') != std::string::npos && (percent.back() == '0' || percent.back() == '.')) {
    const bool point = percent.back() == '.';
    percent.pop_back();
    if (point) break;
  }
  return percent;
}

std::string Grown(Tongue tongue, std::string_view percent, std::string_view term) {
  return Say(tongue, "what has grown by {0} % on each day of {1}", "在{1}内每日按{0}%累计的数额", percent,
             term);
}

std::string Clock(std::int64_t minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string Between(Tongue tongue, std::string_view act, std::optional<std::int64_t> at, std::int64_t first,
                    std::int64_t last, Tri tri) {
  if (!at) return Say(tongue, "the time of day of {} is not known", "{}的具体时刻不清楚", Quoted(act));
  return tri == Tri::kYes
             ? Say(tongue, "{} was done at {}, between {} and {}", "{}办理于{}，在{}至{}之间", Quoted(act),
                   Clock(*at), Clock(first), Clock(last))
             : Say(tongue, "{} was done at {}, not between {} and {}", "{}办理于{}，不在{}至{}之间",
                   Quoted(act), Clock(*at), Clock(first), Clock(last));
}

std::string InTime(Tongue tongue, std::string_view act, std::optional<Day> day, Tri tri) {
  if (!day) {
    return tri == Tri::kNo ? Say(tongue, "{} was not done", "{}没有办理", Quoted(act))
                           : Say(tongue, "{} may not have been done", "{}可能没有办理", Quoted(act));
  }
  const std::string which = OfDay(tongue, act, day);
  if (tri == Tri::kUnknown)
    return Say(tongue, "whether {} was in time is not known", "{}是否未超期不清楚", which);
  return tri == Tri::kYes ? Say(tongue, "{} was in time", "{}未超期", which)
                          : Say(tongue, "{} was not in time", "{}已超期", which);
}

std::string Earlier(Tongue tongue, std::string_view act, std::string_view length, Tri tri) {
  if (tri == Tri::kUnknown) {
    return Say(tongue, "whether there was {0} to the same party in the {1} before is not known",
               "此前{1}内对同一当事人是否有过{0}不清楚", Quoted(act), length);
  }
  return tri == Tri::kYes ? Say(tongue, "there was a {0} to the same party in the {1} before",
                                "此前{1}内对同一当事人有过{0}", Quoted(act), length)
                          : Say(tongue, "there was no {0} to the same party in the {1} before",
                                "此前{1}内对同一当事人没有过{0}", Quoted(act), length);
}

std::string DayOf(Tongue tongue, std::string_view owner) {
  return Say(tongue, "the day of {}", "{}的日期", Quoted(owner));
}

std::string PercentOf(Tongue tongue, std::string_view percent, std::string_view noun) {
  return Say(tongue, "{0} % of {1}", "{1}的{0}%", percent, noun);
}

std::string Joined(Tongue tongue, Operation operation, std::string_view a, std::string_view b) {
  switch (operation) {
    case Operation::kAdd:
      return Say(tongue, "{} plus {}", "{}加{}", a, b);
    case Operation::kSubtract:
      return Say(tongue, "{} less {}", "{}减{}", a, b);
    case Operation::kMultiply:
      return Say(tongue, "{} times {}", "{}乘以{}", a, b);
    case Operation::kMin:
      return Say(tongue, "the smaller of {} and {}", "{}与{}中较小者", a, b);
    default:
      return Say(tongue, "the greater of {} and {}", "{}与{}中较大者", a, b);
  }
}

std::string NounIs(Tongue tongue, std::string_view noun, std::string_view value) {
  return Say(tongue, "{} is {}", "{}为{}", noun, value);
}

namespace {

std::string_view ChineseRelation(Operation operation, bool holds, bool days) {
  switch (operation) {
    case Operation::kLess:
      return days ? (holds ? "早于" : "不早于") : (holds ? "小于" : "不小于");
    case Operation::kLessEqual:
      return days ? (holds ? "不晚于" : "晚于") : (holds ? "不超过" : "超过");
    case Operation::kGreater:
      return days ? (holds ? "晚于" : "不晚于") : (holds ? "超过" : "不超过");
    case Operation::kGreaterEqual:
      return days ? (holds ? "不早于" : "早于") : (holds ? "不小于" : "小于");
    case Operation::kNotEqual:
      return holds ? "不是" : "等于";
    default:
      return holds ? "等于" : "不是";
  }
}

// The relation that is true, given the one that was asked about and whether it holds.
std::string_view Relation(Tongue tongue, Operation operation, bool holds, bool days) {
  if (tongue == Tongue::kChinese) return ChineseRelation(operation, holds, days);
  switch (operation) {
    case Operation::kLess:
      return days ? (holds ? "earlier than" : "not earlier than") : (holds ? "less than" : "not less than");
    case Operation::kLessEqual:
      return days ? (holds ? "not later than" : "later than") : (holds ? "not more than" : "more than");
    case Operation::kGreater:
      return days ? (holds ? "later than" : "not later than") : (holds ? "more than" : "not more than");
    case Operation::kGreaterEqual:
      return days ? (holds ? "not earlier than" : "earlier than") : (holds ? "not less than" : "less than");
    case Operation::kNotEqual:
      return holds ? "not" : "the same as";
    default:
      return holds ? "the same as" : "not";
  }
}

}  // namespace

std::string Compared(Tongue tongue, Operation operation, bool holds, bool days, std::string_view noun,
                     std::string_view value, std::string_view other_noun, std::string_view other_value) {
  const bool equality = operation == Operation::kEqual || operation == Operation::kNotEqual;
  if (other_noun.empty() && equality && value == other_value) return NounIs(tongue, noun, value);
  const std::string_view relation = Relation(tongue, operation, holds, days);
  if (other_noun.empty())
    return Say(tongue, "{} is {}; that is {} {}", "{}为{}，{}{}", noun, value, relation, other_value);
  return Say(tongue, "{0} is {1}; that is {2} {3}, {4}", "{0}为{1}，{2}{4}（{3}）", noun, value, relation,
             other_value, other_noun);
}

std::string CannotCompare(Tongue tongue, const std::vector<std::string>& unknown_nouns) {
  const std::string nouns = AndList(tongue, unknown_nouns);
  return unknown_nouns.size() == 1 ? Say(tongue, "{} is not known", "{}不清楚", nouns)
                                   : Say(tongue, "{} are not known", "{}不清楚", nouns);
}

std::string InSet(Tongue tongue, std::string_view noun, std::string_view value, bool in,
                  const std::vector<std::string>& set) {
  const std::string of = OrList(tongue, set);
  return in ? Say(tongue, "{} is {}; that is one of {}", "{}为{}，属于{}", noun, value, of)
            : Say(tongue, "{} is {}; that is none of {}", "{}为{}，不属于{}", noun, value, of);
}

std::string AllHold(Tongue tongue, Tri tri) {
  return tri == Tri::kYes ? Say(tongue, "all of this holds", "以下各项全部成立")
         : tri == Tri::kNo
             ? Say(tongue, "not all of this holds", "以下各项没有全部成立")
             : Say(tongue, "whether all of this holds cannot be told", "以下各项是否全部成立无法判断");
}

std::string SomeHold(Tongue tongue, Tri tri) {
  return tri == Tri::kYes ? Say(tongue, "at least one of these holds", "以下各项至少有一项成立")
         : tri == Tri::kNo
             ? Say(tongue, "none of these holds", "以下各项都不成立")
             : Say(tongue, "whether one of these holds cannot be told", "以下各项是否有一项成立无法判断");
}

std::string SameAnswer(Tongue tongue, Tri tri) {
  return tri == Tri::kYes  ? Say(tongue, "both have the same answer", "以下两项的答案相同")
         : tri == Tri::kNo ? Say(tongue, "the two have different answers", "以下两项的答案不同")
                           : Say(tongue, "whether the two have the same answer cannot be told",
                                 "以下两项的答案是否相同无法判断");
}

std::string After(Tongue tongue, std::string_view act, std::optional<Day> day, std::string_view other,
                  std::optional<Day> other_day, Tri tri) {
  const std::string first = OfDay(tongue, act, day);
  const std::string second = OfDay(tongue, other, other_day);
  if (tri == Tri::kUnknown)
    return Say(tongue, "whether {} came after {} cannot be told", "{}是否在{}之后无法判断", first, second);
  if (!other_day) return Say(tongue, "there is no {}", "没有{}", Quoted(other));
  if (!day) return Say(tongue, "there is no {0} after {1}", "{1}之后没有{0}", Quoted(act), second);
  return tri == Tri::kYes ? Say(tongue, "{} came after {}", "{}在{}之后", first, second)
                          : Say(tongue, "{} came before {}", "{}在{}之前", first, second);
}

std::string Unanswered(Tongue tongue, std::string_view act, std::optional<Day> day, std::string_view other,
                       std::optional<Day> other_day, Tri tri) {
  const std::string first = OfDay(tongue, act, day);
  if (tri == Tri::kUnknown) {
    return Say(tongue, "whether {} was followed by {} cannot be told", "{}之后是否有{}无法判断", first,
               Quoted(other));
  }
  if (!day) return Say(tongue, "there is no {}", "没有{}", Quoted(act));
  if (tri == Tri::kYes) return Say(tongue, "{} was not followed by {}", "{}之后没有{}", first, Quoted(other));
  return Say(tongue, "{} was followed by {}", "{}之后有{}", first, OfDay(tongue, other, other_day));
}

std::string ShareNoOne(Tongue tongue, std::string_view act, std::string_view other, Tri tri) {
  if (tri == Tri::kUnknown)
    return Say(tongue, "who did {} and {} is not known", "{}和{}由谁办理不清楚", Quoted(act), Quoted(other));
  return tri == Tri::kYes
             ? Say(tongue, "nobody did both {} and {}", "没有人同时办理{}和{}", Quoted(act), Quoted(other))
             : Say(tongue, "the same person did both {} and {}", "同一人办理了{}和{}", Quoted(act),
                   Quoted(other));
}

std::string TakesPart(Tongue tongue, std::string_view member, Tri tri) {
  if (tri == Tri::kUnknown) {
    return Say(tongue, "whether {} takes part is not known: an act to them is not in the log",
               "{}是否参加不清楚：记录中没有针对其的行为",
               member.empty() ? Say(tongue, "anybody else", "其他人") : std::string(member));
  }
  if (member.empty()) return Say(tongue, "nobody takes part in the matter", "没有人参加本案");
  return tri == Tri::kYes ? Say(tongue, "{} takes part in the matter", "{}参加本案", member)
                          : Say(tongue, "{} does not take part in the matter", "{}不参加本案", member);
}

std::string FieldNames(Tongue tongue, std::string_view field, std::string_view member, Tri tri) {
  if (member.empty())
    return Say(tongue, "{} names nobody and nothing known", "{}没有列出已知的人或者物", field);
  return tri == Tri::kYes  ? Say(tongue, "{} names {}", "{}列有{}", field, member)
         : tri == Tri::kNo ? Say(tongue, "{} does not name {}", "{}没有列出{}", field, member)
                           : NotKnown(tongue, field);
}

std::string AreOfRole(Tongue tongue, std::string_view people, std::string_view role, Tri tri) {
  return tri == Tri::kYes  ? Say(tongue, "{} acted as {}", "{}具有{}身份", people, Quoted(role))
         : tri == Tri::kNo ? Say(tongue, "{} may not act as {}", "{}不具有{}身份", people, Quoted(role))
                           : Say(tongue, "whether {} may act as {} is not known", "{}是否具有{}身份不清楚",
                                 people, Quoted(role));
}

std::string SomebodyElse(Tongue tongue) { return Say(tongue, "anybody or anything else", "其他人或者物"); }

std::string WhoDid(Tongue tongue, std::string_view act) {
  return Say(tongue, "who did {}", "办理{}的人员", Quoted(act));
}

std::string Holds(Tongue tongue, std::string_view who, std::string_view credential, Tri tri) {
  return tri == Tri::kYes  ? Say(tongue, "{} had the credential {}", "{}持有{}", who, Quoted(credential))
         : tri == Tri::kNo ? Say(tongue, "{} had not the credential {}", "{}没有{}", who, Quoted(credential))
                           : Say(tongue, "whether {} had the credential {} is not known",
                                 "{}是否持有{}不清楚", who, Quoted(credential));
}

std::string RuleBroken(Tongue tongue, std::string_view rule, Tri tri) {
  return tri == Tri::kYes  ? Say(tongue, "the rule {} was broken", "规则{}被违反", Quoted(rule))
         : tri == Tri::kNo ? Say(tongue, "the rule {} was not broken", "规则{}没有被违反", Quoted(rule))
                           : Say(tongue, "whether the rule {} was broken cannot be told",
                                 "规则{}是否被违反无法判断", Quoted(rule));
}

std::string TermIs(Tongue tongue, std::string_view term, program::Phase phase, std::optional<Day> due) {
  const std::string day = due ? LongDate(tongue, *due) : "";
  switch (phase) {
    case program::Phase::kIdle:
      return Say(tongue, "the time of {} has not begun", "期限（{}）尚未开始", term);
    case program::Phase::kRunning:
      return day.empty() ? Say(tongue, "the time of {} runs", "期限（{}）正在计算", term)
                         : Say(tongue, "the time of {} runs up to {}", "期限（{}）计算至{}", term, day);
    case program::Phase::kStopped:
      return Say(tongue, "the time of {} is stopped", "期限（{}）中止", term);
    case program::Phase::kOver:
      return day.empty() ? Say(tongue, "the time of {} has ended", "期限（{}）已经届满", term)
                         : Say(tongue, "the time of {} ended on {}", "期限（{}）已于{}届满", term, day);
  }
  return "";
}

std::string TermNotKnown(Tongue tongue, std::string_view term) {
  return Say(tongue, "where the time of {} stands cannot be told", "期限（{}）的状况无法判断", term);
}

std::string TermCalled(Tongue tongue, std::string_view length, std::string_view from) {
  return Say(tongue, "{0} from {1}", "自{1}起{0}", length, from);
}

std::string EndOf(Tongue tongue, std::string_view term) {
  return Say(tongue, "the end of {}", "期限（{}）届满", term);
}

std::string BreachOf(Tongue tongue, std::string_view rule) {
  return Say(tongue, "the breach of {}", "违反{}", Quoted(rule));
}

std::string LaterOf(Tongue tongue, const std::vector<std::string>& events, bool later) {
  const std::string of = AndList(tongue, events);
  return later ? Say(tongue, "the later of {}", "{}中较晚者", of)
               : Say(tongue, "the earlier of {}", "{}中较早者", of);
}

std::string ActOn(Tongue tongue, std::string_view act, std::string_view on) {
  return on.empty() ? Quoted(act) : Say(tongue, "{0} on {1}", "对{1}的{0}", Quoted(act), Quoted(on));
}

namespace {

struct Distance {
  std::string_view wanted, side, bound;
};

Distance DistanceWords(Operation operation, bool holds) {
  Distance out{"not later than", "after", "the last day for it was"};
  if (operation == Operation::kAtLeastBefore) out = {"at least", "before", "the last day for it was"};
  if (operation == Operation::kAtLeastAfter) out = {"at least", "after", "the first day for it was"};
  if (!holds) out.wanted = operation == Operation::kWithin ? "later than" : "not at least";
  return out;
}

std::string ChineseDistance(Operation operation, bool holds, std::string_view length,
                            std::string_view other) {
  switch (operation) {
    case Operation::kAtLeastBefore:
      return fmt::format("{}{}至少{}", holds ? "早于" : "没有早于", other, length);
    case Operation::kAtLeastAfter:
      return fmt::format("{}{}至少{}", holds ? "晚于" : "没有晚于", other, length);
    default:
      return fmt::format("{}{}起{}之内", holds ? "在" : "不在", other, length);
  }
}

}  // namespace

std::string DayDistance(Tongue tongue, Operation operation, bool holds, std::string_view noun, Day day,
                        std::string_view length, std::string_view other_noun, Day other, Day limit) {
  if (tongue == Tongue::kChinese) {
    const std::string from = fmt::format("{}（{}）", other_noun, LongDate(tongue, other));
    return fmt::format("{}为{}，{}；{}应当是{}", noun, LongDate(tongue, day),
                       ChineseDistance(operation, holds, length, from),
                       operation == Operation::kAtLeastAfter ? "最早" : "最晚", LongDate(tongue, limit));
  }
  const Distance words = DistanceWords(operation, holds);
  return fmt::format("{}, {}, is {} {} {} {}, {}; {} {}", noun, LongDate(day), words.wanted, length,
                     words.side, other_noun, LongDate(other), words.bound, LongDate(limit));
}

std::string WorkingDay(Tongue tongue, std::string_view noun, Day day, bool works, std::string_view reason) {
  std::string out =
      works ? Say(tongue, "{}, {}, is a working day", "{}（{}）是工作日", noun, LongDate(tongue, day))
            : Say(tongue, "{}, {}, is not a working day", "{}（{}）不是工作日", noun, LongDate(tongue, day));
  if (!reason.empty()) out += Say(tongue, " ({})", "（{}）", DayOff(tongue, reason));
  return out;
}

std::string FactHolds(Tongue tongue, std::string_view fact, Tri tri) {
  return tri == Tri::kYes  ? Say(tongue, "{} holds", "{}成立", Quoted(fact))
         : tri == Tri::kNo ? Say(tongue, "{} does not hold", "{}不成立", Quoted(fact))
                           : Say(tongue, "{} cannot be told", "{}是否成立无法判断", Quoted(fact));
}

}  // namespace lawbound::report::words
