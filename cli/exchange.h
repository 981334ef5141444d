// One request on its way to its answer: the id that stands in its problem and in X-Request-Id, and
// what is said of it when it is answered: one log line, and one measurement. Never its path, query,
// token or words. A value, copied to whichever thread answers; answered once.
#pragma once

#include <chrono>
#include <string>

#include "cli/http.h"
#include "cli/office.h"
#include "cli/terminal.h"

namespace cli {

class Exchange {
 public:
  // `route` is the template that the path matched, or nothing where there is none.
  Exchange(Office& office, const Request& request, std::string route, Answer answer);

  Language language() const { return language_; }
  void answer(Response response) const;
  void refuse(events::Error error) const;

 private:
  Office* office_;
  Language language_;
  std::string id_;
  std::string method_;
  std::string route_;
  std::chrono::steady_clock::time_point began_;
  Answer answer_;
};

}  // namespace cli
