#include "registry/page.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "foreign/xml.h"
#include "law/text.h"

namespace lawbound::registry {

using foreign::XmlEscape;
namespace {

using law::ProvisionKind;

// Colours keep the contrast of WCAG AA in both schemes.
constexpr std::string_view kStyle =
    ":root{color-scheme:light "
    "dark;--ink:#1c2024;--paper:#fffdf8;--muted:#565d66;--mark:#fff3bf;--line:#dcd6c8;"
    "--gone:#8a2414;--gone-back:#fbe6e0;--come:#1f5c33;--come-back:#e2f2e4}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--paper:#15171a;--muted:#a9afb7;--mark:#4a4115;"
    "--line:#3a3e44;--gone:#ffb4a3;--gone-back:#3c1d17;--come:#a5dcb0;--come-back:#16321d}}"
    "*{box-sizing:border-box}"
    "body{margin:0 "
    "auto;max-width:44rem;padding:1rem;line-height:1.7;color:var(--ink);background:var(--paper);"
    "overflow-wrap:anywhere}"
    "body.two{max-width:76rem}"
    "h1,h2,h3,h4,h5,h6{line-height:1.3}h2{margin:2rem 0 .5rem}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;font-size:.9rem}"
    "dt{color:var(--muted)}dd{margin:0}"
    "@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin:0 0 .4rem}}"
    "a{color:inherit}section p>a{font-weight:bold}"
    "p{margin:.4em 0}.item{padding-left:1em}.point{padding-left:2em}"
    ":target{background:var(--mark)}:focus-visible{outline:3px solid currentColor;outline-offset:2px}"
    ".pair{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}"
    "@media(max-width:48rem){.pair{grid-template-columns:1fr}}"
    ".pair>div{white-space:pre-line;border-top:1px solid var(--line);padding:.4rem 0}"
    "del{color:var(--gone);background:var(--gone-back)}"
    "ins{color:var(--come);background:var(--come-back);text-underline-offset:.2em}"
    ".how{font-size:.85rem;font-weight:normal;color:var(--muted)}";

std::string DayOr(std::optional<base::Day> day, std::string_view otherwise) {
  return day ? base::PrintDay(*day) : std::string(otherwise);
}

std::string OrUnknown(const std::string& words) { return words.empty() ? "unknown" : words; }

std::optional<law::InForce> SpanOf(const PageOf& of) {
  for (const law::InForce& span : of.work.succession.in_force) {
    if (span.version == of.version) return span;
  }
  return std::nullopt;
}

std::string Head(const Jurisdiction& jurisdiction, const std::string& title, std::string_view more) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n{}</head>\n",
      jurisdiction.identity("html-language", "und"), XmlEscape(title), kStyle, more);
}

void Say(std::string& out, std::string_view term, std::string_view words) {
  out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", XmlEscape(term), XmlEscape(words));
}

// What machines read: schema.org/Legislation.
std::string AboutJson(const Jurisdiction& jurisdiction, const PageOf& of, law::Force force) {
  const law::Version& dates = of.work.versions[of.version].dates;
  nlohmann::ordered_json about;
  about["@context"] = "https://schema.org";
  about["@type"] = "Legislation";
  about["name"] = of.work.instrument.title;
  about["legislationIdentifier"] = of.address;
  about["legislationJurisdiction"] = of.work.instrument.authority.territory;
  about["legislationType"] = of.work.instrument.authority.rank;
  if (const std::string maker = MakerOf(of.work, of.version); !maker.empty())
    about["legislationPassedBy"] = maker;
  if (dates.published) about["legislationDateVersion"] = base::PrintDay(*dates.published);
  if (dates.commences) about["legislationDateOfApplicability"] = base::PrintDay(*dates.commences);
  if (const std::optional<law::InForce> span = SpanOf(of)) {
    about["temporalCoverage"] =
        base::PrintDay(span->from) + '/' + (span->to ? base::PrintDay(*span->to - 1) : std::string(".."));
  }
  if (force == law::Force::kInForce) about["legislationLegalForce"] = "https://schema.org/InForce";
  if (force == law::Force::kEnded || force == law::Force::kNotYet)
    about["legislationLegalForce"] = "https://schema.org/NotInForce";
  about["inLanguage"] = jurisdiction.identity("html-language", "und");
  // "</" would end the script within a string.
  std::string json = about.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  for (std::size_t at = json.find("</"); at != std::string::npos; at = json.find("</", at))
    json.insert(at + 1, "\\");
  return "<script type=\"application/ld+json\">\n" + json + "\n</script>\n";
}

std::string NumberOf(const Jurisdiction& jurisdiction, const law::Path& path) {
  return path.empty() ? std::string() : jurisdiction.grammar.PrintNumbered(path.back());
}

class UnitWriter {
 public:
  UnitWriter(const Jurisdiction& jurisdiction, std::string& out) : jurisdiction_(jurisdiction), out_(out) {}

  void Write(const UnitRow& unit) {
    out_ += fmt::format("<section id=\"{}\">\n", XmlEscape(unit.path));
    ids_.insert(unit.path);
    const auto level = std::clamp<std::int64_t>(unit.depth + 2, 2, 6);
    if (!unit.heading.empty()) out_ += fmt::format("<h{0}>{1}</h{0}>\n", level, XmlEscape(unit.heading));
    if (unit.kind == ProvisionKind::kArticle) {
      WriteArticle(unit);
    } else {
      WriteLines(unit.text, "", "", "");
    }
    out_ += "</section>\n";
  }

 private:
  void WriteArticle(const UnitRow& unit) {
    std::string number =
        fmt::format("<a href=\"#{}\">{}</a> ", XmlEscape(unit.path),
                    XmlEscape(NumberOf(jurisdiction_, law::ParsePath(unit.path).value_or(law::Path()))));
    for (const law::ArticlePart& part : law::SplitArticle(jurisdiction_.grammar, unit.text)) {
      const bool own =
          part.role != law::ArticlePart::Role::kQuoted && part.role != law::ArticlePart::Role::kTable;
      const std::string id = own ? unit.path + '/' + law::PrintPath(part.path) : std::string();
      const std::string_view kind = part.role == law::ArticlePart::Role::kItem    ? "item"
                                    : part.role == law::ArticlePart::Role::kPoint ? "point"
                                                                                  : "";
      WriteLines(std::string_view(unit.text).substr(part.begin, part.end - part.begin), id, kind, number);
      number.clear();
    }
    if (!number.empty()) out_ += fmt::format("<p>{}</p>\n", number);
  }

  // The first line of them has the id and the number.
  void WriteLines(std::string_view text, std::string_view id, std::string_view kind,
                  std::string_view number) {
    bool first = true;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const bool named = first && !id.empty() && ids_.insert(std::string(id)).second;
      out_ += fmt::format("<p{}{}>{}{}</p>\n", named ? fmt::format(" id=\"{}\"", XmlEscape(id)) : "",
                          kind.empty() ? std::string() : fmt::format(" class=\"{}\"", kind),
                          first ? number : std::string_view(), XmlEscape(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
      first = false;
    }
  }

  const Jurisdiction& jurisdiction_;
  std::string& out_;
  std::set<std::string, std::less<>> ids_;
};

void WriteContents(const std::vector<UnitRow>& units, std::string& out) {
  const auto heads = [](const UnitRow& unit) {
    return unit.kind < ProvisionKind::kArticle && !unit.heading.empty();
  };
  if (std::ranges::count_if(units, heads) < 2) return;
  out += "<nav aria-label=\"Contents\">\n<ul>\n";
  for (const UnitRow& unit : units) {
    if (heads(unit))
      out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", XmlEscape(unit.path), XmlEscape(unit.heading));
  }
  out += "</ul>\n</nav>\n";
}

std::string VersionLine(const PageOf& of) {
  const law::Version& dates = of.work.versions[of.version].dates;
  const std::optional<law::InForce> span = SpanOf(of);
  return fmt::format("{}: published {}, in force {}", of.address, DayOr(dates.published, "on an unknown day"),
                     !span      ? "from an unknown day"
                     : span->to ? base::PrintDay(span->from) + " to " + base::PrintDay(*span->to - 1)
                                : "from " + base::PrintDay(span->from));
}

// The side of an article that has `kept` and what both have.
std::string SideOf(const std::vector<Run>& runs, Change kept, std::string_view element) {
  std::string out;
  for (const Run& run : runs) {
    if (run.change == Change::kSame) out += XmlEscape(run.text);
    if (run.change == kept) out += fmt::format("<{0}>{1}</{0}>", element, XmlEscape(run.text));
  }
  return out;
}

std::string ShownPath(const Jurisdiction& jurisdiction, const std::string& path) {
  const law::Path parsed = law::ParsePath(path).value_or(law::Path());
  return parsed.size() == 1 && parsed[0].kind == ProvisionKind::kArticle ? NumberOf(jurisdiction, parsed)
                                                                         : path;
}

}  // namespace

std::string MakerOf(const Work& work, std::size_t version) {
  const std::string& maker = work.versions[version].maker;
  return maker.empty() ? work.instrument.authority.maker : maker;
}

std::string VersionPage(const Jurisdiction& jurisdiction, const PageOf& of, base::Day day,
                        const std::vector<UnitRow>& units, const std::map<std::string, base::Day>& own_days,
                        const std::vector<std::string>& open_changes) {
  const Instrument& instrument = of.work.instrument;
  const VersionRow& row = of.work.versions[of.version];
  const law::Force force = law::ForceOf(of.work.succession, of.version, day);
  std::string out = Head(jurisdiction, instrument.title, AboutJson(jurisdiction, of, force));
  out += fmt::format("<body>\n<main>\n<h1>{}</h1>\n<dl lang=\"en\">\n", XmlEscape(instrument.title));
  Say(out, "Address", of.address);
  Say(out, "On " + base::PrintDay(day), law::ForceWords(force));
  Say(out, "Published", DayOr(row.dates.published, "unknown"));
  Say(out, "In force from", DayOr(row.dates.commences, "unknown"));
  if (const std::optional<law::InForce> span = SpanOf(of); span && span->to)
    Say(out, "In force to", base::PrintDay(*span->to - 1));
  for (const auto& [path, commences] : own_days)
    Say(out, ShownPath(jurisdiction, path) + " in force from", base::PrintDay(commences));
  Say(out, "Rank", OrUnknown(instrument.authority.rank));
  Say(out, "Maker", OrUnknown(MakerOf(of.work, of.version)));
  Say(out, "Source", row.source + ", known since " + base::PrintDay(row.dates.known_since));
  if (!instrument.subject_mark.empty())
    Say(out, "Subject", instrument.subject_mark + "; no pack may judge it");
  for (const std::string& change : open_changes) Say(out, "Not taken in", change);
  out += "</dl>\n";
  WriteContents(units, out);
  UnitWriter writer(jurisdiction, out);
  for (const UnitRow& unit : units) writer.Write(unit);
  return out + "</main>\n</body>\n</html>\n";
}

std::string ComparisonPage(const Jurisdiction& jurisdiction, const PageOf& before, const PageOf& after,
                           const std::vector<ArticleChange>& changes) {
  std::string title = before.work.instrument.title;
  if (before.work.instrument.id != after.work.instrument.id) title += " / " + after.work.instrument.title;
  std::string out = Head(jurisdiction, title, "");
  out += fmt::format("<body class=\"two\">\n<main>\n<h1>{}</h1>\n<dl lang=\"en\">\n", XmlEscape(title));
  Say(out, "Before", VersionLine(before));
  Say(out, "After", VersionLine(after));
  std::map<Change, std::size_t> counts;
  for (const ArticleChange& change : changes) ++counts[change.change];
  for (const auto& [change, count] : counts) Say(out, ChangeWords(change), fmt::format("{}", count));
  out += "</dl>\n";
  std::string same;
  for (const ArticleChange& change : changes) {
    const std::string from = change.path_before.empty() ? "" : ShownPath(jurisdiction, change.path_before);
    const std::string to = change.path_after.empty() ? "" : ShownPath(jurisdiction, change.path_after);
    const bool moved = change.path_before != change.path_after;
    if (change.runs.empty()) {
      same += (same.empty() ? "" : ", ") + (moved ? from + " → " + to : from);
      continue;
    }
    const std::string heading = from.empty() || to.empty() ? from + to : moved ? from + " → " + to : from;
    out += fmt::format(
        "<section>\n<h2>{} <span class=\"how\" lang=\"en\">{}</span></h2>\n<div class=\"pair\">\n"
        "<div>{}</div>\n<div>{}</div>\n</div>\n</section>\n",
        XmlEscape(heading), ChangeWords(change.change), SideOf(change.runs, Change::kRemoved, "del"),
        SideOf(change.runs, Change::kAdded, "ins"));
  }
  if (!same.empty())
    out += fmt::format("<section>\n<h2 lang=\"en\">The same words</h2>\n<p>{}</p>\n</section>\n",
                       XmlEscape(same));
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace lawbound::registry
