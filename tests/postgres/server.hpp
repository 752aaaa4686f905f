// A real PostgreSQL server of one's own: in a temporary folder, on a socket in it, fsync on.
// It ends with the program that started it.
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace postgres_server {

/// Where the server's programs are: LOCKBOX_POSTGRES_BIN, or the newest that the system has; empty
/// when there is none.
inline std::string programs() {
    if (const char* said = std::getenv("LOCKBOX_POSTGRES_BIN")) return said;
    std::error_code none;
    const auto whole = [&](const std::filesystem::path& bin) {
        return std::filesystem::exists(bin / "initdb", none) &&
               std::filesystem::exists(bin / "pg_basebackup", none);
    };
    std::string newest;
    int version = 0;
    for (const auto& one : std::filesystem::directory_iterator{"/usr/lib/postgresql", none}) {
        const int is = std::atoi(one.path().filename().c_str());
        if (is <= version || !whole(one.path() / "bin")) continue;
        version = is;
        newest = (one.path() / "bin").string();
    }
    if (!newest.empty()) return newest;
    for (const char* one : {"/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"})
        if (whole(one)) return one;
    return {};
}

/// Starts a program, as somebody who is not the superuser: the server refuses to be that. What it
/// says goes to a file.
inline pid_t start(const std::vector<std::string>& line, const std::string& log) {
    const pid_t child = fork();
    if (child != 0) return child;
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(out, 1);
    dup2(out, 2);
    if (getuid() == 0) {
        const auto* who = getpwnam("postgres");
        if (who == nullptr || initgroups("postgres", who->pw_gid) != 0 ||
            setgid(who->pw_gid) != 0 || setuid(who->pw_uid) != 0)
            _exit(125);
    }
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    std::vector<char*> words;
    for (const auto& one : line) words.push_back(const_cast<char*>(one.c_str()));
    words.push_back(nullptr);
    if (chdir("/") != 0) _exit(126);
    execv(words[0], words.data());
    std::perror(words[0]);
    _exit(127);
}

inline int ended(pid_t child) {
    int how = 0;
    while (waitpid(child, &how, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

class server {
  public:
    /// Does not start before `run`. `more` are settings beyond the ordinary.
    explicit server(std::vector<std::string> more = {}, const std::string& in = folder())
        : more_(std::move(more)) {
        std::string name = in + "/lockbox-pg-XXXXXX";
        if (mkdtemp(name.data()) != nullptr) path_ = name;
        if (const auto* who = getpwnam("postgres"); getuid() == 0 && who != nullptr)
            if (chown(path_.c_str(), who->pw_uid, who->pw_gid) != 0) path_.clear();
    }
    server(const server&) = delete;
    server& operator=(const server&) = delete;
    ~server() {
        stop();
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }

    /// Whether it runs; otherwise why not, in `problem`.
    bool run() {
        if (running()) return true;
        if (programs().empty())
            return say("no PostgreSQL server is installed (apt: postgresql), so this is skipped");
        if (path_.empty()) return say("there is no folder for a server");
        std::error_code none;
        if (!std::filesystem::exists(data() + "/PG_VERSION", none)) {
            const auto made = start({programs() + "/initdb", "-D", data(), "-U", "lockbox", "-A",
                                     "trust", "-E", "UTF8", "--locale=C", "--no-sync"},
                                    log());
            if (ended(made) != 0) return say("initdb failed:\n" + said());
        }
        return go();
    }
    /// Runs as a standby of another one that runs.
    bool follow(const server& primary) {
        const auto made = start({programs() + "/pg_basebackup", "-h", primary.path_, "-U",
                                 "lockbox", "-D", data(), "-R", "-X", "stream", "-c", "fast"},
                                log());
        if (const int how = ended(made); how != 0)
            return say("pg_basebackup ended with " + std::to_string(how) + ":\n" + said());
        return go();
    }
    [[nodiscard]] const std::string& problem() const { return problem_; }

    /// Starts it on the data that it has. After a crash the last one's memory may still be in use:
    /// then again.
    bool go() {
        using namespace std::chrono_literals;
        for (int attempt = 0; attempt < 100; ++attempt) {
            std::vector<std::string> line{programs() + "/postgres", "-D", data(), "-k", path_};
            for (const auto& one : settings()) {
                line.emplace_back("-c");
                line.push_back(one);
            }
            child_ = start(line, log());
            for (int look = 0; look < 1000; ++look) {
                if (PQping(text("postgres").c_str()) == PQPING_OK) return true;
                if (waitpid(child_, nullptr, WNOHANG) == child_) break;
                std::this_thread::sleep_for(10ms);
            }
            stop();
            std::this_thread::sleep_for(50ms);
        }
        return say("the server does not start:\n" + said());
    }
    [[nodiscard]] bool running() const { return child_ > 0 && kill(child_, 0) == 0; }

    /// Ends it in good order.
    void stop() { end(SIGINT); }
    /// Kills it and all that it started, at one moment, as a power cut would.
    void crash() {
        if (child_ <= 0) return;
        kill(child_, SIGSTOP);
        std::ifstream children{"/proc/" + std::to_string(child_) + "/task/" +
                               std::to_string(child_) + "/children"};
        for (pid_t one = 0; children >> one;) kill(one, SIGKILL);
        end(SIGKILL);
    }

    /// A connection string for a database on it.
    [[nodiscard]] std::string text(const std::string& database,
                                   const std::string& user = "lockbox") const {
        return "host=" + path_ + " port=5432 user=" + user + " dbname=" + database;
    }
    /// A new database, and its connection string.
    [[nodiscard]] std::string fresh() {
        const auto name = "t" + std::to_string(++made_);
        (void)tell(text("postgres"), "CREATE DATABASE " + name);
        return text(name);
    }
    /// Runs SQL as another program would; the first column of the first row, or what went wrong.
    static std::string tell(const std::string& to, const std::string& sql) {
        const std::unique_ptr<PGconn, decltype(&PQfinish)> on{PQconnectdb(to.c_str()), &PQfinish};
        const std::unique_ptr<PGresult, decltype(&PQclear)> said{PQexec(on.get(), sql.c_str()),
                                                                 &PQclear};
        const auto status = PQresultStatus(said.get());
        if (status == PGRES_COMMAND_OK) return {};
        if (status != PGRES_TUPLES_OK) return PQerrorMessage(on.get());
        return PQntuples(said.get()) == 0 ? std::string{} : PQgetvalue(said.get(), 0, 0);
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    /// In memory where there is room for it: what dies here is the server, not the machine.
    static std::string folder() {
        std::error_code none;
        constexpr std::uintmax_t enough = 1ULL << 30U;
        const auto room = std::filesystem::space("/dev/shm", none).available;
        if (!none && room > enough) return "/dev/shm";
        return std::filesystem::temp_directory_path().string();
    }
    [[nodiscard]] std::string data() const { return path_ + "/data"; }
    [[nodiscard]] std::string log() const { return path_ + "/log"; }
    [[nodiscard]] std::vector<std::string> settings() const {
        std::vector<std::string> all{"listen_addresses=",   "fsync=on",
                                     "max_connections=60",  "logging_collector=off",
                                     "shared_buffers=32MB", "max_wal_size=128MB"};
        all.insert(all.end(), more_.begin(), more_.end());
        return all;
    }
    [[nodiscard]] std::string said() const {
        std::ifstream in{log()};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    bool say(std::string what) {
        problem_ = std::move(what);
        return false;
    }
    void end(int signal) {
        if (child_ <= 0) return;
        kill(child_, signal);
        (void)ended(child_);
        child_ = -1;
    }

    std::vector<std::string> more_;
    std::string path_;
    std::string problem_;
    pid_t child_ = -1;
    int made_ = 0;
};

/// The one of the whole program.
inline server& shared() {
    static server one;
    (void)one.run();
    return one;
}

}  // namespace postgres_server
