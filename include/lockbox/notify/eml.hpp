// A notification as one mail: RFC 5322 headers, plain text and HTML as alternatives.
// Pure; nothing is sent.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/notify/mime.hpp>
#include <lockbox/notify/notification.hpp>
#include <lockbox/optional.hpp>

namespace lockbox {
inline namespace v0 {

/// Who sends, and to whom: both the host's. `to` is looked up for a recipient without an address.
struct mail_route {
    std::string from{};
    std::string to{};
};

namespace notify::detail {

/// "Mon, 2 Nov 2026 09:00:00 +0000", of a representable instant.
[[nodiscard]] inline std::string mail_date(std::chrono::milliseconds since) {
    constexpr std::string_view days = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto text = log::instant_text(since);
    const std::string_view t{text.data(), text.size()};
    const auto day = std::chrono::sys_days{std::chrono::floor<std::chrono::days>(since)};
    const auto month = static_cast<std::size_t>((t[5] - '0') * 10 + (t[6] - '0') - 1);
    std::string out{days.substr(std::chrono::weekday{day}.c_encoding() * std::size_t{3}, 3)};
    ((out += ", ") += t.substr(8, 2)) += ' ';
    ((out += months.substr(month * 3, 3)) += ' ') += t.substr(0, 4);
    return ((out += ' ') += t.substr(11, 8)) += " +0000";
}

inline void append_part(std::string& out, std::string_view boundary, std::string_view type,
                        std::string_view body) {
    ((out += "--") += boundary) += "\r\n";
    ((out += "Content-Type: text/") += type) += "; charset=utf-8\r\n";
    out += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    out += quoted_printable(body);
    out += "\r\n";
}

}  // namespace notify::detail

/// The Message-ID of a notification's mail, without its brackets: injective in the
/// notification's id, so that a mail sent twice is known as one (N3, T14).
template <class V>
[[nodiscard]] std::string message_id(const notification_id<V>& id, std::string_view domain) {
    const auto number = [](auto n) { return id_traits<decltype(n)>::text(n); };
    return number(id.sequence) + '.' + number(id.index) + '.' +
           notify::detail::hex(id_traits<typename V::tenant_id>::text(id.tenant)) + '@' +
           std::string{domain};
}

/// The mail as it goes to a mail server or into a `.eml` file: ASCII, lines ended by
/// CRLF. Its date is the event's instant. Nothing when `from` or `to` is no address
/// (`is_address`): a sink answers `undeliverable` then.
template <class V>
[[nodiscard]] optional<std::string> eml(const notification<V>& n, const mail_route& route) {
    namespace mime = notify::detail;
    if (!is_address(route.from) || !is_address(route.to) || !log::representable(n.at)) {
        return std::nullopt;
    }
    const std::string_view domain = std::string_view{route.from}.substr(route.from.find('@') + 1);
    const auto boundary = "=_lockbox_" + id_traits<std::uint64_t>::text(n.id.sequence) + '_' +
                          id_traits<std::uint32_t>::text(n.id.index);
    const bool urgent = n.importance == importance::high;
    std::string out = "From: " + route.from + "\r\nTo: " + route.to + "\r\n";
    out += mime::folded("Subject",
                        mime::fits_header(n.subject) ? n.subject : mime::encoded_words(n.subject));
    out += "Date: " + mime::mail_date(n.at.time_since_epoch()) + "\r\n";
    out += "Message-ID: <" + message_id(n.id, domain) + ">\r\n";
    out += urgent ? "Importance: high\r\nX-Priority: 1\r\n" : "Importance: normal\r\n";
    out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    out += "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
    mime::append_part(out, boundary, "plain", n.plain);
    mime::append_part(out, boundary, "html", n.html);
    return out + "--" + boundary + "--\r\n";
}

}  // namespace v0
}  // namespace lockbox
