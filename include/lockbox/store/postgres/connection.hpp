// A connection to one PostgreSQL server, set up so that what it acknowledges is on the disk (V17).
#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include <lockbox/optional.hpp>
#include <lockbox/store/postgres/answer.hpp>
#include <lockbox/store/postgres/fault.hpp>
#include <lockbox/store/postgres/parameters.hpp>

namespace lockbox {
inline namespace v0 {

/// How a database is opened. All else stands in the connection string: TLS, timeouts, several
/// hosts, everything that libpq knows. docs/postgres.md says what to weigh.
struct postgres_options {
    std::string schema = "lockbox";             ///< the namespace of the tables
    std::size_t connections = 8;                ///< at the most, at the same time
    std::chrono::milliseconds wait{5000};       ///< for one of them, when all are in use
    std::chrono::milliseconds reconnect{5000};  ///< to a server that is not there, in one call
    bool create = true;                         ///< make the schema when it is missing
    /// How far a commit's instant may be from the server's clock (K1); without, it is not compared.
    optional<std::chrono::milliseconds> clock_tolerance{std::chrono::minutes{5}};
};

namespace postgres {

/// A statement, and the name under which a connection keeps it prepared.
struct query {
    std::string_view name{};
    std::string_view text{};
};

/// One of several statements that go along together.
struct step {
    query what{};
    const parameters* with = nullptr;  ///< null: a statement without any, not prepared
};

/// An open connection. Not for several threads at once: its owner guards it.
class connection {
  public:
    /// Connects once. What libpq cannot read of the string is not repeated: it may be a password.
    [[nodiscard]] static result<connection> open(const std::string& text) {
        if (!readable(text)) {
            return tl::unexpected{fault{{failure_kind::unavailable,
                                         "the connection string cannot be read; nothing was "
                                         "changed; write it as libpq's documentation does"}}};
        }
        // What stands before the string is overruled by it.
        const std::vector<const char*> names{"connect_timeout",
                                             "tcp_user_timeout",
                                             "keepalives_idle",
                                             "keepalives_interval",
                                             "keepalives_count",
                                             "fallback_application_name",
                                             "dbname",
                                             "client_encoding",
                                             nullptr};
        const std::vector<const char*> values{"10",      "30000",      "10",   "5",    "4",
                                              "lockbox", text.c_str(), "UTF8", nullptr};
        connection opened{PQconnectdbParams(names.data(), values.data(), 1)};
        if (opened.raw() == nullptr) return tl::unexpected{opened.gone({}, "no memory")};
        if (PQstatus(opened.raw()) == CONNECTION_OK) return opened;
        return opened.again_for_its_state();
    }

    [[nodiscard]] PGconn* raw() const noexcept { return made_.get(); }
    [[nodiscard]] bool lost() const { return PQstatus(raw()) != CONNECTION_OK; }

    /// Whether it can still be used after it has lain idle. It looks at what came meanwhile, the
    /// server's farewell or the end of the line, and asks nobody: a server that went away without a
    /// word shows later.
    [[nodiscard]] bool alive() const {
        *warned_ = false;
        pollfd heard{PQsocket(raw()), POLLIN, 0};
        while (!lost() && poll(&heard, 1, 0) > 0) {
            if (PQconsumeInput(raw()) == 0) return false;
            (void)PQisBusy(raw());  // reads what there is
        }
        return !lost() && !*warned_ && PQtransactionStatus(raw()) == PQTRANS_IDLE;
    }

    /// Runs a statement, which it prepares when need be.
    [[nodiscard]] result<answer> run(const query& what, const parameters& with) {
        if (auto known = prepare(what); !known) return tl::unexpected{std::move(known).error()};
        auto said = send({what, &with}) ? collect() : lost_on_sending();
        if (!said) said.error().sent = true;
        return said;
    }

    /// Whether a statement of that name is prepared: then its text is not needed any more.
    [[nodiscard]] bool knows(std::string_view name) const { return prepared_.contains(name); }

    /// Runs statements that return nothing of interest, all in one transaction.
    [[nodiscard]] result<void> execute(const std::string& sql) {
        if (PQsendQuery(raw(), sql.c_str()) == 0) return lost_on_sending();
        return collect().map([](const answer&) {});
    }

    /// Runs statements in one round trip, from BEGIN to COMMIT. The first that fails takes all
    /// back.
    [[nodiscard]] result<std::vector<answer>> transact(std::span<const step> steps) {
        for (const auto& one : steps) {
            if (auto known = prepare(one.what); !known)
                return tl::unexpected{std::move(known).error()};
        }
        if (PQenterPipelineMode(raw()) == 0) return lost_on_sending();
        bool sent = begins();
        for (const auto& one : steps) sent = sent && send(one);
        sent = sent && commits() && PQpipelineSync(raw()) == 1;
        auto all = sent ? collect_pipeline(steps.size() + 2)
                        : result<std::vector<answer>>{lost_on_sending()};
        (void)PQexitPipelineMode(raw());
        if (all) return all;
        all.error().sent = true;
        if (!lost() && PQtransactionStatus(raw()) != PQTRANS_IDLE) (void)execute("ROLLBACK");
        return all;
    }

    /// The server's clock as it was told a moment ago, in milliseconds since 1970.
    void set_clock(std::int64_t milliseconds) {
        told_ = milliseconds;
        told_at_ = std::chrono::steady_clock::now();
    }
    /// What it must show now, if no machine was put to sleep since.
    [[nodiscard]] std::int64_t clock() const {
        using std::chrono::duration_cast;
        const auto since = std::chrono::steady_clock::now() - told_at_;
        return told_ + duration_cast<std::chrono::milliseconds>(since).count();
    }

    /// Whether the server said, beside its answers, that it did not wait for what it promises: a
    /// commit that was cut off as it waited for its standby. Asking forgets it.
    [[nodiscard]] bool warned() { return std::exchange(*warned_, false); }

    /// The failure of a connection that did not do what it should.
    [[nodiscard]] fault gone(std::string_view state, std::string_view about) const {
        return {failure_of(state, about), std::string{state}, raw() == nullptr || lost(), false};
    }

  private:
    explicit connection(PGconn* made) : made_(made) {
        if (made) PQsetNoticeReceiver(made, &connection::listen, warned_.get());
    }

    static bool readable(const std::string& text) {
        if (text.find('\0') != std::string::npos) return false;
        char* message = nullptr;
        auto* parsed = PQconninfoParse(text.c_str(), &message);
        PQfreemem(message);
        if (parsed == nullptr) return false;
        PQconninfoFree(parsed);
        return true;
    }

    /// Only a more talkative message holds the SQLSTATE of a refused connection, and only when the
    /// server itself refused it.
    result<connection> again_for_its_state() {
        const std::string_view first{PQerrorMessage(raw())};
        if (first.find(":  ") == std::string_view::npos) return tl::unexpected{gone({}, first)};
        PQsetErrorVerbosity(raw(), PQERRORS_VERBOSE);
        PQreset(raw());
        PQsetErrorVerbosity(raw(), PQERRORS_DEFAULT);
        if (!lost()) return std::move(*this);
        const std::string_view said{PQerrorMessage(raw())};
        return tl::unexpected{gone(state_in(said), said)};
    }

    /// The SQLSTATE in `FATAL:  53300: too many connections ...`, whatever the language.
    static std::string_view state_in(std::string_view said) {
        for (auto at = said.find(":  "); at != std::string_view::npos;
             at = said.find(":  ", at + 1)) {
            const auto state = said.substr(at + 3, 5);
            const bool code = state.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                              std::string_view::npos;
            if (code && said.substr(at + 8, 2) == ": ") return state;
        }
        return {};
    }

    /// A wait for the standby that is cut off comes as a plain warning; a farewell comes as worse.
    static void listen(void* warned, const PGresult* said) {
        const char* severity = PQresultErrorField(said, PG_DIAG_SEVERITY_NONLOCALIZED);
        const std::string_view is{severity ? severity : ""};
        if (is != "NOTICE" && is != "INFO" && is != "LOG" && is != "DEBUG")
            *static_cast<bool*>(warned) = true;
    }

    result<void> prepare(const query& what) {
        if (what.name.empty() || prepared_.contains(what.name)) return {};
        const std::string name{what.name};
        const std::string text{what.text};
        const raw_result made{PQprepare(raw(), name.c_str(), text.c_str(), 0, nullptr)};
        if (PQresultStatus(made.get()) != PGRES_COMMAND_OK)
            return tl::unexpected{fault_of(made.get())};
        prepared_.insert(name);
        return {};
    }

    [[nodiscard]] bool send(const step& one) const {
        std::vector<const char*> values;
        std::vector<int> lengths;
        one.with->tell(values, lengths);
        const std::vector<int> formats(values.size(), 1);
        return PQsendQueryPrepared(raw(), std::string{one.what.name}.c_str(),
                                   static_cast<int>(values.size()), values.data(), lengths.data(),
                                   formats.data(), 1) == 1;
    }
    bool begins() const { return plain("BEGIN"); }
    bool commits() const { return plain("COMMIT"); }
    bool plain(const char* sql) const {
        return PQsendQueryParams(raw(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
    }

    /// The answer of what was sent last. It stands only once the server is ready again: of a
    /// statement on its own the server says what it did before it has committed it.
    result<answer> collect() {
        raw_result last;
        optional<fault> bad;
        while (auto* next = PQgetResult(raw())) {
            raw_result one{next};
            if (is_bad(one.get()) && !bad) bad = fault_of(one.get());
            last = std::move(one);
        }
        if (bad) return tl::unexpected{*std::move(bad)};
        if (!last || lost()) return lost_on_sending();
        return answer{std::move(last)};
    }

    /// The same of `count` statements in a pipeline, each of which ends in a null.
    result<std::vector<answer>> collect_pipeline(std::size_t count) {
        std::vector<answer> all;
        optional<fault> bad;
        for (std::size_t at = 0; at < count; ++at) {
            while (auto* next = PQgetResult(raw())) {
                raw_result one{next};
                if (is_bad(one.get()) && !bad) bad = fault_of(one.get());
                all.emplace_back(std::move(one));
            }
            if (lost()) break;
        }
        if (!lost()) {
            const raw_result synced{PQgetResult(raw())};
            if (!bad && PQresultStatus(synced.get()) != PGRES_PIPELINE_SYNC)
                bad = fault_of(synced.get());
        }
        if (lost() && !bad) return lost_on_sending();
        if (!bad && (all.size() != count || all.back().did() != "COMMIT")) bad = gone("40001", {});
        if (bad) return tl::unexpected{*std::move(bad)};
        return all;
    }

    static bool is_bad(const PGresult* of) {
        const auto status = PQresultStatus(of);
        return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
    }

    fault fault_of(const PGresult* of) const {
        const char* state = PQresultErrorField(of, PG_DIAG_SQLSTATE);
        const char* about = PQresultErrorField(of, PG_DIAG_MESSAGE_PRIMARY);
        if (about == nullptr) about = PQresultErrorMessage(of);
        return gone(state ? state : "", about);
    }
    tl::unexpected<fault> lost_on_sending() const {
        auto why = gone({}, PQerrorMessage(raw()));
        why.lost = true;
        return tl::unexpected{std::move(why)};
    }

    struct finish {
        void operator()(PGconn* made) const noexcept { PQfinish(made); }
    };
    std::unique_ptr<bool> warned_ = std::make_unique<bool>(false);
    std::unique_ptr<PGconn, finish> made_;
    std::set<std::string, std::less<>> prepared_;
    std::int64_t told_ = 0;
    std::chrono::steady_clock::time_point told_at_{};
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
