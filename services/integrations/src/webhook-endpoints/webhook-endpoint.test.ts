import { WebhookStatus } from './webhook-endpoint.entity.js'
import { webhookEndpointPolicy } from './webhook-endpoint.policy.js'
import { webhookEndpointWorkflow } from './webhook-endpoint.workflow.js'

const roles = ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account']
const allowed: Record<keyof typeof webhookEndpointPolicy, string[]> = {
  read: ['admin', 'privacy_officer'],
  write: ['admin'],
}

test.each(Object.keys(allowed) as (keyof typeof webhookEndpointPolicy)[])('who may %s endpoints', (action) => {
  const may = roles.filter((role) =>
    webhookEndpointPolicy[action]({ subject: 's', roles: [role], tenant: 't', territories: [], kind: 'person' }),
  )
  expect(may).toEqual(allowed[action])
})

const legal = ['ACTIVE FAILING', 'ACTIVE DISABLED', 'FAILING ACTIVE', 'FAILING DISABLED', 'DISABLED ACTIVE']
const statuses = Object.values(WebhookStatus)

test.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
  const endpoint = { status: from as keyof typeof WebhookStatus }
  const move = () => webhookEndpointWorkflow.move(endpoint, to)
  if (legal.includes(`${from} ${to}`)) {
    move()
    expect(endpoint.status).toBe(to)
  } else {
    expect(move).toThrow(expect.objectContaining({ code: 'CONFLICT', reason: 'webhook_endpoint.illegal_transition' }))
    expect(endpoint.status).toBe(from)
  }
})
