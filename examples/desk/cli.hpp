// The command line while it is put together: CLI11's application, and what was typed. Known to the
// files that add subcommands alone.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "orders.hpp"
#include "session.hpp"

namespace desk {

/// The fields of one order as they were typed.
struct typed_fields {
    std::map<std::string_view, form::values> values{};
    std::map<std::string_view, bool> truths{};
    std::map<std::string_view, CLI::Option*> options{};
};

class cli {
  public:
    using action = std::function<expected<void>()>;

    cli();
    [[nodiscard]] ending run(int argc, const char* const* argv);

    /// The options that all subcommands share.
    common_options common{};
    /// What the program ends with when its action is done.
    ending end = ending::done;

    /// A new subcommand; `role assign` is `assign` within `role`.
    CLI::App& subcommand(std::string_view name, std::string_view help, const char* group);

    /// Options for every field of an order, and what they come to once they were typed.
    typed_fields& add_fields(CLI::App& to, const order& one);
    [[nodiscard]] static form filled(const order& one, const typed_fields& from);

    /// What is done when the subcommand was chosen.
    void choose(CLI::App& when, action what);

    /// Opens the database and gives it to `use`.
    template <class Use>
    [[nodiscard]] expected<void> with_desk(Use use, opening how = {}) {
        auto desk = open_desk(common, how);
        if (!desk) return tl::unexpected{desk.error()};
        return use(*desk);
    }

  private:
    void add_common_options();

    CLI::App app_{};
    std::map<std::string, CLI::App*> groups_{};
    std::list<typed_fields> typed_{};
    action chosen_{};
};

/// The commands that change something.
void add_orders(cli& to);
/// A tenant's own policy.
void add_policies(cli& to);
/// The commands that only look.
void add_readings(cli& to);
/// The machine's own tasks, and a file of commands.
void add_tasks(cli& to);

}  // namespace desk
