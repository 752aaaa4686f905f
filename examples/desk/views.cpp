#include "views.hpp"

#include <array>
#include <vector>

#include <fmt/format.h>

#include <lockbox/change_lines.hpp>
#include <lockbox/why/sentence.hpp>
#include <lockbox/written.hpp>

#include "narrate.hpp"
#include "print.hpp"

namespace desk {
namespace {

/// What a fault means and who mends it.
std::string_view advice_on(lockbox::fault_found what) {
    using enum lockbox::fault_found;
    switch (what) {
        case no_plan:
            return "no plan that includes lockbox is recorded; the provider records it";
        case no_support_plan:
            return "no support plan is recorded; the provider records it";
        case off:
            return "content passes without the tenant's word; turn it on";
        case frozen:
            return "all access is frozen; lift the freeze when it is safe";
        case no_approver:
            return "too few people can approve, so no request passes; assign a role";
        case one_approver:
            return "one person's word is all there is; assign a second approver";
        case no_recipient:
            return "nobody is told besides the approvers; name a recipient";
        case address_bounced:
            return "mail to it did not arrive; correct the address";
        case audit_log_hidden:
            return "auditors see nothing; show the audit log";
        case role_held_by_nobody:
            return "nobody holds this role";
        case window_too_short:
            return "too short for a reminder or the escalation, which never comes; change either";
        case rule_for_nobody:
            return "of the tenant's own policy: no members together meet it; assign a role";
        case consent_is_void:
            return "this consent opens nothing; withdraw it, and give another if it is wanted";
        case consent_lapses:
            return "this consent ends within a week; give another if it is wanted";
        case no_second_member:
            return "what loosens takes two members with it, and fewer hold it: it cannot be done";
    }
    return {};
}

/// "a person", "2 people".
std::string people(std::uint32_t count) {
    return count == 1 ? "one person" : std::to_string(count) + " people";
}

std::string role_names(const lockbox::vector<lb::role>& roles) {
    std::vector<std::string> names;
    names.reserve(roles.size());
    for (const auto& role : roles) names.push_back(inert(role.text()));
    return listed(names);
}

/// "; and 2 people of legal, or one person of board".
std::string clause_text(const lockbox::clause<lb::vocabulary>& clause) {
    std::string out = "; and ";
    for (const auto& quorum : clause.any_of) {
        if (&quorum != &clause.any_of.front()) out += ", or ";
        out += people(quorum.needed) + " of " + role_names(quorum.roles);
    }
    return out;
}

/// A refusal as a problem, with all that explains it if that can be looked up.
problem explained(desk_engine& on, const lb::command& what, const lockbox::refusal& refused) {
    const auto why = on.why(what, refused);
    return why ? problem{ending::refused, sentence_of(*why)} : problem_of(refused);
}

/// "on monday and friday from 08:00 to 18:00, at UTC+01:00".
std::string in_words(const lockbox::weekly_hours& hours) {
    std::vector<std::string> days;
    for (const auto day : hours.days) days.emplace_back(lockbox::name_of(day));
    return "on " + listed(days) + " from " + lockbox::text_of_clock(hours.from) + " to " +
           lockbox::text_of_clock(hours.until) + ", at UTC" +
           lockbox::text_of_offset(hours.utc_offset);
}

}  // namespace

problem problem_of(const lockbox::denied_reading& why) {
    if (why.refusal) return problem_of(*why.refusal);
    return problem_of(*why.failure);
}

expected<void> show_reply(desk_engine& on, const lb::command& what,
                          const lockbox::outcome<lockbox::decision<lb::vocabulary>>& reply) {
    if (!reply) return tl::unexpected{problem_of(reply.error())};
    if (reply->refused) return tl::unexpected{explained(on, what, *reply->refused)};
    for (const auto& event : reply->happened) {
        fmt::print("{}{}{}", lockbox::name_of<lb::vocabulary>(event.body),
                   event.request ? " " + inert(event.request->text()) : "",
                   event.case_number ? " (case " + inert(event.case_number->text()) + ")" : "");
        const auto meaning = narrate(event);
        fmt::print("{}{}\n", meaning.empty() ? "" : ": ", wrapped(meaning, 72, 4));
        const auto told = who_was_told(event);
        if (!told.empty()) fmt::print("    told: {}\n", wrapped(told, 88, 10));
    }
    if (reply->allowed && reply->happened.empty()) {
        fmt::print("allowed: it touches {} and needs no request\n",
                   lockbox::name_of(*reply->allowed));
    }
    return {};
}

expected<void> show_findings(desk_engine& on, const lb::tenant_id& of, const lb::actor& who) {
    const auto found = on.inspect(of, who);
    if (!found) return tl::unexpected{problem_of(found.error())};
    if (found->empty()) fmt::print("nothing is wrong with the set-up of {}\n", inert(of.text()));
    table out{{"severity", "finding", "what it means"}};
    for (const auto& one : *found) {
        auto about = one.about.empty() ? std::string{} : inert(one.about, 40) + ": ";
        out.add({std::string{lockbox::name_of(one.severity)},
                 std::string{lockbox::name_of(one.what)}, about.append(advice_on(one.what))});
    }
    if (!out.empty()) fmt::print("{}", out.text());
    return {};
}

expected<void> show_settings(desk_engine& on, const lb::tenant_id& of, const lb::actor& who) {
    const auto s = on.settings(of, who);
    if (!s) return tl::unexpected{problem_of(s.error())};
    std::vector<std::string> exempted;
    for (const auto& service : s->exempted) exempted.push_back(inert(service.text()));
    std::vector<std::string> recipients;
    for (const auto& address : s->recipients) recipients.push_back(inert(address));
    std::vector<std::string> reminders;
    for (const auto before : s->reminders) reminders.push_back(length(before));
    std::vector<std::string> second_list;
    for (const auto& address : s->escalation.recipients) second_list.push_back(inert(address));
    const auto& l = s->limits;
    table out{{"setting", "value"}};
    out.add({"manager_window", length(s->manager_window)});
    out.add({"customer_window", length(s->customer_window)});
    out.add({"longest_access", length(s->longest_access)});
    out.add({"managers_needed", std::to_string(s->managers_needed)});
    out.add({"approvers_needed", std::to_string(s->approvers_needed)});
    out.add({"comment_required", s->comment_required ? "yes" : "no"});
    out.add({"audit log", s->audit_visible ? "shown" : "hidden"});
    out.add({"exempted", listed(exempted)});
    out.add({"recipients", listed(recipients)});
    out.add({"reminders", listed(reminders)});
    out.add({"escalation_before", length(s->escalation.before)});
    out.add({"escalation_recipients", listed(second_list)});
    out.add({"consents", s->consents ? "may stand" : "none"});
    out.add({"text_bytes", std::to_string(l.text_bytes)});
    out.add({"limit_resources", std::to_string(l.resources)});
    out.add({"limit_operations", std::to_string(l.operations)});
    out.add({"pending_per_engineer", std::to_string(l.pending_per_engineer)});
    out.add({"open_requests", std::to_string(l.open_requests)});
    out.add({"rounds", std::to_string(l.rounds)});
    out.add({"refusals_per_hour", std::to_string(l.refusals_per_hour)});
    out.add({"denials_before_wait", std::to_string(l.denials_before_wait)});
    out.add({"wait_after_denials", length(l.wait_after_denials)});
    out.add({"clock_tolerance", length(l.clock_tolerance)});
    out.add({"two_person_changes", s->two_person_changes ? "yes" : "no"});
    fmt::print("{}", out.text());
    return {};
}

expected<void> show_consents(desk_engine& on, const lb::tenant_id& of, const lb::actor& who) {
    const auto all = on.consents(of, who);
    if (!all) return tl::unexpected{problem_of(all.error())};
    if (all->empty()) fmt::print("no consent of {} stands\n", inert(of.text()));
    table out{{"consent", "until", "stands", "longest", "by", "reasons", "covers"}};
    for (const auto& one : *all) {
        std::vector<std::string> authors;
        for (const auto& author : one.authors) authors.push_back(inert(author.text()));
        std::vector<std::string> reasons;
        for (const auto& reason : one.rule.reasons) reasons.push_back(inert(reason.text()));
        out.add({std::to_string(one.number), when(one.rule.until), one.ended ? "no" : "yes",
                 length(one.rule.longest), listed(authors), listed(reasons),
                 narrate(one.rule.scope)});
    }
    if (!out.empty()) fmt::print("{}", out.text());
    return {};
}

expected<void> show_preview(desk_engine& on, const lb::command& what) {
    const auto terms = on.preview(what);
    if (!terms) return tl::unexpected{problem_of(terms.error())};
    if (!*terms) return tl::unexpected{explained(on, what, terms->error())};
    fmt::print("it would be accepted; nothing was written\n");
    show_terms(**terms);
    return {};
}

void show_terms(const lb::terms& terms) {
    for (const auto& gate : terms.gates) {
        fmt::print("  {} asks {} and waits {}", gate_name(gate.side), people(gate.needed),
                   length(gate.window));
        if (!gate.roles.empty()) fmt::print("; roles {}", role_names(gate.roles));
        for (const auto& clause : gate.clauses) fmt::print("{}", clause_text(clause));
        fmt::print("\n");
        for (const auto& hours : gate.hours)
            fmt::print("    approvals count {}\n", in_words(hours));
    }
    fmt::print("  the longest access is {}{}\n", length(terms.longest_access),
               terms.comment_required ? "; every decision needs a comment" : "");
    if (terms.no_consents) fmt::print("  no consent opens a gate\n");
    for (const auto& hours : terms.access_hours)
        fmt::print("  access is open {}\n", in_words(hours));
}

expected<void> show_why(desk_engine& on, const lb::tenant_id& of, const lb::request_id& item,
                        const lb::actor& who) {
    const auto why = on.why(of, item, who);
    if (!why) return tl::unexpected{problem_of(why.error())};
    fmt::print("{} of {}: {} ({})\n", inert(item.text()), inert(of.text()),
               lockbox::name_of(*why->status), lockbox::name_of(why->rule));
    for (const auto& fact : why->facts) fmt::print("  {}\n", wrapped(sentence(fact), 96, 4));
    for (const auto& need : why->next)
        fmt::print("  {}{}\n", &need == &why->next.front() ? "" : "or ",
                   wrapped(sentence(need), 93, 4));
    return {};
}

expected<void> show_proposals(desk_engine& on, const lb::tenant_id& of, const lb::actor& who) {
    const auto waiting = on.proposals(of, who);
    if (!waiting) return tl::unexpected{problem_of(waiting.error())};
    if (waiting->empty()) fmt::print("no change waits at {}\n", inert(of.text()));
    for (const auto& one : *waiting) {
        const auto why = on.why_proposal(of, one.number, who);
        if (!why) return tl::unexpected{problem_of(why.error())};
        for (const auto& fact : why->facts) fmt::print("{}\n", wrapped(sentence(fact), 98, 2));
        for (const auto& line : lockbox::lines_of<lb::vocabulary>(*one.change))
            fmt::print("  {}\n", wrapped(line, 96, 4));
        for (const auto& need : why->next) fmt::print("  {}\n", wrapped(sentence(need), 96, 4));
    }
    return {};
}

expected<void> show_digest(desk_engine& on) {
    const auto of = on.digest();
    if (!of) return tl::unexpected{problem_of(of.error())};
    fmt::print("{} events, fingerprint {:016x}\n", of->events, of->fingerprint);
    return {};
}

}  // namespace desk
