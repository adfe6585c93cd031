#include "net/post.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <mutex>

#include "base/check.h"

namespace lawbound::net {
namespace {

using base::Errc;
using base::Error;
using base::Result;

struct Taken {
  std::string body;
  std::size_t most = 0;
  bool too_long = false;
};

std::size_t Take(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& taken = *static_cast<Taken*>(into);
  if (taken.body.size() + size * count > taken.most) {
    taken.too_long = true;
    return 0;  // ends the exchange
  }
  taken.body.append(bytes, size * count);
  return size * count;
}

// The C library's options take `...`, so each is set where its type is plain to see.
void Configure(CURL* handle, const std::string& url, std::string_view body, const PostLimits& limits,
               curl_slist* headers, Taken& taken) {
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, limits.connect_seconds);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, limits.seconds);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());  // not copied
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &taken);
}

}  // namespace

Result<PostAnswer> Post(const std::string& url, std::string_view body, const PostLimits& limits) {
  static std::once_flag begun;
  std::call_once(begun, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), &curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Content-Type: text/plain; charset=utf-8"), &curl_slist_free_all);
  CHECK(handle != nullptr && headers != nullptr);
  Taken taken{{}, limits.answer_bytes, false};
  Configure(handle.get(), url, body, limits, headers.get(), taken);
  const CURLcode code = curl_easy_perform(handle.get());
  if (taken.too_long)
    return Error{Errc::kLimit, fmt::format("'{}' answers with more than {} bytes", url, limits.answer_bytes)};
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return Error{Errc::kInvalid, fmt::format("'{}' is not an address of http or https", url)};
  if (code != CURLE_OK)
    return Error{Errc::kUnavailable, fmt::format("no answer from '{}': {}", url, curl_easy_strerror(code))};
  PostAnswer out;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &out.status);
  out.body = std::move(taken.body);
  return out;
}

}  // namespace lawbound::net
