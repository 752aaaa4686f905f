#include <lockbox/inspect.hpp>

#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;
using stage = scenario::stage;

namespace {

/// "blocking off, warning address_bounced a@b"
std::string found(const scenario& s) {
    std::string line;
    for (const auto& one : lockbox::inspect(s.state, s.now)) {
        line.append(line.empty() ? "" : ", ").append(lockbox::name_of(one.severity)).append(" ");
        line.append(lockbox::name_of(one.what));
        if (!one.about.empty()) line.append(" ").append(one.about);
    }
    return line;
}

/// A set-up that nothing is wrong with.
scenario sound() {
    scenario s;
    s.settings([](auto& c) { c.recipients = std::vector<std::string>{"soc@contoso.example"}; });
    s.given(ada, lb::set_audit_visibility{true});
    return s;
}

bool finds(const scenario& s, std::string_view what) {
    return found(s).find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("nothing is wrong with a sound set-up", "[S7]") { CHECK(found(sound()).empty()); }

TEST_CASE("of a fresh tenant everything is found that is still to do", "[S7]") {
    CHECK(found(scenario{stage::opened}) ==
          "blocking no_plan, blocking no_support_plan, blocking off, warning one_approver, "
          "notice no_recipient, warning audit_log_hidden, notice role_held_by_nobody "
          "compliance_admin, "
          "notice role_held_by_nobody access_approver, notice role_held_by_nobody audit_reader");
}

TEST_CASE("an entitlement that was lost is a finding", "[S7][S1]") {
    auto s = sound();
    s.given(olga, lb::record_entitlement{{true, false}});
    CHECK(found(s) == "blocking no_support_plan");
    s.given(olga, lb::record_entitlement{{false, true}});
    CHECK(found(s) == "blocking no_plan");
}

TEST_CASE("off and frozen are findings", "[S7][S8]") {
    auto s = sound();
    s.given(bea, lb::freeze{});
    CHECK(found(s) == "warning frozen");
    s.given(ada, lb::turn_off{});
    CHECK(found(s) == "blocking off, warning frozen");
}

TEST_CASE("too few approvers block, a single one is a warning", "[S7][R5]") {
    auto s = sound();
    s.given(ada, lb::assign_role{carl.person, "global_admin", {}});
    s.settings([](auto& c) { c.approvers_needed = 4; });
    CHECK(found(s).empty());
    s.given(ada, lb::assign_role{ben.person, "access_approver", s.now + 1h});
    CHECK(found(s).empty());
    s.later(1h);
    CHECK(found(s) == "blocking no_approver");
    lb::change_settings one;
    one.change.approvers_needed = 1;
    s.given_by_two(ada, carl, one);
    CHECK(found(s).empty());
    s.given(ada, lb::end_role{carl.person, "global_admin"});
    s.given(ada, lb::end_role{bea.person, "access_approver"});
    CHECK(finds(s, "role_held_by_nobody access_approver"));
    s.given(ada, lb::end_role{carl.person, "compliance_admin"});
    CHECK(finds(s, "warning one_approver"));
    CHECK_FALSE(finds(s, "no_approver"));
    s.settings([](auto& c) { c.approvers_needed = 2; });
    CHECK(finds(s, "blocking no_approver"));
}

TEST_CASE("a role that may not decide makes no approver", "[S7]") {
    auto s = sound();
    s.given(ada, lb::define_role{"access_approver", {permission::view}});
    s.given(ada, lb::define_role{"compliance_admin", {permission::view}});
    CHECK(found(s) == "warning one_approver");
    s.given(ada, lb::define_role{"global_admin", {permission::assign_roles}});
    CHECK(found(s) == "blocking no_approver");
}

TEST_CASE("no recipient, and an address that bounced, are findings", "[S7][N3]") {
    auto s = sound();
    s.given(machine, lb::record_undeliverable{1, 0, "soc@contoso.example"});
    CHECK(found(s) == "warning address_bounced soc@contoso.example");
    s.settings([](auto& c) { c.recipients = std::vector<std::string>{}; });
    CHECK(found(s) == "notice no_recipient");
}

TEST_CASE("a hidden audit log is a finding", "[S7][L3]") {
    auto s = sound();
    s.given(ada, lb::set_audit_visibility{false});
    CHECK(found(s) == "warning audit_log_hidden");
}

TEST_CASE("a role held by nobody is a finding, until an instant as ever", "[S7][S3]") {
    auto s = sound();
    s.given(ada, lb::define_role{"helper", {permission::view}});
    CHECK(found(s) == "notice role_held_by_nobody helper");
    s.given(ada, lb::assign_role{nora.person, "helper", s.now + 1h});
    CHECK(found(s).empty());
    s.later(1h);
    CHECK(found(s) == "notice role_held_by_nobody helper");
    s.given(ada, lb::define_role{"helper", {}});
    CHECK(found(s).empty());
}

TEST_CASE("looking at a submission beforehand writes nothing and tells what it would get", "[S7]") {
    const scenario s;
    const auto before = s.state;
    CHECK(s.would(eve, wish()) == emitted({"submitted"}));
    CHECK(s.would(carl, lb::drill{wish()}) == emitted({"submitted"}));
    CHECK(s.state == before);
}

TEST_CASE("a consent that opens nothing, and one that soon will not, are findings", "[S7][G8]") {
    auto s = sound();
    s.settings([](auto& c) { c.consents = true; });
    s.given(carl, lb::consent{{wish().scope, {wish().reason}, 1h, day_one + 720h}});
    s.given(ada, lb::consent{{wish().scope, {wish().reason}, 1h, day_one + 169h}});
    CHECK(found(s).empty());
    s.later(1h);
    CHECK(found(s) == "notice consent_lapses 2");
    s.given(ada, lb::define_role{"compliance_admin", {permission::configure}});
    CHECK(found(s) == "warning consent_is_void 1, notice consent_lapses 2");
    s.settings([](auto& c) { c.approvers_needed = 2; });
    const std::string alone = "warning no_second_member assign_roles, ";
    CHECK(found(s) == alone + "warning consent_is_void 1, warning consent_is_void 2");
    s.at(day_one + 169h);
    CHECK(found(s) == alone + "warning consent_is_void 1");
}

TEST_CASE("a two-person rule that one member alone holds the permission for is a finding",
          "[S7][S9]") {
    auto s = sound();
    s.settings([](auto& c) { c.two_person_changes = true; });
    CHECK(found(s) == "warning no_second_member assign_roles");  // carl has `settings`, too
    s.given(ada, lb::end_role{carl.person, "compliance_admin"});
    CHECK(finds(s, "warning no_second_member settings"));
    CHECK_FALSE(finds(s, "no_second_member switch"));
    CHECK_FALSE(finds(s, "no_second_member decide"));
}
