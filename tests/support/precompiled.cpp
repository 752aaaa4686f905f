// Nothing of its own: it has the precompiled header made that all test programs share.
#include "support/precompiled.hpp"
