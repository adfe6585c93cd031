#include "ingest/row_store.h"

#include <span>
#include <utility>

namespace lawbound::ingest {

base::Status RowStore::Add(std::uint64_t hash, std::string_view record) {
  if (IsFull()) RETURN_IF_ERROR(Spill());
  Part& part = parts_[hash % parts_.size()];
  part.memory += record;
  if (!on_disk_) {
    in_memory_ += record.size();
  } else if (part.memory.size() >= kBuffer) {
    RETURN_IF_ERROR(part.file.Append(part.memory));
    part.memory.clear();
  }
  return base::Ok();
}

base::Status RowStore::Spill() {
  on_disk_ = true;
  for (Part& part : parts_) {
    ASSIGN_OR_RETURN(part.file, TemporaryFile::Make());
    RETURN_IF_ERROR(part.file.Append(part.memory));
    part.memory = std::string();
  }
  return base::Ok();
}

base::Status RowStore::Finish() {
  if (!on_disk_) return base::Ok();
  for (Part& part : parts_) {
    RETURN_IF_ERROR(part.file.Append(part.memory));
    part.memory = std::string();
  }
  return base::Ok();
}

base::Result<std::string> RowStore::Load(std::size_t partition) {
  Part& part = parts_[partition];
  if (!on_disk_) return std::move(part.memory);
  std::string bytes(part.file.size(), '\0');
  ASSIGN_OR_RETURN(const std::size_t got, part.file.ReadAt(0, std::span(bytes)));
  if (got != bytes.size()) return base::Error{base::Errc::kUnavailable, "a temporary file was cut short"};
  part.file = TemporaryFile();
  return bytes;
}

}  // namespace lawbound::ingest
