// Writes the changes of one commit in one transaction: all of each or none of it.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/store/postgres/batch.hpp>
#include <lockbox/store/postgres/queries.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// What a commit does on one connection.
template <class V>
class writer {
  public:
    /// `tolerance`: how far a commit may be from the server's clock (K1).
    writer(connection& on, const epochs& known,
           const optional<std::chrono::milliseconds>& tolerance)
        : on_(on), known_(known), tolerance_(tolerance) {}

    /// All changes that stand, in one durable transaction and one round trip (V13, V17). Several
    /// changes of one tenant follow one another, each a statement after the one before.
    [[nodiscard]] result<void> commit(std::span<change<V>> changes) {
        if (std::ranges::all_of(changes, [](const auto& c) { return c.events.empty(); })) {
            return confirm(changes);
        }
        if (auto near = compare_clocks(changes); !near) return near;
        (void)on_.warned();
        auto rounds = in_rounds(changes);
        auto done = rounds.size() == 1 ? alone(rounds.front()) : in_turn(rounds);
        if (done && on_.warned()) done = tl::unexpected{cut_off()};
        if (!done) {
            for (auto& one : changes) one.result = commit_result::conflict;
        }
        return done;
    }

  private:
    /// Refuses an instant that is far from the server's clock. That is known from before; only when
    /// it says no is the server asked again, for a machine may have slept.
    result<void> compare_clocks(std::span<const change<V>> changes) {
        using clock = typename V::time_point::clock;
        if constexpr (!std::same_as<clock, std::chrono::system_clock>) return {};
        if (!tolerance_ || are_near(changes)) return {};
        const auto now = on_.run(server_clock, parameters{});
        if (!now) return tl::unexpected{asked_only(now.error())};
        on_.set_clock((*now)[0].integer(0));
        if (are_near(changes)) return {};
        return tl::unexpected{
            fault{{failure_kind::internal,
                   "the command's instant is too far from the database's clock; nothing was "
                   "changed; set this machine's clock, or the server's, and try again"}}};
    }
    bool are_near(std::span<const change<V>> changes) const {
        const auto now = on_.clock();
        return std::ranges::all_of(changes, [&](const auto& one) {
            if (one.events.empty()) return true;
            const auto at = sql::column_of(one.after->last);
            return at <= now + tolerance_->count() && at >= now - tolerance_->count();
        });
    }
    /// A question that failed leaves nothing in doubt.
    static fault asked_only(fault of) {
        of.sent = false;
        return of;
    }

    /// A change without events only asks whether its version is still the tenant's last.
    result<void> confirm(std::span<change<V>> changes) {
        array wanted{type::text};
        for (const auto& one : changes) {
            const auto& id = sql::text_of(one.after->id);
            wanted.add(std::string_view{id});
        }
        parameters with;
        with.add(wanted);
        const auto found = on_.run(versions, with);
        if (!found) return tl::unexpected{asked_only(found.error())};
        std::map<std::string, std::uint64_t, std::less<>> last;
        for (std::size_t at = 0; at < found->size(); ++at)
            last.emplace((*found)[at].text(0), (*found)[at].number(1));
        for (auto& one : changes) {
            const auto& id = sql::text_of(one.after->id);
            const auto is = last.find(std::string_view{id});
            const auto version = is == last.end() ? 0 : is->second;
            one.result =
                version == one.version ? commit_result::committed : commit_result::conflict;
        }
        return {};
    }

    /// The n-th change of each tenant goes into the n-th round.
    std::vector<batch<V>> in_rounds(std::span<change<V>> changes) {
        std::vector<batch<V>> rounds(1, batch<V>{known_});
        std::map<std::string, std::size_t, std::less<>> next;
        for (auto& one : changes) {
            std::size_t round = 0;
            if (changes.size() > 1) round = next[std::string{sql::text_of(one.after->id)}]++;
            while (rounds.size() <= round) rounds.emplace_back(known_);
            rounds[round].add(one);
        }
        return rounds;
    }

    /// The statement of a batch: its text is only put together for a connection that lacks it.
    struct statement {
        std::string name{};
        std::string text{};
    };
    statement statement_of(const batch<V>& all) const {
        statement made{all.form().name()};
        if (!on_.knows(made.name)) made.text = commit_text(all.form());
        return made;
    }

    result<void> alone(batch<V>& all) {
        if (all.empty()) return {};
        const auto made = statement_of(all);
        const auto said = on_.run({made.name, made.text}, all.told());
        if (!said) return tl::unexpected{in_doubt(said.error())};
        all.conclude(*said);
        return {};
    }

    result<void> in_turn(std::vector<batch<V>>& rounds) {
        std::vector<statement> made;
        std::vector<parameters> told;
        std::vector<step> steps;
        made.reserve(rounds.size());
        told.reserve(rounds.size());
        std::erase_if(rounds, [](const auto& one) { return one.empty(); });
        for (const auto& one : rounds) {
            made.push_back(statement_of(one));
            told.push_back(one.told());
            steps.push_back({{made.back().name, made.back().text}, &told.back()});
        }
        if (steps.empty()) return {};
        const auto said = on_.transact(steps);
        if (!said) return tl::unexpected{in_doubt(said.error())};
        for (std::size_t at = 0; at < rounds.size(); ++at) rounds[at].conclude((*said)[at + 1]);
        return {};
    }

    /// A server that goes away in the middle of a commit may have done it before.
    static fault in_doubt(fault of) {
        of.sent = of.sent && (of.lost || of.state.starts_with("57P"));
        return of;
    }

    fault cut_off() const {
        fault of;
        of.sent = true;
        return of;
    }

    connection& on_;
    const epochs& known_;
    const optional<std::chrono::milliseconds>& tolerance_;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
