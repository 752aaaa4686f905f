// Every ground of refusal, as it comes about, in one sentence.
#include "unit/why/explaining.hpp"

#include <algorithm>
#include <vector>

using namespace support;

namespace {

lb::settings_change two_approvers() {
    lb::settings_change change;
    change.approvers_needed = 2;
    return change;
}

/// One command of each kind.
std::vector<lb::command_body> all_bodies() {
    const lb::request_id id = r(1);
    return {lb::open_tenant{"x@contoso.example"},
            lb::record_entitlement{},
            lb::turn_on{},
            lb::turn_off{},
            lb::change_settings{},
            lb::set_audit_visibility{},
            lb::define_role{},
            lb::assign_role{},
            lb::end_role{},
            lb::freeze{},
            lb::lift_freeze{},
            lb::agree{1},
            lb::decline{1},
            lb::consent{},
            lb::withdraw_consent{1},
            wish(),
            lb::drill{wish()},
            lb::approve{id, {}, {}},
            lb::deny{id, {}},
            lb::ask{id, {}},
            lb::answer{id, {}},
            lb::withdraw{id},
            lb::access{mail()},
            lb::finish{id},
            lb::revoke{id, {}},
            lb::close_case{"CASE-7"},
            lb::tick{},
            lb::record_undeliverable{}};
}

}  // namespace

TEST_CASE("every ground has its rule, at every command and for everybody", "[why][L1]") {
    scenario s;
    (void)s.pending_at_customer();
    REQUIRE(all_bodies().size() == lb::command_body::size);
    for (std::size_t at = 0; at < lockbox::names_of<ground>.size(); ++at) {
        const auto why = static_cast<ground>(at);
        CAPTURE(lockbox::name_of(why));
        for (const auto& body : all_bodies())
            for (const auto& who : {eve, mia, olga, bea, nora, machine}) {
                const lockbox::refusal no{why, field::none, 0, {}};
                const auto e = lockbox::why_refused(s.state, s.command(who, body), s.now, no);
                CHECK(e.refused == no);
                CHECK(lockbox::name_of(e.rule) != "?");
                CHECK(sentence(e).starts_with(sentence(no)));
            }
    }
}

TEST_CASE("a command whose form is wrong", "[why][R9][V5][S4][V8]") {
    scenario s;
    CHECK(why(s, lb::engineer("null"), wish()) ==
          "refused: `actor` is not well formed; needs a mended command (V5)");
    CHECK(why(s, ada, lb::define_role{"", {}}) ==
          "refused: `role` is not well formed; needs a mended command (R9)");
    lb::settings_change change;
    change.recipients = lockbox::vector<std::string>{"nowhere"};
    CHECK(why(s, ada, lb::change_settings{change}) ==
          "refused: `recipients` is not well formed; needs a mended command (S4)");
    change = {};
    change.longest_access = 25h;
    CHECK(refusal_of(s, ada, lb::change_settings{change}).rule == lockbox::rule::s4);
    auto asked = wish();
    asked.justification.assign(5000, 'x');
    CHECK(refusal_of(s, eve, asked).rule == lockbox::rule::r9);
    for (const auto again : {ground::id_reused, ground::already_used}) {
        const lockbox::refusal no{again, field::command, 0, {}};
        const auto e = lockbox::why_refused(s.state, s.command(eve, lb::access{mail()}), s.now, no);
        CHECK(sentence(e) == sentence(no) + "; needs a new command id (V8)");
    }
}

TEST_CASE("whoever may not give a command is told who may", "[why][S10][V6][T22]") {
    scenario s;
    CHECK(why(s, eve, lb::turn_on{}) ==
          "refused: not allowed: `turn_on` takes a member with `switch` at an open tenant; needs "
          "another try by the customer (S10)");
    CHECK(why(s, olga, lb::revoke{r(1), {}}) ==
          "refused: not allowed: `revoke` takes a manager or a member with `decide` at an open "
          "tenant; needs another try by a manager or the customer (S10)");
    CHECK(why(s, amir, lb::lift_freeze{}) ==
          "refused: not allowed: `lift_freeze` takes a member with `assign_roles` at an open "
          "tenant; needs another try by ada@contoso.example (S10)");
    CHECK(why(s, ada, lb::tick{}) ==
          "refused: not allowed: `tick` takes the system at an open tenant (S10)");

    SECTION("and the same at a tenant that is not there, or not his") {
        const auto foreign = lb::member("zoe@fabrikam.example");
        for (const auto& body : all_bodies()) {
            const auto at_home = s.decision_on(s.command(foreign, body));
            auto elsewhere = s.command(foreign, body);
            elsewhere.tenant = "nowhere";
            const auto nowhere = lockbox::decide(lb::tenant{}, elsewhere, s.now, s.policy);
            if (!at_home.refused || at_home.refused->why != ground::not_allowed) continue;
            REQUIRE(nowhere.refused == at_home.refused);
            const auto here =
                lockbox::why_refused(s.state, s.command(foreign, body), s.now, *at_home.refused);
            CHECK(here == lockbox::why_refused(lb::tenant{}, elsewhere, s.now, *nowhere.refused));
        }
    }
    SECTION("and a member learns nothing about another tenant by naming it") {
        auto elsewhere = s.command(bea, lb::lift_freeze{});
        elsewhere.tenant = "nowhere";
        const auto e = lockbox::why_refused(s.state, elsewhere, s.now, {ground::not_allowed});
        CHECK(sentence(e).find("ada") == std::string::npos);
    }
    SECTION("whatever refusal it is asked about") {
        const auto id = s.pending_at_customer();
        for (const auto no : {ground::same_person, ground::clock_behind, ground::question_open}) {
            const auto e =
                lockbox::why_refused(s.state, s.command(eve, lb::approve{id, {}, {}}), s.now, {no});
            CHECK(e.facts.empty());
        }
    }
}

TEST_CASE("whoever has no say at a gate is told what it waits for", "[why][G2][V5]") {
    scenario s;
    const auto id = s.pending_at_customer();
    const lb::approve yes{id, {}, {}};
    CHECK(why(s, mia, yes) ==
          "refused: not allowed: the request waits at the customer's gate, which is the other "
          "side's; needs approval by the customer (G2)");
    s.given(ada, lb::define_role{"night", {permission::decide}});
    s.given(ada, lb::assign_role{nora.person, "night", {}});
    const auto e = refusal_of(s, nora, yes);
    REQUIRE(e.get_if<lockbox::facts::no_say>() != nullptr);
    CHECK_FALSE(e.get_if<lockbox::facts::no_say>()->other_side);
    CHECK(sentence(e).find("bea") == std::string::npos);  // he holds no `view`
    CHECK(why(s, emil, lb::withdraw{id}) ==
          "refused: not allowed: it is another engineer's request; needs another try by its "
          "engineer (S10)");

    const lb::actor eve_there = lb::member(eve.person);
    const lb::actor mia_there = lb::member(mia.person);
    s.given(ada, lb::assign_role{eve.person, "access_approver", {}});
    s.given(ada, lb::assign_role{mia.person, "access_approver", {}});
    CHECK(why(s, eve_there, yes) ==
          "refused: requester, manager and approver must be different people: the actor asked for "
          "it; needs 1 more of access_approver, compliance_admin or global_admin, by "
          "ada@contoso.example, bea@contoso.example, ben@contoso.example or carl@contoso.example "
          "(V5)");
    CHECK(refusal_of(s, mia_there, yes).get_if<lockbox::facts::has_decided>()->gate ==
          side::provider);
}

TEST_CASE("one vote for each person", "[why][G2]") {
    scenario s;
    s.given(ada, lb::change_settings{two_approvers()});
    const auto id = s.pending_at_customer();
    s.given(bea, lb::approve{id, {}, {}});
    const auto e = refusal_of(s, bea, lb::approve{id, {}, {}});
    CHECK(e.rule == lockbox::rule::g2);
    CHECK(e.get_if<lockbox::facts::has_decided>()->gate == side::tenant);
    REQUIRE(e.next.size() == 1);
    CHECK(e.next[0].count == 1);
    CHECK(e.next[0].people == lockbox::vector<lb::person_id>{ada.person, ben.person, carl.person});
}

TEST_CASE("what must wait says until when", "[why][K1][S8][R6][G3]") {
    scenario s;
    SECTION("for the clock") {
        s.now = s.state.last - 1h;
        CHECK(why(s, eve, wish()) ==
              "refused: the clock stands behind the tenant's log, by more than 5000 ms: it is "
              "behind by 1 h; needs another try, from 2026-03-02T08:59:55Z (K1)");
        s.now += 1h - 5s;
        CHECK(s.would(eve, wish()) == "submitted");
    }
    SECTION("for the freeze to be lifted") {
        s.given(bea, lb::freeze{});
        CHECK(
            why(s, eve, wish()) ==
            "refused: the tenant has frozen all access; needs `lift_freeze` by the customer (S8)");
        CHECK(why(s, carl, lb::drill{wish()}) ==
              "refused: the tenant has frozen all access; needs `lift_freeze` by "
              "ada@contoso.example (S8)");
    }
    SECTION("after denials") {
        for (int round = 0; round < 2; ++round) {
            const auto id = s.pending_at_manager();
            s.given(mia, lb::deny{id, {}});
        }
        s.later(10min);
        CHECK(why(s, eve, wish()) ==
              "refused: this case was denied before, wait for 3600000 ms after the last denial: 2 "
              "denials, the last at 2026-03-02T09:00:00Z; needs another try, from "
              "2026-03-02T10:00:00Z (R6)");
        const auto from = refusal_of(s, eve, wish()).next.front().from;
        CHECK(s.at(*from - 1ms).would(eve, wish()) != "submitted");
        CHECK(s.at(*from).would(eve, wish()) == "submitted");
    }
    SECTION("for the hours of the terms") {
        s.policy = [](const lb::tenant& t, const lb::submission& asked) {
            auto terms = *lockbox::standard_policy{}(t, asked);
            terms.gates.back().hours = {{{lockbox::weekday::monday}, 12h, 18h, 1h}};
            return lb::proposal{terms};
        };
        const auto id = s.pending_at_customer();
        const lb::approve yes{id, {}, {}};
        CHECK(why(s, bea, yes) ==
              "refused: the terms allow it at other hours only: the hours open at "
              "2026-03-02T11:00:00Z; needs another try, from 2026-03-02T11:00:00Z (G3)");
        s.at(*refusal_of(s, bea, yes).next.front().from);
        CHECK(s.would(bea, yes) == "approved, granted");
        s.later(7h);
        CHECK(
            why(s, bea, yes) ==
            "refused: the terms allow it at other hours only: the hours do not open in time (G3)");
    }
}

TEST_CASE("what is not there explains itself no further", "[why][K2][T22]") {
    scenario s;
    const auto id = s.pending_at_manager();
    s.given(mia, lb::deny{id, {}});
    const auto closed = refusal_of(s, mia, lb::approve{id, {}, {}});
    CHECK(closed == refusal_of(s, mia, lb::approve{r(99), {}, {}}));
    CHECK(sentence(closed) == "refused: no such request is open at this stage (K2)");
    CHECK(refusal_of(s, eve, lb::answer{id, "x"}).rule == lockbox::rule::k2);
}

TEST_CASE("what is missing, out of bounds or too much in a body", "[why][R1][R2][R9][G4][G7]") {
    scenario s;
    const auto rule_behind = [&](auto change) {
        auto asked = wish();
        change(asked);
        return std::string{lockbox::name_of(refusal_of(s, eve, asked).rule)};
    };
    CHECK(rule_behind([](auto& c) { c.support_case.escalated = false; }) == "R1");
    CHECK(rule_behind([](auto& c) { c.support_case.tried = ""; }) == "R1");
    CHECK(rule_behind([](auto& c) { c.scope.resources = {}; }) == "R2");
    CHECK(rule_behind([](auto& c) { c.justification = " "; }) == "R2");
    CHECK(rule_behind([](auto& c) { c.scope.operations = {"Get-Size"}; }) == "R1");
    CHECK(rule_behind([](auto& c) { c.duration = 5h; }) == "R2");
    CHECK(rule_behind([](auto& c) { c.start = day_one + 8 * 24h; }) == "G9");
    auto asked = wish();
    asked.support_case.escalated = false;
    CHECK(why(s, eve, asked) ==
          "refused: the case was not escalated; needs an escalated case by the host (R1)");
    asked = wish();
    asked.scope.operations = {"Get-Size"};
    CHECK(why(s, eve, asked) ==
          "refused: `operations` needs no request, for it does not touch content; needs `access` "
          "(R1)");

    s.settings([](auto& all) { all.comment_required = true; });
    const auto id = s.pending_at_manager();
    CHECK(why(s, mia, lb::approve{id, {}, {}}) ==
          "refused: the terms ask for a comment; needs a mended command (G4)");
    const lb::narrowing wider{lb::scope{"exchange", {"Read-Mail"}, {"/"}}, {}};
    CHECK(refusal_of(s, mia, lb::approve{id, "x", wider}).rule == lockbox::rule::g7);
    CHECK(refusal_of(s, mia, lb::approve{id, "x", {{}, 0h}}).rule == lockbox::rule::g7);
    s.given(mia, lb::approve{id, "x", {}});
    CHECK(why(s, eve, lb::answer{id, "x"}) == "refused: no question is open (G4)");
    CHECK(refusal_of(s, bea, lb::ask{id, ""}).rule == lockbox::rule::g4);
    s.given(bea, lb::ask{id, "why?"});
    CHECK(why(s, ben, lb::ask{id, "when?"}) ==
          "refused: a question waits for its answer; needs `answer` by its engineer (G4)");

    s.limits([](auto& all) { all.pending_per_engineer = 1; });
    CHECK(why(s, eve, wish()) ==
          "refused: too many requests of this engineer are pending, at most 1; needs `withdraw` "
          "(R9)");
    s.limits([](auto& all) { all.open_requests = 1; });
    CHECK(why(s, emil, wish()) ==
          "refused: too many requests are open, at most 1; needs another try (R9)");
}

TEST_CASE("nobody answers a question about a drill", "[why][S11][G4]") {
    scenario s;
    const auto id = s.drilling();
    s.given(mia, lb::approve{id, {}, {}});
    s.given(bea, lb::ask{id, "why?"});
    CHECK(refusal_of(s, ben, lb::ask{id, "when?"}).next.empty());
    CHECK(status_of(s, id, ben).next.size() == 1);
}

TEST_CASE("why a set-up cannot be changed so", "[why][S1][S2][S3][S10][L1]") {
    scenario s{scenario::stage::opened};
    CHECK(why(s, ada, lb::turn_on{}) ==
          "refused: the provider has not recorded `plan` for this tenant; needs "
          "`record_entitlement` by the provider's operator (S1)");
    CHECK(why(s, olga, lb::open_tenant{"x@y"}) == "refused: the tenant was opened before (S10)");
    CHECK(why(s, ada, lb::turn_off{}) == "refused: it is so already (L1)");
    CHECK(why(s, ada, lb::assign_role{nora.person, "night", {}}) ==
          "refused: `role` is not defined here; needs `define_role` by ada@contoso.example (S2)");
    CHECK(why(s, ada, lb::end_role{ada.person, "global_admin"}) ==
          "refused: nobody would be left to assign roles without end; needs `assign_role` by "
          "ada@contoso.example (S3)");
    s.given(ada, lb::assign_role{bea.person, "global_admin", day_one + 24h});
    CHECK(why(s, bea, lb::assign_role{nora.person, "audit_reader", {}}) ==
          "refused: `until` goes beyond what the assigner holds: the actor holds `assign_roles` "
          "until 2026-03-03T09:00:00Z; needs another try by ada@contoso.example (S3)");
    CHECK(refusal_of(s, ada, lb::assign_role{nora.person, "audit_reader", day_one}).rule ==
          lockbox::rule::s3);
}

TEST_CASE("a policy's refusal keeps the policy's note and the term", "[why][R4][R5][G3]") {
    scenario s;
    const auto refusing = [&](lockbox::refusal no) {
        s.policy = [no](const lb::tenant&, const lb::submission&) {
            return lb::proposal{tl::unexpect, no};
        };
        return why(s, eve, wish());
    };
    CHECK(refusing({ground::policy, field::none, 0, "bank: alerts in office hours"}) ==
          "refused: the policy refuses: bank: alerts in office hours; needs a mended command (R4)");
    CHECK(refusing({ground::bad_terms, field::role, 0, "night"}) ==
          "refused: the policy's terms cannot be met, see `role`: night; needs a mended policy by "
          "the host (G3)");
    CHECK(refusing({ground::no_terms, field::gates, 0, "legal"}) ==
          "refused: the policy's terms and the tenant's leave nobody to ask: legal; needs a mended "
          "policy by the host (R4)");
    s.policy = lockbox::standard_policy{};
    s.settings([](auto& all) { all.approvers_needed = 5; });
    CHECK(why(s, eve, wish()) ==
          "refused: nobody could open a gate; needs `assign_role` by the customer (R5)");
    CHECK(why(s, carl, lb::drill{wish()}) ==
          "refused: nobody could open a gate: 3 people could approve, and it takes 5; needs "
          "`assign_role` by ada@contoso.example (R5)");
}

TEST_CASE("a fault in a tenant's own policy keeps its place there", "[why][R4][S4]") {
    using lockbox::policy_key;
    scenario s;
    lb::change_settings closing;
    auto& rule = closing.change.policy.emplace().rules.emplace_back();
    rule.ask.push_back({policy_key::refuse, 0, {"service"}, {}, {}});
    CHECK(why(s.given(ada, closing), eve, wish()) ==
          "refused: rules[0].ask.refuse: the policy refuses: this service is closed; needs a "
          "mended command (R4)");
    rule.ask.front().names = {"nonsense"};
    const auto unknown = refusal_of(s, ada, closing);
    CHECK(unknown.rule == lockbox::rule::s4);
    CHECK(unknown.next.front().what == lockbox::deed::amend);

    const auto place = lockbox::policy_place{}.at(policy_key::rules, 0).in(policy_key::ask);
    const lb::change_settings setting{};
    const auto told = [&](const lb::actor& who, const lb::command_body& body, ground why) {
        lockbox::refusal no{why, field::duration, 0, {}};
        no.where = place;
        return sentence(lockbox::why_refused(s.state, s.command(who, body), s.now, no));
    };
    CHECK(told(ada, setting, ground::missing) ==
          "refused: rules[0].ask: `ask` is missing; needs a mended command (S4)");
    CHECK(told(ada, setting, ground::out_of_range) ==
          "refused: rules[0].ask: `ask` is out of range; needs a mended command (S4)");
    CHECK(told(ada, setting, ground::no_terms) ==
          "refused: rules[0].ask: the policy's terms and the tenant's leave nobody to ask; needs a "
          "mended command (R4)");
    CHECK(told(carl, lb::drill{wish()}, ground::no_terms) ==
          "refused: rules[0].ask: the policy's terms and the tenant's leave nobody to ask; needs "
          "`change_settings` by ada@contoso.example or carl@contoso.example (R4)");
    CHECK(told(eve, wish(), ground::bad_terms) ==
          "refused: rules[0].ask: the policy's terms cannot be met, see `ask`; needs "
          "`change_settings` by the customer (G3)");
}
