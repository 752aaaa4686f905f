// How values become columns of any SQL database and come back. Instants are milliseconds,
// identifiers their text, all else canonical JSON; what does not come back as it was written is
// corrupt.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/log/json.hpp>
#include <lockbox/optional.hpp>
#include <lockbox/store/sql/fault.hpp>

namespace lockbox {
inline namespace v0 {
namespace sql {

/// A request as long as it is open, and its grant once it has one: the text of `request.state`.
template <class V>
struct open_request {
    lockbox::request<V> request{};
    optional<lockbox::grant<V>> grant{};

    static constexpr void fields(auto& self, auto&& f) {
        f("request", self.request);
        f("grant", self.grant);
    }
    friend bool operator==(const open_request&, const open_request&) = default;
};

/// An instant as a column: milliseconds of its clock's epoch, at the edges of 64 bits the edge.
template <class Clock, class Duration>
[[nodiscard]] std::int64_t column_of(const std::chrono::time_point<Clock, Duration>& at) {
    constexpr std::int64_t unit = std::chrono::milliseconds{Duration{1}}.count();
    constexpr std::int64_t most = (std::numeric_limits<std::int64_t>::max)();
    const std::int64_t count = at.time_since_epoch().count();
    if (count > most / unit) return most;
    if (count < -(most / unit)) return -most;
    return count * unit;
}

template <class TimePoint>
[[nodiscard]] TimePoint instant_in(std::int64_t column) {
    using duration = typename TimePoint::duration;
    return TimePoint{std::chrono::floor<duration>(std::chrono::milliseconds{column})};
}

/// The text of an identifier: a view of it where its traits give one.
template <class T>
[[nodiscard]] decltype(auto) text_of(const T& id) {
    return id_traits<T>::text(id);
}

/// The text of an optional identifier, as a column that may be NULL. Keeps the text alive.
template <class T>
class optional_text {
  public:
    explicit optional_text(const optional<T>& id) {
        if (id) text_.emplace(id_traits<T>::text(*id));
    }
    [[nodiscard]] optional<std::string_view> column() const {
        return text_ ? optional<std::string_view>{*text_} : std::nullopt;
    }

  private:
    optional<std::string> text_;
};

/// The value of a JSON column, or what is wrong with it; `place` returns where it stands.
template <class T, class Place>
[[nodiscard]] outcome<T> value_in(std::string_view text, Place place) {
    auto value = log::read<T>(text);
    if (!value) return failed(corrupt(place() + " cannot be read: " + log::message(value.error())));
    return *std::move(value);
}

/// The event in a JSON column, which must be this one of this tenant's log.
template <class V>
[[nodiscard]] outcome<audit_event<V>> event_in(std::string_view text, std::string_view tenant,
                                               std::uint64_t sequence) {
    const auto place = [&] {
        return "event " + id_traits<std::uint64_t>::text(sequence) + " of tenant `" +
               std::string{tenant} + "`";
    };
    auto event = value_in<audit_event<V>>(text, place);
    if (!event) return event;
    if (event->sequence != sequence || std::string_view{text_of(event->tenant)} != tenant) {
        return failed(corrupt(place() + " stands in another one's place"));
    }
    return event;
}

/// A row of `request` as a summary. Columns: id, number, engineer, case_number, drill, status,
/// gate, submitted, over.
template <class V, class Row>
[[nodiscard]] outcome<request_summary<V>> summary_in(const Row& row) {
    using instant = typename V::time_point;
    auto id = id_traits<typename V::request_id>::parse(row.text(0));
    auto engineer = id_traits<typename V::person_id>::parse(row.text(2));
    auto case_number = id_traits<typename V::case_id>::parse(row.text(3));
    const auto status = named<lockbox::status>(row.text(5));
    const auto gate = named<lockbox::side>(row.text(6));
    if (!id || !engineer || !case_number || !status || (!gate && !row.absent(6))) {
        return failed(corrupt("the row of request `" + std::string{row.text(0)} +
                              "` holds what lockbox never writes"));
    }
    return request_summary<V>{*std::move(id),
                              row.number(1),
                              *std::move(engineer),
                              *std::move(case_number),
                              row.integer(4) != 0,
                              *status,
                              gate,
                              instant_in<instant>(row.integer(7)),
                              instant_in<instant>(row.integer(8))};
}

}  // namespace sql
}  // namespace v0
}  // namespace lockbox
