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
#include "random_statement.hpp"

namespace courses {

class random_policy {
  public:
    /// `judges_again`: as random_statement.
    random_policy(dice& roll, bool judges_again) : roll_{roll}, some_{roll, judges_again} {}

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
            r.when.push_back(some_.fact());
        for (auto facts = roll_.one_of({0U, 0U, 0U, 1U, 2U}); facts > 0; --facts)
            r.unless.push_back(some_.fact());
        for (auto demands = roll_.one_of({1U, 1U, 2U, 3U}); demands > 0; --demands)
            r.ask.push_back(some_.demand());
        if (find_by(r.ask, policy_key::customer_gate, &statement::key) != nullptr)
            r.ask.push_back({policy_key::approvals, 1, {}, {}, {}});
        return r;
    }

    // --- Faults ----------------------------------------------------------------------------------

    auto& any(auto& list) { return list[roll_(static_cast<std::uint32_t>(list.size()))]; }

    void spoil(lb::tenant_policy& p) {
        auto& r = any(p.rules);
        auto& list = *roll_.one_of({&r.when, &r.unless, &r.ask, &r.ask});
        if (list.empty()) list.push_back(&list == &r.ask ? some_.demand() : some_.fact());
        switch (roll_(10)) {
            case 0:
                r.ask = {};
                return;
            case 1:
                any(list) = &list == &r.ask ? some_.fact() : some_.demand();
                return;
            case 2:
                any(list).key = roll_.one_of({policy_key::none, policy_key::rules, policy_key::ask,
                                              policy_key::any_of, policy_key::needed});
                return;
            case 3:
                r.ask.push_back(some_.roles_of_gate());
                r.ask.push_back(some_.roles_of_gate());
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
                s.hours = std::vector(roll_.one_of({16U, 17U}), some_.hours());
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
                while (s.clauses.size() < 5) some_.add_clause(s);
                return;
            case 2:
                one.any_of = {};
                return;
            case 3:
                while (one.any_of.size() < 5) one.any_of.push_back(some_.quorum());
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
    random_statement some_;
};

}  // namespace courses
