// A tenant's id is no person's id, though both are text (T4, T15).
// must say (GNU): no match for
// must say (Clang): no viable overloaded '='
// must say: id<lockbox::
#include <lockbox/tenant.hpp>

void mix(lockbox::default_vocabulary::tenant_id tenant) {
    lockbox::actor<lockbox::default_vocabulary> who;
#ifdef LOCKBOX_FAULT
    who.person = tenant;
#else
    who.person = decltype(who.person){tenant.text()};
#endif
}
