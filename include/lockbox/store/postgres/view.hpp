// The store as one relay or sweeper among several sees it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <lockbox/store/matching.hpp>
#include <lockbox/store/postgres/service.hpp>

namespace lockbox {
inline namespace v0 {

/// A store itself: `read` and `due` tell of a share of the tenants only, and a cursor is that
/// share's own; all else is as in the store that it is of, which must outlive it. Its copies are
/// the same view.
template <class V>
class postgres_view {
  public:
    using vocabulary = V;

    postgres_view(postgres::service<V>& on, postgres::share of) : on_(&on), of_(std::move(of)) {}

    /// The share `which` of `of` equal ones: 2, 4, 8, 16, 32 or 64. A relay that begins with a
    /// smaller share goes on where the one stood that held all of its tenants.
    [[nodiscard]] postgres_view part(std::uint64_t which, std::uint64_t of) const {
        return {*on_, postgres::share{which, of}};
    }
    /// With this, `due` tells of each tenant once, and of the same again only after `time` by the
    /// database's clock, or when something else is due there: for sweepers beside one another.
    [[nodiscard]] postgres_view claiming(std::chrono::milliseconds time) const {
        return {*on_, of_.claiming(time)};
    }

    [[nodiscard]] outcome<optional<loaded<V>>> load(
        const typename V::tenant_id& id, const actor<V>& who,
        const optional<typename V::command_id>& command) {
        return on_->load(id, who, command);
    }

    /// A failure of kind `unknown_outcome`: the connection was lost while the commit was under way.
    /// The next `load` of a tenant in it makes sure what happened, and tells.
    [[nodiscard]] outcome<void> commit(std::span<change<V>> changes) {
        if (!std::ranges::all_of(changes, [](const auto& c) { return hangs_together(c); })) {
            return tl::unexpected{sql::incoherent()};
        }
        return on_->commit(changes);
    }

    [[nodiscard]] outcome<vector<typename V::tenant_id>> due(typename V::time_point now,
                                                             std::uint32_t limit) {
        return on_->ask(
            [&](auto& from) { return from.due(now, limit, of_.of_parts(), of_.claim()); });
    }

    [[nodiscard]] outcome<vector<positioned<V>>> read(std::uint64_t position, std::uint32_t limit) {
        return on_->ask([&](auto& from) { return from.read(position, limit, of_.of_parts()); });
    }

    [[nodiscard]] outcome<page<audit_event<V>>> search(const log_query<V>& query) {
        return on_->ask([&](auto& from) { return from.search(query); });
    }

    [[nodiscard]] outcome<page<request_summary<V>>> requests(const request_query<V>& query) {
        return on_->ask([&](auto& from) { return from.requests(query); });
    }

    [[nodiscard]] outcome<std::uint64_t> cursor(std::string_view name) {
        for (const auto& one : of_.cursors(name)) {
            auto kept = on_->ask([&](auto& from) { return from.cursor(one); });
            if (!kept) return tl::unexpected{std::move(kept).error()};
            if (*kept) return **kept;
        }
        return std::uint64_t{0};
    }

    [[nodiscard]] outcome<void> keep_cursor(std::string_view name, std::uint64_t position) {
        const auto names = of_.cursors(name);
        return on_->ask([&](auto& from) { return from.keep_cursor(names.front(), position); });
    }

    /// Takes a lease, or renews it, for `time` by the database's clock. False while somebody else
    /// has it. It keeps two relays from doing the same work; when one is slow to notice that its
    /// time is over, events are delivered twice, and never less.
    [[nodiscard]] outcome<bool> lease(std::string_view name, std::string_view holder,
                                      std::chrono::milliseconds time) {
        return on_->ask([&](auto& from) { return from.take_lease(name, holder, time.count()); });
    }
    /// Ends it, if it is this holder's.
    [[nodiscard]] outcome<void> release(std::string_view name, std::string_view holder) {
        return on_->ask([&](auto& from) { return from.end_lease(name, holder); });
    }

  private:
    postgres::service<V>* on_;
    postgres::share of_;
};

}  // namespace v0
}  // namespace lockbox
