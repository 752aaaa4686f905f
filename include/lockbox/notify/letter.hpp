// A message before it has a medium: paragraphs, facts and quotations, in the order of reading.
// Whatever is put in comes out inert, in plain text and in HTML alike (N2).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lockbox/fields.hpp>
#include <lockbox/notify/inert.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {

/// How a message asks to be treated: `high` when somebody is to act before a deadline.
enum class importance : std::uint8_t { normal, high };
template <>
inline constexpr auto names_of<importance> = std::array<std::string_view, 2>{"normal", "high"};

namespace notify {

/// A message as a list of parts. The texts are raw: `plain_of`, `html_of` and
/// `subject_of` make them inert.
class letter {
  public:
    enum class kind : std::uint8_t { paragraph, fact, quotation, link };
    struct part {
        letter::kind kind{};
        std::string label{};
        std::string text{};
    };

    letter() = default;
    explicit letter(std::string subject, lockbox::importance how = importance::normal)
        : subject_(std::move(subject)), importance_(how) {}

    void paragraph(std::string text) { add(kind::paragraph, {}, std::move(text)); }
    /// One line of the table; several in a row make one table.
    void fact(std::string label, std::string text) {
        add(kind::fact, std::move(label), std::move(text));
    }
    /// What somebody wrote; nothing when nothing was written.
    void quotation(std::string label, std::string_view text) {
        if (!is_blank(text)) add(kind::quotation, std::move(label), std::string{text});
    }
    /// An address of the host's own making: the one part that is not disarmed as a
    /// link, only escaped.
    void link(std::string address) { add(kind::link, {}, std::move(address)); }

    [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
    [[nodiscard]] lockbox::importance how() const noexcept { return importance_; }
    [[nodiscard]] const vector<part>& parts() const noexcept { return parts_; }

  private:
    void add(kind what, std::string label, std::string text) {
        parts_.push_back({what, std::move(label), std::move(text)});
    }
    std::string subject_;
    lockbox::importance importance_ = importance::normal;
    vector<part> parts_;
};

/// The subject, fit for a header: one line without control characters (T21).
[[nodiscard]] inline std::string subject_of(const letter& l) { return on_one_line(l.subject()); }

namespace detail {

template <class F>
void for_each_line(std::string_view block, F f) {
    while (!block.empty()) {
        const auto end = block.find('\n');
        f(block.substr(0, end));
        block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
    }
}

[[nodiscard]] inline std::string plain_of(const letter::part& p, std::size_t width) {
    std::string out;
    switch (p.kind) {
        case letter::kind::paragraph:
            return on_one_line(p.text) + '\n';
        case letter::kind::link:
            return p.text + '\n';
        case letter::kind::fact:
            out = p.label + ':';
            out.append(width + 2 - p.label.size(), ' ');
            return out + on_one_line(p.text) + '\n';
        case letter::kind::quotation:
            out = p.label + ":\n";
            for_each_line(as_block(p.text),
                          [&](std::string_view line) { ((out += "  | ") += line) += '\n'; });
            return out;
    }
    return out;
}

[[nodiscard]] inline std::string html_of(const letter::part& p) {
    std::string out;
    switch (p.kind) {
        case letter::kind::paragraph:
            return "<p>" + in_html(on_one_line(p.text)) + "</p>\n";
        case letter::kind::link:
            out = in_html(p.text);
            return "<p><a href=\"" + out + "\">" + out + "</a></p>\n";
        case letter::kind::fact:
            return "<tr><th align=\"left\">" + in_html(p.label) + "</th><td>" +
                   in_html(on_one_line(p.text)) + "</td></tr>\n";
        case letter::kind::quotation:
            out = "<p>" + in_html(p.label) + ":</p>\n<blockquote>";
            for_each_line(as_block(p.text), [&, first = true](std::string_view line) mutable {
                if (!std::exchange(first, false)) out += "<br>\n";
                out += in_html(line);
            });
            return out + "</blockquote>\n";
    }
    return out;
}

}  // namespace detail

/// The letter as plain text: UTF-8, lines ended by `\n`. Quoted lines begin with "  |
/// ", so that no text from people can pass for a line of ours.
[[nodiscard]] inline std::string plain_of(const letter& l) {
    std::size_t width = 0;
    for (const auto& p : l.parts()) {
        if (p.kind == letter::kind::fact) width = (std::max)(width, p.label.size());
    }
    std::string out;
    bool in_table = false;
    for (const auto& p : l.parts()) {
        const bool fact = p.kind == letter::kind::fact;
        if (!out.empty() && !(fact && in_table)) out += '\n';
        out += detail::plain_of(p, width);
        in_table = fact;
    }
    return out;
}

/// The letter as one HTML page: no script, no image, nothing that is fetched.
[[nodiscard]] inline std::string html_of(const letter& l) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" +
                      in_html(subject_of(l)) + "</title></head>\n<body>\n";
    bool in_table = false;
    for (const auto& p : l.parts()) {
        const bool fact = p.kind == letter::kind::fact;
        if (fact != in_table) out += fact ? "<table>\n" : "</table>\n";
        out += detail::html_of(p);
        in_table = fact;
    }
    if (in_table) out += "</table>\n";
    return out + "</body>\n</html>\n";
}

}  // namespace notify
}  // namespace v0
}  // namespace lockbox
