// The two shapes of a Microsoft 365 audit record that lockbox writes, with their fields in
// the order in which readers expect them (FORMATS.md). What an event comes to: office365.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <lockbox/fields.hpp>
#include <lockbox/vector.hpp>

namespace lockbox {
inline namespace v0 {
namespace office365 {

/// What every record has. `user` is both `UserId` and `UserKey`.
struct common_fields {
    std::string client_ip{};
    std::string creation_time{};  ///< UTC, to the second, without a `Z`
    std::string id{};             ///< tenant and sequence: unique, and the same at every asking
    std::string object{};         ///< the request; empty for an access
    std::string operation{};
    std::string organisation_id{};
    std::string organisation_name{};
    std::string originating_server{};
    std::string user{};
    std::string workload{};

    friend bool operator==(const common_fields&, const common_fields&) = default;
};

struct parameter {
    std::string name{};
    std::string value{};

    static constexpr void fields(auto& self, auto&& f) {
        f("Name", self.name);
        f("Value", self.value);
    }
    friend bool operator==(const parameter&, const parameter&) = default;
};

/// Values that never differ: the record comes from the provider's side, and it succeeded.
inline constexpr bool external_access = true;
inline constexpr std::int32_t user_type = 3;  // DCAdmin
inline constexpr std::int32_t version = 1;
inline constexpr std::string_view succeeded = "True";  // a string, not a boolean
inline constexpr std::string_view no_session{};

/// A customer's decision, and an engineer's access. Readers take the parameters by their position.
struct cmdlet_record {
    common_fields common{};
    vector<parameter> parameters{};

    static constexpr void fields(auto& self, auto&& f) {
        f("ClientIP", self.common.client_ip);
        f("CreationTime", self.common.creation_time);
        f("ExternalAccess", external_access);
        f("Id", self.common.id);
        f("ObjectId", self.common.object);
        f("Operation", self.common.operation);
        f("OrganizationId", self.common.organisation_id);
        f("OrganizationName", self.common.organisation_name);
        f("OriginatingServer", self.common.originating_server);
        f("Parameters", self.parameters);
        f("RecordType", record_type);
        f("ResultStatus", succeeded);
        f("SessionId", no_session);
        f("UserId", self.common.user);
        f("UserKey", self.common.user);
        f("UserType", user_type);
        f("Version", version);
        f("Workload", self.common.workload);
    }
    friend bool operator==(const cmdlet_record&, const cmdlet_record&) = default;

    static constexpr std::int32_t record_type = 1;  // ExchangeAdmin
};

/// A manager's approval: the provider's own elevation.
struct elevation_record {
    common_fields common{};
    std::string start_time{};
    std::string effective_organisation{};
    std::string elevation_time{};  ///< when access can begin at the earliest
    std::string approver{};
    std::string approved_time{};
    std::string request{};
    std::string role{};
    std::int32_t duration = 0;   ///< as asked, in whole hours, rounded up
    std::string generic_info{};  ///< the manager's comment

    static constexpr void fields(auto& self, auto&& f) {
        f("ClientIP", self.common.client_ip);
        f("CreationTime", self.common.creation_time);
        f("ExternalAccess", external_access);
        f("Id", self.common.id);
        f("ObjectId", self.common.object);
        f("Operation", self.common.operation);
        f("OrganizationId", self.common.organisation_id);
        f("OrganizationName", self.common.organisation_name);
        f("OriginatingServer", self.common.originating_server);
        f("RecordType", record_type);
        f("ResultStatus", succeeded);
        f("UserId", self.common.user);
        f("UserKey", self.common.user);
        f("UserType", user_type);
        f("Version", version);
        f("Workload", self.common.workload);
        f("DataCenterSecurityEventType", event_type);
        f("StartTime", self.start_time);
        f("EffectiveOrganization", self.effective_organisation);
        f("ElevationTime", self.elevation_time);
        f("ElevationApprover", self.approver);
        f("ElevationApprovedTime", self.approved_time);
        f("ElevationRequestId", self.request);
        f("ElevationRole", self.role);
        f("ElevationDuration", self.duration);
        f("GenericInfo", self.generic_info);
    }
    friend bool operator==(const elevation_record&, const elevation_record&) = default;

    static constexpr std::int32_t record_type = 10;  // DataCenterSecurityCmdlet
    static constexpr std::int32_t event_type = 0;    // DataCenterSecurityCmdletAuditEvent
};

}  // namespace office365
}  // namespace v0
}  // namespace lockbox
