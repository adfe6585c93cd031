// A procedure as pictures: one overview, one picture for each phase of the pack, one for each guarantee that
// does not hold.  What stands in them is read off the program and the prover's answers; nothing is placed by
// hand.
//
//   std::vector<Drawing> drawings = MakeDrawings(source);
//   std::string dot = DotText(drawing);           // sizes alone: the words stay here
//   base::Result<Layout> layout = ReadLayout(drawing, plain);   // what `dot -Tplain` answered
//   WriteDrawing(drawing, layout, html);          // <svg>, with a title and a description
//
// A phase is a page of the pack, or a section of one that declares more acts than a picture holds.  A rule is
// drawn in the phase in which it is written; an act of another phase that it speaks of is drawn with a dashed
// outline.  Functions without state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/plan.h"
#include "program/program.h"
#include "prove/order.h"
#include "prove/prove.h"
#include "report/html.h"
#include "source/source.h"
#include "syntax/tree.h"

namespace lawbound::report {

struct DrawingSource {
  const engine::Plan& plan;  // of the pack
  const syntax::Tree& tree;
  const source::Sources& sources;
  const std::vector<prove::Mention>& mentions;
  const std::vector<prove::Proof>& proofs;
  std::string language;  // of titles and of the words of a picture: "zh", else English
  base::Day day;         // whose law is drawn
};

struct Drawing {
  struct Box {
    // kTime: how long something runs; kEffect: what follows.  kNotDone: an act that a counter-history lacks.
    enum class Kind : std::uint8_t { kAct, kTime, kEffect, kNotDone };
    Kind kind = Kind::kAct;
    program::Side side = program::Side::kAuthority;
    std::vector<std::string> lines;  // in large letters
    std::vector<std::string> small;
    std::string step;        // of a counter-history: "2"
    bool elsewhere = false;  // an act of another phase
    bool dead = false;       // can never lawfully be done
    bool adverse = false;
    bool remedy = false;  // of a party, on an adverse act
  };
  struct Arrow {
    enum class Kind : std::uint8_t {
      kAlways,     // never without it: proved, or what an act rests on
      kSometimes,  // asked for in some matters, or one of several ways
      kRemedy,     // what a party can do on an act against it
      kTime,       // from what a time runs, and to what it is for
      kWait,       // when that time is over
      kBars,
      kFollows,
      kStory,   // the next act of a counter-history
      kHidden,  // places boxes, and is not drawn
    };
    std::size_t from = 0, to = 0;
    Kind kind = Kind::kAlways;
  };
  std::string name;   // of a file: "overview", "phase-2", "counter-heard"
  std::string title;  // of the phase
  std::string about;  // one sentence: what it shows
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
  std::vector<std::string> words;  // the same, arrow by arrow
  std::vector<std::string> alone;  // acts of the phase that no arrow touches
};

// The overview first, then the phases in the order of the pack, then what is refuted.  Empty for a pack
// without acts of its own.
std::vector<Drawing> MakeDrawings(const DrawingSource& source);

// For `dot -Tplain`: the size of each box, the arrows, and nothing that an author wrote but in comments.
std::string DotText(const Drawing& drawing);

struct Layout {
  struct Point {
    double x = 0, y = 0;  // in points, from the upper left corner
  };
  double width = 0, height = 0;
  std::vector<Point> boxes;                // their middles
  std::vector<std::vector<Point>> arrows;  // Bezier curves: 1 + 3n points
};
// kCorrupt when it is not a whole answer for this drawing.
base::Result<Layout> ReadLayout(const Drawing& drawing, std::string_view plain);

// A drawing and where its boxes stand.
struct Picture {
  Drawing drawing;
  Layout layout;
};

// `number` keeps the ids of several pictures on one page apart.  `language`: as in DrawingSource.
void WriteDrawing(const Drawing& drawing, const Layout& layout, std::string_view language, std::size_t number,
                  Html& html);
// What the lines and colours mean, in order: for a caption.
std::vector<std::string> DrawingLegend(std::string_view language);
// A whole file, with the style it needs.
std::string DrawingFile(const Drawing& drawing, const Layout& layout, std::string_view language);

// The style sheet of pictures, for a page that holds some.
void WriteDrawingStyle(Html& html);

}  // namespace lawbound::report
