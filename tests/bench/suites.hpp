// The benchmarks, each of which adds its figures to the report.
#pragma once

#include "report.hpp"
#include "rounds.hpp"

namespace bench {

void authorize(figures& into, effort how);
void decide(figures& into, effort how);
void replay(figures& into, effort how);
void commit(figures& into, effort how);
void growth(figures& into, effort how);
void compile(figures& into, effort how);
void footprint(figures& into, effort how);
void policy(figures& into, effort how);
void explore(figures& into, effort how);
void postgres(figures& into, effort how);

}  // namespace bench
