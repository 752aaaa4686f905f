// The tables, and the way from each version of them to the next (docs/postgres.md).
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <lockbox/id.hpp>
#include <lockbox/store/postgres/session.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// What brings version n of the schema to n + 1. Only ever appended to.
///
/// - Every key leads with the tenant, so that the tables can be distributed or partitioned by it;
///   `numbered`, `counter`, `cursor` and `lease` are the relays', `lockbox_schema` is the schema's.
/// - Identifiers are compared bytewise: COLLATE "C".
/// - `tenant` has what each command changes, `settled` what few do, `deadline` the first instant at
///   which a tick has something to record (NULL: none): an update writes its row anew.
/// - `tenant` leaves room in its pages, so that a new version of a row lies beside the old one and
///   its index stays as it is.
/// - `deadline.claimed` is until when a sweeper has the tenant for itself.
/// - A tenant of version 0 is none: its row only holds an epoch (epochs.hpp).
/// - `event.command` and `event.through` are set on the first event of a command only: the index
///   stays small, and unique. `through` is the last event of that command.
/// - `request.closed` is the version of the closing event: the order of denials.
/// - `outbox` has what was committed and has no position yet; `noted` and `place` are its order:
///   microseconds of the server's clock, which never go back within a tenant, and the place in the
///   batch. `numbered` has the position of a range's last event.
/// - `part` is the tenant's share of the work (part.hpp).
inline constexpr std::array<std::string_view, 1> migrations{R"sql(
CREATE TABLE tenant(
  id TEXT COLLATE "C" PRIMARY KEY,
  version BIGINT NOT NULL,
  last BIGINT NOT NULL,
  submissions BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  noted BIGINT NOT NULL) WITH (fillfactor = 70);
CREATE TABLE settled(
  tenant TEXT COLLATE "C" PRIMARY KEY REFERENCES tenant(id),
  settled TEXT NOT NULL,
  refusals TEXT NOT NULL);
CREATE TABLE deadline(
  tenant TEXT COLLATE "C" PRIMARY KEY REFERENCES tenant(id),
  part BIGINT NOT NULL,
  due BIGINT,
  claimed TIMESTAMPTZ);
CREATE INDEX deadline_due ON deadline(due, tenant) WHERE due IS NOT NULL;
CREATE TABLE event(
  tenant TEXT COLLATE "C" NOT NULL REFERENCES tenant(id),
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  activity TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  acting TEXT COLLATE "C" NOT NULL,
  request TEXT COLLATE "C",
  case_number TEXT COLLATE "C",
  command TEXT COLLATE "C",
  through BIGINT,
  body TEXT NOT NULL,
  PRIMARY KEY(tenant, version));
CREATE UNIQUE INDEX event_command ON event(tenant, command, actor, acting)
  WHERE command IS NOT NULL;
CREATE INDEX event_activity ON event(tenant, activity, version);
CREATE INDEX event_actor ON event(tenant, actor, version);
CREATE INDEX event_request ON event(tenant, request, version) WHERE request IS NOT NULL;
CREATE INDEX event_case ON event(tenant, case_number, version) WHERE case_number IS NOT NULL;
CREATE TABLE request(
  tenant TEXT COLLATE "C" NOT NULL REFERENCES tenant(id),
  number BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  engineer TEXT COLLATE "C" NOT NULL,
  case_number TEXT COLLATE "C" NOT NULL,
  drill BOOLEAN NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  gate TEXT COLLATE "C",
  submitted BIGINT NOT NULL,
  over BIGINT NOT NULL,
  closed BIGINT,
  state TEXT,
  PRIMARY KEY(tenant, number));
CREATE UNIQUE INDEX request_id ON request(tenant, id);
CREATE INDEX request_status ON request(tenant, status, number);
CREATE INDEX request_case ON request(tenant, case_number, number);
CREATE INDEX request_engineer ON request(tenant, engineer, number);
CREATE TABLE outbox(
  tenant TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  through BIGINT NOT NULL,
  part BIGINT NOT NULL,
  noted BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY(tenant, version));
CREATE INDEX outbox_noted ON outbox(noted, place, tenant, version);
CREATE TABLE numbered(
  position BIGINT PRIMARY KEY,
  tenant TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  through BIGINT NOT NULL,
  part BIGINT NOT NULL);
CREATE TABLE counter(
  name TEXT COLLATE "C" PRIMARY KEY,
  position BIGINT NOT NULL);
INSERT INTO counter(name, position) VALUES('numbered', 0);
CREATE TABLE cursor(
  name TEXT COLLATE "C" PRIMARY KEY,
  position BIGINT NOT NULL);
CREATE TABLE lease(
  name TEXT COLLATE "C" PRIMARY KEY,
  holder TEXT COLLATE "C" NOT NULL,
  until TIMESTAMPTZ NOT NULL);
)sql"};

namespace detail {

inline constexpr query tables{
    "tables",
    "SELECT count(*), count(*) FILTER (WHERE c.relname = 'lockbox_schema') FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind IN "
    "('r', 'p', 'v')"};

inline tl::unexpected<fault> wrong(std::string what) {
    return tl::unexpected{fault{{failure_kind::wrong_schema, std::move(what)}}};
}

/// The version of the schema in the database; 0 of a namespace that is missing or empty.
inline result<std::size_t> version_in(connection& on, const postgres_options& options,
                                      std::size_t newest) {
    const auto found = on.run(tables, parameters{std::string_view{options.schema}});
    if (!found) return tl::unexpected{found.error()};
    if ((*found)[0].integer(0) == 0) return std::size_t{0};
    if ((*found)[0].integer(1) == 0) {
        return wrong("the schema `" + options.schema +
                     "` has tables of another application; nothing was changed; name another one");
    }
    // By its full name: a search path passes by what the role may not look into.
    const auto text = "SELECT version FROM " + options.schema + ".lockbox_schema";
    const auto kept = on.run({"schema_version", text}, parameters{});
    if (!kept) return tl::unexpected{kept.error()};
    const auto version = kept->empty() ? 0 : (*kept)[0].number(0);
    if (version == 0 || version > newest) {
        return wrong("the schema `" + options.schema + "` has version " +
                     id_traits<std::uint64_t>::text(version) + " and this lockbox knows " +
                     id_traits<std::size_t>::text(newest) +
                     "; nothing was changed; use the lockbox that wrote it");
    }
    return static_cast<std::size_t>(version);
}

/// Whether another process was at the same: its tables, rows or locks were in the way.
inline bool somebody_else_did(const fault& of) {
    constexpr auto states = std::to_array<std::string_view>(
        {"23505", "42P06", "42P07", "42710", "42701", "40P01", "40001", "55P03", "XX000"});
    return std::ranges::find(states, of.state) != states.end();
}

/// All the steps from one version on, in one transaction.
inline std::string script(const postgres_options& options, std::size_t from,
                          std::span<const std::string_view> steps) {
    std::string sql;
    if (from == 0) {
        sql = "CREATE SCHEMA IF NOT EXISTS " + options.schema +
              "; CREATE TABLE lockbox_schema(version BIGINT PRIMARY KEY); "
              "INSERT INTO lockbox_schema(version) VALUES(0);";
    }
    sql += "UPDATE lockbox_schema SET version = " + id_traits<std::size_t>::text(steps.size()) +
           " WHERE version = " + id_traits<std::size_t>::text(from) + ";";
    for (const auto step : steps.subspan(from)) sql.append(step);
    return sql;
}

}  // namespace detail

/// Brings the tables to the newest schema, in one transaction; makes them when there are none.
/// Several processes may do so at once: who comes second is refused, takes all back and looks
/// again. Tables of another application or of a newer lockbox are left as they are: wrong_schema.
[[nodiscard]] inline result<void> migrate(connection& on, const postgres_options& options,
                                          std::span<const std::string_view> steps) {
    constexpr int attempts = 20;
    constexpr std::chrono::milliseconds pause{20};
    for (int attempt = 1;; ++attempt) {
        const auto version = detail::version_in(on, options, steps.size());
        if (!version) return tl::unexpected{version.error()};
        if (*version == steps.size()) return {};
        if (*version == 0 && !options.create) {
            return detail::wrong("the database has no schema `" + options.schema +
                                 "`; nothing was changed; name another one, or let it be made");
        }
        auto done = on.execute(detail::script(options, *version, steps));
        if (done) return done;
        if (attempt == attempts || !detail::somebody_else_did(done.error())) return done;
        std::this_thread::sleep_for(pause * attempt);
    }
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
