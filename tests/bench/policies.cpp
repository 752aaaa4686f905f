// Terms from ten policies combined against those from one, and dealing votes out to
// clauses against a plain loop over the votes.
#include <string>
#include <vector>

#include <lockbox/policies.hpp>
#include <lockbox/rules/clauses.hpp>

#include "suites.hpp"
#include "world.hpp"

namespace bench {
namespace {

using policies = lockbox::policies<words>;
using namespace std::chrono_literals;

auto ten_policies() {
    using enum lockbox::weekday;
    const lockbox::weekly_hours office{{monday, tuesday, wednesday, thursday, friday}, 8h, 18h, 0h};
    return lockbox::stricter(
        policies::approvals(2), policies::managers(1), policies::comment(),
        policies::window(lockbox::side::tenant, 8h), policies::longest_access(3h),
        lockbox::when(policies::longer_than(2h), policies::approvals(3)),
        lockbox::when(policies::service_is({"files"}), policies::approval_hours(office)),
        policies::closed_services({"payroll"}), policies::most_live_grants(50),
        policies::pause_after_denial(30min));
}

void terms_of_ten(figures& into, effort how) {
    commands make;
    lb::tenant t;
    for (const auto& c : opening(make, "customer-000001.example")) carry_out(t, c, start);
    lb::submission asked;
    asked.requester = engineer.person;
    asked.scope = {"exchange", {"read_mailbox"}, {"/mailboxes/ada"}};
    asked.duration = 1h;
    asked.at = start;
    const auto all = ten_policies();
    const auto one = policies::approvals(2);
    require(all(t, asked).has_value() && one(t, asked).has_value(), "a policy refused");
    constexpr std::size_t times = 2000;
    const auto measure = [&](const auto& policy) {
        return timed([&] {
                   for (std::size_t time = 0; time < times; ++time) {
                       auto terms = policy(t, asked);
                       benchmark::DoNotOptimize(terms);
                   }
               }) /
               times;
    };
    const auto found = in_turns(
        how.rounds(15, 41), [&] { return measure(all); }, [&] { return measure(one); });
    into.push_back({"policy_ten", "ns", found.ours, found.reference, bar::at_most, 12,
                    "terms from ten combined policies / from one"});
}

void votes_dealt_out(figures& into, effort how) {
    constexpr std::size_t voters = 20;
    const std::vector<lb::role> roles{"legal", "it", "board", "audit", "risk",
                                      "ops",   "hr", "tax",   "press"};
    lockbox::settled<words> s;
    for (const auto& role : roles) s.roles.push_back({role, {lockbox::permission::decide}});
    std::vector<lb::person_id> votes;
    for (std::size_t at = 0; at < voters; ++at) {
        const lb::person_id person{numbered("voter-", at, "@contoso.example")};
        s.members.push_back({person, {{roles[at % roles.size()], {}}}});
        votes.push_back(person);
    }
    lb::gate gate;
    gate.roles = roles;
    // The last quorum of each clause is the one that can be filled.
    for (std::size_t at = 0; at < 3; ++at)
        gate.clauses.push_back(
            {{{4, {roles[3 * at]}}, {4, {roles[3 * at + 1]}}, {2, {roles[3 * at + 2]}}}});
    constexpr std::size_t times = 500;
    const auto ours = [&] {
        return timed([&] {
                   for (std::size_t time = 0; time < times; ++time) {
                       lockbox::rules::count_at<words> count{s, gate, start};
                       for (const auto& person : votes)
                           if (lockbox::rules::is_approver(s, gate, person, start))
                               count.add(person);
                       bool opens = count.opens();
                       require(opens, "the votes do not open the gate");
                       benchmark::DoNotOptimize(opens);
                   }
               }) /
               times;
    };
    const auto reference = [&] {
        return timed([&] {
                   for (std::size_t time = 0; time < times; ++time) {
                       std::uint32_t count = 0;
                       for (const auto& person : votes)
                           if (lockbox::rules::is_approver(s, gate, person, start)) ++count;
                       benchmark::DoNotOptimize(count);
                   }
               }) /
               times;
    };
    const auto found = in_turns(how.rounds(15, 41), ours, reference);
    into.push_back({"vote_threshold", "ns", found.ours, found.reference, bar::at_most, 12,
                    "20 votes dealt out to 3 clauses of 3 quorums / a plain loop over the votes"});
}

}  // namespace

void policy(figures& into, effort how) {
    terms_of_ten(into, how);
    votes_dealt_out(into, how);
}

}  // namespace bench
