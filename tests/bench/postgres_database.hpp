// The store on a PostgreSQL server of the benchmark's own.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <lockbox/store/postgres.hpp>

#include "postgres/server.hpp"
#include "report.hpp"
#include "served.hpp"

namespace bench {

using postgres_store = lockbox::postgres_store<words>;

inline constexpr std::size_t client_count = 16;

inline postgres_store opened(const std::string& database) {
    lockbox::postgres_options options;
    options.connections = client_count;
    options.clock_tolerance.reset();  // the benchmark's time is its own
    auto store = postgres_store::open(database, options);
    if (!store) fail(store.error().what);
    return *std::move(store);
}

/// One command among a million tenants and among ten thousand.
void postgres_growth(figures& into, postgres_server::server& on, commands& make);

}  // namespace bench
