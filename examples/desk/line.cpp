#include "line.hpp"

#include <algorithm>
#include <array>

#include "print.hpp"
#include "strict_json.hpp"

namespace desk {
namespace {

using type = json_value::type;

std::string named(std::string_view key) { return "`" + inert(key, 40) + "`"; }

tl::unexpected<problem> wrong_type(std::string_view key, std::string_view wanted, type is) {
    return misused(named(key) + " must be " + std::string{wanted} + ", and is " +
                   std::string{name_of(is)});
}

/// A field's value as the form keeps it.
expected<form::values> values_of(const field& f, const json_value& v) {
    switch (f.holds) {
        case kind::truth:
            if (v.is != type::truth) return wrong_type(f.name, "true or false", v.is);
            return form::values{v.truth ? "true" : "false"};
        case kind::number:
            if (v.is != type::number) return wrong_type(f.name, "a whole number", v.is);
            return form::values{v.text};
        case kind::list: {
            if (v.is != type::list) return wrong_type(f.name, "a list of texts", v.is);
            form::values all;
            for (const auto& item : v.items) {
                if (item.is != type::text) return wrong_type(f.name, "a list of texts", item.is);
                all.push_back(item.text);
            }
            return all;
        }
        case kind::text:
        case kind::duration:
        case kind::instant:
            break;
    }
    if (v.is != type::text) return wrong_type(f.name, "a text", v.is);
    return form::values{v.text};
}

/// The keys that every line may have, beside those of its command.
constexpr std::array envelope{
    field{"at", kind::instant, true, {}},   field{"do", kind::text, true, {}},
    field{"tenant", kind::text, false, {}}, field{"as", kind::text, false, {}},
    field{"from", kind::text, false, {}},   field{"id", kind::text, false, {}},
    field{"expect", kind::text, false, {}}, field{"note", kind::text, false, {}}};

/// The fields of an object that are among these; `taken` counts them.
expected<form> fill(const json_value& object, std::span<const field> fields, std::size_t& taken) {
    form filled;
    for (const auto& [key, value] : object.members) {
        const auto f = std::ranges::find(fields, key, &field::name);
        if (f == fields.end()) continue;
        auto values = values_of(*f, value);
        if (!values) return tl::unexpected{values.error()};
        filled.fill(f->name, *std::move(values));
        ++taken;
    }
    return filled;
}

/// The first key that is in neither list; there is one.
problem stray_key(const json_value& object, std::span<const field> fields, std::string_view what) {
    for (const auto& [key, value] : object.members) {
        const bool known = std::ranges::count(envelope, key, &field::name) != 0 ||
                           std::ranges::count(fields, key, &field::name) != 0;
        if (!known) return {ending::misused, named(what) + " has no field " + named(key)};
    }
    return {ending::misused, named(what) + " has a field that it does not know"};
}

expected<std::optional<expectation>> expectation_in(const form& head) {
    constexpr std::string_view refused = "refused";
    if (!head.has("expect")) return std::optional<expectation>{};
    const auto text = head.text("expect");
    if (text == "done") return std::optional{expectation{false, {}}};
    if (text == refused) return std::optional{expectation{true, {}}};
    if (text.starts_with("refused:")) {
        const auto why =
            lockbox::named<lockbox::ground>(std::string_view{text}.substr(refused.size() + 1));
        if (why) return std::optional{expectation{true, why}};
    }
    return misused("`expect` must be `done`, `refused` or `refused:GROUND`, and is " + named(text));
}

/// Who commands what of whom; the machine's own tasks need none of it.
expected<lb::command> command_in(const form& head) {
    for (const auto* key : {"tenant", "as", "id"}) {
        if (!head.has(key)) return misused("a command needs the field `" + std::string{key} + "`");
    }
    auto who = parse_actor(head.text("as"));
    if (!who) return misused("`as`: " + who.error().what);
    lb::command c;
    c.tenant = lb::tenant_id{head.text("tenant")};
    c.actor = *std::move(who);
    c.origin = head.text("from");
    c.id = lb::command_id{head.text("id")};
    return c;
}

expected<line> command_line_of(const json_value& object, const form& head, std::size_t taken,
                               line out) {
    const auto name = head.text("do");
    const auto* what = find_order(name);
    if (what == nullptr) return misused("there is no command " + named(name));
    auto filled = fill(object, what->fields, taken);
    if (!filled) return tl::unexpected{filled.error()};
    if (taken != object.members.size()) {
        return tl::unexpected{stray_key(object, what->fields, name)};
    }
    auto command = command_in(head);
    if (!command) return tl::unexpected{command.error()};
    auto made = build(*what, *filled);
    if (!made) return tl::unexpected{made.error()};
    out.command = *std::move(command);
    out.command.body = made->body;
    out.from = *std::move(made);
    return out;
}

}  // namespace

expected<line> read_line(std::string_view text) {
    const auto object = read_json(text);
    if (!object) return tl::unexpected{object.error()};
    if (object->is != type::object) {
        return misused("a line must be an object, and is " + std::string{name_of(object->is)});
    }
    std::size_t taken = 0;
    const auto head = fill(*object, envelope, taken);
    if (!head) return tl::unexpected{head.error()};
    for (const auto* key : {"at", "do"}) {
        if (!head->has(key)) return misused("a line needs the field `" + std::string{key} + "`");
    }
    const auto at = head->instant("at");
    if (!at) return tl::unexpected{at.error()};
    const auto expects = expectation_in(*head);
    if (!expects) return tl::unexpected{expects.error()};

    line out;
    out.at = **at;
    out.expects = *expects;
    const auto name = head->text("do");
    if (name != "tick" && name != "deliver") return command_line_of(*object, *head, taken, out);
    out.what = name == "tick" ? line::task::tick : line::task::deliver;
    const auto own = {"at", "do", "note"};
    for (const auto& [key, value] : object->members) {
        if (std::ranges::count(own, std::string_view{key}) == 0) {
            return misused(named(name) + " has no field " + named(key));
        }
    }
    return out;
}

}  // namespace desk
