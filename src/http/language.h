// Which of our languages a browser or program asks for.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace lawbound::http {

// Of an Accept-Language header (RFC 9110, 12.5.4), the place in `tags` ("zh", "en") of the one that is wanted
// most: the first of those with the highest weight, "zh-CN" and "ZH" being "zh".  Nothing: it wants none of
// them, or any.
std::optional<std::size_t> PreferredLanguage(std::string_view header,
                                             const std::vector<std::string_view>& tags);

}  // namespace lawbound::http
