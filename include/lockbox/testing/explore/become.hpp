// Makes a value what another is, part by part: what both have stays where it is, memory too.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <lockbox/fields.hpp>
#include <lockbox/one_of.hpp>
#include <lockbox/stable_vector.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// What an assignment does, for values that are nearly equal already.
class becoming {
  public:
    template <class T>
    static void value(T& to, const T& from) {
        if constexpr (std::is_trivially_copyable_v<T>) {
            to = from;
        } else if constexpr (has_fields<T> && std::is_aggregate_v<T>) {
            fields_of(to, from, [](const void*) { return true; });
        } else {
            whole(to, from);
        }
    }

    /// Only the fields of `to` that `takes(address)`.
    template <class T, class Takes>
    static void fields_of(T& to, const T& from, Takes takes) {
        T::fields(to, [&](std::string_view, auto& part) {
            if (takes(&part)) value(part, same_part(part, to, from));
        });
    }

  private:
    /// The part of `from` that lies where `part` lies in `to`: a field is a member of its value.
    template <class Part, class T>
    static const Part& same_part(const Part& part, const T& to, const T& from) {
        const auto at = address_of(part) - address_of(to);
        return *reinterpret_cast<const Part*>(address_of(from) + at);
    }
    static const std::byte* address_of(const auto& value) {
        return reinterpret_cast<const std::byte*>(&value);
    }
    template <class T>
    static void whole(T& to, const T& from) {
        if (!(to == from)) to = from;
    }
    template <class T>
    static void whole(vector<T>& to, const vector<T>& from) {
        to.resize(from.size());
        for (std::size_t at = 0; at < from.size(); ++at) value(to[at], from[at]);
    }
    template <class T>
    static void whole(stable_vector<T>& to, const stable_vector<T>& from) {
        while (to.size() > from.size()) to.erase(to.size() - 1);
        while (to.size() < from.size()) to.emplace_back();
        for (std::size_t at = 0; at < from.size(); ++at) value(to[at], from[at]);
    }
    template <class... Ts>
    static void whole(one_of<Ts...>& to, const one_of<Ts...>& from) {
        if (to.index() != from.index()) {
            to = from;
        } else {
            to.match([&]<class T>(T& held) { value(held, *from.template get_if<T>()); });
        }
    }
};

/// Makes `to` equal to `from`, which costs little where they differ little.
template <class T>
void become(T& to, const T& from) {
    becoming::value(to, from);
}
/// The same of those parts alone that `takes(their address in `to`)`.
template <class T, class Takes>
void become(T& to, const T& from, Takes takes) {
    becoming::fields_of(to, from, takes);
}

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
