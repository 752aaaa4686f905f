// A host's own identifier has no text until id_traits gives it one.
// must say: lockbox: `case_id` is no identifier: see id_traits
#include <lockbox/optional.hpp>
#include <lockbox/tenant.hpp>

struct ticket {
    int number = 0;
    friend auto operator<=>(const ticket&, const ticket&) = default;
};

#ifndef LOCKBOX_FAULT
template <>
struct lockbox::id_traits<ticket> {
    static std::string text(ticket t) { return id_traits<int>::text(t.number); }
    static lockbox::optional<ticket> parse(std::string_view text) {
        const auto number = id_traits<int>::parse(text);
        return number ? lockbox::optional{ticket{*number}} : std::nullopt;
    }
    static bool well_formed(ticket t) { return t.number > 0; }
};
#endif

struct words : lockbox::default_vocabulary {
    using case_id = ticket;
};

lockbox::tenant<words> opened;
