// Formatters for {fmt} of all values of lockbox, for those who include this:
// `fmt::print("{}", event)`. They take the format specifications of strings, so that
// a column has its width: `{:<20}`.
#pragma once

#include <string>
#include <type_traits>

#include <fmt/format.h>

#include <lockbox/describe.hpp>
#include <lockbox/log/scanner.hpp>
#include <lockbox/ports.hpp>
#include <lockbox/rules/moment.hpp>
#include <lockbox/sentence.hpp>

namespace lockbox {
inline namespace v0 {

/// A failure as one line: "failed: busy: the database is locked by others".
[[nodiscard]] inline std::string sentence(const failure& f) {
    std::string out = "failed: ";
    out += name_of(f.kind);
    if (!f.what.empty()) append_inert(out += ": ", f.what);
    return out;
}

/// A decision as one line: its refusal, else the events that it recorded, else what was allowed.
template <class V>
[[nodiscard]] std::string sentence(const decision<V>& d) {
    if (d.refused) return sentence(*d.refused);
    std::string out;
    for (const auto& event : d.happened) {
        if (!out.empty()) out += ", ";
        out += name_of<V>(event.body);
    }
    if (!out.empty()) return out;
    return d.allowed ? "allowed: " + std::string{name_of(*d.allowed)} : "nothing to record";
}

/// What an engine replied, as one line.
template <class V>
[[nodiscard]] std::string sentence(const outcome<decision<V>>& reply) {
    return reply ? sentence(*reply) : sentence(reply.error());
}

namespace detail {

/// Formats what `Text` makes of a value.
template <auto Text>
struct text_formatter : fmt::formatter<fmt::string_view> {
    auto format(const auto& value, auto& context) const {
        const std::string text = Text(value);
        return fmt::formatter<fmt::string_view>::format(fmt::string_view{text.data(), text.size()},
                                                        context);
    }
};

inline constexpr auto described = [](const auto& value) { return describe(value); };
inline constexpr auto told = [](const auto& value) { return sentence(value); };
inline constexpr auto explained = [](const log::read_fault& fault) { return message(fault); };

}  // namespace detail
}  // namespace v0
}  // namespace lockbox

/// Every value that lists its fields.
template <class T>
    requires lockbox::has_fields<T>
struct fmt::formatter<T, char> : lockbox::detail::text_formatter<lockbox::detail::described> {
};

/// Every enum whose values have names. One that converts to an integer is {fmt}'s own to format.
template <class E>
    requires(lockbox::has_names<E> && !std::is_convertible_v<E, int>)
struct fmt::formatter<E, char> : lockbox::detail::text_formatter<lockbox::detail::described> {};

template <class Tag>
struct fmt::formatter<lockbox::id<Tag>>
    : lockbox::detail::text_formatter<lockbox::detail::described> {};

template <class T>
struct fmt::formatter<lockbox::shared<T>>
    : lockbox::detail::text_formatter<lockbox::detail::described> {};

template <class... Ts>
struct fmt::formatter<lockbox::one_of<Ts...>>
    : lockbox::detail::text_formatter<lockbox::detail::described> {};

template <>
struct fmt::formatter<lockbox::permission_set>
    : lockbox::detail::text_formatter<lockbox::detail::described> {};

template <>
struct fmt::formatter<lockbox::digest>
    : lockbox::detail::text_formatter<lockbox::detail::described> {};

template <>
struct fmt::formatter<lockbox::refusal> : lockbox::detail::text_formatter<lockbox::detail::told> {};

template <>
struct fmt::formatter<lockbox::failure> : lockbox::detail::text_formatter<lockbox::detail::told> {};

template <class V>
struct fmt::formatter<lockbox::decision<V>>
    : lockbox::detail::text_formatter<lockbox::detail::told> {};

/// In words by why.hpp, which whoever has one has included.
template <class V>
struct fmt::formatter<lockbox::explanation<V>>
    : lockbox::detail::text_formatter<lockbox::detail::told> {};

template <class V>
struct fmt::formatter<lockbox::outcome<lockbox::decision<V>>>
    : lockbox::detail::text_formatter<lockbox::detail::told> {};

template <>
struct fmt::formatter<lockbox::log::read_fault>
    : lockbox::detail::text_formatter<lockbox::detail::explained> {};
