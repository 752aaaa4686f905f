// The desk with PostgreSQL: compiled where there is libpq.
#include <lockbox/store/postgres.hpp>

#include "desk_store.hpp"
#include "print.hpp"

namespace desk {

expected<std::unique_ptr<desk_store>> open_on_postgres(const store_settings& with) {
    lockbox::postgres_options options;
    options.wait = with.patience;
    options.reconnect = with.patience;
    options.create = with.create;
    if (with.own_time) options.clock_tolerance.reset();
    using store = lockbox::postgres_store<lb::vocabulary>;
    auto opened = store::open(with.database, options);
    if (!opened) return tl::unexpected{problem_of(opened.error())};
    return std::make_unique<kept_in<store>>(*std::move(opened));
}

}  // namespace desk
