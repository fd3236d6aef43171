-- Actions of automations say assigneeId and ownerId, as everything else does.
create function with_assignees(actions jsonb) returns jsonb language sql immutable as $$
  select jsonb_agg(case
    when action #> '{createTask,assignee,staffId}' is not null
      then jsonb_set(action #- '{createTask,assignee,staffId}', '{createTask,assignee,assigneeId}', action #> '{createTask,assignee,staffId}')
    when action #> '{notify,to,staffId}' is not null
      then jsonb_set(action #- '{notify,to,staffId}', '{notify,to,assigneeId}', action #> '{notify,to,staffId}')
    when action #> '{assign,staffId}' is not null
      then jsonb_set(action #- '{assign,staffId}', '{assign,ownerId}', action #> '{assign,staffId}')
    else action end order by place)
  from jsonb_array_elements(actions) with ordinality as one (action, place)
$$;
alter table automation no force row level security;
alter table automation_version no force row level security;
update automation set actions = with_assignees(actions) where actions::text like '%"staffId"%';
update automation_version set actions = with_assignees(actions) where actions::text like '%"staffId"%';
alter table automation force row level security;
alter table automation_version force row level security;
drop function with_assignees;
