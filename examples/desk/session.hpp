// What every subcommand is given: who acts, when, on which tenant and which database.
#pragma once

#include <optional>
#include <string>

#include "desk_engine.hpp"

namespace desk {

/// The options that come before or after any subcommand, as they were typed.
struct common_options {
    std::string database = "desk.db";
    std::string tenant{};
    std::string as{};
    std::string at{};
    std::string from_ip{};
    std::string id{};
    std::string catalogue{};
    std::string mail{};
    std::string mail_from = "lockbox@provider.example";
    std::string manager_desk = "manager-desk@provider.example";
    std::string wait = "5s";
};

/// How a subcommand opens the database.
struct opening {
    bool create = false;    ///< make it when it is missing
    bool own_time = false;  ///< the subcommand says when, as `--at` does
};

/// An open database, with its clock set.
[[nodiscard]] expected<desk_engine> open_desk(const common_options& with, opening how);

/// Who acts; a problem when nobody was named.
[[nodiscard]] expected<lb::actor> actor_of(const common_options& with);

/// The tenant; a problem when none was named.
[[nodiscard]] expected<lb::tenant_id> tenant_of(const common_options& with);

/// A command's envelope. Without an id it gets one that nobody used before.
[[nodiscard]] expected<lb::command> envelope_of(const common_options& with);

}  // namespace desk
