// lawbound look FILE: what is late and what lapses in a ledger that somebody keeps in a sheet.
#include "cli/look.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <optional>
#include <unistd.h>

#include "base/file.h"
#include "cli/law.h"
#include "cli/output.h"
#include "look/judge.h"
#include "look/rows.h"
#include "program/names.h"

namespace lawbound::cli {
namespace {

using base::Errc;
using base::Error;
using look::Language;
using look::Phrase;
using look::Say;

constexpr std::size_t kMostLapses = 5000;  // events of a calendar
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;

// The folders of packs, at most two below the root.
std::vector<std::string> PackFolders(const std::string& packs) {
  const std::string calendars = LAWBOUND_CALENDARS;
  const std::string root = packs.empty() ? calendars.substr(0, calendars.rfind('/')) : packs;
  std::vector<std::string> out;
  for (const std::string& place : base::FoldersIn(root)) {
    out.push_back(place);
    for (const std::string& folder : base::FoldersIn(place)) out.push_back(folder);
  }
  return out;
}

// Of all packs; with --pack of that folder, or of the packs whose names end so: prc/information-request.
base::Result<std::vector<look::Ledger>> ReadLedgers(const LookArguments& arguments) {
  const bool is_folder = !arguments.pack.empty() && base::IsFolder(arguments.pack);
  const std::vector<std::string> folders =
      is_folder ? std::vector{arguments.pack} : PackFolders(arguments.packs);
  std::vector<look::Ledger> out;
  for (std::string folder : folders) {
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    if (!is_folder && !arguments.pack.empty() && !folder.ends_with("/" + arguments.pack)) continue;
    const std::string path = folder + "/look.tsv";
    if (!base::IsFile(path)) continue;
    ASSIGN_OR_RETURN(const std::string text, base::ReadFile(path, kMostBytes));
    base::Result<look::Ledger> ledger = look::ParseLedger(text, folder);
    if (!ledger.ok()) return std::move(ledger).error().With(path);
    out.push_back(std::move(ledger).value());
  }
  if (out.empty()) {
    return Error{Errc::kNotFound, arguments.pack.empty()
                                      ? "no pack with a look.tsv was found; name the folder with --packs"
                                      : fmt::format("'{}' has no look.tsv", arguments.pack)};
  }
  return out;
}

Language LanguageFor(const LookArguments& arguments) {
  if (const std::optional<Language> named = look::LanguageNamed(arguments.language)) return *named;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const locale = std::getenv(variable);
    if (locale != nullptr && *locale != '\0') return look::LanguageOfLocale(locale);
  }
  return Language::kEnglish;
}

std::vector<std::string> NamesIn(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (comma != 0) out.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return out;
}

// One file, from what is known of it to its pages.
class FileLook {
 public:
  FileLook(const std::string& file, const LookSettings& settings, Questions* questions)
      : file_(file),
        name_(NameOfFile(file)),
        settings_(settings),
        arguments_(settings.arguments),
        questions_(questions) {}

  base::Result<Looked> Make() {
    ASSIGN_OR_RETURN(book_, ingest::Workbook::Open(file_, limits_));
    RETURN_IF_ERROR(ReadAnswers());
    RETURN_IF_ERROR(Guess());
    if (!guesses_.whole) return NoHead();
    RETURN_IF_ERROR(CheckKept());
    RETURN_IF_ERROR(Survey());
    RETURN_IF_ERROR(AskOrder());
    if (guesses_.why == look::Guesses::Why::kUnsure) return Unsure();
    const look::Ledger& ledger = *guesses_.sheets.front().ledger;
    ASSIGN_OR_RETURN(const program::Program* const program, ProgramOf(ledger));
    for (look::Guess& guess : guesses_.sheets) look::DropEmptyEnds(*program, guess);
    RETURN_IF_ERROR(SayNever(*program));
    Remember(*program);
    Looked out;
    for (std::size_t i = 0; i < guesses_.sheets.size(); ++i) RETURN_IF_ERROR(JudgeSheet(i, out));
    return out;
  }

 private:
  std::string In(Phrase phrase, const look::Args& args = {}) const {
    return Say(settings_.language, phrase, args);
  }

  base::Status ReadAnswers() {
    const std::string path = AnswersFileOf(file_);
    if (base::IsFile(path)) {
      ASSIGN_OR_RETURN(const std::string text, base::ReadFile(path, kMostBytes));
      base::Result<look::Answers> answers = look::ParseAnswers(text);
      if (!answers.ok()) return std::move(answers).error().With(NameOfFile(path));
      answers_ = std::move(answers).value();
    }
    if (!arguments_.pack.empty()) answers_.ledger = settings_.ledgers.front().name;
    return base::Ok();
  }

  // Guesses, asks, and guesses again with the answer.
  base::Status Guess() {
    for (;;) {
      ASSIGN_OR_RETURN(guesses_, look::MakeGuess(book_, name_, settings_.ledgers,
                                                 {.answers = &answers_, .keep = arguments_.keep}));
      if (questions_ == nullptr) return base::Ok();
      if (AskLedger() || AskColumn()) continue;
      return base::Ok();
    }
  }

  // Whether something new was said.
  bool AskLedger() {
    if (guesses_.why != look::Guesses::Why::kUnsure || guesses_.sheets.empty() || ledger_asked_) return false;
    ledger_asked_ = true;
    std::vector<std::string> titles;
    for (const look::Ledger* ledger : guesses_.candidates) titles.push_back(TitleOf(*ledger));
    const auto chosen = questions_->One(In(Phrase::kAskLedger, {name_}), titles, In(Phrase::kNoneOfThese));
    if (!chosen || *chosen == 0) return false;
    answers_.ledger = guesses_.candidates[*chosen - 1]->name;
    return true;
  }

  // The beginning first, without which nothing can be said; then what may be one of several, while two
  // questions are left for what comes after.
  bool AskColumn() {
    if (guesses_.sheets.empty() || guesses_.why == look::Guesses::Why::kUnsure) return false;
    const look::Guess& guess = guesses_.sheets.front();
    const look::Ledger& ledger = *guess.ledger;
    const base::Result<const program::Program*> program = ProgramOf(ledger);
    if (!program.ok()) return false;
    const std::string& first = ledger.acts.front().act;
    const auto begun = [&](const look::LedgerRule& rule) { return look::IsLookedAt(guess, rule); };
    if (std::none_of(ledger.rules.begin(), ledger.rules.end(), begun))
      return AskWhich(guess, first, OpenOf(guess, first));
    for (const std::string& end : look::EndsToSay(*program.value(), guess)) {
      if (questions_->left() > 2 && AskWhich(guess, end, OpenOf(guess, end))) return true;
    }
    for (const look::OpenColumn& open : guess.open) {
      if (questions_->left() > 2 && AskWhich(guess, open.what, open.columns)) return true;
    }
    return false;
  }

  static std::vector<std::size_t> OpenOf(const look::Guess& guess, std::string_view what) {
    for (const look::OpenColumn& open : guess.open) {
      if (open.what == what) return open.columns;
    }
    return guess.free;
  }

  bool AskWhich(const look::Guess& guess, const std::string& what, const std::vector<std::size_t>& columns) {
    constexpr std::size_t kMostChoices = 20;
    if (columns.empty() || std::find(asked_of_.begin(), asked_of_.end(), what) != asked_of_.end())
      return false;
    asked_of_.push_back(what);
    std::vector<std::string> heads;
    for (const std::size_t column : columns) {
      if (heads.size() < kMostChoices) heads.push_back(guess.heads[column]);
    }
    const bool is_field = what.find('.') != std::string::npos;
    const std::string question =
        In(is_field ? Phrase::kAskFieldColumn : Phrase::kAskColumn, {WhatTitle(*guess.ledger, what)});
    const auto chosen = questions_->One(question, heads, In(Phrase::kNoneOfThese));
    if (!chosen) return false;
    if (answers_.ledger.empty()) answers_.ledger = guess.ledger->name;
    answers_.columns[what] = *chosen == 0 ? std::string() : heads[*chosen - 1];
    return true;
  }

  base::Result<Looked> NoHead() const {
    std::string why = In(Phrase::kNoHead);
    if (!guesses_.sheets.empty()) {
      const look::Guess& nearest = guesses_.sheets.front();
      std::vector<std::string> heads;
      for (const std::string& head : nearest.heads) {
        if (!head.empty()) heads.push_back(head);
      }
      if (nearest.known > 0 || !nearest.open.empty())
        why = In(Phrase::kNearest,
                 {why, fmt::to_string(nearest.head_row), look::SayQuoted(settings_.language, heads)});
      for (const look::Note& doubt : nearest.doubts) {
        look::Args args = doubt.args;
        if (!doubt.what.empty()) args.push_back(WhatTitle(*nearest.ledger, doubt.what));
        why = In(Phrase::kWhole, {why, In(doubt.phrase, args)});
      }
    }
    return Error{Errc::kInvalid, why};
  }

  base::Status CheckKept() const {
    for (const std::string& name : arguments_.keep) {
      const bool found =
          std::any_of(guesses_.sheets.begin(), guesses_.sheets.end(), [&](const look::Guess& guess) {
            return std::any_of(guess.kept.begin(), guess.kept.end(), [&](const look::Column& column) {
              return look::Plain(column.head).ends_with(look::Plain(name));
            });
          });
      if (!found) return Error{Errc::kInvalid, fmt::format("--keep '{}': there is no such column", name)};
    }
    return base::Ok();
  }

  base::Status Survey() {
    const std::vector<look::Guess> before = guesses_.sheets;
    surveys_.clear();
    std::vector<look::Guess> whole;
    for (look::Guess guess : before) {
      ASSIGN_OR_RETURN(look::Survey survey, look::SurveyRows(book_, guess, answers_.order, limits_));
      if (!look::IsWhole(guess)) {
        dropped_ = guess.doubts.back();
        continue;
      }
      surveys_.push_back(std::move(survey));
      whole.push_back(std::move(guess));
    }
    if (whole.empty()) return Error{Errc::kInvalid, In(dropped_.phrase, dropped_.args)};
    unsurveyed_ = before;
    guesses_.sheets = std::move(whole);
    look::JoinNumbers(surveys_);
    return base::Ok();
  }

  base::Status AskOrder() {
    if (questions_ == nullptr || answers_.order != look::Order::kUnknown) return base::Ok();
    for (const look::Guess& guess : guesses_.sheets) {
      for (const std::optional<look::Column>& column : guess.acts) {
        if (!column || column->two_ways == 0) continue;
        const auto chosen = questions_->One(In(Phrase::kAskOrder, {column->head}),
                                            {In(Phrase::kDayFirst), In(Phrase::kMonthFirst)}, "");
        if (!chosen) return base::Ok();
        answers_.order = *chosen == 1 ? look::Order::kDayFirst : look::Order::kMonthFirst;
        guesses_.sheets = unsurveyed_;
        return Survey();
      }
    }
    return base::Ok();
  }

  // Acts that were never done: by --none, else as kept, else asked.
  base::Status SayNever(const program::Program& program) {
    const look::Guess& guess = guesses_.sheets.front();
    never_ = NamesIn(arguments_.none);
    if (never_.empty() && answers_.never) never_ = *answers_.never;
    for (const std::string& name : never_) {
      const bool known = std::any_of(guess.ledger->acts.begin(), guess.ledger->acts.end(),
                                     [&](const look::LedgerAct& act) { return act.act == name; });
      if (!known) return Error{Errc::kInvalid, fmt::format("--none '{}': the ledger has no such act", name)};
    }
    const std::vector<std::string> acts = look::ActsToSay(guess, never_);
    if (questions_ == nullptr || answers_.never || !never_.empty() || acts.empty()) return base::Ok();
    std::vector<std::string> titles;
    for (const std::string& act : acts)
      titles.push_back(look::WhatTitle(program, *guess.ledger, settings_.language, act));
    const auto happened = questions_->Several(In(Phrase::kAskNever), titles, In(Phrase::kNeverAny));
    if (!happened) return base::Ok();
    for (std::size_t i = 0; i < acts.size(); ++i) {
      if (std::find(happened->begin(), happened->end(), i + 1) == happened->end()) never_.push_back(acts[i]);
    }
    answers_.never = never_;
    return base::Ok();
  }

  // Once something was answered the whole mapping is kept, so that it is the same tomorrow.
  void Remember(const program::Program& program) {
    if (questions_ == nullptr || !questions_->answered()) return;
    const look::Guess& guess = guesses_.sheets.front();
    const look::Ledger& ledger = *guess.ledger;
    answers_.ledger = ledger.name;
    std::vector<std::string> comments{In(Phrase::kFileHead, {name_}), In(Phrase::kFileForms), "",
                                      In(Phrase::kFileActs)};
    const auto keep = [&](const std::string& what, const std::optional<look::Column>& column) {
      if (column) answers_.columns[what] = column->head;
      comments.push_back(
          fmt::format("  {}  {}", what, look::WhatTitle(program, ledger, settings_.language, what)));
    };
    for (std::size_t i = 0; i < ledger.acts.size(); ++i) keep(ledger.acts[i].act, guess.acts[i]);
    for (std::size_t i = 0; i < ledger.fields.size(); ++i)
      keep(ledger.fields[i].act + "." + ledger.fields[i].field, guess.fields[i]);
    if (guess.case_column) answers_.columns["case"] = guess.case_column->head;
    const std::string path = AnswersFileOf(file_);
    const base::Status written = base::WriteFile(path, look::PrintAnswers(answers_, comments));
    std::cerr << (written.ok() ? In(Phrase::kRemembered, {path})
                               : In(Phrase::kNotRemembered, {written.error().message}))
              << "\n\n";
  }

  base::Result<const program::Program*> ProgramOf(const look::Ledger& ledger) {
    std::unique_ptr<LoadedPack>& pack = packs_[ledger.pack];
    if (!pack) {
      ASSIGN_OR_RETURN(pack, LoadPack(ledger.pack, arguments_.places));
    }
    if (pack->compiled) return &pack->compiled->program;
    return Error{Errc::kInvalid,
                 fmt::format("the pack '{0}' has mistakes; 'lawbound check {0}' shows them", ledger.pack)};
  }
  std::string TitleOf(const look::Ledger& ledger) {
    const base::Result<const program::Program*> program = ProgramOf(ledger);
    if (!program.ok()) return ledger.name;
    const program::Program& of = *program.value();
    return program::TitleOf(of, of.titles_of_pack, look::CodeOf(settings_.language), ledger.name);
  }
  std::string WhatTitle(const look::Ledger& ledger, const std::string& what) const {
    const auto pack = packs_.find(ledger.pack);
    if (pack == packs_.end() || !pack->second || !pack->second->compiled) return what;
    return look::WhatTitle(pack->second->compiled->program, ledger, settings_.language, what);
  }

  look::Told ToldOf(std::size_t i) const {
    const look::Guess& guess = guesses_.sheets[i];
    look::Told told{.file = name_, .sheet = {}, .guesses = guesses_, .guess = guess};
    const std::string& sheet = book_.sheets()[guess.sheet];
    if (guesses_.sheets.size() > 1) told.sheet = sheet;
    told.form = book_.form() == ingest::Workbook::Form::kText ? In(Phrase::kTextIn, {book_.encoding()})
                                                              : In(Phrase::kSheetOf, {sheet});
    for (const ingest::LeftAlone& left : book_.left_alone()) {
      using Kind = ingest::LeftAlone::Kind;
      const Phrase phrase = left.kind == Kind::kHiddenSheet ? Phrase::kHiddenSheet
                            : left.kind == Kind::kMacros    ? Phrase::kMacros
                                                            : Phrase::kLinks;
      told.notes.push_back({phrase, left.name.empty() ? look::Args{} : look::Args{left.name}, ""});
    }
    told.totals = surveys_[i].totals;
    told.never = never_;
    told.reason = arguments_.reason;
    told.language = settings_.language;
    told.today = settings_.today;
    return told;
  }

  base::Result<Looked> Unsure() {
    std::vector<std::string> titles;
    for (const look::Ledger* ledger : guesses_.candidates) titles.push_back(TitleOf(*ledger));
    Looked out;
    for (std::size_t i = 0; i < guesses_.sheets.size(); ++i)
      out.pages.push_back(look::MakeUnsurePage(ToldOf(i), titles));
    return out;
  }

  base::Status JudgeSheet(std::size_t i, Looked& out) {
    const look::Guess& guess = guesses_.sheets[i];
    ASSIGN_OR_RETURN(const program::Program* const plain, ProgramOf(*guess.ledger));
    ASSIGN_OR_RETURN(const std::string page, look::MappingPage(*plain, guess, never_));
    ASSIGN_OR_RETURN(const std::unique_ptr<LoadedPack> pack,
                     LoadPack(guess.ledger->pack, arguments_.places, {"guessed", page}));
    if (!pack->compiled) {
      return Error{Errc::kInvalid, fmt::format("look.tsv of '{}' does not fit its pack:\n{}",
                                               guess.ledger->pack, pack->diagnostics.Render(pack->sources))};
    }
    const program::Program& program = pack->compiled->program;
    ASSIGN_OR_RETURN(const program::MappingDef* const mapping, FindMapping(program, "look"));
    ASSIGN_OR_RETURN(const engine::Plan plan,
                     engine::Plan::Make(program, pack->calendars, {.mapping = mapping}));
    ASSIGN_OR_RETURN(look::Judge judge,
                     look::Judge::Make(plan, guess,
                                       {.today = settings_.today,
                                        .language = settings_.language,
                                        .never = never_,
                                        .lapses = arguments_.ics.empty() ? 0 : kMostLapses}));
    ASSIGN_OR_RETURN(look::MatterRows rows,
                     look::MatterRows::Open(book_, guess, surveys_[i], settings_.today));
    look::MatterRow row;
    for (;;) {
      if (settings_.stop != nullptr && *settings_.stop) return Error{Errc::kUnavailable, "stopped"};
      ASSIGN_OR_RETURN(const bool more, rows.Next(row));
      if (!more) break;
      judge.Take(row);
    }
    const look::Found found = judge.Finish();
    const look::Told told = ToldOf(i);
    out.pages.push_back(look::MakePage(plan, found, told));
    for (look::Lapse& lapse : look::LapsesOf(plan, found, told)) out.lapses.push_back(std::move(lapse));
    return base::Ok();
  }

  const std::string& file_;
  std::string name_;
  const LookSettings& settings_;
  const LookArguments& arguments_;
  Questions* questions_;
  ingest::Limits limits_;
  ingest::Workbook book_;
  look::Answers answers_;
  look::Guesses guesses_;
  std::vector<look::Guess> unsurveyed_;
  std::vector<look::Survey> surveys_;  // by sheet of the guesses
  look::Note dropped_;
  std::vector<std::string> never_, asked_of_;
  bool ledger_asked_ = false;
  std::map<std::string, std::unique_ptr<LoadedPack>> packs_;  // by folder
};

}  // namespace

std::string AnswersFileOf(const std::string& file) { return file + ".look"; }

base::Result<LookSettings> SettingsOf(const LookArguments& arguments) {
  ASSIGN_OR_RETURN(const std::optional<base::Day> as_of, OptionalDay("--as-of", arguments.as_of));
  const bool blank = arguments.reason.find_first_not_of(" \t") == std::string::npos;
  if (!arguments.keep.empty() && blank) {
    return Error{
        Errc::kInvalid,
        "--keep reads a column that may say who somebody is; say why with --reason, the page shows it"};
  }
  ASSIGN_OR_RETURN(std::vector<look::Ledger> ledgers, ReadLedgers(arguments));
  return LookSettings{.arguments = arguments,
                      .language = LanguageFor(arguments),
                      .today = as_of ? *as_of : Today(),
                      .ledgers = std::move(ledgers)};
}

base::Result<Looked> LookAtFile(const std::string& file, const LookSettings& settings, Questions* questions) {
  base::Result<Looked> looked = FileLook(file, settings, questions).Make();
  if (looked.ok()) return looked;
  std::string why = look::SayError(settings.language, looked.error().message);
  for (const std::string_view stop : {".", "。"}) {
    if (why.ends_with(stop)) why.resize(why.size() - stop.size());
  }
  return Error{looked.error().code, std::move(why)};
}

base::Status WriteLooked(const LookArguments& arguments, const LookSettings& settings,
                         const std::string& title, const std::vector<std::string>& lead,
                         const Looked& looked) {
  RETURN_IF_ERROR(WriteOutput(arguments.html, [&](std::ostream& out) {
    look::WritePagesHtml(title, lead, looked.pages, settings.language, out);
  }));
  return WriteOutput(arguments.ics,
                     [&](std::ostream& out) { look::WriteCalendar(looked.lapses, settings.today, out); });
}

ExitCode RunLook(const LookArguments& arguments) {
  const base::Result<LookSettings> settings = SettingsOf(arguments);
  if (!settings.ok()) return Fail(settings.error());
  const Language language = settings.value().language;
  const bool can_ask = !arguments.yes && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  const bool prints = arguments.html != "-" && arguments.ics != "-";
  ExitCode code = kDone;
  Looked all;
  for (const std::string& file : arguments.files) {
    Questions questions(language, std::cin, std::cerr);
    base::Result<Looked> looked = LookAtFile(file, settings.value(), can_ask ? &questions : nullptr);
    if (!looked.ok()) {
      const std::string why = Say(language, Phrase::kFailed, {file, looked.error().message});
      code = Fail({looked.error().code, why});
      continue;
    }
    for (look::Page& page : looked.value().pages) {
      if (prints) fmt::print("{}{}", all.pages.empty() ? "" : "\n", look::PageText(page, kLookWidth));
      all.pages.push_back(std::move(page));
    }
    for (look::Lapse& lapse : looked.value().lapses) all.lapses.push_back(std::move(lapse));
  }
  if (all.pages.empty()) return code;
  const std::string title =
      Say(language, Phrase::kHtmlTitle, {look::SayDay(language, settings.value().today)});
  const base::Status written = WriteLooked(arguments, settings.value(), title, {}, all);
  return written.ok() ? code : Fail(written.error());
}

}  // namespace lawbound::cli
