-- Many customers changed at once. `acting` is who does it, as they were when they began it, or began to undo it.
create table bulk_change (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  kind text not null check (kind in ('SET_FIELDS', 'ADD_TAGS', 'REMOVE_TAGS', 'ARCHIVE', 'RESTORE')),
  fields jsonb not null,
  tags jsonb not null,
  status text not null check (status in ('RUNNING', 'DONE', 'CANCELLED', 'UNDOING', 'UNDONE')),
  acting jsonb not null,
  total integer not null,
  changed integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  undone integer not null default 0,
  not_undone integer not null default 0,
  begun_at timestamptz not null,
  ended_at timestamptz,
  undo_until timestamptz,
  turn_at timestamptz not null default clock_timestamp(),
  primary key (tenant, id),
  check ((status in ('RUNNING', 'UNDOING')) = (ended_at is null))
);
create index bulk_change_latest on bulk_change (tenant, created_at desc, id desc);
create index bulk_change_running on bulk_change (tenant, turn_at) where ended_at is null;
call protect('bulk_change', 'select, update, delete');

-- Its customers, as they were found when it began; a customer who is nobody has no customer_id. What was done to them is what undoing it goes by.
create table bulk_change_row (
  tenant text not null default current_tenant(),
  bulk_change_id uuid not null,
  position integer not null,
  given_id text not null,
  customer_id uuid,
  status text not null default 'PENDING'
    check (status in ('PENDING', 'CHANGED', 'UNCHANGED', 'REFUSED', 'UNDONE', 'NOT_UNDONE')),
  differences jsonb,
  customer_version integer,
  refusal jsonb,
  primary key (tenant, bulk_change_id, position),
  foreign key (tenant, bulk_change_id) references bulk_change (tenant, id) on delete cascade,
  foreign key (tenant, customer_id) references customer (tenant, id) on delete cascade,
  check ((status in ('REFUSED', 'NOT_UNDONE')) = (refusal is not null))
);
create index bulk_change_row_of_customer on bulk_change_row (tenant, customer_id);
create index bulk_change_row_by_status on bulk_change_row (tenant, bulk_change_id, status, position);
call protect('bulk_change_row');
