#include "report/pack_page.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "law/citation.h"
#include "program/floor.h"
#include "program/listing.h"
#include "program/names.h"
#include "program/standing.h"
#include "report/html.h"
#include "report/inline_text.h"
#include "report/style.h"

namespace lawbound::report {
namespace {

using program::Program;
using program::SentenceDef;

// One piece of the page.  A table's first row is its heading.
struct Piece {
  enum class Kind { kHeading, kParagraph, kList, kTable, kCode, kPicture };
  Kind kind = Kind::kParagraph;
  std::size_t level = 2;  // kHeading
  std::vector<std::string> lines;
  std::vector<std::vector<std::string>> rows;
  bool prose = false;       // the author's Markdown: signs within a line mean something
  std::size_t picture = 0;  // kPicture: row of PackSource::pictures
};
using Pieces = std::vector<Piece>;

Piece Heading(std::size_t level, std::string text) {
  return {.kind = Piece::Kind::kHeading, .level = level, .lines = {std::move(text)}, .rows = {}};
}
Piece Lines(Piece::Kind kind, std::vector<std::string> lines) {
  return {.kind = kind, .level = 0, .lines = std::move(lines), .rows = {}};
}
Piece Paragraph(std::string text) { return Lines(Piece::Kind::kParagraph, {std::move(text)}); }
Piece Code(std::string text) { return Lines(Piece::Kind::kCode, {std::move(text)}); }

std::string Joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? std::string() : std::string(between)) + word;
  return text;
}

// --------------------------------------------------------------------------------------------------- prose

// "on-day" as people write it.
std::string Plain(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

// Prose outside the code blocks of a page; headings sink by one level, since the page has a title of its own,
// and none is more than one level below the one before.  A heading that only repeats the title is left out.
class ProseReader {
 public:
  explicit ProseReader(std::string_view title) : title_(title) {}

  Pieces Read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      Line(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    Flush();
    DropBareHeadings();
    for (Piece& piece : pieces_) piece.prose = true;
    return std::move(pieces_);
  }

 private:
  void Line(std::string_view line) {
    if (line.starts_with("```")) {
      Flush();
      inside_ = !inside_;
    } else if (inside_) {
      return;
    } else if (line.starts_with("#")) {
      Flush();
      const std::size_t level = line.find_first_not_of('#');
      if (level == std::string_view::npos) return;
      const std::string_view words = line.substr(std::min(line.find_first_not_of(' ', level), line.size()));
      if (words == title_) {
        level_ = 1;
        return;
      }
      level_ = std::min({level + 1, level_ + 1, std::size_t{4}});
      pieces_.push_back(Heading(level_, std::string(words)));
    } else if (line.starts_with("- ")) {
      if (pieces_.empty() || pieces_.back().kind != Piece::Kind::kList || !paragraph_.empty()) {
        Flush();
        pieces_.push_back(Lines(Piece::Kind::kList, {}));
      }
      pieces_.back().lines.emplace_back(line.substr(2));
    } else if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      Flush();
    } else if (line.starts_with("  ") && paragraph_.empty() && !pieces_.empty() &&
               pieces_.back().kind == Piece::Kind::kList && !pieces_.back().lines.empty()) {
      pieces_.back().lines.back() += " " + std::string(line.substr(line.find_first_not_of(' ')));
    } else {
      paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(line);
    }
  }

  // What stands under a heading may all be code.
  void DropBareHeadings() {
    Pieces kept;
    while (!pieces_.empty()) {
      Piece piece = std::move(pieces_.back());
      pieces_.pop_back();
      const bool heading = piece.kind == Piece::Kind::kHeading;
      const Piece* next = kept.empty() ? nullptr : &kept.back();
      const bool bare =
          next == nullptr || (next->kind == Piece::Kind::kHeading && next->level <= piece.level);
      if (!heading || !bare) kept.push_back(std::move(piece));
    }
    std::reverse(kept.begin(), kept.end());
    pieces_ = std::move(kept);
  }

  void Flush() {
    if (!paragraph_.empty()) pieces_.push_back(Paragraph(std::exchange(paragraph_, {})));
  }

  std::string_view title_;
  Pieces pieces_;
  std::string paragraph_;
  std::size_t level_ = 1;
  bool inside_ = false;
};

// -------------------------------------------------------------------------------------------------- content

class Maker {
 public:
  explicit Maker(const PackSource& pack) : pack_(pack), p_(pack.compiled.program) {}

  std::string Title() const {
    return program::TitleOf(p_, p_.titles_of_pack, pack_.language, p_.string(p_.path));
  }

  std::string Where() const {
    return fmt::format("{}{}", p_.string(p_.path),
                       p_.zone ? fmt::format(", in the time of {}", p_.string(p_.zone)) : "");
  }

  Pieces Make() {
    const std::string title = Title();
    for (const source::FileId page : pack_.pages)
      for (Piece& piece : ProseReader(title).Read(pack_.sources.file(page).text)) Add(std::move(piece));
    Pictures();
    Roles();
    Acts();
    Times();
    Rules();
    Remedies();
    Promises();
    Latest();
    Examples();
    return std::move(pieces_);
  }

 private:
  void Add(Piece piece) { pieces_.push_back(std::move(piece)); }
  void Table(std::vector<std::vector<std::string>> rows) {
    if (rows.size() > 1) Add({.kind = Piece::Kind::kTable, .level = 0, .lines = {}, .rows = std::move(rows)});
  }

  std::string Of(model::RoleId id) const { return program::TitleOf(p_, id, pack_.language); }
  std::string Of(model::ActId id) const { return program::TitleOf(p_, id, pack_.language); }

  // “Report dispatched”, within a sentence.
  std::string Quoted(model::ActId id) const { return fmt::format("“{}”", Of(id)); }
  std::string Quoted(base::Range<model::ActId> acts) const {
    std::vector<std::string> titles;
    for (std::uint32_t i = acts.first; i < acts.end(); ++i) titles.push_back(Quoted(p_.act_lists[i]));
    return Joined(titles, " or ");
  }

  template <typename Id>
  std::vector<std::string> TitlesOf(const std::vector<Id>& list, base::Range<Id> range) const {
    std::vector<std::string> titles;
    for (std::uint32_t i = range.first; i < range.end(); ++i) titles.push_back(Of(list[i]));
    return titles;
  }

  std::string Cited(base::Range<program::Citation> under) const {
    std::vector<std::string> all;
    for (std::uint32_t i = under.first; i < under.end(); ++i) {
      const program::Citation& citation = p_.citations[i];
      all.push_back(
          fmt::format("{} ({})", program::Words(p_, citation), law::ReadingWords(citation.reading)));
    }
    return Joined(all, "; ");
  }

  std::string FieldNames(base::Range<model::Field> fields) const {
    std::vector<std::string> names;
    for (std::uint32_t i = fields.first; i < fields.end(); ++i) {
      const program::FieldDef& field = p_.fields[i];
      names.push_back(Plain(p_.string(field.name)) + (field.optional ? " (if there is one)" : ""));
    }
    return Joined(names, ", ");
  }

  // In HTML alone.
  void Pictures() {
    if (pack_.pictures.empty() && pack_.no_pictures.empty()) return;
    Add(Heading(2, "The procedure in pictures"));
    if (!pack_.no_pictures.empty()) Add(Paragraph(pack_.no_pictures));
    for (std::size_t i = 0; i < pack_.pictures.size(); ++i)
      Add({.kind = Piece::Kind::kPicture, .level = 0, .lines = {}, .rows = {}, .prose = false, .picture = i});
  }

  void Roles() {
    if (p_.roles.empty()) return;
    Add(Heading(2, "Who takes part"));
    std::vector<std::vector<std::string>> rows = {{"Who", "What they are", "What is known of them"}};
    for (std::size_t i = 0; i < p_.roles.size(); ++i) {
      const program::RoleDef& role = p_.roles[i];
      std::string kind(program::RoleKindWords(role.kind));
      if (role.several) kind += ", one or several";
      if (role.credential) kind += fmt::format(", with {}", Plain(p_.string(role.credential)));
      rows.push_back({Of(model::RoleId(i)), kind, FieldNames(role.fields)});
    }
    Table(std::move(rows));
  }

  void Acts() {
    if (p_.acts.empty()) return;
    Add(Heading(2, "Who may do what"));
    std::vector<std::vector<std::string>> rows = {
        {"What", "By whom", "To whom", "Resting on", "What it says", "Basis"}};
    for (std::size_t i = 0; i < p_.acts.size(); ++i) {
      const program::ActDef& act = p_.acts[i];
      std::string by = act.by.empty() ? "the law" : Joined(TitlesOf(p_.role_lists, act.by), " or ");
      if (act.at_least > 1) by += fmt::format(", {} at least", act.at_least);
      std::string says = FieldNames(act.fields);
      if (!act.public_with.empty()) says += (says.empty() ? "" : "; ") + Published(act);
      rows.push_back({Of(model::ActId(i)), by, act.to ? Of(act.to) : "",
                      Joined(TitlesOf(p_.act_lists, act.rests_on), " or "), says, Cited(act.under)});
    }
    Table(std::move(rows));
  }

  std::string Published(const program::ActDef& act) const {
    std::vector<std::string> names;
    for (std::uint32_t i = act.public_with.first; i < act.public_with.end(); ++i)
      names.push_back(Plain(p_.string(p_.fields[p_.field_lists[i].index()].name)));
    return fmt::format("published for {}: {}", program::LengthText(act.public_for), Joined(names, ", "));
  }

  std::string Of(model::RuleId id) const { return program::TitleOf(p_, id, pack_.language); }

  // A time without a name is that of its sentence.
  std::string Of(model::TermId id) const {
    const program::TermDef& term = p_.terms[id.index()];
    if (!term.sentence) return Plain(p_.string(term.name));
    return "the time to do " + Quoted(p_.sentences[term.sentence.index()].acts);
  }

  std::string Of(const program::EventDef& event) const {
    switch (event.kind) {
      case program::EventDef::Kind::kAct:
        return event.on ? fmt::format("{} on {}", Quoted(event.act), Quoted(event.on)) : Quoted(event.act);
      case program::EventDef::Kind::kLapse:
        return "the end of " + Of(event.term);
      case program::EventDef::Kind::kBreach:
        return fmt::format("a breach of “{}”", Of(event.rule));
    }
    return {};
  }

  std::string Of(base::Range<program::EventDef> events, std::string_view between) const {
    std::vector<std::string> words;
    for (std::uint32_t i = events.first; i < events.end(); ++i) words.push_back(Of(p_.events[i]));
    return Joined(words, between);
  }

  std::string Of(const program::LengthDef& length) const {
    if (length.kind == program::LengthDef::Kind::kField) return "what it says there";
    if (length.kind == program::LengthDef::Kind::kOpen) return "without an end";
    if (length.kind == program::LengthDef::Kind::kFact)
      return fmt::format("as many {} as the table says", program::UnitWords(length.fixed.unit));
    return program::LengthText(p_, length);
  }

  std::string TimeText(model::TermId id) const {
    const program::TermDef& term = p_.terms[id.index()];
    std::string_view which;
    if (term.start_kind == program::TermDef::Start::kLaterOf) which = "the later of ";
    if (term.start_kind == program::TermDef::Start::kEarlierOf) which = "the earlier of ";
    return fmt::format("{} from {}{}", Of(term.length), which, Of(term.starts, " and "));
  }

  // What makes a time longer, stops it or ends it.
  std::string Changes(const program::TermDef& term) const {
    std::vector<std::string> words;
    if (!term.restarts.empty() && !term.sentence) words.push_back("again from " + Of(term.restarts, " or "));
    for (std::uint32_t i = term.stops.first; i < term.stops.end(); ++i)
      words.push_back("stands still while " + program::CodeText(p_, p_.stops[i].condition));
    for (std::uint32_t i = term.extensions.first; i < term.extensions.end(); ++i) {
      const program::ExtensionDef& extension = p_.extensions[i];
      words.push_back(fmt::format("longer by {} on {}{}{}", Of(extension.by), Quoted(extension.act),
                                  extension.has_cap ? ", at most " + Of(extension.cap) : "",
                                  extension.once ? ", once" : ""));
    }
    for (std::uint32_t i = term.ceilings.first; i < term.ceilings.end(); ++i) {
      const program::CeilingDef& ceiling = p_.ceilings[i];
      words.push_back(fmt::format("over {} from {} at the latest", Of(ceiling.length), Of(ceiling.from)));
    }
    return Joined(words, "; ");
  }

  void Times() {
    std::vector<std::vector<std::string>> rows = {{"Time", "How long", "What changes it", "Basis"}};
    for (std::size_t i = 0; i < p_.terms.size(); ++i) {
      const program::TermDef& term = p_.terms[i];
      if (term.sentence) continue;  // stands in its rule
      rows.push_back({Of(model::TermId(i)), TimeText(model::TermId(i)), Changes(term), Cited(term.under)});
    }
    if (rows.size() < 2) return;
    Add(Heading(2, "Times"));
    Table(std::move(rows));
  }

  std::string Core(const SentenceDef& s) const {
    const std::string who = Joined(TitlesOf(p_.role_lists, s.roles), " or ");
    const std::string what = Quoted(s.acts);
    const std::string within = s.term ? ", within " + Within(s.term) : "";
    switch (s.kind) {
      case SentenceDef::Kind::kMay:
        return fmt::format("{} may do: {}{}.", who, what, within);
      case SentenceDef::Kind::kMust:
        return fmt::format("{} must do: {}{}.", who, what,
                           s.prompt ? ", promptly after " + Of(s.event) : within);
      case SentenceDef::Kind::kOnlyIf:
        return fmt::format("{} may be done only if this holds:", what);
      case SentenceDef::Kind::kNoIf:
        return fmt::format("{} may not be done if this holds:", what);
      case SentenceDef::Kind::kOn:
        return fmt::format("What follows from {}:", Of(s.event));
    }
    return {};
  }

  std::string Within(model::TermId id) const {
    return p_.terms[id.index()].sentence ? TimeText(id) : fmt::format("“{}”: {}", Of(id), TimeText(id));
  }

  std::string Of(const program::EffectDef& effect) const {
    using Kind = program::EffectDef::Kind;
    switch (effect.kind) {
      case Kind::kDeemed:
        return Quoted(effect.act) + " counts as done";
      case Kind::kFalls:
        return Quoted(effect.act) + " falls";
      case Kind::kAnswers:
        return Of(effect.role) + " answers for it";
      case Kind::kQuality:
        return fmt::format("{} is {}{}", Quoted(effect.act), program::QualityWords(effect.quality),
                           effect.cured_by ? ", until " + Quoted(effect.cured_by) : "");
      case Kind::kRefused:
        return fmt::format("{} may refuse {}", Of(effect.role), Quoted(effect.act));
      case Kind::kStanding:
        return fmt::format("{} is {}", Quoted(effect.act), program::StandingWords(effect.standing));
    }
    return {};
  }

  // When a rule applies.
  void RuleHead(const program::RuleDef& rule) {
    if (rule.governed) Add(Paragraph(fmt::format("The law of the day of {} counts.", Of(rule.governed_by))));
    if (rule.if_code) Add(Paragraph("It applies if " + program::CodeText(p_, rule.if_code) + "."));
    for (std::uint32_t i = rule.overrides.first; i < rule.overrides.end(); ++i)
      Add(Paragraph(fmt::format("Where it applies, “{}” does not.", Of(p_.rule_lists[i]))));
  }

  void WhatBreachBrings(const program::RuleDef& rule) {
    std::vector<std::string> brings;
    for (std::uint32_t i = rule.breach.first; i < rule.breach.end(); ++i) brings.push_back(Of(p_.effects[i]));
    if (!brings.empty()) Add(Paragraph(fmt::format("If it is broken: {}.", Joined(brings, "; "))));
  }

  // "From 2010-08-13." of a sentence that was not law before.
  std::string InForce(const SentenceDef& s) const {
    std::string words;
    if (s.from != base::kFirstDay) words += " From " + base::PrintDay(s.from) + ".";
    if (s.until != base::kLastDay) words += " Until " + base::PrintDay(s.until) + ".";
    return words;
  }

  void Rules() {
    if (p_.rules.empty()) return;
    Add(Heading(2, "Rules"));
    for (std::size_t i = 0; i < p_.rules.size(); ++i) {
      const program::RuleDef& rule = p_.rules[i];
      Add(Heading(3, program::TitleOf(p_, model::RuleId(i), pack_.language)));
      Add(Paragraph(Cited(rule.under)));
      RuleHead(rule);
      for (std::uint32_t k = rule.sentences.first; k < rule.sentences.end(); ++k) {
        const SentenceDef& s = p_.sentences[k];
        Add(Paragraph(Core(s) + InForce(s)));
        Add(Code(std::string(p_.string(s.text))));
      }
      WhatBreachBrings(rule);
    }
  }

  // What each adverse act comes with, and what it lacks of the floor.
  void Remedies() {
    const std::vector<program::FloorGap> gaps = program::FloorGaps(p_);
    std::vector<std::vector<std::string>> rows = {
        {"What is done against a party", "What they can do", "Missing"}};
    std::vector<std::string> favourable;
    for (std::size_t i = 0; i < p_.acts.size(); ++i) {
      const model::ActId id(i);
      if (p_.acts[i].favourable)
        favourable.push_back(fmt::format("{}: {}", Of(id), p_.string(p_.acts[i].favourable)));
      if (!program::IsAdverse(p_, id)) continue;
      std::vector<std::string> can, missing;
      for (std::size_t k = 0; k < p_.acts.size(); ++k) {
        const auto on = p_.acts[k].rests_on;
        const bool rests = std::find(p_.act_lists.begin() + on.first, p_.act_lists.begin() + on.end(), id) !=
                           p_.act_lists.begin() + on.end();
        if (rests && p_.acts[k].side == program::Side::kParty) can.push_back(Of(model::ActId(k)));
      }
      for (const program::FloorGap& gap : gaps) {
        if (gap.act == id)
          missing.push_back(std::string("that ") + std::string(program::GuardWords(gap.guard)));
      }
      rows.push_back({Of(id), Joined(can, ", "), missing.empty() ? "nothing" : Joined(missing, "; ")});
    }
    if (rows.size() == 1 && favourable.empty()) return;
    Add(Heading(2, "Remedies"));
    Table(std::move(rows));
    if (favourable.empty()) return;
    Add(Paragraph("Said to favour the party, and why:"));
    Add(Lines(Piece::Kind::kList, std::move(favourable)));
  }

  void Promises() {
    if (p_.guarantees.empty()) return;
    Add(Heading(2, "What is promised"));
    std::vector<std::string> lines;
    for (const program::GuaranteeDef& g : p_.guarantees) {
      using Kind = program::GuaranteeDef::Kind;
      const std::string name = Plain(p_.string(g.name));
      const std::string condition = program::CodeText(p_, g.condition);
      switch (g.kind) {
        case Kind::kNever:
          lines.push_back(fmt::format("{}: never {} unless {}", name, Of(g.act), condition));
          break;
        case Kind::kAfterCan: {
          const std::string what = g.challenge ? "challenge " + Of(g.challenge)
                                               : "do " + Joined(TitlesOf(p_.act_lists, g.acts), " or ");
          lines.push_back(fmt::format("{}: after {}, {} can {}{}", name, Of(g.act), Of(g.role), what,
                                      g.until ? ", until the end of " + Of(g.until) : ""));
          break;
        }
        case Kind::kAlwaysReach:
          lines.push_back(fmt::format("{}: {} can always reach {}", name, Of(g.role), condition));
          break;
        case Kind::kDutiesMet:
          lines.push_back(fmt::format("{}: {} can always do in time what they must", name, Of(g.role)));
          break;
      }
    }
    Add(Lines(Piece::Kind::kList, std::move(lines)));
    Add(Paragraph("Whether it holds in every matter: `lawbound prove`."));
  }

  void Latest() {
    if (pack_.latest.empty() && pack_.latest_remarks.empty()) return;
    Add(Heading(2, "Until when each step may wait"));
    for (const LatestPage& page : pack_.latest) {
      Add(Heading(3, page.title));
      Table(page.steps);
      if (!page.sentences.empty()) Add(Lines(Piece::Kind::kList, page.sentences));
      for (const LatestPage::Sum& sum : page.sums) {
        Add(Paragraph(sum.title));
        Table(sum.rows);
      }
    }
    if (!pack_.latest_remarks.empty()) Add(Lines(Piece::Kind::kList, pack_.latest_remarks));
  }

  void Examples() {
    if (pack_.compiled.examples.empty()) return;
    Add(Heading(2, "Worked examples"));
    for (const check::Example& example : pack_.compiled.examples) {
      Add(Heading(3, example.title));
      Piece code = Lines(Piece::Kind::kCode, {});
      for (const check::ExampleStep& step : example.steps)
        code.lines.emplace_back(pack_.sources.text(step.span));
      Add(std::move(code));
    }
  }

  const PackSource& pack_;
  const Program& p_;
  Pieces pieces_;
};

// A cell of a Markdown table is one line without bars.
std::string Cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// ------------------------------------------------------------------------------------------------------ HTML

// What the style of reports lacks: tables of words, which a narrow screen shows row by row.
constexpr char kPageStyle[] = R"css(
nav ul{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.95rem}
nav a{display:inline-block;padding:.25rem 0}
main h3{margin-top:1.8rem}
main h2+h3{margin-top:0}
.words th,.words td{text-align:left;overflow-wrap:break-word}
.words th:first-child{min-width:0}
.words td:first-child{padding-left:0;font-weight:600}
.words td:last-child,.words th:last-child{padding-right:0}
figure .drawing{background:#fffdf8;outline:1px solid #dcd6c8;outline-offset:-1px;display:block;width:auto;min-width:0;max-width:none;margin:0 auto}
@media print{figure .drawing{max-width:100%;height:auto}}
@media (max-width:44rem){.words td{overflow-wrap:anywhere}.words,.words tbody,.words tr,.words td{display:block}
.words thead{position:absolute;left:-99rem}.words tr{border-bottom:1px solid var(--line);padding:.6rem 0}
.words td{border:0;padding:.1rem 0}.words td:empty{display:none}
.words td[data-label]::before{content:attr(data-label) ": ";color:var(--muted)}}
)css";

class HtmlPage {
 public:
  HtmlPage(const PackSource& pack, std::ostream& out) : pack_(pack), html_(out) {}

  void Write(Maker& maker) {
    const std::string_view language = pack_.language;
    const Pieces pieces = maker.Make();
    auto document = html_.Document("en");
    {
      auto head = html_.Open("head");
      html_.Void("meta", {{"charset", "utf-8"}});
      html_.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
      html_.Element("title", maker.Title());
      html_.Style(kStyle);
      html_.Style(kPageStyle);
      if (!pack_.pictures.empty()) WriteDrawingStyle(html_);
    }
    auto body = html_.Open("body");
    html_.Element("a", "Skip to the page", {{"class", "skip"}, {"href", "#page"}});
    {
      auto header = html_.Open("header");
      html_.Element("p", maker.Where(), {{"class", "kicker"}});
      if (language.empty()) {
        html_.Element("h1", maker.Title());
      } else {
        html_.Element("h1", maker.Title(), {{"lang", std::string(language)}});
      }
    }
    Contents(pieces);
    auto main = html_.Open("main", {{"id", "page"}});
    for (const Piece& piece : pieces) Write(piece);
  }

 private:
  void Contents(const Pieces& pieces) {
    auto nav = html_.Open("nav", {{"aria-label", "On this page"}});
    auto list = html_.Open("ul");
    std::size_t number = 0;
    for (const Piece& piece : pieces) {
      if (piece.kind != Piece::Kind::kHeading || piece.level != 2) continue;
      auto item = html_.Open("li");
      html_.Element("a", piece.lines.front(), {{"href", fmt::format("#part-{}", ++number)}});
    }
  }

  void Write(const Piece& piece) {
    switch (piece.kind) {
      case Piece::Kind::kHeading:
        return WriteHeading(piece);
      case Piece::Kind::kParagraph: {
        auto paragraph = html_.Open("p");
        return Text(piece, piece.lines.front());
      }
      case Piece::Kind::kList: {
        auto list = html_.Open("ul");
        for (const std::string& line : piece.lines) {
          auto item = html_.Open("li");
          Text(piece, line);
        }
        return;
      }
      case Piece::Kind::kCode:
        return html_.Element("pre", Joined(piece.lines, "\n"));
      case Piece::Kind::kTable:
        return WriteTable(piece.rows);
      case Piece::Kind::kPicture:
        return WritePicture(piece.picture);
    }
  }

  // The picture at its own size, which a narrow screen moves about in, and the same in words.  The ground is
  // the picture's: browsers keep a layer for what scrolls on a ground of its own, and a long page runs out of
  // them.
  void WritePicture(std::size_t number) {
    const Drawing& drawing = pack_.pictures[number].drawing;
    const std::vector<Attribute> language = {{"lang", pack_.language == "zh" ? "zh" : "en"}};
    const bool zh = pack_.language == "zh";
    html_.Element("h3", number == 0 ? drawing.title : fmt::format("{}. {}", number, drawing.title));
    auto figure = html_.Open("figure");
    {
      auto caption = html_.Open("figcaption", language);
      html_.Element("span", drawing.about, {{"class", "note"}});
    }
    {
      auto scroll = html_.Open(
          "div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", drawing.title}});
      WriteDrawing(drawing, pack_.pictures[number].layout, pack_.language, number, html_);
    }
    if (number == 0)
      WriteWords(zh ? "图例" : "What the lines and boxes mean", DrawingLegend(pack_.language), true);
    WriteWords(zh ? "文字说明" : "The same in words", drawing.words, false);
  }

  void WriteWords(std::string_view heading, const std::vector<std::string>& lines, bool open) {
    if (lines.empty()) return;
    auto details = open ? html_.Open("details", {{"open", ""}}) : html_.Open("details");
    html_.Element("summary", heading);
    auto list = html_.Open("ul");
    for (const std::string& line : lines) html_.Element("li", line);
  }

  void Text(const Piece& piece, std::string_view text) {
    if (piece.prose) {
      WriteInline(text, html_);
    } else {
      html_.Text(text);
    }
  }

  void WriteHeading(const Piece& piece) {
    if (piece.level <= 2) {
      html_.Element("h2", piece.lines.front(), {{"id", fmt::format("part-{}", ++parts_)}});
    } else if (piece.level == 3) {
      html_.Element("h3", piece.lines.front());
    } else {
      html_.Element("h4", piece.lines.front());
    }
  }

  // The roles say that it is a table also where a narrow screen lays it out otherwise.
  void WriteTable(const std::vector<std::vector<std::string>>& rows) {
    auto table = html_.Open("table", {{"class", "words"}, {"role", "table"}});
    {
      auto head = html_.Open("thead", {{"role", "rowgroup"}});
      auto row = html_.Open("tr", {{"role", "row"}});
      for (const std::string& cell : rows.front())
        html_.Element("th", cell, {{"scope", "col"}, {"role", "columnheader"}});
    }
    auto body = html_.Open("tbody", {{"role", "rowgroup"}});
    for (std::size_t i = 1; i < rows.size(); ++i) {
      auto row = html_.Open("tr", {{"role", "row"}});
      html_.Element("td", rows[i].front(), {{"role", "cell"}});
      for (std::size_t k = 1; k < rows[i].size(); ++k)
        html_.Element("td", rows[i][k], {{"role", "cell"}, {"data-label", rows.front()[k]}});
    }
  }

  const PackSource& pack_;
  Html html_;
  std::size_t parts_ = 0;
};

void WriteMarkdown(const Piece& piece, std::ostream& out) {
  switch (piece.kind) {
    case Piece::Kind::kHeading:
      out << std::string(piece.level, '#') << " " << piece.lines.front() << "\n";
      break;
    case Piece::Kind::kParagraph:
      out << piece.lines.front() << "\n";
      break;
    case Piece::Kind::kList:
      for (const std::string& line : piece.lines) out << "- " << line << "\n";
      break;
    case Piece::Kind::kCode:
      out << "```text\n" << Joined(piece.lines, "\n") << "\n```\n";
      break;
    case Piece::Kind::kTable:
      for (std::size_t i = 0; i < piece.rows.size(); ++i) {
        for (const std::string& cell : piece.rows[i]) out << "| " << Cell(cell) << " ";
        out << "|\n";
        if (i > 0) continue;
        for (std::size_t k = 0; k < piece.rows[i].size(); ++k) out << "|---";
        out << "|\n";
      }
      break;
    case Piece::Kind::kPicture:
      break;
  }
}

}  // namespace

void WritePackMarkdown(const PackSource& pack, std::ostream& out) {
  Maker maker(pack);
  out << "# " << maker.Title() << "\n\n" << maker.Where() << "\n";
  for (const Piece& piece : maker.Make()) {
    out << "\n";
    WriteMarkdown(piece, out);
  }
}

void WritePackHtml(const PackSource& pack, std::ostream& out) {
  Maker maker(pack);
  HtmlPage(pack, out).Write(maker);
}

}  // namespace lawbound::report
