#include "support/once_sqlite.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <lockbox/testing/contract/trial.hpp>

#include "sqlite/files.hpp"
#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::sqlite_store<V>;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;

/// A tenant with something in every table.
story<V> full_story() {
    story<V> s{1};
    s.opens()
        .turns_on()
        .submits(0, 1)
        .submits(1, 2)
        .submits(2, 3)
        .passes(1)
        .grants(1)
        .denies(2)
        .refuses(3);
    return s;
}

void write_to(const std::string& path, story<V> s) {
    auto made = store::open(path);
    REQUIRE(made);
    trial t{*made};
    t.write(s);
    CHECK(t.fault().empty());
}

void tamper(const std::string& path, const std::string& sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &raw) == SQLITE_OK);
    INFO(sql);
    CHECK(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
}

}  // namespace

TEST_CASE("a state that cannot be is found by load, which names the tenant",
          "[store][sqlite][V14]") {
    const auto s = full_story();
    for (const char* sql : {
             "UPDATE tenant SET version = version + 1",
             "UPDATE tenant SET version = version - 1",
             "UPDATE tenant SET last = last + 1",
             "DELETE FROM event WHERE version = (SELECT max(version) FROM event)",
             "UPDATE settled SET settled = '{'",
             "UPDATE settled SET settled = replace(settled, '\"on\":true', '\"on\":1')",
             "UPDATE settled SET refusals = '[{}]'",
             "DELETE FROM settled",
             "UPDATE request SET state = '{}' WHERE state IS NOT NULL",
             "UPDATE request SET state = NULL WHERE number = 1",
             "UPDATE request SET state = replace(state, '\"gates\":[{', '\"gates\":[],\"x\":[{')",
             "UPDATE request SET state = (SELECT state FROM request WHERE number = 1) WHERE number "
             "= 3",
             "UPDATE request SET number = 7 WHERE number = 3",
             "UPDATE tenant SET version = -5",
         }) {
        const files::folder in;
        write_to(in.file(), s);
        tamper(in.file(), sql);
        auto kept = store::open(in.file());
        REQUIRE(kept);
        const auto loaded = kept->load(s.id(), story<V>::manager(), std::nullopt);
        INFO(sql);
        REQUIRE(!loaded);
        INFO(loaded.error().what);
        CHECK(loaded.error().kind == failure_kind::corrupt);
        CHECK(loaded.error().what.find("tenant-101") != std::string::npos);
    }
}

TEST_CASE("an event that cannot be read is found, and named by tenant and sequence",
          "[store][sqlite][V14]") {
    const auto s = full_story();
    for (const char* sql : {
             "UPDATE event SET body = '' WHERE version = 3",
             "UPDATE event SET body = substr(body, 1, 100) WHERE version = 3",
             "UPDATE event SET body = replace(body, '\"submitted\"', '\"submerged\"') WHERE "
             "version = 3",
             "UPDATE event SET body = replace(body, '\"number\":1', '\"number\":\"1\"') WHERE "
             "version = 3",
             "UPDATE event SET body = (SELECT body FROM event WHERE version = 4) WHERE version = 3",
             "UPDATE event SET body = replace(body, 'tenant-101', 'tenant-102') WHERE version = 3",
             "UPDATE event SET body = x'FFFE' WHERE version = 3",
         }) {
        const files::folder in;
        write_to(in.file(), s);
        tamper(in.file(), sql);
        auto kept = store::open(in.file());
        REQUIRE(kept);
        INFO(sql);
        const auto check = [](const lockbox::failure& why) {
            INFO(why.what);
            CHECK(why.kind == failure_kind::corrupt);
            CHECK(why.what.find("event 3 of tenant `tenant-101`") != std::string::npos);
        };
        lockbox::log_query<V> query;
        query.tenant = s.id();
        const auto found = kept->search(query);
        REQUIRE(!found);
        check(found.error());
        const auto read = kept->read(0, 100);
        REQUIRE(!read);
        check(read.error());
        const auto loaded = kept->load(s.id(), s.log()[2].actor, s.log()[2].command);
        REQUIRE(!loaded);
        check(loaded.error());
        CHECK(kept->read(3, 100)->size() == s.log().size() - 3);
    }
}

TEST_CASE("a row of a request that lockbox never writes is found by a listing", "[store][sqlite]") {
    const auto s = full_story();
    for (const char* sql : {"UPDATE request SET status = 'asleep' WHERE number = 2",
                            "UPDATE request SET gate = 'cellar' WHERE number = 2"}) {
        const files::folder in;
        write_to(in.file(), s);
        tamper(in.file(), sql);
        auto kept = store::open(in.file());
        lockbox::request_query<V> query;
        query.tenant = s.id();
        const auto listed = kept->requests(query);
        INFO(sql);
        REQUIRE(!listed);
        CHECK(listed.error().kind == failure_kind::corrupt);
    }
}

TEST_CASE("a damaged file is a failure at every place of the damage, and never a crash",
          "[store][sqlite]") {
    const auto s = full_story();
    const files::folder in;
    write_to(in.file("sound.db"), s);
    const auto size = std::filesystem::file_size(in.file("sound.db"));
    REQUIRE(size % 4096 == 0);
    for (std::uintmax_t page = 0; page < size / 4096; ++page) {
        for (const std::uintmax_t offset : {0U, 3U, 100U, 2000U, 4000U}) {
            std::filesystem::copy_file(in.file("sound.db"), in.file(),
                                       std::filesystem::copy_options::overwrite_existing);
            std::fstream file{in.file(), std::ios::in | std::ios::out | std::ios::binary};
            file.seekp(static_cast<std::streamoff>(page * 4096 + offset));
            file << std::string(64, '\xA5');
            file.close();
            auto kept = store::open(in.file());
            if (!kept) continue;
            story<V> more = s;
            (void)kept->load(s.id(), story<V>::manager(), std::nullopt);
            (void)kept->read(0, 1000);
            (void)kept->due(story<V>::hour(99), 10);
            auto change = more.submits(0, 1).unwritten();
            change.version = s.state().sequence;
            change.events = std::span{more.log()}.last(1);
            (void)kept->commit({&change, 1});
        }
    }
    SUCCEED();
}

TEST_CASE("a file that is cut short is a failure", "[store][sqlite]") {
    const auto s = full_story();
    const files::folder in;
    write_to(in.file("sound.db"), s);
    for (const std::uintmax_t size : {99U, 1000U, 4096U, 5000U, 20480U}) {
        std::filesystem::copy_file(in.file("sound.db"), in.file(),
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(in.file(), size);
        auto kept = store::open(in.file());
        const bool found =
            !kept || !kept->load(s.id(), story<V>::manager(), std::nullopt) || !kept->read(0, 1000);
        INFO(size);
        CHECK(found);
    }
}
