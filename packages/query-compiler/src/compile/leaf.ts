import {
  type GraphQLEnumType,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNullableType,
  isEnumType,
  isLeafType,
  isScalarType,
} from 'graphql'
import { NotMappable, unanswerable } from './not-mappable.js'

const texts = ['text', 'varchar', 'character varying', 'uuid']

/** Which types of columns a scalar is read from, and its text there: the same that the scalar of the kit writes. */
const readings: Record<string, { from: readonly string[]; write: (sql: string) => string }> = {
  String: { from: texts, write: (sql) => `${sql}::text` },
  ID: { from: texts, write: (sql) => `${sql}::text` },
  EmailAddress: { from: texts, write: (sql) => `${sql}::text` },
  PhoneNumber: { from: texts, write: (sql) => `${sql}::text` },
  CountryCode: { from: texts, write: (sql) => `${sql}::text` },
  CurrencyCode: { from: texts, write: (sql) => `${sql}::text` },
  Int: { from: ['int', 'integer', 'smallint'], write: (sql) => sql },
  Float: { from: ['int', 'integer', 'smallint', 'real', 'double precision', 'float'], write: (sql) => sql },
  Boolean: { from: ['boolean', 'bool'], write: (sql) => sql },
  DateTime: { from: ['timestamptz'], write: (sql) => timeText(sql) },
  Date: { from: ['date'], write: (sql) => `to_char(${sql}, 'YYYY-MM-DD')` },
  Decimal: { from: ['numeric', 'int', 'integer'], write: (sql) => `trim_scale(${sql}::numeric)::text` },
  JSON: { from: ['jsonb'], write: (sql) => sql },
}

/** UTC to the millisecond, finer fractions cut off: what `toISOString` gives. */
export const timeText = (sql: string) => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export const literal = (text: string) => `'${text.replaceAll("'", "''")}'::text`

const notTexts = ['Int', 'Float', 'Boolean', 'JSON']

/** The value of a field of this type, or the mark where there is none. */
export const required = (sql: string, type: GraphQLOutputType): string => {
  const leaf = getNullableType(type)
  const isText = isLeafType(leaf) && !notTexts.includes(leaf.name)
  return isText ? `coalesce((${sql})::text, ${unanswerable.text})` : `coalesce(to_json(${sql}), ${unanswerable.json})`
}

/** A scalar or enum from an expression of this column type; without a type the author answers for it. */
export const leafFromColumn = (type: GraphQLNamedType, sql: string, columnType?: string): string => {
  if (isEnumType(type)) return enumName(type, `${sql}::text`)
  if (columnType === 'uuid' && readings[type.name]?.from === texts) return sql
  // Beyond what the scalar takes it is an error, and the ordinary resolvers tell it.
  if (type.name === 'Decimal' && !columnType) return `trim_scale((${sql})::numeric(38, 4))::text`
  const reading = readings[type.name]
  if (!reading || (columnType && !reading.from.includes(columnType))) {
    throw new NotMappable(`${type.name} is not read from ${columnType ?? 'SQL'}`)
  }
  return reading.write(sql)
}

/** A list of texts from an array of them; in a list of what must not be null a null is for the ordinary resolvers to refuse. */
export const textsFromArray = (item: GraphQLOutputType, sql: string, columnType = 'text[]'): string => {
  const type = getNullableType(item)
  if (!isScalarType(type) || !readings[type.name]?.from.includes('text') || columnType !== 'text[]') {
    throw new NotMappable(`a list of ${type} is not read from ${columnType}`)
  }
  if (type === item) return `to_json(${sql})`
  return `case when array_position(${sql}, null) is null then to_json(${sql}) else ${unanswerable.json} end`
}

/** A scalar or enum from a jsonb value. */
export const leafFromJson = (type: GraphQLLeafType, json: string): string => {
  const text = `(${json} #>> '{}')`
  if (isEnumType(type)) return enumName(type, text)
  switch (type.name) {
    case 'Int':
    case 'Float':
      return onlyOf('number', json)
    case 'Boolean':
      return onlyOf('boolean', json)
    case 'JSON':
      return json
    case 'DateTime':
      return timeText(`${text}::timestamptz`)
    case 'Decimal':
      return checkedDecimal(`${text}::numeric`)
    case 'Date':
      return text
    default:
      return leafFromColumn(type, text, 'text')
  }
}

const onlyOf = (kind: string, json: string) =>
  `case jsonb_typeof(${json}) when '${kind}' then ${json}::json when 'null' then null else case when ${json} is not null then ${unanswerable.json} end end`

// Inside a service an enum has values, outside it has names; a value that has none would be an error.
const enumName = (type: GraphQLEnumType, text: string) => {
  const values = type.getValues().map(({ value, name }) => ({ value: String(value), name }))
  if (values.every(({ value, name }) => value === name)) {
    // One comparison costs each execution a tenth of a dozen.
    const known = `${text} = any('{${values.map(({ name }) => name).join(',')}}'::text[])`
    return `case when ${known} then ${text} when ${text} is not null then ${unanswerable.text} end`
  }
  const cases = values.map(({ value, name }) => `when ${literal(value)} then '${name}'`)
  return `case ${text} ${cases.join(' ')} else case when ${text} is not null then ${unanswerable.text} end end`
}

/** A decimal that may be too long for the scalar. */
const checkedDecimal = (sql: string) =>
  `case when ${sql} is null then null when abs(${sql}) < 1e34 and scale(trim_scale(${sql})) <= 4 then trim_scale(${sql})::text else ${unanswerable.text} end`
