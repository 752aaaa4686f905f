// JSON from people, read strictly: no key twice, never deeper than we need, UTF-8 only. The library
// that reads it is known to strict_json.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "words.hpp"

namespace desk {

/// One JSON value. A whole number keeps its digits as text.
struct json_value {
    enum class type { null, truth, number, text, list, object };

    type is{};
    bool truth = false;
    std::string text{};
    std::vector<json_value> items{};
    std::vector<std::pair<std::string, json_value>> members{};  ///< in their order, no key twice
};

/// The value that a text is, all of it. Fractions are no numbers here.
[[nodiscard]] expected<json_value> read_json(std::string_view text);

/// What a value is, for messages: "a text", "a list".
[[nodiscard]] std::string_view name_of(json_value::type type);

}  // namespace desk
