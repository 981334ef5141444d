// Who may see what: the one place where it is decided. What is shown is as of the position that was
// asked for; who may see it, as of the log's head. One request's; one thread.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "engine/state.h"
#include "events/error.h"
#include "events/log.h"
#include "projections/projection.h"

namespace cli {

// Inspectors and auditors, by a role of the log itself, see every row. Staff, by a role in an organ
// of the round's scheme that publishes its call, accepts or shows lists, see the rows of that
// round; but whoever is recused from an application, or is asked to be, sees nothing of its whole
// track and no sum over the round, since what is missing would tell as much as what is there.
class Rights {
 public:
  Rights(const events::Log& log, const std::string& person);

  const std::string& person() const { return id_; }
  bool registered() const { return person_.registered; }
  bool inspector() const { return holds("inspector"); }
  bool auditor() const { return holds("auditor"); }

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

  bool holds(std::string_view role) const;  // Of the log itself.
  bool reads_all(const projections::Audience& audience) const;
  bool is_staff();  // Of any scheme.
  bool serves(const engine::SchemeVersions& versions, const std::string& scheme) const;
  const Whereabouts& find(const std::string& application);
  // The tracks that the person is kept from in a round; nothing where he is not its staff.
  const std::optional<Names>& hidden_in(const std::string& round);
  std::optional<Names> find_hidden(const std::string& round);

  const events::Log& log_;
  std::string id_;
  engine::Person person_;
  std::optional<bool> staff_;  // Once somebody has asked.
  std::map<std::string, std::optional<Names>, std::less<>> rounds_;
  std::map<std::string, Whereabouts, std::less<>> applications_;
};

}  // namespace cli
