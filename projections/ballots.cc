#include "projections/ballots.h"

#include "projections/about.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

void open(events::BallotOpened::Reader event, const events::Recorded& recorded, Rows& rows) {
  rows.keep({view(event.getBallot())}, {{"round", json_text(view(event.getRound()))},
                                        {"track", json_text(view(event.getTrack()))},
                                        {"step", json_text(view(event.getStep()))},
                                        {"secret", event.getSecret()}});
  auto place =
      rows.kept({"at", view(event.getRound()), view(event.getStep()), view(event.getTrack())});
  json::array all = place ? place->at("ballots").as_array() : json::array();
  all.push_back(json_text(view(event.getBallot())));
  rows.keep({"at", view(event.getRound()), view(event.getStep()), view(event.getTrack())},
            {{"ballots", std::move(all)}});
  json::object row;
  row["step"] = json_text(view(event.getStep()));
  row["outcomeName"] = words("表决中", "open");
  row["present"] = event.getPresent().size();
  row["members"] = event.getMembers().size();
  row["secret"] = event.getSecret();
  set_since(row, recorded);
  rows.put({view(event.getRound()), view(event.getTrack()), view(event.getBallot()), {}, {}},
           std::move(row));
}

void cast(events::VoteCast::Reader event, const events::Recorded& recorded, Rows& rows) {
  auto ballot = rows.kept({view(event.getBallot())});
  if (!ballot) return;
  std::string round = text_in(*ballot, "round");
  std::string track = text_in(*ballot, "track");
  json::object row;
  row["step"] = json_text(text_in(*ballot, "step"));
  set_since(row, recorded);
  if (ballot->at("secret").as_bool()) {
    row["outcomeName"] = words("已投票", "has voted");
    rows.put({round, track, view(event.getBallot()), {}, view(event.getMember())}, std::move(row));
    return;
  }
  for (auto choice : event.getChoices()) {
    row["vote"] = code_of(choice.getVote());
    row["outcomeName"] = words_of(choice.getVote());
    rows.put({round, track, view(event.getBallot()), view(choice.getApplication()),
              view(event.getMember())},
             row);
  }
}

void close(events::BallotClosed::Reader event, const events::Recorded& recorded, Rows& rows) {
  std::string_view round = view(event.getRound());
  std::string_view track = view(event.getTrack());
  auto whole = rows.get({round, track, view(event.getBallot()), {}, {}}).value_or(json::object());
  whole["outcomeName"] = words("已结束", "closed");
  set_since(whole, recorded);
  rows.put({round, track, view(event.getBallot()), {}, {}}, std::move(whole));
  for (auto count : event.getCounts()) {
    json::object row;
    row["step"] = json_text(view(event.getStep()));
    row["passed"] = count.getPassed();
    row["outcomeName"] =
        count.getPassed() ? words("通过", "passed") : words("未通过", "not passed");
    row["favour"] = count.getFavour();
    row["against"] = count.getAgainst();
    row["abstain"] = count.getAbstain();
    row["recused"] = count.getRecused();
    set_since(row, recorded);
    rows.put({round, track, view(event.getBallot()), view(count.getApplication()), {}},
             std::move(row));
  }
}

// What was voted on results that were taken back says nothing any more.
void undo(events::ScoresVoided::Reader event, const events::Recorded& recorded, Rows& rows) {
  std::string_view round = view(event.getRound());
  std::string_view track = view(event.getTrack());
  for (auto step : event.getUndone()) {
    auto place = rows.kept({"at", round, view(step), track});
    if (!place) continue;
    for (const auto& one : place->at("ballots").as_array()) {
      std::string_view ballot = one.as_string();
      auto row = rows.get({round, track, ballot, {}, {}});
      if (!row) continue;
      (*row)["outcomeName"] =
          words("所依据的结果已撤回，作废", "void: its results were taken back");
      set_since(*row, recorded);
      rows.put({round, track, ballot, {}, {}}, std::move(*row));
    }
  }
}

}  // namespace

void Ballots::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isBallotOpened()) open(event.getBallotOpened(), recorded, rows);
  if (event.isVoteCast()) cast(event.getVoteCast(), recorded, rows);
  if (event.isBallotClosed()) close(event.getBallotClosed(), recorded, rows);
  if (event.isScoresVoided()) undo(event.getScoresVoided(), recorded, rows);
}

}  // namespace projections
