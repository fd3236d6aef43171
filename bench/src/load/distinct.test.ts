import { distinct } from './distinct.js'

const body = JSON.stringify({ query: 'query { customer { id name nameOfOther } }', variables: { name: 'name' } })

test('the query is another one and asks the same', () => {
  const { query, variables } = JSON.parse(distinct(body, 'name', 7).body) as { query: string; variables: object }
  expect(query).toBe('query { customer { id name7: name nameOfOther } }')
  expect(variables).toEqual({ name: 'name' })
  expect(distinct(body, 'name', 8).body).not.toBe(distinct(body, 'name', 7).body)
})

test('the answer is read as if the query were the original one', () => {
  const answer = '{"data":[{"name7":"name7","nameOfOther":1},{"name7":null}]}'
  expect(distinct(body, 'name', 7).original(answer)).toBe('{"data":[{"name":"name7","nameOfOther":1},{"name":null}]}')
})
