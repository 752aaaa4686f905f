#include <lockbox/store/memory.hpp>

#include <lockbox/testing/contract.hpp>

#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::memory_store<V>;
using lockbox::testing::story;

static_assert(lockbox::store_for<store, V>);

}  // namespace

TEST_CASE("the memory store keeps the contract",
          "[store][contract][threads][V7][V8][V14][K2][L2][L3]") {
    for (const auto& clause : lockbox::testing::contract_clauses<store>) {
        store fresh;
        INFO(clause.name);
        CHECK(lockbox::testing::check_clause(clause, fresh).empty());
    }
}

TEST_CASE("a change that does not lead to its state is refused and leaves nothing",
          "[store][V13]") {
    store kept;
    story<V> s{1};
    s.opens();
    const auto stateless = [&] {
        auto one = s.unwritten();
        one.after = nullptr;
        return one;
    }();
    auto gap = s.log();
    gap.front().sequence = 2;
    auto foreign = s.log();
    foreign.front().tenant = {"another"};
    for (auto bad :
         {stateless, lockbox::change<V>{0, gap, &s.state()},
          lockbox::change<V>{0, foreign, &s.state()}, lockbox::change<V>{1, s.log(), &s.state()}}) {
        std::array batch{s.unwritten(), bad};
        const auto done = kept.commit(batch);
        REQUIRE(!done);
        CHECK(done.error().kind == lockbox::failure_kind::internal);
        CHECK(kept.read(0, 9)->empty());
    }
}
