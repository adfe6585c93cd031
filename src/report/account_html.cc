#include "report/account_html.h"

#include <string>
#include <string_view>

#include "report/words.h"

namespace lawbound::report {
namespace {

void WriteLines(Html& html, std::string_view label, const std::vector<std::string>& texts,
                std::string style) {
  for (const std::string& text : texts) {
    auto paragraph = html.Open("p", {{"class", style}});
    html.Element("strong", label);
    html.Text(" " + text);
  }
}

}  // namespace

void WriteReasons(Html& html, const std::vector<Reason>& reasons) {
  if (reasons.empty()) return;
  auto list = html.Open("ul");
  for (const Reason& reason : reasons) {
    auto item = html.Open("li");
    html.Text(reason.text);
    WriteReasons(html, reason.parts);
  }
}

void WriteAccount(Html& html, const Account& account) {
  WriteReasons(html, account.reasons);
  WriteLines(html, words::kRestsOn, account.provisions, "ground");
  for (const std::string& text : account.provision_texts) {
    if (!text.empty()) html.Element("pre", text);
  }
  if (!account.sentence.empty()) WriteLines(html, words::kWritten, {account.sentence}, "ground");
  WriteLines(html, words::kFollows, account.follows, "ground");
  WriteLines(html, words::kCure, account.cure, "ground");
  WriteLines(html, words::kNote, account.marks, "mark");
}

}  // namespace lawbound::report
