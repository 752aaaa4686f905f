// Whether two identities are one person is the host's to say, and it must say so (V5).
// must say: lockbox: the vocabulary needs `static bool same_person(const person_id&,
// const person_id&)`
#include <lockbox/tenant.hpp>

struct words : lockbox::default_vocabulary {
#ifdef LOCKBOX_FAULT
    static void same_person(const person_id& a, const person_id& b);
#endif
};

lockbox::tenant<words> opened;
