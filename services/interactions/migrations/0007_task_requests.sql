-- The service that asked for a task, and what it knows the task by: none is made twice.
alter table task
  add column source_service text,
  add column source_key text,
  add check ((source_service is null) = (source_key is null)),
  add unique (tenant, source_service, source_key);
