#include "platform_macros.hpp"

#include <cstdio>

#include "workflow.hpp"

bool other_unit_works();

static bool this_unit_works() {
#ifdef WITH_SQLITE
    const auto* const file = "two_units.db";
    (void)std::remove(file);
    auto store = lockbox::sqlite_store<lockbox::default_vocabulary>::open(file);
    return store && workflow_works(*store);
#else
    lockbox::memory_store store;
    return workflow_works(store);
#endif
}

int main() { return this_unit_works() && other_unit_works() ? 0 : 1; }
