-- Signing secrets are kept sealed from now on; a job moves those that stand here in the clear. A later release drops the column.
alter table webhook_secret alter column secret drop not null;
