// What a gate may ask for besides a number of people: clauses, all of which must be
// met, each by one of its quorums (G3).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <lockbox/bounds.hpp>
#include <lockbox/refusal.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// `needed` different people who each hold one of these roles.
template <class V>
struct quorum {
    std::uint32_t needed = 1;
    vector<typename V::role> roles{};

    static constexpr void fields(auto& self, auto&& f) {
        f("needed", self.needed);
        f("roles", self.roles);
    }
    friend bool operator==(const quorum&, const quorum&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<quorum<V>> = true;

/// Met by any one of its quorums (G3).
template <class V>
struct clause {
    vector<quorum<V>> any_of{};

    static constexpr void fields(auto& self, auto&& f) { f("any_of", self.any_of); }
    friend bool operator==(const clause&, const clause&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<clause<V>> = true;

/// The most clauses of one gate, and the most quorums of one clause.
inline constexpr std::size_t most_clauses = 4;
inline constexpr std::size_t most_quorums = 4;

/// A clause in the one form that it has in terms: no role twice, and both lists in order.
template <class V>
[[nodiscard]] clause<V> in_order(const clause<V>& c) {
    clause<V> out;
    for (const auto& one : c.any_of) {
        quorum<V> sorted{one.needed, {}};
        unite(sorted.roles, one.roles);
        out.any_of.push_back(std::move(sorted));
    }
    sort(out.any_of, [](const quorum<V>& a, const quorum<V>& b) {
        return a.roles != b.roles ? a.roles < b.roles : a.needed < b.needed;
    });
    return out;
}

/// Whether two clauses, both in order, offer the same choice, whatever numbers they ask for.
template <class V>
[[nodiscard]] bool same_choice(const clause<V>& a, const clause<V>& b) {
    if (a.any_of.size() != b.any_of.size()) return false;
    for (std::size_t at = 0; at < a.any_of.size(); ++at)
        if (a.any_of[at].roles != b.any_of[at].roles) return false;
    return true;
}

/// Adds clauses to those that are asked for already; of two that offer the same choice, the higher
/// numbers stay. What comes out is in order.
template <class V>
void demand(vector<clause<V>>& all, const vector<clause<V>>& more) {
    for (const auto& each : more) {
        auto one = in_order(each);
        clause<V>* same = nullptr;
        for (auto& old : all)
            if (same_choice(old, one)) same = &old;
        if (same == nullptr) {
            all.push_back(std::move(one));
            continue;
        }
        for (std::size_t at = 0; at < one.any_of.size(); ++at)
            same->any_of[at].needed = (std::max)(same->any_of[at].needed, one.any_of[at].needed);
    }
    sort(all, [](const clause<V>& a, const clause<V>& b) {
        std::size_t at = 0;
        const auto common = (std::min)(a.any_of.size(), b.any_of.size());
        while (at < common && a.any_of[at].roles == b.any_of[at].roles) ++at;
        if (at == common) return a.any_of.size() < b.any_of.size();
        return a.any_of[at].roles < b.any_of[at].roles;
    });
}

/// What is wrong with the clauses of a gate, and in which clause and quorum.
struct clause_fault {
    ground why{};
    field about = field::none;  ///< `none`: nothing is wrong
    std::int64_t limit = 0;
    std::size_t clause = 0;
    std::size_t quorum = 0;
};

/// Looks at the clauses in their order. Of one choice there may be one clause only: two would be
/// dealt different people, and `demand` would make one of them.
template <class V>
[[nodiscard]] clause_fault fault_among(const vector<clause<V>>& clauses) {
    if (clauses.size() > most_clauses) return {ground::too_long, field::gates, most_clauses};
    vector<clause<V>> seen;
    for (std::size_t at = 0; at < clauses.size(); ++at) {
        const auto& any_of = clauses[at].any_of;
        if (any_of.empty()) return {ground::missing, field::gates, 0, at};
        if (any_of.size() > most_quorums) return {ground::too_long, field::gates, most_quorums, at};
        for (std::size_t which = 0; which < any_of.size(); ++which) {
            const auto needed = any_of[which].needed;
            if (any_of[which].roles.empty()) return {ground::missing, field::role, 0, at, which};
            if (!threshold_bounds.hold(needed))
                return {ground::out_of_range, field::approvers_needed,
                        threshold_bounds.met_by(needed), at, which};
        }
        auto one = in_order(clauses[at]);
        for (const auto& other : seen)
            if (same_choice(one, other)) return {ground::bad_terms, field::gates, 0, at};
        seen.push_back(std::move(one));
    }
    return {};
}

/// What is wrong with the clauses of a gate; `field::none` when nothing is.
template <class V>
[[nodiscard]] field fault_in(const vector<clause<V>>& clauses) {
    return fault_among(clauses).about;
}

}  // namespace v0
}  // namespace lockbox
