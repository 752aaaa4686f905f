// What an engineer asks to touch, and what one access touches: the ready types, and
// the concepts that a host's own must meet.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/id.hpp>
#include <lockbox/shared.hpp>
#include <lockbox/vector.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// The longest resource path, in bytes.
inline constexpr std::size_t longest_path = 4096;

/// Whether a path names a resource: `/`, or `/` before each of one or more segments, none of them
/// empty, `.` or `..`; UTF-8 without control characters, at most `longest_path` bytes (A1).
[[nodiscard]] constexpr bool is_path(std::string_view path) {
    if (path.empty() || path.front() != '/' || path.size() > longest_path) return false;
    if (path.size() == 1) return true;
    if (has_control(path)) return false;
    for (std::size_t from = 1; from <= path.size();) {
        const auto to = (std::min)(path.find('/', from), path.size());
        const auto segment = path.substr(from, to - from);
        if (segment.empty() || segment == "." || segment == "..") return false;
        from = to + 1;
    }
    return true;
}

/// Whether `outer` is `inner` or stands above it by whole segments; `/` is above all (A1).
[[nodiscard]] constexpr bool path_covers(std::string_view outer, std::string_view inner) noexcept {
    if (outer.size() == 1) return true;
    return inner.size() >= outer.size() && inner.compare(0, outer.size(), outer) == 0 &&
           (inner.size() == outer.size() || inner[outer.size()] == '/');
}

/// One operation on one resource of one service.
template <class Service, class Operation>
struct basic_access {
    Service service{};
    Operation operation{};
    std::string resource{};

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operation", self.operation);
        f("resource", self.resource);
    }
    [[nodiscard]] bool well_formed() const {
        return id_traits<Service>::well_formed(service) &&
               id_traits<Operation>::well_formed(operation) && is_path(resource);
    }
    friend bool operator==(const basic_access&, const basic_access&) = default;
};

/// One service, some of its operations, some of its resources and all under them (A1).
template <class Service, class Operation>
struct basic_scope {
    using access = basic_access<Service, Operation>;

    Service service{};
    shared_list<Operation> operations{};
    shared_list<std::string> resources{};

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operations", self.operations);
        f("resources", self.resources);
    }

    /// Whether this scope allows that access: allocates nothing.
    [[nodiscard]] bool covers(const access& wanted) const noexcept {
        return service == wanted.service && names(wanted.operation) && reaches(wanted.resource);
    }

    /// Whether everything that this scope allows, `outer` allows too.
    [[nodiscard]] bool within(const basic_scope& outer) const {
        return service == outer.service &&
               all_of(operations, [&](const auto& o) { return outer.names(o); }) &&
               all_of(resources, [&](const auto& r) { return outer.reaches(r); });
    }

    /// What both allow.
    [[nodiscard]] basic_scope meet(const basic_scope& other) const {
        if (service != other.service) return {service, {}, {}};
        vector<Operation> both;
        for (const auto& mine : operations)
            if (other.names(mine)) both.push_back(mine);
        vector<std::string> common;
        for (const auto& mine : resources)
            if (other.reaches(mine)) common.push_back(mine);
        for (const auto& theirs : other.resources)
            if (reaches(theirs) && !reached(common, theirs)) common.push_back(theirs);
        return {service, both, common};
    }

    [[nodiscard]] bool empty() const noexcept { return operations.empty() || resources.empty(); }

    [[nodiscard]] bool well_formed() const {
        return id_traits<Service>::well_formed(service) &&
               all_of(operations, id_traits<Operation>::well_formed) && all_of(resources, is_path);
    }

    friend bool operator==(const basic_scope&, const basic_scope&) = default;

  private:
    [[nodiscard]] bool names(const Operation& operation) const noexcept {
        return contains(operations, operation);
    }
    [[nodiscard]] bool reaches(std::string_view resource) const noexcept {
        return reached(resources, resource);
    }
    [[nodiscard]] static bool reached(const auto& paths, std::string_view resource) noexcept {
        for (const auto& one : paths)
            if (path_covers(one, resource)) return true;
        return false;
    }
};

template <class Service, class Operation>
inline constexpr bool moves_by_bytes<basic_scope<Service, Operation>> = moves_by_bytes<Service>;

/// What an access type of a host must offer: `service`, `operation`, and whether it may stand in a
/// command.
template <class A>
concept access_type = std::equality_comparable<A> && std::copyable<A> && requires(const A& access) {
    requires identifier<std::remove_cvref_t<decltype(access.service)>>;
    requires identifier<std::remove_cvref_t<decltype(access.operation)>>;
    { access.well_formed() } -> std::same_as<bool>;
};

/// What a scope type of a host must offer: one `service`, its `operations`, and the
/// order among scopes. `meet` is associative, commutative and idempotent in what it
/// covers, and within both (V4).
template <class S, class A>
concept scope_type = std::equality_comparable<S> && std::copyable<S> &&
    requires(const S& scope, const A& access) {
    { scope.service == access.service } -> std::convertible_to<bool>;
    { *scope.operations.begin() == access.operation } -> std::convertible_to<bool>;
    { scope.covers(access) } -> std::same_as<bool>;
    { scope.within(scope) } -> std::same_as<bool>;
    { scope.meet(scope) } -> std::same_as<S>;
    { scope.empty() } -> std::same_as<bool>;
    { scope.well_formed() } -> std::same_as<bool>;
    { scope.resources.size() } -> std::convertible_to<std::size_t>;
};

}  // namespace v0
}  // namespace lockbox
