// How a value type states its fields, once: text, formatting and hashing all follow from it.
// A struct lists them in `fields(self, f)`; an enum lists its names in `names_of`.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {

namespace detail {
struct any_field {
    template <class T>
    void operator()(std::string_view /*name*/, T& /*value*/) const {}
};
}  // namespace detail

/// A value type that lists its fields, in the order in which they are written:
///
///     static constexpr void fields(auto& self, auto&& f) { f("case", self.number); … }
template <class T>
concept has_fields = requires(T& value) {
    std::remove_const_t<T>::fields(value, detail::any_field{});
};

/// What every value can: be made of nothing, be copied, moved and compared. Asked in plain words,
/// for `std::regular` makes a compiler work through a hundred templates for each type.
template <class T>
concept plain_value = requires(const T& one, T& other, T&& spent) {
    T{};
    T(one);
    T(static_cast<T&&>(spent));
    other = one;
    other = static_cast<T&&>(spent);
    { one == other } -> std::same_as<bool>;
};

/// The names of an enum's values, in their order from 0. Specialise it for an enum of your own.
template <class E>
inline constexpr auto names_of = nullptr;

/// An enum whose values have names.
template <class E>
concept has_names = std::is_enum_v<E> && requires {
    names_of<E>.size();
};

/// The name of an enum's value; of a value outside the enum, "?".
template <has_names E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
    const auto at = static_cast<std::size_t>(value);
    return at < names_of<E>.size() ? names_of<E>[at] : std::string_view{"?"};
}

/// The value that bears this name, compared bytewise.
template <has_names E>
[[nodiscard]] constexpr optional<E> named(std::string_view name) {
    for (std::size_t at = 0; at < names_of<E>.size(); ++at)
        if (names_of<E>[at] == name) return static_cast<E>(at);
    return std::nullopt;
}

}  // namespace v0
}  // namespace lockbox
