#include "session.hpp"

#include <random>

#include <fmt/format.h>

#include "catalogue_file.hpp"
#include "fields.hpp"

namespace desk {
namespace {

/// 128 random bits.
std::string fresh_id() {
    std::random_device from;
    std::string id = "desk-";
    for (int word = 0; word < 4; ++word) id += fmt::format("{:08x}", from());
    return id;
}

}  // namespace

expected<desk_engine> open_desk(const common_options& with, opening how) {
    engine_settings settings;
    settings.store.database = with.database;
    settings.store.create = how.create;
    settings.store.own_time = how.own_time || !with.at.empty();
    settings.mail = with.mail;
    settings.mail_from = with.mail_from;
    settings.manager_desk = with.manager_desk;
    const auto patience = parse_duration(with.wait);
    if (!patience) return misused("--wait: " + patience.error().what);
    settings.store.patience = *patience;
    if (!with.catalogue.empty()) {
        auto catalogue = read_catalogue(with.catalogue);
        if (!catalogue) return tl::unexpected{catalogue.error()};
        settings.catalogue = *std::move(catalogue);
    }
    lockbox::optional<lb::time_point> at;
    if (!with.at.empty()) {
        const auto instant = parse_instant(with.at);
        if (!instant) return misused("--at: " + instant.error().what);
        at = *instant;
    }
    auto opened = desk_engine::open(settings);
    if (opened) opened->set_clock(at);
    return opened;
}

expected<lb::actor> actor_of(const common_options& with) {
    if (with.as.empty()) {
        return misused(
            "who acts? name it with --as CAPACITY:PERSON, as member:ada@contoso.example");
    }
    auto who = parse_actor(with.as);
    if (!who) return misused("--as: " + who.error().what);
    return who;
}

expected<lb::tenant_id> tenant_of(const common_options& with) {
    if (with.tenant.empty()) return misused("which tenant? name it with --tenant");
    return lb::tenant_id{with.tenant};
}

expected<lb::command> envelope_of(const common_options& with) {
    auto tenant = tenant_of(with);
    if (!tenant) return tl::unexpected{tenant.error()};
    auto who = actor_of(with);
    if (!who) return tl::unexpected{who.error()};
    lb::command c;
    c.tenant = *std::move(tenant);
    c.actor = *std::move(who);
    c.origin = with.from_ip;
    c.id = lb::command_id{with.id.empty() ? fresh_id() : with.id};
    return c;
}

}  // namespace desk
