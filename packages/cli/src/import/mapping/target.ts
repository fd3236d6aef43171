import type { Api } from '../../api/api.js'
import { UsageError } from '../../command.js'

/** What the API takes at one place of an input: a list, an object with fields, or a leaf. */
export interface Target {
  /** Name of the GraphQL type, without list and non-null: `Decimal`. */
  type: string
  /** Must be given: non-null and without a default. */
  required: boolean
  hasDefault: boolean
  /** Of a list: what its entries are. */
  item?: Target
  /** Of an object: its fields. */
  fields?: ReadonlyMap<string, Target>
  /** Of an enum: its values. */
  values?: readonly string[]
}

interface TypeRef {
  kind: string
  name: string | null
  ofType?: TypeRef
}

interface InputField {
  name: string
  defaultValue: string | null
  type: TypeRef
}

interface SchemaType {
  kind: string
  name: string
  inputFields: InputField[] | null
  enumValues: { name: string }[] | null
}

interface Answer {
  __schema: { types: SchemaType[]; mutationType: { fields: { name: string; args: InputField[] }[] } }
}

const schemaQuery = `query ImportTargets {
  __schema {
    types { kind name inputFields { ...Input } enumValues { name } }
    mutationType { fields { name args { ...Input } } }
  }
}
fragment Input on __InputValue { name defaultValue type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`

/** An import mutation of the API. */
export interface ImportMutation {
  name: string
  /** Name of the GraphQL type of its input. */
  inputType: string
  /** What one row may hold. */
  row: Target
}

/** What an import mutation takes, read from the schema of the gateway itself, so that it is never out of date. */
export const readMutation = async (api: Api, mutation: string, signal?: AbortSignal): Promise<ImportMutation> => {
  const { __schema: schema } = await api.call<Answer>(schemaQuery, {}, signal)
  const types = new Map(schema.types.map((type) => [type.name, type]))
  const field = schema.mutationType.fields.find(({ name }) => name === mutation)
  const input = field?.args.find(({ name }) => name === 'input')
  const target = input && targetOf(input, types)
  const row = target?.fields?.get('rows')?.item
  if (!target || !row?.fields)
    throw new UsageError(`The gateway has no mutation ${mutation} that takes rows; is it of another version?`)
  return { name: mutation, inputType: target.type, row }
}

const targetOf = ({ type, defaultValue }: Omit<InputField, 'name'>, types: ReadonlyMap<string, SchemaType>): Target => {
  const isNonNull = type.kind === 'NON_NULL'
  const inner = isNonNull ? (type.ofType as TypeRef) : type
  const hasDefault = defaultValue !== null
  const presence = { required: isNonNull && !hasDefault, hasDefault }
  if (inner.kind === 'LIST') {
    const item = targetOf({ type: inner.ofType as TypeRef, defaultValue: null }, types)
    return { type: item.type, ...presence, item }
  }
  const named = types.get(inner.name as string)
  const target: Target = { type: inner.name as string, ...presence }
  if (named?.enumValues) target.values = named.enumValues.map(({ name }) => name)
  if (named?.inputFields) {
    target.fields = new Map(named.inputFields.map((field) => [field.name, targetOf(field, types)]))
  }
  return target
}
