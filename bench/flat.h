// The road traffic fines as Lawbound read them, for those it is measured against: as plain arrays, as the CSV
// for SQL, and as a log whose rows are scattered.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "bench/floor.h"
#include "model/history.h"
#include "program/program.h"

namespace lawbound::bench {

// kInvalid: the pack has not the acts of the road traffic fines.
base::Result<FlatLog> Flatten(const program::Program& program, const std::vector<model::Batch>& batches);

// matter,act,day,amount
bool WriteCsv(const FlatLog& log, const std::string& path);

// matter,activity,day,amount in the order of days, so that the rows of a case lie far apart; every case
// `copies` times.
bool WriteScattered(const FlatLog& log, int copies, const std::string& path);
// The mapping that reads it, as a page of the pack.
std::string ScatteredMapping();

}  // namespace lawbound::bench
