// What a search finds, said once: which events match a query of the log, which requests one of the
// requests, and how large a page is. A store that asks an index instead must find the same.
#pragma once

#include <algorithm>
#include <cstdint>

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
           (!query.gate || request.gate == query.gate) &&
           (!query.case_number || request.case_number == *query.case_number) &&
           (!query.engineer || request.engineer == *query.engineer) &&
           (!query.item || request.id == *query.item) &&
           (!query.from || request.submitted >= *query.from) &&
           (!query.until || *query.until > request.submitted);
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
