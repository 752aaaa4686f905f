// Any value of lockbox, filled with awkward members: the same for a seed on every compiler.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <lockbox/audit_event.hpp>
#include <lockbox/command.hpp>
#include <lockbox/log/instant.hpp>
#include <lockbox/optional.hpp>

namespace support {

/// Text that is UTF-8, and that something somewhere has got wrong before.
inline std::vector<std::string> awkward_texts() {
    std::vector<std::string> all = {
        "",
        " ",
        "plain",
        "\"",
        "\\",
        "\\\"",
        "\\u0041",
        "a\"b\\c/d",
        "\b\t\n\f\r",
        std::string("\0", 1),
        std::string("\0\x01\x1F\x7F", 4),
        "\xC2\x80\xC2\x9F",
        "zo\xC3\xAB",
        "\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAE",
        "\xEF\xBB\xBF",
        "\xEF\xBF\xBD\xEF\xBF\xBF",
        "\xF0\x9F\x94\x92",
        "\xF4\x8F\xBF\xBF",
        "null",
        "true",
        "{}",
        "],[",
        "\",\"case\":\"",
        "?",
        "<script>alert(1)</script>",
        "=1+1",
        "%s%n{}",
    };
    // Around the widths in which strings are scanned, moved and kept in place.
    for (const std::size_t size : {7U, 8U, 9U, 15U, 16U, 17U, 31U, 33U, 300U}) {
        all.emplace_back(size, 'x');
        all.push_back(std::string(size - 1, 'x') + "\"");
        all.push_back("\n" + std::string(size - 1, 'x'));
        all.push_back(std::string(size - 2, 'x') + "\xC3\xAB");
    }
    return all;
}

class arbitrary {
  public:
    explicit arbitrary(std::uint64_t seed) : state_(seed) {}

    /// splitmix64: one multiplication for another, no library's idea of a distribution.
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }

    template <class T>
    T make() {
        T value{};
        fill(value);
        return value;
    }

    template <class T>
    void fill(T& value) {
        if constexpr (std::same_as<T, bool>) {
            value = below(2) == 1;
        } else if constexpr (std::integral<T>) {
            value = edge<T>();
        } else if constexpr (lockbox::has_names<T>) {
            value = static_cast<T>(below(lockbox::names_of<T>.size()));
        } else if constexpr (lockbox::has_fields<T>) {
            T::fields(value, [this](std::string_view, auto& member) { this->fill(member); });
        } else {
            static_assert(std::same_as<T, std::string>);
            value = texts_[below(texts_.size())];
        }
    }
    template <class Tag>
    void fill(lockbox::id<Tag>& value) {
        value = lockbox::id<Tag>{make<std::string>()};
    }
    template <class Rep, class Period>
    void fill(std::chrono::duration<Rep, Period>& value) {
        using milliseconds = std::chrono::duration<Rep, std::milli>;
        value = std::chrono::duration_cast<std::chrono::duration<Rep, Period>>(
            milliseconds{edge<Rep>()});
    }
    template <class Clock, class Duration>
    void fill(std::chrono::time_point<Clock, Duration>& value) {
        const auto span = (lockbox::log::last_instant - lockbox::log::first_instant).count() + 1;
        const auto since = static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(span));
        value = std::chrono::time_point<Clock, Duration>{std::chrono::duration_cast<Duration>(
            lockbox::log::first_instant + std::chrono::milliseconds{since})};
    }
    template <class T>
    void fill(lockbox::optional<T>& value) {
        value.reset();
        if (below(2) == 1) value = make<T>();
    }
    template <lockbox::value_list List>
    void fill(List& value) {
        value = {};
        for (auto count = below(4); count > 0; --count)
            value.emplace_back(make<typename List::value_type>());
    }
    template <class T>
    void fill(lockbox::shared_list<T>& value) {
        value = make<std::vector<T>>();
    }
    template <class T>
    void fill(lockbox::shared<T>& value) {
        value = make<T>();
    }
    template <class... Ts>
    void fill(lockbox::one_of<Ts...>& value) {
        std::size_t wanted = below(sizeof...(Ts));
        (void)((wanted-- == 0 && (value = make<Ts>(), true)) || ...);
    }
    void fill(lockbox::permission_set& value) {
        value = {};
        for (std::size_t at = 0; at < lockbox::names_of<lockbox::permission>.size(); ++at)
            if (below(2) == 1) value |= {static_cast<lockbox::permission>(at)};
    }
    void fill(lockbox::digest& value) { value.value = next(); }

  private:
    template <class T>
    T edge() {
        constexpr auto least = (std::numeric_limits<T>::min)();
        constexpr auto most = (std::numeric_limits<T>::max)();
        constexpr auto edges = std::array<T, 6>{least, T{0}, T{1}, T{10}, most / 2, most};
        const auto which = below(edges.size() + 1);
        return which < edges.size() ? edges[which] : static_cast<T>(next());
    }

    std::uint64_t state_;
    std::vector<std::string> texts_ = awkward_texts();
};

/// Calls `f(T{})` for every type that a sum can hold.
template <class... Ts>
void for_each_alternative(const lockbox::one_of<Ts...>& /*sum*/, auto&& f) {
    (f(Ts{}), ...);
}

}  // namespace support
