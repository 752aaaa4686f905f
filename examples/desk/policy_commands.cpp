// A tenant's own policy: shown, set, and tried on a submission.
#include <memory>

#include <fmt/format.h>

#include <lockbox/sentence.hpp>

#include "cli.hpp"
#include "policy_file.hpp"
#include "print.hpp"
#include "views.hpp"

namespace desk {
namespace {

constexpr const char* with_tenant = "The tenant";

/// A refusal of a policy, which names what stands at the place that it is about.
problem refused_policy(const lockbox::refusal& why, const lb::tenant_policy& written) {
    if (lockbox::name_at(written, why.where).empty()) return problem_of(why);
    return {ending::refused, lockbox::sentence(why, written)};
}

expected<void> show_policy(desk_engine& on, const lb::command& who) {
    const auto settings = on.settings(who.tenant, who.actor);
    if (!settings) return tl::unexpected{problem_of(settings.error())};
    fmt::print("{}", harmless(policy_text(settings->policy)));
    return {};
}

expected<void> set_policy(desk_engine& on, lb::command command, const lb::tenant_policy& policy) {
    lb::change_settings change;
    change.change.policy = policy;
    command.body = change;
    const auto reply = on.handle(command, {});
    if (reply && reply->refused) return tl::unexpected{refused_policy(*reply->refused, policy)};
    return show_reply(on, command, reply);
}

void show_answer(const std::string& when, const lb::proposal& answer) {
    if (!answer) {
        fmt::print("{}: {}\n", when, sentence_of(answer.error()));
        return;
    }
    fmt::print("{}: it would be accepted\n", when);
    show_terms(*answer);
}

expected<void> try_out(desk_engine& on, const lb::command& submission, const lb::actor& who,
                       const std::string& path, const lb::tenant_policy& policy) {
    const auto tried = on.try_policy(submission, who, policy);
    if (!tried) return tl::unexpected{problem_of(tried.error())};
    if (tried->fault) return tl::unexpected{refused_policy(*tried->fault, policy)};
    show_answer("now", tried->now);
    show_answer("with " + inert(path), tried->then);
    fmt::print("nothing was written\n");
    return {};
}

/// What `policy try` was given besides the fields of a submission.
struct trial_words {
    std::string file{};
    std::string engineer{};
};

void add_trial(cli& to) {
    auto& sub = to.subcommand("policy try",
                              "What a submission would be answered, now and with a policy (member)",
                              with_tenant);
    const auto words = std::make_shared<trial_words>();
    sub.add_option("file", words->file, "The policy, JSON")->required();
    sub.add_option("--engineer", words->engineer, "Who would submit it")->required();
    const auto& submit = *find_order("submit");
    const auto& typed = to.add_fields(sub, submit);
    to.choose(sub, [&to, &submit, &typed, words]() -> expected<void> {
        auto command = envelope_of(to.common);
        if (!command) return tl::unexpected{command.error()};
        const auto policy = read_policy_file(words->file);
        if (!policy) return tl::unexpected{policy.error()};
        const auto made = build(submit, cli::filled(submit, typed));
        if (!made) return tl::unexpected{made.error()};
        const auto who = command->actor;
        command->actor = lb::engineer(lb::person_id{words->engineer});
        command->body = made->body;
        return to.with_desk(
            [&](desk_engine& on) { return try_out(on, *command, who, words->file, *policy); });
    });
}

}  // namespace

void add_policies(cli& to) {
    auto& shown =
        to.subcommand("policy show", "The tenant's own policy as JSON (member)", with_tenant);
    to.choose(shown, [&to]() -> expected<void> {
        const auto who = envelope_of(to.common);
        if (!who) return tl::unexpected{who.error()};
        return to.with_desk([&](desk_engine& on) { return show_policy(on, *who); });
    });

    auto& setting = to.subcommand("policy set", "Set it from a file (member)", with_tenant);
    const auto file = std::make_shared<std::string>();
    setting.add_option("file", *file, "The policy, JSON")->required();
    to.choose(setting, [&to, file]() -> expected<void> {
        const auto command = envelope_of(to.common);
        if (!command) return tl::unexpected{command.error()};
        const auto policy = read_policy_file(*file);
        if (!policy) return tl::unexpected{policy.error()};
        return to.with_desk([&](desk_engine& on) { return set_policy(on, *command, *policy); });
    });
    add_trial(to);
}

}  // namespace desk
