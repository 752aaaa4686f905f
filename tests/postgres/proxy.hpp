// Stands between a client and the server on a socket of its own, and breaks the connection at the
// moment that a test chooses.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

namespace postgres_server {

/// What becomes of the next thing that a client sends.
enum class cut {
    never,
    before,  ///< the server never sees it
    after,   ///< the server does it, and its answer is lost
    held,    ///< the client is gone, and the server sees it when the test lets go
};

class proxy {
  public:
    explicit proxy(std::string server) : server_(std::move(server) + "/.s.PGSQL.5432") {
        std::string name = std::filesystem::temp_directory_path().string() + "/lockbox-px-XXXXXX";
        path_ = mkdtemp(name.data()) != nullptr ? name : ".";
        listening_ = socket(AF_UNIX, SOCK_STREAM, 0);
        const auto at = address(path_ + "/.s.PGSQL.5432");
        if (bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) return;
        if (listen(listening_, 16) != 0) return;
        accepting_ = std::thread{[this] { accept_all(); }};
    }
    proxy(const proxy&) = delete;
    proxy& operator=(const proxy&) = delete;
    ~proxy() {
        over_ = true;
        if (accepting_.joinable()) accepting_.join();
        for (auto& one : serving_) one.join();
        close(listening_);
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    /// What befalls the next thing that a client sends, or the one so many later.
    void next(cut how, int later = 0) {
        later_ = later;
        how_ = how;
    }
    /// Whether that is still to come.
    [[nodiscard]] bool waits() const { return how_ != cut::never; }
    /// From now on the server says that it is of this major version, of two digits.
    void pretend(const char* version) { version_ = version; }
    /// Lets go of what was held; returns once the server has answered it.
    void let_go() {
        go_ = true;
        while (holding_) std::this_thread::yield();
        go_ = false;
    }
    [[nodiscard]] bool holding() const { return holding_; }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    static sockaddr_un address(const std::string& path) {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, path.c_str(), path.size() + 1);
        return at;
    }

    void accept_all() {
        while (!over_) {
            pollfd heard{listening_, POLLIN, 0};
            if (poll(&heard, 1, 10) <= 0) continue;
            const int client = accept(listening_, nullptr, nullptr);
            if (client >= 0) serving_.emplace_back([this, client] { serve(client); });
        }
    }

    void serve(int client) {
        const int server = socket(AF_UNIX, SOCK_STREAM, 0);
        const auto at = address(server_);
        bool open = connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
        std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        while (open && !over_) {
            if (poll(ends.data(), 2, 10) <= 0) continue;
            if (ends[1].revents != 0) open = answer(server, client);
            if (open && ends[0].revents != 0) open = forward(client, server);
        }
        close(client);
        close(server);
    }

    /// What the client sends goes on, or meets its fate.
    bool forward(int client, int server) {
        if (how_ == cut::never || later_-- > 0) return pass(client, server);
        const auto how = how_.exchange(cut::never);
        if (how == cut::before) return false;
        std::string sent = take(client);
        if (how == cut::held) {
            holding_ = true;
            shutdown(client, SHUT_RDWR);
            while (!go_ && !over_) std::this_thread::yield();
        }
        give(server, sent);
        (void)take(server);
        holding_ = false;
        return false;
    }

    /// What the server sends goes on, with the version that it is to have.
    bool answer(int server, int client) {
        auto some = take(server);
        constexpr std::string_view name{"server_version", sizeof "server_version"};
        const auto at = some.find(name);
        if (const char* version = version_; version != nullptr && at != std::string::npos)
            some.replace(at + name.size(), 2, version);
        return !some.empty() && give(client, some);
    }

    bool pass(int from, int to) {
        const auto some = take(from);
        return !some.empty() && give(to, some);
    }
    static std::string take(int from) {
        std::string some(1 << 16, '\0');
        const auto count = recv(from, some.data(), some.size(), 0);
        some.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return some;
    }
    static bool give(int to, std::string_view some) {
        return send(to, some.data(), some.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(some.size());
    }

    std::string server_;
    std::string path_;
    int listening_ = -1;
    std::atomic<bool> over_{false};
    std::atomic<bool> go_{false};
    std::atomic<bool> holding_{false};
    std::atomic<cut> how_{cut::never};
    std::atomic<int> later_{0};
    std::atomic<const char*> version_{nullptr};
    std::thread accepting_;
    std::vector<std::thread> serving_;
};

}  // namespace postgres_server
