// Lowering: trees become flat tables.  Nothing is decided here.
#include "check/lower.h"

#include <map>
#include <utility>

#include "base/check.h"
#include "check/check.h"
#include "program/verify.h"

namespace lawbound::check {

using program::Program;
using program::StringId;

// Interns strings and appends lists.
class Lowering {
 public:
  explicit Lowering(const CheckedPack& pack) : pack_(pack), codes_(program_) {}

  Program Run() {
    program_.path = String(pack_.path);
    program_.titles_of_pack = Titles(pack_.titles);
    program_.zone = String(pack_.zone);
    program_.currency = String(pack_.currency);
    program_.role_fields = pack_.role_fields;
    for (const std::string& name : pack_.credentials) program_.credentials.push_back(String(name));
    LowerDeclarations();
    LowerActs();
    LowerFacts();
    LowerTables();
    program_.outside = pack_.outside;
    for (const Accrual& item : pack_.accruals) {
      program_.accruals.push_back({.term = item.term,
                                   .percent = item.percent,
                                   .base = codes_.Lower(item.base),
                                   .cap = CodeOf(item.cap)});
    }
    LowerTerms();
    LowerRules();
    program_.closes = CodeOf(pack_.closes);
    LowerGuarantees();
    LowerMappings();
    return std::move(program_);
  }

 private:
  // Empty text has no row.
  StringId String(const std::string& text) {
    if (text.empty()) return StringId();
    const auto [found, added] = strings_.emplace(text, program_.strings.size());
    if (added) program_.strings.push_back(text);
    return StringId(found->second);
  }

  template <typename Row>
  static Range<Row> RangeOf(std::size_t first, std::size_t count) {
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count)};
  }

  template <typename Row>
  static Range<Row> Append(std::vector<Row>& table, const std::vector<Row>& rows) {
    const std::size_t first = table.size();
    table.insert(table.end(), rows.begin(), rows.end());
    return RangeOf<Row>(first, rows.size());
  }

  Range<program::Title> Titles(const std::vector<Title>& titles) {
    const std::size_t first = program_.titles.size();
    for (const Title& title : titles) {
      program_.titles.push_back({.text = String(title.text), .language = String(title.language)});
    }
    return RangeOf<program::Title>(first, titles.size());
  }

  Range<program::Citation> Citations(const Under& under) {
    const std::size_t first = program_.citations.size();
    for (const Citation& citation : under) {
      program_.citations.push_back({.instrument = citation.instrument,
                                    .provision = String(citation.provision),
                                    .reading = citation.reading});
    }
    return RangeOf<program::Citation>(first, under.size());
  }

  program::CodeId CodeOf(const std::optional<Expr>& expr) {
    return expr ? codes_.Lower(*expr) : program::CodeId();
  }

  void LowerDeclarations() {
    for (const Instrument& item : pack_.instruments) {
      program_.instruments.push_back(
          {.name = String(item.name), .titles = Titles(item.titles), .rank = String(item.rank)});
    }
    for (const Counting& item : pack_.countings) {
      program_.countings.push_back({.name = String(item.name),
                                    .calendar = String(item.calendar),
                                    .first_day_counts = item.first_day_counts,
                                    .rest_day_moves_on = item.rest_day_moves_on,
                                    .under = Citations(item.under)});
    }
    for (const Role& item : pack_.roles) {
      program_.roles.push_back(
          {.name = String(item.name),
           .titles = Titles(item.titles),
           .kind = item.kind,
           .several = item.several,
           .named_in = item.named_in,
           .not_named = item.not_named,
           .credential = item.credential ? program_.credentials[*item.credential] : StringId(),
           .fields = item.fields});
    }
    for (const Field& item : pack_.fields) {
      const std::size_t first = program_.choices.size();
      for (const std::string& choice : item.choices) program_.choices.push_back(String(choice));
      program_.fields.push_back({.name = String(item.name),
                                 .act = item.act,
                                 .role = item.role,
                                 .place = item.place,
                                 .type = item.type,
                                 .optional = item.optional,
                                 .choices = RangeOf<StringId>(first, item.choices.size()),
                                 .element = item.element,
                                 .members = item.members});
    }
  }

  Range<program::EffectDef> Effects(const std::vector<Effect>& effects) {
    std::vector<program::EffectDef> rows;
    for (const Effect& effect : effects) {
      std::vector<program::GivenDef> given;
      for (const Given& one : effect.given)
        given.push_back({.field = one.field, .value = codes_.Lower(one.value)});
      rows.push_back({.kind = effect.kind,
                      .act = effect.act,
                      .quality = effect.quality,
                      .cured_by = effect.cured_by,
                      .role = effect.role,
                      .standing = effect.standing,
                      .given = Append(program_.given, given)});
    }
    return Append(program_.effects, rows);
  }

  void LowerActs() {
    for (const Act& item : pack_.acts) {
      program_.acts.push_back({.name = String(item.name),
                               .titles = Titles(item.titles),
                               .part = item.part,
                               .member = item.member,
                               .kind = item.kind,
                               .side = item.side,
                               .by = Append(program_.role_lists, item.by),
                               .at_least = item.at_least,
                               .to = item.to,
                               .rests_on = Append(program_.act_lists, item.rests_on),
                               .signals = Effects(item.signals),
                               .dated = static_cast<bool>(item.dated),
                               .dated_field = item.dated,
                               .favourable = String(item.favourable.value_or("")),
                               .public_with = Append(program_.field_lists, item.public_with),
                               .public_for = item.public_for,
                               .fields = item.fields,
                               .under = Citations(item.under)});
    }
  }

  void LowerFacts() {
    for (const Fact& item : pack_.facts) {
      program_.facts.push_back({.name = String(item.name),
                                .part = item.part,
                                .code = codes_.Lower(item.value),
                                .under = Citations(item.under)});
    }
  }

  void LowerTables() {
    for (const Table& item : pack_.tables) {
      program::TableDef table{
          .name = String(item.name),
          .columns = RangeOf<program::TableColumn>(program_.table_columns.size(), item.columns.size()),
          .keys = static_cast<std::uint16_t>(item.keys),
          .cells = RangeOf<program::TableCell>(program_.table_cells.size(),
                                               item.rows.size() * item.columns.size()),
          .set_by_authority = item.set_by_authority,
          .under = Citations(item.under)};
      for (const TableColumn& column : item.columns) {
        program_.table_columns.push_back({.name = String(column.name), .type = column.type.value});
      }
      for (const std::vector<std::int64_t>& row : item.rows) {
        for (const std::int64_t number : row) program_.table_cells.push_back({.number = number});
      }
      program_.tables.push_back(table);
    }
  }

  Range<program::StopDef> Stops(const Term& term) {
    const std::size_t first = program_.stops.size();
    for (const Stop& stop : term.stops) {
      program_.stops.push_back({.condition = codes_.Lower(stop.condition), .under = Citations(stop.under)});
    }
    return RangeOf<program::StopDef>(first, term.stops.size());
  }

  Range<program::ExtensionDef> Extensions(const Term& term) {
    const std::size_t first = program_.extensions.size();
    for (const Extension& extension : term.extensions) {
      program_.extensions.push_back({.act = extension.act,
                                     .by = extension.by,
                                     .has_cap = extension.cap.has_value(),
                                     .cap = extension.cap.value_or(Length()),
                                     .once = extension.once,
                                     .under = Citations(extension.under)});
    }
    return RangeOf<program::ExtensionDef>(first, term.extensions.size());
  }

  Range<program::CeilingDef> Ceilings(const Term& term) {
    const std::size_t first = program_.ceilings.size();
    for (const Ceiling& ceiling : term.ceilings) {
      program_.ceilings.push_back(
          {.length = ceiling.length, .from = ceiling.from, .under = Citations(ceiling.under)});
    }
    return RangeOf<program::CeilingDef>(first, term.ceilings.size());
  }

  void LowerTerms() {
    for (const Term& item : pack_.terms) {
      program_.terms.push_back({.name = String(item.name),
                                .sentence = item.sentence,
                                .part = item.part,
                                .length = item.length,
                                .counting = item.counting,
                                .start_kind = item.start_kind,
                                .starts = Append(program_.events, item.starts),
                                .restarts = Append(program_.events, item.restarts),
                                .stops = Stops(item),
                                .extensions = Extensions(item),
                                .ceilings = Ceilings(item),
                                .under = Citations(item.under)});
    }
  }

  void LowerSentence(const Sentence& item) {
    program_.sentences.push_back({.rule = item.rule,
                                  .kind = item.kind,
                                  .from = item.from,
                                  .until = item.until,
                                  .side = item.side,
                                  .roles = Append(program_.role_lists, item.roles),
                                  .acts = Append(program_.act_lists, item.acts),
                                  .on = item.on,
                                  .term = item.term,
                                  .prompt = item.prompt,
                                  .event = item.event,
                                  .if_code = CodeOf(item.if_),
                                  .condition = CodeOf(item.condition),
                                  .unless = CodeOf(item.unless),
                                  .effects = Effects(item.effects),
                                  .text = String(item.text)});
  }

  void LowerRules() {
    for (const Rule& item : pack_.rules) {
      program_.rules.push_back({.name = String(item.name),
                                .titles = Titles(item.titles),
                                .part = item.part,
                                .under = Citations(item.under),
                                .governed = item.governed_by.has_value(),
                                .governed_by = item.governed_by.value_or(Event()),
                                .if_code = CodeOf(item.if_),
                                .overrides = Append(program_.rule_lists, item.overrides),
                                .sentences = {item.sentences.first, item.sentences.count},
                                .breach = Effects(item.breach)});
    }
    for (const Sentence& item : pack_.sentences) LowerSentence(item);
  }

  void LowerGuarantees() {
    for (const Guarantee& item : pack_.guarantees) {
      program_.guarantees.push_back({.name = String(item.name),
                                     .kind = item.kind,
                                     .act = item.act,
                                     .role = item.role,
                                     .acts = Append(program_.act_lists, item.acts),
                                     .challenge = item.challenge,
                                     .until = item.until,
                                     .condition = CodeOf(item.condition)});
    }
  }

  program::MappingLine LowerLine(const MappingLine& line) {
    const std::size_t first = program_.field_sources.size();
    for (const FieldSource& from : line.fields) {
      program_.field_sources.push_back(
          {.field = from.field, .attribute = String(from.attribute), .of_case = from.of_case});
    }
    return {.activity = String(line.activity),
            .act = line.act,
            .fields = RangeOf<program::FieldSource>(first, line.fields.size())};
  }

  void LowerMappings() {
    for (const Mapping& item : pack_.mappings) {
      const std::size_t first = program_.mapping_lines.size();
      for (const MappingLine& line : item.lines) program_.mapping_lines.push_back(LowerLine(line));
      program_.mappings.push_back({.name = String(item.name),
                                   .format = item.format,
                                   .case_column = String(item.case_column),
                                   .act_column = String(item.act_column),
                                   .time_column = String(item.time_column),
                                   .lines = RangeOf<program::MappingLine>(first, item.lines.size()),
                                   .unseen_acts = Append(program_.act_lists, item.unseen_acts),
                                   .unseen_fields = Append(program_.field_lists, item.unseen_fields),
                                   .assumed = Append(program_.assumed_values, item.assumed)});
    }
  }

  const CheckedPack& pack_;
  Program program_;
  CodeLowering codes_;
  std::map<std::string, std::size_t> strings_;
};

Program Lower(const CheckedPack& pack) {
  Program program = Lowering(pack).Run();
  // What an author could have written wrong was said by Check; what is wrong now is our mistake.
  const base::Status sound = program::Verify(program);
  if (!sound.ok()) base::CheckFailed(__FILE__, __LINE__, sound.error().message.c_str());
  return program;
}

}  // namespace lawbound::check
