import { Webhook } from 'standardwebhooks'
import { startWebhookBench } from '../../fixture/webhook-bench.js'

const bench = await startWebhookBench()
const { svc, receiver } = bench
const secretsOf = async (tenant: string) => {
  const { rows } = await svc.database.system.query('select * from webhook_secret where tenant = $1', [tenant])
  return rows
}
const adminOf = (tenant: string) =>
  svc.context({ subject: 'x', roles: ['admin'], tenant, territories: [''], scopes: [], kind: 'person' })
const deliver = async (hook: { tenant: string; path: string; secret: string }) => {
  const event = await bench.happen(hook.tenant)
  await bench.run()
  const got = receiver.at(hook.path).at(-1)!
  expect(new Webhook(hook.secret).verify(got.body, got.headers as Record<string, string>)).toEqual(event)
}

test('a secret is stored sealed, and signs', async () => {
  const hook = await bench.endpoint()
  expect(JSON.stringify(await secretsOf(hook.tenant))).not.toContain(hook.secret)
  await deliver(hook)
})

test('of a removed endpoint no secret can be opened any more', async () => {
  const hook = await bench.endpoint()
  const [{ id }] = await secretsOf(hook.tenant)
  const open = () => adminOf(hook.tenant).keys.open(hook.id, `webhook_secret.${id}`)
  expect(await open()).toBe(hook.secret)
  const DELETE = 'mutation ($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { id } }'
  await bench.admin(hook.tenant).mutate(DELETE, { id: hook.id })
  expect(await open()).toBeNull()
})

test('while secrets cannot be opened nothing is sent unsigned', async () => {
  const hook = await bench.endpoint()
  await adminOf(hook.tenant).transaction((tx) => tx.keys.shred([hook.id]))
  await bench.happen(hook.tenant)
  await bench.run()
  expect(receiver.at(hook.path)).toEqual([])
})
