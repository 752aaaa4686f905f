// What the provider's side reads of a tenant: what was decided, not by whom (S7, S10).
#include "unit/engine/office.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <lockbox/log/json.hpp>

#include "support/catch.hpp"

using namespace office;

namespace {

using memory = lockbox::memory_store<V>;
using request_page = lockbox::page<lb::request_summary>;

const lb::actor emil{"emil", capacity::engineer};
const lb::actor nora{"nora", capacity::member};

/// A tenant whose gates ask for a role of its own, at work.
template <class Desk>
void open_with_roles(Desk& d) {
    d.open();
    (void)d.send(ada, lb::define_role{"night_shift", {lockbox::permission::decide}});
    (void)d.send(ada, lb::assign_role{"nora", "night_shift", {}});
}

/// What must not be read in an event: a member's name, a role of the tenant, where he acted from.
std::string named_in(const lb::audit_event& event) {
    std::string text;
    lockbox::log::write(text, event);
    for (const std::string_view name : {"ada", "bob", "nora", "global_admin", "compliance_admin",
                                        "access_approver", "night_shift"})
        if (text.find('"' + std::string{name} + '"') != std::string::npos) return text;
    return event.actor.acting == capacity::member && !event.origin.empty() ? text : "";
}

/// The same of a whole history; and that there are as many events as there should be.
template <class Desk>
std::string named_to(Desk& d, const lb::request_id& id, const lb::actor& reader,
                     std::size_t events) {
    const auto read = d.engine.history("contoso", id, reader);
    if (!read) return "refused";
    if (read->entries.size() != events) return std::to_string(read->entries.size()) + " events";
    for (const auto& event : read->entries)
        if (auto text = named_in(event); !text.empty()) return text;
    return "";
}

template <class Desk>
request_page listed(Desk& d, const lb::actor& reader, lb::request_query query = {}) {
    query.tenant = "contoso";
    auto found = d.engine.requests(query, reader);
    REQUIRE(found);
    return *std::move(found);
}

/// Members change roles, are refused, and tighten what is pending: all while a request waits.
template <class Desk>
void go_on_there(Desk& d, const lb::request_id& id) {
    (void)d.send(ada, lb::define_role{"night_shift", {lockbox::permission::view}});
    (void)d.send(nora, lb::approve{id, "", {}});
    (void)d.send(ada, lb::end_role{"nora", "night_shift"});
    lb::settings_change shorter;
    shorter.manager_window = 1h;
    (void)d.send(ada, lb::change_settings{shorter});
}

}  // namespace

TEST_CASE("no history tells the provider's side a member's name or role", "[engine][S7][S10][L2]") {
    memory store;
    desk d{store};
    open_with_roles(d);
    (void)d.send(ada, lb::turn_off{});
    const auto id = *d.send(eve, wish())->happened.front().request;
    go_on_there(d, id);
    (void)d.send(ada, lb::turn_on{});  // tightens: the customer's gate is added, with its roles
    CHECK(named_to(d, id, mia, 3).empty());
    CHECK(named_to(d, id, eve, 3).empty());
    (void)d.send(mia, lb::approve{id, "", {}});
    (void)d.send(bob, lb::approve{id, "", {}});
    (void)d.send(ada, lb::revoke{id, ""});
    CHECK(named_to(d, id, eve, 8).empty());
    CHECK(named_to(d, id, ada, 8) != "");
    CHECK(named_to(d, id, mia, 0) == "refused");  // it left the managers' gate
}

TEST_CASE("nor does the history of a drill", "[engine][S7][S10][S11]") {
    memory store;
    desk d{store};
    open_with_roles(d);
    const auto id = *d.send(ada, lb::drill{wish()})->happened.front().request;
    go_on_there(d, id);
    CHECK(named_to(d, id, mia, 2).empty());
    const auto read = d.engine.history("contoso", id, mia);
    REQUIRE(read);
    const auto* made = read->entries.back().body.get_if<lb::submitted>();
    REQUIRE(made != nullptr);
    CHECK(made->asked->drill);
    CHECK(made->asked->requester == lb::person_id{});
    CHECK(std::ranges::all_of(read->entries.back().told, [](const auto& one) {
        return one.as == lockbox::audience::manager || one.as == lockbox::audience::manager_desk;
    }));
    CHECK(d.engine.history("contoso", id, bob)->entries.back().actor == ada);
}

TEST_CASE("a listing tells the provider's side of a drill, and not who began it",
          "[engine][S7][S10][S11]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.send(ada, lb::drill{wish()});
    (void)d.send(eve, wish());
    const auto all = listed(d, mia);
    REQUIRE(all.entries.size() == 2);
    CHECK(all.entries[0].engineer == eve.person);
    CHECK(all.entries[1].drill);
    CHECK(all.entries[1].engineer == lb::person_id{});
    CHECK(listed(d, bob).entries[1].engineer == ada.person);

    SECTION("nor when he guesses a name") {
        lb::request_query guess;
        guess.limit = 1;
        for (const std::string name : {"ada", "bob"}) {
            guess.engineer = lb::person_id{name};
            const auto found = listed(d, mia, guess);
            CAPTURE(name);
            CHECK(found.entries.empty());
            CHECK(found.next == listed(d, mia, {.limit = 1}).next);
        }
        guess = {};
        guess.engineer = eve.person;
        const auto found = listed(d, mia, guess);
        REQUIRE(found.entries.size() == 1);
        CHECK(found.entries[0].engineer == eve.person);
    }
    SECTION("nor to an engineer who bears the member's name") {
        const lb::actor namesake{"ada", capacity::engineer};
        CHECK(listed(d, namesake).entries.empty());
        CHECK_FALSE(d.engine.history("contoso", "R-000001", namesake));
    }
}

TEST_CASE("a foreign engineer sees neither a drill nor a request, nor that they exist",
          "[engine][S10][S11][V6][T22]") {
    memory store;
    desk d{store};
    d.open();
    const auto drill = *d.send(ada, lb::drill{wish()})->happened.front().request;
    const auto wished = *d.send(eve, wish())->happened.front().request;
    CHECK(listed(d, emil).entries.empty());
    CHECK(listed(d, eve).entries.size() == 1);
    const auto unknown = d.engine.history("contoso", "R-000099", emil);
    REQUIRE_FALSE(unknown);
    for (const auto& id : {drill, wished}) {
        const auto read = d.engine.history("contoso", id, emil);
        REQUIRE_FALSE(read);
        CHECK(read.error().refusal == unknown.error().refusal);
    }
    const auto own = d.engine.history("contoso", drill, eve);
    REQUIRE_FALSE(own);
    CHECK(own.error().refusal == unknown.error().refusal);
    CHECK(d.engine.history("contoso", wished, eve));

    lb::request_query others;
    others.tenant = "contoso";
    others.engineer = eve.person;
    CHECK(d.engine.requests(others, emil).error().refusal->why == ground::not_allowed);
}

TEST_CASE("consents are listed to whoever gives them or decides, as they are now",
          "[engine][G8][S10]") {
    memory store;
    desk d{store};
    d.open();
    (void)d.send(ada, lb::assign_role{"nora", "audit_reader", {}});
    lb::change_settings allowed;
    allowed.change.consents = true;
    (void)d.send(ada, allowed);
    const auto asked = wish();
    for (const auto length : {1h, 2h})
        (void)d.send(ada, lb::consent{{asked.scope, {asked.reason}, length, monday + length}});
    for (const auto& reader : {eve, emil, mia, olga, nora}) {
        const auto read = d.engine.consents("contoso", reader);
        REQUIRE_FALSE(read);
        CHECK(read.error().refusal->why == ground::not_allowed);
    }
    const auto listed_to = [&](const lb::actor& reader) {
        const auto all = d.engine.consents("contoso", reader);
        REQUIRE(all);
        std::string line;
        for (const auto& one : *all)
            line += std::to_string(one.number) + (one.ended ? " ended " : " stands ");
        return line;
    };
    for (const auto& reader : {ada, bob}) CHECK(listed_to(reader) == "1 stands 2 stands ");
    d.clock.set(monday + 1h);
    CHECK(listed_to(bob) == "2 stands ");
    (void)d.send(ada, lb::turn_off{});
    CHECK(listed_to(bob) == "2 ended ");
}

TEST_CASE("the provider's side reads no consent in a history", "[engine][G8][S7]") {
    memory store;
    desk d{store};
    d.open();
    lb::change_settings allowed;
    allowed.change.consents = true;
    (void)d.send(ada, allowed);
    const auto asked = wish();
    (void)d.send(ada, lb::consent{{asked.scope, {asked.reason}, 2h, monday + 24h}});
    const auto id = *d.send(eve, wish())->happened.front().request;
    REQUIRE(d.send(mia, lb::approve{id, {}, {}})->happened.size() == 4);
    CHECK(named_to(d, id, eve, 5).empty());
    for (const auto& [reader, number] : {std::pair{eve, 0U}, std::pair{bob, 1U}}) {
        const auto read = d.engine.history("contoso", id, reader);
        REQUIRE(read);
        CHECK(read->entries[1].body.get_if<lb::consent_used>()->number == number);
    }
}
