#include "service/problem_words.h"

#include <array>
#include <optional>
#include <vector>

namespace lawbound::service {
namespace {

struct Sentence {
  std::string_view english, chinese;
};
constexpr std::array kSentences = {
#define PROBLEM(english, chinese) Sentence{english, chinese},
#include "service/problem_words.def"
#undef PROBLEM
};

constexpr std::string_view kPlace = "{}";

// What stands for each {} of the pattern; nothing when the message is not of it.
std::optional<std::vector<std::string_view>> Fit(std::string_view pattern, std::string_view message) {
  std::vector<std::string_view> out;
  std::size_t place = pattern.find(kPlace);
  const std::string_view first = pattern.substr(0, place);
  if (!message.starts_with(first)) return std::nullopt;
  message.remove_prefix(first.size());
  while (place != std::string_view::npos) {
    pattern.remove_prefix(place + kPlace.size());
    place = pattern.find(kPlace);
    const std::string_view next = pattern.substr(0, place);
    // What is put in last goes to the end: the message ends as the pattern does.
    const std::size_t end = place != std::string_view::npos ? message.find(next)
                            : message.ends_with(next)       ? message.size() - next.size()
                                                            : std::string_view::npos;
    if (end == std::string_view::npos) return std::nullopt;
    out.push_back(message.substr(0, end));
    message.remove_prefix(end + next.size());
  }
  if (!message.empty()) return std::nullopt;
  return out;
}

std::string Fill(std::string_view text, const std::vector<std::string_view>& values) {
  std::string out;
  while (!text.empty()) {
    const bool place =
        text.size() >= 3 && text[0] == '{' && text[2] == '}' && text[1] >= '0' && text[1] <= '9';
    const auto index = place ? static_cast<std::size_t>(text[1] - '0') : values.size();
    if (index < values.size()) {
      out += values[index];
      text.remove_prefix(3);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::optional<std::string> InChinese(std::string_view message) {
  for (const Sentence& sentence : kSentences) {
    if (const auto values = Fit(sentence.english, message)) return Fill(sentence.chinese, *values);
  }
  return std::nullopt;
}

std::string_view KindInChinese(base::Errc code) {
  switch (code) {
    case base::Errc::kInvalid:
      return "请求无法处理：其中有不符合要求的内容";
    case base::Errc::kNotFound:
      return "没有所要的内容";
    case base::Errc::kConflict:
      return "与账本的现状不一致，请重新查看后再办理";
    case base::Errc::kUnavailable:
      return "现在办不了，没有记录任何内容，请过一会儿再试";
    case base::Errc::kLimit:
      return "超过了允许的限度";
    case base::Errc::kCorrupt:
      break;
  }
  return "服务器的数据有问题，已经停止处理";
}

}  // namespace

std::string ProblemWords(const base::Error& error, Language language) {
  if (language == Language::kEn) return error.message;
  return InChinese(error.message).value_or(std::string(KindInChinese(error.code)));
}

std::string ProblemWords(std::string_view message, Language language) {
  if (language == Language::kEn) return std::string(message);
  return InChinese(message).value_or(std::string(KindInChinese(base::Errc::kInvalid)));
}

}  // namespace lawbound::service
