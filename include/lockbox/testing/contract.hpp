// The contract of a store (ports.hpp) as a test that a host runs on its own, in whatever framework:
//
//     for (const auto& fault : lockbox::testing::check_store([] { return
//     std::make_unique<my_store>(); }))
//         std::cerr << fault.clause << ": " << fault.what << '\n';
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/testing/contract/commits.hpp>
#include <lockbox/testing/contract/looks.hpp>
#include <lockbox/testing/contract/pages.hpp>
#include <lockbox/testing/contract/threads.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// One promise of the contract, and the test of it. It wants an empty store.
template <class Store>
struct contract_clause {
    std::string_view name{};
    void (*check)(trial<Store>&) = nullptr;
};

/// A promise that a store did not keep, and what showed it.
struct contract_fault {
    std::string clause{};
    std::string what{};
};

/// All clauses, for a test that reports each by its name.
template <class Store>
inline constexpr std::array<contract_clause<Store>, 20> contract_clauses{{
    {"a tenant that was never opened is absent", clauses::unknown_tenant_is_absent},
    {"load returns what the log folds to", clauses::load_returns_what_the_log_folds_to},
    {"a stale version is a conflict", clauses::stale_version_is_a_conflict},
    {"a tenant opens once", clauses::tenant_opens_once},
    {"a command id is used once by its actor", clauses::command_id_is_used_once},
    {"a conflict spoils no other change", clauses::conflict_spoils_no_other_change},
    {"changes of one tenant follow one another", clauses::changes_of_one_tenant_follow_one_another},
    {"a change without events confirms the version",
     clauses::change_without_events_confirms_the_version},
    {"load returns what a command recorded", clauses::load_returns_what_a_command_recorded},
    {"due tells who is overdue", clauses::due_tells_who_is_overdue},
    {"due tells of proposals", clauses::due_tells_of_proposals},
    {"due tells of reminders", clauses::due_tells_of_reminders},
    {"read returns every event in order", clauses::read_returns_every_event_in_order},
    {"a search finds what matches", clauses::search_finds_what_matches},
    {"a listing tells statuses as of an instant", clauses::listing_tells_statuses_as_of_an_instant},
    {"pages are stable", clauses::pages_are_stable},
    {"the largest page is kept", clauses::largest_page_is_kept},
    {"cursors are kept", clauses::cursors_are_kept},
    {"of racing changes one wins", clauses::one_of_racing_changes_wins},
    {"threads lose nothing", clauses::threads_lose_nothing},
}};

/// What a clause finds wrong with a store, which is empty before; nothing when it holds.
template <class Store>
[[nodiscard]] std::string check_clause(const contract_clause<Store>& clause, Store& store) {
    trial<Store> trial{store};
    clause.check(trial);
    return trial.fault();
}

/// Tries all clauses, each on a new and empty store that `make` returns (anything that `*` leads
/// from to the store). The store must name its `vocabulary`. Takes some seconds when commits are
/// slow.
template <class MakeStore>
[[nodiscard]] vector<contract_fault> check_store(MakeStore make) {
    using store_type = std::remove_reference_t<decltype(*make())>;
    static_assert(store_for<store_type, typename store_type::vocabulary>,
                  "lockbox: the store lacks a member that ports.hpp asks for");
    vector<contract_fault> faults;
    for (const auto& clause : contract_clauses<store_type>) {
        auto store = make();
        auto fault = check_clause(clause, *store);
        if (!fault.empty()) faults.push_back({std::string{clause.name}, std::move(fault)});
    }
    return faults;
}

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
