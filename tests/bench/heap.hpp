// What the program took from the heap so far, counted by its own operator new.
#pragma once

#include <cstddef>

namespace bench {

/// How often, and how many bytes are held.
struct heap_use {
    std::size_t taken = 0;
    std::size_t bytes = 0;
};
[[nodiscard]] heap_use heap();

}  // namespace bench
