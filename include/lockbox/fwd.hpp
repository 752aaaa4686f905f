// The names of the library's types, and the version of its ABI, in one place.
// Every value type is a template over a vocabulary `V`; `default_vocabulary` is the ready one.
#pragma once

namespace lockbox {
inline namespace v0 {

struct default_vocabulary;

// values
template <class Tag>
class id;
template <class V>
struct actor;
template <class V>
struct support_case;
template <class V>
struct role_definition;
template <class V>
struct holding;
template <class V>
struct member;
template <class V>
struct tenant_policy;
template <class V>
struct settings;
template <class V>
struct quorum;
template <class V>
struct clause;
template <class V>
struct gate;
template <class V>
struct terms;
template <class V>
struct submission;
template <class V>
struct request;
template <class V>
struct grant;
template <class V>
struct tenant;

// what is asked, what happened, why not
template <class V>
struct command;
template <class V>
struct audit_event;
struct refusal;
template <class V>
struct explanation;  // why.hpp

// the shell
struct failure;
template <class V>
struct decision;
template <class Clock, class Store, class Sink, class Policy, class Catalogue>
class engine;

}  // namespace v0
}  // namespace lockbox
