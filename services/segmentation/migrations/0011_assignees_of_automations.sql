-- Actions of automations say assigneeId and ownerId, as everything else does.
update automation set actions = (
  select jsonb_agg(case
    when action #> '{createTask,assignee,staffId}' is not null
      then jsonb_set(action #- '{createTask,assignee,staffId}', '{createTask,assignee,assigneeId}', action #> '{createTask,assignee,staffId}')
    when action #> '{notify,to,staffId}' is not null
      then jsonb_set(action #- '{notify,to,staffId}', '{notify,to,assigneeId}', action #> '{notify,to,staffId}')
    when action #> '{assign,staffId}' is not null
      then jsonb_set(action #- '{assign,staffId}', '{assign,ownerId}', action #> '{assign,staffId}')
    else action end order by place)
  from jsonb_array_elements(actions) with ordinality as one (action, place))
where actions::text like '%"staffId"%';

update automation_version set actions = (
  select jsonb_agg(case
    when action #> '{createTask,assignee,staffId}' is not null
      then jsonb_set(action #- '{createTask,assignee,staffId}', '{createTask,assignee,assigneeId}', action #> '{createTask,assignee,staffId}')
    when action #> '{notify,to,staffId}' is not null
      then jsonb_set(action #- '{notify,to,staffId}', '{notify,to,assigneeId}', action #> '{notify,to,staffId}')
    when action #> '{assign,staffId}' is not null
      then jsonb_set(action #- '{assign,staffId}', '{assign,ownerId}', action #> '{assign,staffId}')
    else action end order by place)
  from jsonb_array_elements(actions) with ordinality as one (action, place))
where actions::text like '%"staffId"%';
