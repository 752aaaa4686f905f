#include "support/scenario.hpp"

#include "support/catch.hpp"

using namespace support;

namespace {

std::string touches(const scenario& s, lb::attempt what) {
    return s.would(eve, lb::access{std::move(what)});
}

}  // namespace

TEST_CASE("access is allowed within one live grant, and recorded with its request",
          "[A1][A4][V1]") {
    scenario s;
    const auto id = s.active();
    CHECK(s.when(eve, lb::access{mail()}) == emitted({"accessed"}));
    CHECK(s.last.allowed == data_class::content);
    CHECK(s.log.back().request == id);
    CHECK(s.log.back().case_number == lb::case_id{"CASE-7"});
    CHECK(s.just<lb::accessed>().to == mail());
}

TEST_CASE("without a grant, or outside it, access is refused and recorded", "[A1][A4]") {
    scenario s;
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
    CHECK_FALSE(s.last.allowed);
    CHECK(s.just<lb::access_refused>().to == mail());
    CHECK(s.just<lb::access_refused>().refusal == *s.last.refused);
    s.active();
    const auto outside = no_access(ground::not_covered);
    CHECK(touches(s, {"exchange", "Send-Mail", "/mailboxes/ada"}) == outside);
    CHECK(touches(s, {"sharepoint", "Read-Mail", "/mailboxes/ada"}) == outside);
    CHECK(touches(s, mail("/mailboxes")) == outside);
    CHECK(touches(s, mail("/mailboxes/adam")) == outside);
    CHECK(touches(s, mail("/mailboxes/Ada")) == outside);
    CHECK(touches(s, mail("/")) == outside);
    CHECK(touches(s, {"exchange", "read-mail", "/mailboxes/ada"}) == outside);
    CHECK(touches(s, mail("/mailboxes/ada/inbox/1")) == emitted({"accessed"}));
}

TEST_CASE("a star is a letter, and the root is all of a service", "[A1]") {
    scenario s;
    auto asked = wish();
    asked.scope = {"exchange", {"*"}, {"/"}};
    s.active(asked);
    CHECK(touches(s, mail()) == no_access(ground::not_covered));
    CHECK(touches(s, {"exchange", "*", "/any/thing"}) == emitted({"accessed"}));
    CHECK(touches(s, {"exchange", "*", "/"}) == emitted({"accessed"}));
}

TEST_CASE("what is no resource is malformed, and no attempt", "[A1][V1]") {
    scenario s;
    s.active();
    for (const auto* path : {"", "mailboxes", "/mailboxes/ada/", "/mailboxes/ada/../ben",
                             "/mailboxes/./ada", "/mailboxes//ada", "/mailboxes/ada\n"})
        CHECK(touches(s, mail(path)) == refused(ground::malformed, field::access));
    CHECK(touches(s, {"", "Read-Mail", "/a"}) == refused(ground::malformed, field::access));
    CHECK(touches(s, {"exchange", "", "/a"}) == refused(ground::malformed, field::access));
}

TEST_CASE("two grants never allow together what neither allows alone", "[A1][V1][T6]") {
    scenario s;
    auto read = wish();
    read.scope = {"exchange", {"Read-Mail"}, {"/a"}};
    auto send = wish();
    send.scope = {"exchange", {"Send-Mail"}, {"/b"}};
    s.active(read);
    s.active(send);
    CHECK(touches(s, {"exchange", "Read-Mail", "/a"}) == emitted({"accessed"}));
    CHECK(touches(s, {"exchange", "Send-Mail", "/b"}) == emitted({"accessed"}));
    CHECK(touches(s, {"exchange", "Send-Mail", "/a"}) == no_access(ground::not_covered));
    CHECK(touches(s, {"exchange", "Read-Mail", "/b"}) == no_access(ground::not_covered));
}

TEST_CASE("a grant ends by itself, with or without a sweeper", "[A2][V12][T10]") {
    scenario s;
    s.active();
    CHECK(s.at(day_one + 2h - 1ms).would(eve, lb::access{mail()}) == emitted({"accessed"}));
    for (const auto after : {lb::duration{0}, lb::duration{1}, lb::duration{24h}}) {
        s.at(day_one + 2h + after);
        CHECK(s.would(eve, lb::access{mail()}) == no_access(ground::no_grant));
    }
    s.given(machine, lb::tick{});
    CHECK(s.would(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("either side revokes at any time, and the next check refuses", "[A3]") {
    for (const auto& who : {mia, milo, ada, carl, bea}) {
        scenario s;
        const auto id = s.active();
        CHECK(s.when(who, lb::revoke{id, "enough"}) == emitted({"revoked"}));
        CHECK(s.just<lb::revoked>().comment == "enough");
        CHECK(s.just<lb::revoked>().cause == cause::person);
        CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
        CHECK(s.when(who, lb::revoke{id, {}}) == refused(ground::not_open, field::request));
    }
}

TEST_CASE("revoking one grant leaves an overlapping one alone", "[A3][T31]") {
    scenario s;
    const auto first = s.active();
    const auto second = s.active();
    s.given(bea, lb::revoke{first, {}});
    CHECK(s.when(eve, lb::access{mail()}) == emitted({"accessed"}));
    CHECK(s.log.back().request == second);
    s.given(bea, lb::revoke{second, {}});
    CHECK(s.when(eve, lb::access{mail()}) == no_access(ground::no_grant));
}

TEST_CASE("every attempt at content is one event, whoever tries and as often as it is tried",
          "[A4][V13][T17]") {
    scenario s;
    s.active();
    const auto before = s.log.size();
    for (int i = 0; i < 150; ++i) s.when(mia, lb::access{mail()});
    for (int i = 0; i < 150; ++i) s.when(emil, lb::access{mail()});
    for (int i = 0; i < 150; ++i) s.when(eve, lb::access{mail()});
    CHECK(s.log.size() == before + 450);
    CHECK(s.when(ada, lb::access{mail()}) == no_access(ground::not_allowed, field::none));
    CHECK(s.when(machine, lb::access{mail()}) == no_access(ground::not_allowed, field::none));
}

TEST_CASE("metadata and service operations are allowed without a grant or a record", "[A5]") {
    scenario s;
    CHECK(s.when(eve, lb::access{{"exchange", "Get-Size", "/a"}}) == "allowed: metadata");
    CHECK(s.when(eve, lb::access{{"exchange", "Restart", "/a"}}) == "allowed: service_operation");
    CHECK(s.when(mia, lb::access{{"exchange", "Get-Size", "/a"}}) == recorded(ground::not_allowed));
}

TEST_CASE("what the catalogue lacks is content, and of two entries the stricter holds", "[A5]") {
    using enum data_class;
    const lb::catalogue all{{"a", "x", content},
                            {"a", "x", metadata},
                            {"a", "y", service_operation},
                            {"a", "y", metadata},
                            {"a", "y", service_operation}};
    CHECK(all("a", "x") == content);
    CHECK(all("a", "y") == metadata);
    CHECK(all("a", "z") == content);
    CHECK(all("b", "y") == content);
    CHECK(all("A", "y") == content);
    CHECK(lockbox::everything_is_content{}("a", "y") == content);
}

TEST_CASE("the class is looked up at each access, and no command carries it", "[A5]") {
    scenario s;
    s.active();
    s.catalogue = lockbox::everything_is_content{};
    CHECK(touches(s, {"exchange", "Get-Size", "/mailboxes/ada"}) == no_access(ground::not_covered));
}

TEST_CASE("a grant is its engineer's alone", "[A5][T27]") {
    scenario s;
    s.active();
    CHECK(s.when(emil, lb::access{mail()}) == no_access(ground::no_grant));
    const lb::actor as_others[] = {lb::manager(eve.person),
                                   lb::member(eve.person),
                                   lb::operator_(eve.person),
                                   {eve.person, capacity::system}};
    for (const auto& who : as_others)
        CHECK(s.when(who, lb::access{mail()}) == no_access(ground::not_allowed, field::none));
}
