import { readFile } from 'node:fs/promises'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { QueryPlanner } from '@apollo/query-planner'
import { parse } from 'graphql'
import { readSamples } from '../http/playground.js'
import { committedSupergraph } from '../supergraph/committed-supergraph.js'
import { createFetchEstimate } from './fetch-estimate.js'
import { countFetches, plannerSettings } from './plan-guard.js'

const sdl = await readFile(committedSupergraph, 'utf8')
const supergraph = Supergraph.build(sdl)
const api = supergraph.apiSchema()
const schema = api.toGraphQLJSSchema()
const planner = new QueryPlanner(supergraph, plannerSettings as never)
const estimate = createFetchEstimate(sdl)

const estimated = (query: string) => {
  const document = parse(query)
  return estimate(schema, document, document.definitions[0] as never)
}
const planned = (query: string) =>
  countFetches(planner.buildQueryPlan(operationFromDocument(api, parse(query))).node as never)

const everything = 'displayName satisfaction { nps } rfm { r } visits(first: 1) { totalCount } externalRefs { system }'

test.each<[string, string, number]>([
  ['one service', '{ customers { totalCount } }', 1],
  ['two root fields of one service', '{ customers { totalCount } customer(id: "1") { id } }', 1],
  ['two services side by side', '{ customers { totalCount } visits { totalCount } }', 2],
  ['fields of all services', `{ customer(id: "1") { ${everything} } }`, 5],
  ['a fragment and the same again', `{ customer(id: "1") { ...F rfm { r } } } fragment F on Customer { rfm { f } }`, 2],
  ['a key is everywhere', '{ visits { nodes { id customer { id } } } }', 1],
  ['back to the first service', '{ customer(id: "1") { visits { nodes { customer { displayName } } } } }', 3],
  [
    'twenty aliases',
    `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: customer(id: "${n}") { ${everything} }`).join(' ')} }`,
    81,
  ],
])('%s: as many as the plan has', (_, query, fetches) => {
  expect(estimated(query)).toBe(fetches)
  expect(planned(query)).toBe(fetches)
})

test('no sample is estimated higher than it is planned', async () => {
  for (const { name, query } of await readSamples()) {
    expect([name, estimated(query) <= planned(query)]).toEqual([name, true])
    expect(estimated(query)).toBeGreaterThan(0)
  }
})
