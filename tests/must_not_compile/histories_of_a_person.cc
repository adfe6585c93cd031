// S2: histories are not joined by a person.
#include "model/history.h"

using namespace lawbound;

model::Batch batch;
#ifdef MISUSE
auto Mine() { return batch.of_person(0); }
#endif
