// A database of a benchmark: a file of its own, removed at the end, and bare statements on it.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/store/sqlite.hpp>

#include "world.hpp"

namespace bench {

using sqlite_store = lockbox::sqlite_store<words>;

/// A file that is gone when this is; so are its companions.
class scratch_file {
  public:
    explicit scratch_file(std::string path) : path_(std::move(path)) { remove(); }
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;
    ~scratch_file() { remove(); }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    void remove() const {
        for (const char* end : {"", "-wal", "-shm"}) std::remove((path_ + end).c_str());
    }
    std::string path_;
};

/// On the disk that durable figures are about.
inline std::string on_disk(const char* name) { return std::string{LOCKBOX_BENCH_JSON "."} + name; }
/// In memory where there is such a place: for figures of growth, which flushes would only blur.
inline std::string in_memory(const char* name) {
    const std::string place = "/dev/shm/lockbox_bench.";
    std::FILE* const tried = std::fopen((place + name).c_str(), "w");
    if (tried == nullptr) return on_disk(name);
    std::fclose(tried);
    return place + name;
}

inline sqlite_store opened(const scratch_file& file) {
    auto store = sqlite_store::open(file.path());
    if (!store) fail(store.error().what);
    return *std::move(store);
}

/// SQLite as one uses it without a library.
class bare_database {
  public:
    explicit bare_database(const scratch_file& file) {
        sqlite3* made = nullptr;
        check(sqlite3_open(file.path().c_str(), &made), "open");
        made_.reset(made);
    }
    void execute(const std::string& sql) const {
        if (sqlite3_exec(made_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            fail(std::string{"SQLite: "} + sqlite3_errmsg(made_.get()) + " in: " + sql);
    }
    [[nodiscard]] sqlite3* raw() const { return made_.get(); }

    static void check(int code, const char* what) {
        if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
            fail(std::string{"SQLite: "} + sqlite3_errstr(code) + " at " + what);
    }

  private:
    struct close {
        void operator()(sqlite3* made) const { sqlite3_close_v2(made); }
    };
    std::unique_ptr<sqlite3, close> made_;
};

/// A prepared statement: bind, then step.
class bare_statement {
  public:
    bare_statement(const bare_database& on, const char* sql) {
        sqlite3_stmt* made = nullptr;
        bare_database::check(
            sqlite3_prepare_v3(on.raw(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr), sql);
        made_.reset(made);
    }
    void set(int at, std::int64_t value) const { sqlite3_bind_int64(made_.get(), at, value); }
    void set(int at, std::string_view value) const {
        sqlite3_bind_text(made_.get(), at, value.data(), static_cast<int>(value.size()),
                          SQLITE_STATIC);
    }
    void run() const {
        bare_database::check(sqlite3_step(made_.get()), "step");
        sqlite3_reset(made_.get());
    }

  private:
    struct finalize {
        void operator()(sqlite3_stmt* made) const { sqlite3_finalize(made); }
    };
    std::unique_ptr<sqlite3_stmt, finalize> made_;
};

}  // namespace bench
