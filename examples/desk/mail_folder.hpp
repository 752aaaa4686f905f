// A delivery that writes each notification as one .eml file. Given a message again,
// it writes the same file again (V19).
#pragma once

#include <cstdint>
#include <string>

#include <lockbox/notify/notification.hpp>

#include "words.hpp"

namespace desk {

class mail_folder {
  public:
    /// An empty folder's name: nothing is written, and everything is asked for again later.
    mail_folder(std::string folder, std::string from)
        : folder_(std::move(folder)), from_(std::move(from)) {}

    /// Makes the folder when it is missing, and sees that files can be written there.
    [[nodiscard]] expected<void> prepare() const;

    [[nodiscard]] lockbox::delivery operator()(
        const lockbox::notification<lb::vocabulary>& message);

    [[nodiscard]] std::uint64_t written() const { return written_; }

  private:
    std::string folder_;
    std::string from_;
    std::uint64_t written_ = 0;
};

}  // namespace desk
