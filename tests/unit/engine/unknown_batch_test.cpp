// Two callers, one batch, and a store that does not know whether it wrote it (V8, V17).
#include "unit/engine/office.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <latch>
#include <semaphore>
#include <set>
#include <stdexcept>
#include <thread>

#include "support/catch.hpp"

using namespace office;

namespace {

using memory = lockbox::memory_store<V>;
using reply = lockbox::reply<V>;

enum class fate { written, lost, written_and_throws };

/// Holds a commit on demand, so that callers gather behind it. The commit that then carries
/// commands of two callers ends in `fate`, and nobody is told which it was.
struct forgetful_store : memory {
    fate ends = fate::written;
    bool holds = false;
    bool armed = false;
    bool forgot = false;
    std::binary_semaphore held{0};
    std::binary_semaphore go_on{0};

    lockbox::outcome<void> commit(std::span<lb::change> changes) {
        if (std::exchange(holds, false)) {
            held.release();
            go_on.acquire();
        }
        std::set<lb::command_id> commands;
        for (const auto& change : changes)
            for (const auto& event : change.events) commands.insert(*event.command);
        if (!armed || commands.size() < 2) return memory::commit(changes);
        armed = false;
        forgot = true;
        if (ends != fate::lost) (void)memory::commit(changes);
        if (ends == fate::written_and_throws) throw std::runtime_error{"the connection broke"};
        return tl::unexpected{
            lockbox::failure{lockbox::failure_kind::unknown_outcome, "the connection broke"}};
    }
};

using answers = std::array<lockbox::outcome<reply>, 2>;

/// What two threads are answered that come while the engine is at work for a third.
template <class Desk>
answers answered_together(Desk& d, const std::array<lb::command, 2>& commands) {
    answers replies{};
    d.store.holds = true;
    std::thread first{[&] { (void)d.send(eve, reading()); }};
    d.store.held.acquire();
    d.store.armed = true;
    std::latch here{2};
    std::array<std::thread, 2> callers;
    for (std::size_t i = 0; i < 2; ++i) {
        callers[i] = std::thread{[&, i] {
            here.count_down();
            replies[i] = d.engine.handle(commands[i]);
        }};
    }
    here.wait();
    std::this_thread::sleep_for(5ms);  // most often enough for both to be in the line
    d.store.go_on.release();
    first.join();
    for (auto& one : callers) one.join();
    return replies;
}

/// The events of one command, wherever they stand in the log.
std::vector<lb::audit_event> recorded(const std::vector<lb::audit_event>& log,
                                      const lb::command& of) {
    std::vector<lb::audit_event> all;
    for (const auto& event : log)
        if (event.command == of.id) all.push_back(event);
    return all;
}

lb::command elsewhere(lb::command c) {
    c.tenant = "fabrikam";
    return c;
}

/// Plays until the two were together in an unknown batch three times; `verdict` sees each.
template <class Verdict>
void play(fate ends, const std::function<std::array<lb::command, 2>()>& commands, Verdict verdict) {
    int seen = 0;
    for (int round = 0; seen < 3 && round < 200; ++round) {
        forgetful_store store;
        store.ends = ends;
        desk d{store};
        d.open();
        (void)d.engine.handle(elsewhere(asking(olga, lb::open_tenant{"ada"})));
        REQUIRE(d.grant() == lb::request_id{"R-000001"});
        const auto length = d.log().size();
        const auto both = commands();
        const auto replies = answered_together(d, both);
        if (!store.forgot) continue;
        ++seen;
        const auto log = d.log();
        CHECK(log.size() == length + 1 + 2);
        for (std::size_t i = 0; i < 2; ++i) {
            REQUIRE(replies[i]);
            REQUIRE(replies[i]->happened.size() == 1);
            CHECK(replies[i]->happened == recorded(log, both[i]));
        }
        verdict(*replies[0], *replies[1]);
        std::vector<lb::audit_event> ours;
        std::ranges::copy_if(log, std::back_inserter(ours),
                             [](const auto& event) { return event.tenant == "contoso"; });
        CHECK(d.state() == *lockbox::replay<V>(ours));
    }
    CHECK(seen == 3);
}

}  // namespace

TEST_CASE("two callers in one batch of unknown outcome get their own answers, once each",
          "[engine][threads][V8][V13][V17]") {
    const auto ends = GENERATE(fate::written, fate::lost, fate::written_and_throws);
    CAPTURE(static_cast<int>(ends));

    SECTION("two accesses of one engineer") {
        play(
            ends,
            [] {
                auto other = reading();
                other.to.resource = "/boxes/1/sent";
                return std::array{asking(eve, reading()), asking(eve, other)};
            },
            [](const reply& inbox, const reply& sent) {
                CHECK(inbox.allowed);
                CHECK(sent.allowed);
                CHECK(inbox.happened.front().body.get_if<lb::accessed>()->to == reading().to);
            });
    }
    SECTION("a revocation, which goes ahead, and an access") {
        play(
            ends,
            [] {
                return std::array{asking(eve, reading()),
                                  asking(bob, lb::revoke{"R-000001", "enough"})};
            },
            [](const reply& access, const reply& revocation) {
                CHECK_FALSE(revocation.refused);
                CHECK_FALSE(access.allowed);
                REQUIRE(access.refused);
                CHECK(access.refused->why == ground::no_grant);
            });
    }
    SECTION("commands of two tenants") {
        play(
            ends,
            [] {
                return std::array{asking(eve, reading()),
                                  elsewhere(asking(olga, lb::record_entitlement{{true, true}}))};
            },
            [](const reply& access, const reply& entitlement) {
                CHECK(access.allowed);
                CHECK_FALSE(entitlement.refused);
            });
    }
}
