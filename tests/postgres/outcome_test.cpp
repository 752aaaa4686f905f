// Connections that break while a commit is under way, and servers that are killed: nobody is told
// what is not so, and nothing that was acknowledged is lost (V17).
#include <lockbox/bind.hpp>
#include <lockbox/clock.hpp>
#include <lockbox/engine.hpp>
#include <lockbox/store/postgres.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "postgres/proxy.hpp"
#include "postgres/support.hpp"
#include "postgres/writers.hpp"

using namespace postgres_server;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;

namespace {

/// A store behind a proxy, and one beside it.
struct bench {
    std::uint32_t strangers = 100;
    std::string database = shared().fresh();
    proxy between{shared().path()};
    store through = opened("host=" + between.path() + database.substr(database.find(" port")));
    store beside = opened(database);
};

/// A commit that is cut; the kind of its failure.
failure_kind cut_commit(bench& at, const story<V>& s, cut how) {
    // The same of a stranger, so that the connection has the statement prepared and the next thing
    // that it sends is the commit.
    story<V> stranger{++at.strangers};
    trial warm{at.through};
    warm.write(stranger.opens());
    warm.write(stranger.turns_on());
    CHECK(warm.fault() == "");
    auto change = s.unwritten();
    at.between.next(how);
    const auto done = at.through.commit({&change, 1});
    REQUIRE(!done);
    INFO(done.error().what);
    CHECK(has(done.error().what, "may have happened"));
    CHECK(change.result == lockbox::commit_result::conflict);
    return done.error().kind;
}

}  // namespace

TEST_CASE("a commit whose connection breaks has an unknown outcome, and the command's id tells it",
          "[store][postgres][V8][V17]") {
    if (!ready()) return;
    bench at;
    trial t{at.through};
    story<V> s{1};
    t.write(s.opens());

    auto lost = s;
    CHECK(cut_commit(at, lost.turns_on(), cut::before) == failure_kind::unknown_outcome);
    CHECK(t.recorded(lost, lost.last().actor, lost.last().command).empty());
    t.same(s, "a commit that the server never saw");

    CHECK(cut_commit(at, s.turns_on(), cut::after) == failure_kind::unknown_outcome);
    CHECK(t.recorded(s, s.last().actor, s.last().command) == s.recorded(s.last()));
    s.written();
    t.same(s, "a commit whose answer was lost");
    t.write(s.refuses(1));
    t.same(s, "and on from there");
    CHECK(t.fault() == "");
}

TEST_CASE("a commit in flight on a lost connection never happens once somebody has looked",
          "[store][postgres][V17]") {
    if (!ready()) return;
    bench at;
    trial t{at.through};
    story<V> s{1};
    story<V> fresh{2};
    t.write(s.opens());
    const auto play = [&](story<V>& of, auto next) {
        auto late = of;
        CHECK(cut_commit(at, next(late), cut::held) == failure_kind::unknown_outcome);
        REQUIRE(at.between.holding());
        CHECK(t.recorded(late, late.last().actor, late.last().command).empty());
        at.between.let_go();  // the server comes to it only now
        CHECK(t.recorded(late, late.last().actor, late.last().command).empty());
        // Who had loaded the tenant before does so again, as after any conflict.
        trial other{at.beside};
        auto stale = of;
        CHECK(!other.commit({&next(stale)}));
        (void)other.state_of(of);
        other.write(next(of));
        CHECK(other.fault() == "");
        t.same(of, "after a commit that came too late");
    };
    play(
        s, [](auto& of) -> auto& { return of.turns_on(); });
    play(
        fresh, [](auto& of) -> auto& { return of.opens(); });
    // Both stores go on with the epoch that they found.
    t.write(s.refuses(1));
    t.write(fresh.refuses(1));
    trial{at.beside}.write(fresh.turns_on());
    t.same(fresh, "and on from there");
    CHECK(t.fault() == "");
}

TEST_CASE("a question whose connection breaks is asked again, and leaves nothing in doubt",
          "[store][postgres][V17]") {
    if (!ready()) return;
    bench at;
    trial t{at.through};
    story<V> s{1};
    t.write(s.opens());
    CHECK(t.stands(s.unwritten()));
    for (const auto how : {cut::before, cut::after}) {
        at.between.next(how);
        CHECK(t.stands(s.unwritten()));
        at.between.next(how);
        t.same(s, "asked again");
        at.between.next(how);
        CHECK(t.read_all(10).size() == 1);
        at.between.next(how);
        CHECK(at.through.keep_cursor("mail", 1));
    }
    CHECK(t.fault() == "");
}

TEST_CASE("an engine whose connection breaks answers what became of the command, once",
          "[store][postgres][V8][V17]") {
    if (!ready()) return;
    using lb = lockbox::bind<V>;
    bench at;
    lockbox::no_sink sink;
    lockbox::manual_clock<V> clock{story<V>::hour(0)};
    lockbox::engine engine{clock, at.through, sink, lockbox::standard_policy{}};
    int n = 0;
    const auto send = [&](lb::actor who, lb::command_body body) {
        lb::command c{.tenant = "contoso", .actor = std::move(who)};
        c.id = lb::command_id{"c-" + std::to_string(++n)};
        c.body = std::move(body);
        return engine.handle(c);
    };
    using enum lockbox::capacity;
    REQUIRE(send({"olga", operator_}, lb::open_tenant{"ada"}));
    REQUIRE(send({"olga", operator_}, lb::record_entitlement{{true, true}}));
    for (const auto how : {cut::before, cut::after, cut::held}) {
        at.between.next(how);
        const auto replied = send({"ada", member}, lb::turn_on{});
        if (how == cut::held) at.between.let_go();
        INFO((replied ? "" : replied.error().what));
        REQUIRE(replied);
        const auto off = send({"ada", member}, lb::turn_off{});
        REQUIRE(off);
    }
    const auto all = at.beside.read(0, 100);
    REQUIRE(all);
    std::size_t turned = 0;
    for (const auto& one : *all)
        if (one.event.body.is<lb::turned_on>()) ++turned;
    CHECK(turned == 3);
}

TEST_CASE("wherever a connection is cut, from its first word on, a command is done once",
          "[store][postgres][V8][V17]") {
    if (!ready()) return;
    using lb = lockbox::bind<V>;
    const auto database = shared().fresh();
    auto beside = opened(database);
    lockbox::no_sink sink;
    lockbox::manual_clock<V> clock{story<V>::hour(0)};
    int n = 0;
    for (const auto how : {cut::before, cut::after}) {
        int step = 0;
        for (bool cuts = true; cuts; ++step) {
            lb::command c{.tenant = lb::tenant_id{"tenant-" + std::to_string(++n)},
                          .actor = {"olga", lockbox::capacity::operator_}};
            c.id = lb::command_id{"c-1"};
            c.body = lb::open_tenant{"ada"};
            const auto said_to = [&](store& to) {
                return lockbox::engine{clock, to, sink, lockbox::standard_policy{}}.handle(c);
            };
            proxy between{shared().path()};
            between.next(how, step);
            const auto address = "host=" + between.path() + database.substr(database.find(" port"));
            auto made = store::open(address, any_time());
            if (!made) CHECK(made.error().kind == failure_kind::unavailable);
            auto through = made ? *std::move(made) : opened(address);  // once more: it was cut once
            const auto first = said_to(through);
            cuts = !between.waits();
            INFO((first ? "" : first.error().what));
            REQUIRE(first);
            CHECK(!first->refused);
            lockbox::log_query<V> all;
            all.tenant = c.tenant;
            CHECK(beside.search(all)->entries.size() == 1);  // what was acknowledged is there
            const auto again = said_to(beside);
            REQUIRE(again);
            CHECK(again->happened == first->happened);
            CHECK(beside.search(all)->entries.size() == 1);
        }
        CHECK(step > 10);  // it was cut at so many places
    }
}

TEST_CASE("a backend that is terminated in the middle of a commit leaves its outcome unknown",
          "[store][postgres][threads][V17]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    trial t{kept};
    story<V> s{1};
    t.write(s.opens());
    auto lost = s;
    auto change = lost.turns_on().unwritten();
    lockbox::outcome<void> done;
    {
        const lock held{database, "SELECT * FROM lockbox.tenant FOR UPDATE"};
        std::thread commits{[&] { done = kept.commit({&change, 1}); }};
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        (void)server::tell(database,
                           "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                           "WHERE wait_event_type = 'Lock'");
        commits.join();
    }
    REQUIRE(!done);
    CHECK(done.error().kind == failure_kind::unknown_outcome);
    t.same(s, "after it was terminated");
    t.write(s.turns_on());
    CHECK(t.fault() == "");
}

TEST_CASE("a commit whose wait for the standby is cut short is not acknowledged",
          "[slow][store][postgres][threads][V17]") {
    if (!ready()) return;
    server own;
    REQUIRE(own.run());
    const auto database = own.text("postgres");
    auto kept = opened(database);
    trial t{kept};
    story<V> s{1};
    t.write(s.opens());
    const auto wait_for = [&](const char* standby) {
        (void)server::tell(database, std::string{"ALTER SYSTEM SET synchronous_standby_names = '"} +
                                         standby + "'");
        (void)server::tell(database, "SELECT pg_reload_conf()");
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
    };
    wait_for("nobody");
    auto change = s.turns_on().unwritten();
    lockbox::outcome<void> done;
    std::thread commits{[&] { done = kept.commit({&change, 1}); }};
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    CHECK(server::tell(database,
                       "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity "
                       "WHERE wait_event = 'SyncRep'") == "1");
    commits.join();
    REQUIRE(!done);
    CHECK(done.error().kind == failure_kind::unknown_outcome);
    wait_for("");
    CHECK(t.recorded(s, s.last().actor, s.last().command) == s.recorded(s.last()));
    CHECK(t.fault() == "");
}

TEST_CASE("a server killed under load has every command that it acknowledged",
          "[slow][store][postgres][threads][V17]") {
    if (!ready()) return;
    constexpr int kills = 20;
    server own;
    REQUIRE(own.run());
    auto options = any_time();
    options.reconnect = std::chrono::milliseconds{0};
    auto kept = opened(own.text("postgres"), options);
    writers all{kept};
    for (int round = 0; round < kills; ++round) {
        all.write_until([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds{30 + 7 * round});
            own.crash();
        });
        REQUIRE(own.go());
        all.check();
    }
    all.check_order();
}

TEST_CASE("a standby that is promoted has every command that was acknowledged",
          "[slow][store][postgres][threads][V17]") {
    if (!ready()) return;
    server primary;
    REQUIRE(primary.run());
    (void)opened(primary.text("postgres"));
    server standby;
    const bool follows = standby.follow(primary);
    INFO(standby.problem());
    REQUIRE(follows);
    const auto at_primary = primary.text("postgres");
    const auto at_standby = standby.text("postgres");
    CHECK(failure_to_open(at_standby).kind == failure_kind::read_only);
    (void)server::tell(at_primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
    (void)server::tell(at_primary, "SELECT pg_reload_conf()");
    const auto is_synchronous = [&] {
        return server::tell(at_primary, "SELECT sync_state FROM pg_stat_replication") == "sync";
    };
    for (int look = 0; look < 500 && !is_synchronous(); ++look)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    REQUIRE(is_synchronous());

    auto options = any_time();
    options.reconnect = std::chrono::seconds{20};
    auto kept = opened("host=" + primary.path() + "," + standby.path() +
                           " port=5432 user=lockbox dbname=postgres"
                           " target_session_attrs=read-write",
                       options);
    writers all{kept};
    all.write_until([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{300});
        primary.crash();
        CHECK(server::tell(at_standby, "SELECT pg_promote()") == "t");
    });
    all.check();
    all.check_order();
}
