// What things take: allocations of a verdict, bytes of an open request and of an idle
// tenant, and the time to write and read an event's text.
#include <string>
#include <vector>

#include <lockbox/log/json.hpp>

#include "heap.hpp"
#include "suites.hpp"
#include "world.hpp"

namespace bench {
namespace {

lb::tenant idle_tenant(commands& make) {
    lb::tenant t;
    for (const auto& c : opening(make, "customer-000001.example")) carry_out(t, c, start);
    return t;
}

/// Bytes of a copy, and of what it holds on the heap.
std::size_t bytes_of(const lb::tenant& t) {
    const auto before = heap().bytes;
    const lb::tenant copy{t};
    return sizeof copy + heap().bytes - before;
}

void verdict_allocations(figures& into, const lb::tenant& t) {
    const auto to = attempt().to;
    const auto before = heap().taken;
    const auto allowed = lockbox::authorize(t, engineer.person, to, start);
    const auto refused = lockbox::authorize(t, approver.person, to, start);
    const auto taken = heap().taken - before;
    require(allowed.allowed() && !refused.allowed(), "the verdict is wrong");
    into.push_back({"verdict_allocations",
                    "count",
                    static_cast<double>(taken),
                    {},
                    bar::none,
                    0,
                    "of an allowance and a refusal; must be 0"});
}

void text_of_events(figures& into, const std::vector<lb::audit_event>& log, effort how) {
    std::vector<std::string> texts;
    double bytes = 0;
    for (const auto& event : log) {
        lockbox::log::write(texts.emplace_back(), event);
        bytes += static_cast<double>(texts.back().size());
    }
    constexpr std::size_t times = 500;
    const auto count = static_cast<double>(log.size() * times);
    std::string out;
    const auto written = in_turns(
        how.rounds(9, 21),
        [&] {
            return timed([&] {
                       for (std::size_t time = 0; time < times; ++time) {
                           for (const auto& event : log) {
                               out.clear();
                               lockbox::log::write(out, event);
                               benchmark::DoNotOptimize(out);
                           }
                       }
                   }) /
                   count;
        },
        [&] {
            return timed([&] {
                       for (std::size_t time = 0; time < times; ++time) {
                           for (const auto& text : texts) {
                               auto event = lockbox::log::read<lb::audit_event>(text);
                               benchmark::DoNotOptimize(event);
                           }
                       }
                   }) /
                   count;
        });
    const auto size = std::to_string(static_cast<int>(bytes / static_cast<double>(log.size())));
    into.push_back({"json_write",
                    "ns/event",
                    written.ours,
                    {},
                    bar::none,
                    0,
                    "the text of an event of a request's life, " + size + " bytes"});
    into.push_back(
        {"json_read", "ns/event", written.reference, {}, bar::none, 0, "the event from that text"});
}

}  // namespace

void footprint(figures& into, effort how) {
    commands make;
    const auto idle = idle_tenant(make);
    const auto empty = bytes_of(idle);
    auto busy = idle;
    constexpr std::size_t requests = 20;
    std::vector<lb::audit_event> log;
    for (std::size_t number = 1; number <= requests; ++number) {
        const auto id = words::request_id_of(number);
        for (const auto& c : request_life(make, idle.id, id, number % 2 == 0))
            carry_out(busy, c, start, &log);
    }
    carry_out(busy, make.by(engineer, idle.id, attempt()), start, &log);
    verdict_allocations(into, busy);
    into.push_back({"idle_tenant",
                    "bytes",
                    static_cast<double>(empty),
                    {},
                    bar::none,
                    0,
                    "a tenant with two members and no open request; aim 1024"});
    into.push_back({"open_request",
                    "bytes",
                    static_cast<double>(bytes_of(busy) - empty) / requests,
                    {},
                    bar::none,
                    0,
                    "one of 20, half of them with their grant; aim 1024"});
    text_of_events(into, log, how);
}

}  // namespace bench
