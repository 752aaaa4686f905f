// What the C++ blocks of the pages are compiled with: all headers, and for statements
// a few objects.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include <lockbox/audit/office365.hpp>
#include <lockbox/clock.hpp>
#include <lockbox/fmt.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/notify/eml.hpp>
#include <lockbox/notify/notification.hpp>
#include <lockbox/notify/notifier.hpp>
#include <lockbox/policies.hpp>
#include <lockbox/relay.hpp>
#include <lockbox/require_vocabulary.hpp>
#include <lockbox/store/memory.hpp>
#include <lockbox/store/postgres.hpp>
#include <lockbox/store/sqlite.hpp>
#include <lockbox/testing/contract.hpp>
#include <lockbox/testing/replay_under.hpp>
#include <lockbox/why.hpp>

namespace docs {

using namespace lockbox;
using namespace std::chrono_literals;
using V = default_vocabulary;
using lb = bind<V>;

using my_engine = engine<manual_clock<V>, memory_store<V>, no_sink, standard_policy>;

struct shown_objects {
    manual_clock<V>& clock;
    memory_store<V>& store;
    no_sink& sink;
    my_engine& engine;
    lb::command command;
    lb::tenant tenant;
    lb::audit_event event;
};

}  // namespace docs
