// Compiled, and timed at it, by compile.cpp: a host on the memory store that takes
// one request through all of its life. It also runs.
#include <chrono>
#include <string>
#include <utility>

#include <lockbox/clock.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/store/memory.hpp>

namespace {

using lb = lockbox::bind<lockbox::default_vocabulary>;
using lockbox::capacity;

struct silent_sink {
    lockbox::delivered publish(const lb::audit_event& /*event*/) { return {}; }
};

lb::command by(capacity acting, const char* person, lb::command_body body) {
    static int made = 0;
    lb::command c;
    c.tenant = "contoso";
    c.actor = {lb::person_id{std::string{person}}, acting};
    c.origin = "203.0.113.7";
    c.id = lb::command_id{std::to_string(++made)};
    c.body = std::move(body);
    return c;
}

lb::submit wish() {
    lb::submit c;
    c.support_case = {"CASE-4711", "rita", true, "restarted it"};
    c.scope = {"exchange", {"read_mailbox"}, {"/mailboxes/ada"}};
    c.reason = "customer_initiated_support";
    c.justification = "it does not open";
    c.duration = std::chrono::hours{1};
    return c;
}

}  // namespace

int main() {
    using enum lockbox::capacity;
    lockbox::manual_clock<> clock{lb::time_point{}};
    lockbox::memory_store<lb::vocabulary> store;
    silent_sink sink;
    lockbox::engine engine{clock, store, sink, lockbox::standard_policy{}};
    bool well = true;
    const auto tell = [&](capacity acting, const char* person, lb::command_body body) {
        const auto reply = engine.handle(by(acting, person, std::move(body)));
        well = well && reply && !reply->refused;
    };
    tell(operator_, "olga", lb::open_tenant{"ada"});
    tell(operator_, "olga", lb::record_entitlement{{true, true}});
    tell(member, "ada", lb::turn_on{});
    tell(member, "ada", lb::set_audit_visibility{true});
    tell(member, "ada", lb::assign_role{"bea", "access_approver", {}});
    tell(engineer, "eve", wish());
    tell(manager, "mia", lb::approve{"R-000001", "agreed", {}});
    tell(member, "bea", lb::ask{"R-000001", "which mailbox?"});
    tell(engineer, "eve", lb::answer{"R-000001", "hers"});
    tell(member, "bea", lb::approve{"R-000001", "go ahead", {}});
    tell(engineer, "eve", lb::access{{"exchange", "read_mailbox", "/mailboxes/ada/inbox"}});
    tell(engineer, "eve", lb::finish{"R-000001"});
    clock.advance(std::chrono::hours{1});
    well = well && engine.tick() && engine.deliver() && engine.search({"contoso"}, {"ada", member});
    return well ? 0 : 1;
}
