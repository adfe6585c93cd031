// Asking another machine by HTTP: one request, one answer, within limits.  libcurl does it; nothing of it is
// seen outside this layer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lawbound::net {

struct PostLimits {
  long connect_seconds = 5;
  long seconds = 15;                    // for the whole exchange
  std::size_t answer_bytes = 64 << 10;  // a longer answer is refused
};

struct PostAnswer {
  long status = 0;  // as HTTP has it, 200 and so on
  std::string body;
};

// http and https only, certificates checked, redirects not followed.  kUnavailable: no answer in time;
// kInvalid: not such an address; kLimit: the answer is too long.  Any status is an answer.
base::Result<PostAnswer> Post(const std::string& url, std::string_view body, const PostLimits& limits = {});

}  // namespace lawbound::net
