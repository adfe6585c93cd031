// DataQuality as bytes and back, for the binary log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/data_quality.h"

namespace lawbound::ingest {

std::string EncodeQuality(const DataQuality& quality);
// Nothing when the bytes are not those of a DataQuality.
std::optional<DataQuality> DecodeQuality(std::string_view bytes);

}  // namespace lawbound::ingest
