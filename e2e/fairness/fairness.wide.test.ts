import { plainWeight, weightOf } from '@clientele/gateway'
import { startAcceptance } from '../platform/platform.js'
import { createFullCustomer } from './full-customer.js'
import { fill, type Operation, plain, type WorstRequest, worstRequests } from './worst-requests.js'

/** So many of the worst requests are always under way, each kind as often as the others. */
const atOnce = 8
const asked = 1_000
/** The least ratio counts, and of more rounds where it is too much, so that a busy machine does not fail it. */
const rounds = { least: 1, most: 6 }
const mostTimes = 2
/** Requests of at least these weights, or as large as the limits let them be. */
const weights = [plainWeight + 1, 5_000, 10_000, Number.POSITIVE_INFINITY]

const platform = await startAcceptance()
const headersOf = async (subject: string) => ({
  authorization: `Bearer ${await platform.token({ roles: ['manager'], subject })}`,
})
const [usual, heavy] = [await headersOf('usual'), await headersOf('heavy')]
const told = { ...heavy, 'x-clientele-cost': '1' }
let turn = 0
const send = ({ body }: WorstRequest, size: number) => platform.post(body(++turn, size), heavy)

const costOf = async (operation: Operation): Promise<number> => {
  const { body } = await platform.post(operation, told)
  return (body as { extensions?: { cost: { cost: number } } }).extensions!.cost.cost
}

/** The smallest size of a request that has at least a weight, if one does. */
async function sizeOf({ body, most }: WorstRequest, weight: number): Promise<number> {
  const [one, two] = [await costOf(body(++turn, 1)), await costOf(body(++turn, 2))]
  const weightAt = (size: number) => {
    const bytes = Buffer.byteLength(JSON.stringify(body(turn, size)))
    return weightOf({ bytes, cost: one + (size - 1) * (two - one) })
  }
  for (let size = 1; size < most; size++) if (weightAt(size) >= weight) return size
  return most
}

/** What 95 of 100 plain queries, one after the other, are faster than; in milliseconds. */
const p95 = async (): Promise<number> => {
  const times: number[] = []
  for (let at = 0; at < asked; at++) {
    const begun = performance.now()
    const { body } = await platform.post({ query: plain }, usual)
    times.push(performance.now() - begun)
    if (body.errors) throw new Error(JSON.stringify(body.errors))
  }
  return times.sort((a, b) => a - b)[Math.floor(asked * 0.95)]!
}

/** Keeps requests of these sizes under way until it is stopped. */
const burst = (sizes: readonly number[]) => {
  let on = true
  let ended = 0
  const running = Array.from({ length: atOnce }, async (_, at) => {
    const kind = at % worstRequests.length
    for (; on; ended++) await send(worstRequests[kind]!, sizes[kind]!)
  })
  return {
    ended: () => ended,
    stop: async () => {
      on = false
      await Promise.all(running)
    },
  }
}

beforeAll(() => fill(platform))

test.each(weights)('the worst requests of weight %s pass the limits', async (weight) => {
  for (const request of worstRequests) {
    const { status, body } = await send(request, await sizeOf(request, weight))
    const reasons = body.errors?.map(({ extensions }) => extensions.code).filter((code) => code !== 'NOT_FOUND')
    expect([request.kind, status, reasons ?? []]).toEqual([request.kind, 200, []])
  }
})

test.each(weights)(
  'a plain query is at most twice as slow while the worst requests of weight %s are under way',
  async (weight) => {
    const sizes = await Promise.all(worstRequests.map((request) => sizeOf(request, weight)))
    const ratios: number[] = []
    await p95()
    const isTooMuch = () => Math.min(...ratios) > mostTimes
    for (let round = 1; round <= rounds.least || (isTooMuch() && round <= rounds.most); round++) {
      const alone = await p95()
      const worst = burst(sizes)
      const beside = await p95()
      const ended = worst.ended()
      await worst.stop()
      ratios.push(beside / alone)
      process.stdout.write(
        `p95 of a plain query: ${alone.toFixed(1)} ms, beside the worst of weight ${weight} ${beside.toFixed(1)} ms; ${ended} of them answered\n`,
      )
    }
    expect(Math.min(...ratios)).toBeLessThanOrEqual(mostTimes)
  },
)

describe('lists that lead back to the customer, all as full as they can be', () => {
  const ask = async (selection: string) => {
    const headers = { authorization: `Bearer ${await platform.token('admin')}` }
    const query = `query ($id: ID!) { customer(id: $id) { ${selection} } }`
    const { body } = await platform.post({ query, variables: { id } }, headers)
    return { characters: JSON.stringify(body).length, reason: body.errors?.[0]?.extensions.reason }
  }
  const nested = (levels: number, selection: string): string =>
    levels ? `externalRefs { customer { ${nested(levels - 1, selection)} } }` : selection
  const leaves = 'tags { name } contactPoints { value } addresses { city lines } contactPeople { name }'
  const repeated = Array.from({ length: 24 }, (_, at) => `a${at}: addresses { lines }`).join(' ')
  let id = ''
  beforeAll(async () => {
    id = await createFullCustomer(platform)
  })

  test.each([
    ['once', nested(1, leaves), undefined],
    ['twice', nested(2, 'tags { name }'), 'query.too_costly'],
    ['as deep as a document may be', nested(5, 'id'), 'query.too_costly'],
    ['once, with a list of texts many times', nested(1, repeated), 'query.too_costly'],
  ])('%s', async (_, selection, expected) => {
    const { characters, reason } = await ask(selection)
    process.stdout.write(`${characters} characters ${reason ?? ''}\n`)
    expect(reason).toBe(expected)
    expect(characters).toBeLessThan(8 * 1024 * 1024)
    if (expected) expect(characters).toBeLessThan(1_000)
  })
})
