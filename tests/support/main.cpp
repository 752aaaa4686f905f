// Only for a Catch2 2.13 without its library Catch2WithMain.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
