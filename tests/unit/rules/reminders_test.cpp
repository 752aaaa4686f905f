// Reminders of a gate that waits, and the escalation to a second list (N4).
#include "support/scenario.hpp"

#include <lockbox/evolve.hpp>
#include <lockbox/inspect.hpp>

#include "support/catch.hpp"

using namespace support;
using stage = scenario::stage;

namespace {

using durations = std::vector<lb::duration>;
using addresses = std::vector<std::string>;

const std::string all_approvers =
    "approver ada@contoso.example, approver bea@contoso.example, "
    "approver ben@contoso.example, approver carl@contoso.example";

/// A tenant that is on and has these reminders; the windows are of 12 hours.
scenario reminding(durations before, lb::escalation second = {}) {
    scenario s;
    s.settings([&](auto& c) { c.reminders = before, c.escalation = second; });
    return s;
}

std::string tick_at(scenario& s, lb::time_point when) {
    return s.at(when).when(machine, lb::tick{});
}

bool finds_short_window(const scenario& s, std::string_view about) {
    for (const auto& one : lockbox::inspect(s.state, s.now))
        if (one.what == lockbox::fault_found::window_too_short && one.about == about)
            return one.severity == lockbox::severity::warning;
    return false;
}

}  // namespace

TEST_CASE("reminders are few, different and within bounds, and so is the escalation",
          "[N4][S4][R9]") {
    const scenario s;
    CHECK(s.state.settled.settings.reminders.empty());
    CHECK(s.state.settled.settings.escalation.recipients.empty());
    const auto reminders = [&](const durations& before) {
        lb::change_settings c;
        c.change.reminders = before;
        return s.would(ada, c);
    };
    const auto escalation = [&](lb::duration before, const addresses& to) {
        lb::change_settings c;
        c.change.escalation = lb::escalation{before, to};
        return s.would(ada, c);
    };
    const auto changed = emitted({"settings_changed"});
    CHECK(reminders({1min, 2min, 1h, 24h, 14 * 24h}) == changed);
    CHECK(reminders({1min, 2min, 3min, 4min, 5min, 6min}) ==
          refused(ground::too_long, field::reminders, 5));
    CHECK(reminders({1h, 1min - 1ms}) == refused(ground::out_of_range, field::reminders, 60'000));
    CHECK(reminders({14 * 24h + 1ms}) ==
          refused(ground::out_of_range, field::reminders, 14 * 86'400'000LL));
    CHECK(reminders({lb::duration::min()}) ==
          refused(ground::out_of_range, field::reminders, 60'000));
    CHECK(reminders({1h, 2h, 1h}) == refused(ground::malformed, field::reminders));
    CHECK(escalation(1min, {"boss@contoso.example"}) == changed);
    CHECK(escalation(0min, {"boss@contoso.example"}) ==
          refused(ground::out_of_range, field::escalation, 60'000));
    CHECK(escalation(lb::duration::max(), {}) ==
          refused(ground::out_of_range, field::escalation, 14 * 86'400'000LL));
    CHECK(escalation(1h, {"boss@contoso.example", "no address"}) ==
          refused(ground::malformed, field::escalation));
    CHECK(escalation(1h, addresses(11, "boss@contoso.example")) ==
          refused(ground::too_long, field::escalation, 10));
}

TEST_CASE("a reminder is recorded when it is due, not before, and once", "[N4][K2]") {
    auto s = reminding({2h, 30min});
    s.settings([](auto& c) { c.recipients = addresses{"soc@contoso.example"}; });
    const auto id = s.pending_at_customer();
    CHECK(tick_at(s, day_one + 10h - 1ms).empty());
    CHECK(tick_at(s, day_one + 10h) == emitted({"reminded"}));
    CHECK(s.last.happened[0].request == id);
    CHECK(s.just<lb::reminded>() == lb::reminded{1, day_one + 10h, day_one + 12h, false});
    CHECK(s.told() == all_approvers + ", recipient soc@contoso.example");
    CHECK(tick_at(s, day_one + 10h).empty());
    CHECK(tick_at(s, day_one + 11h + 29min).empty());
    CHECK(tick_at(s, day_one + 11h + 45min) == emitted({"reminded"}));
    CHECK(s.just<lb::reminded>().since == day_one + 11h + 30min);
    CHECK(tick_at(s, day_one + 12h - 1ms).empty());
    CHECK(tick_at(s, day_one + 12h) == emitted({"expired"}));
}

TEST_CASE("at the manager's gate its desk is reminded, and no second list", "[N4]") {
    auto s = reminding({1h}, {2h, {"boss@contoso.example"}});
    s.pending_at_manager();
    CHECK(tick_at(s, day_one + 10h).empty());
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    CHECK(s.just<lb::reminded>() == lb::reminded{0, day_one + 11h, day_one + 12h, false});
    CHECK(s.told() == "manager_desk");
    s.given(mia, lb::approve{r(1), {}, {}});
    CHECK(tick_at(s, day_one + 21h) == emitted({"reminded"}));  // the next gate has its own
    CHECK(s.just<lb::reminded>().escalated);
}

TEST_CASE("an escalation tells the second list besides, and nobody twice", "[N4]") {
    auto s = reminding({}, {1h, {"soc@contoso.example", "boss@contoso.example"}});
    s.settings([](auto& c) { c.recipients = addresses{"soc@contoso.example"}; });
    s.pending_at_customer();
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    CHECK(s.just<lb::reminded>().escalated);
    CHECK(s.told() ==
          all_approvers + ", recipient soc@contoso.example, recipient boss@contoso.example");
    CHECK(tick_at(s, day_one + 11h + 30min).empty());
}

TEST_CASE("who has voted is not reminded, at whichever gate", "[N4][N1]") {
    auto s = reminding({1h});
    s.given(ada, lb::assign_role{lb::person_id{mia.person}, "access_approver", {}});
    s.given(ada, lb::assign_role{lb::person_id{eve.person}, "access_approver", {}});
    s.settings([](auto& c) { c.approvers_needed = 3; });
    const auto id = s.pending_at_customer();  // mia has let it pass, eve asks
    s.given(bea, lb::approve{id, {}, {}});
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    CHECK(s.told() ==
          "approver ada@contoso.example, approver ben@contoso.example, "
          "approver carl@contoso.example");
}

TEST_CASE("one event stands for all reminders that are overdue, and loses no escalation",
          "[N4][K2]") {
    auto s = reminding({8h, 4h, 1h}, {2h, {"boss@contoso.example"}});
    const auto id = s.pending_at_customer();
    CHECK(tick_at(s, day_one + 9h) == emitted({"reminded"}));  // of those 8 and 4 hours before
    CHECK(s.just<lb::reminded>() == lb::reminded{1, day_one + 8h, day_one + 12h, false});
    CHECK(tick_at(s, day_one + 11h + 30min) == emitted({"reminded"}));
    CHECK(s.just<lb::reminded>() == lb::reminded{1, day_one + 11h, day_one + 12h, true});
    CHECK(s.told() == all_approvers + ", recipient boss@contoso.example");
    CHECK(tick_at(s, day_one + 12h - 1ms).empty());
    CHECK(s.is_open(id));
}

TEST_CASE("past the deadline only the expiry is recorded", "[N4][G5]") {
    auto s = reminding({8h, 4h}, {1h, {"boss@contoso.example"}});
    s.pending_at_customer();
    s.pending_at_manager();
    CHECK(tick_at(s, day_one + 12h) == emitted({"expired", "expired"}));
}

TEST_CASE("a reminder and an escalation at one instant are one", "[N4]") {
    auto s = reminding({1h}, {1h, {"boss@contoso.example"}});
    s.pending_at_customer();
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    CHECK(s.just<lb::reminded>().escalated);
    CHECK(tick_at(s, day_one + 11h).empty());
}

TEST_CASE("what has become due is recorded in the order in which it did", "[N4][K2]") {
    auto s = reminding({2h});
    s.active();               // 1: over at +2h
    s.pending_at_customer();  // 2: a reminder at +10h
    s.pending_at_manager();   // 3: the same, after it
    s.settings([](auto& c) { c.manager_window = 9h; });
    s.pending_at_manager();  // 4: over at +9h, without a word before
    CHECK(tick_at(s, day_one + 11h) == emitted({"ended", "expired", "reminded", "reminded"}));
    CHECK(s.last.happened[1].request == r(4));
    CHECK(s.last.happened[2].request == r(2));
    CHECK(s.last.happened[3].request == r(3));
    for (const auto& event : s.last.happened) CHECK(event.at == day_one + 11h);
}

TEST_CASE("a reminder that would not come after the gate has opened never comes", "[N4][S7]") {
    auto s = reminding({12h, 13h, 14 * 24h}, {12h, {"boss@contoso.example"}});
    const auto id = s.pending_at_customer();
    CHECK(s.open(id).due_at() == day_one + 12h);
    CHECK(tick_at(s, day_one + 12h - 1ms).empty());
    auto just = reminding({12h - 1ms});
    just.pending_at_customer();
    CHECK(tick_at(just, day_one + 1ms) == emitted({"reminded"}));
}

TEST_CASE("a window too short for its reminders is a finding", "[N4][S7]") {
    auto s = reminding({12h - 1ms, 1h}, {12h - 1ms, {"boss@contoso.example"}});
    CHECK_FALSE(finds_short_window(s, "manager_window"));
    CHECK_FALSE(finds_short_window(s, "customer_window"));
    s.settings([](auto& c) { c.manager_window = 1h; });
    CHECK(finds_short_window(s, "manager_window"));
    CHECK_FALSE(finds_short_window(s, "customer_window"));
    s.settings([](auto& c) { c.reminders = durations{30min}, c.escalation = {12h, {"b@c.d"}}; });
    CHECK_FALSE(finds_short_window(s, "manager_window"));  // nothing is escalated there
    CHECK(finds_short_window(s, "customer_window"));
    s.settings([](auto& c) { c.escalation = {12h, {}}; });
    CHECK_FALSE(finds_short_window(s, "customer_window"));
}

TEST_CASE("a question that waits for its answer stops no reminder", "[N4][G4]") {
    auto s = reminding({1h});
    const auto id = s.pending_at_customer();
    s.given(bea, lb::ask{id, "why?"});
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    CHECK(s.given(eve, lb::answer{id, "so"}).told() == all_approvers);
}

TEST_CASE("a gate keeps the reminders that it opened with", "[N4]") {
    auto s = reminding({2h});
    s.pending_at_manager();
    s.settings([](auto& c) { c.reminders = durations{3h}; });
    CHECK(tick_at(s, day_one + 9h).empty());
    CHECK(tick_at(s, day_one + 10h) == emitted({"reminded"}));
    s.given(mia, lb::approve{r(1), {}, {}});  // and the next one gets those of now
    CHECK(s.open(r(1)).due_at() == day_one + 19h);
}

TEST_CASE("an escalation tells the second list as it is then", "[N4]") {
    auto s = reminding({}, {1h, {"old@contoso.example"}});
    s.pending_at_customer();
    s.settings([](auto& c) { c.escalation = lb::escalation{3h, {"new@contoso.example"}}; });
    CHECK(tick_at(s, day_one + 10h).empty());
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    CHECK(s.told() == all_approvers + ", recipient new@contoso.example");
}

TEST_CASE("an earlier deadline brings its reminders forward", "[N4][S5]") {
    scenario s{stage::off};
    s.settings([](auto& c) { c.reminders = durations{2h, 1h, 30min}; });
    const auto id = s.pending_at_manager();
    CHECK(s.open(id).due_at() == day_one + 10h);
    s.settings([](auto& c) { c.manager_window = 2h; });
    s.later(15min).given(ada, lb::turn_on{});  // over at +2h now: the first would come at once
    CHECK(s.just<lb::terms_tightened>().decide_by == day_one + 2h);
    CHECK(s.open(id).due_at() == day_one + 1h);
    CHECK(tick_at(s, day_one + 1h) == emitted({"reminded"}));
    CHECK(s.just<lb::reminded>() == lb::reminded{0, day_one + 1h, day_one + 2h, false});
    CHECK(tick_at(s, day_one + 1h + 30min) == emitted({"reminded"}));
    CHECK(tick_at(s, day_one + 2h) == emitted({"expired"}));
}

TEST_CASE("a drill is reminded of like a request", "[N4][S11]") {
    auto s = reminding({1h});
    const auto id = s.drilling();
    CHECK(tick_at(s, day_one + 11h) == emitted({"reminded"}));
    s.given(mia, lb::approve{id, {}, {}});
    CHECK(tick_at(s, day_one + 22h) == emitted({"reminded"}));
    CHECK(s.told().find("carl") == std::string::npos);  // whose drill it is
}

TEST_CASE("a reminder moves nothing", "[N4][V12]") {
    auto s = reminding({2h, 1h});
    const auto id = s.pending_at_customer();
    s.given(bea, lb::ask{id, "why?"});
    auto unswept = s;
    for (const auto when : {day_one + 10h, day_one + 11h}) (void)tick_at(s, when);
    auto before = unswept.open(id);
    before.stage.get_if<lockbox::pending<lb::vocabulary>>()->skip(s.now);
    CHECK(s.open(id) == before);
    for (auto* one : {&s, &unswept}) {
        one->at(day_one + 12h - 1ms);
        CHECK(one->would(bea, lb::approve{id, {}, {}}) == emitted({"approved", "granted"}));
        one->at(day_one + 12h);
        CHECK(one->would(bea, lb::approve{id, {}, {}}) ==
              refused(ground::not_open, field::request));
    }
}

TEST_CASE("only a tick reminds", "[N4][K2]") {
    auto s = reminding({2h});
    const auto id = s.pending_at_customer();
    s.at(day_one + 11h);
    CHECK(s.when(bea, lb::ask{id, "why?"}) == emitted({"asked"}));
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
    CHECK(s.when(eve, lb::tick{}) == recorded(ground::not_allowed));
    CHECK(s.when(bea, lb::approve{id, {}, {}}) == emitted({"approved", "granted"}));
    CHECK(s.when(machine, lb::tick{}).empty());
}

TEST_CASE("a log that reminds of nothing is none of ours", "[N4][V14]") {
    auto s = reminding({2h});
    const auto id = s.pending_at_customer();
    s.at(day_one + 10h);
    auto event = s.decision_on(s.command(machine, lb::tick{})).happened[0];
    const auto fits = [&](const lb::reminded& body) {
        auto state = s.state;
        event.body = lb::event_body{body};
        const auto why = lockbox::evolve(state, event);
        if (why) CHECK(state == s.state);
        return why;
    };
    CHECK(fits({0, day_one + 10h, day_one + 12h, false}) == lockbox::misfit::wrong_gate);
    CHECK(fits({1, day_one + 10h - 1ms, day_one + 12h, false}) == lockbox::misfit::no_reminder);
    CHECK_FALSE(fits({1, day_one + 10h, day_one + 12h, false}));
    CHECK_FALSE(tick_at(s, day_one + 10h).empty());
    event.sequence = s.state.sequence + 1;
    CHECK(fits({1, day_one + 11h, day_one + 12h, false}) == lockbox::misfit::no_reminder);
    s.given(bea, lb::approve{id, {}, {}});
    event.sequence = s.state.sequence + 1;
    CHECK(fits({1, day_one + 11h, day_one + 12h, false}) == lockbox::misfit::wrong_stage);
}

TEST_CASE("a new second list forgets which addresses bounced", "[N4][N3]") {
    auto s = reminding({}, {1h, {"old@contoso.example"}});
    s.given(machine, lb::record_undeliverable{1, 0, "old@contoso.example"});
    s.settings([](auto& c) { c.escalation = lb::escalation{2h, {"old@contoso.example"}}; });
    CHECK(s.state.settled.undeliverable.size() == 1);
    s.settings([](auto& c) { c.escalation = lb::escalation{2h, {"new@contoso.example"}}; });
    CHECK(s.state.settled.undeliverable.empty());
}
