// A PostgreSQL database that fills with tenants by COPY: copies of two that the engine wrote, one
// that is idle and one that has access open.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postgres_database.hpp"

namespace bench {

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

class crowd {
  public:
    static constexpr std::size_t busy_each_step = 1000;
    enum class logs { of_the_busy, of_all };

    crowd(std::string database, commands& make, logs kept)
        : database_{std::move(database)}, logs_{kept} {
        const lb::tenant_id idle{"customer-idle.example"};
        served first{opened(database_), 1, make};
        for (const auto& c : opening(make, idle)) first.do_one(c);
        first.do_one(make.by(administrator, idle, lb::set_audit_visibility{true}));
        idle_ = std::make_unique<model>(database_, std::string{idle.text()});
        busy_ = std::make_unique<model>(database_, std::string{tenant(0).text()});
    }

    [[nodiscard]] const std::string& database() const { return database_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Those of the last step that have access open.
    [[nodiscard]] const std::vector<lb::tenant_id>& busy() const { return fresh_; }

    /// Loads until there are so many, and tells `progress` how far it has come.
    template <class Progress>
    void grow_to(std::size_t size, Progress progress) {
        constexpr std::size_t at_once = 5000;
        const auto from = size_;
        fresh_.clear();
        while (size_ < size) {
            load((std::min)(at_once, size - size_), from, (size - from) / busy_each_step);
            progress(size_ - from, size - from);
        }
        (void)postgres_server::server::tell(database_, "ANALYZE");
        (void)postgres_server::server::tell(database_, "CHECKPOINT");
    }

  private:
    /// So many more tenants, in one transaction.
    void load(std::size_t more, std::size_t from, std::size_t every) {
        std::vector<std::string> rows(idle_->tables().size());
        for (std::size_t at = size_; at < size_ + more; ++at) {
            const bool busy = (at - from) % every == 0 && fresh_.size() < busy_each_step;
            const lb::tenant_id id{numbered("scale-", at, ".example")};
            if (busy) fresh_.push_back(id);
            for (std::size_t table = 0; table < rows.size(); ++table)
                if (busy || logs_ == logs::of_all || idle_->tables()[table].table != "event")
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

    std::string database_;
    logs logs_;
    std::unique_ptr<model> idle_;
    std::unique_ptr<model> busy_;
    std::vector<lb::tenant_id> fresh_;
    std::size_t size_ = 0;
};

}  // namespace bench
