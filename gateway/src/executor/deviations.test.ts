import { differences, tellOtherFaults, withoutPositions } from '../../fixture/executor/differences.js'
import { type Reply, type Rivals, startRivals } from '../../fixture/executor/rivals.js'

/** Where our executor answers otherwise than the stock one, on purpose. */
let rivals: Rivals
beforeAll(async () => {
  rivals = await startRivals()
})
afterAll(() => rivals.close())

const both = async (query: string, variables = {}, scenario = {}) => ({
  stock: await rivals.ask('stock', query, variables, scenario),
  ours: await rivals.ask('compiled', query, variables, scenario),
})

test('an interface fragment around a fragment on the type itself loses nothing', async () => {
  const plain = '{ product(id: 1) { id tags } }'
  const wrapped = '{ product(id: 1) { ... on Node { id ... on Product { tags } } } }'
  const { ours: wanted } = await both(plain)
  const { stock, ours } = await both(wrapped)
  expect(ours.reply).toEqual(wanted.reply)
  expect(ours.reply.data).toHaveProperty('product.tags')
  expect(stock.reply.data).toEqual({ product: { id: expect.any(String) } })
})

describe('where a fetch is for some entries of a list only', () => {
  const query = '{ feed(first: 5) { __typename ... on Product { id shipping } } }'
  const down = { inventory: 'refuses' as const }

  test('an error names the entry that it costs', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { stock, ours } = await both(query, {}, { seed, down })
      expect(differences(withoutPositions(stock), withoutPositions(ours))).toEqual([])
      const { feed } = ours.reply.data as { feed: { __typename: string }[] | null }
      const products = (feed ?? []).flatMap(({ __typename }, index) => (__typename === 'Product' ? [index] : []))
      expect(ours.reply.errors?.map(({ path }) => path) ?? []).toEqual(products.map((at) => ['feed', at, 'shipping']))
    }
  })

  test('an error names the entry, also in lists within lists', async () => {
    const nested = '{ products(first: 5) { media { __typename ... on Book { reviews { id } } } } }'
    let told = 0
    for (let seed = 1; seed <= 20; seed++) {
      const { ours } = await both(nested, {}, { seed, down: { reviews: 'throws' } })
      const { products } = ours.reply.data as {
        products: ({ media: ({ __typename: string } | null)[] | null } | null)[] | null
      }
      const books = (products ?? []).flatMap((product, outer) =>
        (product?.media ?? []).flatMap((media, inner) =>
          media?.__typename === 'Book' ? [['products', outer, 'media', inner, 'reviews']] : [],
        ),
      )
      expect(ours.reply.errors?.map(({ path }) => path) ?? []).toEqual(books)
      told += books.length
    }
    expect(told).toBeGreaterThan(10)
  })

  test('the stock executor counts the others out, and names another entry', async () => {
    const misplaced: boolean[] = []
    for (let seed = 1; seed <= 10; seed++) {
      const { stock, ours } = await both(query, {}, { seed, down })
      misplaced.push(differences(stock, ours).length > 0)
    }
    expect(misplaced).toContain(true)
  })
})

test('of several values that break the schema, others are told where a field is asked for twice', async () => {
  const query = `{ products(first: 5) { reviews { replies { text } ...Authors } } }
    fragment Authors on Review { replies { author { age } } }`
  const otherwise: boolean[] = []
  for (let seed = 1; seed <= 20; seed++) {
    const { stock, ours } = await both(query, {}, { seed, broken: 15 })
    const different = differences(withoutPositions(stock), withoutPositions(ours))
    if (different.length > 0) expect(tellOtherFaults(stock, ours)).toBe(true)
    expect(ours.reply.data).toEqual(stock.reply.data)
    otherwise.push(different.length > 0)
  }
  expect(otherwise).toContain(true)
})

test('fields come in the order of the specification', async () => {
  const { stock, ours } = await both('{ me { ... on User { id } name ... on User { age } } }')
  expect(ours.reply.data).toEqual(stock.reply.data)
  const order = ({ data }: Reply) => Object.keys((data as { me: object }).me)
  expect([order(ours.reply), order(stock.reply)]).toEqual([
    ['id', 'name', 'age'],
    ['id', 'age', 'name'],
  ])
})
