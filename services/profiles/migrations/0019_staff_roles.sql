-- What somebody may do at present, as the identity provider tells; null where it has not told.
alter table staff add column roles jsonb;
