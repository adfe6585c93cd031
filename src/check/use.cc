#include "check/use.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "check/messages.h"
#include "syntax/syntax.h"

namespace lawbound::check {
namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostPacks = 64;

// Whether an item goes along with its pack: examples and mappings stay behind.
bool GoesAlong(const syntax::Item& item) {
  return !std::holds_alternative<syntax::Example>(item) && !std::holds_alternative<syntax::Mapping>(item);
}

const syntax::Name* Replaced(const syntax::Item& item) {
  if (const auto* term = std::get_if<syntax::Term>(&item)) return term->replaces ? &*term->replaces : nullptr;
  if (const auto* table = std::get_if<syntax::Table>(&item)) {
    return table->replaces ? &*table->replaces : nullptr;
  }
  return nullptr;
}

bool IsNamed(const syntax::Item& item, std::string_view name) {
  if (const auto* term = std::get_if<syntax::Term>(&item)) return term->name.text == name;
  if (const auto* table = std::get_if<syntax::Table>(&item)) return table->name.text == name;
  return false;
}

// Whether one may stand in the other's place: of one kind, and of tables those with the same columns.
bool IsOfOneShape(const syntax::Item& a, const syntax::Item& b) {
  const auto* table = std::get_if<syntax::Table>(&a);
  const auto* other = std::get_if<syntax::Table>(&b);
  if (table == nullptr || other == nullptr) return a.index() == b.index();
  const auto same = [](const syntax::Name& one, const syntax::Name& two) { return one.text == two.text; };
  return std::equal(table->keys.begin(), table->keys.end(), other->keys.begin(), other->keys.end(), same) &&
         std::equal(table->results.begin(), table->results.end(), other->results.begin(),
                    other->results.end(), same);
}

class Joiner {
 public:
  Joiner(source::Sources& sources, const ReadPages& read, source::Diagnostics& diagnostics)
      : sources_(sources), read_(read), diagnostics_(diagnostics) {}

  // The tree with everything that it uses; `chain_` holds the packs that are being joined.
  void Join(syntax::Tree& tree) {
    chain_.push_back(tree.path.text);
    std::vector<syntax::Page> before;
    for (const syntax::Name& use : std::exchange(tree.uses, {})) JoinOne(use, tree, before);
    for (const syntax::Page& page : tree.pages) {
      for (const syntax::Item& item : page.items) TakePlace(item, before);
    }
    CheckOverrides(tree, before);
    before.insert(before.end(), std::make_move_iterator(tree.pages.begin()),
                  std::make_move_iterator(tree.pages.end()));
    tree.pages = std::move(before);
    chain_.pop_back();
  }

 private:
  void JoinOne(const syntax::Name& use, syntax::Tree& tree, std::vector<syntax::Page>& before) {
    const auto open = std::find(chain_.begin(), chain_.end(), use.text);
    if (open != chain_.end()) {
      std::string chain;
      for (auto at = open; at != chain_.end(); ++at) chain += *at + " uses ";
      diagnostics_.Add(CyclicUse(use.span, chain + use.text));
      return;
    }
    if (chain_.size() >= kDeepest || joined_.size() >= kMostPacks) {
      diagnostics_.Add(TooMany(use.span, "packs that use one another", kMostPacks));
      return;
    }
    if (!joined_.insert(use.text).second) return;  // it came in by another way
    const std::optional<std::vector<source::FileId>> files = read_(use.text);
    if (!files || files->empty()) {
      diagnostics_.Add(UnknownPack(use.span, use.text));
      return;
    }
    syntax::Tree used = syntax::Parse(sources_, *files, diagnostics_);
    if (used.path.text != use.text && !used.path.text.empty()) {
      diagnostics_.Add(UnknownPack(use.span, use.text));
      return;
    }
    Join(used);
    if (!tree.zone) tree.zone = used.zone;
    if (!tree.counted_by) tree.counted_by = used.counted_by;
    for (syntax::Page& page : used.pages) {
      page.used = true;
      std::erase_if(page.items, [](const syntax::Item& item) { return !GoesAlong(item); });
      before.push_back(std::move(page));
    }
  }

  // Takes out what `item` replaces.
  void TakePlace(const syntax::Item& item, std::vector<syntax::Page>& before) {
    const syntax::Name* replaced = Replaced(item);
    if (replaced == nullptr) return;
    for (syntax::Page& page : before) {
      const auto found = std::find_if(page.items.begin(), page.items.end(), [&](const syntax::Item& other) {
        return IsNamed(other, replaced->text);
      });
      if (found == page.items.end()) continue;
      if (!IsOfOneShape(item, *found)) diagnostics_.Add(ReplacesOther(replaced->span, replaced->text));
      page.items.erase(found);
      return;
    }
    std::vector<std::string_view> known;
    for (const syntax::Page& page : before) {
      for (const syntax::Item& other : page.items) {
        if (const auto* term = std::get_if<syntax::Term>(&other)) known.push_back(term->name.text);
        if (const auto* table = std::get_if<syntax::Table>(&other)) known.push_back(table->name.text);
      }
    }
    diagnostics_.Add(
        NothingToReplace(replaced->span, replaced->text, source::Nearest(replaced->text, known)));
  }

  // A rule of the general law gives way only to a rule of its own pack.
  void CheckOverrides(const syntax::Tree& tree, const std::vector<syntax::Page>& before) {
    std::set<std::string_view> rules;
    for (const syntax::Page& page : before) {
      for (const syntax::Item& item : page.items) {
        if (const auto* rule = std::get_if<syntax::Rule>(&item)) rules.insert(rule->name.text);
      }
    }
    for (const syntax::Page& page : tree.pages) {
      for (const syntax::Item& item : page.items) {
        const auto* rule = std::get_if<syntax::Rule>(&item);
        if (rule == nullptr) continue;
        for (const syntax::Name& name : rule->overrides) {
          if (rules.contains(name.text)) diagnostics_.Add(OverridesUsed(name.span, name.text));
        }
      }
    }
  }

  source::Sources& sources_;
  const ReadPages& read_;
  source::Diagnostics& diagnostics_;
  std::vector<std::string> chain_;
  std::set<std::string> joined_;
};

}  // namespace

syntax::Tree JoinUsed(syntax::Tree tree, source::Sources& sources, const ReadPages& read,
                      source::Diagnostics& diagnostics) {
  Joiner(sources, read, diagnostics).Join(tree);
  return tree;
}

}  // namespace lawbound::check
