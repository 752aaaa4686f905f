// Every allocation that a command makes is made to fail once (V20). The engine's own
// memory runs out, never the store's: what a store does then is its own contract.
#include "unit/engine/office.hpp"

#include <cstdlib>
#include <new>

#include "support/catch.hpp"

namespace {

thread_local long allocations_left = -1;  // negative: no limit

bool may_allocate() {
    if (allocations_left < 0) return true;
    if (allocations_left == 0) return false;
    --allocations_left;
    return true;
}

}  // namespace

void* operator new(std::size_t size) {
    if (!may_allocate()) throw std::bad_alloc{};
    if (void* at = std::malloc(size)) return at;
    throw std::bad_alloc{};
}
void* operator new(std::size_t size, const std::nothrow_t& /*fails*/) noexcept {
    return may_allocate() ? std::malloc(size) : nullptr;
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, const std::nothrow_t& /*fails*/) noexcept { std::free(at); }
void operator delete(void* at, std::size_t /*size*/) noexcept { std::free(at); }

using namespace office;

TEST_CASE("an allocation that fails leaves the state as it was, or the command done",
          "[engine][V20]") {
    int failures = 0;
    for (long nth = 0; nth < 400; ++nth) {
        lockbox::memory_store<V> store;
        desk d{store};
        d.open();
        (void)d.send(eve, wish());
        (void)d.send(mia, lb::approve{"R-000001", "", {}});
        const auto before = d.state();
        const auto command =
            asking(bob, lb::approve{"R-000001", "a comment of more than a few bytes", {}});

        allocations_left = nth;
        auto reply = d.engine.handle(command);
        const bool spent = allocations_left == 0;
        allocations_left = -1;

        const auto after = d.state();
        CHECK(after == *lockbox::replay<V>(d.log()));
        if (reply) {
            CHECK(reply->happened.size() == 2);
            CHECK(after.sequence == before.sequence + 2);
        } else {
            ++failures;
            CHECK(after == before);
            CHECK(d.engine.handle(command)->happened.size() == 2);
        }
        if (!spent) break;
    }
    CHECK(failures > 10);
}
