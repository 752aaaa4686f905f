// One value of JSON as people write it, and why a text is none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockbox {
inline namespace v0 {

/// One JSON value. A whole number keeps its digits as text; there are no others.
struct json_value {
    enum class type : std::uint8_t { null, truth, number, text, list, object };

    type is{};
    bool truth = false;
    std::string text{};
    std::vector<json_value> items{};
    std::vector<std::pair<std::string, json_value>> members{};  ///< in their order, no key twice
};

/// What a value is, for messages: "a text", "a list".
[[nodiscard]] constexpr std::string_view name_of(json_value::type type) {
    constexpr std::array<std::string_view, 6> names{"null",   "true or false", "a whole number",
                                                    "a text", "a list",        "an object"};
    return names[static_cast<std::size_t>(type)];
}

/// Why a text is not taken, and where: `rules[2].ask.managers`. An empty path is the whole text.
struct json_fault {
    std::string path{};
    std::string what{};

    friend bool operator==(const json_fault&, const json_fault&) = default;
};

/// The fault as a line: "rules[2].ask.managers: it must be a whole number, and is a text".
[[nodiscard]] inline std::string message(const json_fault& fault) {
    return fault.path.empty() ? fault.what : fault.path + ": " + fault.what;
}

}  // namespace v0
}  // namespace lockbox
