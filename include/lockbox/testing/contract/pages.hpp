// The clauses on pages: a search finds what matches, a listing tells statuses as of its instant,
// and neither is disturbed by what is written meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>

#include <lockbox/testing/contract/trial.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing::clauses {

/// A log with something for every filter.
template <class V>
story<V> varied(std::uint32_t number) {
    story<V> s{number};
    s.opens().turns_on();
    for (std::uint32_t n = 0; n < 12; ++n) {
        s.at(story<V>::hour(static_cast<int>(n)));
        s.submits(n % 3, n % 4, n == 6);
        const std::uint64_t request = n + 1;
        if (n % 4 == 0) s.denies(request);
        if (n % 4 == 1) s.passes(request).grants(request).accesses(request).accesses(request);
        if (n % 4 == 2) s.passes(request);
        if (n == 3) s.withdraws(request);
        if (n % 3 == 0) s.refuses(n % 2);
        if (n == 9) s.ticks().finishes(10);
    }
    return s;
}

template <class Store>
void search_finds_what_matches(trial<Store>& t) {
    using V = typename Store::vocabulary;
    auto s = varied<V>(1);
    auto other = varied<V>(2);
    t.write(s);
    t.write(other);
    const auto check = [&](log_query<V> query, const char* what) {
        query.tenant = s.id();
        vector<audit_event<V>> wanted;
        for (auto at = s.log().rbegin(); at != s.log().rend(); ++at)
            if (matches(query, *at)) wanted.push_back(*at);
        for (const std::uint32_t limit : {1U, 3U, 1000U}) {
            query.limit = limit;
            t.expect(t.search_all(query) == wanted, what);
        }
    };
    log_query<V> none;
    check(none, "a search without filters is not the log, newest first");
    for (std::uint32_t filters = 1; filters < 64; ++filters) {
        log_query<V> query;
        if (filters & 1U) query.activity = "submitted";
        if (filters & 2U) query.person = story<V>::engineer(1).person;
        if (filters & 4U) query.case_number = story<V>::case_of(1);
        if (filters & 8U) query.item = V::request_id_of(2);
        if (filters & 16U) query.from = story<V>::hour(1);
        if (filters & 32U) query.until = story<V>::hour(5);
        check(query, "a search does not find what matches its filters");
    }
    for (int from = -1; from < 13; ++from) {
        log_query<V> query;
        query.from = story<V>::hour(from);
        query.until = story<V>::hour(from + 2);
        check(query, "a search by date is not half-open: at or after, and before");
    }
    for (const char* activity : {"accessed", "denied", "granted", "refused", "no such activity"}) {
        log_query<V> query;
        query.activity = activity;
        check(query, "a search by activity does not find it");
    }
}

/// The pages are the same, whatever is written between them.
template <class Store>
void pages_are_stable(trial<Store>& t) {
    using V = typename Store::vocabulary;
    auto s = varied<V>(1);
    t.write(s);
    const auto log = s.log();
    log_query<V> events;
    events.tenant = s.id();
    events.limit = 5;
    const auto found = t.pages(events, [&](const auto& query) {
        auto page = t.store().search(query);
        t.write(s.submits(1, 1).refuses(2));
        return page;
    });
    t.expect(vector<audit_event<V>>(found.rbegin(), found.rend()) == log,
             "pages of a search are disturbed by new events");
    const auto listed = s.requests().size();
    request_query<V> requests;
    requests.tenant = s.id();
    requests.at = s.now();
    requests.limit = 5;
    const auto shown = t.pages(requests, [&](const auto& query) {
        auto page = t.store().requests(query);
        t.write(s.submits(1, 1));
        return page;
    });
    t.expect(shown.size() == listed && shown.front().number == listed && shown.back().number == 1,
             "pages of a listing are disturbed by new requests");
}

template <class Store>
void largest_page_is_kept(trial<Store>& t) {
    using V = typename Store::vocabulary;
    story<V> s{1};
    s.opens();
    while (s.log().size() < largest_page + 5) s.refuses(1);
    t.write(s);
    log_query<V> query;
    query.tenant = s.id();
    query.limit = 10 * largest_page;
    const auto page = t.get(t.store().search(query), "search");
    t.expect(page.entries.size() == largest_page && page.next, "a page is larger than the largest");
}

/// Statuses are told as of the query's instant, whether or not a tick has recorded them (K2, L2).
template <class Store>
void listing_tells_statuses_as_of_an_instant(trial<Store>& t) {
    using V = typename Store::vocabulary;
    auto s = varied<V>(1);
    auto other = varied<V>(2);
    t.write(s);
    t.write(other);
    const auto check = [&](request_query<V> query, const char* what) {
        query.tenant = s.id();
        vector<request_summary<V>> wanted;
        for (auto at = s.requests().rbegin(); at != s.requests().rend(); ++at) {
            const auto shown = as_of(*at, query.at);
            if (matches(query, shown)) wanted.push_back(shown);
        }
        for (const std::uint32_t limit : {1U, 2U, 1000U}) {
            query.limit = limit;
            t.expect(t.list_all(query) == wanted, what);
        }
    };
    for (const int hour : {11, 13, 16, 22, 100}) {
        request_query<V> all;
        all.at = story<V>::hour(hour);
        check(all, "a listing does not tell each request, newest first, as of its instant");
        for (std::size_t one = 0; one < names_of<status>.size(); ++one) {
            auto query = all;
            query.status = static_cast<status>(one);
            check(query, "a listing by status does not tell the status as of its instant");
        }
        for (std::uint32_t filters = 1; filters < 128; ++filters) {
            auto query = all;
            if (filters & 1U) query.status = status::expired;
            if (filters & 2U) query.engineer = story<V>::engineer(2).person;
            if (filters & 4U) query.case_number = story<V>::case_of(2);
            if (filters & 8U) query.item = V::request_id_of(3);
            if (filters & 16U) query.from = story<V>::hour(2);
            if (filters & 32U) query.until = story<V>::hour(9);
            if (filters & 64U) query.gate = filters & 2U ? side::tenant : side::provider;
            check(query, "a listing does not find what matches its filters");
        }
    }
}

}  // namespace testing::clauses
}  // namespace v0
}  // namespace lockbox
