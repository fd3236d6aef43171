import { WebhookStatus } from './webhook-endpoint.entity.js'
import { webhookEndpointWorkflow } from './webhook-endpoint.workflow.js'

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
