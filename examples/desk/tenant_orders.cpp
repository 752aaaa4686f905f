// Each tenant command: its fields, and how a filled-in form becomes its body.
#include <array>

#include <lockbox/optional.hpp>
#include <lockbox/role.hpp>

#include "orders.hpp"

namespace desk {
namespace {

expected<draft> open_tenant(const form& f) {
    return draft{lb::open_tenant{lb::person_id{f.text("admin")}}};
}
expected<draft> entitle(const form& f) {
    return draft{lb::record_entitlement{{f.truth("plan"), f.truth("support")}}};
}
expected<draft> turn_on(const form& /*f*/) { return draft{lb::turn_on{}}; }
expected<draft> turn_off(const form& /*f*/) { return draft{lb::turn_off{}}; }
expected<draft> show_log(const form& /*f*/) { return draft{lb::set_audit_visibility{true}}; }
expected<draft> hide_log(const form& /*f*/) { return draft{lb::set_audit_visibility{false}}; }

/// Puts a field's value where it belongs when it is there, and keeps the first problem.
class filler {
  public:
    explicit filler(const form& from) : from_(from) {}

    filler& duration(std::string_view name, auto& to) { return put(to, from_.duration(name)); }
    filler& number(std::string_view name, auto& to) { return put(to, from_.number(name)); }
    [[nodiscard]] const lockbox::optional<problem>& fault() const { return fault_; }

  private:
    template <class T>
    filler& put(auto& to, const expected<lockbox::optional<T>>& value) {
        if (!value && !fault_) fault_ = value.error();
        if (value && *value) to = **value;
        return *this;
    }

    const form& from_;
    lockbox::optional<problem> fault_;
};

constexpr std::array limit_fields{
    "text_bytes",         "limit_resources", "limit_operations",  "pending_per_engineer",
    "open_requests",      "rounds",          "refusals_per_hour", "denials_before_wait",
    "wait_after_denials", "clock_tolerance"};

/// The durations of a list.
expected<std::vector<lb::duration>> durations_in(const form& f, std::string_view name) {
    std::vector<lb::duration> all;
    for (const auto& text : f.list(name)) {
        const auto one = parse_duration(text);
        if (!one) return misused("`" + std::string{name} + "`: " + one.error().what);
        all.push_back(*one);
    }
    return all;
}

/// When it is named at all, the escalation is set as a whole, like the limits.
expected<lockbox::optional<lb::escalation>> escalation_in(const form& f) {
    if (!f.has("escalation_before") && !f.has("escalation_recipients"))
        return lockbox::optional<lb::escalation>{};
    lb::escalation e;
    filler fill{f};
    fill.duration("escalation_before", e.before);
    if (fill.fault()) return tl::unexpected{*fill.fault()};
    e.recipients = f.list("escalation_recipients");
    return lockbox::optional{e};
}

/// The limits are set together: what is not named gets its default, so that the same line always
/// means the same.
expected<lockbox::optional<lb::limits>> limits_in(const form& f) {
    const bool any =
        std::ranges::any_of(limit_fields, [&](const char* name) { return f.has(name); });
    if (!any) return lockbox::optional<lb::limits>{};
    lb::limits l;
    filler fill{f};
    fill.number("text_bytes", l.text_bytes)
        .number("limit_resources", l.resources)
        .number("limit_operations", l.operations)
        .number("pending_per_engineer", l.pending_per_engineer)
        .number("open_requests", l.open_requests)
        .number("rounds", l.rounds)
        .number("refusals_per_hour", l.refusals_per_hour)
        .number("denials_before_wait", l.denials_before_wait)
        .duration("wait_after_denials", l.wait_after_denials)
        .duration("clock_tolerance", l.clock_tolerance);
    if (fill.fault()) return tl::unexpected{*fill.fault()};
    return lockbox::optional{l};
}

expected<draft> change_settings(const form& f) {
    lb::settings_change change;
    filler fill{f};
    fill.duration("manager_window", change.manager_window)
        .duration("customer_window", change.customer_window)
        .duration("longest_access", change.longest_access)
        .number("managers_needed", change.managers_needed)
        .number("approvers_needed", change.approvers_needed);
    if (fill.fault()) return tl::unexpected{*fill.fault()};
    if (f.has("comment_required")) change.comment_required = f.truth("comment_required");
    if (f.has("exempted")) change.exempted = ids<lb::service>(f.list("exempted"));
    if (f.has("consents")) change.consents = f.truth("consents");
    if (f.has("recipients")) change.recipients = f.list("recipients");
    auto reminders = durations_in(f, "reminders");
    if (!reminders) return tl::unexpected{reminders.error()};
    if (f.has("reminders")) change.reminders = *reminders;
    auto escalation = escalation_in(f);
    if (!escalation) return tl::unexpected{escalation.error()};
    change.escalation = *escalation;
    auto limits = limits_in(f);
    if (!limits) return tl::unexpected{limits.error()};
    change.limits = *limits;
    if (f.has("two_person_changes")) change.two_person_changes = f.truth("two_person_changes");
    return draft{lb::change_settings{std::move(change)}};
}

expected<draft> define_role(const form& f) {
    lockbox::permission_set permits;
    for (const auto& name : f.list("permits")) {
        const auto one = lockbox::named<lockbox::permission>(name);
        if (!one) {
            return misused(
                "`permits`: there is no such permission; there are switch, settings, "
                "decide, view, audit and assign_roles");
        }
        permits |= {*one};
    }
    return draft{lb::define_role{lb::role{f.text("role")}, permits}};
}
expected<draft> assign_role(const form& f) {
    auto until = f.instant("until");
    if (!until) return tl::unexpected{until.error()};
    return draft{
        lb::assign_role{lb::person_id{f.text("member")}, lb::role{f.text("role")}, *until}};
}
expected<draft> end_role(const form& f) {
    return draft{lb::end_role{lb::person_id{f.text("member")}, lb::role{f.text("role")}}};
}
expected<draft> freeze_all(const form& f) { return draft{lb::freeze{f.text("comment")}}; }
expected<draft> lift(const form& /*f*/) { return draft{lb::lift_freeze{}}; }

expected<draft> give_consent(const form& f) {
    const auto longest = f.duration("duration");
    if (!longest) return tl::unexpected{longest.error()};
    const auto until = f.instant("until");
    if (!until) return tl::unexpected{until.error()};
    return draft{lb::consent{{{lb::service{f.text("service")},
                               ids<lb::operation>(f.list("operations")), f.list("resources")},
                              ids<lb::reason>(f.list("reasons")),
                              longest->value_or(lb::duration::zero()),
                              until->value_or(lb::time_point{})}}};
}
expected<draft> withdraw_consent(const form& f) {
    const auto number = f.number("number");
    if (!number) return tl::unexpected{number.error()};
    return draft{lb::withdraw_consent{number->value_or(0)}};
}

template <class Word>
expected<draft> on_proposal(const form& f) {
    const auto number = f.number("proposal");
    if (!number) return tl::unexpected{number.error()};
    return draft{Word{number->value_or(0)}};
}

constexpr std::array opening{field{"admin", kind::text, true, "Who administers it first"}};
constexpr std::array bought{
    field{"plan", kind::truth, false, "A plan or add-on that includes lockbox"},
    field{"support", kind::truth, false, "A support plan under which cases can be opened"}};
constexpr std::array settings_fields{
    field{"manager_window", kind::duration, false, "How long a manager may take: 1m to 14d"},
    field{"customer_window", kind::duration, false, "How long an approver may take: 1m to 14d"},
    field{"longest_access", kind::duration, false, "The longest access: 1m to 24h"},
    field{"managers_needed", kind::number, false, "How many managers must agree: 1 to 20"},
    field{"approvers_needed", kind::number, false, "How many approvers must agree: 1 to 20"},
    field{"comment_required", kind::truth, false, "Whether every decision needs a comment"},
    field{"exempted", kind::list, false, "A service left unprotected"},
    field{"recipients", kind::list, false, "An address that is told besides the approvers"},
    field{"reminders", kind::list, false,
          "A reminder, so long before a gate's deadline: 1m to 14d"},
    field{"escalation_before", kind::duration, false,
          "When others are told too, before the approvers' deadline: 1m to 14d; default 1h"},
    field{"escalation_recipients", kind::list, false, "An address that is told then"},
    field{"consents", kind::truth, false, "Whether consents may stand"},
    field{"text_bytes", kind::number, false, "Limit: bytes in one free text"},
    field{"limit_resources", kind::number, false, "Limit: resources in one request"},
    field{"limit_operations", kind::number, false, "Limit: operations in one request"},
    field{"pending_per_engineer", kind::number, false, "Limit: an engineer's pending requests"},
    field{"open_requests", kind::number, false, "Limit: open requests in all"},
    field{"rounds", kind::number, false, "Limit: questions about one request"},
    field{"refusals_per_hour", kind::number, false, "Limit: recorded refusals of one actor"},
    field{"denials_before_wait", kind::number, false, "Limit: denials on one case before a wait"},
    field{"wait_after_denials", kind::duration, false, "Limit: that wait, up to 7d"},
    field{"clock_tolerance", kind::duration, false, "Limit: how far a clock may lag, up to 5m"},
    field{"two_person_changes", kind::truth, false, "Whether what loosens takes two members"}};
constexpr std::array defining{
    field{"role", kind::text, true, "The role's name"},
    field{"permits", kind::list, true,
          "What it permits: switch, settings, decide, view, audit, assign_roles"}};
constexpr std::array assigning{
    field{"member", kind::text, true, "Who gets it"}, field{"role", kind::text, true, "The role"},
    field{"until", kind::instant, false, "Up to that instant; without it, for good"}};
constexpr std::array taking{field{"member", kind::text, true, "Who loses it"},
                            field{"role", kind::text, true, "The role"}};
constexpr std::array consenting{
    field{"service", kind::text, true, "The service"},
    field{"operations", kind::list, true, "An operation that may be asked for"},
    field{"resources", kind::list, true, "A resource, with all under it; / is all"},
    field{"reasons", kind::list, true, "A reason for which it may be asked"},
    field{"duration", kind::duration, true, "The longest access: 1m to 24h"},
    field{"until", kind::instant, true, "When it ends, and all access with it: at most 90d ahead"}};
constexpr std::array taking_back{field{"number", kind::number, true, "The consent's number"}};
constexpr std::array settling{field{"proposal", kind::number, true, "The proposal's number"}};
constexpr std::array commenting{field{"comment", kind::text, false, "Why"}};

constexpr std::array on_tenants{
    order{"tenant open", "Open a tenant (operator)", opening, open_tenant},
    order{"entitle", "Record what a tenant bought (operator)", bought, entitle},
    order{"on", "Turn lockbox on: no content without the tenant's word (member)", {}, turn_on},
    order{"off", "Turn lockbox off for later requests (member)", {}, turn_off},
    order{"settings", "Show the settings, or change those that are named (member)", settings_fields,
          change_settings},
    order{"audit-log show", "Show the audit log to the tenant's auditors (member)", {}, show_log},
    order{"audit-log hide", "Hide the audit log from the tenant's auditors (member)", {}, hide_log},
    order{"role define", "Say what a role permits (member)", defining, define_role},
    order{"role assign", "Give a role to a person (member)", assigning, assign_role},
    order{"role end", "Take a role from a person (member)", taking, end_role},
    order{"freeze", "Cut all access off and refuse new requests (member)", commenting, freeze_all},
    order{"lift", "Lift the freeze (member)", {}, lift},
    order{"agree", "Let a change take effect that another member proposed (member)", settling,
          on_proposal<lb::agree>},
    order{"decline", "End a proposal, your own too (member)", settling, on_proposal<lb::decline>},
    order{"consent give", "Agree ahead: such requests ask nobody (member)", consenting,
          give_consent},
    order{"consent withdraw", "Take a consent back, and the access that it opened (member)",
          taking_back, withdraw_consent}};

}  // namespace

std::span<const order> tenant_orders() { return on_tenants; }

}  // namespace desk
