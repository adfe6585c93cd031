#include "report/case_text.h"

#include <fmt/format.h>
#include <optional>

#include "report/words.h"

namespace lawbound::report {
namespace {

void AddEvent(const ToldEvent& event, std::size_t width, std::string& out) {
  constexpr std::size_t kMargin = 14;
  const std::size_t indent = 16 + kMargin;
  std::string line = Wrap(event.text, indent, 0, width);
  const std::string margin = event.verdict.size() < kMargin ? event.verdict : event.verdict + "  ";
  line.replace(0, indent, fmt::format("{}  {:<{}}", words::LongDate(event.day), margin, kMargin));
  out += line;
  if (!event.fields.empty()) out += Wrap(event.fields, indent, 0, width);
  for (const ToldOutcome& told : event.outcomes) out += AccountText(told.account, indent, width);
}

}  // namespace

std::string CaseText(const CaseStory& story, std::size_t width) {
  std::string out = words::CaseLine(story.name) + "\n\n";
  if (!story.not_told.empty()) return out + story.not_told + "\n";
  for (const ToldEvent& event : story.events) AddEvent(event, width, out);
  if (!story.open.empty()) out += fmt::format("\n{}\n", words::OpenLine(story.as_of));
  for (const ToldDuty& duty : story.open) {
    out += Wrap(duty.text, 2, 2, width);
    if (!duty.unsure.empty()) out += Wrap(duty.unsure, 4, 0, width);
  }
  return out;
}

std::string CaseText(const engine::Plan& plan, const model::History& history,
                     const CaseTextOptions& options) {
  return CaseText(TellCase(plan, history, options), options.width);
}

std::string NextText(const NextStory& story, std::size_t width) {
  std::string out = words::NextTitle(story.name, story.day) + "\n";
  if (!story.not_told.empty()) return out + "\n" + story.not_told + "\n";
  std::optional<model::Answer> heading;
  for (const ToldPossibility& act : story.acts) {
    if (heading != act.answer) out += fmt::format("\n{}\n", words::NextHeading(act.answer));
    heading = act.answer;
    out += fmt::format("  {}\n", words::Quoted(act.title));
    out += Wrap(act.when, 4, 0, width);
    for (const std::string& opener : act.openers) out += Wrap(opener, 4, 2, width);
    for (const ToldOutcome& told : act.in_the_way) out += AccountText(told.account, 4, width);
  }
  return out;
}

}  // namespace lawbound::report
