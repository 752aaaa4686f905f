// One tenant and everything that its people may try under the standard policy, also what they
// should not: engineers who are managers and approvers too, managers who are approvers too.
#pragma once

#include "words.hpp"

#include <lockbox/testing/explore.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace words {

namespace testing = lockbox::testing;
using namespace std::chrono_literals;
using model = testing::model<vocabulary>;
using step = testing::step<vocabulary>;
using property = testing::property<vocabulary>;

inline constexpr lb::time_point day_one =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 2} + 9h;

inline constexpr lb::scope all_mail{service::mail, {3}, {3}};
inline constexpr lb::scope some_mail{service::mail, {1}, {1}};
inline constexpr lb::scope all_files{service::files, {3}, {3}};

[[nodiscard]] inline lb::submit wish(const lb::scope& scope, lb::duration duration) {
    return {.support_case = {1, person::rita, true, "restarted it"},
            .scope = scope,
            .reason = reason::incident,
            .justification = "it is down",
            .duration = duration};
}
[[nodiscard]] inline lb::settings_change settings(const auto& change) {
    lb::settings_change out;
    change(out);
    return out;
}

/// That no event of this name ever happens: broken by the shortest course to one.
[[nodiscard]] inline property never(std::string_view event) {
    return {"never: " + std::string{event}, [event](const step& s) {
                for (const auto& e : s.decided.happened)
                    if (lockbox::name_of<vocabulary>(e.body) == event) return false;
                return true;
            }};
}

/// A tenant that is on; everybody but ada, who administers it, holds the approver's role.
[[nodiscard]] inline lb::tenant opened_tenant() {
    lb::tenant t;
    std::uint64_t id = 0;
    const auto send = [&](const lb::actor& who, lb::command_body body) {
        const lb::command c{7, who, "", ++id, std::move(body)};
        for (const auto& event : decide(t, c, day_one, lockbox::standard_policy{}).happened)
            (void)evolve(t, event);
    };
    send(lb::operator_(person::olga), lb::open_tenant{person::ada});
    send(lb::operator_(person::olga), lb::record_entitlement{{true, true}});
    send(lb::member(person::ada), lb::turn_on{});
    for (const auto who : {person::bea, person::ben, person::cleo, person::eve, person::emil,
                           person::mia, person::milo})
        send(lb::member(person::ada), lb::assign_role{who, duty::approver, {}});
    return t;
}

inline void let_them_decide(model& m, std::uint64_t r) {
    const lb::approve less{r, "", {some_mail, 1h}};
    m.let({lb::engineer(person::eve), lb::engineer(person::emil)},
          {lb::withdraw{r}, lb::finish{r}, lb::answer{r, "yes"}});
    m.let({lb::manager(person::mia), lb::manager(person::milo)},
          {lb::approve{r, "", {}}, less, lb::deny{r, ""}, lb::revoke{r, ""}});
    m.let({lb::member(person::bea), lb::member(person::ben), lb::member(person::cleo)},
          {lb::approve{r, "", {}}, less, lb::deny{r, ""}, lb::ask{r, "why?"}, lb::revoke{r, ""}});
    m.let({lb::manager(person::eve), lb::manager(person::emil), lb::member(person::eve),
           lb::member(person::emil), lb::member(person::mia), lb::member(person::milo)},
          {lb::approve{r, "", {}}});
}

inline void let_ada_administer(model& m) {
    const auto ada = lb::member(person::ada);
    m.let({ada}, {lb::turn_on{}, lb::turn_off{}, lb::freeze{""}, lb::lift_freeze{},
                  lb::drill{wish(all_mail, 1h)}, lb::close_case{1}});
    for (const auto needed : {1U, 2U})
        m.let({ada},
              {lb::change_settings{settings([&](auto& s) { s.approvers_needed = needed; })}});
    m.let({ada},
          {lb::change_settings{settings([](auto& s) {
               s.longest_access = 1h;
               s.customer_window = 6h;
           })},
           lb::change_settings{settings([](auto& s) { s.exempted = std::vector{service::files}; })},
           lb::change_settings{settings([](auto& s) { s.exempted = std::vector<service>{}; })}});
    for (const auto who : {person::bea, person::ben, person::cleo})
        m.let({ada}, {lb::end_role{who, duty::approver}, lb::assign_role{who, duty::approver, {}},
                      lb::assign_role{who, duty::approver, day_one + 8h}});
}

/// The whole of it, with so many requests open at once.
[[nodiscard]] inline model standard_model(std::size_t requests) {
    model m{.start = opened_tenant(), .most_open = requests, .most_proposed = 0};
    auto later = wish(all_files, 2h);
    later.start = day_one + 3h;
    m.let({lb::engineer(person::eve), lb::engineer(person::emil)},
          {wish(all_mail, 2h), later, lb::access{{service::mail, operation::read, 0}},
           lb::access{{service::mail, operation::send, 1}},
           lb::access{{service::files, operation::read, 1}}});
    for (std::uint64_t r = 1; r <= requests; ++r) let_them_decide(m, r);
    let_ada_administer(m);
    m.let({{person::lockbox, lockbox::capacity::system}}, {lb::tick{}});
    m.alike = {{person::eve, person::emil},
               {person::mia, person::milo},
               {person::bea, person::ben, person::cleo}};
    m.back = {1ms, 6s};
    return m;
}

/// A tenant where what loosens takes two: ada and cleo administer it, bea may turn it on and off.
[[nodiscard]] inline model two_person_model() {
    model m{.start = opened_tenant(), .most_open = 1, .most_proposed = 2};
    for (auto& one : m.start.settled.members)
        if (one.person == person::cleo) one.roles = {{duty::administrator, {}}};
    m.start.settled.settings.two_person_changes = true;
    m.let({lb::engineer(person::eve)},
          {wish(all_mail, 2h), lb::access{{service::mail, operation::read, 0}}});
    m.let({lb::manager(person::mia), lb::member(person::bea)}, {lb::approve{1, "", {}}});
    m.let({lb::member(person::ada), lb::member(person::cleo)},
          {lb::turn_on{}, lb::turn_off{}, lb::freeze{""}, lb::lift_freeze{},
           lb::change_settings{settings([](auto& s) { s.longest_access = 8h; })},
           lb::change_settings{settings([](auto& s) { s.longest_access = 1h; })},
           lb::change_settings{settings([](auto& s) { s.two_person_changes = false; })},
           lb::assign_role{person::bea, duty::approver, day_one + 8h},
           lb::assign_role{person::bea, duty::administrator, {}},
           lb::end_role{person::ada, duty::administrator}, lb::agree{1}, lb::agree{2},
           lb::decline{1}});
    m.let({lb::member(person::bea)}, {lb::turn_off{}, lb::agree{1}, lb::decline{2}});
    m.let({{person::lockbox, lockbox::capacity::system}}, {lb::tick{}});
    m.back = {1ms, 6s};
    return m;
}

}  // namespace words
