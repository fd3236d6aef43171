import fc from 'fast-check'
import { exampleOf } from './asyncapi.js'
import { catalogue } from './catalogue.js'
import { ContractError } from './contract-error.js'
import { sequenceOf } from './envelope.js'
import { complaintClosed, complaintReceived } from './interactions.js'
import { parseEvent } from './parse.js'
import { customerUpdated } from './profiles.js'

const closed = exampleOf(complaintClosed)

const refusal = (json: unknown): ContractError => {
  try {
    parseEvent(json)
  } catch (error) {
    if (error instanceof ContractError) return error
    throw error
  }
  throw new Error('The event was accepted.')
}

test.each(catalogue.map((type) => [type.type, type] as const))('%s is read back from JSON', (_, type) => {
  expect(parseEvent(JSON.stringify(exampleOf(type)))).toEqual(exampleOf(type))
})

test('fields that the contract does not name are dropped, at every depth', () => {
  const data = { ...closed.data, displayName: 'Ada', nested: { email: 'ada@example.org' } }
  expect(parseEvent({ ...closed, extra: 1, data })).toEqual(closed)
})

test('optional attributes are kept', () => {
  const traced = {
    ...closed,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    causationid: '0199a1b2-0000-7000-8000-0000000000fd',
    changeorigin: 'erp',
  }
  expect(parseEvent(JSON.stringify(traced))).toEqual(traced)
})

test('an expected type narrows the data', () => {
  const { data } = parseEvent(JSON.stringify(closed), [complaintClosed])
  const decision: 'UPHELD' | 'PARTLY_UPHELD' | 'NOT_UPHELD' | null | undefined = data.decision
  expect(decision).toBe('UPHELD')
  expect(() => parseEvent(closed, [complaintReceived])).toThrow(expect.objectContaining({ code: 'event.unknown_type' }))
})

test.each([
  ['no JSON', '{'],
  ['nothing', ''],
  ['null', null],
  ['a number', 7],
  ['a list', '[]'],
])('%s is malformed', (_, json) => {
  expect(refusal(json).code).toBe('event.malformed')
})

test.each([
  ['specversion', '0.3'],
  ['id', '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11'],
  ['source', '/acme/interactions'],
  ['type', 'complaint.closed'],
  ['subject', 'complaint'],
  ['time', '2026-03-21T18:00:05+01:00'],
  ['time', '2026-02-30T18:00:05Z'],
  ['datacontenttype', 'text/plain'],
  ['dataschema', 'https://example.org/schema'],
  ['tenantid', 'Acme'],
  ['partitionkey', ''],
  ['sequence', '8'],
  ['sequence', 8],
  ['traceparent', null],
  ['correlationid', undefined],
  ['data', undefined],
])('an envelope with %s = %j is malformed, and the fault names it', (attribute, value) => {
  const error = refusal({ ...closed, [attribute]: value })
  expect(error.code).toBe('event.malformed')
  expect(error.fields.map(({ path }) => path)).toEqual([attribute])
})

test('an unknown type is named', () => {
  const type = 'clientele.interactions.complaint.sung_about.v1'
  expect(refusal({ ...closed, type })).toMatchObject({
    code: 'event.unknown_type',
    message: `No contract for events of type ${type}.`,
  })
})

test.each([
  ['status', 'SHUT'],
  ['severity', undefined],
  ['category', 'the parcel came late'],
  ['resolveBy', 'tomorrow'],
  ['decision', 'MAYBE'],
])('data with %s = %j is invalid', (field, value) => {
  const error = refusal({ ...closed, data: { ...closed.data, [field]: value } })
  expect(error.code).toBe('event.invalid')
  expect(error.fields.map(({ path }) => path)).toEqual([`data.${field}`])
})

test('faults do not repeat the values', () => {
  const error = refusal({ ...exampleOf(customerUpdated), data: { ...customerUpdated.example, source: 'Ada Lovelace' } })
  expect(error.code).toBe('event.invalid')
  expect(JSON.stringify([error.message, error.fields])).not.toContain('Lovelace')
})

test.each([
  ['source', '/tenants/other/interactions'],
  ['source', '/tenants/acme/profiles'],
  ['subject', `visit/${closed.data.id}`],
  ['subject', 'complaint/0199a1b2-0000-7000-8000-0000000000aa'],
  ['dataschema', 'urn:clientele:schema:clientele.interactions.complaint.received.v1'],
  ['partitionkey', closed.data.id],
  ['sequence', sequenceOf(1)],
])('an envelope whose %s is %j contradicts its data', (attribute, value) => {
  const error = refusal({ ...closed, [attribute]: value })
  expect(error.code).toBe('event.inconsistent')
  expect(error.fields.map(({ path }) => path)).toEqual([attribute])
})

test('sequences sort as text the way versions sort as numbers', () => {
  const version = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(sequenceOf(a)).toHaveLength(20)
      expect(sequenceOf(a) < sequenceOf(b)).toBe(a < b)
    }),
  )
})

test.each([0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('%p is no version', (version) => {
  expect(() => sequenceOf(version)).toThrow(expect.objectContaining({ code: 'event.version' }))
})
