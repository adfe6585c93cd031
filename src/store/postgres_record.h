// A record in a PostgreSQL database (15 or later), in a schema of its own: one ledger to a database.
//
// Durable means what the server means by it: synchronous_commit is on, fsync must be.  A standby that is to
// take over has to be a synchronous one (synchronous_standby_names), or what was acknowledged may be lost
// with the primary; docs/operations/ledger.md.
#pragma once

#include <memory>
#include <string>

#include "store/record_store.h"

namespace lawbound::store {

// The writer holds an advisory lock of the database as long as it lives: kConflict for a second one.
base::Result<std::unique_ptr<RecordStore>> OpenPostgresRecord(const std::string& how_to_connect, OpenHow how);
// A reader of kLatest finds a server again that was restarted; one of kMoment does not, its moment is gone.
base::Result<std::unique_ptr<RecordReader>> OpenPostgresReader(const std::string& how_to_connect,
                                                               ReadHow how);
base::Status DiscardPostgresRecord(const std::string& how_to_connect);

}  // namespace lawbound::store
