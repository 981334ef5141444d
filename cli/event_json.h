// A stored event as other programs read it, in the shape of CloudEvents 1.0. It is a view: what is
// hashed and proven are the stored bytes. Any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "events/record.h"
#include "events/safe.h"

namespace cli {

// What opens personal texts, and the language of the words that stand for those that stay closed.
struct Reading {
  const events::Safe* safe = nullptr;
  Language language = Language::zh;
};

// A position with its leading zeros, so that it sorts as text.
std::string sequence(events::Position position);

// The position of an event in that shape; 0 where it is none.
events::Position position_of(const boost::json::object& event);

// Attributes are scalars, as CloudEvents wants it; the event itself is `data`.
boost::json::object event_json(const events::Recorded& recorded, events::Bytes bytes,
                               const Reading& reading);

// With what the event is about and rests on, which are lists: `subjects`, `decidedon`, `grounds`.
boost::json::object whole_event_json(const events::Recorded& recorded, events::Bytes bytes,
                                     const Reading& reading);

// The member's name: scoreEntered. Empty where this program does not know it.
std::string event_type(events::Event::Reader event);
events::Words event_words(std::string_view type);

}  // namespace cli
