#include "strict_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <nlohmann/json.hpp>

#include "print.hpp"

namespace desk {
namespace {

using type = json_value::type;
constexpr std::size_t deepest = 4;

/// Takes the reader's calls and builds the value; the first fault stops it.
class builder final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit builder(json_value& root) : root_(root) {}

    [[nodiscard]] const std::string& fault() const { return fault_; }

    bool null() override { return put({}); }
    bool boolean(bool value) override { return put({type::truth, value, {}, {}, {}}); }
    bool number_integer(std::int64_t value) override { return number(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) override { return number(std::to_string(value)); }
    bool number_float(double /*value*/, const std::string& text) override {
        return refuse("`" + inert(text, 40) + "` is no whole number that can be kept");
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
        const auto& members = path_.back()->members;
        if (std::ranges::any_of(members, [&](const auto& m) { return m.first == name; })) {
            return refuse("the key `" + inert(name, 40) + "` stands there twice");
        }
        path_.back()->members.emplace_back(std::move(name), json_value{});
        return true;
    }
    bool parse_error(std::size_t at, const std::string& /*token*/,
                     const nlohmann::detail::exception& why) override {
        const std::string_view what = why.what();
        const auto end = std::min(what.find("; "), what.size());
        const auto dash = what.rfind(" - ", end);
        const auto begin = dash != std::string_view::npos ? dash + 3 : what.find("] ") + 2;
        const auto said = what.substr(begin, end - begin);
        return refuse("it is not JSON at byte " + std::to_string(at) + ": " + inert(said, 120));
    }

  private:
    bool refuse(std::string why) {
        fault_ = std::move(why);
        return false;
    }
    bool number(std::string digits) {
        return put({type::number, false, std::move(digits), {}, {}});
    }

    /// Where the next value goes.
    json_value& place() {
        if (path_.empty()) return root_;
        auto& in = *path_.back();
        return in.is == type::object ? in.members.back().second : in.items.emplace_back();
    }
    bool put(json_value value) {
        place() = std::move(value);
        return true;
    }
    bool open(type as) {
        if (path_.size() >= deepest) {
            return refuse("it is nested deeper than " + std::to_string(deepest) + " levels");
        }
        auto& at = place();
        at.is = as;
        path_.push_back(&at);
        return true;
    }
    bool close() {
        path_.pop_back();
        return true;
    }

    json_value& root_;
    std::vector<json_value*> path_;
    std::string fault_;
};

}  // namespace

expected<json_value> read_json(std::string_view text) {
    json_value root;
    builder building{root};
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &building)) {
        return misused(building.fault());
    }
    return root;
}

std::string_view name_of(json_value::type type) {
    constexpr std::array<std::string_view, 6> names{"null",   "true or false", "a whole number",
                                                    "a text", "a list",        "an object"};
    return names[static_cast<std::size_t>(type)];
}

}  // namespace desk
