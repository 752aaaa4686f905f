// What the rules do with vectors: look up, keep in order, take out.
// Plain loops: each algorithm of std::ranges makes a compiler work through a dozen functions for
// each type that it is used with, and these are in every host's build (docs/performance.md).
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// The first element whose `of` equals `key`, or null.
template <class Vector, class Key, class T, class Member>
[[nodiscard]] auto* find_by(Vector& all, const Key& key, Member T::*of) {
    std::size_t at = 0;
    while (at != all.size() && !(all[at].*of == key)) ++at;
    return at != all.size() ? &all[at] : nullptr;
}

template <class List>
[[nodiscard]] bool contains(const List& all, const typename List::value_type& value) {
    for (const auto& one : all)
        if (one == value) return true;
    return false;
}

template <class List, class Holds>
[[nodiscard]] bool all_of(const List& all, Holds holds) {
    for (const auto& one : all)
        if (!holds(one)) return false;
    return true;
}

/// How many elements of a vector ordered by `of` stand before `key`. Cost: O(log n) comparisons.
template <class Vector, class T, class Key>
[[nodiscard]] std::size_t place_of(const Vector& all, const Key& key, Key T::*of) {
    std::size_t from = 0;
    for (std::size_t left = all.size(); left != 0;) {
        const std::size_t half = left / 2;
        const bool before = all[from + half].*of < key;
        from = before ? from + half + 1 : from;
        left = before ? left - half - 1 : half;
    }
    return from;
}

/// The element of a vector ordered by `of` for `key`, or null. Cost: O(log n) comparisons.
template <class Vector, class T, class Key>
[[nodiscard]] auto* find_ordered(Vector& all, const Key& key, Key T::*of) {
    const auto at = place_of(all, key, of);
    return at != all.size() && all[at].*of == key ? &all[at] : nullptr;
}

/// Puts a value before the element at `place`. Nothing has changed when it throws.
template <class T>
T& insert_at(vector<T>& all, std::size_t place, T value) {
    all.push_back(static_cast<T&&>(value));
    T* const first = all.data();
    auto at = all.size() - 1;
    if (at == place) return first[at];
    T last(static_cast<T&&>(first[at]));
    for (; at > place; --at) first[at] = static_cast<T&&>(first[at - 1]);
    return first[place] = static_cast<T&&>(last);
}

/// The element of a vector ordered by `of` for `key`, made if there is none.
template <class T, class Key>
T& placed(vector<T>& all, const Key& key, Key T::*of) {
    const auto at = place_of(all, key, of);
    if (at != all.size() && all[at].*of == key) return all[at];
    T fresh{};
    fresh.*of = key;
    return insert_at(all, at, static_cast<T&&>(fresh));
}

/// Takes out every element that `drop` says yes to; the others stay in their order.
template <class T, class Drop>
void drop_if(vector<T>& all, Drop drop) {
    T* const first = all.data();
    std::size_t kept = 0;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (const T& one = first[at]; drop(one)) continue;
        if (kept != at) first[kept] = static_cast<T&&>(first[at]);
        ++kept;
    }
    while (all.size() > kept) all.pop_back();
}

/// Puts a vector into the order of `before`; equals stay as they stood. Cost: O(n log n) moves.
template <class T, class Before>
void sort(vector<T>& all, Before before) {
    if (all.size() < 2) return;
    vector<T> merged;
    merged.reserve(all.size());
    for (std::size_t run = 1; run < all.size(); run *= 2) {
        for (std::size_t from = 0; from < all.size(); from += 2 * run) {
            auto left = from;
            auto right = (std::min)(from + run, all.size());
            const auto middle = right;
            const auto end = (std::min)(from + 2 * run, all.size());
            while (left < middle || right < end) {
                const bool take_right =
                    left == middle || (right < end && before(all[right], all[left]));
                merged.push_back(static_cast<T&&>(all[take_right ? right++ : left++]));
            }
        }
        all.swap(merged);
        merged.clear();
    }
}

/// Puts every value of `more` into `all`, each once, in order.
template <class T>
void unite(vector<T>& all, const vector<T>& more) {
    for (const auto& one : more)
        if (!contains(all, one)) all.push_back(one);
    sort(all, std::less{});
}

}  // namespace v0
}  // namespace lockbox
