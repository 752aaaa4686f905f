// What platform headers are known to define, before anything of lockbox is included. The standard
// headers come first, as they would there: they are allowed not to survive this.
#pragma once

#include <outside.hpp>

// NOLINTBEGIN
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define ERROR 0
#define DELETE (0x00010000L)
#define IN
#define OUT
#define interface struct
// NOLINTEND
