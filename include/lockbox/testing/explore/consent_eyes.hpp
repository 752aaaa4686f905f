// The eyes that look at consents: what they open, and what of them stays.
#pragma once

#include <algorithm>
#include <vector>

#include <lockbox/testing/explore/eyes.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::eyes {

/// Whether the authors could have opened the gate themselves at that instant, beside the one who
/// decides at the gate before it.
template <class V>
[[nodiscard]] bool authors_could_open(const step<V>& s, const request<V>& r,
                                      const given_consent<V>& c, const actor<V>& passing) {
    const auto& gate = r.terms->gates.back();
    std::vector<typename V::person_id> people;
    for (const auto& one : c.authors) {
        if (V::same_person(one, r.asked->requester) || V::same_person(one, passing.person))
            return false;
        for (const auto& vote : r.votes)
            if (V::same_person(vote.person, one)) return false;
        if (!holds_a_role(s.before, gate, one, s.at)) return false;
        people.push_back(one);
    }
    return enough(s, gate, people, true);
}

template <class V>
[[nodiscard]] bool consents_cover(const step<V>& s) {
    const auto& settled = s.before.settled;
    return all_events<consent_used<V>>(s, [&](const auto& e, const auto& body) {
        const auto* r = named_in(s.before, e.request);
        if (r == nullptr || settled.frozen || !settled.settings.consents) return false;
        if (r->asked->drill || r->terms->no_consents || body.gate + 1 != r->terms->gates.size())
            return false;
        const auto* c = find_by(settled.consents, body.number, &given_consent<V>::number);
        if (c == nullptr || c->ended) return false;
        const auto begins = (std::max)(s.at, r->asked->start.value_or(s.at));
        const auto& reasons = c->rule.reasons;
        return r->asked->scope.within(c->rule.scope) && r->asked->duration <= c->rule.longest &&
               begins + r->asked->duration <= c->rule.until &&
               std::find(reasons.begin(), reasons.end(), r->asked->reason) != reasons.end() &&
               authors_could_open(s, *r, *c, e.actor);
    });
}

/// A consent is marked on a request as it opens its gate, and at no other time; access that one
/// opened ends with its withdrawal, and with the setting that lets any stand.
template <class V>
[[nodiscard]] bool withdrawing_revokes(const step<V>& s) {
    for (const auto& r : s.after.open) {
        const auto* old = numbered(s.before, r.number);
        if (r.consent != (old != nullptr ? old->consent : 0) &&
            (old == nullptr || !uses_consent(s, *old)))
            return false;
        if (r.consent == 0 || s.at >= r.over_at()) continue;
        const bool stood =
            find_by(s.before.settled.consents, r.consent, &given_consent<V>::number) != nullptr;
        if (stood &&
            find_by(s.after.settled.consents, r.consent, &given_consent<V>::number) == nullptr)
            return false;
    }
    return true;
}

/// One that ended stays so; whoever may decide no more, after roles changed, has none in force.
template <class V>
[[nodiscard]] bool consents_end_for_good(const step<V>& s) {
    const bool roles_changed =
        std::any_of(s.decided.happened.begin(), s.decided.happened.end(), [](const auto& e) {
            return is_one_of<role_defined<V>, role_assigned<V>, role_ended<V>>(e);
        });
    for (const auto& c : s.after.settled.consents) {
        const auto* old = find_by(s.before.settled.consents, c.number, &given_consent<V>::number);
        if (old != nullptr && (!(c.rule == old->rule) || !(c.authors == old->authors)))
            return false;
        const bool must_be_over =
            old != nullptr &&
            (old->ended || (roles_changed && (!authors_decide(s.before.settled, c, s.at) ||
                                              !authors_decide(s.after.settled, c, s.at))));
        if (must_be_over && !c.ended) return false;
    }
    return true;
}

}  // namespace testing::eyes
}  // namespace v0
}  // namespace lockbox
