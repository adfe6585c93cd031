#include "ingest/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>
#include <zlib.h>

#include "ingest/temporary_file.h"

namespace lawbound::ingest {

using base::Errc;
using base::Error;
using base::Result;

namespace {

class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(int descriptor, std::string name, bool owns)
      : descriptor_(descriptor), name_(std::move(name)), owns_(owns) {}
  ~DescriptorSource() override {
    if (owns_) ::close(descriptor_);
  }
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;

  Result<std::size_t> Read(std::span<char> into) override {
    while (true) {
      const ssize_t n = ::read(descriptor_, into.data(), into.size());
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) {
        return Error{Errc::kUnavailable, fmt::format("cannot read '{}': {}", name_, std::strerror(errno))};
      }
    }
  }

 private:
  int descriptor_;
  std::string name_;
  bool owns_;
};

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::shared_ptr<const std::string> text) : text_(std::move(text)) {}
  Result<std::size_t> Read(std::span<char> into) override {
    const std::size_t n = std::min(into.size(), text_->size() - at_);
    std::memcpy(into.data(), text_->data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::shared_ptr<const std::string> text_;
  std::size_t at_ = 0;
};

class WatchedSource final : public ByteSource {
 public:
  WatchedSource(std::unique_ptr<ByteSource> source, std::function<void(std::uint64_t)> told)
      : source_(std::move(source)), told_(std::move(told)) {}
  Result<std::size_t> Read(std::span<char> into) override {
    Result<std::size_t> got = source_->Read(into);
    if (got.ok()) told_(total_ += got.value());
    return got;
  }

 private:
  std::unique_ptr<ByteSource> source_;
  std::function<void(std::uint64_t)> told_;
  std::uint64_t total_ = 0;
};

// Plain bytes pass through in place; gzip is inflated straight into the caller's buffer.
class DecompressedSource final : public ByteSource {
 public:
  DecompressedSource(std::unique_ptr<ByteSource> source, const Limits& limits)
      : source_(std::move(source)),
        limits_(limits),
        input_(std::min(std::size_t{64} << 10, limits.block_bytes)) {}
  ~DecompressedSource() override {
    if (form_ == Form::kGzip) inflateEnd(&stream_);
  }
  DecompressedSource(const DecompressedSource&) = delete;
  DecompressedSource& operator=(const DecompressedSource&) = delete;

  Result<std::size_t> Read(std::span<char> into) override {
    if (form_ == Form::kUnknown) RETURN_IF_ERROR(Recognise());
    Result<std::size_t> got = form_ == Form::kGzip ? Inflate(into) : Copy(into);
    if (!got.ok()) return got;
    total_ += got.value();
    if (total_ > limits_.total_bytes) {
      return Error{Errc::kLimit, fmt::format("the log is larger than {} bytes", limits_.total_bytes)};
    }
    if (form_ == Form::kGzip && total_ > (std::uint64_t{16} << 20) &&
        total_ / limits_.gzip_ratio > compressed_) {
      return Error{Errc::kLimit, fmt::format("gzip unpacks to more than {} times its size: this is no log",
                                             limits_.gzip_ratio)};
    }
    return got;
  }

 private:
  enum class Form { kUnknown, kPlain, kGzip };

  base::Status Refill() {
    ASSIGN_OR_RETURN(const std::size_t n, source_->Read(std::span(input_).subspan(filled_)));
    filled_ += n;
    compressed_ += n;
    ended_ = n == 0;
    return base::Ok();
  }

  base::Status Recognise() {
    while (filled_ < 2 && !ended_) RETURN_IF_ERROR(Refill());
    if (filled_ < 2 || input_[0] != '\x1f' || input_[1] != '\x8b') {
      form_ = Form::kPlain;
      return base::Ok();
    }
    // 16: a gzip header and trailer are expected, and the trailer's checksum and length are compared.
    CHECK(inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK);
    form_ = Form::kGzip;
    return base::Ok();
  }

  Result<std::size_t> Copy(std::span<char> into) {
    if (begin_ < filled_) {
      const std::size_t n = std::min(into.size(), filled_ - begin_);
      std::memcpy(into.data(), input_.data() + begin_, n);
      begin_ += n;
      return n;
    }
    return source_->Read(into);
  }

  Result<std::size_t> Inflate(std::span<char> into) {
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(into.size());
    while (stream_.avail_out == into.size()) {
      if (begin_ == filled_ && !ended_) {
        begin_ = filled_ = 0;
        RETURN_IF_ERROR(Refill());
      }
      if (begin_ == filled_) {
        if (between_members_) return std::size_t{0};
        return Error{Errc::kCorrupt, "the gzip data ends too early: the file was not copied whole"};
      }
      if (between_members_) {
        inflateReset(&stream_);
        between_members_ = false;
      }
      stream_.next_in = reinterpret_cast<Bytef*>(input_.data() + begin_);
      stream_.avail_in = static_cast<uInt>(filled_ - begin_);
      const int code = inflate(&stream_, Z_NO_FLUSH);
      begin_ = filled_ - stream_.avail_in;
      if (code == Z_STREAM_END) {
        between_members_ = true;
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return Error{Errc::kCorrupt, fmt::format("the gzip data is damaged after byte {}: {}", total_,
                                                 stream_.msg != nullptr ? stream_.msg : "unknown")};
      }
    }
    return into.size() - stream_.avail_out;
  }

  std::unique_ptr<ByteSource> source_;
  Limits limits_;
  std::vector<char> input_;
  std::size_t begin_ = 0, filled_ = 0;
  bool ended_ = false;
  bool between_members_ = false;
  Form form_ = Form::kUnknown;
  std::uint64_t compressed_ = 0, total_ = 0;
  z_stream stream_{};
};

}  // namespace

LogSource FileLog(const std::string& path) {
  if (path == "-") {
    return {
        .name = "standard input",
        .open = []() -> Result<std::unique_ptr<ByteSource>> {
          return std::unique_ptr<ByteSource>(std::make_unique<DescriptorSource>(0, "standard input", false));
        },
        .reopens = false,
        .bytes = std::nullopt};
  }
  LogSource source{.name = path, .open = nullptr, .reopens = true, .bytes = std::nullopt};
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0) {
    source.reopens = S_ISREG(about.st_mode);
    if (source.reopens) source.bytes = static_cast<std::uint64_t>(about.st_size);
  }
  source.open = [path]() -> Result<std::unique_ptr<ByteSource>> {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      const Errc code = errno == ENOENT ? Errc::kNotFound : Errc::kUnavailable;
      return Error{code, fmt::format("cannot open '{}': {}", path, std::strerror(errno))};
    }
    return std::unique_ptr<ByteSource>(std::make_unique<DescriptorSource>(descriptor, path, true));
  };
  return source;
}

LogSource Watched(LogSource source, std::function<void(std::uint64_t)> told) {
  source.open = [open = std::move(source.open),
                 told = std::move(told)]() -> Result<std::unique_ptr<ByteSource>> {
    ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> bytes, open());
    return std::unique_ptr<ByteSource>(std::make_unique<WatchedSource>(std::move(bytes), told));
  };
  return source;
}

LogSource TextLog(std::string name, std::string text) {
  auto shared = std::make_shared<const std::string>(std::move(text));
  return {.name = std::move(name),
          .open = [shared]() -> Result<std::unique_ptr<ByteSource>> {
            return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(shared));
          },
          .reopens = true,
          .bytes = shared->size()};
}

std::unique_ptr<ByteSource> Decompressed(std::unique_ptr<ByteSource> source, const Limits& limits) {
  return std::make_unique<DecompressedSource>(std::move(source), limits);
}

struct SpoolState {
  TemporaryFile kept;
  std::unique_ptr<ByteSource> rest;
};

class Spool::Tee final : public ByteSource {
 public:
  explicit Tee(std::shared_ptr<SpoolState> state) : state_(std::move(state)) {}
  Result<std::size_t> Read(std::span<char> into) override {
    if (at_ < state_->kept.size()) {
      ASSIGN_OR_RETURN(const std::size_t n, state_->kept.ReadAt(at_, into));
      at_ += n;
      return n;
    }
    ASSIGN_OR_RETURN(const std::size_t n, state_->rest->Read(into));
    RETURN_IF_ERROR(state_->kept.Append(std::string_view(into.data(), n)));
    at_ += n;
    return n;
  }

 private:
  std::shared_ptr<SpoolState> state_;
  std::uint64_t at_ = 0;
};

Spool::Spool(LogSource source) : source_(std::move(source)) {}
Spool::~Spool() = default;

Result<std::unique_ptr<ByteSource>> Spool::Open() {
  if (source_.reopens) return source_.open();
  if (state_ == nullptr) {
    auto state = std::make_shared<SpoolState>();
    ASSIGN_OR_RETURN(state->rest, source_.open());
    ASSIGN_OR_RETURN(state->kept, TemporaryFile::Make());
    state_ = std::move(state);
  }
  return std::unique_ptr<ByteSource>(std::make_unique<Tee>(state_));
}

}  // namespace lawbound::ingest
