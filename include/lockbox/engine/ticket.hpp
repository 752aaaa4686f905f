// One command on its way through the engine, and how long it is tried.
#pragma once

#include <cstdint>

#include <lockbox/command.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/rules/moment.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// One command on its way, and what became of it.
template <class V>
struct ticket {
    const command<V>* what = nullptr;
    optional<typename V::time_point> deadline{};
    decision<V> decided{};
    optional<failure> failed{failure{failure_kind::internal, {}}};
    bool ahead = false;            ///< of the commands that wait with it
    const void* caller = nullptr;  ///< whose commands keep their order
    bool unknown = false;          ///< a commit of it may have happened, as this event:
    std::uint64_t sequence = 0;
    typename V::time_point at{};
    bool done = false;
};

/// Commands that protect go ahead of all others, and are tried until their deadline.
template <class V>
[[nodiscard]] bool is_urgent(const command<V>& c) {
    return c.body.template is<deny<V>>() || c.body.template is<revoke<V>>() ||
           c.body.template is<freeze<V>>();
}

/// How often a command is tried against others who change the same tenant.
struct persistence {
    std::uint32_t tries = 64;
    std::uint32_t urgent_tries = 100'000;
};

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
