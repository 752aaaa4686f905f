// A provider's office for the tests of the engine: a clock that is moved, a store, a
// sink that records, and the people who work there.
#pragma once

#include <lockbox/lockbox.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include <lockbox/clock.hpp>
#include <lockbox/store/memory.hpp>

namespace office {

using namespace std::chrono_literals;
using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;
using lockbox::capacity;
using lockbox::ground;

inline const lb::actor olga{"olga", capacity::operator_};
inline const lb::actor ada{"ada", capacity::member};
inline const lb::actor bob{"bob", capacity::member};
inline const lb::actor eve{"eve", capacity::engineer};
inline const lb::actor mia{"mia", capacity::manager};
inline constexpr lb::time_point monday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 2} +
    std::chrono::hours{9};

/// Takes what it is given and remembers it; a test may make it say something else.
struct recording_sink {
    std::vector<lb::audit_event> taken{};
    lockbox::delivered says{};
    lockbox::delivered publish(const lb::audit_event& event) {
        if (says.result == lockbox::delivery::ok) taken.push_back(event);
        return says;
    }
};

[[nodiscard]] inline lb::command asking(const lb::actor& who, lb::command_body body,
                                        std::string id = {}) {
    static std::atomic<std::uint64_t> count{0};
    if (id.empty()) id = "c-" + std::to_string(++count);
    lb::command c{.tenant = "contoso", .actor = who, .origin = "192.0.2.7"};
    c.id = lb::command_id{id};
    c.body = std::move(body);
    return c;
}

[[nodiscard]] inline lb::submit wish() {
    return {.support_case = {"C-1", "rita", true, "read the service's own logs"},
            .scope = {"mail", {"Read"}, {"/boxes/1"}},
            .reason = lockbox::reasons::customer_initiated_support,
            .justification = "the index of the mailbox is broken",
            .duration = 2h};
}

[[nodiscard]] inline lb::access reading() { return {{"mail", "Read", "/boxes/1/inbox"}}; }

/// An engine over any store, at a tenant that is open, entitled and on, with two approvers.
template <class Store, class Policy = lockbox::standard_policy>
struct desk {
    Store& store;
    lockbox::manual_clock<V> clock{monday};
    recording_sink sink{};
    lockbox::engine<lockbox::manual_clock<V>, Store, recording_sink, Policy> engine;

    explicit desk(Store& on, Policy policy = {}, lockbox::engine_options options = {})
        : store(on), engine(clock, store, sink, std::move(policy), {}, std::move(options)) {}

    auto send(const lb::actor& who, lb::command_body body, std::string id = {}) {
        return engine.handle(asking(who, std::move(body), std::move(id)));
    }
    void open() {
        (void)send(olga, lb::open_tenant{"ada"});
        (void)send(olga, lb::record_entitlement{{true, true}});
        (void)send(ada, lb::turn_on{});
        (void)send(ada, lb::assign_role{"bob", "access_approver", {}});
    }
    /// A grant to eve; the id of its request.
    lb::request_id grant() {
        auto asked = send(eve, wish());
        auto id = *asked->happened.front().request;
        (void)send(mia, lb::approve{id, "needed", {}});
        (void)send(bob, lb::approve{id, "go ahead", {}});
        return id;
    }
    [[nodiscard]] lb::tenant state() { return (*store.load("contoso", ada, {}))->state; }
    [[nodiscard]] std::vector<lb::audit_event> log() {
        std::vector<lb::audit_event> all;
        auto read = store.read(0, 100'000);
        for (auto& one : *read) all.push_back(std::move(one.event));
        return all;
    }
};

}  // namespace office
