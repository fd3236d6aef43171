-- Events of a consumer that wait for another try, and those of the same key that came after them and must not overtake them.
-- A row per key: its first event has failed so often and is tried again when it is due.
create table parked_key (
  tenant text not null,
  consumer text not null,
  partition_key uuid not null,
  failures integer not null,
  due_at timestamptz not null,
  primary key (tenant, consumer, partition_key)
);
create index parked_key_due on parked_key (consumer, due_at);
call protect('parked_key', 'select, insert, update, delete');

create table parked_event (
  tenant text not null,
  consumer text not null,
  partition_key uuid not null,
  position bigint not null generated always as identity,
  event_id uuid not null,
  event text not null,
  primary key (tenant, consumer, event_id),
  foreign key (tenant, consumer, partition_key) references parked_key
);
create index parked_event_order on parked_event (tenant, consumer, partition_key, position);
call protect('parked_event', 'select, insert, update, delete');
