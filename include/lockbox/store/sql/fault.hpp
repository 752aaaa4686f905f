// What every SQL store says of a failure, whatever its database.
#pragma once

#include <string>
#include <utility>

#include <lockbox/ports.hpp>

namespace lockbox {
inline namespace v0 {
namespace sql {

[[nodiscard]] inline tl::unexpected<failure> failed(failure why) {
    return tl::unexpected<failure>{std::move(why)};
}

[[nodiscard]] inline failure corrupt(std::string what) {
    what += "; nothing was changed; stop writing, and restore the last backup";
    return {failure_kind::corrupt, std::move(what)};
}

/// Of a commit with a change whose events do not lead from its version to its state.
[[nodiscard]] inline failure incoherent() {
    return {failure_kind::internal,
            "a change's events do not lead to its state; nothing was changed; this is a fault of "
            "the caller"};
}

}  // namespace sql
}  // namespace v0
}  // namespace lockbox
