// S4: a gate takes a proved program alone.
#include "gate/gate.h"

using namespace lawbound;

auto Open(gate::ProvedProgram proved, const calendar::Calendars& calendars) {
  return gate::Gate::Make(std::move(proved), calendars);
}
#ifdef MISUSE
auto OpenUnproved(program::AboveFloor pack, const calendar::Calendars& calendars) {
  return gate::Gate::Make(pack.program(), calendars);
}
#endif
