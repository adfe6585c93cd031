// A record in an SQLite file: write-ahead log, a sync for each commit, deleted bytes overwritten.
#pragma once

#include <memory>
#include <string>

#include "store/record_store.h"

namespace lawbound::store {

base::Result<std::unique_ptr<RecordStore>> OpenSqliteRecord(const std::string& path, OpenHow how);
base::Status DiscardSqliteRecord(const std::string& path);
base::Result<std::unique_ptr<RecordReader>> OpenSqliteReader(const std::string& path, ReadHow how);

}  // namespace lawbound::store
