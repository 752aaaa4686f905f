// The commands that the desk knows: what each is called, which fields it has, and what it becomes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "form.hpp"

namespace desk {

/// A command's body as far as the form tells it. A narrowed approval may leave parts of the
/// scope as they were asked, which the desk fills in from the request (desk_engine.hpp).
struct draft {
    lb::command_body body{};
    bool same_operations = false;
    bool same_resources = false;
};

/// One command. `name` is what is typed, and the value of `do` in a file: `role assign`.
struct order {
    std::string_view name{};
    std::string_view help{};
    std::span<const field> fields{};
    expected<draft> (*build)(const form&) = nullptr;
};

/// Of the tenant as a whole, in the order of its life.
[[nodiscard]] std::span<const order> tenant_orders();

/// About a request, in the order of its life.
[[nodiscard]] std::span<const order> request_orders();

/// The order of that name; null when there is none.
[[nodiscard]] const order* find_order(std::string_view name);

/// The body that a form of an order comes to; every required field must be filled in.
[[nodiscard]] expected<draft> build(const order& what, const form& filled);

}  // namespace desk
