// The canonical text of a value: the bytes that a store keeps of an event, the same
// on every compiler. One value has one text and one text one value, so texts may be
// hashed, signed and compared (V14).
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include <lockbox/log/reader.hpp>
#include <lockbox/log/writer.hpp>

namespace lockbox {
inline namespace v0 {
namespace log {

/// Appends the canonical text of a value, JSON on one line:
///
/// - an object has its fields in the order of `fields`, each of them always there; no white space;
/// - one of several is an object with one field, by the alternative's name:
///   `{"denied":{"gate":0,…}}`;
/// - identifiers are strings by their `id_traits`; an integral type is a number, a
///   named enum its name;
/// - instants are RFC 3339 in UTC with milliseconds, durations are whole milliseconds;
/// - what is absent is `null`, a set of permissions a list of names in their order, a digest 16
///   lower-case hexadecimal digits in a string;
/// - in strings only `"`, `\` and the C0 controls are escaped, as `\"`, `\\`, `\b`,
///   `\t`, `\n`, `\f`, `\r`, else `\u00xx`; all other bytes stand as they are (V15).
///
/// What has no text (`no_text`) and what is not UTF-8 can be written, breaks out of no
/// string and is refused by `read`: the rules let neither into an event. Cost: some 100
/// ns for 300 bytes. Grows `out` in steps; when that fails, `out` is as before (V20).
template <class T>
void write(std::string& out, const T& value) {
    detail::writer to{out};
    to.value(value);
    to.finish();
}

/// The value whose canonical text this is, all of it: takes exactly what `write` writes and nothing
/// else, so that what was read is written as the same bytes again. Never deeper than
/// the type, never more memory than in proportion to the text (T24).
template <class T>
[[nodiscard]] tl::expected<T, read_fault> read(std::string_view text) {
    tl::expected<T, read_fault> value{};
    detail::reader from{text};
    if (!from.value(*value) || !from.at_end()) value = tl::make_unexpected(from.fault());
    return value;
}

}  // namespace log
}  // namespace v0
}  // namespace lockbox
