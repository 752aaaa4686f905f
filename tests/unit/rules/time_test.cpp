#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

/// One request at each stage, and the log's last instant at `day_one`.
struct busy : scenario {
    lb::request_id at_manager, at_customer, with_question, with_access;
    busy()
        : at_manager(pending_at_manager()),
          at_customer(pending_at_customer()),
          with_question(pending_at_customer()),
          with_access(active()) {
        given(bea, lb::ask{with_question, "why?"});
    }
};

const auto late_clock = refused(ground::clock_behind, field::instant, 5000);

}  // namespace

TEST_CASE("a command's instant never lies before the log's last", "[K1][T11]") {
    scenario s;
    s.later(1h).given(eve, wish());
    s.at(day_one + 1h - 4s);
    CHECK(s.when(mia, lb::approve{r(1), {}, {}}) == emitted({"approved", "gate_opened"}));
    for (const auto& event : s.last.happened) CHECK(event.at == day_one + 1h);
    CHECK(s.just<lb::gate_opened>().decide_by == day_one + 13h);
    s.later(10s).given(bea, lb::approve{r(1), {}, {}});
    CHECK(s.log.back().at == day_one + 1h + 6s);
}

TEST_CASE("a clock more than five seconds behind opens and allows nothing", "[K1][T11]") {
    busy s;
    const lb::time_point last = s.state.last;
    s.given(ada, lb::set_audit_visibility{true});
    const std::pair<lb::actor, lb::command_body> opening[] = {
        {eve, wish()},
        {carl, lb::drill{wish()}},
        {mia, lb::approve{s.at_manager, {}, {}}},
        {bea, lb::approve{s.at_customer, {}, {}}},
        {ada, lb::turn_off{}},
        {ada, lb::define_role{"helper", {}}},
        {ada, lb::assign_role{nora.person, "audit_reader", {}}},
        {ada, lb::lift_freeze{}},
        {ada, lb::set_audit_visibility{false}}};
    lb::change_settings change;
    change.change.manager_window = 1h;
    for (const auto behind : {lb::duration{5001}, lb::duration{24h}}) {
        s.at(last - behind);
        for (const auto& [who, body] : opening) CHECK(s.would(who, body) == late_clock);
        CHECK(s.would(ada, change) == late_clock);
        CHECK(s.would(eve, lb::access{mail()}) ==
              no_access(ground::clock_behind, field::instant, 5000));
    }
    for (const auto behind : {lb::duration{0}, lb::duration{5000}}) {
        s.at(last - behind);
        for (const auto& [who, body] : opening) CHECK_FALSE(s.would(who, body) == late_clock);
        CHECK(s.would(eve, lb::access{mail()}) == emitted({"accessed"}));
    }
}

TEST_CASE("a clock behind stops nothing that closes", "[K1][T11]") {
    busy s;
    s.at(day_one - 24h);
    CHECK(s.would(mia, lb::deny{s.at_manager, {}}) == emitted({"denied"}));
    CHECK(s.would(bea, lb::deny{s.at_customer, {}}) == emitted({"denied"}));
    CHECK(s.would(bea, lb::revoke{s.with_access, {}}) == emitted({"revoked"}));
    CHECK(s.would(eve, lb::finish{s.with_access}) == emitted({"finished"}));
    CHECK(s.would(eve, lb::withdraw{s.at_manager}) == emitted({"withdrawn"}));
    CHECK(s.would(eve, lb::answer{s.with_question, "so"}) == emitted({"answered"}));
    CHECK(s.would(bea, lb::ask{s.at_customer, "why?"}) == emitted({"asked"}));
    CHECK(s.would(bea, lb::freeze{}) ==
          emitted({"frozen", "denied", "denied", "denied", "revoked"}));
    CHECK(s.would(mia, lb::close_case{"CASE-7"}) ==
          emitted({"case_closed", "withdrawn", "withdrawn", "withdrawn", "revoked"}));
    CHECK(s.would(machine, lb::tick{}).empty());
    CHECK(s.would(ada, lb::end_role{bea.person, "access_approver"}) == emitted({"role_ended"}));
    CHECK(s.would(ada, lb::set_audit_visibility{true}) == emitted({"audit_visibility_changed"}));
    s.when(bea, lb::freeze{});
    for (const auto& event : s.last.happened) CHECK(event.at == day_one);
}

TEST_CASE("how far a clock may lie behind is a setting", "[K1]") {
    scenario s;
    s.limits([](auto& l) { l.clock_tolerance = 0ms; });
    CHECK(s.at(day_one - 1ms).would(eve, wish()) == refused(ground::clock_behind, field::instant));
    CHECK(s.at(day_one).would(eve, wish()) == emitted({"submitted"}));
    s.limits([](auto& l) { l.clock_tolerance = 5min; });
    CHECK(s.at(day_one - 5min).would(eve, wish()) == emitted({"submitted"}));
    CHECK(s.at(day_one - 5min - 1ms).would(eve, wish()) ==
          refused(ground::clock_behind, field::instant, 300'000));
}

TEST_CASE("a clock that goes back and on again gives access no longer than before",
          "[K1][V12][T11]") {
    scenario s;
    s.active();
    s.at(day_one + 2h).given(machine, lb::tick{});
    s.at(day_one + 1h);
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::clock_behind, field::instant, 5000));
    scenario unswept;
    unswept.active();
    unswept.at(day_one + 2h)
        .when(eve, lb::access{mail()});  // refused, and recorded at that instant
    unswept.at(day_one + 2h - 3s);
    CHECK(unswept.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("instants at the edges of the type, and of the calendar, are malformed", "[K1][R2]") {
    using namespace std::chrono;
    scenario s{scenario::stage::unknown};
    const auto opens = [&](lb::time_point at) {
        return s.at(at).would(olga, lb::open_tenant{ada.person});
    };
    const auto bad = refused(ground::malformed, field::instant);
    CHECK(opens(lb::time_point::min()) == bad);
    CHECK(opens(lb::time_point::max()) == bad);
    CHECK(opens(sys_days{year{1} / 1 / 1} - 1ms) == bad);
    CHECK(opens(sys_days{year{1} / 1 / 1}) == emitted({"tenant_opened"}));
    CHECK(opens(sys_days{year{0} / 6 / 1}) == bad);
    CHECK(opens(sys_days{year{9999} / 1 / 1} - 1ms) == emitted({"tenant_opened"}));
    CHECK(opens(sys_days{year{9999} / 1 / 1}) == bad);
    CHECK(opens(sys_days{year{-1} / 1 / 1}) == bad);
}

TEST_CASE("the whole life of a request fits at either end of the calendar", "[K1][R2]") {
    using namespace std::chrono;
    for (const lb::time_point now : {lb::time_point{sys_days{year{1} / 1 / 1}},
                                     lb::time_point{sys_days{year{9999} / 1 / 1} - 1ms}}) {
        scenario s{scenario::stage::unknown};
        s.at(now).given(olga, lb::open_tenant{ada.person});
        s.given(olga, lb::record_entitlement{{true, true}}).given(ada, lb::turn_on{});
        s.settings([](auto& c) { c.manager_window = 24h * 14, c.customer_window = 24h * 14; });
        auto asked = wish();
        if (now.time_since_epoch().count() < 0) asked.start = now + 24h * 7;
        s.given(eve, asked)
            .given(mia, lb::approve{r(1), {}, {}})
            .given(ada, lb::approve{r(1), {}, {}});
        CHECK(s.just<lb::granted>().until > now);
    }
}

TEST_CASE("a tick records what time made true, in the order in which it did", "[K2]") {
    scenario s;
    s.settings([](auto& c) { c.manager_window = 3h; });
    s.pending_at_manager();            // 1: over at +3h
    s.active();                        // 2: over at +2h
    s.pending_at_manager();            // 3: over at +3h, with 1
    s.later(1h).pending_at_manager();  // 4: over at +4h
    s.at(day_one + 3h + 30min);
    CHECK(s.when(machine, lb::tick{}) == emitted({"ended", "expired", "expired"}));
    CHECK(s.last.happened[0].request == r(2));
    CHECK(s.last.happened[1].request == r(1));
    CHECK(s.last.happened[2].request == r(3));
    CHECK(s.said<lb::ended>().since == day_one + 2h);
    CHECK(s.said<lb::expired>(1).since == day_one + 3h);
    for (const auto& event : s.last.happened) CHECK(event.at == day_one + 3h + 30min);
    CHECK(s.when(machine, lb::tick{}).empty());
}

TEST_CASE("a tick records at the deadline, not before, and nothing is no refusal", "[K2]") {
    scenario s;
    s.pending_at_manager();
    CHECK(s.at(day_one + 12h - 1ms).when(machine, lb::tick{}).empty());
    CHECK_FALSE(s.last.refused);
    CHECK(s.at(day_one + 12h).when(machine, lb::tick{}) == emitted({"expired"}));
}

TEST_CASE("only a tick records what time made true", "[K2]") {
    busy s;
    s.at(day_one + 24h);
    const std::pair<lb::actor, lb::command_body> others[] = {{eve, wish()},
                                                             {bea, lb::freeze{}},
                                                             {ada, lb::turn_off{}},
                                                             {ada, lb::turn_on{}},
                                                             {eve, lb::access{mail()}},
                                                             {mia, lb::close_case{"CASE-7"}},
                                                             {carl, lb::drill{wish()}}};
    for (const auto& [who, body] : others) {
        s.when(who, body);
        for (const auto& event : s.last.happened) {
            CHECK_FALSE(event.body.is<lb::expired>());
            CHECK_FALSE(event.body.is<lb::ended>());
        }
    }
}

TEST_CASE("overdue, closed and unknown requests are refused alike", "[K2][T22]") {
    busy s;
    s.given(eve, lb::withdraw{s.at_manager});
    s.at(day_one + 24h);
    for (const auto& id : {s.at_manager, s.at_customer, s.with_question, s.with_access, r(99),
                           lb::request_id{"no such request"}}) {
        for (const auto& who : {mia, bea}) {
            CHECK(s.would(who, lb::approve{id, {}, {}}) == not_open);
            CHECK(s.would(who, lb::deny{id, {}}) == not_open);
            CHECK(s.would(who, lb::revoke{id, {}}) == not_open);
        }
        CHECK(s.would(bea, lb::ask{id, "why?"}) == not_open);
        for (const auto& who : {eve, emil}) {
            CHECK(s.would(who, lb::answer{id, "so"}) == not_open);
            CHECK(s.would(who, lb::withdraw{id}) == not_open);
            CHECK(s.would(who, lb::finish{id}) == not_open);
        }
    }
}
