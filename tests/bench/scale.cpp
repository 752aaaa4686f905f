// ./dev scale [tenants]: what the PostgreSQL store costs among ever more tenants, on a server of
// its own: 1,000,000 of them with five events each, unless another number is given.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "crowd.hpp"
#include "rounds.hpp"

namespace bench {
namespace {

constexpr std::size_t pages = 200;

void show(std::size_t done, std::size_t of) {
    if (isatty(2) == 0) return;
    std::fprintf(stderr, "\r[%-40.*s] %3zu %%%s", static_cast<int>(40 * done / of),
                 "########################################", 100 * done / of,
                 done == of ? "\n" : "");
}

/// What one command, a page and a tick cost now, on an engine that knows no tenant yet.
void measure(const crowd& tenants, commands& make) {
    served on{opened(tenants.database()), 0, make};
    const auto one = [&](const lb::tenant_id& id) {
        const auto c = make.by(engineer, id, attempt());
        return timed([&] { on.do_one(c); }) / 1e3;
    };
    std::vector<double> cold;
    std::vector<double> warm;
    std::vector<double> page;
    for (const auto& id : tenants.busy()) {
        cold.push_back(one(id));
        warm.push_back(one(id));
    }
    for (std::size_t at = 0; at < pages; ++at) {
        lb::log_query query{tenants.busy()[at * tenants.busy().size() / pages]};
        query.limit = 50;
        page.push_back(timed([&] { require(on.store().search(query).has_value(), "no page"); }) /
                       1e3);
    }
    on.clock().set(start + std::chrono::hours{3});
    const double ticked = timed([&] {
        const auto done = on.engine().tick();
        require(done && *done == tenants.busy().size(), "the tick did not end every access");
    });
    std::printf(
        "%9zu tenants  commit %.0f us, authorize with a cold cache %.0f us, page of search "
        "%.0f us, tick %.0f us for each of %zu due\n",
        tenants.size(), median(warm), median(cold), median(page),
        ticked / 1e3 / static_cast<double>(tenants.busy().size()), tenants.busy().size());
}

void tell_sizes(const crowd& tenants) {
    const auto ask = [&](const std::string& sql) {
        return std::stod(postgres_server::server::tell(tenants.database(), sql));
    };
    const auto bytes_of = [&](const char* table) {
        return ask(std::string{"SELECT pg_total_relation_size('lockbox."} + table + "')");
    };
    const double events = ask("SELECT count(*) FROM lockbox.event");
    std::printf(
        "%9zu tenants  %.0f events; %.0f bytes an event with its indexes and its place in "
        "the outbox, %.0f bytes a tenant besides\n",
        tenants.size(), events, (bytes_of("event") + bytes_of("outbox")) / events,
        (bytes_of("tenant") + bytes_of("settled") + bytes_of("deadline")) /
            static_cast<double>(tenants.size()));
}

}  // namespace
}  // namespace bench

int main(int count, char** words) {
    using namespace bench;
    const std::size_t size = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1'000'000;
    if (size < 10'000 || size > 1'000'000) {
        std::fputs("scale: from 10000 to 1000000 tenants\n", stderr);
        return 2;
    }
    const auto disk = std::filesystem::temp_directory_path().string();
    postgres_server::server server{{"shared_buffers=1GB", "max_wal_size=4GB"}, disk};
    if (!server.run()) fail(server.problem());
    commands make;
    crowd tenants{server.fresh(), make, crowd::logs::of_all};
    for (const std::size_t step : {10'000UL, 100'000UL, 1'000'000UL}) {
        const auto before = tenants.size();
        const double took = timed([&] { tenants.grow_to(std::min(step, size), show); });
        std::printf("%9zu tenants  loaded %zu more in %.0f s\n", tenants.size(),
                    tenants.size() - before, took / 1e9);
        measure(tenants, make);
        if (tenants.size() == size) break;
    }
    tell_sizes(tenants);
    return 0;
}
