// A bank's support policy: written, combined, tested by stories, and then explored: every course of
// events that these people could take, up to a depth. At last, a day that is over under another
// one.
#include <string>

#include <fmt/core.h>

#include <lockbox/lockbox.hpp>
#include <lockbox/policies.hpp>
#include <lockbox/testing/explore.hpp>
#include <lockbox/testing/replay_under.hpp>
#include <lockbox/testing/specification.hpp>

namespace {

using namespace std::chrono_literals;
using V = lockbox::default_vocabulary;
using lb = lockbox::bind<V>;
using lockbox::field;
using lockbox::ground;
namespace testing = lockbox::testing;
namespace then = lockbox::testing::then;

// --- The policy ----------------------------------------------------------------------------------

/// A mailbox's content takes two people, one of them from compliance; alerts are approved in office
/// hours only; and at night nothing is open for longer than an hour.
struct bank_policy {
    lb::proposal operator()(const lb::tenant& bank, const lb::submission& asked) const {
        using policies = lockbox::policies<lb::vocabulary>;
        using enum lockbox::weekday;
        static const lockbox::weekly_hours office{
            {monday, tuesday, wednesday, thursday, friday}, 8h, 18h, 1h};
        static const lockbox::weekly_hours night{
            {monday, tuesday, wednesday, thursday, friday, saturday, sunday}, 20h, 6h, 1h};
        static const auto all = lockbox::stricter(
            lockbox::when(policies::operation_is({"read_mailbox"}), policies::approvals(2),
                          policies::any_of({{1, {"compliance"}}})),
            lockbox::named("bank: alerts in office hours",
                           lockbox::when(policies::reason_is({"production_alert"}),
                                         policies::approval_hours(office))),
            lockbox::when(policies::submitted_in(night), policies::longest_access(1h)));
        return all(bank, asked);
    }
};

// --- The people, and what they ask for -----------------------------------------------------------

constexpr lb::time_point monday_morning =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + 9h;
const auto olga = lb::operator_("olga");
const auto eve = lb::engineer("eve");
const auto mia = lb::manager("mia");
const auto ada = lb::member("ada");    // administers
const auto bea = lb::member("bea");    // approves
const auto carl = lb::member("carl");  // approves, and is of compliance

lb::submit wish(lb::operation operation, lb::reason reason, lb::duration duration) {
    return {.support_case = {"CASE-4711", "rita", true, "restarted it"},
            .scope = {"exchange", {std::move(operation)}, {"/mailboxes/ada"}},
            .reason = std::move(reason),
            .justification = "it does not open",
            .duration = duration};
}
const auto mailbox = wish("read_mailbox", "customer_initiated_support", 2h);
const auto alert = wish("read_queue", "production_alert", 2h);

/// The bank with its people, at an instant.
auto bank_at(lb::time_point now) {
    testing::specification<V, bank_policy> s{"bank", now};
    s.given(olga, lb::open_tenant{"ada"})
        .given(olga, lb::record_entitlement{{true, true}})
        .given(ada, lb::turn_on{})
        .given(ada, lb::define_role{"compliance", {lockbox::permission::decide}})
        .given(ada, lb::assign_role{"bea", "access_approver", {}})
        .given(ada, lb::assign_role{"carl", "compliance", {}});
    return s;
}

int failures = 0;

void check(const char* what, const testing::outcome_of_command& got,
           const testing::then::expected& wanted) {
    const bool holds = got == wanted;
    failures += holds ? 0 : 1;
    fmt::print("{}  {}\n", holds ? "ok    " : "BROKEN", what);
    if (!holds) fmt::print("        {}, and not {}\n", text_of(got), text_of(wanted));
}

// --- Stories -------------------------------------------------------------------------------------

void tell_stories() {
    auto s = bank_at(monday_morning);
    const lb::approve yes{"R-000001", "go ahead", {}};
    s.given(eve, mailbox).given(mia, yes);
    check("a mailbox waits for a second person", s.when(bea, yes), then::emitted("approved"));
    check("two people without compliance open nothing", s.would(ada, yes),
          then::emitted("approved"));
    check("with compliance, it opens", s.when(carl, yes), then::emitted("approved", "granted"));

    s = bank_at(monday_morning + 7h);
    s.given(eve, alert).given(mia, yes);
    check("an alert is approved in office hours", s.would(bea, yes),
          then::emitted("approved", "granted"));
    check("and not after them", s.later(1h).would(bea, yes), then::refused(ground::outside_hours));
    check("but denied at any hour", s.would(bea, lb::deny{"R-000001", ""}),
          then::emitted("denied"));

    s = bank_at(monday_morning + 12h);
    check("at night two hours are too long", s.would(eve, mailbox),
          then::refused(ground::out_of_range, field::duration));
}

// --- All courses ---------------------------------------------------------------------------------

/// Whoever reads a mailbox was let in by somebody of compliance.
bool compliance_agreed(const lb::tenant& t) {
    for (const auto& r : t.open) {
        if (!r.stage.is<lockbox::active<V>>()) continue;
        bool agreed = false;
        for (const auto& vote : r.votes) agreed = agreed || vote.person == carl.person;
        if (!agreed) return false;
    }
    return true;
}

void explore() {
    testing::model<V> m;
    m.start = bank_at(monday_morning).state();
    m.most_open = 1;
    const lb::approve yes{"R-000001", "", {}};
    m.let({eve}, {mailbox, lb::withdraw{"R-000001"}, lb::finish{"R-000001"},
                  lb::access{{"exchange", "read_mailbox", "/mailboxes/ada"}}});
    m.let({mia, ada, bea, carl}, {yes, lb::deny{"R-000001", ""}, lb::revoke{"R-000001", ""}});
    m.let({ada}, {lb::freeze{""}, lb::lift_freeze{}, lb::end_role{"carl", "compliance"}});
    m.period = 7 * 24h;  // the week of the office hours
    auto properties = testing::invariants<V>();
    properties.push_back(
        testing::in_every_state<V>("a mailbox takes compliance", compliance_agreed));
    const auto found =
        testing::explore(m, testing::standard_rules<V, bank_policy>{}, properties, {.depth = 6});
    for (const auto& one : found.violations)
        fmt::print("BROKEN  {}\n{}\n", one.property, one.course);
    failures += found.violations.empty() ? 0 : 1;
    fmt::print("ok      in all courses of {} steps: {} properties hold\n", found.depth,
               properties.size());
}

// --- What if -------------------------------------------------------------------------------------

/// A day that is over, under the policy that is proposed: two managers, and an hour to decide.
void ask_what_if() {
    auto s = bank_at(monday_morning);
    const lb::approve yes{"R-000001", "go ahead", {}};
    s.given(eve, alert).given(mia, yes).given(bea, yes);
    s.given(eve, mailbox).later(2h).given(mia, lb::deny{"R-000002", "not today"});
    using policies = lockbox::policies<V>;
    const auto proposed = lockbox::stricter(bank_policy{}, policies::managers(2),
                                            policies::window(lockbox::side::provider, 1h));
    const auto found = testing::replay_under<V>(s.log(), proposed);
    failures += found ? 0 : 1;
    if (found) fmt::print("{}", text_of(*found));
}

}  // namespace

int main() {
    tell_stories();
    explore();
    ask_what_if();
    return failures == 0 ? 0 : 1;
}
