// What a durable command costs among many tenants. All are copies, made by SQL, of one that the
// engine wrote; most of them have no log, and no command comes to them.
#include <string>

#include "postgres_service.hpp"
#include "suites.hpp"

namespace bench {
namespace {

constexpr std::size_t measured = 1000;

/// A database of `size` tenants, every so-many-th of which has a request with access.
class crowd {
  public:
    crowd(const std::string& database, std::size_t size, commands& make)
        : database_{database}, ours_{database, make}, every_{size / measured} {
        const std::string model{tenant(0).text()};
        const std::string ids =
            " FROM (SELECT 'crowd-' || lpad(i::text, 6, '0') || '.example' AS id, i "
            "FROM generate_series(0, " +
            std::to_string(size - 1) + ") i) n";
        const auto of = [&](const char* table, const char* key) {
            return ids + ", " + table + " m WHERE m." + key + " = '" + model + "'";
        };
        const auto few = " AND n.i % " + std::to_string(every_) + " = 0";
        copy("tenant SELECT n.id, version, last, submissions, epoch, noted" + of("tenant", "id"));
        copy("settled SELECT n.id, settled, refusals" + of("settled", "tenant"));
        copy("deadline SELECT n.id, n.i % 64, due, claimed" + of("deadline", "tenant"));
        copy(
            "event SELECT n.id, version, at, activity, actor, acting, request, case_number, "
            "command, through, replace(body, '" +
            model + "', n.id)" + of("event", "tenant") + few);
        copy(
            "request SELECT n.id, number, m.id, engineer, case_number, drill, status, gate, "
            "submitted, over, closed, state" +
            of("request", "tenant") + few);
        run("ANALYZE");
        run("CHECKPOINT");
    }
    /// The microseconds of one command, of a tenant whose state the engine has.
    double commit(commands& make) {
        next_ = (next_ + 617) % measured;
        const lb::tenant_id id{numbered("crowd-", next_ * every_, ".example")};
        ours_.do_one(make.by(engineer, id, attempt()));  // loads it
        const auto again = make.by(engineer, id, attempt());
        return timed([&] { ours_.do_one(again); }) / 1e3;
    }

  private:
    void run(const std::string& sql) const {
        const auto said = postgres_server::server::tell(database_, sql);
        if (!said.empty()) fail(said + " in: " + sql);
    }
    /// Without the looks at each row's tenant, which is there.
    void copy(const std::string& what) const {
        run("SET session_replication_role = replica; SET search_path = lockbox; INSERT INTO " +
            what);
    }

    std::string database_;
    postgres_service ours_;
    std::size_t every_;
    std::size_t next_ = 0;
};

}  // namespace

void postgres_growth(figures& into, postgres_server::server& on, commands& make) {
    crowd few{on.fresh(), 10'000, make};
    crowd many{on.fresh(), 1'000'000, make};
    const auto found = in_turns(
        1000, [&] { return many.commit(make); }, [&] { return few.commit(make); });
    into.push_back({"postgres_growth", "us", found.ours, found.reference, bar::at_most, 1.3,
                    "one durable command among 1M tenants / among 10k"});
}

}  // namespace bench
