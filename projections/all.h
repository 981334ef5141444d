// Every view that there is, in the order in which they are offered.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "projections/access.h"
#include "projections/agenda.h"
#include "projections/applications.h"
#include "projections/assignments.h"
#include "projections/awards.h"
#include "projections/ballots.h"
#include "projections/board.h"
#include "projections/draws.h"
#include "projections/explanation.h"
#include "projections/notices.h"
#include "projections/objections.h"
#include "projections/ranking.h"
#include "projections/readings.h"
#include "projections/rounds.h"
#include "projections/scores.h"
#include "projections/ties.h"
#include "projections/timeline.h"

namespace projections {

inline constexpr std::array all = {
    view_of<Rounds>(),        // How each round stands, by track.
    view_of<Board>(),         // How each application of a round stands.
    view_of<Timeline>(),      // What happened to an application, a round, an applicant, a person.
    view_of<Explanation>(),   // Why each decision on an application was made.
    view_of<Scores>(),        // Every score, every sheet, every result.
    view_of<Ranking>(),       // Every ranking, its ties, and who was listed.
    view_of<Ballots>(),       // Every ballot, with its votes counted.
    view_of<Notices>(),       // Every notice, how long it runs, and whether it still says anything.
    view_of<Objections>(),    // Every objection, up to its report.
    view_of<Awards>(),        // What was approved, conferred or left vacant.
    view_of<Ties>(),          // Declared ties, recusals, and what was done in spite of them.
    view_of<Draws>(),         // How each review group was drawn or selected, and who was replaced.
    view_of<Agenda>(),        // What is due, and the command that is to be sent then.
    view_of<Applications>(),  // What an applicant may know of his application.
    view_of<Assignments>(),   // What each reviewer has to do.
    view_of<Access>(),        // Who may come in over the network.
    view_of<Readings>(),      // Who looked at ties and personal texts.
};

// Null for a name that is not there.
inline const View* find_view(std::string_view name) {
  auto found = std::ranges::find(all, name, &View::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace projections
