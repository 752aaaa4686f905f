// A tenant's own policy as a file of JSON. The reader of the format is known to policy_file.cpp
// alone.
#pragma once

#include <string>

#include "words.hpp"

namespace desk {

/// Reads the policy that a file holds; a problem names the file, and the place in it.
[[nodiscard]] expected<lb::tenant_policy> read_policy_file(const std::string& path);

/// A policy as `read_policy_file` takes it.
[[nodiscard]] std::string policy_text(const lb::tenant_policy& policy);

}  // namespace desk
