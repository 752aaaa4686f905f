// What PostgreSQL says went wrong, as a failure that says what to do.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/store/sql/fault.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

using sql::corrupt;
using sql::failed;

/// A failure, and what the store must know of it to go on.
struct fault {
    failure why{};
    std::string state{};  ///< the SQLSTATE; empty when the server did not say a word
    bool lost = false;    ///< the connection is of no more use
    bool sent = false;    ///< a commit was under way and may have happened
};

template <class T>
using result = tl::expected<T, fault>;

/// The kind of an SQLSTATE. What is not named goes by its class, its first two characters.
[[nodiscard]] inline failure_kind kind_of(std::string_view state) {
    struct known {
        std::string_view begins;
        failure_kind kind;
    };
    using enum failure_kind;
    constexpr auto all = std::to_array<known>({
        {"57014", busy},         // a timeout, or somebody cancelled the statement
        {"55P03", busy},         // a lock was not had in time
        {"40001", busy},         // serialization failure
        {"40P01", busy},         // deadlock
        {"53300", busy},         // too many connections
        {"53100", full},         // disk full
        {"25006", read_only},    // read-only transaction, a standby
        {"42501", read_only},    // no right
        {"57P", unavailable},    // shutdown, crash, starting up
        {"08", unavailable},     // connection
        {"28", unavailable},     // who are you
        {"3D", unavailable},     // no such database
        {"53", unavailable},     // out of memory and the like
        {"58", unavailable},     // a fault of the system
        {"55000", unavailable},  // the database takes no connections
        {"22012", corrupt},      // our own: a request has no row (commit_text.hpp)
        {"23", corrupt},         // a constraint: what stands there denies the tenant's version
        {"XX001", corrupt},      // data corrupted
        {"XX002", corrupt},      // index corrupted
        {"42P01", wrong_schema}, {"42P10", wrong_schema}, {"42703", wrong_schema},
        {"42804", wrong_schema}, {"42883", wrong_schema}, {"3F", wrong_schema},
        {"0A", wrong_schema},  // what this server does not know
        {"26", unavailable},   // a statement is gone: somebody else uses the connection
        {"25", unavailable},   // the same of a transaction
        {"34", unavailable},     {"", internal},
    });
    return std::ranges::find_if(all, [&](const auto& one) { return state.starts_with(one.begins); })
        ->kind;
}

/// What happened, and what to do about it. Nothing was changed by any of these.
[[nodiscard]] inline std::string_view story_of(failure_kind kind) {
    switch (kind) {
        case failure_kind::busy:
            return "the database did not come to it in time; nothing was changed; try again, or "
                   "allow more time or connections";
        case failure_kind::full:
            return "the database's disk is full; nothing was changed; make room and try again";
        case failure_kind::read_only:
            return "the database may not be written; nothing was changed; connect to the primary, "
                   "with a role that has been granted what docs/postgres.md lists";
        case failure_kind::corrupt:
            return "what is stored contradicts itself; nothing was changed; stop writing, and "
                   "restore the last backup";
        case failure_kind::wrong_schema:
            return "the schema is none of this lockbox; nothing was changed; name another one, or "
                   "use the lockbox that made it";
        case failure_kind::unavailable:
            return "the database cannot be reached; nothing was changed; see that the server runs "
                   "and that the connection string names it, and try again";
        default:
            return "the database refused a statement; nothing was changed; this is a fault of the "
                   "store, please report it";
    }
}

/// A failure in PostgreSQL's own words, which end in a line's end or several.
[[nodiscard]] inline failure failure_of(std::string_view state, std::string_view about) {
    // Without a word from the server it is the connection that failed.
    const auto kind = state.empty() ? failure_kind::unavailable : kind_of(state);
    while (!about.empty() && (about.back() == '\n' || about.back() == ' ')) about.remove_suffix(1);
    std::string what{story_of(kind)};
    what.append(" (PostgreSQL: ").append(about.empty() ? "no answer" : about);
    if (!state.empty()) what.append(", SQLSTATE ").append(state);
    std::ranges::replace(what, '\n', ' ');
    what.append(")");
    return {kind, std::move(what)};
}

/// Whether the same again may well succeed: others were in the way, and all was taken back.
[[nodiscard]] inline bool repeatable(const fault& of) {
    return of.state == "40001" || of.state == "40P01";
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
