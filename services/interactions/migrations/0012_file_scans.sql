-- Files are scanned before they can be had, where there is a scanner; images have thumbnails.
do $$
declare
  files text;
  found text;
begin
  foreach files in array array['visit_file', 'complaint_file', 'contact_file', 'task_file'] loop
    select conname into found from pg_constraint
    where conrelid = files::regclass and pg_get_constraintdef(oid) like '%READY%sha256%';
    execute format($table$ alter table %1$I drop constraint %2$I,
  add column thumbnail_at timestamptz(3),
  add column thumbnail_fault text check (thumbnail_fault in ('UNREADABLE', 'TOO_LARGE')),
  drop constraint %1$s_status_check,
  add constraint %1$s_status_check check (status in ('STAGED', 'SCANNING', 'READY', 'REFUSED')),
  drop constraint %1$s_refusal_check,
  add constraint %1$s_refusal_check check (refusal in ('SIZE', 'TYPE', 'VIRUS')),
  add constraint %1$s_taken_check
    check ((status in ('SCANNING', 'READY')) = (media_type is not null and sha256 is not null)),
  add constraint %1$s_thumbnail_check check (thumbnail_at is null or thumbnail_fault is null) $table$, files, found);
  end loop;
end $$;
