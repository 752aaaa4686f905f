// A vector whose elements stay where they are: what goes in or out moves pointers, not elements.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include <lockbox/shared.hpp>
#include <lockbox/vectors.hpp>

namespace lockbox {
inline namespace v0 {

/// A sequence of values, each in a place of its own on the heap. For large elements of which any
/// may leave at any time: taking one of n out costs n moves of a pointer. A value: it copies and
/// compares as a `vector` does. Nothing has changed when one of its functions throws.
template <class T>
class stable_vector {
  public:
    class iterator {
      public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;

        iterator() = default;
        explicit iterator(void* const* at) : at_{at} {}
        const T& operator*() const { return *static_cast<const T*>(*at_); }
        const T* operator->() const { return static_cast<const T*>(*at_); }
        iterator& operator++() {
            ++at_;
            return *this;
        }
        iterator operator++(int) { return iterator{at_++}; }
        friend bool operator==(const iterator&, const iterator&) = default;

      private:
        void* const* at_ = nullptr;
    };
    using const_iterator = iterator;
    using value_type = T;

    stable_vector() = default;
    stable_vector(stable_vector&& other) noexcept { at_.swap(other.at_); }
    stable_vector(const stable_vector& other) : stable_vector{} {
        at_.reserve(other.size());
        for (const auto& one : other) at_.push_back(new T{one});
    }
    stable_vector& operator=(stable_vector&& other) noexcept {
        at_.swap(other.at_);
        return *this;
    }
    stable_vector& operator=(const stable_vector& other) {
        stable_vector copy{other};  // when it throws, this is as before
        at_.swap(copy.at_);
        return *this;
    }
    ~stable_vector() {
        for (void* one : at_) delete static_cast<T*>(one);
    }

    [[nodiscard]] iterator begin() const { return iterator{at_.data()}; }
    [[nodiscard]] iterator end() const { return iterator{at_.data() + at_.size()}; }
    [[nodiscard]] std::size_t size() const { return at_.size(); }
    [[nodiscard]] bool empty() const { return at_.empty(); }
    [[nodiscard]] const T& operator[](std::size_t place) const {
        return *static_cast<const T*>(at_[place]);
    }
    [[nodiscard]] T& operator[](std::size_t place) { return *static_cast<T*>(at_[place]); }
    [[nodiscard]] const T& front() const { return (*this)[0]; }
    [[nodiscard]] const T& back() const { return (*this)[size() - 1]; }

    /// Puts an element, made from these parts, before the one at `place`.
    template <class... Parts>
    T& emplace(std::size_t place, Parts&&... parts) {
        if (at_.size() == at_.capacity()) at_.reserve(2 * at_.size() + 4);
        T* made = new T{std::forward<Parts>(parts)...};
        insert_at<void*>(at_, place, made);  // there is room: it does not throw
        return *made;
    }
    template <class... Parts>
    T& emplace_back(Parts&&... parts) {
        return emplace(size(), std::forward<Parts>(parts)...);
    }

    /// Takes out the element at `place`; the others stay in their order.
    void erase(std::size_t place) {
        delete static_cast<T*>(at_[place]);
        at_.erase(at_.begin() + place);
    }

    friend bool operator==(const stable_vector& a, const stable_vector& b) {
        if (a.size() != b.size()) return false;
        for (std::size_t at = 0; at < a.size(); ++at)
            if (!(a[at] == b[at])) return false;
        return true;
    }

  private:
    vector<void*> at_;  // one type of vector for all, for hosts compile each
};

/// The types that hold a sequence of values, and are written as a list; a host's own values may
/// hold the standard's.
template <class T>
inline constexpr bool is_value_list = false;
template <class T>
inline constexpr bool is_value_list<vector<T>> = true;
template <class T>
inline constexpr bool is_value_list<std::vector<T>> = true;
template <class T>
inline constexpr bool is_value_list<stable_vector<T>> = true;
template <class T>
inline constexpr bool is_value_list<shared_list<T>> = true;
template <class T>
concept value_list = is_value_list<T>;

}  // namespace v0
}  // namespace lockbox
