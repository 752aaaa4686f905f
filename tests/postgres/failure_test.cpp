// Each failure that can be provoked: one value, which says what happened and what to do.
#include <lockbox/store/postgres.hpp>

#include <chrono>
#include <thread>

#include "postgres/proxy.hpp"
#include "postgres/support.hpp"

using namespace postgres_server;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;

namespace {

lockbox::postgres_options quick() {
    auto options = any_time();
    options.wait = std::chrono::milliseconds{50};
    options.reconnect = std::chrono::milliseconds{100};
    return options;
}

lockbox::failure failure_to_commit(store& to, story<V>& s) {
    auto change = s.unwritten();
    const auto done = to.commit({&change, 1});
    REQUIRE(!done);
    INFO(done.error().what);
    CHECK(has(done.error().what, "nothing was changed"));
    CHECK(change.result == lockbox::commit_result::conflict);
    return done.error();
}

}  // namespace

TEST_CASE("a connection string that cannot be read is unavailable, and is not repeated",
          "[store][postgres]") {
    for (const char* text : {"secret", "host='secret", "postgresql://me:secret@[db/desk"}) {
        const auto why = failure_to_open(text);
        CHECK(why.kind == failure_kind::unavailable);
        CHECK(!has(why.what, "secret"));
    }
    CHECK(failure_to_open(std::string{"host=a\0b", 8}).kind == failure_kind::unavailable);
}

TEST_CASE("a server that is not there is unavailable", "[store][postgres]") {
    CHECK(failure_to_open("host=/no/such/folder").kind == failure_kind::unavailable);
    CHECK(failure_to_open("host=127.0.0.1 port=1").kind == failure_kind::unavailable);
}

TEST_CASE("a schema whose name needs quotes is refused", "[store][postgres]") {
    if (!ready()) return;
    for (const char* name : {"", "Desk", "a b", "a;b", "1a", "pg_desk", "a\"b"}) {
        auto options = any_time();
        options.schema = name;
        CHECK(failure_to_open(shared().text("postgres"), options).kind ==
              failure_kind::unavailable);
    }
}

TEST_CASE("a database and a role that are not there are unavailable", "[store][postgres]") {
    if (!ready()) return;
    const auto no_database = failure_to_open(shared().text("nowhere"));
    CHECK(no_database.kind == failure_kind::unavailable);
    CHECK(has(no_database.what, "3D000"));
    const auto nobody = failure_to_open(shared().text("postgres", "nobody"));
    CHECK(nobody.kind == failure_kind::unavailable);
    CHECK(has(nobody.what, "28000"));
}

TEST_CASE("more connections than the server has are busy", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    (void)opened(database);
    (void)server::tell(database, "CREATE ROLE crowd LOGIN CONNECTION LIMIT 0");
    const auto why = failure_to_open(shared().text("postgres", "crowd"));
    CHECK(why.kind == failure_kind::busy);
    CHECK(has(why.what, "53300"));
}

TEST_CASE("tables of another application, and a newer lockbox's, are left as they are",
          "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    (void)server::tell(database, "CREATE SCHEMA lockbox; CREATE TABLE lockbox.song(title TEXT)");
    CHECK(failure_to_open(database).kind == failure_kind::wrong_schema);
    CHECK(server::tell(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'lockbox'") ==
          "1");
    auto options = any_time();
    options.schema = "other";
    options.create = false;
    CHECK(failure_to_open(database, options).kind == failure_kind::wrong_schema);
    CHECK(server::tell(database, "SELECT to_regnamespace('other')") == "");
}

TEST_CASE("a database that does not write UTF-8 is refused", "[store][postgres]") {
    if (!ready()) return;
    (void)server::tell(shared().text("postgres"),
                       "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    const auto why = failure_to_open(shared().text("latin"));
    CHECK(why.kind == failure_kind::unavailable);
    CHECK(has(why.what, "UTF-8"));
}

TEST_CASE("a server that is too old is refused", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    proxy between{shared().path()};
    const auto through = "host=" + between.path() + database.substr(database.find(" port"));
    between.pretend("12");
    const auto why = failure_to_open(through);
    CHECK(why.kind == failure_kind::unavailable);
    CHECK(has(why.what, "older than PostgreSQL 13"));
    CHECK(server::tell(database, "SELECT to_regnamespace('lockbox')") == "");
    between.pretend("13");
    (void)opened(through);
}

TEST_CASE("a database that may only be read is read_only", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    const auto asked = failure_to_open(database + " options='-c default_transaction_read_only=on'");
    CHECK(asked.kind == failure_kind::read_only);
}

TEST_CASE("a role without rights is read_only, whatever it tries", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    (void)server::tell(database, "CREATE ROLE stranger LOGIN");
    const auto as_stranger = database + " user=stranger";
    CHECK(failure_to_open(as_stranger).kind == failure_kind::read_only);
    (void)opened(database);
    CHECK(failure_to_open(as_stranger).kind == failure_kind::read_only);
    (void)server::tell(database,
                       "GRANT USAGE ON SCHEMA lockbox TO stranger; "
                       "GRANT SELECT ON ALL TABLES IN SCHEMA lockbox TO stranger");
    auto looking = opened(as_stranger);
    story<V> s{1};
    CHECK(failure_to_commit(looking, s.opens()).kind == failure_kind::read_only);
    CHECK(!trial{looking}.state_of(s));
}

TEST_CASE("what synchronous_commit a client asks for, a commit is on the disk",
          "[store][postgres][V17]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    for (const auto& [asked, is] :
         {std::pair{"off", "on"}, std::pair{"local", "on"}, std::pair{"remote_write", "on"},
          std::pair{"on", "on"}, std::pair{"remote_apply", "remote_apply"}}) {
        auto on = lockbox::postgres::open_session(
            database + " options='-c synchronous_commit=" + asked + "'", {});
        REQUIRE(on);
        const auto said = on->run({"show", "SELECT current_setting('synchronous_commit')"},
                                  lockbox::postgres::parameters{});
        REQUIRE(said);
        CHECK((*said)[0].text(0) == is);
    }
}

TEST_CASE("a commit more than five minutes from the server's clock is refused",
          "[store][postgres][K1]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database, lockbox::postgres_options{});
    const auto now = std::chrono::floor<V::time_point::duration>(std::chrono::system_clock::now());
    trial t{kept};
    std::uint32_t n = 0;
    for (const auto off : {std::chrono::hours{-1}, std::chrono::hours{1}}) {
        story<V> s{++n};
        s.at(now + off);
        const auto why = failure_to_commit(kept, s.opens());
        CHECK(why.kind == failure_kind::internal);
        CHECK(has(why.what, "clock"));
        CHECK(!t.state_of(s));
    }
    for (const auto off :
         {std::chrono::minutes{-4}, std::chrono::minutes{0}, std::chrono::minutes{4}}) {
        story<V> s{++n};
        s.at(now + off);
        t.write(s.opens());
    }
    CHECK(t.fault() == "");
}

TEST_CASE("a server that does not flush its disk is refused", "[store][postgres][V17]") {
    if (!ready()) return;
    server careless{{"fsync=off"}};
    REQUIRE(careless.run());
    const auto why = failure_to_open(careless.text("postgres"));
    CHECK(why.kind == failure_kind::unavailable);
    CHECK(has(why.what, "power cut"));
}

TEST_CASE("a statement that others hold up is busy, and is done later", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database + " options='-c statement_timeout=50'");
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    {
        const lock held{database, "SELECT * FROM lockbox.tenant FOR UPDATE"};
        CHECK(failure_to_commit(kept, s.turns_on()).kind == failure_kind::busy);
        CHECK(t.state_of(s)->sequence == 1);
    }
    t.write(s);
    t.same(s, "after it was busy");
    CHECK(t.fault() == "");
}

TEST_CASE("several changes of one tenant that others hold up are busy, and none is done",
          "[store][postgres][V13]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database + " options='-c statement_timeout=50'");
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    auto on = s;
    on.turns_on();
    auto asks = on;
    asks.written();
    asks.submits(0, 1);
    lockbox::vector changes{on.unwritten(), asks.unwritten()};
    {
        const lock held{database, "SELECT * FROM lockbox.tenant FOR UPDATE"};
        const auto done = kept.commit(changes);
        REQUIRE(!done);
        CHECK(done.error().kind == failure_kind::busy);
        t.same(s, "while it was busy");
    }
    REQUIRE(kept.commit(changes));
    for (const auto& one : changes) CHECK(one.result == lockbox::commit_result::committed);
    t.same(asks, "after it was busy");
    CHECK(t.fault() == "");
}

TEST_CASE("a pool whose connections are all in use is busy", "[store][postgres][threads]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto options = quick();
    options.connections = 1;
    auto kept = opened(database, options);
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    auto later = s;
    std::thread waits;
    {
        const lock held{database, "SELECT * FROM lockbox.tenant FOR UPDATE"};
        waits = std::thread{[&] { (void)trial{kept}.commit({&later.turns_on()}); }};
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        const auto why = kept.cursor("mail");
        REQUIRE(!why);
        CHECK(why.error().kind == failure_kind::busy);
        CHECK(has(why.error().what, "exhausted"));
    }
    waits.join();
    t.same(later, "once it was free");
    CHECK(t.fault() == "");
}

TEST_CASE("a server that is started again is found again; while it is away it is unavailable",
          "[store][postgres]") {
    if (!ready()) return;
    server own;
    REQUIRE(own.run());
    auto kept = opened(own.text("postgres"), quick());
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    own.stop();
    CHECK(failure_to_commit(kept, s.turns_on()).kind == failure_kind::unavailable);
    const auto none = kept.cursor("mail");
    REQUIRE(!none);
    CHECK(none.error().kind == failure_kind::unavailable);
    REQUIRE(own.go());
    t.write(s);
    t.same(s, "on the server that came back");
    CHECK(t.fault() == "");
}

TEST_CASE("connections that the server closed while they lay idle are not used again",
          "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    for (int round = 0; round < 5; ++round) {
        (void)server::tell(database,
                           "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                           "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        const auto others = [&] {
            return server::tell(database,
                                "SELECT count(*) FROM pg_stat_activity "
                                "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        };
        for (int look = 0; look < 1000 && others() != "0"; ++look)
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        t.write(s.refuses(1));
    }
    t.same(s, "after each was closed");
    CHECK(t.fault() == "");
}

TEST_CASE("a request without its row is corrupt, and the commit leaves nothing behind",
          "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    story<V> s{1};
    trial t{kept};
    t.write(s.opens().submits(0, 1));
    auto before = s;
    (void)server::tell(database, "DELETE FROM lockbox.request");
    CHECK(failure_to_commit(kept, s.passes(1)).kind == failure_kind::corrupt);
    CHECK(server::tell(database, "SELECT version FROM lockbox.tenant") ==
          std::to_string(before.log().size()));
    CHECK(server::tell(database, "SELECT count(*) FROM lockbox.event") ==
          std::to_string(before.log().size()));
}

TEST_CASE("a log that does not end where its state does is corrupt", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    auto kept = opened(database);
    story<V> s{1};
    trial{kept}.write(s.opens().turns_on());
    const auto kind_after = [&](const char* sql) {
        (void)server::tell(database, sql);
        const auto why = kept.load(s.id(), story<V>::system(), std::nullopt);
        REQUIRE(!why);
        INFO(why.error().what);
        return why.error().kind;
    };
    CHECK(kind_after("UPDATE lockbox.tenant SET version = version + 1") == failure_kind::corrupt);
    CHECK(kind_after("UPDATE lockbox.tenant SET version = version - 1; "
                     "UPDATE lockbox.settled SET settled = '{}'") == failure_kind::corrupt);
}

TEST_CASE("what PostgreSQL says becomes the failure that it is", "[store][postgres]") {
    using lockbox::postgres::kind_of;
    CHECK(kind_of("57014") == failure_kind::busy);
    CHECK(kind_of("40P01") == failure_kind::busy);
    CHECK(kind_of("53300") == failure_kind::busy);
    CHECK(kind_of("53100") == failure_kind::full);
    CHECK(kind_of("53200") == failure_kind::unavailable);
    CHECK(kind_of("25006") == failure_kind::read_only);
    CHECK(kind_of("42501") == failure_kind::read_only);
    CHECK(kind_of("57P01") == failure_kind::unavailable);
    CHECK(kind_of("57P03") == failure_kind::unavailable);
    CHECK(kind_of("42P01") == failure_kind::wrong_schema);
    CHECK(kind_of("23505") == failure_kind::corrupt);
    CHECK(kind_of("XX001") == failure_kind::corrupt);
    CHECK(kind_of("42601") == failure_kind::internal);
    CHECK(kind_of("") == failure_kind::internal);
}
