#include "heap.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <limits>
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

void keep_pages(std::size_t bytes) {
    constexpr std::size_t page = 4096;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    auto* const room = static_cast<volatile char*>(std::malloc(bytes));
    if (room == nullptr) std::abort();
    for (std::size_t at = 0; at < bytes; at += page) room[at] = 0;
    std::free(const_cast<char*>(room));
}

}  // namespace bench
