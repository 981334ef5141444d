// Where a fault of a scheme file stands, and the list in which it is reported. One check, one
// thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/error.h"
#include "events/node.h"

namespace engine {

// The way from the root of a scheme to something in it: steps, apply, requires, [0], clause.
struct SchemePath {
  std::vector<std::string> parts;

  SchemePath operator/(std::string_view name) const;
  SchemePath operator/(std::size_t index) const;
  std::string text() const;  // steps.apply.requires[0].clause
};

class SchemeReport {
 public:
  SchemeReport(const events::Node& root, std::string_view source) : root_(root), source_(source) {}
  SchemeReport(const SchemeReport&) = delete;
  SchemeReport& operator=(const SchemeReport&) = delete;

  // Of a part that was not written, the place is that of what should have it.
  void add(const SchemePath& path, std::string zh, std::string en);
  // A name that is not in the list; says the nearest one that is, or all of a few.
  void unknown(const SchemePath& path, std::string_view written, std::string_view list_zh,
               std::string_view list_en, std::span<const std::string_view> names);

  events::Result<> result() const;  // All that was found, in the order of the file.

 private:
  struct Found {
    events::Place place;
    std::string path;
    events::Words words;
  };

  events::Place place_of(const SchemePath& path) const;

  const events::Node& root_;
  std::string source_;
  std::vector<Found> found_;
};

// a, b, c
std::string joined(std::span<const std::string_view> names);

}  // namespace engine
