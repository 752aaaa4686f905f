// What an event means, for people: one line for each kind, harmless in a terminal.
#pragma once

#include <string>

#include "words.hpp"

namespace desk {

/// What happened, beside the event's name: "the manager gate; for 1 h instead of 2 h".
[[nodiscard]] std::string narrate(const lb::audit_event& event);

/// Who did it: "eve@provider.example".
[[nodiscard]] std::string who_did(const lb::audit_event& event);

/// Who was told of it: "approvers ada@contoso.example, ben@contoso.example"; empty when nobody was.
[[nodiscard]] std::string who_was_told(const lb::audit_event& event);

/// What a scope allows: "Read-Mail on /mailboxes/ben of exchange".
[[nodiscard]] std::string narrate(const lb::scope& scope);

/// What a change asks for: "assign_role (member: ben@contoso.example, role: audit_reader)".
[[nodiscard]] std::string narrate(const lb::tenant_change& change);

/// A gate's name: "the manager gate".
[[nodiscard]] std::string gate_name(lockbox::side side);

}  // namespace desk
