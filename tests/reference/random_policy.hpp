// Random policies of a tenant's own: mostly such as may be set, and with every fault that there is.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"

namespace courses {

using namespace std::chrono_literals;
using lb = lockbox::bind<lockbox::default_vocabulary>;
using lockbox::policy_key;

class random_policy {
  public:
    /// Without what depends on the instant or on other requests, for one that judges again (S5).
    random_policy(dice& roll, bool judges_again) : roll_{roll}, judges_again_{judges_again} {}

    lb::tenant_policy operator()() {
        lb::tenant_policy p;
        const auto rules = roll_.one_of({0U, 1U, 1U, 1U, 2U, 2U, 3U});
        for (std::uint32_t at = 0; at < rules; ++at) add_rule(p);
        if (rules > 0 && roll_.once_in(4)) spoil(p);
        if (rules > 0 && roll_.once_in(90)) p.rules = std::vector(33, rule());
        return without_overlap(p);
    }

  private:
    using statement = lb::statement;
    using names = lockbox::vector<std::string>;

    /// Adds a rule with new facts, or with the same as the first has.
    void add_rule(lb::tenant_policy& p) {
        auto fresh = rule();
        if (!p.rules.empty() && roll_.once_in(3)) {
            fresh.when = p.rules[0].when;
            fresh.unless = p.rules[0].unless;
        }
        p.rules.push_back(fresh);
    }
    static lb::tenant_policy without_overlap(const lb::tenant_policy& p) {
        lb::tenant_policy kept;
        for (const auto& one : p.rules)
            if (std::none_of(kept.rules.begin(), kept.rules.end(),
                             [&](const auto& other) { return overlap(one, other); }))
                kept.rules.push_back(one);
        return kept;
    }
    /// Whether two rules have some facts in common, but not the same facts.
    static bool overlap(const lb::policy_rule& a, const lb::policy_rule& b) {
        const auto both = in_order(lb::tenant_policy{{a, b}});
        if (both.rules.size() < 2) return false;
        const auto common = [](const auto& some, const auto& others) {
            return std::any_of(some.begin(), some.end(),
                               [&](const auto& one) { return contains(others, one); });
        };
        return common(both.rules[0].when, both.rules[1].when) ||
               common(both.rules[0].unless, both.rules[1].unless);
    }

    lb::policy_rule rule() {
        lb::policy_rule r;
        for (auto facts = roll_.one_of({0U, 1U, 1U, 2U}); facts > 0; --facts)
            r.when.push_back(fact());
        for (auto facts = roll_.one_of({0U, 0U, 0U, 1U, 2U}); facts > 0; --facts)
            r.unless.push_back(fact());
        for (auto demands = roll_.one_of({1U, 1U, 2U, 3U}); demands > 0; --demands)
            r.ask.push_back(demand());
        if (find_by(r.ask, policy_key::customer_gate, &statement::key) != nullptr)
            r.ask.push_back(number(policy_key::approvals, 1));
        return r;
    }

    static statement number(policy_key key, std::int64_t value) { return {key, value, {}, {}, {}}; }
    static statement length(policy_key key, std::chrono::milliseconds value) {
        return number(key, value.count());
    }
    statement some(policy_key key, std::initializer_list<const char*> all) {
        statement s{key, 0, {}, {}, {}};
        for (auto left = roll_.one_of({1U, 1U, 2U}); left > 0; --left)
            s.names.push_back(roll_.word(all));
        return s;
    }

    statement fact() {
        using enum policy_key;
        switch (roll_(judges_again_ ? 7 : 8)) {
            case 0:
                return some(services, {"mail", "files"});
            case 1:
                return some(operations, {"Read", "Export", "Write"});
            case 2:
                return some(resources, {"/a", "/a/x", "/b", "/", "/c"});
            case 3:
                return some(reasons, {"production_alert", "provider_review"});
            case 4:
                return some(requesters, {"eve", "eli", "ada"});
            case 5:
                return some(entitled_to, {"plan", "support"});
            case 6:
                return length(longer_than, roll_.one_of<std::chrono::milliseconds>(
                                               {1h, 2h, 3599999ms, 89s, 24h}));
            default:
                return some_hours(submitted_in);
        }
    }

    statement demand() {
        using enum policy_key;
        using ms = std::chrono::milliseconds;
        switch (roll_(18)) {
            case 0:
                return number(approvals, roll_.one_of({1, 2, 2, 3}));
            case 1:
                return roles_of_gate();
            case 2:
            case 14:
            case 15:
                return clauses();
            case 3:
                return number(customer_gate, 0);
            case 4:
                return number(managers, 1 + roll_(2));
            case 5:
                return number(comment, 0);
            case 6:
                return length(manager_window, roll_.one_of<ms>({1min, 10min, 1h, 2h, 24h}));
            case 7:
                return length(customer_window, roll_.one_of<ms>({1min, 10min, 1h, 2h, 336h}));
            case 8:
                return length(longest_access, roll_.one_of<ms>({1min, 1h, 90min, 2h, 24h}));
            case 9:
            case 16:
                return some_hours(approval_hours);
            case 10:
                return some_hours(access_hours);
            case 11:
                if (!roll_.once_in(3)) return number(customer_gate, 0);
                return some(refuse, {"closed", "service", "operation", "resource", "reason",
                                     "requester", "length", "hours"});
            case 12:
                if (judges_again_) return number(comment, 0);
                return number(most_live_grants, 1 + roll_(2));
            case 13:
                if (judges_again_) return number(managers, 1);
                return length(pause_after_denial, roll_.one_of<ms>({1min, 10min, 1h, 744h}));
            default:
                return number(approvals, 1);
        }
    }

    names some_roles() {
        names roles;
        for (auto left = roll_.one_of({1U, 2U, 2U, 3U}); left > 0; --left)
            roles.push_back(roll_.word({"global_admin", "global_admin", "access_approver",
                                        "access_approver", "compliance_admin", "audit_reader"}));
        return roles;
    }
    statement roles_of_gate() { return {policy_key::roles, 0, some_roles(), {}, {}}; }

    lb::quorum quorum() {
        lb::quorum q{roll_.one_of({1U, 1U, 1U, 2U}), {}};
        for (const auto& role : some_roles()) q.roles.push_back(lb::role{role});
        return q;
    }
    lb::clause clause() {
        lb::clause c;
        for (auto left = roll_.one_of({1U, 1U, 2U, 3U}); left > 0; --left)
            c.any_of.push_back(quorum());
        return c;
    }
    /// Of one choice there is one clause.
    void add_clause(statement& s) {
        const auto fresh = in_order(clause());
        for (const auto& old : s.clauses)
            if (same_choice(in_order(old), fresh)) return;
        s.clauses.push_back(fresh);
    }
    statement clauses() {
        statement s{policy_key::each_of, 0, {}, {}, {}};
        for (auto left = roll_.one_of({1U, 1U, 2U, 3U}); left > 0; --left) add_clause(s);
        return s;
    }

    lockbox::weekly_hours hours() {
        using enum lockbox::weekday;
        using minutes = std::chrono::minutes;
        lockbox::weekly_hours h;
        h.days = {monday, tuesday, wednesday, thursday, friday, saturday, sunday};
        if (roll_.once_in(3)) h.days = {monday, tuesday};
        if (roll_.once_in(6)) h.days = {roll_.one_of({monday, sunday, thursday})};
        h.from = roll_.one_of<minutes>({0h, 8h, 9h, 10h, 20h, 1439min});
        h.until = roll_.one_of<minutes>({24h, 24h, 18h, 12h, 10h, 9h, 6h, 0h});
        if (roll_.once_in(3)) h.utc_offset = roll_.one_of<minutes>({1h, -90min, 15h, -15h, 1min});
        return h;
    }
    statement some_hours(policy_key key) {
        statement s{key, 0, {}, {}, {}};
        for (auto left = roll_.once_in(6) ? 9 + roll_(8) : 1 + roll_(2); left > 0; --left)
            s.hours.push_back(hours());
        return s;
    }

    // --- Faults ----------------------------------------------------------------------------------

    auto& any(auto& list) { return list[roll_(static_cast<std::uint32_t>(list.size()))]; }

    void spoil(lb::tenant_policy& p) {
        auto& r = any(p.rules);
        auto& list = *roll_.one_of({&r.when, &r.unless, &r.ask, &r.ask});
        if (list.empty()) list.push_back(&list == &r.ask ? demand() : fact());
        switch (roll_(10)) {
            case 0:
                r.ask = {};
                return;
            case 1:
                any(list) = &list == &r.ask ? fact() : demand();
                return;
            case 2:
                any(list).key = roll_.one_of({policy_key::none, policy_key::rules, policy_key::ask,
                                              policy_key::any_of, policy_key::needed});
                return;
            case 3:
                r.ask.push_back(roles_of_gate());
                r.ask.push_back(roles_of_gate());
                return;
            default:
                return spoil(any(list));
        }
    }

    void spoil(statement& s) {
        switch (kind_of(s.key)) {
            case lockbox::statement_kind::names:
                return spoil_names(s);
            case lockbox::statement_kind::count:
                s.number = roll_.one_of<std::int64_t>({0, 20, 21, -1, 10'000, 10'001, 4294967297});
                return;
            case lockbox::statement_kind::length:
                if (s.key == policy_key::longer_than) return;
                s.number = roll_.one_of<std::int64_t>(
                    {0, -1, 59'999, 86'400'001, 1'209'600'001, 2'678'400'000, 2'678'400'001});
                return;
            case lockbox::statement_kind::hours:
                return spoil_hours(s);
            case lockbox::statement_kind::clauses:
                return spoil_clauses(s);
            default:
                return;
        }
    }

    void spoil_names(statement& s) {
        switch (roll_(4)) {
            case 0:
                s.names = {};
                return;
            case 1:
                s.names = std::vector<std::string>(roll_.one_of({100U, 101U}), any(s.names));
                return;
            case 2:
                s.names.push_back(s.key == policy_key::requesters ? roll_.odd_name()
                                                                  : roll_.odd_id());
                return;
            default:
                s.names.push_back(
                    roll_.word({"a", "/a//b", "/a/..", "/a/", "plan2", "because", "legal"}));
        }
    }

    void spoil_hours(statement& s) {
        using enum lockbox::weekday;
        auto& one = any(s.hours);
        switch (roll_(8)) {
            case 0:
                s.hours = {};
                return;
            case 1:
                s.hours = std::vector(roll_.one_of({16U, 17U}), hours());
                return;
            case 2:
                one.days = {};
                return;
            case 3:
                one.days = {tuesday, monday};
                return;
            case 4:
                one.days = {monday, monday};
                return;
            case 5:
                one.from = roll_.one_of<std::chrono::minutes>({24h, -1min});
                return;
            case 6:
                one.until = roll_.one_of<std::chrono::minutes>({1441min, -1min});
                return;
            default:
                one.utc_offset = roll_.one_of<std::chrono::minutes>({901min, -901min});
        }
    }

    void spoil_clauses(statement& s) {
        auto& one = any(s.clauses);
        switch (roll_(7)) {
            case 0:
                s.clauses = {};
                return;
            case 1:
                while (s.clauses.size() < 5) add_clause(s);
                return;
            case 2:
                one.any_of = {};
                return;
            case 3:
                while (one.any_of.size() < 5) one.any_of.push_back(quorum());
                return;
            case 4:
                any(one.any_of).needed = roll_.one_of({0U, 20U, 21U});
                return;
            case 5:
                any(one.any_of).roles = {};
                return;
            default:
                any(one.any_of).roles.push_back(lb::role{"legal"});  // a role that nobody defined
        }
    }

    dice& roll_;
    bool judges_again_;
};

}  // namespace courses
