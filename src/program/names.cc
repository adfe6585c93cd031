#include "program/names.h"

#include <fmt/format.h>

namespace lawbound::program {
namespace {

template <typename T, typename Row>
std::string_view Name(const Program& p, Id<T> id, const std::vector<Row>& table) {
  return id ? p.string(table[id.index()].name) : std::string_view();
}

}  // namespace

std::string_view NameOf(const Program& program, RoleId role) { return Name(program, role, program.roles); }
std::string_view NameOf(const Program& program, ActId act) { return Name(program, act, program.acts); }
std::string_view NameOf(const Program& program, FactId fact) { return Name(program, fact, program.facts); }
std::string_view NameOf(const Program& program, RuleId rule) { return Name(program, rule, program.rules); }

std::string_view NameOf(const Program& program, TableId table) {
  return Name(program, table, program.tables);
}

std::string NameOf(const Program& program, FieldId field) {
  if (!field) return {};
  const FieldDef& row = program.fields[field.index()];
  const std::string_view owner = row.act ? NameOf(program, row.act) : NameOf(program, row.role);
  return fmt::format("{}.{}", owner, program.string(row.name));
}

std::string NameOf(const Program& program, TermId term) {
  if (!term) return {};
  const TermDef& row = program.terms[term.index()];
  if (row.name) return std::string(program.string(row.name));
  // Its starts are acts' names, lapses' and breaches'; a lapse may be of an unnamed term only by its number.
  return fmt::format("{} of {}", LengthText(program, row.length), StartText(program, row));
}

std::string TitleOf(const Program& program, Range<Title> titles, std::string_view language,
                    std::string_view fallback) {
  const Title* best = nullptr;
  for (std::uint32_t i = titles.first; i < titles.end(); ++i) {
    const Title& title = program.titles[i];
    if (title.language && program.string(title.language) == language)
      return std::string(program.string(title.text));
    if (best == nullptr || (best->language && !title.language)) best = &title;
  }
  return std::string(best != nullptr ? program.string(best->text) : fallback);
}

std::string TitleOf(const Program& program, RoleId role, std::string_view language) {
  return role ? TitleOf(program, program.roles[role.index()].titles, language, NameOf(program, role)) : "";
}

std::string TitleOf(const Program& program, ActId act, std::string_view language) {
  return act ? TitleOf(program, program.acts[act.index()].titles, language, NameOf(program, act)) : "";
}

std::string TitleOf(const Program& program, RuleId rule, std::string_view language) {
  return rule ? TitleOf(program, program.rules[rule.index()].titles, language, NameOf(program, rule)) : "";
}

std::string Words(const Program& program, const Citation& citation) {
  std::string words(Name(program, citation.instrument, program.instruments));
  const std::string_view provision = program.string(citation.provision);
  if (!words.empty() && !provision.empty()) words += ' ';
  return words.append(provision);
}

std::string Words(const Program& program, Range<Citation> citations) {
  std::string words;
  for (std::uint32_t i = citations.first; i < citations.end(); ++i) {
    if (!words.empty()) words += ", ";
    words += Words(program, program.citations[i]);
  }
  return words;
}

std::string LengthText(calendar::Length length) {
  const std::string_view unit = UnitWords(length.unit);
  return fmt::format("{} {}", length.count, length.count == 1 ? unit.substr(0, unit.size() - 1) : unit);
}

std::string LengthText(const Program& program, const LengthDef& length) {
  switch (length.kind) {
    case LengthDef::Kind::kFixed:
      return LengthText(length.fixed);
    case LengthDef::Kind::kField:
      return NameOf(program, length.field);
    case LengthDef::Kind::kFact:
      return fmt::format("{} {}", NameOf(program, length.fact), UnitWords(length.fixed.unit));
    case LengthDef::Kind::kOpen:
      return fmt::format("{} counted", UnitWords(length.fixed.unit));
  }
  return {};
}

std::string EventText(const Program& program, const EventDef& event) {
  switch (event.kind) {
    case EventDef::Kind::kAct: {
      std::string words(NameOf(program, event.act));
      if (event.on) words.append(" on ").append(NameOf(program, event.on));
      return words;
    }
    case EventDef::Kind::kLapse: {
      // Never through NameOf(TermId): unnamed terms may start from one another's lapse.
      const StringId name = event.term ? program.terms[event.term.index()].name : StringId();
      return name ? fmt::format("lapse of {}", program.string(name))
                  : fmt::format("lapse of term {}", event.term.value);
    }
    case EventDef::Kind::kBreach:
      return fmt::format("breach of {}", NameOf(program, event.rule));
  }
  return {};
}

std::string StartText(const Program& program, const TermDef& term) {
  std::string words;
  if (term.start_kind == TermDef::Start::kLaterOf) words = "the later of ";
  if (term.start_kind == TermDef::Start::kEarlierOf) words = "the earlier of ";
  for (std::uint32_t i = term.starts.first; i < term.starts.end(); ++i) {
    if (i != term.starts.first) words += " and ";
    words += EventText(program, program.events[i]);
  }
  return words;
}

std::string MoneyText(std::int64_t value, std::string_view currency, int decimals) {
  // Through unsigned, so that the least of all values has an absolute one too.
  const auto bits = static_cast<std::uint64_t>(value);
  std::string digits = fmt::format("{:0>{}}", value < 0 ? 0 - bits : bits, decimals + 1);
  if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), 1, '.');
  return fmt::format("{}{}{}{}", value < 0 ? "-" : "", digits, currency.empty() ? "" : " ", currency);
}

std::string MoneyText(const Program& program, std::int64_t value) {
  return MoneyText(value, program.string(program.currency), program.currency_decimals);
}

std::string_view UnitWords(calendar::Unit unit) {
  switch (unit) {
    case calendar::Unit::kDays:
      return "days";
    case calendar::Unit::kWorkingDays:
      return "working days";
    case calendar::Unit::kHours:
      return "hours";
    case calendar::Unit::kMonths:
      return "months";
    case calendar::Unit::kYears:
      return "years";
  }
  return "";
}

std::string_view SideWords(Side side) {
  switch (side) {
    case Side::kAuthority:
      return "authority";
    case Side::kParty:
      return "party";
    case Side::kLaw:
      return "law";
  }
  return "";
}

std::string_view RoleKindWords(RoleKind kind) {
  switch (kind) {
    case RoleKind::kOfficial:
      return "official";
    case RoleKind::kBody:
      return "body";
    case RoleKind::kPerson:
      return "person";
    case RoleKind::kAnyone:
      return "anyone";
    case RoleKind::kThing:
      return "thing";
  }
  return "";
}

std::string_view TypeWords(ValueType type) {
  switch (type) {
    case ValueType::kYesNo:
      return "yes-no";
    case ValueType::kWhole:
      return "whole";
    case ValueType::kMoney:
      return "money";
    case ValueType::kText:
      return "text";
    case ValueType::kDay:
      return "day";
    case ValueType::kLength:
      return "length";
    case ValueType::kOfficial:
      return "official";
    case ValueType::kDocument:
      return "document";
    case ValueType::kProvision:
      return "provision";
    case ValueType::kChoice:
      return "one of";
    case ValueType::kMember:
      return "member";
    case ValueType::kList:
      return "list of";
  }
  return "";
}

std::string_view QualityWords(EffectDef::Quality quality) {
  switch (quality) {
    case EffectDef::Quality::kNone:
      return "";
    case EffectDef::Quality::kVoid:
      return "void";
    case EffectDef::Quality::kInadmissible:
      return "inadmissible";
    case EffectDef::Quality::kVoidable:
      return "voidable";
    case EffectDef::Quality::kIrregular:
      return "irregular";
  }
  return "";
}

}  // namespace lawbound::program
