// The words of a tenant's own policy, and a place in one as a value that allocates nothing: what a
// refusal points at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <lockbox/fields.hpp>

namespace lockbox {
inline namespace v0 {

/// What a policy can speak of: first its parts, then facts, then demands (tenant_policy.hpp).
enum class policy_key : std::uint8_t {
    none,
    rules,
    when,
    unless,
    ask,
    // facts of a submission
    services,
    operations,
    resources,
    reasons,
    requesters,
    entitled_to,
    longer_than,
    submitted_in,
    // demands on its terms
    approvals,
    roles,
    each_of,
    customer_gate,
    managers,
    comment,
    no_consents,
    manager_window,
    customer_window,
    longest_access,
    approval_hours,
    access_hours,
    refuse,
    most_live_grants,
    pause_after_denial,
    // within a demand
    any_of,
    needed
};
template <>
inline constexpr auto names_of<policy_key> = std::array<std::string_view, 30>{"none",
                                                                              "rules",
                                                                              "when",
                                                                              "unless",
                                                                              "ask",
                                                                              "services",
                                                                              "operations",
                                                                              "resources",
                                                                              "reasons",
                                                                              "requesters",
                                                                              "entitled_to",
                                                                              "longer_than",
                                                                              "submitted_in",
                                                                              "approvals",
                                                                              "roles",
                                                                              "each_of",
                                                                              "customer_gate",
                                                                              "managers",
                                                                              "comment",
                                                                              "no_consents",
                                                                              "manager_window",
                                                                              "customer_window",
                                                                              "longest_access",
                                                                              "approval_hours",
                                                                              "access_hours",
                                                                              "refuse",
                                                                              "most_live_grants",
                                                                              "pause_after_denial",
                                                                              "any_of",
                                                                              "needed"};

[[nodiscard]] constexpr bool is_fact(policy_key key) {
    return key >= policy_key::services && key <= policy_key::submitted_in;
}
[[nodiscard]] constexpr bool is_demand(policy_key key) {
    return key >= policy_key::approvals && key <= policy_key::pause_after_denial;
}

/// The way to a value: `rules[2].ask.each_of[0].any_of[1].roles[0]`. Without a step, no place.
struct policy_place {
    struct step {
        policy_key key{};
        std::uint8_t entry = 0;  ///< of a list, counted from 1; 0: the whole value

        friend constexpr bool operator==(const step&, const step&) = default;
    };
    static constexpr std::size_t deepest = 5;

    step steps[deepest]{};

    /// The value that stands there under a key.
    [[nodiscard]] constexpr policy_place in(policy_key key) const { return with({key, 0}); }
    /// An entry of the list that stands there under a key, counted from 0.
    [[nodiscard]] constexpr policy_place at(policy_key key, std::size_t entry) const {
        constexpr std::size_t most = 254;
        return with({key, static_cast<std::uint8_t>((entry < most ? entry : most) + 1)});
    }
    [[nodiscard]] constexpr bool empty() const { return steps[0].key == policy_key::none; }
    /// Compares what comes before the first `none`: nothing comes after it.
    friend constexpr bool operator==(const policy_place& a, const policy_place& b) {
        for (std::size_t at = 0; at < deepest; ++at) {
            if (!(a.steps[at] == b.steps[at])) return false;
            if (a.steps[at].key == policy_key::none) break;
        }
        return true;
    }

  private:
    [[nodiscard]] constexpr policy_place with(step next) const {
        auto longer = *this;
        std::size_t end = 0;
        while (end < deepest && longer.steps[end].key != policy_key::none) ++end;
        if (end < deepest) longer.steps[end] = next;
        return longer;
    }
};

}  // namespace v0
}  // namespace lockbox
