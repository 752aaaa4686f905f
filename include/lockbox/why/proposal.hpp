// What a proposed change waits for: a second member who holds its permission (S9).
#pragma once

#include <lockbox/optional.hpp>
#include <lockbox/reading.hpp>
#include <lockbox/rules/proposing.hpp>
#include <lockbox/why/people.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

template <class V>
[[nodiscard]] facts::proposed<V> proposal_before(const view<V>& seen,
                                                 const proposed_change<V>& of) {
    facts::proposed<V> out{of.number, name_in(*of.change), {}, of.decide_by};
    if (seen.inside) out.proposer = of.proposer;
    return out;
}

/// Whoever could agree: with the permission, and not who proposed it.
template <class V>
[[nodiscard]] need<V> agreement_to(const view<V>& seen, const proposed_change<V>& of) {
    auto one = seen.by_member(deed::agree, rules::authority_for<V>(*of.change).of_a_member());
    drop_if(one.people, [&](const auto& person) { return V::same_person(person, of.proposer); });
    one.until = of.decide_by;
    return one;
}

}  // namespace explaining

/// What a proposal waits for, for whoever may see proposals; nothing of one that does not wait, or
/// for anybody else.
template <class V>
[[nodiscard]] optional<explanation<V>> why_proposed(const tenant<V>& t, std::uint64_t number,
                                                    typename V::time_point at,
                                                    const actor<V>& reader) {
    const auto* waits = rules::find_waiting(t.settled, number, at);
    if (may_see_proposals(t, reader, at) || waits == nullptr) return std::nullopt;
    const explaining::view<V> seen{t, at, reader};
    explanation<V> e;
    e.rule = rule::s9;
    e.facts.push_back(explaining::proposal_before(seen, *waits));
    e.next.push_back(explaining::agreement_to(seen, *waits));
    return e;
}

}  // namespace v0
}  // namespace lockbox
