#include "support/once_sqlite.hpp"

#include <filesystem>
#include <fstream>

#include <lockbox/testing/contract.hpp>

#include "sqlite/files.hpp"
#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::sqlite_store<V>;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;

static_assert(lockbox::store_for<store, V>);
static_assert(std::is_nothrow_move_constructible_v<store>);

store opened(const std::string& path, const lockbox::sqlite_options& options = {}) {
    auto made = store::open(path, options);
    if (!made) FAIL(made.error().what);
    return *std::move(made);
}

/// Runs SQL on the file as another program would.
void tamper(const std::string& path, const char* sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
    CHECK(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
}

std::string asked(const std::string& path, const std::string& sql) {
    auto raw = lockbox::sqlite::connection::open(path, {});
    REQUIRE(raw);
    const auto answer = raw->ask(sql);
    INFO(sql);
    REQUIRE(answer);
    return *answer;
}

lockbox::failure failure_to_open(const std::string& path,
                                 const lockbox::sqlite_options& options = {}) {
    auto made = store::open(path, options);
    REQUIRE(!made);
    INFO(made.error().what);
    CHECK(made.error().what.find("nothing was changed") != std::string::npos);
    return made.error();
}

}  // namespace

TEST_CASE("the SQLite store keeps the contract",
          "[store][sqlite][contract][threads][V7][V8][V14][K2][L2][L3]") {
    for (const auto& clause : lockbox::testing::contract_clauses<store>) {
        const files::folder in;
        auto fresh = opened(in.file());
        INFO(clause.name);
        CHECK(lockbox::testing::check_clause(clause, fresh).empty());
    }
}

TEST_CASE("a database opened again tells what was written, to another process too",
          "[store][sqlite][V12][V17]") {
    const files::folder in;
    story<V> s{1};
    {
        auto first = opened(in.file());
        trial before{first};
        before.write(
            s.opens().submits(0, 1).submits(1, 2).passes(1).grants(1).denies(2).refuses(1));
        REQUIRE(first.keep_cursor("mail", 5));
    }
    auto second = opened(in.file());
    trial after{second};
    after.same(s, "opened again");
    CHECK(after.fault().empty());
    CHECK(*second.cursor("mail") == 5);

    auto third = opened(in.file());
    trial beside{third};
    beside.write(s.accesses(1));
    after.same(s, "through another connection");
    auto stale = s;
    after.write(s.finishes(1));
    CHECK(!beside.commit({&stale.revokes(1)}));
    beside.same(s, "through another connection");
    CHECK(after.fault().empty());
    CHECK(beside.fault().empty());
}

TEST_CASE("a moved store works on", "[store][sqlite]") {
    const files::folder in;
    auto first = opened(in.file());
    story<V> s{1};
    trial{first}.write(s.opens());
    auto moved = std::move(first);
    trial after{moved};
    after.write(s.turns_on());
    after.same(s, "moved");
    CHECK(after.fault().empty());
}

TEST_CASE("a commit is durable before it returns: WAL, synchronous FULL, and the file is marked",
          "[store][sqlite][V17]") {
    const files::folder in;
    const auto kept = opened(in.file());
    CHECK(asked(in.file(), "PRAGMA journal_mode") == "wal");
    CHECK(asked(in.file(), "PRAGMA application_id") == "1818976888");
    CHECK(asked(in.file(), "PRAGMA user_version") == "1");
    auto connection = lockbox::sqlite::connection::open(in.file(), {});
    REQUIRE(connection->make_durable({}));
    CHECK(*connection->ask("PRAGMA synchronous") == "2");
    CHECK(*connection->ask("PRAGMA foreign_keys") == "1");
}

TEST_CASE("a database that cannot be in WAL mode is refused", "[store][sqlite][V17]") {
    const auto why = store::open(":memory:");
    REQUIRE(!why);
    CHECK(why.error().kind == failure_kind::unavailable);
    CHECK(why.error().what.find("power cut") != std::string::npos);
}

TEST_CASE("a missing folder, a folder and a missing file that may not be made are unavailable",
          "[store][sqlite]") {
    const files::folder in;
    CHECK(failure_to_open(in.file("no/such/folder.db")).kind == failure_kind::unavailable);
    CHECK(failure_to_open(in.path()).kind == failure_kind::unavailable);
    lockbox::sqlite_options options;
    options.create = false;
    CHECK(failure_to_open(in.file(), options).kind == failure_kind::unavailable);
    CHECK(!std::filesystem::exists(in.file()));
}

TEST_CASE("a file that is no database, or another application's, is left as it is",
          "[store][sqlite]") {
    const files::folder in;
    const std::string letter(5000, 'x');
    std::ofstream{in.file("letter.txt")} << letter;
    CHECK(failure_to_open(in.file("letter.txt")).kind == failure_kind::wrong_schema);
    std::ifstream again{in.file("letter.txt")};
    CHECK(std::string{std::istreambuf_iterator<char>{again}, {}} == letter);

    tamper(in.file("other.db"), "CREATE TABLE song(title TEXT)");
    const auto before = asked(in.file("other.db"), "PRAGMA journal_mode");
    CHECK(failure_to_open(in.file("other.db")).kind == failure_kind::wrong_schema);
    CHECK(asked(in.file("other.db"), "PRAGMA journal_mode") == before);
    CHECK(asked(in.file("other.db"), "SELECT count(*) FROM sqlite_schema") == "1");
}

TEST_CASE("a database of a newer lockbox is left as it is", "[store][sqlite]") {
    const files::folder in;
    (void)opened(in.file());
    tamper(in.file(), "PRAGMA user_version=2");
    const auto why = failure_to_open(in.file());
    CHECK(why.kind == failure_kind::wrong_schema);
    CHECK(why.what.find("version 2") != std::string::npos);
}

TEST_CASE("a migration is done in one transaction, or not at all", "[store][sqlite]") {
    const files::folder in;
    (void)opened(in.file());
    auto on = lockbox::sqlite::connection::open(in.file(), {});
    REQUIRE(on);
    const std::string_view now = lockbox::sqlite::migrations[0];
    const std::array good{now, std::string_view{"ALTER TABLE tenant ADD COLUMN note TEXT"}};
    const std::array bad{now, good[1],
                         std::string_view{"CREATE TABLE extra(a); CREATE TABLE tenant(a)"}};
    CHECK(!lockbox::sqlite::migrate(*on, bad));
    CHECK(*on->ask("PRAGMA user_version") == "1");
    CHECK(*on->ask("SELECT count(*) FROM pragma_table_info('tenant') WHERE name = 'note'") == "0");
    CHECK(lockbox::sqlite::migrate(*on, good));
    CHECK(lockbox::sqlite::migrate(*on, good));
    CHECK(*on->ask("PRAGMA user_version") == "2");
    CHECK(*on->ask("SELECT count(*) FROM pragma_table_info('tenant') WHERE name = 'note'") == "1");
}

TEST_CASE("a database that others hold is busy, and what they write is seen later",
          "[store][sqlite]") {
    const files::folder in;
    lockbox::sqlite_options options;
    options.busy_timeout = std::chrono::milliseconds{20};
    auto kept = opened(in.file(), options);
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    auto other = lockbox::sqlite::connection::open(in.file(), {});
    REQUIRE(other->execute("BEGIN IMMEDIATE"));
    auto change = s.turns_on().unwritten();
    const auto done = kept.commit({&change, 1});
    REQUIRE(!done);
    CHECK(done.error().kind == failure_kind::busy);
    CHECK(t.state_of(s)->sequence == 1);
    REQUIRE(other->execute("ROLLBACK"));
    t.write(s);
    t.same(s, "after it was busy");
    CHECK(t.fault().empty());
}

TEST_CASE("a full disk fails a commit and changes nothing", "[store][sqlite][V13]") {
    const files::folder in;
    auto kept = opened(in.file());
    story<V> s{1};
    trial t{kept};
    t.write(s.opens());
    // A limit of SQLite's own stands for the disk's: the page after the last cannot be had.
    auto narrow = lockbox::sqlite::connection::open(in.file(), {});
    REQUIRE(narrow->make_durable({}));
    REQUIRE(narrow->ask("PRAGMA max_page_count=1"));
    auto writer = lockbox::sqlite::writer<V>::over(*std::move(narrow));
    REQUIRE(writer);
    auto big = s;
    while (big.log().size() < 2000) big.refuses(1);
    auto change = big.unwritten();
    const auto done = writer->commit({&change, 1});
    REQUIRE(!done);
    CHECK(done.error().kind == failure_kind::full);
    t.same(s, "after the disk was full");
    t.write(s.turns_on());
    CHECK(t.fault().empty());
}

TEST_CASE("a file that may only be read is read_only", "[store][sqlite]") {
    const files::folder in;
    (void)opened(in.file());
    std::filesystem::permissions(in.file(), std::filesystem::perms::owner_read);
    if (std::ofstream{in.file(), std::ios::app}) return;  // the superuser may write it all the same
    CHECK(failure_to_open(in.file()).kind == failure_kind::read_only);
}

TEST_CASE("what SQLite says becomes the failure that it is", "[store][sqlite]") {
    using lockbox::sqlite::kind_of;
    CHECK(kind_of(SQLITE_BUSY_RECOVERY) == failure_kind::busy);
    CHECK(kind_of(SQLITE_READONLY_DBMOVED) == failure_kind::read_only);
    CHECK(kind_of(SQLITE_FULL) == failure_kind::full);
    CHECK(kind_of(SQLITE_CORRUPT_INDEX) == failure_kind::corrupt);
    CHECK(kind_of(SQLITE_NOTADB) == failure_kind::wrong_schema);
    CHECK(kind_of(SQLITE_CANTOPEN_FULLPATH) == failure_kind::unavailable);
    CHECK(kind_of(SQLITE_IOERR_WRITE) == failure_kind::unavailable);
    CHECK(kind_of(SQLITE_MISUSE) == failure_kind::internal);
}
