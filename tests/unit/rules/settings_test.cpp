#include "support/scenario.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace support;

namespace {

std::string wants(const scenario& s, edit<lb::settings_change> change) {
    lb::change_settings wanted;
    change(wanted.change);
    return s.would(ada, wanted);
}

std::string out_of_range(field about, std::int64_t limit = 0) {
    return refused(ground::out_of_range, about, limit);
}

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 24 * 60 * minute;

}  // namespace

TEST_CASE("the settings of a new tenant", "[S4]") {
    const lb::settings s;
    CHECK(s.manager_window == 12h);
    CHECK(s.customer_window == 12h);
    CHECK(s.longest_access == 4h);
    CHECK(s.managers_needed == 1);
    CHECK(s.approvers_needed == 1);
    CHECK_FALSE(s.comment_required);
    CHECK_FALSE(s.audit_visible);
    CHECK(s.exempted.empty());
    CHECK(s.recipients.empty());
    CHECK(s.limits.text_bytes == 4096);
    CHECK(s.limits.resources == 100);
    CHECK(s.limits.operations == 100);
    CHECK(s.limits.pending_per_engineer == 20);
    CHECK(s.limits.open_requests == 100);
    CHECK(s.limits.rounds == 10);
    CHECK(s.limits.refusals_per_hour == 100);
    CHECK(s.limits.denials_before_wait == 2);
    CHECK(s.limits.wait_after_denials == 1h);
    CHECK(s.limits.clock_tolerance == 5s);
}

TEST_CASE("windows and caps have bounds, named when they are met", "[S4][R2]") {
    const scenario s;
    const auto changed = emitted({"settings_changed"});
    struct setting {
        lockbox::optional<lb::duration> lb::settings_change::*which;
        field name;
        std::int64_t most;
    };
    const setting all[] = {
        {&lb::settings_change::manager_window, field::manager_window, 14 * day},
        {&lb::settings_change::customer_window, field::customer_window, 14 * day},
        {&lb::settings_change::longest_access, field::longest_access, day}};
    for (const auto& one : all) {
        const auto to = [&](std::int64_t ms) {
            return wants(s, [&](auto& c) { c.*one.which = lb::duration{ms}; });
        };
        CHECK(to(minute) == changed);
        CHECK(to(minute - 1) == out_of_range(one.name, minute));
        CHECK(to(one.most) == changed);
        CHECK(to(one.most + 1) == out_of_range(one.name, one.most));
        CHECK(to(0) == out_of_range(one.name, minute));
        CHECK(to(-minute) == out_of_range(one.name, minute));
        CHECK(to(std::numeric_limits<std::int64_t>::max()) == out_of_range(one.name, one.most));
        CHECK(to(std::numeric_limits<std::int64_t>::min()) == out_of_range(one.name, minute));
    }
}

TEST_CASE("a gate needs at least one person, and no crowd", "[G3][T3]") {
    const scenario s;
    const auto managers = [&](std::uint32_t n) {
        return wants(s, [&](auto& c) { c.managers_needed = n; });
    };
    const auto approvers = [&](std::uint32_t n) {
        return wants(s, [&](auto& c) { c.approvers_needed = n; });
    };
    CHECK(managers(0) == out_of_range(field::managers_needed, 1));
    CHECK(managers(20) == emitted({"settings_changed"}));
    CHECK(managers(21) == out_of_range(field::managers_needed, 20));
    CHECK(approvers(0) == out_of_range(field::approvers_needed, 1));
    CHECK(approvers(20) == emitted({"settings_changed"}));
    CHECK(approvers(21) == out_of_range(field::approvers_needed, 20));
}

TEST_CASE("ten extra recipients, each an address", "[S4][T21]") {
    const scenario s;
    const auto told = [&](std::vector<std::string> addresses) {
        return wants(s, [&](auto& c) { c.recipients = std::move(addresses); });
    };
    std::vector<std::string> some;
    while (some.size() < 10) some.push_back(std::to_string(some.size()) + "@contoso.example");
    CHECK(told(some) == emitted({"settings_changed"}));
    some.push_back("soc@contoso.example");
    CHECK(told(some) == refused(ground::too_long, field::recipients, 10));
    const char* const bad[] = {
        "",       "soc",           "@contoso", "soc@",    "a@b@c",
        "a b@c",  "a@b\nBcc: x@y", "<a@b>",    "a@b,c@d", "s\xC3\xB6@c.example",
        "a@b\x7F"};
    for (const auto* address : bad)
        CHECK(told({address}) == refused(ground::malformed, field::recipients));
    CHECK(told({std::string(252, 'a') + "@b"}) == emitted({"settings_changed"}));
    CHECK(told({"a@b.example", "c@b.example", "a@b.example"}) ==
          refused(ground::malformed, field::recipients));
    CHECK(told({std::string(253, 'a') + "@b"}) == refused(ground::malformed, field::recipients));
}

TEST_CASE("limits can be set, within reason", "[R9]") {
    const scenario s;
    const auto limit = [&](edit<lb::limits> change) {
        lb::limits all;
        change(all);
        return wants(s, [&](auto& c) { c.limits = all; });
    };
    const auto bad = out_of_range(field::limits);
    CHECK(limit([](auto& l) { l.text_bytes = 64; }) == emitted({"settings_changed"}));
    CHECK(limit([](auto& l) { l.text_bytes = 63; }) == bad);
    CHECK(limit([](auto& l) { l.text_bytes = 4097; }) == bad);
    CHECK(limit([](auto& l) { l.resources = 0; }) == bad);
    CHECK(limit([](auto& l) { l.operations = 10'001; }) == bad);
    CHECK(limit([](auto& l) { l.pending_per_engineer = 0; }) == bad);
    CHECK(limit([](auto& l) { l.open_requests = 0; }) == bad);
    CHECK(limit([](auto& l) { l.rounds = 0; }) == bad);
    CHECK(limit([](auto& l) { l.refusals_per_hour = 0; }) == bad);
    CHECK(limit([](auto& l) { l.denials_before_wait = 0; }) == bad);
    CHECK(limit([](auto& l) { l.wait_after_denials = -1ms; }) == bad);
    CHECK(limit([](auto& l) { l.wait_after_denials = lb::duration::max(); }) == bad);
    CHECK(limit([](auto& l) { l.clock_tolerance = 5min; }) == emitted({"settings_changed"}));
    CHECK(limit([](auto& l) { l.clock_tolerance = 5min + 1ms; }) == bad);
    CHECK(limit([](auto& l) { l.clock_tolerance = lb::duration::min(); }) == bad);
}

TEST_CASE("exempted services are named, and not without number", "[S4][R9]") {
    const scenario s;
    const auto exempt = [&](std::vector<lb::service> services) {
        return wants(s, [&](auto& c) { c.exempted = std::move(services); });
    };
    CHECK(exempt({"exchange"}) == emitted({"settings_changed"}));
    CHECK(exempt({""}) == refused(ground::malformed, field::exempted));
    CHECK(exempt(std::vector<lb::service>(1001, "exchange")) ==
          refused(ground::too_long, field::exempted, 1000));
}

TEST_CASE("what a change does not name stays", "[S4]") {
    scenario s;
    s.settings([](auto& c) { c.manager_window = 3h; });
    s.settings([](auto& c) { c.comment_required = true; });
    CHECK(s.state.settled.settings.manager_window == 3h);
    CHECK(s.state.settled.settings.customer_window == 12h);
    CHECK(s.when(ada, lb::change_settings{}) == refused(ground::unchanged));
    CHECK(wants(s, [](auto& c) { c.manager_window = 3h; }) == refused(ground::unchanged));
}

TEST_CASE("the windows, the cap and the thresholds of the settings become the terms", "[S4][R4]") {
    scenario s;
    s.settings([](auto& c) {
        c.manager_window = 3h;
        c.customer_window = 5h;
        c.longest_access = 2h;
        c.managers_needed = 2;
        c.approvers_needed = 3;
        c.comment_required = true;
    });
    const auto terms = *s.open(s.pending_at_manager()).terms;
    REQUIRE(terms.gates.size() == 2);
    CHECK(terms.gates[0] == lb::gate{side::provider, 2, 3h, {}});
    CHECK(terms.gates[1] ==
          lb::gate{side::tenant, 3, 5h, {"access_approver", "compliance_admin", "global_admin"}});
    CHECK(terms.longest_access == 2h);
    CHECK(terms.comment_required);
}

TEST_CASE("an exemption leaves the manager's gate, and that service's alone", "[S6][S4]") {
    scenario s;
    s.settings([](auto& c) { c.exempted = std::vector<lb::service>{"exchange"}; });
    CHECK(s.open(s.pending_at_manager()).terms->gates.size() == 1);
    for (const auto* other : {"sharepoint", "Exchange", "exchange "}) {
        auto asked = wish();
        asked.scope.service = lb::service{std::string{other}};
        CHECK(s.open(s.pending_at_manager(asked)).terms->asks_customer());
    }
}

TEST_CASE("with lockbox off the manager's gate still stands", "[S6][T28]") {
    scenario s{scenario::stage::off};
    const auto id = s.pending_at_manager();
    CHECK_FALSE(s.open(id).terms->asks_customer());
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    CHECK(s.when(mia, lb::approve{id, {}, {}}) == emitted({"approved", "granted"}));
    CHECK(s.when(eve, lb::access{mail()}) == emitted({"accessed"}));
}
