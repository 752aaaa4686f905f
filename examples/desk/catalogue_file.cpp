#include "catalogue_file.hpp"

#include <fstream>
#include <iterator>

#include "print.hpp"
#include "strict_json.hpp"

namespace desk {
namespace {

using type = json_value::type;

expected<lb::catalogue> catalogue_in(const json_value& root) {
    const auto bad = [](const std::string& what) { return misused(what); };
    if (root.is != type::object) return bad("it must be an object of services");
    lb::catalogue all;
    for (const auto& [service, operations] : root.members) {
        if (operations.is != type::object) {
            return bad("`" + inert(service, 40) + "` must be an object of operations");
        }
        for (const auto& [operation, touches] : operations.members) {
            const auto which = lockbox::named<lockbox::data_class>(touches.text);
            if (touches.is != type::text || !which) {
                return bad("`" + inert(operation, 40) +
                           "` must be service_operation, metadata or content");
            }
            all.add({lb::service{service}, lb::operation{operation}, *which});
        }
    }
    return all;
}

}  // namespace

expected<lb::catalogue> read_catalogue(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file || text.empty()) {
        return misused("the catalogue " + inert(path) +
                       " cannot be read, or is empty; nothing was carried out");
    }
    const auto root = read_json(text);
    auto all = root ? catalogue_in(*root) : expected<lb::catalogue>{tl::unexpected{root.error()}};
    if (!all) {
        return misused("the catalogue " + inert(path) + ": " + all.error().what +
                       "; nothing was carried out");
    }
    return all;
}

}  // namespace desk
