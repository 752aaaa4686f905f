// The way to a state, told from the beginning with its real ids and instants.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lockbox/describe.hpp>
#include <lockbox/sentence.hpp>
#include <lockbox/testing/explore/player.hpp>

namespace lockbox {
inline namespace v0 {
namespace testing {

/// One line of a course: who did what when, and what came of it.
template <class V>
struct course_line {
    typename V::time_point now{};
    lockbox::command<V> what{};
    std::string came_of_it{};
};

/// "submitted", or "refused: …", or both.
template <class V>
[[nodiscard]] std::string told(const decision<V>& d) {
    std::string out;
    for (const auto& event : d.happened)
        out.append(out.empty() ? "" : ", ").append(name_of<V>(event.body));
    if (d.refused) out.append(out.empty() ? "" : ": ").append(sentence(*d.refused));
    return out.empty() ? "nothing to record" : out;
}

/// A course as text: "1  2026-11-02T09:00:00.000Z  engineer eve  submit{…}", and what came of it.
template <class V>
[[nodiscard]] std::string text_of(const std::vector<course_line<V>>& course) {
    std::string out;
    std::size_t number = 0;
    for (const auto& line : course) {
        out.append("  ").append(std::to_string(++number)).append("  ");
        out.append(describe(line.now)).append("  ");
        out.append(name_of(line.what.actor.acting)).append(" ");
        out.append(describe(line.what.actor.person)).append("  ");
        out.append(describe(line.what.body)).append("\n       → ");
        out.append(line.came_of_it).append("\n");
    }
    return out;
}

/// Goes along a course with real ids and instants beside the states in which it was found.
template <class V, class Rules>
class guide {
  public:
    explicit guide(player<V, Rules>& with) : with_{with} {
        real_.state = with.of().start;
        settle();
    }

    /// Takes the first step of which `is_it(tried)`; false when there is none.
    template <class IsIt>
    bool take(IsIt is_it) {
        with_.enter(bytes_view{here_});
        bool found = false;
        course_line<V> line;
        with_.visit([](std::size_t) { return true; },
                    [&](const tried<V>& t) {
                        if (!is_it(t)) return true;
                        found = true;
                        line = real(t);
                        return false;
                    });
        if (!found) return false;
        const auto decided = with_.rules().decide(real_.state, line.what, line.now);
        line.came_of_it = told(decided);
        for (const auto& event : decided.happened) (void)with_.rules().evolve(real_.state, event);
        course_.push_back(std::move(line));
        settle();
        return true;
    }

    [[nodiscard]] const std::vector<course_line<V>>& course() const { return course_; }

  private:
    /// The step as it is taken on the real tenant: its requests by their ids, its proposals by
    /// their numbers, its instants then.
    course_line<V> real(const tried<V>& t) {
        const auto& here = real_.state;
        const auto by = here.last - t.step.before.last;
        course_line<V> line{t.step.now + by, t.step.what, {}};
        each_part<typename V::time_point>(line.what.body,
                                          [&](std::string_view, auto& at) { at += by; });
        const auto place = with_.place_of(t.move);
        line.what.body.match([&](auto& c) {
            if constexpr (requires { c.request; })
                if (place != 0) c.request = here.open[place - 1].id;
            if constexpr (requires { c.proposal; }) {
                const auto& all = here.settled.proposals;
                c.proposal = c.proposal - 1 < all.size() ? all[c.proposal - 1].number : 0;
            }
        });
        return line;
    }
    void settle() {
        real_.settled = unpacked<V>::nowhere;
        const auto bytes = with_.packer().pack(real_, false);
        here_.assign(bytes.begin(), bytes.end());
    }

    player<V, Rules>& with_;
    unpacked<V> real_;
    std::vector<std::uint8_t> here_;
    std::vector<course_line<V>> course_;
};

}  // namespace testing
}  // namespace v0
}  // namespace lockbox
