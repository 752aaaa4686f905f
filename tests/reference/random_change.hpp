// Random consents, and random changes that loosen: given, proposed, and what becomes of them.
#pragma once

#include <cstdint>
#include <utility>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"
#include "progress.hpp"
#include "random_person.hpp"
#include "random_request.hpp"
#include "random_settings.hpp"

namespace courses {

/// Each function makes `c` such a command.
class random_change {
  public:
    /// `late`: requests may be judged again at any time.
    random_change(dice& roll, const progress& seen, random_person& people,
                  random_settings& settings, random_request& requests, bool late)
        : roll_{roll},
          seen_{seen},
          people_{people},
          settings_{settings},
          requests_{requests},
          late_{late} {}

    /// Whether a policy may be asked again about what is open (S5).
    bool may_judge_again() const { return late_ || seen_.open().empty(); }

    /// Withdraws what opened a request, or all consents.
    void take_back(lb::command& c, const standing& r) {
        if (!roll_.once_in(3))
            return say(c, people_.ada_or_author(), lb::withdraw_consent{r.consent});
        lb::change_settings none;
        none.change.consents = false;
        if (may_judge_again() && roll_.once_in(2)) none.change.exempted.emplace();
        say(c, people_.ada_or_author(), none);
    }
    /// Takes from who gave consents or proposed changes what that takes, or gives it back.
    void tell_of_author(lb::command& c, lb::time_point now) {
        const lb::actor ada{"ada", capacity::member};
        const auto role = people_.second_role();
        if (roll_.once_in(4)) return say(c, ada, lb::change_settings{settings_.slight()});
        if (roll_.once_in(3)) return say(c, ada, lb::end_role{people_.author(), role});
        lb::assign_role assign{people_.author(), role, {}};
        if (!roll_.once_in(3)) assign.until = now + roll_.one_of<lb::duration>({10min, 1h, 5h});
        say(c, ada, assign);
    }
    /// What may loosen something, whoever says so.
    void loosen(lb::command& c, lb::time_point now) {
        switch (roll_(9)) {
            case 0:
                return say(c, people_.ada_or_author(), lb::turn_off{});
            case 1:
                return say(c, people_.ada_or_author(),
                           lb::set_audit_visibility{!seen_.settings().audit_visible});
            case 2:
                if (seen_.frozen()) return say(c, people_.ada_or_author(), lb::lift_freeze{});
                return say(c, people_.ada_or_author(), lb::freeze{""});
            case 3:
                return say(c, people_.ada_or_author(), requests_.consent(now));
            case 4:
                return say(c, people_.ada_or_author(),
                           lb::assign_role{people_.member(), people_.second_role(),
                                           now + 1min * roll_(400)});
            case 5:
            case 6:
            case 7:
                return say(c, people_.ada_or_author(),
                           lb::change_settings{settings_.one(seen_.settings())});
            default:
                return say(c, people_.ada_or_author(),
                           lb::change_settings{settings_.any(may_judge_again())});
        }
    }
    /// What becomes of a proposal.
    void settle(lb::command& c, lb::time_point now) {
        const auto& all = seen_.proposals();
        const auto& one = all[roll_(static_cast<std::uint32_t>(all.size()))];
        if (roll_.once_in(12)) return weaken(c, now, one.proposer);
        if (roll_.once_in(12))
            return say(c, people_.approver(), lb::change_settings{settings_.slight()});
        if (one.over <= now && !roll_.once_in(4))
            return say(c, {"lockbox", capacity::system}, lb::tick{});
        auto who = people_.approver();
        if (who.person == one.proposer && !roll_.once_in(6)) who.person = other_than(one.proposer);
        const bool unsettled = one.judges && !may_judge_again();
        if (roll_.once_in(8) || unsettled) return say(c, who, lb::decline{one.number});
        say(c, who, lb::agree{one.number});
    }
    lb::decline decline_any() {
        return {1 + roll_(1 + static_cast<std::uint32_t>(seen_.proposed()))};
    }
    void tell_of_consent(lb::command& c, lb::time_point now) {
        if (!seen_.settings().consents && !roll_.once_in(8)) {
            lb::change_settings some;
            some.change.consents = true;
            return say(c, people_.ada_or_author(), some);
        }
        const auto given = static_cast<std::uint32_t>(seen_.consents());
        if (given > 0 && roll_.once_in(5))
            return say(c, roll_.once_in(2) ? people_.approver() : people_.ada_or_author(),
                       lb::withdraw_consent{1 + roll_(given + (given < 3 ? 1 : 0))});
        say(c, roll_.once_in(6) ? people_.approver() : people_.ada_or_author(),
            requests_.consent(now));
    }
    /// More consents and proposals than may be, each other than the ones before.
    void crowd(lb::command& c, lb::time_point now, std::uint32_t at) {
        const lb::actor ada{"ada", capacity::member};
        if (seen_.settings().consents) return say(c, ada, requests_.consent(now));
        say(c, ada, lb::assign_role{"cyn", "audit_reader", now + at * 1h});
    }

  private:
    lb::person_id other_than(const lb::person_id& proposer) {
        if (proposer != lb::person_id{"ada"}) return "ada";
        return roll_.word<lb::person_id>({"bob", "bob", "cyn"});
    }
    /// Takes a role from somebody, or lets it end soon.
    void weaken(lb::command& c, lb::time_point now, const lb::person_id& who) {
        const lb::actor ada{"ada", capacity::member};
        if (roll_.once_in(2)) return say(c, ada, lb::end_role{who, people_.second_role()});
        say(c, ada, lb::assign_role{who, people_.second_role(), now + 10min});
    }

    dice& roll_;
    const progress& seen_;
    random_person& people_;
    random_settings& settings_;
    random_request& requests_;
    bool late_;
};

}  // namespace courses
