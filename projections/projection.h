// What a view is: a name, a version, who may read it, how people see it, and how it takes in one
// event. A new view is one file and its line in all.h. Values and pure functions, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

#include "events/error.h"
#include "events/record.h"

namespace projections {

class Rows;

struct Name {
  std::string_view zh;
  std::string_view en;

  events::Words words() const { return {std::string(zh), std::string(en)}; }
};

// Who may read the rows. The default is nobody. In a folder that its users can read, nothing
// enforces this yet, as whoever can read the files can read all: it is stated, and printed with the
// view.
struct Audience {
  bool staff = false;           // Whoever runs the round.
  bool deciders = false;        // Whoever lists, votes or approves in it.
  bool administrators = false;  // Of the log.
  bool inspectors = false;
  bool auditors = false;
  bool owner = false;  // Whom the first part of the key names, or who acted on what the row says.
};

events::Words text(const Audience& audience);  // "staff, auditors", or "nobody"

// One part of a row's key. It stands in the row's JSON under its name, too.
struct KeyPart {
  std::string_view member;
  Name title;
};

enum class Align { left, right };

// One column of the table for people. The member's value is a text, a number, true or false, or
// words in both languages as {"zh": …, "en": …}. A row that lacks the member has nothing to show
// there.
struct Column {
  std::string_view member;
  Name title;
  Align align = Align::left;
  bool shrinkable = false;  // For names and sentences; never for ids, numbers and dates.
  bool moment = false;      // A UTC moment, to be shown in the log's zone.
};

template <class T>
concept Projection = requires(const events::Recorded& recorded, Rows& rows) {
  { T::name } -> std::convertible_to<std::string_view>;
  { T::version } -> std::convertible_to<std::uint32_t>;  // A higher one builds the rows anew.
  { T::audience } -> std::convertible_to<Audience>;
  { T::title } -> std::convertible_to<Name>;
  { T::key } -> std::convertible_to<std::span<const KeyPart>>;
  { T::columns } -> std::convertible_to<std::span<const Column>>;
  // Depends on the event and on the view's own rows only.
  { T::apply(recorded, rows) } -> std::same_as<void>;
};

// Of a projection that can make a row of one event and what stands in `rest`: then it need not make
// it before somebody reads it. The key's parts are put ahead of what it gives.
using KeyTexts = std::span<const std::string_view>;
using Render = boost::json::object (*)(const events::Recorded& recorded, KeyTexts key,
                                       const boost::json::object& rest);

template <class T>
constexpr Render render_of() {
  if constexpr (requires { &T::render; }) {
    return &T::render;
  } else {
    return nullptr;
  }
}

// A projection as a value.
struct View {
  std::string_view name;
  std::uint32_t version = 0;
  Audience audience;
  Name title;
  std::span<const KeyPart> key;
  std::span<const Column> columns;
  void (*apply)(const events::Recorded&, Rows&) = nullptr;
  Render render = nullptr;
};

template <Projection T>
constexpr View view_of() {
  return {T::name, T::version, T::audience, T::title,
          T::key,  T::columns, &T::apply,   render_of<T>()};
}

}  // namespace projections
