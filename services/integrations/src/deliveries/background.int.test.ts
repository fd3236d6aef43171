import { randomUUID } from 'node:crypto'
import { customerCreated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { Webhook } from 'standardwebhooks'
import { startReceiver } from '../../fixture/receiver.js'
import { CREATE_ENDPOINT } from '../../fixture/webhook-bench.js'
import { integrations } from '../service.js'

const receiver = await startReceiver()
const svc = await startForTest(integrations, { background: true, settings: { WEBHOOK_ALLOW_LOOPBACK: true } })

test('by itself the service delivers what happens, and lets what is under way end before it stops', async () => {
  const input = { url: receiver.url('/hook'), types: ['clientele.profiles.*'] }
  const { createWebhookEndpoint: hook } = await svc.as('admin').mutate(CREATE_ENDPOINT, { input })
  const happen = () => svc.deliver(customerCreated, { ...customerCreated.example, id: randomUUID() })
  const event = await happen()
  await receiver.waitFor('/hook', 1)
  const [first] = receiver.at('/hook')
  expect(new Webhook(hook.secret).verify(first!.body, first!.headers as Record<string, string>)).toEqual(event)

  const order: string[] = []
  receiver.react('/hook', (response) => {
    void svc.stop().then(() => order.push('stopped'))
    response.once('finish', () => order.push('answered'))
    setImmediate(() => response.writeHead(204).end())
  })
  await happen()
  await receiver.waitFor('/hook', 2)
  await svc.stop()
  expect(order).toEqual(['answered', 'stopped'])
})
