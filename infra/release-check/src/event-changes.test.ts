import { type DataSchema, eventChanges } from './event-changes.js'

const event = (changes: DataSchema = {}): DataSchema => ({
  $id: 'urn:clientele:schema:clientele.profiles.customer.updated.v1',
  description: 'Details of a customer changed.',
  type: 'object',
  properties: {
    id: { type: 'string', description: 'Identifier.' },
    status: { type: 'string', enum: ['ACTIVE', 'ARCHIVED'] },
    territory: { anyOf: [{ type: 'string', maxLength: 200 }, { type: 'null' }] },
    refs: {
      type: 'array',
      items: { type: 'object', properties: { system: { type: 'string' } }, required: ['system'] },
    },
  },
  required: ['id', 'status'],
  ...changes,
})

const withProperty = (name: string, schema: DataSchema | undefined): DataSchema => {
  const { [name]: _, ...others } = event().properties as Record<string, DataSchema>
  return event({ properties: schema ? { ...others, [name]: schema } : others })
}

test.each<[string, DataSchema]>([
  ['nothing', event()],
  ['a description', withProperty('id', { type: 'string', description: 'Who it is.' })],
  ['the order of an enum', withProperty('status', { type: 'string', enum: ['ARCHIVED', 'ACTIVE'] })],
  ['an optional property that is new', withProperty('note', { type: 'string' })],
  ['an optional property that is gone', withProperty('territory', undefined)],
  [
    'an optional property of a list’s items',
    withProperty('refs', {
      type: 'array',
      items: {
        type: 'object',
        properties: { system: { type: 'string' }, at: { type: 'string' } },
        required: ['system'],
      },
    }),
  ],
])('both versions read each other: %s', (_, next) => {
  expect(eventChanges(event(), next)).toEqual([])
})

test.each<[string, DataSchema, string[]]>([
  [
    'one more value of an enum, which older consumers refuse',
    withProperty('status', { type: 'string', enum: ['ACTIVE', 'ARCHIVED', 'BLOCKED'] }),
    ['data.status.enum was ["ACTIVE","ARCHIVED"] and is ["ACTIVE","ARCHIVED","BLOCKED"].'],
  ],
  [
    'a longer text',
    withProperty('territory', { anyOf: [{ type: 'string', maxLength: 400 }, { type: 'null' }] }),
    ['data.territory.anyOf[0].maxLength was 200 and is 400.'],
  ],
  ['another type', withProperty('id', { type: 'integer' }), ['data.id.type was "string" and is "integer".']],
  [
    'a property that has to be there now',
    event({ required: ['id', 'status', 'territory'] }),
    ['data.territory has to be there, and older events lack it.'],
  ],
  [
    'a property that may be absent now',
    event({ required: ['id'] }),
    ['data.status was always there and need no longer be.'],
  ],
  ['closed objects', event({ additionalProperties: false }), ['data.additionalProperties was undefined and is false.']],
  [
    'a required property of a list’s items',
    withProperty('refs', { type: 'array', items: { type: 'object', properties: {}, required: ['system', 'at'] } }),
    ['data.refs.items.at has to be there, and older events lack it.'],
  ],
])('a new version of the event is needed: %s', (_, next, told) => {
  expect(eventChanges(event(), next)).toEqual(told)
})
