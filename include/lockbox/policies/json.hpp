// A tenant's own policy as JSON that people write (docs/policies.md), and back: reading what was
// written gives the same value. Needs nlohmann-json (lockbox::json). The canonical text of the same
// value, as the log holds it, is log/json.hpp's.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/policies/policy_reader.hpp>
#include <lockbox/policies/policy_writer.hpp>
#include <lockbox/policies/strict_json.hpp>

namespace lockbox {
inline namespace v0 {

/// The longest text of a policy, in bytes, and how deep lists and objects may stand in it.
inline constexpr std::size_t longest_policy = std::size_t{256} * 1024;
inline constexpr std::size_t deepest_policy = 9;

/// The policy that a text is, all of it, or the first fault with its path. What a tenant's roles
/// and members have to say about it, `change_settings` finds (rules/policy_form.hpp).
template <class V>
[[nodiscard]] tl::expected<tenant_policy<V>, json_fault> read_policy(std::string_view text) {
    if (text.size() > longest_policy)
        return tl::unexpected{
            json_fault{{}, "it is longer than " + std::to_string(longest_policy) + " bytes"}};
    auto root = read_json(text, deepest_policy);
    if (!root) return tl::unexpected{std::move(root).error()};
    return detail::policy_reader<V>{}.read(*root);
}

/// A policy as `read_policy` takes it, over several lines.
template <class V>
[[nodiscard]] std::string write_policy(const tenant_policy<V>& policy) {
    return detail::policy_writer<V>{}.write(policy);
}

}  // namespace v0
}  // namespace lockbox
