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

/** Where the fields are that may be absent, in the example of a type: at every depth. */
const optionalIn = (schema: Json, value: unknown, path: readonly (string | number)[] = []): (string | number)[][] => {
  if (Array.isArray(value))
    return value.flatMap((one, at) => optionalIn((schema.items ?? {}) as Json, one, [...path, at]))
  if (!isObject(value)) return []
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(value).flatMap(([name, one]) => [
    ...(name in properties && !required.includes(name) ? [[...path, name]] : []),
    ...optionalIn(properties[name] ?? {}, one, [...path, name]),
  ])
}

const without = (value: unknown, [name, ...rest]: readonly (string | number)[]): unknown => {
  const copy = structuredClone(value) as Record<string | number, unknown>
  if (rest.length) copy[name!] = without(copy[name!], rest)
  else delete copy[name!]
  return copy
}

const absent = catalogue.flatMap((type) =>
  optionalIn(z.toJSONSchema(type.schema, { io: 'input' }) as Json, type.example).map(
    (path) => [path.join('.'), type.type, path, type] as const,
  ),
)

test('fields that may be absent are found in many events', () => {
  expect(absent.length).toBeGreaterThan(50)
})

test.each(absent)('without %s an event %s of the last version is read', (_, _type, path, type) => {
  const event = exampleOf(type)
  const data = without(event.data, path)
  expect(parseEvent(JSON.stringify({ ...event, data })).data).toEqual(data)
})
