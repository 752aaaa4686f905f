#include "platform_macros.hpp"

#include "workflow.hpp"

bool other_unit_works();

bool other_unit_works() {
    lockbox::memory_store store;
    return workflow_works(store);
}
