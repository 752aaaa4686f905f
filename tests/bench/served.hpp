// The engine on a store of any kind, with tenants that have access open; and the same tenants as
// the rules alone have them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <lockbox/log/json.hpp>

#include "world.hpp"

namespace bench {

inline lb::tenant_id tenant(std::size_t number) {
    return lb::tenant_id{numbered("customer-", number, ".example")};
}

/// What opens the first so many tenants, each with one active request.
inline std::vector<lb::command> opening_of(commands& make, std::size_t tenants) {
    std::vector<lb::command> all;
    for (std::size_t number = 0; number < tenants; ++number) {
        for (auto& c : opening(make, tenant(number))) all.push_back(std::move(c));
        for (auto& c : request_life(make, tenant(number), words::request_id_of(1), true))
            all.push_back(std::move(c));
    }
    return all;
}

/// An engine, and the store that it owns.
template <class Store>
class served {
  public:
    served(Store store, std::size_t tenants, commands& make) : store_(std::move(store)) {
        do_all(opening_of(make, tenants));
    }
    void do_one(const lb::command& c) {
        const auto reply = engine_.handle(c);
        if (!reply) fail(reply.error().what);
        require(!reply->refused, "a command was refused");
    }
    void do_all(std::span<const lb::command> all) {
        for (const auto& reply : engine_.handle(all))
            require(reply && !reply->refused, "a command was not carried out");
    }
    [[nodiscard]] Store& store() { return store_; }
    [[nodiscard]] auto& engine() { return engine_; }
    [[nodiscard]] auto& clock() { return clock_; }

  private:
    Store store_;
    lockbox::manual_clock<> clock_{start};
    lockbox::no_sink sink_;
    lockbox::engine<lockbox::manual_clock<>, Store, lockbox::no_sink, lockbox::standard_policy>
        engine_{clock_, store_, sink_, {}};
};

/// What the row of one event holds.
struct event_row {
    std::size_t tenant = 0;  ///< its number
    std::uint64_t version = 0;
    std::string command{};
    std::string body{};
};

/// The tenants of a `served`, told the same commands.
class by_rules {
  public:
    by_rules(std::size_t tenants, commands& make) {
        for (std::size_t number = 0; number < tenants; ++number) tenants_.emplace_back();
        const auto all = opening_of(make, tenants);
        for (std::size_t at = 0; at < all.size(); ++at)
            carry_out(tenants_[at / (all.size() / tenants)], all[at], start);
    }
    /// The rows that these commands come to, each of which makes one event.
    std::vector<event_row> rows_of(std::span<const lb::command> all) {
        std::vector<event_row> rows;
        for (const auto& c : all) {
            std::size_t number = 0;
            while (tenants_[number].id != c.tenant) ++number;
            std::vector<lb::audit_event> log;
            carry_out(tenants_[number], c, start, &log);
            rows.push_back({number, log.front().sequence, std::string{c.id->text()}, {}});
            lockbox::log::write(rows.back().body, log.front());
        }
        return rows;
    }

  private:
    std::vector<lb::tenant> tenants_;
};

}  // namespace bench
