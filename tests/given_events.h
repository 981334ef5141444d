// A real log on a memory disk, filled with events by hand: what the views are tested on. One
// thread.
#pragma once

#include <rocksdb/env.h>

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "events/batch.h"
#include "events/log.h"
#include "projections/follower.h"
#include "projections/store.h"

namespace tests {

using events::Position;

class GivenEvents {
 public:
  using Ids = std::vector<std::string>;
  using Fill = std::function<void(events::Event::Builder)>;

  // The log is opened by its administrator, who is also the actor until another one is named.
  GivenEvents();

  events::Log& log() { return *log_; }
  rocksdb::Env* env() { return env_.get(); }

  // For all that follows. Time moves by a minute an event, and never back.
  GivenEvents& at(const std::string& moment);
  GivenEvents& by(const std::string& actor, const std::string& role = "");

  // One command of so many events; the position of the last one. `finish` may fill the envelope of
  // the first, as the engine does.
  using Finish = std::function<void(events::Record::Builder)>;
  Position add(const std::vector<Fill>& fills, const Finish& finish = {});
  Position add(const Fill& fill) { return add(std::vector<Fill>{fill}); }

  Position call(const std::string& round,
                const std::vector<std::pair<std::string, std::string>>& deadlines);
  Position pass_deadline(const std::string& round, const std::string& step,
                         const std::string& closes);
  Position submit(const std::string& application, const std::string& round,
                  const std::string& applicant, const std::string& track);
  Position withdraw(const std::string& application, const std::string& round);
  Position act(const std::string& application, const std::string& step, bool passed);
  Position accept(const std::string& application, const std::string& round, const std::string& step,
                  const std::string& track);
  Position declare(const std::string& application, const std::string& reviewer, bool tie);
  Position recuse(const std::string& application, const std::string& person);
  Position score(const std::string& application, const std::string& step,
                 const std::string& reviewer, const std::string& item, unsigned percent,
                 Position replaces = 0);
  Position submit_sheet(const std::string& application, const std::string& step,
                        const std::string& reviewer, unsigned hundredths);
  Position close_review(const std::string& application, const std::string& round,
                        const std::string& step, const std::string& track, std::uint64_t numerator,
                        std::uint32_t denominator, const Ids& reviewers);
  Position rank(const std::string& round, const std::string& step, const std::string& track,
                const Ids& applications);
  Position list(const std::string& round, const std::string& step, const std::string& track,
                const Ids& listed, const Ids& others);
  // One place that the tracks share, for want of anybody good enough.
  Position leave_vacant(const std::string& round, const std::string& step, const Ids& tracks);
  Position publish_notice(const std::string& notice, const std::string& round,
                          const std::string& step, const Ids& listed, const std::string& closes);
  Position end_notice(const std::string& notice, const std::string& round, const std::string& step,
                      const Ids& listed);
  Position confer(const std::string& application, const std::string& round,
                  const std::string& applicant, const std::string& track);
  // The results of these steps were taken back, since A-1's reviewer wu was recused after all.
  Position take_back(const std::string& round, const std::string& track, const Ids& steps);
  Position exclude(const std::string& application, const std::string& round,
                   const std::string& objection);
  Position refuse(const std::string& command, const std::string& clause, const Ids& attempts);

 private:
  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<events::Log> log_;
  std::string actor_ = "admin";
  std::string role_;
  events::Moment now_;
  int commands_ = 0;
};

// A store in the folder, in which every view has come so far.
std::unique_ptr<projections::Store> followed(GivenEvents& given, Position until,
                                             const std::string& folder = "/views");

// All rows of every view as JSON lines, as of a position: equal texts are equal stores.
std::string all_rows(const projections::Store& store, Position at);

// The row as of the position, or else null.
boost::json::value row_at(const projections::Store& store, const std::string& view,
                          const std::vector<std::string>& key, Position at);

// The member's text, number or words in English, as a test compares it; "" if it is not there.
std::string shown(const boost::json::value& row, const std::string& member);

}  // namespace tests
