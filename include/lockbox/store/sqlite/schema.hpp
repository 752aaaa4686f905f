// The tables, and the way from each version of them to the next (docs/sqlite.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <lockbox/store/sqlite/connection.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

/// Marks a file as lockbox's: "lkbx" in ASCII.
inline constexpr std::int64_t application = 0x6C6B6278;

/// What brings version n of the schema to n + 1. Only ever appended to.
///
/// - The tenant's key is an integer: it stands in every row and index.
/// - `settled` stands apart from `tenant`, for SQLite writes a row as a whole, and the row of
///   `tenant` changes with every command.
/// - `settled.due` is when the first proposal in it lapses; NULL while none waits.
/// - `event.command` is set on the first event of a command only: the index stays small, and
///   unique.
/// - `request.closed` is the version of the closing event: the order of denials.
/// - `request.due` is when a tick will have something to record of it; NULL once it is closed.
/// - A partial index has the columns of its own condition too, or SQLite would look them up in the
///   row.
inline constexpr std::array<std::string_view, 1> migrations{R"sql(
CREATE TABLE tenant(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  last INTEGER NOT NULL,
  submissions INTEGER NOT NULL);
CREATE TABLE settled(
  tenant INTEGER PRIMARY KEY REFERENCES tenant(key),
  settled TEXT NOT NULL,
  refusals TEXT NOT NULL,
  due INTEGER);
CREATE INDEX settled_due ON settled(due, tenant) WHERE due IS NOT NULL;
CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenant(key),
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  activity TEXT NOT NULL,
  actor TEXT NOT NULL,
  acting TEXT NOT NULL,
  request TEXT,
  case_number TEXT,
  command TEXT,
  body TEXT NOT NULL,
  UNIQUE(tenant, version));
CREATE UNIQUE INDEX event_command ON event(tenant, command, actor, acting)
  WHERE command IS NOT NULL;
CREATE INDEX event_activity ON event(tenant, activity, version);
CREATE INDEX event_actor ON event(tenant, actor, version);
CREATE INDEX event_request ON event(tenant, request, version) WHERE request IS NOT NULL;
CREATE INDEX event_case ON event(tenant, case_number, version) WHERE case_number IS NOT NULL;
CREATE TABLE request(
  key INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenant(key),
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  engineer TEXT NOT NULL,
  case_number TEXT NOT NULL,
  drill INTEGER NOT NULL,
  status TEXT NOT NULL,
  gate TEXT,
  submitted INTEGER NOT NULL,
  over INTEGER NOT NULL,
  due INTEGER,
  closed INTEGER,
  state TEXT,
  UNIQUE(tenant, number),
  UNIQUE(tenant, id));
CREATE INDEX request_status ON request(tenant, status, number);
CREATE INDEX request_case ON request(tenant, case_number, number);
CREATE INDEX request_engineer ON request(tenant, engineer, number);
CREATE INDEX request_due ON request(due, tenant) WHERE due IS NOT NULL;
CREATE INDEX request_denied ON request(tenant, closed, case_number, number, over, status, drill)
  WHERE status = 'denied' AND drill = 0;
CREATE TABLE cursor(
  name TEXT PRIMARY KEY,
  position INTEGER NOT NULL) WITHOUT ROWID;
)sql"};

namespace detail {

inline tl::unexpected<failure> wrong(std::string what) {
    return tl::unexpected<failure>{{failure_kind::wrong_schema, std::move(what)}};
}

/// The version of the schema in the file; 0 of a file without any table.
inline outcome<std::size_t> version_in(const connection& on, std::size_t newest) {
    const auto of = on.ask("PRAGMA application_id");
    if (!of) return tl::unexpected{of.error()};
    const auto version = on.ask("PRAGMA user_version");
    if (!version) return tl::unexpected{version.error()};
    const auto tables = on.ask("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tl::unexpected{tables.error()};
    if (*of == "0" && *version == "0" && *tables == "0") return std::size_t{0};
    if (*of != id_traits<std::int64_t>::text(application)) {
        return wrong(
            "the file is a database of another application; nothing was changed; name "
            "another file");
    }
    const auto number = id_traits<std::size_t>::parse(*version);
    if (!number || *number == 0 || *number > newest) {
        return wrong("the database has version " + *version +
                     " of the schema and this lockbox knows " +
                     id_traits<std::size_t>::text(newest) +
                     "; nothing was changed; use the lockbox that wrote it");
    }
    return *number;
}

/// The same in one look: another process may be making the file.
inline outcome<std::size_t> version_at_once(const connection& on, std::size_t newest) {
    const transaction guard{on};
    if (auto begun = on.execute("BEGIN"); !begun) return tl::unexpected{begun.error()};
    return version_in(on, newest);
}

}  // namespace detail

/// Whether the file may be used: it is empty, or a database of lockbox that these steps lead to.
[[nodiscard]] inline outcome<void> recognise(const connection& on,
                                             std::span<const std::string_view> steps) {
    return detail::version_at_once(on, steps.size()).map([](std::size_t) {});
}

/// Brings the file to the newest schema, in one transaction; makes it when the file is empty. A
/// file of another application or of a newer lockbox is left as it is: wrong_schema.
[[nodiscard]] inline outcome<void> migrate(const connection& on,
                                           std::span<const std::string_view> steps) {
    const auto before = detail::version_at_once(on, steps.size());
    if (!before) return tl::unexpected{before.error()};
    if (*before == steps.size()) return {};

    const transaction guard{on};
    if (auto begun = on.execute("BEGIN IMMEDIATE"); !begun) return begun;
    // Another process may have done it while we waited.
    const auto now = detail::version_in(on, steps.size());
    if (!now) return tl::unexpected{now.error()};
    for (const auto step : steps.subspan(*now)) {
        if (auto done = on.execute(std::string{step}); !done) return done;
    }
    if (auto marked =
            on.execute("PRAGMA application_id=" + id_traits<std::int64_t>::text(application) +
                       "; PRAGMA user_version=" + id_traits<std::size_t>::text(steps.size()));
        !marked) {
        return marked;
    }
    return on.execute("COMMIT");
}

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
