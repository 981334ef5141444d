// Who may see what: the one place where it is decided. What is shown is as of the position that was
// asked for; who may see it, as of the log's head. One request's; one thread.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "engine/state.h"
#include "events/error.h"
#include "events/log.h"
#include "projections/projection.h"

namespace cli {

// Inspectors and auditors, by a role of the log itself, see every row. Staff serve in an organ of
// the round's scheme that publishes its call, accepts or shows lists; deciders in one that selects,
// deliberates, approves or confers; a review group that selects, for its own track alone. All see
// the rows of that round; but whoever is recused from an application, or is asked to be, sees
// nothing of its whole track and no sum over the round, since what is missing would tell as much as
// what is there. Everybody sees what is his own: a row whose key begins with him or with an
// applicant that he represents, and applications on which he acted.
class Rights {
 public:
  // What somebody is in a round, or anywhere.
  struct Part {
    bool staff = false;
    bool decides = false;
    bool proposes = false;  // As a member of a review group, which decides on its own track only.
  };

  // The person as of the log's head.
  Rights(const events::Log& log, const std::string& id,
         std::shared_ptr<const engine::Person> person);

  const std::string& person() const { return id_; }
  bool registered() const { return person_->registered; }
  bool inspector() const { return holds("inspector"); }
  bool auditor() const { return holds("auditor"); }
  bool administrator() const { return holds("administrator"); }

  events::Result<> may_read(const projections::View& view);
  events::Result<> may_read_events() const;
  bool shows(const projections::View& view, const boost::json::object& row);

 private:
  using Names = std::set<std::string, std::less<>>;

  // Where an application stands and stood: a transfer leaves its rows behind.
  struct Whereabouts {
    std::string round;
    Names tracks;
  };

  struct Standing {
    Part part;
    Names reviewed;  // The tracks of his groups.
    Names hidden;    // The tracks that he is kept from.
  };

  bool holds(std::string_view role) const;  // Of the log itself.
  bool reads_all(const projections::Audience& audience) const;
  static bool reads_as(const projections::Audience& audience, const Part& part);
  static Part part_by(const engine::SchemeVersions& versions, const engine::RoleHeld& held);
  const Part& part_anywhere();
  const Whereabouts& find(const std::string& application);
  const Standing& standing_in(const std::string& round);
  Standing find_standing(const std::string& round);
  bool recused_from(const std::string& application);
  bool owns(const projections::View& view, const boost::json::object& row);

  const events::Log& log_;
  std::string id_;
  std::shared_ptr<const engine::Person> person_;
  std::optional<Part> part_;  // Once somebody has asked.
  std::map<std::string, Standing, std::less<>> rounds_;
  std::map<std::string, Whereabouts, std::less<>> applications_;
};

}  // namespace cli
