// The digest of a command's body, by which a repeated command is told from a reused id (V8).
// Not a cryptographic hash: who finds a collision has only repeated himself (docs/decisions.md).
#pragma once

#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <lockbox/id.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/role.hpp>
#include <lockbox/shared.hpp>
#include <lockbox/stable_vector.hpp>

namespace lockbox {
inline namespace v0 {

/// 64 bits over an injective encoding of a value: equal values have equal digests, on
/// every compiler.
struct digest {
    std::uint64_t value = 0;
    friend constexpr bool operator==(digest, digest) = default;
};

namespace detail {

/// FNV-1a over eight bytes at a time. Every variable-length part is preceded by its
/// length and every choice by its name, so that no two values encode alike (T14).
class digester {
  public:
    void number(std::uint64_t word) {
        state_ = (state_ ^ word) * 0x00000100000001B3ULL;
        state_ ^= state_ >> 32U;
    }
    void bytes(std::string_view text) {
        number(text.size());
        for (; text.size() >= 8; text.remove_prefix(8)) number(word_of(text.data(), 8));
        if (!text.empty()) number(word_of(text.data(), text.size()));
    }

    /// As a visitor of fields: what a field is called does not count.
    template <class T>
    void operator()(std::string_view name, const T& v) {
        if constexpr (has_fields<const T>) {
            T::fields(v, *this);
        } else if constexpr (becomes<const T&, std::string_view>) {
            bytes(v);
        } else if constexpr (std::is_enum_v<T> || std::integral<T>) {
            number(static_cast<std::uint64_t>(v));
        } else if constexpr (value_list<T>) {
            number(v.size());
            for (const auto& one : v) (*this)(name, one);
        } else {
            bytes(id_traits<T>::text(v));
        }
    }
    void operator()(std::string_view /*name*/, permission_set set) {
        for (std::size_t at = 0; at < names_of<permission>.size(); ++at) {
            number(set.has(static_cast<permission>(at)) ? 1 : 0);
        }
    }
    template <class Rep, class Period>
    void operator()(std::string_view /*name*/, const std::chrono::duration<Rep, Period>& d) {
        number(static_cast<std::uint64_t>(d.count()));
    }
    template <class Clock, class Duration>
    void operator()(std::string_view /*name*/, const std::chrono::time_point<Clock, Duration>& at) {
        number(static_cast<std::uint64_t>(at.time_since_epoch().count()));
    }
    template <class T>
    void operator()(std::string_view name, const optional<T>& maybe) {
        number(maybe ? 1 : 0);
        if (maybe) (*this)(name, *maybe);
    }
    template <class T>
    void operator()(std::string_view name, const shared<T>& one) {
        (*this)(name, *one);
    }
    template <class... Ts>
    void operator()(std::string_view /*name*/, const one_of<Ts...>& sum) {
        bytes(name_in(sum));
        sum.match([this](const auto& held) { held.fields(held, *this); });
    }

    [[nodiscard]] digest result() const { return {state_}; }

  private:
    /// Up to eight bytes as a number, the first of them its lowest.
    [[nodiscard]] static std::uint64_t word_of(const char* at, std::size_t size) {
        std::uint64_t word = 0;
        constexpr bool little = std::endian::native == std::endian::little;
        if (little && size == sizeof word) {
            std::memcpy(&word, at, sizeof word);
        } else if (little && size >= sizeof(std::uint32_t)) {  // two halves, which may overlap
            std::uint32_t first = 0;
            std::uint32_t last = 0;
            std::memcpy(&first, at, sizeof first);
            std::memcpy(&last, at + size - sizeof last, sizeof last);
            word = first | std::uint64_t{last} << 8U * (size - sizeof last);
        } else {
            for (std::size_t byte = size; byte != 0; --byte)
                word = word << 8U | static_cast<unsigned char>(at[byte - 1]);
        }
        return word;
    }

    std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

}  // namespace detail

/// The digest of a value that lists its fields.
template <class T>
[[nodiscard]] digest digest_of(const T& value) {
    detail::digester over;
    over({}, value);
    return over.result();
}

}  // namespace v0
}  // namespace lockbox
