// The host's words: one struct names every type that the rules are written over.
// Start from `default_vocabulary` and replace what is yours (docs/vocabulary.md).
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/fwd.hpp>
#include <lockbox/id.hpp>
#include <lockbox/role.hpp>
#include <lockbox/scope.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Strings for identifiers, names for roles, paths for resources, milliseconds for time.
struct default_vocabulary {
    using tenant_id = id<struct tenant_tag>;
    using person_id = id<struct person_tag>;
    using request_id = id<struct request_tag>;
    using case_id = id<struct case_tag>;
    using command_id = id<struct command_tag>;
    using role = id<struct role_tag>;
    using reason = id<struct reason_tag>;
    using service = id<struct service_tag>;
    using operation = id<struct operation_tag>;
    using access = basic_access<service, operation>;
    using scope = basic_scope<service, operation>;
    using text = std::string;
    using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

    /// The names under which the Microsoft 365 presentation shows an engineer and the service (L4).
    /// No person may bear them (V5).
    static constexpr std::string_view operator_alias = "Microsoft Operator";
    static constexpr std::string_view service_alias = "Customer Lockbox Service";

    /// Whether two identities are one person: equal bytes, whatever the side (V5).
    [[nodiscard]] static bool same_person(const person_id& a, const person_id& b) { return a == b; }

    /// As whom the library's own sweeper and relay act.
    [[nodiscard]] static person_id system_id() { return "lockbox"; }

    /// The id of a tenant's n-th submission, counted from 1: injective, so that none returns (R6).
    [[nodiscard]] static request_id request_id_of(std::uint64_t submission) {
        auto digits = id_traits<std::uint64_t>::text(submission);
        if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
        return request_id{"R-" + digits};
    }

    /// The roles that a new tenant's log defines (S2). The first is given to its
    /// first administrator.
    [[nodiscard]] static vector<standard_role<role>> standard_roles() {
        using enum permission;
        return {{"global_admin", {turn, configure, decide, view, audit, assign_roles}},
                {"compliance_admin", {turn, configure, decide, view}},
                {"access_approver", {turn, decide, view}},
                {"audit_reader", {audit, view}}};
    }
};

/// The reason codes that come with the library; a host adds its own by naming them (R3).
namespace reasons {
inline constexpr const char customer_initiated_support[] = "customer_initiated_support";
inline constexpr const char provider_initiated_service[] = "provider_initiated_service";
inline constexpr const char production_alert[] = "production_alert";
inline constexpr const char third_party_data_request[] = "third_party_data_request";
inline constexpr const char provider_review[] = "provider_review";
}  // namespace reasons

template <class V>
using duration_of = typename V::time_point::duration;

namespace detail {

template <class T>
concept instant_type = requires {
    typename T::duration;
    typename T::clock;
    requires std::same_as<T, std::chrono::time_point<typename T::clock, typename T::duration>>;
    requires std::ratio_greater_equal_v<typename T::duration::period, std::milli>;
    requires std::signed_integral<typename T::duration::rep> &&
        sizeof(typename T::duration::rep) == 8;
};

}  // namespace detail

/// Whether `V` names everything that the rules need. `require_vocabulary` says what is missing.
template <class V>
concept vocabulary = identifier<typename V::tenant_id> && identifier<typename V::person_id> &&
    identifier<typename V::request_id> && identifier<typename V::case_id> &&
    identifier<typename V::command_id> && identifier<typename V::role> &&
    identifier<typename V::reason> && identifier<typename V::service> &&
    identifier<typename V::operation> && access_type<typename V::access> &&
    scope_type<typename V::scope, typename V::access> &&
    std::constructible_from<typename V::text, std::string> &&
    std::convertible_to<const typename V::text&, std::string_view> &&
    detail::instant_type<typename V::time_point> &&
    requires(const typename V::person_id& person, std::uint64_t submission) {
    { V::operator_alias } -> std::convertible_to<std::string_view>;
    { V::service_alias } -> std::convertible_to<std::string_view>;
    { V::same_person(person, person) } -> std::same_as<bool>;
    { V::system_id() } -> std::same_as<typename V::person_id>;
    { V::request_id_of(submission) } -> std::same_as<typename V::request_id>;
    { V::standard_roles() } -> std::convertible_to<vector<standard_role<typename V::role>>>;
};

}  // namespace v0
}  // namespace lockbox
