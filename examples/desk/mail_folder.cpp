#include "mail_folder.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include <lockbox/digest.hpp>
#include <lockbox/notify/eml.hpp>

namespace desk {
namespace {

/// `contoso-000017-0.eml`: what a file system could take amiss in a tenant's id
/// becomes `%XX`, and a long id is cut and told from others by its digest.
std::string file_name(const lockbox::notification_id<lb::vocabulary>& id) {
    constexpr std::size_t most = 100;
    auto tenant = lockbox::notify::detail::percent_encoded(id.tenant.text());
    if (tenant.front() == '.') tenant.replace(0, 1, "%2E");
    if (tenant.size() > most) {
        lockbox::detail::digester over;
        over.bytes(tenant);
        tenant.resize(most);
        tenant += '%' + std::to_string(over.result().value);
    }
    auto number = std::to_string(id.sequence);
    if (number.size() < 6) number.insert(0, 6 - number.size(), '0');
    return tenant + '-' + number + '-' + std::to_string(id.index) + ".eml";
}

/// Writes beside the place and renames, so that nobody ever reads half a mail.
bool write_whole(const std::filesystem::path& place, const std::string& text) {
    auto beside = place;
    beside += ".part";
    std::ofstream file{beside, std::ios::binary};
    file << text;
    file.close();
    std::error_code fault;
    if (file) std::filesystem::rename(beside, place, fault);
    const bool whole = file && !fault;
    if (!whole) std::filesystem::remove(beside, fault);
    return whole;
}

}  // namespace

expected<void> mail_folder::prepare() const {
    std::error_code fault;
    std::filesystem::create_directories(folder_, fault);
    if (fault || !std::filesystem::is_directory(folder_, fault)) {
        return failed("the folder for mails cannot be made: " + folder_ +
                      "; nothing was carried out; name another with --mail");
    }
    return {};
}

lockbox::delivery mail_folder::operator()(const lockbox::notification<lb::vocabulary>& message) {
    if (folder_.empty()) return lockbox::delivery::retry;
    const auto text = lockbox::eml(message, {from_, message.address});
    if (!text) return lockbox::delivery::undeliverable;
    if (!write_whole(std::filesystem::path{folder_} / file_name(message.id), *text)) {
        return lockbox::delivery::retry;
    }
    ++written_;
    return lockbox::delivery::ok;
}

}  // namespace desk
