// The one statement that is a commit: it locks, checks and writes the changes of several tenants,
// at most one each, and says which of them stand.
#pragma once

#include <array>

#include <lockbox/store/postgres/connection.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// What it is given, column by column: $1 to $11, one row for each change ...
inline constexpr std::array change_columns{
    type::text,     // tenant
    type::integer,  // version: the last before the change
    type::integer,  // after: the last of the change; the same of one that only asks
    type::integer,  // last
    type::integer,  // submissions
    type::integer,  // epoch
    type::integer,  // part
    type::text,     // settled; NULL: as it was
    type::text,     // refusals; NULL: as they were
    type::boolean,  // timed: whether `due` may be another than before
    type::integer,  // due; NULL: nothing is
};
/// ... $12 to $22, one for each event ...
inline constexpr std::array event_columns{
    type::integer,  // place: which change it belongs to, from 1
    type::integer,  // version
    type::integer,  // at
    type::text,     // activity
    type::text,     // actor
    type::text,     // acting
    type::text,     // request or NULL
    type::text,     // case_number or NULL
    type::text,     // command: set where it begins, else NULL
    type::integer,  // through: the last version of that command there, or NULL
    type::text,     // body
};
/// ... $23 to $34, one for each request that a change touches.
inline constexpr std::array request_columns{
    type::integer,  // place
    type::text,     // id
    type::text,     // status
    type::text,     // gate or NULL
    type::integer,  // over
    type::integer,  // closed or NULL
    type::text,     // state or NULL
    type::integer,  // number; it and all that follow are NULL of a request that has a row
    type::text,     // engineer
    type::text,     // case_number
    type::boolean,  // drill
    type::integer,  // submitted
};

/// Returns the places of the changes that stand.
///
/// Correct at READ COMMITTED. `held` locks the tenants' rows in one order and then looks at what
/// they have become: it holds no tenant whose version or epoch is another. Whoever else writes the
/// tenant changes its version, so of a tenant that is held nothing was written since this
/// statement's snapshot, and `used` has seen every command of it. A tenant without a row is opened
/// by whoever inserts it first.
///
/// `used` asks with LATERAL and LIMIT, for a planner that joined freely would look for a command
/// among all tenants' while the table is small.
///
/// A request that has no row makes the statement fail, by a division by zero: all is taken back.
inline constexpr query commit{"commit", R"sql(
WITH wanted AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[],
    $7::int8[], $8::text[], $9::text[], $10::bool[], $11::int8[]) WITH ORDINALITY
    AS w(tenant, version, after, last, submissions, epoch, part, settled, refusals, timed, due,
      place)),
fact AS MATERIALIZED (
  SELECT * FROM unnest($12::int8[], $13::int8[], $14::int8[], $15::text[], $16::text[],
    $17::text[], $18::text[], $19::text[], $20::text[], $21::int8[], $22::text[])
    AS f(place, version, at, activity, actor, acting, request, case_number, command, through,
      body)),
held AS MATERIALIZED (
  SELECT w.place FROM tenant t JOIN wanted w ON w.tenant = t.id
  WHERE t.version = w.version AND (t.epoch = w.epoch OR w.after = w.version)
  ORDER BY t.id FOR UPDATE OF t),
used AS MATERIALIZED (
  SELECT f.place FROM fact f JOIN wanted w ON w.place = f.place
  CROSS JOIN LATERAL (SELECT FROM event e WHERE e.tenant = w.tenant AND e.command = f.command
    AND e.actor = f.actor AND e.acting = f.acting LIMIT 1) e),
moved AS (
  UPDATE tenant t SET version = w.after, last = w.last, submissions = w.submissions,
    noted = greatest(t.noted + 1, (extract(epoch FROM statement_timestamp()) * 1000000)::int8)
  FROM wanted w JOIN held h ON h.place = w.place
  WHERE t.id = w.tenant AND t.version = w.version AND t.epoch = w.epoch AND w.after > w.version
    AND NOT EXISTS (SELECT FROM used u WHERE u.place = w.place)
  RETURNING w.place, t.noted),
opened AS (
  INSERT INTO tenant(id, version, last, submissions, epoch, noted)
  SELECT w.tenant, w.after, w.last, w.submissions, 0,
    (extract(epoch FROM statement_timestamp()) * 1000000)::int8
  FROM wanted w WHERE w.version = 0 AND w.after > 0 AND w.epoch = 0 ORDER BY w.tenant
  ON CONFLICT(id) DO NOTHING RETURNING id, noted),
won AS MATERIALIZED (
  SELECT w.*, m.noted FROM wanted w JOIN moved m ON m.place = w.place
  UNION ALL SELECT w.*, o.noted FROM wanted w JOIN opened o ON o.id = w.tenant),
written AS (
  INSERT INTO event(tenant, version, at, activity, actor, acting, request, case_number, command,
    through, body)
  SELECT w.tenant, f.version, f.at, f.activity, f.actor, f.acting, f.request, f.case_number,
    f.command, f.through, f.body
  FROM fact f JOIN won w ON w.place = f.place),
settling AS (
  INSERT INTO settled(tenant, settled, refusals)
  SELECT w.tenant, w.settled, w.refusals FROM won w WHERE w.version = 0),
resettled AS (
  UPDATE settled s SET settled = coalesce(w.settled, s.settled),
    refusals = coalesce(w.refusals, s.refusals)
  FROM won w WHERE s.tenant = w.tenant AND w.version > 0
    AND (w.settled IS NOT NULL OR w.refusals IS NOT NULL)),
timing AS (
  INSERT INTO deadline(tenant, part, due)
  SELECT w.tenant, w.part, w.due FROM won w WHERE w.version = 0),
retimed AS (
  UPDATE deadline d SET due = w.due, claimed = NULL
  FROM won w WHERE d.tenant = w.tenant AND w.version > 0 AND w.timed
    AND d.due IS DISTINCT FROM w.due),
told AS MATERIALIZED (
  SELECT w.tenant, r.* FROM unnest($23::int8[], $24::text[], $25::text[], $26::text[],
    $27::int8[], $28::int8[], $29::text[], $30::int8[], $31::text[], $32::text[], $33::bool[],
    $34::int8[]) AS r(place, id, status, gate, over, closed, state, number, engineer,
      case_number, drill, submitted)
  JOIN won w ON w.place = r.place),
submitting AS (
  INSERT INTO request(tenant, number, id, engineer, case_number, drill, status, gate, submitted,
    over, closed, state)
  SELECT r.tenant, r.number, r.id, r.engineer, r.case_number, r.drill, r.status, r.gate,
    r.submitted, r.over, r.closed, r.state
  FROM told r WHERE r.number IS NOT NULL),
changed AS (
  UPDATE request q SET status = r.status, gate = r.gate, over = r.over, closed = r.closed,
    state = r.state
  FROM told r WHERE r.number IS NULL AND q.tenant = r.tenant AND q.id = r.id RETURNING q.id),
sending AS (
  INSERT INTO outbox(tenant, version, through, part, noted, place)
  SELECT w.tenant, w.version + 1, w.after, w.part, w.noted, w.place FROM won w)
SELECT w.place, 1 / CASE WHEN (SELECT count(*) FROM changed) =
  (SELECT count(*) FROM told WHERE number IS NULL) THEN 1 ELSE 0 END FROM won w
UNION ALL SELECT w.place, 1 FROM wanted w WHERE w.after = w.version AND (
  EXISTS (SELECT FROM held h WHERE h.place = w.place) OR (w.version = 0
    AND NOT EXISTS (SELECT FROM tenant t WHERE t.id = w.tenant AND t.version > 0)))
)sql"};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
