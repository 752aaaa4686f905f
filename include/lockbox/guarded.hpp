// Where the host's code is called: whatever it throws becomes a value here, with or
// without exceptions.
#pragma once

#include <utility>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// Runs `f` and tells whether it came to its end without throwing.
template <class F>
[[nodiscard]] bool guarded(F&& f) noexcept {
#if defined(__cpp_exceptions)
    try {
        std::forward<F>(f)();
        return true;
    } catch (...) {
        return false;
    }
#else
    std::forward<F>(f)();
    return true;
#endif
}

}  // namespace detail
}  // namespace v0
}  // namespace lockbox
