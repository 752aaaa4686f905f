// What the engine needs from its host: a clock, a store, a sink. Concepts, no base
// classes; what each must do beyond its signature stands beside it, and
// testing/contract.hpp tests it on any store.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include <lockbox/optional.hpp>
#include <lockbox/query.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// How the machine failed. Nothing was decided or changed by any of these but `unknown_outcome`.
enum class failure_kind : std::uint8_t {
    unavailable,      ///< cannot be reached or opened
    busy,             ///< others held it for too long
    full,             ///< no room to write
    read_only,        ///< may not be written
    corrupt,          ///< what is stored is not a log that these rules could have written
    wrong_schema,     ///< not a database of lockbox, or of a version that this one does not know
    unknown_outcome,  ///< a commit may or may not have happened: look by the command's id
    contended,        ///< others kept changing the tenant until the deadline
    internal,         ///< a fault of the host's own port
};
template <>
inline constexpr auto names_of<failure_kind> = std::array<std::string_view, 9>{
    "unavailable",     "busy",      "full",    "read_only", "corrupt", "wrong_schema",
    "unknown_outcome", "contended", "internal"};

/// A failure of the machine: what happened, what is unaffected and what to do, in one
/// sentence each.
struct [[nodiscard]] failure {
    failure_kind kind{};
    std::string what{};
};

template <class T>
using outcome = tl::expected<T, failure>;

/// One tenant as the store has it, and the events recorded under the command that
/// `load` was asked for.
template <class V>
struct loaded {
    tenant<V> state{};
    vector<audit_event<V>> recorded{};
};

/// How one change of a commit went.
enum class commit_result : std::uint8_t { conflict, committed };

/// What one commit writes for one tenant: events that follow `version` without gaps, each command's
/// together, and the state after them. The store sets `result`.
template <class V>
struct change {
    std::uint64_t version = 0;
    std::span<const audit_event<V>> events{};
    const tenant<V>* after = nullptr;
    commit_result result = commit_result::conflict;
};

/// An event and its place among all tenants' events in the order of their commits.
template <class V>
struct positioned {
    std::uint64_t position = 0;
    audit_event<V> event{};
};

/// Tells the instant. The engine's only source of time.
template <class C, class V>
concept clock_for = requires(C& clock) {
    { clock.now() } -> std::convertible_to<typename V::time_point>;
};

/// Keeps logs and states. Calls come from several threads at once.
///
/// - `load(tenant, actor, command)`: the state that the tenant's log folds to and,
///   when a command id is given, every event that this actor recorded under it;
///   absent when the tenant was never opened.
/// - `commit(changes)`: all in one durable transaction. A change is `committed` when
///   its version is the tenant's last sequence and none of its command ids was used by
///   its actor; else it is a `conflict`, leaves nothing behind and spoils no other. On
///   a failure nothing at all is written, save when the failure is `unknown_outcome`.
/// - `due(now, limit)`: tenants with a request whose `due_at` is at or before `now`, the
///   longest overdue first.
/// - `read(position, limit)`: committed events after a position, in order, none ever skipped.
/// - `search(log_query)`, `requests(request_query)`: pages, newest first.
/// - `cursor(name)`, `keep_cursor(name, position)`: how far a relay has come; 0 at first.
template <class S, class V>
concept store_for = requires(S& store, const typename V::tenant_id& tenant, const actor<V>& who,
                             const optional<typename V::command_id>& command,
                             std::span<change<V>> changes, typename V::time_point now,
                             std::uint32_t limit, std::uint64_t position,
                             const log_query<V>& in_log, const request_query<V>& in_requests,
                             std::string_view name) {
    { store.load(tenant, who, command) } -> std::same_as<outcome<optional<loaded<V>>>>;
    { store.commit(changes) } -> std::same_as<outcome<void>>;
    { store.due(now, limit) } -> std::same_as<outcome<vector<typename V::tenant_id>>>;
    { store.read(position, limit) } -> std::same_as<outcome<vector<positioned<V>>>>;
    { store.search(in_log) } -> std::same_as<outcome<page<audit_event<V>>>>;
    { store.requests(in_requests) } -> std::same_as<outcome<page<request_summary<V>>>>;
    { store.cursor(name) } -> std::same_as<outcome<std::uint64_t>>;
    { store.keep_cursor(name, position) } -> std::same_as<outcome<void>>;
};

/// What became of a delivery. `undeliverable` moves on and becomes a finding (N3).
enum class delivery : std::uint8_t { ok, retry, undeliverable };

/// What a sink says of one event. When undeliverable: who of those told was not reached, by index.
struct delivered {
    delivery result = delivery::ok;
    vector<std::uint32_t> lost{};
};

/// Takes committed events, at least once and in order: it must stand being given one twice (V19).
template <class S, class V>
concept sink_for = requires(S& sink, const audit_event<V>& event) {
    { sink.publish(event) } -> std::same_as<delivered>;
};

/// Takes every event and does nothing with it: for hosts that notify nobody.
struct no_sink {
    [[nodiscard]] delivered publish(const auto& /*event*/) const { return {}; }
};

}  // namespace v0
}  // namespace lockbox
