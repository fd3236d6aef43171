-- What other services have settled for a tenant: few whole documents of a concept.
create table replicated_document (
  tenant text not null default current_tenant(),
  concept text not null,
  id uuid not null,
  version integer not null,
  document jsonb not null,
  primary key (tenant, concept, id)
);
call protect('replicated_document', 'select');
