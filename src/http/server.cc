// One exchange is an Exchange, made when its request line was read and taken down when the answer is out or
// the connection is lost.  libmicrohttpd ends connections on which nothing moves; what trickles, byte by
// byte, is ended by a Watch of our own.
#include "http/server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <map>
#include <microhttpd.h>
#include <mutex>
#include <netinet/in.h>
#include <optional>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <utility>
#include <variant>
#include <zlib.h>

#include "base/check.h"

namespace lawbound::http {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using Clock = std::chrono::steady_clock;

// Ends what takes longer than it may.  Shared by the threads of all connections.
class Watch {
 public:
  explicit Watch(const Limits& limits)
      : read_(limits.read_seconds), write_(limits.write_seconds), thread_([this] { Look(); }) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  void Reading(const void* connection, int socket) { Set(connection, socket, Clock::now() + read_); }
  void Answering(const void* connection) { Set(connection, -1, Clock::time_point::max()); }
  void Writing(const void* connection) { Set(connection, -1, Clock::now() + write_); }
  void Closed(const void* connection) {
    const std::lock_guard lock(mutex_);
    watched_.erase(connection);
  }

 private:
  struct Watched {
    int socket = -1;
    Clock::time_point until;
  };

  // `socket` below 0: the one that is known.
  void Set(const void* connection, int socket, Clock::time_point until) {
    const std::lock_guard lock(mutex_);
    if (socket >= 0) {
      watched_[connection] = {socket, until};
    } else if (const auto found = watched_.find(connection); found != watched_.end()) {
      found->second.until = until;
    }
  }

  void Look() {
    std::unique_lock lock(mutex_);
    while (!over_) {
      changed_.wait_for(lock, std::chrono::milliseconds(250));
      const Clock::time_point now = Clock::now();
      for (auto& [connection, watched] : watched_) {
        if (watched.until > now) continue;
        // Its thread sees the end and closes it: Closed comes before the number is used again.
        ::shutdown(watched.socket, SHUT_RDWR);
        watched.until = Clock::time_point::max();
      }
    }
  }

  const std::chrono::seconds read_, write_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<const void*, Watched> watched_;
  bool over_ = false;
  std::thread thread_;  // the last to begin: it reads all above
};

struct Exchange {
  std::string address;  // as it stands in the request line
  bool begun = false;
  Request request;
  std::optional<Problem> problem;
  std::string type;
  std::string body;
  std::size_t received = 0;
  std::size_t header_bytes = 0;
  std::size_t lengths = 0;  // headers that say how long the body is
  bool takes_gzip = false;
};

void TakeHeader(Exchange& exchange, std::string_view name, std::string_view value) {
  exchange.header_bytes += name.size() + value.size() + 4;
  std::string small(name);
  std::ranges::transform(small, small.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (small == "content-length" || small == "transfer-encoding") ++exchange.lengths;
  if (!IsCleanText(small) || !IsCleanText(value)) return;
  if (small == "accept-encoding") exchange.takes_gzip = value.find("gzip") != std::string_view::npos;
  if (small == "content-type") exchange.type = std::string(value);
  if (small == "cookie") {
    std::ranges::move(ReadCookies(value), std::back_inserter(exchange.request.cookies));
    return;
  }
  exchange.request.headers.push_back({std::move(small), std::string(value)});
}

std::string_view TextOf(const char* text, std::size_t size) {
  return text == nullptr ? std::string_view() : std::string_view(text, size);
}

// Keeps the first problem.
template <typename T>
T Take(Exchange& exchange, Read<T> read) {
  if (T* value = std::get_if<T>(&read)) return std::move(*value);
  if (!exchange.problem) exchange.problem = std::get<Problem>(read);
  return {};
}

void ReadBody(Exchange& exchange, const FormLimits& limits) {
  Request& request = exchange.request;
  const std::string type = MediaType(exchange.type);
  const std::string charset = HeaderParameter(exchange.type, "charset");
  const bool is_utf8 = charset.size() == 5 && (charset[0] | 32) == 'u' && (charset[1] | 32) == 't' &&
                       (charset[2] | 32) == 'f' && charset.ends_with("-8");
  if (!charset.empty() && !is_utf8) {
    exchange.problem = Problem{415, "the body is not in UTF-8"};
  } else if (type == "application/x-www-form-urlencoded") {
    request.form = Take(exchange, ReadUrlencoded(exchange.body, limits));
  } else if (type == "multipart/form-data") {
    FormData data = Take(exchange, ReadMultipart(exchange.type, exchange.body, limits));
    request.form = std::move(data.fields);
    request.files = std::move(data.files);
  } else if (type == "application/octet-stream" || IsCleanText(exchange.body)) {
    request.body = std::move(exchange.body);
  } else {
    exchange.problem = Problem{400, "the body is not UTF-8, or holds control characters"};
  }
}

std::optional<Problem> ProblemOfHeaders(const Exchange& exchange, const Limits& limits) {
  if (exchange.header_bytes > limits.header_bytes) return Problem{431, "the headers are too long"};
  // Two lengths are how one request is smuggled past a proxy within another.
  if (exchange.lengths > 1) return Problem{400, "the request says twice how long it is"};
  return std::nullopt;
}

Problem TooLong() { return {413, "what was sent is too long"}; }

// What the client says it will send; 0 when it does not say.
std::size_t SaidLength(const Request& request) {
  const std::string_view said = request.Header("content-length").value_or("0");
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), out);
  return error == std::errc::result_out_of_range ? std::numeric_limits<std::size_t>::max() : out;
}

std::optional<std::string> Gzipped(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return code == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

bool IsText(const Response& response) {
  const std::string_view type = Find(response.headers, "Content-Type").value_or("");
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/problem+json") || type.starts_with("image/svg") ||
         type.find("+xml") != std::string_view::npos;
}

constexpr std::size_t kWorthCompressing = 600;

MHD_Result Send(MHD_Connection* connection, Response response, bool takes_gzip) {
  if (IsText(response) && response.body.size() >= kWorthCompressing) {
    response.With("Vary", "Accept-Encoding");
    if (takes_gzip) {
      if (std::optional<std::string> small = Gzipped(response.body)) {
        response.body = std::move(*small);
        response.With("Content-Encoding", "gzip");
      }
    }
  }
  MHD_Response* out =
      MHD_create_response_from_buffer(response.body.size(), response.body.data(), MHD_RESPMEM_MUST_COPY);
  if (out == nullptr) return MHD_NO;
  MHD_Result result = MHD_YES;
  for (const NamedText& header : response.headers) {
    if (MHD_add_response_header(out, header.name.c_str(), header.value.c_str()) == MHD_NO) result = MHD_NO;
  }
  MHD_add_response_header(out, "X-Content-Type-Options", "nosniff");
  if (result == MHD_YES) result = MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
  MHD_destroy_response(out);
  return result;
}

// The socket address of a number like "127.0.0.1" or "::1".
struct Address {
  sockaddr_storage storage{};
  bool six = false;
};

std::optional<Address> ReadAddress(const std::string& text, std::uint16_t port) {
  Address out;
  auto* four = reinterpret_cast<sockaddr_in*>(&out.storage);
  auto* six = reinterpret_cast<sockaddr_in6*>(&out.storage);
  if (::inet_pton(AF_INET, text.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    return out;
  }
  if (::inet_pton(AF_INET6, text.c_str(), &six->sin6_addr) != 1) return std::nullopt;
  six->sin6_family = AF_INET6;
  six->sin6_port = htons(port);
  out.six = true;
  return out;
}

}  // namespace

struct Server::Running {
  Running(Limits within, Handler how, Refusal how_not)
      : limits(within), handler(std::move(how)), refusal(std::move(how_not)), watch(limits) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (daemon != nullptr) MHD_stop_daemon(daemon);
  }

  MHD_Result Begin(MHD_Connection* connection, Exchange& exchange, std::string_view method);
  MHD_Result Finish(MHD_Connection* connection, Exchange& exchange);

  Limits limits;
  Handler handler;
  Refusal refusal;
  Watch watch;
  MHD_Daemon* daemon = nullptr;
};

namespace {

MHD_Result OnHeader(void* exchange, MHD_ValueKind, const char* name, std::size_t name_size, const char* value,
                    std::size_t value_size) {
  TakeHeader(*static_cast<Exchange*>(exchange), TextOf(name, name_size), TextOf(value, value_size));
  return MHD_YES;
}

// Addresses are decoded by ReadPath and ReadUrlencoded, which see what was sent.
std::size_t LeaveAsItIs(void*, MHD_Connection*, char* text) { return std::string_view(text).size(); }

void* OnRequestLine(void*, const char* address, MHD_Connection*) {
  auto exchange = std::make_unique<Exchange>();
  exchange->address = address;
  return exchange.release();  // OnCompleted takes it down
}

}  // namespace

MHD_Result Server::Running::Begin(MHD_Connection* connection, Exchange& exchange, std::string_view method) {
  exchange.begun = true;
  Request& request = exchange.request;
  request.method = method == "HEAD" ? "GET" : std::string(method);
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &OnHeader, &exchange);
  exchange.header_bytes += exchange.address.size();
  const std::string_view address = exchange.address;
  const std::size_t mark = std::min(address.find('?'), address.size());
  request.path = Take(exchange, ReadPath(address.substr(0, mark)));
  request.query =
      Take(exchange, ReadUrlencoded(address.substr(std::min(mark + 1, address.size())), limits.form));
  if (const std::optional<Problem> problem = ProblemOfHeaders(exchange, limits)) exchange.problem = problem;
  const std::size_t length = SaidLength(request);
  const bool waits = request.Header("expect").has_value();
  const bool not_read = length > (waits ? limits.body_bytes : limits.drained_bytes);
  if (not_read) exchange.problem = TooLong();
  // Answered before the body came, the connection is closed after the answer.
  if (exchange.lengths > 1 || not_read) return Finish(connection, exchange);
  return MHD_YES;
}

MHD_Result Server::Running::Finish(MHD_Connection* connection, Exchange& exchange) {
  watch.Answering(connection);
  if (exchange.received > limits.body_bytes) exchange.problem = TooLong();
  if (!exchange.problem && !exchange.body.empty()) ReadBody(exchange, limits.form);
  Response response =
      exchange.problem ? refusal(exchange.request, *exchange.problem) : handler(exchange.request);
  if (exchange.lengths > 1) response.With("Connection", "close");
  watch.Writing(connection);
  return Send(connection, std::move(response), exchange.takes_gzip);
}

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, Handler handler,
                                              Refusal refusal) {
  const std::optional<Address> address = ReadAddress(options.address, options.port);
  if (!address)
    return Error{Errc::kInvalid, fmt::format("'{}' is no address of this machine", options.address)};
  auto running = std::make_unique<Running>(options.limits, std::move(handler), std::move(refusal));

  const MHD_AccessHandlerCallback on_request = [](void* self, MHD_Connection* connection, const char*,
                                                  const char* method, const char*, const char* bytes,
                                                  std::size_t* size, void** context) -> MHD_Result {
    auto& server = *static_cast<Running*>(self);
    auto& exchange = *static_cast<Exchange*>(*context);
    if (!exchange.begun) return server.Begin(connection, exchange, method);
    if (*size == 0) return server.Finish(connection, exchange);
    exchange.received += *size;
    if (exchange.received > server.limits.drained_bytes) return MHD_NO;
    if (exchange.received <= server.limits.body_bytes) exchange.body.append(bytes, *size);
    *size = 0;
    return MHD_YES;
  };
  const MHD_RequestCompletedCallback on_completed = [](void* self, MHD_Connection* connection, void** context,
                                                       MHD_RequestTerminationCode) {
    const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(std::exchange(*context, nullptr)));
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info != nullptr) static_cast<Running*>(self)->watch.Reading(connection, info->connect_fd);
  };
  const MHD_NotifyConnectionCallback on_connection = [](void* self, MHD_Connection* connection, void**,
                                                        MHD_ConnectionNotificationCode code) {
    Watch& watch = static_cast<Running*>(self)->watch;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) return watch.Closed(connection);
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info != nullptr) watch.Reading(connection, info->connect_fd);
  };

  const unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION |
                         (address->six ? MHD_USE_IPv6 : MHD_NO_FLAG);
  void* self = running.get();
  // Beside the headers the memory of a connection holds the buffer through which its body comes.
  const std::size_t memory = options.limits.header_bytes * 2 + 8192;
  running->daemon = MHD_start_daemon(
      flags, options.port, nullptr, nullptr, on_request, self, MHD_OPTION_SOCK_ADDR, &address->storage,
      MHD_OPTION_CONNECTION_LIMIT, options.limits.connections, MHD_OPTION_CONNECTION_TIMEOUT,
      options.limits.idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory, MHD_OPTION_STRICT_FOR_CLIENT,
      1, MHD_OPTION_URI_LOG_CALLBACK, &OnRequestLine, self, MHD_OPTION_UNESCAPE_CALLBACK, &LeaveAsItIs, self,
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, self, MHD_OPTION_NOTIFY_CONNECTION, on_connection, self,
      MHD_OPTION_END);
  if (running->daemon == nullptr) {
    return Error{Errc::kUnavailable,
                 fmt::format("cannot listen at {} port {}: the port is taken, or may not be used",
                             options.address, options.port)};
  }
  return std::unique_ptr<Server>(new Server(std::move(running)));
}

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
  return MHD_get_daemon_info(running_->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

}  // namespace lawbound::http
