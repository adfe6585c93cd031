#include "basis/pack_law.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>

#include "basis/messages.h"
#include "law/text.h"
#include "registry/lookup.h"
#include "report/examples.h"
#include "store/database.h"

namespace lawbound::basis {
namespace {

using registry::Resolution;

// Walks the items of a pack and notes whatever stands under something.
class Gatherer {
 public:
  explicit Gatherer(const syntax::Tree& tree) : tree_(tree) {
    for (const syntax::Page& page : tree.pages) {
      for (const syntax::Item& item : page.items) {
        if (const auto* instrument = std::get_if<syntax::Instrument>(&item)) {
          std::vector<std::string>& titles = titles_[instrument->name.text];
          for (const syntax::Title& title : instrument->titles) titles.push_back(title.text);
        }
      }
    }
  }

  std::vector<PackCitation> Gather() {
    for (const syntax::Page& page : tree_.pages) {
      for (const syntax::Item& item : page.items) {
        std::visit([this](const auto& thing) { Visit(thing); }, item);
      }
    }
    return std::move(out_);
  }

 private:
  void Visit(const syntax::Counting& counting) { Add("counting", counting.name.text, counting.under); }
  void Visit(const syntax::Instrument& instrument) {
    for (const syntax::WorkingDaysOf& days : instrument.working_days)
      Add("instrument", instrument.name.text, days.under);
  }
  void Visit(const syntax::Act& act) { Add("act", act.name.text, act.under); }
  void Visit(const syntax::Fact& fact) {
    Add("fact", fact.names.empty() ? std::string() : fact.names.front().text, fact.under);
  }
  void Visit(const syntax::Table& table) { Add("table", table.name.text, table.under); }
  void Visit(const syntax::Term& term) {
    Add("term", term.name.text, term.under);
    for (const syntax::Change& change : term.changes) Add("term", term.name.text, change.under);
  }
  void Visit(const syntax::Rule& rule) {
    const std::size_t first = out_.size();
    Add("rule", rule.name.text, rule.under);
    std::optional<base::Day> from = base::kLastDay, until = base::kFirstDay;
    for (const syntax::Sentence& sentence : rule.sentences) {
      from = sentence.from && from ? std::optional(std::min(*from, *sentence.from)) : std::nullopt;
      until = sentence.until && until ? std::optional(std::max(*until, *sentence.until)) : std::nullopt;
    }
    for (std::size_t i = first; i < out_.size() && !rule.sentences.empty(); ++i) {
      out_[i].from = from;
      out_[i].until = until;
    }
  }
  template <typename Other>
  void Visit(const Other& /*nothing stands under it*/) {}

  void Add(const std::string& kind, const std::string& owner, const syntax::Under& under) {
    for (const syntax::Citation& citation : under) {
      const auto titles = titles_.find(citation.instrument.text);
      if (titles == titles_.end()) continue;
      out_.push_back({kind, owner, citation.instrument.text, titles->second, citation.provision,
                      citation.span, std::nullopt, std::nullopt});
    }
  }

  const syntax::Tree& tree_;
  std::map<std::string, std::vector<std::string>> titles_;
  std::vector<PackCitation> out_;
};

base::Day NearestDay(const PackCitation& citation, base::Day day) {
  if (citation.from && day < *citation.from) return *citation.from;
  if (citation.until && *citation.until < day) return *citation.until;
  return day;
}

// By a document number: in the title, in the head, or a line of its own before the first article.
base::Result<std::vector<registry::Instrument>> NumberedSo(registry::Registry& registry,
                                                           std::string_view number) {
  std::vector<registry::Instrument> out;
  ASSIGN_OR_RETURN(store::Statement find, registry.database().Prepare(R"sql(
    SELECT DISTINCT i.name, i.territory FROM instrument i JOIN version v ON v.instrument = i.id
      WHERE instr(i.title, ?1) OR instr(v.head, ?1) OR EXISTS(SELECT 1 FROM unit u
        WHERE u.version = v.id AND u.path = 'preamble'
          AND instr(char(10) || u.text || char(10), char(10) || ?1 || char(10))))sql"));
  find.Bind(1, number);
  for (;;) {
    ASSIGN_OR_RETURN(const bool row, find.Step());
    if (!row) return out;
    ASSIGN_OR_RETURN(std::vector<registry::Instrument> named,
                     registry.InstrumentsNamed(find.Text(0), find.Text(1)));
    for (registry::Instrument& instrument : named) out.push_back(std::move(instrument));
  }
}

// The item of this number in a document whose items are numbered through its articles; empty when they begin
// anew.
law::Path ItemOfDocument(const law::Grammar& grammar, const std::vector<registry::UnitRow>& units,
                         std::uint32_t number) {
  std::uint32_t last = 0;
  std::size_t articles = 0;
  law::Path found;
  for (const registry::UnitRow& unit : units) {
    if (unit.kind != law::ProvisionKind::kArticle) continue;
    bool any = false;
    for (const law::ArticlePart& part : law::SplitArticle(grammar, unit.text)) {
      if (part.role != law::ArticlePart::Role::kItem) continue;
      const std::uint32_t item = part.path.back().number;
      if (item <= last) return {};
      last = item;
      articles += any ? 0 : 1;
      any = true;
      if (item != number) continue;
      found = law::ParsePath(unit.path).value_or(law::Path());
      found.insert(found.end(), part.path.begin(), part.path.end());
    }
  }
  return articles > 1 ? found : law::Path();
}

bool HasDigit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

// A name of a pack stands in the words by itself: not as a part of another name.
bool HasWord(std::string_view words, std::string_view name) {
  const auto of_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  for (std::size_t at = words.find(name); at != std::string_view::npos; at = words.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !of_name(words[at - 1])) && (end == words.size() || !of_name(words[end]))) return true;
  }
  return false;
}

}  // namespace

std::vector<PackCitation> CitationsOf(const syntax::Tree& tree) { return Gatherer(tree).Gather(); }

std::optional<law::Path> PathOfProvision(std::string_view provision) {
  const auto number = [&](std::uint32_t& into) {
    const auto [end, error] = std::from_chars(provision.data(), provision.data() + provision.size(), into);
    provision.remove_prefix(static_cast<std::size_t>(end - provision.data()));
    return error == std::errc() && into != 0;
  };
  law::Path path = {{law::ProvisionKind::kArticle}};
  if (!number(path.back().number)) return std::nullopt;
  if (provision.starts_with('-')) {
    provision.remove_prefix(1);
    if (!number(path.back().insert)) return std::nullopt;
  }
  for (const law::ProvisionKind kind :
       {law::ProvisionKind::kParagraph, law::ProvisionKind::kItem, law::ProvisionKind::kPoint}) {
    if (provision.empty()) break;
    if (!provision.starts_with('(')) return std::nullopt;
    provision.remove_prefix(1);
    path.push_back({kind});
    if (!number(path.back().number) || !provision.starts_with(')')) return std::nullopt;
    provision.remove_prefix(1);
  }
  return provision.empty() ? std::optional(path) : std::nullopt;
}

law::Path PathMeant(const law::Grammar& grammar, const std::vector<registry::UnitRow>& units,
                    const law::Path& path) {
  if (path.size() == 1) {
    law::Path item = ItemOfDocument(grammar, units, path.front().number);
    return item.empty() ? path : item;
  }
  if (path.size() != 2) return path;
  const auto unit = std::ranges::find(units, law::PrintPath({path.front()}), &registry::UnitRow::path);
  if (unit == units.end()) return path;
  const std::vector<law::ArticlePart> parts = law::SplitArticle(grammar, unit->text);
  const bool one_paragraph =
      std::ranges::none_of(parts, [](const law::ArticlePart& part) { return part.path.front().number > 1; });
  const law::Path item = {{law::ProvisionKind::kParagraph, 1}, {law::ProvisionKind::kItem, path[1].number}};
  if (!one_paragraph || !law::FindPart(parts, item)) return path;
  return {path.front(), item[0], item[1]};
}

base::Result<std::vector<registry::Instrument>> InstrumentsMeant(registry::Registry& registry,
                                                                 const law::Grammar& grammar,
                                                                 const std::vector<std::string>& titles) {
  for (const std::string& title : titles) {
    ASSIGN_OR_RETURN(std::vector<registry::Instrument> named,
                     registry.InstrumentsNamed(grammar.PlainName(title), ""));
    const auto local = [](const registry::Instrument& instrument) {
      return instrument.authority.territory.find('/') != std::string::npos;
    };
    if (std::ranges::any_of(named, std::not_fn(local))) std::erase_if(named, local);
    if (!named.empty()) return named;
  }
  for (const std::string& title : titles) {
    if (!HasDigit(title)) continue;
    ASSIGN_OR_RETURN(std::vector<registry::Instrument> numbered, NumberedSo(registry, title));
    if (!numbered.empty()) return numbered;
  }
  return std::vector<registry::Instrument>();
}

base::Result<PackAnswer> Resolve(registry::Registry& registry, const registry::Jurisdiction& jurisdiction,
                                 const PackCitation& citation, base::Day day, base::Day known) {
  PackAnswer out;
  out.day = NearestDay(citation, day);
  const std::optional<law::Path> path = PathOfProvision(citation.provision);
  if (!path) return out.resolution = Resolution::kUnknown, out;
  out.path = *path;
  ASSIGN_OR_RETURN(const std::vector<registry::Instrument> meant,
                   InstrumentsMeant(registry, jurisdiction.grammar, citation.titles));
  if (meant.empty()) return out;
  if (meant.size() > 1) {
    out.resolution = Resolution::kSeveral;
    for (const registry::Instrument& instrument : meant)
      out.why += (out.why.empty() ? "" : ", ") + instrument.title;
    return out;
  }
  ASSIGN_OR_RETURN(const registry::Work work, registry.LoadWork(meant.front(), known));
  std::optional<std::size_t> version = law::VersionOn(work.succession, out.day);
  // A text without any date binds on no day that one could name; a citation of it can still be read.
  if (!version && work.versions.size() == 1 && work.succession.in_force.empty()) version = 0;
  if (!version) {
    out.resolution = Resolution::kNotInForce;
    out.why = fmt::format("no version of '{}' is known to be in force on {}", work.instrument.title,
                          base::PrintDay(out.day));
    return out;
  }
  ASSIGN_OR_RETURN(const std::vector<registry::UnitRow> units,
                   registry.Units(work.versions[*version].dates.id));
  out.path = PathMeant(jurisdiction.grammar, units, *path);
  base::Result<registry::Answer> found =
      registry.FindIn(jurisdiction.grammar, work, *version, out.path, out.day);
  if (found.ok()) {
    if (std::optional<std::string> why = registry::WhyNotInForce(found.value())) {
      out.resolution = Resolution::kNotInForce;
      out.why = *std::move(why);
      return out;
    }
    out.resolution = Resolution::kResolved;
    out.text = std::move(found).value();
    return out;
  }
  if (found.error().code != base::Errc::kNotFound) return std::move(found).error();
  out.resolution = Resolution::kNoProvision;
  out.why = found.error().message;
  return out;
}

base::Status CheckCitations(registry::Registry& registry, const registry::Jurisdiction& jurisdiction,
                            const syntax::Tree& tree, base::Day day, base::Day known,
                            source::Diagnostics& diagnostics) {
  std::set<std::string> missing;
  for (const PackCitation& citation : CitationsOf(tree)) {
    ASSIGN_OR_RETURN(const PackAnswer answer, Resolve(registry, jurisdiction, citation, day, known));
    const std::string words = citation.instrument + " " + citation.provision;
    switch (answer.resolution) {
      case Resolution::kResolved:
        if (const registry::Instrument& cited = answer.text->instrument; !cited.subject_mark.empty())
          diagnostics.Add(SubjectNoPackMayJudge(citation.span, words, cited.title, cited.subject_mark));
        break;
      case Resolution::kNoInstrument:
        if (missing.insert(citation.instrument).second)
          diagnostics.Add(NotInRegistry(citation.span, citation.instrument));
        break;
      case Resolution::kNotInForce:
        diagnostics.Add(NotInForce(citation.span, words, answer.why));
        break;
      case Resolution::kNoProvision:
        diagnostics.Add(NoSuchProvision(citation.span, words, answer.why));
        break;
      case Resolution::kSeveral:
        diagnostics.Add(SeveralMeant(citation.span, words, answer.why));
        break;
      case Resolution::kSelf:  // a pack names every instrument it cites
      case Resolution::kUnknown:
        diagnostics.Add(NotRead(citation.span, words));
        break;
    }
  }
  return base::Ok();
}

std::vector<std::string> RulesThatName(const syntax::Tree& tree, const source::Sources& sources,
                                       std::string_view name) {
  std::vector<std::string> out;
  for (const syntax::Page& page : tree.pages) {
    for (const syntax::Item& item : page.items) {
      const auto* const rule = std::get_if<syntax::Rule>(&item);
      if (rule == nullptr) continue;
      bool names = rule->governed_by && HasWord(sources.text(rule->governed_by->span), name);
      for (const syntax::Sentence& sentence : rule->sentences)
        names = names || HasWord(sources.text(sentence.span), name);
      if (names) out.push_back(rule->name.text);
    }
  }
  return out;
}

base::Result<std::vector<std::string>> ExamplesWithout(const check::Compiled& compiled,
                                                       const calendar::Calendars& calendars,
                                                       const std::vector<std::string>& rules) {
  check::Compiled without = compiled;
  for (program::SentenceDef& sentence : without.program.sentences) {
    const program::RuleDef& rule = without.program.rules[sentence.rule.index()];
    if (std::ranges::find(rules, without.program.string(rule.name)) == rules.end()) continue;
    sentence.from = sentence.until = base::kLastDay;
  }
  ASSIGN_OR_RETURN(const auto as_is, report::RunExamples(compiled, calendars));
  ASSIGN_OR_RETURN(const auto changed, report::RunExamples(without, calendars));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < as_is.size() && i < changed.size(); ++i) {
    if (as_is[i].got == changed[i].got) continue;
    if (out.empty() || out.back() != as_is[i].example) out.push_back(as_is[i].example);
  }
  return out;
}

}  // namespace lawbound::basis
