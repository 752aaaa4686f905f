// What a tenant's own policy makes of the terms of its requests, and that it never loosens any.
#include <lockbox/own_policy.hpp>

#include <limits>
#include <random>

#include <lockbox/decide.hpp>
#include <lockbox/inspect.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/policies.hpp>
#include <lockbox/sentence.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;

namespace {

using V = lb::vocabulary;
using policies = lockbox::policies<V>;
using lockbox::policy_key;
using lockbox::stricter;
using statements = lockbox::vector<lb::statement>;
using enum lockbox::policy_key;

constexpr std::int64_t an_hour = 3'600'000;

const lockbox::weekly_hours office{
    {lockbox::weekday::monday, lockbox::weekday::friday}, 8h, 18h, 0h};
const lockbox::weekly_hours night{{lockbox::weekday::monday}, 20h, 6h, 0h};

lb::statement number(policy_key key, std::int64_t of) { return {key, of, {}, {}, {}}; }
lb::statement flag(policy_key key) { return {key, 0, {}, {}, {}}; }
lb::statement names(policy_key key, std::vector<std::string> of) { return {key, 0, of, {}, {}}; }
lb::statement hours(policy_key key, const lockbox::weekly_hours& of) {
    return {key, 0, {}, {}, {of}};
}
lb::statement clauses(lockbox::vector<lb::clause> of) {
    return {each_of, 0, {}, std::move(of), {}};
}

lb::tenant_policy rule(statements facts, statements ask, statements unless = {}) {
    return {{{std::move(facts), std::move(unless), std::move(ask)}}};
}
lb::tenant_policy always(statements ask) { return rule({}, std::move(ask)); }

/// A tenant with that policy of its own, whoever could meet it.
scenario with(const lb::tenant_policy& policy) {
    scenario s;
    s.state.settled.settings.policy = in_order(policy);
    return s;
}

lb::proposal under(const scenario& s, const lb::submit& asked = wish()) {
    const auto decided = s.decision_on(s.command(eve, asked));
    if (decided.refused) return tl::unexpected{*decided.refused};
    return *decided.happened.front().body.get_if<lb::submitted>()->terms;
}

}  // namespace

TEST_CASE("each demand means what the ready policy of its name means", "[R4][own_policy]") {
    const auto alike = [](const lb::statement& demand, auto policy) {
        INFO(name_of(demand.key));
        scenario by_code;
        by_code.policy = policy;
        const auto expected = under(by_code);
        const auto got = under(with(always({demand})));
        CHECK(got.has_value() == expected.has_value());
        if (got && expected) CHECK(*got == *expected);
        if (!got && !expected) CHECK(got.error().why == expected.error().why);
        if (!got && !expected) CHECK(got.error().note == expected.error().note);
    };
    alike(number(approvals, 2), policies::approvals(2));
    alike(names(roles, {"access_approver"}), policies::approvals(1, {"access_approver"}));
    alike(names(roles, {"audit_reader"}), policies::approvals(1, {"audit_reader"}));
    alike(clauses({{{{2, {"access_approver"}}, {1, {"global_admin"}}}}}),
          policies::any_of({{2, {"access_approver"}}, {1, {"global_admin"}}}));
    alike(flag(customer_gate), policies::customer_gate());
    alike(number(managers, 3), policies::managers(3));
    alike(flag(comment), policies::comment());
    alike(number(manager_window, 2 * an_hour), policies::window(side::provider, 2h));
    alike(number(customer_window, 2 * an_hour), policies::window(side::tenant, 2h));
    alike(number(customer_window, 20 * an_hour), policies::window(side::tenant, 20h));
    alike(number(longest_access, 2 * an_hour), policies::longest_access(2h));
    alike(hours(approval_hours, office), policies::approval_hours(office));
    alike(hours(access_hours, office), policies::access_hours(office));
    alike(names(refuse, {"service"}), policies::closed_services({"exchange"}));
    alike(names(refuse, {"reason"}), policies::only_reasons({"production_alert"}));
    alike(number(most_live_grants, 1), policies::most_live_grants(1));
    alike(number(pause_after_denial, an_hour), policies::pause_after_denial(1h));
}

TEST_CASE("each fact means what the ready condition of its name means", "[R4][own_policy]") {
    const auto alike = [](const lb::statement& fact, auto condition, bool holds) {
        INFO(name_of(fact.key));
        scenario by_code;
        by_code.policy = lockbox::when(condition, policies::managers(3));
        CHECK((under(by_code)->gates[0].needed == 3) == holds);
        CHECK((under(with(rule({fact}, {number(managers, 3)})))->gates[0].needed == 3) == holds);
    };
    for (const bool mine : {true, false}) {
        const std::string service = mine ? "exchange" : "files";
        alike(names(services, {"x", service}), policies::service_is({"x", lb::service{service}}),
              mine);
        const std::string operation = mine ? "Read-Mail" : "Export";
        alike(names(operations, {operation}), policies::operation_is({lb::operation{operation}}),
              mine);
        const std::string path = mine ? "/mailboxes" : "/journal";
        auto part = wish().scope;
        part.resources = {path};
        alike(names(resources, {path}), policies::touches(part), mine);
        const std::string reason = mine ? "customer_initiated_support" : "production_alert";
        alike(names(reasons, {reason}), policies::reason_is({lb::vocabulary::reason{reason}}),
              mine);
        const auto engineer = mine ? eve : emil;
        alike(names(requesters, {std::string{engineer.person.text()}}),
              policies::requester_is({engineer.person}), mine);
        alike(number(longer_than, (mine ? 1 : 2) * an_hour),
              policies::longer_than(mine ? lb::duration{1h} : lb::duration{2h}), mine);
        alike(hours(submitted_in, mine ? office : night),
              policies::submitted_in(mine ? office : night), mine);
    }
    alike(names(entitled_to, {"plan", "support"}), policies::entitled_to({true, true}), true);
}

TEST_CASE("a plan that the tenant does not have is no fact", "[S1][own_policy]") {
    auto s = with(rule({names(entitled_to, {"support"})}, {number(managers, 3)}));
    s.given(olga, lb::record_entitlement{{true, false}});
    CHECK(under(s)->gates[0].needed == 1);
}

TEST_CASE("a rule applies when all of its facts hold", "[R4][own_policy]") {
    const auto mine = names(services, {"exchange"});
    const auto other = names(operations, {"Export"});
    CHECK(under(with(rule({mine, other}, {number(managers, 3)})))->gates[0].needed == 1);
    CHECK(under(with(rule({mine}, {number(managers, 3)}, {other})))->gates[0].needed == 3);
    CHECK(under(with(rule({}, {number(managers, 3)}, {mine})))->gates[0].needed == 1);
    CHECK(under(with(rule({}, {number(managers, 3)}, {mine, other})))->gates[0].needed == 3);
}

TEST_CASE("some of what is asked for is enough for `when`, and all of it is needed for `unless`",
          "[R4][V16][own_policy]") {
    auto asked = wish();
    asked.scope.operations = {"Read-Mail", "Export"};
    asked.scope.resources = {"/mailboxes/ada", "/journal"};
    const auto managers_asked = [&](statements facts, statements unless) {
        return under(with(rule(std::move(facts), {number(managers, 3)}, std::move(unless))), asked)
            ->gates[0]
            .needed;
    };
    CHECK(managers_asked({names(operations, {"Export"})}, {}) == 3);
    CHECK(managers_asked({names(resources, {"/journal/2026"})}, {}) == 3);
    CHECK(managers_asked({}, {names(operations, {"Export"})}) == 3);
    CHECK(managers_asked({}, {names(operations, {"Export", "Read-Mail"})}) == 1);
    CHECK(managers_asked({}, {names(resources, {"/mailboxes"})}) == 3);
    CHECK(managers_asked({}, {names(resources, {"/mailboxes", "/journal"})}) == 1);
}

TEST_CASE("a tenant's own policy asks for the customer's gate, and the other demands are on it",
          "[R4][own_policy]") {
    const auto first = rule({}, {number(approvals, 2)});
    const auto second = rule({names(services, {"exchange"})}, {flag(customer_gate)});
    for (const auto& policy : {stricter(first, second), stricter(second, first)}) {
        auto s = with(policy);
        s.state.settled.settings.exempted = {"exchange"};
        REQUIRE(under(s)->asks_customer());
        CHECK(under(s)->gates[1].needed == 2);
        // The host's policy sees that gate, and a gate of the host's has the tenant's demands.
        s.policy = policies::any_of({{1, {"global_admin"}}});
        CHECK(under(s)->gates[1].clauses.size() == 1);
        s.state.settled.settings.policy = first;
        s.policy = policies::customer_gate();
        CHECK(under(s)->gates[1].needed == 2);
    }
}

TEST_CASE("a policy of the host's that adds a gate is heard by those beside it, in any order",
          "[R4][policies]") {
    scenario s;
    s.state.settled.settings.exempted = {"exchange"};
    const auto two = policies::approvals(2);
    const auto gate = policies::customer_gate();
    s.policy = stricter(two, gate);
    CHECK(under(s)->gates[1].needed == 2);
    s.policy = stricter(gate, two);
    CHECK(under(s)->gates[1].needed == 2);
    s.policy = stricter(stricter(two, policies::comment()),
                        lockbox::when(policies::longer_than(1h), gate));
    CHECK(under(s)->gates[1].needed == 2);
}

TEST_CASE(
    "what is recorded is the stricter of the host's policy, the settings and the tenant's own",
    "[R4][own_policy]") {
    auto s = with(always({number(managers, 2), number(longest_access, 3 * an_hour)}));
    s.policy = stricter(policies::managers(3), policies::longest_access(4h));
    const auto terms = under(s);
    CHECK(terms->gates[0].needed == 3);
    CHECK(terms->longest_access == 3h);
    auto asked = wish();
    asked.duration = 4h;
    CHECK(under(s, asked).error() ==
          lockbox::refusal{ground::out_of_range, field::duration, 3 * an_hour, {}});
}

TEST_CASE("a refusal by a tenant's own policy tells the demand and the sentence",
          "[R4][own_policy]") {
    const auto why = [](const lb::tenant_policy& policy) {
        return sentence(under(with(policy)).error());
    };
    const auto closed = rule({names(services, {"exchange"})}, {names(refuse, {"service"})});
    CHECK(why(closed) ==
          "refused: rules[0].ask.refuse: the policy refuses: this service is closed");
    CHECK(why(stricter(closed, always({flag(comment)}))) ==
          "refused: rules[1].ask.refuse: the policy refuses: this service is closed");
    CHECK(why(always({names(roles, {"legal"})})) ==
          "refused: rules[0].ask.approvals.roles: the policy's terms and the tenant's leave nobody "
          "to ask");
}

TEST_CASE("each text of a refusal says something of its own", "[own_policy]") {
    lockbox::vector<std::string_view> all;
    for (std::size_t at = 0; at < lockbox::names_of<lockbox::policy_text>.size(); ++at) {
        const auto text = sentence(static_cast<lockbox::policy_text>(at));
        CHECK_FALSE(lockbox::contains(all, text));
        all.push_back(text);
    }
}

TEST_CASE("grants and denials count for a tenant's own policy", "[R4][own_policy]") {
    auto s = with(always({number(most_live_grants, 1), number(pause_after_denial, an_hour)}));
    const auto id = s.pending_at_customer();
    s.given(bea, lb::deny{id, {}});
    CHECK(under(s).error().where.steps[2].key == pause_after_denial);
    s.later(1h);
    s.active();
    CHECK(under(s).error().where.steps[2].key == most_live_grants);
    s.later(2h);
    CHECK(under(s));
}

TEST_CASE("a gate that nobody can open is refused with the request", "[R5][own_policy]") {
    CHECK(under(with(always({number(approvals, 5)}))).error().why == ground::no_approver);
    CHECK(under(with(always({clauses({{{{3, {"access_approver"}}}}})}))).error().why ==
          ground::no_approver);
}

TEST_CASE("a drill tries a tenant's own policy too", "[S11][own_policy]") {
    auto s = with(always({number(managers, 2)}));
    CHECK(s.open(s.drilling()).terms->gates[0].needed == 2);
}

TEST_CASE("turning on judges what is pending by the tenant's own policy", "[S5][own_policy]") {
    scenario s{scenario::stage::off};
    const auto id = s.pending_at_manager();
    s.state.settled.settings.policy = always({number(approvals, 2)});
    CHECK(s.when(ada, lb::turn_on{}) == emitted({"turned_on", "terms_tightened"}));
    CHECK(s.open(id).terms->gates[1].needed == 2);
    scenario refused{scenario::stage::off};
    refused.pending_at_manager();
    refused.state.settled.settings.policy = always({names(refuse, {"closed"})});
    CHECK(refused.when(ada, lb::turn_on{}) == emitted({"turned_on", "denied"}));
}

TEST_CASE("a log that somebody else wrote decides no request on half-made terms",
          "[T3][own_policy]") {
    const auto refused_at = [](lb::statement demand) {
        scenario s;
        s.state.settled.settings.policy = always({std::move(demand)});
        const auto got = under(s);
        return got ? ground{} : got.error().why;
    };
    CHECK(refused_at(number(customer_window, 0)) == ground::bad_terms);
    CHECK(refused_at(number(customer_window, -1)) == ground::bad_terms);
    CHECK(refused_at(number(longest_access, std::numeric_limits<std::int64_t>::min())) ==
          ground::bad_terms);
    CHECK(refused_at(number(approvals, 21)) == ground::bad_terms);
    CHECK(refused_at(number(approvals, std::numeric_limits<std::int64_t>::max())) ==
          ground::bad_terms);
    CHECK(refused_at(hours(access_hours, {})) == ground::bad_terms);
    CHECK(refused_at(clauses({{{}}})) == ground::bad_terms);
    CHECK(refused_at(flag(services)) == ground::bad_terms);
    CHECK(refused_at(names(roles, {})) == ground::no_terms);
    CHECK(refused_at(names(refuse, {"no such text"})) == ground::policy);
    // A fact that is none holds, so that the rule applies.
    scenario s;
    s.state.settled.settings.policy = rule({flag(comment)}, {number(managers, 3)}, {flag(comment)});
    CHECK(under(s)->gates[0].needed == 3);
}

TEST_CASE("a scope's resources are made of names, whatever type they have", "[own_policy]") {
    const lockbox::vector<std::string> some{"tenant", "provider"};
    std::vector<std::string> texts;
    CHECK(lockbox::detail::put_resources(texts, some));
    CHECK(texts == std::vector<std::string>{"tenant", "provider"});
    std::vector<side> sides;  // an enum with names is an identifier; the order is its own
    CHECK(lockbox::detail::put_resources(sides, some));
    CHECK(sides == std::vector<side>{side::provider, side::tenant});
    CHECK_FALSE(lockbox::detail::put_resources(sides, {"nobody"}));
    struct bits {
        std::uint32_t all = 0;
    } none;
    CHECK_FALSE(lockbox::detail::put_resources(none, some));
}

// --- The meet of policies ------------------------------------------------------------------------

namespace {

/// Policies and submissions at random, out of few words, so that they meet often.
class at_random {
  public:
    lb::tenant_policy policy() {
        lb::tenant_policy p;
        for (auto left = below(4); left > 0; --left) p.rules.push_back(rule());
        return p;
    }
    lb::submit submission() {
        auto asked = wish();
        asked.scope.service = lb::service{one({"exchange", "files"})};
        asked.scope.operations = {"Read-Mail"};
        if (below(2) == 0) asked.scope.operations = {"Read-Mail", "Export"};
        asked.scope.resources = {one({"/mailboxes/ada", "/journal"})};
        asked.reason = lb::vocabulary::reason{one({"customer_initiated_support", "alert"})};
        asked.duration = (1 + below(4)) * lb::duration{1h};
        return asked;
    }

  private:
    std::uint32_t below(std::uint32_t most) { return static_cast<std::uint32_t>(random_()) % most; }
    std::string one(std::initializer_list<const char*> of) {
        return *(of.begin() + below(static_cast<std::uint32_t>(of.size())));
    }
    std::vector<std::string> some(std::initializer_list<const char*> of) {
        std::vector<std::string> out;
        for (const auto* name : of)
            if (below(2) == 0) out.emplace_back(name);
        if (out.empty()) out.emplace_back(*of.begin());
        if (below(4) == 0) out.push_back(out.front());  // not in the one form
        return out;
    }
    lockbox::weekly_hours some_hours() { return below(2) == 0 ? office : night; }

    lb::policy_rule rule() {
        lb::policy_rule r;
        for (auto left = below(3); left > 0; --left) r.when.push_back(fact());
        if (below(3) == 0) r.unless.push_back(fact());
        for (auto left = 1 + below(3); left > 0; --left) r.ask.push_back(demand());
        return r;
    }
    lb::statement fact() {
        switch (below(6)) {
            case 0:
                return names(services, some({"exchange", "files"}));
            case 1:
                return names(operations, some({"Read-Mail", "Export"}));
            case 2:
                return names(resources, some({"/mailboxes", "/journal", "/other"}));
            case 3:
                return names(reasons, some({"customer_initiated_support", "alert"}));
            case 4:
                return number(longer_than, (1 + below(3)) * an_hour);
            default:
                return hours(submitted_in, some_hours());
        }
    }
    lb::statement demand() {
        switch (below(12)) {
            case 0:
                return number(approvals, 1 + below(3));
            case 1:
                return names(roles, some({"access_approver", "global_admin", "compliance_admin"}));
            case 2:
                return clauses({{{{1 + below(2), {"access_approver"}}}}});
            case 3:
                return clauses({{{{1, {"global_admin"}}, {1, {"compliance_admin"}}}}});
            case 4:
                return flag(customer_gate);
            case 5:
                return number(managers, 1 + below(3));
            case 6:
                return flag(comment);
            case 7:
                return number(customer_window, (1 + below(3)) * an_hour);
            case 8:
                return number(longest_access, (1 + below(4)) * an_hour);
            case 9:
                return hours(access_hours, some_hours());
            case 10:
                return hours(approval_hours, some_hours());
            default:
                return below(5) == 0 ? names(refuse, {"closed"}) : number(manager_window, an_hour);
        }
    }

    std::mt19937 random_{2027};
};

}  // namespace

TEST_CASE("the stricter of policies is a meet: in any order, any grouping, and of itself",
          "[R4][V16][own_policy]") {
    at_random random;
    for (int time = 0; time < 1000; ++time) {
        INFO("time " << time);
        const auto a = random.policy();
        const auto b = random.policy();
        const auto c = random.policy();
        const auto both = stricter(a, b);
        CHECK(both == stricter(b, a));
        CHECK(stricter(both, c) == stricter(a, stricter(b, c)));
        CHECK(stricter(a, a) == in_order(a));
        CHECK(stricter(both, a) == both);
        CHECK(in_order(both) == both);
        std::string text;
        lockbox::log::write(text, both);
        CHECK(lockbox::log::read<lb::tenant_policy>(text) == both);
    }
}

TEST_CASE("a rule that is added never loosens: terms get stricter, or stay",
          "[R4][V16][own_policy]") {
    at_random random;
    std::size_t met = 0;
    std::size_t refused = 0;
    for (int time = 0; time < 3000; ++time) {
        INFO("time " << time);
        const auto a = random.policy();
        const auto b = random.policy();
        const auto asked = random.submission();
        auto s = with(a);
        if (time % 3 == 0) s.state.settled.settings.exempted = {"files"};
        const auto by_a = under(s, asked);
        s.state.settled.settings.policy = stricter(a, b);
        const auto by_both = under(s, asked);
        // One after the other, as written, comes to the same as the rules made one.
        s.state.settled.settings.policy = a;
        for (const auto& one : b.rules) s.state.settled.settings.policy.rules.push_back(one);
        const auto as_written = under(s, asked);
        CHECK(by_both.has_value() == as_written.has_value());
        if (by_both && as_written) CHECK(*by_both == *as_written);
        if (!by_a) CHECK_FALSE(by_both);
        refused += by_both ? 0U : 1U;
        if (!by_a || !by_both) continue;
        ++met;
        CHECK(stricter(*by_a, *by_both) == by_both);
    }
    CHECK(met > 800);
    CHECK(refused > 300);
}

TEST_CASE("a demand that is made stricter in its place is no loosening", "[S9][own_policy]") {
    const auto policy = [](std::int64_t needed, std::vector<std::string> of, std::int64_t longest) {
        return in_order(rule({names(services, {"exchange"})},
                             {number(approvals, needed), names(roles, std::move(of)),
                              number(longest_access, longest)}));
    };
    const auto before = policy(2, {"access_approver", "global_admin"}, 3 * an_hour);
    const auto tightens = [&](const lb::tenant_policy& after) {
        return stricter(before, after) == after;
    };
    CHECK(tightens(policy(3, {"access_approver"}, 2 * an_hour)));
    CHECK_FALSE(tightens(policy(1, {"access_approver"}, 2 * an_hour)));
    CHECK_FALSE(tightens(policy(3, {"access_approver", "legal"}, 2 * an_hour)));
    CHECK_FALSE(tightens(policy(3, {"access_approver"}, 4 * an_hour)));
    CHECK_FALSE(tightens({}));
}

TEST_CASE("a tenant's own policy is a policy like any other in a host's hands",
          "[R4][policies][own_policy]") {
    scenario s;
    const auto data = always({number(managers, 3)});
    s.policy = stricter(data, policies::comment());
    CHECK(under(s)->gates[0].needed == 3);
    CHECK(under(s)->comment_required);
    s.policy = lockbox::named("vendor: files", lockbox::when(policies::service_is({"exchange"}),
                                                             always({names(refuse, {"closed"})})));
    CHECK(under(s).error().note == "vendor: files");
}
