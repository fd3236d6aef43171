create table note (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  subject_id uuid not null,
  rank integer not null,
  kind text not null,
  title text not null,
  remark text,
  amount numeric(19, 4) not null default 0,
  due_on date not null default '2026-01-01',
  primary key (tenant, id)
);
create index note_subject on note (tenant, subject_id, rank desc, id desc);
call protect('note');

create table note_count (
  tenant text not null default current_tenant(),
  subject_id uuid not null,
  notes integer not null,
  primary key (tenant, subject_id)
);
call protect('note_count');
