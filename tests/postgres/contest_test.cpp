// Sixteen processes that all want to decide the same: each time exactly one does.
#include <lockbox/store/postgres.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/child.hpp"
#include "postgres/support.hpp"
#include "unit/engine/office.hpp"

namespace contests {

using namespace office;
using namespace postgres_server;

namespace {

constexpr std::size_t processes = 16;
constexpr std::size_t requests = 10;  // of a tenant

/// How many denials were whose, as their processes saw it.
struct tally {
    std::atomic<std::size_t> ready{0};
    std::array<std::atomic<std::size_t>, processes> won{};
    std::atomic<std::size_t> other{
        0};  ///< refusals for another reason than that somebody was first
};

lb::tenant_id tenant_of(std::size_t n) { return lb::tenant_id{"tenant-" + std::to_string(n)}; }
lb::actor manager_of(std::size_t n) {
    return {lb::person_id{"manager-" + std::to_string(n)}, capacity::manager};
}
lb::command at(std::size_t tenant, lb::command command) {
    command.tenant = tenant_of(tenant);
    return command;
}

/// A tenant where ten engineers wait for a manager's word.
bool set_up(desk<store>& with, std::size_t tenant) {
    std::vector<lb::command> all{at(tenant, asking(olga, lb::open_tenant{"ada"})),
                                 at(tenant, asking(olga, lb::record_entitlement{{true, true}})),
                                 at(tenant, asking(ada, lb::turn_on{}))};
    for (std::size_t n = 0; n < requests; ++n) {
        const lb::actor engineer{lb::person_id{"engineer-" + std::to_string(n)},
                                 capacity::engineer};
        all.push_back(at(tenant, asking(engineer, wish())));
    }
    for (const auto& answer : with.engine.handle(all))
        if (!answer || answer->refused) return false;
    return true;
}

/// One process: denies every request, in the order that all have.
bool deny_all(const std::string& database, std::size_t me, std::size_t tenants, tally& counts) {
    auto options = any_time();
    options.connections = 1;
    auto kept = store::open(database, options);
    if (!kept) return false;
    desk with{*kept};
    ++counts.ready;
    while (counts.ready < processes) std::this_thread::yield();
    for (std::size_t tenant = 0; tenant < tenants; ++tenant) {
        for (std::size_t n = 1; n <= requests; ++n) {
            const auto id = "d-" + std::to_string(me) + "-" + std::to_string(tenant * requests + n);
            const auto said = with.engine.handle(
                at(tenant, asking(manager_of(me), lb::deny{V::request_id_of(n), "not today"}, id)));
            if (!said) return false;
            if (!said->refused) {
                ++counts.won[me];
            } else if (said->refused->why != ground::not_open) {
                ++counts.other;
            }
        }
    }
    return true;
}

void contest(std::size_t tenants) {
    const auto database = shared().fresh();
    {
        auto kept = opened(database);
        desk with{kept};
        for (std::size_t tenant = 0; tenant < tenants; ++tenant) REQUIRE(set_up(with, tenant));
    }
    const shared_value<tally> counts;
    std::vector<child> all;
    all.reserve(processes);
    for (std::size_t me = 0; me < processes; ++me)
        all.emplace_back([&, me] { return deny_all(database, me, tenants, *counts); });
    for (auto& one : all) CHECK(one.ended_well());
    CHECK(counts->other == 0);

    auto kept = opened(database);
    lockbox::testing::trial t{kept};
    std::map<std::pair<lb::tenant_id, lb::request_id>, std::size_t> denials;
    std::map<lb::person_id, std::size_t> by;
    for (const auto& [position, event] : t.read_all(10'000)) {
        if (!event.body.is<lb::denied>()) continue;
        ++denials[{event.tenant, *event.request}];
        ++by[event.actor.person];
    }
    CHECK(t.fault() == "");
    CHECK(denials.size() == tenants * requests);
    std::size_t most = 0;
    for (const auto& [request, count] : denials) most = (std::max)(most, count);
    CHECK(most == 1);
    std::size_t winners = 0;
    for (std::size_t me = 0; me < processes; ++me) {
        CHECK(by[manager_of(me).person] == counts->won[me]);
        if (counts->won[me] > 0) ++winners;
    }
    CHECK(winners > 1);  // they did contest it
}

}  // namespace

TEST_CASE("of sixteen processes that decide the same exactly one does, 500 times",
          "[store][postgres][V13]") {
    if (ready()) contest(50);
}

TEST_CASE("of sixteen processes that decide the same exactly one does, 20,000 times",
          "[.long][store][postgres][V13]") {
    if (ready()) contest(2'000);
}

}  // namespace contests
