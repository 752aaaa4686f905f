// Another process, for what several do at once: it shares nothing with this one but what is shared
// on purpose.
#pragma once

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>
#include <utility>

namespace postgres_server {

/// A value that a process shares with its children.
template <class T>
class shared_value {
  public:
    shared_value() {
        void* at =
            mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) std::abort();
        value_ = ::new (at) T{};
    }
    shared_value(const shared_value&) = delete;
    shared_value& operator=(const shared_value&) = delete;
    ~shared_value() { munmap(value_, sizeof(T)); }

    T& operator*() const { return *value_; }
    T* operator->() const { return value_; }

  private:
    T* value_ = nullptr;
};

/// A child that runs a function, and is well when that returns true. It ends with its object.
class child {
  public:
    template <class F>
    explicit child(F runs) : pid_{fork()} {
        if (pid_ == 0) _exit(runs() ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    child(child&& other) noexcept : pid_{std::exchange(other.pid_, -1)} {}
    child(const child&) = delete;
    child& operator=(const child&) = delete;
    child& operator=(child&&) = delete;
    ~child() {
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        wait();
    }

    [[nodiscard]] bool running() {
        if (pid_ <= 0 || waitpid(pid_, &how_, WNOHANG) == 0) return pid_ > 0;
        pid_ = -1;
        return false;
    }
    /// Waits for its end; whether that was well.
    bool ended_well() {
        wait();
        return WIFEXITED(how_) && WEXITSTATUS(how_) == EXIT_SUCCESS;
    }

  private:
    void wait() {
        while (pid_ > 0 && waitpid(pid_, &how_, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }

    pid_t pid_;
    int how_ = -1;
};

}  // namespace postgres_server
