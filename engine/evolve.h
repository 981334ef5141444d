// How an event changes what is known of a subject. Total: a fact cannot be refused. Pure, any
// thread.
#pragma once

#include "engine/state.h"

namespace engine {

// A sealed field is known to be filled, and no rule may look into it.
void fill(FormValues& values, capnp::List<events::Entry>::Reader entries);

void evolve(LogState& state, const Recorded& recorded);
void evolve(Person& person, const Recorded& recorded);
void evolve(Organ& organ, const Recorded& recorded);
void evolve(Proposal& proposal, const Recorded& recorded);
void evolve(Credential& credential, const Recorded& recorded);
void evolve(Login& login, const Recorded& recorded);
void evolve(Applicant& applicant, const Recorded& recorded);
void evolve(Application& application, const Recorded& recorded);
void evolve(Round& round, const Recorded& recorded);
void evolve(Ballot& ballot, const Recorded& recorded);
void evolve(RecusalRequest& request, const Recorded& recorded);
void evolve(Pool& pool, const Recorded& recorded);
void evolve(Draw& draw, const Recorded& recorded);
void evolve(PublicNotice& notice, const Recorded& recorded);
void evolve(Objection& objection, const Recorded& recorded);
void evolve(CreditCode& code, const Recorded& recorded);
void evolve(Consultation& consultation, const Recorded& recorded);
void evolve(SchemeVersions& scheme, const Recorded& recorded);
void evolve(CalendarState& calendar, const Recorded& recorded);
void evolve(CommandOutcome& outcome, const Recorded& recorded);
void evolve(Refusals& refusals, const Recorded& recorded);

}  // namespace engine
