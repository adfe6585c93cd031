// An HTTP/1.1 server behind a small face.  It reads requests whole, within limits, and knows nothing of what
// they are about.
//
//   ASSIGN_OR_RETURN(auto server, http::Server::Start(options, handler, refusal));
//   ... server->port() ...          // until `server` goes, requests are answered
//
// Each connection has a thread of its own, so that handlers may wait for the disk together: the ledger writes
// in one go what many of them append.  TLS is a proxy's business.  Nothing is logged: neither addresses nor
// what is asked for (docs/safeguards.md, S16).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/form.h"
#include "http/request.h"
#include "http/response.h"

namespace lawbound::http {

struct Limits {
  std::size_t body_bytes = std::size_t{1} << 20;
  // A longer body is read to its end and thrown away, so that the client gets to read why; one beyond this is
  // cut off.
  std::size_t drained_bytes = std::size_t{16} << 20;
  std::size_t header_bytes = std::size_t{16} << 10;
  unsigned idle_seconds = 15;   // without a byte
  unsigned read_seconds = 30;   // for a whole request, however it trickles
  unsigned write_seconds = 60;  // for the client to take the answer
  unsigned connections = 200;
  FormLimits form;
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, as numbers
  std::uint16_t port = 0;             // 0: any that is free
  Limits limits;
};

// Called from many threads at once.
using Handler = std::function<Response(const Request&)>;
// Answers what is no good request: 400, 413, 415, 431.  Of the request, what could be read is there.
using Refusal = std::function<Response(const Request&, const Problem&)>;

class Server {
 public:
  // kInvalid: no such address; kUnavailable: the port is taken, or the system refuses.
  static base::Result<std::unique_ptr<Server>> Start(const ServerOptions& options, Handler handler,
                                                     Refusal refusal);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // Takes no more requests and waits for those that are being answered.
  ~Server();

  std::uint16_t port() const;

 private:
  struct Running;
  explicit Server(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace lawbound::http
