-- One comparison with the directory at a time: until when whoever has begun one may take; free after that, also where they died.
alter table staff_sync add column busy_until timestamptz;
alter table staff_sync alter column synced_at drop not null;
