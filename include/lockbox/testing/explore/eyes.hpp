// One eye for each invariant: it looks at one step, and does not ask the rules.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/model.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::eyes {

/// The request that an event or command names, among those of a state.
template <class V>
[[nodiscard]] const request<V>* named_in(const tenant<V>& t,
                                         const optional<typename V::request_id>& id) {
    for (const auto& r : t.open)
        if (id == r.id) return &r;
    return nullptr;
}
template <class V>
[[nodiscard]] const request<V>* numbered(const tenant<V>& t, std::uint64_t number) {
    for (const auto& r : t.open)
        if (r.number == number) return &r;
    return nullptr;
}
/// Calls `f(engineer, grant)` for every grant.
template <class V>
void each_grant(const tenant<V>& t, auto f) {
    for (const auto& of : t.grants)
        for (const auto& g : of.grants) f(of.engineer, g);
}
/// Calls `f(event, what happened)` for the events of a kind.
template <class Event, class V>
[[nodiscard]] bool all_events(const step<V>& s, auto holds) {
    for (const auto& e : s.decided.happened)
        if (const auto* body = e.body.template get_if<Event>())
            if (!holds(e, *body)) return false;
    return true;
}
template <class... Events, class V>
[[nodiscard]] bool is_one_of(const audit_event<V>& e) {
    return (e.body.template is<Events>() || ...);
}
template <class V>
[[nodiscard]] bool closes(const audit_event<V>& e) {
    return is_one_of<denied<V>, expired<V>, withdrawn<V>, ended<V>, finished<V>, revoked<V>>(e);
}
template <class V>
[[nodiscard]] const pending<V>* pending_of(const request<V>* r) {
    return r != nullptr ? r->stage.template get_if<pending<V>>() : nullptr;
}

/// Whether a person holds at that instant a role that the gate names and that lets decide.
template <class V>
[[nodiscard]] bool holds_a_role(const tenant<V>& t, const gate<V>& g,
                                const typename V::person_id& who, typename V::time_point at) {
    for (const auto& m : t.settled.members) {
        if (!(m.person == who)) continue;
        for (const auto& h : m.roles) {
            if (h.until && *h.until <= at) continue;
            for (const auto& d : t.settled.roles)
                if (d.role == h.role && d.permits.has(permission::decide) &&
                    std::find(g.roles.begin(), g.roles.end(), d.role) != g.roles.end())
                    return true;
        }
    }
    return false;
}

/// The different people who agreed at a gate; at the one that opens now, of the tenant's only
/// those who still may, and whoever agrees in this step.
template <class V>
[[nodiscard]] std::vector<typename V::person_id> people_for(const step<V>& s, const request<V>& r,
                                                            std::uint32_t number, bool opens_now) {
    const auto& g = r.terms->gates[number];
    std::vector<typename V::person_id> all;
    const auto add = [&](const auto& who) {
        if (opens_now && g.side == side::tenant && !holds_a_role(s.before, g, who, s.at)) return;
        for (const auto& one : all)
            if (V::same_person(one, who)) return;
        all.push_back(who);
    };
    for (const auto& v : r.votes)
        if (v.gate == number) add(v.person);
    if (opens_now) {
        for (const auto& e : s.decided.happened)
            if (e.request == r.id && e.body.template is<approved<V>>()) add(e.actor.person);
    }
    return all;
}

/// Whether people can be dealt out to the clauses from this one on, each filled by one of its
/// quorums, and nobody used twice: every way is tried.
template <class V>
[[nodiscard]] bool can_be_dealt(const step<V>& s, const gate<V>& g,
                                const std::vector<typename V::person_id>& all, std::uint64_t used,
                                std::size_t from) {
    if (from == g.clauses.size()) return true;
    for (const auto& quorum : g.clauses[from].any_of) {
        const gate<V> of_these{g.side, quorum.needed, g.window, quorum.roles};
        for (std::uint64_t chosen = 0; chosen < (std::uint64_t{1} << all.size()); ++chosen) {
            std::uint32_t count = 0;
            bool fits = (chosen & used) == 0;
            for (std::size_t at = 0; at < all.size(); ++at) {
                if (((chosen >> at) & 1U) == 0) continue;
                fits = fits && holds_a_role(s.before, of_these, all[at], s.at);
                ++count;
            }
            if (fits && count == quorum.needed && can_be_dealt(s, g, all, used | chosen, from + 1))
                return true;
        }
    }
    return false;
}

/// Whether so many and such people open a gate; what they held at one that opened before, nobody
/// can see any more.
template <class V>
[[nodiscard]] bool enough(const step<V>& s, const gate<V>& g,
                          const std::vector<typename V::person_id>& people, bool opens_now) {
    return people.size() >= g.needed && (!opens_now || can_be_dealt(s, g, people, 0, 0));
}

/// Whether the customer's word is asked for before this service now.
template <class V>
[[nodiscard]] bool guards(const tenant<V>& t, const typename V::service& service) {
    const auto& free = t.settled.settings.exempted;
    return t.settled.on && std::find(free.begin(), free.end(), service) == free.end();
}

template <class V>
[[nodiscard]] bool access_within_grant(const step<V>& s) {
    bool told = s.decided.allowed != data_class::content;
    const bool within = all_events<accessed<V>>(s, [&](const auto& e, const auto& body) {
        told = true;
        const auto* r = named_in(s.before, e.request);
        bool covered = false;
        each_grant(s.before, [&](const auto& engineer, const auto& g) {
            covered =
                covered || (r != nullptr && g.number == r->number && engineer == e.actor.person &&
                            g.from <= s.at && s.at < g.until && g.scope.covers(body.to));
        });
        return covered && !s.decided.refused && e.actor.acting == capacity::engineer &&
               V::same_person(r->asked->requester, e.actor.person) &&
               r->stage.template is<active<V>>();
    });
    return within && told;
}

/// Whether the gate where a request waits may be passed in this step.
template <class V>
[[nodiscard]] bool passes_rightly(const step<V>& s, const request<V>* r) {
    const auto* p = pending_of(r);
    return p != nullptr && s.at < p->decide_by &&
           enough(s, r->terms->gates[p->gate], people_for(s, *r, p->gate, true), true);
}
/// Whether a consent is said to have opened the customer's gate of a request in this step; whether
/// rightly, `consents_cover` looks at.
template <class V>
[[nodiscard]] bool uses_consent(const step<V>& s, const request<V>& r) {
    return !all_events<consent_used<V>>(
        s, [&](const auto& e, const auto&) { return e.request != r.id; });
}
template <class V>
[[nodiscard]] bool gates_open_rightly(const step<V>& s) {
    const bool in_time = all_events<approved<V>>(s, [&](const auto& e, const auto& body) {
        const auto* p = pending_of(named_in(s.before, e.request));
        return p != nullptr && p->gate == body.gate && s.at < p->decide_by;
    });
    const bool opened = all_events<gate_opened<V>>(s, [&](const auto& e, const auto& body) {
        const auto* r = named_in(s.before, e.request);
        return passes_rightly(s, r) && r->terms->gates.size() > body.gate &&
               body.decide_by <= s.at + r->terms->gates[body.gate].window;
    });
    const bool asked = all_events<submitted<V>>(s, [&](const auto&, const auto& body) {
        const auto& gates = body.terms->gates;
        return !gates.empty() && gates.front().side == side::provider &&
               (gates.back().side == side::tenant ||
                !guards(s.before, body.asked->scope.service)) &&
               body.decide_by <= s.at + gates.front().window;
    });
    const bool granted = all_events<lockbox::granted<V>>(s, [&](const auto& e, const auto&) {
        const auto* r = named_in(s.before, e.request);
        if (!passes_rightly(s, r)) return false;
        const std::size_t by_itself = uses_consent(s, *r) ? 1 : 0;
        for (std::uint32_t g = 0; g < pending_of(r)->gate; ++g)
            if (!enough(s, r->terms->gates[g], people_for(s, *r, g, false), false)) return false;
        return pending_of(r)->gate + 1 + by_itself == r->terms->gates.size() &&
               (r->terms->gates.back().side == side::tenant ||
                !guards(s.before, r->asked->scope.service));
    });
    return in_time && opened && asked && granted;
}

template <class V>
[[nodiscard]] bool asked_stays(const step<V>& s) {
    std::size_t fresh = 0;
    for (const auto& r : s.after.open) {
        if (const auto* old = numbered(s.before, r.number)) {
            if (!(old->asked == r.asked) || !(old->id == r.id)) return false;
        } else if (++fresh > 1 || r.number != s.before.submissions + 1) {
            return false;
        }
    }
    return all_events<submitted<V>>(s, [&](const auto& e, const auto& body) {
        const auto* r = named_in(s.after, e.request);
        return r != nullptr && r->asked == body.asked && r->number == body.number &&
               V::same_person(body.asked->requester, e.actor.person);
    });
}

template <class V>
[[nodiscard]] bool grants_no_more(const step<V>& s) {
    return all_events<granted<V>>(s, [&](const auto& e, const auto& body) {
        const auto* r = named_in(s.before, e.request);
        if (r == nullptr) return false;
        const auto left = [&](const narrowing<V>& n) {
            return (!n.scope || body.scope.within(*n.scope)) &&
                   (!n.duration || body.until - body.from <= *n.duration);
        };
        const auto* now = s.what.body.template get_if<approve<V>>();
        return body.scope.within(r->asked->scope) && body.from >= s.at && body.until > body.from &&
               body.until - body.from <= (std::min)(r->asked->duration, r->terms->longest_access) &&
               (!r->narrowed || left(*r->narrowed)) && (now == nullptr || left(now->narrowed));
    });
}

template <class V>
[[nodiscard]] bool different_people(const step<V>& s) {
    return all_events<approved<V>>(s, [&](const auto& e, const auto& body) {
        const auto* r = named_in(s.before, e.request);
        if (r == nullptr || V::same_person(r->asked->requester, e.actor.person)) return false;
        for (const auto& v : r->votes)
            if (V::same_person(v.person, e.actor.person)) return false;
        return r->terms->gates.size() > body.gate &&
               r->terms->gates[body.gate].side == side_of(e.actor.acting);
    });
}

}  // namespace testing::eyes
}  // namespace v0
}  // namespace lockbox
