// What grows with the database, and should not: recording what is overdue, and a page of search.
// The large databases are copies of a tenant that the engine wrote, made by SQLite itself.
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "database.hpp"
#include "suites.hpp"

namespace bench {
namespace {

constexpr std::size_t open_each = 100;
constexpr std::size_t due_each = 10;      // of a tenant in one round
constexpr std::size_t due_tenants = 100;  // in one round: 1000 due requests

using desk = lockbox::engine<lockbox::manual_clock<>, sqlite_store, lockbox::no_sink,
                             lockbox::standard_policy>;

/// Opens a tenant whose requests are pending; ten of them at a time will be overdue together.
void open_model(desk& on, lockbox::manual_clock<>& clock, commands& make, const lb::tenant_id& id,
                std::chrono::hours window) {
    const auto tell = [&](const lb::command& c) {
        const auto reply = on.handle(c);
        require(reply && !reply->refused, "a command of the set-up was refused");
    };
    clock.set(start);
    for (const auto& c : opening(make, id)) tell(c);
    lb::settings_change change;
    change.manager_window = window;
    tell(make.by(administrator, id, lb::change_settings{change}));
    for (std::size_t number = 0; number < open_each; ++number) {
        if (number % due_each == 0) clock.advance(std::chrono::minutes{1});
        const lb::actor who{lb::person_id{numbered("engineer-", number / 10, "@provider.example")},
                            capacity::engineer};
        tell(make.by(who, id, wish()));
    }
}

/// Rows like those of the model tenant, under `count` other ids. Of its log only the end is copied:
/// that is what a load looks at.
void multiply(const bare_database& on, const std::string& model, const std::string& prefix,
              std::size_t count) {
    const auto copies = std::to_string(count);
    on.execute("CREATE TEMP TABLE model AS SELECT * FROM tenant WHERE id = '" + model + "'");
    on.execute("CREATE TEMP TABLE fresh(key INTEGER PRIMARY KEY, id TEXT)");
    on.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
               copies + ") INSERT INTO fresh SELECT (SELECT max(key) FROM tenant) + i, '" + prefix +
               "-' || printf('%06d', i) || '.example' FROM n");
    on.execute(
        "INSERT INTO tenant SELECT f.key, f.id, m.version, m.last, m.submissions "
        "FROM fresh f, model m");
    on.execute(
        "INSERT INTO settled(tenant, settled, refusals, due) SELECT f.key, s.settled, s.refusals, "
        "s.due FROM fresh f, model m, settled s WHERE s.tenant = m.key");
    on.execute(
        "INSERT INTO event(tenant, version, at, activity, actor, acting, request, case_number, "
        "command, body) SELECT f.key, e.version, e.at, e.activity, e.actor, e.acting, e.request, "
        "e.case_number, e.command, replace(e.body, m.id, f.id) FROM fresh f, model m, event e "
        "WHERE e.tenant = m.key AND e.version = m.version");
    // Of a table of its own: one that is read while it is written is first copied as a whole.
    on.execute(
        "CREATE TEMP TABLE open AS SELECT r.* FROM model m, request r WHERE r.tenant = m.key");
    on.execute(
        "INSERT INTO request(tenant, number, id, engineer, case_number, drill, status, gate, "
        "submitted, over, due, closed, state) SELECT f.key, r.number, r.id, r.engineer, "
        "r.case_number, r.drill, r.status, r.gate, r.submitted, r.over, r.due, r.closed, r.state "
        "FROM fresh f, open r");
    on.execute("DROP TABLE fresh; DROP TABLE model; DROP TABLE open");
}

/// The indexes that are not a table's own, taken away for as long as this stands, and the journal:
/// nobody else has the file open meanwhile.
class without_indexes {
  public:
    explicit without_indexes(const bare_database& on) : on_(on) {
        on_.execute(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "PRAGMA cache_size=-16384; PRAGMA mmap_size=4294967296; BEGIN;"
            "CREATE TEMP TABLE kept AS SELECT name, sql FROM main.sqlite_schema "
            "WHERE type = 'index' AND sql IS NOT NULL");
        each("name", [&](const std::string& name) { on_.execute("DROP INDEX " + name); });
    }
    without_indexes(const without_indexes&) = delete;
    without_indexes& operator=(const without_indexes&) = delete;
    ~without_indexes() {
        each("sql", [&](const std::string& sql) { on_.execute(sql); });
        on_.execute("DROP TABLE kept; COMMIT; PRAGMA journal_mode=WAL");
    }

  private:
    template <class F>
    void each(const char* column, F f) const {
        std::vector<std::string> texts;
        const auto add = [](void* into, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(into)->emplace_back(values[0]);
            return 0;
        };
        const auto sql = std::string{"SELECT "} + column + " FROM kept";
        bare_database::check(sqlite3_exec(on_.raw(), sql.c_str(), add, &texts, nullptr), "exec");
        for (const auto& text : texts) f(text);
    }
    const bare_database& on_;
};

/// Open requests by the hundred, of which ten each at a hundred tenants fall due round by round.
class waiting_room {
  public:
    waiting_room(const char* name, std::size_t requests)
        : file_(in_memory(name)), store_(std::make_unique<sqlite_store>(opened(file_))) {
        commands make;
        open_model(desk_(), clock_, make, "soon.example", std::chrono::hours{11});
        open_model(desk_(), clock_, make, "late.example", std::chrono::hours{14 * 24});
        engine_.reset();
        store_.reset();
        {
            const bare_database bare{file_};
            const without_indexes fast{bare};
            multiply(bare, "soon.example", "soon", due_tenants - 1);
            const auto others = requests / open_each - due_tenants;
            if (others > 1) multiply(bare, "late.example", "late", others - 1);
        }
        store_ = std::make_unique<sqlite_store>(opened(file_));
        clock_.set(start + std::chrono::hours{11});
    }

    /// Nanoseconds to record the next 1000 that are due.
    double record_next() {
        clock_.advance(std::chrono::minutes{1});
        double took = 0;
        took = timed([&] {
            const auto recorded = desk_().tick();
            require(recorded && *recorded == due_each * due_tenants, "not 1000 were due");
        });
        return took;
    }

  private:
    desk& desk_() {
        if (!engine_) {
            engine_ = std::make_unique<desk>(clock_, *store_, sink_, lockbox::standard_policy{});
        }
        return *engine_;
    }

    scratch_file file_;
    lockbox::manual_clock<> clock_{start};
    lockbox::no_sink sink_;
    std::unique_ptr<sqlite_store> store_;
    std::unique_ptr<desk> engine_;
};

/// One tenant's log of accesses.
class archive {
  public:
    archive(const char* name, std::size_t events) : file_(in_memory(name)), middle_(events / 2) {
        write_one();
        multiply_last(events);
        store_ = std::make_unique<sqlite_store>(opened(file_));
    }

    /// Nanoseconds of a page of 50: the newest, and one from the middle by person,
    /// activity and case.
    double pages() {
        lb::log_query newest;
        newest.tenant = id_;
        lb::log_query filtered = newest;
        filtered.before = middle_;
        filtered.person = engineer.person;
        filtered.activity = "accessed";
        filtered.case_number = "CASE-4711";
        constexpr int times = 10;
        return timed([&] {
                   for (int time = 0; time < times; ++time) {
                       for (const auto& query : {newest, filtered}) {
                           const auto found = store_->search(query);
                           require(found && found->entries.size() == 50, "the page is not full");
                       }
                   }
               }) /
               times / 2;
    }

  private:
    /// A request's life and an access, written by the engine.
    void write_one() const {
        auto store = opened(file_);
        lockbox::manual_clock<> clock{start};
        lockbox::no_sink sink;
        desk on{clock, store, sink, {}};
        commands make;
        auto all = opening(make, id_);
        for (auto& c : request_life(make, id_, words::request_id_of(1), true)) all.push_back(c);
        all.push_back(make.by(engineer, id_, attempt()));
        for (const auto& c : all) require(on.handle(c).has_value(), "the set-up failed");
    }
    /// The access so many times more.
    void multiply_last(std::size_t events) const {
        const bare_database bare{file_};
        const without_indexes fast{bare};
        bare.execute(
            "CREATE TEMP TABLE model AS SELECT * FROM event ORDER BY version DESC LIMIT 1");
        bare.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(events) +
            ") INSERT INTO event(tenant, version, at, activity, actor, acting, request, "
            "case_number, body) SELECT m.tenant, m.version + i, m.at, m.activity, m.actor, "
            "m.acting, m.request, m.case_number, replace(m.body, '\"sequence\":' || "
            "m.version, '\"sequence\":' || (m.version + i)) FROM n, model m");
        bare.execute("UPDATE tenant SET version = version + " + std::to_string(events) +
                     "; DROP TABLE model");
    }

    scratch_file file_;
    lb::tenant_id id_{"customer-000001.example"};
    std::uint64_t middle_;
    std::unique_ptr<sqlite_store> store_;
};

void tick_growth(figures& into, waiting_room& large, waiting_room& small) {
    const auto found = in_turns(
        8, [&] { return large.record_next() / 1e6; }, [&] { return small.record_next() / 1e6; });
    into.push_back({"tick_growth", "ms", found.ours, found.reference, bar::at_most, 1.5,
                    "recording 1000 due (10 each at 100 tenants) of 1M open / of 10k"});
}

void history_growth(figures& into, archive& large, archive& small, effort how) {
    const auto found = in_turns(
        how.rounds(9, 31), [&] { return large.pages() / 1e3; },
        [&] { return small.pages() / 1e3; });
    into.push_back({"history_growth", "us", found.ours, found.reference, bar::at_most, 1.5,
                    "a page of 50 of a tenant's log at 1M events / at 10k"});
}

}  // namespace

void growth(figures& into, effort how) {
    // The two large databases are made at the same time; nothing is measured before both are there.
    std::unique_ptr<archive> long_log;
    std::thread other{[&] { long_log = std::make_unique<archive>("long.db", 1'000'000); }};
    waiting_room large{"large.db", 1'000'000};
    waiting_room small{"small.db", 10'000};
    other.join();
    tick_growth(into, large, small);
    archive short_log{"short.db", 10'000};
    history_growth(into, *long_log, short_log, how);
}

}  // namespace bench
