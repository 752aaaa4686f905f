// A disk that fails at its n-th write or flush, for SQLite to work on: a VFS in front of the real
// one.
#pragma once

#include <cstdint>
#include <cstring>
#include <new>

#include <sqlite3.h>

namespace faulty {

/// When the disk fails, and how.
struct plan {
    std::uint64_t at = 0;    ///< the operation that fails, counted from 1; 0: none
    int code = SQLITE_OK;    ///< what SQLite is told
    bool for_ever = false;   ///< whether all after it fail too
    std::uint64_t done = 0;  ///< writes and flushes so far
};

inline plan& now() {
    static plan one;
    return one;
}

/// Counts an operation; what it must answer, or SQLITE_OK.
inline int turn() {
    auto& p = now();
    ++p.done;
    const bool fails = p.at != 0 && (p.done == p.at || (p.for_ever && p.done > p.at));
    return fails ? p.code : SQLITE_OK;
}

namespace detail {

struct file {
    sqlite3_file base;
    sqlite3_file* real;
};

inline sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<file*>(f)->real; }

inline sqlite3_vfs*& below() {
    static sqlite3_vfs* real = nullptr;
    return real;
}

/// Half of what a failing write was given gets to the disk: a torn page.
inline int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
    const int fault = turn();
    if (fault == SQLITE_OK) return real(f)->pMethods->xWrite(real(f), from, size, at);
    (void)real(f)->pMethods->xWrite(real(f), from, size / 2, at);
    return fault;
}
inline int sync(sqlite3_file* f, int flags) {
    const int fault = turn();
    if (fault == SQLITE_OK) return real(f)->pMethods->xSync(real(f), flags);
    return SQLITE_IOERR_FSYNC;  // as SQLite's own VFS, whatever the reason
}
inline int truncate(sqlite3_file* f, sqlite3_int64 size) {
    const int fault = turn();
    return fault == SQLITE_OK ? real(f)->pMethods->xTruncate(real(f), size) : fault;
}

inline const sqlite3_io_methods& methods() {
    using f = sqlite3_file;
    static const sqlite3_io_methods all = [] {
        sqlite3_io_methods m{};
        m.iVersion = 2;
        m.xClose = [](f* x) {
            const int code = real(x)->pMethods->xClose(real(x));
            ::operator delete(real(x));
            return code;
        };
        m.xRead = [](f* x, void* to, int n, sqlite3_int64 at) {
            return real(x)->pMethods->xRead(real(x), to, n, at);
        };
        m.xWrite = write;
        m.xTruncate = truncate;
        m.xSync = sync;
        m.xFileSize = [](f* x, sqlite3_int64* n) {
            return real(x)->pMethods->xFileSize(real(x), n);
        };
        m.xLock = [](f* x, int how) { return real(x)->pMethods->xLock(real(x), how); };
        m.xUnlock = [](f* x, int how) { return real(x)->pMethods->xUnlock(real(x), how); };
        m.xCheckReservedLock = [](f* x, int* is) {
            return real(x)->pMethods->xCheckReservedLock(real(x), is);
        };
        m.xFileControl = [](f* x, int what, void* with) {
            return real(x)->pMethods->xFileControl(real(x), what, with);
        };
        m.xSectorSize = [](f* x) { return real(x)->pMethods->xSectorSize(real(x)); };
        m.xDeviceCharacteristics = [](f* x) {
            return real(x)->pMethods->xDeviceCharacteristics(real(x));
        };
        m.xShmMap = [](f* x, int page, int size, int extend, void volatile** at) {
            return real(x)->pMethods->xShmMap(real(x), page, size, extend, at);
        };
        m.xShmLock = [](f* x, int from, int n, int flags) {
            return real(x)->pMethods->xShmLock(real(x), from, n, flags);
        };
        m.xShmBarrier = [](f* x) { real(x)->pMethods->xShmBarrier(real(x)); };
        m.xShmUnmap = [](f* x, int remove) {
            return real(x)->pMethods->xShmUnmap(real(x), remove);
        };
        return m;
    }();
    return all;
}

inline int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* into, int flags, int* out) {
    auto* made = reinterpret_cast<file*>(into);
    made->base.pMethods = nullptr;
    const auto size = static_cast<std::size_t>(below()->szOsFile);
    made->real = static_cast<sqlite3_file*>(::operator new(size));
    std::memset(made->real, 0, size);
    const int code = below()->xOpen(below(), name, made->real, flags, out);
    if (code == SQLITE_OK) {
        made->base.pMethods = &methods();
    } else {
        ::operator delete(made->real);
    }
    return code;
}

}  // namespace detail

/// Puts the faulty disk under every database opened while it lives.
class disk {
  public:
    disk() : vfs_(*sqlite3_vfs_find(nullptr)) {
        detail::below() = sqlite3_vfs_find(nullptr);
        vfs_.zName = "faulty";
        vfs_.pNext = nullptr;
        vfs_.szOsFile = static_cast<int>(sizeof(detail::file));
        vfs_.xOpen = detail::open;
        now() = {};
        sqlite3_vfs_register(&vfs_, 1);
    }
    disk(const disk&) = delete;
    disk& operator=(const disk&) = delete;
    ~disk() {
        now() = {};
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(detail::below(), 1);
    }

  private:
    sqlite3_vfs vfs_;
};

}  // namespace faulty
