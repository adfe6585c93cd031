#include "check/citations.h"

#include "check/messages.h"

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
  Under resolved;
  const Rows& rows = context.names.instrument_rows;
  for (const syntax::Citation& citation : under) {
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
