#include "program/people_words.h"

#include <algorithm>
#include <array>

namespace lawbound::program {
namespace {

using Words = std::string_view;

constexpr auto kGrades = std::to_array<Words>({"score",         "scores",       "scored",
                                               "scoring",       "rank",         "ranks",
                                               "ranked",        "ranking",      "rating",
                                               "ratings",       "blacklist",    "blacklisted",
                                               "black list",    "red list",     "redlist",
                                               "social credit", "credit mark",  "credit marks",
                                               "credit list",   "merit points", "comprehensive evaluation"});
constexpr auto kGradesZh = std::to_array<Words>(
    {"信用", "失信", "守信", "诚信", "积分", "评分", "排名", "征信", "黑名单", "红名单", "综合评价", "打分"});

constexpr auto kIdentities =
    std::to_array<Words>({"name",      "names",  "surname",   "nickname",         "identity", "id",
                          "passport",  "phone",  "mobile",    "telephone",        "email",    "wechat",
                          "plate",     "birth",  "birthday",  "birthdate",        "sex",      "gender",
                          "religion",  "belief", "ethnicity", "party-membership", "photo",    "portrait",
                          "face",      "facial", "voice",     "fingerprint",      "iris",     "gait",
                          "dna",       "blood",  "location",  "whereabouts",      "gps",      "coordinates",
                          "itinerary", "camera", "imei",      "device",           "biometric"});

constexpr auto kPeople = std::to_array<Words>(
    {"person",     "persons",   "people",    "resident", "residents", "citizen",    "citizens",
     "villager",   "villagers", "family",    "families", "household", "households", "neighbour",
     "neighbours", "relative",  "relatives", "kin",      "child",     "children",   "parent",
     "pupil",      "student",   "tenant",    "worker",   "believer",  "visitor",    "petitioner",
     "debtor",     "man",       "woman",     "men",      "women",     "human",      "individual"});
constexpr auto kPeopleZh =
    std::to_array<Words>({"村民", "居民", "公民", "市民", "家庭", "住户", "农户", "学生", "亲属", "子女",
                          "个人", "信徒", "上访人", "被执行人"});

constexpr auto kFindings = std::to_array<Words>({"age", "capacity", "representation", "interest",
                                                 "means-for-aid", "earlier-violation", "good-objection"});

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Lower case, every run of other ASCII characters one space, with a space at both ends; other bytes as they
// are.
std::string Folded(std::string_view text) {
  std::string folded = " ";
  for (const char c : text) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii && !IsLetter(c)) {
      if (folded.back() != ' ') folded += ' ';
    } else {
      folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (folded.back() != ' ') folded += ' ';
  return folded;
}

bool HasWord(const std::string& folded, std::string_view word) {
  return folded.find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

std::string_view GradeWord(std::string_view text) {
  const std::string folded = Folded(text);
  for (const Words word : kGrades) {
    if (HasWord(folded, word)) return word;
  }
  for (const Words word : kGradesZh) {
    if (text.find(word) != std::string_view::npos) return word;
  }
  return {};
}

std::string_view IdentityWord(std::string_view field_name) {
  const std::string folded = Folded(field_name);
  for (const Words word : kIdentities) {
    if (HasWord(folded, word)) return word;
  }
  return {};
}

bool EndsWithPeople(std::string_view name_or_title) {
  const std::string folded = Folded(name_or_title);
  for (const Words word : kPeople) {
    if (folded.ends_with(" " + std::string(word) + " ")) return true;
  }
  return std::any_of(kPeopleZh.begin(), kPeopleZh.end(),
                     [&](Words word) { return name_or_title.ends_with(word); });
}

bool IsFindingOfPerson(std::string_view fact_name) {
  return std::find(kFindings.begin(), kFindings.end(), fact_name) != kFindings.end();
}

}  // namespace lawbound::program
