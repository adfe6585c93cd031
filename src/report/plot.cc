#include "report/plot.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "program/names.h"
#include "report/words.h"

namespace lawbound::report {

namespace {

// The drawing's own units; the page scales it.
constexpr double kWidth = 760;
constexpr double kLeft = 56;
constexpr double kRight = 744;

std::string N(double number) {
  std::string text = fmt::format("{:.1f}", number);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

struct Scale {
  double from, to;  // of values
  double pixel_from, pixel_to;
  double operator()(double value) const {
    return to > from ? pixel_from + (value - from) / (to - from) * (pixel_to - pixel_from) : pixel_from;
  }
};

// A round number not below `value`: 1, 2 or 5 times a power of ten.
double RoundUp(double value) {
  double power = 1;
  while (power * 10 <= value) power *= 10;
  for (const double step : {1.0, 2.0, 5.0, 10.0}) {
    if (step * power >= value) return step * power;
  }
  return power * 10;
}

void Label(Html& html, double x, double y, std::string_view text, std::string anchor,
           std::string style = "label") {
  html.Element("text", text,
               {{"x", N(x)}, {"y", N(y)}, {"text-anchor", std::move(anchor)}, {"class", std::move(style)}});
}

void Line(Html& html, double x1, double y1, double x2, double y2, std::string style) {
  html.Void("line",
            {{"x1", N(x1)}, {"y1", N(y1)}, {"x2", N(x2)}, {"y2", N(y2)}, {"class", std::move(style)}});
}

// A bar standing on `base`; at least a hair high, so that one among thousands is seen.
void Bar(Html& html, double x, double width, double top, double base, std::string style) {
  const double height = std::max(base - top, 1.0);
  html.Void("rect", {{"x", N(x)},
                     {"y", N(base - height)},
                     {"width", N(width)},
                     {"height", N(height)},
                     {"class", std::move(style)}});
}

Html::Scope OpenSvg(Html& html, double height, std::string_view id, std::string_view title,
                    std::string_view description) {
  Html::Scope svg = html.Open("svg", {{"viewBox", fmt::format("0 0 {} {}", N(kWidth), N(height))},
                                      {"role", "img"},
                                      {"aria-labelledby", fmt::format("{0}-t {0}-d", id)}});
  html.Element("title", title, {{"id", fmt::format("{}-t", id)}});
  html.Element("desc", description, {{"id", fmt::format("{}-d", id)}});
  return svg;
}

Html::Scope OpenScroller(Html& html, std::string_view title) {
  return html.Open(
      "div",
      {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", std::string(title)}});
}

// Months

// The place of a day on an axis of months: 12 * year + month - 1, and the part of the month that has passed.
double MonthPlace(Day day) {
  const base::YearMonthDay date = base::FromDay(day);
  return date.year * 12 + date.month - 1 + (date.day - 1) / 31.0;
}

// The days on which another sentence of the rule began to hold.
std::set<Day> LawChanges(const RuleFigures& rule) {
  std::set<Day> changes;
  for (const SentenceFigures& sentence : rule.sentences) {
    if (sentence.from) changes.insert(*sentence.from);
    if (sentence.until) changes.insert(*sentence.until + 1);
  }
  return changes;
}

Tally AuthorityTally(const RuleFigures& rule) {
  Tally total;
  for (const SentenceFigures& sentence : rule.sentences) {
    if (sentence.side != "party") total.Add(sentence.tally);
  }
  return total;
}

class MonthsPlot {
 public:
  MonthsPlot(Html& html, const RuleFigures& rule, const Tally& tally)
      : html_(html), rule_(rule), months_(tally.months) {
    const int first = months_.begin()->first;
    const int last = months_.rbegin()->first;
    x_ = {static_cast<double>(first), last + 1.0, kLeft, kRight};
    for (const auto& [month, counts] : months_) {
      most_ = std::max(most_, static_cast<double>(counts.applied));
      worst_ = std::max(worst_, Share(counts));
    }
    share_ = {0, RoundUp(std::max(worst_, 1.0)), kShareBase, kShareTop};
    if (share_.to > 100) share_.to = 100;
    count_ = {0, RoundUp(most_), kCountBase, kCountTop};
  }

  void Draw() {
    const std::string id = "m-" + rule_.id;
    const std::string title = words::MonthsTitle(rule_.title);
    auto figure = html_.Open("figure");
    html_.Element("figcaption", words::MonthsCaption());
    {
      auto scroller = OpenScroller(html_, title);
      auto svg = OpenSvg(html_, kHeight, id, title, Description());
      DrawAxes();
      DrawBars();
      DrawChanges();
    }
    WriteTable();
  }

 private:
  static constexpr double kShareTop = 44, kShareBase = 130, kCountTop = 162, kCountBase = 250, kHeight = 276;

  static double Share(const Tally::Month& counts) {
    return counts.applied == 0
               ? 0
               : 100.0 * static_cast<double>(counts.broken) / static_cast<double>(counts.applied);
  }

  std::string Description() const {
    auto worst = months_.begin();
    for (auto at = months_.begin(); at != months_.end(); ++at) {
      if (Share(at->second) > Share(worst->second)) worst = at;
    }
    return words::MonthsDescription(months_.begin()->first, months_.rbegin()->first, worst->first,
                                    words::Percent(worst->second.broken, worst->second.applied));
  }

  void DrawAxes() {
    Label(html_, kLeft, kShareTop - 8, words::kShareBroken, "start", "axis");
    Label(html_, kLeft, kCountTop - 8, words::kTimesApplied, "start", "axis");
    for (const double part : {0.0, 0.5, 1.0}) {
      const double share = share_.to * part;
      const double count = count_.to * part;
      Line(html_, kLeft, share_(share), kRight, share_(share), "grid");
      Line(html_, kLeft, count_(count), kRight, count_(count), "grid");
      Label(html_, kLeft - 6, share_(share) + 4, fmt::format("{} %", N(share)), "end");
      Label(html_, kLeft - 6, count_(count) + 4, words::Number(static_cast<std::uint64_t>(count)), "end");
    }
    DrawMonthTicks();
  }

  // Years, or months where there are two years or less.
  void DrawMonthTicks() {
    const int first = months_.begin()->first;
    const int last = months_.rbegin()->first;
    const bool years = last - first > 24;
    const int unit = years ? 12 : 1;
    const int step = std::max(1, ((last - first) / unit + 12) / 12);
    int drawn = 0;
    for (int month = (first + unit - 1) / unit * unit; month <= last; month += unit) {
      const double x = x_(month);
      Line(html_, x, kCountBase, x, kCountBase + 4, "tick");
      if (drawn++ % step != 0 || x > kRight - 20) continue;
      Label(html_, x, kCountBase + 18, years ? std::to_string(month / 12) : words::LongMonth(month), "start");
    }
  }

  void DrawBars() {
    const double width = std::clamp((kRight - kLeft) / (x_.to - x_.from) - 0.6, 0.8, 40.0);
    for (const auto& [month, counts] : months_) {
      const double x = x_(month);
      auto group = html_.Open("g");
      html_.Element("title", words::MonthTip(month, counts.applied, counts.broken));
      if (counts.broken > 0) Bar(html_, x, width, share_(Share(counts)), kShareBase, "bad");
      Bar(html_, x, width, count_(static_cast<double>(counts.applied)), kCountBase, "pale");
      if (counts.broken > 0)
        Bar(html_, x, width, count_(static_cast<double>(counts.broken)), kCountBase, "bad");
    }
  }

  void DrawChanges() {
    int row = 0;
    for (const Day change : LawChanges(rule_)) {
      const double x = x_(MonthPlace(change));
      if (x <= kLeft || x >= kRight) continue;
      const double y = row++ % 2 == 0 ? 12 : 25;
      Line(html_, x, y + 3, x, kCountBase, "law");
      const bool right = x < kRight - 150;
      Label(html_, right ? x + 4 : x - 4, y + 2, words::LawChanged(change), right ? "start" : "end",
            "lawlabel");
    }
  }

  void WriteTable() {
    auto details = html_.Open("details");
    html_.Element("summary", words::kAsTable);
    auto scroller = OpenScroller(html_, words::AsTable(words::MonthsTitle(rule_.title)));
    auto table = html_.Open("table");
    html_.Element("caption", words::MonthsTitle(rule_.title));
    {
      auto head = html_.Open("thead");
      auto row = html_.Open("tr");
      for (const std::string_view label : words::kMonthColumns)
        html_.Element("th", label, {{"scope", "col"}});
    }
    auto body = html_.Open("tbody");
    for (const auto& [month, counts] : months_) {
      auto row = html_.Open("tr");
      html_.Element("th", words::LongMonth(month), {{"scope", "row"}});
      html_.Element("td", words::Number(counts.applied));
      html_.Element("td", words::Number(counts.broken));
      html_.Element("td", words::Percent(counts.broken, counts.applied));
    }
  }

  Html& html_;
  const RuleFigures& rule_;
  const std::map<std::int32_t, Tally::Month>& months_;
  Scale x_{}, share_{}, count_{};
  double most_ = 1;
  double worst_ = 0;
};

// Days used

// The days that a length takes, roughly where it is not written in days.
double DaysOf(calendar::Length length) {
  switch (length.unit) {
    case calendar::Unit::kDays:
      return length.count;
    case calendar::Unit::kWorkingDays:
      return length.count * 1.4;
    case calendar::Unit::kHours:
      return length.count / 24.0;
    case calendar::Unit::kMonths:
      return length.count * 30.44;
    case calendar::Unit::kYears:
      return length.count * 365.25;
  }
  return length.count;
}

class DaysPlot {
 public:
  DaysPlot(Html& html, const RuleFigures& rule) : html_(html), rule_(rule) {
    for (const SentenceFigures& sentence : rule.sentences) {
      if (sentence.side != "party" && !sentence.tally.days_used.empty()) shown_.push_back(&sentence);
    }
    double range = 10;
    for (const SentenceFigures* sentence : shown_) {
      if (sentence->term) range = std::max(range, DaysOf(*sentence->term) * 1.6);
      range = std::max(range, static_cast<double>(Quantile(sentence->tally)));
    }
    range_ = std::min(static_cast<std::size_t>(range) + 1, Tally::kDaysUsed);
    bin_ = (range_ + 139) / 140;
    range_ = (range_ + bin_ - 1) / bin_ * bin_;
    x_ = {0, static_cast<double>(range_), kLeft, kRight};
  }

  bool empty() const { return shown_.empty(); }

  void Draw() {
    const std::string title = words::DaysTitle(rule_.title);
    auto figure = html_.Open("figure");
    {
      auto caption = html_.Open("figcaption");
      html_.Text(words::DaysCaption());
      html_.Element("span", words::DaysCaptionNote(), {{"class", "note"}});
    }
    {
      auto scroller = OpenScroller(html_, title);
      auto svg = OpenSvg(html_, kPanel * static_cast<double>(shown_.size()) + 34, "d-" + rule_.id, title,
                         Description());
      double top = 6;
      for (const SentenceFigures* sentence : shown_) {
        DrawPanel(*sentence, top);
        top += kPanel;
      }
      DrawAxis(top);
    }
    WriteTable();
  }

 private:
  static constexpr double kPanel = 128;

  // The day by which 99 of 100 were done.
  static std::size_t Quantile(const Tally& tally) {
    std::uint64_t all = 0;
    for (const std::uint32_t cell : tally.days_used) all += cell;
    std::uint64_t seen = 0;
    for (std::size_t days = 0; days < tally.days_used.size(); ++days) {
      seen += tally.days_used[days];
      if (seen * 100 >= all * 99) return days;
    }
    return 0;
  }

  std::string Description() const {
    std::vector<std::string> parts;
    for (const SentenceFigures* sentence : shown_) {
      parts.push_back(
          words::DaysDescription(TermText(*sentence), Median(sentence->tally), Quantile(sentence->tally)));
    }
    return words::Capital(words::List(parts, "; "));
  }

  static std::size_t Median(const Tally& tally) {
    std::uint64_t all = 0;
    for (const std::uint32_t cell : tally.days_used) all += cell;
    std::uint64_t seen = 0;
    for (std::size_t days = 0; days < tally.days_used.size(); ++days) {
      seen += tally.days_used[days];
      if (seen * 2 >= all) return days;
    }
    return 0;
  }

  static std::string TermText(const SentenceFigures& sentence) {
    const std::string length =
        sentence.term ? program::LengthText(*sentence.term) : std::string(words::kNoFixedTerm);
    const std::string dates = words::SentenceDates(sentence.from, sentence.until);
    return sentence.from || sentence.until ? fmt::format("{}, {}", length, dates) : length;
  }

  void DrawPanel(const SentenceFigures& sentence, double top) {
    const auto& used = sentence.tally.days_used;
    std::vector<double> bins(range_ / bin_, 0);
    double beyond = 0;
    for (std::size_t days = 0; days < used.size(); ++days) {
      if (days < range_) {
        bins[days / bin_] += used[days];
      } else {
        beyond += used[days];
      }
    }
    const double base = top + kPanel - 20;
    const double most = std::max(1.0, *std::max_element(bins.begin(), bins.end()));
    const Scale y{0, most, base, top + 24};
    const double term = sentence.term ? DaysOf(*sentence.term) : static_cast<double>(range_);
    Label(html_, kLeft, top + 10, TermText(sentence), "start", "axis");
    Line(html_, kLeft, base, kRight, base, "tick");
    Label(html_, kLeft - 6, y(most) + 4, words::Number(static_cast<std::uint64_t>(most)), "end");
    Label(html_, kLeft - 6, base + 4, "0", "end");
    const double width = std::max((kRight - kLeft) / static_cast<double>(bins.size()) - 0.6, 0.8);
    for (std::size_t i = 0; i < bins.size(); ++i) {
      if (bins[i] <= 0) continue;
      const bool beyond_term = static_cast<double>(i * bin_) > term;
      auto group = html_.Open("g");
      html_.Element("title",
                    words::DaysTip(i * bin_, i * bin_ + bin_ - 1, static_cast<std::uint64_t>(bins[i])));
      Bar(html_, x_(static_cast<double>(i * bin_)), width, y(bins[i]), base, beyond_term ? "beyond" : "good");
    }
    if (sentence.term && term < static_cast<double>(range_)) {
      const double x = x_(term + (bin_ == 1 ? 1 : 0));
      Line(html_, x, top + 14, x, base, "law");
      Label(html_, x + 4, top + 22, program::LengthText(*sentence.term), "start", "lawlabel");
    }
    if (beyond > 0)
      Label(html_, kRight, top + 10, words::Beyond(static_cast<std::uint64_t>(beyond), range_), "end");
  }

  void DrawAxis(double top) {
    const auto step = static_cast<std::size_t>(RoundUp(std::max(1.0, static_cast<double>(range_) / 10)));
    for (std::size_t day = 0; day < range_; day += step) {
      const double x = x_(static_cast<double>(day));
      Line(html_, x, top - 20, x, top - 15, "tick");
      Label(html_, x, top - 2, std::to_string(day), "middle");
    }
    Label(html_, (kLeft + kRight) / 2, top + 18, words::kDaysUsed, "middle", "axis");
  }

  void WriteTable() {
    auto details = html_.Open("details");
    html_.Element("summary", words::kAsTable);
    auto scroller = OpenScroller(html_, words::AsTable(words::DaysTitle(rule_.title)));
    for (const SentenceFigures* sentence : shown_) {
      auto table = html_.Open("table");
      html_.Element("caption", TermText(*sentence));
      {
        auto head = html_.Open("thead");
        auto row = html_.Open("tr");
        for (const std::string_view label : words::kDaysColumns)
          html_.Element("th", label, {{"scope", "col"}});
      }
      auto body = html_.Open("tbody");
      const auto& used = sentence->tally.days_used;
      // Ten rows or so per hundred: the figure is for the shape, the JSON for every day.
      const std::size_t step = std::max<std::size_t>(1, (used.size() + 59) / 60);
      for (std::size_t from = 0; from < used.size(); from += step) {
        std::uint64_t count = 0;
        for (std::size_t day = from; day < std::min(from + step, used.size()); ++day) count += used[day];
        if (count == 0) continue;
        auto row = html_.Open("tr");
        html_.Element("th", words::DayRange(from, std::min(from + step, used.size()) - 1),
                      {{"scope", "row"}});
        html_.Element("td", words::Number(count));
      }
    }
  }

  Html& html_;
  const RuleFigures& rule_;
  std::vector<const SentenceFigures*> shown_;
  std::size_t range_ = 0;
  std::size_t bin_ = 1;
  Scale x_{};
};

}  // namespace

void DrawMonths(Html& html, const RuleFigures& rule) {
  const Tally tally = AuthorityTally(rule);
  if (tally.months.empty()) return;
  MonthsPlot(html, rule, tally).Draw();
}

void DrawDaysUsed(Html& html, const RuleFigures& rule) {
  DaysPlot plot(html, rule);
  if (!plot.empty()) plot.Draw();
}

}  // namespace lawbound::report
