// What pictures of procedures say, in English and in Chinese.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program/program.h"

namespace lawbound::report {

// Every method in the language of the object.  What is given is put in as it is; Quoted makes a title one.
class PictureWords {
 public:
  explicit PictureWords(bool chinese) : zh_(chinese) {}

  std::string Quoted(std::string_view title) const;
  std::string Or(const std::vector<std::string>& items) const;
  std::string Length(const program::Program& program, const program::LengthDef& length) const;

  // In boxes.
  std::string between() const { return Say(" ", ""); }  // words
  std::string by_law() const { return Say("by law", "依法律规定"); }
  std::string promptly() const { return Say("must, promptly", "应当及时"); }
  std::string deemed() const { return Say("counts as done", "视为已作出"); }
  std::string falls() const { return Say("falls", "失效"); }
  std::string dead() const { return Say("can never lawfully be done", "永远不能合法作出"); }
  std::string not_done() const { return Say("not done", "没有作出"); }
  std::string later_of() const { return Say("from the later of the two", "从较晚的一项起"); }
  std::string earlier_of() const { return Say("from the earlier of the two", "从较早的一项起"); }
  std::string can_stop() const { return Say("can stand still", "可以中止"); }
  std::string can_grow() const { return Say("can be extended", "可以延长"); }
  std::string MustWithin(std::string_view length) const;
  std::string MayWithin(std::string_view length) const;
  std::string AtLeast(std::string_view length) const;
  std::string AtMost(std::string_view length) const;
  std::string Ahead(std::string_view length) const;
  std::string AtLeastPeople(unsigned people) const;
  std::string Otherwise(std::string_view what) const;
  std::string IsDeemed(std::string_view act) const;
  std::string Falls(std::string_view act) const;
  std::string Answers(std::string_view who) const;
  std::string FromBreach(std::string_view rule) const;
  std::string Standing(program::Standing standing) const;
  std::string InPicture(std::size_t number) const;

  // Arrows as sentences.
  std::string NeverWithout(std::string_view a, std::string_view b) const;
  std::string Sometimes(std::string_view a, std::string_view b) const;
  std::string Remedy(std::string_view who, std::string_view on, std::string_view what) const;
  std::string Bars(std::string_view a, std::string_view b) const;
  std::string WaitsFor(std::string_view length) const;
  std::string After(std::string_view causes, std::string_view said, std::string_view act,
                    const std::vector<std::string>& more) const;
  std::string TheTime(std::string_view length) const;

  // About pictures.
  std::string about_overview() const;
  std::string about_phase() const;
  std::string about_counter() const;
  std::string CounterTitle(std::string_view guarantee) const;
  std::vector<std::string> legend() const;

 private:
  std::string Say(std::string_view english, std::string_view chinese) const {
    return std::string(zh_ ? chinese : english);
  }
  bool zh_;
};

// "zh" is Chinese; everything else is English.
const PictureWords& DrawingWords(std::string_view language);

}  // namespace lawbound::report
