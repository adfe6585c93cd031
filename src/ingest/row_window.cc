#include "ingest/row_window.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "ingest/reading.h"
#include "ingest/utf8.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;

RowWindow::RowWindow(std::unique_ptr<ByteSource> bytes, const Limits& limits, bool quotes)
    : bytes_(std::move(bytes)), limits_(&limits), quotes_(quotes) {}

base::Status RowWindow::Fill() {
  const std::size_t chunk = std::min(std::size_t{256} << 10, limits_->block_bytes);
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t had = buffer_.size();
  buffer_.resize(had + chunk);
  auto got = bytes_->Read(std::span(buffer_).subspan(had));
  buffer_.resize(had + (got.ok() ? got.value() : 0));
  if (!got.ok()) return std::move(got).error();
  bytes_read_ += got.value();
  ended_ = got.value() == 0;
  return base::Ok();
}

base::Result<std::span<char>> RowWindow::Next() {
  if (first_) {
    while (buffer_.size() < 4 && !ended_) RETURN_IF_ERROR(Fill());
    ASSIGN_OR_RETURN(begin_, CheckBeginning(buffer_));
    first_ = false;
  }
  std::size_t looked = 0;  // from begin_
  bool open = false;       // inside quotation marks at `looked`
  while (true) {
    const char* from = buffer_.data() + begin_ + looked;
    const std::size_t left = buffer_.size() - begin_ - looked;
    const auto* feed = left == 0 ? nullptr : static_cast<const char*>(std::memchr(from, '\n', left));
    const char* to = feed != nullptr ? feed : from + left;
    if (quotes_ && std::count(from, to, '"') % 2 != 0) open = !open;
    looked += static_cast<std::size_t>(to - from);
    if (looked > limits_->row_bytes) {
      return Error{Errc::kLimit,
                   fmt::format("line {}: a row of more than {} bytes{}", next_line_, limits_->row_bytes,
                               open ? "; a quotation mark may not be closed" : "")};
    }
    if (feed == nullptr && !ended_) {
      RETURN_IF_ERROR(Fill());
      continue;
    }
    if (feed != nullptr && open) {
      ++looked;
      continue;
    }
    if (feed == nullptr && looked == 0) return std::span<char>();
    const std::span<char> row(buffer_.data() + begin_, looked);
    line_ = next_line_;
    next_line_ += static_cast<std::uint64_t>(std::count(row.begin(), row.end(), '\n')) + 1;
    begin_ += looked + (feed != nullptr ? 1 : 0);
    RETURN_IF_ERROR(CheckRow(std::string_view(row.data(), row.size())));
    return !row.empty() && row.back() == '\r' ? row.first(row.size() - 1) : row;
  }
}

base::Status RowWindow::CheckRow(std::string_view row) const {
  if (const auto bad = FindBadUtf8(row)) {
    const auto feeds = std::count(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
    return Error{Errc::kInvalid,
                 fmt::format("line {}: this is not UTF-8; convert the log first, for example from GB18030: "
                             "iconv -f GB18030 -t UTF-8",
                             line_ + static_cast<std::uint64_t>(feeds))};
  }
  return base::Ok();
}

}  // namespace lawbound::ingest
