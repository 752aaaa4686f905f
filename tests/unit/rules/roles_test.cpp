#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

constexpr auto until = day_one + 24h;

/// Nora holds `global_admin` until tomorrow.
scenario delegated() {
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "global_admin", until});
    return s;
}

}  // namespace

TEST_CASE("a role is assigned to one person and ended again", "[S3]") {
    scenario s;
    CHECK(s.would(nora, lb::freeze{}) == recorded(ground::not_allowed));
    CHECK(s.when(ada, lb::assign_role{nora.person, "access_approver", {}}) ==
          emitted({"role_assigned"}));
    CHECK(s.would(nora, lb::freeze{}) == emitted({"frozen"}));
    CHECK(s.when(ada, lb::end_role{nora.person, "access_approver"}) == emitted({"role_ended"}));
    CHECK(s.would(nora, lb::freeze{}) == recorded(ground::not_allowed));
    CHECK(s.when(ada, lb::end_role{nora.person, "access_approver"}) ==
          refused(ground::unchanged, field::role));
}

TEST_CASE("a role assigned until an instant is not held at it", "[S3][G2]") {
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "access_approver", until});
    CHECK(s.at(until - 1ms).would(nora, lb::freeze{}) == emitted({"frozen"}));
    CHECK(s.at(until).would(nora, lb::freeze{}) == recorded(ground::not_allowed));
    CHECK(s.at(until + 1ms).would(nora, lb::freeze{}) == recorded(ground::not_allowed));
    CHECK(s.when(ada, lb::end_role{nora.person, "access_approver"}) ==
          refused(ground::unchanged, field::role));
}

TEST_CASE("assigning again replaces the end, and the same is no change", "[S3]") {
    scenario s;
    s.given(ada, lb::assign_role{nora.person, "access_approver", until});
    CHECK(s.when(ada, lb::assign_role{nora.person, "access_approver", until}) ==
          refused(ground::unchanged, field::role));
    s.given(ada, lb::assign_role{nora.person, "access_approver", {}});
    CHECK(s.at(until).would(nora, lb::freeze{}) == emitted({"frozen"}));
    s.given(ada, lb::assign_role{nora.person, "access_approver", until + 1h});
    CHECK(s.at(until + 1h).would(nora, lb::freeze{}) == recorded(ground::not_allowed));
}

TEST_CASE("a role ends in the future, within the calendar", "[S3][R2]") {
    const scenario s;
    const auto till = [&](lb::time_point end) {
        return s.would(ada, lb::assign_role{nora.person, "audit_reader", end});
    };
    CHECK(till(s.now + 1ms) == emitted({"role_assigned"}));
    CHECK(till(s.now) == refused(ground::out_of_range, field::until));
    CHECK(till(s.now - 1ms) == refused(ground::out_of_range, field::until));
    CHECK(till(lb::time_point::max()) == refused(ground::malformed, field::until));
    CHECK(till(lb::time_point::min()) == refused(ground::malformed, field::until));
}

TEST_CASE("only what the tenant's log defines can be assigned", "[S2]") {
    scenario s;
    CHECK(s.when(ada, lb::assign_role{nora.person, "helper", {}}) ==
          refused(ground::unknown_role, field::role));
    CHECK(s.when(ada, lb::assign_role{nora.person, "Global_Admin", {}}) ==
          refused(ground::unknown_role, field::role));
    CHECK(s.when(ada, lb::define_role{"helper", {permission::view}}) == emitted({"role_defined"}));
    CHECK(s.when(ada, lb::define_role{"helper", {permission::view}}) ==
          refused(ground::unchanged, field::permits));
    CHECK(s.when(ada, lb::assign_role{nora.person, "helper", {}}) == emitted({"role_assigned"}));
}

TEST_CASE("no provider-side actor changes roles, whatever else they may", "[S3][T7]") {
    const scenario s;
    for (const auto& who : {eve, mia, olga, machine}) {
        CHECK(s.would(who, lb::assign_role{who.person, "global_admin", {}}) ==
              recorded(ground::not_allowed));
        CHECK(s.would(who, lb::define_role{"audit_reader", {permission::decide}}) ==
              recorded(ground::not_allowed));
        CHECK(s.would(who, lb::end_role{bea.person, "access_approver"}) ==
              recorded(ground::not_allowed));
    }
}

TEST_CASE("who holds assign_roles until an instant assigns nothing beyond it", "[S3][T7]") {
    scenario s = delegated();
    const auto assign = [&](const lb::actor& to, lockbox::optional<lb::time_point> end) {
        return s.would(nora, lb::assign_role{to.person, "audit_reader", end});
    };
    CHECK(assign(emil, until - 1ms) == emitted({"role_assigned"}));
    CHECK(assign(emil, until) == emitted({"role_assigned"}));
    CHECK(assign(emil, until + 1ms) == recorded(ground::beyond_own, field::until));
    CHECK(assign(emil, std::nullopt) == recorded(ground::beyond_own, field::until));
    // nor does she extend her own
    CHECK(s.would(nora, lb::assign_role{nora.person, "global_admin", until + 1ms}) ==
          recorded(ground::beyond_own, field::until));
    CHECK(s.at(until).would(nora, lb::assign_role{emil.person, "audit_reader", until + 1h}) ==
          recorded(ground::not_allowed));
}

TEST_CASE("of several holds on assign_roles the longest counts", "[S3]") {
    scenario s = delegated();
    s.given(ada, lb::define_role{"deputy", {permission::assign_roles}});
    s.given(ada, lb::assign_role{nora.person, "deputy", until + 1h});
    CHECK(s.would(nora, lb::assign_role{emil.person, "audit_reader", until + 1h}) ==
          emitted({"role_assigned"}));
    CHECK(s.would(nora, lb::assign_role{emil.person, "audit_reader", until + 2h}) ==
          recorded(ground::beyond_own, field::until));
    s.given(ada, lb::assign_role{nora.person, "deputy", {}});
    CHECK(s.would(nora, lb::assign_role{emil.person, "audit_reader", {}}) ==
          emitted({"role_assigned"}));
}

TEST_CASE("who holds assign_roles until an instant widens no role", "[S3][T7]") {
    scenario s = delegated();
    CHECK(s.would(nora, lb::define_role{"audit_reader", {permission::decide}}) ==
          recorded(ground::beyond_own, field::permits));
    CHECK(s.would(nora, lb::define_role{"helper", {permission::view}}) ==
          recorded(ground::beyond_own, field::permits));
    CHECK(s.would(nora, lb::define_role{"audit_reader", {permission::view}}) ==
          emitted({"role_defined"}));
}

TEST_CASE("somebody always holds assign_roles without end", "[S3]") {
    scenario s = delegated();
    const auto last = refused(ground::last_administrator, field::role);
    CHECK(s.when(ada, lb::end_role{ada.person, "global_admin"}) == last);
    CHECK(s.when(ada, lb::assign_role{ada.person, "global_admin", until}) == last);
    CHECK(s.when(ada, lb::define_role{"global_admin", {permission::decide}}) == last);
    CHECK(s.when(nora, lb::end_role{ada.person, "global_admin"}) == last);
    s.given(ada, lb::assign_role{ben.person, "global_admin", {}});
    CHECK(s.when(ada, lb::end_role{ada.person, "global_admin"}) == emitted({"role_ended"}));
    CHECK(s.when(ben, lb::end_role{ben.person, "global_admin"}) == last);
}

TEST_CASE("a tenant defines a hundred roles", "[R9][T24]") {
    scenario s;
    for (int n = 4; n < 100; ++n) {
        const lb::role role{"role-" + std::to_string(n)};
        REQUIRE(s.when(ada, lb::define_role{role, {}}) == emitted({"role_defined"}));
    }
    CHECK(s.when(ada, lb::define_role{"one-more", {}}) ==
          refused(ground::too_long, field::role, 100));
    CHECK(s.when(ada, lb::define_role{"audit_reader", {}}) == emitted({"role_defined"}));
}

TEST_CASE("persons and roles are well formed before they are anything else", "[R9][V5]") {
    const scenario s;
    const auto assign = [&](std::string person, std::string role) {
        return s.would(
            ada, lb::assign_role{lb::person_id{std::move(person)}, lb::role{std::move(role)}, {}});
    };
    const auto bad_person = refused(ground::malformed, field::member);
    const auto bad_role = refused(ground::malformed, field::role);
    CHECK(assign("", "audit_reader") == bad_person);
    CHECK(assign("Null", "audit_reader") == bad_person);
    CHECK(assign("microsoft operator", "audit_reader") == bad_person);
    CHECK(assign("a\nb", "audit_reader") == bad_person);
    CHECK(assign(std::string(256, 'a'), "audit_reader") == emitted({"role_assigned"}));
    CHECK(assign(std::string(257, 'a'), "audit_reader") == bad_person);
    CHECK(assign("emil", "") == bad_role);
    CHECK(assign("emil", std::string(257, 'a')) == bad_role);
    CHECK(assign("emil", "\xC3\x28") == bad_role);
    CHECK(assign("emil", "\xE2\x80\x8B") == bad_role);
}
