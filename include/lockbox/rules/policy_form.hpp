// Whether a tenant's own policy may be set: every name known, every number within its bounds, and
// somebody to open each gate. What may not is named by its place (R4, R9, G3).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include <lockbox/own_policy.hpp>
#include <lockbox/rules/moment.hpp>
#include <lockbox/rules/policy_gates.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// What a refusal names for a key of a policy.
[[nodiscard]] constexpr field field_of(policy_key key) {
    using enum policy_key;
    switch (key) {
        case services:
            return field::service;
        case operations:
            return field::operation;
        case resources:
            return field::resource;
        case reasons:
            return field::reason;
        case requesters:
            return field::actor;
        case longer_than:
            return field::duration;
        case approvals:
            return field::approvers_needed;
        case roles:
            return field::role;
        case managers:
            return field::managers_needed;
        case manager_window:
            return field::manager_window;
        case customer_window:
            return field::customer_window;
        case longest_access:
            return field::longest_access;
        case submitted_in:
        case approval_hours:
        case access_hours:
            return field::hours;
        case pause_after_denial:
            return field::case_number;
        default:
            return field::policy;
    }
}

/// Looks at the statements of a policy in their order. The first fault is kept, with its place.
template <class V>
class policy_form {
  public:
    explicit policy_form(const settled<V>& s) : settled_(s) {}

    [[nodiscard]] maybe fault_in(const tenant_policy<V>& policy) {
        if (policy.rules.size() > most_rules)
            keep(no(ground::too_long, field::policy, most_rules),
                 policy_place{}.in(policy_key::rules));
        for (std::size_t which = 0; !fault_ && which < policy.rules.size(); ++which) {
            const auto& rule = policy.rules[which];
            const auto at = policy_place{}.at(policy_key::rules, which);
            part(rule.when, is_fact, at.in(policy_key::when));
            part(rule.unless, is_fact, at.in(policy_key::unless));
            part(rule.ask, is_demand, at.in(policy_key::ask));
            if (rule.ask.empty()) keep(no(ground::missing, field::policy), at.in(policy_key::ask));
        }
        return fault_;
    }

  private:
    void keep(const maybe& fault, const policy_place& where) {
        if (fault_ || !fault) return;
        fault_ = fault;
        fault_->where = where;
    }
    void part(const vector<statement<V>>& all, bool (*belongs)(policy_key),
              const policy_place& in) {
        std::uint32_t seen = 0;
        for (const auto& one : all) {
            if (!belongs(one.key))
                return keep(no(ground::malformed, field::policy), in.in(one.key));
            const auto bit = std::uint32_t{1} << static_cast<std::uint32_t>(one.key);
            if ((seen & bit) != 0) keep(no(ground::malformed, field::policy), in.in(one.key));
            seen |= bit;
            look_at(one, in);
        }
    }
    void look_at(const statement<V>& s, const policy_place& in) {
        if (holds_more(s)) keep(no(ground::malformed, field_of(s.key)), in.in(s.key));
        switch (kind_of(s.key)) {
            case statement_kind::flag:
                return;
            case statement_kind::names:
                return names(s, in);
            case statement_kind::count:
                return count(s, in);
            case statement_kind::length:
                return length(s, in);
            case statement_kind::hours:
                return hours(s, in);
            case statement_kind::clauses:
                return clauses(s.clauses, in);
        }
    }
    /// Whether something stands in a statement that its key has no use for: nobody looks at that,
    /// and what nobody looked at must not get into the log (R9, V14).
    [[nodiscard]] static bool holds_more(const statement<V>& s) {
        using kind = statement_kind;
        const auto is = kind_of(s.key);
        return (s.number != 0 && is != kind::count && is != kind::length) ||
               (!s.names.empty() && is != kind::names) ||
               (!s.clauses.empty() && is != kind::clauses) ||
               (!s.hours.empty() && is != kind::hours);
    }
    /// How many entries a list has: some, and not too many.
    void size(std::size_t size, std::size_t most, policy_key key, const policy_place& in) {
        if (size == 0) keep(no(ground::missing, field_of(key)), in.in(key));
        if (size > most)
            keep(no(ground::too_long, field_of(key), static_cast<std::int64_t>(most)), in.in(key));
    }
    void names(const statement<V>& s, const policy_place& in) {
        size(s.names.size(), most_names, s.key, in);
        for (std::size_t at = 0; !fault_ && at < s.names.size(); ++at) {
            if (!is_name(s.key, s.names[at]))
                keep(no(ground::malformed, field_of(s.key)), in.at(s.key, at));
            if (s.key == policy_key::roles) role(s.names[at], in.at(s.key, at));
        }
    }
    [[nodiscard]] static bool is_name(policy_key key, const std::string& name) {
        using enum policy_key;
        switch (key) {
            case services:
                return is<typename V::service>(name);
            case operations:
                return is<typename V::operation>(name);
            case resources:
                return is_resource(name);
            case reasons:
                return is<typename V::reason>(name);
            case requesters:
                return detail::names_such<typename V::person_id>(name, is_identity<V>);
            case entitled_to:
                return name == "plan" || name == "support";
            case refuse:
                return named<policy_text>(name).has_value();
            default:
                return true;
        }
    }
    template <class Id>
    [[nodiscard]] static bool is(const std::string& name) {
        return detail::names_such<Id>(name, id_traits<Id>::well_formed);
    }
    [[nodiscard]] static bool is_resource(const std::string& name) {
        using scope = typename V::scope;
        if constexpr (std::is_same_v<scope,
                                     basic_scope<typename V::service, typename V::operation>>) {
            return is_path(name);
        } else {
            scope any;
            return detail::put_resources(any.resources, {name});
        }
    }
    /// A role must be the tenant's own.
    void role(const std::string& name, const policy_place& where) {
        for (const auto& defined : settled_.roles)
            if (name == id_traits<typename V::role>::text(defined.role)) return;
        keep(no(ground::unknown_role, field::role), where);
    }
    void count(const statement<V>& s, const policy_place& in) {
        const auto& most = s.key == policy_key::most_live_grants ? grant_bounds : threshold_bounds;
        keep(within(most, s.number, field_of(s.key)), in.in(s.key));
    }
    void length(const statement<V>& s, const policy_place& in) {
        const std::chrono::milliseconds length{s.number};
        const auto whose = gate_of_window(s.key);
        const auto& bounds = whose                                     ? window_bounds
                             : s.key == policy_key::pause_after_denial ? pause_bounds
                                                                       : access_bounds;
        keep(within(bounds, length, field_of(s.key)), in.in(s.key));
        if (whose && !leaves_room(settled_.settings, *whose, length))
            keep(no(ground::out_of_range, field_of(s.key),
                    in_ms(first_notice(settled_.settings, *whose))),
                 in.in(s.key));
    }
    void hours(const statement<V>& s, const policy_place& in) {
        size(s.hours.size(), most_hours, s.key, in);
        for (std::size_t at = 0; at < s.hours.size(); ++at)
            if (!s.hours[at].well_formed())
                keep(no(ground::malformed, field::hours), in.at(s.key, at));
    }
    void clauses(const vector<clause<V>>& all, const policy_place& in) {
        constexpr auto key = policy_key::each_of;
        size(all.size(), most_clauses, key, in);
        const auto found = fault_among(all);
        const auto in_clause = in.at(key, found.clause);
        const auto in_quorum = in_clause.at(policy_key::any_of, found.quorum);
        if (found.about != field::none)
            keep(no(found.why, found.about, found.limit),
                 found.about == field::role               ? in_quorum.in(policy_key::roles)
                 : found.about == field::approvers_needed ? in_quorum.in(policy_key::needed)
                 : found.why == ground::bad_terms         ? in_clause
                                                          : in_clause.in(policy_key::any_of));
        for (std::size_t one = 0; !fault_ && one < all.size(); ++one) {
            for (std::size_t other = 0; other < all[one].any_of.size(); ++other) {
                const auto where = in.at(key, one).at(policy_key::any_of, other);
                const auto& roles = all[one].any_of[other].roles;
                for (std::size_t at = 0; at < roles.size(); ++at)
                    role(std::string{id_traits<typename V::role>::text(roles[at])},
                         where.at(policy_key::roles, at));
            }
        }
    }

    const settled<V>& settled_;
    maybe fault_{};
};

/// What is wrong with a policy as it was written, in settings `s` that it is to become part of;
/// nothing when it may be set.
template <class V>
[[nodiscard]] maybe fault_in(const tenant_policy<V>& policy, const settled<V>& s,
                             typename V::time_point at) {
    if (auto why = policy_form<V>{s}.fault_in(policy)) return why;
    tenant_policy<V> sorted;  // by their statements only: the rules keep their places
    for (const auto& rule : policy.rules) {
        auto& one = sorted.rules.emplace_back();
        detail::add(one.when, rule.when);
        detail::add(one.unless, rule.unless);
        detail::add(one.ask, rule.ask);
    }
    for (std::size_t which = 0; which < policy.rules.size(); ++which)
        if (auto why = nobody_opens(sorted, which, s, at)) return why;
    return {};
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
