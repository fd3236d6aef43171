-- What surveys knows of customers, copied from the events of profiles.
create table customer (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  kind text not null,
  status text not null,
  owner_id text,
  territory text,
  primary key (tenant, id)
);
call protect('customer');

create table survey (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  key text not null,
  title text not null,
  status text not null check (status in ('DRAFT', 'PUBLISHED', 'CLOSED')),
  current_version integer not null default 0,
  draft jsonb,
  primary key (tenant, id),
  constraint survey_key unique (tenant, key),
  check ((status = 'DRAFT') = (current_version = 0))
);
create index survey_created on survey (tenant, created_at, id);
create index survey_title on survey (tenant, title, id);
call protect('survey');

create table survey_version (
  tenant text not null default current_tenant(),
  id uuid not null,
  survey_id uuid not null,
  number integer not null check (number > 0),
  title text not null,
  questions jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (tenant, id),
  unique (tenant, survey_id, number),
  foreign key (tenant, survey_id) references survey (tenant, id)
);
call protect('survey_version');
-- A published version is what people answered: it never changes.
revoke update, delete on survey_version from clientele_app;

create table survey_invitation (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  survey_id uuid not null,
  survey_version integer not null,
  customer_id uuid not null,
  channel text not null,
  status text not null check (status in ('ISSUED', 'COMPLETED', 'EXPIRED', 'REVOKED')),
  token_hash text not null,
  expires_at timestamptz not null,
  context_kind text check (context_kind in ('VISIT', 'COMPLAINT')),
  context_id uuid,
  primary key (tenant, id),
  unique (tenant, token_hash),
  foreign key (tenant, survey_id, survey_version) references survey_version (tenant, survey_id, number),
  foreign key (tenant, customer_id) references customer (tenant, id),
  check ((context_kind is null) = (context_id is null))
);
create index survey_invitation_created on survey_invitation (tenant, created_at, id);
create index survey_invitation_survey on survey_invitation (tenant, survey_id, created_at, id);
create index survey_invitation_customer on survey_invitation (tenant, customer_id, created_at desc, id desc);
create index survey_invitation_due on survey_invitation (tenant, expires_at) where status = 'ISSUED';
call protect('survey_invitation', 'select');

create table survey_response (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  survey_id uuid not null,
  survey_version integer not null,
  customer_id uuid not null,
  invitation_id uuid,
  mode text not null check (mode in ('SELF', 'AGENT', 'PAPER')),
  completed_at timestamptz not null,
  nps smallint check (nps between 0 and 10),
  csat smallint check (csat between 1 and 5),
  ces smallint check (ces between 1 and 7),
  context_kind text check (context_kind in ('VISIT', 'COMPLAINT')),
  context_id uuid,
  primary key (tenant, id),
  unique (tenant, invitation_id),
  foreign key (tenant, survey_id, survey_version) references survey_version (tenant, survey_id, number),
  foreign key (tenant, customer_id) references customer (tenant, id),
  foreign key (tenant, invitation_id) references survey_invitation (tenant, id),
  check ((context_kind is null) = (context_id is null))
);
create index survey_response_completed on survey_response (tenant, completed_at, id);
create index survey_response_survey on survey_response (tenant, survey_id, completed_at, id) include (survey_version);
create index survey_response_customer on survey_response (tenant, customer_id, completed_at desc, id desc) include (nps, csat, ces);
call protect('survey_response');

-- Survey, version and time are the response's own, repeated here so that a report reads one index.
create table survey_answer (
  tenant text not null default current_tenant(),
  response_id uuid not null,
  question text not null,
  survey_id uuid not null,
  survey_version integer not null,
  completed_at timestamptz not null,
  kind text not null check (kind in ('NPS', 'CSAT', 'CES', 'SINGLE', 'MULTI', 'TEXT')),
  score smallint,
  choices text[],
  text text,
  primary key (tenant, response_id, question),
  foreign key (tenant, response_id) references survey_response (tenant, id) on delete cascade,
  check (num_nonnulls(score, choices, text) = 1)
);
create index survey_answer_report on survey_answer (tenant, survey_id, completed_at) include (survey_version, question, kind, score, choices);
call protect('survey_answer');
