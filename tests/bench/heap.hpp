// The program's heap: what it took from it so far, counted by its own operator new, and its pages.
#pragma once

#include <cstddef>

namespace bench {

/// How often, and how many bytes are held.
struct heap_use {
    std::size_t taken = 0;
    std::size_t bytes = 0;
};
[[nodiscard]] heap_use heap();

/// Takes this much from the kernel and never gives it back. Whoever touches a new page waits for
/// the kernel, on some machines for longer than one insert takes; and what one side of a comparison
/// frees would save it the other. All threads share them.
void keep_pages(std::size_t bytes);

}  // namespace bench
