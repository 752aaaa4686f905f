// What all of the desk speaks in: lockbox's types in our words, and what a program ends with.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include <lockbox/bind.hpp>
#include <lockbox/vocabulary.hpp>

namespace desk {

using lb = lockbox::bind<lockbox::default_vocabulary>;

/// How the program ends (docs/desk.md).
enum class ending : int {
    done = 0,     ///< carried out
    refused = 1,  ///< the rules refuse, and that is an answer
    misused = 2,  ///< wrong usage or input: what was typed or read cannot be a command
    failed = 3,   ///< the machine failed: the database, the disk
};

/// Why something was not carried out: what happened, what is unaffected, what to do,
/// in one sentence.
struct [[nodiscard]] problem {
    ending end{};
    std::string what{};
};

template <class T>
using expected = tl::expected<T, problem>;

[[nodiscard]] inline tl::unexpected<problem> misused(std::string what) {
    return tl::unexpected<problem>{{ending::misused, std::move(what)}};
}
[[nodiscard]] inline tl::unexpected<problem> failed(std::string what) {
    return tl::unexpected<problem>{{ending::failed, std::move(what)}};
}

}  // namespace desk
