// What a tick records: all that time has made true, and nothing else (K2).
#pragma once

#include <lockbox/rules/proposing.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// Since when there is something to record of a request: its end, once it is over. Before that, one
/// reminder for all that are due: the newest.
template <class V>
[[nodiscard]] typename V::time_point due_since(const request<V>& r, typename V::time_point at) {
    const auto* waits = r.stage.template get_if<pending<V>>();
    return waits != nullptr && at < waits->decide_by ? waits->due_since(at) : r.over_at();
}

/// Records it. A reminder escalates if any of those that are due does: so nobody gets several at
/// once, and no escalation is lost.
template <class V>
void record_due(moment<V>& m, const request<V>& r) {
    const auto since = due_since(r, m.at);
    const auto* waits = r.stage.template get_if<pending<V>>();
    if (waits == nullptr) {
        m.say(r, ended<V>{since}).told = told_of_outcome(r);
    } else if (m.at >= waits->decide_by) {
        m.say(r, expired<V>{since}).told = told_it_failed(m, r);
    } else {
        const bool escalated = waits->escalates(m.at);
        m.say(r, reminded<V>{waits->gate, since, waits->decide_by, escalated}).told =
            told_again(m, r, waits->gate, escalated);
    }
}

/// Nobody agreed in time (S9).
template <class V>
void record_due(moment<V>& m, const proposed_change<V>& p) {
    m.say(change_lapsed<V>{p.number, p.proposer, p.decide_by}).told = told_the_proposer(m, p);
}

/// Records what time made true, in the order in which it became so; at one instant requests come
/// before proposals (K2).
template <class V>
[[nodiscard]] maybe record_overdue(moment<V>& m) {
    struct overdue {
        typename V::time_point since{};
        const request<V>* asked = nullptr;
        const proposed_change<V>* proposed = nullptr;
    };
    vector<overdue> due;
    for (const auto& r : m.tenant.open)
        if (m.at >= r.due_at()) due.push_back({due_since(r, m.at), &r, nullptr});
    for (const auto& p : m.settled().proposals)
        if (m.at >= p.decide_by) due.push_back({p.decide_by, nullptr, &p});
    sort(due, [](const overdue& a, const overdue& b) { return a.since < b.since; });
    for (const auto& one : due)
        one.asked != nullptr ? record_due(m, *one.asked) : record_due(m, *one.proposed);
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
