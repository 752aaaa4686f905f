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

}  // namespace sql
}  // namespace v0
}  // namespace lockbox
