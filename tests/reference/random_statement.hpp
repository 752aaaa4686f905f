// Random statements of a policy, each such as may be set.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"

namespace courses {

using namespace std::chrono_literals;
using lb = lockbox::bind<lockbox::default_vocabulary>;
using lockbox::policy_key;

class random_statement {
  public:
    using statement = lb::statement;

    /// Without what depends on the instant or on other requests, for one that judges again (S5).
    /// Either they ask for certain roles, or for so much that it is more than terms may have.
    random_statement(dice& roll, bool judges_again)
        : roll_{roll}, judges_again_{judges_again}, by_roles_{roll.once_in(2)} {}

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
                return by_roles_ ? roles_of_gate() : number(approvals, 1);
            case 2:
            case 14:
            case 15:
                return clauses();
            case 3:
                return number(customer_gate, 0);
            case 4:
                return number(managers, 1 + roll_(2));
            case 5:
                return number(roll_.once_in(3) ? no_consents : comment, 0);
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

    lockbox::vector<std::string> some_roles() {
        lockbox::vector<std::string> roles;
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
        if (roll_.once_in(2))  // one that others ask for as well, perhaps with another number
            return {{lb::quorum{1 + roll_(2),
                                {roll_.word<lb::role>({"access_approver", "global_admin"})}}}};
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
        for (auto left = by_roles_ ? 1U : 1 + roll_(3); left > 0; --left) add_clause(s);
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
        for (auto left = !by_roles_ && roll_.once_in(3) ? 9 + roll_(8) : 1 + roll_(2); left > 0;
             --left)
            s.hours.push_back(hours());
        return s;
    }

  private:
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

    dice& roll_;
    bool judges_again_;
    bool by_roles_;
};

}  // namespace courses
