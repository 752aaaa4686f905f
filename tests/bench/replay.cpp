// The fold of a million decoded events, six a request, against keeping each request's
// last instant in a map keyed by two integers.
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "suites.hpp"
#include "world.hpp"

namespace bench {
namespace {

constexpr std::size_t tenants = 1000;
constexpr std::size_t requests_each = 166;
constexpr std::size_t open_at_once = 8;

/// One tenant's whole log: its opening, and requests that each take six events, some
/// at the same time.
std::vector<lb::audit_event> life_of_a_tenant() {
    commands make;
    lb::tenant t;
    std::vector<lb::audit_event> log;
    const lb::tenant_id id{"customer-000000.example"};
    for (const auto& c : opening(make, id)) carry_out(t, c, start, &log);
    auto now = start;
    for (std::size_t number = 1; number <= requests_each + open_at_once; ++number) {
        now += std::chrono::minutes{1};
        if (number <= requests_each) {
            for (const auto& c : request_life(make, id, words::request_id_of(number), true))
                carry_out(t, c, now, &log);
        }
        if (number <= open_at_once) continue;
        const auto done = words::request_id_of(number - open_at_once);
        carry_out(t, make.by(engineer, id, lb::finish{done}), now, &log);
    }
    return log;
}

struct place_hash {
    std::size_t operator()(const std::pair<std::uint32_t, std::uint32_t>& key) const {
        return std::hash<std::uint64_t>{}((std::uint64_t{key.first} << 32U) | key.second);
    }
};

}  // namespace

void replay(figures& into, effort how) {
    const auto one = life_of_a_tenant();
    std::vector<lb::audit_event> all;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // tenant and request, as integers
    all.reserve(one.size() * tenants);
    places.reserve(one.size() * tenants);
    for (std::uint32_t tenant = 0; tenant < tenants; ++tenant) {
        for (const auto& event : one) {
            all.push_back(event);
            all.back().tenant = lb::tenant_id{numbered("customer-", tenant, ".example")};
            const std::string request{event.request ? event.request->text().substr(2) : "0"};
            places.emplace_back(tenant, static_cast<std::uint32_t>(std::stoul(request)));
        }
    }
    const auto events = static_cast<double>(all.size());
    const auto ours = [&] {
        return timed([&] {
                   for (std::size_t from = 0; from < all.size(); from += one.size()) {
                       auto state =
                           lockbox::replay<words>(std::span{all}.subspan(from, one.size()));
                       require(state && state->open.empty(), "the log does not fold");
                       benchmark::DoNotOptimize(state);
                   }
               }) /
               events;
    };
    const auto reference = [&] {
        return timed([&] {
                   std::unordered_map<std::pair<std::uint32_t, std::uint32_t>, lb::time_point,
                                      place_hash>
                       last;
                   for (std::size_t at = 0; at < all.size(); ++at) last[places[at]] = all[at].at;
                   benchmark::DoNotOptimize(last);
               }) /
               events;
    };
    const auto found = in_turns(how.rounds(5, 15), ours, reference);
    into.push_back({"replay", "ns/event", found.ours, found.reference, bar::at_most, 4,
                    "fold of 1M decoded events / unordered_map of each request's last instant"});
}

}  // namespace bench
