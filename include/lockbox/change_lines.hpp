// A change that was proposed, in words: what it names, a line for each.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <type_traits>

#include <lockbox/describe.hpp>
#include <lockbox/notify/wording.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/proposed_change.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// Collects the fields that are there, "longest_access: 8 h". What people wrote stays inert (T21).
struct line_collector {
    vector<std::string>& lines;

    template <class T>
    void operator()(std::string_view name, const T& value) const {
        add(name, describe(value));
    }
    template <class Rep, class Period>
    void operator()(std::string_view name, const std::chrono::duration<Rep, Period>& value) const {
        add(name, notify::readable(value));
    }
    template <class T>
    void operator()(std::string_view name, const optional<T>& value) const {
        if (value) (*this)(name, *value);
    }

  private:
    void add(std::string_view name, const std::string& text) const {
        lines.push_back(std::string{name}.append(": ").append(text));
    }
};

/// The entries of one part of a scope, which may be of a host's own type, on one line.
template <class Range>
[[nodiscard]] std::string in_a_row(const Range& entries) {
    std::string out;
    for (const char c : notify::listed(entries)) c == '\n' ? out.append(", ") : out.append(1, c);
    out.resize(out.size() < 2 ? 0 : out.size() - 2);
    return describe_inert(out);
}

}  // namespace detail

/// What a change names, in the order of its fields; of settings only those that it sets.
template <class V>
[[nodiscard]] vector<std::string> lines_of(const tenant_change<V>& change) {
    vector<std::string> lines;
    change.match([&]<class Body>(const Body& body) {
        if constexpr (std::is_same_v<Body, change_settings<V>>) {
            settings_change<V>::fields(body.change, detail::line_collector{lines});
        } else if constexpr (std::is_same_v<Body, consent<V>>) {
            const detail::line_collector line{lines};
            line("service", body.rule.scope.service);
            lines.push_back("operations: " + detail::in_a_row(body.rule.scope.operations));
            lines.push_back("resources: " + detail::in_a_row(body.rule.scope.resources));
            line("reasons", body.rule.reasons);
            line("longest", body.rule.longest);
            line("until", body.rule.until);
        } else {
            Body::fields(body, detail::line_collector{lines});
        }
    });
    return lines;
}

}  // namespace v0
}  // namespace lockbox
