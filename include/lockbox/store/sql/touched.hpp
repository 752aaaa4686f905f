// Which requests a change touches, and how each stands after it: what its row is to say.
#pragma once

#include <algorithm>

#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace sql {

/// A request that a change touches: its last event there, and what all of them make of it.
template <class V>
struct touched {
    const audit_event<V>* last = nullptr;
    bool fresh = false;                ///< submitted in this change
    const request<V>* open = nullptr;  ///< in the state after the change; null once closed
    request_summary<V> summary{};
};

template <class... Events>
[[nodiscard]] bool is_any(const auto& body) {
    return (body.template is<Events>() || ...);
}

/// Whether an event changes the row of its request: others only speak of it.
template <class V>
[[nodiscard]] bool changes_request(const event_body<V>& body) {
    return is_any<submitted<V>, terms_tightened<V>, approved<V>, gate_opened<V>, consent_used<V>,
                  granted<V>, denied<V>, asked<V>, answered<V>, reminded<V>, withdrawn<V>,
                  finished<V>, revoked<V>, expired<V>, ended<V>>(body);
}

/// Tells by its state what `summarise` makes of all the events of an open request.
template <class V>
void stand(request_summary<V>& summary, const request<V>& open) {
    const auto* waits = open.stage.template get_if<pending<V>>();
    summary.status = waits ? status::pending : status::active;
    summary.gate = std::nullopt;
    if (waits) summary.gate = open.terms->gates[waits->gate].side;
    summary.over = open.over_at();
}

/// The requests that a change touches, each once.
template <class V>
[[nodiscard]] vector<touched<V>> touched_by(const change<V>& one) {
    vector<const audit_event<V>*> events;
    for (const auto& event : one.events)
        if (event.request && changes_request<V>(event.body)) events.push_back(&event);
    std::ranges::stable_sort(
        events, {}, [](const auto* e) -> const auto& { return *e->request; });
    vector<touched<V>> all;
    for (const auto* event : events) {
        if (all.empty() || all.back().last->request != event->request) all.emplace_back();
        auto& request = all.back();
        request.last = event;
        request.fresh = request.fresh || event->body.template is<submitted<V>>();
        summarise(request.summary, *event);
    }
    for (auto& request : all) {
        request.open = find_unclosed(*one.after, *request.last->request);
        if (request.open != nullptr) stand(request.summary, *request.open);
    }
    return all;
}

/// The grant that an open request has, once it has one.
template <class V>
[[nodiscard]] optional<grant<V>> grant_of(const tenant<V>& in, const request<V>& open) {
    const auto* of = find_ordered(in.grants, open.asked->requester, &engineer_grants<V>::engineer);
    const auto* found = of ? find_ordered(of->grants, open.number, &grant<V>::number) : nullptr;
    return found ? optional{*found} : std::nullopt;
}

}  // namespace sql
}  // namespace v0
}  // namespace lockbox
