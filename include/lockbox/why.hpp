// Why: every refusal, verdict, pending gate and ending explains itself as a value, and the value as
// a sentence. Not in lockbox.hpp: include this to ask `engine.why`, or the functions on values that
// stand below (docs/why.md).
#pragma once

#include <lockbox/why/access.hpp>          // an access, and the grants that nearly covered it
#include <lockbox/why/asking.hpp>          // what the engine looks up for it
#include <lockbox/why/closed_request.hpp>  // what became of a request
#include <lockbox/why/explanation.hpp>     // the value, and what it rests on
#include <lockbox/why/open_request.hpp>    // what a gate waits for
#include <lockbox/why/proposal.hpp>        // what a change waits for
#include <lockbox/why/refused.hpp>         // a command that was refused
#include <lockbox/why/sentence.hpp>        // all of it in words
