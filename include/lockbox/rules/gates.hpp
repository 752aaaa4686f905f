// At a gate: who may decide, when it opens, what may be narrowed, and the questions asked there.
#pragma once

#include <algorithm>
#include <cstdint>

#include <lockbox/evolve.hpp>
#include <lockbox/rules/audience.hpp>
#include <lockbox/rules/clauses.hpp>
#include <lockbox/rules/consents.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Whether the actor has a say at the gate where the request waits: on its side, holding
/// an asked-for role now, not the requester, with no vote at another gate of it (G2, V5).
template <class V>
[[nodiscard]] maybe has_a_say(const moment<V>& m, const request<V>& r, const pending<V>& p) {
    const auto& gate = r.terms->gates[p.gate];
    if (side_of(m.command.actor.acting) != gate.side) return no(ground::not_allowed);
    const bool holds = gate.side != side::tenant ||
                       (m.member != nullptr && is_approver(m.settled(), gate, *m.member, m.at));
    if (!holds) return no(ground::not_allowed);
    const bool apart = !V::same_person(m.person(), r.asked->requester) &&
                       !decided_elsewhere(r, p.gate, m.person());
    return apart ? maybe{} : no(ground::same_person);
}

/// The same, with no vote at this gate yet (G2).
template <class V>
[[nodiscard]] maybe may_decide(const moment<V>& m, const request<V>& r, const pending<V>& p) {
    if (auto why = has_a_say(m, r, p)) return why;
    return has_voted(r, m.person()) ? no(ground::already_voted) : maybe{};
}

/// Whether the gate opens with the votes that count now and one more, the actor's: a manager's vote
/// counts as cast, a member's while the role is held (G3).
template <class V>
[[nodiscard]] bool opens_with_this_vote(const moment<V>& m, const request<V>& r,
                                        const pending<V>& p) {
    const auto& gate = r.terms->gates[p.gate];
    count_at<V> count{m.settled(), gate, m.at};
    for (const auto& v : r.votes) {
        if (v.gate != p.gate) continue;
        if (gate.side == side::provider || is_approver(m.settled(), gate, v.person, m.at))
            count.add(v.person);
    }
    count.add(m.person());
    return count.opens();
}

/// Whether an approval asks for no more than was asked, and leaves something (G7).
template <class V>
[[nodiscard]] maybe may_narrow(const moment<V>& m, const request<V>& r,
                               const narrowing<V>& wanted) {
    if (wanted.scope)
        if (auto why = may_be_so_wide<V>(*wanted.scope, m.settings().limits)) return why;
    if (wanted.scope && !wanted.scope->within(r.asked->scope))
        return no(ground::widens, field::scope);
    if (wanted.duration && *wanted.duration > r.asked->duration) {
        return no(ground::widens, field::duration, in_ms(r.asked->duration));
    }
    if (wanted.empty()) return {};
    const auto left = narrowed_further(r.narrowed.value_or(narrowing<V>{}), wanted);
    if (left.scope && left.scope->empty()) return no(ground::narrows_to_nothing, field::scope);
    if (left.duration && *left.duration <= duration_of<V>::zero()) {
        return no(ground::narrows_to_nothing, field::duration);
    }
    return {};
}

/// Access begins: now or at the asked-for start, with the meet of what was asked and
/// every narrowing, for no longer than the cap (G7, G9, V4, T32).
template <class V>
void open_access(moment<V>& m, const request<V>& r, const narrowing<V>& last) {
    auto left = last;
    if (r.narrowed) left = narrowed_further(*r.narrowed, last);
    const auto length = (std::min)(
        {r.asked->duration, left.duration.value_or(r.asked->duration), r.terms->longest_access});
    const auto from = (std::max)(m.at, r.asked->start.value_or(m.at));
    m.say(r, granted<V>{left.scope ? *left.scope : r.asked->scope, from, from + length}).told =
        told_it_is_settled(m, r);
}

/// The next gate opens, and access with it where a consent covers the request (G8).
template <class V>
void open_gate(moment<V>& m, const request<V>& r, std::uint32_t next, const narrowing<V>& last) {
    const auto* by = consent_to(m, r, next);
    const gate_opened<V> opened{next, m.at + r.terms->gates[next].window};
    if (by == nullptr) {
        m.say(r, opened).told = told_of_gate(m, r, next);
        return;
    }
    m.say(r, opened);
    m.say(r, consent_used<V>{next, by->number}).told = told_of_gate(m, r, next);
    open_access(m, r, last);
}

/// The gate where the request waits has all its votes: the next one opens, or access does.
template <class V>
void pass_gate(moment<V>& m, const request<V>& r, const pending<V>& p, const narrowing<V>& last) {
    const auto next = p.gate + 1;
    if (next < r.terms->gates.size()) {
        open_gate(m, r, next, last);
    } else if (r.asked->drill) {
        m.say(r, finished<V>{cause::drill}).told = told_it_is_settled(m, r);
    } else {
        open_access(m, r, last);
    }
}

template <class V>
[[nodiscard]] maybe comment_given(const request<V>& r, const typename V::text& comment) {
    const bool lacking = r.terms->comment_required && is_blank(comment);
    return lacking ? no(ground::comment_required, field::comment) : maybe{};
}

template <class V>
[[nodiscard]] maybe vote_for(moment<V>& m, const approve<V>& c, const request<V>& r,
                             const pending<V>& p) {
    if (auto why = may_decide(m, r, p)) return why;
    if (!open_at(r.terms->gates[p.gate].hours, m.at))
        return no(ground::outside_hours, field::hours);
    if (auto why = comment_given(r, c.comment)) return why;
    if (auto why = may_narrow(m, r, c.narrowed)) return why;
    m.say(r, approved<V>{p.gate, c.comment, c.narrowed});
    if (opens_with_this_vote(m, r, p)) pass_gate(m, r, p, c.narrowed);
    return {};
}

template <class V>
[[nodiscard]] maybe vote_against(moment<V>& m, const deny<V>& c, const request<V>& r,
                                 const pending<V>& p) {
    if (auto why = may_decide(m, r, p)) return why;
    if (auto why = comment_given(r, c.comment)) return why;
    m.say(r, denied<V>{p.gate, cause::person, c.comment}).told = told_it_failed(m, r);
    return {};
}

/// A question is no decision and moves no deadline (G4).
template <class V>
[[nodiscard]] maybe put_question(moment<V>& m, const ask<V>& c, const request<V>& r,
                                 const pending<V>& p) {
    if (auto why = has_a_say(m, r, p)) return why;
    if (p.awaits_answer) return no(ground::question_open);
    if (is_blank(c.question)) return no(ground::missing, field::question);
    if (p.rounds >= m.settings().limits.rounds) {
        return no(ground::out_of_range, field::question, m.settings().limits.rounds);
    }
    m.say(r, asked<V>{c.question}).told = {{audience::engineer, r.asked->requester, {}}};
    return {};
}

template <class V>
[[nodiscard]] maybe give_answer(moment<V>& m, const answer<V>& c, const request<V>& r,
                                const pending<V>& p) {
    if (!p.awaits_answer) return no(ground::no_question);
    if (is_blank(c.text)) return no(ground::missing, field::answer);
    m.say(r, answered<V>{c.text}).told = told_of_gate(m, r, p.gate);
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
