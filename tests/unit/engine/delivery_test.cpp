#include "unit/engine/office.hpp"

#include <algorithm>
#include <stdexcept>

#include "support/catch.hpp"

using namespace office;

TEST_CASE("a sink gets every event once and in order while it says ok", "[engine][V19][N3]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    (void)d.grant();
    CHECK(d.engine.deliver(3)->events == 3);
    CHECK(d.engine.deliver()->events == d.log().size() - 3);
    CHECK(d.engine.deliver()->events == 0);
    CHECK(d.sink.taken == d.log());
}

TEST_CASE("a sink that asks for a retry is given the same event later", "[engine][V19]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    d.sink.says = {lockbox::delivery::retry, {}};
    CHECK(d.engine.deliver()->waiting);
    CHECK_FALSE(d.send(eve, wish())->refused);
    d.sink.says = {};
    (void)d.engine.deliver();
    CHECK(d.sink.taken == d.log());
}

TEST_CASE("what a sink calls undeliverable moves on and becomes a finding", "[engine][N3][S7]") {
    lockbox::memory_store<V> store;
    desk d{store};
    d.open();
    lb::settings_change with_mail;
    with_mail.recipients = std::vector<std::string>{"soc@contoso.example"};
    (void)d.send(ada, lb::change_settings{with_mail});
    auto asked = d.send(eve, wish());
    const auto id = *asked->happened.front().request;
    (void)d.send(mia, lb::approve{id, "", {}});
    while (d.sink.taken.size() < d.log().size() - 1) (void)d.engine.deliver(1);
    const auto last = d.log().back();
    const auto at = std::ranges::find(last.told, "soc@contoso.example", &lb::recipient::address);
    REQUIRE(at != last.told.end());
    d.sink.says = {lockbox::delivery::undeliverable,
                   {static_cast<std::uint32_t>(at - last.told.begin())}};
    const auto before = d.state().open;
    CHECK(d.engine.deliver(1)->undeliverable == 1);
    CHECK(d.state().open == before);
    const auto found = d.engine.inspect("contoso", ada);
    CHECK(std::ranges::count(*found, lockbox::fault_found::address_bounced,
                             &lockbox::finding::what) == 1);
    d.sink.says = {};
    CHECK(d.engine.deliver()->events == 1);
}

TEST_CASE("a sink that throws delays delivery and nothing else", "[engine][V19][V20]") {
    struct throwing_sink {
        bool armed = true;
        int taken = 0;
        lockbox::delivered publish(const lb::audit_event&) {
            if (armed) throw std::runtime_error{"sink"};
            ++taken;
            return {};
        }
    } sink;
    lockbox::memory_store<V> store;
    lockbox::manual_clock<V> clock{monday};
    lockbox::engine engine{clock, store, sink, lockbox::standard_policy{}};
    CHECK(engine.handle(asking(olga, lb::open_tenant{"ada"}))->happened.size() == 1);
    const auto failed = engine.deliver();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == lockbox::failure_kind::internal);
    sink.armed = false;
    CHECK(engine.deliver()->events == 1);
}

TEST_CASE("a tick records what time made true, and verdicts are the same without it",
          "[engine][K2][V12]") {
    lockbox::memory_store<V> store;
    lockbox::memory_store<V> unswept;
    desk with{store};
    desk without{unswept};
    for (auto* d : {&with, &without}) {
        d->open();
        (void)d->grant();
        (void)d->send(eve, wish());
        d->clock.advance(2h);
    }
    CHECK(*with.engine.tick() == 1);
    CHECK(*with.engine.tick() == 0);
    for (auto* d : {&with, &without}) {
        CHECK(d->send(eve, reading())->refused->why == ground::no_grant);
        CHECK(d->send(bob, lb::revoke{"R-000001", ""})->refused->why == ground::not_open);
        const auto listed = d->engine.requests({.tenant = "contoso"}, ada);
        REQUIRE(listed->entries.size() == 2);
        CHECK(listed->entries[1].status == lockbox::status::ended);
        CHECK(listed->entries[0].status == lockbox::status::pending);
        d->clock.advance(12h);
        CHECK(d->engine.requests({.tenant = "contoso"}, ada)->entries[0].status ==
              lockbox::status::expired);
    }
}
