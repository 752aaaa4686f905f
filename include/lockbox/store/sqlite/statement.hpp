// A prepared statement of SQLite and one run of it; what went wrong, as a failure that says what to
// do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/store/sql/fault.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

/// The kind of a result code. Extended codes are taken by their first byte.
[[nodiscard]] inline failure_kind kind_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return failure_kind::busy;
        case SQLITE_FULL:
            return failure_kind::full;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return failure_kind::read_only;
        case SQLITE_CORRUPT:
            return failure_kind::corrupt;
        case SQLITE_NOTADB:
            return failure_kind::wrong_schema;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
            return failure_kind::unavailable;
        default:
            return failure_kind::internal;
    }
}

/// What happened, and what to do about it. Nothing was changed by any of these.
[[nodiscard]] inline std::string_view story_of(failure_kind kind) {
    switch (kind) {
        case failure_kind::busy:
            return "another connection held the database for too long; nothing was changed; try "
                   "again, or give a longer busy timeout";
        case failure_kind::full:
            return "the disk is full; nothing was changed; make room and try again";
        case failure_kind::read_only:
            return "the database may not be written; nothing was changed; give this process the "
                   "right to write the file and its folder";
        case failure_kind::corrupt:
            return "the database file is damaged; nothing was changed; stop writing, and restore "
                   "the last backup";
        case failure_kind::wrong_schema:
            return "the file is no database of lockbox; nothing was changed; name another file";
        case failure_kind::unavailable:
            return "the database cannot be reached; nothing was changed; see that its folder "
                   "exists, may be written and is sound, and try again";
        default:
            return "the database refused a statement; nothing was changed; this is a fault of the "
                   "store, please report it";
    }
}

/// A result code as a failure; `about` is SQLite's own word.
[[nodiscard]] inline failure failure_of(int code, std::string_view about) {
    const auto kind = kind_of(code);
    std::string what{story_of(kind)};
    what.append(" (SQLite: ").append(about).append(", code ");
    what.append(id_traits<int>::text(code)).append(")");
    return {kind, std::move(what)};
}

using sql::corrupt;
using sql::failed;

/// A statement that is prepared once and lives as long as its connection.
class statement {
  public:
    statement() = default;

    /// On failure the statement stays empty and the code is returned.
    [[nodiscard]] static int prepare(sqlite3* on, std::string_view sql, statement& into) {
        sqlite3_stmt* made = nullptr;
        const int code = sqlite3_prepare_v3(on, sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &made, nullptr);
        into.made_.reset(made);
        return code;
    }

    [[nodiscard]] sqlite3_stmt* raw() const noexcept { return made_.get(); }

  private:
    struct finalize {
        void operator()(sqlite3_stmt* made) const noexcept { sqlite3_finalize(made); }
    };
    std::unique_ptr<sqlite3_stmt, finalize> made_;
};

/// One run of a statement with its values bound; resets it at its end. Texts are bound by
/// reference: they must outlive the run.
class rows {
  public:
    template <class... Values>
    explicit rows(const statement& of, const Values&... values) : of_(of.raw()) {
        (bind(values), ...);
    }
    rows(const rows&) = delete;
    rows& operator=(const rows&) = delete;
    ~rows() { sqlite3_reset(of_); }

    /// Goes to the next row; false at the end and on a failure, which `code` tells.
    [[nodiscard]] bool next() {
        if (code_ != SQLITE_OK && code_ != SQLITE_ROW) return false;
        code_ = sqlite3_step(of_);
        return code_ == SQLITE_ROW;
    }

    [[nodiscard]] bool failed() const {
        return code_ != SQLITE_OK && code_ != SQLITE_ROW && code_ != SQLITE_DONE;
    }
    [[nodiscard]] int code() const { return code_; }
    [[nodiscard]] failure fault() const {
        return failure_of(code_, sqlite3_errmsg(sqlite3_db_handle(of_)));
    }

    [[nodiscard]] bool absent(int column) const {
        return sqlite3_column_type(of_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t integer(int column) const {
        return sqlite3_column_int64(of_, column);
    }
    /// A count or a number, which is never negative in a sound database; 0 if it is.
    [[nodiscard]] std::uint64_t number(int column) const {
        const auto value = integer(column);
        return value < 0 ? 0 : static_cast<std::uint64_t>(value);
    }
    /// Valid until the next row or the end of the run.
    [[nodiscard]] std::string_view text(int column) const {
        const auto* bytes = sqlite3_column_text(of_, column);
        const auto size = sqlite3_column_bytes(of_, column);
        if (bytes == nullptr) return {};
        return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
    }

  private:
    void bind(std::string_view text) {
        note(sqlite3_bind_text64(of_, ++bound_, text.data() ? text.data() : "", text.size(),
                                 nullptr, SQLITE_UTF8));
    }
    void bind(std::int64_t value) { note(sqlite3_bind_int64(of_, ++bound_, value)); }
    void bind(std::uint64_t value) {
        constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
        bind(value > static_cast<std::uint64_t>(most) ? most : static_cast<std::int64_t>(value));
    }
    void bind(bool value) { bind(std::int64_t{value}); }
    template <class T>
    void bind(const optional<T>& maybe) {
        maybe ? bind(*maybe) : note(sqlite3_bind_null(of_, ++bound_));
    }
    void note(int code) {
        if (code_ == SQLITE_OK) code_ = code;
    }

    sqlite3_stmt* of_;
    int bound_ = 0;
    int code_ = SQLITE_OK;
};

/// Runs a statement that returns no rows. SQLITE_OK, or what went wrong.
template <class... Values>
[[nodiscard]] int run(const statement& of, const Values&... values) {
    rows once{of, values...};
    (void)once.next();
    return once.failed() ? once.code() : SQLITE_OK;
}

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
