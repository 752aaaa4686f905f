// What the test programs with SQLite use of its store, compiled once for all of them, as once.hpp.
#pragma once

#include <lockbox/store/sqlite.hpp>

namespace lockbox {
inline namespace v0 {

extern template class sqlite_store<default_vocabulary>;
extern template class sqlite::reader<default_vocabulary>;
extern template class sqlite::writer<default_vocabulary>;

}  // namespace v0
}  // namespace lockbox
