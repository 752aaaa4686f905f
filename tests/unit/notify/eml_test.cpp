#include <lockbox/notify/eml.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <lockbox/notify/notifier.hpp>
#include <lockbox/store/memory.hpp>

#include "support/mail.hpp"
#include "support/naughty_strings.hpp"
#include "support/precompiled.hpp"

using namespace lockbox;
using V = default_vocabulary;

namespace {

constexpr V::time_point mailed{
    std::chrono::milliseconds{1'793'610'000'000}};  // 2026-11-02T09:00:00Z
const mail_route route{"lockbox@provider.example", "ada@contoso.example"};

notification<V> message(std::string subject = "Decision needed", std::string plain = "Hello.\n") {
    notification<V> n;
    n.id = {"contoso", 18, 2};
    n.at = mailed;
    n.subject = std::move(subject);
    n.plain = std::move(plain);
    n.html = "<p>Hello.</p>\n";
    return n;
}

}  // namespace

TEST_CASE("a mail is written byte for byte so", "[N1]") {
    auto n =
        message("Decision needed by 2 November 2026, 22:00:00 UTC: request R-000007, case 4711",
                "a=b, Gr\xC3\xBC\xC3\x9F"
                "e \n.\n");
    n.importance = importance::high;
    CHECK(eml(n, route) ==
          "From: lockbox@provider.example\r\n"
          "To: ada@contoso.example\r\n"
          "Subject: Decision needed by 2 November 2026, 22:00:00 UTC: request R-000007,\r\n"
          " case 4711\r\n"
          "Date: Mon, 02 Nov 2026 09:00:00 +0000\r\n"
          "Message-ID: <18.2.636f6e746f736f@provider.example>\r\n"
          "Importance: high\r\n"
          "X-Priority: 1\r\n"
          "Auto-Submitted: auto-generated\r\n"
          "MIME-Version: 1.0\r\n"
          "Content-Type: multipart/alternative; boundary=\"=_lockbox_18_2\"\r\n"
          "\r\n"
          "--=_lockbox_18_2\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n"
          "\r\n"
          "a=3Db, Gr=C3=BC=C3=9Fe=20\r\n"
          "=2E\r\n"
          "\r\n"
          "--=_lockbox_18_2\r\n"
          "Content-Type: text/html; charset=utf-8\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n"
          "\r\n"
          "<p>Hello.</p>\r\n"
          "\r\n"
          "--=_lockbox_18_2--\r\n");
}

TEST_CASE("only what a person must act on has high importance", "[N1]") {
    auto n = message();
    const auto calm = support::read_mail(*eml(n, route));
    CHECK(calm.headers.at("Importance") == "normal");
    CHECK_FALSE(calm.headers.contains("X-Priority"));
    n.importance = importance::high;
    CHECK(support::read_mail(*eml(n, route)).headers.at("X-Priority") == "1");
}

TEST_CASE("a mail of any text is read back as that text, and its headers stay its own",
          "[T21][V15]") {
    const auto headers = support::read_mail(*eml(message(), route)).headers;
    for (const auto& naughty : support::naughty_strings()) {
        CAPTURE(naughty);
        auto n =
            message(notify::on_one_line(naughty), notify::as_block(naughty) + naughty.substr(0, 0));
        n.html = "<p>" + notify::in_html(notify::on_one_line(naughty)) + "</p>\n";
        const auto written = eml(n, route);
        REQUIRE(written);
        const auto read = support::read_mail(*written);
        REQUIRE(read.plain == n.plain);
        REQUIRE(read.html == n.html);
        REQUIRE(support::decoded_header(read.headers.at("Subject")) == n.subject);
        REQUIRE(read.headers.size() == headers.size());
        for (const auto& [name, value] : headers) {
            if (name != "Subject") REQUIRE(read.headers.at(name) == value);
        }
    }
}

TEST_CASE("subjects of every length and lines of every length keep within a mail's lines",
          "[T21]") {
    for (std::size_t length = 0; length < 300; ++length) {
        for (const std::string_view unit : {"x", "x y ", "\xC3\xBC", "\xE6\x97\xA5", "= "}) {
            std::string text;
            while (text.size() + unit.size() <= length) text += unit;
            const auto read = support::read_mail(*eml(message(text, text + '\n'), route));
            CAPTURE(length, unit);
            REQUIRE(support::decoded_header(read.headers.at("Subject")) == text);
            REQUIRE(read.plain == text + '\n');
        }
    }
}

TEST_CASE("different notifications have different message ids", "[N3][T14]") {
    const notification_id<V> ids[] = {{"contoso", 1, 1},   {"contoso", 11, 1}, {"contoso", 1, 11},
                                      {"contoso/1", 1, 1}, {"contos", 1, 1},   {"Contoso", 1, 1},
                                      {"1.contoso", 1, 1}, {"a@b", 1, 1},      {"a b", 1, 1}};
    std::set<std::string> all;
    std::set<std::string> texts;
    for (const auto& id : ids) {
        const auto written = message_id(id, "provider.example");
        CHECK(written.find_first_not_of("0123456789abcdef.@providxmpl") == std::string::npos);
        all.insert(written);
        texts.insert(text_of(id));
    }
    CHECK(all.size() == std::size(ids));
    CHECK(texts.size() == std::size(ids));
}

TEST_CASE("a mail's date is the event's instant", "[N3]") {
    auto n = message();
    const auto dated = [&](V::time_point at) {
        n.at = at;
        return support::read_mail(*eml(n, route)).headers.at("Date");
    };
    CHECK(dated(V::time_point{}) == "Thu, 01 Jan 1970 00:00:00 +0000");
    CHECK(dated(V::time_point{std::chrono::milliseconds{951'827'696'789}}) ==
          "Tue, 29 Feb 2000 12:34:56 +0000");
    n.at = V::time_point::max();
    CHECK_FALSE(eml(n, route));
}

TEST_CASE("there is no mail from or to what is no address", "[T21]") {
    CHECK_FALSE(eml(message(), {"lockbox@provider.example", ""}));
    CHECK_FALSE(eml(message(), {"lockbox@provider.example", "ada@contoso.example\r\nBcc: eve@x"}));
    CHECK_FALSE(eml(message(), {"lockbox@provider.example", "ada@contoso.example, eve@x"}));
    CHECK_FALSE(eml(message(), {"provider", "ada@contoso.example"}));
}

/// Writes each message as a file. Delivered twice, it is the same file.
struct mail_folder {
    std::filesystem::path folder;

    lockbox::delivery operator()(const lockbox::notification<V>& message) const {
        const auto mail = lockbox::eml(message, {"lockbox@provider.example", message.address});
        if (!mail) return lockbox::delivery::undeliverable;
        std::ofstream file{folder / (message_id(message.id, "lockbox") + ".eml"), std::ios::binary};
        file << *mail << std::flush;
        return file ? lockbox::delivery::ok : lockbox::delivery::retry;
    }
};

TEST_CASE("the sink that the page on notifications shows delivers", "[N3]") {
    const auto folder =
        std::filesystem::temp_directory_path() /
        ("lockbox_eml_test_" +
         std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder);
    mail_folder deliver{folder};
    memory_store<V> store;
    notifier sink{store, deliver, {"Fabrikam", "desk@provider.example", {}}};

    audit_event<V> e;
    e.tenant = "contoso";
    e.sequence = 3;
    e.at = mailed;
    submitted<V> asked;
    asked.terms = terms<V>{{{side::provider, 1, std::chrono::hours{12}, {}}}};
    e.body = asked;
    e.told = {{audience::manager_desk, {}, {}}, {audience::engineer, V::person_id{"eve"}, {}}};
    CHECK(sink.publish(e).result == delivery::undeliverable);
    CHECK(sink.publish(e).lost == std::vector<std::uint32_t>{1});
    std::ifstream file{folder / "3.0.636f6e746f736f@lockbox.eml", std::ios::binary};
    const std::string mail{std::istreambuf_iterator<char>{file}, {}};
    CHECK(support::read_mail(mail).headers.at("To") == "desk@provider.example");
    deliver.folder /= "not there";
    CHECK(sink.publish(e).result == delivery::retry);
    std::filesystem::remove_all(folder);
}
