// Every statement that the store runs on its tables, by name. Each names the tenant, save those of
// the relay and the sweeper, which go through all of them part by part.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <lockbox/store/postgres/commit_text.hpp>
#include <lockbox/store/postgres/connection.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// A tenant as one snapshot has it: one row of each kind for its parts, in the order of their
/// kinds.
enum class kind_of_row : std::int64_t { tenant, settled, last_event, open, denial, recorded };

/// Takes (tenant, command, actor, acting). The command may be NULL: then nothing was recorded.
inline constexpr query load{
    "load",
    "SELECT 0 AS kind, version AS rank, last AS a, submissions AS b, epoch AS c, NULL AS s, "
    "NULL AS t FROM tenant WHERE id = $1 "
    "UNION ALL SELECT 1, 0, NULL, NULL, NULL, settled, refusals FROM settled WHERE tenant = $1 "
    "UNION ALL (SELECT 2, version, at, NULL, NULL, NULL, NULL FROM event WHERE tenant = $1 "
    "ORDER BY version DESC LIMIT 1) "
    "UNION ALL SELECT 3, number, NULL, NULL, NULL, state, NULL FROM request "
    "WHERE tenant = $1 AND status IN ('pending', 'active') "
    "UNION ALL SELECT 4, closed, number, over, NULL, case_number, NULL FROM request "
    "WHERE tenant = $1 AND status = 'denied' AND NOT drill "
    "UNION ALL SELECT 5, e.version, NULL, NULL, NULL, e.body, NULL FROM event f "
    "JOIN event e ON e.tenant = f.tenant AND e.version BETWEEN f.version AND f.through "
    "WHERE f.tenant = $1 AND f.command = $2 AND f.actor = $3 AND f.acting = $4 "
    "ORDER BY kind, rank"};

/// The last versions of tenants: what a change without events asks.
inline constexpr query versions{"versions",
                                "SELECT id, version FROM tenant WHERE id = ANY($1::text[])"};

/// Names no table.
inline constexpr query server_clock{"server_clock",
                                    "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::int8"};

/// After it, no commit that was sent before it can still happen (epochs.hpp).
inline constexpr query fence{
    "fence",
    "INSERT INTO tenant(id, version, last, submissions, epoch, noted) VALUES($1, 0, 0, 0, 1, 0) "
    "ON CONFLICT(id) DO UPDATE SET epoch = tenant.epoch + 1 RETURNING epoch"};

/// The first number whose instant is at or after $2, one more than the last when none is: instants
/// never decrease with numbers. Cost: O(log count).
inline constexpr query event_since{
    "event_since",
    "WITH RECURSIVE look(low, high) AS ("
    "SELECT 1::int8, version + 1 FROM tenant WHERE id = $1 UNION ALL "
    "SELECT CASE WHEN e.at < $2 THEN e.version + 1 ELSE l.low END, "
    "CASE WHEN e.at < $2 THEN l.high ELSE e.version END "
    "FROM look l JOIN event e ON e.tenant = $1 AND e.version = (l.low + l.high) / 2 "
    "WHERE l.low < l.high) SELECT max(low) FROM look"};
inline constexpr query request_since{
    "request_since",
    "WITH RECURSIVE look(low, high) AS ("
    "SELECT 1::int8, submissions + 1 FROM tenant WHERE id = $1 UNION ALL "
    "SELECT CASE WHEN r.submitted < $2 THEN r.number + 1 ELSE l.low END, "
    "CASE WHEN r.submitted < $2 THEN l.high ELSE r.number END "
    "FROM look l JOIN request r ON r.tenant = $1 AND r.number = (l.low + l.high) / 2 "
    "WHERE l.low < l.high) SELECT max(low) FROM look"};

// --- the relay's and the sweeper's: they name no tenant ------------------------------------------

inline constexpr query due{"due",
                           "SELECT tenant FROM deadline WHERE due <= $1 AND part = ANY($3::int8[]) "
                           "ORDER BY due, tenant LIMIT $2"};

/// The same, and nobody else is told of them for a while ($4, in milliseconds of the database's
/// clock), or until what is due there changes. Who is being told just now is passed by.
inline constexpr query claim_due{
    "claim_due",
    "WITH mine AS (UPDATE deadline d SET claimed = clock_timestamp() + $4 * interval '1 ms' FROM ("
    "SELECT tenant FROM deadline WHERE due <= $1 AND part = ANY($3::int8[]) "
    "AND (claimed IS NULL OR claimed <= clock_timestamp()) "
    "ORDER BY due, tenant LIMIT $2 FOR UPDATE SKIP LOCKED) f WHERE d.tenant = f.tenant "
    "RETURNING d.tenant, d.due) SELECT tenant FROM mine ORDER BY due, tenant"};

inline constexpr query read{
    "read",
    "SELECT n.position - n.through + e.version, e.tenant, e.version, e.body FROM ("
    "SELECT position, tenant, version, through FROM numbered "
    "WHERE position > $1 AND part = ANY($3::int8[]) ORDER BY position LIMIT $2) n "
    "JOIN event e ON e.tenant = n.tenant AND e.version BETWEEN n.version AND n.through "
    "WHERE n.position - n.through + e.version > $1 ORDER BY 1 LIMIT $2"};

inline constexpr query unnumbered{"unnumbered",
                                  "SELECT 1 FROM outbox WHERE part = ANY($1::int8[]) "
                                  "ORDER BY noted, place, tenant, version LIMIT 1"};

/// Held until the numbers are given: who numbers next sees all that were given before.
inline constexpr query hold_counter{"hold_counter", "SELECT position FROM counter FOR UPDATE"};

/// A row's position is that of its last event.
inline constexpr query number_outbox{
    "number_outbox",
    "WITH taken AS (DELETE FROM outbox o USING ("
    "SELECT tenant, version FROM outbox WHERE part = ANY($1::int8[]) "
    "ORDER BY noted, place, tenant, version LIMIT $2) f "
    "WHERE o.tenant = f.tenant AND o.version = f.version "
    "RETURNING o.tenant, o.version, o.through, o.part, o.noted, o.place), "
    "moved AS (UPDATE counter SET position = position + "
    "(SELECT coalesce(sum(through - version + 1), 0) FROM taken)) "
    "INSERT INTO numbered(position, tenant, version, through, part) "
    "SELECT c.position + sum(t.through - t.version + 1) "
    "OVER (ORDER BY t.noted, t.place, t.tenant, t.version), t.tenant, t.version, t.through, t.part "
    "FROM taken t, counter c"};

inline constexpr query cursor{"cursor", "SELECT position FROM cursor WHERE name = $1"};
inline constexpr query keep_cursor{"keep_cursor",
                                   "INSERT INTO cursor(name, position) VALUES($1, $2) "
                                   "ON CONFLICT(name) DO UPDATE SET position = $2"};

/// Takes or renews a lease, by the database's clock: no row when somebody else has it.
inline constexpr query take_lease{
    "take_lease",
    "INSERT INTO lease(name, holder, until) "
    "VALUES($1, $2, clock_timestamp() + $3 * interval '1 ms') "
    "ON CONFLICT(name) DO UPDATE SET holder = $2, until = excluded.until "
    "WHERE lease.holder = $2 OR lease.until <= clock_timestamp() RETURNING 1"};
inline constexpr query end_lease{"end_lease", "DELETE FROM lease WHERE name = $1 AND holder = $2"};

/// What one tenant at a time is asked or told.
inline constexpr std::array of_a_tenant{load, versions, fence, event_since, request_since};
/// What goes through all of them.
inline constexpr std::array of_all_tenants{due,          claim_due,     read,   unnumbered,
                                           hold_counter, number_outbox, cursor, keep_cursor,
                                           take_lease,   end_lease};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
