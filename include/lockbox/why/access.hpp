// Why an access is allowed or refused: which grant nearly covered it, and what it lacks.
#pragma once

#include <algorithm>

#include <lockbox/authorize.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/why/open_request.hpp>

namespace lockbox {
inline namespace v0 {

/// A grant that is over, of a request that a history tells of.
template <class V>
struct ended_grant {
    typename V::request_id request{};
    typename V::scope scope{};
    status ending{};
    typename V::time_point at{};
};

namespace explaining {

/// The first thing that a live grant lacks for an access; nothing when it lacks none.
template <class V>
[[nodiscard]] optional<shortcoming> lacks(const grant<V>& g, const typename V::access& to,
                                          typename V::time_point at) {
    if (!g.scope.covers(to)) {
        if (!(g.scope.service == to.service)) return shortcoming::service;
        for (const auto& operation : g.scope.operations)
            if (operation == to.operation) return shortcoming::resource;
        return shortcoming::operation;
    }
    if (at < g.from) return shortcoming::start;
    if (!open_at(g.hours, at)) return shortcoming::hours;
    return std::nullopt;
}

/// When a grant that covers an access lets it pass, if ever.
template <class V>
[[nodiscard]] optional<typename V::time_point> opens_for(const grant<V>& g,
                                                         const typename V::access& to,
                                                         typename V::time_point at) {
    if (!g.scope.covers(to)) return std::nullopt;
    const auto opens = opens_next(g.hours, (std::max)(at, g.from));
    if (!opens || *opens >= g.until) return std::nullopt;
    return opens;
}

template <class V>
[[nodiscard]] explanation<V> allowed(const verdict<V>& v) {
    auto e = of_status<V>(rule::a1, status::active);
    e.facts.push_back(
        facts::access_time<V>{V::request_id_of(v.by->number), v.by->from, v.by->until});
    return e;
}

/// What the engineer's live grants lack, and when the first of them opens after all.
template <class V>
[[nodiscard]] optional<need<V>> tell_grants(explanation<V>& e, const view<V>& seen,
                                            const engineer_grants<V>& of,
                                            const typename V::access& to) {
    optional<need<V>> later;
    for (const auto& g : of.grants) {
        if (seen.at >= g.until) continue;
        const auto id = V::request_id_of(g.number);
        if (const auto missing = lacks(g, to, seen.at))
            e.facts.push_back(facts::near_grant<V>{id, *missing});
        const auto opens = opens_for(g, to, seen.at);
        if (!opens || (later && *later->from <= *opens)) continue;
        later = by<V>(doer::actor, deed::repeat);
        later->from = opens;
        later->until = g.until;
    }
    return later;
}

/// What the engineer's requests at a gate would allow, once they are approved.
template <class V>
void tell_requests(explanation<V>& e, const view<V>& seen, const typename V::person_id& engineer,
                   const typename V::access& to) {
    for (const auto& r : seen.tenant.open) {
        const auto* p = r.stage.template get_if<pending<V>>();
        const bool own = r.asked->requester == engineer && !r.asked->drill;
        if (p == nullptr || !own || seen.at >= p->decide_by || !r.asked->scope.covers(to)) continue;
        e.facts.push_back(facts::asked_already<V>{r.id, r.terms->gates[p->gate].side});
        auto wanted = waiting(seen, r, *p);
        for (auto& one : wanted.next) e.next.push_back(std::move(one));
    }
}

}  // namespace explaining

/// Why an engineer's access is allowed by the grants at `at`, or refused, as `authorize` decides
/// (A1, G9, G3). `over` are grants of this engineer that have ended, if the caller looked them up.
template <class V>
[[nodiscard]] explanation<V> why_verdict(const tenant<V>& t, const typename V::person_id& engineer,
                                         const typename V::access& to, typename V::time_point at,
                                         const actor<V>& reader,
                                         const vector<ended_grant<V>>& over = {}) {
    const auto v = authorize(t, engineer, to, at);
    if (v.allowed()) return explaining::allowed(v);
    const explaining::view<V> seen{t, at, reader};
    const auto by = v.why == ground::not_yet         ? rule::g9
                    : v.why == ground::outside_hours ? rule::g3
                                                     : rule::a1;
    auto e = explaining::of_refusal<V>(by, refusal{v.why, field::access, 0, {}});
    const auto* of = find_ordered(t.grants, engineer, &engineer_grants<V>::engineer);
    if (of != nullptr)
        if (auto later = explaining::tell_grants(e, seen, *of, to))
            e.next.push_back(*std::move(later));
    for (const auto& one : over) {
        if (!one.scope.covers(to)) continue;
        e.facts.push_back(facts::past_grant<V>{one.request, one.ending, one.at});
        break;
    }
    explaining::tell_requests(e, seen, engineer, to);
    if (e.next.empty()) e.next.push_back(explaining::by<V>(doer::actor, deed::submit));
    return e;
}

}  // namespace v0
}  // namespace lockbox
