#include "ingest/reading.h"
namespace lawbound::ingest {
base::Status ReadRows(Reading&) { return base::Error{base::Errc::kInvalid, "rows"}; }
}  // namespace lawbound::ingest
