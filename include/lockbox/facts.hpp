// What can be asked of a submission and its tenant: facts, of which conditions
// (policies/conditions.hpp) and the rules of a tenant's own policy are made. Free text is none.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

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

/// Whether a name is that of an identifier of this kind, and of such a one.
template <class Id, class Such>
[[nodiscard]] bool names_such(const std::string& name, Such such) {
    if constexpr (std::is_constructible_v<Id, std::string_view>) {
        return such(Id{std::string_view{name}});
    } else {
        const auto parsed = id_traits<Id>::parse(name);
        return parsed && such(*parsed);
    }
}

/// A list of identifiers, made of a range of them.
template <class List>
concept identifier_list = requires {
    typename List::value_type;
}
&&requires(const vector<typename List::value_type>& all, std::string_view name) {
    List(all.begin(), all.end());
    id_traits<typename List::value_type>::parse(name);
};

/// Makes these the resources of a scope, in order where they have one. False when a name is the
/// name of none, or when the scope keeps its resources in a way of its own.
template <class Resources>
[[nodiscard]] bool put_resources(Resources& into, const vector<std::string>& names) {
    if constexpr (requires { into = names; }) {
        into = names;
        return true;
    } else if constexpr (identifier_list<Resources>) {
        using resource = typename Resources::value_type;
        vector<resource> all;
        for (const auto& name : names) {
            const bool known = names_such<resource>(name, [&](const resource& one) {
                all.push_back(one);
                return id_traits<resource>::well_formed(one);
            });
            if (!known) return false;
        }
        sort(all, std::less{});
        into = Resources(all.begin(), all.end());
        return true;
    } else if constexpr (requires { Resources(names.begin(), names.end()); }) {
        into = Resources(names.begin(), names.end());
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
    typename V::scope scope = asked.scope;
    if (!put_resources(scope.resources, names)) return how_much == part::some;
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
            for (const auto& name : names)
                if (detail::names_such<typename V::person_id>(name, [&](const auto& person) {
                        return V::same_person(person, asked.requester);
                    }))
                    return true;
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
