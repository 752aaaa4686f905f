#include "orders.hpp"

#include <algorithm>

namespace desk {

const order* find_order(std::string_view name) {
    for (const auto all : {tenant_orders(), request_orders()}) {
        const auto at = std::ranges::find(all, name, &order::name);
        if (at != all.end()) return &*at;
    }
    return nullptr;
}

expected<draft> build(const order& what, const form& filled) {
    for (const auto& f : what.fields) {
        if (f.required && !filled.has(f.name)) {
            return misused("`" + std::string{what.name} + "` needs the field `" +
                           std::string{f.name} + "`");
        }
    }
    return what.build(filled);
}

}  // namespace desk
