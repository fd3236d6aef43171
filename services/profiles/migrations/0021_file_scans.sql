-- Files are scanned before they can be had, where there is a scanner; images have thumbnails.
do $$
declare found text;
begin
  select conname into found from pg_constraint
  where conrelid = 'customer_file'::regclass and pg_get_constraintdef(oid) like '%READY%sha256%';
  execute format('alter table customer_file drop constraint %I', found);
end $$;
alter table customer_file
  add column thumbnail_at timestamptz(3),
  add column thumbnail_fault text check (thumbnail_fault in ('UNREADABLE', 'TOO_LARGE')),
  drop constraint customer_file_status_check,
  add constraint customer_file_status_check check (status in ('STAGED', 'SCANNING', 'READY', 'REFUSED')),
  drop constraint customer_file_refusal_check,
  add constraint customer_file_refusal_check check (refusal in ('SIZE', 'TYPE', 'VIRUS')),
  add constraint customer_file_taken_check
    check ((status in ('SCANNING', 'READY')) = (media_type is not null and sha256 is not null)),
  add constraint customer_file_thumbnail_check check (thumbnail_at is null or thumbnail_fault is null);
