// What the store asks of each connection before it trusts it: commits that survive a power cut
// (V17), a server that may be written, and plans that do not change by themselves.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <lockbox/store/postgres/connection.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

namespace detail {

inline constexpr int oldest_server = 130'000;

/// READ COMMITTED is what the statements are written for. A stricter synchronous_commit stays.
inline constexpr query set_up{
    "set_up",
    "SELECT set_config('search_path', $1 || ', pg_temp', false), "
    "set_config('default_transaction_isolation', 'read committed', false), "
    "set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
    "WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)"};
/// Every question is answered by an index (a plan that was made while a table was empty must not
/// walk it for ever), and no plan is worth making twice. An engine that lacks these settings has
/// other plans.
inline constexpr query tune{
    "tune",
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', false), "
    "set_config('enable_seqscan', 'off', false), set_config('enable_hashjoin', 'off', false), "
    "set_config('enable_mergejoin', 'off', false), set_config('jit', 'off', false)"};
inline constexpr query settings{
    "settings",
    "SELECT current_setting('synchronous_commit') IN ('on', 'remote_apply'), "
    "current_setting('fsync') = 'on', current_setting('server_encoding') = 'UTF8', "
    "pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on', "
    "(extract(epoch FROM clock_timestamp()) * 1000)::int8"};

inline tl::unexpected<fault> refused(failure_kind kind, std::string_view what) {
    return tl::unexpected{fault{{kind, std::string{what}}}};
}

inline result<void> check(const row& is) {
    constexpr auto unavailable = failure_kind::unavailable;
    if (is.integer(3) != 0) {
        return refused(failure_kind::read_only,
                       "the database is a standby; nothing was changed; connect to the primary "
                       "(target_session_attrs=read-write among several hosts finds it)");
    }
    if (is.integer(4) != 0) {
        return refused(failure_kind::read_only,
                       "the database is set to be read only; nothing was changed; turn "
                       "default_transaction_read_only off for this role");
    }
    if (is.integer(0) == 0) {
        return refused(unavailable,
                       "the database cannot promise that a commit survives a power cut: its "
                       "synchronous_commit stayed off; nothing was changed; turn it on");
    }
    if (is.integer(1) == 0) {
        return refused(unavailable,
                       "the database cannot promise that a commit survives a power cut: its fsync "
                       "is off; nothing was changed; turn it on");
    }
    if (is.integer(2) == 0) {
        return refused(unavailable,
                       "the database does not keep its texts in UTF-8; nothing was changed; name "
                       "one that was made with ENCODING 'UTF8'");
    }
    return {};
}

}  // namespace detail

/// Whether the tables' namespace has a name that needs no quotes.
[[nodiscard]] inline bool is_plain_name(std::string_view name) {
    constexpr std::string_view first = "abcdefghijklmnopqrstuvwxyz_";
    constexpr std::string_view all = "abcdefghijklmnopqrstuvwxyz_0123456789";
    return !name.empty() && name.size() < 64 &&
           first.find(name.front()) != std::string_view::npos &&
           name.find_first_not_of(all) == std::string_view::npos && !name.starts_with("pg_");
}

/// Sets a fresh connection up, and refuses one that cannot keep what the store promises.
[[nodiscard]] inline result<void> set_up(connection& on, const postgres_options& options) {
    if (!is_plain_name(options.schema)) {
        return detail::refused(failure_kind::unavailable,
                               "the schema's name is more than lower-case letters, digits and "
                               "underscores; nothing was changed; give it another one");
    }
    if (PQserverVersion(on.raw()) < detail::oldest_server) {
        return detail::refused(failure_kind::unavailable,
                               "the server is older than PostgreSQL 13; nothing was changed; use "
                               "a newer one");
    }
    auto done = on.run(detail::set_up, parameters{std::string_view{options.schema}});
    if (!done) return tl::unexpected{std::move(done).error()};
    if (auto tuned = on.run(detail::tune, parameters{}); !tuned && tuned.error().lost) {
        return tl::unexpected{std::move(tuned).error()};
    }
    const auto is = on.run(detail::settings, parameters{});
    if (!is) return tl::unexpected{is.error()};
    on.set_clock((*is)[0].integer(5));
    return detail::check((*is)[0]);
}

/// Connects, and sets the connection up.
[[nodiscard]] inline result<connection> open_session(const std::string& text,
                                                     const postgres_options& options) {
    auto opened = connection::open(text);
    if (!opened) return opened;
    if (auto ready = set_up(*opened, options); !ready) {
        return tl::unexpected{std::move(ready).error()};
    }
    return opened;
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
