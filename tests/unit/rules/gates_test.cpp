#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

TEST_CASE("each gate's window counts from when it opens", "[G1]") {
    scenario s;
    s.settings([](auto& c) { c.manager_window = 2h, c.customer_window = 3h; });
    const auto id = s.pending_at_manager();
    CHECK(s.open(id).over_at() == day_one + 2h);
    s.later(1h).given(mia, yes(id));
    CHECK(s.just<lb::gate_opened>().decide_by == day_one + 4h);
    CHECK(s.open(id).over_at() == day_one + 4h);
}

TEST_CASE("at the deadline it is too late, at either gate, for any decision", "[G1][G5]") {
    scenario s;
    const auto first = s.pending_at_manager();
    const auto second = s.pending_at_customer();
    const auto late = refused(ground::not_open, field::request);
    s.at(day_one + 12h - 1ms);
    CHECK(s.would(mia, yes(first)) == emitted({"approved", "gate_opened"}));
    CHECK(s.would(bea, yes(second)) == emitted({"approved", "granted"}));
    for (const auto after : {lb::duration{0}, lb::duration{1}, lb::duration{24h * 365}}) {
        s.at(day_one + 12h + after);
        CHECK(s.would(mia, yes(first)) == late);
        CHECK(s.would(mia, lb::deny{first, {}}) == late);
        CHECK(s.would(bea, yes(second)) == late);
        CHECK(s.would(bea, lb::deny{second, {}}) == late);
        CHECK(s.would(bea, lb::ask{second, "why?"}) == late);
        CHECK(s.would(eve, lb::withdraw{second}) == late);
    }
}

TEST_CASE("silence denies, whether or not anything ran at the deadline", "[G5][V12]") {
    scenario swept;
    const auto id = swept.pending_at_customer();
    scenario unswept = swept;
    CHECK(swept.later(12h).when(machine, lb::tick{}) == emitted({"expired"}));
    unswept.later(12h);
    for (auto* s : {&swept, &unswept}) {
        CHECK(s->would(bea, yes(id)) == refused(ground::not_open, field::request));
        CHECK(s->would(eve, lb::access{mail()}) == no_access(ground::no_grant));
        CHECK(s->would(eve, wish()) == emitted({"submitted"}));
    }
}

TEST_CASE("a decision needs the gate's side", "[G2][T8]") {
    scenario s;
    const auto id = s.pending_at_manager();
    for (const auto& who : {eve, olga, ada, bea, machine}) {
        CHECK(s.when(who, yes(id)) == recorded(ground::not_allowed));
        CHECK(s.when(who, lb::deny{id, {}}) == recorded(ground::not_allowed));
    }
    s.given(mia, yes(id));
    for (const auto& who : {eve, olga, mia, milo, machine, amir, nora}) {
        CHECK(s.when(who, yes(id)) == recorded(ground::not_allowed));
        CHECK(s.when(who, lb::deny{id, {}}) == recorded(ground::not_allowed));
    }
    CHECK(s.is_open(id));
}

TEST_CASE("a decision needs an asked-for role at that moment", "[G2][T13]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(ada, lb::end_role{bea.person, "access_approver"});
    CHECK(s.when(bea, yes(id)) == recorded(ground::not_allowed));
    s.given(ada, lb::assign_role{nora.person, "access_approver", s.now + 1h});
    CHECK(s.at(day_one + 1h - 1ms).would(nora, yes(id)) == emitted({"approved", "granted"}));
    CHECK(s.at(day_one + 1h).would(nora, yes(id)) == recorded(ground::not_allowed));
}

TEST_CASE("a role that was not asked for does not decide, though it permits to", "[G2][T7]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(ada, lb::define_role{"fresh", {permission::decide}});
    s.given(ada, lb::assign_role{nora.person, "fresh", {}});
    CHECK(s.when(nora, yes(id)) == recorded(ground::not_allowed));
    CHECK(s.when(nora, lb::freeze{}) == emitted({"frozen", "denied"}));
}

TEST_CASE("an asked-for role that no longer permits to decide does not", "[G2][T13]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(ada, lb::define_role{"access_approver", {permission::view}});
    CHECK(s.when(bea, yes(id)) == recorded(ground::not_allowed));
    s.given(ada, lb::assign_role{bea.person, "audit_reader", {}});
    s.given(ada, lb::define_role{"audit_reader", {permission::decide}});
    // she may decide by one role and holds the asked-for other: the two are not mixed
    CHECK(s.when(bea, yes(id)) == recorded(ground::not_allowed));
}

TEST_CASE("requester, manager and approver are three people", "[G2][V5][T1]") {
    scenario s;
    s.given(ada, lb::assign_role{eve.person, "access_approver", {}});
    s.given(ada, lb::assign_role{mia.person, "access_approver", {}});
    const auto id = s.pending_at_manager();
    CHECK(s.when(lb::manager(eve.person), yes(id)) == recorded(ground::same_person));
    CHECK(s.when(lb::manager(eve.person), lb::deny{id, {}}) == recorded(ground::same_person));
    s.given(mia, yes(id));
    CHECK(s.when(lb::member(eve.person), yes(id)) == recorded(ground::same_person));
    CHECK(s.when(lb::member(mia.person), yes(id)) == recorded(ground::same_person));
    CHECK(s.when(lb::member(mia.person), lb::deny{id, {}}) == recorded(ground::same_person));
    CHECK(s.when(bea, yes(id)) == emitted({"approved", "granted"}));
}

TEST_CASE("one vote per person and gate", "[G2][G3][T30]") {
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "global_admin", {}});
    s.settings([](auto& c) { c.managers_needed = 2, c.approvers_needed = 2; });
    const auto id = s.pending_at_manager();
    CHECK(s.when(mia, yes(id)) == emitted({"approved"}));
    CHECK(s.when(mia, yes(id)) == recorded(ground::already_voted));
    CHECK(s.when(mia, lb::deny{id, {}}) == recorded(ground::already_voted));
    CHECK(s.when(milo, yes(id)) == emitted({"approved", "gate_opened"}));
    CHECK(s.when(bea, yes(id)) == emitted({"approved"}));
    CHECK(s.when(bea, yes(id)) == recorded(ground::already_voted));
    // a second role makes no second voter
    s.given_by_two(ada, nora, lb::assign_role{bea.person, "global_admin", {}});
    CHECK(s.when(bea, yes(id)) == recorded(ground::already_voted));
    CHECK(s.when(ben, yes(id)) == emitted({"approved", "granted"}));
}

TEST_CASE("a gate opens at its threshold, and not one before", "[G3]") {
    for (std::uint32_t needed = 1; needed <= 4; ++needed) {
        scenario s;
        if (needed > 1) s.settings([&](auto& c) { c.approvers_needed = needed; });
        const auto id = s.pending_at_customer();
        const lb::actor voters[] = {ada, carl, bea, ben};
        for (std::uint32_t n = 1; n < needed; ++n)
            CHECK(s.when(voters[n - 1], yes(id)) == emitted({"approved"}));
        CHECK(s.when(voters[needed - 1], yes(id)) == emitted({"approved", "granted"}));
    }
}

TEST_CASE("one denial closes, whatever was voted before", "[G3][G6]") {
    scenario s;
    s.settings([](auto& c) { c.approvers_needed = 3; });
    const auto id = s.pending_at_customer();
    s.given(ada, yes(id)).given(bea, yes(id));
    CHECK(s.when(ben, lb::deny{id, "no"}) == emitted({"denied"}));
    const auto& e = s.just<lb::denied>();
    CHECK(e.gate == 1);
    CHECK(e.cause == cause::person);
    CHECK(e.comment == "no");
    CHECK(s.when(carl, yes(id)) == refused(ground::not_open, field::request));
}

TEST_CASE("a tenant's vote counts only while its caster holds the role", "[G3][T13]") {
    scenario s;
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const auto id = s.pending_at_customer();
    s.given(bea, yes(id));
    s.given(ada, lb::end_role{bea.person, "access_approver"});
    CHECK(s.when(ben, yes(id)) == emitted({"approved"}));  // hers is gone
    CHECK(s.when(carl, yes(id)) == emitted({"approved", "granted"}));
}

TEST_CASE("a vote counts again when the role comes back, and not past its end", "[G3]") {
    scenario s;
    s.given(ada, lb::define_role{"roles_only", {permission::assign_roles}});
    s.given(ada, lb::assign_role{amir.person, "roles_only", {}});
    s.given(ada, lb::assign_role{nora.person, "access_approver", day_one + 1h});
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const auto id = s.pending_at_customer();
    s.given(nora, yes(id));
    CHECK(s.at(day_one + 1h - 1ms).would(ben, yes(id)) == emitted({"approved", "granted"}));
    CHECK(s.at(day_one + 1h).would(ben, yes(id)) == emitted({"approved"}));
    s.given_by_two(ada, amir, lb::assign_role{nora.person, "access_approver", {}});
    CHECK(s.would(ben, yes(id)) == emitted({"approved", "granted"}));
}

TEST_CASE("a manager's vote counts as it was cast", "[G3]") {
    scenario s;
    s.settings([](auto& c) { c.managers_needed = 2; });
    const auto id = s.pending_at_manager();
    s.given(mia, yes(id));
    CHECK(s.later(11h).when(milo, yes(id)) == emitted({"approved", "gate_opened"}));
}

TEST_CASE("the customer asks, the engineer answers, ten times at the most", "[G4]") {
    scenario s;
    const auto id = s.pending_at_customer();
    CHECK(s.when(eve, lb::answer{id, "so"}) == refused(ground::no_question));
    for (int round = 0; round < 10; ++round) {
        CHECK(s.when(bea, lb::ask{id, "why?"}) == emitted({"asked"}));
        CHECK(s.when(ben, lb::ask{id, "and how?"}) == refused(ground::question_open));
        CHECK(s.when(emil, lb::answer{id, "so"}) == recorded(ground::not_allowed));
        CHECK(s.when(eve, lb::answer{id, "\xE2\x80\x8B"}) ==
              refused(ground::missing, field::answer));
        CHECK(s.when(eve, lb::answer{id, "so"}) == emitted({"answered"}));
    }
    CHECK(s.when(bea, lb::ask{id, "why?"}) == refused(ground::out_of_range, field::question, 10));
    CHECK(s.when(bea, yes(id)) == emitted({"approved", "granted"}));
}

TEST_CASE("a question says something", "[G4][R9]") {
    scenario s;
    const auto id = s.pending_at_customer();
    CHECK(s.when(bea, lb::ask{id, " "}) == refused(ground::missing, field::question));
    CHECK(s.when(bea, lb::ask{id, std::string(4097, 'x')}) ==
          refused(ground::too_long, field::question, 4096));
    CHECK(s.when(bea, lb::ask{id, "\xFF"}) == refused(ground::malformed, field::question));
}

TEST_CASE("asking stops, restarts and extends no window, and holds no decision up", "[G4]") {
    scenario s;
    const auto id = s.pending_at_customer();
    const auto over = s.open(id).over_at();
    s.later(1h).given(bea, lb::ask{id, "why?"});
    CHECK(s.open(id).over_at() == over);
    CHECK(s.would(ben, yes(id)) == emitted({"approved", "granted"}));
    CHECK(s.would(ben, lb::deny{id, {}}) == emitted({"denied"}));
    s.later(1h).given(eve, lb::answer{id, "so"});
    CHECK(s.open(id).over_at() == over);
    s.given(bea, lb::ask{id, "and?"});
    CHECK(s.at(over).when(eve, lb::answer{id, "so"}) == refused(ground::not_open, field::request));
    CHECK(s.when(machine, lb::tick{}) == emitted({"expired"}));
}

TEST_CASE("managers do not ask", "[G4][S10]") {
    scenario s;
    const auto id = s.pending_at_manager();
    for (const auto& who : {mia, bea})
        CHECK(s.when(who, lb::ask{id, "why?"}) == recorded(ground::not_allowed));
}

TEST_CASE("terms may require a comment with each decision", "[G4]") {
    scenario s;
    s.settings([](auto& c) { c.comment_required = true; });
    const auto id = s.pending_at_manager();
    const auto wordless = refused(ground::comment_required, field::comment);
    for (const auto* blank : {"", " ", "\xE2\x81\xA0"}) {
        CHECK(s.when(mia, lb::approve{id, blank, {}}) == wordless);
        CHECK(s.when(mia, lb::deny{id, blank}) == wordless);
    }
    CHECK(s.when(mia, lb::approve{id, "seen", {}}) == emitted({"approved", "gate_opened"}));
    CHECK(s.said<lb::approved>().comment == "seen");
    CHECK(s.when(bea, yes(id)) == wordless);
    CHECK(s.when(bea, lb::deny{id, "no"}) == emitted({"denied"}));
}

TEST_CASE("a decision is final: nobody overrides it", "[G6][V7]") {
    scenario s;
    const auto id = s.pending_at_customer();
    s.given(bea, lb::deny{id, {}});
    const auto closed = refused(ground::not_open, field::request);
    for (const auto& who : {ada, carl, ben, mia, milo}) {
        CHECK(s.when(who, yes(id)) == closed);
        CHECK(s.when(who, lb::deny{id, {}}) == closed);
        CHECK(s.when(who, lb::revoke{id, {}}) == closed);
    }
    for (const auto& who : {olga, machine, eve})
        CHECK(s.when(who, yes(id)) == recorded(ground::not_allowed));
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("who approved may still ask, and votes no more", "[G4][G2]") {
    scenario s;
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const auto id = s.pending_at_customer();
    s.given(bea, yes(id));
    CHECK(s.when(bea, lb::ask{id, "which mailbox?"}) == emitted({"asked"}));
    CHECK(s.would(bea, yes(id)) == recorded(ground::already_voted));
    CHECK(s.would(bea, lb::deny{id, {}}) == recorded(ground::already_voted));
}

TEST_CASE("who decided as a manager is not told as an approver", "[N1][V5]") {
    scenario s;
    const auto both = lb::manager(ada.person);
    const auto id = s.pending_at_manager();
    s.given(both, yes(id));
    CHECK(s.just<lb::gate_opened>().decide_by == day_one + 12h);
    CHECK(s.told(1).find("approver " + std::string{ada.person.text()}) == std::string::npos);
    CHECK(s.told(1).find("approver " + std::string{bea.person.text()}) != std::string::npos);
    s.given(bea, yes(id));
    CHECK(s.told(1).find("approver " + std::string{ada.person.text()}) == std::string::npos);
    CHECK(s.told(1).find("manager " + std::string{ada.person.text()}) != std::string::npos);
}

TEST_CASE("a refused drill is recorded with its case", "[L1][S11]") {
    scenario s;
    CHECK(s.when(bea, lb::drill{wish()}) == recorded(ground::not_allowed));
    CHECK(s.log.back().case_number == wish().support_case.number);
}
