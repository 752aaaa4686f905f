// Terms, approvers, denials, limits, and the engineer's own ways out (R4 to R9).
#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

/// A policy that returns the standard terms, changed.
void let_policy(scenario& s, std::function<void(lb::terms&)> change) {
    s.policy = [change = std::move(change)](const lb::tenant& t,
                                            const lb::submission& asked) -> lb::proposal {
        auto terms = lockbox::standard_terms(t.settled, asked);
        change(terms);
        return terms;
    };
}

}  // namespace

TEST_CASE("a policy makes the terms stricter, and never looser", "[R4]") {
    scenario s;
    let_policy(s, [](auto& t) {
        t.gates[0].window = 1h;
        t.gates[1].window = 24h;
        t.gates[0].needed = 2;
        t.longest_access = 24h;
        t.gates[1].roles = {"access_approver", "audit_reader"};
    });
    const auto terms = *s.open(s.pending_at_manager()).terms;
    CHECK(terms.gates[0] == lb::gate{side::provider, 2, 1h, {}});
    CHECK(terms.gates[1] == lb::gate{side::tenant, 1, 12h, {"access_approver"}});
    CHECK(terms.longest_access == 4h);
}

TEST_CASE("no policy removes a gate", "[R4][V2][T28]") {
    scenario s;
    for (const std::size_t gone : {0U, 1U}) {
        let_policy(s, [&](auto& t) { t.gates.erase(t.gates.begin() + static_cast<int>(gone)); });
        CHECK(s.open(s.pending_at_manager()).terms->gates.size() == 2);
    }
    s.given(ada, lb::turn_off{});
    let_policy(s, [](auto& t) { t.gates[0] = {side::tenant, 1, 1h, {"global_admin"}}; });
    const auto terms = *s.open(s.pending_at_manager()).terms;
    CHECK(terms.gates.size() == 2);
    CHECK(terms.gates[0].side == side::provider);
}

TEST_CASE("a duration above the policy's cap is refused, naming it", "[R2][R4]") {
    scenario s;
    let_policy(s, [](auto& t) { t.longest_access = 1h; });
    CHECK(s.when(eve, wish()) == refused(ground::out_of_range, field::duration, hour));
}

TEST_CASE("terms that are none are refused, not mended", "[R4][G3][T3]") {
    scenario s;
    const auto with = [&](void (*change)(lb::terms&)) {
        let_policy(s, change);
        return s.would(eve, wish());
    };
    const auto bad = [](field about) { return refused(ground::bad_terms, about); };
    CHECK(with([](auto& t) { t.gates.clear(); }) == bad(field::gates));
    CHECK(with([](auto& t) { t.gates.push_back(t.gates[1]); }) == bad(field::gates));
    CHECK(with([](auto& t) { std::swap(t.gates[0], t.gates[1]); }) == bad(field::gates));
    CHECK(with([](auto& t) { t.gates[0].needed = 0; }) == bad(field::managers_needed));
    CHECK(with([](auto& t) { t.gates[1].needed = 0; }) == bad(field::approvers_needed));
    CHECK(with([](auto& t) { t.gates[1].needed = 21; }) == bad(field::approvers_needed));
    CHECK(with([](auto& t) { t.gates[1].roles.clear(); }) == bad(field::role));
    CHECK(with([](auto& t) { t.gates[0].roles = {"global_admin"}; }) == bad(field::role));
    CHECK(with([](auto& t) { t.gates[1].side = side::system; }) == bad(field::role));
    CHECK(with([](auto& t) { t.gates[0].window = 0ms; }) == bad(field::manager_window));
    CHECK(with([](auto& t) { t.gates[1].window = lb::duration::max(); }) ==
          bad(field::customer_window));
    CHECK(with([](auto& t) { t.longest_access = -1h; }) == bad(field::longest_access));
    CHECK(with([](auto& t) { t.longest_access = 25h; }) == bad(field::longest_access));
    CHECK(with([](auto& t) { t.gates[1].roles = {"audit_reader"}; }) ==
          refused(ground::no_terms, field::gates));
}

TEST_CASE("a policy refuses in its own word", "[R4]") {
    scenario s;
    s.policy = [](const auto&, const auto&) -> lb::proposal {
        return lockbox::refused_by_policy("not on a Monday");
    };
    CHECK(s.when(eve, wish()) == refused(ground::policy));
    CHECK(s.last.refused->note == "not on a Monday");
}

TEST_CASE("the terms stand in the event, and replay asks no policy", "[R4][V14]") {
    scenario s;
    s.pending_at_manager();
    CHECK(s.just<lb::submitted>().terms == s.state.open[0].terms);
}

TEST_CASE("without enough eligible approvers a submission is refused at once", "[R5]") {
    scenario s;
    s.given(ada, lb::define_role{"roles_only", {permission::assign_roles}});
    s.given(ada, lb::assign_role{amir.person, "roles_only", {}});
    s.settings([](auto& c) { c.approvers_needed = 4; });  // ada, carl, bea, ben
    CHECK(s.would(eve, wish()) == emitted({"submitted"}));
    s.given(ada, lb::end_role{ben.person, "access_approver"});
    CHECK(s.would(eve, wish()) == refused(ground::no_approver, field::gates));
    s.given_by_two(ada, amir, lb::assign_role{ben.person, "access_approver", s.now + 1h});
    CHECK(s.would(eve, wish()) == emitted({"submitted"}));
    CHECK(s.at(day_one + 1h).would(eve, wish()) == refused(ground::no_approver, field::gates));
}

TEST_CASE("the requester counts as nobody's approver", "[R5][V5]") {
    scenario s;
    s.settings([](auto& c) { c.approvers_needed = 4; });
    CHECK(s.would(lb::engineer(bea.person), wish()) == refused(ground::no_approver, field::gates));
}

TEST_CASE("a role that permits no decision makes no approver", "[R5][S2]") {
    scenario s;
    s.given(ada, lb::define_role{"access_approver", {permission::view}});
    s.given(ada, lb::define_role{"compliance_admin", {permission::view}});
    CHECK(s.would(eve, wish()) == emitted({"submitted"}));
    s.given(ada, lb::define_role{"global_admin", {permission::assign_roles}});
    CHECK(s.would(eve, wish()) == refused(ground::no_approver, field::gates));
}

TEST_CASE("a request's id is of the tenant's count, and never comes again", "[R6]") {
    scenario s;
    CHECK(s.pending_at_manager() == r(1));
    s.given(eve, lb::withdraw{r(1)});
    CHECK(s.pending_at_manager() == r(2));
    s.given(mia, lb::deny{r(2), {}});
    CHECK(s.drilling() == r(3));
    CHECK(s.pending_at_manager() == r(4));
    CHECK(r(4) == lb::request_id{"R-000004"});
    CHECK(r(1'000'000) == lb::request_id{"R-1000000"});
}

TEST_CASE("a new request names the denials on its case", "[R6]") {
    scenario s;
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    s.pending_at_manager();
    CHECK(s.just<lb::submitted>().denied_before == std::vector{r(1)});
    s.given(mia, lb::deny{r(2), {}});
    auto other = wish();
    other.support_case.number = "CASE-8";
    s.pending_at_manager(other);
    CHECK(s.just<lb::submitted>().denied_before.empty());
    s.later(1h).pending_at_manager();
    CHECK(s.just<lb::submitted>().denied_before == std::vector{r(1), r(2)});
}

TEST_CASE("after two denials on a case an hour must pass", "[R6]") {
    scenario s;
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    CHECK(s.would(emil, wish()) == emitted({"submitted"}));
    s.given(mia, lb::deny{s.pending_at_manager(), {}});
    const auto too_soon = refused(ground::too_soon, field::case_number, hour);
    CHECK(s.would(eve, wish()) == too_soon);
    CHECK(s.would(emil, wish()) == too_soon);
    CHECK(s.at(day_one + 1h - 1ms).would(eve, wish()) == too_soon);
    CHECK(s.at(day_one + 1h).would(eve, wish()) == emitted({"submitted"}));
    s.at(day_one).limits([](auto& l) { l.denials_before_wait = 3; });
    CHECK(s.would(eve, wish()) == emitted({"submitted"}));
    s.limits([](auto& l) { l.denials_before_wait = 1, l.wait_after_denials = 2h; });
    CHECK(s.at(day_one + 1h).would(eve, wish()) ==
          refused(ground::too_soon, field::case_number, 2 * hour));
}

TEST_CASE("expiry and withdrawal are no denials", "[R6]") {
    scenario s;
    for (int i = 0; i < 3; ++i) s.given(eve, lb::withdraw{s.pending_at_manager()});
    s.pending_at_manager();
    s.pending_at_manager();
    s.later(12h).given(machine, lb::tick{});
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
    CHECK(s.just<lb::submitted>().denied_before.empty());
}

TEST_CASE("the engineer withdraws while pending and hands back while active", "[R7]") {
    scenario s;
    const auto first = s.pending_at_customer();
    CHECK(s.when(eve, lb::finish{first}) == refused(ground::not_open, field::request));
    CHECK(s.when(eve, lb::withdraw{first}) == emitted({"withdrawn"}));
    CHECK(s.just<lb::withdrawn>().cause == cause::person);
    const auto second = s.active();
    CHECK(s.when(eve, lb::withdraw{second}) == refused(ground::not_open, field::request));
    CHECK(s.when(emil, lb::finish{second}) == recorded(ground::not_allowed));
    CHECK(s.when(eve, lb::finish{second}) == emitted({"finished"}));
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("closing a case withdraws its requests and revokes its grants, no others", "[R8]") {
    scenario s;
    auto other = wish();
    other.support_case.number = "CASE-8";
    const auto active = s.active();
    const auto pending = s.pending_at_customer();
    const auto elsewhere = s.pending_at_manager(other);
    CHECK(s.when(mia, lb::close_case{"CASE-7"}) ==
          emitted({"case_closed", "revoked", "withdrawn"}));
    CHECK(s.said<lb::revoked>(1).cause == cause::case_closed);
    CHECK(s.said<lb::withdrawn>(2).cause == cause::case_closed);
    for (const auto& event : s.last.happened) CHECK(event.case_number == lb::case_id{"CASE-7"});
    CHECK_FALSE(s.is_open(active));
    CHECK_FALSE(s.is_open(pending));
    CHECK(s.is_open(elsewhere));
}

TEST_CASE("closing a case on which nothing is open is no change", "[R8]") {
    scenario s;
    const auto nothing = refused(ground::unchanged, field::case_number);
    CHECK(s.when(eve, lb::close_case{"CASE-7"}) == nothing);
    s.pending_at_manager();
    CHECK(s.later(12h).when(eve, lb::close_case{"CASE-7"}) == nothing);
}

TEST_CASE("an engineer has at most so many requests at a gate", "[R9][T24]") {
    scenario s;
    for (int i = 0; i < 20; ++i) s.pending_at_manager();
    CHECK(s.would(eve, wish()) == refused(ground::too_many_pending, field::none, 20));
    CHECK(s.would(emil, wish()) == emitted({"submitted"}));
    s.given(mia, lb::approve{r(1), {}, {}});  // still at a gate
    CHECK(s.would(eve, wish()) == refused(ground::too_many_pending, field::none, 20));
    s.given(bea, lb::approve{r(1), {}, {}});
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
    CHECK(s.later(12h).would(eve, wish()) == emitted({"submitted"}));  // overdue ones are over
}

TEST_CASE("a tenant has at most so many open requests, active ones among them", "[R9][T24]") {
    scenario s;
    s.limits([](auto& l) { l.open_requests = 3; });
    s.active();
    s.pending_at_manager();
    CHECK(s.would(emil, wish()) == emitted({"submitted"}));
    s.pending_at_manager();
    CHECK(s.would(emil, wish()) == refused(ground::too_many_open, field::none, 3));
    CHECK(s.later(2h).would(emil, wish()) == emitted({"submitted"}));  // the grant is over
}
