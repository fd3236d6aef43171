import type { Subgraph } from '@clientele/kit'
import { createCompiled, scopeIn } from '../../../fixture/executor/compiled.js'
import type { Scenario } from '../../../fixture/executor/scenario.js'
import { bothWays, type Told } from '../../../fixture/executor/two-ways.js'

const compiled = createCompiled()
const query = 'query ($id: ID!) { user(id: $id) { age written { __typename } } }'

/** Asks both ways, which must say the same. */
async function ask(query: string, variables: Record<string, unknown>, scenario: Partial<Scenario>): Promise<Told> {
  const both = await bothWays(compiled, query, variables, scenario)
  expect(both!.text.json).toBe(both!.objects.json)
  expect(both!.text.subgraphs.asked).toEqual(both!.objects.subgraphs.asked)
  return both!.text
}

const named = (asked: readonly string[]) => asked.map((each) => JSON.parse(each)[0])
const services = ({ subgraphs: { asked, speculative } }: Told) => ({
  asked: named(asked),
  speculative: named(speculative),
})
const usersIn = ({ subgraphs: { asked } }: Told) =>
  asked.flatMap((each) => (JSON.parse(each)[3].representations ?? []).map(({ id }: { id: string }) => id))

describe('what follows the entity that the client names', () => {
  test.each<[string, string, object?]>([
    ['a variable', query, { id: '3' }],
    ['a variable that is a number', query, { id: 3 }],
    ['a default', query.replace('$id: ID!', '$id: ID! = "3"')],
    ['a text', query.replace('($id: ID!)', '').replace('$id', '"3"')],
    ['a number', query.replace('($id: ID!)', '').replace('$id', '3')],
    [
      'an alias and a fragment',
      `query ($id: ID!) { ...Q } fragment Q on Query { me: user(id: $id) { written { __typename } } }`,
      { id: '3' },
    ],
  ])('is fetched speculatively: %s', async (_, query, variables = {}) => {
    for (let seed = 1; seed < 5; seed++) {
      const told = await ask(query, variables as Record<string, unknown>, { seed, texts: 50 })
      if (JSON.parse(told.json).data[query.includes('me:') ? 'me' : 'user'] === null) continue
      expect(services(told)).toEqual({ asked: ['people'], speculative: ['reviews'] })
    }
  })

  test('is asked while the entity is', async () => {
    const speculative = Promise.withResolvers<void>()
    const through = ({ name, execute }: Subgraph): Subgraph => ({
      name,
      async execute(request) {
        if (request.isSpeculative) speculative.resolve()
        else if (name === 'people') await speculative.promise
        return execute(request)
      },
    })
    const answer = await createCompiled({ through }).prepared(query)!.answer({ id: '3' }, scopeIn({}))
    expect(answer).toHaveProperty('text', expect.stringContaining('"age"'))
  })

  test.each<[string, string]>([
    ['in a mutation', 'mutation ($id: ID!) { renameProduct(id: $id) { id stock { count } } }'],
    ['where the type is open', 'query ($id: ID!) { node(id: $id) { ... on Product { stock { count } } } }'],
    ['by another key', 'query ($id: ID!) { product(id: $id) { reviews { body } } }'],
    ['below the entity', 'query ($id: ID!) { user(id: $id) { manager { written { __typename } } } }'],
    ['of a list', 'query ($id: Int!) { products(first: $id) { stock { count } } }'],
    ['by an argument of another name', 'query ($id: String!) { maker(code: $id) { head { age } } }'],
  ])('is not: %s', async (_, query) => {
    const id = query.includes('Int') ? 3 : query.includes('String') ? 'code-3' : '3'
    expect((await ask(query, { id }, { texts: 50 })).subgraphs.speculative).toEqual([])
  })
})

describe('a speculative fetch', () => {
  test('of an id that is now a part of something else is asked again', async () => {
    const moved: string[] = []
    for (let seed = 1; seed <= 20; seed++) {
      const told = await ask(query, { id: '3' }, { seed, redirected: 100, texts: 50 })
      const user = JSON.parse(told.json).data.user
      if (!user) continue
      expect(services(told)).toEqual({ asked: ['people', 'reviews'], speculative: ['reviews'] })
      moved.push(...usersIn(told))
    }
    expect(moved).not.toContain('3')
    expect(moved.length).toBeGreaterThan(10)
  })

  test('that is not answered is asked', async () => {
    const told = await ask(query, { id: '3' }, { unanswered: 100 })
    expect(services(told)).toEqual({ asked: ['people', 'reviews'], speculative: [] })
  })

  test('that fails is asked, and the error is told once, in its place', async () => {
    const told = await ask(query, { id: '3' }, { down: { reviews: 'refuses' } })
    expect(services(told)).toEqual({ asked: ['people', 'reviews'], speculative: [] })
    const errors = JSON.parse(told.json).errors.map((error: string) => JSON.parse(error))
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['user', 'written'],
        extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }),
      }),
    ])
  })

  test.each(['refuses', 'throws', 'silent'] as const)(
    'counts for nothing where the entity itself fails: %s',
    async (how) => {
      const told = await ask(query, { id: '3' }, { down: { people: how, reviews: how } })
      expect(named(told.subgraphs.asked)).toEqual(['people'])
      expect(JSON.parse(told.json).errors).toHaveLength(1)
    },
  )

  test('counts for nothing where there is no entity', async () => {
    let gone = 0
    for (let seed = 1; seed <= 40; seed++) {
      const told = await ask(query, { id: '3' }, { seed, texts: 50, down: seed % 2 ? {} : { reviews: 'throws' } })
      if (JSON.parse(told.json).data.user !== null) continue
      gone++
      expect(told.json).toBe('{"data":{"user":null}}')
      expect(named(told.subgraphs.asked)).toEqual(['people'])
    }
    expect(gone).toBeGreaterThan(0)
  })

  test('is left where speculative fetches are not answered, and tried again now and then', async () => {
    let ahead = 0
    const through = ({ name, execute }: Subgraph): Subgraph => ({
      name,
      async execute(request) {
        if (!request.isSpeculative) return execute(request)
        ahead++
        return ahead > 6 ? execute(request) : { errors: [{ message: 'No plain read.' }] }
      },
    })
    const user = createCompiled({ through }).prepared(query)!
    const many = async (count: number) => {
      const before = ahead
      for (let index = 0; index < count; index++) await user.answer({ id: '3' }, scopeIn({}))
      return ahead - before
    }
    expect([await many(10), await many(60), await many(10), await many(20)]).toEqual([3, 3, 0, 18])
    expect(await many(10)).toBe(10)
  })

  test('that takes too long is not waited for twice', async () => {
    const asked: string[] = []
    const through = ({ name, execute }: Subgraph): Subgraph => ({
      name,
      async execute(request) {
        asked.push(name)
        if (name === 'reviews') return new Promise(() => {})
        return execute(request)
      },
    })
    const answer = await createCompiled({ through, timeoutMs: 2_000 }).prepared(query)!.answer({ id: '3' }, scopeIn({}))
    expect(asked.sort()).toEqual(['people', 'reviews'])
    expect(JSON.parse(JSON.stringify(answer))).toMatchObject({
      data: { user: { written: null } },
      errors: [{ path: ['user', 'written'], extensions: { code: 'UNAVAILABLE', service: 'reviews' } }],
    })
  })
})
