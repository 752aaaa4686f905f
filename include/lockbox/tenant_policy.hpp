// A tenant's own policy, as data: rules that stand in its settings, and so in its log (R4). What
// they mean for a request: facts.hpp and own_policy.hpp. As JSON for people: policies/json.hpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <lockbox/clause.hpp>
#include <lockbox/hours.hpp>
#include <lockbox/policy_place.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>
#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {

/// The most rules of one policy, and the most names in one statement (R9).
inline constexpr std::size_t most_rules = 32;
inline constexpr std::size_t most_names = 100;

/// What a statement holds besides its key.
enum class statement_kind : std::uint8_t { flag, names, count, length, hours, clauses };

[[nodiscard]] constexpr statement_kind kind_of(policy_key key) {
    using enum policy_key;
    switch (key) {
        case customer_gate:
        case comment:
        case no_consents:
            return statement_kind::flag;
        case approvals:
        case managers:
        case most_live_grants:
            return statement_kind::count;
        case longer_than:
        case manager_window:
        case customer_window:
        case longest_access:
        case pause_after_denial:
            return statement_kind::length;
        case submitted_in:
        case approval_hours:
        case access_hours:
            return statement_kind::hours;
        case each_of:
            return statement_kind::clauses;
        default:
            return statement_kind::names;
    }
}

/// One fact or one demand, as `{policy_key::services, 0, {"mail"}}`, `{policy_key::approvals, 2}`.
/// Identifiers are written by their `id_traits`, so that one type serves all of them.
template <class V>
struct statement {
    policy_key key{};
    std::int64_t number = 0;  ///< of people or grants, or milliseconds
    vector<std::string> names{};
    vector<clause<V>> clauses{};
    vector<weekly_hours> hours{};

    static constexpr void fields(auto& self, auto&& f) {
        f("key", self.key);
        f("number", self.number);
        f("names", self.names);
        f("clauses", self.clauses);
        f("hours", self.hours);
    }
    friend bool operator==(const statement&, const statement&) = default;
    /// Any order among facts, so that rules have one.
    friend bool operator<(const statement& a, const statement& b) {
        if (a.key != b.key) return a.key < b.key;
        if (a.number != b.number) return a.number < b.number;
        if (!(a.names == b.names)) return a.names < b.names;
        return a.hours < b.hours;
    }
};

/// Asks for something of the submissions for which all facts of `when` hold, and not all of
/// `unless`. A fact of `when` is met by some of what is asked for, one of `unless` only by all of
/// it. Without facts a rule is about every submission.
template <class V>
struct policy_rule {
    vector<statement<V>> when{};
    vector<statement<V>> unless{};
    vector<statement<V>> ask{};

    static constexpr void fields(auto& self, auto&& f) {
        f("when", self.when);
        f("unless", self.unless);
        f("ask", self.ask);
    }
    friend bool operator==(const policy_rule&, const policy_rule&) = default;
};

template <class V>
inline constexpr bool moves_by_bytes<statement<V>> = true;
template <class V>
inline constexpr bool moves_by_bytes<policy_rule<V>> = true;

/// All rules hold together. In its one form, as settings keep it, there is one rule for the same
/// facts, and every list is in order.
template <class V>
struct tenant_policy {
    vector<policy_rule<V>> rules{};

    static constexpr void fields(auto& self, auto&& f) { f("rules", self.rules); }
    friend bool operator==(const tenant_policy&, const tenant_policy&) = default;
};

namespace detail {

/// Makes a demand the stricter of itself and another of its key; it stays in its one form.
template <class V>
void demand(statement<V>& mine, const statement<V>& other) {
    using enum policy_key;
    const auto key = mine.key;
    const bool higher = key == approvals || key == managers || key == pause_after_denial;
    mine.number =
        higher ? (std::max)(mine.number, other.number) : (std::min)(mine.number, other.number);
    if (key == roles)
        drop_if(mine.names, [&](const auto& name) { return !contains(other.names, name); });
    else
        unite(mine.names, other.names);
    lockbox::demand(mine.clauses, other.clauses);
    unite(mine.hours, other.hours);
}

/// Adds statements to those that stand there in their one form. Facts are kept beside each other;
/// of each demand there is one.
template <class V>
void add(vector<statement<V>>& to, const vector<statement<V>>& from) {
    for (const auto& one : from) {
        statement<V> fresh{one.key, one.number, {}, {}, {}};
        unite(fresh.names, one.names);
        lockbox::demand(fresh.clauses, one.clauses);
        unite(fresh.hours, one.hours);
        auto* same = is_demand(one.key) ? find_by(to, one.key, &statement<V>::key) : nullptr;
        if (same != nullptr)
            demand(*same, fresh);
        else if (!contains(to, fresh))
            to.push_back(std::move(fresh));
    }
    sort(to, std::less{});
}

template <class V>
void add(tenant_policy<V>& to, const tenant_policy<V>& from) {
    for (const auto& rule : from.rules) {
        policy_rule<V> fresh;
        add(fresh.when, rule.when);
        add(fresh.unless, rule.unless);
        policy_rule<V>* same = nullptr;
        for (auto& old : to.rules)
            if (old.when == fresh.when && old.unless == fresh.unless) same = &old;
        if (same == nullptr) {
            to.rules.push_back(std::move(fresh));
            same = &to.rules.back();
        }
        add(same->ask, rule.ask);
    }
    sort(to.rules, [](const policy_rule<V>& a, const policy_rule<V>& b) {
        return a.when == b.when ? a.unless < b.unless : a.when < b.when;
    });
}

}  // namespace detail

/// The rules of both, in their one form: a meet, in any order and any grouping, and of itself
/// (V16). It may have more rules than a policy may be set to have.
template <class V>
[[nodiscard]] tenant_policy<V> stricter(const tenant_policy<V>& a, const tenant_policy<V>& b) {
    tenant_policy<V> both;
    detail::add(both, a);
    detail::add(both, b);
    return both;
}

/// A policy in the one form in which settings keep it.
template <class V>
[[nodiscard]] tenant_policy<V> in_order(const tenant_policy<V>& policy) {
    return stricter(policy, tenant_policy<V>{});
}

}  // namespace v0
}  // namespace lockbox
