-- Tags that were merged, as events of profiles tell it: whoever names one means the one that goes on.
create table merged_tag (
  tenant text not null default current_tenant(),
  key text not null,
  into_key text not null check (into_key <> key),
  primary key (tenant, key)
);
create index merged_tag_into on merged_tag (tenant, into_key);
call protect('merged_tag');
