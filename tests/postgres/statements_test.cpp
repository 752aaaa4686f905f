// What PostgreSQL makes of our statements: each goes to one tenant's rows by an index, so that the
// tables can be spread by the tenant; and what a role must be allowed for them.
#include <lockbox/store/postgres.hpp>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <lockbox/testing/contract.hpp>

#include "postgres/support.hpp"

using namespace postgres_server;
using lockbox::failure_kind;
using lockbox::testing::story;
using lockbox::testing::trial;
namespace postgres = lockbox::postgres;

namespace {

struct named {
    std::string name{};
    std::string text{};
};

/// Every statement that is asked of a tenant at a time.
std::vector<named> of_a_tenant() {
    std::vector<named> all;
    for (const auto& one : postgres::of_a_tenant)
        all.push_back({std::string{one.name}, std::string{one.text}});
    for (unsigned bits = 0; bits < postgres::shape::count; ++bits) {
        const auto shape = postgres::shape::of(bits);
        all.push_back({shape.name(), postgres::commit_text(shape)});
    }
    for (const auto& one : postgres::all_pages()) all.push_back({one.name, one.text});
    return all;
}

/// The plan of a statement, line by line.
std::vector<std::string> plan_of(postgres::connection& on, const named& what) {
    PQclear(PQprepare(on.raw(), what.name.c_str(), what.text.c_str(), 0, nullptr));
    auto* described = PQdescribePrepared(on.raw(), what.name.c_str());
    std::string sql = "EXPLAIN EXECUTE " + what.name;
    for (int n = 0; n < PQnparams(described); ++n) sql += n == 0 ? "(NULL" : ", NULL";
    sql += PQnparams(described) > 0 ? ")" : "";
    PQclear(described);
    auto* said = PQexec(on.raw(), sql.c_str());
    INFO(what.name << ": " << PQresultErrorMessage(said));
    REQUIRE(PQresultStatus(said) == PGRES_TUPLES_OK);
    std::vector<std::string> lines;
    for (int n = 0; n < PQntuples(said); ++n) lines.emplace_back(PQgetvalue(said, n, 0));
    PQclear(said);
    return lines;
}

bool names_the_tenant(const std::string& condition) {
    return has(condition, "(tenant = ") || has(condition, "(id = ") ||
           has(condition, "((tenant = ");
}

}  // namespace

TEST_CASE("every statement names the tenant: it looks nowhere but at one tenant's rows",
          "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    (void)opened(database);
    auto on = postgres::open_session(database, {});
    REQUIRE(on);
    for (const auto& what : of_a_tenant()) {
        const auto plan = plan_of(*on, what);
        std::string all;
        for (const auto& line : plan) all.append(line).append("\n");
        INFO(what.name << "\n" << all);
        CHECK(!has(all, "Seq Scan"));
        CHECK(!has(all, "JIT"));
        for (std::size_t at = 0; at < plan.size(); ++at) {
            const bool looks = has(plan[at], "Index Scan") || has(plan[at], "Index Only Scan");
            if (!looks) continue;
            REQUIRE(at + 1 < plan.size());
            INFO(plan[at]);
            CHECK(has(plan[at + 1], "Index Cond: "));
            CHECK(names_the_tenant(plan[at + 1]));
        }
    }
}

TEST_CASE("relays and sweepers go by an index too", "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    (void)opened(database);
    auto on = postgres::open_session(database, {});
    REQUIRE(on);
    for (const auto& one : postgres::of_all_tenants) {
        std::string all;
        for (const auto& line : plan_of(*on, {std::string{one.name}, std::string{one.text}}))
            all.append(line).append("\n");
        INFO(one.name << "\n" << all);
        CHECK((!has(all, "Seq Scan") || has(all, "Seq Scan on counter")));
    }
}

TEST_CASE("the store runs no statement on its tables but those that are listed",
          "[store][postgres]") {
    if (!ready()) return;
    server own{{"log_statement=all"}};
    REQUIRE(own.run());
    auto kept = opened(own.text("postgres"));
    for (const auto& clause : lockbox::testing::contract_clauses<store>) {
        // One database for all: what a clause says does not matter here, only what is asked.
        trial<store> t{kept};
        clause.check(t);
    }
    (void)kept.claiming(std::chrono::seconds{1}).due(story<V>::hour(1), 1);
    (void)kept.lease("a", "b", std::chrono::seconds{1});
    (void)kept.release("a", "b");
    std::set<std::string> listed{"set_up", "tune", "settings", "tables", "schema_version"};
    for (const auto& one : of_a_tenant()) listed.insert(one.name);
    for (const auto& one : postgres::of_all_tenants) listed.emplace(one.name);
    std::set<std::string> run;
    std::ifstream log{own.path() + "/log"};
    for (std::string line; std::getline(log, line);) {
        const auto at = line.find("execute ");
        if (at == line.npos) continue;
        const auto name = line.substr(at + 8, line.find(':', at) - at - 8);
        if (name == "<unnamed>") {
            CHECK((has(line, ": BEGIN") || has(line, ": COMMIT")));
            continue;
        }
        run.insert(name);
    }
    for (const auto& name : run) {
        INFO(name);
        CHECK(listed.contains(name));
    }
    CHECK(run.contains("commit_opens"));
    CHECK(run.size() > 15);
}

TEST_CASE("a role that may append can neither change nor delete an event; one that reads, nothing",
          "[store][postgres]") {
    if (!ready()) return;
    const auto database = shared().fresh();
    (void)opened(database);
    (void)server::tell(database, "CREATE ROLE desk LOGIN");
    (void)server::tell(database, "CREATE ROLE \"the auditor\" LOGIN");
    CHECK(server::tell(database, postgres::grants_to_append("lockbox", "desk")) == "");
    CHECK(server::tell(database, postgres::grants_to_read("lockbox", "the auditor")) == "");
    const auto as_desk = database + " user=desk";
    const auto as_auditor = database + " user='the auditor'";

    // The whole contract, with no more than these rights.
    int n = 0;
    for (const auto& clause : lockbox::testing::contract_clauses<store>) {
        auto options = any_time();
        options.schema = "clause_" + std::to_string(++n);
        (void)opened(database, options);
        CHECK(server::tell(database, postgres::grants_to_append(options.schema, "desk")) == "");
        auto fresh = opened(as_desk, options);
        INFO(clause.name);
        CHECK(lockbox::testing::check_clause(clause, fresh) == "");
    }
    auto kept = opened(as_desk);
    trial t{kept};
    story<V> s{1};
    t.write(s.opens().submits(0, 1));
    CHECK(kept.lease("a", "b", std::chrono::seconds{1}) == true);
    CHECK(kept.release("a", "b"));
    CHECK(kept.claiming(std::chrono::seconds{1}).due(s.now(), 1));
    CHECK(t.read_all(10).size() == 2);
    t.write(s.refuses(1));
    CHECK(t.fault() == "");

    for (const auto& as : {as_desk, as_auditor}) {
        for (const char* table : {"event", "numbered"}) {
            const std::string name = std::string{"lockbox."} + table;
            for (const auto& sql :
                 {"UPDATE " + name + " SET version = 7", "DELETE FROM " + name, "TRUNCATE " + name,
                  "DROP TABLE " + name, "ALTER TABLE " + name + " ADD COLUMN a INT"}) {
                INFO(sql);
                const auto said = server::tell(as, sql);
                CHECK((has(said, "permission denied") || has(said, "must be owner")));
            }
        }
    }
    for (const auto* table : {"tenant", "settled", "deadline", "request"}) {
        const std::string sql = std::string{"DELETE FROM lockbox."} + table;
        CHECK(has(server::tell(as_desk, sql), "permission denied"));
        CHECK(has(server::tell(as_auditor, sql), "permission denied"));
    }
    auto looking = opened(as_auditor);
    trial sees{looking};
    sees.same(s, "as an auditor");
    CHECK(sees.read_all(10).size() == 2);  // the third has no position yet, and it can give none
    CHECK(sees.fault() == "");
    auto change = s.turns_on().unwritten();
    const auto done = looking.commit({&change, 1});
    REQUIRE(!done);
    CHECK(done.error().kind == failure_kind::read_only);
}
