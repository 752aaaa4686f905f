// A closed sum type: exactly one of `Ts`, never empty, matched by overload.
// It costs a third of `std::variant`'s compile time for sums as wide as ours (docs/embedding.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lockbox {
inline namespace v0 {

/// Joins lambdas into one function object, for `one_of::match`.
template <class... Fs>
struct overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
overloaded(Fs...) -> overloaded<Fs...>;

namespace detail {

template <class T, class... Ts>
consteval std::size_t position_of() {
    std::size_t at = 0;
    (void)((__is_same(T, Ts) || (++at, false)) || ...);
    return at;
}

template <class T, class...>
struct first_of {
    using type = T;
};

}  // namespace detail

/// Exactly one value of one of the types `Ts`. Default: the first, value-initialised.
/// Alternatives move without throwing, so a sum is never left without a value.
template <class... Ts>
class one_of {
    static_assert(sizeof...(Ts) > 0 && sizeof...(Ts) < 256);
    static_assert((__is_nothrow_constructible(Ts, Ts&&) && ...),
                  "lockbox: every type in a vocabulary must move without throwing");

  public:
    using first = typename detail::first_of<Ts...>::type;

    template <class T>
    static constexpr bool holds = (__is_same(T, Ts) || ...);
    template <class T>
    static constexpr std::size_t index_of = detail::position_of<T, Ts...>();
    static constexpr std::size_t size = sizeof...(Ts);

    one_of() : one_of(first{}) {}

    template <class T>
        requires holds<T> one_of(T value)
    noexcept : index_(index_of<T>) {  // NOLINT(google-explicit-constructor)
        ::new (held()) T(static_cast<T&&>(value));
    }

    one_of(const one_of& other) : index_(other.index_) {
        (void)((index_ == index_of<Ts> &&
                (::new (held()) Ts(*static_cast<const Ts*>(other.held())), true)) ||
               ...);
    }
    one_of(one_of&& other) noexcept { take(other); }
    one_of& operator=(const one_of& other) {
        if (this != &other) *this = one_of(other);
        return *this;
    }
    one_of& operator=(one_of&& other) noexcept {
        if (this != &other) {
            destroy();
            take(other);
        }
        return *this;
    }
    ~one_of() { destroy(); }

    /// The position of the held type among `Ts`.
    [[nodiscard]] std::size_t index() const noexcept { return index_; }

    template <class T>
        requires holds<T>
    [[nodiscard]] bool is() const noexcept { return index_ == index_of<T>; }

    /// The held value when it is a `T`, else null.
    template <class T>
        requires holds<T>
    [[nodiscard]] const T* get_if() const noexcept {
        return is<T>() ? static_cast<T*>(held()) : nullptr;
    }
    template <class T>
        requires holds<T>
    [[nodiscard]] T* get_if() noexcept { return is<T>() ? static_cast<T*>(held()) : nullptr; }

    /// Calls `f` with the held value. A result type must be default-constructible.
    template <class F>
    decltype(auto) match(F&& f) const {
        return visit(*this, f);
    }
    template <class F>
    decltype(auto) match(F&& f) {
        return visit(*this, f);
    }

    /// Calls `f` with the address of the held value: an `f` that also takes a `const void*` has no
    /// function for each type that it does not care for. Whatever `f` keeps is its answer.
    template <class F>
    F match_address(F f) const {
        (void)((index_ == index_of<Ts> && (f(static_cast<const Ts*>(held())), true)) || ...);
        return f;
    }

    [[nodiscard]] friend bool operator==(const one_of& a, const one_of& b) {
        return a.index_ == b.index_ && a.match([&b]<class T>(const T& value) {
            return value == *static_cast<const T*>(b.held());
        });
    }

  private:
    /// Where the held value stands. One function for both kinds of access and all alternatives.
    [[nodiscard]] void* held() const noexcept { return const_cast<std::byte*>(bytes_); }

    void take(one_of& other) noexcept {
        index_ = other.index_;
        (void)((index_ == index_of<Ts> &&
                (::new (held()) Ts(static_cast<Ts&&>(*static_cast<Ts*>(other.held()))), true)) ||
               ...);
    }
    void destroy() noexcept {
        (void)((index_ == index_of<Ts> && (static_cast<Ts*>(held())->~Ts(), true)) || ...);
    }

    template <class Self, class T>
    using seen = std::conditional_t<std::is_const_v<Self>, const T, T>;

    template <class Self, class F>
    using answer = std::invoke_result_t<F&, seen<Self, first>&>;

    template <class Self, class F>
        requires std::is_void_v<answer<Self, F>>
    static void visit(Self& self, F& f) {
        const auto at = self.index_;
        (void)((at == index_of<Ts> && (f(*static_cast<seen<Self, Ts>*>(self.held())), true)) ||
               ...);
    }
    /// The answer is made where the caller wants it: a compiler sees to that when nothing else is.
    template <class Self, class F>
    static answer<Self, F> visit(Self& self, F& f) {
        const auto at = self.index_;
        answer<Self, F> out{};
        (void)((at == index_of<Ts> &&
                (out = f(*static_cast<seen<Self, Ts>*>(self.held())), true)) ||
               ...);
        return out;
    }

    static consteval std::size_t widest() {
        std::size_t most = 0;
        ((most = sizeof(Ts) > most ? sizeof(Ts) : most), ...);
        return most;
    }

    std::uint8_t index_;  // first, so that it lies beside what is looked at next
    alignas(Ts...) std::byte bytes_[widest()];
};

/// The name of the held value's type, among types that each state theirs as `name`.
template <class... Ts>
[[nodiscard]] std::string_view name_in(const one_of<Ts...>& sum) {
    static constexpr std::string_view names[] = {Ts::name...};
    return names[sum.index()];
}

}  // namespace v0
}  // namespace lockbox
