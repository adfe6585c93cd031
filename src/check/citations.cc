#include "check/citations.h"

#include "check/messages.h"
#include "program/verify.h"

namespace lawbound::check {

std::vector<Title> CopyTitles(Context& context, const std::vector<syntax::Title>& titles) {
  std::vector<Title> copied;
  copied.reserve(titles.size());
  for (const syntax::Title& title : titles) {
    if (title.text.empty()) context.Say(EmptyText(title.span, "this title"));
    copied.push_back({.text = title.text, .language = title.language});
  }
  return copied;
}

law::Reading CopyReading(syntax::Reading reading, law::Reading otherwise) {
  switch (reading) {
    case syntax::Reading::kUnsaid:
      return otherwise;
    case syntax::Reading::kSeen:
      return law::Reading::kSeen;
    case syntax::Reading::kSecondary:
      return law::Reading::kSecondary;
    case syntax::Reading::kFromMemory:
      return law::Reading::kFromMemory;
  }
  return otherwise;
}

Under ResolveUnder(Context& context, const syntax::Under& under) {
  // The terms of sentences repeat the citations of their rule.
  constexpr std::size_t kMostOfOne = 100, kMostOfAPack = program::kMaxRows;
  Under resolved;
  const Rows& rows = context.names.instrument_rows;
  if (under.size() > kMostOfOne)
    context.Say(TooMany(under[kMostOfOne].instrument.span, "citations of one thing", kMostOfOne));
  for (const syntax::Citation& citation : under) {
    if (resolved.size() == kMostOfOne) break;
    if (++context.citations == kMostOfAPack)
      context.Say(TooMany(citation.instrument.span,
                          "citations of a pack, those of a rule for each of its sentences", kMostOfAPack));
    if (context.citations >= kMostOfAPack) break;
    const auto found = rows.find(citation.instrument.text);
    if (found == rows.end()) {
      std::vector<std::string_view> known;
      for (const auto& [name, entity] : rows) known.push_back(name);
      context.Say(UnknownInstrument(citation.instrument.span, citation.instrument.text,
                                    source::Nearest(citation.instrument.text, known)));
      continue;
    }
    const InstrumentId instrument(found->second.row);
    resolved.push_back(
        {.instrument = instrument,
         .provision = citation.provision,
         .reading = CopyReading(citation.reading, context.pack.instruments[instrument.index()].reading)});
  }
  return resolved;
}

}  // namespace lawbound::check
