// What an approval leaves, and when access begins (G7, G9, V4).
#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

lb::submit wide() {
    auto asked = wish();
    asked.scope = {"exchange", {"Read-Mail", "Send-Mail"}, {"/mailboxes", "/calendars/ada"}};
    asked.duration = 4h;
    return asked;
}

lb::approve less(const lb::request_id& id, std::vector<lb::operation> operations,
                 std::vector<std::string> resources,
                 lockbox::optional<lb::duration> duration = {}) {
    return {id, {}, {lb::scope{"exchange", std::move(operations), std::move(resources)}, duration}};
}

lb::approve shorter(const lb::request_id& id, lb::duration duration) {
    return {id, {}, {{}, duration}};
}

}  // namespace

TEST_CASE("what is granted is what was asked, when nobody narrows it", "[G7][V4]") {
    scenario s;
    s.active(wide());
    const auto& e = s.just<lb::granted>();
    CHECK(e.scope == wide().scope);
    CHECK(e.from == s.now);
    CHECK(e.until == s.now + 4h);
}

TEST_CASE("the grant is the meet of every narrowing at any gate", "[G7][V4]") {
    scenario s;
    const auto id = s.pending_at_manager(wide());
    s.given(mia,
            less(id, {"Read-Mail", "Send-Mail"}, {"/mailboxes/ada", "/calendars/ada/2026"}, 3h));
    s.given(bea, less(id, {"Read-Mail"}, {"/mailboxes"}, 4h));
    const auto& e = s.just<lb::granted>();
    CHECK(e.scope == lb::scope{"exchange", {"Read-Mail"}, {"/mailboxes/ada"}});
    CHECK(e.until - e.from == 3h);
    CHECK(s.when(eve, lb::access{mail("/mailboxes/ada/inbox")}) == emitted({"accessed"}));
    CHECK(s.when(eve, lb::access{mail("/mailboxes/ben")}) == no_access(ground::not_covered));
    CHECK(s.when(eve, lb::access{{"exchange", "Send-Mail", "/mailboxes/ada"}}) ==
          no_access(ground::not_covered));
}

TEST_CASE("no approval widens", "[G7][V4]") {
    scenario s;
    const auto id = s.pending_at_manager(wide());
    const auto widens = refused(ground::widens, field::scope);
    CHECK(s.when(mia, less(id, {"Read-Mail"}, {"/"})) == widens);
    CHECK(s.when(mia, less(id, {"Read-Mail"}, {"/calendars"})) == widens);
    CHECK(s.when(mia, less(id, {"Read-Mail"}, {"/mailboxes/ada", "/notes"})) == widens);
    CHECK(s.when(mia, less(id, {"Read-Mail"}, {"/mailboxesX"})) == widens);
    CHECK(s.when(mia, less(id, {"Read-Mail", "Delete-Mail"}, {"/mailboxes"})) == widens);
    CHECK(
        s.when(mia,
               lb::approve{id, {}, {lb::scope{"sharepoint", {"Read-Mail"}, {"/mailboxes"}}, {}}}) ==
        widens);
    CHECK(s.when(mia, shorter(id, 4h + 1ms)) == refused(ground::widens, field::duration, 4 * hour));
    CHECK(s.when(mia, shorter(id, lb::duration::max())) ==
          refused(ground::widens, field::duration, 4 * hour));
    CHECK(s.when(mia, shorter(id, 4h)) == emitted({"approved", "gate_opened"}));
}

TEST_CASE("a narrowing that leaves nothing is refused", "[G7][V4]") {
    scenario s;
    const auto id = s.pending_at_manager(wide());
    const auto nothing = refused(ground::narrows_to_nothing, field::scope);
    CHECK(s.when(mia, less(id, {}, {"/mailboxes"})) == nothing);
    CHECK(s.when(mia, less(id, {"Read-Mail"}, {})) == nothing);
    for (const auto zero : {lb::duration{0}, lb::duration{-1}, lb::duration::min()})
        CHECK(s.when(mia, shorter(id, zero)) ==
              refused(ground::narrows_to_nothing, field::duration));
    s.given(mia, less(id, {"Read-Mail"}, {"/mailboxes/ada"}));
    // together with the manager's, either of these would leave nothing
    CHECK(s.when(bea, less(id, {"Send-Mail"}, {"/mailboxes"})) == nothing);
    CHECK(s.when(bea, less(id, {"Read-Mail"}, {"/calendars/ada"})) == nothing);
    CHECK(s.when(bea, shorter(id, 1ms)) == emitted({"approved", "granted"}));
}

TEST_CASE("a narrowing is a scope like any other: well formed, and of a size", "[G7][R9][T24]") {
    scenario s;
    const auto id = s.pending_at_manager(wide());
    CHECK(s.would(mia, less(id, {"Read-Mail"}, {"mailboxes"})) ==
          refused(ground::malformed, field::scope));
    const std::vector<std::string> many(101, "/mailboxes/ada");
    CHECK(s.would(mia, less(id, {"Read-Mail"}, many)) ==
          refused(ground::too_long, field::resources, 100));
    const std::vector<lb::operation> often(101, "Read-Mail");
    CHECK(s.would(mia, less(id, often, {"/mailboxes"})) ==
          refused(ground::too_long, field::operations, 100));
    CHECK(s.would(mia, less(id, {"Read-Mail"}, std::vector<std::string>(100, "/mailboxes/ada"))) ==
          emitted({"approved", "gate_opened"}));
}

TEST_CASE("all votes at one gate narrow, the first as the last", "[G7]") {
    scenario s;
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const auto id = s.pending_at_customer(wide());
    s.given(bea, less(id, {"Read-Mail"}, {"/mailboxes"}, 1h));
    s.given(ben, less(id, {"Read-Mail", "Send-Mail"}, {"/mailboxes/ada"}, 2h));
    const auto& e = s.just<lb::granted>();
    CHECK(e.scope == lb::scope{"exchange", {"Read-Mail"}, {"/mailboxes/ada"}});
    CHECK(e.until - e.from == 1h);
}

TEST_CASE("a cap that was tightened later cuts what was asked", "[V4][S5]") {
    scenario s{scenario::stage::off};
    const auto id = s.pending_at_customer(wide());
    const auto second = s.pending_at_manager(wide());
    CHECK(s.open(id).stage.is<lockbox::active<lb::vocabulary>>());
    s.settings([](auto& c) { c.longest_access = 1h; });
    s.given(ada, lb::turn_on{});
    s.given(mia, lb::approve{second, {}, {}}).given(bea, lb::approve{second, {}, {}});
    CHECK(s.just<lb::granted>().until == s.now + 1h);
}

TEST_CASE("the grant starts at the last approval, not at the submission", "[G9][T32]") {
    scenario s;
    const auto id = s.pending_at_manager();
    s.later(11h).given(mia, lb::approve{id, {}, {}});
    s.later(11h).given(bea, lb::approve{id, {}, {}});
    CHECK(s.just<lb::granted>().from == day_one + 22h);
    CHECK(s.just<lb::granted>().until == day_one + 24h);
}

TEST_CASE("an asked-for start is kept, and access before it is refused", "[G9]") {
    scenario s;
    auto asked = wish();
    asked.start = day_one + 24h;
    s.active(asked);
    CHECK(s.just<lb::granted>().from == day_one + 24h);
    CHECK(s.just<lb::granted>().until == day_one + 26h);
    CHECK(s.would(eve, lb::access{mail()}) == no_access(ground::not_yet));
    CHECK(s.would(eve, lb::access{mail("/other")}) == no_access(ground::not_covered));
    CHECK(s.at(day_one + 24h - 1ms).would(eve, lb::access{mail()}) == no_access(ground::not_yet));
    CHECK(s.at(day_one + 24h).would(eve, lb::access{mail()}) == emitted({"accessed"}));
    CHECK(s.at(day_one + 26h - 1ms).would(eve, lb::access{mail()}) == emitted({"accessed"}));
    CHECK(s.at(day_one + 26h).would(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("a start that has passed when the last gate opens is then", "[G9]") {
    scenario s;
    auto asked = wish();
    asked.start = day_one + 1h;
    const auto id = s.pending_at_customer(asked);
    s.later(3h).given(bea, lb::approve{id, {}, {}});
    CHECK(s.just<lb::granted>().from == day_one + 3h);
    CHECK(s.just<lb::granted>().until == day_one + 5h);
}

TEST_CASE("access that has not begun can be cut off and handed back", "[G9][A3]") {
    scenario s;
    auto asked = wish();
    asked.start = day_one + 24h;
    const auto id = s.active(asked);
    CHECK(s.would(eve, lb::finish{id}) == emitted({"finished"}));
    CHECK(s.when(mia, lb::revoke{id, {}}) == emitted({"revoked"}));
    CHECK(s.at(day_one + 24h).when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}
