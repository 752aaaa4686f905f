#include "narrate.hpp"

#include <vector>

#include <lockbox/change_lines.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>

#include "print.hpp"

namespace desk {
namespace {

using V = lb::vocabulary;

std::vector<std::string> texts_of(const auto& all) {
    std::vector<std::string> out;
    out.reserve(all.size());
    for (const auto& one : all) {
        if constexpr (std::convertible_to<decltype(one), std::string_view>)
            out.push_back(inert(one));
        else
            out.push_back(inert(one.text()));
    }
    return out;
}

/// A comment behind what it is about, in quotes; nothing when there is none.
std::string with_comment(std::string what, std::string_view comment) {
    if (comment.empty()) return what;
    if (!what.empty()) what += "; ";
    return what.append("\"").append(inert(comment)).append("\"");
}

std::string because(lockbox::cause why, std::string_view comment = {}) {
    switch (why) {
        case lockbox::cause::person:
            return with_comment({}, comment);
        case lockbox::cause::freeze:
            return with_comment("by a freeze", comment);
        case lockbox::cause::turned_on:
            return with_comment("by turning lockbox on", comment);
        case lockbox::cause::case_closed:
            return with_comment("its case was closed", comment);
        case lockbox::cause::drill:
            return with_comment("the drill went through", comment);
        case lockbox::cause::consent_withdrawn:
            return with_comment("its consent was withdrawn", comment);
    }
    return {};
}

std::string permits(const lockbox::permission_set& set) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < lockbox::names_of<lockbox::permission>.size(); ++at) {
        const auto one = static_cast<lockbox::permission>(at);
        if (set.has(one)) names.emplace_back(lockbox::name_of(one));
    }
    return listed(names);
}

/// A gate by its place: with two gates the manager's is the first. Where the event
/// alone does not tell, the actor's side does.
std::string decided_at(const lb::audit_event& e) {
    const auto side = lockbox::side_of(e.actor.acting);
    return side == lockbox::side::system ? std::string{} : gate_name(side);
}

std::string narrowed(const lb::narrowing& n) {
    std::string out;
    if (n.duration) out += "; for " + length(*n.duration) + " at most";
    if (n.scope) out += "; only " + narrate(*n.scope);
    return out;
}

/// ", reminders 1 h before, escalation 30 min before to boss@contoso.example"; nothing without any.
std::string reminders_in_short(const lb::settings& s) {
    std::vector<std::string> before;
    for (const auto one : s.reminders) before.push_back(length(one));
    std::string out = before.empty() ? "" : ", reminders " + listed(before) + " before";
    if (s.escalation.recipients.empty()) return out;
    return out + ", escalation " + length(s.escalation.before) + " before to " +
           listed(texts_of(s.escalation.recipients));
}

std::string settings_in_short(const lb::settings& s) {
    return "windows " + length(s.manager_window) + " and " + length(s.customer_window) +
           ", longest access " + length(s.longest_access) + ", approvers " +
           std::to_string(s.approvers_needed) + ", exempted " + listed(texts_of(s.exempted)) +
           ", also told " + listed(texts_of(s.recipients)) + reminders_in_short(s) +
           ", rules of its own policy " + std::to_string(s.policy.rules.size()) +
           (s.consents ? ", consents may stand" : "") +
           (s.two_person_changes ? ", what loosens takes two" : "");
}

std::string on_resource(const lb::attempt& to) {
    return inert(to.operation.text()) + " on " + inert(to.resource) + " of " +
           inert(to.service.text());
}

std::string proposal(std::uint64_t number) { return "proposal " + std::to_string(number); }

/// The reason of a refusal, without the word that begins its sentence.
std::string reason_of(const lockbox::refusal& r) {
    constexpr std::string_view begins = "refused: ";
    return sentence_of(r).substr(begins.size());
}

/// One overload for each kind of event, in the order of their lives.
struct teller {
    const lb::audit_event& event;

    std::string operator()(const lb::tenant_opened& e) const {
        return inert(e.first_administrator.text()) + " administers it";
    }
    std::string operator()(const lb::entitlement_recorded& e) const {
        return std::string{e.entitlement.plan ? "a plan with lockbox" : "no plan with lockbox"} +
               (e.entitlement.support ? ", a support plan" : ", no support plan");
    }
    std::string operator()(const lb::turned_on&) const { return "content needs the tenant's word"; }
    std::string operator()(const lb::turned_off&) const { return "later requests pass without it"; }
    std::string operator()(const lb::settings_changed& e) const {
        return settings_in_short(*e.settings);
    }
    std::string operator()(const lb::audit_visibility_changed& e) const {
        return e.visible ? "auditors may read the log" : "nobody may read the log";
    }
    std::string operator()(const lb::role_defined& e) const {
        return inert(e.role.text()) + " permits " + permits(e.permits);
    }
    std::string operator()(const lb::role_assigned& e) const {
        return inert(e.role.text()) + " to " + inert(e.member.text()) +
               (e.until ? " until " + when(*e.until) : "");
    }
    std::string operator()(const lb::role_ended& e) const {
        return inert(e.role.text()) + " of " + inert(e.member.text());
    }
    std::string operator()(const lb::frozen& e) const {
        return with_comment("all access is cut off", e.comment);
    }
    std::string operator()(const lb::freeze_lifted&) const { return "requests may come again"; }

    std::string operator()(const lb::consent_given& e) const {
        return "consent " + std::to_string(e.number) + " to " + narrate(e.rule.scope) + ", for " +
               listed(texts_of(e.rule.reasons)) + ", " + length(e.rule.longest) +
               " at most, until " + when(e.rule.until) + "; by " + listed(texts_of(e.authors));
    }
    std::string operator()(const lb::consent_withdrawn& e) const {
        return "consent " + std::to_string(e.number) + " opens nothing any more";
    }
    std::string operator()(const lb::change_proposed& e) const {
        return proposal(e.number) + ", " + narrate(*e.change) +
               ", waits for a second member until " + when(e.decide_by);
    }
    std::string operator()(const lb::change_agreed& e) const {
        return proposal(e.number) + " by " + inert(e.proposer.text());
    }
    std::string operator()(const lb::change_declined& e) const {
        return proposal(e.number) + " by " + inert(e.proposer.text()) +
               (e.cause == lockbox::decline_cause::person ? "" : ", for the settings changed");
    }
    std::string operator()(const lb::change_lapsed& e) const {
        return proposal(e.number) + " by " + inert(e.proposer.text()) + ": nobody agreed before " +
               when(e.since);
    }

    std::string operator()(const lb::submitted& e) const {
        return gate_name(e.terms->gates.front().side) + " waits until " + when(e.decide_by);
    }
    std::string operator()(const lb::terms_tightened& e) const {
        return "now with " + std::to_string(e.terms->gates.size()) + " gates; waits until " +
               when(e.decide_by);
    }
    std::string operator()(const lb::approved& e) const {
        return with_comment(decided_at(event) + narrowed(e.narrowed), e.comment);
    }
    std::string operator()(const lb::gate_opened& e) const {
        return gate_name(lockbox::side::tenant) + " waits until " + when(e.decide_by);
    }
    std::string operator()(const lb::consent_used& e) const {
        const auto by =
            e.number == 0 ? std::string{"a consent"} : "consent " + std::to_string(e.number);
        return by + " opens " + gate_name(lockbox::side::tenant) + "; automatic";
    }
    std::string operator()(const lb::granted& e) const {
        return "from " + when(e.from) + " until " + when(e.until) + ": " + narrate(e.scope);
    }
    std::string operator()(const lb::denied& e) const {
        if (e.cause != lockbox::cause::person) return because(e.cause, e.comment);
        return with_comment(decided_at(event), e.comment);
    }
    std::string operator()(const lb::asked& e) const { return with_comment({}, e.question); }
    std::string operator()(const lb::answered& e) const { return with_comment({}, e.text); }
    std::string operator()(const lb::reminded& e) const {
        const bool desk =
            !event.told.empty() && event.told.front().as == lockbox::audience::manager_desk;
        const auto side = desk ? lockbox::side::provider : lockbox::side::tenant;
        return gate_name(side) + " still waits until " + when(e.decide_by) +
               (e.escalated ? "; escalated" : "");
    }
    std::string operator()(const lb::withdrawn& e) const {
        return e.cause == lockbox::cause::person ? "taken back" : because(e.cause);
    }
    std::string operator()(const lb::accessed& e) const { return on_resource(e.to); }
    std::string operator()(const lb::access_refused& e) const {
        return on_resource(e.to) + ": " + reason_of(e.refusal);
    }
    std::string operator()(const lb::finished& e) const {
        return e.cause == lockbox::cause::person ? "handed back early" : because(e.cause);
    }
    std::string operator()(const lb::revoked& e) const { return because(e.cause, e.comment); }
    std::string operator()(const lb::expired& e) const {
        return "nobody decided before " + when(e.since);
    }
    std::string operator()(const lb::ended& e) const { return "time was over at " + when(e.since); }
    std::string operator()(const lb::case_closed&) const { return {}; }
    std::string operator()(const lb::refused& e) const {
        return inert(e.command) + ": " + reason_of(e.refusal);
    }
    std::string operator()(const lb::throttled& e) const {
        return "no more refusals of this actor are recorded until " + when(e.until);
    }
    std::string operator()(const lb::undeliverable& e) const {
        return "mail to " + inert(e.address) + " about event " + std::to_string(e.sequence);
    }
};

/// What those are called together who were told as the same.
std::string_view plural_of(lockbox::audience as) {
    using enum lockbox::audience;
    switch (as) {
        case approver:
            return "approvers";
        case recipient:
            return "also";
        case manager_desk:
            return "the managers' desk";
        case engineer:
            return "engineer";
        case manager:
            return "manager";
        case reporter:
            return "reporter";
        case administrator:
            return "administrators";
    }
    return {};
}

}  // namespace

std::string narrate(const lb::audit_event& event) { return event.body.match(teller{event}); }

std::string who_did(const lb::audit_event& event) {
    if (event.actor.acting == lockbox::capacity::system) return "the system";
    return inert(event.actor.person.text());
}

std::string who_was_told(const lb::audit_event& event) {
    std::string out;
    lockbox::optional<lockbox::audience> before;
    for (const auto& to : event.told) {
        if (before != to.as)
            out.append(out.empty() ? "" : "; ").append(plural_of(to.as));
        else
            out += ',';
        before = to.as;
        const auto name = to.person ? inert(to.person->text()) : inert(to.address);
        if (!name.empty()) out.append(" ").append(name);
    }
    return out;
}

std::string narrate(const lb::scope& scope) {
    return listed(texts_of(scope.operations)) + " on " + listed(texts_of(scope.resources)) +
           " of " + inert(scope.service.text());
}

std::string narrate(const lb::tenant_change& change) {
    std::string out{name_in(change)};
    std::string_view before = " (";
    for (const auto& line : lockbox::lines_of<V>(change)) {
        out.append(before).append(line);
        before = ", ";
    }
    return before == ", " ? out += ')' : out;
}

std::string gate_name(lockbox::side side) {
    return side == lockbox::side::provider ? "the manager gate" : "the customer gate";
}

}  // namespace desk
