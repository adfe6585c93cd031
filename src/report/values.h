// Values, titles and names of a program as a person reads them.  Small helpers shared by the reports.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"
#include "program/program.h"
#include "report/document.h"

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
                      ValueKind kind);

// "identified-later" is said "identified later".
std::string Spoken(std::string_view name);

std::vector<Provision> ProvisionsOf(const program::Program& program, base::Range<program::Citation> under,
                                    std::string_view language);
// "notify-in-time.2"; empty for no sentence.
std::string SentenceName(const program::Program& program, model::SentenceId id);

}  // namespace lawbound::report
