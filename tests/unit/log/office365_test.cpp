#include <lockbox/audit/office365.hpp>

#include <fstream>
#include <iterator>

#include <lockbox/command.hpp>
#include <lockbox/optional.hpp>

#include "support/naughty_strings.hpp"
#include "support/precompiled.hpp"

#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#endif

using namespace lockbox;
using namespace std::chrono_literals;
using V = default_vocabulary;
using event = audit_event<V>;

namespace {

constexpr V::time_point nine{std::chrono::milliseconds{1'793'610'000'999}};  // 2026-11-02T09:00:00Z

const actor<V> ada{"ada@contoso.example", capacity::member};
const actor<V> mia{"mia@provider.example", capacity::manager};
const actor<V> eve{"eve@provider.example", capacity::engineer};
const actor<V> sweeper{"sweeper", capacity::system};

event submission_event() {
    submitted<V> s;
    s.asked.change([](auto& one) {
        one.scope = {"Exchange", {"New-MailboxSearch"}, {"/mailboxes/ada"}};
        one.duration = 90min;
    });
    event e;
    e.tenant = "contoso";
    e.sequence = 17;
    e.at = nine;
    e.actor = eve;
    e.request = V::request_id_of(7);
    e.case_number = V::case_id{"4711"};
    e.body = std::move(s);
    return e;
}

event later(event_body<V> body, const actor<V>& who) {
    auto e = submission_event();
    e.sequence = 19;
    e.actor = who;
    e.origin = "[2001:db8::23]:52666";
    e.body = std::move(body);
    return e;
}

lockbox::optional<std::string> record(event_body<V> body, const actor<V>& who,
                                      const office365_options& options = {}) {
    const auto asked = submission_event();
    return office365_record(later(std::move(body), who), &asked, options);
}

/// The keys of a JSON object of one level, in their order; those of nested lists are left out.
std::vector<std::string> keys_of(const std::string& json) {
    std::vector<std::string> keys;
    int depth = 0;
    bool inside = false;
    std::string last;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (inside && c == '\\') {
            ++at;
        } else if (c == '"') {
            inside = !inside;
            if (inside) last.clear();
        } else if (inside) {
            last += c;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ':' && depth == 1) {
            keys.push_back(last);
        }
    }
    return keys;
}

const std::vector<std::string> decision_fields = {
    "ClientIP",          "CreationTime", "ExternalAccess", "Id",
    "ObjectId",          "Operation",    "OrganizationId", "OrganizationName",
    "OriginatingServer", "Parameters",   "RecordType",     "ResultStatus",
    "SessionId",         "UserId",       "UserKey",        "UserType",
    "Version",           "Workload"};

const std::vector<std::string> mandatory = {
    "Id",       "RecordType", "CreationTime", "Operation", "OrganizationId",
    "UserType", "UserKey",    "Workload",     "UserId",    "ClientIP"};

const std::vector<std::string> elevation_fields = {
    "DataCenterSecurityEventType", "StartTime",
    "EffectiveOrganization",       "ElevationTime",
    "ElevationApprover",           "ElevationApprovedTime",
    "ElevationRequestId",          "ElevationRole",
    "ElevationDuration",           "GenericInfo"};

/// One body of every kind.
std::vector<event_body<V>> every_kind() {
    return []<class... Ts>(const one_of<Ts...>&) {
        return std::vector<event_body<V>>{event_body<V>{Ts{}}...};
    }(event_body<V>{});
}

}  // namespace

TEST_CASE("a customer's decision is written byte for byte so", "[L4]") {
    const auto written = record(approved<V>{1, "for \"4711\" only", {}}, ada);
    CHECK(
        written ==
        R"({"ClientIP":"[2001:db8::23]:52666","CreationTime":"2026-11-02T09:00:00",)"
        R"("ExternalAccess":true,"Id":"contoso/19","ObjectId":"R-000007",)"
        R"("Operation":"Set-AccessToCustomerDataRequest","OrganizationId":"contoso",)"
        R"("OrganizationName":"contoso","OriginatingServer":"lockbox","Parameters":[)"
        R"({"Name":"Comment","Value":"for \"4711\" only"},)"
        R"({"Name":"ApprovalDecision","Value":"Approve"},)"
        R"({"Name":"RequestId","Value":"R-000007"}],"RecordType":1,"ResultStatus":"True",)"
        R"("SessionId":"","UserId":"Customer Lockbox Service",)"
        R"("UserKey":"Customer Lockbox Service","UserType":3,"Version":1,"Workload":"Exchange"})");
    CHECK(keys_of(*written) == decision_fields);
}

TEST_CASE("a manager's approval is written byte for byte so", "[L4]") {
    const auto written = record(approved<V>{0, "case is real", {}}, mia);
    CHECK(
        written ==
        R"({"ClientIP":"[2001:db8::23]:52666","CreationTime":"2026-11-02T09:00:00",)"
        R"("ExternalAccess":true,"Id":"contoso/19","ObjectId":"R-000007",)"
        R"("Operation":"Approve-ElevationRequest","OrganizationId":"contoso",)"
        R"("OrganizationName":"contoso","OriginatingServer":"lockbox","RecordType":10,)"
        R"("ResultStatus":"True","UserId":"Customer Lockbox Service",)"
        R"("UserKey":"Customer Lockbox Service","UserType":3,"Version":1,"Workload":"Exchange",)"
        R"("DataCenterSecurityEventType":0,"StartTime":"2026-11-02T09:00:00",)"
        R"("EffectiveOrganization":"contoso","ElevationTime":"2026-11-02T09:00:00",)"
        R"("ElevationApprover":"mia@provider.example",)"
        R"("ElevationApprovedTime":"2026-11-02T09:00:00","ElevationRequestId":"R-000007",)"
        R"("ElevationRole":"CustomerDataAccess","ElevationDuration":2,"GenericInfo":"case is real"})");
    auto keys = keys_of(*written);
    keys.erase(keys.begin(), keys.end() - static_cast<std::ptrdiff_t>(elevation_fields.size()));
    CHECK(keys == elevation_fields);
}

TEST_CASE("an engineer's action is written byte for byte so", "[L4]") {
    const auto written =
        record(accessed<V>{{"Exchange", "New-MailboxSearch", "/mailboxes/ada"}}, eve);
    CHECK(
        written ==
        R"({"ClientIP":"[2001:db8::23]:52666","CreationTime":"2026-11-02T09:00:00",)"
        R"("ExternalAccess":true,"Id":"contoso/19","ObjectId":"","Operation":"New-MailboxSearch",)"
        R"("OrganizationId":"contoso","OrganizationName":"contoso","OriginatingServer":"lockbox",)"
        R"("Parameters":[],"RecordType":1,"ResultStatus":"True","SessionId":"",)"
        R"("UserId":"Microsoft Operator","UserKey":"Microsoft Operator","UserType":3,"Version":1,)"
        R"("Workload":"Exchange"})");
}

TEST_CASE("what a member did is Approve, Deny or Cancel, and says why when nobody did", "[L4]") {
    const auto decision = [](event_body<V> body) {
        const auto written = *record(std::move(body), ada);
        const auto from = written.find("\"Parameters\":") + 13;
        return written.substr(from, written.find("{\"Name\":\"RequestId\"") - from);
    };
    const auto said = [](std::string comment, std::string word) {
        return R"([{"Name":"Comment","Value":")" + comment +
               R"("},{"Name":"ApprovalDecision","Value":")" + word + R"("},)";
    };
    CHECK(decision(approved<V>{1, "", {}}) == said("", "Approve"));
    CHECK(decision(denied<V>{1, cause::person, "no"}) == said("no", "Deny"));
    CHECK(decision(denied<V>{0, cause::freeze, ""}) == said("freeze", "Deny"));
    CHECK(decision(denied<V>{0, cause::freeze, "breach"}) == said("breach", "Deny"));
    CHECK(decision(denied<V>{1, cause::turned_on, ""}) == said("turned_on", "Deny"));
    CHECK(decision(revoked<V>{cause::person, "enough"}) == said("enough", "Cancel"));
    CHECK(decision(revoked<V>{cause::case_closed, ""}) == said("case_closed", "Cancel"));
}

TEST_CASE("the provider's denials and revocations, and all else, are in the native log only",
          "[L4]") {
    CHECK_FALSE(record(denied<V>{0, cause::person, "no"}, mia));
    CHECK_FALSE(record(revoked<V>{cause::person, "enough"}, mia));
    CHECK_FALSE(record(revoked<V>{cause::case_closed, ""}, eve));
    std::size_t shown = 0;
    for (const auto& body : every_kind()) {
        for (const auto& who : {ada, mia, eve, sweeper}) {
            const auto written = record(body, who);
            const bool decision = who == ada && (body.is<approved<V>>() || body.is<denied<V>>() ||
                                                 body.is<revoked<V>>());
            const bool elevation = who == mia && body.is<approved<V>>();
            CAPTURE(name_of<V>(body), name_of(who.acting));
            const bool by_nobody = body.is<accessed<V>>() || body.is<consent_used<V>>();
            CHECK(written.has_value() == (decision || elevation || by_nobody));
            shown += written ? 1U : 0U;
        }
    }
    CHECK(shown == 3 + 1 + 4 + 4);
}

TEST_CASE("a use of a consent is an approval commented automatic, from no address", "[L4][G8]") {
    const auto used = record(consent_used<V>{1, 3}, mia);
    REQUIRE(used);
    const auto approval = record(approved<V>{1, "automatic", {}}, ada);
    REQUIRE(approval);
    auto expected = *approval;
    const auto from = expected.find("\"ClientIP\":\"") + 12;
    expected.erase(from, expected.find('"', from) - from);
    CHECK(*used == expected);
    CHECK(used->find("mia") == std::string::npos);
}

TEST_CASE("every record has every mandatory field, whatever is known of its request", "[L4]") {
    const auto asked = submission_event();
    for (const auto* known : {&asked, static_cast<const event*>(nullptr)}) {
        for (const auto& [body, who] : {std::pair<event_body<V>, actor<V>>{approved<V>{}, ada},
                                        {approved<V>{}, mia},
                                        {denied<V>{}, ada},
                                        {revoked<V>{}, ada},
                                        {accessed<V>{{"SharePoint", "Open", "/"}}, eve}}) {
            const auto keys = keys_of(*office365_record(later(body, who), known));
            for (const auto& field : mandatory) {
                CAPTURE(field, name_of<V>(body), known != nullptr);
                CHECK(std::ranges::count(keys, field) == 1);
            }
        }
    }
    CHECK(office365_record(later(approved<V>{}, ada))->ends_with(R"("Workload":"Lockbox"})"));
}

TEST_CASE("no decision names its decider, and no action its engineer", "[L4]") {
    CHECK(record(approved<V>{1, "fine", {}}, ada)->find("ada@") == std::string::npos);
    CHECK(record(revoked<V>{}, ada)->find("ada@") == std::string::npos);
    CHECK(record(accessed<V>{{"Exchange", "Open", "/"}}, eve)->find("eve@") == std::string::npos);
}

TEST_CASE("an elevation begins at the start that was asked for, and lasts whole hours",
          "[L4][G9]") {
    auto asked = submission_event();
    auto& s = *asked.body.get_if<submitted<V>>();
    const auto e = later(approved<V>{}, mia);
    const auto says = [&](const std::string& text) {
        return office365_record(e, &asked)->find(text) != std::string::npos;
    };
    const auto for_so_long_from = [&](V::time_point from, lockbox::duration_of<V> length) {
        s.asked.change([&](auto& one) {
            one.start = from;
            one.duration = length;
        });
    };
    for_so_long_from(nine + 24h, 60min);
    CHECK(says(R"("ElevationTime":"2026-11-03T09:00:00")"));
    CHECK(says(R"("ElevationDuration":1,)"));
    for_so_long_from(nine - 24h, 60min + 1ms);
    CHECK(says(R"("ElevationTime":"2026-11-02T09:00:00")"));
    CHECK(says(R"("ElevationDuration":2,)"));
}

TEST_CASE("a host may give its own names", "[L4]") {
    office365_options own;
    own.service_account = "BOXServiceAccount";
    own.operator_alias = "Provider Operator";
    own.organisation = "Contoso Ltd";
    own.workload = "Everything";
    own.originating_server = "box-1";
    const auto decision = *record(approved<V>{}, ada, own);
    const auto action = *record(accessed<V>{{"Exchange", "Open", "/"}}, eve, own);
    for (const std::string_view part :
         {R"("OrganizationName":"Contoso Ltd")", R"("Workload":"Everything")",
          R"("OriginatingServer":"box-1")", R"("OrganizationId":"contoso")"}) {
        CHECK(decision.find(part) != std::string::npos);
        CHECK(action.find(part) != std::string::npos);
    }
    CHECK(decision.find(R"("UserId":"BOXServiceAccount","UserKey":"BOXServiceAccount")") !=
          std::string::npos);
    CHECK(action.find(R"("UserId":"Provider Operator","UserKey":"Provider Operator")") !=
          std::string::npos);
}

TEST_CASE("records of different events have different ids, and the same event has the same",
          "[L4][T14]") {
    std::set<std::string> ids;
    for (const std::string tenant : {"a", "a/1", "a/11", "A", "1"}) {
        for (const std::uint64_t sequence : {1U, 11U, 111U}) {
            auto e = later(approved<V>{}, ada);
            e.tenant = V::tenant_id{tenant};
            e.sequence = sequence;
            const auto written = *office365_record(e);
            CHECK(written == office365_record(e));
            const auto from = written.find("\"Id\":");
            ids.insert(written.substr(from, written.find(",\"ObjectId\"") - from));
        }
    }
    CHECK(ids.size() == 15);
}

TEST_CASE("what another tenant's request asked for is never shown", "[L4][V6]") {
    auto foreign = submission_event();
    foreign.tenant = "fabrikam";
    foreign.body.get_if<submitted<V>>()->asked.change(
        [](auto& one) { one.scope.service = "Secret"; });
    const auto e = later(approved<V>{}, mia);
    CHECK(office365_record(e, &foreign) == office365_record(e));
}

TEST_CASE("the page on audit shows both presentations of a decision and of an access", "[L4]") {
    std::ifstream file{LOCKBOX_SOURCE_DIR "/docs/audit.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    const auto asked = submission_event();
    auto decision = later(approved<V>{1, "for this case only", {}}, ada);
    decision.command = V::command_id{"c-31"};
    decision.content = digest_of(approve<V>{*decision.request, "for this case only", {}});
    auto access = later(accessed<V>{{"Exchange", "New-MailboxSearch", "/mailboxes/ada"}}, eve);
    access.sequence = 23;
    access.at += 40min;
    access.command = V::command_id{"a-1"};
    access.content = digest_of(lockbox::access<V>{access.body.get_if<accessed<V>>()->to});
    std::string native;
    log::write(native, decision);
    CHECK(page.find(native + "\n```\n") != std::string::npos);
    native.clear();
    log::write(native, access);
    CHECK(page.find(native + "\n```\n") != std::string::npos);
    const auto records =
        *office365_record(decision, &asked) + '\n' + *office365_record(access, &asked) + '\n';
    CHECK(page.find("```json\n" + records) != std::string::npos);
}

TEST_CASE("the search grid shows its six columns", "[L4][L3]") {
    const auto asked = submission_event();
    std::vector<std::string> columns;
    const office365_row none;
    office365_row::fields(
        none, [&](std::string_view name, const std::string&) { columns.emplace_back(name); });
    CHECK(columns ==
          std::vector<std::string>{"Date", "IP Address", "User", "Activity", "Item", "Detail"});
    CHECK(office365_row_of(later(denied<V>{}, ada), &asked) ==
          office365_row{"2026-11-02 09:00:00", "[2001:db8::23]:52666", "Customer Lockbox Service",
                        "Set-AccessToCustomerDataRequest", "R-000007", "Deny"});
    CHECK(office365_row_of(later(accessed<V>{{"Exchange", "New-MailboxSearch", "/m/ada"}}, eve)) ==
          office365_row{"2026-11-02 09:00:00", "[2001:db8::23]:52666", "Microsoft Operator",
                        "New-MailboxSearch", "", "Exchange /m/ada"});
    CHECK_FALSE(office365_row_of(later(turned_on<V>{}, ada)));
}

TEST_CASE("the names are those that the product's documents give", "[L4]") {
    std::ifstream file{LOCKBOX_VECTORS "/microsoft365/lockbox-cmdlets.md"};
    const std::string facts{std::istreambuf_iterator<char>{file}, {}};
    if (facts.empty()) {
        WARN("skipped: no vectors");
        return;
    }
    CHECK(facts.find("Set-AccessToCustomerDataRequest -ApprovalDecision <Approve|Deny|Cancel>") !=
          std::string::npos);
    CHECK(facts.find("-UserIds \"" + std::string{V::operator_alias} + '"') != std::string::npos);
    CHECK(facts.find("Parameters[1]=ApprovalDecision, Parameters[2]=RequestId") !=
          std::string::npos);
    std::size_t from = facts.find("RecordType 10");
    for (const auto& field : elevation_fields) {
        from = facts.find(field, from);
        CAPTURE(field);
        REQUIRE(from != std::string::npos);
    }
}

TEST_CASE("a record holds nothing that a terminal obeys or a reader cannot see", "[L4][T21][V15]") {
    const std::pair<std::string, std::string_view> hidden[] = {
        {"\x7F", R"(\u007f)"},                    // DEL
        {"\xC2\x9B", R"(\u009b)"},                // CSI of eight bits
        {"\xC2\x85", R"(\u0085)"},                // next line
        {"\xC2\xAD", R"(\u00ad)"},                // soft hyphen
        {"\xE2\x80\x8B", R"(\u200b)"},            // zero width space
        {"\xE2\x80\xA8", R"(\u2028)"},            // line separator
        {"\xE2\x80\xAE", R"(\u202e)"},            // right-to-left override
        {"\xE2\x81\xA6", R"(\u2066)"},            // left-to-right isolate
        {"\xE3\x80\x80", R"(\u3000)"},            // ideographic space
        {"\xEF\xBB\xBF", R"(\ufeff)"},            // byte order mark
        {"\xF3\xA0\x81\x81", R"(\udb40\udc41)"},  // a letter of the tags
    };
    for (const auto& [raw, escape] : hidden) {
        CAPTURE(escape);
        const auto comment = "a " + raw + "b";
        const auto written = *record(denied<V>{1, cause::person, comment}, ada);
        CHECK(written.find(raw) == std::string::npos);
        CHECK(written.find(std::string{"\"a "}.append(escape).append("b\"")) != std::string::npos);
        CHECK(record(approved<V>{0, comment, {}}, mia)->find(raw) == std::string::npos);
        const accessed<V> elsewhere{{"Exchange", V::operation{"Open" + raw}, "/"}};
        CHECK(record(elsewhere, eve)->find(raw) == std::string::npos);
        std::string native;
        log::write(native, later(denied<V>{1, cause::person, comment}, ada));
        CHECK(native.find(raw) != std::string::npos);
    }
    for (unsigned char c1 = 0x80; c1 < 0xA0; ++c1) {
        const std::string raw{'\xC2', static_cast<char>(c1)};
        CHECK(record(approved<V>{1, raw, {}}, ada)->find(raw) == std::string::npos);
    }
}

TEST_CASE("what can be seen stands in a record as it is", "[L4][V15]") {
    const std::string seen =
        "\xC3\xBC \xD7\xA9\xD7\x9C \xE6\x97\xA5 \xEF\xBF\xBD \xF0\x9F\x94\x92 ~/\\x";
    const auto written = *record(approved<V>{1, seen, {}}, ada);
    CHECK(written.find(seen.substr(0, seen.size() - 2)) != std::string::npos);
}

TEST_CASE("bytes of the host that are not UTF-8 are replaced in a record", "[L4][T21]") {
    office365_options own;
    own.organisation = "Contoso \x9B\xE2\x80";
    const auto written = *record(approved<V>{}, ada, own);
    CHECK(is_utf8(written));
    CHECK(written.find("\"Contoso \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"") != std::string::npos);
}

#if __has_include(<nlohmann/json.hpp>)

TEST_CASE("text from people is JSON's own again when another reader reads it", "[L4][T21][V15]") {
    auto all = support::naughty_strings();
    for (std::uint32_t c = 1; c < 0x10000; ++c) {
        if (c % 0x400 == 1) all.emplace_back();
        if (c < 0xD800 || c > 0xDFFF) support::append_utf8(all.back(), c);
    }
    all.emplace_back("\xF0\x9F\x94\x92\xF3\xA0\x80\x81\xF3\xA0\xBF\xBF\xF4\x8F\xBF\xBF");
    for (const auto& naughty : all) {
        if (!is_utf8(naughty)) continue;  // the rules let none into an event
        CAPTURE(naughty);
        const auto written = *record(denied<V>{1, cause::person, naughty}, ada);
        REQUIRE(written.find('\n') == std::string::npos);
        const auto read = nlohmann::ordered_json::parse(written);
        std::vector<std::string> keys;
        for (const auto& [key, value] : read.items()) keys.push_back(key);
        REQUIRE(keys == decision_fields);
        const auto& parameters = read.at("Parameters");
        REQUIRE(parameters.size() == 3);
        REQUIRE(parameters[0].at("Value").get<std::string>() == naughty);
        REQUIRE(parameters[1].at("Name").get<std::string>() == "ApprovalDecision");
        REQUIRE(parameters[1].at("Value").get<std::string>() == "Deny");
        REQUIRE(parameters[2].at("Name").get<std::string>() == "RequestId");
        REQUIRE(read.at("ExternalAccess").is_boolean());
        REQUIRE(read.at("ResultStatus").is_string());
        REQUIRE(read.at("RecordType").is_number_integer());
    }
}

#endif
