-- What somebody may do at present, as profiles tells; null where it is not known.
alter table staff add column roles jsonb;
