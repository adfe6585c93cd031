#include "look/said.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include "report/words.h"

namespace lawbound::look {
namespace {

struct Texts {
  std::string_view english, chinese;
};

constexpr Texts kTexts[] = {
#define PHRASE(name, english, chinese) {english, chinese},
#include "look/phrases.def"
#undef PHRASE
};

constexpr Texts kErrors[] = {
#define ERROR_TEXT(english, chinese) {english, chinese},
#include "look/errors.def"
#undef ERROR_TEXT
};

std::string Filled(std::string_view text, const Args& args) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& arg : args) store.push_back(std::string_view(arg));
  return fmt::vformat(text, store);
}

}  // namespace

std::string_view CodeOf(Language language) { return language == Language::kChinese ? "zh" : "en"; }

std::optional<Language> LanguageNamed(std::string_view name) {
  if (name == "zh") return Language::kChinese;
  if (name == "en") return Language::kEnglish;
  return std::nullopt;
}

Language LanguageOfLocale(std::string_view locale) {
  const bool chinese =
      locale == "zh" || locale.starts_with("zh_") || locale.starts_with("zh-") || locale.starts_with("zh.");
  return chinese ? Language::kChinese : Language::kEnglish;
}

std::string_view TextOf(Language language, Phrase phrase) {
  const Texts& texts = kTexts[static_cast<std::size_t>(phrase)];
  return language == Language::kChinese ? texts.chinese : texts.english;
}

std::size_t CountPhrases() { return std::size(kTexts); }

std::string Say(Language language, Phrase phrase, const Args& args) {
  return Filled(TextOf(language, phrase), args);
}

std::string SayCount(Language language, Phrase phrase, std::uint64_t number) {
  const std::string_view text = TextOf(language, phrase);
  const std::size_t bar = text.find('|');
  const std::string_view form = bar == std::string_view::npos ? text
                                : number == 1                 ? text.substr(0, bar)
                                                              : text.substr(bar + 1);
  return Filled(form, {SayNumber(number)});
}

std::string SayAll(Language language, const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out = out.empty() ? item : Say(language, Phrase::kComma, {out, item});
  return out;
}

std::string SayOneOf(Language language, const std::vector<std::string>& items) {
  if (items.size() < 2) return SayAll(language, items);
  const std::vector<std::string> most(items.begin(), items.end() - 1);
  return Say(language, Phrase::kOr, {SayAll(language, most), items.back()});
}

std::string SayQuoted(Language language, const std::vector<std::string>& items) {
  std::vector<std::string> quoted;
  for (const std::string& item : items) quoted.push_back(Say(language, Phrase::kQuoted, {item}));
  return SayAll(language, quoted);
}

std::string SayError(Language language, const std::string& message) {
  if (language == Language::kEnglish) return message;
  for (const Texts& one : kErrors) {
    if (one.english == message) return std::string(one.chinese);
  }
  return message;
}

std::string SayDay(Language language, base::Day day) {
  return report::words::LongDate(TongueOf(language), day);
}

std::string SayNumber(std::uint64_t number) { return report::words::Number(number); }

report::Tongue TongueOf(Language language) {
  return language == Language::kChinese ? report::Tongue::kChinese : report::Tongue::kEnglish;
}

}  // namespace lawbound::look
