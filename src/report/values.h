// Values, titles and names of a program as a person reads them.  Small helpers shared by the reports.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"
#include "program/program.h"
#include "report/document.h"
#include "report/voice.h"

namespace lawbound::report {

// What a number stands for.  `field` gives the choices of a kChoice.
struct ValueKind {
  program::ValueType type = program::ValueType::kWhole;
  model::FieldId field;
};

ValueKind TypeOfField(const program::Program& program, model::FieldId field);

// "38.00 EUR", "2011-03-30 (Wed)", "yes", "30 days".  Texts come from the history; without one, and for
// officials, only what kind of thing it is is said.
std::string ValueText(const program::Program& program, const model::History* history, model::Value value,
                      ValueKind kind, const Voice& voice = {});

// "identified-later" is said "identified later".
std::string Spoken(std::string_view name);
// By its title, where the voice has one.
std::string Spoken(const Voice& voice, std::string_view name);
// Of a field, whose title may be one among the fields of its owner alone.
std::string Spoken(const Voice& voice, const program::Program& program, model::FieldId field);
// The title of an act.  What was found of a fact has none of its own: that of the fact.
std::string TitleIn(const Voice& voice, const program::Program& program, model::ActId act);
std::string TitleIn(const Voice& voice, const program::Program& program, model::RuleId rule);
// "《行政处罚法》第44条", "APL 44".
std::string CitedWords(const program::Program& program, const program::Citation& citation,
                       const Voice& voice);
std::string CitedWords(const program::Program& program, base::Range<program::Citation> under,
                       const Voice& voice);
// The same with the instrument, and how its author knows it.
std::string ProvisionWords(const program::Program& program, const program::Citation& citation,
                           const Voice& voice);
// "60 days", or what says how long.
std::string LengthWords(const program::Program& program, const program::LengthDef& length,
                        const Voice& voice);

std::vector<Provision> ProvisionsOf(const program::Program& program, base::Range<program::Citation> under,
                                    std::string_view language);
// "notify-in-time.2"; empty for no sentence.
std::string SentenceName(const program::Program& program, model::SentenceId id);

}  // namespace lawbound::report
