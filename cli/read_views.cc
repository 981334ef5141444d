#include "cli/read_views.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>

#include "cli/on_record.h"
#include "cli/open_sealed.h"
#include "cli/query.h"
#include "projections/all.h"

namespace cli {
namespace {

namespace json = boost::json;
using events::Code;
using events::fail;
using events::Position;
using events::Result;

constexpr std::size_t rows_a_page = 50;
constexpr std::size_t rows_seen_max = 5000;

json::object words_of(const projections::Name& name) { return {{"zh", name.zh}, {"en", name.en}}; }

struct Page {
  const events::Safe* safe = nullptr;  // Where sealed texts are to be opened.
  json::array rows;
  bool guarded = false;
};

// As many rows as are wanted, those that are not shown left out as if they were not there; true if
// there may be more behind them. A page looks at so many rows at most, whoever asks.
Result<bool> fill_page(const Call& call, const projections::View& view, std::size_t wanted,
                       projections::Scan& scan, Page& out) {
  const auto* store = TRY(call.office.rows(view, *scan.at));
  for (std::size_t seen = 0; seen < rows_seen_max;) {
    auto page = TRY(store->scan(view, scan));
    for (auto& row : page.rows) {
      bool shown = call.rights.shows(view, row.row);
      if (shown && out.rows.size() == wanted) return true;
      scan.after = std::move(row.key);
      ++seen;
      if (!shown) continue;
      out.guarded = out.guarded || guarded(row.row);
      json::value value(std::move(row.row));
      open_sealed(value, out.safe, call.language);
      out.rows.push_back(std::move(value));
    }
    if (!page.more) return false;
  }
  return true;
}

}  // namespace

Result<Response> list_views(const Call& call) {
  json::array all;
  for (const auto& view : projections::all) {
    json::array key;
    for (const auto& part : view.key) {
      key.push_back({{"member", part.member}, {"title", words_of(part.title)}});
    }
    json::array columns;
    for (const auto& column : view.columns) {
      columns.push_back({{"member", column.member}, {"title", words_of(column.title)}});
    }
    all.push_back({{"view", view.name},
                   {"title", words_of(view.title)},
                   {"mayRead", call.rights.may_read(view).has_value()},
                   {"key", std::move(key)},
                   {"columns", std::move(columns)}});
  }
  return json_response(json::object{{"views", std::move(all)}});
}

Result<Response> read_view(const Call& call) {
  const auto& path = call.request.path;
  const auto* view = projections::find_view(path[3]);
  if (!view) {
    return fail(Code::not_found, "没有这个视图：" + path[3], "there is no view " + path[3]);
  }
  TRY(call.rights.may_read(*view));
  // Of all the JSON that this answer is made of: half of its time would be spent on the heap.
  std::array<unsigned char, 16 << 10> first_bytes;
  json::monotonic_resource memory(first_bytes.data(), first_bytes.size());
  projections::Scan scan;
  scan.memory = &memory;
  scan.prefix.assign(path.begin() + 4, path.end());
  std::size_t wanted = TRY(page_size(call, rows_a_page));
  scan.limit = wanted + 1;
  std::string_view token = value_of(call.request.query, "page_token");
  if (token.empty()) {
    scan.at = TRY(asked_position(call));
  } else {
    TRY(call.office.page_tokens().read(token, *view, scan));
  }
  bool open = TRY(wants_open(call));
  Page page{open ? &call.office.safe() : nullptr, json::array(&memory), guarded(*view)};
  bool more = TRY(fill_page(call, *view, wanted, scan, page));
  if (open || page.guarded) {
    TRY(put_on_record(call, {std::string(view->name), scan.prefix, *scan.at, open}));
  }
  json::object out(&memory);
  out["view"] = view->name;
  out["at"] = std::to_string(*scan.at);
  out["head"] = std::to_string(call.office.log().head());
  out["rows"] = std::move(page.rows);
  if (more) out["next_page_token"] = call.office.page_tokens().write(*view, scan);
  return json_response(out);
}

}  // namespace cli
