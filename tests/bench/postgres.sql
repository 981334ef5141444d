-- What the server is compared with: an append that checks the expected version, and the same in one
-- order without gaps. 512 bytes an event.
create table head (stream bigint primary key, version int not null);
create table event (
  position bigint primary key, stream bigint not null, version int not null,
  at timestamptz not null default clock_timestamp(), payload bytea not null, unique (stream, version));
create table event_in_order (like event including all);
create sequence stream_id;
create sequence position_id;

create function append(of_stream bigint, expected int, what bytea) returns bigint language plpgsql as $$
declare
  at_version int;
  at_position bigint;
begin
  insert into head values (of_stream, 0) on conflict do nothing;
  update head set version = version + 1 where stream = of_stream and version = expected returning version into at_version;
  if at_version is null then raise exception 'stale'; end if;
  insert into event (position, stream, version, payload) values (nextval('position_id'), of_stream, at_version, what)
    returning position into at_position;
  return at_position;
end $$;

-- One writer at a time, so that nobody sees position n + 1 before n.
create function append_in_order(of_stream bigint, expected int, what bytea) returns bigint language plpgsql as $$
declare
  at_version int;
  at_position bigint;
begin
  perform pg_advisory_xact_lock(1);
  insert into head values (of_stream, 0) on conflict do nothing;
  update head set version = version + 1 where stream = of_stream and version = expected returning version into at_version;
  if at_version is null then raise exception 'stale'; end if;
  select coalesce(max(position), 0) + 1 into at_position from event_in_order;
  insert into event_in_order (position, stream, version, payload) values (at_position, of_stream, at_version, what);
  return at_position;
end $$;
