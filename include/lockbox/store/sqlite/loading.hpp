// Reads a tenant's rows, which together are its state.
#pragma once

#include <cstdint>
#include <utility>

#include <lockbox/store/sql/assembly.hpp>
#include <lockbox/store/sqlite/queries.hpp>

namespace lockbox {
inline namespace v0 {
namespace sqlite {

using reading_statements = prepared<reading, reading_texts.size()>;

/// A tenant's row, as one snapshot has it. An unknown tenant has key 0.
struct place : sql::place {
    std::int64_t key = 0;
};

/// One load. Cost: one row for the tenant, one for each open request and each denial.
template <class V>
class loading {
  public:
    loading(const reading_statements& statements, const place& at, tenant<V>& into)
        : statements_(statements), at_(at), state_(at, into) {}

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
        const bool found = last.next();
        if (last.failed()) return failed(last.fault());
        return found ? state_.head(last.number(0), last.integer(1)) : state_.head(0, 0);
    }

    outcome<void> settled_part() {
        rows row{statements_[reading::settled], at_.key};
        if (!row.next()) {
            return failed(row.failed() ? row.fault()
                                       : corrupt(at_.of("the settings") + " are missing"));
        }
        return state_.settled_part(row.text(0), row.text(1));
    }

    outcome<void> open_requests() {
        rows row{statements_[reading::open], at_.key};
        while (row.next()) {
            if (auto done = state_.open(row.number(0), row.text(1)); !done) return done;
        }
        if (row.failed()) return failed(row.fault());
        state_.ordered();
        return {};
    }

    outcome<void> denials() {
        rows row{statements_[reading::denials], at_.key};
        while (row.next()) {
            auto done = state_.denial(row.text(0), row.number(1), row.integer(2));
            if (!done) return done;
        }
        if (row.failed()) return failed(row.fault());
        return {};
    }

    const reading_statements& statements_;
    const place& at_;
    sql::assembly<V> state_;
};

}  // namespace sqlite
}  // namespace v0
}  // namespace lockbox
