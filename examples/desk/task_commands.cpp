// The machine's own tasks, and a file of commands.
#include <memory>

#include <fmt/format.h>

#include "cli.hpp"
#include "print.hpp"
#include "run_file.hpp"
#include "views.hpp"

namespace desk {
namespace {

constexpr const char* machine = "The machine";

/// Records, and tells how many events of each kind that were.
expected<void> tick(desk_engine& on) {
    const auto start = on.newest();
    if (!start) return tl::unexpected{problem_of(start.error())};
    const auto recorded = on.tick();
    if (!recorded) return tl::unexpected{problem_of(recorded.error())};
    const auto events = on.events_after(*start);
    if (!events) return tl::unexpected{problem_of(events.error())};
    std::string kinds;
    for (const auto name : {lb::expired::name, lb::ended::name, lb::reminded::name}) {
        const auto at = events->find(std::string{name});
        if (at == events->end()) continue;
        kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", at->second, name);
    }
    fmt::print("recorded: {}{}\n", *recorded, kinds.empty() ? "" : " (" + kinds + ")");
    return {};
}

expected<void> deliver(desk_engine& on) {
    const auto sent = on.deliver();
    if (!sent) return tl::unexpected{problem_of(sent.error())};
    fmt::print("mails written: {}, undeliverable: {}\n", on.mails_written(), sent->undeliverable);
    if (!sent->waiting) return {};
    return failed(
        "a mail cannot be written; no decision is affected; make room in the folder for "
        "mails and deliver again");
}

/// Runs the file and sums up, also when the run was stopped.
expected<void> run_and_sum_up(cli& of, desk_engine& on, const run_options& options) {
    tally count;
    const auto start = on.newest();
    if (!start) return tl::unexpected{problem_of(start.error())};
    of.end = run_file(on, options, count);
    count.mails = on.mails_written();
    if (auto events = on.events_after(*start)) count.events = *std::move(events);
    fmt::print("{}", count.summary());
    if (!options.digest) return {};
    fmt::print("log        ");
    return show_digest(on);
}

}  // namespace

void add_tasks(cli& to) {
    to.choose(to.subcommand("tick", "Record what time made true, at all tenants", machine),
              [&to] { return to.with_desk(tick); });
    to.choose(to.subcommand("deliver", "Write the mails that are due (--mail)", machine), [&to] {
        if (to.common.mail.empty()) {
            return expected<void>{misused("where to? name a folder with --mail")};
        }
        return to.with_desk(deliver);
    });
    to.choose(to.subcommand("digest", "A fingerprint of all logs, to compare copies", machine),
              [&to] { return to.with_desk(show_digest); });

    auto& run = to.subcommand("run", "Carry out a file of commands (JSON Lines)", machine);
    const auto options = std::make_shared<run_options>();
    run.add_option("file", options->file, "The file")->required();
    run.add_flag("--keep-going", options->keep_going, "Count bad lines instead of stopping");
    run.add_flag("--digest", options->digest, "End with a fingerprint of all logs");
    run.add_flag("--tick", options->tick, "Record what is overdue before every line");
    to.choose(run, [&to, options] {
        if (auto readable = can_run(options->file); !readable) return readable;
        options->delivers = !to.common.mail.empty();
        const auto use = [&](desk_engine& on) { return run_and_sum_up(to, on, *options); };
        return to.with_desk(use, {.create = true, .own_time = true});
    });
}

}  // namespace desk
