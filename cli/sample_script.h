// How the sample round is written down: scene by scene, line by line. One thread.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/sample_round.h"

namespace cli {

inline constexpr const char* scheme = "shanghai-2016";
inline constexpr const char* round_id = "sh-2017";
inline constexpr const char* track = "gold-manufacturing";

// Writes the lines of one scene after the other; ids are counted, so every run writes the same.
class Script {
 public:
  void scene(const char* zh, const char* en) { scenes_.push_back({{zh, en}, {}}); }
  void at(std::string time) { at_ = std::move(time); }

  void send(std::string_view actor, std::string_view role, std::string_view type,
            boost::json::object body, boost::json::value expect = nullptr) {
    boost::json::object line;
    line["id"] = "c" + std::to_string(++count_);
    line["actor"] = actor;
    if (!role.empty()) line["role"] = role;
    line["at"] = at_;
    line[type] = std::move(body);
    if (!expect.is_null()) line["expect"] = std::move(expect);
    scenes_.back().lines.push_back(boost::json::serialize(line));
  }

  std::vector<Scene> take() { return std::move(scenes_); }

 private:
  std::vector<Scene> scenes_;
  std::string at_;
  int count_ = 0;
};

inline boost::json::value refused(std::string_view clause) { return {{"refused", clause}}; }

// The body of a fixList.
boost::json::object sample_list(const char* step, boost::json::array listed,
                                const char* reason = "");

// The last scene: the committee votes, the government approves.
void sample_decision(Script& script);

}  // namespace cli
