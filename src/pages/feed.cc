// What is published, as an Atom feed (RFC 4287).  What was withdrawn leaves a tombstone (RFC 6721) that says
// so and why, in the answer to the very next request: nothing is kept between two of them.
#include <fmt/format.h>

#include "pages/page.h"

namespace lawbound::pages {
namespace {

using report::EscapeHtml;

std::string Moment(base::Day day) { return base::PrintDay(day) + "T00:00:00Z"; }

std::string EntryId(const Visit& visit, const service::Published& row) {
  return fmt::format("{}/{}/published#entry-{}", visit.options.address,
                     visit.language == Language::kZh ? "zh" : "en", row.entry);
}

std::string Tombstone(const Visit& visit, const service::Published& row) {
  return fmt::format(
      "<at:deleted-entry ref=\"{}\" when=\"{}\"><at:comment>{}</at:comment></at:deleted-entry>\n",
      EscapeHtml(EntryId(visit, row)), Moment(row.withdrawn_on.value_or(row.day)),
      EscapeHtml(visit.Say(Phrase::kColon, {visit.Say(Phrase::kWithdrawn), row.why})));
}

std::string Entry(const Visit& visit, const service::Published& row) {
  std::string text;
  for (const service::ActField& field : row.fields)
    text += visit.Say(Phrase::kColon, {field.title, field.words}) + "\n";
  const std::string id = EscapeHtml(EntryId(visit, row));
  const std::string title = EscapeHtml(visit.Say(
      Phrase::kColon, {visit.Say(Phrase::kCaseHeading, {row.pack_title, row.case_number}), row.title}));
  return fmt::format(
      "<entry><id>{}</id><title>{}</title><updated>{}</updated><author><name>{}</name></author>"
      "<link rel=\"alternate\" href=\"{}\"/><category term=\"{}\"/><content "
      "type=\"text\">{}</content></entry>\n",
      id, title, Moment(row.day), EscapeHtml(row.office), id, EscapeHtml(row.pack), EscapeHtml(text));
}

}  // namespace

http::Response PublishedFeed(const Visit& visit) {
  const std::string pack(visit.request.Query("pack").value_or(""));
  const std::vector<service::Published> all =
      visit.service.Publications(visit.language, {.words = {}, .pack = pack});
  base::Day newest = base::kFirstDay;
  std::string entries;
  for (const service::Published& row : all) {
    newest = std::max({newest, row.day, row.withdrawn_on.value_or(row.day)});
    entries += row.withdrawn ? Tombstone(visit, row) : Entry(visit, row);
  }
  if (all.empty()) newest = visit.service.Today();
  const std::string self = fmt::format("{}{}{}", visit.options.address, visit.To("/published.atom"),
                                       pack.empty() ? "" : "?pack=" + http::PercentEncode(pack));
  const std::string_view name =
      visit.language == Language::kZh ? visit.options.name_zh : visit.options.name_en;
  return http::Response::Of(
             200, "application/atom+xml; charset=utf-8",
             fmt::format("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                         "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                         "xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" xml:lang=\"{}\">\n"
                         "<id>{}</id><title>{}</title><updated>{}</updated><link rel=\"self\" href=\"{}\"/>"
                         "<author><name>{}</name></author>\n{}</feed>\n",
                         visit.language == Language::kZh ? "zh-CN" : "en", EscapeHtml(self),
                         EscapeHtml(visit.Say(Phrase::kPublishedTitle)), Moment(newest), EscapeHtml(self),
                         EscapeHtml(name.empty() ? std::string_view("Lawbound") : name), entries))
      .With("Cache-Control", "no-cache");
}

}  // namespace lawbound::pages
