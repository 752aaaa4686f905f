// The subcommands that change something: one for each order.
#include "cli.hpp"
#include "views.hpp"

namespace desk {
namespace {

expected<void> carry_out(cli& on, const order& one, const form& from) {
    const bool nothing_to_change = one.name == "settings" && from.empty();
    auto command = envelope_of(on.common);
    if (!command) return tl::unexpected{command.error()};
    const auto made = build(one, from);
    if (!made) return tl::unexpected{made.error()};
    const auto use = [&](desk_engine& desk) {
        if (nothing_to_change) return show_settings(desk, command->tenant, command->actor);
        command->body = made->body;
        return show_reply(desk, *command, desk.handle(*command, *made));
    };
    return on.with_desk(use, {.create = one.name == "tenant open"});
}

}  // namespace

void add_orders(cli& to) {
    const auto add = [&](const order& one, const char* group) {
        auto& sub = to.subcommand(one.name, one.help, group);
        const auto& typed = to.add_fields(sub, one);
        to.choose(sub, [&to, &one, &typed] { return carry_out(to, one, cli::filled(one, typed)); });
    };
    for (const auto& one : tenant_orders()) add(one, "The tenant");
    for (const auto& one : request_orders()) add(one, "Requests");
}

}  // namespace desk
