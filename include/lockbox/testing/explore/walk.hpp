// Every leaf of a value, found through its fields: how the explorer meets instants, people and
// numbers in whatever the state comes to hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lockbox/fields.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/stable_vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Calls `leaf(name, part)` for every part of a value that has no fields of its own, in their
/// order; `name` is that of the field it stands in. The value may be changed on the way.
template <class Leaf>
class walk {
  public:
    explicit walk(Leaf leaf) : leaf_{std::move(leaf)} {}

    void operator()(std::string_view name, auto& part) { value(name, part); }

  private:
    template <class T>
    void value(std::string_view name, T& part) {
        using type = std::remove_const_t<T>;
        if constexpr (value_list<type>) {
            for (std::size_t at = 0; at < part.size(); ++at) value(name, part[at]);
        } else if constexpr (has_fields<type>) {
            type::fields(part, *this);
        } else {
            whole(name, part);
        }
    }
    template <class T>
    void whole(std::string_view name, T& part) {
        leaf_(name, part);
    }
    template <class T>
    void whole(std::string_view name, optional<T>& part) {
        if (part) value(name, *part);
    }
    template <class T>
    void whole(std::string_view name, const optional<T>& part) {
        if (part) value(name, *part);
    }
    template <class T>
    void whole(std::string_view name, shared<T>& part) {
        part.change([&](T& other) { value(name, other); });
    }
    template <class T>
    void whole(std::string_view name, const shared<T>& part) {
        value(name, *part);
    }
    template <class... Ts>
    void whole(std::string_view name, one_of<Ts...>& part) {
        part.match([&](auto& held) { value(name, held); });
    }
    template <class... Ts>
    void whole(std::string_view name, const one_of<Ts...>& part) {
        part.match([&](const auto& held) { value(name, held); });
    }

    Leaf leaf_;
};

/// Calls `f(name, part)` for the parts of one type among all parts of a value.
template <class Part, class T, class F>
void each_part(T& value, F f) {
    walk over{[&f](std::string_view name, auto& part) {
        if constexpr (std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(part)>>,
                                     Part>) {
            f(name, part);
        }
    }};
    over(std::string_view{}, value);
}

/// A value of at most eight bytes, all of which tell it: it is kept as a number.
template <class T>
concept small_value = std::is_trivially_copyable_v<T> && sizeof(T) <= 8 &&
                      std::has_unique_object_representations_v<T> && !requires {
    typename T::period;
}
&&  // a duration or an instant
    !requires(const T& value) {
    value.has_value();
};

template <small_value T>
[[nodiscard]] std::uint64_t number_of(const T& value) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        return static_cast<std::uint64_t>(value);
    } else {
        std::uint64_t number = 0;
        std::memcpy(&number, &value, sizeof value);
        return number;
    }
}

template <small_value T>
void set_from(std::uint64_t number, T& value) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        value = static_cast<T>(number);
    } else {
        std::memcpy(static_cast<void*>(&value), &number, sizeof value);
    }
}

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
