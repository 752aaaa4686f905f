// Random changes of a tenant's settings.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"
#include "random_policy.hpp"

namespace courses {

/// What a course is mostly about.
enum class bent {
    nothing,
    more_approvers,
    own_policy,
    reminders,
    both,
    limits,
    consents,
    two_members
};

/// Whether it is about what members agree to, ahead or together.
inline bool is_about_members(bent about) {
    return about == bent::consents || about == bent::two_members;
}

class random_settings {
  public:
    /// `late`: requests are judged again by the policies that come of it.
    random_settings(dice& roll, bent about, bool late) : roll_{roll}, bent_{about}, late_{late} {}

    /// What a course that is about something begins with.
    lb::settings_change first() {
        lb::settings_change c;
        if (bent_ == bent::more_approvers) {
            c.approvers_needed = 2;
            if (roll_.once_in(2)) c.exempted = {"files"};
            if (roll_.once_in(3)) c.limits.emplace().text_bytes = 64;
        }
        if (bent_ == bent::consents || roll_.once_in(8)) c.consents = true;
        if (bent_ == bent::consents && roll_.once_in(6)) c.approvers_needed = 2;
        if (bent_ == bent::two_members) {
            c.two_person_changes = true;
            if (roll_.once_in(2)) c.customer_window = 1h;
            if (roll_.once_in(2)) c.consents = true;
            if (roll_.once_in(2)) c.limits = limits();
            if (c.limits && roll_.once_in(2)) c.limits->text_bytes = 64;
            if (roll_.once_in(3)) c.managers_needed = 2;
            if (roll_.once_in(3)) c.comment_required = true;
            if (roll_.once_in(3)) c.recipients = {"a@b.example", "b@b.example"};
            if (roll_.once_in(3)) remind(c);
            if (roll_.once_in(3)) c.policy = random_policy{roll_, late_}();
        }
        if (bent_ == bent::consents && roll_.once_in(2)) c.policy = random_policy{roll_, late_}();
        if (bent_ == bent::consents && roll_.once_in(2)) c.policy = about_consents();
        if (bent_ == bent::consents && roll_.once_in(3)) c.two_person_changes = true;
        if (bent_ == bent::own_policy || bent_ == bent::both)
            c.policy = random_policy{roll_, late_}();
        if (bent_ == bent::reminders || bent_ == bent::both || late_) remind(c);
        if (late_ && roll_.once_in(2)) c.exempted = {"files"};
        if (bent_ == bent::limits) c.limits = limits();
        return c;
    }
    /// What loosens nothing, or not much, and voids what waits.
    lb::settings_change slight() {
        lb::settings_change c;
        if (roll_.once_in(2)) c.manager_window = roll_.one_of<lb::duration>({1h, 2h, 3h, 24h});
        if (roll_.once_in(3)) c.consents = roll_.once_in(2);
        if (roll_.once_in(3)) c.approvers_needed = 2;
        if (roll_.once_in(3)) c.recipients = addresses();
        if (roll_.once_in(3)) c.two_person_changes = roll_.once_in(2);
        if (roll_.once_in(3)) c.limits = limits();
        return c;
    }
    /// One setting, a little more or less than it is now.
    lb::settings_change one(const lb::settings& now) {
        lb::settings_change c;
        switch (roll_(20)) {
            case 0:
                nudge(c.manager_window.emplace(now.manager_window));
                break;
            case 1:
                nudge(c.customer_window.emplace(now.customer_window));
                break;
            case 2:
                nudge(c.longest_access.emplace(now.longest_access));
                break;
            case 3:
                nudge(c.managers_needed.emplace(now.managers_needed));
                break;
            case 4:
                nudge(c.approvers_needed.emplace(now.approvers_needed));
                break;
            case 5:
                c.comment_required = !now.comment_required;
                break;
            case 6:
                nudge<std::string>(c.recipients.emplace(now.recipients),
                                   {"a@b.example", "b@b.example"});
                break;
            case 7:
                nudge<lb::duration>(c.reminders.emplace(now.reminders), {10min, 30min, 1h});
                break;
            case 8:
                nudge(c.escalation.emplace(now.escalation).before);
                break;
            case 9:
                nudge<std::string>(c.escalation.emplace(now.escalation).recipients,
                                   {"a@b.example", "b@b.example"});
                break;
            case 10:
                c.consents = !now.consents;
                break;
            case 11:
                c.two_person_changes = !now.two_person_changes;
                break;
            default:
                nudge(c.limits.emplace(now.limits));
        }
        return c;
    }
    /// Any change. With `judging` it may take an exemption away.
    lb::settings_change any(bool judging) {
        lb::settings_change c;
        if (roll_.once_in(4)) c.manager_window = roll_.one_of<lb::duration>({1h, 24h, 12h, 0ms});
        if (roll_.once_in(4)) c.customer_window = roll_.one_of<lb::duration>({1h, 24h, 999h});
        if (roll_.once_in(4)) c.longest_access = roll_.one_of<lb::duration>({1h, 8h, -1ms});
        if (roll_.once_in(5)) c.managers_needed = roll_(3);
        if (roll_.once_in(5)) c.approvers_needed = roll_(4);
        if (roll_.once_in(5)) c.comment_required = roll_.once_in(2);
        if (judging && roll_.once_in(4)) c.exempted.emplace();
        if (judging && roll_.once_in(4)) c.exempted = {roll_.word<lb::service>({"files", "mail"})};
        if (roll_.once_in(5)) c.recipients = addresses();
        if (roll_.once_in(6)) c.limits = limits();
        if (roll_.once_in(6)) c.consents = !roll_.once_in(3);
        if (roll_.once_in(8)) c.two_person_changes = roll_.once_in(2);
        if (bent_ != bent::nothing && roll_.once_in(2)) remind(c);
        if (bent_ != bent::nothing && roll_.once_in(2)) c.policy = random_policy{roll_, late_}();
        return c;
    }

  private:
    /// What a consent's authors may not be enough for.
    lb::tenant_policy about_consents() {
        const auto asks = [&]() -> lb::statement {
            switch (roll_(6)) {
                case 0:
                    return {policy_key::no_consents, 0, {}, {}, {}};
                case 1:
                    return {policy_key::approvals, 2, {}, {}, {}};
                case 2:
                case 3:
                    return some_.roles_of_gate();
                default:
                    return some_.clauses();
            }
        };
        return {{{{}, {}, {asks()}}}};
    }
    void nudge(std::uint32_t& number) { number = roll_.once_in(2) ? number + 1 : number - 1; }
    void nudge(lb::duration& length) {
        const auto by = roll_.one_of<lb::duration>({1s, 1min, 1h});
        length = roll_.once_in(2) ? length + by : length - by;
    }
    void nudge(lb::limits& all) {
        auto left = static_cast<int>(roll_(10));
        lb::limits::fields(all, [&](std::string_view, auto& limit) {
            if (left-- == 0) nudge(limit);
        });
    }
    /// One entry more or less, or the same in another order.
    template <class T>
    void nudge(lockbox::vector<T>& list, std::initializer_list<T> more) {
        const auto fresh = roll_.one_of(more);
        if (list.size() > 1 && roll_.once_in(3))
            std::swap(list[0], list[1]);
        else if (!list.empty() && roll_.once_in(2))
            list.pop_back();
        else if (!contains(list, fresh))
            list.push_back(fresh);
    }
    /// Each address once.
    std::vector<std::string> addresses() {
        std::vector<std::string> all;
        for (auto left = roll_.once_in(12) ? roll_.one_of({10U, 11U}) : 0U; left > 0; --left)
            all.push_back(std::to_string(left) + "@b.example");
        for (const auto* one : {"a@b.example", "b@b.example", "boss@b.example"})
            if (all.size() < 3 && roll_.once_in(2)) all.emplace_back(one);
        if (roll_.once_in(12)) all.push_back(roll_.word({"", "x", "a@b@c", "<a@b>", "a @b"}));
        return all;
    }
    void remind(lb::settings_change& c) {
        const auto before = [&] {
            if (roll_.once_in(30)) return roll_.one_of<lb::duration>({0ms, -1h, 59'999ms, 337h});
            return roll_.one_of<lb::duration>({1min, 10min, 30min, 1h, 1h, 2h, 6h, 11h, 12h, 36h});
        };
        if (!roll_.once_in(4)) {
            auto& all = c.reminders.emplace();
            for (auto left = roll_.once_in(30) ? 9U : roll_(4); left > 0; --left) {
                const auto one = before();
                if (!contains(all, one)) all.push_back(one);  // each once
            }
        }
        if (!roll_.once_in(4)) c.escalation = lb::escalation{before(), addresses()};
    }
    lb::limits limits() {
        lb::limits all;
        if (roll_.once_in(6)) all.text_bytes = roll_.one_of({64U, 63U, 4096U, 4097U});
        if (roll_.once_in(6)) all.resources = 1;
        if (roll_.once_in(6)) all.operations = 1;
        if (roll_.once_in(6)) all.wait_after_denials = roll_.one_of<lb::duration>({0ms, 169h, 2h});
        if (roll_.once_in(6)) all.clock_tolerance = roll_.one_of<lb::duration>({0ms, 1s, 6min});
        if (roll_.once_in(30)) return all;
        all.denials_before_wait = 1 + roll_(3);
        all.open_requests = roll_.once_in(2) ? 1 + roll_(4) : 100;
        all.pending_per_engineer = roll_.once_in(20) ? 0 : 1 + roll_(4);
        all.refusals_per_hour = 1 + roll_(4);
        all.rounds = roll_.once_in(20) ? 10'001 : 1 + roll_(2);
        return all;
    }

    dice& roll_;
    random_statement some_{roll_, true};
    bent bent_;
    bool late_;
};

}  // namespace courses
