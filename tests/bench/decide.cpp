// Deciding on the approval that opens access, and folding what happened into the
// state, against copying all the events that came of it twice.
#include <string>
#include <vector>

#include "suites.hpp"
#include "world.hpp"

namespace bench {
namespace {

constexpr std::size_t open_requests = 20;

/// A tenant with some open requests, one of which waits for its last approval.
lb::tenant waiting_tenant(commands& make) {
    lb::tenant t;
    const lb::tenant_id id{"customer-000001.example"};
    for (const auto& c : opening(make, id)) carry_out(t, c, start);
    for (std::size_t number = 1; number <= open_requests; ++number) {
        const bool last = number == open_requests;
        for (const auto& c : request_life(make, id, words::request_id_of(number), !last))
            carry_out(t, c, start);
    }
    return t;
}

}  // namespace

void decide(figures& into, effort how) {
    commands make;
    const auto waiting = waiting_tenant(make);
    const auto approval = make.by(approver, waiting.id,
                                  lb::approve{words::request_id_of(open_requests), "go ahead", {}});
    const auto now = start + std::chrono::minutes{5};
    const lockbox::standard_policy policy;
    const auto happened = lockbox::decide(waiting, approval, now, policy).happened;
    require(happened.size() == 2, "the last approval does not open access");

    constexpr std::size_t times = 500;
    const auto ours = [&] {
        double all = 0;
        for (std::size_t time = 0; time < times; ++time) {
            auto t = waiting;
            all += timed([&] {
                auto decided = lockbox::decide(t, approval, now, policy);
                for (const auto& event : decided.happened)
                    benchmark::DoNotOptimize(lockbox::evolve(t, event));
                benchmark::DoNotOptimize(decided);
            });
        }
        return all / times;
    };
    const auto reference = [&] {
        double all = 0;
        for (std::size_t time = 0; time < times; ++time) {
            auto t = waiting;  // as above, so that both find the same caches
            benchmark::DoNotOptimize(t);
            all += timed([&] {
                auto first = happened;
                benchmark::DoNotOptimize(first);
                auto second = happened;
                benchmark::DoNotOptimize(second);
            });
        }
        return all / times;
    };
    const auto found = in_turns(how.rounds(15, 41), ours, reference);
    into.push_back({"decide_approve", "ns", found.ours, found.reference, bar::at_most, 2,
                    "decide and evolve of the opening approval / copying its 2 events twice"});
}

}  // namespace bench
