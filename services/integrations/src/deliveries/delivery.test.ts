import { DeliveryStatus } from './delivery.entity.js'
import { deliveryWorkflow } from './delivery.workflow.js'

const legal = [
  'PENDING DELIVERED',
  'PENDING FAILED',
  'PENDING CANCELLED',
  'DELIVERED PENDING',
  'FAILED PENDING',
  'CANCELLED PENDING',
]
const statuses = Object.values(DeliveryStatus)

test.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
  const delivery = { status: from as keyof typeof DeliveryStatus }
  const move = () => deliveryWorkflow.move(delivery, to)
  if (legal.includes(`${from} ${to}`)) {
    move()
    expect(delivery.status).toBe(to)
  } else {
    expect(move).toThrow(expect.objectContaining({ code: 'CONFLICT', reason: 'delivery.illegal_transition' }))
    expect(delivery.status).toBe(from)
  }
})
