// What a tick records: all that time has made true, and nothing else (K2).
#pragma once

#include <lockbox/rules/audience.hpp>
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

/// Records what time made true, in the order in which it became so (K2).
template <class V>
[[nodiscard]] maybe record_overdue(moment<V>& m) {
    vector<const request<V>*> due;
    for (const auto& r : m.tenant.open)
        if (m.at >= r.due_at()) due.push_back(&r);
    sort(due,
         [&](const auto* a, const auto* b) { return due_since(*a, m.at) < due_since(*b, m.at); });
    for (const auto* r : due) record_due(m, *r);
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
