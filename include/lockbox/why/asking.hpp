// What `engine.why` looks up before it explains: whether the reader may see the request, its
// history once it is closed, and the grants of an engineer that have ended.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include <lockbox/engine.hpp>
#include <lockbox/why/closed_request.hpp>
#include <lockbox/why/refused.hpp>

namespace lockbox {
inline namespace v0 {
namespace explaining {

/// What a request's steps tell of its end, page by page, up to its submission.
template <class V, class Store>
[[nodiscard]] outcome<request_history<V>> history_of(Store& store, log_query<V> steps) {
    request_history<V> told;
    steps.limit = largest_page;
    while (!told.whole()) {
        auto page = store.search(steps);
        if (!page) return tl::unexpected{std::move(page).error()};
        for (const auto& event : page->entries) told.take(event);
        if (!page->next) break;
        steps.before = page->next;
    }
    return told;
}

/// How many of an engineer's newest requests are looked through for a grant that has ended.
inline constexpr std::uint32_t requests_looked_at = 20;

/// The newest grants of an engineer that have ended as of `query.at`.
template <class V, class Store>
[[nodiscard]] outcome<vector<ended_grant<V>>> grants_over(Store& store, request_query<V> query) {
    query.limit = requests_looked_at;
    auto found = store.requests(query);
    if (!found) return tl::unexpected{std::move(found).error()};
    vector<ended_grant<V>> over;
    for (const auto& one : found->entries) {
        const bool had_access = one.status == status::ended || one.status == status::finished ||
                                one.status == status::revoked;
        if (one.drill || !had_access) continue;
        log_query<V> steps;
        steps.tenant = query.tenant;
        steps.item = one.id;
        steps.activity = std::string{granted<V>::name};
        auto page = store.search(steps);
        if (!page) return tl::unexpected{std::move(page).error()};
        for (const auto& event : page->entries)
            if (const auto* grant = event.body.template get_if<granted<V>>())
                over.push_back({one.id, grant->scope, one.status, one.over});
    }
    return over;
}

}  // namespace explaining

/// Why a request of this tenant is where it is, or what became of it, as far as the reader sees it:
/// whoever may not, and who asks for what is not there, are answered alike (S10, K2, T22).
template <class V, class Store>
[[nodiscard]] reading<explanation<V>> why_request(Store& store, const tenant<V>& t,
                                                  const typename V::request_id& item,
                                                  typename V::time_point at,
                                                  const actor<V>& reader) {
    const auto failed = [](failure how) {
        return tl::unexpected{denied_reading{{}, std::move(how)}};
    };
    const auto hidden =
        tl::unexpected{denied_reading{refusal{ground::not_open, field::request, 0, {}}, {}}};
    request_query<V> listing;
    listing.tenant = t.id;
    listing.at = at;
    listing.item = item;
    if (auto why = may_list(t, reader, listing))
        return tl::unexpected{denied_reading{*std::move(why), {}}};
    auto seen = store.requests(listing);
    if (!seen) return failed(std::move(seen).error());
    if (side_of(reader.acting) == side::provider) hide_drillers(seen->entries, listing.engineer);
    if (seen->entries.empty()) return hidden;
    if (const auto* r = find_open(t, item, at)) return why_open(t, *r, at, reader);
    log_query<V> steps;
    steps.tenant = t.id;
    steps.item = item;
    auto told = explaining::history_of(store, std::move(steps));
    if (!told) return failed(std::move(told).error());
    auto closed = why_closed(t, item, *told, at, reader);
    if (!closed) return hidden;  // in the log it goes on: `t` is older
    return *std::move(closed);
}

/// Why a command was refused at this tenant; of an access, also by which grants that have ended.
template <class V, class Store>
[[nodiscard]] outcome<explanation<V>> why_command(Store& store, const tenant<V>& t,
                                                  const command<V>& what,
                                                  typename V::time_point now,
                                                  const refusal& refused) {
    vector<ended_grant<V>> over;
    if (t.sequence != 0 && what.body.template is<access<V>>() &&
        what.actor.acting == capacity::engineer) {
        request_query<V> query;
        query.tenant = t.id;
        query.at = (std::max)(now, t.last);
        query.engineer = what.actor.person;
        auto found = explaining::grants_over(store, std::move(query));
        if (!found) return tl::unexpected{std::move(found).error()};
        over = *std::move(found);
    }
    return why_refused(t, what, now, refused, over);
}

/// Why somebody may not read something: a log that is hidden, a request that is not there for him,
/// or a permission that he lacks (L3, K2, S10).
template <class V>
[[nodiscard]] explanation<V> why_unread(const tenant<V>& t, const actor<V>& reader,
                                        typename V::time_point at, const refusal& why) {
    if (why.why == ground::not_open) return explaining::of_refusal<V>(rule::k2, why);
    auto e = explaining::of_refusal<V>(rule::s10, why);
    if (why.about != field::audit_visible) return e;
    e.rule = rule::l3;
    const explaining::view<V> seen{t, at, reader};
    e.next.push_back(seen.by_member(deed::set_audit_visibility, permission::configure));
    return e;
}

}  // namespace v0
}  // namespace lockbox
