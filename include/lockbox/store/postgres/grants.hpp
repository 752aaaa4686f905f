// The least that a role must be allowed, as SQL for the owner of the tables to run.
#pragma once

#include <string>
#include <string_view>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// A name as an identifier of SQL.
[[nodiscard]] inline std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"') text += c;
        text += c;
    }
    return text + '"';
}

/// For a role that only reads: all that was recorded, and nothing else.
[[nodiscard]] inline std::string grants_to_read(std::string_view schema, std::string_view role) {
    const auto in = quoted(schema);
    const auto to = " TO " + quoted(role) + ";\n";
    return "GRANT USAGE ON SCHEMA " + in + to + "GRANT SELECT ON ALL TABLES IN SCHEMA " + in + to;
}

/// For the role of a store: it appends and reads, and can neither change nor delete an event or its
/// position. Deleted is only what waited for a position, and a lease that ends.
[[nodiscard]] inline std::string grants_to_append(std::string_view schema, std::string_view role) {
    const auto in = quoted(schema);
    const auto to = " TO " + quoted(role) + ";\n";
    auto all = grants_to_read(schema, role);
    const auto grant = [&](std::string_view what, std::string_view table) {
        all.append("GRANT ").append(what).append(" ON ").append(in).append(".");
        all.append(table).append(to);
    };
    for (const auto* table : {"event", "numbered"}) grant("INSERT", table);
    for (const auto* table : {"tenant", "settled", "deadline", "request", "cursor", "lease"})
        grant("INSERT, UPDATE", table);
    grant("INSERT, DELETE", "outbox");
    grant("DELETE", "lease");
    grant("UPDATE", "counter");
    return all;
}

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
