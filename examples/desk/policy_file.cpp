#include "policy_file.hpp"

#include <fstream>

#include <lockbox/policies/json.hpp>

#include "print.hpp"

namespace desk {

expected<lb::tenant_policy> read_policy_file(const std::string& path) {
    const auto bad = [&](const std::string& what) {
        return misused("the policy " + inert(path) + what + "; nothing was carried out");
    };
    std::ifstream file{path, std::ios::binary};
    // One byte more than may be read: of a file that never ends, the rest is not waited for.
    std::string text(lockbox::longest_policy + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.empty()) return bad(" cannot be read, or is empty");
    auto policy = lockbox::read_policy<lb::vocabulary>(text);
    if (!policy) return bad(": " + message(policy.error()));
    return *std::move(policy);
}

std::string policy_text(const lb::tenant_policy& policy) { return lockbox::write_policy(policy); }

}  // namespace desk
