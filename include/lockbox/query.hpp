// What can be asked of the past: pages of the log and of the requests, newest first
// and stable (L2, L3).
#pragma once

#include <cstdint>
#include <string>

#include <lockbox/audit_event.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// The largest page that a store returns; a larger wish gets this much.
inline constexpr std::uint32_t largest_page = 1000;

/// A search of one tenant's log. What is absent does not restrict.
template <class V>
struct log_query {
    typename V::tenant_id tenant{};
    optional<typename V::time_point> from{};   ///< at or after
    optional<typename V::time_point> until{};  ///< before
    optional<std::string> activity{};          ///< the name of an event, such as `approved`
    optional<typename V::person_id> person{};  ///< who acted
    optional<typename V::request_id> item{};
    optional<typename V::case_id> case_number{};
    optional<std::uint64_t> before{};  ///< only sequences below: the next page
    std::uint32_t limit = 50;
};

/// A listing of one tenant's requests, open and closed. A status is told as of `at` (K2).
template <class V>
struct request_query {
    typename V::tenant_id tenant{};
    typename V::time_point at{};
    optional<lockbox::status> status{};
    optional<side> gate{};  ///< pending at this side's gate
    optional<typename V::case_id> case_number{};
    optional<typename V::person_id> engineer{};
    optional<typename V::request_id> item{};
    optional<typename V::time_point> from{};   ///< submitted at or after
    optional<typename V::time_point> until{};  ///< submitted before
    optional<std::uint64_t> before{};          ///< only numbers below: the next page
    std::uint32_t limit = 50;
};

/// One request as a listing shows it. Its texts and steps are its history in the log (`item`).
template <class V>
struct request_summary {
    typename V::request_id id{};
    std::uint64_t number = 0;
    typename V::person_id engineer{};
    typename V::case_id case_number{};
    bool drill = false;
    lockbox::status status{};
    optional<lockbox::side> gate{};  ///< at whose gate it waits, while pending
    typename V::time_point submitted{};
    typename V::time_point over{};  ///< when it ended or, while open, will at the latest

    static constexpr void fields(auto& self, auto&& f) {
        f("id", self.id);
        f("number", self.number);
        f("engineer", self.engineer);
        f("case", self.case_number);
        f("drill", self.drill);
        f("status", self.status);
        f("gate", self.gate);
        f("submitted", self.submitted);
        f("over", self.over);
    }
    friend bool operator==(const request_summary&, const request_summary&) = default;
};

/// A page, and where the next one begins (`before`); absent when this was the last.
template <class T>
struct page {
    vector<T> entries{};
    optional<std::uint64_t> next{};
};

/// The status of a summary that a store keeps as last recorded, at an instant: what
/// is overdue is over, whether or not a tick recorded it (K2, V12).
template <class V>
[[nodiscard]] request_summary<V> as_of(request_summary<V> kept, typename V::time_point at) {
    const bool overdue = at >= kept.over;
    if (overdue && kept.status == status::pending) kept.status = status::expired;
    if (overdue && kept.status == status::active) kept.status = status::ended;
    if (kept.status != status::pending) kept.gate.reset();
    return kept;
}

/// Folds one event of a request into its summary: a store keeps one for every
/// request, for ever (L2).
template <class V>
void summarise(request_summary<V>& s, const audit_event<V>& event) {
    const auto closed = [&](status ending, typename V::time_point over) {
        s.status = ending;
        s.over = over;
        s.gate.reset();
    };
    event.body.match_address(overloaded{
        [&](const submitted<V>* e) {
            s = {*event.request,
                 e->number,
                 e->asked->requester,
                 e->asked->case_number,
                 e->asked->drill,
                 status::pending,
                 e->terms->gates.front().side,
                 event.at,
                 e->decide_by};
        },
        [&](const terms_tightened<V>* e) { s.over = e->decide_by; },
        [&](const gate_opened<V>* e) {
            s.gate = side::tenant;
            s.over = e->decide_by;
        },
        [&](const granted<V>* e) { closed(status::active, e->until); },
        [&](const denied<V>*) { closed(status::denied, event.at); },
        [&](const withdrawn<V>*) { closed(status::withdrawn, event.at); },
        [&](const finished<V>*) { closed(status::finished, event.at); },
        [&](const revoked<V>*) { closed(status::revoked, event.at); },
        [&](const expired<V>* e) { closed(status::expired, e->since); },
        [&](const ended<V>* e) { closed(status::ended, e->since); },
        [](const void*) {},
    });
}

}  // namespace v0
}  // namespace lockbox
