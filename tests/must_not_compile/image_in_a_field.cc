// S8: no field holds an image, a voice or a device.
#include "program/program.h"

using namespace lawbound;

auto document = program::ValueType::kDocument;
#ifdef MISUSE
auto image = program::ValueType::kImage;
#endif
