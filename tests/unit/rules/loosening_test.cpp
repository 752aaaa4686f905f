// What loosens, setting by setting and change by change (S9).
#include <lockbox/rules/loosening.hpp>

#include <string>

#include "support/catch.hpp"
#include "support/scenario.hpp"

using namespace support;

namespace {

using V = lb::vocabulary;
using changer = void (*)(lb::settings&);

/// One setting, as it is asked for more, and for less.
struct setting {
    std::string name;
    changer stricter;
    changer looser;
};

lockbox::vector<lockbox::policy_rule<V>> rule_of(std::int64_t approvals) {
    return {{{}, {}, {{lockbox::policy_key::approvals, approvals, {}, {}, {}}}}};
}

/// Every setting that there is, and every limit.
std::vector<setting> every_setting() {
    return {
        {"manager_window", [](auto& s) { s.manager_window = 1h; },
         [](auto& s) { s.manager_window = 13h; }},
        {"customer_window", [](auto& s) { s.customer_window = 3h; },
         [](auto& s) { s.customer_window = 13h; }},
        {"longest_access", [](auto& s) { s.longest_access = 1h; },
         [](auto& s) { s.longest_access = 5h; }},
        {"managers_needed", [](auto& s) { s.managers_needed = 3; },
         [](auto& s) { s.managers_needed = 1; }},
        {"approvers_needed", [](auto& s) { s.approvers_needed = 3; },
         [](auto& s) { s.approvers_needed = 1; }},
        {"comment_required", [](auto& s) { s.limits.rounds = 11; },
         [](auto& s) { s.comment_required = false; }},
        {"audit_visible", [](auto& s) { s.limits.rounds = 12; },
         [](auto& s) { s.audit_visible = false; }},
        {"exempted", [](auto& s) { s.exempted = {}; },
         [](auto& s) {
             s.exempted = {"files", "mail"};
         }},
        {"recipients",
         [](auto& s) {
             s.recipients = {"soc@contoso.example", "desk@contoso.example"};
         },
         [](auto& s) { s.recipients = {"soc@contoso.example"}; }},
        {"reminders",
         [](auto& s) {
             s.reminders = {1h, 2h};
         },
         [](auto& s) { s.reminders = {}; }},
        {"escalation", [](auto& s) { s.escalation.before = 2h; },
         [](auto& s) { s.escalation.before = 1min; }},
        {"escalation_recipients",
         [](auto& s) { s.escalation.recipients.push_back("a@contoso.example"); },
         [](auto& s) { s.escalation.recipients = {"a@contoso.example"}; }},
        {"escalation that never comes", [](auto& s) { s.escalation.before = 11h; },
         [](auto& s) { s.escalation.before = 12h; }},
        {"text_bytes", [](auto& s) { s.limits.text_bytes = 64; },
         [](auto& s) { s.limits.text_bytes = 4097; }},
        {"resources", [](auto& s) { s.limits.resources = 1; },
         [](auto& s) { s.limits.resources = 101; }},
        {"operations", [](auto& s) { s.limits.operations = 1; },
         [](auto& s) { s.limits.operations = 101; }},
        {"pending_per_engineer", [](auto& s) { s.limits.pending_per_engineer = 1; },
         [](auto& s) { s.limits.pending_per_engineer = 21; }},
        {"open_requests", [](auto& s) { s.limits.open_requests = 1; },
         [](auto& s) { s.limits.open_requests = 101; }},
        {"rounds", [](auto& s) { s.limits.rounds = 11; }, [](auto& s) { s.limits.rounds = 9; }},
        {"refusals_per_hour", [](auto& s) { s.limits.refusals_per_hour = 101; },
         [](auto& s) { s.limits.refusals_per_hour = 99; }},
        {"denials_before_wait", [](auto& s) { s.limits.denials_before_wait = 1; },
         [](auto& s) { s.limits.denials_before_wait = 3; }},
        {"wait_after_denials", [](auto& s) { s.limits.wait_after_denials = 2h; },
         [](auto& s) { s.limits.wait_after_denials = 0h; }},
        {"clock_tolerance", [](auto& s) { s.limits.clock_tolerance = 0s; },
         [](auto& s) { s.limits.clock_tolerance = 6s; }},
        {"policy", [](auto& s) { s.policy = {rule_of(3)}; }, [](auto& s) { s.policy = {}; }},
        {"consents", [](auto& s) { s.limits.rounds = 14; }, [](auto& s) { s.consents = true; }},
        {"two_person_changes", [](auto& s) { s.limits.rounds = 13; },
         [](auto& s) { s.two_person_changes = false; }},
    };
}

/// Settings of which each can be made stricter and looser.
lb::settings middle() {
    lb::settings s;
    s.managers_needed = 2;
    s.approvers_needed = 2;
    s.comment_required = true;
    s.audit_visible = true;
    s.exempted = {"mail"};
    s.recipients = {"desk@contoso.example"};
    s.reminders = {1h};
    s.escalation = {1h, {"boss@contoso.example"}};
    s.policy = {rule_of(2)};
    s.two_person_changes = true;
    return s;
}

lb::settings with(edit<lb::settings> change) {
    auto s = middle();
    change(s);
    return s;
}

}  // namespace

TEST_CASE("every setting loosens in one direction only", "[S9]") {
    for (const auto& one : every_setting()) {
        CAPTURE(one.name);
        CHECK(lockbox::rules::loosens(middle(), with(one.looser)));
        CHECK_FALSE(lockbox::rules::loosens(middle(), with(one.stricter)));
    }
    CHECK_FALSE(lockbox::rules::loosens(middle(), middle()));
}

TEST_CASE("the list of settings that loosen leaves none out", "[S9]") {
    const auto all = every_setting();
    const auto known = [&](std::string_view name) {
        return std::ranges::any_of(all, [&](const auto& one) { return one.name == name; });
    };
    const lb::settings s;
    lb::settings::fields(s, [&](std::string_view name, const auto&) {
        CAPTURE(name);
        CHECK((name == "limits" || known(name)));
    });
    lb::limits::fields(s.limits, [&](std::string_view name, const auto&) {
        CAPTURE(name);
        CHECK(known(name));
    });
}

TEST_CASE("something stricter beside it does not make up for what loosens", "[S9]") {
    for (const auto& looser : every_setting())
        for (const auto& stricter : every_setting()) {
            if (looser.name == stricter.name) continue;
            CAPTURE(looser.name, stricter.name);
            auto both = with(stricter.stricter);
            looser.looser(both);
            if (looser.name.starts_with("escalation") && stricter.name.starts_with("escalation"))
                continue;  // the two change the same
            CHECK(lockbox::rules::loosens(middle(), both));
        }
}

TEST_CASE("the order of a list, and what stands in it twice, loosens nothing", "[S9]") {
    auto before = middle();
    before.recipients = {"a@contoso.example", "b@contoso.example"};
    before.exempted = {"mail", "files"};
    before.reminders = {2h, 1h};
    auto after = before;
    after.recipients = {"b@contoso.example", "a@contoso.example", "a@contoso.example"};
    after.exempted = {"files", "mail"};
    after.reminders = {1h, 2h};
    CHECK_FALSE(lockbox::rules::loosens(before, after));
    CHECK_FALSE(lockbox::rules::loosens(after, before));
}

TEST_CASE("an escalation to nobody has no instant to move", "[S9][N4]") {
    lb::settings before;
    auto after = before;
    after.escalation.before = 1min;
    CHECK_FALSE(lockbox::rules::loosens(before, after));
    after.escalation.recipients = {"boss@contoso.example"};
    CHECK_FALSE(lockbox::rules::loosens(before, after));
}

TEST_CASE("whoever asks for two approvers has the two-person rule", "[S9]") {
    using lockbox::policy_key;
    const auto two = [](edit<lb::settings> change) {
        lb::settings s;
        change(s);
        return lockbox::rules::takes_two(s);
    };
    const auto asks = [&](const lockbox::vector<lb::clause>& clauses) {
        return two([&](auto& s) {
            s.policy = {{{{}, {}, {{policy_key::each_of, 0, {}, clauses, {}}}}}};
        });
    };
    CHECK_FALSE(two([](auto&) {}));
    CHECK_FALSE(two([](auto& s) { s.managers_needed = 2; }));
    CHECK(two([](auto& s) { s.two_person_changes = true; }));
    CHECK(two([](auto& s) { s.approvers_needed = 2; }));
    CHECK_FALSE(two([](auto& s) { s.policy = {rule_of(1)}; }));
    CHECK(two([](auto& s) { s.policy = {rule_of(2)}; }));
    CHECK_FALSE(two([](auto& s) {
        s.policy = {{{{}, {}, {{policy_key::managers, 2, {}, {}, {}}}}}};
    }));
    CHECK_FALSE(asks({{{{1, {"legal"}}}}}));
    CHECK_FALSE(asks({{{{2, {"legal"}}, {1, {"board"}}}}}));
    CHECK(asks({{{{2, {"legal"}}, {2, {"board"}}}}}));
    CHECK(asks({{{{1, {"legal"}}}}, {{{1, {"board"}}}}}));
}
