#include "cli/draw.h"

#include <cerrno>
#include <fmt/format.h>
#include <memory>
#include <ostream>
#include <string_view>
#include <sys/stat.h>
#include <utility>

#include "cli/dot.h"
#include "cli/output.h"
#include "prove/order.h"
#include "prove/prove.h"

namespace lawbound::cli {

namespace {

// Of a picture's order of acts: small, and the same on every machine.
constexpr std::size_t kStatesOfOrder = 2'000;
constexpr double kSecondsOfOrder = 60;
constexpr std::size_t kStatesOfPicture = 20'000;

}  // namespace

base::Result<std::vector<report::Drawing>> DrawPack(const LoadedPack& pack, const std::string& language,
                                                    double seconds) {
  const program::Program& program = pack.compiled->program;
  prove::Options asked{.limits = {}, .day = prove::LawInForce(program)};
  for (const check::Example& example : pack.compiled->examples) asked.examples.push_back(example.batch);
  asked.limits.states = kStatesOfOrder;
  asked.limits.seconds = kSecondsOfOrder;
  ASSIGN_OR_RETURN(const std::vector<prove::Mention> mentions,
                   prove::FindMentions(program, pack.calendars, asked));
  asked.limits.states = kStatesOfPicture;
  asked.limits.seconds = seconds;
  ASSIGN_OR_RETURN(const engine::Plan plan, engine::Plan::Make(program, pack.calendars, {}));
  ASSIGN_OR_RETURN(const prove::Prover prover, prove::Prover::Make(plan, asked));
  std::vector<prove::Proof> proofs;
  for (const prove::Question& question : prover.Questions()) proofs.push_back(prover.Prove(question));
  return report::MakeDrawings({.plan = plan,
                               .tree = pack.tree,
                               .sources = pack.sources,
                               .mentions = mentions,
                               .proofs = proofs,
                               .language = language,
                               .day = asked.day});
}

base::Result<std::vector<report::Picture>> LayOut(std::vector<report::Drawing> drawings) {
  std::vector<report::Picture> pictures;
  for (report::Drawing& drawing : drawings) {
    ASSIGN_OR_RETURN(const std::string plain, RunDot(report::DotText(drawing)));
    ASSIGN_OR_RETURN(report::Layout layout, report::ReadLayout(drawing, plain));
    pictures.push_back({.drawing = std::move(drawing), .layout = std::move(layout)});
  }
  return pictures;
}

ExitCode RunDraw(const DocArguments& doc, const DrawArguments& arguments) {
  if (doc.packs.size() != 1 || !doc.html.empty() || !doc.markdown.empty() || doc.coverage) {
    fmt::print(stderr,
               "lawbound: --drawings takes one pack, and neither --html, --markdown nor --coverage\n");
    return kUsage;
  }
  ExitCode code = kDone;
  const std::unique_ptr<LoadedPack> pack = LoadOrExplain(doc.packs.front(), doc.places, code);
  if (!pack) return code;
  const auto drawings = DrawPack(*pack, doc.language, arguments.seconds);
  if (!drawings.ok()) return Fail(drawings.error());
  if (mkdir(arguments.folder.c_str(), 0777) != 0 && errno != EEXIST)
    return Fail({base::Errc::kUnavailable, fmt::format("cannot make the folder '{}'", arguments.folder)});
  const auto write = [&](const report::Drawing& drawing, std::string_view ending, const std::string& text) {
    return WriteOutput(fmt::format("{}/{}.{}", arguments.folder, drawing.name, ending),
                       [&](std::ostream& out) { out << text; });
  };
  for (const report::Drawing& drawing : drawings.value()) {
    const base::Status wrote = write(drawing, "dot", report::DotText(drawing));
    if (!wrote.ok()) return Fail(wrote.error());
  }
  const auto pictures = LayOut(drawings.value());
  if (!pictures.ok()) {
    fmt::print(stderr, "lawbound: no pictures but for Graphviz: {}\n", pictures.error().message);
    return kDone;
  }
  for (const report::Picture& picture : pictures.value()) {
    const base::Status wrote =
        write(picture.drawing, "svg", report::DrawingFile(picture.drawing, picture.layout, doc.language));
    if (!wrote.ok()) return Fail(wrote.error());
  }
  return kDone;
}

}  // namespace lawbound::cli
