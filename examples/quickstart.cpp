// A support engineer gets to one customer's mailbox through both gates, and out of it again.
#include <fmt/chrono.h>

#include <lockbox/clock.hpp>
#include <lockbox/fmt.hpp>
#include <lockbox/lockbox.hpp>
#include <lockbox/store/memory.hpp>

using namespace std::chrono_literals;
using lb = lockbox::bind<lockbox::default_vocabulary>;

int main() {
    lockbox::manual_clock clock{std::chrono::sys_days{2027y / 3 / 1} + 9h};
    lockbox::memory_store store;
    lockbox::no_sink sink;
    lockbox::engine engine{clock, store, sink, lockbox::standard_policy{}};

    std::uint64_t commands = 0;
    const auto tell = [&](const lb::actor& who, const lb::command_body& what) {
        const auto id = lb::command_id{std::to_string(++commands)};
        const auto reply = engine.handle({"contoso", who, "192.0.2.7", id, what});
        fmt::print("{:%H:%M}  {:<21}{:<20}{}\n", clock.now(), who.person, name_of(what), reply);
    };

    const auto ola = lb::operator_("ola@vendor.example");  // opens tenants
    const auto eve = lb::engineer("eve@vendor.example");   // asks
    const auto mia = lb::manager("mia@vendor.example");    // agrees first
    const auto ada = lb::member("ada@contoso.example");    // owns the data, and has the last word

    tell(ola, lb::open_tenant{.first_administrator = ada.person});
    tell(ola, lb::record_entitlement{{.plan = true, .support = true}});
    tell(ada, lb::turn_on{});

    const auto read_mail = lb::access{{"exchange", "Read-Mail", "/mailboxes/ben/inbox"}};
    tell(eve, read_mail);
    tell(eve, lb::submit{.support_case = {.number = "CASE-17",
                                          .reporter = "ben@contoso.example",
                                          .escalated = true,
                                          .tried = "the rules were rebuilt"},
                         .scope = {"exchange", {"Read-Mail"}, {"/mailboxes/ben"}},
                         .reason = lockbox::reasons::customer_initiated_support,
                         .justification = "find out where Ben's mail is lost",
                         .duration = 2h});
    clock.advance(5min);
    tell(mia, lb::approve{.request = "R-000001"});
    clock.advance(20min);
    tell(ada, lb::approve{.request = "R-000001", .comment = "go ahead"});
    tell(eve, read_mail);
    clock.advance(2h);
    tell(eve, read_mail);
}
