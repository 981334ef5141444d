// The subcommands. Each adds itself to the program with its options, and sets App::run when it is
// named.
#pragma once

#include <string>
#include <vector>

#include "cli/app.h"

namespace cli {

void add_init(CLI::App& program, App& app);      // init.cc
void add_scheme(CLI::App& program, App& app);    // scheme.cc
void add_calendar(CLI::App& program, App& app);  // calendar.cc
void add_send(CLI::App& program, App& app);      // send.cc
void add_command(CLI::App& program, App& app);   // command.cc
void add_show(CLI::App& program, App& app);      // show.cc
void add_round(CLI::App& program, App& app);     // round.cc
void add_explain(CLI::App& program, App& app);   // explain.cc
void add_event(CLI::App& program, App& app);     // event.cc
void add_log(CLI::App& program, App& app);       // log.cc
void add_backup(CLI::App& program, App& app);    // backup.cc
void add_restore(CLI::App& program, App& app);   // backup.cc
void add_draw(CLI::App& program, App& app);      // draw.cc
void add_token(CLI::App& program, App& app);     // token.cc
void add_serve(CLI::App& program, App& app);     // serve.cc
void add_demo(CLI::App& program, App& app);      // demo.cc

// What the demonstration shows is what these print.
int show_view(App& app, const std::string& view, const std::vector<std::string>& key);  // show.cc
int explain(App& app, const std::string& application, std::size_t last = 0);  // explain.cc
int verify(App& app);                                                         // log.cc

}  // namespace cli
