// JSON from people, read strictly: no key twice, never deeper than asked, UTF-8 only. Needs
// nlohmann-json (lockbox::json), which does the reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include <lockbox/describe.hpp>
#include <lockbox/policies/json_value.hpp>

namespace lockbox {
inline namespace v0 {
namespace detail {

/// Takes the reader's calls and builds the value; the first fault stops it.
class json_builder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    json_builder(json_value& root, std::size_t deepest) : root_(root), deepest_(deepest) {}

    [[nodiscard]] const json_fault& fault() const { return fault_; }

    bool null() override { return put({}); }
    bool boolean(bool value) override { return put({type::truth, value, {}, {}, {}}); }
    bool number_integer(std::int64_t value) override { return number(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) override { return number(std::to_string(value)); }
    bool number_float(double /*value*/, const std::string& text) override {
        (void)place();
        return refuse(quoted_inert(text) + " is no whole number that can be kept");
    }
    bool string(std::string& value) override {
        return put({type::text, false, std::move(value), {}, {}});
    }
    bool binary(nlohmann::json::binary_t& /*value*/) override { return refuse("it is not JSON"); }
    bool start_object(std::size_t /*size*/) override { return open(type::object); }
    bool start_array(std::size_t /*size*/) override { return open(type::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& name) override {
        auto& members = open_.back()->members;
        for (const auto& [known, value] : members)
            if (known == name)
                return refuse("the key " + quoted_inert(name) + " stands there twice", 1);
        members.emplace_back(std::move(name), json_value{});
        return true;
    }
    bool parse_error(std::size_t at, const std::string& /*token*/,
                     const nlohmann::detail::exception& why) override {
        const std::string_view what = why.what();
        const auto end = what.find("; ") < what.size() ? what.find("; ") : what.size();
        const auto dash = what.rfind(" - ", end);
        const auto begin = dash != std::string_view::npos ? dash + 3 : what.find("] ") + 2;
        fault_ = {{}, "it is not JSON at byte " + std::to_string(at) + ": "};
        append_inert(fault_.what, what.substr(begin, end - begin).substr(0, 120));
        return false;
    }

  private:
    using type = json_value::type;

    /// The fault of the value that was begun last, or of the object `above` it.
    bool refuse(std::string why, std::size_t above = 0) {
        fault_ = {{}, std::move(why)};
        for (std::size_t at = 0; at + above < open_.size(); ++at) {
            const auto& in = *open_[at];
            if (in.is == type::list) {
                fault_.path += "[" + std::to_string(in.items.size() - 1) + "]";
            } else {
                if (!fault_.path.empty()) fault_.path += '.';
                append_inert(fault_.path, std::string_view{in.members.back().first}.substr(0, 40));
            }
        }
        return false;
    }
    bool number(std::string digits) {
        return put({type::number, false, std::move(digits), {}, {}});
    }
    /// Where the next value goes.
    json_value& place() {
        if (open_.empty()) return root_;
        auto& in = *open_.back();
        return in.is == type::object ? in.members.back().second : in.items.emplace_back();
    }
    bool put(json_value value) {
        place() = std::move(value);
        return true;
    }
    bool open(type as) {
        auto& at = place();
        if (open_.size() >= deepest_)
            return refuse("it is nested deeper than " + std::to_string(deepest_) + " levels");
        at.is = as;
        open_.push_back(&at);
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    json_value& root_;
    std::size_t deepest_;
    std::vector<json_value*> open_;
    json_fault fault_;
};

}  // namespace detail

/// The value that a text is, all of it, with at most `deepest` lists and objects in one another.
[[nodiscard]] inline tl::expected<json_value, json_fault> read_json(std::string_view text,
                                                                    std::size_t deepest) {
    json_value root;
    detail::json_builder building{root, deepest};
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &building))
        return tl::unexpected{building.fault()};
    return root;
}

}  // namespace v0
}  // namespace lockbox
