#include "desk_store.hpp"

#include <algorithm>

#include <lockbox/store/sqlite.hpp>

#include "print.hpp"

namespace desk {
namespace {

constexpr auto nowhere = std::string_view::npos;

struct place {
    std::size_t from = nowhere;  ///< where the address begins
    std::size_t rest = nowhere;  ///< what follows its scheme
};

/// The first address of a server in a text.
place address_in(std::string_view text) {
    place first;
    for (const std::string_view scheme : {"postgresql://", "postgres://"}) {
        const auto at = text.find(scheme);
        if (at < first.from) first = {at, at + scheme.size()};
    }
    return first;
}

bool is_port(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether `db1:5432,[::1]:5433,db3` has nothing but numbers for its ports.
bool are_hosts(std::string_view all) {
    while (!all.empty()) {
        const auto one = all.substr(0, all.find(','));
        all.remove_prefix(std::min(all.size(), one.size() + 1));
        const auto name = one.starts_with('[') ? one.find(']') : 0;
        if (name == nowhere) return false;
        const auto colon = one.find(':', name);
        if (colon != nowhere && !is_port(one.substr(colon + 1))) return false;
    }
    return true;
}

/// The hosts and the database of what follows the scheme. Nothing when it is not certain where a
/// password ends: then no part of it may be shown, nor given to somebody who would.
lockbox::optional<std::string_view> public_part(std::string_view rest) {
    const auto at = rest.find('@');
    if (at != nowhere && (rest.find_first_of("/?") < at || rest.find('@', at + 1) != nowhere)) {
        return std::nullopt;
    }
    if (at != nowhere) rest.remove_prefix(at + 1);
    rest = rest.substr(0, rest.find('?'));
    if (!are_hosts(rest.substr(0, rest.find('/')))) return std::nullopt;
    return rest;
}

}  // namespace

std::string without_secrets(std::string_view text) {
    const auto address = address_in(text);
    if (address.from == nowhere) return std::string{text};
    const auto shown = public_part(text.substr(address.rest));
    return std::string{text.substr(0, address.rest)}.append(shown ? *shown : "...");
}

expected<std::unique_ptr<desk_store>> desk_store::open(const store_settings& with) {
    const auto address = address_in(with.database);
    if (address.from == 0) {
        if (public_part(std::string_view{with.database}.substr(address.rest))) {
            return open_on_postgres(with);
        }
        return misused(
            "--db: no address of a server: it is postgresql://USER:PASSWORD@HOST:PORT/DATABASE, "
            "and `@`, `/` and `?` within a part are written %40, %2F and %3F; nothing was done");
    }
    if (with.database.find("password=") != nowhere) {
        return misused("--db: a server is named as postgresql://HOST/DATABASE; nothing was done");
    }
    lockbox::sqlite_options options;
    options.busy_timeout = with.patience;
    options.create = with.create;
    using store = lockbox::sqlite_store<lb::vocabulary>;
    auto opened = store::open(with.database, options);
    if (!opened) return tl::unexpected{problem_of(opened.error())};
    return std::make_unique<kept_in<store>>(*std::move(opened));
}

}  // namespace desk
