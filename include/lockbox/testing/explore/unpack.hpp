// Reads the fields of a tenant back from its bytes.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/packing.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Reads the fields of one tenant, into values that may hold something else before.
template <class V>
class unpacking_visitor {
  public:
    unpacking_visitor(const shelf<V>& on, byte_reader& from, typename V::time_point last)
        : on_{on}, from_{from}, last_{last} {}

    template <class T>
    void fields_of(T& value) {
        if constexpr (std::same_as<T, grant<V>>) value.number = from_.number();
        T::fields(value, [this, &value](std::string_view /*name*/, auto& part) {
            if (!is_left_out(value, &part)) this->value(part);
        });
    }

    void denials_of(tenant<V>& t) {
        t.denials.resize(from_.number());
        for (auto& one : t.denials) {
            value(one.case_number);
            one.numbers.resize(from_.number());
            one.last = last_ - duration_of<V>{from_.signed_number()};
        }
    }

  private:
    using instant = typename V::time_point;

    template <class T>
    void value(T& v) {
        if constexpr (std::same_as<T, shared<lockbox::terms<V>>>) {
            v = on_.terms[from_.number()];
        } else if constexpr (std::same_as<T, typename V::scope>) {
            v = on_.scopes[from_.number()];
        } else if constexpr (has_fields<T>) {
            fields_of(v);
        } else if constexpr (small_value<T>) {
            set_from(from_.number(), v);
        } else {
            whole(v);
        }
    }
    template <class T>
    void whole(T& v) {
        const auto& text = on_.texts[from_.number()];
        if constexpr (std::constructible_from<T, std::string> &&
                      std::convertible_to<const T&, std::string_view>) {
            v = T{text};
        } else {
            v = id_traits<T>::parse(text).value_or(T{});
        }
    }
    template <class Rep, class Period>
    void whole(std::chrono::duration<Rep, Period>& d) {
        d = std::chrono::duration<Rep, Period>{static_cast<Rep>(from_.signed_number())};
    }
    void whole(instant& at) { at = last_ + duration_of<V>{from_.signed_number()}; }
    template <class T>
    void whole(optional<T>& maybe) {
        maybe.reset();
        if (from_.number() != 0) value(maybe.emplace());
    }
    template <class T>
    void whole(vector<T>& all) {
        all.resize(from_.number());
        for (auto& one : all) value(one);
    }
    template <class T>
    void whole(stable_vector<T>& all) {
        const auto size = from_.number();
        while (all.size() > size) all.erase(all.size() - 1);
        while (all.size() < size) all.emplace_back();
        for (std::size_t at = 0; at < size; ++at) value(all[at]);
    }
    template <class T>
    void whole(shared<T>& one) {
        T other{};
        if constexpr (std::same_as<T, submission<V>>) other.at = last_;
        value(other);
        one = std::move(other);
    }
    template <class... Ts>
    void whole(one_of<Ts...>& sum) {
        const auto which = from_.number();
        std::size_t at = 0;
        (void)((at++ == which && (hold(sum, Ts{}), true)) || ...);
    }
    template <class Sum, class T>
    void hold(Sum& sum, T held) {
        value(held);
        sum = std::move(held);
    }

    const shelf<V>& on_;
    byte_reader& from_;
    instant last_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
