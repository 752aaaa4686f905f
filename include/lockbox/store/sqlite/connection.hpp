// A connection to one SQLite file, opened so that what it acknowledges is on the disk (V17).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include <lockbox/store/sqlite/statement.hpp>

namespace lockbox {
inline namespace v0 {

/// How a database is opened. The defaults serve a busy service; docs/sqlite.md says what to weigh.
struct sqlite_options {
    std::chrono::milliseconds busy_timeout{5000};  ///< how long to wait for other processes
    std::int64_t cache_kibibytes = 65'536;         ///< of each of the two connections
    std::int64_t checkpoint_pages = 16'384;        ///< size of the WAL that starts a checkpoint
    bool create = true;                            ///< make the file when it is missing
};

namespace sqlite {

/// An open database. Not for several threads at once: its owner guards it.
class connection {
  public:
    /// Opens the file for reading and writing; of a file that may only be read it says so.
    [[nodiscard]] static outcome<connection> open(const std::string& path,
                                                  const sqlite_options& options) {
        if (path.find('\0') != std::string::npos) {
            return tl::unexpected{failure{
                failure_kind::unavailable,
                "the path of the database holds a zero byte; nothing was opened; name another"}};
        }
        const int flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (options.create ? SQLITE_OPEN_CREATE : 0);
        sqlite3* made = nullptr;
        const int code = sqlite3_open_v2(path.c_str(), &made, flags, nullptr);
        connection opened{made};
        if (code != SQLITE_OK) return tl::unexpected{opened.fault(code)};
        sqlite3_extended_result_codes(made, 1);
        sqlite3_busy_timeout(made, static_cast<int>(options.busy_timeout.count()));
        if (sqlite3_db_readonly(made, "main") == 1) {
            return tl::unexpected{opened.fault(SQLITE_READONLY)};
        }
        return opened;
    }

    [[nodiscard]] sqlite3* raw() const noexcept { return made_.get(); }

    /// The failure of the call before, by its code.
    [[nodiscard]] failure fault(int code) const {
        return failure_of(code, raw() ? sqlite3_errmsg(raw()) : sqlite3_errstr(code));
    }

    /// Runs statements that return nothing of interest.
    [[nodiscard]] outcome<void> execute(const std::string& sql) const {
        const int code = sqlite3_exec(raw(), sql.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) return tl::unexpected{fault(code)};
        return {};
    }

    /// The first column of the first row, as text; empty without a row.
    [[nodiscard]] outcome<std::string> ask(std::string_view sql) const {
        statement asked;
        if (const int code = statement::prepare(raw(), sql, asked); code != SQLITE_OK) {
            return tl::unexpected{fault(code)};
        }
        rows answer{asked};
        std::string text{answer.next() ? answer.text(0) : std::string_view{}};
        if (answer.failed()) return tl::unexpected{answer.fault()};
        return text;
    }

    /// Makes every commit durable before it returns, and sees that this took.
    [[nodiscard]] outcome<void> make_durable(const sqlite_options& options) const {
        if (auto wal = turn_wal_on(options); !wal) return wal;
        const std::string tune = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; " +
                                 cache(options) + "; PRAGMA wal_autocheckpoint=" +
                                 id_traits<std::int64_t>::text(options.checkpoint_pages);
        if (auto tuned = execute(tune); !tuned) return tuned;
        for (const auto& [pragma, wanted] :
             {std::pair{"PRAGMA synchronous", "2"}, std::pair{"PRAGMA foreign_keys", "1"}}) {
            const auto is = ask(pragma);
            if (!is) return tl::unexpected{is.error()};
            if (*is != wanted) return refused(std::string{pragma} + " stayed " + *is);
        }
        return {};
    }

    /// Refuses to write, whatever it is asked.
    [[nodiscard]] outcome<void> make_reading(const sqlite_options& options) const {
        return execute("PRAGMA query_only=ON; " + cache(options));
    }

  private:
    explicit connection(sqlite3* made) : made_(made) {}

    static std::string cache(const sqlite_options& options) {
        return "PRAGMA cache_size=-" + id_traits<std::int64_t>::text(options.cache_kibibytes);
    }

    static tl::unexpected<failure> refused(std::string_view setting) {
        std::string what = "the database cannot promise that a commit survives a power cut: ";
        what.append(setting).append("; nothing was changed; put the file on a local disk");
        return tl::unexpected<failure>{{failure_kind::unavailable, std::move(what)}};
    }

    /// SQLite does not wait here when two connections do this at once, so we do.
    outcome<void> turn_wal_on(const sqlite_options& options) const {
        constexpr int pause = 5;
        auto left = options.busy_timeout.count();
        while (true) {
            const auto mode = ask("PRAGMA journal_mode=WAL");
            if (mode && *mode == "wal") return {};
            if (mode) return refused("its journal mode stayed " + *mode);
            if (mode.error().kind != failure_kind::busy || left <= 0) {
                return tl::unexpected{mode.error()};
            }
            left -= sqlite3_sleep(pause);
        }
    }

    struct close {
        void operator()(sqlite3* made) const noexcept { sqlite3_close_v2(made); }
    };
    std::unique_ptr<sqlite3, close> made_;
};

/// Takes back a transaction that is still open at the end of its scope.
class transaction {
  public:
    explicit transaction(const connection& on) : on_(on.raw()) {}
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    ~transaction() { roll_back(); }

    void roll_back() noexcept {
        if (sqlite3_get_autocommit(on_) == 0)
            sqlite3_exec(on_, "ROLLBACK", nullptr, nullptr, nullptr);
    }

  private:
    sqlite3* on_;
};

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
