// The words by which a checker knows that something speaks of people: of who they are, how they are graded,
// what they are called.  Closed lists of the kernel, in the languages that packs are written in.
//
// A word list catches what calls itself by its name and nothing else; what is disguised is caught by what it
// does (check/refusals.cc, program/verify_people.cc), or is a limit (tests/refusals/limits).
#pragma once

#include <string>
#include <string_view>

namespace lawbound::program {

// A word of the text that speaks of scoring, ranking or listing people: "credit score", "blacklist".  Empty
// when there is none.  Names count with their hyphens as spaces.
std::string_view GradeWord(std::string_view text);

// The part of a field's name that points at one natural person or at where one is: "id" of "id-card".
// Empty when there is none.
std::string_view IdentityWord(std::string_view field_name);

// Whether a name or a title ends with a word for people: "listed-person", "Villager", "村民".
bool EndsWithPeople(std::string_view name_or_title);

// What an official may find about a person: a closed list (docs/language.md 6a), each yes or no.
bool IsFindingOfPerson(std::string_view fact_name);

}  // namespace lawbound::program
