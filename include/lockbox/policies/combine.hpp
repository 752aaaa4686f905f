// How policies become one: the stricter of all, under a condition, under a name. Whatever is put
// together asks for at least what each part asks for (R4, V16).
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/own_policy.hpp>
#include <lockbox/policy.hpp>

namespace lockbox {
inline namespace v0 {

/// A policy that makes terms stricter where they stand, or refuses. On its own it starts from the
/// standard terms of the tenant. `Rule` is callable with (terms&, tenant, submission), and returns
/// why it refuses, or nothing; it must not loosen anything.
template <class Rule>
class tightening {
  public:
    constexpr explicit tightening(Rule rule) : rule_(std::move(rule)) {}

    template <class V>
    [[nodiscard]] optional<refusal> tighten(terms<V>& t, const tenant<V>& of,
                                            const submission<V>& asked) const {
        return rule_(t, of, asked);
    }
    template <class V>
    [[nodiscard]] proposal<V> operator()(const tenant<V>& of, const submission<V>& asked) const {
        auto t = standard_terms(of.settled, asked);
        if (const auto why = rule_(t, of, asked)) return tl::unexpected{*why};
        return t;
    }

  private:
    Rule rule_;
};

/// Makes terms stricter by a policy, whichever way it is written. What is wrong with
/// the policy's own terms is a refusal here, so that no combination hides it.
template <class V, class Policy>
[[nodiscard]] optional<refusal> tighten_by(const Policy& policy, terms<V>& t, const tenant<V>& of,
                                           const submission<V>& asked) {
    if constexpr (requires { policy.tighten(t, of, asked); }) {
        return policy.tighten(t, of, asked);
    } else {
        proposal<V> wanted = policy(of, asked);
        if (!wanted) return wanted.error();
        if (const auto fault = fault_in(*wanted)) return fault;
        auto both = stricter(t, *wanted);
        if (!both) return both.error();
        t = *std::move(both);
        return std::nullopt;
    }
}

/// The stricter of policies, in any order and any grouping: gates, clauses and hours united,
/// thresholds the higher, roles the common ones, windows and caps the shorter; one that refuses
/// refuses for all. Cost: the sum of theirs.
template <class... Policies>
    requires(!requires(const Policies&... each) { (each.gates, ...); })
[[nodiscard]] constexpr auto stricter(Policies... policies) {
    return tightening{
        [all = std::tuple{std::move(policies)...}]<class V>(
            terms<V>& t, const tenant<V>& of, const submission<V>& asked) -> optional<refusal> {
            optional<refusal> why;
            const auto by_each = [&](const auto&... each) {
                (void)(((why = tighten_by(each, t, of, asked)), why.has_value()) || ...);
            };
            const auto gates = t.gates.size();
            std::apply(by_each, all);
            // A gate that one of them added is for the others too, also for those before it.
            if (!why && t.gates.size() != gates) std::apply(by_each, all);
            return why;
        }};
}

/// Policies for the submissions for which a condition holds: any callable from (tenant, submission)
/// to bool, or one of policies/conditions.hpp.
template <class Condition, class... Policies>
[[nodiscard]] constexpr auto when(Condition condition, Policies... policies) {
    return tightening{
        [condition = std::move(condition), all = stricter(std::move(policies)...)]<class V>(
            terms<V>& t, const tenant<V>& of, const submission<V>& asked) -> optional<refusal> {
            if (!condition(of, asked)) return std::nullopt;
            return all.tighten(t, of, asked);
        }};
}

/// A policy under a name, a literal, which stands in the note of its every refusal. Terms that are
/// none are found here, with the term that is at fault.
template <std::size_t Size, class Policy>
[[nodiscard]] constexpr auto named(const char (&name)[Size], Policy policy) {
    return tightening{
        [name = std::string_view{name, Size - 1}, policy = std::move(policy)]<class V>(
            terms<V>& t, const tenant<V>& of, const submission<V>& asked) -> optional<refusal> {
            auto why = tighten_by(policy, t, of, asked);
            if (!why) why = fault_in(t);
            if (why) why->note = name;
            return why;
        }};
}

}  // namespace v0
}  // namespace lockbox
