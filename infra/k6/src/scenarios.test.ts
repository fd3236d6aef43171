import { readFile } from 'node:fs/promises'
import { Supergraph } from '@apollo/federation-internals'
import { type DocumentNode, type OperationDefinitionNode, parse, validate } from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import {
  type Answer,
  documents,
  drawShare,
  draws,
  failureOf,
  limitsOf,
  otherKind,
  type RunKind,
  scenarioNamed,
  scenarios,
  usualLimits,
} from './index.js'

const root = new URL('../../../', import.meta.url)
const sdl = await readFile(new URL('gateway/supergraph.graphql', root), 'utf8')
const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema()
const parsed = new Map<string, DocumentNode>()
for (const [operation, file] of Object.entries(documents)) {
  parsed.set(operation, parse(await readFile(new URL(file, root), 'utf8')))
}
const operationOf = (name: string) => parsed.get(name)!.definitions[0] as OperationDefinitionNode

test.each(Object.keys(documents))('%s is the operation of its document, and the gateway has what it asks', (name) => {
  expect(parsed.get(name)!.definitions).toHaveLength(1)
  expect(operationOf(name).name?.value).toBe(name)
  expect(validate(schema, parsed.get(name)!)).toEqual([])
})

const known = {
  customers: [
    { id: 'c1', displayName: 'Anna Abel' },
    { id: 'c2', displayName: null },
  ],
  cursors: [null, 'a'],
  staff: ['s1'],
}
const answers: Answer[] = [{ data: { createTask: { id: 't1' } } }]
const steps = scenarios.flatMap(({ name, shares }) =>
  shares.flatMap(({ action }) => action.steps.map((step) => [name, action.name, step] as const)),
)

test.each(steps)('%s, %s: the variables are what the operation takes', (_, __, { operation, variables }) => {
  const draw = draws(7)
  for (let at = 0; at < 50; at++) {
    const given = variables({ draw, known, answers, now: new Date('2026-03-01T12:00:00Z') })
    const definitions = operationOf(operation).variableDefinitions ?? []
    const { errors } = getVariableValues(schema, definitions, given as Record<string, unknown>)
    expect(errors).toBeUndefined()
  }
})

test('the same seed draws the same actions and variables, and actions come by their weights', () => {
  const course = (seed: number) => {
    const draw = draws(seed)
    return Array.from({ length: 10_000 }, () => {
      const { role, action } = drawShare(scenarioNamed('mixed-day'), draw)
      return [role, action.name, action.steps[0]!.variables({ draw, known, answers: [], now: new Date(0) })]
    })
  }
  expect(course(3)).toEqual(course(3))
  expect(course(4)).not.toEqual(course(3))
  const opened = course(3).filter(([role, action]) => role === 'sales' && action === 'open a customer')
  expect(opened.length / 10_000).toBeCloseTo(0.2, 1)
})

test.each<[number, Answer | undefined, string | undefined]>([
  [200, { data: { customer: { id: '1' } } }, undefined],
  [0, undefined, 'no answer'],
  [502, undefined, 'HTTP 502'],
  [200, { data: null }, 'no data'],
  [200, { data: { customer: null }, errors: [{ message: '', extensions: { code: 'NOT_FOUND' } }] }, 'NOT_FOUND'],
  [429, { errors: [{ message: '', extensions: { code: 'RATE_LIMITED', reason: 'rate' } }] }, 'RATE_LIMITED rate'],
])('HTTP %s with %j: %s', (status, answer, expected) => {
  expect(failureOf(status, answer)).toBe(expected)
})

test('a run is held against a reference: p95 and throughput as ratios, failures as they are', () => {
  const reference = { requestsPerSecond: 100, p50: 5, p95: 10, p99: 20, failures: 0 }
  const met = (figures: Partial<typeof reference>) =>
    limitsOf({ ...reference, ...figures }, usualLimits, reference).map((each) => each.met)
  expect(met({})).toEqual([true, true, true])
  expect(met({ p95: 13, requestsPerSecond: 80 })).toEqual([true, true, true])
  expect(met({ p95: 13.1, requestsPerSecond: 79, failures: 0.001 })).toEqual([false, false, false])
  expect(limitsOf({ ...reference, failures: 0.5 }, usualLimits)).toHaveLength(1)
})

test('a run is held against one of the same scenario, load and generator alone', () => {
  const run: RunKind = { scenario: 'mixed-day', model: { perSecond: 25 }, runner: 'clientele' }
  expect(otherKind({ ...run }, run)).toBeUndefined()
  const others: Partial<RunKind>[] = [{ scenario: 'mutations' }, { model: { perSecond: 26 } }, { runner: 'k6' }]
  for (const other of others) expect(otherKind({ ...run, ...other }, run)).toMatch(/^The reference is of .*; this is /)
})

test('a scenario that there is not is refused with those that there are', () => {
  expect(() => scenarioNamed('rush')).toThrow(/^There is no scenario "rush"\. There is: customer-360, customer-list,/)
})
