// Processes that write to one file at the same time: each retries its conflicts, and nothing is
// lost.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

#include <lockbox/testing/contract/story.hpp>

#include "sqlite/files.hpp"
#include "support/once_sqlite.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::sqlite_store<V>;
using lockbox::testing::story;

constexpr std::uint32_t processes = 3;
constexpr std::uint32_t commands = 400;

store open_or_die(const std::string& path) {
    lockbox::sqlite_options options;
    options.busy_timeout = std::chrono::seconds{60};
    options.checkpoint_pages = 100;
    auto made = store::open(path, options);
    if (made) return *std::move(made);
    std::fprintf(stderr, "two_writers: %s\n", made.error().what.c_str());
    _exit(1);
}

lockbox::audit_event<V> after(const lockbox::tenant<V>& state, std::uint32_t who, std::uint32_t n) {
    lockbox::audit_event<V> event;
    event.tenant = state.id;
    event.sequence = state.sequence + 1;
    event.at = state.last;
    event.actor = story<V>::engineer(who);
    event.command = V::command_id{"c-" + std::to_string(n)};
    event.body = lockbox::refused<V>{"turn_off", {lockbox::ground::not_allowed}};
    return event;
}

/// Load, decide, commit; on a conflict again: as an engine does. All open the file at once.
int write_some(const std::string& path, const V::tenant_id& id, std::uint32_t who) {
    auto kept = open_or_die(path);
    for (std::uint32_t n = 0; n < commands;) {
        auto loaded = kept.load(id, story<V>::engineer(who), std::nullopt);
        if (!loaded) return 2;
        if (!*loaded) {
            story<V> s{1};
            auto opening = s.opens().unwritten();
            if (!kept.commit({&opening, 1})) return 3;
            continue;
        }
        auto& state = (*loaded)->state;
        const auto version = state.sequence;
        const auto event = after(state, who, n);
        if (lockbox::evolve(state, event)) return 4;
        lockbox::change<V> change{version, {&event, 1}, &state};
        const auto done = kept.commit({&change, 1});
        if (!done) return 5;
        if (change.result == lockbox::commit_result::committed) ++n;
    }
    return 0;
}

}  // namespace

int main() {
    const files::folder in;
    const auto id = story<V>{1}.id();
    for (std::uint32_t who = 0; who < processes; ++who) {
        const pid_t child = fork();
        if (child == 0) _exit(write_some(in.file(), id, who));
        if (child < 0) return 1;
    }
    for (std::uint32_t who = 0; who < processes; ++who) {
        int how = 0;
        if (wait(&how) < 0 || !WIFEXITED(how) || WEXITSTATUS(how) != 0) {
            std::fprintf(stderr, "two_writers: a writer failed with %d\n", WEXITSTATUS(how));
            return 1;
        }
    }
    auto kept = open_or_die(in.file());
    lockbox::tenant<V> folded;
    std::set<std::string> seen;
    const auto all = kept.read(0, 100'000);
    for (const auto& one : *all) {
        if (lockbox::evolve(folded, one.event)) return 1;
        if (one.event.command)
            seen.insert(
                std::string{one.event.actor.person.text()}.append(one.event.command->text()));
    }
    const auto loaded = kept.load(id, story<V>::manager(), std::nullopt);
    const bool whole = all->size() == 1 + processes * commands && seen.size() == all->size() &&
                       (*loaded)->state == folded;
    std::printf("%u processes, %zu events, %s\n", processes, all->size(),
                whole ? "none lost" : "not sound");
    return whole ? 0 : 1;
}
