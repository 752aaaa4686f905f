// Odd names where ids stand (V5, R9).
#pragma once

#include <utility>

#include <lockbox/lockbox.hpp>

#include "dice.hpp"

namespace courses {

using lb = lockbox::bind<lockbox::default_vocabulary>;

inline void disguise(dice& roll, lb::command_body& body, lb::submit asked) {
    switch (roll(14)) {
        case 0:
            body = lb::open_tenant{lb::person_id{roll.odd_name()}};
            return;
        case 1:
            body = lb::assign_role{lb::person_id{roll.odd_name()}, "access_approver", {}};
            return;
        case 2:
            body = lb::end_role{"bob", lb::role{roll.odd_id()}};
            return;
        case 3:
            body = lb::define_role{lb::role{roll.odd_id()}, {lockbox::permission::decide}};
            return;
        case 4:
            asked.support_case.reporter = lb::person_id{roll.odd_name()};
            break;
        case 5:
            asked.support_case.number = lb::case_id{roll.odd_id()};
            break;
        case 6:
            asked.reason = lb::reason{roll.odd_id()};
            break;
        case 7:
            asked.scope.service = lb::service{roll.odd_id()};
            break;
        case 8:
            asked.scope.operations = {"Read", lb::operation{roll.odd_id()}};
            break;
        case 9:
            asked.scope.resources = {"/a", "/" + roll.odd_id()};
            break;
        case 10:
            body = lb::consent{{asked.scope, {lb::reason{roll.odd_id()}}, {}, {}}};
            return;
        case 11:
            asked.scope.resources = {"/a", "/" + roll.odd_id()};
            body = lb::consent{{asked.scope, {asked.reason}, {}, {}}};
            return;
        case 12:
            body = lb::withdraw{lb::request_id{roll.odd_id()}};
            return;
        default:
            body = lb::freeze{roll.odd_id()};
            return;
    }
    body = std::move(asked);
}

/// Puts an odd name somewhere into a command, or into `asked` in its place.
inline void disguise(dice& roll, lb::command& c, lb::submit asked) {
    switch (roll(6)) {
        case 0:
            c.tenant = lb::tenant_id{roll.odd_id()};
            return;
        case 1:
            c.id = lb::command_id{roll.odd_id()};
            return;
        case 2:
            c.origin = roll.odd_id();
            return;
        case 3:
            c.actor.person = lb::person_id{roll.odd_name()};
            return;
        default:
            disguise(roll, c.body, std::move(asked));
    }
}

}  // namespace courses
