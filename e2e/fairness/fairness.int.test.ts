import { startAcceptance } from '../platform/platform.js'
import { createFullCustomer } from './full-customer.js'
import { fill, plain, type WorstRequest, worstRequests } from './worst-requests.js'

/** So many of the worst requests are always under way, each kind as often as the others. */
const atOnce = 8
const asked = 2_000
/** The least ratio counts, and of more rounds where it is too much, so that a busy machine does not fail it. */
const rounds = { least: 1, most: 6 }
const mostTimes = 2

const platform = await startAcceptance()
const headersOf = async (subject: string) => ({
  authorization: `Bearer ${await platform.token({ roles: ['manager'], subject })}`,
})
const [usual, heavy] = [await headersOf('usual'), await headersOf('heavy')]
let turn = 0
const send = ({ body }: WorstRequest) => platform.post(body(++turn), heavy)

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

/** Keeps worst requests under way until it is stopped. */
const burst = () => {
  let on = true
  let ended = 0
  const running = Array.from({ length: atOnce }, async (_, at) => {
    for (; on; ended++) await send(worstRequests[at % worstRequests.length]!)
  })
  return {
    ended: () => ended,
    stop: async () => {
      on = false
      await Promise.all(running)
    },
  }
}

test('the worst requests pass the limits', async () => {
  await fill(platform)
  for (const request of worstRequests) {
    const { status, body } = await send(request)
    const reasons = body.errors?.map(({ extensions }) => extensions.code).filter((code) => code !== 'NOT_FOUND')
    expect([request.kind, status, reasons ?? []]).toEqual([request.kind, 200, []])
  }
})

test('a plain query is at most twice as slow while the worst requests are under way', async () => {
  const ratios: number[] = []
  await p95()
  const isTooMuch = () => Math.min(...ratios) > mostTimes
  for (let round = 1; round <= rounds.least || (isTooMuch() && round <= rounds.most); round++) {
    const alone = await p95()
    const worst = burst()
    const beside = await p95()
    const ended = worst.ended()
    await worst.stop()
    ratios.push(beside / alone)
    process.stdout.write(
      `p95 of a plain query: ${alone.toFixed(1)} ms, beside the worst ${beside.toFixed(1)} ms; ${ended} of them answered\n`,
    )
  }
  expect(Math.min(...ratios)).toBeLessThanOrEqual(mostTimes)
}, 300_000)

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
