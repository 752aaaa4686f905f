// What was settled for one request at its submission: the gates to pass, and the caps (R4).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <lockbox/actor.hpp>
#include <lockbox/refusal.hpp>
#include <lockbox/settings.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// One approval stage: `needed` different people of one side, of these roles, within the
/// window (G3). The provider's gate names no roles: its host vouches who is a manager.
template <class V>
struct gate {
    lockbox::side side = side::tenant;
    std::uint32_t needed = 1;
    duration_of<V> window = std::chrono::hours{12};
    std::vector<typename V::role> roles{};

    static constexpr void fields(auto& self, auto&& f) {
        f("side", self.side);
        f("needed", self.needed);
        f("window", self.window);
        f("roles", self.roles);
    }
    [[nodiscard]] bool asks_for(const typename V::role& role) const {
        return contains(roles, role);
    }
    friend bool operator==(const gate&, const gate&) = default;
};

/// The gates in the order in which they open, the provider's before the tenant's and one of each at
/// the most, and the caps on what they open.
template <class V>
struct terms {
    std::vector<gate<V>> gates{};
    duration_of<V> longest_access = std::chrono::hours{4};
    bool comment_required = false;

    static constexpr void fields(auto& self, auto&& f) {
        f("gates", self.gates);
        f("longest_access", self.longest_access);
        f("comment_required", self.comment_required);
    }
    [[nodiscard]] bool asks_customer() const {
        return find_by(gates, side::tenant, &gate<V>::side) != nullptr;
    }
    friend bool operator==(const terms&, const terms&) = default;
};

/// What is wrong with terms that a policy returned; nothing when they can be recorded (G3, T3).
template <class V>
[[nodiscard]] std::optional<refusal> fault_in(const terms<V>& t) {
    const auto bad = [](field about) { return refusal{ground::bad_terms, about, 0, {}}; };
    if (!access_bounds.hold(t.longest_access)) return bad(field::longest_access);
    if (t.gates.empty() || t.gates.size() > 2) return bad(field::gates);
    if (t.gates.size() == 2 && !(t.gates[0].side < t.gates[1].side)) return bad(field::gates);
    for (const auto& gate : t.gates) {
        const bool customer = gate.side == side::tenant;
        if (gate.side == side::system || gate.roles.empty() == customer) return bad(field::role);
        if (!threshold_bounds.hold(gate.needed)) {
            return bad(customer ? field::approvers_needed : field::managers_needed);
        }
        if (!window_bounds.hold(gate.window)) {
            return bad(customer ? field::customer_window : field::manager_window);
        }
    }
    return std::nullopt;
}

}  // namespace v0
}  // namespace lockbox
