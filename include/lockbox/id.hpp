// Identifiers: a string that knows what it names, and the trait that lets a host
// bring its own kind.
#pragma once

#include <charconv>
#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lockbox/compact_string.hpp>
#include <lockbox/fields.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/text.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// An identifier of one kind: bytes, compared and ordered bytewise, never folded or
/// trimmed (V5, T16). `Tag` only tells one kind from another.
template <class Tag>
class id {
  public:
    id() = default;

    /// From a literal, so that code reads `actor{"ada@contoso.example"}`.
    template <std::size_t Size>
    id(const char (&literal)[Size])  // NOLINT(google-explicit-constructor)
        : text_{std::string_view{literal}} {}

    /// From text that came from elsewhere: said out loud.
    explicit id(std::string_view text) : text_{text} {}

    /// Its bytes, for as long as it lives.
    [[nodiscard]] std::string_view text() const noexcept { return text_.view(); }

    [[nodiscard]] friend bool operator==(const id& a, const id& b) noexcept = default;
    // NOLINTBEGIN(modernize-use-nullptr): of code that only the compiler sees
    [[nodiscard]] friend std::strong_ordering operator<=>(const id& a,
                                                          const id& b) noexcept = default;
    // NOLINTEND(modernize-use-nullptr)

  private:
    compact_string text_;
};

template <class Tag>
inline constexpr bool moves_by_bytes<id<Tag>> = true;

/// How an identifier becomes text and comes back. Specialise it for a type of your own:
///
///     static std::string text(const T&);                // injective (T14); or a view of it
///     static optional<T> parse(std::string_view);  // of what `text` wrote, else nothing
///     static bool well_formed(const T&);                // may it stand in a command?
template <class T>
struct id_traits;

/// The longest identifier, in bytes (R9).
inline constexpr std::size_t longest_id = 256;

template <class Tag>
struct id_traits<id<Tag>> {
    static std::string_view text(const id<Tag>& value) noexcept { return value.text(); }
    static optional<id<Tag>> parse(std::string_view text) { return id<Tag>{text}; }
    static bool well_formed(const id<Tag>& value) {
        const std::string_view text = value.text();
        return !text.empty() && text.size() <= longest_id && !is_blank(text) && !has_control(text);
    }
};

template <std::integral T>
    requires(!std::same_as<T, bool>)
struct id_traits<T> {
    static std::string text(T value) {
        char digits[std::numeric_limits<T>::digits10 + 3];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
        return {std::begin(digits), end};
    }
    static optional<T> parse(std::string_view text) {
        T value{};
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = fault == std::errc{} && end == text.data() + text.size();
        return whole && id_traits::text(value) == text ? optional{value} : std::nullopt;
    }
    static bool well_formed(T /*value*/) { return true; }
};

template <has_names E>
struct id_traits<E> {
    static std::string_view text(E value) { return name_of(value); }
    static optional<E> parse(std::string_view text) { return named<E>(text); }
    static bool well_formed(E value) {
        return static_cast<std::size_t>(value) < names_of<E>.size();
    }
};

/// A type that can stand for an identifier: ordered, copied, and with its traits.
template <class T>
concept identifier = plain_value<T> &&
    requires(const T& value, const T& other, std::string_view text) {
    { value < other } -> std::same_as<bool>;
    std::string_view(id_traits<T>::text(value));
    { id_traits<T>::parse(text) } -> std::same_as<optional<T>>;
    { id_traits<T>::well_formed(value) } -> std::same_as<bool>;
};

}  // namespace v0
}  // namespace lockbox

template <class Tag>
struct std::hash<lockbox::id<Tag>> {
    std::size_t operator()(const lockbox::id<Tag>& value) const noexcept {
        return std::hash<std::string_view>{}(value.text());
    }
};
