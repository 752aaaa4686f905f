// The host's word on which operations do not touch content, from a file (A5).
#pragma once

#include <string>

#include "words.hpp"

namespace desk {

/// Reads `{"exchange": {"Get-MailboxSize": "metadata"}}`. What the file does not name is content.
[[nodiscard]] expected<lb::catalogue> read_catalogue(const std::string& path);

}  // namespace desk
