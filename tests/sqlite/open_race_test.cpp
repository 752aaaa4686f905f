// Several who open the same new file at once: whoever comes second finds the schema, or waits.
#include <lockbox/optional.hpp>
#include "support/once_sqlite.hpp"

#include <array>
#include <latch>
#include <thread>

#include <lockbox/testing/contract.hpp>

#include "sqlite/files.hpp"
#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::sqlite_store<V>;
using lockbox::testing::story;
using lockbox::testing::trial;

constexpr std::size_t openers = 8;

using attempts = std::array<lockbox::optional<lockbox::outcome<store>>, openers>;

/// What each of `openers` threads gets that open the file at the same moment.
attempts opened_at_once(const std::string& path) {
    attempts all;
    std::latch ready{openers};
    std::array<std::thread, openers> threads;
    for (std::size_t i = 0; i < openers; ++i) {
        threads[i] = std::thread{[&, i] {
            ready.arrive_and_wait();
            all[i].emplace(store::open(path));
        }};
    }
    for (auto& one : threads) one.join();
    return all;
}

/// All that the file's schema is, in one line.
std::string schema_of(const std::string& path) {
    const auto raw = lockbox::sqlite::connection::open(path, {});
    REQUIRE(raw);
    std::string all;
    for (const char* what :
         {"PRAGMA application_id", "PRAGMA user_version", "PRAGMA integrity_check",
          "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)"}) {
        const auto answer = raw->ask(what);
        INFO(what);
        REQUIRE(answer);
        all.append(*answer).append("\n");
    }
    return all;
}

}  // namespace

TEST_CASE("of several who open a new file at once all succeed, and the schema is made once",
          "[store][sqlite][threads][V17]") {
    const files::folder in;
    REQUIRE(store::open(in.file("alone.db")));
    const auto alone = schema_of(in.file("alone.db"));
    for (int round = 0; round < 20; ++round) {
        const auto path = in.file(("race-" + std::to_string(round) + ".db").c_str());
        auto all = opened_at_once(path);
        for (const auto& one : all) {
            INFO((*one ? "" : one->error().what));
            REQUIRE(*one);
        }
        CHECK(schema_of(path) == alone);

        // Each of them works on the one file: what one writes, all the others read.
        story<V> s{1};
        trial writing{**all[static_cast<std::size_t>(round) % openers]};
        writing.write(s.opens().submits(0, 1));
        CHECK(writing.fault().empty());
        for (auto& one : all) {
            trial reading{**one};
            reading.same(s, "opened at once");
            CHECK(reading.fault().empty());
        }
    }
}
