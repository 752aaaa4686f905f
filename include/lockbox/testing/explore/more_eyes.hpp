// The eyes that look at a request's course, and at what stays after it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/eyes.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::eyes {

/// Whether an event speaks of a request's course, and not only of an attempt that was refused.
template <class V>
[[nodiscard]] bool is_about_course(const audit_event<V>& e) {
    return e.request && !is_one_of<refused<V>, throttled<V>, access_refused<V>>(e);
}

template <class V>
[[nodiscard]] bool ends_once(const step<V>& s) {
    const auto& all = s.decided.happened;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (!is_about_course(all[at])) continue;
        if (!all[at].body.template is<submitted<V>>() &&
            named_in(s.before, all[at].request) == nullptr)
            return false;
        if (!closes(all[at])) continue;
        if (named_in(s.after, all[at].request) != nullptr) return false;
        for (auto later = at + 1; later < all.size(); ++later)
            if (is_about_course(all[later]) && all[later].request == all[at].request) return false;
    }
    for (const auto& r : s.before.open) {
        if (numbered(s.after, r.number) != nullptr) continue;
        if (std::none_of(all.begin(), all.end(),
                         [&](const auto& e) { return e.request == r.id && closes(e); }))
            return false;
    }
    return true;
}

/// Whether an event may happen to a request at its stage.
template <class V>
[[nodiscard]] bool may_follow(const request<V>& r, const audit_event<V>& e) {
    if (r.stage.template is<active<V>>())
        return is_one_of<accessed<V>, finished<V>, revoked<V>, ended<V>>(e);
    if (e.body.template is<finished<V>>()) return r.asked->drill;
    return is_one_of<approved<V>, gate_opened<V>, consent_used<V>, denied<V>, asked<V>, answered<V>,
                     reminded<V>, withdrawn<V>, expired<V>, terms_tightened<V>>(e) ||
           (e.body.template is<granted<V>>() && !r.asked->drill);
}

/// Where a request stands after a step is where its events led it, and only those about it.
template <class V>
[[nodiscard]] bool stands_where_led(const step<V>& s, const request<V>& old,
                                    const request<V>& now) {
    const auto* from = pending_of(&old);
    auto gate = from != nullptr ? from->gate : 0;
    bool is_active = from == nullptr;
    for (const auto& e : s.decided.happened) {
        if (e.request != old.id) continue;
        if (e.body.template is<gate_opened<V>>()) ++gate;
        if (e.body.template is<granted<V>>()) is_active = true;
    }
    const auto* to = pending_of(&now);
    return is_active ? to == nullptr : to != nullptr && to->gate == gate;
}

template <class V>
[[nodiscard]] bool follows_the_diagram(const step<V>& s) {
    optional<typename V::request_id> meant;
    s.what.body.match([&](const auto& c) {
        if constexpr (requires { c.request; }) meant = c.request;
    });
    for (const auto& e : s.decided.happened) {
        if (!is_about_course(e)) continue;
        if (meant && e.request != meant) return false;
        const auto* r = named_in(s.before, e.request);
        if (r != nullptr && !may_follow(*r, e)) return false;
        const bool by_time = is_one_of<expired<V>, ended<V>>(e);
        if (r != nullptr && by_time != (r->over_at() <= s.at)) return false;
    }
    for (const auto& r : s.before.open)
        if (const auto* now = numbered(s.after, r.number); now != nullptr)
            if (!stands_where_led(s, r, *now)) return false;
    return true;
}

/// A reminder comes once, by a tick, at a gate that still waits; nothing else of the request moves.
template <class V>
[[nodiscard]] bool reminders_move_nothing(const step<V>& s) {
    return all_events<reminded<V>>(s, [&](const auto& e, const auto& body) {
        const auto* before = named_in(s.before, e.request);
        const auto* after = named_in(s.after, e.request);
        const auto* waited = pending_of(before);
        const auto* waits = pending_of(after);
        if (waited == nullptr || waits == nullptr || !s.what.body.template is<tick<V>>())
            return false;
        if (s.at >= waited->decide_by || body.since > s.at || body.since <= waited->opened)
            return false;
        auto like = *waits;
        like.reminders = waited->reminders;
        like.escalation = waited->escalation;
        return like == *waited && waits->due_at() > s.at && after->votes == before->votes &&
               after->terms == before->terms && after->narrowed == before->narrowed;
    });
}

template <class V>
[[nodiscard]] bool customer_agreed(const step<V>& s) {
    return all_events<accessed<V>>(s, [&](const auto& e, const auto& body) {
        if (!guards(s.before, body.to.service)) return true;
        const auto* r = named_in(s.before, e.request);
        if (r == nullptr) return false;
        for (std::uint32_t g = 0; g < r->terms->gates.size(); ++g)
            if (r->terms->gates[g].side == side::tenant)
                return r->consent != 0 ||
                       people_for(s, *r, g, false).size() >= r->terms->gates[g].needed;
        return false;
    });
}

template <class V>
[[nodiscard]] bool grants_only_shrink(const step<V>& s) {
    bool holds = true;
    each_grant(s.after, [&](const auto& engineer, const auto& g) {
        bool known = false;
        each_grant(s.before, [&](const auto& before, const auto& old) {
            if (old.number != g.number) return;
            known = true;
            holds = holds && before == engineer && g.until <= old.until && g.from >= old.from &&
                    g.scope.within(old.scope);
        });
        const auto* r = numbered(s.after, g.number);
        holds = holds && r != nullptr && r->stage.template is<active<V>>();
        if (r == nullptr || known) return;
        holds = holds && all_events<granted<V>>(s, [&](const auto& e, const auto& body) {
                    return e.request != r->id ||
                           (body.from == g.from && body.until == g.until && body.scope == g.scope);
                });
    });
    return holds;
}

/// Whether nobody has more after a step: no new grant, no gate passed, no terms loosened.
template <class V>
[[nodiscard]] bool gives_nothing(const step<V>& s) {
    bool holds = true;
    each_grant(s.after, [&](const auto&, const auto& g) {
        bool known = false;
        each_grant(s.before, [&](const auto&, const auto& old) { known = known || old == g; });
        holds = holds && known;
    });
    for (const auto& r : s.after.open) {
        const auto* old = numbered(s.before, r.number);
        const auto* was = pending_of(old);
        const auto* is = pending_of(&r);
        if (is == nullptr ? was != nullptr : was == nullptr || is->gate != was->gate) return false;
        if (is == nullptr) continue;
        if (is->decide_by > was->decide_by || r.votes.size() > old->votes.size()) return false;
        const auto& gates = old->terms->gates;
        if (r.terms->gates.size() < gates.size()) return false;
        if (r.terms->longest_access > old->terms->longest_access) return false;
        for (std::size_t g = 0; g < gates.size(); ++g)
            if (r.terms->gates[g].needed < gates[g].needed ||
                r.terms->gates[g].window > gates[g].window)
                return false;
    }
    return holds;
}

template <class V>
[[nodiscard]] bool stricter_gives_nothing(const step<V>& s) {
    for (const auto& e : s.decided.happened)
        if (is_one_of<denied<V>, revoked<V>, frozen<V>, turned_on<V>, terms_tightened<V>,
                      settings_changed<V>, role_ended<V>, consent_withdrawn<V>>(e))
            return gives_nothing(s);
    return true;
}

template <class V>
[[nodiscard]] bool turning_off_releases_nobody(const step<V>& s) {
    return all_events<turned_off<V>>(s, [&](const auto&, const auto&) {
        for (const auto& r : s.before.open) {
            const auto* now = numbered(s.after, r.number);
            if (now == nullptr || !(now->terms == r.terms) || !(now->stage == r.stage))
                return false;
        }
        return s.after.open.size() == s.before.open.size() && s.after.grants == s.before.grants;
    });
}

/// A clock that stands further behind the log than the tenant tolerates opens and allows nothing.
template <class V>
[[nodiscard]] bool late_clock_opens_nothing(const step<V>& s) {
    if (s.now >= s.before.last - s.before.settled.settings.limits.clock_tolerance) return true;
    return std::none_of(s.decided.happened.begin(), s.decided.happened.end(), [](const auto& e) {
        return is_one_of<submitted<V>, approved<V>, gate_opened<V>, granted<V>, accessed<V>,
                         freeze_lifted<V>, consent_given<V>, turned_off<V>, role_assigned<V>,
                         change_agreed<V>>(e);
    });
}

template <class V>
[[nodiscard]] bool freeze_closes_all(const step<V>& s) {
    const bool nothing_new = all_events<submitted<V>>(
        s, [&](const auto&, const auto&) { return !s.before.settled.frozen; });
    return nothing_new && all_events<frozen<V>>(s, [&](const auto&, const auto&) {
               return std::none_of(s.after.open.begin(), s.after.open.end(),
                                   [&](const auto& r) { return s.at < r.over_at(); });
           });
}

}  // namespace testing::eyes
}  // namespace v0
}  // namespace lockbox
