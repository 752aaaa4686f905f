// What went wrong elsewhere (THREATS): here, who asks and who decides. Proofs (T19) come later.
#include <lockbox/evolve.hpp>

#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

TEST_CASE("T1: the requester approves", "[T1][V5]") {
    scenario s;
    s.given(ada, lb::assign_role{eve.person, "global_admin", {}});
    const auto id = s.pending_at_manager();
    CHECK(s.when(lb::manager(eve.person), yes(id)) == recorded(ground::same_person));
    s.given(mia, yes(id));
    CHECK(s.when(lb::member(eve.person), yes(id)) == recorded(ground::same_person));
    CHECK(s.is_open(id));
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("T2: identity falls back to a placeholder", "[T2][V5]") {
    scenario s;
    const char* const placeholders[] = {"unknown",
                                        "Unknown",
                                        "ANONYMOUS",
                                        "null",
                                        "nil",
                                        "None",
                                        "undefined",
                                        "N/a",
                                        "",
                                        " ",
                                        "\t",
                                        "\xE2\x80\x8B",
                                        "\xEF\xBB\xBF",
                                        "eve\n",
                                        "Microsoft Operator",
                                        "microsoft operator",
                                        "CUSTOMER lockbox SERVICE",
                                        "\xFF"};
    const auto id = s.pending_at_manager();
    for (const auto* placeholder : placeholders) {
        const lb::person_id person{std::string{placeholder}};
        CHECK(s.would(lb::engineer(person), wish()) == refused(ground::malformed, field::actor));
        CHECK(s.would(lb::manager(person), yes(id)) == refused(ground::malformed, field::actor));
        CHECK(s.would(lb::member(person), lb::freeze{}) ==
              refused(ground::malformed, field::actor));
        CHECK(s.would(lb::engineer(person), lb::access{mail()}) ==
              refused(ground::malformed, field::actor));
        CHECK(s.would(ada, lb::assign_role{person, "access_approver", {}}) ==
              refused(ground::malformed, field::member));
    }
    for (const auto* name : {"unknown2", "nilly", "None of them", "n/a/b"})
        CHECK(s.would(lb::engineer(lb::person_id{std::string{name}}), wish()) ==
              emitted({"submitted"}));
}

TEST_CASE("T3: a quorum of zero opens the gate", "[T3][G3]") {
    scenario s;
    lb::change_settings none;
    none.change.approvers_needed = 0;
    CHECK(s.when(ada, none) == refused(ground::out_of_range, field::approvers_needed, 1));
    s.policy = [](const lb::tenant& t, const lb::submission& asked) -> lb::proposal {
        auto terms = lockbox::standard_terms(t.settled, asked);
        terms.gates[1].needed = 0;
        return terms;
    };
    CHECK(s.when(eve, wish()) == refused(ground::bad_terms, field::approvers_needed));
}

TEST_CASE("T4: a same-named group of another organisation approves", "[T4][V6]") {
    scenario contoso;
    scenario fabrikam{scenario::stage::unknown};
    const auto zoe = lb::member("zoe@fabrikam.example");
    auto opens = fabrikam.command(olga, lb::open_tenant{zoe.person});
    opens.tenant = "fabrikam";
    REQUIRE(fabrikam.when(opens) == emitted({"tenant_opened"}));
    const auto id = contoso.pending_at_customer();
    CHECK(contoso.when(zoe, yes(id)) == recorded(ground::not_allowed));
    CHECK(contoso.when(lb::member("global_admin"), yes(id)) == recorded(ground::not_allowed));
}

TEST_CASE("T5: what was approved changes afterwards", "[T5][V3]") {
    scenario s;
    const auto id = s.pending_at_manager();
    const auto asked = *s.open(id).asked;
    const auto terms = s.open(id).terms;
    s.given(mia, yes(id));
    s.given(bea, lb::ask{id, "may it be more?"}).given(eve, lb::answer{id, "all of it, please"});
    s.settings([](auto& c) { c.longest_access = 24h; });
    CHECK(s.open(id).asked == asked);
    CHECK(s.open(id).terms == terms);
    s.given(bea, yes(id));
    CHECK(s.just<lb::granted>().scope == asked.scope);
    CHECK(s.just<lb::granted>().until - s.just<lb::granted>().from == asked.duration);
}

TEST_CASE("T6: grants merge into more than each", "[T6][V1]") {
    scenario s;
    auto first = wish();
    first.scope.resources = {"/a"};
    first.duration = 1h;
    auto second = wish();
    second.scope = {"exchange", {"Send-Mail"}, {"/"}};
    s.active(first);
    s.active(second);
    CHECK(s.would(eve, lb::access{mail("/b")}) == no_access(ground::not_covered));
    CHECK(s.would(eve, lb::access{mail("/a")}) == emitted({"accessed"}));
    s.later(1h);  // the first is over; the second's hour does not carry it on
    CHECK(s.would(eve, lb::access{mail("/a")}) == no_access(ground::not_covered));
}

TEST_CASE("T7: approvers or rules are edited around the gate", "[T7][S3][S9]") {
    scenario s;
    s.given(ada, lb::assign_role{carl.person, "global_admin", {}});
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const auto id = s.pending_at_customer();
    s.given(bea, yes(id));
    // one member alone lowers no threshold
    lb::change_settings one;
    one.change.approvers_needed = 1;
    CHECK(s.when(ada, one) == emitted({"change_proposed"}));
    CHECK(s.when(ada, lb::agree{1}) == recorded(ground::same_person, field::proposal));
    CHECK(s.state.settled.settings.approvers_needed == 2);
    s.given(carl, lb::agree{1}).given(carl, lb::end_role{carl.person, "global_admin"});
    // neither the threshold nor the roles of a pending request follow later settings
    CHECK(s.open(id).terms->gates[1].needed == 2);
    s.given(ada, lb::define_role{"audit_reader", {permission::decide, permission::audit}});
    CHECK(s.when(amir, yes(id)) == recorded(ground::not_allowed));
    for (const auto& who : {carl, bea, eve, mia, olga})
        CHECK(s.when(who, lb::assign_role{nora.person, "access_approver", {}}) ==
              recorded(ground::not_allowed));
}

TEST_CASE("T8: the wrong party marks the check as passed", "[T8][G2]") {
    scenario s;
    const auto id = s.pending_at_manager();
    CHECK(s.when(ada, yes(id)) == recorded(ground::not_allowed));
    s.given(mia, yes(id));
    CHECK(s.when(milo, yes(id)) == recorded(ground::not_allowed));
    CHECK(s.when(olga, yes(id)) == recorded(ground::not_allowed));
    CHECK(s.when(machine, yes(id)) == recorded(ground::not_allowed));
    CHECK(s.open(id).votes.size() == 1);
}

TEST_CASE("T9: check, then write: two deciders both win", "[T9][V7]") {
    scenario s;
    const auto id = s.pending_at_customer();
    const auto approves = s.decision_on(s.command(bea, yes(id)));
    const auto denies = s.decision_on(s.command(ben, lb::deny{id, {}}));
    REQUIRE_FALSE(approves.refused);
    REQUIRE_FALSE(denies.refused);
    auto state = s.state;
    REQUIRE_FALSE(lockbox::evolve(state, denies.happened[0]));
    CHECK(lockbox::evolve(state, approves.happened[0]) == lockbox::misfit::gap);
    CHECK(state.open.empty());
    CHECK(state.grants.empty());
}

TEST_CASE("T10: access outlives its time", "[T10][V1][V11]") {
    scenario s;
    const auto id = s.active();
    const auto until = s.just<lb::granted>().until;
    s.given(mia, lb::revoke{s.active(), {}});
    s.settings([](auto& c) { c.longest_access = 24h; });
    CHECK(s.at(until - 1ms).would(eve, lb::access{mail()}) == emitted({"accessed"}));
    CHECK(s.at(until).would(eve, lb::access{mail()}) == no_access(ground::no_grant));
    CHECK(s.when(bea, lb::revoke{id, {}}) == not_open);
}

TEST_CASE("T11: the clock goes back or jumps", "[T11][K1]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.later(11h).when(nora, lb::turn_off{});  // recorded: the log has seen this hour
    s.now -= 10h;
    CHECK(s.when(bea, yes(id)) == refused(ground::clock_behind, field::instant, 5000));
    s.at(day_one + 36h);
    CHECK(s.when(bea, yes(id)) == not_open);
    s.when(nora, lb::turn_off{});
    s.at(day_one + 1h);  // a deadline that was passed stays passed
    CHECK(s.when(bea, lb::deny{id, {}}) == not_open);
}

TEST_CASE("T12: replay", "[T12][V8]") {
    scenario s;
    s.active();
    const auto reads = s.command(eve, lb::access{mail()});
    auto again = reads;
    again.id = lb::command_id{"read-1"};
    CHECK(s.when(again) == emitted({"accessed"}));
    CHECK(s.when(again) == "repeated: " + refused(ground::already_used, field::command));
    again.origin = "203.0.113.66";
    CHECK(s.later(1h).when(again) == "repeated: " + refused(ground::already_used, field::command));
}

TEST_CASE("T13: a stale role decides", "[T13][G2]") {
    scenario s;
    const auto id = s.pending_at_customer();
    const auto held = s.decision_on(s.command(bea, yes(id)));
    s.given(ada, lb::end_role{bea.person, "access_approver"});
    // what was decided on the older version does not fit the log any more
    auto state = s.state;
    CHECK(lockbox::evolve(state, held.happened[0]) == lockbox::misfit::gap);
    CHECK(s.when(bea, yes(id)) == recorded(ground::not_allowed));
}

TEST_CASE("T14: two different keys encode alike", "[T14][V8]") {
    scenario s;
    const auto digest_of = [](const auto& change) {
        auto asked = wish();
        change(asked);
        return lockbox::digest_of(asked);
    };
    const lockbox::digest digests[] = {
        digest_of([](auto& c) {
            c.scope.operations = {"ab", "c"};
        }),
        digest_of([](auto& c) {
            c.scope.operations = {"a", "bc"};
        }),
        digest_of([](auto& c) { c.scope.operations = {"abc"}; }),
        digest_of([](auto& c) { c.scope.operations = {"ab"}, c.scope.resources = {"c"}; }),
        digest_of([](auto& c) { c.support_case.tried = "xy", c.justification = "z"; }),
        digest_of([](auto& c) { c.support_case.tried = "x", c.justification = "yz"; }),
        digest_of(
            [](auto& c) { c.support_case.tried = std::string("x\0", 2), c.justification = "yz"; }),
        digest_of([](auto& c) { c.start = day_one; }),
        digest_of([](auto& c) { c.start = lb::time_point{}; }),
        digest_of([](auto&) {})};
    for (std::size_t i = 0; i < std::size(digests); ++i)
        for (std::size_t j = i + 1; j < std::size(digests); ++j)
            CHECK_FALSE(digests[i] == digests[j]);
    CHECK_FALSE(lockbox::digest_of(lb::command_body{lb::turn_on{}}) ==
                lockbox::digest_of(lb::command_body{lb::turn_off{}}));
    CHECK_FALSE(lockbox::digest_of(lb::command_body{lb::withdraw{r(1)}}) ==
                lockbox::digest_of(lb::command_body{lb::finish{r(1)}}));
}

TEST_CASE("T15: another tenant's object by id", "[T15][V6]") {
    scenario s;
    const auto id = s.active();
    auto foreign = s.command(bea, lb::revoke{id, {}});
    foreign.tenant = "fabrikam";
    const auto decided = s.decision_on(foreign);
    CHECK(decided.refused->why == ground::not_allowed);
    CHECK(decided.happened.empty());
    foreign = s.command(eve, lb::access{mail()});
    foreign.tenant = "fabrikam";
    CHECK(s.decision_on(foreign).refused->why == ground::not_allowed);
    CHECK_FALSE(s.decision_on(foreign).allowed);
    CHECK(s.decision_on(foreign).happened.empty());
}

TEST_CASE("T16: identities that look or fold alike", "[T16][V5]") {
    scenario s;
    const auto id = s.pending_at_customer();
    for (const auto* alike : {"Bea@contoso.example", "bea@contoso.example ",
                              "be\xD0\xB0@contoso.example", "bea@contoso.example.",
                              "b\xE2\x80\x8B"
                              "ea@contoso.example"})
        CHECK(s.when(lb::member(lb::person_id{std::string{alike}}), yes(id)) ==
              recorded(ground::not_allowed));
    CHECK(s.when(bea, yes(id)) == emitted({"approved", "granted"}));
    for (const auto* alike : {"Eve@provider.example", "eve@provider.example\xE2\x80\x8D"})
        CHECK(s.when(lb::engineer(lb::person_id{std::string{alike}}), lb::access{mail()}) ==
              no_access(ground::no_grant));
}
