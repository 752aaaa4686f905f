#include "strict_json.hpp"

#include <lockbox/policies/strict_json.hpp>

namespace desk {

expected<json_value> read_json(std::string_view text) {
    constexpr std::size_t deepest = 4;
    auto root = lockbox::read_json(text, deepest);
    if (!root) return misused(root.error().what);
    return *std::move(root);
}

}  // namespace desk
