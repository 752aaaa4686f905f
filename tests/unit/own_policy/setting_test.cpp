// Setting a tenant's own policy: what may be set, what is refused with the place of its fault, and
// what becomes of it in the log.
#include <lockbox/policies/json.hpp>

#include <string>

#include <lockbox/decide.hpp>
#include <lockbox/inspect.hpp>
#include <lockbox/sentence.hpp>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;

namespace {

using V = lb::vocabulary;
using lockbox::policy_key;

lb::tenant_policy policy(const std::string& rules) {
    const auto read = lockbox::read_policy<V>(R"({"version": 1, "rules": [)" + rules + "]}");
    if (!read) FAIL(message(read.error()));
    return *read;
}
/// The policy of one rule that always applies.
lb::tenant_policy asks(const std::string& demand) { return policy(R"({"ask": {)" + demand + "}}"); }

lb::change_settings to(const lb::tenant_policy& wanted) {
    lb::change_settings c;
    c.change.policy = wanted;
    return c;
}
/// What came of setting it: "set", or the refusal as its author reads it.
std::string set(const scenario& s, const lb::tenant_policy& wanted) {
    const auto decided = s.decision_on(s.command(ada, to(wanted)));
    return decided.refused ? sentence(*decided.refused, wanted) : "set";
}
std::string set(const lb::tenant_policy& wanted) { return set(scenario{}, wanted); }

/// So many times the same, with commas between.
std::string times(std::size_t count, const std::string& of) {
    std::string all;
    for (std::size_t at = 0; at < count; ++at) all.append(at == 0 ? "" : ",").append(of);
    return all;
}

}  // namespace

TEST_CASE("a policy is set, in its one form, and asked for from then on", "[R4][own_policy]") {
    scenario s;
    const auto wanted = policy(R"({"when": {"services": ["files", "exchange", "files"]},
                                   "ask": {"managers": 2}},
                                  {"when": {"services": ["exchange", "files"]},
                                   "ask": {"managers": 3, "comment": true}})");
    CHECK(s.when(ada, to(wanted)) == emitted({"settings_changed"}));
    const auto& kept = s.state.settled.settings.policy;
    CHECK(kept == s.just<lb::settings_changed>().settings->policy);
    CHECK(kept == policy(R"({"when": {"services": ["exchange", "files"]},
                             "ask": {"managers": 3, "comment": true}})"));
    CHECK(s.open(s.pending_at_manager()).terms->gates[0].needed == 3);
    CHECK(s.when(ada, to(wanted)) == refused(ground::unchanged));
    CHECK(s.when(ada, to({})) == emitted({"settings_changed"}));
    CHECK(s.open(s.pending_at_manager()).terms->gates[0].needed == 1);
}

TEST_CASE("what is pending keeps its terms when a policy is set", "[R4][S5][own_policy]") {
    scenario s;
    const auto id = s.pending_at_manager();
    CHECK(s.when(ada, to(asks(R"("managers": 3)"))) == emitted({"settings_changed"}));
    CHECK(s.open(id).terms->gates[0].needed == 1);
}

TEST_CASE("who may change the settings may set a policy, and nobody else", "[S10][own_policy]") {
    const scenario s;
    const auto wanted = to(asks(R"("comment": true)"));
    CHECK(s.would(carl, wanted) == emitted({"settings_changed"}));
    for (const auto& who : {bea, amir, eve, mia, olga})
        CHECK(s.would(who, wanted) == recorded(ground::not_allowed));
}

TEST_CASE("a role that the tenant does not define is named, with its place",
          "[R4][S2][own_policy]") {
    CHECK(set(policy(R"({"ask": {"comment": true}}, {"ask": {"managers": 2}},
                        {"ask": {"approvals": {"needed": 1, "roles": ["legal"]}}})")) ==
          "refused: rules[2].ask.approvals.roles[0]: the tenant defines no role `legal`");
    CHECK(set(asks(R"("each_of": [{"any_of": [{"roles": ["global_admin"]}]},
                                  {"any_of": [{"roles": ["access_approver"]},
                                              {"roles": ["access_approver", "l\u202egal"]}]}])")) ==
          "refused: rules[0].ask.each_of[1].any_of[1].roles[1]: the tenant defines no role "
          "`l\\u{202e}gal`");
    scenario s;
    s.given(ada, lb::define_role{"legal", {permission::decide}});
    s.given(ada, lb::assign_role{nora.person, "legal", {}});
    CHECK(set(s, asks(R"("approvals": {"roles": ["legal"]})")) == "set");
}

TEST_CASE("a gate that nobody could open is refused when it is set", "[G3][R5][own_policy]") {
    const auto at = [](const std::string& place) {
        return "refused: " + place + ": nobody could open a gate";
    };
    CHECK(set(asks(R"("approvals": {"needed": 4})")) == "set");
    CHECK(set(asks(R"("approvals": {"needed": 5})")) == at("rules[0].ask"));
    CHECK(set(asks(R"("approvals": {"roles": ["audit_reader"]})")).find("leave nobody to ask") !=
          std::string::npos);
    CHECK(set(asks(R"("each_of": [{"any_of": [{"needed": 2, "roles": ["access_approver"]}]}])")) ==
          "set");
    CHECK(set(asks(R"("each_of": [{"any_of": [{"needed": 3, "roles": ["access_approver"]}]}])")) ==
          at("rules[0].ask"));
    // Nobody fills two places.
    CHECK(set(asks(R"("each_of": [{"any_of": [{"roles": ["global_admin"]}]},
                                  {"any_of": [{"roles": ["global_admin", "audit_reader"]}]}])")) ==
          at("rules[0].ask"));
    // With the rules that apply wherever it does.
    CHECK(set(policy(R"({"when": {"services": ["files"]},
                         "ask": {"approvals": {"needed": 3}}},
                        {"ask": {"approvals": {"roles": ["access_approver"]}}})")) ==
          at("rules[0].ask"));
    CHECK(set(policy(R"({"when": {"services": ["files"]}, "ask": {"approvals": {"needed": 3}}},
                        {"when": {"services": ["exchange"]},
                         "ask": {"approvals": {"roles": ["access_approver"]}}})")) == "set");
    CHECK(set(policy(R"({"ask": {"approvals": {"roles": ["access_approver"]}}},
                        {"ask": {"approvals": {"roles": ["compliance_admin"]}}})")) ==
          "refused: rules[0].ask: the policy's terms and the tenant's leave nobody to ask");
    // A role that is held until an instant is held until then.
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "access_approver", s.now + 1h});
    const auto five = asks(R"("approvals": {"needed": 5})");
    CHECK(set(s, five) == "set");
    CHECK(set(s.later(1h), five) == at("rules[0].ask"));
}

TEST_CASE("when members are lost later, the finding and the refusal say so",
          "[S7][R5][own_policy]") {
    scenario s;
    const auto rule_found = [&] {
        for (const auto& one : lockbox::inspect(s.state, s.now))
            if (one.what == lockbox::fault_found::rule_for_nobody) return one.about;
        return std::string{};
    };
    s.given(ada, to(policy(R"({"ask": {"comment": true}},
                              {"when": {"services": ["exchange"]},
                               "ask": {"approvals": {"needed": 2,
                                                     "roles": ["access_approver"]}}})")));
    CHECK(rule_found().empty());
    s.given(ada, lb::end_role{bea.person, "access_approver"});
    CHECK(rule_found() == "rules[1]");
    CHECK(s.would(eve, wish()) == refused(ground::no_approver, field::gates));
}

TEST_CASE("numbers and lengths have bounds, named with their place", "[R2][T3][own_policy]") {
    const auto out = [](const std::string& place, const std::string& what) {
        return "refused: rules[0]." + place + ": " + what;
    };
    CHECK(set(asks(R"("approvals": {"needed": 0})")) ==
          out("ask.approvals.needed", "`needed` is out of range, its limit is 1"));
    CHECK(set(asks(R"("approvals": {"needed": 21})")) ==
          out("ask.approvals.needed", "`needed` is out of range, its limit is 20"));
    CHECK(set(asks(R"("managers": 0)")) ==
          out("ask.managers", "`managers` is out of range, its limit is 1"));
    CHECK(set(asks(R"("managers": -9223372036854775808)")) ==
          out("ask.managers", "`managers` is out of range, its limit is 1"));
    CHECK(set(asks(R"("each_of": [{"any_of": [{"needed": 0, "roles": ["global_admin"]}]}])")) ==
          out("ask.each_of[0].any_of[0].needed", "`needed` is out of range, its limit is 1"));
    CHECK(set(asks(R"("manager_window": "0m")")) ==
          out("ask.manager_window", "`manager_window` is out of range, its limit is 60000 ms"));
    CHECK(set(asks(R"("customer_window": "15d")")) ==
          out("ask.customer_window",
              "`customer_window` is out of range, its limit is 1209600000 ms"));
    CHECK(set(asks(R"("customer_window": "14d")")) == "set");
    CHECK(set(asks(R"("longest_access": "-1h")")) ==
          out("ask.longest_access", "`longest_access` is out of range, its limit is 60000 ms"));
    CHECK(set(asks(R"("longest_access": "25h")")) ==
          out("ask.longest_access", "`longest_access` is out of range, its limit is 86400000 ms"));
    CHECK(set(asks(R"("most_live_grants": 0)")) ==
          out("ask.most_live_grants", "`most_live_grants` is out of range, its limit is 1"));
    CHECK(set(asks(R"("most_live_grants": 10000)")) == "set");
    CHECK(set(asks(R"("pause_after_denial": "59s")")) ==
          out("ask.pause_after_denial",
              "`pause_after_denial` is out of range, its limit is 60000 ms"));
    CHECK(set(policy(R"({"when": {"longer_than": "0h"}, "ask": {"comment": true}})")) ==
          out("when.longer_than", "`longer_than` is out of range, its limit is 60000 ms"));
}

TEST_CASE("a window that is shorter than a reminder is refused, and found when it comes to be",
          "[N4][S7][own_policy]") {
    scenario s;
    s.settings([](auto& c) { c.reminders = lockbox::vector<lb::duration>{1h, 30min}; });
    s.settings([](auto& c) { c.escalation = lb::escalation{2h, {"director@contoso.example"}}; });
    const auto too_short = [](const std::string& key, const std::string& limit) {
        return "refused: rules[0].ask." + key + ": `" + key + "` is out of range, its limit is " +
               limit + " ms";
    };
    CHECK(set(s, asks(R"("manager_window": "1h")")) == too_short("manager_window", "3600000"));
    CHECK(set(s, asks(R"("manager_window": "61m")")) == "set");
    CHECK(set(s, asks(R"("customer_window": "2h")")) == too_short("customer_window", "7200000"));
    s.given(ada, to(asks(R"("customer_window": "121m")")));
    const auto found = [&] {
        std::string all;
        for (const auto& one : lockbox::inspect(s.state, s.now))
            if (one.what == lockbox::fault_found::window_too_short) all += one.about + " ";
        return all;
    };
    CHECK(found().empty());
    s.settings([](auto& c) { c.reminders = lockbox::vector<lb::duration>{3h}; });
    CHECK(found() == "rules[0] ");
    // Both in one change: the reminders that go with the policy count.
    auto both = to(asks(R"("customer_window": "10m")"));
    both.change.reminders = lockbox::vector<lb::duration>{5min};
    both.change.escalation = lb::escalation{};
    CHECK(s.would(ada, both) == emitted({"settings_changed"}));
}

TEST_CASE("names must be such, and what a text refuses with must be known", "[R9][own_policy]") {
    const auto fact = [](const std::string& stated) {
        return set(policy(R"({"unless": {)" + stated + R"(}, "ask": {"comment": true}})"));
    };
    const auto bad = [](const std::string& place) { return "refused: rules[0].unless." + place; };
    CHECK(fact(R"("services": [""])") == bad("services[0]: `services` is not well formed"));
    CHECK(fact(R"("operations": ["Read-Mail", " "])") ==
          bad("operations[1]: ` ` is not well formed"));
    CHECK(fact(R"("resources": ["/a", "b"])") == bad("resources[1]: `b` is not well formed"));
    CHECK(fact(R"("resources": ["/a/../b"])") == bad("resources[0]: `/a/../b` is not well formed"));
    CHECK(fact(R"("reasons": ["\u0007"])") == bad("reasons[0]: `\\u{0007}` is not well formed"));
    CHECK(fact(R"("requesters": ["N/A"])") == bad("requesters[0]: `N/A` is not well formed"));
    CHECK(fact(R"("entitled_to": ["gold"])") == bad("entitled_to[0]: `gold` is not well formed"));
    CHECK(fact(R"("services": [])") == bad("services: `services` is missing"));
    CHECK(set(asks(R"("refuse": ["because"])")) ==
          "refused: rules[0].ask.refuse[0]: `because` is not well formed");
    CHECK(set(asks(R"("refuse": ["reason"])")) == "set");
}

TEST_CASE("hours must be kept by a clock that somebody has", "[G3][own_policy]") {
    CHECK(set(asks(R"("approval_hours": [{"days": [], "from": "08:00", "until": "18:00"}])")) ==
          "refused: rules[0].ask.approval_hours[0]: `approval_hours` is not well formed");
    CHECK(set(asks(R"("access_hours": [{"days": ["monday"], "from": "08:00", "until": "18:00",
                                        "utc_offset": "+15:01"}])")) ==
          "refused: rules[0].ask.access_hours[0]: `access_hours` is not well formed");
    CHECK(
        set(asks(R"("access_hours": [{"days": ["monday"], "from": "24:00", "until": "18:00"}])")) ==
        "refused: rules[0].ask.access_hours[0]: `access_hours` is not well formed");
}

TEST_CASE("a policy does not grow without number", "[R9][T24][own_policy]") {
    const std::string rule = R"({"ask": {"comment": true}})";
    CHECK(set(policy(times(32, rule))) == "set");
    CHECK(set(policy(times(33, rule))) ==
          "refused: rules: `rules` is too long, at most 32 entries");
    const auto services = [](std::size_t count) {
        return set(policy(R"({"when": {"services": [)" + times(count, R"("a")") +
                          R"(]}, "ask": {"comment": true}})"));
    };
    CHECK(services(100) == "set");
    CHECK(services(101) ==
          "refused: rules[0].when.services: `services` is too long, at most 100 "
          "entries");
    const std::string clause = R"({"any_of": [{"roles": ["global_admin"]}]})";
    CHECK(set(asks(R"("each_of": [)" + times(5, clause) + "]")) ==
          "refused: rules[0].ask.each_of: `each_of` is too long, at most 4 entries");
    const std::string quorum = R"({"roles": ["global_admin"]})";
    CHECK(set(asks(R"("each_of": [{"any_of": [)" + times(5, quorum) + "]}]")) ==
          "refused: rules[0].ask.each_of[0].any_of: `any_of` is too long, at most 4 entries");
    const std::string monday = R"({"days": ["monday"], "from": "08:00", "until": "18:00"})";
    CHECK(set(asks(R"("access_hours": [)" + times(17, monday) + "]")) ==
          "refused: rules[0].ask.access_hours: `access_hours` is too long, at most 16 entries");
}

TEST_CASE("clauses that contradict each other are refused, and rules that ask for nothing",
          "[G3][own_policy]") {
    const std::string clause = R"({"any_of": [{"roles": ["global_admin"]}]})";
    CHECK(set(asks(R"("each_of": [)" + times(2, clause) + "]")) ==
          "refused: rules[0].ask.each_of[1]: the policy's terms cannot be met, see `each_of`");
    CHECK(set(asks(R"("each_of": [{"any_of": []}])")) ==
          "refused: rules[0].ask.each_of[0].any_of: `any_of` is missing");
    CHECK(set(asks(R"("each_of": [{"any_of": [{"roles": []}]}])")) ==
          "refused: rules[0].ask.each_of[0].any_of[0].roles: `roles` is missing");
    CHECK(set(asks(R"("each_of": [])")) == "refused: rules[0].ask.each_of: `each_of` is missing");
    CHECK(set(asks(R"("approvals": {"roles": []})")) ==
          "refused: rules[0].ask.approvals.roles: `roles` is missing");
    CHECK(set(asks("")) == "refused: rules[0].ask: `ask` is missing");
    CHECK(set(asks(R"("comment": false)")) == "refused: rules[0].ask: `ask` is missing");
    // Together more clauses than terms may have: found when the rules are put together.
    const auto three = [](const std::string& role) {
        return R"({"ask": {"each_of": [{"any_of": [{"needed": 1, "roles": ["global_admin", ")" +
               role + R"("]}]}, {"any_of": [{"roles": ["compliance_admin", ")" + role +
               R"("]}]}, {"any_of": [{"roles": ["access_approver", ")" + role + R"("]}]}]}})";
    };
    CHECK(set(policy(three("audit_reader"))) == "set");
    CHECK(set(policy(three("audit_reader") + "," + three("access_approver"))) ==
          "refused: rules[0].ask: the policy's terms cannot be met, see `ask`");
}

TEST_CASE("a statement stands where it belongs, and once", "[R4][own_policy]") {
    const auto refused_at = [](lb::policy_rule rule) {
        const scenario s;
        const auto decided = s.decision_on(s.command(ada, to({{std::move(rule)}})));
        return decided.refused ? sentence(*decided.refused) : "set";
    };
    const lb::statement comment{policy_key::comment, 0, {}, {}, {}};
    const lb::statement mine{policy_key::services, 0, {"exchange"}, {}, {}};
    CHECK(refused_at({{mine}, {}, {comment}}) == "set");
    CHECK(refused_at({{comment}, {}, {comment}}) ==
          "refused: rules[0].when.comment: `comment` is not well formed");
    CHECK(refused_at({{}, {}, {mine}}) ==
          "refused: rules[0].ask.services: `services` is not well formed");
    CHECK(refused_at({{mine, mine}, {}, {comment}}) ==
          "refused: rules[0].when.services: `services` is not well formed");
    const lb::statement beyond{static_cast<policy_key>(99), 0, {}, {}, {}};
    CHECK(refused_at({{}, {}, {beyond}}).find("is not well formed") != std::string::npos);
}

TEST_CASE("what a statement has no use for is refused, for nobody would look at it",
          "[R9][V14][V17][own_policy]") {
    const auto refused_at = [](lb::statement one, auto put) {
        put(one);
        const scenario s;
        const auto place = "refused: rules[0].ask." + std::string{lockbox::name_of(one.key)};
        const auto decided = s.decision_on(s.command(ada, to({{{{}, {}, {one}}}})));
        return decided.refused && decided.happened.empty() &&
               decided.refused->why == ground::malformed &&
               sentence(*decided.refused).starts_with(place);
    };
    const auto nothing = [](auto&) {};
    const auto number = [](auto& one) { one.number = -1; };
    const auto names = [](auto& one) { one.names = {"\xFF"}; };
    const auto clauses = [](auto& one) { one.clauses = {lb::clause{}}; };
    const auto hours = [](auto& one) { one.hours = {{{lockbox::weekday{9}}, {}, {}, {}}}; };
    const lb::statement managers{policy_key::managers, 2, {}, {}, {}};
    const lb::statement comment{policy_key::comment, 0, {}, {}, {}};
    const lb::statement refuse{policy_key::refuse, 0, {"closed"}, {}, {}};
    CHECK_FALSE(refused_at(managers, nothing));
    CHECK_FALSE(refused_at(comment, nothing));
    CHECK_FALSE(refused_at(refuse, nothing));
    for (const auto& one : {managers, comment, refuse}) {
        CHECK(refused_at(one, clauses));
        CHECK(refused_at(one, hours));
    }
    CHECK(refused_at(managers, names));
    CHECK(refused_at(comment, names));
    CHECK(refused_at(comment, number));
    CHECK(refused_at(refuse, number));
    CHECK(refused_at({policy_key::access_hours, 0, {}, {}, {}}, hours));
}
