/** JSON Schema 2020-12 of an event's data, as far as it matters here. */
export type DataSchema = { [keyword: string]: unknown }

const annotations = new Set(['$id', '$schema', 'title', 'description', 'examples', 'default', 'deprecated'])

/**
 * What keeps consumers of one version of an event's data from reading the other, each with its place. The stream holds
 * old events for new consumers, and during an upgrade new events reach old consumers: so a shape stays as it is, but
 * for properties that may be absent. They can come and go; all else is a new version of the event (`….v2`).
 */
export const eventChanges = (before: DataSchema, after: DataSchema): string[] => [...differences(before, after, 'data')]

function* differences(before: unknown, after: unknown, path: string): Generator<string> {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [at, one] of before.entries()) yield* differences(one, after[at], `${path}[${at}]`)
    return
  }
  if (!isObject(before) || !isObject(after)) {
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      yield `${path} was ${JSON.stringify(before)} and is ${after === undefined ? 'gone' : JSON.stringify(after)}.`
    }
    return
  }
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (annotations.has(keyword)) continue
    if (keyword === 'properties') yield* properties(before, after, path)
    else if (keyword === 'required') yield* required(before, after, path)
    else if (keyword === 'enum') yield* differences(sorted(before.enum), sorted(after.enum), `${path}.enum`)
    else yield* differences(before[keyword], after[keyword], `${path}.${keyword}`)
  }
}

/** A property that only one of the two names is optional there, or `required` differs too. */
function* properties(before: DataSchema, after: DataSchema, path: string): Generator<string> {
  const is = propertiesOf(after)
  for (const [name, schema] of Object.entries(propertiesOf(before))) {
    if (name in is) yield* differences(schema, is[name], `${path}.${name}`)
  }
}

function* required(before: DataSchema, after: DataSchema, path: string): Generator<string> {
  const [was, is] = [requiredOf(before), requiredOf(after)]
  for (const name of was) if (!is.includes(name)) yield `${path}.${name} was always there and need no longer be.`
  for (const name of is) if (!was.includes(name)) yield `${path}.${name} has to be there, and older events lack it.`
}

const propertiesOf = ({ properties }: DataSchema): DataSchema => (isObject(properties) ? properties : {})

const requiredOf = ({ required }: DataSchema): string[] => (Array.isArray(required) ? required.map(String) : [])

/** Values in an order of their own: theirs means nothing. */
const sorted = (values: unknown): unknown => (Array.isArray(values) ? values.toSorted() : values)

const isObject = (value: unknown): value is DataSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
