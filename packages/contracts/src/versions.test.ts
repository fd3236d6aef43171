import { z } from 'zod'
import { exampleOf } from './asyncapi.js'
import { catalogue } from './catalogue.js'
import { parseEvent } from './parse.js'

// During an upgrade events of the next version reach consumers of this one, and the stream still holds those of the last.

type Json = { [name: string]: unknown }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value in which every object has one more field, at every depth. */
const grown = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(grown)
  if (!isObject(value)) return value
  return { ...Object.fromEntries(Object.entries(value).map(([name, one]) => [name, grown(one)])), addedLater: ['new'] }
}

const cases = catalogue.map((type) => [type.type, type] as const)

test.each(cases)('%s of the next version, with fields more at every depth, is read as one of this', (_, type) => {
  const event = exampleOf(type)
  expect(parseEvent(JSON.stringify(grown(event)))).toEqual(event)
})

test.each(cases)('%s of the last version, without any one of the fields that may be absent, is read', (_, type) => {
  const event = exampleOf(type)
  const data = event.data as unknown as Json
  const { required = [] } = z.toJSONSchema(type.schema, { io: 'input' }) as { required?: string[] }
  for (const name of Object.keys(data).filter((name) => !required.includes(name))) {
    const { [name]: _, ...older } = data
    expect(parseEvent(JSON.stringify({ ...event, data: older })).data).toEqual(older)
  }
})
