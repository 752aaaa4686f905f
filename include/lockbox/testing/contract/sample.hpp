// Identifiers for the contract to work with, of whatever type a vocabulary has.
#pragma once

#include <cstdint>
#include <string>

#include <lockbox/vocabulary.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// The n-th identifier of its type: different ones for different n, save of a type that has few. It
/// is parsed from `word` and n, or from n alone. Specialise it for an identifier that
/// takes neither.
template <class T>
struct sample {
    static T of(const char* word, std::uint32_t n) {
        const auto digits = id_traits<std::uint32_t>::text(100 + n);
        if (auto named = id_traits<T>::parse(word + ("-" + digits))) return *named;
        if (auto numbered = id_traits<T>::parse(digits)) return *numbered;
        return T{};
    }
};

template <has_names E>
struct sample<E> {
    static E of(const char* /*word*/, std::uint32_t n) {
        return static_cast<E>(n % names_of<E>.size());
    }
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
