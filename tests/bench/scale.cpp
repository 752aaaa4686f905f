// ./dev scale [tenants]: what the PostgreSQL store costs among ever more tenants, on a server of
// its own: 1,000,000 of them with five events each, unless another number is given. All are loaded
// by COPY, as copies of two that the engine wrote; a thousand in each step have access open.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postgres_service.hpp"
#include "rounds.hpp"

namespace bench {
namespace {

constexpr std::size_t busy_each_step = 1000;
constexpr std::size_t pages = 200;

using engine_type =
    lockbox::engine<lockbox::manual_clock<>, postgres_store, unheard, lockbox::standard_policy>;

std::string ask(const std::string& database, const std::string& sql) {
    return postgres_server::server::tell(database, "SET search_path = lockbox; " + sql);
}

/// One table's rows of a model tenant, as COPY writes them, to be told of other tenants.
struct model_rows {
    std::string table{};
    std::string columns{};
    std::string rows{};
};

/// A tenant that the engine wrote, and its name in the rows.
class model {
  public:
    model(const std::string& database, std::string name) : name_{std::move(name)} {
        for (const auto& [table, key, columns] :
             {std::tuple{"tenant", "id", "id, version, last, submissions, epoch, noted"},
              std::tuple{"settled", "tenant", "tenant, settled, refusals"},
              std::tuple{"deadline", "tenant", "tenant, part, due, claimed"},
              std::tuple{"event", "tenant",
                         "tenant, version, at, activity, actor, acting, request, case_number, "
                         "command, through, body"},
              std::tuple{"request", "tenant",
                         "tenant, number, id, engineer, case_number, drill, status, gate, "
                         "submitted, over, closed, state"}})
            tables_.push_back({table, columns, copied(database, table, key, columns)});
    }
    [[nodiscard]] const std::vector<model_rows>& tables() const { return tables_; }
    /// Adds the rows of one table for another tenant.
    void tell(std::size_t table, std::string_view of, std::string& to) const {
        const std::string_view rows = tables_[table].rows;
        std::size_t from = 0;
        for (auto at = rows.find(name_); at != rows.npos; at = rows.find(name_, from)) {
            to.append(rows.substr(from, at - from)).append(of);
            from = at + name_.size();
        }
        to.append(rows.substr(from));
    }

  private:
    std::string copied(const std::string& database, const char* table, const char* key,
                       const char* columns) const {
        const std::unique_ptr<PGconn, decltype(&PQfinish)> on{PQconnectdb(database.c_str()),
                                                              &PQfinish};
        const auto sql = std::string{"COPY (SELECT "} + columns + " FROM lockbox." + table +
                         " WHERE " + key + " = '" + name_ + "') TO STDOUT";
        PQclear(PQexec(on.get(), sql.c_str()));
        std::string rows;
        for (char* row = nullptr; PQgetCopyData(on.get(), &row, 0) > 0; PQfreemem(row)) rows += row;
        return rows;
    }

    std::string name_;
    std::vector<model_rows> tables_;
};

/// A database that grows, and what is measured in it at each size.
class growing {
  public:
    explicit growing(const std::string& database) : database_{database} {
        postgres_service first{database, make_};
        (void)first;
        for (const auto& c : opening(make_, quiet_)) first.do_one(c);
        first.do_one(make_.by(administrator, quiet_, lb::set_audit_visibility{true}));
        idle_ = std::make_unique<model>(database, std::string{quiet_.text()});
        busy_ = std::make_unique<model>(database, std::string{tenant(0).text()});
    }

    void grow_to(std::size_t size) {
        const auto from = size_;
        const auto every = (size - from) / busy_each_step;
        fresh_.clear();
        constexpr std::size_t at_once = 5000;
        const double took = timed([&] {
            while (size_ < size) {
                load(std::min(at_once, size - size_), from, every);
                progress(size_ - from, size - from);
            }
            (void)ask(database_, "ANALYZE");
            (void)ask(database_, "CHECKPOINT");
        });
        std::printf("%9zu tenants  loaded %zu more in %.0f s\n", size, size - from, took / 1e9);
    }

    void measure() {
        auto store = opened(database_);
        lockbox::manual_clock<> clock{start};
        unheard sink;
        engine_type engine{clock, store, sink, {}};
        const auto one = [&](const lb::tenant_id& id) {
            const auto c = make_.by(engineer, id, attempt());
            return timed([&] {
                const auto reply = engine.handle(c);
                require(reply && !reply->refused, "an access was refused");
            });
        };
        std::vector<double> cold;
        std::vector<double> warm;
        std::vector<double> page;
        for (const auto& id : fresh_) {
            cold.push_back(one(id) / 1e3);
            warm.push_back(one(id) / 1e3);
        }
        for (std::size_t at = 0; at < pages; ++at) {
            lb::log_query query{fresh_[at * fresh_.size() / pages]};
            query.limit = 50;
            page.push_back(timed([&] { require(store.search(query).has_value(), "no page"); }) /
                           1e3);
        }
        clock.set(start + std::chrono::hours{3});
        const double ticked = timed([&] {
            const auto done = engine.tick();
            require(done.has_value(), "the tick failed");
        });
        std::printf(
            "%9zu tenants  commit %.0f us, authorize with a cold cache %.0f us, page of "
            "search %.0f us, tick %.0f us for each of %zu due\n",
            size_, median(warm), median(cold), median(page),
            ticked / 1e3 / static_cast<double>(fresh_.size()), fresh_.size());
    }

    void tell_sizes() const {
        const auto events = ask(database_, "SELECT count(*) FROM event");
        const auto bytes_of = [&](const char* table) {
            return std::stod(
                ask(database_, std::string{"SELECT pg_total_relation_size('"} + table + "')"));
        };
        const double all = bytes_of("event") + bytes_of("outbox");
        const double tenants = bytes_of("tenant") + bytes_of("settled") + bytes_of("deadline");
        std::printf(
            "%9zu tenants  %s events; %.0f bytes an event with its indexes and its place in "
            "the outbox, %.0f bytes a tenant besides\n",
            size_, events.c_str(), all / std::stod(events), tenants / static_cast<double>(size_));
    }

  private:
    static void progress(std::size_t done, std::size_t of) {
        if (isatty(2) == 0) return;
        std::fprintf(stderr, "\r[%-40.*s] %3zu %%%s", static_cast<int>(40 * done / of),
                     "########################################", 100 * done / of,
                     done == of ? "\n" : "");
    }
    /// So many more tenants, in one transaction.
    void load(std::size_t more, std::size_t from, std::size_t every) {
        std::vector<std::string> rows(idle_->tables().size());
        for (std::size_t at = size_; at < size_ + more; ++at) {
            const bool busy = (at - from) % every == 0 && fresh_.size() < busy_each_step;
            const lb::tenant_id id{numbered("scale-", at, ".example")};
            if (busy) fresh_.push_back(id);
            for (std::size_t table = 0; table < rows.size(); ++table)
                (busy ? *busy_ : *idle_).tell(table, id.text(), rows[table]);
        }
        const std::unique_ptr<PGconn, decltype(&PQfinish)> on{PQconnectdb(database_.c_str()),
                                                              &PQfinish};
        // Each row's tenant is there: nobody need look.
        PQclear(PQexec(on.get(), "SET session_replication_role = replica; BEGIN"));
        for (std::size_t table = 0; table < rows.size(); ++table) {
            const auto& to = idle_->tables()[table];
            const auto sql = "COPY lockbox." + to.table + '(' + to.columns + ") FROM STDIN";
            PQclear(PQexec(on.get(), sql.c_str()));
            require(PQputCopyData(on.get(), rows[table].data(),
                                  static_cast<int>(rows[table].size())) == 1 &&
                        PQputCopyEnd(on.get(), nullptr) == 1,
                    PQerrorMessage(on.get()));
            while (auto* said = PQgetResult(on.get())) {
                require(PQresultStatus(said) == PGRES_COMMAND_OK, PQerrorMessage(on.get()));
                PQclear(said);
            }
        }
        PQclear(PQexec(on.get(), "COMMIT"));
        size_ += more;
    }

    commands make_;
    std::string database_;
    lb::tenant_id quiet_{"customer-quiet.example"};
    std::unique_ptr<model> idle_;
    std::unique_ptr<model> busy_;
    std::vector<lb::tenant_id> fresh_;
    std::size_t size_ = 0;
};

}  // namespace
}  // namespace bench

int main(int count, char** words) {
    const std::size_t size = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1'000'000;
    if (size < 10'000 || size > 1'000'000) {
        std::fputs("scale: from 10000 to 1000000 tenants\n", stderr);
        return 2;
    }
    const auto disk = std::filesystem::temp_directory_path().string();
    postgres_server::server server{{"shared_buffers=1GB", "max_wal_size=4GB"}, disk};
    if (!server.run()) bench::fail(server.problem());
    bench::growing tenants{server.fresh()};
    for (const std::size_t step : {10'000UL, 100'000UL, 1'000'000UL}) {
        const auto next = std::min(step, size);
        tenants.grow_to(next);
        tenants.measure();
        if (next == size) break;
    }
    tenants.tell_sizes();
    return 0;
}
