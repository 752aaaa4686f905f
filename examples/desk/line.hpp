// One line of a file of commands (docs/desk.md).
#pragma once

#include <string>
#include <string_view>

#include <lockbox/optional.hpp>
#include <lockbox/refusal.hpp>

#include "orders.hpp"

namespace desk {

/// What a line says about its own answer.
struct expectation {
    bool refused = false;
    lockbox::optional<lockbox::ground> why{};  ///< when refused: this ground, or any
};

/// A line, understood: a command, or one of the machine's two tasks.
struct line {
    enum class task { command, tick, deliver };

    task what{};
    lb::time_point at{};
    lb::command command{};
    draft from{};
    lockbox::optional<expectation> expects{};
};

/// Reads a line; what is wrong with it is told in one sentence.
[[nodiscard]] expected<line> read_line(std::string_view text);

}  // namespace desk
