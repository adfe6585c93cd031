// The direction of norms.  A pack says what an authority owes to people.  What people owe follows from an
// order to them, in one matter, and a person is never graded: the only fields of a person are those of a
// closed list that the law asks for again and again, each with the one type that its question needs.
#include "check/direction.h"

#include <algorithm>
#include <array>

#include "check/messages.h"
#include "check/stages.h"

namespace lawbound::check {
namespace {

struct KernelField {
  std::string_view name;
  ValueType type;
  std::string_view words;
};

constexpr std::array kKernelFields = {
    KernelField{"kind", ValueType::kChoice, "'one of natural, organisation'"},
    KernelField{"age", ValueType::kWhole, "a whole number"},
    KernelField{"abroad", ValueType::kYesNo, "yes-no"},
    KernelField{"service-address", ValueType::kText, "text"},
    KernelField{"language", ValueType::kText, "text"},
    KernelField{"capacity", ValueType::kYesNo, "yes-no"},
};

bool IsKernelType(const Field& field, const KernelField& kernel) {
  if (field.type != kernel.type) return false;
  return kernel.type != ValueType::kChoice ||
         field.choices == std::vector<std::string>{"natural", "organisation"};
}

// Whether the event is an act of an authority to one of these roles, or the reported delivery of one.
bool IsOrderTo(const CheckedPack& pack, const Event& event, const std::vector<RoleId>& roles) {
  if (event.kind != Event::Kind::kAct) return false;
  const Act& act = pack.acts[event.act.index()];
  const auto addressed = [&](const Act& order) {
    return std::all_of(roles.begin(), roles.end(), [&](RoleId role) { return order.to == role; });
  };
  if (!addressed(act)) return false;
  if (act.side == Side::kAuthority) return true;
  if (act.side != Side::kLaw || act.rests_on.empty()) return false;
  return std::all_of(act.rests_on.begin(), act.rests_on.end(), [&](ActId id) {
    const Act& order = pack.acts[id.index()];
    return order.side == Side::kAuthority && addressed(order);
  });
}

void CheckDuty(Context& context, const Sentence& sentence) {
  const CheckedPack& pack = context.pack;
  std::vector<Event> starts;
  if (sentence.term) {
    const Term& term = pack.terms[sentence.term.index()];
    starts = term.starts;
    starts.insert(starts.end(), term.restarts.begin(), term.restarts.end());
  } else {
    starts.push_back(sentence.event);
  }
  const bool ordered = std::all_of(starts.begin(), starts.end(), [&](const Event& event) {
    return IsOrderTo(pack, event, sentence.roles);
  });
  if (!ordered) context.Say(DutyOfParty(sentence.span, pack.roles[sentence.roles.front().index()].name));
}

void CheckMappingBinds(Context& context, const syntax::Mapping& item, const Mapping& mapping) {
  const auto of_authority = [&](const MappingLine& line) {
    return context.pack.acts[line.act.index()].side == Side::kAuthority;
  };
  if (std::any_of(mapping.lines.begin(), mapping.lines.end(), of_authority)) return;
  context.Say(BindsNoAuthority(item.name.span, item.name.text));
}

}  // namespace

void CheckPerson(Context& context, const syntax::Role& item, const Role& role) {
  if (item.credential) context.Say(CredentialOfPerson(item.credential->span, role.name));
  for (std::uint32_t row = role.fields.first; row < role.fields.end(); ++row) {
    const Field& field = context.pack.fields[row];
    const auto kernel = std::find_if(kKernelFields.begin(), kKernelFields.end(),
                                     [&](const KernelField& known) { return known.name == field.name; });
    if (kernel == kKernelFields.end()) {
      context.Say(FieldOfPerson(field.span, field.name));
    } else if (!IsKernelType(field, *kernel)) {
      context.Say(GradeOfPerson(field.span, field.name, kernel->words));
    }
  }
}

void CheckDirection(Context& context) {
  for (const Sentence& sentence : context.pack.sentences) {
    const bool duty = sentence.kind == program::SentenceDef::Kind::kMust;
    if (duty && sentence.side == Side::kParty) CheckDuty(context, sentence);
  }
  for (std::size_t row = 0; row < context.pack.mappings.size(); ++row) {
    CheckMappingBinds(context, *context.names.mappings[row], context.pack.mappings[row]);
  }
}

}  // namespace lawbound::check
