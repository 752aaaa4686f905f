// Durable commands through the engine (WAL, synchronous=FULL, on the disk), against bare prepared
// statements that write the same rows into the same schema. The command is an access: one event.
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "database.hpp"
#include "heap.hpp"
#include "served.hpp"
#include "suites.hpp"

namespace bench {
namespace {

constexpr std::size_t tenant_count = 10;

using service = served<sqlite_store>;

/// The same rows by statements alone, in a database with the same tenants and settings.
class bare_service {
  public:
    bare_service(const char* file, commands& make)
        : file_(on_disk(file)), rules_(tenant_count, make) {
        (void)opened(file_);
        database_ = std::make_unique<bare_database>(file_);
        database_->execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16384");
        for (std::size_t number = 0; number < tenant_count; ++number)
            database_->execute("INSERT INTO tenant VALUES(" + std::to_string(number + 1) + ",'" +
                               std::string{tenant(number).text()} + "',0,0,1)");
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

    std::vector<event_row> rows_of(std::span<const lb::command> all) { return rules_.rows_of(all); }

    /// One transaction: an event each, and each tenant once.
    void write(std::span<const event_row> rows) const {
        const auto& begin = begin_[0];
        const auto& commit = begin_[1];
        const auto& advance = begin_[2];
        const auto& add = begin_[3];
        begin.run();
        for (const auto& one : rows) {
            add.set(1, key_of(one));
            add.set(2, static_cast<std::int64_t>(one.version));
            add.set(3, start.time_since_epoch().count());
            add.set(4, std::string_view{"eve@provider.example"});
            add.set(5, std::string_view{"R-000001"});
            add.set(6, std::string_view{"CASE-4711"});
            add.set(7, one.command);
            add.set(8, one.body);
            add.run();
            const bool last = &one == &rows.back() || (&one)[1].tenant != one.tenant;
            if (!last) continue;
            advance.set(1, key_of(one));
            advance.set(2, static_cast<std::int64_t>(one.version));
            advance.set(3, start.time_since_epoch().count());
            advance.run();
        }
        commit.run();
    }

  private:
    static std::int64_t key_of(const event_row& of) {
        return static_cast<std::int64_t>(of.tenant) + 1;
    }

    scratch_file file_;
    std::unique_ptr<bare_database> database_;
    by_rules rules_;
    std::vector<bare_statement> begin_;
};

std::vector<lb::command> accesses(commands& make, std::size_t count, std::size_t each_tenant) {
    std::vector<lb::command> all;
    for (std::size_t at = 0; at < count; ++at)
        all.push_back(make.by(engineer, tenant(at / each_tenant % tenant_count), attempt()));
    return all;
}

/// Commands a second of so many threads on one tenant. Their ids come one after the other, as
/// those of one thread do: a database writes as many pages as their ids have neighbourhoods.
double throughput(service& ours, commands& make, std::size_t threads, std::size_t each) {
    const auto all = accesses(make, threads * each, threads * each);
    const double took = timed([&] {
        std::vector<std::thread> at_work;
        for (std::size_t number = 0; number < threads; ++number) {
            at_work.emplace_back([&, number] {
                for (std::size_t at = number; at < all.size(); at += threads) ours.do_one(all[at]);
            });
        }
        for (auto& one : at_work) one.join();
    });
    return static_cast<double>(all.size()) / took * 1e9;
}

}  // namespace

void commit(figures& into, effort how) {
    keep_pages(std::size_t{96} << 20);
    commands make;
    const scratch_file file{on_disk("ours.db")};
    service ours{opened(file), tenant_count, make};
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
