// Consents: how they are given and withdrawn, and which of them opens a gate as it opens (G8).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <lockbox/rules/audience.hpp>
#include <lockbox/rules/clauses.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Whether a rule covers all that is asked, with the whole time of the access.
template <class V>
[[nodiscard]] bool covers(const consent_rule<V>& rule, const submission<V>& asked,
                          typename V::time_point at) {
    const auto from = (std::max)(at, asked.start.value_or(at));
    return asked.scope.within(rule.scope) && contains(rule.reasons, asked.reason) &&
           asked.duration <= rule.longest && from + asked.duration <= rule.until;
}

/// Whether the authors' word, given ahead, is what this gate asks for, as if they approved now. No
/// one of them is the requester or has a say at another gate (G2, G3, V5). `passing`: who decides
/// there in this very command.
template <class V>
[[nodiscard]] bool stands_for(const settled<V>& s, const given_consent<V>& c, const request<V>& r,
                              std::uint32_t gate, const typename V::person_id& passing,
                              typename V::time_point at) {
    const auto& waits = r.terms->gates[gate];
    count_at<V> count{s, waits, at};
    for (const auto& author : c.authors) {
        const bool apart = !V::same_person(author, r.asked->requester) &&
                           !V::same_person(author, passing) && !has_voted(r, author);
        if (!apart || !is_approver(s, waits, author, at)) return false;
        count.add(author);
    }
    return open_at(waits.hours, at) && count.opens();
}

/// The consent that opens this gate by itself, the oldest of several; null when people must decide.
template <class V>
[[nodiscard]] const given_consent<V>* consent_to(const moment<V>& m, const request<V>& r,
                                                 std::uint32_t gate) {
    const bool never = m.settled().frozen || r.asked->drill || r.terms->no_consents ||
                       r.terms->gates[gate].side != side::tenant;
    if (never) return nullptr;
    for (const auto& c : m.settled().consents)
        if (is_live(m.settled(), c, m.at) && covers(c.rule, *r.asked, m.at) &&
            stands_for(m.settled(), c, r, gate, m.person(), m.at))
            return &c;
    return nullptr;
}

/// The body of a consent, its fields in order.
template <class V>
[[nodiscard]] maybe may_be_given(const moment<V>& m, const consent_rule<V>& rule) {
    if (rule.scope.empty()) return no(ground::missing, field::scope);
    if (auto why = may_be_so_wide<V>(rule.scope, m.settings().limits)) return why;
    if (rule.reasons.empty()) return no(ground::missing, field::reason);
    if (rule.reasons.size() > most_consent_reasons)
        return no(ground::too_long, field::reason, most_consent_reasons);
    if (auto why = within(access_bounds, rule.longest, field::duration)) return why;
    if (rule.until <= m.at || rule.until > m.at + longest_consent)
        return no(ground::out_of_range, field::until, in_ms(longest_consent));
    return {};
}

template <class V>
[[nodiscard]] maybe give_consent(moment<V>& m, const consent<V>& c,
                                 const proposed_change<V>* agreed = nullptr) {
    if (!m.settings().consents) return no(ground::no_consents);
    if (auto why = may_be_given(m, c.rule)) return why;
    std::size_t standing = 0;
    for (const auto& each : m.settled().consents) standing += m.at < each.rule.until ? 1U : 0U;
    if (standing >= most_consents) return no(ground::too_long, field::consent, most_consents);
    const auto number = m.settled().consents_given + 1;
    vector<typename V::person_id> authors{m.person()};
    if (agreed != nullptr) insert_at(authors, 0, typename V::person_id{agreed->proposer});
    m.say(consent_given<V>{number, c.rule, std::move(authors)}).told = told_who_decide(m);
    return {};
}

/// Revokes the live access that consents such as these opened.
template <class V, class Such>
void revoke_opened_by(moment<V>& m, Such such) {
    for (const auto& r : m.tenant.open)
        if (m.at < r.over_at() && r.stage.template is<active<V>>() && r.consent != 0 &&
            such(r.consent))
            m.say(r, revoked<V>{cause::consent_withdrawn, {}}).told = told_of_outcome(r);
}

/// One that ended before its time can be withdrawn, too: for the access that it opened.
template <class V>
[[nodiscard]] maybe take_consent_back(moment<V>& m, const withdraw_consent<V>& c) {
    const auto* found = find_by(m.settled().consents, c.number, &given_consent<V>::number);
    if (found == nullptr || m.at >= found->rule.until) return no(ground::not_open, field::consent);
    m.say(consent_withdrawn<V>{c.number}).told = told_who_decide(m);
    revoke_opened_by(m, [&](std::uint64_t number) { return number == c.number; });
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
