#include "report/values.h"

#include <algorithm>

#include "program/names.h"
#include "report/words.h"

namespace lawbound::report {

using program::ValueType;

ValueKind TypeOfField(const program::Program& program, model::FieldId field) {
  return {.type = program.fields[field.index()].type, .field = field};
}

std::string Spoken(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '-', ' ');
  return out;
}

std::string Spoken(const Voice& voice, std::string_view name) {
  if (voice.names != nullptr) {
    if (const auto title = voice.names->find(name); title != voice.names->end()) return title->second;
  }
  return Spoken(name);
}

std::string Spoken(const Voice& voice, const program::Program& program, model::FieldId id) {
  const program::FieldDef& field = program.fields[id.index()];
  if (voice.names != nullptr) {
    if (const auto title = voice.names->find(program::NameOf(program, id)); title != voice.names->end())
      return title->second;
  }
  const std::string_view name = program.string(field.name);
  // A field that names somebody is called as they are.
  for (std::size_t i = 0; field.members && i < program.roles.size(); ++i) {
    if (voice.names != nullptr && program.string(program.roles[i].name) == name)
      return program::TitleOf(program, model::RoleId(i), voice.titles);
  }
  return Spoken(voice, name);
}

namespace {

// "Notice (not named)": in the part of somebody who is not known yet.
std::string WithPart(const Voice& voice, std::string title) {
  constexpr std::string_view kNobody = "（not named）";
  if (voice.tongue == Tongue::kChinese && title.ends_with(kNobody))
    title.replace(title.size() - kNobody.size(), kNobody.size(), "（" + words::NotNamed(voice) + "）");
  return title;
}

}  // namespace

std::string TitleIn(const Voice& voice, const program::Program& program, model::ActId act) {
  std::string title = program::TitleOf(program, act, voice.titles);
  const std::string_view name = program::NameOf(program, act);
  // In somebody's part it is "name (whose)".
  if (voice.names != nullptr && !name.empty()) {
    const auto known = voice.names->find(name);
    const bool plain = title.starts_with(name) || title.starts_with(Spoken(name));
    if (known != voice.names->end() && plain && title != known->second) {
      title.replace(0, name.size(), known->second);
      if (voice.tongue == Tongue::kChinese) title = words::FullParentheses(std::move(title));
    }
  }
  return WithPart(voice, std::move(title));
}

std::string TitleIn(const Voice& voice, const program::Program& program, model::RuleId rule) {
  return WithPart(voice, program::TitleOf(program, rule, voice.titles));
}

namespace {

std::string InstrumentTitle(const program::Program& program, const program::Citation& citation,
                            const Voice& voice) {
  const program::InstrumentDef& instrument = program.instruments[citation.instrument.index()];
  return program::TitleOf(program, instrument.titles, voice.titles, program.string(instrument.name));
}

}  // namespace

std::string CitedWords(const program::Program& program, const program::Citation& citation,
                       const Voice& voice) {
  // A document is cited by its own headings, what is enacted by its articles.
  const program::InstrumentDef& instrument = program.instruments[citation.instrument.index()];
  return words::Cited(voice, program::Words(program, citation), program.string(citation.provision),
                      InstrumentTitle(program, citation, voice),
                      program.string(instrument.rank) != "document");
}

std::string CitedWords(const program::Program& program, base::Range<program::Citation> under,
                       const Voice& voice) {
  std::string out;
  for (std::uint32_t i = under.first; i < under.end(); ++i) {
    if (!out.empty()) out += words::Comma(voice);
    out += CitedWords(program, program.citations[i], voice);
  }
  return out;
}

std::string ProvisionWords(const program::Program& program, const program::Citation& citation,
                           const Voice& voice) {
  return words::ProvisionLine(voice, CitedWords(program, citation, voice),
                              InstrumentTitle(program, citation, voice), citation.reading);
}

std::string LengthWords(const program::Program& program, const program::LengthDef& length,
                        const Voice& voice) {
  using Kind = program::LengthDef::Kind;
  if (voice.tongue == Tongue::kEnglish) return program::LengthText(program, length);
  switch (length.kind) {
    case Kind::kFixed:
      return words::Length(voice, length.fixed);
    case Kind::kField: {
      const program::FieldDef& field = program.fields[length.field.index()];
      const std::string owner = field.act ? TitleIn(voice, program, field.act)
                                          : program::TitleOf(program, field.role, voice.titles);
      return words::FieldOf(voice, Spoken(voice, program, length.field), owner);
    }
    case Kind::kFact:
      return words::FactLength(voice, Spoken(voice, program::NameOf(program, length.fact)),
                               length.fixed.unit);
    case Kind::kOpen:
      return words::OpenLength(voice, length.fixed.unit);
  }
  return {};
}

namespace {

std::string ListText(const program::Program& program, const model::History* history, model::Value value,
                     ValueKind kind, const Voice& voice) {
  if (history == nullptr || !kind.field) return std::string(program::TypeWords(kind.type));
  const ValueType element = program.fields[kind.field.index()].element;
  const model::Value* list = history->lists.data() + value;
  std::string out;
  for (model::Value i = 1; i <= list[0]; ++i) {
    if (i > 1) out += words::Comma(voice);
    out += ValueText(program, history, list[i], {.type = element, .field = {}}, voice);
  }
  return out.empty() ? words::None(voice) : out;
}

}  // namespace

std::string ValueText(const program::Program& program, const model::History* history, model::Value value,
                      ValueKind kind, const Voice& voice) {
  switch (kind.type) {
    case ValueType::kYesNo:
      return words::YesNo(voice, value != 0);
    case ValueType::kMoney:
      return words::Money(voice, program, value);
    case ValueType::kDay:
      return words::LongDate(voice, base::Day{static_cast<std::int32_t>(value)});
    case ValueType::kLength:
      return words::Length(voice, {.count = static_cast<std::int32_t>(value / 8),
                                   .unit = static_cast<calendar::Unit>(value % 8)});
    case ValueType::kChoice: {
      if (!kind.field) break;
      const auto& choices = program.fields[kind.field.index()].choices;
      if (value < 0 || value >= choices.count) break;
      const std::string_view name =
          program.string(program.choices[choices.first + static_cast<std::uint32_t>(value)]);
      return voice.names == nullptr ? std::string(name) : Spoken(voice, name);
    }
    case ValueType::kText:
    case ValueType::kDocument:
    case ValueType::kProvision:
      if (history != nullptr && value >= 0 && static_cast<std::size_t>(value) < history->texts.size()) {
        return words::Quoted(history->texts[static_cast<std::size_t>(value)]);
      }
      return std::string(program::TypeWords(kind.type));
    case ValueType::kMember:
      if (history != nullptr && value >= 0 && static_cast<std::size_t>(value) < history->people_names.size())
        return history->people_names[static_cast<std::size_t>(value)];
      return std::string(program::TypeWords(kind.type));
    case ValueType::kList:
      return ListText(program, history, value, kind, voice);
    case ValueType::kOfficial:
      return std::string(program::TypeWords(kind.type));
    case ValueType::kWhole:
      break;
  }
  return std::to_string(value);
}

}  // namespace lawbound::report
