// A stored event as other programs read it, in the shape of CloudEvents 1.0. It is a view: what is
// hashed and proven are the stored bytes. Any thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

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

// Attributes are scalars, as CloudEvents wants it; the event itself is `data`.
boost::json::object event_json(const events::Recorded& recorded, events::Bytes bytes,
                               const Reading& reading);

// What the event rests on and is about, which are lists.
boost::json::array subjects_json(const events::Recorded& recorded);
boost::json::value decided_on_json(const events::Recorded& recorded);
boost::json::value grounds_json(const events::Recorded& recorded);

// The member's name: scoreEntered. Empty where this program does not know it.
std::string event_type(events::Event::Reader event);
events::Words event_words(events::Event::Reader event);

}  // namespace cli
