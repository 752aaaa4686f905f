// One clause of the contract being tried on one store: what was seen that the contract does not
// allow.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/store/matching.hpp>
#include <lockbox/testing/contract/story.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// A store under trial. It remembers the first thing that was wrong; what follows is not to be
/// trusted.
template <class Store>
class trial {
  public:
    using V = typename Store::vocabulary;

    explicit trial(Store& on) : store_(on) {}

    [[nodiscard]] Store& store() { return store_; }
    [[nodiscard]] const std::string& fault() const { return fault_; }

    void expect(bool holds, std::string_view what) {
        if (!holds && fault_.empty()) fault_ = what;
    }

    /// The value of an outcome; of a failure, a default one, and the failure is the fault.
    template <class T>
    T get(outcome<T> result, std::string_view doing) {
        if (result) return *std::move(result);
        expect(false, std::string{doing} + " failed: " + result.error().what);
        return T{};
    }

    /// Commits what the stories have not written yet, all at once; true when all was committed.
    bool commit(std::initializer_list<story<V>*> stories) {
        vector<change<V>> changes;
        for (const auto* one : stories) changes.push_back(one->unwritten());
        const auto done = store_.commit(changes);
        if (!done) expect(false, "commit failed: " + done.error().what);
        bool all = done.has_value();
        for (const auto& one : changes) all = all && one.result == commit_result::committed;
        if (all)
            for (auto* one : stories) one->written();
        return all;
    }
    void write(story<V>& one) { expect(commit({&one}), "a change that stands was a conflict"); }

    /// Whether a change on its own is committed. The story does not learn of it.
    bool stands(change<V> one) {
        const auto done = store_.commit({&one, 1});
        if (!done) expect(false, "commit failed: " + done.error().what);
        return done && one.result == commit_result::committed;
    }

    /// The state that the store has, or nothing when it does not know the tenant.
    optional<tenant<V>> state_of(const story<V>& one) {
        auto kept = get(store_.load(one.id(), story<V>::system(), std::nullopt), "load");
        return kept ? optional{std::move(kept->state)} : std::nullopt;
    }
    /// That the store knows of the story all that was written, and no more.
    void same(const story<V>& one, std::string_view what) {
        const auto kept = state_of(one);
        expect(kept && *kept == one.state(), what);
        log_query<V> all;
        all.tenant = one.id();
        all.limit = largest_page;
        const auto log = get(store_.search(all), "search");
        vector<audit_event<V>> ordered{log.entries.rbegin(), log.entries.rend()};
        expect(ordered == one.log(), what);
    }

    vector<audit_event<V>> recorded(const story<V>& of, const actor<V>& who,
                                    const optional<typename V::command_id>& command) {
        auto kept = get(store_.load(of.id(), who, command), "load");
        return kept ? std::move(kept->recorded) : vector<audit_event<V>>{};
    }

    /// All positions and events, read in pages of `limit`.
    vector<positioned<V>> read_all(std::uint32_t limit) {
        vector<positioned<V>> all;
        for (std::uint64_t position = 0;;) {
            auto some = get(store_.read(position, limit), "read");
            expect(some.size() <= limit, "read returned more than its limit");
            if (some.empty() || !fault_.empty()) return all;
            for (auto& one : some) {
                expect(one.position > position, "positions do not grow");
                position = one.position;
                all.push_back(std::move(one));
            }
        }
    }

    /// All entries of a search or a listing, page by page.
    template <class Query>
    auto pages(Query query, auto ask) {
        std::decay_t<decltype(ask(query)->entries)> all;
        while (fault_.empty()) {
            auto page = get(ask(query), "a page");
            expect(page.entries.size() <= query.limit, "a page has more entries than its limit");
            expect(!page.next || page.entries.size() == query.limit, "a page ends too early");
            for (auto& one : page.entries) all.push_back(std::move(one));
            if (!page.next) break;
            expect(!query.before || *page.next < *query.before, "the next page does not go back");
            query.before = page.next;
        }
        return all;
    }
    vector<audit_event<V>> search_all(const log_query<V>& query) {
        return pages(query, [this](const auto& q) { return store_.search(q); });
    }
    vector<request_summary<V>> list_all(const request_query<V>& query) {
        return pages(query, [this](const auto& q) { return store_.requests(q); });
    }

  private:
    Store& store_;
    std::string fault_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
