// What is recorded of commands, and how much of refusals (L1, V8).
#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

const auto not_allowed = recorded(ground::not_allowed);
const auto unrecorded = refused(ground::not_allowed);
const auto throttles = recorded(ground::not_allowed, field::none, 0, "throttled");

/// Refused n times for lack of authority.
void refuse(scenario& s, int n, const lb::actor& who = nora) {
    for (int i = 0; i < n; ++i) REQUIRE(s.when(who, lb::turn_off{}) == not_allowed);
}

}  // namespace

TEST_CASE("every event tells who, when, from where, by which command, on what", "[L1]") {
    scenario s;
    s.later(1h).pending_at_manager();
    auto command = s.command(mia, lb::approve{r(1), "fine", {}});
    command.origin = "2001:db8::7";
    command.id = lb::command_id{"c-77"};
    s.later(1h).when(command);
    REQUIRE(s.last.happened.size() == 2);
    for (const auto& event : s.last.happened) {
        CHECK(event.tenant == lb::tenant_id{"contoso"});
        CHECK(event.at == day_one + 2h);
        CHECK(event.actor == mia);
        CHECK(event.origin == "2001:db8::7");
        CHECK(event.command == lb::command_id{"c-77"});
        CHECK(event.content == lockbox::digest_of(command.body));
        CHECK(event.request == r(1));
        CHECK(event.case_number == lb::case_id{"CASE-7"});
    }
    CHECK(s.last.happened[1].sequence == s.last.happened[0].sequence + 1);
}

TEST_CASE("a command refused for lack of authority is recorded, with its outcome", "[L1]") {
    scenario s;
    CHECK(s.when(eve, lb::turn_off{}) == not_allowed);
    CHECK(s.just<lb::refused>().command == "turn_off");
    CHECK(s.just<lb::refused>().refusal.why == ground::not_allowed);
    CHECK(s.log.back().actor == eve);
    const auto id = s.pending_at_customer();
    CHECK(s.when(mia, lb::approve{id, {}, {}}) == not_allowed);
    CHECK(s.just<lb::refused>().command == "approve");
    CHECK(s.log.back().request == id);
    CHECK(s.log.back().case_number == lb::case_id{"CASE-7"});
    CHECK(s.when(nora, lb::approve{r(99), {}, {}}) == not_allowed);
    CHECK(s.log.back().request == r(99));
    CHECK_FALSE(s.log.back().case_number);
    for (const auto& body :
         {lb::command_body{lb::close_case{"CASE-7"}}, lb::command_body{wish()}}) {
        CHECK(s.when(amir, body) == not_allowed);
        CHECK(s.log.back().case_number == lb::case_id{"CASE-7"});
    }
}

TEST_CASE("lack of distinctness and of reach is lack of authority", "[L1]") {
    scenario s;
    s.settings([](auto& c) { c.managers_needed = 2; });
    const auto id = s.pending_at_manager();
    CHECK(s.when(lb::manager(eve.person), lb::approve{id, {}, {}}) ==
          recorded(ground::same_person));
    s.given(mia, lb::approve{id, {}, {}});
    CHECK(s.when(mia, lb::approve{id, {}, {}}) == recorded(ground::already_voted));
    s.given(ada, lb::assign_role{nora.person, "global_admin", s.now + 1h});
    CHECK(s.when(nora, lb::assign_role{emil.person, "audit_reader", {}}) ==
          recorded(ground::beyond_own, field::until));
}

TEST_CASE("other refusals are not recorded", "[L1]") {
    scenario s;
    const auto before = s.state;
    s.when(eve, lb::withdraw{r(7)});
    s.when(ada, lb::turn_on{});
    s.when(ada, lb::end_role{ada.person, "global_admin"});
    auto asked = wish();
    asked.duration = 0h;
    s.when(eve, asked);
    CHECK(s.state == before);
}

TEST_CASE("an actor's hundredth refusal in an hour is throttled, later ones unrecorded",
          "[L1][T24]") {
    scenario s;
    refuse(s, 99);
    CHECK(s.when(nora, lb::freeze{}) == throttles);
    CHECK(s.just<lb::throttled>().until == day_one + 1h);
    const auto length = s.log.size();
    for (int i = 0; i < 50; ++i) CHECK(s.when(nora, lb::turn_off{}) == unrecorded);
    CHECK(s.at(day_one + 1h - 1ms).when(nora, lb::turn_off{}) == unrecorded);
    CHECK(s.log.size() == length);
    CHECK(s.at(day_one + 1h).when(nora, lb::turn_off{}) == not_allowed);
}

TEST_CASE("the hour begins with the first refusal", "[L1]") {
    scenario s;
    refuse(s, 1);
    s.at(day_one + 1h - 1ms);
    refuse(s, 98);
    CHECK(s.when(nora, lb::turn_off{}) == throttles);
    CHECK(s.just<lb::throttled>().until == day_one + 1h);
    s.at(day_one + 1h);
    refuse(s, 99);
    CHECK(s.when(nora, lb::turn_off{}) == throttles);
    CHECK(s.just<lb::throttled>().until == day_one + 2h);
}

TEST_CASE("one actor's throttle is nobody else's, nor the same person's in another capacity",
          "[L1]") {
    scenario s;
    refuse(s, 99);
    CHECK(s.when(nora, lb::turn_off{}) == throttles);
    CHECK(s.when(amir, lb::turn_off{}) == not_allowed);
    CHECK(s.when(lb::engineer(nora.person), lb::turn_off{}) == not_allowed);
}

TEST_CASE("a throttled actor still does what he may", "[L1]") {
    scenario s;
    refuse(s, 99, eve);
    CHECK(s.when(eve, lb::turn_off{}) == throttles);
    CHECK(s.when(eve, wish()) == emitted({"submitted"}));
}

TEST_CASE("how many refusals are recorded is a setting", "[L1][R9]") {
    scenario s;
    s.limits([](auto& l) { l.refusals_per_hour = 3; });
    refuse(s, 2);
    CHECK(s.when(nora, lb::turn_off{}) == throttles);
    CHECK(s.when(nora, lb::turn_off{}) == unrecorded);
    s.limits([](auto& l) { l.refusals_per_hour = 1; });
    CHECK(s.when(amir, lb::turn_off{}) == throttles);
    CHECK(s.when(amir, lb::turn_off{}) == unrecorded);
}

TEST_CASE("a lower limit throttles within the hour and says so, a higher one waits for the next",
          "[L1][R9]") {
    scenario s;
    refuse(s, 50);
    s.limits([](auto& l) { l.refusals_per_hour = 10; });
    CHECK(s.when(nora, lb::turn_off{}) == throttles);
    CHECK(s.just<lb::throttled>().until == day_one + 1h);
    CHECK(s.when(nora, lb::turn_off{}) == unrecorded);
    s.limits([](auto& l) { l.refusals_per_hour = 1000; });
    CHECK(s.when(nora, lb::turn_off{}) == unrecorded);
    s.later(1h);
    refuse(s, 200);
}

TEST_CASE("attempts at content are never throttled, and throttle nothing", "[A4][L1]") {
    scenario s;
    refuse(s, 99, mia);
    CHECK(s.when(mia, lb::turn_off{}) == throttles);
    for (int i = 0; i < 120; ++i)
        REQUIRE(s.when(mia, lb::access{mail()}) == no_access(ground::not_allowed, field::none));
    for (int i = 0; i < 120; ++i)
        REQUIRE(s.when(nora, lb::access{mail()}) == no_access(ground::not_allowed, field::none));
    CHECK(s.when(nora, lb::turn_off{}) == not_allowed);
}

TEST_CASE("a repeated command gets the recorded reply and writes nothing", "[V8][T12]") {
    scenario s;
    const auto submits = s.command(eve, wish());
    CHECK(s.when(submits) == emitted({"submitted"}));
    const auto reply = s.last.happened;
    const auto state = s.state;
    s.later(5h);
    CHECK(s.when(submits) == "repeated: submitted");
    CHECK(s.last.happened == reply);
    CHECK(s.state == state);
    auto elsewhere = submits;
    elsewhere.origin = "198.51.100.9";  // neither origin nor instant are its content
    CHECK(s.when(elsewhere) == "repeated: submitted");
}

TEST_CASE("a repeated command id with other content is refused", "[V8][T12]") {
    scenario s;
    auto command = s.command(eve, wish());
    s.when(command);
    auto other = wish();
    other.duration = 3h;
    command.body = other;
    CHECK(s.when(command) == "repeated: " + refused(ground::id_reused, field::command));
    command.body = lb::withdraw{r(1)};
    CHECK(s.when(command) == "repeated: " + refused(ground::id_reused, field::command));
    command.actor = emil;  // an id is unique per actor
    command.body = wish();
    CHECK(s.when(command) == emitted({"submitted"}));
}

TEST_CASE("a recorded refusal is given again, an unrecorded one decided anew", "[V8]") {
    scenario s;
    const auto refuses = s.command(nora, lb::freeze{});
    CHECK(s.when(refuses) == not_allowed);
    s.given(ada, lb::assign_role{nora.person, "access_approver", {}});
    CHECK(s.when(refuses) == "repeated: " + not_allowed);
    auto early = s.command(eve, lb::withdraw{r(1)});
    early.id = lb::command_id{"early"};
    CHECK(s.when(early) == refused(ground::not_open, field::request));
    s.pending_at_manager();
    CHECK(s.when(early) == emitted({"withdrawn"}));
    CHECK(s.when(early) == "repeated: withdrawn");
}

TEST_CASE("an access is allowed once, and a refused one stays refused", "[V8][A1][T12]") {
    scenario s;
    auto tries = s.command(eve, lb::access{mail()});
    tries.id = lb::command_id{"first"};
    CHECK(s.when(tries) == no_access(ground::no_grant));
    s.active();
    CHECK(s.when(tries) == "repeated: " + no_access(ground::no_grant));
    tries.id = lb::command_id{"second"};
    CHECK(s.when(tries) == emitted({"accessed"}));
    CHECK(s.when(tries) == "repeated: " + refused(ground::already_used, field::command));
    CHECK_FALSE(s.last.allowed);
}
