// Terms made stricter, one term at a time: what the ready policies (policies.hpp) and the rules of
// a tenant's own policy (own_policy.hpp) are made of. None loosens anything (R4, V16).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <lockbox/optional.hpp>
#include <lockbox/policy.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// What concerns a gate applies where there is one. Each returns why the terms can be met no
/// more, or nothing.
namespace tighter {

using maybe = optional<refusal>;

[[nodiscard]] inline maybe bad_terms(field about) {
    return refusal{ground::bad_terms, about, 0, {}};
}

/// At least this many people of the tenant's.
template <class V>
void approvals(terms<V>& t, std::uint32_t needed) {
    if (auto* at = find_by(t.gates, side::tenant, &gate<V>::side))
        at->needed = (std::max)(at->needed, needed);
}
/// Of the roles that are asked for already, only such.
template <class V, class Such>
[[nodiscard]] maybe roles(terms<V>& t, Such such) {
    auto* at = find_by(t.gates, side::tenant, &gate<V>::side);
    if (at == nullptr) return {};
    drop_if(at->roles, [&](const auto& role) { return !such(role); });
    if (at->roles.empty()) return refusal{ground::no_terms, field::gates, 0, {}};
    return {};
}
/// Among them, people who fill each of these clauses, nobody filling two places (G3).
template <class V>
[[nodiscard]] maybe each_of(terms<V>& t, const vector<clause<V>>& clauses) {
    auto* at = find_by(t.gates, side::tenant, &gate<V>::side);
    if (at == nullptr) return {};
    if (const auto about = fault_in(clauses); about != field::none) return bad_terms(about);
    demand(at->clauses, clauses);
    return at->clauses.size() <= most_clauses ? maybe{} : bad_terms(field::gates);
}
template <class V>
[[nodiscard]] maybe customer_gate(terms<V>& t, const settled<V>& s) {
    if (!t.asks_customer()) t.gates.push_back(standard_customer_gate(s));
    if (t.gates.back().roles.empty()) return refusal{ground::no_terms, field::gates, 0, {}};
    return {};
}
template <class V>
void managers(terms<V>& t, std::uint32_t needed) {
    if (auto* at = find_by(t.gates, side::provider, &gate<V>::side))
        at->needed = (std::max)(at->needed, needed);
}
template <class V>
void window(terms<V>& t, side of, duration_of<V> longest) {
    if (auto* at = find_by(t.gates, of, &gate<V>::side))
        at->window = (std::min)(at->window, longest);
}

/// More of the hours that all must hold.
[[nodiscard]] inline maybe keep_to(vector<weekly_hours>& all, const vector<weekly_hours>& hours) {
    unite(all, hours);
    return are_hours(all) ? maybe{} : bad_terms(field::hours);
}
template <class V>
[[nodiscard]] maybe approval_hours(terms<V>& t, const vector<weekly_hours>& hours) {
    auto* at = find_by(t.gates, side::tenant, &gate<V>::side);
    return at != nullptr ? keep_to(at->hours, hours) : maybe{};
}

// --- What is refused -----------------------------------------------------------------------------

/// Whether the tenant has this many live grants, begun or still to begin.
template <class V>
[[nodiscard]] maybe most_live_grants(std::uint32_t most, const tenant<V>& of,
                                     const submission<V>& asked) {
    std::uint32_t live = 0;
    for (const auto& each : of.grants)
        for (const auto& grant : each.grants) live += asked.at < grant.until ? 1U : 0U;
    if (live < most) return {};
    return refusal{ground::policy, field::none, 0, "too many grants are live"};
}
/// Whether the case was denied less than this long ago.
template <class V>
[[nodiscard]] maybe pause_after_denial(std::chrono::milliseconds length, const tenant<V>& of,
                                       const submission<V>& asked) {
    const auto* denied = find_ordered(of.denials, asked.case_number, &case_denials<V>::case_number);
    if (denied == nullptr || asked.at - denied->last >= length) return {};
    return refusal{ground::policy, field::none, 0, "this case was denied a short time ago"};
}

}  // namespace tighter
}  // namespace v0
}  // namespace lockbox
