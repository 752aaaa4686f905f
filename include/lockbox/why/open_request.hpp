// Why an open request is where it is: what its gate waits for, or what opened its access.
#pragma once

#include <algorithm>
#include <cstdint>

#include <lockbox/optional.hpp>
#include <lockbox/why/gate.hpp>
#include <lockbox/why/hours.hpp>
#include <lockbox/why/people.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// When an approval at a gate counts: from the instant, or from when the hours open; in time, or
/// never.
template <class V>
[[nodiscard]] optional<typename V::time_point> approvals_from(const gate<V>& of,
                                                              const pending<V>& p,
                                                              typename V::time_point at) {
    const auto opens = opens_next(of.hours, at);
    if (!opens || *opens >= p.decide_by) return std::nullopt;
    return opens;
}

/// What the votes at the customer's gate lack, for its own side.
template <class V>
void tell_votes(explanation<V>& e, const gate<V>& of, const gate_votes<V>& votes) {
    e.facts.push_back(facts::votes{votes.counted(), of.needed});
    for (const auto& person : votes.lapsed()) e.facts.push_back(facts::lapsed_vote<V>{person});
    for (const auto place : votes.unfilled()) {
        const auto number = static_cast<std::uint32_t>(place + 1);
        e.facts.push_back(facts::unfilled_clause<V>{number, of.clauses[place]});
    }
}

/// The approvals that a gate waits for, by those who could give them; where they are too few, the
/// roles that would make more of them.
template <class V>
[[nodiscard]] need<V> approvals(const view<V>& seen, explanation<V>& e, const request<V>& r,
                                const pending<V>& p) {
    const auto& gate = r.terms->gates[p.gate];
    if (gate.side == side::provider) {
        std::uint32_t cast = 0;
        for (const auto& vote : r.votes) cast += vote.gate == p.gate ? 1U : 0U;
        e.facts.push_back(facts::votes{cast, gate.needed});
        auto managers = by<V>(doer::manager, deed::approve);
        managers.count = (std::max)(gate.needed, cast + 1) - cast;
        return managers;
    }
    if (!seen.inside) return by<V>(doer::customer, deed::approve);
    const gate_votes<V> votes{seen.settled(), r, p, seen.at};
    tell_votes(e, gate, votes);
    if (votes.fewest() == 0) return seen.by_member(deed::assign_role, permission::assign_roles);
    auto members = by<V>(doer::member, deed::approve);
    members.count = votes.fewest();
    members.holding = {permission::decide};
    members.roles = gate.roles;
    members.people = votes.useful();
    return members;
}

template <class V>
[[nodiscard]] explanation<V> waiting(const view<V>& seen, const request<V>& r,
                                     const pending<V>& p) {
    auto e = of_status<V>(rule::g3, status::pending);
    const auto& gate = r.terms->gates[p.gate];
    e.facts.push_back(facts::waits<V>{gate.side, p.opened, p.decide_by});
    auto approve = approvals(seen, e, r, p);
    if (p.awaits_answer) {
        e.facts.push_back(facts::open_question{});
        if (!r.asked->drill) {  // which belongs to nobody, so that nobody answers
            e.next.push_back(by<V>(doer::own_engineer, deed::answer));
            e.next.back().until = p.decide_by;
        }
    }
    const auto from = approvals_from(gate, p, seen.at);
    if (from != seen.at) e.facts.push_back(facts::closed_hours<V>{from});
    if (!from) return e;
    if (*from != seen.at) approve.from = from;
    approve.until = p.decide_by;
    e.next.push_back(std::move(approve));
    return e;
}

/// Who approved at each gate, managers by name for everybody.
template <class V>
void tell_approvals(explanation<V>& e, const view<V>& seen, const request<V>& r) {
    for (std::uint32_t at = 0; at < r.terms->gates.size(); ++at) {
        facts::approved_by<V> who{r.terms->gates[at].side, {}};
        if (seen.inside && r.consent != 0 && who.gate == side::tenant) {
            e.facts.push_back(facts::opened_by_consent{r.consent});
            continue;
        }
        for (const auto& vote : r.votes)
            if (vote.gate == at && (seen.inside || who.gate == side::provider))
                who.people.push_back(vote.person);
        e.facts.push_back(std::move(who));
    }
}

template <class V>
[[nodiscard]] explanation<V> with_access(const view<V>& seen, const request<V>& r,
                                         const active<V>& a) {
    auto e = of_status<V>(rule::a1, status::active);
    e.facts.push_back(facts::access_time<V>{r.id, a.from, a.until});
    tell_approvals(e, seen, r);
    const auto begins = (std::max)(seen.at, a.from);
    auto from = opens_next(r.terms->access_hours, begins);
    if (from && *from >= a.until) from.reset();
    if (from != begins) e.facts.push_back(facts::closed_hours<V>{from});
    if (!from) return e;
    auto use = by<V>(doer::own_engineer, deed::access);
    if (*from != seen.at) use.from = from;
    use.until = a.until;
    e.next.push_back(std::move(use));
    return e;
}

}  // namespace explaining

/// Why an open request is pending, and what its gate needs, or why it is active (G3, A1). `r` is
/// open at `now`, and the reader may see it: `find_open` and `may_list` tell.
template <class V>
[[nodiscard]] explanation<V> why_open(const tenant<V>& t, const request<V>& r,
                                      typename V::time_point now, const actor<V>& reader) {
    const explaining::view<V> seen{t, now, reader};
    return r.stage.match(overloaded{
        [&](const pending<V>& p) { return explaining::waiting(seen, r, p); },
        [&](const active<V>& a) { return explaining::with_access(seen, r, a); },
    });
}

}  // namespace v0
}  // namespace lockbox
