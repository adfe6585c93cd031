// What a pack declares, by name, before anything is resolved: one row per declaration, in the order of the
// pages. The row is the id that all later stages use.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.h"

namespace lawbound::check {

// Roles, acts, facts, terms and tables share one space of names, because expressions and events speak of them
// alike.
struct Entity {
  enum class Kind : unsigned char { kRole, kThing, kAct, kFact, kTerm, kTable };
  Kind kind = Kind::kRole;
  std::uint32_t row = 0;
  Span span;
};

struct NamedFact {
  const syntax::Fact* fact = nullptr;
  const syntax::Name* name = nullptr;
};

using Rows = std::map<std::string, Entity, std::less<>>;  // in spaces of one kind, `kind` has no meaning

struct Names {
  std::vector<const syntax::Role*> roles;
  std::vector<const syntax::Thing*> things;  // their rows follow those of the roles
  // The acts of the pack have these rows; then comes the target, if there is one, then the findings, by fact.
  std::vector<const syntax::Act*> acts;
  const syntax::Target* target = nullptr;
  std::vector<NamedFact> facts;  // a fact stands after those it uses
  std::vector<const syntax::Table*> tables;
  std::vector<const syntax::Term*> terms;
  std::vector<const syntax::Rule*> rules;
  std::vector<const syntax::Instrument*> instruments;
  std::vector<const syntax::Counting*> countings;
  std::vector<const syntax::Mapping*> mappings;
  std::vector<const syntax::Example*> examples;
  std::vector<const syntax::Guarantee*> guarantees;
  const syntax::Closes* closes = nullptr;
  // The term of each sentence that says "within L of E".
  std::map<const syntax::Sentence*, TermId> unnamed_terms;

  Rows entities;
  Rows rule_rows;
  Rows instrument_rows;
  Rows counting_rows;
};

// The state that the stages share.
struct Context {
  const syntax::Tree& tree;
  const source::Sources& sources;
  const CheckOptions& options;
  source::Diagnostics& diagnostics;
  Names names;
  CheckedPack pack;
  // The calls of tables that say how long a term is: facts without a declaration, numbered after all others.
  std::vector<const syntax::Expr*> lengths{};
  // Whose duty or right the length being checked is for; see Instrument::working_days_of.
  std::vector<RoleId> acting{};
  // What the statement being checked cites: lengths are compared with the written units of these instruments.
  const syntax::Under* cited = nullptr;
  std::size_t citations = 0;  // resolved so far
  // More declarations than a pack may have: nothing further is looked at.
  bool too_large = false;
  // Facts whose expression was wrong: what uses them has no type, and nothing more is said of it.
  std::set<FactId> failed_facts{};
  // The findings of facts that are found: the acts that ResolveDeclarations made for them.
  std::map<FactId, ActId> findings{};

  void Say(source::Diagnostic diagnostic) { diagnostics.Add(std::move(diagnostic)); }
};

// Looking up; a name that is unknown or of another kind is said, and nothing is returned.
std::optional<ActId> FindAct(Context& context, const syntax::Name& name);
std::optional<RoleId> FindRole(Context& context, const syntax::Name& name);
// A role marked "several", or a thing.
std::optional<RoleId> FindSeveral(Context& context, const syntax::Name& name);
std::optional<TermId> FindTerm(Context& context, const syntax::Name& name);
std::optional<TableId> FindTable(Context& context, const syntax::Name& name);
std::optional<RuleId> FindRule(Context& context, const syntax::Name& name);
std::optional<CountingId> FindCounting(Context& context, const syntax::Name& name);
// Any role, act, fact or term.
std::optional<Entity> FindEntity(Context& context, const syntax::Name& name);
// Of a role or a thing there are several, or of a role only its kind is asked; before roles are resolved.
bool IsSeveral(const Context& context, RoleId role);
bool IsThing(const Context& context, RoleId role);
// The finding of a fact that is found by people; nothing, and nothing said, for any other name.
std::optional<ActId> FindFinding(const Context& context, const syntax::Name& name);
// An act, or the finding of a fact.
std::optional<ActId> FindActOrFinding(Context& context, const syntax::Name& name);
// A field of an act or a role.
std::optional<FieldId> FindField(Context& context, Range<model::Field> fields, std::string_view owner,
                                 const syntax::Name& name);
// "N.N" where N is an act or a role.
std::optional<FieldId> FindFieldOf(Context& context, const syntax::Path& path);
// The row of a credential, the same for the same word.
std::uint16_t FindCredential(Context& context, const syntax::Name& name);
// The one term within which an act may or must be done; said when there is none or more than one.
std::optional<TermId> FindTimeTo(Context& context, const syntax::Name& act);

// Stage 1: collects the declarations and refuses what is declared twice or reserved.
void CollectNames(Context& context);
// Orders the facts so that each follows what it uses (part of stage 1).
void OrderFacts(Context& context);

}  // namespace lawbound::check
