#include <lockbox/store/postgres.hpp>

#include <lockbox/testing/contract.hpp>

#include "postgres/server.hpp"
#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::postgres_store<V>;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;

static_assert(lockbox::store_for<store, V>);
static_assert(std::is_nothrow_move_constructible_v<store>);

store opened(const std::string& text, const lockbox::postgres_options& options = {}) {
    auto made = store::open(text, options);
    if (!made) FAIL(made.error().what);
    return *std::move(made);
}

}  // namespace

TEST_CASE("the PostgreSQL store keeps the contract",
          "[store][postgres][contract][threads][V7][V8][V14][K2][L2][L3]") {
    if (!postgres_server::ready()) return;
    const auto database = postgres_server::shared().fresh();
    int n = 0;
    for (const auto& clause : lockbox::testing::contract_clauses<store>) {
        lockbox::postgres_options options;
        options.schema = "clause_" + std::to_string(++n);
        auto fresh = opened(database, options);
        INFO(clause.name);
        CHECK(lockbox::testing::check_clause(clause, fresh) == "");
    }
}
