// The one statement that is a commit: it checks and writes the changes of several tenants, at most
// one each, and says which of them stand.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/store/postgres/connection.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// What it is given, column by column: $1 to $11, one row for each change; its values themselves
/// when there is one ...
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
/// ... $12 to $22, one for each event, in the same way ...
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
/// ... $23 to $34, one for each request that a change touches, where there is any.
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

/// What is in a batch, and so which parts its statement has: most have few, and each costs the
/// server some microseconds.
struct shape {
    bool several = false;  ///< changes
    bool events = false;   ///< more than one
    bool opens = false;    ///< a tenant
    bool settles = false;  ///< settings or refusals of a tenant that is open
    bool times = false;    ///< what is due may be another
    bool submits = false;  ///< a request
    bool changes = false;  ///< a request that has a row
    bool asks = false;     ///< there is a change without events, beside others

    static constexpr unsigned count = 256;
    [[nodiscard]] static constexpr shape of(unsigned bits) {
        const auto has = [&](unsigned at) { return (bits >> at & 1U) != 0; };
        return {has(0), has(1), has(2), has(3), has(4), has(5), has(6), has(7)};
    }
    [[nodiscard]] bool requests() const { return submits || changes; }
    [[nodiscard]] std::string name() const {
        std::string text = "commit";
        for (const auto& [has, says] :
             {std::pair{several, "_several"}, std::pair{events, "_events"},
              std::pair{opens, "_opens"}, std::pair{settles, "_settles"},
              std::pair{times, "_times"}, std::pair{submits, "_submits"},
              std::pair{changes, "_changes"}, std::pair{asks, "_asks"}})
            if (has) text += says;
        return text;
    }
};

namespace detail {

inline constexpr std::string_view commit_wanted = R"sql(
WITH wanted AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[],
    $7::int8[], $8::text[], $9::text[], $10::bool[], $11::int8[]) WITH ORDINALITY
    AS w(tenant, version, after, last, submissions, epoch, part, settled, refusals, timed, due,
      place)),)sql";
inline constexpr std::string_view commit_wants_one = R"sql(
WITH wanted AS (
  SELECT $1::text AS tenant, $2::int8 AS version, $3::int8 AS after,
    $4::int8 AS last, $5::int8 AS submissions, $6::int8 AS epoch,
    $7::int8 AS part, $8::text AS settled, $9::text AS refusals,
    $10::bool AS timed, $11::int8 AS due, 1::int8 AS place),)sql";
inline constexpr std::string_view commit_facts = R"sql(
fact AS MATERIALIZED (
  SELECT * FROM unnest($12::int8[], $13::int8[], $14::int8[], $15::text[], $16::text[],
    $17::text[], $18::text[], $19::text[], $20::text[], $21::int8[], $22::text[])
    AS f(place, version, at, activity, actor, acting, request, case_number, command, through,
      body)),)sql";
inline constexpr std::string_view commit_one_fact = R"sql(
fact AS (
  SELECT $12::int8 AS place, $13::int8 AS version, $14::int8 AS at,
    $15::text AS activity, $16::text AS actor, $17::text AS acting,
    $18::text AS request, $19::text AS case_number, $20::text AS command,
    $21::int8 AS through, $22::text AS body),)sql";
inline constexpr std::string_view commit_used = R"sql(
used AS MATERIALIZED (
  SELECT f.place FROM fact f JOIN wanted w ON w.place = f.place
  CROSS JOIN LATERAL (SELECT FROM event e WHERE e.tenant = w.tenant AND e.command = f.command
    AND e.actor = f.actor AND e.acting = f.acting LIMIT 1) e),)sql";
inline constexpr std::string_view commit_held = R"sql(
held AS MATERIALIZED (
  SELECT w.place FROM tenant t JOIN wanted w ON w.tenant = t.id
  WHERE t.version = w.version AND (t.epoch = w.epoch OR w.after = w.version)
  ORDER BY t.id FOR UPDATE OF t),)sql";
inline constexpr std::string_view commit_moved = R"sql(
  UPDATE tenant t SET version = w.after, last = w.last, submissions = w.submissions,
    noted = greatest(t.noted + 1, (extract(epoch FROM statement_timestamp()) * 1000000)::int8)
  FROM wanted w
  WHERE t.id = w.tenant AND t.version = w.version AND t.epoch = w.epoch
    AND w.after > w.version)sql";
inline constexpr std::string_view commit_unused = R"sql(
    AND NOT EXISTS (SELECT FROM fact f CROSS JOIN LATERAL (SELECT FROM event e
      WHERE e.tenant = w.tenant AND e.command = f.command AND e.actor = f.actor
        AND e.acting = f.acting LIMIT 1) e))sql";
inline constexpr std::string_view commit_none_used = R"sql(
    AND NOT EXISTS (SELECT FROM used u WHERE u.place = w.place))sql";
inline constexpr std::string_view commit_opened = R"sql(
opened AS (
  INSERT INTO tenant(id, version, last, submissions, epoch, noted)
  SELECT w.tenant, w.after, w.last, w.submissions, 0,
    (extract(epoch FROM statement_timestamp()) * 1000000)::int8
  FROM wanted w WHERE w.version = 0 AND w.after > 0 AND w.epoch = 0 ORDER BY w.tenant
  ON CONFLICT(id) DO NOTHING RETURNING id, noted),
won AS MATERIALIZED (
  SELECT * FROM moved
  UNION ALL SELECT w.*, o.noted FROM wanted w JOIN opened o ON o.id = w.tenant),
settling AS (
  INSERT INTO settled(tenant, settled, refusals)
  SELECT w.tenant, w.settled, w.refusals FROM won w WHERE w.version = 0),
timing AS (
  INSERT INTO deadline(tenant, part, due)
  SELECT w.tenant, w.part, w.due FROM won w WHERE w.version = 0),)sql";
inline constexpr std::string_view commit_settles = R"sql(
resettled AS (
  UPDATE settled s SET settled = coalesce(w.settled, s.settled),
    refusals = coalesce(w.refusals, s.refusals)
  FROM won w WHERE s.tenant = w.tenant AND w.version > 0
    AND (w.settled IS NOT NULL OR w.refusals IS NOT NULL)),)sql";
inline constexpr std::string_view commit_times = R"sql(
retimed AS (
  UPDATE deadline d SET due = w.due, claimed = NULL
  FROM won w WHERE d.tenant = w.tenant AND w.version > 0 AND w.timed
    AND d.due IS DISTINCT FROM w.due),)sql";
inline constexpr std::string_view commit_told = R"sql(
told AS MATERIALIZED (
  SELECT w.tenant, r.* FROM unnest($23::int8[], $24::text[], $25::text[], $26::text[],
    $27::int8[], $28::int8[], $29::text[], $30::int8[], $31::text[], $32::text[], $33::bool[],
    $34::int8[]) AS r(place, id, status, gate, over, closed, state, number, engineer,
      case_number, drill, submitted)
  JOIN won w ON w.place = r.place),)sql";
inline constexpr std::string_view commit_submits = R"sql(
submitting AS (
  INSERT INTO request(tenant, number, id, engineer, case_number, drill, status, gate, submitted,
    over, closed, state)
  SELECT r.tenant, r.number, r.id, r.engineer, r.case_number, r.drill, r.status, r.gate,
    r.submitted, r.over, r.closed, r.state
  FROM told r WHERE r.number IS NOT NULL),)sql";
inline constexpr std::string_view commit_changes = R"sql(
changed AS (
  UPDATE request q SET status = r.status, gate = r.gate, over = r.over, closed = r.closed,
    state = r.state
  FROM told r WHERE r.number IS NULL AND q.tenant = r.tenant AND q.id = r.id RETURNING q.id),)sql";
inline constexpr std::string_view commit_written = R"sql(
written AS (
  INSERT INTO event(tenant, version, at, activity, actor, acting, request, case_number, command,
    through, body)
  SELECT w.tenant, f.version, f.at, f.activity, f.actor, f.acting, f.request, f.case_number,
    f.command, f.through, f.body
  FROM fact f JOIN won w ON w.place = f.place),
sending AS (
  INSERT INTO outbox(tenant, version, through, part, noted, place)
  SELECT w.tenant, w.version + 1, w.after, w.part, w.noted, w.place FROM won w)
SELECT w.place)sql";
inline constexpr std::string_view commit_checks =
    R"sql(, 1 / CASE WHEN (SELECT count(*) FROM changed)
  = (SELECT count(*) FROM told WHERE number IS NULL) THEN 1 ELSE 0 END)sql";
inline constexpr std::string_view commit_asks = R"sql(
UNION ALL SELECT w.place FROM wanted w WHERE w.after = w.version AND (
  EXISTS (SELECT FROM held h WHERE h.place = w.place) OR (w.version = 0
    AND NOT EXISTS (SELECT FROM tenant t WHERE t.id = w.tenant AND t.version > 0))))sql";

}  // namespace detail

/// Returns the places of the changes that stand.
///
/// Correct at READ COMMITTED: the update takes a tenant's row only while its version and epoch are
/// what they are to be, and looks again at what the row has become when it had to wait for it.
/// Whoever else writes a tenant changes its version, so of one that is taken nothing was written
/// since this statement's snapshot, which has every command of it. Of several tenants,
/// `held` locks the rows first, all commits in the same order. A tenant without a row is opened by
/// whoever inserts it first.
///
/// A used command is asked for with LATERAL and LIMIT, for a planner that joined freely would look
/// for it among all tenants' while the table is small. A request that has no row makes the
/// statement fail, by a division by zero: all is taken back.
[[nodiscard]] inline std::string commit_text(const shape& with) {
    std::string text;
    const auto add = [&](bool wanted, std::string_view part) {
        if (wanted) text.append(part);
    };
    const bool held = with.several || with.asks;
    add(true, with.several ? detail::commit_wanted : detail::commit_wants_one);
    add(true, with.events ? detail::commit_facts : detail::commit_one_fact);
    add(with.several, detail::commit_used);
    add(held, detail::commit_held);
    add(true, with.opens ? "\nmoved AS (" : "\nwon AS (");
    add(true, detail::commit_moved);
    add(true, with.several ? detail::commit_none_used : detail::commit_unused);
    add(held, "\n    AND EXISTS (SELECT FROM held h WHERE h.place = w.place)");
    add(true, "\n  RETURNING w.*, t.noted),");
    add(with.opens, detail::commit_opened);
    add(with.settles, detail::commit_settles);
    add(with.times, detail::commit_times);
    add(with.requests(), detail::commit_told);
    add(with.submits, detail::commit_submits);
    add(with.changes, detail::commit_changes);
    add(true, detail::commit_written);
    add(with.changes, detail::commit_checks);
    add(true, "\nFROM won w");
    add(with.asks, detail::commit_asks);
    if (with.changes && with.asks) {
        // Both halves have as many columns.
        const auto half = text.rfind("SELECT w.place FROM wanted");
        text.insert(half + std::string_view{"SELECT w.place"}.size(), ", 1");
    }
    return text;
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
