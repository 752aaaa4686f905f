// What is made once and then only read: its copies are one and the same piece of the heap. What an
// engineer asked for stands in the event, in the request and in the grant; so it is there once.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Values in a row that never change, which copies share. A value: it compares by what is in it,
/// and may be copied, read and destroyed by several threads at once, each its own copy. Cost of a
/// copy: a number counted up. It holds fewer than 2^32 values: more is memory that runs out.
template <class T>
// Assigned by value: NOLINTNEXTLINE(cppcoreguidelines-special-member-functions)
class shared_list {
  public:
    using value_type = T;
    using iterator = const T*;
    using const_iterator = const T*;

    shared_list() noexcept = default;
    shared_list(std::initializer_list<T> values) : shared_list{values.begin(), values.size()} {}
    shared_list(const vector<T>& values)  // NOLINT(google-explicit-constructor)
        : shared_list{values.data(), values.size()} {}
    /// What a host keeps in the standard's is copied.
    template <class Allocator>
    shared_list(const std::vector<T, Allocator>& values)  // NOLINT(google-explicit-constructor)
        : shared_list{values.data(), values.size()} {}
    /// A list of this one value.
    [[nodiscard]] static shared_list of(T&& value) { return {&value, 1, by_moving{}}; }

    shared_list(const shared_list& other) noexcept : row_{other.row_} {
        if (row_ != nullptr) row_->owners.fetch_add(1, std::memory_order_relaxed);
    }
    shared_list(shared_list&& other) noexcept : row_{other.row_} { other.row_ = nullptr; }
    shared_list& operator=(shared_list other) noexcept {
        row* const mine = row_;
        row_ = other.row_;
        other.row_ = mine;  // given up with `other`
        return *this;
    }
    ~shared_list() {
        if (row_ != nullptr && row_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) release();
    }

    [[nodiscard]] const T* begin() const noexcept { return row_ != nullptr ? first() : nullptr; }
    [[nodiscard]] const T* end() const noexcept { return begin() + size(); }
    [[nodiscard]] std::size_t size() const noexcept { return row_ != nullptr ? row_->size : 0; }
    [[nodiscard]] bool empty() const noexcept { return row_ == nullptr; }
    [[nodiscard]] const T& operator[](std::size_t at) const noexcept { return first()[at]; }
    [[nodiscard]] const T& front() const noexcept { return first()[0]; }
    [[nodiscard]] const T& back() const noexcept { return first()[row_->size - 1]; }

    [[nodiscard]] friend bool operator==(const shared_list& a, const shared_list& b) {
        if (a.row_ == b.row_) return true;
        if (a.size() != b.size()) return false;
        for (std::size_t at = 0; at != a.size(); ++at)
            if (!(a[at] == b[at])) return false;
        return true;
    }

  private:
    /// Stands before the values.
    struct alignas(std::uint64_t) row {
        std::atomic<std::uint32_t> owners{1};
        std::uint32_t size = 0;
    };
    struct by_moving {};

    /// What was made is destroyed when making the next one throws: the delegate was complete.
    template <class... ByMoving>
    shared_list(auto* values, std::size_t size, ByMoving... /*how*/) : shared_list{} {
        static_assert(alignof(T) <= alignof(row) && sizeof...(ByMoving) <= 1);
        if (size == 0) return;
        constexpr std::size_t most = UINT32_MAX;
        row_ = ::new (::operator new(size > most ? SIZE_MAX : sizeof(row) + size * sizeof(T))) row;
        for (; row_->size != size; ++row_->size) {
            void* const place = first() + row_->size;
            if constexpr (sizeof...(ByMoving) == 1)
                ::new (place) T(std::move(values[row_->size]));
            else
                ::new (place) T(values[row_->size]);
        }
    }
    [[nodiscard]] T* first() const noexcept { return std::launder(reinterpret_cast<T*>(row_ + 1)); }
    void release() noexcept {
        while (row_->size != 0) first()[--row_->size].~T();
        ::operator delete(row_);
    }

    row* row_ = nullptr;
};

template <class T>
inline constexpr bool moves_by_bytes<shared_list<T>> = true;

/// One value that never changes, which copies share. Whoever wants another puts another in its
/// place; one that was moved from may only be given another.
template <class T>
class shared {
  public:
    using value_type = T;

    shared() : shared{T{}} {}
    shared(T value)  // NOLINT(google-explicit-constructor)
        : one_{shared_list<T>::of(std::move(value))} {}
    /// Of whatever becomes such a value by itself.
    template <class U>
        requires(detail::becomes<U, T> && !std::same_as<std::remove_cvref_t<U>, T> &&
                 !std::same_as<std::remove_cvref_t<U>, shared>)
    shared(U&& value)  // NOLINT(google-explicit-constructor, *-forwarding-reference-overload)
        : shared{T(std::forward<U>(value))} {}

    [[nodiscard]] const T& operator*() const noexcept { return one_.front(); }
    [[nodiscard]] const T* operator->() const noexcept { return &one_.front(); }

    /// Puts another in its place: this one, and what `change` does to it. Its copies stay.
    template <class Change>
    void change(Change change) {
        T other{**this};
        change(other);
        *this = std::move(other);
    }
    [[nodiscard]] friend bool operator==(const shared& a, const shared& b) = default;

  private:
    shared_list<T> one_;
};

}  // namespace v0
}  // namespace lockbox
