// Text from elsewhere becomes an identifier only where the code says so.
// must say (GNU): could not convert
// must say (Clang): no viable conversion from
#include <lockbox/vocabulary.hpp>

lockbox::default_vocabulary::person_id named(const std::string& text) {
#ifdef LOCKBOX_FAULT
    return text;
#else
    return lockbox::default_vocabulary::person_id{text};
#endif
}
