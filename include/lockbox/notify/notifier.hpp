// A sink that turns events into messages and hands each to the host's own delivery.
#pragma once

#include <utility>

#include <lockbox/notify/notification.hpp>
#include <lockbox/ports.hpp>

namespace lockbox {
inline namespace v0 {

/// Delivers one message: `delivery deliver(const notification<V>&)`. It must stand
/// being given one twice, and knows it by its id then (V19).
template <class D, class V>
concept delivery_for = requires(D& deliver, const notification<V>& message) {
    { deliver(message) } -> std::same_as<delivery>;
};

/// A sink over a store, which it asks for what a request was about, and a delivery.
/// All who were told of an event are served, in their order, before it answers; the
/// first to be retried stops it, for the relay brings the event again. Of several
/// undeliverable messages of one event the first is reported.
template <class Store, class Deliver>
class notifier {
  public:
    using vocabulary = typename Store::vocabulary;

    /// Both are referred to, and outlive the notifier.
    notifier(Store& store, Deliver& deliver, wording words = {})
        : store_(store), deliver_(deliver), words_(std::move(words)) {}

    [[nodiscard]] delivered publish(const audit_event<vocabulary>& event) {
        static_assert(delivery_for<Deliver, vocabulary>,
                      "lockbox: a delivery is called with a notification and returns `delivery`");
        if (event.told.empty()) return {};
        const auto submission = submission_for(event);
        if (!submission) return {delivery::retry, {}};
        delivered answer;
        for (const auto& message : notifications(event, first_of(*submission), words_)) {
            const auto result = deliver_(message);
            if (result == delivery::retry) return {result, {}};
            if (result == delivery::undeliverable) {
                answer.result = result;
                answer.lost.push_back(message.id.index);
            }
        }
        return answer;
    }

  private:
    using events = page<audit_event<vocabulary>>;

    [[nodiscard]] outcome<events> submission_for(const audit_event<vocabulary>& event) {
        if (!event.request || event.body.template is<submitted<vocabulary>>()) return events{};
        log_query<vocabulary> query;
        query.tenant = event.tenant;
        query.activity = std::string{submitted<vocabulary>::name};
        query.item = event.request;
        query.limit = 1;
        return store_.search(query);
    }
    [[nodiscard]] static const audit_event<vocabulary>* first_of(const events& found) {
        return found.entries.empty() ? nullptr : &found.entries.front();
    }

    Store& store_;
    Deliver& deliver_;
    wording words_;
};

}  // namespace v0
}  // namespace lockbox
