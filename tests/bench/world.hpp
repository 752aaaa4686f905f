// A tenant with its people, and the commands of a request's life, as all benchmarks use them.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <lockbox/clock.hpp>
#include <lockbox/lockbox.hpp>

namespace bench {

using words = lockbox::default_vocabulary;
using lb = lockbox::bind<words>;
using lockbox::capacity;

inline constexpr lb::time_point start{std::chrono::milliseconds{1793610000000}};  // 2026-11-02

/// Ends the run: a benchmark of something that went wrong tells nothing.
[[noreturn]] inline void fail(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}
inline void require(bool holds, const char* what) {
    if (!holds) fail(what);
}

/// An id like those of a real log: too long for a string's own room.
inline std::string numbered(const char* prefix, std::size_t number, const char* suffix) {
    auto digits = std::to_string(1'000'000 + number);
    return prefix + digits.substr(1) + suffix;
}

/// Commands with ids of their own.
class commands {
  public:
    lb::command by(const lb::actor& who, const lb::tenant_id& tenant, lb::command_body body) {
        lb::command c;
        c.tenant = tenant;
        c.actor = who;
        c.origin = "203.0.113.7";
        c.id = lb::command_id{numbered("command-", ++made_, "")};
        c.body = std::move(body);
        return c;
    }

  private:
    std::size_t made_ = 0;
};

inline const lb::actor operator_person{"olga@provider.example", capacity::operator_};
inline const lb::actor manager{"mia@provider.example", capacity::manager};
inline const lb::actor engineer{"eve@provider.example", capacity::engineer};
inline const lb::actor administrator{"ada@customer.example", capacity::member};
inline const lb::actor approver{"bea@customer.example", capacity::member};

inline lb::submit wish() {
    lb::submit c;
    c.support_case = {"CASE-4711", "rita@customer.example", true, "restarted the service twice"};
    c.scope = {"exchange", {"read_mailbox", "export"}, {"/mailboxes/ada", "/journal/2026"}};
    c.reason = "customer_initiated_support";
    c.justification = "the mailbox does not open since the last update";
    c.duration = std::chrono::hours{2};
    return c;
}

/// One access that the wish covers.
inline lb::access attempt() { return {{"exchange", "read_mailbox", "/mailboxes/ada/inbox/2026"}}; }

/// What makes an unopened tenant ready for requests.
inline std::vector<lb::command> opening(commands& make, const lb::tenant_id& tenant) {
    return {make.by(operator_person, tenant, lb::open_tenant{administrator.person}),
            make.by(operator_person, tenant, lb::record_entitlement{{true, true}}),
            make.by(administrator, tenant, lb::turn_on{}),
            make.by(administrator, tenant,
                    lb::assign_role{approver.person, "access_approver", std::nullopt})};
}

/// A request from its submission to its access, but for the last approval when `open` is false.
inline std::vector<lb::command> request_life(commands& make, const lb::tenant_id& tenant,
                                             const lb::request_id& request, bool open) {
    std::vector<lb::command> all{make.by(engineer, tenant, wish()),
                                 make.by(manager, tenant, lb::approve{request, "agreed", {}})};
    if (open) all.push_back(make.by(approver, tenant, lb::approve{request, "go ahead", {}}));
    return all;
}

/// Carries a command out on a bare state, by the rules alone. What happened is added to `log`.
inline void carry_out(lb::tenant& t, const lb::command& c, lb::time_point at,
                      std::vector<lb::audit_event>* log = nullptr) {
    auto decided = lockbox::decide(t, c, at, lockbox::standard_policy{});
    require(!decided.refused, "a command of the set-up was refused");
    for (auto& event : decided.happened) {
        require(!lockbox::evolve(t, event), "an event of the set-up does not fit");
        if (log != nullptr) log->push_back(std::move(event));
    }
}

}  // namespace bench
