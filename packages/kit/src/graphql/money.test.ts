import 'reflect-metadata'
import { printSubgraphSchema } from '@apollo/subgraph'
import { graphql } from 'graphql'
import { Arg, buildSchema, Query, Resolver } from 'type-graphql'
import { Money, MoneyInput } from './money.js'

const seen: MoneyInput[] = []

@Resolver()
class Echo {
  @Query(() => Money)
  echo(@Arg('money', () => MoneyInput) money: MoneyInput): Money {
    seen.push(money)
    return money
  }
}

const schema = await buildSchema({ resolvers: [Echo], validate: false })
const source = 'query ($money: MoneyInput!) { echo(money: $money) { amount currency } }'

test('money goes through exactly', async () => {
  const result = await graphql({ schema, source, variableValues: { money: { amount: '12.50', currency: 'EUR' } } })
  expect(result).toEqual({ data: { echo: { amount: '12.5', currency: 'EUR' } } })
  expect(seen.at(-1)).toEqual({ amount: '12.5', currency: 'EUR' })
})

test.each([
  [{ amount: 12.5, currency: 'EUR' }, 'scalar.Decimal', 'money.amount'],
  [{ amount: '1', currency: 'Euro' }, 'scalar.CurrencyCode', 'money.currency'],
])('%j is refused, with the place', async (money, reason, place) => {
  const { errors } = await graphql({ schema, source, variableValues: { money } })
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'INVALID', reason }])
  expect(errors?.[0]?.message).toContain(place)
})

test('every service may have the type, with its scalars', () => {
  const sdl = printSubgraphSchema(schema)
  expect(sdl).toMatch(/type Money\s+@shareable/)
  expect(sdl).toContain('scalar Decimal @specifiedBy(')
})
