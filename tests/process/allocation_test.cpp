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

namespace {

using memory = lockbox::memory_store<V>;

/// A store that can be down: then it neither reads nor writes, and allocates nothing.
struct failing_store : memory {
    bool down = false;
    int loads = 0;

    lockbox::outcome<lockbox::optional<lockbox::loaded<V>>> load(
        const lb::tenant_id& id, const lb::actor& who,
        const lockbox::optional<lb::command_id>& of) {
        ++loads;
        if (down) return tl::unexpected{lockbox::failure{lockbox::failure_kind::busy, {}}};
        return memory::load(id, who, of);
    }
    lockbox::outcome<void> commit(std::span<lb::change> changes) {
        if (down) return tl::unexpected{lockbox::failure{lockbox::failure_kind::full, {}}};
        return memory::commit(changes);
    }
};

/// Too long to stand in a string itself: whoever copies it, allocates.
const lb::tenant_id long_name{std::string(200, 'x')};

lb::command asking_there(const lb::actor& who, lb::command_body body) {
    auto c = asking(who, std::move(body));
    c.tenant = long_name;
    return c;
}

}  // namespace

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

TEST_CASE("a tenant of a long name is forgotten when memory and store fail together",
          "[engine][V20]") {
    const lb::command_body decisions[] = {
        lb::deny{"R-000001", "a comment of more than a few bytes"},
        lb::approve{"R-000001", "and one that says yes", {}}};
    for (const auto& decision : decisions) {
        int failures = 0;
        int forgotten = 0;
        bool spent = true;
        for (long nth = 0; spent && nth < 400; ++nth) {
            failing_store store;
            desk d{store};
            const auto there = [&](const lb::actor& who, lb::command_body body) {
                return d.engine.handle(asking_there(who, std::move(body)));
            };
            (void)there(olga, lb::open_tenant{"ada"});
            (void)there(olga, lb::record_entitlement{{true, true}});
            (void)there(ada, lb::turn_on{});
            (void)there(ada, lb::assign_role{"bob", "access_approver", {}});
            (void)there(eve, wish());
            const auto length = d.log().size();
            const auto command = asking_there(mia, decision);

            store.down = true;
            allocations_left = nth;
            const auto reply = d.engine.handle(command);
            spent = allocations_left == 0;
            allocations_left = -1;
            store.down = false;
            REQUIRE_FALSE(reply);
            REQUIRE(d.log().size() == length);

            // Another command first: it would commit what the failed one left in memory.
            store.loads = 0;
            REQUIRE(there(bob, lb::turn_off{})->happened.size() == 1);
            forgotten += store.loads;
            failures += spent ? 1 : 0;
            const auto kept = (*store.load(long_name, ada, {}))->state;
            REQUIRE(kept == *lockbox::replay<V>(d.log()));
            REQUIRE_FALSE(d.engine.handle(command)->refused);
        }
        CHECK_FALSE(spent);
        CHECK(failures > 5);
        CHECK(forgotten > 5);
    }
}
