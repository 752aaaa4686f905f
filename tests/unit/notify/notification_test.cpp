#include <lockbox/notify/notification.hpp>

#include <fstream>
#include <iterator>
#include <sstream>

#include <lockbox/notify/eml.hpp>
#include <lockbox/notify/notifier.hpp>

#include "support/naughty_strings.hpp"
#include "support/precompiled.hpp"

using namespace lockbox;
using namespace std::chrono_literals;
using V = default_vocabulary;
using event = audit_event<V>;
using person = V::person_id;

namespace {

constexpr V::time_point nine{std::chrono::milliseconds{1'793'610'000'000}};  // 2026-11-02T09:00:00Z

const auto audiences = [] {
    std::vector<audience> all;
    for (std::size_t i = 0; i < names_of<audience>.size(); ++i)
        all.push_back(static_cast<audience>(i));
    return all;
}();

/// One body of every kind, with its texts, if it has any, set to `text`.
std::vector<event_body<V>> every_kind(const std::string& text = "a comment") {
    const auto all = []<class... Ts>(const one_of<Ts...>&) {
        return std::vector<event_body<V>>{event_body<V>{Ts{}}...};
    };
    auto kinds = all(event_body<V>{});
    for (auto& kind : kinds) {
        kind.match([&]<class Body>(Body& body) {
            Body::fields(body,
                         overloaded{[&](std::string_view, std::string& field) { field = text; },
                                    [](std::string_view, const auto&) {}});
        });
    }
    return kinds;
}

event submission_event(const std::string& justification = "The mailbox does not open.") {
    submitted<V> s;
    s.number = 7;
    s.asked = submission<V>{
        "eve@provider.example",
        "4711",
        {"Exchange", {"Search-Mailbox", "Export-Mail"}, {"/mailboxes/ada", "/mailboxes/bob"}},
        reasons::customer_initiated_support,
        90min,
        nine + 2h,
        nine,
        false};
    s.reporter = "rita@contoso.example";
    s.tried = "Restarted it.";
    s.justification = justification;
    s.terms = terms<V>{{{side::provider, 1, 12h, {}}, {side::tenant, 1, 12h, {"access_approver"}}}};
    s.decide_by = nine + 12h;
    s.denied_before = {V::request_id_of(5)};
    event e;
    e.tenant = "contoso";
    e.sequence = 17;
    e.at = nine;
    e.actor = {"eve@provider.example", capacity::engineer};
    e.request = V::request_id_of(7);
    e.case_number = V::case_id{"4711"};
    e.body = std::move(s);
    return e;
}

recipient<V> one(audience as) {
    if (as == audience::recipient) return {as, {}, "security@contoso.example"};
    if (as == audience::manager_desk) return {as, {}, {}};
    return {as, person{std::string{name_of(as)} + "@who.example"}, {}};
}

event later(event_body<V> body, std::vector<audience> told,
            actor<V> who = {"ada@contoso.example", capacity::member}) {
    auto e = submission_event();
    e.sequence = 18;
    e.at = nine + 1h;
    e.actor = std::move(who);
    e.body = std::move(body);
    for (const auto as : told) e.told.push_back(one(as));
    return e;
}

notification<V> only(event_body<V> body, audience as,
                     actor<V> who = {"ada@contoso.example", capacity::member}) {
    const auto asked = submission_event();
    auto all = notifications(later(std::move(body), {as}, std::move(who)), &asked);
    REQUIRE(all.size() == 1);
    return all.front();
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// What is left of a page when the tags that we write are taken out.
std::string without_our_tags(std::string html) {
    for (const std::string_view tag : {"<!DOCTYPE html>",
                                       "<html lang=\"en\">",
                                       "</html>",
                                       "<head>",
                                       "</head>",
                                       "<meta charset=\"utf-8\">",
                                       "<title>",
                                       "</title>",
                                       "<body>",
                                       "</body>",
                                       "<p>",
                                       "</p>",
                                       "<br>",
                                       "<table>",
                                       "</table>",
                                       "<tr>",
                                       "</tr>",
                                       "<th align=\"left\">",
                                       "</th>",
                                       "<td>",
                                       "</td>",
                                       "<blockquote>",
                                       "</blockquote>"}) {
        for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag)) {
            html.erase(at, tag.size());
        }
    }
    return html;
}

/// What in a message could do harm; empty when nothing.
std::string harm_in(const notification<V>& n) {
    if (has_control(n.subject)) return "the subject has a control character";
    if (!is_utf8(n.plain) || !is_utf8(n.html)) return "not UTF-8";
    if (without_our_tags(n.html).find_first_of("<>\"'`") != std::string::npos) {
        return "a character of markup is left";
    }
    std::istringstream lines{n.plain};
    for (std::string line; std::getline(lines, line);) {
        if (has_control(line)) return "a line has a control character: " + line;
    }
    return {};
}

}  // namespace

TEST_CASE("each of those told gets exactly one message, under the id of its place", "[N1][N3]") {
    const auto asked = submission_event();
    for (const auto& body : every_kind()) {
        for (const auto* known : {&asked, static_cast<const event*>(nullptr)}) {
            const auto e = later(body, audiences);
            const auto all = notifications(e, known);
            CAPTURE(name_of<V>(body), known != nullptr);
            REQUIRE(all.size() == e.told.size());
            for (std::uint32_t i = 0; i < all.size(); ++i) {
                CHECK(all[i].id == notification_id<V>{"contoso", 18, i});
                CHECK(all[i].to == e.told[i]);
                CHECK(all[i].at == e.at);
                CHECK(has(all[i].plain, "Message contoso/18/" + std::to_string(i) + ","));
                CHECK(has(all[i].html, "Message contoso/18/" + std::to_string(i) + ","));
                CHECK(has(all[i].subject, "R-000007"));
            }
        }
    }
}

TEST_CASE("an event that tells nobody gives no message, whatever it is", "[N1]") {
    const auto asked = submission_event();
    for (const auto& body : every_kind()) CHECK(notifications(later(body, {}), &asked).empty());
}

TEST_CASE("each audience gets the text that is meant for it", "[N1]") {
    struct row {
        event_body<V> body;
        audience as;
        std::string subject;
        std::string says;
        importance how;
    };
    using enum audience;
    const auto normal = importance::normal;
    const auto high = importance::high;
    const submitted<V> first = *submission_event().body.get_if<submitted<V>>();
    const gate_opened<V> opened{1, nine + 13h};
    const reminded<V> reminder{1, nine + 12h, nine + 13h, false};
    const reminded<V> escalation{1, nine + 12h, nine + 13h, true};
    const denied<V> no{1, cause::person, "not now"};
    const expired<V> late{nine + 12h};
    const auto row_of = [](event_body<V> b, audience a, const char* subject, const char* says,
                           importance how) {
        return row{std::move(b), a, subject, says, how};
    };
    change_settings<V> lower;
    lower.change.longest_access = 8h;
    const auto table = {
        row_of(first, manager_desk, "Decision needed by", "A manager's decision is needed", high),
        row_of(first, approver, "Decision awaited by", "provider's managers have been asked",
               normal),
        row_of(opened, approver, "Decision needed by", "You are one of those who may decide", high),
        row_of(opened, recipient, "Decision awaited by", "approvers have been asked", high),
        row_of(opened, engineer, "Decision awaited by", "approvers have been asked", normal),
        row_of(reminder, approver, "Reminder: decision needed by 2 November 2026, 22:00:00 UTC",
               "It still waits for a decision, and its time is running out.", high),
        row_of(reminder, recipient, "Reminder: decision awaited by", "approvers have been asked",
               high),
        row_of(reminded<V>{0, nine + 11h, nine + 12h, false}, manager_desk,
               "Reminder: decision needed by", "A manager's decision is needed", high),
        row_of(escalation, approver, "Escalated: decision needed by", "are told, too", high),
        row_of(escalation, recipient, "Escalated: decision awaited by 2 November 2026, 22:00:00",
               "Those whom this organisation named for that case are told, too.", high),
        row_of(asked<V>{"why?"}, engineer, "Question", "please answer soon", high),
        row_of(asked<V>{"why?"}, approver, "Question", "was asked for more", normal),
        row_of(answered<V>{"so"}, approver, "Answer", "has answered", high),
        row_of(answered<V>{"so"}, recipient, "Answer", "has answered", normal),
        row_of(granted<V>{}, engineer, "Access granted", "Every access is recorded", normal),
        row_of(granted<V>{}, manager, "Access granted", "Every access is recorded", normal),
        row_of(granted<V>{}, approver, "Access granted", "Nothing more needs to be decided",
               normal),
        row_of(no, engineer, "Denied", "No access was given. To ask again", normal),
        row_of(no, manager, "Denied", "No access was given. To ask again", normal),
        row_of(no, approver, "Denied", "It is settled", normal),
        row_of(no, reporter, "Denied", "may therefore persist", normal),
        row_of(late, engineer, "Expired", "2 November 2026, 21:00:00 UTC", normal),
        row_of(late, approver, "Expired", "It is settled", normal),
        row_of(late, reporter, "Expired", "may therefore persist", normal),
        row_of(withdrawn<V>{}, approver, "Withdrawn", "It is settled", normal),
        row_of(withdrawn<V>{cause::case_closed}, engineer, "Withdrawn", "its case was closed",
               normal),
        row_of(revoked<V>{}, engineer, "Access revoked", "by the customer", normal),
        row_of(revoked<V>{cause::freeze, {}}, manager, "Access revoked", "froze all access",
               normal),
        row_of(ended<V>{nine + 2h}, engineer, "Access ended", "11:00:00 UTC", normal),
        row_of(finished<V>{}, manager, "Access handed back", "finished early", normal),
        row_of(finished<V>{cause::drill}, approver, "Drill completed", "nobody access", normal),
        row_of(audit_visibility_changed<V>{true}, administrator, "Audit log shown", "can now",
               normal),
        row_of(audit_visibility_changed<V>{false}, administrator, "Audit log hidden", "no longer",
               normal),
        row_of(turned_on<V>{}, administrator, "Lockbox turned on", "needs the approval", normal),
        row_of(turned_off<V>{}, administrator, "Lockbox turned off", "no longer ask", normal),
        row_of(frozen<V>{"breach"}, administrator, "All access frozen", "  | breach", normal),
        row_of(freeze_lifted<V>{}, administrator, "Freeze lifted", "submitted again", normal),
        row_of(consent_used<V>{1, 3}, approver, "Opened by consent", "nobody was asked to decide",
               normal),
        row_of(consent_used<V>{1, 3}, recipient, "Opened by consent", "  3\n", normal),
        row_of(consent_used<V>{1, 3}, engineer, "Opened by consent", "has opened by itself",
               normal),
        row_of(consent_given<V>{3, {}, {}}, approver, "Consent given", "has agreed ahead", normal),
        row_of(consent_withdrawn<V>{3}, recipient, "Consent withdrawn", "all access that it opened",
               normal),
        row_of(revoked<V>{cause::consent_withdrawn, {}}, engineer, "Access revoked",
               "because the customer withdrew its consent", normal),
        row_of(change_proposed<V>{3, lower, nine + 12h}, administrator,
               "Agreement needed by 2 November 2026, 21:00:00 UTC", "longest_access: 8 h", high),
        row_of(change_proposed<V>{3, turn_off<V>{}, nine + 12h}, administrator,
               "Agreement needed by", "you are one of those who may agree or decline", high),
        row_of(change_agreed<V>{3, {}}, administrator, "Change agreed", "has taken effect", normal),
        row_of(change_declined<V>{3, {}, decline_cause::person}, administrator, "Change declined",
               "A member declined what you proposed.", normal),
        row_of(change_declined<V>{3, {}, decline_cause::settings_changed}, administrator,
               "Change declined", "it is void", normal),
        row_of(change_lapsed<V>{3, {}, nine + 12h}, administrator, "Change lapsed",
               "before 2 November 2026, 21:00:00 UTC", normal),
        row_of(case_closed<V>{}, engineer, "Case closed", "were withdrawn", normal),
        row_of(terms_tightened<V>{}, approver, "Stricter terms", "became stricter", normal),
        row_of(approved<V>{}, approver, "One approval", "One person has approved", normal),
        row_of(role_assigned<V>{}, administrator, "Recorded: role_assigned", "new entry", normal),
    };
    for (const auto& r : table) {
        const auto n = only(r.body, r.as);
        CAPTURE(name_of<V>(r.body), name_of(r.as), n.subject, n.plain);
        CHECK(n.subject.starts_with(r.subject));
        CHECK(has(n.plain, r.says));
        CHECK(n.importance == r.how);
    }
}

TEST_CASE("a consent is told with all its limits, and to its own side alone", "[G8][N2][S7]") {
    const consent_given<V> given{
        3,
        {{"Exchange", {"Search-Mailbox"}, {"/mailboxes"}}, {"production_alert"}, 90min, nine + 24h},
        {"carl@contoso.example"}};
    const auto n = only(given, audience::approver);
    for (const auto* part : {"Exchange", "  | Search-Mailbox", "  | /mailboxes",
                             "  | production_alert", "1 h 30 min", "3 November 2026, 09:00:00 UTC"})
        CHECK(has(n.plain, part));
    const auto used = only(consent_used<V>{1, 3}, audience::approver);
    for (const auto* part : {"Decision:", "automatic", "Consent:", "eve@provider.example",
                             "1 h 30 min", "The mailbox does not open."})
        CHECK(has(used.plain, part));
    for (const auto as : {audience::engineer, audience::manager, audience::manager_desk}) {
        CHECK_FALSE(has(only(consent_used<V>{1, 3}, as).plain, "Consent:"));
        CHECK_FALSE(has(only(given, as).plain, "/mailboxes"));
    }
}

TEST_CASE("who is to agree reads what the change asks for, and no markup in it", "[N2][S9][T21]") {
    change_settings<V> change;
    change.change.exempted = {"<b>mail</b>", "files\r\nBcc: x"};
    change.change.two_person_changes = false;
    const auto n = only(change_proposed<V>{3, change, nine + 12h}, audience::administrator);
    CHECK(has(n.plain, "Proposal:"));
    CHECK(has(n.plain, "change_settings"));
    CHECK(has(n.plain, "two_person_changes: false"));
    CHECK_FALSE(has(n.plain, "approvers_needed"));
    CHECK_FALSE(has(n.plain, "\nBcc"));
    CHECK(has(n.html, "&lt;b&gt;mail&lt;/b&gt;"));
    CHECK_FALSE(has(n.html, "<b>mail"));
}

TEST_CASE("an approver reads all that the decision is about", "[N2]") {
    const auto n = only(gate_opened<V>{1, nine + 13h}, audience::approver);
    CHECK(n.subject ==
          "Decision needed by 2 November 2026, 22:00:00 UTC: request R-000007, case 4711");
    for (const std::string_view line :
         {"Service:           Exchange\n", "Request:           R-000007\n",
          "Case:              4711\n", "Tenant:            contoso\n",
          "Requested by:      eve@provider.example\n",
          "Reason:            customer_initiated_support\n",
          "Created:           2 November 2026, 09:00:00 UTC\n", "Duration:          1 h 30 min\n",
          "Not before:        2 November 2026, 11:00:00 UTC\n",
          "Case reported by:  rita@contoso.example\n",
          "Expires:           2 November 2026, 22:00:00 UTC\n",
          "Operations:\n  | Search-Mailbox\n  | Export-Mail\n",
          "Resources, each with all under it:\n  | /mailboxes/ada\n  | /mailboxes/bob\n",
          "Justification:\n  | The mailbox does not open.\n", "Tried before:\n  | Restarted it.\n",
          "Denied before on this case:\n  | R-000005\n",
          "If nobody decides before it expires, or if it is denied, no access is given"}) {
        CAPTURE(line);
        CHECK(has(n.plain, line));
    }
    CHECK(has(n.html, "<tr><th align=\"left\">Duration</th><td>1 h 30 min</td></tr>"));
    CHECK(has(n.html, "<blockquote>/mailboxes/ada<br>\n/mailboxes/bob</blockquote>"));
}

TEST_CASE("the page on notifications shows what an approver reads", "[N2]") {
    std::ifstream file{LOCKBOX_SOURCE_DIR "/docs/notifications.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    const auto n = only(gate_opened<V>{1, nine + 13h}, audience::approver);
    CHECK(has(page, "Subject: " + n.subject + "\n\n" + n.plain));
}

TEST_CASE("a reminder tells again all that the decision is about, and holds no link", "[N4][N2]") {
    for (const bool escalated : {false, true}) {
        const auto n = only(reminded<V>{1, nine + 12h, nine + 13h, escalated}, audience::approver);
        CHECK(has(n.plain, "Expires:           2 November 2026, 22:00:00 UTC\n"));
        CHECK(has(n.plain, "Justification:\n  | The mailbox does not open.\n"));
        CHECK(has(n.plain, "This message holds no link."));
        CHECK(has(n.html, "It still waits for a decision"));
        CHECK_FALSE(has(n.html, "href"));
        CHECK(harm_in(n).empty());
        CHECK(has(*eml(n, {"lockbox@provider.example", "ada@contoso.example"}),
                  "Importance: high\r\n"));
    }
}

TEST_CASE("a grant's message tells its own limits, not those that were asked for", "[N1][G7]") {
    const granted<V> less{
        {"Exchange", {"Search-Mailbox"}, {"/mailboxes/bob"}}, nine + 2h, nine + 3h};
    const auto n = only(less, audience::engineer);
    CHECK(has(n.plain, "From:              2 November 2026, 11:00:00 UTC\n"));
    CHECK(has(n.plain, "Until:             2 November 2026, 12:00:00 UTC\n"));
    CHECK(has(n.plain, "Operations:\n  | Search-Mailbox\n\n"));
    CHECK_FALSE(has(n.plain, "/mailboxes/ada"));
}

TEST_CASE("mail goes where the log, the settings or the host say", "[N1]") {
    wording words;
    words.manager_desk_address = "desk@provider.example";
    CHECK(address_of<V>({audience::manager_desk, {}, {}}, words) == "desk@provider.example");
    CHECK(address_of<V>({audience::manager_desk, {}, {}}, {}).empty());
    CHECK(address_of<V>({audience::recipient, {}, "s@contoso.example"}, {}) == "s@contoso.example");
    CHECK(address_of<V>({audience::approver, person{"ada@contoso.example"}, {}}, {}) ==
          "ada@contoso.example");
    CHECK(address_of<V>({audience::approver, person{"ada"}, {}}, {}).empty());
    CHECK(address_of<V>({audience::approver, person{"ada@x\r\nBcc: eve@x"}, {}}, {}).empty());
}

TEST_CASE("members are named to their own organisation, and never to the provider's side",
          "[N1][S7]") {
    for (const auto& body : every_kind()) {
        if (body.is<submitted<V>>()) continue;
        for (const auto as : {audience::engineer, audience::manager, audience::manager_desk}) {
            const auto n = only(body, as);
            CAPTURE(name_of<V>(body), name_of(as), n.plain);
            CHECK_FALSE(has(n.plain + n.html + n.subject, "ada@contoso.example"));
        }
    }
    CHECK(has(only(denied<V>{}, audience::approver).plain,
              "Denied by:         ada@contoso.example\n"));
}

TEST_CASE("a reporter learns that the issue may persist, and neither names nor comments", "[N1]") {
    const denied<V> no{1, cause::person, "we do not trust them"};
    for (const auto& body : {event_body<V>{no}, event_body<V>{expired<V>{nine + 12h}}}) {
        for (const auto acting : {capacity::member, capacity::manager}) {
            const auto n = only(body, audience::reporter, {"dora@x.example", acting});
            CAPTURE(n.plain);
            CHECK(has(n.plain, "may therefore persist"));
            for (const std::string_view secret : {"we do not trust them", "dora@x.example",
                                                  "eve@provider.example", "does not open"}) {
                CHECK_FALSE(has(n.plain + n.html, secret));
            }
        }
    }
    for (const auto& body : every_kind("we do not trust them")) {
        const auto n = only(body, audience::reporter, {"dora@x.example", capacity::manager});
        CAPTURE(name_of<V>(body), n.plain);
        CHECK(has(n.plain, "may therefore persist") ==
              (body.is<denied<V>>() || body.is<expired<V>>()));
        for (const std::string_view secret : {"we do not trust them", "dora@x.example", "eve@"}) {
            CHECK_FALSE(has(n.plain + n.html, secret));
        }
    }
}

TEST_CASE("a drill says so first, in every message, and no issue persists by it", "[N1][S11]") {
    auto asked = submission_event();
    asked.body.get_if<submitted<V>>()->asked.change([](auto& one) { one.drill = true; });
    for (const auto& body : every_kind()) {
        if (body.is<submitted<V>>()) continue;
        for (const auto& n : notifications(later(body, audiences), &asked)) {
            CAPTURE(name_of<V>(body), n.plain);
            CHECK(n.subject.starts_with("[Drill] "));
            CHECK(n.plain.starts_with("This is a drill of the set-up."));
            CHECK_FALSE(has(n.plain, "may therefore persist"));
        }
    }
    CHECK_FALSE(has(only(denied<V>{}, audience::engineer).subject, "Drill"));
}

TEST_CASE("no message holds a link, even when people wrote some", "[N2][T21]") {
    const std::string links =
        "http://evil.example HTTPS://evil.example WwW.evil.example MailTo:eve@x";
    auto asked = submission_event(links);
    asked.body.get_if<submitted<V>>()->tried = links;
    for (const auto& body : every_kind(links)) {
        for (const auto& n : notifications(later(body, audiences), &asked)) {
            for (const std::string_view maker :
                 {"://", "href", "www.", "WwW.", "mailto:", "MailTo:"}) {
                CAPTURE(name_of<V>(body), maker);
                CHECK_FALSE(has(n.subject + n.plain + n.html, maker));
            }
        }
        for (const auto& n : notifications(later(every_kind().front(), audiences), &asked)) {
            CHECK_FALSE(has(n.subject + n.plain + n.html, "http"));
        }
    }
}

TEST_CASE("a host that wants a link gives one, and ids cannot break out of it", "[N2][T21]") {
    auto e = later(gate_opened<V>{1, nine + 13h}, {audience::approver});
    e.case_number = V::case_id{"47/11 \"><script>"};
    wording words;
    words.link = "https://lockbox.example/{tenant}/{request}?case={case}&at=1";
    const auto n = notifications(e, &e, words).front();
    CHECK(has(n.plain,
              "https://lockbox.example/contoso/R-000007?case=47%2F11%20%22%3E%3Cscript%3E&at=1\n"));
    CHECK(has(n.html,
              "<a href=\"https://lockbox.example/contoso/R-000007?case="
              "47%2F11%20%22%3E%3Cscript%3E&amp;at=1\">"));
    CHECK_FALSE(has(n.plain, "holds no link"));
}

TEST_CASE("text from people is inert in the subject, in plain text and in HTML", "[N2][T21][V15]") {
    std::size_t checked = 0;
    for (const auto& naughty : support::naughty_strings()) {
        auto asked = submission_event(naughty);
        auto& s = *asked.body.get_if<submitted<V>>();
        s.asked.change([&](auto& one) {
            one.requester = person{naughty};
            one.reason = V::reason{naughty};
            one.scope.resources = {naughty};
        });
        s.tried = naughty;
        const event_body<V> bodies[] = {gate_opened<V>{1, nine + 13h},
                                        denied<V>{1, cause::person, naughty},
                                        lockbox::asked<V>{naughty}, answered<V>{naughty}};
        for (const auto& body : bodies) {
            auto e = later(body, {audience::approver});
            e.case_number = V::case_id{naughty};
            e.tenant = V::tenant_id{naughty};
            asked.tenant = e.tenant;
            for (const auto& n : notifications(e, &asked)) {
                if (const auto fault = harm_in(n); !fault.empty()) {
                    CAPTURE(naughty, name_of<V>(body), n.subject, n.plain, n.html);
                    FAIL_CHECK(fault);
                }
                ++checked;
            }
        }
    }
    CHECK(checked >= std::size_t{11} * 4);
}

TEST_CASE("what somebody wrote cannot pass for a line of ours", "[T21][V15]") {
    for (const std::string line_break :
         {"\n", "\r\n", "\r", "\v", "\f", "\xC2\x85", "\xE2\x80\xA8"}) {
        auto asked = submission_event("It is urgent." + line_break + "Expires:           never");
        const auto e = later(gate_opened<V>{1, nine + 13h}, {audience::approver});
        const auto plain = notifications(e, &asked).front().plain;
        CHECK(has(plain, "Justification:\n  | It is urgent.\n  | Expires:           never\n"));
        CHECK_FALSE(has(plain, "\nExpires:           never"));
    }
}

TEST_CASE("text that does no harm is shown as it was written", "[V15]") {
    const std::string family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";  // joined by U+200D
    const std::string fine =
        "Gr\xC3\xBC\xC3\x9F"
        "e, \xE6\x97\xA5\xE6\x9C\xAC 3.14 & <b> " +
        family;
    auto asked = submission_event(fine);
    const auto e = later(gate_opened<V>{1, nine + 13h}, {audience::approver});
    CHECK(has(notifications(e, &asked).front().plain, "  | " + fine + "\n"));
    CHECK(notify::on_one_line("ada\xE2\x80\x8D@x") == "ada\xEF\xBF\xBD@x");
}

TEST_CASE("what another tenant or request asked for is never shown", "[V6]") {
    const auto e = later(gate_opened<V>{1, nine + 13h}, {audience::approver});
    auto foreign = submission_event("a secret of fabrikam");
    foreign.tenant = "fabrikam";
    auto other = submission_event("a secret of another request");
    other.request = V::request_id_of(8);
    const auto without = notifications(e);
    CHECK(notifications(e, &foreign) == without);
    CHECK(notifications(e, &other) == without);
    CHECK_FALSE(notifications(e, &e) == notifications(e, [&] {
                    static const auto own = submission_event();
                    return &own;
                }()));
}

TEST_CASE("the same event gives the same bytes again", "[N3]") {
    const auto asked = submission_event();
    for (const auto& body : every_kind()) {
        const auto e = later(body, audiences);
        CHECK(notifications(e, &asked) == notifications(e, &asked));
    }
}

TEST_CASE("instants and durations are told exactly, and so that people can read them", "[N2]") {
    using notify::readable;
    CHECK(readable(nine) == "2 November 2026, 09:00:00 UTC");
    CHECK(readable(nine + 8 * 24h + 7ms) == "10 November 2026, 09:00:00.007 UTC");
    CHECK(readable(V::time_point{}) == "1 January 1970, 00:00:00 UTC");
    CHECK(readable(V::time_point::min()) == "?");
    CHECK(readable(V::time_point::max()) == "?");
    CHECK(readable(std::chrono::milliseconds{90min}) == "1 h 30 min");
    CHECK(readable(std::chrono::milliseconds{24h}) == "24 h");
    CHECK(readable(std::chrono::milliseconds{61'001}) == "1 min 1 s 1 ms");
    CHECK(readable(std::chrono::milliseconds{0}) == "0 s");
}

namespace notification_host {

/// A host with integers for tenants, and resources that are neither text nor identifiers.
struct box {
    int shelf = 0;
    friend bool operator==(const box&, const box&) = default;
};
struct boxes {
    V::service service{};
    std::vector<V::operation> operations{};
    std::vector<box> resources{};
    [[nodiscard]] bool covers(const V::access&) const { return true; }
    [[nodiscard]] bool within(const boxes&) const { return true; }
    [[nodiscard]] boxes meet(const boxes& other) const { return other; }
    [[nodiscard]] bool empty() const { return resources.empty(); }
    [[nodiscard]] bool well_formed() const { return true; }
    friend bool operator==(const boxes&, const boxes&) = default;
};
struct own_words : default_vocabulary {
    using tenant_id = std::uint64_t;
    using scope = boxes;
};
static_assert(vocabulary<own_words>);

}  // namespace notification_host

using notification_host::own_words;

TEST_CASE("a host's own vocabulary is told as far as it has words for it", "[N2]") {
    submitted<own_words> s;
    s.asked.change([](auto& one) { one.scope = {"Storage", {"Open"}, {{1}, {2}, {3}}}; });
    s.terms = terms<own_words>{{{side::tenant, 1, 12h, {"access_approver"}}}};
    audit_event<own_words> e;
    e.tenant = 42;
    e.sequence = 9;
    e.body = s;
    e.told = {{audience::approver, person{"ada@contoso.example"}, {}}};
    const auto n = notifications(e).front();
    CHECK(has(n.plain, "Tenant:            42\n"));
    CHECK(has(n.plain, "Resources, each with all under it:\n  | 3\n"));
    CHECK(text_of(n.id) == "42/9/0");
}

namespace {

struct one_submission {
    using vocabulary = V;
    bool broken = false;
    std::vector<log_query<V>> queries{};

    outcome<page<event>> search(const log_query<V>& query) {
        queries.push_back(query);
        if (broken) return tl::unexpected{failure{failure_kind::busy, "busy"}};
        return page<event>{{submission_event()}, {}};
    }
};

struct postbox {
    std::map<std::uint32_t, delivery> answers{};
    std::vector<notification<V>> given{};

    delivery operator()(const notification<V>& n) {
        given.push_back(n);
        const auto found = answers.find(n.id.index);
        return found == answers.end() ? delivery::ok : found->second;
    }
};

}  // namespace

TEST_CASE("a notifier serves all who were told, and asks the store what it was about",
          "[N3][V19]") {
    static_assert(sink_for<notifier<one_submission, postbox>, V>);
    one_submission store;
    postbox sent;
    notifier sink{store, sent};
    const auto e = later(gate_opened<V>{1, nine + 13h}, audiences);

    CHECK(sink.publish(later(turned_on<V>{}, {})).result == delivery::ok);
    CHECK(store.queries.empty());
    CHECK(sink.publish(e).result == delivery::ok);
    REQUIRE(store.queries.size() == 1);
    CHECK(store.queries[0].tenant == e.tenant);
    CHECK(store.queries[0].item == e.request);
    CHECK(store.queries[0].activity == "submitted");
    const auto asked = submission_event();
    CHECK(sent.given == notifications(e, &asked));
}

TEST_CASE("a notifier stops to be retried, and reports what cannot be delivered", "[N3][V19]") {
    one_submission store;
    postbox sent;
    notifier sink{store, sent};
    const auto e = later(gate_opened<V>{1, nine + 13h}, audiences);
    const auto publish = [&] {
        sent.given.clear();
        const auto answer = sink.publish(e);
        return std::tuple{answer.result, answer.lost, sent.given.size()};
    };
    const auto all = audiences.size();
    using lost = std::vector<std::uint32_t>;

    sent.answers = {{2, delivery::undeliverable}, {4, delivery::undeliverable}};
    CHECK(publish() == std::tuple{delivery::undeliverable, lost{2, 4}, all});
    sent.answers = {{2, delivery::undeliverable}, {4, delivery::retry}};
    CHECK(publish() == std::tuple{delivery::retry, lost{}, std::size_t{5}});
    sent.answers = {};
    store.broken = true;
    CHECK(publish() == std::tuple{delivery::retry, lost{}, std::size_t{0}});
}
