// What can go wrong, as a value: a code, the words for the person who gets it in both languages,
// the clause that a refusal rests on, and every fault that was found with its place. Values, any
// thread.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace events {

enum class Code {
  invalid,
  not_found,
  unauthenticated,
  forbidden,
  conflict,
  stale,
  reused,
  too_early,
  too_late,
  too_many,
  overloaded,
  corrupt,
};

struct Words {
  std::string zh;
  std::string en;
};

// One thing wrong at one place: "round.ndjson:12:8" or "scheme.yaml:40:5 steps.apply.who".
struct Fault {
  std::string place;
  Words words;
};

struct Error {
  Code code = Code::invalid;
  Words words;
  std::string clause;
  std::vector<Fault> faults;
};

template <class T = void>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Code code, std::string zh, std::string en) {
  return std::unexpected(Error{code, {std::move(zh), std::move(en)}, {}, {}});
}

}  // namespace events

// Takes the value out of a Result, or returns its error from the enclosing function. The name of
// its variable is numbered, so that one TRY may stand inside another.
#define TRY(expression) TRY_NUMBERED_(expression, __COUNTER__)
#define TRY_NUMBERED_(expression, number) TRY_AS_(expression, number)
#define TRY_AS_(expression, number)                                   \
  (__extension__({                                                    \
    auto&& try_result_##number = (expression);                        \
    if (!try_result_##number) {                                       \
      return std::unexpected(std::move(try_result_##number).error()); \
    }                                                                 \
    std::move(try_result_##number).value();                           \
  }))
