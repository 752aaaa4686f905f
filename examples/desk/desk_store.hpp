// Where the desk keeps its logs: one class before the stores that it can choose from, so that the
// engine is compiled once, and each store in a unit of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/query.hpp>
#include <lockbox/vector.hpp>

#include "words.hpp"

namespace desk {

struct store_settings {
    std::string database{};                    ///< a file, or postgresql://…
    bool create = true;                        ///< make the database when it is missing
    std::chrono::milliseconds patience{5000};  ///< with others who hold it
    bool own_time = false;  ///< a trial: its instants are not compared with a server's clock
};

/// The port of the engine, as the stores of lockbox fill it.
class desk_store {
  public:
    using vocabulary = lb::vocabulary;

    [[nodiscard]] static expected<std::unique_ptr<desk_store>> open(const store_settings& with);
    desk_store() = default;
    desk_store(const desk_store&) = delete;
    desk_store& operator=(const desk_store&) = delete;
    virtual ~desk_store() = default;

    [[nodiscard]] virtual lockbox::outcome<lockbox::optional<lockbox::loaded<lb::vocabulary>>> load(
        const lb::tenant_id& id, const lb::actor& who,
        const lockbox::optional<lb::command_id>& command) = 0;
    [[nodiscard]] virtual lockbox::outcome<void> commit(
        std::span<lockbox::change<lb::vocabulary>> changes) = 0;
    [[nodiscard]] virtual lockbox::outcome<lockbox::vector<lb::tenant_id>> due(
        lb::time_point now, std::uint32_t limit) = 0;
    [[nodiscard]] virtual lockbox::outcome<lockbox::vector<lockbox::positioned<lb::vocabulary>>>
    read(std::uint64_t position, std::uint32_t limit) = 0;
    [[nodiscard]] virtual lockbox::outcome<lockbox::page<lb::audit_event>> search(
        const lb::log_query& query) = 0;
    [[nodiscard]] virtual lockbox::outcome<lockbox::page<lb::request_summary>> requests(
        const lb::request_query& query) = 0;
    [[nodiscard]] virtual lockbox::outcome<std::uint64_t> cursor(std::string_view name) = 0;
    [[nodiscard]] virtual lockbox::outcome<void> keep_cursor(std::string_view name,
                                                             std::uint64_t position) = 0;
};

/// The same, kept in one of them.
template <class Store>
class kept_in final : public desk_store {
    using V = lb::vocabulary;

  public:
    explicit kept_in(Store opened) : in_(std::move(opened)) {}

    lockbox::outcome<lockbox::optional<lockbox::loaded<V>>> load(
        const lb::tenant_id& id, const lb::actor& who,
        const lockbox::optional<lb::command_id>& command) override {
        return in_.load(id, who, command);
    }
    lockbox::outcome<void> commit(std::span<lockbox::change<V>> changes) override {
        return in_.commit(changes);
    }
    lockbox::outcome<lockbox::vector<lb::tenant_id>> due(lb::time_point now,
                                                         std::uint32_t limit) override {
        return in_.due(now, limit);
    }
    lockbox::outcome<lockbox::vector<lockbox::positioned<V>>> read(std::uint64_t position,
                                                                   std::uint32_t limit) override {
        return in_.read(position, limit);
    }
    lockbox::outcome<lockbox::page<lb::audit_event>> search(const lb::log_query& query) override {
        return in_.search(query);
    }
    lockbox::outcome<lockbox::page<lb::request_summary>> requests(
        const lb::request_query& query) override {
        return in_.requests(query);
    }
    lockbox::outcome<std::uint64_t> cursor(std::string_view name) override {
        return in_.cursor(name);
    }
    lockbox::outcome<void> keep_cursor(std::string_view name, std::uint64_t position) override {
        return in_.keep_cursor(name, position);
    }

  private:
    Store in_;
};

/// On a PostgreSQL server; where the desk was built without libpq, a problem that says so.
[[nodiscard]] expected<std::unique_ptr<desk_store>> open_on_postgres(const store_settings& with);

/// A text with the server's address in it, for messages: of the address and what follows it only
/// the hosts and the database are left, never a user, a password or an option.
[[nodiscard]] std::string without_secrets(std::string_view text);

}  // namespace desk
