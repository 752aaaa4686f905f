// The log keeps milliseconds: an instant that is finer would not come back as it was.
// must say: lockbox: `time_point` must be a std::chrono::time_point that counts milliseconds
#include <lockbox/tenant.hpp>

struct words : lockbox::default_vocabulary {
#ifdef LOCKBOX_FAULT
    using time_point = std::chrono::sys_time<std::chrono::microseconds>;
#else
    using time_point = std::chrono::sys_seconds;
#endif
};

lockbox::tenant<words> opened;
