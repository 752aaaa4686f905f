// Every statement that the store runs on its tables, by name.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <lockbox/store/sqlite/connection.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

/// The statements of the writing connection.
enum class writing : std::size_t {
    begin,
    commit,
    save,
    restore,
    release,
    key_of,
    version_of,
    open_tenant,
    advance,
    settle,
    keep_settled,
    keep_refusals,
    add_event,
    find_command,
    add_request,
    keep_request,
    keep_cursor,
    fence
};

/// Their texts, in the order of their names.
inline constexpr std::array<std::string_view, 18> writing_texts{
    "BEGIN IMMEDIATE",
    "COMMIT",
    "SAVEPOINT change",
    "ROLLBACK TO change",
    "RELEASE change",
    "SELECT key FROM tenant WHERE id = ?1",
    "SELECT version FROM tenant WHERE id = ?1",
    "INSERT INTO tenant(id, version, last, submissions) VALUES(?1, ?2, ?3, ?4) "
    "ON CONFLICT(id) DO NOTHING",
    "UPDATE tenant SET version = ?3, last = ?4, submissions = ?5 "
    "WHERE key = ?1 AND version = ?2",
    "INSERT INTO settled(tenant, settled, due, refusals) VALUES(?1, ?2, ?3, ?4)",
    "UPDATE settled SET settled = ?2, due = ?3 WHERE tenant = ?1",
    "UPDATE settled SET refusals = ?2 WHERE tenant = ?1",
    "INSERT INTO event(tenant, version, at, activity, actor, acting, request, case_number, "
    "command, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    "SELECT 1 FROM event WHERE tenant = ?1 AND command = ?2 AND actor = ?3 AND acting = ?4",
    "INSERT INTO request(tenant, id, status, gate, over, due, closed, state, number, engineer, "
    "case_number, drill, submitted) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    "UPDATE request SET status = ?3, gate = ?4, over = ?5, due = ?6, closed = ?7, state = ?8 "
    "WHERE tenant = ?1 AND id = ?2",
    "INSERT INTO cursor(name, position) VALUES(?1, ?2) "
    "ON CONFLICT(name) DO UPDATE SET position = ?2",
    "INSERT INTO cursor(name, position) VALUES('lockbox: fence', 1) "
    "ON CONFLICT(name) DO UPDATE SET position = position + 1"};

/// The statements of the reading connection. Each that ends in `LIMIT 1` answers from an index
/// alone.
enum class reading : std::size_t {
    begin,
    tenant,
    last_event,
    settled,
    open,
    denials,
    command,
    recorded,
    due,
    id_of,
    read,
    event,
    event_at,
    by_activity,
    by_actor,
    by_request,
    by_case,
    request,
    request_at,
    by_item,
    by_engineer,
    by_request_case,
    by_status,
    cursor
};

/// Their texts, in the order of their names.
inline constexpr std::array<std::string_view, 24> reading_texts{
    "BEGIN",
    "SELECT key, version, last, submissions FROM tenant WHERE id = ?1",
    "SELECT version, at FROM event WHERE tenant = ?1 ORDER BY version DESC LIMIT 1",
    "SELECT settled, refusals FROM settled WHERE tenant = ?1",
    "SELECT number, state FROM request WHERE tenant = ?1 AND status IN ('pending', 'active')",
    "SELECT case_number, number, over FROM request "
    "WHERE tenant = ?1 AND status = 'denied' AND drill = 0 ORDER BY closed",
    "SELECT version FROM event "
    "WHERE tenant = ?1 AND command = ?2 AND actor = ?3 AND acting = ?4",
    "SELECT version, body FROM event WHERE tenant = ?1 AND version >= ?2 ORDER BY version",
    "SELECT tenant, due FROM request WHERE due <= ?1 "
    "UNION ALL SELECT tenant, due FROM settled WHERE due <= ?1 ORDER BY 2, 1",
    "SELECT id FROM tenant WHERE key = ?1",
    "SELECT e.seq, t.id, e.version, e.body FROM event e JOIN tenant t ON t.key = e.tenant "
    "WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2",
    "SELECT body FROM event WHERE tenant = ?1 AND version = ?2",
    "SELECT at FROM event WHERE tenant = ?1 AND version = ?2",
    "SELECT version FROM event WHERE tenant = ?1 AND activity = ?2 AND version <= ?3 "
    "ORDER BY version DESC LIMIT 1",
    "SELECT version FROM event WHERE tenant = ?1 AND actor = ?2 AND version <= ?3 "
    "ORDER BY version DESC LIMIT 1",
    "SELECT version FROM event WHERE tenant = ?1 AND request = ?2 AND version <= ?3 "
    "ORDER BY version DESC LIMIT 1",
    "SELECT version FROM event WHERE tenant = ?1 AND case_number = ?2 AND version <= ?3 "
    "ORDER BY version DESC LIMIT 1",
    "SELECT id, number, engineer, case_number, drill, status, gate, submitted, over "
    "FROM request WHERE tenant = ?1 AND number = ?2",
    "SELECT submitted FROM request WHERE tenant = ?1 AND number = ?2",
    "SELECT number FROM request WHERE tenant = ?1 AND id = ?2 AND number <= ?3",
    "SELECT number FROM request WHERE tenant = ?1 AND engineer = ?2 AND number <= ?3 "
    "ORDER BY number DESC LIMIT 1",
    "SELECT number FROM request WHERE tenant = ?1 AND case_number = ?2 AND number <= ?3 "
    "ORDER BY number DESC LIMIT 1",
    "SELECT number FROM request WHERE tenant = ?1 AND status = ?2 AND number <= ?3 "
    "ORDER BY number DESC LIMIT 1",
    "SELECT position FROM cursor WHERE name = ?1"};

/// A connection's statements, each prepared once.
template <class Name, std::size_t Count>
class prepared {
  public:
    [[nodiscard]] static outcome<prepared> on(const connection& to,
                                              const std::array<std::string_view, Count>& texts) {
        prepared all;
        for (std::size_t at = 0; at < Count; ++at) {
            const int code = statement::prepare(to.raw(), texts[at], all.made_[at]);
            if (code != SQLITE_OK) return tl::unexpected{to.fault(code)};
        }
        return all;
    }

    [[nodiscard]] const statement& operator[](Name which) const {
        return made_[static_cast<std::size_t>(which)];
    }

  private:
    std::array<statement, Count> made_;
};

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
