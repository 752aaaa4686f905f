// What was settled for one request at its submission: the gates to pass, and the caps (R4).
#pragma once

#include <cstdint>

#include <lockbox/actor.hpp>
#include <lockbox/clause.hpp>
#include <lockbox/hours.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/refusal.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>
#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {

/// One approval stage: `needed` different people of one side, of these roles, within the
/// window; and among them people who fill every clause, nobody filling two places (G3).
/// The provider's gate has neither roles nor clauses: its host vouches who is a manager.
template <class V>
struct gate {
    lockbox::side side = side::tenant;
    std::uint32_t needed = 1;
    duration_of<V> window = std::chrono::hours{12};
    vector<typename V::role> roles{};
    vector<clause<V>> clauses{};
    vector<weekly_hours> hours{};  ///< in all of which an approval must fall

    static constexpr void fields(auto& self, auto&& f) {
        f("side", self.side);
        f("needed", self.needed);
        f("window", self.window);
        f("roles", self.roles);
        f("clauses", self.clauses);
        f("hours", self.hours);
    }
    [[nodiscard]] bool asks_for(const typename V::role& role) const {
        return contains(roles, role);
    }
    friend bool operator==(const gate&, const gate&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<gate<V>> = true;

/// The gates in the order in which they open, the provider's before the tenant's and one of each at
/// the most, and the caps on what they open.
template <class V>
struct terms {
    vector<gate<V>> gates{};
    duration_of<V> longest_access = std::chrono::hours{4};
    bool comment_required = false;
    vector<weekly_hours> access_hours{};  ///< in all of which an access must fall
    bool no_consents = false;             ///< people alone open the customer's gate (G8)

    static constexpr void fields(auto& self, auto&& f) {
        f("gates", self.gates);
        f("longest_access", self.longest_access);
        f("comment_required", self.comment_required);
        f("access_hours", self.access_hours);
        f("no_consents", self.no_consents);
    }
    [[nodiscard]] bool asks_customer() const {
        return find_by(gates, side::tenant, &gate<V>::side) != nullptr;
    }
    friend bool operator==(const terms&, const terms&) = default;
};

/// The most hours that all must hold, at a gate or for an access.
inline constexpr std::size_t most_hours = 16;

/// Whether the hours can be kept: each is well formed, and there are not too many.
[[nodiscard]] inline bool are_hours(const vector<weekly_hours>& hours) {
    return hours.size() <= most_hours &&
           all_of(hours, [](const weekly_hours& one) { return one.well_formed(); });
}

/// What is wrong with terms that a policy returned; nothing when they can be recorded (G3, T3).
template <class V>
[[nodiscard]] optional<refusal> fault_in(const terms<V>& t) {
    const auto bad = [](field about) { return refusal{ground::bad_terms, about, 0, {}}; };
    if (!access_bounds.hold(t.longest_access)) return bad(field::longest_access);
    if (!are_hours(t.access_hours)) return bad(field::hours);
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
        if (!customer && !gate.clauses.empty()) return bad(field::gates);
        if (const auto about = fault_in(gate.clauses); about != field::none) return bad(about);
        if (!are_hours(gate.hours)) return bad(field::hours);
    }
    return std::nullopt;
}

}  // namespace v0
}  // namespace lockbox
