// The page that says what was found in a sheet, and how it is shown: as text, as a page to print, as days in
// a calendar.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "base/day.h"
#include "engine/plan.h"
#include "look/guess.h"
#include "look/judge.h"
#include "look/said.h"
#include "report/condition.h"

namespace lawbound::look {

struct PageSection {
  std::string heading;
  std::vector<report::Reason> lines;
  bool is_late = false;
};

struct PageCounts {
  std::uint64_t late = 0, this_week = 0, next_week = 0, untold = 0, odd = 0;
  void Add(const PageCounts& other);
};

struct Page {
  std::string title;
  std::vector<std::string> lead;  // below the title
  std::vector<PageSection> sections;
  std::string last;
  Language language = Language::kEnglish;
  PageCounts counts;
};

// A day on which something lapses.
struct Lapse {
  base::Day day;
  std::string id;           // the same whenever the same file is looked at
  std::string summary;      // "row 12 (2026-17): “Answer”": no person, by row and number alone
  std::string description;  // the sum behind the day, line by line
};

// What a page is told beside what was found.
struct Told {
  std::string file;   // its name
  std::string sheet;  // its name, where pages are of several sheets of a file
  const Guesses& guesses;
  const Guess& guess;
  std::string form;         // "Sheet “台账”"
  std::vector<Note> notes;  // of the file
  std::uint64_t totals = 0;
  std::vector<std::string> never;
  std::string reason;  // why columns are kept that may say who somebody is
  Language language = Language::kEnglish;
  base::Day today;
};

Page MakePage(const engine::Plan& plan, const Found& found, const Told& told);
// Of a sheet of which it is not sure whose ledger it is: nothing is judged.  `titles`: of
// Guesses::candidates.
Page MakeUnsurePage(const Told& told, const std::vector<std::string>& titles);
std::vector<Lapse> LapsesOf(const engine::Plan& plan, const Found& found, const Told& told);

// For a terminal, and for a screen reader: whole sentences, no colour, at most `width` columns.
std::string PageText(const Page& page, std::size_t width);
// One page to print; asks for nothing, runs nothing.
void WritePagesHtml(const std::string& title, const std::vector<std::string>& lead,
                    const std::vector<Page>& pages, Language language, std::ostream& out);
// RFC 5545, a day-long event for each lapse.  `today`: the stamp.
void WriteCalendar(const std::vector<Lapse>& lapses, base::Day today, std::ostream& out);

}  // namespace lawbound::look
