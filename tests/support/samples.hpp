// One event of each kind, as one tenant's log could hold them: for the golden text,
// and for outputs.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <lockbox/audit_event.hpp>

namespace support {

using words = lockbox::default_vocabulary;

/// 2026-11-02T09:00:00Z and some minutes.
inline words::time_point minute(int minutes) {
    return words::time_point{std::chrono::milliseconds{1793610000000} +
                             std::chrono::minutes{minutes}};
}

inline lockbox::submission<words> sample_submission() {
    lockbox::submission<words> asked;
    asked.requester = "meera@provider.example";
    asked.case_number = "CASE-4711";
    asked.scope = {"exchange", {"read_mailbox", "export"}, {"/mailboxes/ada", "/journal"}};
    asked.reason = "customer_initiated_support";
    asked.duration = std::chrono::hours{2};
    asked.start = minute(60);
    asked.at = minute(12);
    return asked;
}

inline lockbox::terms<words> sample_terms() {
    lockbox::terms<words> terms;
    terms.gates.resize(2);
    terms.gates[0].side = lockbox::side::provider;
    terms.gates[1].roles = {"global_admin", "access_approver"};
    terms.gates[1].clauses = {{{{2, {"access_approver"}}, {1, {"global_admin"}}}}};
    terms.gates[1].hours = {{{lockbox::weekday::monday, lockbox::weekday::friday},
                             std::chrono::hours{9},
                             std::chrono::hours{17},
                             std::chrono::hours{1}}};
    return terms;
}

/// The bodies, in the order of the log's kinds.
inline std::vector<lockbox::event_body<words>> sample_bodies() {
    using namespace lockbox;
    const refusal why{ground::out_of_range, field::duration, 14400000, {}};
    std::vector<role_definition<words>> roles;
    for (const auto& [role, permits] : words::standard_roles()) roles.push_back({role, permits});
    settings<words> chosen;
    chosen.exempted = {"sharepoint"};
    chosen.recipients = {"desk@contoso.example"};
    chosen.reminders = {std::chrono::hours{2}, std::chrono::minutes{15}};
    chosen.escalation = {std::chrono::hours{1}, {"director@contoso.example"}};
    chosen.consents = true;
    chosen.policy = {{{{{policy_key::services, 0, {"exchange"}, {}, {}}},
                       {{policy_key::longer_than, 3600000, {}, {}, {}}},
                       {{policy_key::each_of, 0, {}, sample_terms().gates[1].clauses, {}},
                        {policy_key::approval_hours, 0, {}, {}, sample_terms().gates[1].hours}}}}};
    const submission<words> asked = sample_submission();
    const basic_access<words::service, words::operation> one{"exchange", "export", "/journal/2026"};
    const narrowing<words> half{std::nullopt, std::chrono::hours{1}};
    return {
        tenant_opened<words>{"ada@contoso.example", roles, {}},
        entitlement_recorded<words>{{true, false}},
        turned_on<words>{},
        turned_off<words>{},
        settings_changed<words>{chosen},
        audit_visibility_changed<words>{true},
        role_defined<words>{"night_shift", {permission::decide, permission::view}},
        role_assigned<words>{"bo@contoso.example", "night_shift", minute(600)},
        role_ended<words>{"bo@contoso.example", "night_shift"},
        frozen<words>{"break-in\tsuspected"},
        freeze_lifted<words>{},
        change_proposed<words>{3, assign_role<words>{"bo@contoso.example", "night_shift", {}},
                               minute(742)},
        change_agreed<words>{3, "ada@contoso.example"},
        change_declined<words>{4, "ada@contoso.example", decline_cause::settings_changed},
        change_lapsed<words>{5, "ada@contoso.example", minute(742)},
        consent_given<words>{3,
                             {{"exchange", {"read_mailbox"}, {"/mailboxes", "/journal"}},
                              {"customer_initiated_support", "production_alert"},
                              std::chrono::minutes{90},
                              minute(60 * 24 * 30)},
                             {"ada@contoso.example", "bo@contoso.example"}},
        consent_withdrawn<words>{3},
        submitted<words>{7,
                         asked,
                         "ada@contoso.example",
                         "restarted \"twice\"",
                         "the mailbox \xE2\x80\x93 see \\logs\n\x01",
                         sample_terms(),
                         minute(732),
                         {"R-000003", "R-000005"}},
        terms_tightened<words>{sample_terms(), minute(700)},
        approved<words>{1, "fine", half},
        gate_opened<words>{1, minute(740)},
        consent_used<words>{1, 3},
        granted<words>{asked.scope, minute(60), minute(120)},
        denied<words>{1, cause::person, "not in our name"},
        lockbox::asked<words>{"which mailbox?"},
        answered<words>{"ada's"},
        reminded<words>{1, minute(680), minute(740), true},
        withdrawn<words>{cause::case_closed},
        accessed<words>{one},
        access_refused<words>{one, {ground::not_covered, field::access, 0, {}}},
        finished<words>{cause::drill},
        revoked<words>{cause::freeze, ""},
        expired<words>{minute(732)},
        ended<words>{minute(120)},
        case_closed<words>{},
        refused<words>{"approve", why},
        throttled<words>{minute(60), why},
        undeliverable<words>{18, 2, "desk@contoso.example"},
    };
}

/// The same, each in its envelope.
inline std::vector<lockbox::audit_event<words>> sample_events() {
    std::vector<lockbox::audit_event<words>> all;
    for (auto& body : sample_bodies()) {
        lockbox::audit_event<words> event;
        event.tenant = "contoso";
        event.sequence = all.size() + 1;
        event.at = minute(static_cast<int>(all.size()));
        event.actor = {"meera@provider.example", lockbox::capacity::engineer};
        event.origin = "203.0.113.7";
        event.body = std::move(body);
        if (all.size() % 3 != 0) {
            event.command = words::command_id{"c-" + std::to_string(all.size())};
            event.content = {0x0123456789ABCDEFU + all.size()};
            event.request = "R-000007";
            event.case_number = "CASE-4711";
            event.told = {
                {lockbox::audience::approver, words::person_id{"ada@contoso.example"}, ""},
                {lockbox::audience::recipient, std::nullopt, "desk@contoso.example"}};
        }
        all.push_back(std::move(event));
    }
    return all;
}

}  // namespace support
