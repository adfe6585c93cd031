// Names and words for what a program declares: for listings, reports, explanations and messages.
//
// REQUIRES, throughout: ids and ranges of the program; an id that names nothing gives an empty text.  Views
// point into the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "calendar/period.h"
#include "program/program.h"

namespace lawbound::program {

// The name as the pack writes it: "result".
std::string_view NameOf(const Program& program, RoleId role);
std::string_view NameOf(const Program& program, ActId act);
std::string_view NameOf(const Program& program, FactId fact);
std::string_view NameOf(const Program& program, RuleId rule);
std::string_view NameOf(const Program& program, TableId table);
// With its owner: "result.upheld".
std::string NameOf(const Program& program, FieldId field);
// An unnamed term is called by its length and start: "60 days of served".
std::string NameOf(const Program& program, TermId term);

// The title in a language; without one in it, the first that says no language, then the first, then the
// fallback.
std::string TitleOf(const Program& program, Range<Title> titles, std::string_view language,
                    std::string_view fallback);
// The same, with the name to fall back on.
std::string TitleOf(const Program& program, RoleId role, std::string_view language);
std::string TitleOf(const Program& program, ActId act, std::string_view language);
std::string TitleOf(const Program& program, RuleId rule, std::string_view language);

// "CdS 201(1)".
std::string Words(const Program& program, const Citation& citation);
// "CdS 201(1), 201(5)" is written out: "CdS 201(1), CdS 201(5)".
std::string Words(const Program& program, Range<Citation> citations);

// "1 day", "7 working days".
std::string LengthText(calendar::Length length);
// The same, or the name of the field that holds it.
std::string LengthText(const Program& program, const LengthDef& length);
// "served on issue", "lapse of decide-time", "breach of pay-in-time".
std::string EventText(const Program& program, const EventDef& event);
// "the later of served and lapse of decide-time".
std::string StartText(const Program& program, const TermDef& term);
// 3800, "EUR", 2: "38.00 EUR".  Any value; the currency may be empty.
std::string MoneyText(std::int64_t value, std::string_view currency, int decimals);
std::string MoneyText(const Program& program, std::int64_t value);

// "working days"
std::string_view UnitWords(calendar::Unit unit);
// "authority", "party", "law"
std::string_view SideWords(Side side);
// "official", "body", "person", "anyone"
std::string_view RoleKindWords(RoleKind kind);
// "yes-no", "whole", ... as the pack writes them
std::string_view TypeWords(ValueType type);
// "void", "inadmissible", ...
std::string_view QualityWords(EffectDef::Quality quality);

}  // namespace lawbound::program
