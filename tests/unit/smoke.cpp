#include "support/catch.hpp"

TEST_CASE("the test runner runs", "[smoke]") { CHECK(1 + 1 == 2); }
