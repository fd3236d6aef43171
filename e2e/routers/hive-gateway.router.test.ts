import { withoutEntries } from '../permissions/findings.js'
import { describeMatrix, matrixBudget } from '../permissions/matrix.js'
import { type Acceptance, startAcceptance } from '../platform/platform.js'
import { startHiveGateway } from './hive-gateway.js'

const platform = await startAcceptance({ budget: matrixBudget })
const hive = await startHiveGateway(await platform.serveSubgraphs())
platform.defer(hive.stop)

/** As the platform's own, behind the other router. */
const request: Acceptance['request'] = async (actor, query, variables = {}) => {
  const headers = { authorization: `Bearer ${await platform.token(actor)}` }
  return (await platform.post({ query, variables }, headers, hive.url)).body
}

test('whoever has no token, or a forged one, is refused behind the other router too', async () => {
  const query = '{ customers(first: 1) { nodes { id } } }'
  const forged = `${(await platform.token('admin')).slice(0, -8)}AAAAAAAA`
  for (const headers of [{}, { authorization: `Bearer ${forged}` }] as Record<string, string>[]) {
    const { body } = await platform.post({ query }, headers, hive.url)
    expect(body.data?.customers ?? null).toBeNull()
    expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  }
})

test('messages come in the language of whoever asks', async () => {
  const headers = { authorization: `Bearer ${await platform.token('sales')}`, 'accept-language': 'zh' }
  const query = 'mutation { archiveCustomer(input: { id: "00000000-0000-7000-8000-000000000000" }) { id } }'
  const { body } = await platform.post({ query }, headers, hive.url)
  expect(body.errors?.[0]?.message).toMatch(/\p{Script=Han}/u)
})

// Hive Gateway 2.15 leaves the place in the list out of an entity's error.
await describeMatrix({ ...platform, request }, withoutEntries)
