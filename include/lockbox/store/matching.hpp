// What a search finds, said once: which events match a query of the log, which requests one of the
// requests, and how large a page is. A store that asks an index instead must find the same.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>

namespace lockbox {
inline namespace v0 {

/// How many entries a page of this limit holds at the most: at least one, so that paging always
/// comes to its end.
[[nodiscard]] constexpr std::uint32_t page_size(std::uint32_t limit) {
    return std::clamp(limit, std::uint32_t{1}, largest_page);
}

/// Whether an event of the query's tenant is one that it asks for (L3).
template <class V>
[[nodiscard]] bool matches(const log_query<V>& query, const audit_event<V>& event) {
    return (!query.before || event.sequence < *query.before) &&
           (!query.from || event.at >= *query.from) && (!query.until || event.at < *query.until) &&
           (!query.person || event.actor.person == *query.person) &&
           (!query.item || event.request == query.item) &&
           (!query.case_number || event.case_number == query.case_number) &&
           (!query.activity || name_of<V>(event.body) == *query.activity);
}

/// Whether a request of the query's tenant, as of the query's instant, is one that it asks for
/// (L2).
template <class V>
[[nodiscard]] bool matches(const request_query<V>& query, const request_summary<V>& request) {
    return (!query.before || request.number < *query.before) &&
           (!query.status || request.status == *query.status) &&
           (!query.gate || request.gate == query.gate) &&
           (!query.case_number || request.case_number == *query.case_number) &&
           (!query.engineer || request.engineer == *query.engineer) &&
           (!query.item || request.id == *query.item) &&
           (!query.from || request.submitted >= *query.from) &&
           (!query.until || *query.until > request.submitted);
}

/// The page that a query asks for, of entries that stand in the order of their numbers: walks from
/// the end; `show` is what of an entry is matched and returned.
template <class T, class Query, class Show>
[[nodiscard]] page<T> newest(const vector<T>& all, const Query& query, std::uint64_t T::*number,
                             Show show) {
    page<T> found;
    for (auto index = all.size(); index-- > 0;) {
        const auto& shown = show(all[index]);
        if (!matches(query, shown)) continue;
        if (found.entries.size() == page_size(query.limit)) {
            found.next = found.entries.back().*number;
            break;
        }
        found.entries.push_back(shown);
    }
    return found;
}
template <class V>
[[nodiscard]] page<audit_event<V>> newest(const vector<audit_event<V>>& log,
                                          const log_query<V>& query) {
    return newest(
        log, query, &audit_event<V>::sequence,
        [](const auto& event) -> const auto& { return event; });
}
template <class V>
[[nodiscard]] page<request_summary<V>> newest(const vector<request_summary<V>>& requests,
                                              const request_query<V>& query) {
    return newest(requests, query, &request_summary<V>::number,
                  [&](const auto& request) { return as_of(request, query.at); });
}

/// When the first of a tenant's proposals lapses; nothing when none waits.
template <class V>
[[nodiscard]] optional<typename V::time_point> first_lapse(const settled<V>& s) {
    optional<typename V::time_point> first;
    for (const auto& one : s.proposals)
        if (!first || one.decide_by < *first) first = one.decide_by;
    return first;
}
/// When the first of a tenant's open requests is due, or of its proposals; nothing when none is.
template <class V>
[[nodiscard]] optional<typename V::time_point> first_due(const tenant<V>& t) {
    auto first = first_lapse(t.settled);
    for (const auto& r : t.open)
        if (!first || r.due_at() < *first) first = r.due_at();
    return first;
}

/// A tenant with something due.
template <class V>
struct overdue {
    typename V::time_point since{};
    typename V::tenant_id tenant{};
};

/// At most so many of these tenants, those first that wait longest.
template <class V>
[[nodiscard]] vector<typename V::tenant_id> longest_overdue(vector<overdue<V>> over,
                                                            std::uint32_t limit) {
    sort(over, [](const auto& a, const auto& b) { return a.since < b.since; });
    vector<typename V::tenant_id> tenants;
    for (auto& one : over)
        if (tenants.size() < limit) tenants.push_back(std::move(one.tenant));
    return tenants;
}

/// Whether `event` is the first of its command, given the one before it in the same change, or
/// null. Only that one bears the command's id in an index (V8).
template <class V>
[[nodiscard]] bool begins_command(const audit_event<V>& event, const audit_event<V>* before) {
    return event.command &&
           (!before || before->command != event.command || !(before->actor == event.actor));
}

/// Whether a change is one at all: it names the state after it, and its events lead from `version`
/// to that state without gaps. A store that is given anything else writes nothing: `internal`.
template <class V>
[[nodiscard]] bool hangs_together(const change<V>& one) {
    if (!one.after || one.after->sequence != one.version + one.events.size()) return false;
    std::uint64_t next = one.version;
    for (const auto& event : one.events)
        if (event.sequence != ++next || event.tenant != one.after->id) return false;
    return true;
}

}  // namespace v0
}  // namespace lockbox
