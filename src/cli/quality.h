// What ingest found out about a log, in the form that reports show.
#pragma once

#include "ingest/data_quality.h"
#include "report/quality.h"

namespace lawbound::cli {

report::QualityPage QualityPageOf(const ingest::DataQuality& quality);

}  // namespace lawbound::cli
