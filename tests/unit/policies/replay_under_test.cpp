#include <lockbox/testing/replay_under.hpp>

#include <limits>

#include <lockbox/policies.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;
using stage = scenario::stage;

namespace {

using V = lb::vocabulary;
using policies = lockbox::policies<V>;
using lockbox::refusal;
using lockbox::testing::accesses_refused;
using lockbox::testing::approval_refused;
using lockbox::testing::difference;
using lockbox::testing::gate_stays_shut;
using lockbox::testing::other_terms;
using lockbox::testing::would_be_closed;
using lockbox::testing::would_be_granted;
using lockbox::testing::would_be_refused;
using lockbox::testing::would_end;
using lockbox::testing::would_expire;

auto under(const scenario& s, const auto& policy) {
    return lockbox::testing::replay_under<V>(std::span<const lb::audit_event>{s.log}, policy);
}

/// How the requests would have gone otherwise: "R-000001: …", a line for each, or why not.
std::string told(const scenario& s, const auto& policy) {
    const auto found = under(s, policy);
    if (!found) return "broken at " + std::to_string(found.error().sequence);
    std::string lines;
    for (const auto& one : found->otherwise) lines += fmt::format("{}\n", one);
    return lines;
}

/// The differences of the first request, but for that of its terms.
std::vector<difference<V>> differences(const scenario& s, const auto& policy) {
    const auto found = under(s, policy);
    REQUIRE(found);
    std::vector<difference<V>> all;
    if (found->otherwise.empty()) return all;
    for (const auto& one : found->otherwise.front().differences)
        if (!one.is.template is<other_terms<V>>()) all.push_back(one);
    return all;
}

template <class... Kinds>
std::vector<difference<V>> just(Kinds... kinds) {
    return {difference<V>{{kinds}}...};
}

lb::proposal two_approvers(const lb::tenant& t, const lb::submission& asked) {
    return policies::approvals(2)(t, asked);
}

/// Office hours of the week's days, in UTC.
lockbox::weekly_hours office_hours(std::chrono::minutes from, std::chrono::minutes until) {
    using enum lockbox::weekday;
    return {{monday, tuesday, wednesday, thursday, friday}, from, until, 0h};
}

}  // namespace

TEST_CASE("under the policy that it was decided by, nothing goes otherwise", "[R4][what_if]") {
    scenario s;
    const auto id = s.active();
    s.given(eve, lb::access{mail()}).given(eve, lb::finish{id});
    s.given(bea, lb::deny{s.pending_at_customer(), "no"});
    s.drilling();
    s.pending_at_manager();
    s.given(ada, lb::turn_off{}).pending_at_manager();
    s.given(ada, lb::turn_on{});
    s.later(12h).given(machine, lb::tick{});
    s.pending_at_customer();
    const auto found = under(s, lockbox::standard_policy{});
    REQUIRE(found);
    CHECK(found->requests == 6);
    CHECK(found->otherwise.empty());
    CHECK(fmt::format("{}", *found) == "of 6 requests 0 would have gone otherwise");
}

TEST_CASE("a request that the policy refuses is told with the refusal, and what it was used for",
          "[R4][what_if]") {
    scenario s;
    s.active();
    s.given(eve, lb::access{mail()}).given(eve, lb::access{mail("/mailboxes/ada/inbox")});
    auto files = wish();
    files.scope.service = "sharepoint";
    s.pending_at_manager(files);
    CHECK(told(s, policies::closed_services({"exchange"})) ==
          "R-000001: it would have been refused: the policy refuses: this service is closed; "
          "2 of its accesses would have been refused\n");
    CHECK(differences(s, policies::closed_services({"exchange"})) ==
          just(would_be_refused<V>{{ground::policy, field::none, 0, "this service is closed"}},
               accesses_refused<V>{2}));
}

TEST_CASE("a request for longer than the policy's cap would have been refused, with the cap",
          "[R4][what_if]") {
    scenario s;
    s.pending_at_manager();  // of two hours
    CHECK(differences(s, policies::longest_access(2h)).empty());
    CHECK(differences(s, policies::longest_access(2h - 1ms)) ==
          just(would_be_refused<V>{{ground::out_of_range, field::duration, 7'199'999, {}}}));
}

TEST_CASE("a request that nobody could have approved would have been refused", "[R4][what_if]") {
    scenario s;
    s.pending_at_manager();
    CHECK(differences(s, policies::approvals(5)) ==
          just(would_be_refused<V>{{ground::no_approver, field::gates, 0, {}}}));
}

TEST_CASE("what needed one approval may need two", "[R4][what_if]") {
    scenario s;
    s.active();
    s.given(eve, lb::access{mail()});
    CHECK(told(s, two_approvers) ==
          "R-000001: other terms: the customer's gate (needed 2 instead of 1); "
          "its approvals would not have opened the customer's gate; "
          "one of its accesses would have been refused\n");
    CHECK(differences(s, policies::managers(2)) ==
          just(gate_stays_shut<V>{side::provider}, accesses_refused<V>{1}));
    s.pending_at_customer();  // nobody has decided: only its terms would be others
    const auto found = under(s, two_approvers);
    REQUIRE(found->otherwise.size() == 2);
    CHECK(found->count<other_terms>() == 2);
    CHECK(found->count<gate_stays_shut>() == 1);
    CHECK(fmt::format("{}", *found) ==
          "of 2 requests 2 would have gone otherwise: 1 held at a gate");
    CHECK(text_of(*found).ends_with(
        "R-000002: other terms: the customer's gate (needed 2 instead of 1)\n"));
}

TEST_CASE("what one could approve may need other people", "[R4][what_if]") {
    scenario s;
    const auto by = [&](const lb::actor& who) {
        const auto id = s.pending_at_customer();
        s.given(who, lb::approve{id, {}, {}});
    };
    by(bea);
    by(carl);
    const auto compliance = policies::approvals(1, {"compliance_admin"});
    CHECK(told(s, compliance) ==
          "R-000001: other terms: the customer's gate (roles [compliance_admin] instead of "
          "[access_approver, compliance_admin, global_admin]); the approval of "
          "bea@contoso.example at 2026-03-02T09:00:00.000Z would have been refused: not allowed; "
          "its approvals would not have opened the customer's gate\n"
          "R-000002: other terms: the customer's gate (roles [compliance_admin] instead of "
          "[access_approver, compliance_admin, global_admin])\n");
    CHECK(under(s, policies::any_of({{1, {"compliance_admin"}}}))->count<gate_stays_shut>() == 1);
}

TEST_CASE("an approval may fall outside the hours, or lack a comment", "[R4][what_if]") {
    scenario s;  // at 9
    s.active();
    CHECK(differences(s, policies::approval_hours(office_hours(9h, 17h))).empty());
    CHECK(
        differences(s, policies::approval_hours(office_hours(10h, 17h))) ==
        just(approval_refused<V>{bea.person, day_one, {ground::outside_hours, field::hours, 0, {}}},
             gate_stays_shut<V>{side::tenant}));
    CHECK(differences(s, policies::comment()).front() ==
          difference<V>{{approval_refused<V>{
              mia.person, day_one, {ground::comment_required, field::comment, 0, {}}}}});
}

TEST_CASE("accesses may fall outside the hours", "[R4][what_if]") {
    scenario s;
    s.active();
    s.given(eve, lb::access{mail()}).later(1h).given(eve, lb::access{mail()});
    CHECK(differences(s, policies::access_hours(office_hours(10h, 17h))) ==
          just(accesses_refused<V>{1}));
}

TEST_CASE("a shorter window may be over before somebody decides", "[R4][what_if][G1]") {
    scenario s;
    const auto id = s.pending_at_manager();
    s.later(2h).given(mia, lb::approve{id, {}, {}});
    s.later(3h).given(bea, lb::deny{id, {}});
    CHECK(differences(s, policies::window(side::provider, 2h + 1ms)).empty());
    CHECK(differences(s, policies::window(side::provider, 2h)) ==
          just(would_expire<V>{side::provider, day_one + 2h}));
    CHECK(differences(s, policies::window(side::tenant, 3h)) ==
          just(would_expire<V>{side::tenant, day_one + 5h}));

    scenario expired;
    expired.pending_at_manager();
    expired.later(12h).given(machine, lb::tick{});
    CHECK(differences(expired, policies::window(side::provider, 11h)) ==
          just(would_expire<V>{side::provider, day_one + 11h}));
    CHECK(differences(expired, policies::window(side::tenant, 1h)).empty());

    scenario waits;  // to the end of the log
    waits.pending_at_manager();
    waits.later(3h).pending_at_manager();
    CHECK(differences(waits, policies::window(side::provider, 3h)) ==
          just(would_expire<V>{side::provider, day_one + 3h}));
    CHECK(differences(waits, policies::window(side::provider, 4h)).empty());
}

TEST_CASE("where the manager alone decided, the policy may ask the customer", "[R4][what_if]") {
    scenario s;
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
    s.active();
    CHECK(told(s, policies::customer_gate()) ==
          "R-000001: other terms: the customer's gate besides; "
          "its approvals would not have opened the customer's gate\n");
}

TEST_CASE("fewer people may have opened the gate earlier, and so ended access earlier",
          "[R4][what_if][T32]") {
    scenario s;
    s.policy = two_approvers;
    const auto id = s.pending_at_customer();
    s.given(bea, lb::approve{id, {}, {}});
    s.later(30min).given(ben, lb::approve{id, {}, {}});
    const auto standard = lockbox::standard_policy{};
    CHECK(differences(s, standard) == just(would_end<V>{day_one + 2h, day_one + 150min}));
    CHECK(told(s, standard) ==
          "R-000001: other terms: the customer's gate (needed 1 instead of 2); access would have "
          "ended at 2026-03-02T11:00:00.000Z instead of 2026-03-02T11:30:00.000Z\n");
    auto back_early = s;
    back_early.later(1h).given(eve, lb::finish{id});  // before either end
    CHECK(differences(back_early, standard).empty());
    auto back_late = s;
    back_late.later(100min).given(bea, lb::revoke{id, {}});  // between the two
    CHECK(differences(back_late, standard) == just(would_end<V>{day_one + 2h, day_one + 130min}));
    s.later(2h).given(machine, lb::tick{});
    CHECK(differences(s, standard) == just(would_end<V>{day_one + 2h, day_one + 150min}));
    CHECK(under(s, standard)->count<would_end>() == 1);
}

TEST_CASE("what one denied, another may have opened before", "[R4][what_if]") {
    scenario s;
    s.policy = two_approvers;
    const auto id = s.pending_at_customer();
    s.given(bea, lb::approve{id, {}, {}}).later(5min).given(ben, lb::deny{id, {}});
    CHECK(differences(s, lockbox::standard_policy{}) == just(would_be_granted<V>{day_one + 2h}));
}

TEST_CASE("a request that was tightened is tightened by the policy, too", "[R4][what_if][S5]") {
    scenario s{stage::off};
    const auto id = s.pending_at_manager();
    s.given(ada, lb::turn_on{});
    s.given(mia, lb::approve{id, {}, {}}).given(bea, lb::approve{id, {}, {}});
    CHECK(told(s, two_approvers) ==
          "R-000001: other terms: the customer's gate (needed 2 instead of 1); "
          "its approvals would not have opened the customer's gate\n");
    const auto not_when_on = [](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        if (t.settled.on) return lockbox::refused_by_policy("not while it is on");
        return lockbox::standard_terms(t.settled, asked);
    };
    CHECK(differences(s, not_when_on) == just(would_be_closed<V>{day_one}));
    scenario denied{stage::off};
    denied.policy = not_when_on;
    denied.pending_at_manager();
    denied.given(ada, lb::turn_on{});
    CHECK(differences(denied, not_when_on).empty());
}

TEST_CASE("a grant that no customer approved is cut off by both alike", "[R4][what_if][S5]") {
    scenario s{stage::off};
    s.active();
    s.later(1h).given(ada, lb::turn_on{});
    CHECK(told(s, lockbox::standard_policy{}).empty());
    CHECK(differences(s, policies::customer_gate()) == just(gate_stays_shut<V>{side::tenant}));
}

TEST_CASE("a drill is judged like a request", "[R4][what_if][S11]") {
    scenario s;
    const auto id = s.drilling();
    s.given(mia, lb::approve{id, {}, {}}).given(bea, lb::approve{id, {}, {}});
    CHECK(told(s, lockbox::standard_policy{}).empty());
    CHECK(differences(s, two_approvers) == just(gate_stays_shut<V>{side::tenant}));
}

TEST_CASE("every request stands for itself", "[R4][what_if]") {
    scenario s;
    s.active();
    s.active();
    s.active();
    CHECK(under(s, policies::most_live_grants(1))->count<would_be_refused>() == 2);
}

TEST_CASE("a log that the rules could not have written is answered with where it breaks",
          "[R4][what_if][V14]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(bea, lb::approve{id, {}, {}});
    s.later(2h).given(machine, lb::tick{});
    const auto broken = [&](auto&& change) {
        auto log = s.log;
        change(log);
        const auto found =
            lockbox::testing::replay_under<V>(std::span<const lb::audit_event>{log}, two_approvers);
        return found ? std::string{"sound"}
                     : std::to_string(found.error().sequence) + " " +
                           std::string{lockbox::name_of(found.error().why)};
    };
    CHECK(broken([](auto&) {}) == "sound");
    CHECK(broken([](auto& log) { log.clear(); }) == "sound");
    CHECK(broken([](auto& log) { log.erase(log.begin()); }) == "2 not_opened");
    CHECK(broken([](auto& log) { log.erase(log.begin() + 3); }) == "5 gap");
    CHECK(broken([](auto& log) { log.back().tenant = "fabrikam"; }) ==
          std::to_string(s.log.size()) + " other_tenant");
    const auto at = [&](std::string_view name) {
        std::size_t found = 0;
        while (lockbox::name_of<V>(s.log[found].body) != name) ++found;
        return found;
    };
    const auto submitted = at("submitted");
    const auto approved = at("approved");
    const auto place = [](std::size_t index) { return std::to_string(index + 1); };
    CHECK(broken([&](auto& log) {
              log[submitted].body.template get_if<lb::submitted>()->number = 2;
          }) == place(submitted) + " wrong_number");
    CHECK(broken([&](auto& log) { log[submitted].request = r(9); }) ==
          place(submitted) + " wrong_number");
    CHECK(broken([&](auto& log) {
              log[submitted].body.template get_if<lb::submitted>()->terms = lb::terms{};
          }) == place(submitted) + " wrong_number");
    CHECK(broken([&](auto& log) { log[approved].request = r(9); }) ==
          place(approved) + " unknown_request");
    CHECK(broken([&](auto& log) {
              log[approved].body.template get_if<lb::approved>()->gate = 7;
          }) == place(approved) + " wrong_gate");
    CHECK(broken([&](auto& log) { log[approved].body = lb::event_body{lb::ended{day_one}}; }) ==
          place(approved) + " wrong_stage");
    CHECK(broken([&](auto& log) { log[approved].request.reset(); }) ==
          place(approved) + " unknown_request");
}

TEST_CASE("what no rule lets in, no policy lets in", "[R4][what_if][R2]") {
    scenario s;
    s.pending_at_manager();
    for (const auto length : {lb::duration{0}, lb::duration::min(), lb::duration::max()}) {
        auto strange = s;
        strange.log.back().body.get_if<lb::submitted>()->asked.change(
            [&](auto& asked) { asked.duration = length; });
        CHECK(under(strange, lockbox::standard_policy{})->count<would_be_refused>() == 1);
    }
}

TEST_CASE("each difference is one sentence", "[R4][what_if]") {
    const auto text = [](auto kind) { return fmt::format("{}", difference<V>{{kind}}); };
    CHECK(text(gate_stays_shut<V>{side::provider}) ==
          "its approvals would not have opened the manager's gate");
    CHECK(text(would_expire<V>{side::tenant, day_one}) ==
          "it would have expired at 2026-03-02T09:00:00.000Z, at the customer's gate");
    CHECK(text(would_be_closed<V>{day_one}) ==
          "stricter settings would have closed it at 2026-03-02T09:00:00.000Z");
    CHECK(text(would_be_granted<V>{day_one}) ==
          "access would have been granted, until 2026-03-02T09:00:00.000Z");
    lb::terms one;
    one.gates.resize(2);
    one.gates[0].side = side::provider;
    auto other = one;
    other.gates.resize(1);
    other.gates[0].needed = 3;
    other.longest_access = 1h;
    CHECK(text(other_terms<V>{one, other}) ==
          "other terms: the manager's gate (needed 3 instead of 1), without the customer's gate, "
          "longest_access 1 h instead of 4 h");
}
