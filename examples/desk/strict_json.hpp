// JSON from people: the library's strict reader, as deep as we need. What reads it is known to
// strict_json.cpp alone.
#pragma once

#include <string_view>

#include <lockbox/policies/json_value.hpp>

#include "words.hpp"

namespace desk {

using lockbox::json_value;
using lockbox::name_of;

/// The value that a text is, all of it. Fractions are no numbers here.
[[nodiscard]] expected<json_value> read_json(std::string_view text);

}  // namespace desk
