// A disk without room: what cannot be written is refused as that, and all else stays.
#include <lockbox/store/postgres.hpp>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "postgres/support.hpp"
#include "postgres/writers.hpp"
#include "sqlite/files.hpp"

using namespace postgres_server;

namespace {

/// A file system of its own, in memory, that is soon full.
class small_disk {
  public:
    small_disk()
        : mounted_{mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=160m,mode=0777") == 0} {
    }
    small_disk(const small_disk&) = delete;
    small_disk& operator=(const small_disk&) = delete;
    ~small_disk() {
        if (mounted_) umount2(path().c_str(), MNT_DETACH);
    }

    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] const std::string& path() const { return folder_.path(); }

    /// Takes all the room that is left.
    void fill() const {
        const int ballast = open(ballast_name().c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const std::vector<char> block(4096);
        while (write(ballast, block.data(), block.size()) > 0) {
        }
        close(ballast);
    }
    void make_room() const { unlink(ballast_name().c_str()); }

  private:
    [[nodiscard]] std::string ballast_name() const { return folder_.file("ballast"); }

    files::folder folder_;
    bool mounted_;
};

}  // namespace

TEST_CASE("a commit that finds the disk full is refused as that, and nothing else is lost",
          "[slow][store][postgres][threads][V17]") {
    if (!ready()) return;
    const small_disk disk;
    if (!disk.mounted()) {
        WARN("no file system can be mounted here, so this is skipped");
        return;
    }
    server own{{}, disk.path()};
    REQUIRE(own.run());
    auto kept = opened(own.text("postgres"));
    writers all{kept};
    const auto a_while = [] { std::this_thread::sleep_for(std::chrono::milliseconds{100}); };
    for (int round = 0; round < 2; ++round) {
        all.write_until(a_while);
        (void)server::tell(own.text("postgres"), "SELECT pg_switch_wal(); CHECKPOINT");
        all.write_until([&] {
            a_while();  // the write-ahead log has its next segment now
            disk.fill();
            std::this_thread::sleep_for(std::chrono::seconds{1});
        });
        for (const auto& why : all.failures()) {
            REQUIRE(why);
            INFO(why->what);
            CHECK(why->kind == lockbox::failure_kind::full);
            CHECK(has(why->what, "nothing was changed"));
        }
        all.check();
        disk.make_room();
        all.write_until(a_while);
        for (const auto& why : all.failures()) CHECK(!why);
        all.check();
    }
    all.check_order();
}
