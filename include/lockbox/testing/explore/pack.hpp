// Writes the fields of a tenant as bytes (what is left out, and why: packing.hpp).
#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <lockbox/optional.hpp>
#include <lockbox/testing/explore/packing.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Writes the fields of one tenant.
template <class V>
class packing_visitor {
  public:
    packing_visitor(shelf<V>& on, byte_writer to, const tenant<V>& t, const naming& by)
        : on_{on}, to_{to}, t_{t}, by_{by} {}

    template <class T>
    void fields_of(const T& value) {
        if constexpr (std::same_as<T, grant<V>>) {
            const auto place = place_of(t_.open, value.number, &request<V>::number);
            const bool known = place < t_.open.size() && t_.open[place].number == value.number;
            to_.number(known ? place + 1 : 0);
        }
        T::fields(value, [this, &value](std::string_view name, const auto& part) {
            if (!is_left_out(value, &part)) this->value(name, part);
        });
    }
    /// Of each case: how often it was denied, and when last, as far as either can matter.
    void denials_of(const tenant<V>& t) {
        to_.number(t.denials.size());
        for (const auto& one : t.denials) {
            value("case", one.case_number);
            const auto most = static_cast<std::size_t>(on_.denials.most);
            to_.number((std::min)(one.numbers.size(), most));
            const auto ago = (std::min)(t.last - one.last, on_.denials.longest_wait);
            to_.signed_number(one.numbers.size() < on_.denials.least ? 0 : ago.count());
        }
    }

    [[nodiscard]] bytes_view written() const { return to_.written(); }

  private:
    using instant = typename V::time_point;

    template <class T>
    void value(std::string_view name, const T& v) {
        if constexpr (std::same_as<T, vector<engineer_grants<V>>>) {
            in_order_of_names(v);
        } else if constexpr (std::same_as<T, typename V::person_id> && small_value<T>) {
            to_.number(number_of(on_.people.renamed(by_, v)));
        } else if constexpr (std::same_as<T, typename V::person_id>) {
            text(on_.people.renamed(by_, v));
        } else if constexpr (std::same_as<T, shared<lockbox::terms<V>>>) {
            to_.number(on_.terms.place_of(v));
        } else if constexpr (std::same_as<T, typename V::scope>) {
            to_.number(on_.scopes.place_of(v));
        } else if constexpr (value_list<T>) {
            to_.number(v.size());
            for (std::size_t at = 0; at < v.size(); ++at) value(name, v[at]);
        } else if constexpr (has_fields<T>) {
            fields_of(v);
        } else if constexpr (small_value<T>) {
            to_.number(number_of(v));
        } else {
            whole(name, v);
        }
    }
    /// Engineers stand in the order of their names, here the new ones.
    void in_order_of_names(const vector<engineer_grants<V>>& all) {
        to_.number(all.size());
        if (all.size() < 2 || !by_.changes) {
            for (const auto& one : all) fields_of(one);
            return;
        }
        vector<const engineer_grants<V>*> sorted;
        sorted.reserve(all.size());
        for (const auto& one : all) sorted.push_back(&one);
        sort(sorted, [&](const auto* a, const auto* b) {
            return on_.people.renamed(by_, a->engineer) < on_.people.renamed(by_, b->engineer);
        });
        for (const auto* one : sorted) fields_of(*one);
    }
    template <class T>
    void text(const T& v) {
        if constexpr (std::convertible_to<const T&, std::string_view>) {
            to_.number(on_.place_of_text(v));
        } else {
            to_.number(on_.place_of_text(id_traits<T>::text(v)));
        }
    }
    template <class T>
    void whole(std::string_view /*name*/, const T& v) {
        text(v);
    }
    template <class Rep, class Period>
    void whole(std::string_view /*name*/, const std::chrono::duration<Rep, Period>& d) {
        to_.signed_number(static_cast<std::int64_t>(d.count()));
    }
    void whole(std::string_view name, const instant& at) {
        const auto since = (at - t_.last).count();
        to_.signed_number(since < 0 && passes(name) ? 0 : since);
    }
    template <class T>
    void whole(std::string_view name, const optional<T>& maybe) {
        to_.number(maybe ? 1 : 0);
        if (maybe) value(name, *maybe);
    }
    template <class T>
    void whole(std::string_view name, const shared<T>& one) {
        value(name, *one);
    }
    template <class... Ts>
    void whole(std::string_view name, const one_of<Ts...>& sum) {
        to_.number(sum.index());
        sum.match([&](const auto& held) { this->value(name, held); });
    }

    shelf<V>& on_;
    byte_writer to_;
    const tenant<V>& t_;
    const naming& by_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
