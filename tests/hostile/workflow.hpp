// A tenant's first steps, through everything that a host instantiates, on a store of its own.
#pragma once

#include <inside.hpp>

template <class Store>
bool workflow_works(Store& store) {
    using lb = lockbox::bind<lockbox::default_vocabulary>;
    lockbox::manual_clock<lb::vocabulary> clock{lb::time_point{std::chrono::hours{24 * 365 * 50}}};
    lockbox::no_sink sink;
    lockbox::engine engine{clock, store, sink, lockbox::standard_policy{}};
    const auto operated = lb::operator_("olga");
    const auto opened = engine.handle(
        {"contoso", operated, "192.0.2.7", "1", lb::open_tenant{.first_administrator = "ada"}});
    const auto refused = engine.handle({"contoso", operated, "192.0.2.7", "2", lb::turn_on{}});
    return opened && !opened->refused && refused && refused->refused && engine.tick() &&
           engine.deliver();
}
