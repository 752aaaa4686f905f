// The subcommands that only look.
#include <memory>

#include "cli.hpp"
#include "views.hpp"

namespace desk {
namespace {

constexpr const char* looking = "Looking";

/// The options of a listing or a search, as they were typed.
struct search_words {
    std::string status{}, number{}, engineer{}, activity{}, person{}, item{};
    std::string from{}, until{}, before{}, limit{}, format = "table";
    bool all = false;
};

/// Opens the database and shows something of a tenant to somebody.
template <class Show>
expected<void> look(cli& on, Show show) {
    const auto tenant = tenant_of(on.common);
    if (!tenant) return tl::unexpected{tenant.error()};
    const auto who = actor_of(on.common);
    if (!who) return tl::unexpected{who.error()};
    return on.with_desk([&](desk_engine& desk) { return show(desk, *tenant, *who); });
}

expected<void> set_instant(lockbox::optional<lb::time_point>& to, const char* name,
                           const std::string& text) {
    if (text.empty()) return {};
    const auto at = parse_instant(text);
    if (!at) return misused(std::string{name} + ": " + at.error().what);
    to = *at;
    return {};
}

/// The dates and the page, which listings and searches share.
expected<void> set_page(auto& query, const search_words& words) {
    if (auto good = set_instant(query.from, "--from", words.from); !good) return good;
    if (auto good = set_instant(query.until, "--until", words.until); !good) return good;
    const auto before = parse_number(words.before.empty() ? "0" : words.before);
    if (!before) return misused("--before: " + before.error().what);
    const auto limit = parse_number(words.limit.empty() ? "50" : words.limit);
    if (!limit) return misused("--limit: " + limit.error().what);
    if (!words.before.empty()) query.before = *before;
    query.limit = *limit;
    return {};
}

void add_page_options(CLI::App& to, search_words& words, const char* what) {
    to.add_option("--from", words.from, what + std::string{" at or after this instant"});
    to.add_option("--until", words.until, what + std::string{" before this instant"});
    to.add_option("--before", words.before, "The next page, as the one before it names it");
    to.add_option("--limit", words.limit, "How many; default 50, at most 1000");
}

expected<void> list(cli& on, const search_words& words) {
    lb::request_query query;
    if (!words.status.empty()) {
        query.status = lockbox::named<lockbox::status>(words.status);
        if (!query.status) {
            return misused(
                "--status must be pending, active, denied, expired, withdrawn, ended, "
                "finished or revoked");
        }
    }
    if (!words.number.empty()) query.case_number = lb::case_id{words.number};
    if (!words.engineer.empty()) query.engineer = lb::person_id{words.engineer};
    if (auto good = set_page(query, words); !good) return good;
    return look(on, [&](desk_engine& desk, const auto& tenant, const auto& who) {
        query.tenant = tenant;
        return list_requests(desk, query, who);
    });
}

expected<log_format> format_named(std::string_view name) {
    if (name == "table") return log_format::table;
    if (name == "json") return log_format::json;
    if (name == "office365") return log_format::office365;
    return misused("--format must be table, json or office365");
}

expected<void> search(cli& on, const search_words& words) {
    lb::log_query query;
    if (!words.activity.empty()) query.activity = words.activity;
    if (!words.person.empty()) query.person = lb::person_id{words.person};
    if (!words.item.empty()) query.item = lb::request_id{words.item};
    if (!words.number.empty()) query.case_number = lb::case_id{words.number};
    if (auto good = set_page(query, words); !good) return good;
    const auto as = format_named(words.format);
    if (!as) return tl::unexpected{as.error()};
    return look(on, [&](desk_engine& desk, const auto& tenant, const auto& who) {
        query.tenant = tenant;
        return show_log(desk, query, who, *as, words.all);
    });
}

void add_check_and_preview(cli& to) {
    auto& check = to.subcommand("check", "What is wrong with a tenant's set-up (member)", looking);
    to.choose(check, [&to] { return look(to, show_findings); });

    auto& consents = to.subcommand("consent list", "The consents that stand (member)", looking);
    to.choose(consents, [&to] { return look(to, show_consents); });
    auto& waiting = to.subcommand(
        "proposals", "The changes that wait for a second member, and who could agree (member)",
        looking);
    to.choose(waiting, [&to] { return look(to, show_proposals); });

    auto& preview = to.subcommand(
        "preview", "What a submission would be answered; writes nothing (engineer)", looking);
    const auto& submit = *find_order("submit");
    const auto& typed = to.add_fields(preview, submit);
    to.choose(preview, [&to, &submit, &typed]() -> expected<void> {
        auto command = envelope_of(to.common);
        if (!command) return tl::unexpected{command.error()};
        const auto made = build(submit, cli::filled(submit, typed));
        if (!made) return tl::unexpected{made.error()};
        command->body = made->body;
        return to.with_desk([&](desk_engine& desk) { return show_preview(desk, *command); });
    });
}

void add_list(cli& to) {
    auto& sub = to.subcommand("list", "The requests, newest first", looking);
    const auto words = std::make_shared<search_words>();
    sub.add_option("--status", words->status, "pending, active, or how they ended: denied, …");
    sub.add_option("--case", words->number, "Of this case");
    sub.add_option("--engineer", words->engineer, "Of this engineer");
    add_page_options(sub, *words, "Submitted");
    to.choose(sub, [&to, words] { return list(to, *words); });
}

/// A subcommand that shows something of one request.
void add_of_request(cli& to, const char* name, const char* help, decltype(&show_request) show) {
    auto& sub = to.subcommand(name, help, looking);
    const auto words = std::make_shared<search_words>();
    sub.add_option("request", words->item, "The request's id")->required();
    to.choose(sub, [&to, words, show] {
        return look(to, [&](desk_engine& desk, const auto& tenant, const auto& who) {
            return show(desk, tenant, lb::request_id{words->item}, who);
        });
    });
}

void add_log(cli& to) {
    auto& sub = to.subcommand("log", "Search the audit log, newest first (member)", looking);
    const auto words = std::make_shared<search_words>();
    add_page_options(sub, *words, "Recorded");
    sub.add_option("--activity", words->activity, "What happened, as approved");
    sub.add_option("--person", words->person, "Who did it");
    sub.add_option("--item", words->item, "The request");
    sub.add_option("--case", words->number, "The case");
    sub.add_option("--format", words->format, "table, json or office365")->capture_default_str();
    sub.add_flag("--all", words->all, "All pages");
    to.choose(sub, [&to, words] { return search(to, *words); });
}

}  // namespace

void add_readings(cli& to) {
    add_check_and_preview(to);
    add_list(to);
    add_of_request(to, "show", "One request's life, oldest first", show_request);
    add_of_request(to, "why", "Why a request is where it is, and what it needs", show_why);
    add_log(to);
}

}  // namespace desk
