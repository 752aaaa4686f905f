// Whole states as bytes, and back.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lockbox/testing/explore/become.hpp>
#include <lockbox/testing/explore/pack.hpp>
#include <lockbox/testing/explore/unpack.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// A tenant as it came from its bytes, with the place of its settled part.
template <class V>
struct unpacked {
    static constexpr std::uint32_t nowhere = UINT32_MAX;

    tenant<V> state{};
    std::uint32_t settled = nowhere;
    typename V::time_point since{};  ///< its last instant then
};

/// Packs and unpacks the states of one model.
template <class V>
class packer {
  public:
    explicit packer(const model<V>& of) : on_{of} {}

    /// The bytes of a state, until the next call. It may have evolved since it was unpacked.
    bytes_view pack(unpacked<V>& from, bool fold = true) {
        const auto& t = from.state;
        const bool same = from.settled != unpacked<V>::nowhere && t.settled.changed_by == 0 &&
                          (!about_[from.settled].has_instants || t.last == from.since);
        auto settled = same ? from.settled : kept(from);
        const auto by = fold && on_.people.size() > 0
                            ? on_.people.names_in(t, about_[settled].holdings)
                            : on_.people.nobody_renamed();
        if (by.changes) settled = renamed(settled, by);
        byte_writer to{room_};
        if (on_.period != duration_of<V>::zero()) to.signed_number(phase_of(t).count());
        to.number(settled);
        return write(to, t, by);
    }

    void unpack(bytes_view from, unpacked<V>& into) const {
        byte_reader bytes{from};
        auto& t = into.state;
        duration_of<V> phase{};
        if (on_.period != phase) phase = duration_of<V>{bytes.signed_number()};
        t.last = last_of(phase);
        const auto settled = static_cast<std::uint32_t>(bytes.number());
        if (into.settled != settled || t.settled.changed_by != 0) t.settled = on_.settled[settled];
        into.settled = settled;
        into.since = t.last;
        unpacking_visitor<V> read{on_, bytes, t.last};
        read.fields_of(t);
        read.denials_of(t);
        t.id = on_.tenant_id;
        t.sequence = 1;
        t.submissions = t.open.size();
        t.refusals.clear();
        for (std::size_t at = 0; at < t.open.size(); ++at) {
            t.open[at].number = at + 1;
            t.open[at].id = V::request_id_of(at + 1);
        }
    }

    /// Makes a state that has evolved from another equal to that again: cheaper than unpacking it.
    [[gnu::flatten]] void restore(const unpacked<V>& from, unpacked<V>& into) const {
        const bool settled = into.state.settled.changed_by != from.state.settled.changed_by;
        become(into.state, from.state,
               [&](const void* part) { return settled || !is_at(part, &into.state.settled); });
    }
    [[nodiscard]] std::uint32_t place_of(const shared<lockbox::terms<V>>& t) {
        return on_.terms.place_of(t);
    }
    [[nodiscard]] const lockbox::testing::people<V>& people() const { return on_.people; }
    [[nodiscard]] const std::vector<std::uint64_t>& holdings(std::uint32_t settled) const {
        return about_[settled].holdings;
    }
    /// By how much the instants in a move's body move.
    [[nodiscard]] duration_of<V> phase_of(const tenant<V>& t) const {
        if (on_.period == duration_of<V>::zero()) return {};
        return (t.last - on_.begin) % on_.period;
    }

  private:
    /// As one function: so the compiler knows each field's name and place.
    [[gnu::flatten]] bytes_view write(byte_writer to, const tenant<V>& t, const naming& by) {
        packing_visitor<V> fields{on_, to, t, by};
        fields.fields_of(t);
        fields.denials_of(t);
        return fields.written();
    }

    struct later {
        duration_of<V> by{};
        duration_of<V> phase{};
        std::uint32_t to = 0;
    };
    struct about {
        bool has_instants = false;
        std::vector<std::uint64_t> holdings{};
        std::vector<packer::later> afterwards{};  ///< what it becomes as time goes by
    };

    [[nodiscard]] typename V::time_point last_of(duration_of<V> phase) const {
        return on_.begin + phase;
    }

    /// The same, when only time went by since it was unpacked: looked up.
    std::uint32_t kept(unpacked<V>& from) {
        auto& t = from.state;
        if (from.settled == unpacked<V>::nowhere || t.settled.changed_by != 0) return keep(t);
        const auto by = t.last - from.since;
        auto& known = about_[from.settled].afterwards;
        for (const auto& one : known)
            if (one.by == by && one.phase == phase_of(t)) return one.to;
        const auto to = keep(t);
        about_[from.settled].afterwards.push_back({by, phase_of(t), to});
        return to;
    }

    /// The place of a tenant's settled part, as if its last event had happened at the beginning.
    std::uint32_t keep(tenant<V>& t) {
        using instant = typename V::time_point;
        bool has_instants = false;
        each_part<instant>(t.settled, [&](std::string_view, auto&) { has_instants = true; });
        const auto changed_by = std::exchange(t.settled.changed_by, 0);
        std::uint32_t kept = 0;
        if (has_instants || t.settled.proposed != 0) {
            become(shifted_, t.settled);
            number_anew(shifted_);
            const auto by = last_of(phase_of(t)) - t.last;
            each_part<instant>(shifted_, [&](std::string_view name, auto& at) {
                if (passes(name)) at = (std::max)(at, t.last);
                at += by;
            });
            kept = place(shifted_, has_instants);
        } else {
            kept = place(t.settled, has_instants);
        }
        t.settled.changed_by = changed_by;
        return kept;
    }

    static void number_anew(lockbox::settled<V>& s) {
        s.proposed = 0;
        for (std::size_t at = 0; at < s.proposals.size(); ++at)
            s.proposals[at].number = ++s.proposed;
    }

    std::uint32_t renamed(std::uint32_t settled, const naming& by) {
        const auto [at, fresh] =
            renamings_.try_emplace(by.code() ^ (std::uint64_t{settled} << 40U));
        for (const auto& one : at->second)
            if (one.settled == settled && one.code == by.code()) return one.to;
        auto copy = on_.settled[settled];
        each_part<typename V::person_id>(
            copy, [&](std::string_view, auto& who) { who = on_.people.renamed(by, who); });
        sort(copy.members, [](const auto& a, const auto& b) { return a.person < b.person; });
        const auto to = place(copy, about_[settled].has_instants);
        at->second.push_back({settled, by.code(), to});
        return to;
    }

    std::uint32_t place(const settled<V>& s, bool has_instants) {
        const auto at = on_.settled.place_of(s);
        if (at == about_.size()) about_.push_back({has_instants, on_.people.holdings(s), {}});
        return at;
    }

    struct renaming {
        std::uint32_t settled = 0;
        std::uint64_t code = 0;
        std::uint32_t to = 0;
    };

    shelf<V> on_;
    /// For one state, and one byte more: so that a set takes in no state that was cut off.
    std::vector<std::uint8_t> room_ = std::vector<std::uint8_t>(state_set::most_bytes + 1);
    lockbox::settled<V> shifted_;
    std::vector<about> about_;
    std::unordered_map<std::uint64_t, std::vector<renaming>> renamings_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
