// The growing array that all of lockbox's values are made of: what `std::vector` is, in 16 bytes.
// A compiler works through five functions for each type that it holds where `std::vector` has
// thirty, and a host's build compiles some forty of them (docs/performance.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <new>
#include <type_traits>
#include <vector>

namespace lockbox {
inline namespace v0 {

/// Whether a value is the same in another place, when its bytes are put there and it is forgotten
/// where it was: then a vector that grows need not ask each value to move. Say so for a type of
/// your own that is made of such types, and holds no address of itself.
template <class T>
inline constexpr bool moves_by_bytes = std::is_trivially_copyable_v<T>;

/// Values in a row, in one piece of the heap. Its functions mean what those of `std::vector` mean,
/// its iterators are pointers. `T` moves without throwing; nothing has changed when an
/// `emplace_back` or `reserve` throws. It holds fewer than 2^32 values: more is memory that runs
/// out.
template <class T>
class vector {
  public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    vector() noexcept = default;
    vector(std::initializer_list<T> values) : vector{values.begin(), values.end()} {}
    template <class Iterator>
        requires requires(Iterator at) { T(*at); }
    vector(Iterator from, Iterator to) : vector{} {
        if constexpr (requires { to - from; }) reserve(static_cast<std::size_t>(to - from));
        for (; from != to; ++from) emplace_back(*from);
    }
    /// What a host keeps in the standard's is copied.
    template <class Allocator>
    vector(const std::vector<T, Allocator>& values)  // NOLINT(google-explicit-constructor)
        : vector{values.begin(), values.end()} {}
    vector(vector&& other) noexcept { take(other); }
    /// With the same room: a copy of a state is made to be changed.
    vector(const vector& other) : vector{} {
        reserve(other.room_);
        for (const T& one : other) emplace_back(one);
    }
    vector& operator=(vector&& other) noexcept {
        if (this == &other) return *this;
        if (first_ != nullptr) release();
        take(other);
        return *this;
    }
    vector& operator=(const vector& other) {
        if (this == &other) return *this;
        vector copy{other};  // when it throws, this is as before
        swap(copy);
        return *this;
    }
    ~vector() {
        if (first_ != nullptr) release();
    }

    [[nodiscard]] T* begin() noexcept { return first_; }
    [[nodiscard]] T* end() noexcept { return first_ + size_; }
    [[nodiscard]] const T* begin() const noexcept { return first_; }
    [[nodiscard]] const T* end() const noexcept { return first_ + size_; }
    [[nodiscard]] auto rbegin() const noexcept { return std::reverse_iterator{end()}; }
    [[nodiscard]] auto rend() const noexcept { return std::reverse_iterator{begin()}; }
    [[nodiscard]] T* data() noexcept { return first_; }
    [[nodiscard]] const T* data() const noexcept { return first_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return room_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] T& operator[](std::size_t at) noexcept { return first_[at]; }
    [[nodiscard]] const T& operator[](std::size_t at) const noexcept { return first_[at]; }
    [[nodiscard]] T& front() noexcept { return first_[0]; }
    [[nodiscard]] const T& front() const noexcept { return first_[0]; }
    [[nodiscard]] T& back() noexcept { return first_[size_ - 1]; }
    [[nodiscard]] const T& back() const noexcept { return first_[size_ - 1]; }

    void push_back(T value) { emplace_back(static_cast<T&&>(value)); }

    /// A value made of these parts, which may stand in this vector itself.
    template <class... Parts>
    T& emplace_back(Parts&&... parts) {
        if (size_ == room_) {
            T made{static_cast<Parts&&>(parts)...};
            reserve(size_ < 2 ? size() + 1 : 2 * size());
            ::new (static_cast<void*>(first_ + size_)) T(static_cast<T&&>(made));
        } else {
            ::new (static_cast<void*>(first_ + size_)) T{static_cast<Parts&&>(parts)...};
        }
        return first_[size_++];
    }
    void resize(std::size_t size) {
        while (size_ > size) pop_back();
        while (size_ < size) emplace_back();
    }
    void assign(std::size_t size, const T& value) {
        vector copies;
        copies.reserve(size);
        while (copies.size_ < size) copies.emplace_back(value);
        swap(copies);
    }
    /// Takes out the value at `at`, and returns where the next one is.
    T* erase(T* at) {
        for (T* next = at + 1; next != end(); ++next) next[-1] = static_cast<T&&>(*next);
        pop_back();
        return at;
    }
    void pop_back() noexcept { first_[--size_].~T(); }
    void clear() noexcept {
        while (size_ != 0) pop_back();
    }

    /// Makes room for so many values in all.
    void reserve(std::size_t room) {
        static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
        if (room <= room_) return;
        constexpr std::size_t most = UINT32_MAX;
        // NOLINTNEXTLINE(bugprone-sizeof-expression): a T may be a pointer
        void* const more = ::operator new(room > most ? SIZE_MAX : room * sizeof(T));
        T* const first = static_cast<T*>(more);
        if constexpr (moves_by_bytes<T>) {
            // NOLINTNEXTLINE(bugprone-sizeof-expression)
            if (size_ != 0) std::memcpy(more, static_cast<const void*>(first_), size_ * sizeof(T));
        } else {
            for (std::uint32_t at = 0; at != size_; ++at) {
                ::new (static_cast<void*>(first + at)) T(static_cast<T&&>(first_[at]));
                first_[at].~T();
            }
        }
        ::operator delete(first_);
        first_ = first;
        room_ = static_cast<std::uint32_t>(room);
    }
    void swap(vector& other) noexcept {
        const auto first = other.first_;
        const auto size = other.size_;
        const auto room = other.room_;
        other.first_ = first_;
        other.size_ = size_;
        other.room_ = room_;
        first_ = first;
        size_ = size;
        room_ = room;
    }

    [[nodiscard]] friend bool operator==(const vector& a, const vector& b) {
        if (a.size_ != b.size_) return false;
        for (std::uint32_t at = 0; at != a.size_; ++at)
            if (!(a.first_[at] == b.first_[at])) return false;
        return true;
    }
    /// Orders as words are ordered, value by value.
    [[nodiscard]] friend bool operator<(const vector& a, const vector& b) {
        std::uint32_t at = 0;
        while (at != a.size_ && at != b.size_ && a.first_[at] == b.first_[at]) ++at;
        if (at == a.size_ || at == b.size_) return a.size_ < b.size_;
        return a.first_[at] < b.first_[at];
    }

  private:
    void release() noexcept {
        while (size_ != 0) first_[--size_].~T();
        ::operator delete(first_);
    }
    void take(vector& other) noexcept {
        first_ = other.first_;
        size_ = other.size_;
        room_ = other.room_;
        other.first_ = nullptr;
        other.size_ = other.room_ = 0;
    }

    T* first_ = nullptr;
    std::uint32_t size_ = 0;
    std::uint32_t room_ = 0;
};

template <class T>
inline constexpr bool moves_by_bytes<vector<T>> = true;

}  // namespace v0
}  // namespace lockbox
