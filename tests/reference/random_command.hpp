// Random commands of few people on few things, so that they meet.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"
#include "disguise.hpp"
#include "progress.hpp"
#include "random_change.hpp"
#include "random_person.hpp"
#include "random_policy.hpp"
#include "random_request.hpp"
#include "random_settings.hpp"

namespace courses {

using V = lockbox::default_vocabulary;

class random_command {
  public:
    random_command(dice& roll, const progress& seen)
        : roll_{roll},
          seen_{seen},
          bent_{
              roll.one_of({bent::nothing, bent::more_approvers, bent::own_policy, bent::own_policy,
                           bent::own_policy, bent::reminders, bent::both, bent::both, bent::limits,
                           bent::consents, bent::consents, bent::consents, bent::consents,
                           bent::consents, bent::two_members, bent::two_members})},
          crowds_{is_about_members(bent_) && roll.once_in(24)},
          late_{roll.once_in(3)},
          odd_{roll.once_in(8)} {}

    /// How much longer the course is for what it is about.
    std::uint32_t more_steps() const { return crowds_ ? 24 : is_about_members(bent_) ? 12 : 0; }

    /// The command of step `at`, when `now` it is.
    lb::command operator()(std::uint32_t at, lb::time_point now) {
        now_ = now;
        lb::command c;
        c.tenant = lb::tenant_id{std::string{roll_.once_in(150) ? "fabrikam" : "contoso"}};
        c.id = lb::command_id{"c-" + std::to_string(at)};
        c.origin = "203.0.113.7";
        fill(c, at);
        if (at > 1 && roll_.once_in(25)) c.actor = people_.anybody();
        if (at > 0 && odd_ && roll_.once_in(12)) disguise(roll_, c, requests_.wish(now_));
        return c;
    }

    /// A command that was given before, as it was, or with something else under its id (V8).
    lb::command again(lb::command c) {
        const bool judges =
            c.body.is<lb::turn_on>() || c.body.is<lb::change_settings>() || c.body.is<lb::agree>();
        if (judges && !changes_.may_judge_again()) c.body = lb::turn_off{};
        switch (roll_(8)) {
            case 0:
                c.origin = "203.0.113.8";
                break;
            case 1:
            case 2:
                c.body = lb::access{requests_.attempt()};
                break;
            case 3:
                c.actor = people_.engineer();
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
            return say(c, {"ada", capacity::member},
                       lb::assign_role{"bob", people_.second_role(), {}});
        if (at == 6 && people_.author() != lb::person_id{"bob"} && is_about_members(bent_))
            return say(c, {"ada", capacity::member},
                       lb::assign_role{people_.author(), people_.second_role(), {}});
        if (at == 4 && bent_ != bent::nothing && bent_ != bent::limits)
            return say(c, {"ada", capacity::member}, lb::assign_role{"cyn", approver_role(), {}});
        if (at == 5 && orderly && bent_ != bent::nothing)
            return say(c, {"ada", capacity::member}, lb::change_settings{settings_.first()});
        if (at > 5 && crowds_ && !roll_.once_in(8)) return changes_.crowd(c, now_, at);
        if (bent_ == bent::limits && roll_.once_in(4)) return strain(c);
        if (!seen_.proposals().empty() && !roll_.once_in(3)) return changes_.settle(c, now_);
        if (at > 5 && bent_ == bent::consents && roll_.once_in(seen_.consents() < 2 ? 2 : 10))
            return changes_.tell_of_consent(c, now_);
        if (at > 6 && is_about_members(bent_) && roll_.once_in(12))
            return changes_.tell_of_author(c, now_);
        if (at > 5 && bent_ == bent::two_members && roll_.once_in(3))
            return changes_.loosen(c, now_);
        if (at > 7 && late_ && roll_.once_in(4)) return put_on(c);
        if (seen_.frozen() && roll_.once_in(4))
            return say(c, {"ada", capacity::member}, lb::lift_freeze{});
        if (seen_.has_reminders() && roll_.once_in(late_ ? 6 : 2))
            return say(c, {"lockbox", capacity::system}, lb::tick{});
        if (!seen_.open().empty() && !roll_.once_in(3))
            return take_further(c, seen_.open()[roll_(static_cast<std::uint32_t>(
                                       std::min<std::size_t>(seen_.open().size(), 4)))]);
        if (seen_.open().empty() || roll_.once_in(4))
            if (!roll_.once_in(3)) return say(c, people_.engineer(), requests_.wish(now_));
        switch (roll_(11)) {
            case 0:
                return say(c, people_.engineer(), requests_.wish(now_));
            case 9:
                return changes_.tell_of_consent(c, now_);
            case 10:
                return say(c, people_.approver(), changes_.decline_any());
            case 1:
                return say(c, people_.manager(), requests_.vote(request()));
            case 2:
                return say(c, people_.approver(), requests_.vote(request()));
            case 3:
                return say(c, people_.engineer(), lb::access{requests_.attempt()});
            case 4:
                return tell_of_tenant(c);
            case 5:
                return tell_of_role(c);
            default:
                return tell_of_request(c);
        }
    }

    /// Protects what is pending and what is granted already (S5), perhaps under another policy.
    void put_on(lb::command& c) {
        const lb::actor ada{"ada", capacity::member};
        if (roll_.once_in(8)) return say(c, ada, lb::turn_off{});
        if (roll_.once_in(2)) return say(c, ada, lb::turn_on{});
        lb::change_settings other;
        if (roll_.once_in(2)) other.change.exempted.emplace();
        if (roll_.once_in(4)) other.change.exempted = {"files"};
        if (roll_.once_in(4)) other.change.policy = random_policy{roll_, late_}();
        if (roll_.once_in(4)) other.change.approvers_needed = 1 + roll_(4);
        if (roll_.once_in(2)) other.change.manager_window = 1min * (1 << (2 + roll_(8)));
        if (roll_.once_in(2)) other.change.customer_window = 1min * (1 << (2 + roll_(8)));
        say(c, ada, other);
    }
    lb::role approver_role() {
        return roll_.word<lb::role>(
            {"access_approver", "access_approver", "compliance_admin", "global_admin"});
    }

    /// What mostly brings a request nearer to its end.
    void take_further(lb::command& c, const standing& r) {
        if (r.over <= now_ && !roll_.once_in(4))
            return say(c, {"lockbox", capacity::system}, lb::tick{});
        if (r.active && r.consent != 0 && roll_.once_in(3)) return changes_.take_back(c, r);
        if (r.active && !roll_.once_in(6))
            return say(c, {r.engineer, capacity::engineer},
                       lb::access{requests_.attempt_within(r.scope)});
        if (r.active)
            return roll_.once_in(2)
                       ? say(c, {r.engineer, capacity::engineer}, lb::finish{r.id})
                       : say(c, roll_.once_in(2) ? people_.approver() : people_.manager(),
                             lb::revoke{r.id, ""});
        if (r.at_customer && r.asked && roll_.once_in(2))
            return say(c, {r.engineer, capacity::engineer}, lb::answer{r.id, requests_.comment()});
        if (r.at_customer && roll_.once_in(5))
            return say(c, people_.approver(), lb::ask{r.id, requests_.comment()});
        const auto who = r.at_customer ? people_.approver() : people_.manager();
        if (roll_.once_in(12)) return say(c, who, lb::deny{r.id, requests_.comment()});
        say(c, who, requests_.vote_on(r));
    }

    /// What meets the limits of questions and of refusals.
    void strain(lb::command& c) {
        switch (roll_(4)) {
            case 0:
                return say(c, people_.approver(), lb::ask{request(), "why?"});
            case 1:
                return say(c, people_.engineer(), lb::answer{request(), "because"});
            case 2:
                return say(c, people_.engineer(), lb::turn_off{});
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
                if (!changes_.may_judge_again()) return say(c, people_.approver(), lb::turn_off{});
                return say(c, people_.approver(), lb::turn_on{});
            case 3:
                return say(c, people_.approver(), lb::turn_off{});
            case 4:
                return say(c, ada, lb::set_audit_visibility{roll_.once_in(2)});
            case 5:
                return say(c, people_.approver(), lb::freeze{requests_.comment()});
            case 6:
                return say(c, ada, lb::lift_freeze{});
            case 7:
                return say(c, ada, lb::drill{requests_.wish(now_)});
            case 8:
                return say(
                    c, {"lockbox", capacity::system},
                    lb::record_undeliverable{1, 0, std::string{c.id->text()} + "@b.example"});
            default:
                return say(c, ada, lb::change_settings{settings_.any(changes_.may_judge_again())});
        }
    }

    void tell_of_role(lb::command& c) {
        const auto of = people_.member();
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
                return say(c, people_.approver(), lb::ask{of, requests_.comment()});
            case 1:
                return say(c, people_.engineer(), lb::answer{of, requests_.comment()});
            case 2:
                return say(c, people_.engineer(), lb::withdraw{of});
            case 3:
                return say(c, people_.engineer(), lb::finish{of});
            case 4:
                return say(c, roll_.once_in(2) ? people_.approver() : people_.manager(),
                           lb::revoke{of, requests_.comment()});
            case 5:
                return say(c, roll_.once_in(2) ? people_.approver() : people_.manager(),
                           lb::deny{of, requests_.comment()});
            case 6:
                return say(c, people_.approver(), lb::close_case{requests_.case_number()});
            case 7:
                return say(c, people_.manager(), requests_.vote(request()));
            default:
                return say(c, {"lockbox", capacity::system}, lb::tick{});
        }
    }

    lb::open_tenant open() {
        return {roll_.word<lb::person_id>({"ada", "ada", "ada", roll_.once_in(9) ? "" : "ada"})};
    }
    lb::record_entitlement paid() {
        if (!roll_.once_in(8)) return {{true, true}};
        return {{roll_.once_in(2), roll_.once_in(2)}};
    }
    lb::request_id request() {
        if (roll_.once_in(40)) return roll_.word<lb::request_id>({"", "R-1", "R-000099"});
        const auto newest = static_cast<std::uint32_t>(seen_.submissions());
        if (newest == 0) return "R-000001";
        return V::request_id_of(roll_.once_in(3) ? 1 + roll_(newest) : newest);
    }

    dice& roll_;
    const progress& seen_;
    bent bent_;
    bool crowds_;
    bool late_;  ///< lockbox is turned on when there are requests already
    bool odd_;
    random_person people_{roll_, bent_};
    random_settings settings_{roll_, bent_, late_};
    random_request requests_{roll_, late_};
    random_change changes_{roll_, seen_, people_, settings_, requests_, late_};
    lb::time_point now_{};
};

}  // namespace courses
