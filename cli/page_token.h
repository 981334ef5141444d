// Where a page of rows ended, and at which position: the next one begins there and cannot drift.
// Whoever gets a token can neither read nor make one, since the row where it ended may be one that
// he is not shown. Good for as long as the server runs. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "events/error.h"
#include "events/new_key.h"
#include "projections/store.h"

namespace cli {

class PageTokens {
 public:
  std::string write(const projections::View& view, const projections::Scan& scan) const;
  // Into the scan's `at` and `after`; its prefix is there already. Invalid for one that was not
  // written for this view and prefix.
  events::Result<> read(std::string_view token, const projections::View& view,
                        projections::Scan& scan) const;

 private:
  std::array<std::uint8_t, 32> key_ = events::new_key();
};

}  // namespace cli
