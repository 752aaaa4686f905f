#include "cli.hpp"

#include <fmt/format.h>

#include "print.hpp"

namespace desk {

namespace {

/// What a value is called in the help.
std::string type_of(kind holds) {
    switch (holds) {
        case kind::duration:
            return "DURATION";
        case kind::instant:
            return "INSTANT";
        case kind::number:
            return "NUMBER";
        case kind::text:
        case kind::list:
        case kind::truth:
            break;
    }
    return "TEXT";
}

}  // namespace

cli::cli() {
    app_.name("desk");
    app_.require_subcommand(1);
    app_.get_formatter()->column_width(34);
    add_common_options();
    add_orders(*this);
    add_policies(*this);
    add_readings(*this);
    add_tasks(*this);
}

ending cli::run(int argc, const char* const* argv) {
    try {
        app_.parse(argc, argv);
    } catch (const CLI::CallForHelp& wish) {
        app_.exit(wish);
        return ending::done;
    } catch (const CLI::ParseError& fault) {
        const auto left = app_.remaining();
        const bool unknown = app_.get_subcommands().empty() && !left.empty();
        fmt::print(stderr, "desk: {}; nothing was carried out; see desk --help\n",
                   unknown
                       ? "there is no command `" + inert(without_secrets(left.front()), 40) + "`"
                       : inert(without_secrets(fault.what())));
        return ending::misused;
    }
    const auto done = chosen_ ? chosen_() : misused("nothing was asked for; see desk --help");
    if (done) return end;
    const bool refused = done.error().end == ending::refused;
    const bool failed = done.error().end == ending::failed;
    fmt::print(stderr, "{}{}{}\n", refused ? "" : "desk: ", done.error().what,
               failed ? " (database " + inert(without_secrets(common.database)) + ")" : "");
    return done.error().end;
}

void cli::add_common_options() {
    app_.description("desk: no access to a customer's content without the customer's word");
    app_.add_option("--db", common.database, "The database: a SQLite file, or postgresql://…")
        ->envname("DESK_DB")
        ->capture_default_str();
    app_.add_option("--tenant", common.tenant, "The tenant")->envname("DESK_TENANT");
    app_.add_option("--as", common.as, "Who acts: CAPACITY:PERSON");
    app_.add_option("--at", common.at, "The instant, RFC 3339; default: now");
    app_.add_option("--from-ip", common.from_ip, "Where from, for the record");
    app_.add_option("--id", common.id, "The command's id; default: a new one");
    app_.add_option("--catalogue", common.catalogue, "Operations that touch no content")
        ->envname("DESK_CATALOGUE");
    app_.add_option("--mail", common.mail, "The folder that mails are written to")
        ->envname("DESK_MAIL");
    app_.add_option("--mail-from", common.mail_from, "Who sends them")->capture_default_str();
    app_.add_option("--manager-desk", common.manager_desk, "Where the managers' mail goes")
        ->capture_default_str();
    app_.add_option("--wait", common.wait, "How long to wait for others who hold the database")
        ->capture_default_str();
}

CLI::App& cli::subcommand(std::string_view name, std::string_view help, const char* group) {
    auto* in = &app_;
    if (const auto space = name.find(' '); space != std::string_view::npos) {
        const std::string outer{name.substr(0, space)};
        auto& known = groups_[outer];
        if (known == nullptr) {
            known = app_.add_subcommand(outer);
            known->group(group)->require_subcommand(1)->fallthrough();
        }
        in = known;
        name.remove_prefix(space + 1);
        const auto others = known->get_description();
        known->description((others.empty() ? "" : others + ", ") + std::string{name});
    }
    auto* made = in->add_subcommand(std::string{name}, std::string{help});
    if (in == &app_) made->group(group);
    return *made->fallthrough();
}

void cli::choose(CLI::App& when, action what) {
    when.callback([this, what = std::move(what)] { chosen_ = what; });
}

typed_fields& cli::add_fields(CLI::App& to, const order& one) {
    auto& into = typed_.emplace_back();
    for (const auto& f : one.fields) {
        const auto name = option_of(f);
        const std::string help{f.help};
        if (f.holds == kind::truth) {
            into.options[f.name] =
                to.add_flag(name + ",!--no-" + name.substr(2), into.truths[f.name], help);
            continue;
        }
        // A request or proposal is what a command is about: it has no option's name before it.
        const bool subject = f.name == "request" || f.name == "proposal";
        auto* option =
            to.add_option(subject ? std::string{f.name} : name, into.values[f.name], help);
        option->allow_extra_args(false)->required(f.required);
        if (f.holds != kind::list) option->expected(1);
        into.options[f.name] = option->type_name(f.name == "request" ? "ID" : type_of(f.holds));
    }
    return into;
}

form cli::filled(const order& one, const typed_fields& from) {
    form out;
    for (const auto& f : one.fields) {
        if (from.options.at(f.name)->count() == 0) continue;
        if (f.holds == kind::truth) {
            out.fill(f.name, {from.truths.at(f.name) ? "true" : "false"});
            continue;
        }
        auto values = from.values.at(f.name);
        const bool cleared = f.holds == kind::list && values == form::values{""};
        out.fill(f.name, cleared ? form::values{} : std::move(values));
    }
    return out;
}

}  // namespace desk
