// Random commands of few people on few things, so that they meet.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"
#include "progress.hpp"
#include "random_policy.hpp"

namespace courses {

using V = lockbox::default_vocabulary;
using lockbox::capacity;

/// What a course is mostly about.
enum class bent { nothing, more_approvers, own_policy, reminders, both, limits };

class random_command {
  public:
    random_command(dice& roll, const progress& seen)
        : roll_{roll},
          seen_{seen},
          bent_{roll.one_of({bent::nothing, bent::more_approvers, bent::own_policy,
                             bent::own_policy, bent::own_policy, bent::reminders, bent::both,
                             bent::both, bent::limits})},
          late_{roll.once_in(3)},
          odd_{roll.once_in(8)} {}

    /// The command of step `at`, when `now` it is.
    lb::command operator()(std::uint32_t at, lb::time_point now) {
        now_ = now;
        lb::command c;
        c.tenant = lb::tenant_id{std::string{roll_.once_in(150) ? "fabrikam" : "contoso"}};
        c.id = lb::command_id{"c-" + std::to_string(at)};
        c.origin = "203.0.113.7";
        fill(c, at);
        if (at > 1 && roll_.once_in(25)) c.actor = anybody();
        if (at > 0 && odd_ && roll_.once_in(12)) disguise(c);
        return c;
    }

    /// A command that was given before, as it was, or with something else under its id (V8).
    lb::command again(lb::command c) {
        const bool judges = c.body.is<lb::turn_on>() || c.body.is<lb::change_settings>();
        if (judges && !may_judge_again()) c.body = lb::turn_off{};
        switch (roll_(8)) {
            case 0:
                c.origin = "203.0.113.8";
                break;
            case 1:
            case 2:
                c.body = lb::access{attempt()};
                break;
            case 3:
                c.actor = engineer();
                break;
            case 4:
                c.actor.acting = capacity::manager;
                break;
            default:
                break;
        }
        return c;
    }

  private:
    /// The first steps mostly set the tenant up; then anything goes.
    void fill(lb::command& c, std::uint32_t at) {
        const bool orderly = !roll_.once_in(25);
        if (at == 0) return say(c, {"olga", capacity::operator_}, open());
        if (at == 1 && orderly) return say(c, {"olga", capacity::operator_}, paid());
        if (at == 2 && orderly && !late_) return say(c, {"ada", capacity::member}, lb::turn_on{});
        if (at == 3 && orderly)
            return say(c, {"ada", capacity::member}, lb::assign_role{"bob", "access_approver", {}});
        if (at == 4 && bent_ != bent::nothing && bent_ != bent::limits)
            return say(c, {"ada", capacity::member}, lb::assign_role{"cyn", approver_role(), {}});
        if (at == 5 && orderly && bent_ != bent::nothing)
            return say(c, {"ada", capacity::member}, lb::change_settings{first_change()});
        if (bent_ == bent::limits && roll_.once_in(4)) return strain(c);
        if (at > 8 && late_ && roll_.once_in(5)) return put_on(c);
        if (seen_.frozen() && roll_.once_in(4))
            return say(c, {"ada", capacity::member}, lb::lift_freeze{});
        if (seen_.has_reminders() && roll_.once_in(2))
            return say(c, {"lockbox", capacity::system}, lb::tick{});
        if (!seen_.open().empty() && !roll_.once_in(3))
            return take_further(c, seen_.open()[roll_(static_cast<std::uint32_t>(
                                       std::min<std::size_t>(seen_.open().size(), 4)))]);
        if (seen_.open().empty() || roll_.once_in(4))
            if (!roll_.once_in(3)) return say(c, engineer(), wish());
        switch (roll_(9)) {
            case 0:
                return say(c, engineer(), wish());
            case 1:
                return say(c, manager(), vote());
            case 2:
                return say(c, approver(), vote());
            case 3:
                return say(c, engineer(), lb::access{attempt()});
            case 4:
                return tell_of_tenant(c);
            case 5:
                return tell_of_role(c);
            default:
                return tell_of_request(c);
        }
    }

    /// Whether a policy may be asked again about what is open (S5).
    bool may_judge_again() const { return late_ || seen_.open().empty(); }

    /// Protects what is pending and what is granted already (S5), perhaps under another policy.
    void put_on(lb::command& c) {
        const lb::actor ada{"ada", capacity::member};
        lb::change_settings other;
        switch (roll_(6)) {
            case 0:
                return say(c, ada, lb::turn_off{});
            case 1:
            case 2:
                other.change.exempted.emplace();
                if (roll_.once_in(3)) other.change.exempted = {"files"};
                return say(c, ada, other);
            case 3:
                other.change.policy = random_policy{roll_, late_}();
                return say(c, ada, other);
            default:
                return say(c, ada, lb::turn_on{});
        }
    }
    lb::role approver_role() {
        return roll_.word<lb::role>(
            {"access_approver", "access_approver", "compliance_admin", "global_admin"});
    }

    /// What mostly brings a request nearer to its end.
    void take_further(lb::command& c, const standing& r) {
        if (r.over <= now_ && !roll_.once_in(4))
            return say(c, {"lockbox", capacity::system}, lb::tick{});
        if (r.active && !roll_.once_in(6))
            return say(c, {r.engineer, capacity::engineer}, lb::access{attempt_within(r.scope)});
        if (r.active)
            return roll_.once_in(2)
                       ? say(c, {r.engineer, capacity::engineer}, lb::finish{r.id})
                       : say(c, roll_.once_in(2) ? approver() : manager(), lb::revoke{r.id, ""});
        if (r.at_customer && r.asked && roll_.once_in(2))
            return say(c, {r.engineer, capacity::engineer}, lb::answer{r.id, comment()});
        if (r.at_customer && roll_.once_in(5)) return say(c, approver(), lb::ask{r.id, comment()});
        const auto who = r.at_customer ? approver() : manager();
        if (roll_.once_in(12)) return say(c, who, lb::deny{r.id, comment()});
        say(c, who, vote_on(r));
    }
    lb::approve vote_on(const standing& r) {
        auto yes = vote();
        yes.request = r.id;
        if (!yes.narrowed.scope || roll_.once_in(4)) return yes;
        const auto less = attempt_within(r.scope);
        yes.narrowed.scope = lb::scope{less.service, {less.operation}, {less.resource}};
        return yes;
    }
    lb::attempt attempt_within(const lb::scope& s) {
        if (s.operations.empty() || s.resources.empty() || roll_.once_in(8)) return attempt();
        const auto& root = s.resources[roll_(static_cast<std::uint32_t>(s.resources.size()))];
        return {s.service, s.operations[roll_(static_cast<std::uint32_t>(s.operations.size()))],
                roll_.once_in(3) && root != "/" ? root + "/x" : root};
    }

    /// What meets the limits of questions and of refusals.
    void strain(lb::command& c) {
        switch (roll_(4)) {
            case 0:
                return say(c, approver(), lb::ask{request(), "why?"});
            case 1:
                return say(c, engineer(), lb::answer{request(), "because"});
            case 2:
                return say(c, engineer(), lb::turn_off{});
            default:
                return say(c, {"mia", capacity::manager}, lb::ask{request(), "why?"});
        }
    }

    void tell_of_tenant(lb::command& c) {
        const lb::actor ada{"ada", capacity::member};
        switch (roll_(12)) {
            case 0:
                return say(c, {"olga", capacity::operator_}, paid());
            case 1:
                return say(c, {"olga", capacity::operator_}, open());
            case 2:
                if (!may_judge_again()) return say(c, approver(), lb::turn_off{});
                return say(c, approver(), lb::turn_on{});
            case 3:
                return say(c, approver(), lb::turn_off{});
            case 4:
                return say(c, ada, lb::set_audit_visibility{roll_.once_in(2)});
            case 5:
                return say(c, approver(), lb::freeze{comment()});
            case 6:
                return say(c, ada, lb::lift_freeze{});
            case 7:
                return say(c, ada, lb::drill{wish()});
            case 8:
                return say(
                    c, {"lockbox", capacity::system},
                    lb::record_undeliverable{1, 0, std::string{c.id->text()} + "@b.example"});
            default:
                return say(c, ada, lb::change_settings{change()});
        }
    }

    void tell_of_role(lb::command& c) {
        const auto of = member();
        const auto role = roll_.word<lb::role>(
            {"global_admin", "compliance_admin", "access_approver", "audit_reader", "clerk"});
        if (roll_.once_in(5)) {
            lockbox::permission_set permits;
            for (std::size_t at = 0; at < lockbox::names_of<lockbox::permission>.size(); ++at)
                if (roll_.once_in(2)) permits |= {static_cast<lockbox::permission>(at)};
            return say(c, {"ada", capacity::member}, lb::define_role{role, permits});
        }
        if (roll_.once_in(5)) {  // who delegates may not give more than that away
            lb::assign_role delegate{"bob", "global_admin", now_ + 5h};
            return say(c, {"ada", capacity::member}, delegate);
        }
        const auto who =
            lb::actor{roll_.word<lb::person_id>({"ada", "bob", "bob", "cyn"}), capacity::member};
        if (roll_.once_in(3)) return say(c, who, lb::end_role{of, role});
        lb::assign_role assign{of, role, {}};
        if (roll_.once_in(3)) assign.until = now_ + roll_.one_of<lb::duration>({0ms, 1h, 5h, -1h});
        say(c, who, assign);
    }

    void tell_of_request(lb::command& c) {
        const auto of = request();
        switch (roll_(10)) {
            case 0:
                return say(c, approver(), lb::ask{of, comment()});
            case 1:
                return say(c, engineer(), lb::answer{of, comment()});
            case 2:
                return say(c, engineer(), lb::withdraw{of});
            case 3:
                return say(c, engineer(), lb::finish{of});
            case 4:
                return say(c, roll_.once_in(2) ? approver() : manager(), lb::revoke{of, comment()});
            case 5:
                return say(c, roll_.once_in(2) ? approver() : manager(), lb::deny{of, comment()});
            case 6:
                return say(c, approver(), lb::close_case{case_number()});
            case 7:
                return say(c, manager(), vote());
            default:
                return say(c, {"lockbox", capacity::system}, lb::tick{});
        }
    }

    static void say(lb::command& c, const lb::actor& who, lb::command_body body) {
        c.actor = who;
        c.body = std::move(body);
    }

    /// Puts an odd name somewhere into the command.
    void disguise(lb::command& c) {
        switch (roll_(6)) {
            case 0:
                c.tenant = lb::tenant_id{roll_.odd_id()};
                return;
            case 1:
                c.id = lb::command_id{roll_.odd_id()};
                return;
            case 2:
                c.origin = roll_.odd_id();
                return;
            case 3:
                c.actor.person = lb::person_id{roll_.odd_name()};
                return;
            default:
                disguise(c.body);
        }
    }
    void disguise(lb::command_body& body) {
        auto asked = wish();
        switch (roll_(12)) {
            case 0:
                body = lb::open_tenant{lb::person_id{roll_.odd_name()}};
                return;
            case 1:
                body = lb::assign_role{lb::person_id{roll_.odd_name()}, "access_approver", {}};
                return;
            case 2:
                body = lb::end_role{"bob", lb::role{roll_.odd_id()}};
                return;
            case 3:
                body = lb::define_role{lb::role{roll_.odd_id()}, {lockbox::permission::decide}};
                return;
            case 4:
                asked.support_case.reporter = lb::person_id{roll_.odd_name()};
                break;
            case 5:
                asked.support_case.number = lb::case_id{roll_.odd_id()};
                break;
            case 6:
                asked.reason = lb::reason{roll_.odd_id()};
                break;
            case 7:
                asked.scope.service = lb::service{roll_.odd_id()};
                break;
            case 8:
                asked.scope.operations = {"Read", lb::operation{roll_.odd_id()}};
                break;
            case 9:
                asked.scope.resources = {"/a", "/" + roll_.odd_id()};
                break;
            case 10:
                body = lb::withdraw{lb::request_id{roll_.odd_id()}};
                return;
            default:
                body = lb::freeze{roll_.odd_id()};
                return;
        }
        body = std::move(asked);
    }

    lb::open_tenant open() {
        return {roll_.word<lb::person_id>({"ada", "ada", "ada", roll_.once_in(9) ? "" : "ada"})};
    }
    lb::record_entitlement paid() {
        if (!roll_.once_in(8)) return {{true, true}};
        return {{roll_.once_in(2), roll_.once_in(2)}};
    }
    lb::actor engineer() {
        return {roll_.word<lb::person_id>({"eve", "eve", "eve", "eli"}), capacity::engineer};
    }
    lb::actor manager() {
        return {roll_.word<lb::person_id>({"mia", "mia", "max", roll_.once_in(4) ? "eve" : "mia"}),
                capacity::manager};
    }
    lb::actor approver() { return {member(), capacity::member}; }
    lb::person_id member() {
        return roll_.word<lb::person_id>(
            {"ada", "ada", "bob", "bob", "cyn", roll_.once_in(3) ? "eve" : "ada",
             roll_.once_in(3) ? "mia" : "bob", roll_.once_in(3) ? "a@b.example" : "bob"});
    }
    lb::actor anybody() {
        const auto acting = static_cast<capacity>(roll_(5));
        return {
            roll_.word<lb::person_id>({"eve", "mia", "ada", "bob", "olga", "lockbox", "", "n/a"}),
            acting};
    }
    lb::request_id request() {
        if (roll_.once_in(40)) return roll_.word<lb::request_id>({"", "R-1", "R-000099"});
        const auto newest = static_cast<std::uint32_t>(seen_.submissions());
        if (newest == 0) return "R-000001";
        return V::request_id_of(roll_.once_in(3) ? 1 + roll_(newest) : newest);
    }
    lb::case_id case_number() { return roll_.word<lb::case_id>({"C-1", "C-1", "C-2"}); }
    std::string comment() {
        if (roll_.once_in(60)) return std::string(4097, 'x');
        return roll_.once_in(8) ? roll_.word({"", " \t"}) : "because";
    }
    lb::scope scope() {
        lb::scope s{"mail", {"Read", "Export"}, {"/a", "/b"}};
        if (roll_.once_in(2)) s.operations = {"Read"};
        if (roll_.once_in(2)) s.resources = {"/a"};
        if (roll_.once_in(late_ ? 2 : 6)) s.service = "files";
        if (roll_.once_in(16)) s.resources = {roll_.word({"/", "/a/x", "a", "/a//b"}), "/b"};
        if (roll_.once_in(60)) s.operations = {};
        return s;
    }
    lb::duration length() {
        if (roll_.once_in(12)) return roll_.one_of<lb::duration>({0ms, -1h, 169h, 1ms, 168h});
        return roll_.one_of<lb::duration>({1h, 1h, 2h, 2h, 4h, 90s, roll_.once_in(2) ? 5h : 90s});
    }
    lb::submit wish() {
        lb::submit c;
        c.support_case = {
            case_number(),
            roll_.word<lb::person_id>({"rita", "rita", roll_.once_in(4) ? "eve" : "ada"}),
            !roll_.once_in(30), roll_.once_in(5) ? comment() : "turned it off and on"};
        c.scope = scope();
        c.reason = roll_.word<lb::reason>({"production_alert", "production_alert",
                                           "provider_review", roll_.once_in(6) ? "" : "audit"});
        c.justification = roll_.once_in(8) ? comment() : "it does not open";
        c.duration = length();
        if (roll_.once_in(6)) c.start = now_ + roll_.one_of<lb::duration>({0ms, 6h, 169h, -1h});
        return c;
    }
    lb::approve vote() {
        lb::approve c{request(), comment(), {}};
        if (roll_.once_in(5)) c.narrowed.scope = scope();
        if (roll_.once_in(8)) c.narrowed.duration = length();
        return c;
    }
    lb::attempt attempt() {
        return {roll_.word<lb::service>({"mail", "mail", "mail", "files"}),
                roll_.word<lb::operation>({"Read", "Read", "Export"}),
                roll_.word({"/a", "/a", "/a/x", "/a/x", "/b", roll_.once_in(2) ? "/ab" : "/",
                            roll_.once_in(9) ? "a" : "/a"})};
    }

    // --- Settings --------------------------------------------------------------------------------

    lb::settings_change first_change() {
        lb::settings_change c;
        if (bent_ == bent::more_approvers) {
            c.approvers_needed = 2;
            if (roll_.once_in(2)) c.exempted = {"files"};
            if (roll_.once_in(3)) c.limits.emplace().text_bytes = 64;
        }
        if (bent_ == bent::own_policy || bent_ == bent::both)
            c.policy = random_policy{roll_, late_}();
        if (bent_ == bent::reminders || bent_ == bent::both) remind(c);
        if (late_ && roll_.once_in(2)) c.exempted = {"files"};
        if (bent_ == bent::limits) c.limits = limits();
        return c;
    }
    lb::settings_change change() {
        lb::settings_change c;
        if (roll_.once_in(4)) c.manager_window = roll_.one_of<lb::duration>({1h, 24h, 12h, 0ms});
        if (roll_.once_in(4)) c.customer_window = roll_.one_of<lb::duration>({1h, 24h, 999h});
        if (roll_.once_in(4)) c.longest_access = roll_.one_of<lb::duration>({1h, 8h, -1ms});
        if (roll_.once_in(5)) c.managers_needed = roll_(3);
        if (roll_.once_in(5)) c.approvers_needed = roll_(4);
        if (roll_.once_in(5)) c.comment_required = roll_.once_in(2);
        if (may_judge_again() && roll_.once_in(4)) c.exempted.emplace();
        if (may_judge_again() && roll_.once_in(4))
            c.exempted = {roll_.word<lb::service>({"files", "mail"})};
        if (roll_.once_in(5)) c.recipients = addresses();
        if (roll_.once_in(6)) c.limits = limits();
        if (bent_ != bent::nothing && roll_.once_in(2)) remind(c);
        if (bent_ != bent::nothing && roll_.once_in(2)) c.policy = random_policy{roll_, late_}();
        return c;
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
    const progress& seen_;
    bent bent_;
    bool late_;  ///< lockbox is turned on when there are requests already
    bool odd_;
    lb::time_point now_{};
};

}  // namespace courses
