// Says in one sentence each what a host's vocabulary lacks. A concept says only "not
// satisfied"; these are asserts, one for each member, that name the member and what
// it must be (docs/vocabulary.md).
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/vector.hpp>
#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

template <class V>
using tenant_id_of = typename V::tenant_id;
template <class V>
using person_id_of = typename V::person_id;
template <class V>
using request_id_of = typename V::request_id;
template <class V>
using case_id_of = typename V::case_id;
template <class V>
using command_id_of = typename V::command_id;
template <class V>
using role_of = typename V::role;
template <class V>
using reason_of = typename V::reason;
template <class V>
using service_of = typename V::service;
template <class V>
using operation_of = typename V::operation;
template <class V>
using access_of = typename V::access;
template <class V>
using scope_of = typename V::scope;
template <class V>
using text_of = typename V::text;
template <class V>
using time_point_of = typename V::time_point;

template <class V, template <class> class Member>
concept names = requires {
    typename Member<V>;
};

/// An identifier, or missing: then another sentence says so.
template <class V, template <class> class Member>
concept fits = !names<V, Member> || identifier<Member<V>>;

template <class V>
consteval bool require_identifiers() {
    static_assert(names<V, tenant_id_of>, "lockbox: the vocabulary names no type `tenant_id`");
    static_assert(names<V, person_id_of>, "lockbox: the vocabulary names no type `person_id`");
    static_assert(names<V, request_id_of>, "lockbox: the vocabulary names no type `request_id`");
    static_assert(names<V, case_id_of>, "lockbox: the vocabulary names no type `case_id`");
    static_assert(names<V, command_id_of>, "lockbox: the vocabulary names no type `command_id`");
    static_assert(names<V, role_of>, "lockbox: the vocabulary names no type `role`");
    static_assert(names<V, reason_of>, "lockbox: the vocabulary names no type `reason`");
    static_assert(names<V, service_of>, "lockbox: the vocabulary names no type `service`");
    static_assert(names<V, operation_of>, "lockbox: the vocabulary names no type `operation`");
    static_assert(fits<V, tenant_id_of>, "lockbox: `tenant_id` is no identifier: see id_traits");
    static_assert(fits<V, person_id_of>, "lockbox: `person_id` is no identifier: see id_traits");
    static_assert(fits<V, request_id_of>, "lockbox: `request_id` is no identifier: see id_traits");
    static_assert(fits<V, case_id_of>, "lockbox: `case_id` is no identifier: see id_traits");
    static_assert(fits<V, command_id_of>, "lockbox: `command_id` is no identifier: see id_traits");
    static_assert(fits<V, role_of>, "lockbox: `role` is no identifier: see id_traits");
    static_assert(fits<V, reason_of>, "lockbox: `reason` is no identifier: see id_traits");
    static_assert(fits<V, service_of>, "lockbox: `service` is no identifier: see id_traits");
    static_assert(fits<V, operation_of>, "lockbox: `operation` is no identifier: see id_traits");
    return true;
}

template <class V>
consteval bool require_access_and_scope() {
    static_assert(names<V, access_of>, "lockbox: the vocabulary names no type `access`");
    static_assert(names<V, scope_of>, "lockbox: the vocabulary names no type `scope`");
    if constexpr (names<V, access_of> && names<V, scope_of>) {
        using access = typename V::access;
        using scope = typename V::scope;
        static_assert(plain_value<access>,
                      "lockbox: an access needs `==`, copies and a default value");
        static_assert(
            requires(const access& a) {
                requires identifier<std::remove_cvref_t<decltype(a.service)>>;
            },
            "lockbox: an access needs a member `service`, an identifier");
        static_assert(
            requires(const access& a) {
                requires identifier<std::remove_cvref_t<decltype(a.operation)>>;
            },
            "lockbox: an access needs a member `operation`, an identifier");
        static_assert(
            requires(const access& a) {
                { a.well_formed() } -> std::same_as<bool>;
            },
            "lockbox: an access needs `bool well_formed() const`");
        static_assert(has_fields<access>, "lockbox: an access needs to list its `fields`");
        static_assert(plain_value<scope>,
                      "lockbox: a scope needs `==`, copies and a default value");
        static_assert(
            requires(const scope& s, const access& a) {
                { s.service == a.service } -> std::convertible_to<bool>;
            },
            "lockbox: a scope needs a member `service`, comparable with an access's");
        static_assert(
            requires(const scope& s, const access& a) {
                { *s.operations.begin() == a.operation } -> std::convertible_to<bool>;
            },
            "lockbox: a scope needs a range `operations`, comparable with an access's");
        static_assert(
            requires(const scope& s) {
                { s.resources.size() } -> std::convertible_to<std::size_t>;
            },
            "lockbox: a scope needs a member `resources` with a size");
        static_assert(
            requires(const scope& s, const access& a) {
                { s.covers(a) } -> std::same_as<bool>;
            },
            "lockbox: a scope needs `bool covers(const access&) const`");
        static_assert(
            requires(const scope& s) {
                { s.within(s) } -> std::same_as<bool>;
            },
            "lockbox: a scope needs `bool within(const scope&) const`");
        static_assert(
            requires(const scope& s) {
                { s.meet(s) } -> std::same_as<scope>;
            },
            "lockbox: a scope needs `scope meet(const scope&) const`");
        static_assert(
            requires(const scope& s) {
                { s.empty() } -> std::same_as<bool>;
            },
            "lockbox: a scope needs `bool empty() const`");
        static_assert(
            requires(const scope& s) {
                { s.well_formed() } -> std::same_as<bool>;
            },
            "lockbox: a scope needs `bool well_formed() const`");
        static_assert(has_fields<scope>, "lockbox: a scope needs to list its `fields`");
    }
    return true;
}

template <class V>
consteval bool require_text_and_time() {
    static_assert(names<V, text_of>, "lockbox: the vocabulary names no type `text`");
    static_assert(names<V, time_point_of>, "lockbox: the vocabulary names no type `time_point`");
    if constexpr (names<V, text_of>) {
        using text = typename V::text;
        static_assert(std::constructible_from<text, std::string> &&
                          std::convertible_to<const text&, std::string_view>,
                      "lockbox: `text` must come from std::string and be viewed as one");
    }
    if constexpr (names<V, time_point_of>) {
        static_assert(instant_type<typename V::time_point>,
                      "lockbox: `time_point` must be a std::chrono::time_point that counts "
                      "milliseconds or whole multiples of them in 64 bits");
    }
    return true;
}

template <class V>
consteval bool require_functions() {
    static_assert(
        requires {
            { V::operator_alias } -> std::convertible_to<std::string_view>;
        },
        "lockbox: the vocabulary needs a text `operator_alias`");
    static_assert(
        requires {
            { V::service_alias } -> std::convertible_to<std::string_view>;
        },
        "lockbox: the vocabulary needs a text `service_alias`");
    static_assert(
        requires(const typename V::person_id& p) {
            { V::same_person(p, p) } -> std::same_as<bool>;
        },
        "lockbox: the vocabulary needs `static bool same_person(const person_id&, const "
        "person_id&)`");
    static_assert(
        requires {
            { V::system_id() } -> std::same_as<typename V::person_id>;
        },
        "lockbox: the vocabulary needs `static person_id system_id()`");
    static_assert(
        requires(std::uint64_t n) {
            { V::request_id_of(n) } -> std::same_as<typename V::request_id>;
        },
        "lockbox: the vocabulary needs `static request_id request_id_of(std::uint64_t)`");
    static_assert(
        requires {
            { V::standard_roles() } -> std::convertible_to<vector<standard_role<typename V::role>>>;
        },
        "lockbox: the vocabulary needs `static lockbox::vector<standard_role<role>> "
        "standard_roles()`");
    return true;
}

}  // namespace detail

/// True, or a compile error that names every member of the vocabulary that is missing or unfit.
template <class V>
consteval bool require_vocabulary() {
    return detail::require_identifiers<V>() && detail::require_access_and_scope<V>() &&
           detail::require_text_and_time<V>() && detail::require_functions<V>();
}

}  // namespace v0
}  // namespace lockbox
