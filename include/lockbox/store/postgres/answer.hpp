// The rows that a statement returned, in PostgreSQL's binary form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include <libpq-fe.h>

namespace lockbox {
inline namespace v0 {
namespace postgres {

/// One row of an answer; valid as long as the answer is.
class row {
  public:
    row(const PGresult* of, int at) : of_(of), at_(at) {}

    [[nodiscard]] bool absent(int column) const { return PQgetisnull(of_, at_, column) == 1; }
    /// A whole number of any width, or whether; 0 of NULL.
    [[nodiscard]] std::int64_t integer(int column) const {
        const auto bytes = text(column);
        if (bytes.empty() || bytes.size() > sizeof(std::int64_t)) return 0;
        const bool negative = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0;
        std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
        for (const char byte : bytes) value = (value << 8U) | static_cast<unsigned char>(byte);
        return static_cast<std::int64_t>(value);
    }
    /// A count or a number, which is never negative in a sound database; 0 if it is.
    [[nodiscard]] std::uint64_t number(int column) const {
        const auto value = integer(column);
        return value < 0 ? 0 : static_cast<std::uint64_t>(value);
    }
    [[nodiscard]] std::string_view text(int column) const {
        const auto size = PQgetlength(of_, at_, column);
        return {PQgetvalue(of_, at_, column), static_cast<std::size_t>(size)};
    }

  private:
    const PGresult* of_;
    int at_;
};

struct clear_result {
    void operator()(PGresult* made) const noexcept { PQclear(made); }
};
using raw_result = std::unique_ptr<PGresult, clear_result>;

/// All rows of one run.
class answer {
  public:
    answer() = default;
    explicit answer(raw_result made) : made_(std::move(made)) {}

    [[nodiscard]] std::size_t size() const {
        return made_ ? static_cast<std::size_t>(PQntuples(made_.get())) : 0;
    }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] row operator[](std::size_t at) const {
        return {made_.get(), static_cast<int>(at)};
    }
    /// What the server calls what it did: `COMMIT`, or `ROLLBACK` when it could not.
    [[nodiscard]] std::string_view did() const {
        return made_ ? std::string_view{PQcmdStatus(made_.get())} : std::string_view{};
    }

  private:
    raw_result made_;
};

}  // namespace postgres
}  // namespace v0
}  // namespace lockbox
