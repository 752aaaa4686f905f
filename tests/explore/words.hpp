// A vocabulary of small numbers, so that a state takes few bytes and a decision few nanoseconds.
#pragma once

#include <lockbox/bind.hpp>

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace words {

enum class person : std::uint8_t { lockbox, eve, emil, mia, milo, ada, bea, ben, cleo, olga, rita };
enum class duty : std::uint8_t { administrator, approver, second_approver };
enum class reason : std::uint8_t { incident };
enum class service : std::uint8_t { mail, files };
enum class operation : std::uint8_t { read, send };

/// A set of numbers below eight, as a value.
struct set {
    std::uint8_t bits = 0;

    class iterator {
      public:
        using value_type = operation;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        explicit constexpr iterator(unsigned left) : left_{left} {}
        constexpr operation operator*() const {
            return static_cast<operation>(std::countr_zero(left_));
        }
        constexpr iterator& operator++() {
            left_ &= left_ - 1;
            return *this;
        }
        constexpr iterator operator++(int) {  // NOLINT(cert-dcl21-cpp): as an iterator does
            auto before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(iterator, iterator) = default;

      private:
        unsigned left_ = 0;
    };
    [[nodiscard]] constexpr iterator begin() const { return iterator{bits}; }
    [[nodiscard]] static constexpr iterator end() { return iterator{0}; }
    [[nodiscard]] constexpr std::size_t size() const {
        return static_cast<std::size_t>(std::popcount(bits));
    }
    [[nodiscard]] constexpr bool has(std::uint8_t one) const { return ((bits >> one) & 1U) != 0; }
    [[nodiscard]] constexpr bool within(set outer) const { return (bits & ~outer.bits) == 0; }
    [[nodiscard]] constexpr set meet(set other) const {
        return {static_cast<std::uint8_t>(bits & other.bits)};
    }
    static constexpr void fields(auto& self, auto&& f) { f("bits", self.bits); }
    friend constexpr bool operator==(set, set) = default;
};

/// One operation on one of eight boxes of a service.
struct attempt {
    words::service service{};
    words::operation operation{};
    std::uint8_t box = 0;

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operation", self.operation);
        f("box", self.box);
    }
    [[nodiscard]] constexpr bool well_formed() const { return box < 8; }
    friend constexpr bool operator==(const attempt&, const attempt&) = default;
};

/// Some operations on some boxes.
struct scope {
    words::service service{};
    set operations{};
    set resources{};

    static constexpr void fields(auto& self, auto&& f) {
        f("service", self.service);
        f("operations", self.operations);
        f("resources", self.resources);
    }
    [[nodiscard]] constexpr bool covers(const attempt& a) const {
        return service == a.service && operations.has(static_cast<std::uint8_t>(a.operation)) &&
               resources.has(a.box);
    }
    [[nodiscard]] constexpr bool within(const scope& outer) const {
        return service == outer.service && operations.within(outer.operations) &&
               resources.within(outer.resources);
    }
    [[nodiscard]] constexpr scope meet(const scope& other) const {
        if (service != other.service) return {service, {}, {}};
        return {service, operations.meet(other.operations), resources.meet(other.resources)};
    }
    [[nodiscard]] constexpr bool empty() const {
        return operations.bits == 0 || resources.bits == 0;
    }
    [[nodiscard]] constexpr bool well_formed() const { return operations.bits < 4; }
    friend constexpr bool operator==(const scope&, const scope&) = default;
};

}  // namespace words

template <>
inline constexpr auto lockbox::names_of<words::person> = std::array<std::string_view, 11>{
    "lockbox", "eve", "emil", "mia", "milo", "ada", "bea", "ben", "cleo", "olga", "rita"};
template <>
inline constexpr auto lockbox::names_of<words::duty> =
    std::array<std::string_view, 3>{"administrator", "approver", "second_approver"};
template <>
inline constexpr auto lockbox::names_of<words::reason> =
    std::array<std::string_view, 1>{"incident"};
template <>
inline constexpr auto lockbox::names_of<words::service> =
    std::array<std::string_view, 2>{"mail", "files"};
template <>
inline constexpr auto lockbox::names_of<words::operation> =
    std::array<std::string_view, 2>{"read", "send"};

namespace words {

struct vocabulary {
    using tenant_id = std::uint32_t;
    using person_id = person;
    using request_id = std::uint64_t;
    using case_id = std::uint32_t;
    using command_id = std::uint64_t;
    using role = duty;
    using reason = words::reason;
    using service = words::service;
    using operation = words::operation;
    using access = attempt;
    using scope = words::scope;
    using text = std::string;
    using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

    static constexpr std::string_view operator_alias = "the vendor";
    static constexpr std::string_view service_alias = "the service";

    [[nodiscard]] static constexpr bool same_person(person a, person b) { return a == b; }
    [[nodiscard]] static constexpr person system_id() { return person::lockbox; }
    [[nodiscard]] static constexpr request_id request_id_of(std::uint64_t n) { return n; }
    [[nodiscard]] static std::vector<lockbox::standard_role<role>> standard_roles() {
        using enum lockbox::permission;
        return {{duty::administrator, {turn, configure, decide, view, audit, assign_roles}},
                {duty::approver, {turn, decide, view}},
                {duty::second_approver, {decide, view}}};
    }
};

using lb = lockbox::bind<vocabulary>;

}  // namespace words
