// A sum is never left without a value, so its types move without throwing.
// must say: lockbox: every type in a vocabulary must move without throwing
#include <lockbox/one_of.hpp>

struct copied_only {
    copied_only() = default;
#ifdef LOCKBOX_FAULT
    copied_only(const copied_only&) {}
#endif
    static constexpr const char* name = "copied_only";
};

lockbox::one_of<copied_only> one;
