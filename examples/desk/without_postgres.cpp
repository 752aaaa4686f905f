// The desk without PostgreSQL: compiled where there is no libpq.
#include "desk_store.hpp"

namespace desk {

expected<std::unique_ptr<desk_store>> open_on_postgres(const store_settings& /*with*/) {
    return misused(
        "--db: this desk was built without PostgreSQL; nothing was done; install libpq (apt: "
        "libpq-dev) and build it again, or name a file");
}

}  // namespace desk
