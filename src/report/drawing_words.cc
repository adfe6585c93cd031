#include "report/drawing_words.h"

#include <fmt/format.h>

#include "program/names.h"
#include "program/standing.h"

namespace lawbound::report {

using program::LengthDef;

std::string PictureWords::Quoted(std::string_view title) const { return fmt::format("“{}”", title); }

std::string PictureWords::Or(const std::vector<std::string>& items) const {
  return fmt::format("{}", fmt::join(items, zh_ ? "或" : " or "));
}

std::string PictureWords::Length(const program::Program& program, const LengthDef& length) const {
  if (!zh_) {
    if (length.kind == LengthDef::Kind::kField) return "the time it gives";
    if (length.kind == LengthDef::Kind::kFact)
      return fmt::format("{} by the table", program::UnitWords(length.fixed.unit));
    if (length.kind == LengthDef::Kind::kOpen) return "counted, without an end";
    return program::LengthText(program, length);
  }
  if (length.kind == LengthDef::Kind::kField) return "其中载明的期限";
  if (length.kind == LengthDef::Kind::kOpen) return "持续计算";
  const auto unit = [&]() -> std::string_view {
    switch (length.fixed.unit) {
      case calendar::Unit::kDays:
        return "日";
      case calendar::Unit::kWorkingDays:
        return "个工作日";
      case calendar::Unit::kHours:
        return "小时";
      case calendar::Unit::kMonths:
        return "个月";
      case calendar::Unit::kYears:
        return "年";
    }
    return "";
  };
  if (length.kind == LengthDef::Kind::kFact) return fmt::format("表中规定的{}数", unit());
  return fmt::format("{} {}", length.fixed.count, unit());
}

std::string PictureWords::MustWithin(std::string_view length) const {
  return zh_ ? fmt::format("应当在 {}内", length) : fmt::format("must, within {}", length);
}
std::string PictureWords::MayWithin(std::string_view length) const {
  return zh_ ? fmt::format("可以在 {}内", length) : fmt::format("may, within {}", length);
}
std::string PictureWords::AtLeast(std::string_view length) const {
  return zh_ ? fmt::format("至少隔 {}", length) : fmt::format("at least {}", length);
}
std::string PictureWords::AtMost(std::string_view length) const {
  return zh_ ? fmt::format("不超过 {}", length) : fmt::format("at most {}", length);
}
std::string PictureWords::Ahead(std::string_view length) const {
  return zh_ ? fmt::format("与其中所定之日{}", length) : fmt::format("{} from the day it names", length);
}
std::string PictureWords::AtLeastPeople(unsigned people) const {
  return zh_ ? fmt::format("，至少 {} 人", people) : fmt::format(", at least {}", people);
}
std::string PictureWords::Otherwise(std::string_view what) const {
  return zh_ ? fmt::format("逾期：{}", what) : fmt::format("if not: {}", what);
}
std::string PictureWords::IsDeemed(std::string_view act) const {
  return zh_ ? fmt::format("视为{}", act) : fmt::format("{} counts as done", act);
}
std::string PictureWords::Falls(std::string_view act) const {
  return zh_ ? fmt::format("{}失效", act) : fmt::format("{} falls", act);
}
std::string PictureWords::Answers(std::string_view who) const {
  return zh_ ? fmt::format("{}承担责任", who) : fmt::format("{} answers", who);
}
std::string PictureWords::FromBreach(std::string_view rule) const {
  return zh_ ? fmt::format("自违反“{}”起", rule) : fmt::format("once “{}” is broken", rule);
}

std::string PictureWords::Standing(program::Standing standing) const {
  using program::Standing;
  if (!zh_) return fmt::format("is {}", program::StandingWords(standing));
  switch (standing) {
    case Standing::kNone:
      return "";
    case Standing::kChallenged:
      return "处于争议中";
    case Standing::kCleared:
      return "争议终结";
    case Standing::kStayed:
      return "停止执行";
    case Standing::kReleased:
      return "恢复执行";
    case Standing::kUpheld:
      return "被维持";
    case Standing::kChanged:
      return "被变更";
    case Standing::kSetAside:
      return "被撤销";
    case Standing::kHeldUnlawful:
      return "被确认违法";
    case Standing::kHeldVoid:
      return "被确认无效";
  }
  return "";
}

std::string PictureWords::InPicture(std::size_t number) const {
  return zh_ ? fmt::format("见图 {}", number) : fmt::format("see picture {}", number);
}

std::string PictureWords::NeverWithout(std::string_view a, std::string_view b) const {
  return zh_ ? fmt::format("没有{}，不得{}。", a, b) : fmt::format("{} is never done without {}.", b, a);
}
std::string PictureWords::Sometimes(std::string_view a, std::string_view b) const {
  return zh_ ? fmt::format("{}：有时须先有{}，或者它是几种途径之一。", b, a)
             : fmt::format("{}: {} is asked for in some matters, or is one of several ways.", b, a);
}
std::string PictureWords::Remedy(std::string_view who, std::string_view on, std::string_view what) const {
  return zh_ ? fmt::format("对{}，{}可以：{}。", on, who, what)
             : fmt::format("Against {}, {} can do {}.", on, who, what);
}
std::string PictureWords::Bars(std::string_view a, std::string_view b) const {
  return zh_ ? fmt::format("有{}的，{}受阻。", a, b) : fmt::format("{} stands in the way of {}.", a, b);
}
std::string PictureWords::WaitsFor(std::string_view length) const {
  return zh_ ? fmt::format("期满之后（{}）", length) : fmt::format("when that time is over ({})", length);
}
std::string PictureWords::After(std::string_view causes, std::string_view said, std::string_view act,
                                const std::vector<std::string>& more) const {
  std::string out;
  if (!causes.empty()) out = zh_ ? fmt::format("{}之后，", causes) : fmt::format("After {}: ", causes);
  out += said;
  if (!act.empty()) out += fmt::format("{}{}", zh_ ? "：" : ": ", act);
  for (const std::string& one : more) out += fmt::format("{}{}", zh_ ? "；" : "; ", one);
  return out + (zh_ ? "。" : ".");
}
std::string PictureWords::TheTime(std::string_view length) const {
  return zh_ ? fmt::format("期限（{}）", length) : fmt::format("the time ({})", length);
}

std::string PictureWords::about_overview() const {
  return Say(
      "What is done against a party, what that is never done without, and what the party can do. The "
      "pictures "
      "that follow show each phase whole.",
      "对当事人作出的行为、其前必须有的行为，以及当事人可以做什么。以下各图是每个阶段的全貌。");
}
std::string PictureWords::about_phase() const {
  return Say("Every act and every rule of this phase; acts of other phases have a dashed outline.",
             "本阶段的全部行为和规则；其他阶段的行为用虚线框。");
}
std::string PictureWords::about_counter() const {
  return Say("A matter in which every act of the authority is lawful, and the guarantee does not hold.",
             "一个案件：机关的每个行为都合法，而这一保证不成立。");
}
std::string PictureWords::CounterTitle(std::string_view guarantee) const {
  return zh_ ? fmt::format("反例：“{}”不成立", guarantee)
             : fmt::format("Counter-history: “{}” does not hold", guarantee);
}

std::vector<std::string> PictureWords::legend() const {
  if (zh_) {
    return {"直角框：机关的行为（粗框：不利于当事人）",
            "圆角框：当事人的行为",
            "六边形：法律规定的后果",
            "细框：期限",
            "实线：没有前者就没有后者（已证明）",
            "虚线：有时须有，或者是几种途径之一",
            "绿线：救济",
            "点线：期满之后",
            "红色横杠：受阻",
            "灰色：永远不能合法作出"};
  }
  return {"square box: an act of the authority (thick: against a party)",
          "round box: an act of the party",
          "six corners: by law",
          "thin box: a time",
          "line: never the second without the first (proved)",
          "dashes: asked for in some matters, or one of several ways",
          "green line: a remedy",
          "dots: when the time is over",
          "red bar: stands in the way",
          "grey: can never lawfully be done"};
}

const PictureWords& DrawingWords(std::string_view language) {
  static const PictureWords kEnglish(false), kChinese(true);
  return language == "zh" ? kChinese : kEnglish;
}

}  // namespace lawbound::report
