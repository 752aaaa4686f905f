// Random people: few, and each in more than one place.
#pragma once

#include <utility>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"
#include "random_settings.hpp"

namespace courses {

using lockbox::capacity;

/// Makes the command this one's.
inline void say(lb::command& c, const lb::actor& who, lb::command_body body) {
    c.actor = who;
    c.body = std::move(body);
}

class random_person {
  public:
    random_person(dice& roll, bent about)
        : roll_{roll},
          about_members_{is_about_members(about)},
          author_{roll.word<lb::person_id>({"bob", "bob", "bob", "mia", "eve"})} {}

    /// Who gives consents and proposes changes besides.
    const lb::person_id& author() const { return author_; }

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
    lb::actor ada_or_author() {
        return {roll_.once_in(2) ? author_ : lb::person_id{"ada"}, capacity::member};
    }
    /// Who else may change what: mostly somebody who could agree to it.
    lb::role second_role() {
        if (!about_members_ && !roll_.once_in(4)) return "access_approver";
        return roll_.word<lb::role>({"global_admin", "global_admin", "compliance_admin"});
    }

  private:
    dice& roll_;
    bool about_members_;
    lb::person_id author_;
};

}  // namespace courses
