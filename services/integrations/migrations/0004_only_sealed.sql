-- Signing secrets are nowhere but sealed: the column in which they stood in the clear goes. Row-level security is forced on owners too.
alter table webhook_secret no force row level security;
do $$
begin
  if exists (select from webhook_secret where secret is not null) then
    raise exception 'signing secrets still stand in the clear'
      using hint = 'Let the version before this one run until the column secret of webhook_secret is empty.';
  end if;
end $$;
alter table webhook_secret force row level security;
alter table webhook_secret drop column secret;
