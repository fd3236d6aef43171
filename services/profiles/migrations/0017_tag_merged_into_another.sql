-- A tag goes on as another one, never as itself.
alter table tag add constraint tag_merged_into_another check (merged_into_key <> key);
