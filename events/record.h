// A record as it was stored, with its position. What evolve, apply and every reader are given. It
// points into bytes that somebody else owns. Values, any thread.
#pragma once

#include "events/event.capnp.h"
#include "events/keys.h"
#include "events/message.h"
#include "events/moment.h"
#include "events/record.capnp.h"

namespace events {

inline constexpr std::uint16_t record_format = 1;
// An entry of a C2SP tile bundle has a two-byte length.
inline constexpr std::size_t record_bytes_max = 65'535;

struct Recorded {
  Position position = 0;
  Record::Reader record;
  Bytes bytes{};  // As stored: what the leaf's hash is made of.

  Event::Reader event() const { return record.getEvent(); }
  Moment at() const { return Moment(std::chrono::microseconds(record.getRecordedAt())); }
};

inline std::int64_t to_micros(Moment moment) { return moment.time_since_epoch().count(); }
inline Moment to_moment(std::int64_t micros) { return Moment(std::chrono::microseconds(micros)); }
inline std::int32_t to_days(Date date) {
  return static_cast<std::int32_t>(date.time_since_epoch().count());
}
inline Date to_date(std::int32_t days) { return Date(std::chrono::days(days)); }

inline std::string_view view(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }
inline std::string string(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }

}  // namespace events
