// Two desks that are given the same commands, each on a store of its own, and whether they tell the
// same (V18).
#pragma once

#include <lockbox/engine.hpp>

#include <rapidcheck.h>
#include <lockbox/clock.hpp>
#include <lockbox/store/memory.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "property/course.hpp"

namespace desks {

using namespace course;

using memory = lockbox::memory_store<V>;

/// A desk on one store, with a clock of its own.
template <class Store>
struct desk {
    lockbox::manual_clock<V> clock{monday};
    lockbox::no_sink sink{};
    Store& store;
    lockbox::engine<lockbox::manual_clock<V>, Store, lockbox::no_sink, lockbox::standard_policy>
        engine{clock, store, sink, lockbox::standard_policy{}};

    explicit desk(Store& on) : store(on) {}
};

/// One step as a command to one of two tenants; now and then under an id that was used before.
inline lb::command command_of(const step& s, std::size_t n) {
    lb::command c{.tenant = "contoso", .actor = person_of(s)};
    if (s.wait % 5 == 4) c.tenant = "fabrikam";
    const auto id = s.which % 11 == 10 && n > 0 ? n - 1 : n;
    if (c.actor.acting != capacity::system) c.id = lb::command_id{"c" + std::to_string(id)};
    c.body = body_of(s);
    return c;
}

inline std::vector<lb::command> opening(const lb::tenant_id& tenant) {
    using enum capacity;
    std::vector<lb::command> all;
    const auto add = [&](lb::actor who, lb::command_body body) {
        all.push_back({.tenant = tenant, .actor = std::move(who)});
        all.back().id = lb::command_id{"o" + std::to_string(all.size())};
        all.back().body = std::move(body);
    };
    add({"olga", operator_}, lb::open_tenant{"ada"});
    add({"olga", operator_}, lb::record_entitlement{{true, true}});
    add({"ada", member}, lb::turn_on{});
    for (const char* approver : {"bob", "cyn", "eve"})
        add({"ada", member},
            lb::assign_role{lb::person_id{std::string{approver}}, "access_approver", {}});
    return all;
}

/// Whether a desk answers the same commands, alone or together, as another did.
template <class Answers, class B>
bool agrees(const Answers& left, desk<B>& b, const std::vector<lb::command>& commands) {
    const auto right = b.engine.handle(commands);
    for (std::size_t at = 0; at < commands.size(); ++at) {
        if (!left[at] || !right[at]) return false;
        if (!(left[at]->happened == right[at]->happened &&
              left[at]->refused == right[at]->refused && left[at]->allowed == right[at]->allowed)) {
            return false;
        }
    }
    return true;
}

/// The same commands to both desks; whether they were answered the same.
template <class A, class B>
bool same_answers(desk<A>& a, desk<B>& b, const std::vector<lb::command>& commands) {
    return agrees(a.engine.handle(commands), b, commands);
}

template <class Entry>
bool same_page(const lockbox::outcome<lockbox::page<Entry>>& a,
               const lockbox::outcome<lockbox::page<Entry>>& b) {
    return a && b && a->entries == b->entries && a->next == b->next;
}

/// Whether both stores tell the same of everything.
template <class A, class B>
bool same_stores(A& a, B& b, lb::time_point now) {
    const auto left = a.read(0, 100'000);
    const auto right = b.read(0, 100'000);
    if (!left || !right || left->size() != right->size()) return false;
    for (std::size_t at = 0; at < left->size(); ++at)
        if (!((*left)[at].event == (*right)[at].event)) return false;
    for (const char* name : {"contoso", "fabrikam"}) {
        const lb::tenant_id id{std::string{name}};
        const auto x = a.load(id, people[0], std::nullopt);
        const auto y = b.load(id, people[0], std::nullopt);
        if (!x || !y || !*x || !*y || !((*x)->state == (*y)->state)) return false;
        lockbox::log_query<V> log;
        log.tenant = id;
        log.limit = 7;
        log.person = people[4].person;
        if (!same_page(a.search(log), b.search(log))) return false;
        lockbox::request_query<V> requests;
        requests.tenant = id;
        requests.at = now;
        if (!same_page(a.requests(requests), b.requests(requests))) return false;
        requests.status = lockbox::status::expired;
        if (!same_page(a.requests(requests), b.requests(requests))) return false;
    }
    const auto due = a.due(now, 10);
    const auto also = b.due(now, 10);
    return due && also && due->size() == also->size();
}

inline rc::Gen<std::vector<step>> courses(double scale) {
    const auto any = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint8_t>());
    return rc::gen::scale(scale,
                          rc::gen::container<std::vector<step>>(rc::gen::build<step>(
                              rc::gen::set(&step::who, any), rc::gen::set(&step::what, any),
                              rc::gen::set(&step::which, any), rc::gen::set(&step::wait, any))));
}

}  // namespace desks
