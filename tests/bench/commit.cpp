// Durable commands through the engine (WAL, synchronous=FULL, on the disk), against bare prepared
// statements that write the same rows into the same schema. The command is an access: one event.
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <lockbox/log/json.hpp>

#include "database.hpp"
#include "suites.hpp"

namespace bench {
namespace {

constexpr std::size_t tenant_count = 10;

struct silent_sink {
    lockbox::delivered publish(const lb::audit_event& /*event*/) { return {}; }
};

lb::tenant_id tenant(std::size_t number) {
    return lb::tenant_id{numbered("customer-", number, ".example")};
}

/// The engine on a file with tenants that each have one active request.
class service {
  public:
    service(const char* file, commands& make) : file_(on_disk(file)), store_(opened(file_)) {
        for (std::size_t number = 0; number < tenant_count; ++number) {
            for (const auto& c : opening(make, tenant(number))) do_one(c);
            for (const auto& c : request_life(make, tenant(number), words::request_id_of(1), true))
                do_one(c);
        }
    }
    void do_one(const lb::command& c) {
        const auto reply = engine_.handle(c);
        require(reply && !reply->refused, "a command was not carried out");
    }
    void do_all(std::span<const lb::command> all) {
        for (const auto& reply : engine_.handle(all))
            require(reply && !reply->refused, "a command was not carried out");
    }

  private:
    scratch_file file_;
    sqlite_store store_;
    lockbox::manual_clock<> clock_{start};
    silent_sink sink_;
    lockbox::engine<lockbox::manual_clock<>, sqlite_store, silent_sink, lockbox::standard_policy>
        engine_{clock_, store_, sink_, {}};
};

/// The row of one event, as it is written.
struct row {
    std::int64_t tenant = 0;
    std::int64_t version = 0;
    std::string command{};
    std::string body{};
};

/// The same rows by statements alone, in a database with the same tenants and settings.
class bare_service {
  public:
    bare_service(const char* file, commands& make) : file_(on_disk(file)) {
        (void)opened(file_);
        database_ = std::make_unique<bare_database>(file_);
        database_->execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16384");
        for (std::size_t number = 0; number < tenant_count; ++number) {
            auto& t = tenants_.emplace_back();
            for (const auto& c : opening(make, tenant(number))) carry_out(t, c, start);
            for (const auto& c : request_life(make, tenant(number), words::request_id_of(1), true))
                carry_out(t, c, start);
            database_->execute("INSERT INTO tenant VALUES(" + std::to_string(number + 1) + ",'" +
                               std::string{t.id.text()} + "',0,0,1)");
        }
        begin_.emplace_back(*database_, "BEGIN IMMEDIATE");
        begin_.emplace_back(*database_, "COMMIT");
        begin_.emplace_back(*database_,
                            "UPDATE tenant SET version = ?2, last = ?3, submissions = 1 "
                            "WHERE key = ?1 AND version < ?2");
        begin_.emplace_back(
            *database_,
            "INSERT INTO event(tenant, version, at, activity, actor, acting, request, case_number, "
            "command, body) VALUES(?1, ?2, ?3, 'accessed', ?4, 'engineer', ?5, ?6, ?7, ?8)");
    }

    /// The rows that these commands come to.
    std::vector<row> rows_of(std::span<const lb::command> all) {
        std::vector<row> rows;
        for (const auto& c : all) {
            std::size_t number = 0;
            while (tenants_[number].id != c.tenant) ++number;
            std::vector<lb::audit_event> log;
            carry_out(tenants_[number], c, start, &log);
            row one{static_cast<std::int64_t>(number + 1),
                    static_cast<std::int64_t>(log.front().sequence),
                    std::string{c.id->text()},
                    {}};
            lockbox::log::write(one.body, log.front());
            rows.push_back(std::move(one));
        }
        return rows;
    }

    /// One transaction: an event each, and each tenant once.
    void write(std::span<const row> rows) const {
        const auto& begin = begin_[0];
        const auto& commit = begin_[1];
        const auto& advance = begin_[2];
        const auto& add = begin_[3];
        begin.run();
        for (const auto& one : rows) {
            add.set(1, one.tenant);
            add.set(2, one.version);
            add.set(3, start.time_since_epoch().count());
            add.set(4, std::string_view{"eve@provider.example"});
            add.set(5, std::string_view{"R-000001"});
            add.set(6, std::string_view{"CASE-4711"});
            add.set(7, one.command);
            add.set(8, one.body);
            add.run();
            const bool last = &one == &rows.back() || (&one)[1].tenant != one.tenant;
            if (!last) continue;
            advance.set(1, one.tenant);
            advance.set(2, one.version);
            advance.set(3, start.time_since_epoch().count());
            advance.run();
        }
        commit.run();
    }

  private:
    scratch_file file_;
    std::unique_ptr<bare_database> database_;
    std::vector<lb::tenant> tenants_;
    std::vector<bare_statement> begin_;
};

std::vector<lb::command> accesses(commands& make, std::size_t count, std::size_t each_tenant) {
    std::vector<lb::command> all;
    for (std::size_t at = 0; at < count; ++at)
        all.push_back(make.by(engineer, tenant(at / each_tenant % tenant_count), attempt()));
    return all;
}

/// Commands a second of so many threads on one tenant.
double throughput(service& ours, commands& make, std::size_t threads, std::size_t each) {
    const auto all = accesses(make, threads * each, threads * each);
    const double took = timed([&] {
        std::vector<std::thread> at_work;
        for (std::size_t number = 0; number < threads; ++number) {
            at_work.emplace_back([&, number] {
                for (const auto& c : std::span{all}.subspan(number * each, each)) ours.do_one(c);
            });
        }
        for (auto& one : at_work) one.join();
    });
    return static_cast<double>(all.size()) / took * 1e9;
}

}  // namespace

void commit(figures& into, effort how) {
    commands make;
    service ours{"ours.db", make};
    bare_service bare{"bare.db", make};

    // Turn by turn, for the time of a flush changes from one moment to the next.
    const auto one = in_turns(
        how.rounds(400, 2000),
        [&] {
            const auto all = accesses(make, 1, 1);
            return timed([&] { ours.do_one(all.front()); }) / 1e3;
        },
        [&] {
            const auto rows = bare.rows_of(accesses(make, 1, 1));
            return timed([&] { bare.write(rows); }) / 1e3;
        });
    into.push_back({"sqlite_commit_1", "us", one.ours, one.reference, bar::at_most, 1.15,
                    "one durable command / bare statements writing the same rows"});

    constexpr std::size_t batch = 1000;
    const auto thousand = in_turns(
        how.rounds(11, 31),
        [&] {
            const auto all = accesses(make, batch, batch / tenant_count);
            return timed([&] { ours.do_all(all); }) / batch / 1e3;
        },
        [&] {
            const auto rows = bare.rows_of(accesses(make, batch, batch / tenant_count));
            return timed([&] { bare.write(rows); }) / batch / 1e3;
        });
    into.push_back({"sqlite_commit_1000", "us", thousand.ours, thousand.reference, bar::at_most,
                    1.4, "one of 1000 commands (10 tenants) in one transaction / the same"});

    const auto threads = in_turns(
        how.rounds(7, 15), [&] { return throughput(ours, make, 8, 100); },
        [&] { return throughput(ours, make, 1, 300); });
    into.push_back({"sqlite_commit_threads", "1/s", threads.ours, threads.reference, bar::at_least,
                    3, "durable commands a second on one tenant, 8 threads / 1 thread"});
}

}  // namespace bench
