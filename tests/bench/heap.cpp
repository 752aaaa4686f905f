#include "heap.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

// Relaxed, and the same for ours and the reference.
std::atomic<std::size_t> taken{0};
std::atomic<std::size_t> held{0};

}  // namespace

void* operator new(std::size_t size) {
    void* const room = std::malloc(size == 0 ? 1 : size);
    if (room == nullptr) std::abort();
    taken.fetch_add(1, std::memory_order_relaxed);
    held.fetch_add(malloc_usable_size(room), std::memory_order_relaxed);
    return room;
}
void operator delete(void* room) noexcept {
    if (room == nullptr) return;
    held.fetch_sub(malloc_usable_size(room), std::memory_order_relaxed);
    std::free(room);
}
void operator delete(void* room, std::size_t /*size*/) noexcept { operator delete(room); }

namespace bench {

heap_use heap() { return {taken.load(), held.load()}; }

}  // namespace bench
