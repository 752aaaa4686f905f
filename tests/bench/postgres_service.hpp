// The engine on a PostgreSQL server of the benchmark's own.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include <lockbox/store/postgres.hpp>

#include "postgres/server.hpp"
#include "report.hpp"
#include "world.hpp"

namespace bench {

using postgres_store = lockbox::postgres_store<words>;

inline constexpr std::size_t tenant_count = 100;
inline constexpr std::size_t client_count = 16;

struct unheard {
    lockbox::delivered publish(const lb::audit_event& /*event*/) { return {}; }
};

inline lb::tenant_id tenant(std::size_t number) {
    return lb::tenant_id{numbered("customer-", number, ".example")};
}

inline postgres_store opened(const std::string& database) {
    lockbox::postgres_options options;
    options.connections = client_count;
    options.clock_tolerance.reset();  // the benchmark's time is its own
    auto store = postgres_store::open(database, options);
    if (!store) fail(store.error().what);
    return *std::move(store);
}

/// The engine on a database with tenants that each have one active request.
class postgres_service {
  public:
    postgres_service(const std::string& database, commands& make) : store_(opened(database)) {
        for (std::size_t number = 0; number < tenant_count; ++number) {
            for (const auto& c : opening(make, tenant(number))) do_one(c);
            for (const auto& c : request_life(make, tenant(number), words::request_id_of(1), true))
                do_one(c);
        }
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

  private:
    postgres_store store_;
    lockbox::manual_clock<> clock_{start};
    unheard sink_;
    lockbox::engine<lockbox::manual_clock<>, postgres_store, unheard, lockbox::standard_policy>
        engine_{clock_, store_, sink_, {}};
};

/// One command among a million tenants and among ten thousand.
void postgres_growth(figures& into, postgres_server::server& on, commands& make);

}  // namespace bench
