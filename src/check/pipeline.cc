#include "check/pipeline.h"

#include "check/messages.h"
#include "check/refusals.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

constexpr Stage kStages[] = {
    {"names", CollectNames, "everything later looks names up, wherever on the pages they are declared"},
    {"refusals", CheckRefusals,
     "what is refused is refused whatever else is wrong, so it is asked of what the author wrote"},
    {"declarations", ResolveDeclarations,
     "fields and citations have no expressions; terms and rules need them"},
    {"tables", ResolveTables, "rows are literals; lookups in expressions and lengths need their columns"},
    {"time", ResolveTerms, "events and lengths: needs acts and their fields"},
    {"parts", ResolveParts, "a term lies where its start lies; 'is broken' and 'lapse of' ask for it"},
    {"facts", ResolveFacts, "types of facts: needs fields and terms; rules use facts"},
    {"stops", ResolveStops,
     "conditions of terms, and lengths that tables say, may use facts, and facts may ask for phases"},
    {"rules", ResolveRules, "needs everything above"},
    {"guarantees", ResolveGuarantees, "what closes the matter, and promises: need acts, terms and facts"},
    {"mappings", ResolveMappings, "asks which acts the effects of the rules deem"},
    {"examples", ResolveExamples, "values and expectations: needs acts, terms and rules"},
    {"scope", CheckParts, "what is there once for each of several is spoken of where one is meant"},
    {"reach", CheckReach, "terms that cannot start, stops that nothing ends, cycles: needs all rules"},
    {"conflicts", CheckConflicts, "contradictions, versions, remedies: compares whole sentences"},
    {"direction", CheckDirection,
     "norms bind the authority: last, so that its refusals speak of a pack that is sound"},
};

}  // namespace

std::span<const Stage> Stages() { return kStages; }

std::optional<CheckedPack> Check(const syntax::Tree& tree, const source::Sources& sources,
                                 const CheckOptions& options, source::Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  Context context{.tree = tree,
                  .sources = sources,
                  .options = options,
                  .diagnostics = diagnostics,
                  .names = {},
                  .pack = {}};
  for (const Stage& stage : Stages()) {
    // The last stages compare whole rules; on a pack with holes they would blame what the author did write.
    const bool whole_pack = stage.run == CheckParts || stage.run == CheckReach ||
                            stage.run == CheckConflicts || stage.run == CheckDirection;
    if (whole_pack && diagnostics.errors() > errors_before) break;
    stage.run(context);
    if (context.too_large) break;
  }
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return std::move(context.pack);
}

std::optional<Compiled> Compile(const syntax::Tree& tree, const source::Sources& sources,
                                const CheckOptions& options, source::Diagnostics& diagnostics) {
  if (diagnostics.HasErrors()) return std::nullopt;
  std::optional<CheckedPack> pack = Check(tree, sources, options, diagnostics);
  if (!pack) return std::nullopt;
  program::Program program = Lower(*pack);
  return Compiled{.program = std::move(program), .examples = std::move(pack->examples)};
}

}  // namespace lawbound::check
