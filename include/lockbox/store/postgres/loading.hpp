// Reads a tenant's rows, which together are its state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <lockbox/store/postgres/queries.hpp>
#include <lockbox/store/sql/assembly.hpp>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// One load, of the rows that the statement `load` returned. Cost: one row for each of its parts,
/// one for each open request and each denial.
template <class V>
class loading {
  public:
    loading(const answer& rows, const typename V::tenant_id& id) : rows_(rows) {
        all_.state.id = id;
        at_.id = sql::text_of(id);
    }

    /// Absent when the tenant was never opened. `epoch` is told in any case.
    [[nodiscard]] outcome<optional<loaded<V>>> run(std::int64_t& epoch) {
        for (std::size_t at = 0; at < rows_.size(); ++at) {
            const auto row = rows_[at];
            if (kind_of(row) == kind_of_row::tenant) {
                epoch = row.integer(4);
                at_.version = row.number(1);
                at_.last = row.integer(2);
                at_.submissions = row.number(3);
                if (at_.version == 0) break;
            } else if (auto done = take(row); !done) {
                return failed(std::move(done).error());
            }
        }
        if (at_.version == 0) return optional<loaded<V>>{};
        if (!ends_) return failed(state_.head(0, 0).error());
        if (!settled_) return failed(corrupt(at_.of("the settings") + " are missing"));
        state_.ordered();
        return optional{std::move(all_)};
    }

  private:
    static kind_of_row kind_of(const row& of) { return static_cast<kind_of_row>(of.integer(0)); }

    outcome<void> take(const row& of) {
        switch (kind_of(of)) {
            case kind_of_row::settled:
                settled_ = true;
                return state_.settled_part(of.text(5), of.text(6));
            case kind_of_row::last_event:
                ends_ = true;
                return state_.head(of.number(1), of.integer(2));
            case kind_of_row::open:
                return state_.open(of.number(1), of.text(5));
            case kind_of_row::denial:
                return state_.denial(of.text(5), of.number(2), of.integer(3));
            default:
                return recorded(of);
        }
    }

    outcome<void> recorded(const row& of) {
        auto event = sql::event_in<V>(of.text(5), at_.id, of.number(1));
        if (!event) return failed(std::move(event).error());
        all_.recorded.push_back(*std::move(event));
        return {};
    }

    const answer& rows_;
    loaded<V> all_{};
    sql::place at_{};
    sql::assembly<V> state_{at_, all_.state};
    bool ends_ = false;
    bool settled_ = false;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
