// Puts a tenant's state together from its rows, and finds what cannot be: the log's end and the
// state's must agree, and every text must read back.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/store/sqlite/queries.hpp>
#include <lockbox/store/sqlite/rows.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

using reading_statements = prepared<reading, reading_texts.size()>;

/// A tenant's row, as one snapshot has it. An unknown tenant has key 0.
struct place {
    std::string id{};
    std::int64_t key = 0;
    std::uint64_t version = 0;
    std::int64_t last = 0;
    std::uint64_t submissions = 0;

    [[nodiscard]] std::string of(std::string_view what) const {
        return std::string{what} + " of tenant `" + id + "`";
    }
};

/// One load. Cost: one row for the tenant, one for each open request and each denial.
template <class V>
class loading {
  public:
    loading(const reading_statements& statements, const place& at, tenant<V>& into)
        : statements_(statements), at_(at), into_(into) {}

    [[nodiscard]] outcome<void> run() {
        for (auto part :
             {&loading::head, &loading::settled_part, &loading::open_requests, &loading::denials}) {
            if (auto done = (this->*part)(); !done) return done;
        }
        return {};
    }

  private:
    outcome<void> head() {
        rows last{statements_[reading::last_event], at_.key};
        const bool agrees =
            last.next() && last.number(0) == at_.version && last.integer(1) == at_.last;
        if (last.failed()) return failed(last.fault());
        if (!agrees) {
            return failed(corrupt(at_.of("the log") + " does not end at event " +
                                  id_traits<std::uint64_t>::text(at_.version) +
                                  ", where its state does"));
        }
        into_.sequence = at_.version;
        into_.last = instant_in<typename V::time_point>(at_.last);
        into_.submissions = at_.submissions;
        return {};
    }

    outcome<void> settled_part() {
        rows row{statements_[reading::settled], at_.key};
        if (!row.next()) {
            return failed(row.failed() ? row.fault()
                                       : corrupt(at_.of("the settings") + " are missing"));
        }
        auto settled =
            value_in<lockbox::settled<V>>(row.text(0), [&] { return at_.of("the settled part"); });
        if (!settled) return failed(std::move(settled).error());
        auto refusals =
            value_in<vector<refusal_count<V>>>(row.text(1), [&] { return at_.of("the refusals"); });
        if (!refusals) return failed(std::move(refusals).error());
        into_.settled = *std::move(settled);
        into_.refusals = *std::move(refusals);
        return {};
    }

    outcome<void> open_requests() {
        rows row{statements_[reading::open], at_.key};
        while (row.next()) {
            const auto what = [&] {
                return at_.of("request number " + id_traits<std::uint64_t>::text(row.number(0)));
            };
            auto open = value_in<open_request<V>>(row.text(1), what);
            if (!open) return failed(std::move(open).error());
            if (open->request.number != row.number(0) || !is_sound(open->request)) {
                return failed(corrupt(what() + " holds what lockbox never writes"));
            }
            if (open->grant) {
                placed(into_.grants, open->request.asked->requester, &engineer_grants<V>::engineer)
                    .grants.push_back(*std::move(open->grant));
            }
            const auto place = place_of(into_.open, open->request.number, &request<V>::number);
            into_.open.emplace(place, std::move(open->request));
        }
        if (row.failed()) return failed(row.fault());
        for (auto& of : into_.grants) std::ranges::sort(of.grants, {}, &grant<V>::number);
        return {};
    }

    outcome<void> denials() {
        rows row{statements_[reading::denials], at_.key};
        while (row.next()) {
            auto case_number = id_traits<typename V::case_id>::parse(row.text(0));
            if (!case_number) {
                return failed(corrupt(at_.of("the case `" + std::string{row.text(0)} + "`") +
                                      " cannot be read"));
            }
            auto& denials = placed(into_.denials, *case_number, &case_denials<V>::case_number);
            denials.numbers.push_back(row.number(1));
            denials.last = instant_in<typename V::time_point>(row.integer(2));
        }
        if (row.failed()) return failed(row.fault());
        return {};
    }

    const reading_statements& statements_;
    const place& at_;
    tenant<V>& into_;
};

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
