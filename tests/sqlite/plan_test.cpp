// What SQLite makes of our statements: no question is answered by walking a table.
#include "support/once_sqlite.hpp"

#include <lockbox/testing/contract/trial.hpp>

#include "sqlite/files.hpp"
#include "support/catch.hpp"

namespace {

using V = lockbox::default_vocabulary;
using lockbox::sqlite::reading;
using lockbox::testing::story;
using lockbox::testing::trial;

/// The plan of a statement, step by step.
std::string plan_of(lockbox::sqlite::connection& on, std::string_view sql) {
    lockbox::sqlite::statement explain;
    REQUIRE(lockbox::sqlite::statement::prepare(on.raw(), "EXPLAIN QUERY PLAN " + std::string{sql},
                                                explain) == SQLITE_OK);
    std::string plan;
    lockbox::sqlite::rows step{explain};
    while (step.next()) plan.append(step.text(3)).append("; ");
    return plan;
}

std::string plan_of(lockbox::sqlite::connection& on, reading which) {
    return plan_of(on, lockbox::sqlite::reading_texts[static_cast<std::size_t>(which)]);
}

bool has(const std::string& plan, std::string_view what) { return plan.find(what) != plan.npos; }

}  // namespace

TEST_CASE("due is answered by its index", "[store][sqlite][K2]") {
    const files::folder in;
    REQUIRE(lockbox::sqlite_store<V>::open(in.file()));
    auto on = lockbox::sqlite::connection::open(in.file(), {});
    const auto plan = plan_of(*on, reading::due);
    INFO(plan);
    CHECK(has(plan, "USING COVERING INDEX request_due (due<?)"));
    CHECK(!has(plan, "TEMP B-TREE"));
}

TEST_CASE("no statement walks a whole table or sorts", "[store][sqlite][L3]") {
    const files::folder in;
    REQUIRE(lockbox::sqlite_store<V>::open(in.file()));
    auto on = lockbox::sqlite::connection::open(in.file(), {});
    const auto check = [&](std::string_view sql) {
        if (sql.starts_with("BEGIN") || sql.starts_with("COMMIT") || sql.starts_with("ROLLBACK") ||
            sql.starts_with("SAVEPOINT") || sql.starts_with("RELEASE")) {
            return;
        }
        const auto plan = plan_of(*on, sql);
        INFO(sql);
        INFO(plan);
        CHECK(!has(plan, "SCAN"));
        CHECK(!has(plan, "TEMP B-TREE"));
    };
    for (const auto sql : lockbox::sqlite::reading_texts) check(sql);
    for (const auto sql : lockbox::sqlite::writing_texts) check(sql);
}

TEST_CASE("a filter's next entry is found in its index alone", "[store][sqlite][L2][L3]") {
    const files::folder in;
    REQUIRE(lockbox::sqlite_store<V>::open(in.file()));
    auto on = lockbox::sqlite::connection::open(in.file(), {});
    for (const auto which :
         {reading::by_activity, reading::by_actor, reading::by_request, reading::by_case,
          reading::by_engineer, reading::by_request_case, reading::by_status}) {
        const auto plan = plan_of(*on, which);
        INFO(plan);
        CHECK(has(plan, "USING COVERING INDEX"));
    }
    CHECK(has(plan_of(*on, reading::denials), "USING COVERING INDEX request_denied"));
}

TEST_CASE("settings are written only when they change, refusals too", "[store][sqlite]") {
    const files::folder in;
    auto kept = lockbox::sqlite_store<V>::open(in.file());
    REQUIRE(kept);
    auto raw = lockbox::sqlite::connection::open(in.file(), {});
    trial t{*kept};
    story<V> s{1};
    t.write(s.opens().submits(0, 1).passes(1).grants(1));
    REQUIRE(
        raw->execute("CREATE TRIGGER told AFTER UPDATE ON settled BEGIN "
                     "INSERT INTO cursor VALUES('settled', 1) "
                     "ON CONFLICT DO UPDATE SET position = position + 1; END"));
    const auto written = [&](story<V>& after) {
        t.write(after);
        const auto times = *kept->cursor("settled");
        REQUIRE(kept->keep_cursor("settled", 0));
        return times;
    };
    CHECK(written(s.accesses(1)) == 0);
    CHECK(written(s.submits(1, 1).passes(2)) == 0);
    CHECK(written(s.turns_on()) == 1);
    CHECK(written(s.refuses(1)) == 1);
    CHECK(written(s.finishes(1)) == 0);
    t.same(s, "all of it");
    CHECK(t.fault().empty());
}
