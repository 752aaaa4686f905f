// Notifications as data: from an event of the log to who gets which text. Pure; nothing is sent
// here. Who is told stands in the event, so mail received can be matched with the log (N1, N2, N3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <lockbox/audit_event.hpp>
#include <lockbox/notify/letter.hpp>
#include <lockbox/notify/texts.hpp>
#include <lockbox/notify/wording.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// Names one message for ever: the event that it tells of, and which of those told gets it (N3).
template <class V>
struct notification_id {
    typename V::tenant_id tenant{};
    std::uint64_t sequence = 0;
    std::uint32_t index = 0;  ///< in the event's `told`

    static constexpr void fields(auto& self, auto&& f) {
        f("tenant", self.tenant);
        f("sequence", self.sequence);
        f("index", self.index);
    }
    friend bool operator==(const notification_id&, const notification_id&) = default;
};

/// The id as text, "contoso/17/0". Injective: what follows the last two slashes are numbers (T14).
template <class V>
[[nodiscard]] std::string text_of(const notification_id<V>& id) {
    return std::string{id_traits<typename V::tenant_id>::text(id.tenant)} + '/' +
           id_traits<std::uint64_t>::text(id.sequence) + '/' +
           id_traits<std::uint32_t>::text(id.index);
}

/// One message to one recipient. Subject and bodies are inert: text from people is escaped for
/// HTML, and controls, line breaks in the subject and marks of direction are replaced (N2, T21).
template <class V>
struct notification {
    notification_id<V> id{};
    recipient<V> to{};
    std::string address{};        ///< where mail goes; empty when the host must look the person up
    typename V::time_point at{};  ///< of the event
    lockbox::importance importance{};
    std::string subject{};
    std::string plain{};  ///< UTF-8, lines ended by `\n`
    std::string html{};   ///< one page, UTF-8

    static constexpr void fields(auto& self, auto&& f) {
        f("id", self.id);
        f("to", self.to);
        f("address", self.address);
        f("at", self.at);
        f("importance", self.importance);
        f("subject", self.subject);
        f("plain", self.plain);
        f("html", self.html);
    }
    friend bool operator==(const notification&, const notification&) = default;
};

/// Where a recipient's mail goes, as far as the log and the host's wording tell: an address of the
/// settings, the managers' desk, or a person whose id is an address. Else empty.
template <class V>
[[nodiscard]] std::string address_of(const recipient<V>& to, const wording& words) {
    if (!to.address.empty()) return to.address;
    if (to.as == audience::manager_desk) return words.manager_desk_address;
    auto person = to.person ? notify::readable(*to.person) : std::string{};
    return is_address(person) ? person : std::string{};
}

/// What the event's request asked for: of the event itself when it is the submission, else of
/// `submission` when that is the one; else null. Another tenant's or request's is never shown (V6).
template <class V>
[[nodiscard]] const submitted<V>* submission_of(const audit_event<V>& event,
                                                const audit_event<V>* submission) {
    if (const auto* itself = event.body.template get_if<submitted<V>>()) return itself;
    if (submission == nullptr || !event.request) return nullptr;
    const bool same = submission->tenant == event.tenant && submission->request == event.request;
    return same ? submission->body.template get_if<submitted<V>>() : nullptr;
}

/// The messages that an event gives rise to: exactly one for each of its `told`, in
/// that order (N3). `submission` is the `submitted` event of the event's request,
/// which never changes; without it the messages tell only which request and case they
/// are about. Equal arguments give equal bytes.
template <class V>
[[nodiscard]] vector<notification<V>> notifications(const audit_event<V>& event,
                                                    const audit_event<V>* submission = nullptr,
                                                    const wording& words = {}) {
    vector<notification<V>> all;
    all.reserve(event.told.size());
    for (const auto& to : event.told) {
        const notification_id<V> id{event.tenant, event.sequence,
                                    static_cast<std::uint32_t>(all.size())};
        const notify::occasion<V> about{event, submission_of(event, submission), to, words};
        auto letter = event.body.match(notify::texts<V>{about});
        about.end(letter, text_of(id));
        all.push_back({id, to, address_of(to, words), event.at, letter.how(),
                       notify::subject_of(letter), notify::plain_of(letter),
                       notify::html_of(letter)});
    }
    return all;
}

}  // namespace v0
}  // namespace lockbox
