// lockbox: no access to a customer's content without the customer's word.
//
// This is the book in order, lowest floor first; a header includes only what stands above it. Not
// in here, because they need more than the core: fmt.hpp (formatters), log/json.hpp (the canonical
// text), store/memory.hpp, store/sqlite.hpp and store/postgres.hpp, notify/, audit/, testing/,
// why.hpp and clock.hpp.
#pragma once

// The ground
#include <lockbox/fields.hpp>         // how a value states its fields
#include <lockbox/fwd.hpp>            // every name, declared
#include <lockbox/id.hpp>             // identifiers
#include <lockbox/one_of.hpp>         // exactly one of several types
#include <lockbox/stable_vector.hpp>  // a vector whose elements stay where they are
#include <lockbox/text.hpp>           // what the rules ask of text
#include <lockbox/vectors.hpp>        // look up, keep in order, take out

// The values
#include <lockbox/actor.hpp>              // who acts, on which side
#include <lockbox/bounds.hpp>             // of what a tenant may settle
#include <lockbox/clause.hpp>             // what a gate may ask for besides a number of people
#include <lockbox/consent.hpp>            // what a tenant agreed to ahead
#include <lockbox/hours.hpp>              // hours of the week
#include <lockbox/policy_place.hpp>       // the words of a tenant's own policy, and places in it
#include <lockbox/proposed_change.hpp>    // what waits for a second member
#include <lockbox/refusal.hpp>            // why not
#include <lockbox/request.hpp>            // from the asking to the end
#include <lockbox/role.hpp>               // permissions, and the roles that bundle them
#include <lockbox/scope.hpp>              // what is asked for, and what one access touches
#include <lockbox/settings.hpp>           // what a tenant settled for itself
#include <lockbox/stricter_settings.hpp>  // the meet of two
#include <lockbox/tenant.hpp>             // the state: the fold of one log
#include <lockbox/tenant_commands.hpp>    // asked of a tenant
#include <lockbox/tenant_policy.hpp>      // its own policy, as data
#include <lockbox/terms.hpp>              // what was settled for one request
#include <lockbox/vocabulary.hpp>         // the host's words

// What is asked, and what happened
#include <lockbox/audit_event.hpp>       // one entry of the log
#include <lockbox/command.hpp>           // who asks, from where
#include <lockbox/digest.hpp>            // by which a repetition is known
#include <lockbox/request_commands.hpp>  // asked about a request
#include <lockbox/request_events.hpp>    // happened to a request
#include <lockbox/tenant_events.hpp>     // happened to a tenant

// The rules
#include <lockbox/authorize.hpp>   // the verdict on one access
#include <lockbox/decide.hpp>      // every command, in one table (its rules: rules/)
#include <lockbox/evolve.hpp>      // from the log to the state (its parts: evolve/)
#include <lockbox/facts.hpp>       // what can be asked of a submission
#include <lockbox/inspect.hpp>     // what is wrong with a set-up
#include <lockbox/own_policy.hpp>  // what a tenant's own policy makes of terms
#include <lockbox/policy.hpp>      // from a submission to its terms
#include <lockbox/tighter.hpp>     // terms made stricter, one at a time

// The shell
#include <lockbox/bind.hpp>     // the host's words in one line
#include <lockbox/engine.hpp>   // what a host constructs (its parts: engine/)
#include <lockbox/guarded.hpp>  // whatever the host throws becomes a value
#include <lockbox/ports.hpp>    // clock, store, sink
#include <lockbox/query.hpp>    // what can be asked of the past
#include <lockbox/reading.hpp>  // who may read what
#include <lockbox/relay.hpp>    // the log to a sink
