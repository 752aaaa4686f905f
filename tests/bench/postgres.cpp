// Durable commands on a PostgreSQL server of the benchmark's own, its data on the disk, against
// hand-written statements that write the same rows on the same server. The command is an access.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres_database.hpp"
#include "suites.hpp"

namespace bench {
namespace {

constexpr std::size_t tenant_count = 100;

using service = served<postgres_store>;

/// What a row of the event table holds, as libpq takes it.
struct row {
    std::string tenant{};
    std::string version{};
    std::string command{};
    std::string body{};
};

/// libpq as one uses it without a library, on tables of the store's own schema.
class bare_service {
  public:
    bare_service(const std::string& database, commands& make) : rules_{tenant_count, make} {
        (void)service{opened(database), tenant_count, make};
        on_.reset(PQconnectdb(database.c_str()));
        require(PQstatus(on_.get()) == CONNECTION_OK, "the server does not answer");
        run("SET search_path = lockbox");
        prepare("advance",
                "UPDATE tenant SET version = $2::int8, last = $3::int8, noted = noted + 1 "
                "WHERE id = $1 AND version = $2::int8 - 1");
        prepare("add",
                "INSERT INTO event(tenant, version, at, activity, actor, acting, request, "
                "case_number, command, through, body) VALUES($1, $2::int8, $3::int8, 'accessed', "
                "'eve@provider.example', 'engineer', 'R-000001', 'CASE-4711', $4, $2::int8, $5)");
        prepare("send",
                "INSERT INTO outbox(tenant, version, through, part, noted, place) "
                "VALUES($1, $2::int8, $2::int8, 1, 1, 1)");
    }

    std::vector<row> rows_of(std::span<const lb::command> all) {
        std::vector<row> rows;
        for (auto& one : rules_.rows_of(all))
            rows.push_back({std::string{tenant(one.tenant).text()}, std::to_string(one.version),
                            std::move(one.command), std::move(one.body)});
        return rows;
    }

    /// One transaction and one round trip: the event, its place in the outbox, the tenant.
    void write(const row& one) const {
        require(PQenterPipelineMode(on_.get()) == 1, "no pipeline");
        say("BEGIN");
        say("advance", {one.tenant.c_str(), one.version.c_str(), at.c_str()});
        say("add", {one.tenant.c_str(), one.version.c_str(), at.c_str(), one.command.c_str(),
                    one.body.c_str()});
        say("send", {one.tenant.c_str(), one.version.c_str()});
        say("COMMIT");
        require(PQpipelineSync(on_.get()) == 1, "the pipeline does not end");
        for (int left = 5; left > 0; --left) {
            require(took(PQgetResult(on_.get())), PQerrorMessage(on_.get()));
            require(PQgetResult(on_.get()) == nullptr, "a second answer");
        }
        PQclear(PQgetResult(on_.get()));
        require(PQexitPipelineMode(on_.get()) == 1, "the pipeline stays");
    }
    /// The bare row of an event, in a transaction of its own.
    void insert(const row& one) const {
        const std::vector<const char*> values{one.tenant.c_str(), one.version.c_str(), at.c_str(),
                                              one.command.c_str(), one.body.c_str()};
        require(took(PQexecPrepared(on_.get(), "add", 5, values.data(), nullptr, nullptr, 0)),
                PQerrorMessage(on_.get()));
    }
    /// All rows by COPY, in one transaction.
    void copy(std::span<const row> rows) const {
        std::string events;
        std::string outbox;
        for (const auto& one : rows) {
            events += one.tenant + '\t' + one.version + '\t' + at +
                      "\taccessed\teve@provider.example\tengineer\tR-000001\tCASE-4711\t" +
                      one.command + '\t' + one.version + '\t' + one.body + '\n';
            outbox += one.tenant + '\t' + one.version + '\t' + one.version + "\t1\t1\t1\n";
        }
        run("BEGIN");
        put("COPY event FROM STDIN", events);
        put("COPY outbox FROM STDIN", outbox);
        run("COMMIT");
    }

  private:
    static bool took(PGresult* said) {
        const auto status = PQresultStatus(said);
        PQclear(said);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    }
    void run(const char* sql) const {
        require(took(PQexec(on_.get(), sql)), PQerrorMessage(on_.get()));
    }
    void prepare(const char* name, const char* sql) const {
        require(took(PQprepare(on_.get(), name, sql, 0, nullptr)), PQerrorMessage(on_.get()));
    }
    void say(const char* sql) const {
        require(PQsendQueryParams(on_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1,
                "a statement is not sent");
    }
    void say(const char* name, const std::vector<const char*>& values) const {
        require(PQsendQueryPrepared(on_.get(), name, static_cast<int>(values.size()), values.data(),
                                    nullptr, nullptr, 0) == 1,
                "a statement is not sent");
    }
    void put(const char* sql, const std::string& rows) const {
        PQclear(PQexec(on_.get(), sql));
        require(PQputCopyData(on_.get(), rows.data(), static_cast<int>(rows.size())) == 1 &&
                    PQputCopyEnd(on_.get(), nullptr) == 1,
                "COPY does not take the rows");
        require(took(PQgetResult(on_.get())), PQerrorMessage(on_.get()));
        require(PQgetResult(on_.get()) == nullptr, "COPY does not end");
    }

    const std::string at = std::to_string(start.time_since_epoch().count());
    struct finish {
        void operator()(PGconn* on) const { PQfinish(on); }
    };
    std::unique_ptr<PGconn, finish> on_;
    by_rules rules_;
};

std::vector<lb::command> accesses(commands& make, std::size_t count, std::size_t first = 0) {
    std::vector<lb::command> all;
    for (std::size_t at = 0; at < count; ++at)
        all.push_back(make.by(engineer, tenant((first + at) % tenant_count), attempt()));
    return all;
}

/// Commands a second of so many threads, each on a tenant of its own.
double throughput(service& ours, commands& make, std::size_t each) {
    std::vector<std::vector<lb::command>> of(client_count);
    for (std::size_t number = 0; number < client_count; ++number)
        for (std::size_t at = 0; at < each; ++at)
            of[number].push_back(make.by(engineer, tenant(number), attempt()));
    const double took = timed([&] {
        std::vector<std::thread> at_work;
        for (const auto& all : of)
            at_work.emplace_back([&] {
                for (const auto& c : all) ours.do_one(c);
            });
        for (auto& one : at_work) one.join();
    });
    return static_cast<double>(client_count * each) / took * 1e9;
}

/// The same by pgbench, which is given the store's own statement with one tenant a client.
class pgbench {
  public:
    pgbench(const postgres_server::server& on, std::string database, const row& like)
        : on_(on),
          database_(std::move(database)),
          file_(on.path() + "/commit.sql"),
          version_(std::stoul(like.version) - 1) {
        auto text = lockbox::postgres::commit_text({});
        const std::string body = '\'' + like.body + '\'';
        const std::string values[] = {
            "('customer-' || lpad((:client_id)::text, 6, '0') || '.example')",
            "(:v)",
            "(:v + 1)",
            "(1793610000000)",
            "(1)",
            "(0)",
            "(1)",
            "(NULL)",
            "(NULL)",
            "(false)",
            "(NULL)",
            "(1)",
            "(:v + 1)",
            "(1793610000000)",
            "('accessed')",
            "('eve@provider.example')",
            "('engineer')",
            "('R-000001')",
            "('CASE-4711')",
            "('pgbench-' || :client_id || '-' || :v)",
            "(:v + 1)",
            "(" + body + ")"};
        for (std::size_t at = std::size(values); at > 0; --at) {
            const auto place = '$' + std::to_string(at) + "::";
            for (auto found = text.find(place); found != text.npos; found = text.find(place, found))
                text.replace(found, place.size(), values[at - 1] + "::");
        }
        std::ofstream{file_} << text << ";\n\\set v :v + 1\n";
    }
    /// So many transactions a client.
    double throughput(std::size_t each) {
        const auto line = postgres_server::programs() + "/pgbench -n -M prepared -c " +
                          std::to_string(client_count) + " -j 2 -t " + std::to_string(each) +
                          " -D v=" + std::to_string(version_) + " -f " + file_ +
                          " \"options='-csearch_path=lockbox -cplan_cache_mode=force_generic_plan "
                          "-cenable_seqscan=off -cenable_hashjoin=off -cenable_mergejoin=off "
                          "-cjit=off' " +
                          database_ + "\" 2>&1";
        version_ += each;
        std::FILE* const out = popen(line.c_str(), "r");
        require(out != nullptr, "pgbench does not start");
        double rate = 0;
        std::string said;
        for (char text[512]; std::fgets(text, sizeof text, out) != nullptr;) {
            (void)std::sscanf(text, "tps = %lf", &rate);
            said += text;
        }
        pclose(out);
        if (rate == 0 || said.find("aborted") != said.npos) fail("pgbench: " + said);
        return rate;
    }

  private:
    const postgres_server::server& on_;
    std::string database_;
    std::string file_;
    std::size_t version_;  // of all its tenants
};

/// One command at a time: against all that it writes, and against its event alone.
void one_by_one(figures& into, effort how, service& ours, bare_service& bare, commands& make) {
    std::size_t turn = 0;
    const auto ours_once = [&] {
        const auto all = accesses(make, 1, ++turn % 30);
        return timed([&] { ours.do_one(all.front()); }) / 1e3;
    };
    const auto one = in_turns(how.rounds(300, 2000), ours_once, [&] {
        const auto rows = bare.rows_of(accesses(make, 1, turn % 30));
        return timed([&] { bare.write(rows.front()); }) / 1e3;
    });
    into.push_back({"postgres_commit_1", "us", one.ours, one.reference, bar::at_most, 1.15,
                    "one durable command / one pipelined transaction that writes the same rows"});
    const auto verdict = in_turns(how.rounds(300, 2000), ours_once, [&] {
        // Of tenants apart: their rows say no more which version is the last.
        const auto rows = bare.rows_of(accesses(make, 1, 30 + turn % 10));
        return timed([&] { bare.insert(rows.front()); }) / 1e3;
    });
    into.push_back({"authorize_cached", "us", verdict.ours, verdict.reference, bar::at_most, 1.4,
                    "a verdict with its durable event / one bare INSERT of that row"});
}

void by_many(figures& into, effort how, service& ours, pgbench reference, commands& make) {
    const auto each = how.rounds(100, 200);
    const auto clients = in_turns(
        how.rounds(3, 9), [&] { return throughput(ours, make, each); },
        [&] { return reference.throughput(each); });
    into.push_back({"postgres_clients", "1/s", clients.ours, clients.reference, bar::at_least, 0.7,
                    "durable commands a second, 16 threads / pgbench with the same statement"});
}

void in_a_batch(figures& into, effort how, service& ours, bare_service& bare, commands& make) {
    const auto hundred = in_turns(
        how.rounds(21, 101),
        [&] {
            const auto all = accesses(make, tenant_count);
            return timed([&] { ours.do_all(all); }) / tenant_count / 1e3;
        },
        [&] {
            const auto rows = bare.rows_of(accesses(make, tenant_count));
            return timed([&] { bare.copy(rows); }) / tenant_count / 1e3;
        });
    into.push_back({"postgres_commit_100", "us", hundred.ours, hundred.reference, bar::at_most, 5,
                    "one of 100 commands of 100 tenants in one batch / COPY of the same rows"});
}

}  // namespace

void postgres(figures& into, effort how) {
    // Its data on the disk that durable figures are about.
    const auto disk = std::filesystem::temp_directory_path().string();
    postgres_server::server server{{"shared_buffers=256MB", "max_wal_size=1GB"}, disk};
    if (!server.run()) {
        std::fprintf(stderr, "bench: %s\n", server.problem().c_str());
        return;
    }
    commands make;
    service ours{opened(server.fresh()), tenant_count, make};
    bare_service bare{server.fresh(), make};
    one_by_one(into, how, ours, bare, make);

    const auto third = server.fresh();
    (void)service{opened(third), tenant_count, make};
    const auto like = bare.rows_of(accesses(make, 1, 50)).front();
    bare.write(like);
    by_many(into, how, ours, pgbench{server, third, like}, make);

    in_a_batch(into, how, ours, bare, make);
    // Minutes go into a million tenants.
    if (!how.quick) postgres_growth(into, server, make);
}

}  // namespace bench
