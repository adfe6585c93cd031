// Akoma Ntoso names the parts of an article paragraph, point and indent; what is an item here is a point
// there.  An element's eId is the way to it, joined by two underscores.
#include "registry/export.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "foreign/xml.h"
#include "law/text.h"
#include "registry/page.h"

namespace lawbound::registry {

using foreign::XmlEscape;
namespace {

using law::ProvisionKind;
using OwnDays = std::map<std::string, base::Day>;

std::string DayOr(std::optional<base::Day> day, std::string_view otherwise) {
  return day ? base::PrintDay(*day) : std::string(otherwise);
}

// A part of an article with what is within it.
struct Node {
  law::Step step;
  std::vector<std::string> lines;
  std::vector<Node> parts;
};

// The parts of an article as a tree: paragraphs, in them items, in them points.
std::vector<Node> TreeOf(const law::Grammar& grammar, const std::string& text) {
  std::vector<Node> roots;
  for (const law::ArticlePart& part : law::SplitArticle(grammar, text)) {
    std::vector<Node>* level = &roots;
    Node* node = nullptr;
    for (const law::Step& step : part.path) {
      if (level->empty() || level->back().step != step) level->push_back({step, {}, {}});
      node = &level->back();
      level = &node->parts;
    }
    if (node != nullptr) node->lines.push_back(text.substr(part.begin, part.end - part.begin));
  }
  return roots;
}

std::string_view ElementOf(ProvisionKind kind) {
  switch (kind) {
    case ProvisionKind::kPart:
      return "part";
    case ProvisionKind::kSubpart:
      return "subpart";
    case ProvisionKind::kChapter:
      return "chapter";
    case ProvisionKind::kSection:
      return "section";
    case ProvisionKind::kArticle:
      return "article";
    case ProvisionKind::kParagraph:
      return "paragraph";
    case ProvisionKind::kItem:
      return "point";
    case ProvisionKind::kPoint:
      return "indent";
    case ProvisionKind::kPreamble:
    case ProvisionKind::kAnnex:
    case ProvisionKind::kHeading:
      return "hcontainer";
  }
  return "";
}

law::Path PathAt(const std::string& path) { return law::ParsePath(path).value_or(law::Path()); }

std::string EidOf(const law::Path& path) {
  std::string out;
  for (law::Step step : path) {
    std::string name = law::PrintPath({step});
    const std::size_t number = name.find('_');
    if (step.kind == ProvisionKind::kItem) name = "point" + name.substr(number);
    if (step.kind == ProvisionKind::kPoint) name = "indent" + name.substr(number);
    out += (out.empty() ? "" : "__") + name;
  }
  return out;
}

class AkomaNtosoWriter {
 public:
  AkomaNtosoWriter(const Jurisdiction& jurisdiction, const Work& work, std::size_t version,
                   const std::vector<UnitRow>& units, const OwnDays& own_days)
      : jurisdiction_(jurisdiction),
        work_(work),
        version_(version),
        dates_(work.versions[version].dates),
        units_(units),
        own_days_(own_days) {}

  std::string Write() {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n<act name=\"act\">\n";
    WriteMeta();
    out_ += fmt::format("<preface><longTitle><p><docTitle>{}</docTitle></p></longTitle></preface>\n",
                        XmlEscape(work_.instrument.title));
    WritePreamble();
    out_ += "<body>\n";
    for (const UnitRow& unit : units_) WriteUnit(unit);
    CloseDownTo(0);
    return out_ + "</body>\n</act>\n</akomaNtoso>\n";
  }

 private:
  void WriteMeta() {
    // A document without a date has none; the schema wants one, and 1000-01-01 is its custom for unknown.
    const std::string published = DayOr(dates_.published, "1000-01-01");
    const std::string country = jurisdiction_.identity("country", "xx");
    const std::string work =
        fmt::format("/akn/{}/act/{}/{}", country, published, XmlEscape(work_.instrument.address_name));
    const std::string expression = work + '/' + jurisdiction_.identity("language", "und") + '@' + published;
    const auto core = [&](std::string_view element, const std::string& uri, const std::string& more) {
      out_ += fmt::format(
          "<{0}><FRBRthis value=\"{1}/!main\"/><FRBRuri value=\"{1}\"/><FRBRdate date=\"{2}\" "
          "name=\"publication\"/><FRBRauthor href=\"#maker\"/>{3}</{0}>\n",
          element, uri, published, more);
    };
    out_ += "<meta>\n<identification source=\"#lawbound\">\n";
    core("FRBRWork", work,
         fmt::format("<FRBRcountry value=\"{}\"/><FRBRname value=\"{}\"/>", country,
                     XmlEscape(work_.instrument.name)));
    core("FRBRExpression", expression,
         fmt::format("<FRBRlanguage language=\"{}\"/>", jurisdiction_.identity("language", "und")));
    core("FRBRManifestation", expression + ".xml", "");
    out_ += "</identification>\n<lifecycle source=\"#lawbound\">\n";
    const auto event = [&](std::string_view id, std::optional<base::Day> day, std::string_view type) {
      if (day)
        out_ += fmt::format("<eventRef eId=\"{}\" date=\"{}\" type=\"{}\" source=\"#lawbound\"/>\n", id,
                            base::PrintDay(*day), type);
    };
    event("published", dates_.published, "generation");
    event("commences", dates_.commences, "generation");
    event("ends", dates_.ends, "repeal");
    for (const auto& [path, day] : own_days_) event("commences-" + EidOf(PathAt(path)), day, "generation");
    if (!dates_.published && !dates_.commences && !dates_.ends)
      out_ += "<eventRef eId=\"known\" date=\"" + base::PrintDay(dates_.known_since) +
              "\" type=\"generation\" source=\"#lawbound\"/>\n";
    out_ += "</lifecycle>\n";
    WriteTimes();
    out_ +=
        "<references source=\"#lawbound\">\n"
        "<TLCOrganization eId=\"lawbound\" href=\"/ontology/organization/lawbound\" showAs=\"Lawbound\"/>\n";
    const std::string maker = MakerOf(work_, version_);
    out_ +=
        fmt::format("<TLCOrganization eId=\"maker\" href=\"/ontology/organization/maker\" showAs=\"{}\"/>\n",
                    XmlEscape(maker.empty() ? "unknown" : maker));
    out_ +=
        "<TLCConcept eId=\"in-force-time\" href=\"/ontology/concept/in-force\" showAs=\"in force\"/>\n"
        "</references>\n</meta>\n";
  }

  // When the version is in force, and each article that has a day of its own.
  void WriteTimes() {
    if (!dates_.commences && own_days_.empty()) return;
    out_ += "<temporalData source=\"#lawbound\">";
    const std::string_view end = dates_.ends ? " end=\"#ends\"" : "";
    const auto group = [&](const std::string& suffix) {
      out_ += fmt::format(
          "<temporalGroup eId=\"in-force{0}\"><timeInterval refersTo=\"#in-force-time\" "
          "start=\"#commences{0}\"{1}/></temporalGroup>",
          suffix, end);
    };
    if (dates_.commences) group("");
    for (const auto& [path, day] : own_days_) group('-' + EidOf(PathAt(path)));
    out_ += "</temporalData>\n";
  }

  void WritePreamble() {
    for (const UnitRow& unit : units_) {
      if (unit.kind != ProvisionKind::kPreamble) continue;
      out_ += "<preamble>\n";
      WriteLines(unit.text);
      out_ += "</preamble>\n";
    }
  }

  void WriteLines(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      out_ += fmt::format("<p>{}</p>\n", XmlEscape(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  void CloseDownTo(std::size_t depth) {
    while (open_.size() > depth) {
      out_ += fmt::format("</{}>\n", ElementOf(open_.back().kind));
      open_.pop_back();
    }
  }

  void WriteUnit(const UnitRow& unit) {
    if (unit.kind == ProvisionKind::kPreamble) return;
    const law::Path path = law::ParsePath(unit.path).value_or(law::Path());
    const bool container = unit.kind < ProvisionKind::kArticle;
    if (container) {
      std::size_t common = 0;
      while (common < open_.size() && common + 1 < path.size() && open_[common] == path[common]) ++common;
      CloseDownTo(common);
    } else if (unit.kind != ProvisionKind::kArticle) {
      CloseDownTo(0);
    }
    const std::string_view element = ElementOf(unit.kind);
    const bool own = own_days_.contains(unit.path);
    out_ += fmt::format("<{}{} eId=\"{}\"{}>", element,
                        unit.kind == ProvisionKind::kAnnex     ? " name=\"annex\""
                        : unit.kind == ProvisionKind::kHeading ? " name=\"heading\""
                                                               : "",
                        EidOf(path), own ? " period=\"#in-force-" + EidOf(path) + '"' : std::string());
    if (container) {
      const std::size_t number = jurisdiction_.grammar.ReadNumbered(unit.heading, 0).bytes;
      if (number != 0) out_ += fmt::format("<num>{}</num>", XmlEscape(unit.heading.substr(0, number)));
      std::string_view words = std::string_view(unit.heading).substr(number);
      while (words.starts_with(' ')) words.remove_prefix(1);
      while (words.starts_with("\u3000")) words.remove_prefix(3);
      if (!words.empty()) out_ += fmt::format("<heading>{}</heading>", XmlEscape(words));
      out_ += '\n';
      open_.push_back(path.back());
      return;
    }
    if (unit.kind == ProvisionKind::kArticle) {
      out_ += fmt::format("<num>{}</num>\n", XmlEscape(jurisdiction_.grammar.PrintNumbered(path.back())));
      for (const Node& node : TreeOf(jurisdiction_.grammar, unit.text)) WriteNode(node, path);
    } else {
      if (!unit.heading.empty()) out_ += fmt::format("<heading>{}</heading>", XmlEscape(unit.heading));
      out_ += "<content>\n";
      WriteLines(unit.text.empty() ? std::string_view(" ") : std::string_view(unit.text));
      out_ += "</content>";
    }
    out_ += fmt::format("</{}>\n", element);
  }

  void WriteNode(const Node& node, law::Path path) {
    path.push_back(node.step);
    const std::string_view element = ElementOf(node.step.kind);
    out_ += fmt::format("<{} eId=\"{}\">", element, EidOf(path));
    std::vector<std::string> lines = node.lines;
    if (node.step.kind != ProvisionKind::kParagraph && !lines.empty()) {
      const std::size_t number = NumberBytes(lines.front());
      out_ += fmt::format("<num>{}</num>", XmlEscape(lines.front().substr(0, number)));
      lines.front().erase(0, number);
    }
    const bool leaf = node.parts.empty();
    if (leaf || !lines.empty()) out_ += leaf ? "<content>\n" : "<intro>\n";
    for (const std::string& line : lines) WriteLines(line);
    if (leaf && lines.empty()) out_ += "<p/>\n";
    if (leaf || !lines.empty()) out_ += leaf ? "</content>" : "</intro>\n";
    for (const Node& part : node.parts) WriteNode(part, path);
    out_ += fmt::format("</{}>\n", element);
  }

  // The bytes of （三）, 三、 or 3. at the start of an item.
  std::size_t NumberBytes(std::string_view line) const {
    const law::Grammar& grammar = jurisdiction_.grammar;
    if (const law::ReadNumber number = grammar.ReadBracketed(line, 0); number.bytes != 0) return number.bytes;
    const law::ReadNumber number = grammar.ReadNumber(line, 0);
    if (number.bytes == 0) return 0;
    return number.bytes +
           std::max(grammar.list_after.At(line, number.bytes), grammar.point_after.At(line, number.bytes));
  }

  const Jurisdiction& jurisdiction_;
  const Work& work_;
  std::size_t version_;
  const law::Version& dates_;
  const std::vector<UnitRow>& units_;
  const OwnDays& own_days_;
  std::string out_;
  law::Path open_;  // the containers that are open
};

std::string_view KindWord(ProvisionKind kind) {
  switch (kind) {
    case ProvisionKind::kPreamble:
      return "preamble";
    case ProvisionKind::kAnnex:
      return "annex";
    case ProvisionKind::kHeading:
      return "heading";
    case ProvisionKind::kItem:
      return "item";
    case ProvisionKind::kPoint:
      return "point";
    case ProvisionKind::kPart:
    case ProvisionKind::kSubpart:
    case ProvisionKind::kChapter:
    case ProvisionKind::kSection:
    case ProvisionKind::kArticle:
    case ProvisionKind::kParagraph:
      return ElementOf(kind);
  }
  return "";
}

nlohmann::json DayJson(std::optional<base::Day> day) {
  return day ? nlohmann::json(base::PrintDay(*day)) : nlohmann::json(nullptr);
}

std::string WriteJson(const Work& work, std::size_t version, const std::string& address,
                      const std::vector<UnitRow>& units, const OwnDays& own_days) {
  const VersionRow& row = work.versions[version];
  nlohmann::ordered_json out;
  out["address"] = address;
  out["title"] = work.instrument.title;
  out["name"] = work.instrument.name;
  out["rank"] = work.instrument.authority.rank;
  out["maker"] = MakerOf(work, version);
  out["territory"] = work.instrument.authority.territory;
  out["published"] = DayJson(row.dates.published);
  out["commences"] = DayJson(row.dates.commences);
  out["ends"] = DayJson(row.dates.ends);
  out["knownSince"] = base::PrintDay(row.dates.known_since);
  out["source"] = row.source;
  out["provisions"] = nlohmann::ordered_json::array();
  for (const UnitRow& unit : units) {
    nlohmann::ordered_json provision;
    provision["kind"] = KindWord(unit.kind);
    provision["path"] = unit.path;
    if (!unit.heading.empty()) provision["heading"] = unit.heading;
    provision["text"] = unit.text;
    if (const auto own = own_days.find(unit.path); own != own_days.end())
      provision["commences"] = base::PrintDay(own->second);
    out["provisions"].push_back(std::move(provision));
  }
  return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string WriteMarkdown(const Jurisdiction& jurisdiction, const Work& work, std::size_t version,
                          const std::string& head, const std::vector<UnitRow>& units) {
  const law::Version& dates = work.versions[version].dates;
  std::string out = fmt::format("---\ntitle: {}\n", work.instrument.title);
  const auto line = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{}: {}\n", key, value);
  };
  line("published", DayOr(dates.published, ""));
  line("commences", DayOr(dates.commences, ""));
  if (dates.ends) line("expires", base::PrintDay(*dates.ends - 1));
  line("rank", work.instrument.authority.rank);
  line("maker", MakerOf(work, version));
  line("territory", work.instrument.authority.territory);
  out += "---\n" + (head.empty() ? std::string() : head + '\n') + "<!-- INFO END -->\n";
  for (const UnitRow& unit : units) {
    if (!unit.heading.empty()) {
      const bool annex = unit.kind == ProvisionKind::kAnnex;
      const auto level = static_cast<std::size_t>(unit.depth) + 2;
      out += fmt::format("\n{}{}\n", annex ? "" : std::string(std::min<std::size_t>(level, 6), '#') + ' ',
                         unit.heading);
    }
    if (unit.kind == ProvisionKind::kArticle) {
      const law::Path path = law::ParsePath(unit.path).value_or(law::Path());
      out += fmt::format("\n{} {}\n", jurisdiction.grammar.PrintNumbered(path.back()), unit.text);
    } else if (!unit.text.empty()) {
      out += '\n' + unit.text + '\n';
    }
  }
  return out;
}

// What other texts do to the instrument and its text here has not taken in: a reader must know.
base::Result<std::vector<std::string>> OpenChanges(Registry& registry, const Work& work) {
  std::vector<std::string> out;
  ASSIGN_OR_RETURN(const std::vector<law::Effect> effects, registry.EffectsOn(work.instrument, work.known));
  for (const law::Effect& effect : effects) {
    if (effect.applied != law::Applied::kNo) continue;
    ASSIGN_OR_RETURN(const std::optional<Work> by, registry.WorkOfVersion(effect.by, work.known));
    if (!by) continue;
    out.push_back(fmt::format("{} {} {}, from {}", by->instrument.title, law::EffectWords(effect.kind),
                              effect.affected_path.empty() ? "it" : law::PrintPath(effect.affected_path),
                              DayOr(effect.effective, "an unknown day")));
  }
  return out;
}

}  // namespace

std::optional<ExportFormat> ExportFormatNamed(std::string_view name) {
  if (name == "akn") return ExportFormat::kAkomaNtoso;
  if (name == "json") return ExportFormat::kJson;
  if (name == "markdown") return ExportFormat::kMarkdown;
  if (name == "html") return ExportFormat::kHtml;
  return std::nullopt;
}

base::Result<std::string> Export(Registry& registry, const Jurisdiction& jurisdiction, const Work& work,
                                 std::size_t version, base::Day day, ExportFormat format) {
  ASSIGN_OR_RETURN(const std::vector<UnitRow> units, registry.Units(work.versions[version].dates.id));
  ASSIGN_OR_RETURN(const OwnDays own_days, registry.OwnCommencements(work.versions[version].dates.id));
  const std::string address = registry.AddressOf(work, version, {}, std::nullopt);
  switch (format) {
    case ExportFormat::kAkomaNtoso:
      return AkomaNtosoWriter(jurisdiction, work, version, units, own_days).Write();
    case ExportFormat::kJson:
      return WriteJson(work, version, address, units, own_days);
    case ExportFormat::kMarkdown: {
      ASSIGN_OR_RETURN(const std::string head, registry.Head(work.versions[version].dates.id));
      return WriteMarkdown(jurisdiction, work, version, head, units);
    }
    case ExportFormat::kHtml: {
      ASSIGN_OR_RETURN(const std::vector<std::string> open_changes, OpenChanges(registry, work));
      return VersionPage(jurisdiction, {work, version, address}, day, units, own_days, open_changes);
    }
  }
  return std::string();
}

}  // namespace lawbound::registry
