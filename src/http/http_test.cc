// The server over real sockets of 127.0.0.1, with bytes that no browser would send.
#include <arpa/inet.h>
#include <atomic>
#include <barrier>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>
#include <zlib.h>

#include "http/form.h"
#include "http/language.h"
#include "http/server.h"

namespace lawbound::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  bool connected() const { return connected_; }
  // false: the other side is gone
  bool Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // All that comes until the other side closes, or nothing has come for `wait_ms`.
  std::string Receive(int wait_ms = 10000) const {
    std::string out;
    char bytes[65536];
    for (;;) {
      pollfd ready{socket_, POLLIN, 0};
      if (::poll(&ready, 1, wait_ms) <= 0) return out + "[open]";
      const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
      if (got <= 0) return out;
      out.append(bytes, static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
  bool connected_ = false;
};

Response Echo(const Request& request) {
  std::string out = fmt::format("{} {}\n", request.method, request.path);
  for (const NamedText& one : request.query) out += fmt::format("query {}={}\n", one.name, one.value);
  for (const NamedText& one : request.form) out += fmt::format("form {}={}\n", one.name, one.value);
  for (const NamedText& one : request.cookies) out += fmt::format("cookie {}={}\n", one.name, one.value);
  for (const Upload& file : request.files)
    out += fmt::format("file {} {} {} {}\n", file.field, file.filename, file.type, file.bytes.size());
  if (!request.body.empty()) out += fmt::format("body {}\n", request.body.size());
  return Response::Of(200, "text/plain; charset=utf-8", out);
}

Response Refuse(const Request&, const Problem& problem) {
  return Response::Of(problem.status, "text/plain; charset=utf-8", "refused: " + problem.what);
}

std::unique_ptr<Server> Started(Limits limits = {}, Handler handler = Echo) {
  base::Result<std::unique_ptr<Server>> server =
      Server::Start({.limits = limits}, std::move(handler), Refuse);
  EXPECT_TRUE(server.ok());
  return std::move(server).value();
}

// One request; the answer whole.
std::string Ask(const Server& server, std::string_view bytes) {
  const Client client(server.port());
  EXPECT_TRUE(client.connected());
  client.Send(bytes);
  return client.Receive();
}

std::string Get(std::string_view path, std::string_view headers = "") {
  return fmt::format("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{}\r\n", path, headers);
}

std::string Post(std::string_view type, std::string_view body, std::string_view headers = "") {
  return fmt::format(
      "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {}\r\nContent-Length: "
      "{}\r\n{}\r\n{}",
      type, body.size(), headers, body);
}
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

TEST(Server, GivesTheHandlerPathQueryAndCookiesDecoded) {
  const auto server = Started();
  const std::string answer = Ask(*server, Get("/a/%E5%BA%97?q=a%26b+c&empty&q=2",
                                              "Cookie: session=abc; other=1\r\nCookie: third=3\r\n"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("GET /a/店\nquery q=a&b c\nquery empty=\nquery q=2\ncookie session=abc\n"
                                "cookie other=1\ncookie third=3\n"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
}

TEST(Server, ReadsAFormAndEndsItsLinesOneWay) {
  const auto server = Started();
  EXPECT_THAT(Ask(*server, Post(kForm, "name=%E5%BC%A0&text=a%0D%0Ab%3Cscript%3E")),
              HasSubstr("form name=张\nform text=a\nb<script>\n"));
}

TEST(Server, ReadsFieldsAndFilesOfAMultipartForm) {
  const auto server = Started();
  const std::string body =
      "--xYz\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\n因为\r\n"
      "--xYz\r\nContent-Disposition: form-data; name=\"proof\"; filename=\"a \\\"b\\\".bin\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\n" +
      std::string("\0\xff\r\n--xY", 8) + "\r\n--xYz--\r\n";
  EXPECT_THAT(Ask(*server, Post("multipart/form-data; boundary=xYz", body)),
              HasSubstr("form reason=因为\nfile proof a \"b\".bin application/octet-stream 8\n"));
}

TEST(Server, AnswersHeadWithoutABody) {
  const auto server = Started();
  const std::string answer = Ask(*server, "HEAD /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("GET /x")));
}

TEST(Server, CompressesTextForThoseWhoTakeIt) {
  const std::string text(5000, 'a');
  const auto server = Started({}, [&](const Request&) { return Response::Html(200, text); });
  const std::string plain = Ask(*server, Get("/"));
  EXPECT_THAT(plain, HasSubstr(text));
  EXPECT_THAT(plain, HasSubstr("Vary: Accept-Encoding"));
  const std::string small = Ask(*server, Get("/", "Accept-Encoding: br, gzip\r\n"));
  EXPECT_THAT(small, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_LT(small.size(), 600U);
  const std::string_view body = std::string_view(small).substr(small.find("\r\n\r\n") + 4);
  std::string out(text.size() + 10, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(out, text);
}

TEST(Server, SaysThatABodyIsTooLongAfterReadingIt) {
  const auto server = Started();
  const std::string answer = Ask(*server, Post(kForm, "a=" + std::string(3 << 20, 'x')));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(answer, HasSubstr("refused: what was sent is too long"));
}

TEST(Server, TakesABodyOfExactlyTheLimit) {
  const auto server = Started({.body_bytes = 1000});
  EXPECT_THAT(Ask(*server, Post("text/plain", std::string(1000, 'x'))), HasSubstr("body 1000"));
  EXPECT_THAT(Ask(*server, Post("text/plain", std::string(1001, 'x'))), StartsWith("HTTP/1.1 413"));
}

TEST(Server, DoesNotWaitForABodyThatIsFarTooLong) {
  const auto server = Started();
  EXPECT_THAT(Ask(*server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nabc"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(
      Ask(*server, "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"),
      StartsWith("HTTP/1.1 413"));
}

TEST(Server, CutsOffAChunkedBodyWithoutAnEnd) {
  const auto server = Started({.body_bytes = 1000, .drained_bytes = 100000});
  const Client client(server->port());
  client.Send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  int sent = 0;
  while (sent < 100000 && client.Send(chunk)) ++sent;
  EXPECT_LT(sent, 2000);  // what the system's buffers hold, not more
}

TEST(Server, RefusesHeadersThatAreTooLong) {
  const auto server = Started();
  EXPECT_THAT(Ask(*server, Get("/", "X: " + std::string(17000, 'a') + "\r\n")), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(Ask(*server, Get("/", "X: " + std::string(9000, 'a') + "\r\n")), StartsWith("HTTP/1.1 200"));
  // Beyond what a connection keeps the library answers by itself.
  EXPECT_THAT(Ask(*server, Get("/", "X: " + std::string(100000, 'a') + "\r\n")), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(Ask(*server, Get("/" + std::string(100000, 'a'))), StartsWith("HTTP/1.1 414"));
}

TEST(Server, RefusesTheWrongEncoding) {
  const auto server = Started();
  // 店 in GB18030
  EXPECT_THAT(Ask(*server, Post(kForm, "name=%B5%EA")), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask(*server, Post(kForm, "name=\xb5\xea")), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask(*server, Post("application/json", "{\"a\":\"\xb5\xea\"}")), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask(*server, Post("application/x-www-form-urlencoded; charset=gb18030", "name=a")),
              StartsWith("HTTP/1.1 415"));
  EXPECT_THAT(Ask(*server, Post("application/x-www-form-urlencoded; charset=UTF-8", "name=a")),
              HasSubstr("form name=a"));
  EXPECT_THAT(Ask(*server, Get("/a?q=%ff")), StartsWith("HTTP/1.1 400"));
  // Overlong '/', a surrogate, a null.
  EXPECT_THAT(Ask(*server, Post(kForm, "name=%C0%AF")), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask(*server, Post(kForm, "name=%ED%A0%80")), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask(*server, Post(kForm, "name=a%00b")), StartsWith("HTTP/1.1 400"));
}

TEST(Server, RefusesMalformedAddressesAndForms) {
  const auto server = Started();
  for (const std::string_view path :
       {"/../etc/passwd", "/a/%2e%2e/b", "/a//b", "/%zz", "/a%00", "/a%0ab", "/a\\b", "/%c0%ae%c0%ae/"}) {
    EXPECT_THAT(Ask(*server, Get(path)), StartsWith("HTTP/1.1 400")) << path;
  }
  EXPECT_THAT(Ask(*server, Get("/a/")), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Ask(*server, Post(kForm, "a=%4")), StartsWith("HTTP/1.1 400"));
  for (const std::string_view body : {"", "--x", "--x--", "--x\r\n", "--x\r\nno header\r\n\r\n1\r\n--x--",
                                      "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
                                      "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"}) {
    const bool empty = body.empty() || body == "--x--";  // a form without fields
    EXPECT_THAT(Ask(*server, Post("multipart/form-data; boundary=x", body)),
                StartsWith(empty ? "HTTP/1.1 200" : "HTTP/1.1 400"))
        << body;
  }
  EXPECT_THAT(Ask(*server, Post("multipart/form-data", "--x--")), StartsWith("HTTP/1.1 400"));
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "a=1&";
  EXPECT_THAT(Ask(*server, Post(kForm, many)), StartsWith("HTTP/1.1 400"));
}

TEST(Server, RefusesWhatIsNoHttp) {
  const auto server = Started();
  EXPECT_THAT(Ask(*server, "\x16\x03\x01\x02\r\n\r\n"), Not(HasSubstr("200 OK")));
  EXPECT_THAT(Ask(*server, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));  // no Host
  EXPECT_THAT(Ask(*server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"),
              Not(HasSubstr("200 OK")));
}

TEST(Server, RefusesTwoLengths) {
  const auto server = Started();
  const std::string smuggled = "0\r\n\r\nGET /secret HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string answer =
      Ask(*server, fmt::format("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nTransfer-Encoding: "
                               "chunked\r\n\r\n{}",
                               smuggled.size(), smuggled));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer, Not(HasSubstr("/secret")));
  EXPECT_THAT(
      Ask(*server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
      StartsWith("HTTP/1.1 400"));
}

TEST(Server, EndsWhatTrickles) {
  const auto server = Started({.idle_seconds = 100, .read_seconds = 1});
  const Client client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n");
  std::string got;
  int letters = 0;
  while (letters < 200 && client.Send("X")) {  // a letter each 50 ms: never idle, never done
    ++letters;
    got = client.Receive(50);
    if (!got.ends_with("[open]")) break;
  }
  EXPECT_GT(letters, 10);
  EXPECT_LT(letters, 100);
  EXPECT_EQ(got, "");
}

TEST(Server, EndsAnIdleConnection) {
  const auto server = Started({.idle_seconds = 1, .read_seconds = 100});
  const Client client(server->port());
  client.Send("GET / HTT");
  EXPECT_THAT(client.Receive(), Not(HasSubstr("[open]")));
}

TEST(Server, DoesNotWaitForAClientThatDoesNotRead) {
  const std::string much(64 << 20, 'a');
  const auto server = Started({.idle_seconds = 100, .write_seconds = 1}, [&](const Request&) {
    return Response::Of(200, "application/octet-stream", much);
  });
  const Client client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  // Reads a little each 100 ms: without an end to its time this would take minutes.
  std::size_t got = 0;
  const Client witness(server->port());
  EXPECT_TRUE(witness.connected());
  EXPECT_THAT(witness.Receive(2500), HasSubstr("[open]"));
  got = client.Receive().size();
  EXPECT_LT(got, much.size());
}

TEST(Server, AnswersManyAtOnce) {
  // Each waits for all: a server that answers one after the other would never come to an end.
  constexpr int kClients = 50;
  std::barrier all(kClients);
  const auto server = Started({}, [&](const Request& request) {
    all.arrive_and_wait();
    return Echo(request);
  });
  std::atomic<int> good = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] {
      const std::string path = fmt::format("/matter/{}", i);
      good += Ask(*server, Get(path)).ends_with("GET " + path + "\n") ? 1 : 0;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, kClients);
}

TEST(Server, KeepsItsPortToItself) {
  const auto server = Started();
  const auto second = Server::Start({.port = server->port()}, Echo, Refuse);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::Errc::kUnavailable);
  EXPECT_FALSE(Server::Start({.address = "localhost"}, Echo, Refuse).ok());
}

TEST(Server, AnswersSeveralRequestsOfOneConnection) {
  const auto server = Started();
  const std::string answers =
      Ask(*server,
          "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Type: "
          "application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b" +
              Get("/3"));
  EXPECT_THAT(answers, HasSubstr("GET /1\n"));
  EXPECT_THAT(answers, HasSubstr("POST /2\nform a=b\n"));
  EXPECT_THAT(answers, HasSubstr("GET /3\n"));
}

TEST(Server, WritesNoHeaderWithALineBreak) {
  const auto server =
      Started({}, [](const Request&) { return Response::SeeOther("/x\r\nSet-Cookie: session=evil"); });
  EXPECT_THAT(Ask(*server, Get("/")), Not(HasSubstr("Set-Cookie")));
}

TEST(Form, CookiesThatAreNoneAreLeftOut) {
  EXPECT_THAT(ReadCookies("a=1;; =x; b ; c=2=3"), ElementsAre(NamedText{"a", "1"}, NamedText{"c", "2=3"}));
  EXPECT_THAT(ReadCookies(""), IsEmpty());
}

TEST(Form, AParameterOfAHeader) {
  EXPECT_EQ(HeaderParameter("form-data; filename=\"a; name=b\"; name=\"c\"", "name"), "c");
  EXPECT_EQ(HeaderParameter("form-data; name", "name"), "");
  EXPECT_EQ(HeaderParameter("text/html;CHARSET=utf-8 ; x=1", "charset"), "utf-8");
  EXPECT_EQ(MediaType(" Text/HTML ; charset=x"), "text/html");
}

TEST(Form, CookiesAreSameSiteAndHttpOnly) {
  EXPECT_EQ(SetCookie("session", "abc", {.seconds = 1800, .secure = true}),
            "session=abc; Path=/; SameSite=Strict; Max-Age=1800; HttpOnly; Secure");
  EXPECT_EQ(PercentEncode("a/店?"), "a%2F%E5%BA%97%3F");
}

TEST(Language, IsTheOneThatIsWantedMost) {
  const std::vector<std::string_view> tags = {"zh", "en"};
  EXPECT_EQ(PreferredLanguage("", tags), std::nullopt);
  EXPECT_EQ(PreferredLanguage("de, fr;q=0.5, *", tags), std::nullopt);
  EXPECT_EQ(PreferredLanguage("en-GB,en;q=0.9,zh;q=0.1", tags), 1U);
  EXPECT_EQ(PreferredLanguage("en;q=0.2 , ZH-Hans-CN ; q=0.25", tags), 0U);
  EXPECT_EQ(PreferredLanguage("en;q=0, zh;q=0.001", tags), 0U);
  EXPECT_EQ(PreferredLanguage("en;q=0", tags), std::nullopt);
  EXPECT_EQ(PreferredLanguage("zh,en", tags), 0U);
  EXPECT_EQ(PreferredLanguage("enx, ;;,=,q=1, zh;q=9", tags), 0U);
}

}  // namespace
}  // namespace lawbound::http
