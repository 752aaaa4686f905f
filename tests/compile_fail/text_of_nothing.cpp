// A value in the log needs a text: fields, names or id_traits.
// must say: lockbox: a type in the vocabulary has neither fields nor id_traits
#include <lockbox/log/json.hpp>

struct coordinates {
    int x = 0;
    int y = 0;
#ifndef LOCKBOX_FAULT
    static constexpr void fields(auto& self, auto&& f) {
        f("x", self.x);
        f("y", self.y);
    }
#endif
};

bool round_trips(const coordinates& at) {
    std::string text;
    lockbox::log::write(text, at);
    return lockbox::log::read<coordinates>(text).has_value();
}
