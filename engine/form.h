// Whether what a person filled in is what the scheme's form asks for. Pure, any thread.
#pragma once

#include <string_view>

#include "events/error.h"
#include "events/form.capnp.h"
#include "events/scheme.capnp.h"

namespace engine {

// All faults at once: unknown and missing fields, values that cannot be read as what they should
// be.
events::Result<> check_form(events::Form::Reader form, std::string_view track,
                            capnp::List<events::Entry>::Reader entries);

}  // namespace engine
