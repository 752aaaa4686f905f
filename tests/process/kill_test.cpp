// A writer is killed at any point while it writes, some 500 times, on one file. After each kill
// every command that it had acknowledged is there, at most one more is, and each of them is whole
// (V17).
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <lockbox/testing/contract/story.hpp>

#include "sqlite/files.hpp"
#include "support/once_sqlite.hpp"

namespace {

using V = lockbox::default_vocabulary;
using store = lockbox::sqlite_store<V>;
using lockbox::testing::story;

constexpr int kills = 500;

[[noreturn]] void give_up(const char* what, std::uint64_t round = 0) {
    std::fprintf(stderr, "kill_test: %s (round %llu)\n", what,
                 static_cast<unsigned long long>(round));
    _exit(1);
}

store open_or_die(const std::string& path) {
    lockbox::sqlite_options options;
    options.checkpoint_pages = 32;  // so that checkpoints are killed too
    auto made = store::open(path, options);
    if (!made) give_up(made.error().what.c_str());
    return *std::move(made);
}

/// One command of several events, told by its id: a request that is submitted, or the next two
/// gates.
void next_step(story<V>& s) {
    const auto round = s.state().submissions;
    if (s.state().open.empty()) {
        s.submits(0, 1);
    } else if (s.state().open.back().stage.is<lockbox::active<V>>()) {
        s.finishes(round);
    } else if (s.last().body.is<lockbox::gate_opened<V>>()) {
        s.grants(round);
    } else {
        s.passes(round);
    }
}

/// Writes until it is killed; acknowledges each command on the pipe once its commit has returned.
[[noreturn]] void write_for_ever(const std::string& path, story<V>& s, int pipe) {
    auto to = open_or_die(path);
    while (true) {
        next_step(s);
        auto change = s.unwritten();
        if (!to.commit({&change, 1}) || change.result != lockbox::commit_result::committed)
            _exit(2);
        s.written();
        const char done = '.';
        if (write(pipe, &done, 1) != 1) _exit(3);
    }
}

/// How many commands were acknowledged when the child was killed after `delay`. The child goes on
/// with the story, in memory of its own.
std::size_t acknowledged(const std::string& path, story<V>& from, std::int64_t microseconds) {
    int ends[2];
    if (pipe(ends) != 0) give_up("no pipe");
    const pid_t child = fork();
    if (child < 0) give_up("no child");
    if (child == 0) {
        close(ends[0]);
        write_for_ever(path, from, ends[1]);
    }
    close(ends[1]);
    const timespec delay{0, microseconds * 1000};
    nanosleep(&delay, nullptr);
    kill(child, SIGKILL);
    int how = 0;
    waitpid(child, &how, 0);
    if (!WIFSIGNALED(how)) give_up("the writer ended by itself");
    std::size_t count = 0;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
        count += static_cast<std::size_t>(got);
    }
    close(ends[0]);
    return count;
}

/// All that the log has after what the story knows; dies unless the store's state is its fold.
std::vector<lockbox::audit_event<V>> written_since(store& kept, const story<V>& s,
                                                   std::uint64_t& position) {
    std::vector<lockbox::audit_event<V>> fresh;
    auto state = s.state();
    while (true) {
        auto some = kept.read(position, 1000);
        if (!some) give_up(some.error().what.c_str());
        if (some->empty()) break;
        for (auto& one : *some) {
            if (lockbox::evolve(state, one.event)) give_up("the log has a gap, or half a command");
            position = one.position;
            fresh.push_back(std::move(one.event));
        }
    }
    const auto loaded = kept.load(s.id(), story<V>::manager(), std::nullopt);
    if (!loaded || !*loaded) give_up(loaded ? "the tenant is gone" : loaded.error().what.c_str());
    if (!((*loaded)->state == state)) give_up("the state is not the fold of the log");
    return fresh;
}

}  // namespace

int main() {
    const files::folder in;
    const auto path = in.file();
    story<V> s{1};
    std::uint64_t position = 0;
    {
        auto first = open_or_die(path);
        auto change = s.opens().unwritten();
        if (!first.commit({&change, 1})) give_up("the tenant cannot be opened");
        s.written();
        position = first.read(0, 1)->front().position;
    }
    std::mt19937 random{20261102};
    using delay = std::uniform_int_distribution<std::int64_t>;
    std::int64_t longest = 6'000;  // microseconds
    std::size_t acknowledgements = 0;
    std::size_t unacknowledged = 0;
    // Half of the writers are killed before their first commit: each of those lets the next one
    // live longer, each other one shorter.
    for (std::uint64_t round = 0; round < kills || (acknowledgements <= kills && round < 4 * kills);
         ++round) {
        const auto count = acknowledged(path, s, delay{500, longest}(random));
        longest = std::clamp<std::int64_t>(
            count == 0 ? longest + longest / 8 : longest - longest / 8, 2'000, 500'000);
        auto kept = open_or_die(path);
        const auto fresh = written_since(kept, s, position);
        std::size_t commands = 0;
        for (std::size_t at = 0; at < fresh.size(); ++commands) {
            // The story tells again what the writer wrote, command by command: whole, or there is a
            // fault.
            const auto before = s.log().size();
            next_step(s);
            for (auto told = before; told < s.log().size(); ++told, ++at) {
                if (at >= fresh.size() || !(fresh[at] == s.log()[told]))
                    give_up("half a command", round);
            }
        }
        s.written();
        if (commands < count) give_up("an acknowledged command is lost", round);
        if (commands > count + 1) give_up("more than one command was not acknowledged", round);
        acknowledgements += count;
        unacknowledged += commands - count;
    }
    std::printf(
        "at least %d kills, %zu commands acknowledged and all there, %zu more written whole\n",
        kills, acknowledgements, unacknowledged);
    return acknowledgements > kills ? 0 : 1;
}
