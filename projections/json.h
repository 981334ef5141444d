// The pieces that rows are made of: texts, counts, positions, moments and words in both languages.
// Pure functions, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/error.h"
#include "events/record.h"
#include "projections/projection.h"

namespace projections {

// 64-bit numbers are texts in JSON: JavaScript loses integers above 2^53.
std::string number(std::uint64_t value);

boost::json::value json_text(std::string_view text);
boost::json::object words(std::string_view zh, std::string_view en);
boost::json::object words(const Name& name);

// A member that is left out where there is nothing to say.
void set_text(boost::json::object& row, std::string_view member, std::string_view text);

// A member of a row that is read again; empty or 0 if it is not there.
std::string text_in(const boost::json::object& row, std::string_view member);
std::int64_t count_in(const boost::json::object& row, std::string_view member);
void add_to(boost::json::object& row, std::string_view member, std::int64_t more);

// "since" and "position": when a row came to say what it says.
void set_since(boost::json::object& row, const events::Recorded& recorded);

// A change in hundredths, with its sign: +18.00
std::string signed_points(std::int64_t hundredths);

// Hundredths of a point as points: 712.35. A fraction that four decimals cannot hold begins with ≈.
std::string points(std::uint64_t numerator, std::uint64_t denominator);

}  // namespace projections
