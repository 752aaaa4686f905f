// A command that comes again: it gets the recorded reply, and writes nothing (V8, T12).
#pragma once

#include <lockbox/rules/moment.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace rules {

/// The refusal that a recorded event stands for, if it stands for one.
template <class V>
[[nodiscard]] maybe refusal_in(const audit_event<V>& event) {
    if (const auto* e = event.body.template get_if<refused<V>>()) return e->refusal;
    if (const auto* e = event.body.template get_if<access_refused<V>>()) return e->refusal;
    if (const auto* e = event.body.template get_if<throttled<V>>()) return e->refusal;
    return {};
}

/// What a repeated command is answered, from the events recorded under its id, of which there are
/// some. The same id with another body is refused, and an access is allowed once only.
template <class V>
[[nodiscard]] decision<V> repeated(const command<V>& c, const vector<audit_event<V>>& recorded) {
    decision<V> out;
    if (recorded.front().content != digest_of(c.body)) {
        out.refused = refusal{ground::id_reused, field::command, 0, {}};
    } else if (recorded.front().body.template is<accessed<V>>()) {
        out.refused = refusal{ground::already_used, field::command, 0, {}};
    } else {
        for (const auto& event : recorded) out.happened.push_back(event);
        out.refused = refusal_in(recorded.back());
    }
    return out;
}

}  // namespace rules
}  // namespace v0
}  // namespace lockbox
