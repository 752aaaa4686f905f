// Delivers the log to a sink: committed events, in order, at least once, from a kept cursor (V19).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/guarded.hpp>
#include <lockbox/ports.hpp>

namespace lockbox {
inline namespace v0 {

/// How far one round of delivery came.
struct deliveries {
    std::uint64_t events = 0;         ///< that the sink is done with
    std::uint64_t undeliverable = 0;  ///< notifications given up by it, and noted as findings (N3)
    bool waiting = false;             ///< the sink asked to be tried again later
};

/// Moves a sink along the log. One relay a cursor at a time; several cursors are independent.
template <class Store, class Sink>
class relay {
  public:
    using V = typename Store::vocabulary;

    relay(Store& store, Sink& sink, std::string cursor)
        : store_(store), sink_(sink), cursor_(std::move(cursor)) {}

    /// Gives the sink up to `limit` events, and keeps the cursor behind each batch. A
    /// sink that asks for a retry ends the round; one that throws fails it; either gets
    /// the same event again next time. `give_up(event, index)` notes a notification
    /// that the sink called undeliverable, and returns why that was not recorded, if it was not.
    template <class GiveUp>
    [[nodiscard]] outcome<deliveries> pump(std::uint32_t limit, GiveUp give_up) {
        auto from = store_.cursor(cursor_);
        if (!from) return tl::unexpected{std::move(from).error()};
        auto events = store_.read(*from, limit);
        if (!events) return tl::unexpected{std::move(events).error()};
        deliveries done;
        auto reached = *from;
        optional<failure> failed;
        for (const auto& one : *events) {
            failed = hand_over(one.event, done, give_up);
            if (failed || done.waiting) break;
            reached = one.position;
        }
        if (reached != *from) {
            auto kept = store_.keep_cursor(cursor_, reached);
            if (!kept) return tl::unexpected{std::move(kept).error()};
        }
        if (failed) return tl::unexpected{*std::move(failed)};
        return done;
    }

  private:
    template <class GiveUp>
    optional<failure> hand_over(const audit_event<V>& event, deliveries& done, GiveUp& give_up) {
        delivered said{delivery::retry, {}};
        if (!detail::guarded([&] { said = sink_.publish(event); })) {
            return failure{
                failure_kind::internal,
                "the sink threw; no decision is affected and the event will be given to it again"};
        }
        if (said.result == delivery::retry) {
            done.waiting = true;
            return std::nullopt;
        }
        if (said.result == delivery::undeliverable) {
            for (const auto index : said.lost) {
                if (auto failed = give_up(event, index)) return failed;
                ++done.undeliverable;
            }
        }
        ++done.events;
        return std::nullopt;
    }

    Store& store_;
    Sink& sink_;
    std::string cursor_;
};

}  // namespace v0
}  // namespace lockbox
