// SPEC S10 as a table: who may ask for what, by capacity and by standard role.
#include "support/scenario.hpp"

#include <utility>

#include "support/catch.hpp"

using namespace support;
using stage = scenario::stage;

namespace {

/// Everybody whom the rules do not answer that they may not, by name.
std::string who_may(const scenario& s, const lb::command_body& body) {
    const std::pair<std::string_view, lb::actor> everybody[] = {
        {"eve", eve},
        {"emil", emil},
        {"mia", mia},
        {"olga", olga},
        {"machine", machine},
        {"ada", ada},
        {"carl", carl},
        {"bea", bea},
        {"amir", amir},
        {"nora", nora},
        {"zoe", lb::member("zoe@fabrikam.example")}};
    std::string names;
    for (const auto& [name, who] : everybody) {
        const auto line = s.would(who, body);
        if (line == recorded(ground::not_allowed) ||
            line == no_access(ground::not_allowed, field::none))
            continue;
        names.append(names.empty() ? "" : " ").append(name);
    }
    return names;
}

}  // namespace

TEST_CASE("who may change the tenant", "[S10]") {
    const scenario s;
    CHECK(who_may(s, lb::open_tenant{ada.person}) == "olga");
    CHECK(who_may(s, lb::record_entitlement{}) == "olga");
    CHECK(who_may(s, lb::turn_on{}) == "ada carl bea");
    CHECK(who_may(s, lb::turn_off{}) == "ada carl bea");
    CHECK(who_may(s, lb::change_settings{}) == "ada carl");
    CHECK(who_may(s, lb::set_audit_visibility{}) == "ada carl");
    CHECK(who_may(s, lb::define_role{"helper", {}}) == "ada");
    CHECK(who_may(s, lb::assign_role{nora.person, "audit_reader", {}}) == "ada");
    CHECK(who_may(s, lb::end_role{amir.person, "audit_reader"}) == "ada");
    CHECK(who_may(s, lb::freeze{}) == "ada carl bea");
    CHECK(who_may(s, lb::lift_freeze{}) == "ada");
    CHECK(who_may(s, lb::consent{{wish().scope, {wish().reason}, 1h, day_one + 1h}}) == "ada carl");
    CHECK(who_may(s, lb::withdraw_consent{1}) == "ada carl");
    CHECK(who_may(s, lb::tick{}) == "machine");
    CHECK(who_may(s, lb::record_undeliverable{1, 0, "a@b"}) == "machine");
}

TEST_CASE("who may ask for access, and use it", "[S10]") {
    const scenario s;
    CHECK(who_may(s, wish()) == "eve emil");
    CHECK(who_may(s, lb::drill{wish()}) == "ada carl");
    CHECK(who_may(s, lb::access{mail()}) == "eve emil");
    CHECK(who_may(s, lb::close_case{"CASE-7"}) == "eve emil mia ada carl bea");
}

TEST_CASE("who may decide at the manager's gate", "[S10][G2]") {
    scenario s;
    const auto id = s.pending_at_manager();
    CHECK(who_may(s, lb::approve{id, {}, {}}) == "mia");
    CHECK(who_may(s, lb::deny{id, {}}) == "mia");
    CHECK(who_may(s, lb::ask{id, "why?"}).empty());
    CHECK(who_may(s, lb::answer{id, "so"}) == "eve");
    CHECK(who_may(s, lb::withdraw{id}) == "eve");
}

TEST_CASE("who may decide at the customer's gate", "[S10][G2]") {
    scenario s;
    const auto id = s.pending_at_customer();
    CHECK(who_may(s, lb::approve{id, {}, {}}) == "ada carl bea");
    CHECK(who_may(s, lb::deny{id, {}}) == "ada carl bea");
    CHECK(who_may(s, lb::ask{id, "why?"}) == "ada carl bea");
    CHECK(who_may(s, lb::answer{id, "so"}) == "eve");
    CHECK(who_may(s, lb::withdraw{id}) == "eve");
}

TEST_CASE("who may cut access short", "[S10][A3][R7]") {
    scenario s;
    const auto id = s.active();
    CHECK(who_may(s, lb::revoke{id, {}}) == "mia ada carl bea");
    CHECK(who_may(s, lb::finish{id}) == "eve");
}

TEST_CASE("a drill is nobody's: no engineer and no member withdraws or answers it", "[S10][S11]") {
    scenario s;
    const auto id = s.drilling();
    const lb::actor as_engineer{carl.person, capacity::engineer};
    for (const auto& who : {eve, as_engineer, carl}) {
        CHECK(s.would(who, lb::withdraw{id}) == recorded(ground::not_allowed));
        CHECK(s.would(who, lb::answer{id, "so"}) == recorded(ground::not_allowed));
    }
}

TEST_CASE("a permission that a role gains or loses counts from the next command on", "[S2][S10]") {
    scenario s;
    CHECK(s.would(amir, lb::change_settings{}) == recorded(ground::not_allowed));
    s.given(ada, lb::define_role{"audit_reader", {permission::configure}});
    CHECK(s.would(amir, lb::change_settings{}) == refused(ground::unchanged));
    s.given(ada, lb::define_role{"audit_reader", {}});
    CHECK(s.would(amir, lb::change_settings{}) == recorded(ground::not_allowed));
}

TEST_CASE("a capacity is one of five", "[S10]") {
    const scenario s;
    const lb::actor nobody{eve.person, static_cast<capacity>(5)};
    CHECK(s.would(nobody, wish()) == refused(ground::malformed, field::actor));
}

TEST_CASE("roles held at one tenant are none elsewhere", "[S10][V6][T4]") {
    scenario s;
    const auto zoe = lb::member("zoe@fabrikam.example");
    const auto id = s.pending_at_customer();
    CHECK(s.when(zoe, lb::approve{id, {}, {}}) == recorded(ground::not_allowed));
    CHECK(s.open(id).votes.size() == 1);
}
