import { createRandom, seed } from '@clientele/query-compiler/equality'
import { auditDifferences } from './audit-differences.js'
import { tryCursors } from './cursors.js'
import { differences } from './differences.js'
import { nameFilterKeys } from './filter-keys.js'
import { hotStorm } from './hot-storm.js'
import { askManyOfBoth } from './rounds.js'
import { sameAnswers } from './same-answers.js'
import { seedTenants } from './seed.js'
import { startStacks } from './stacks.js'
import { textOrders } from './text-orders.js'

// As many as there is time for; or as many as are wanted, and others: CLIENTELE_EQUALITY_OPERATIONS=20000 CLIENTELE_SEED=7 npm run test:equality
const wanted = process.env.CLIENTELE_EQUALITY_OPERATIONS
const limits = wanted ? { requests: Number(wanted), mostMs: 3_600_000 } : { requests: 300, mostMs: 6_000 }

const stacks = await startStacks()
const known = await seedTenants(stacks)

test.each(sameAnswers)('both stacks answer alike: $what', async ({ query, variables, actor, fault, isRefused }) => {
  const operation = { query, variables: variables?.(known.acme, known.globex) ?? {} }
  const { plain, ours } = await stacks.askBoth({ roles: ['admin'], tenant: 'acme', ...actor }, operation, fault)
  expect(differences(plain, ours)).toEqual([])
  expect('data' in plain.body).toBe(!isRefused)
})

// Before random operations, which may remove what is known.
test('every list answers every cursor with a page or INVALID, in both stacks alike', async () => {
  const perList = wanted ? 200 : 2
  const { lists, tried, requests, faults } = await tryCursors(stacks, known, { random: createRandom(seed), perList })
  console.info(`${requests} cursors on ${tried} of ${lists} lists and orders`)
  expect(faults.slice(0, 5)).toEqual([])
  expect(tried).toBeGreaterThan(30)
}, 600_000)

test('whoever names what is hidden from them in a filter is refused, whatever they say of it and ask for', async () => {
  const { requests, refused, faults } = await nameFilterKeys(stacks, known, {
    random: createRandom(seed),
    perList: wanted ? 1_000 : 1,
  })
  console.info(`${requests} operations that name a key of a filter, ${refused} refused`)
  expect(faults.slice(0, 5)).toEqual([])
  expect(refused).toBeGreaterThan(wanted ? 20 : 0)
}, 600_000)

test('random operations over the whole supergraph are answered as by the stock executor and the resolvers', async () => {
  // Of forged cursors and hidden keys, which the resolvers refuse, nothing is counted here.
  for (const count of stacks.reads.values()) Object.assign(count, { compiled: 0, resolvers: 0 })
  const { counts, coverage } = await askManyOfBoth(stacks, known, { seed, ...limits })
  const reads = [...stacks.reads].map(
    ([name, { compiled, resolvers }]) => `${name} ${compiled}/${compiled + resolvers}`,
  )
  console.info(`seed ${seed}: ${JSON.stringify(counts)}, from compiled reads: ${reads.join(', ')}`)
  const missing = coverage.missing()
  console.info(`${coverage.total - missing.length} of ${coverage.total} fields were asked for`)
  const reordered = counts['equal but for the order of fields']
  expect(counts.equal + counts['equal but for positions in lists'] + reordered).toBe(counts.requests)
  expect(reordered).toBeLessThan(5 + counts.requests / 100)
  expect(counts.stalled).toBeLessThan(5 + counts.requests / 100)
  expect(counts.requests).toBeGreaterThan(40)
  expect(counts['with data'] / counts.requests).toBeGreaterThan(0.6)
  expect(counts['mutations done']).toBeGreaterThan(0)
  if (counts.requests > 2_000 && missing.length > coverage.total / 10) expect(missing).toEqual([])
  expect(stacks.reads.size).toBeGreaterThan(1)
  // A query compiler that always left it to the resolvers would be equal, too.
  const idle = [...stacks.reads].filter(([, { compiled, resolvers }]) => compiled < 0.2 * (compiled + resolvers))
  expect(idle).toEqual([])
}, 3_600_000)

test('lists are in the order of names or of code points, whatever the server’s own', async () => {
  expect(await textOrders(stacks)).toEqual({
    'Automation.name': 'name_order',
    'Customer.number': 'C',
    'Customer.displayName': 'name_order',
    'Segment.key': 'C',
    'Segment.name': 'name_order',
    'Staff.name': 'name_order',
    'Survey.key': 'C',
    'Survey.title': 'name_order',
    'WebhookEndpoint.url': 'C',
  })
})

test('both stacks wrote the same to the audit log', async () => {
  const { entries, found } = await auditDifferences(stacks.platform)
  console.info(`${entries} entries of the audit log`)
  expect(found.slice(0, 5)).toEqual([])
  expect(entries).toBeGreaterThan(10)
})

test('side by side, with everything cached, everybody is answered as if alone', async () => {
  const { requests, faults } = await hotStorm(stacks, known, wanted ? 10 : 2)
  console.info(`hot storm: ${requests} requests`)
  expect(faults).toEqual([])
}, 600_000)
