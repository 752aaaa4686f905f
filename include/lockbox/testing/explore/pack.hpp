// Writes a tenant as bytes, and reads it back (what is left out, and why: packing.hpp).
#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lockbox/testing/explore/packing.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// Writes the fields of one tenant.
template <class V>
class packing_visitor {
  public:
    packing_visitor(shelf<V>& on, byte_writer& to, const tenant<V>& t, const naming& by)
        : on_{on}, to_{to}, t_{t}, by_{by} {}

    template <class T>
    void fields_of(const T& value) {
        if constexpr (std::same_as<T, grant<V>>) {
            const auto place = place_of(t_.open, value.number, &request<V>::number);
            const bool known = place < t_.open.size() && t_.open[place].number == value.number;
            to_.number(known ? place + 1 : 0);
        }
        T::fields(value, [this, &value](std::string_view name, const auto& part) {
            if (!is_left_out(value, &part)) this->value(name, part);
        });
    }
    /// Of each case: how often it was denied, and when last, as far as either can matter.
    void denials_of(const tenant<V>& t) {
        to_.number(t.denials.size());
        for (const auto& one : t.denials) {
            value("case", one.case_number);
            const auto most = static_cast<std::size_t>(on_.denials.most);
            to_.number((std::min)(one.numbers.size(), most));
            const auto ago = (std::min)(t.last - one.last, on_.denials.longest_wait);
            to_.signed_number(one.numbers.size() < on_.denials.least ? 0 : ago.count());
        }
    }

  private:
    using instant = typename V::time_point;

    template <class T>
    void value(std::string_view name, const T& v) {
        if constexpr (std::same_as<T, std::vector<engineer_grants<V>>>) {
            in_order_of_names(v);
        } else if constexpr (std::same_as<T, typename V::person_id> && small_value<T>) {
            to_.number(number_of(on_.people.renamed(by_, v)));
        } else if constexpr (std::same_as<T, typename V::person_id>) {
            text(on_.people.renamed(by_, v));
        } else if constexpr (std::same_as<T, lockbox::terms<V>>) {
            to_.number(on_.terms.place_of(v));
        } else if constexpr (std::same_as<T, typename V::scope>) {
            to_.number(on_.scopes.place_of(v));
        } else if constexpr (sequence<T>) {
            to_.number(v.size());
            for (std::size_t at = 0; at < v.size(); ++at) value(name, v[at]);
        } else if constexpr (has_fields<T>) {
            fields_of(v);
        } else if constexpr (small_value<T>) {
            to_.number(number_of(v));
        } else {
            whole(name, v);
        }
    }
    /// Engineers stand in the order of their names, here the new ones.
    void in_order_of_names(const std::vector<engineer_grants<V>>& all) {
        to_.number(all.size());
        if (all.size() < 2 || !by_.changes) {
            for (const auto& one : all) fields_of(one);
            return;
        }
        std::vector<const engineer_grants<V>*> sorted;
        for (const auto& one : all) sorted.push_back(&one);
        sort(sorted, [&](const auto* a, const auto* b) {
            return on_.people.renamed(by_, a->engineer) < on_.people.renamed(by_, b->engineer);
        });
        for (const auto* one : sorted) fields_of(*one);
    }
    template <class T>
    void text(const T& v) {
        if constexpr (std::convertible_to<const T&, std::string_view>) {
            to_.number(on_.place_of_text(v));
        } else {
            to_.number(on_.place_of_text(id_traits<T>::text(v)));
        }
    }
    template <class T>
    void whole(std::string_view /*name*/, const T& v) {
        text(v);
    }
    template <class Rep, class Period>
    void whole(std::string_view /*name*/, const std::chrono::duration<Rep, Period>& d) {
        to_.signed_number(static_cast<std::int64_t>(d.count()));
    }
    void whole(std::string_view name, const instant& at) {
        const auto since = (at - t_.last).count();
        to_.signed_number(passes(name) && since < 0 ? 0 : since);
    }
    template <class T>
    void whole(std::string_view name, const std::optional<T>& maybe) {
        to_.number(maybe ? 1 : 0);
        if (maybe) value(name, *maybe);
    }
    template <class... Ts>
    void whole(std::string_view name, const one_of<Ts...>& sum) {
        to_.number(sum.index());
        sum.match([&](const auto& held) { this->value(name, held); });
    }

    shelf<V>& on_;
    byte_writer& to_;
    const tenant<V>& t_;
    const naming& by_;
};

/// Reads them back, into values that may hold something else before.
template <class V>
class unpacking_visitor {
  public:
    unpacking_visitor(const shelf<V>& on, byte_reader& from, typename V::time_point last)
        : on_{on}, from_{from}, last_{last} {}

    template <class T>
    void fields_of(T& value) {
        if constexpr (std::same_as<T, grant<V>>) value.number = from_.number();
        T::fields(value, [this, &value](std::string_view /*name*/, auto& part) {
            if (!is_left_out(value, &part)) this->value(part);
        });
    }

    void denials_of(tenant<V>& t) {
        t.denials.resize(from_.number());
        for (auto& one : t.denials) {
            value(one.case_number);
            one.numbers.assign(from_.number(), 0);
            one.last = last_ - duration_of<V>{from_.signed_number()};
        }
    }

  private:
    using instant = typename V::time_point;

    template <class T>
    void value(T& v) {
        if constexpr (std::same_as<T, lockbox::terms<V>>) {
            v = on_.terms[from_.number()];
        } else if constexpr (std::same_as<T, typename V::scope>) {
            v = on_.scopes[from_.number()];
        } else if constexpr (has_fields<T>) {
            fields_of(v);
        } else if constexpr (small_value<T>) {
            set_from(from_.number(), v);
        } else {
            whole(v);
        }
    }
    template <class T>
    void whole(T& v) {
        const auto& text = on_.texts[from_.number()];
        if constexpr (std::constructible_from<T, std::string> &&
                      std::convertible_to<const T&, std::string_view>) {
            v = T{text};
        } else {
            v = id_traits<T>::parse(text).value_or(T{});
        }
    }
    template <class Rep, class Period>
    void whole(std::chrono::duration<Rep, Period>& d) {
        d = std::chrono::duration<Rep, Period>{static_cast<Rep>(from_.signed_number())};
    }
    void whole(instant& at) { at = last_ + duration_of<V>{from_.signed_number()}; }
    template <class T>
    void whole(std::optional<T>& maybe) {
        maybe.reset();
        if (from_.number() != 0) value(maybe.emplace());
    }
    template <class T>
    void whole(std::vector<T>& all) {
        all.resize(from_.number());
        for (auto& one : all) value(one);
    }
    template <class T>
    void whole(stable_vector<T>& all) {
        const auto size = from_.number();
        while (all.size() > size) all.erase(all.size() - 1);
        while (all.size() < size) all.emplace_back();
        for (std::size_t at = 0; at < size; ++at) value(all[at]);
    }
    template <class... Ts>
    void whole(one_of<Ts...>& sum) {
        const auto which = from_.number();
        std::size_t at = 0;
        (void)((at++ == which && (hold(sum, Ts{}), true)) || ...);
    }
    template <class Sum, class T>
    void hold(Sum& sum, T held) {
        value(held);
        sum = std::move(held);
    }

    const shelf<V>& on_;
    byte_reader& from_;
    instant last_;
};

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
    bytes_view pack(const unpacked<V>& from, bool fold = true) {
        const auto& t = from.state;
        const bool same = from.settled != unpacked<V>::nowhere && t.settled.changed_by == 0 &&
                          (!about_[from.settled].has_instants || t.last == from.since);
        auto settled = same ? from.settled : kept(from);
        const auto by = fold && on_.people.size() > 0
                            ? on_.people.names_in(t, about_[settled].holdings)
                            : on_.people.nobody_renamed();
        if (by.changes) settled = renamed(settled, by);
        to_.clear();
        if (on_.period != duration_of<V>::zero()) to_.signed_number(phase_of(t).count());
        to_.number(settled);
        packing_visitor<V> write{on_, to_, t, by};
        write.fields_of(t);
        write.denials_of(t);
        return to_.written();
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
            t.open[at].asked.at = t.last;
        }
    }

    [[nodiscard]] std::uint32_t place_of(const lockbox::terms<V>& t) {
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
    std::uint32_t kept(const unpacked<V>& from) {
        const auto& t = from.state;
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
    std::uint32_t keep(const tenant<V>& t) {
        auto copy = t.settled;
        copy.changed_by = 0;
        bool has_instants = false;
        const auto by = last_of(phase_of(t)) - t.last;
        each_part<typename V::time_point>(copy, [&](std::string_view name, auto& at) {
            if (passes(name)) at = (std::max)(at, t.last);
            at += by;
            has_instants = true;
        });
        return place(copy, has_instants);
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
    byte_writer to_;
    std::vector<about> about_;
    std::unordered_map<std::uint64_t, std::vector<renaming>> renamings_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
