// What can be asked of a submission and its tenant: facts, of which conditions
// (policies/conditions.hpp) and the rules of a tenant's own policy are made. Free text is none.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include <lockbox/tenant.hpp>
#include <lockbox/tenant_policy.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// How much of what is asked for a fact is about.
enum class part : bool { some, all };

namespace facts {

/// Whether some of the asked operations, or all of them, are such.
template <class V, class Such>
[[nodiscard]] bool operations(const submission<V>& asked, part how_much, Such such) {
    for (const auto& operation : asked.scope.operations)
        if (such(operation) == (how_much == part::some)) return how_much == part::some;
    return how_much == part::all;
}

/// Whether some of what is asked for, or all of it, lies in a scope.
template <class V>
[[nodiscard]] bool lies_in(const typename V::scope& scope, part how_much,
                           const submission<V>& asked) {
    if (!(scope.service == asked.scope.service)) return false;
    return how_much == part::all ? asked.scope.within(scope) : !asked.scope.meet(scope).empty();
}

/// What the provider recorded that the tenant bought (S1).
template <class V>
[[nodiscard]] bool entitled_to(entitlement at_least, const settled<V>& s) {
    return (s.entitlement.plan || !at_least.plan) && (s.entitlement.support || !at_least.support);
}

}  // namespace facts

namespace detail {

/// Puts the resource of a name into a scope's, which are in order where resources have one. False
/// when it is the name of none, or when the scope keeps its resources in a way of its own.
template <class Resources>
[[nodiscard]] bool put_resource(Resources& into, const std::string& name) {
    if constexpr (requires { into.push_back(name); }) {
        into.push_back(name);
        return true;
    } else if constexpr (requires(typename Resources::value_type one) {
                             id_traits<decltype(one)>::parse(name);
                             into.insert(into.begin(), one);
                         }) {
        using resource = typename Resources::value_type;
        const auto parsed = id_traits<resource>::parse(name);
        if (!parsed || !id_traits<resource>::well_formed(*parsed)) return false;
        into.insert(std::upper_bound(into.begin(), into.end(), *parsed), *parsed);
        return true;
    } else {
        return false;
    }
}

/// Whether some of what is asked for, or all of it, is one of these resources, or under one. A name
/// that means nothing is in question, so that the rule applies.
template <class V>
[[nodiscard]] bool is_on_resources(const vector<std::string>& names, part how_much,
                                   const submission<V>& asked) {
    auto scope = asked.scope;
    scope.resources = {};
    for (const auto& name : names)
        if (!put_resource(scope.resources, name)) return how_much == part::some;
    return facts::lies_in<V>(scope, how_much, asked);
}

}  // namespace detail

/// Whether a fact that a policy states is so. What is no fact is, so that the rule applies.
template <class V>
[[nodiscard]] bool holds(const statement<V>& fact, part how_much, const settled<V>& s,
                         const submission<V>& asked) {
    const auto& names = fact.names;
    const auto named = [&]<class T>(const T& id) {
        for (const auto& name : names)
            if (name == id_traits<T>::text(id)) return true;
        return false;
    };
    using enum policy_key;
    switch (fact.key) {
        case services:
            return named(asked.scope.service);
        case operations:
            return facts::operations(asked, how_much, named);
        case resources:
            return detail::is_on_resources(names, how_much, asked);
        case reasons:
            return named(asked.reason);
        case requesters:
            for (const auto& name : names) {
                const auto person = id_traits<typename V::person_id>::parse(name);
                if (person && V::same_person(*person, asked.requester)) return true;
            }
            return false;
        case entitled_to:
            return facts::entitled_to(
                {contains(names, std::string{"plan"}), contains(names, std::string{"support"})}, s);
        case longer_than:
            return asked.duration > std::chrono::milliseconds{fact.number};
        case submitted_in:
            for (const auto& hours : fact.hours)
                if (hours.open_at(asked.at)) return true;
            return false;
        default:
            return how_much == part::some;
    }
}

/// Whether a rule is about this submission.
template <class V>
[[nodiscard]] bool applies(const policy_rule<V>& rule, const settled<V>& s,
                           const submission<V>& asked) {
    const auto all = [&](const vector<statement<V>>& facts, part how_much) {
        for (const auto& fact : facts)
            if (!holds(fact, how_much, s, asked)) return false;
        return true;
    };
    return all(rule.when, part::some) && (rule.unless.empty() || !all(rule.unless, part::all));
}

}  // namespace v0
}  // namespace lockbox
