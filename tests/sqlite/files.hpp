// A folder of its own for a test's database, removed at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace files {

/// In memory where the system has such a folder: the tests are about order, not about the disk.
class folder {
  public:
    folder() {
        const bool shm = std::filesystem::is_directory("/dev/shm");
        std::string name = shm ? "/dev/shm" : std::filesystem::temp_directory_path().string();
        name += "/lockbox-XXXXXX";
        path_ = mkdtemp(name.data()) != nullptr ? name : ".";
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const char* name = "desk.db") const {
        return path_ + "/" + name;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace files
