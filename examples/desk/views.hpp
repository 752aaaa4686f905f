// What the desk shows: each function asks the engine and prints what it is told.
#pragma once

#include <string>

#include "desk_engine.hpp"

namespace desk {

/// What a command was answered, an event on each line; of a refusal, why.
[[nodiscard]] expected<void> show_reply(
    desk_engine& on, const lb::command& what,
    const lockbox::outcome<lockbox::decision<lb::vocabulary>>& reply);

/// The faults of a tenant's set-up (S7).
[[nodiscard]] expected<void> show_findings(desk_engine& on, const lb::tenant_id& of,
                                           const lb::actor& who);

[[nodiscard]] expected<void> show_settings(desk_engine& on, const lb::tenant_id& of,
                                           const lb::actor& who);

/// The consents whose time is not over (G8).
[[nodiscard]] expected<void> show_consents(desk_engine& on, const lb::tenant_id& of,
                                           const lb::actor& who);

/// A page of the requests, newest first (L2).
[[nodiscard]] expected<void> list_requests(desk_engine& on, const lb::request_query& query,
                                           const lb::actor& who);

/// One request's life as a timeline, oldest first.
[[nodiscard]] expected<void> show_request(desk_engine& on, const lb::tenant_id& of,
                                          const lb::request_id& item, const lb::actor& who);

/// Why a request is where it is, or what became of it: the facts, and the ways on.
[[nodiscard]] expected<void> show_why(desk_engine& on, const lb::tenant_id& of,
                                      const lb::request_id& item, const lb::actor& who);

/// The changes that wait for a second member, and who could agree to them (S9).
[[nodiscard]] expected<void> show_proposals(desk_engine& on, const lb::tenant_id& of,
                                            const lb::actor& who);

/// Terms, a line for each gate and cap.
void show_terms(const lb::terms& terms);

/// The terms that a submission would get, or the refusal.
[[nodiscard]] expected<void> show_preview(desk_engine& on, const lb::command& what);

enum class log_format { table, json, office365 };

/// A page of the log, or all pages, newest first (L3, L4).
[[nodiscard]] expected<void> show_log(desk_engine& on, lb::log_query query, const lb::actor& who,
                                      log_format as, bool all_pages);

/// How many events the file holds, and their fingerprint.
[[nodiscard]] expected<void> show_digest(desk_engine& on);

/// A refusal to read, or a failure of the machine, as a problem.
[[nodiscard]] problem problem_of(const lockbox::denied_reading& why);

}  // namespace desk
