#include <lockbox/optional.hpp>
#include <lockbox/testing/contract.hpp>

#include <thread>

#include <lockbox/store/memory.hpp>

#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using namespace lockbox::testing;

enum class flaw {
    none,
    knows_strangers,
    forgets_the_last_event,
    takes_stale_versions,
    takes_used_commands,
    stops_at_a_conflict,
    takes_one_change_a_tenant,
    confirms_anything,
    records_first_event_only,
    due_too_late,
    due_the_latest_first,
    due_by_the_deadline_alone,
    due_by_requests_alone,
    read_skips_one,
    read_repeats_one,
    search_until_is_inclusive,
    search_ignores_the_person,
    lists_as_recorded,
    pages_by_offset,
    pages_without_end,
    one_cursor_for_all,
    loses_commits_of_threads,
};

/// A store with one flaw.
class flawed_store {
  public:
    using vocabulary = V;
    using change = lockbox::change<V>;
    template <class T>
    using outcome = lockbox::outcome<T>;

    explicit flawed_store(flaw with = flaw::none) : flaw_(with) {}

    outcome<lockbox::optional<lockbox::loaded<V>>> load(
        const V::tenant_id& id, const lockbox::actor<V>& who,
        const lockbox::optional<V::command_id>& command) {
        auto kept = sound_.load(id, who, command);
        if (flaw_ == flaw::knows_strangers && !*kept) kept->emplace().state.id = id;
        if (flaw_ == flaw::forgets_the_last_event && *kept) (*kept)->state.submissions = 0;
        if (flaw_ == flaw::records_first_event_only && *kept && (*kept)->recorded.size() > 1)
            (*kept)->recorded.resize(1);
        return kept;
    }

    outcome<void> commit(std::span<change> changes) {
        if (flaw_ == flaw::loses_commits_of_threads && std::this_thread::get_id() != home_) {
            for (auto& one : changes) one.result = lockbox::commit_result::committed;
            return {};
        }
        auto done = sound_.commit(taken(changes));
        bool conflict = false;
        for (auto& one : changes) {
            conflict = conflict || one.result == lockbox::commit_result::conflict;
            if (flaw_ == flaw::stops_at_a_conflict && conflict) {
                one.result = lockbox::commit_result::conflict;
            }
            const bool asks = one.events.empty();
            const bool lies = (flaw_ == flaw::takes_stale_versions && !stands(one)) ||
                              (flaw_ == flaw::takes_used_commands && stands(one)) ||
                              (flaw_ == flaw::confirms_anything && asks);
            if (lies) one.result = lockbox::commit_result::committed;
        }
        return done;
    }

    outcome<lockbox::vector<V::tenant_id>> due(V::time_point now, std::uint32_t limit) {
        if (flaw_ == flaw::due_too_late) now -= std::chrono::milliseconds{1};
        auto tenants = sound_.due(now, limit);
        if (flaw_ == flaw::due_the_latest_first) std::ranges::reverse(*tenants);
        if (flaw_ == flaw::due_by_the_deadline_alone)
            lockbox::drop_if(*tenants, [&](const auto& id) { return !is_over(id, now); });
        if (flaw_ == flaw::due_by_requests_alone)
            lockbox::drop_if(*tenants, [&](const auto& id) { return !has_a_request_due(id, now); });
        return tenants;
    }
    outcome<lockbox::vector<lockbox::positioned<V>>> read(std::uint64_t position,
                                                          std::uint32_t limit) {
        if (flaw_ == flaw::read_skips_one && position > 0) ++position;
        auto events = sound_.read(position, limit);
        if (flaw_ == flaw::read_repeats_one && !events->empty()) {
            lockbox::insert_at(*events, 0, events->front());
        }
        return events;
    }
    outcome<lockbox::page<lockbox::audit_event<V>>> search(lockbox::log_query<V> query) {
        if (flaw_ == flaw::search_until_is_inclusive && query.until) {
            *query.until += std::chrono::milliseconds{1};
        }
        if (flaw_ == flaw::search_ignores_the_person) query.person.reset();
        if (flaw_ == flaw::pages_by_offset) {
            const auto events = sound_.read(0, 1'000'000)->size();
            if (!query.before) seen_ = events;
            if (query.before) *query.before += events - seen_;
        }
        auto page = sound_.search(query);
        if (flaw_ == flaw::pages_without_end && page->next) {
            query.before = page->next;
            const auto more = sound_.search(query);
            for (const auto& one : more->entries) page->entries.push_back(one);
        }
        return page;
    }
    outcome<lockbox::page<lockbox::request_summary<V>>> requests(lockbox::request_query<V> query) {
        if (flaw_ == flaw::lists_as_recorded) query.at = {};
        return sound_.requests(query);
    }
    outcome<std::uint64_t> cursor(std::string_view name) {
        return sound_.cursor(flaw_ == flaw::one_cursor_for_all ? "all" : name);
    }
    outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        return sound_.keep_cursor(flaw_ == flaw::one_cursor_for_all ? "all" : name, position);
    }

  private:
    bool stands(const change& one) {
        const auto kept = sound_.load(one.after->id, {}, {});
        return (*kept ? (*kept)->state.sequence : 0) == one.version;
    }
    bool is_over(const V::tenant_id& id, V::time_point now) {
        const auto kept = sound_.load(id, {}, {});
        return std::ranges::any_of((*kept)->state.open,
                                   [&](const auto& r) { return r.over_at() <= now; });
    }
    bool has_a_request_due(const V::tenant_id& id, V::time_point now) {
        const auto kept = sound_.load(id, {}, {});
        return std::ranges::any_of((*kept)->state.open,
                                   [&](const auto& r) { return r.due_at() <= now; });
    }
    /// The changes that the sound store gets to see.
    std::span<change> taken(std::span<change> changes) {
        std::size_t count = changes.size();
        if (flaw_ == flaw::stops_at_a_conflict) count = std::min<std::size_t>(count, 1);
        for (std::size_t at = 1; at < count; ++at) {
            const bool same = changes[at].after->id == changes[at - 1].after->id;
            if (flaw_ == flaw::takes_one_change_a_tenant && same) count = at;
        }
        return changes.first(count);
    }

    flaw flaw_;
    lockbox::memory_store<V> sound_;
    std::size_t seen_ = 0;
    std::thread::id home_ = std::this_thread::get_id();
};
static_assert(lockbox::store_for<flawed_store, V>);

std::vector<std::string> clauses_broken_by(flaw with) {
    std::vector<std::string> names;
    for (const auto& fault : check_store([&] { return std::make_unique<flawed_store>(with); }))
        names.push_back(fault.clause);
    return names;
}

}  // namespace

TEST_CASE("the contract finds no fault with a store that has none", "[contract]") {
    CHECK(clauses_broken_by(flaw::none).empty());
}

TEST_CASE("each clause of the contract catches a store that breaks it", "[contract]") {
    const std::vector<std::pair<flaw, std::string>> catches{
        {flaw::knows_strangers, "a tenant that was never opened is absent"},
        {flaw::forgets_the_last_event, "load returns what the log folds to"},
        {flaw::takes_stale_versions, "a stale version is a conflict"},
        {flaw::takes_stale_versions, "a tenant opens once"},
        {flaw::takes_stale_versions, "of racing changes one wins"},
        {flaw::takes_used_commands, "a command id is used once by its actor"},
        {flaw::stops_at_a_conflict, "a conflict spoils no other change"},
        {flaw::takes_one_change_a_tenant, "changes of one tenant follow one another"},
        {flaw::confirms_anything, "a change without events confirms the version"},
        {flaw::records_first_event_only, "load returns what a command recorded"},
        {flaw::due_too_late, "due tells who is overdue"},
        {flaw::due_the_latest_first, "due tells who is overdue"},
        {flaw::due_by_requests_alone, "due tells of proposals"},
        {flaw::due_by_the_deadline_alone, "due tells of reminders"},
        {flaw::read_skips_one, "read returns every event in order"},
        {flaw::read_repeats_one, "read returns every event in order"},
        {flaw::search_until_is_inclusive, "a search finds what matches"},
        {flaw::search_ignores_the_person, "a search finds what matches"},
        {flaw::lists_as_recorded, "a listing tells statuses as of an instant"},
        {flaw::pages_by_offset, "pages are stable"},
        {flaw::pages_without_end, "the largest page is kept"},
        {flaw::one_cursor_for_all, "cursors are kept"},
        {flaw::loses_commits_of_threads, "threads lose nothing"},
    };
    for (const auto& clause : contract_clauses<flawed_store>) {
        const bool caught = std::ranges::any_of(
            catches, [&](const auto& one) { return one.second == clause.name; });
        INFO(clause.name);
        CHECK(caught);
    }
    for (const auto& [with, clause] : catches) {
        const auto broken = clauses_broken_by(with);
        INFO("flaw " << static_cast<int>(with) << " against: " << clause);
        CHECK(std::ranges::find(broken, clause) != broken.end());
    }
}
