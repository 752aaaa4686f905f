#include <lockbox/store/postgres.hpp>

#include <array>
#include <latch>
#include <thread>

#include <lockbox/testing/contract.hpp>

#include "postgres/support.hpp"

using namespace postgres_server;
using lockbox::testing::story;
using lockbox::testing::trial;

static_assert(lockbox::store_for<store, V>);
static_assert(std::is_nothrow_move_constructible_v<store>);

namespace {

constexpr std::size_t openers = 8;
using attempts = std::array<lockbox::optional<lockbox::outcome<store>>, openers>;

/// What each of `openers` threads gets that open the database at the same moment.
attempts opened_at_once(const std::string& text, const lockbox::postgres_options& options) {
    attempts all;
    std::latch ready{openers};
    std::array<std::thread, openers> threads;
    for (std::size_t i = 0; i < openers; ++i) {
        threads[i] = std::thread{[&, i] {
            ready.arrive_and_wait();
            all[i].emplace(store::open(text, options));
        }};
    }
    for (auto& one : threads) one.join();
    return all;
}

}  // namespace

TEST_CASE("the PostgreSQL store keeps the contract",
          "[store][postgres][contract][threads][V7][V8][V14][K2][L2][L3]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    int n = 0;
    for (const auto& clause : lockbox::testing::contract_clauses<store>) {
        auto options = any_time();
        options.schema = "clause_" + std::to_string(++n);
        auto fresh = opened(database, options);
        INFO(clause.name);
        CHECK(lockbox::testing::check_clause(clause, fresh) == "");
    }
}

TEST_CASE("another process sees what was written, and what it commits is a conflict here",
          "[store][postgres][V7][V12]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    story<V> s{1};
    auto first = opened(database);
    trial before{first};
    before.write(s.opens().submits(0, 1).submits(1, 2).passes(1).grants(1).denies(2).refuses(1));
    REQUIRE(first.keep_cursor("mail", 5));
    auto moved = std::move(first);

    auto second = opened(database);
    trial after{second};
    after.same(s, "opened again");
    CHECK(*second.cursor("mail") == 5);
    after.write(s.accesses(1));
    trial beside{moved};
    beside.same(s, "through another pool");
    auto stale = s;
    beside.write(s.finishes(1));
    CHECK(!after.commit({&stale.revokes(1)}));
    after.same(s, "through another pool");
    CHECK(after.fault() == "");
    CHECK(beside.fault() == "");
}

TEST_CASE("of several who open a new database at once all succeed, and the schema is made once",
          "[slow][store][postgres][threads][V17]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    for (int round = 0; round < 10; ++round) {
        auto options = any_time();
        options.schema = "race_" + std::to_string(round);
        options.connections = 2;
        auto all = opened_at_once(database, options);
        for (const auto& one : all) {
            INFO((*one ? "" : one->error().what));
            REQUIRE(*one);
        }
        story<V> s{1};
        trial writing{**all[static_cast<std::size_t>(round) % openers]};
        writing.write(s.opens().submits(0, 1));
        CHECK(writing.fault() == "");
        for (auto& one : all) {
            trial reading{**one};
            reading.same(s, "opened at once");
            CHECK(reading.fault() == "");
        }
        CHECK(server::tell(database,
                           "SELECT count(*) FROM " + options.schema + ".lockbox_schema") == "1");
    }
}

TEST_CASE("a migration is done in one transaction, or not at all", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    const lockbox::postgres_options options;
    (void)opened(database);
    auto on = lockbox::postgres::open_session(database, options);
    REQUIRE(on);
    const std::string_view now = lockbox::postgres::migrations[0];
    const std::array good{now, std::string_view{"ALTER TABLE tenant ADD COLUMN note TEXT;"}};
    const std::array bad{now, good[1], std::string_view{"CREATE TABLE extra(a INT); SELECT 1/0;"}};
    const auto version = [&] {
        return server::tell(database, "SELECT version FROM lockbox.lockbox_schema");
    };
    CHECK(!lockbox::postgres::migrate(*on, options, bad));
    CHECK(version() == "1");
    CHECK(server::tell(database, "SELECT to_regclass('lockbox.extra')") == "");
    CHECK(lockbox::postgres::migrate(*on, options, good));
    CHECK(lockbox::postgres::migrate(*on, options, good));
    CHECK(version() == "2");
    const auto why = failure_to_open(database);
    CHECK(why.kind == lockbox::failure_kind::wrong_schema);
    CHECK(has(why.what, "version 2"));
}

TEST_CASE("a tenant's events are numbered in their order whatever the server's clock says",
          "[store][postgres][V19]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    trial t{kept};
    story<V> s{1};
    t.write(s.opens());
    // As after a failover to a machine whose clock is a day behind.
    (void)server::tell(database, "UPDATE lockbox.tenant SET noted = noted + 86400000000");
    (void)server::tell(database, "UPDATE lockbox.outbox SET noted = noted + 86400000000");
    t.write(s.turns_on());
    t.write(s.submits(0, 1));
    const auto all = t.read_all(100);
    REQUIRE(all.size() == s.log().size());
    for (std::size_t at = 0; at < all.size(); ++at) CHECK(all[at].event == s.log()[at]);
    CHECK(t.fault() == "");
}

TEST_CASE("of a tenant or a command that no database could keep nothing is known",
          "[store][postgres][V5]") {
    if (!ready()) return;
    auto kept = opened(shared().fresh());
    trial t{kept};
    story<V> s{1};
    t.write(s.opens());
    for (const auto bad : {std::string_view{"\xFF"}, std::string_view{"a\0b", 3}}) {
        const auto none = kept.load(V::tenant_id{bad}, story<V>::system(), std::nullopt);
        CHECK((none && !*none));
        const auto some = kept.load(s.id(), story<V>::system(), V::command_id{bad});
        CHECK((some && *some && (*some)->recorded.empty()));
        lockbox::log_query<V> log{.tenant = s.id()};
        log.person = V::person_id{bad};
        CHECK(t.search_all(log).empty());
    }
    CHECK(t.fault() == "");
}
