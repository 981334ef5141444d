#include "projections/objections.h"

#include "events/moment.h"
#include "projections/json.h"
#include "projections/rows.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::view;

void file(events::ObjectionFiled::Reader event, const events::Recorded& recorded, Rows& rows) {
  json::object row;
  row["notice"] = json_text(view(event.getNotice()));
  row["application"] = json_text(view(event.getApplication()));
  row["objector"] = json_text(view(event.getObjector()));
  row["filed"] = events::text(recorded.at());
  row["content"] = json_text(view(event.getContent()));
  set_text(row, "evidence", view(event.getEvidence()));
  if (event.getSettleBy() != 0) {
    row["settleBy"] = events::text(events::to_moment(event.getSettleBy()));
  }
  row["outcomeName"] = words("待处理", "open");
  set_since(row, recorded);
  rows.put({view(event.getRound()), view(event.getObjection())}, std::move(row));
}

template <class Change>
void change(Rows& rows, std::string_view round, std::string_view objection,
            const events::Recorded& recorded, const Change& apply) {
  auto row = rows.get({round, objection});
  if (!row) return;
  apply(*row);
  set_since(*row, recorded);
  rows.put({round, objection}, std::move(*row));
}

}  // namespace

void Objections::apply(const events::Recorded& recorded, Rows& rows) {
  auto event = recorded.event();
  if (event.isObjectionFiled()) {
    file(event.getObjectionFiled(), recorded, rows);
  } else if (event.isObjectionSettled()) {
    auto settled = event.getObjectionSettled();
    change(rows, view(settled.getRound()), view(settled.getObjection()), recorded,
           [&](json::object& row) {
             row["settled"] = events::text(recorded.at());
             row["settledBy"] = json_text(view(recorded.record.getActor()));
             row["outcomeName"] =
                 settled.getUpheld() ? words("成立", "upheld") : words("不成立", "not upheld");
             row["report"] = json_text(view(settled.getReport()));
           });
  } else if (event.isApplicationExcluded()) {
    auto excluded = event.getApplicationExcluded();
    change(rows, view(excluded.getRound()), view(excluded.getObjection()), recorded,
           [](json::object& row) {
             row["outcomeName"] = words("成立，退出评选", "upheld: out of the round");
           });
  }
}

}  // namespace projections
