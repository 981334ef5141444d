// Whether what somebody filled in fits the form of the scheme: known fields, right types, nothing
// required left out. All faults at once, each with its place. Pure; writer thread.
#pragma once

#include <string_view>

#include "engine/context.h"
#include "events/error.h"
#include "events/scheme.capnp.h"

namespace engine {

events::Result<> check_form(events::Form::Reader form, std::string_view track,
                            capnp::List<events::Entry>::Reader entries);
// The same where the entries change or add to what was filled in before.
events::Result<> check_changes(events::Form::Reader form, std::string_view track,
                               capnp::List<events::Entry>::Reader entries,
                               const FormValues& before);
// By the form of the step; a step without one takes no entries.
events::Result<> check_step_form(const RoundStep& at, std::string_view track,
                                 capnp::List<events::Entry>::Reader entries);

}  // namespace engine
