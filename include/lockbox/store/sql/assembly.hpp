// Puts a tenant's state together from its rows, and finds what cannot be: the log's end and the
// state's must agree, and every text must read back.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/store/sql/values.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace sql {

/// A tenant's row, as one snapshot has it.
struct place {
    std::string id{};
    std::uint64_t version = 0;
    std::int64_t last = 0;
    std::uint64_t submissions = 0;

    [[nodiscard]] std::string of(std::string_view what) const {
        return std::string{what} + " of tenant `" + id + "`";
    }
};

/// One state that is being put together: each function takes one row's columns.
template <class V>
class assembly {
  public:
    assembly(const place& at, tenant<V>& into) : at_(at), into_(into) {}

    /// The last event's version and instant; 0 and 0 of an empty log.
    [[nodiscard]] outcome<void> head(std::uint64_t version, std::int64_t instant) {
        if (version != at_.version || instant != at_.last) {
            return failed(corrupt(at_.of("the log") + " does not end at event " +
                                  id_traits<std::uint64_t>::text(at_.version) +
                                  ", where its state does"));
        }
        into_.sequence = at_.version;
        into_.last = instant_in<typename V::time_point>(at_.last);
        into_.submissions = at_.submissions;
        return {};
    }

    [[nodiscard]] outcome<void> settled_part(std::string_view settled, std::string_view refusals) {
        auto kept =
            value_in<lockbox::settled<V>>(settled, [&] { return at_.of("the settled part"); });
        if (!kept) return failed(std::move(kept).error());
        auto counted =
            value_in<vector<refusal_count<V>>>(refusals, [&] { return at_.of("the refusals"); });
        if (!counted) return failed(std::move(counted).error());
        into_.settled = *std::move(kept);
        into_.refusals = *std::move(counted);
        return {};
    }

    /// One open request, in any order. `ordered` must follow the last.
    [[nodiscard]] outcome<void> open(std::uint64_t number, std::string_view state) {
        const auto what = [&] {
            return at_.of("request number " + id_traits<std::uint64_t>::text(number));
        };
        auto kept = value_in<open_request<V>>(state, what);
        if (!kept) return failed(std::move(kept).error());
        if (kept->request.number != number || !is_sound(kept->request)) {
            return failed(corrupt(what() + " holds what lockbox never writes"));
        }
        if (kept->grant) {
            placed(into_.grants, kept->request.asked->requester, &engineer_grants<V>::engineer)
                .grants.push_back(*std::move(kept->grant));
        }
        const auto place = place_of(into_.open, kept->request.number, &request<V>::number);
        into_.open.emplace(place, std::move(kept->request));
        return {};
    }
    void ordered() {
        for (auto& of : into_.grants) std::ranges::sort(of.grants, {}, &grant<V>::number);
    }

    /// One denial, in the order in which they were denied.
    [[nodiscard]] outcome<void> denial(std::string_view case_text, std::uint64_t number,
                                       std::int64_t over) {
        auto case_number = id_traits<typename V::case_id>::parse(case_text);
        if (!case_number) {
            return failed(
                corrupt(at_.of("the case `" + std::string{case_text} + "`") + " cannot be read"));
        }
        auto& denials = placed(into_.denials, *case_number, &case_denials<V>::case_number);
        denials.numbers.push_back(number);
        denials.last = instant_in<typename V::time_point>(over);
        return {};
    }

  private:
    const place& at_;
    tenant<V>& into_;
};

/// The statuses under which requests are kept that have this one as of some instant (K2).
[[nodiscard]] inline vector<std::string> kept_as(status asked) {
    vector<std::string> kept{std::string{name_of(asked)}};
    if (asked == status::expired) kept.emplace_back(name_of(status::pending));
    if (asked == status::ended) kept.emplace_back(name_of(status::active));
    return kept;
}

}  // namespace sql
}  // namespace v0
}  // namespace lockbox
