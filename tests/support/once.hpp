// What nearly all test programs use of the templates, for the default vocabulary: declared here,
// and compiled once for all of them (CMake makes the unit of it).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include <lockbox/lockbox.hpp>
#include <lockbox/log/json.hpp>
#include <lockbox/store/memory.hpp>
#include <lockbox/store/sql/values.hpp>
#include <lockbox/testing/contract/story.hpp>

namespace lockbox {
inline namespace v0 {

extern template class vector<audit_event<default_vocabulary>>;
extern template class vector<engineer_grants<default_vocabulary>>;
extern template class memory_store<default_vocabulary>;
extern template class testing::story<default_vocabulary>;

extern template decision<default_vocabulary> decide(const tenant<default_vocabulary>&,
                                                    const command<default_vocabulary>&,
                                                    default_vocabulary::time_point,
                                                    const standard_policy&,
                                                    const everything_is_content&);
extern template optional<misfit> evolve(tenant<default_vocabulary>&,
                                        const audit_event<default_vocabulary>&);
extern template tl::expected<tenant<default_vocabulary>, broken_log> replay(
    std::span<const audit_event<default_vocabulary>>);
extern template digest digest_of(const command_body<default_vocabulary>&);
extern template vector<finding> inspect(const tenant<default_vocabulary>&,
                                        default_vocabulary::time_point);

namespace log {
extern template void write(std::string&, const audit_event<default_vocabulary>&);
extern template void write(std::string&, const settled<default_vocabulary>&);
extern template void write(std::string&, const vector<refusal_count<default_vocabulary>>&);
extern template void write(std::string&, const lockbox::sql::open_request<default_vocabulary>&);
extern template tl::expected<audit_event<default_vocabulary>, read_fault> read(std::string_view);
extern template tl::expected<settled<default_vocabulary>, read_fault> read(std::string_view);
extern template tl::expected<vector<refusal_count<default_vocabulary>>, read_fault> read(
    std::string_view);
extern template tl::expected<lockbox::sql::open_request<default_vocabulary>, read_fault> read(
    std::string_view);
}  // namespace log

}  // namespace v0
}  // namespace lockbox
