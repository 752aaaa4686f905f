// A value, or none: what `std::optional` is. A compiler works through a dozen functions for each
// type in it where `std::optional` has sixty (docs/performance.md).
#pragma once

#include <concepts>
#include <new>
#include <optional>
#include <type_traits>

#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

template <class T>
class optional;

namespace detail {

template <class T>
struct taker {
    static void take(T);
};

/// Whether a `U` becomes a `T` by itself, asked without the machinery of `std::is_convertible`.
template <class U, class T>
concept becomes = requires(U&& value) {
    taker<T>::take(static_cast<U&&>(value));
};

/// What every `optional` answers, of whatever type: whether it has its value, and which that is.
template <class T>
class maybe {
    using self = optional<T>;

  public:
    using value_type = T;

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_; }
    constexpr explicit operator bool() const noexcept { return has_; }
    [[nodiscard]] constexpr T& operator*() & noexcept { return static_cast<self&>(*this).value_; }
    [[nodiscard]] constexpr const T& operator*() const& noexcept {
        return static_cast<const self&>(*this).value_;
    }
    [[nodiscard]] constexpr T&& operator*() && noexcept { return static_cast<T&&>(**this); }
    [[nodiscard]] constexpr T* operator->() noexcept { return &**this; }
    [[nodiscard]] constexpr const T* operator->() const noexcept { return &**this; }
    [[nodiscard]] constexpr T value_or(T other) const {
        return has_ ? **this : static_cast<T&&>(other);
    }
    /// What a host keeps in the standard's is copied, and back.
    template <std::same_as<std::optional<T>> Theirs>
    operator Theirs() const {  // NOLINT(google-explicit-constructor)
        return has_ ? std::optional<T>{**this} : std::nullopt;
    }

    [[nodiscard]] friend constexpr bool operator==(const optional<T>& a, const optional<T>& b) {
        return a ? b && *a == *b : !b;
    }
    template <becomes<T> U>
    [[nodiscard]] friend constexpr bool operator==(const optional<T>& a, const U& b) {
        return a && *a == b;
    }
    [[nodiscard]] friend constexpr bool operator==(const optional<T>& a, std::nullopt_t) noexcept {
        return !a;
    }
    /// None comes first.
    [[nodiscard]] friend constexpr bool operator<(const optional<T>& a, const optional<T>& b) {
        return b && (!a || *a < *b);
    }

  protected:
    bool has_;  // each of optional's constructors says it
};

}  // namespace detail

/// A value of `T`, or none. Its functions mean what those of `std::optional` mean; `T` moves
/// without throwing. An assignment that throws has changed nothing.
template <class T>
// Assigned by value: NOLINTNEXTLINE(cppcoreguidelines-special-member-functions)
class optional : public detail::maybe<T> {
  public:
    optional() noexcept { this->has_ = false; }
    optional(std::nullopt_t) noexcept : optional{} {}  // NOLINT(google-explicit-constructor)
    optional(const T& value) : value_(value) {         // NOLINT(google-explicit-constructor)
        this->has_ = true;
    }
    optional(T&& value) noexcept
        : value_(static_cast<T&&>(value)) {  // NOLINT(google-explicit-constructor)
        this->has_ = true;
    }
    template <class U>
        requires(detail::becomes<U, T> && !std::same_as<std::remove_cvref_t<U>, T>)
    // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload)
    optional(U&& value) : value_(static_cast<U&&>(value)) { this->has_ = true; }
    template <std::same_as<std::optional<T>> Theirs>
    optional(const Theirs& value) : optional{} {  // NOLINT(google-explicit-constructor)
        if (value) emplace(*value);
    }
    optional(const optional& other) {
        this->has_ = other.has_;
        if (other.has_) ::new (static_cast<void*>(&value_)) T(other.value_);
    }
    optional(optional&& other) noexcept {
        this->has_ = other.has_;
        if (other.has_) ::new (static_cast<void*>(&value_)) T(static_cast<T&&>(other.value_));
    }
    optional& operator=(optional other) noexcept {
        if (this->has_) value_.~T();
        this->has_ = other.has_;
        if (other.has_) ::new (static_cast<void*>(&value_)) T(static_cast<T&&>(other.value_));
        return *this;
    }
    template <detail::becomes<T> U = T>
    // NOLINTNEXTLINE(misc-unconventional-assign-operator)
    optional& operator=(U&& value) {
        T made(static_cast<U&&>(value));  // of what may stand in this itself
        emplace(static_cast<T&&>(made));
        return *this;
    }
    ~optional() {
        if (this->has_) value_.~T();
    }

    template <class... Parts>
    T& emplace(Parts&&... parts) {
        reset();
        ::new (static_cast<void*>(&value_)) T(static_cast<Parts&&>(parts)...);
        this->has_ = true;
        return value_;
    }
    void reset() noexcept {
        if (!this->has_) return;
        value_.~T();
        this->has_ = false;
    }

  private:
    friend detail::maybe<T>;
    union {
        T value_;  // NOLINT(readability-identifier-naming): a private member, for all that
    };
};

/// The same of a value that is copied as bytes: and so is this.
template <class T>
    requires(__is_trivially_copyable(T))
class optional<T> : public detail::maybe<T> {
  public:
    constexpr optional() noexcept { this->has_ = false; }
    constexpr optional(std::nullopt_t) noexcept
        : optional{} {}  // NOLINT(google-explicit-constructor)
    template <class U>
        requires detail::becomes<U, T>
    // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload)
    constexpr optional(U&& value) : value_(static_cast<T>(value)) { this->has_ = true; }
    template <std::same_as<std::optional<T>> Theirs>
    constexpr optional(const Theirs& value)  // NOLINT(google-explicit-constructor)
        : value_(value.value_or(T{})) {
        this->has_ = value.has_value();
    }

    template <class... Parts>
    constexpr T& emplace(Parts&&... parts) {
        value_ = T(static_cast<Parts&&>(parts)...);
        this->has_ = true;
        return value_;
    }
    constexpr void reset() noexcept { *this = optional{}; }

  private:
    friend detail::maybe<T>;
    T value_{};
};

template <class T>
optional(T) -> optional<T>;

template <class T>
inline constexpr bool moves_by_bytes<optional<T>> = moves_by_bytes<T>;

}  // namespace v0
}  // namespace lockbox
