-- The moment after which a complaint is overdue: the first deadline that was, or unless something happens will be, missed.
-- The time to the decision stands still while the customer is awaited; who was late before is late still.
alter table complaint add column overdue_from timestamptz(3) generated always as (
  case when status not in ('WITHDRAWN', 'DUPLICATE') then least(
    case when coalesce(acknowledged_at > acknowledge_by, status = 'RECEIVED') then acknowledge_by end,
    case when coalesce(coalesce(communicated_at, paused_at) > resolve_by, true) then resolve_by end
  ) end
) stored;
create index complaint_overdue on complaint (tenant, overdue_from) where overdue_from is not null;
