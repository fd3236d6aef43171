import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
} from 'graphql'
import type { Random } from './random.js'

/** A query with its variables. */
export interface Generated {
  query: string
  variables: Record<string, unknown>
}

interface Options {
  schema: GraphQLSchema
  random: Random
  /** Literals of arguments, by `field.argument` or by the argument alone. */
  arguments: Readonly<Record<string, readonly string[]>>
  /** Left out, except now and then. */
  rare: ReadonlySet<string>
  depth?: number
}

/** Makes queries of a root field with everything that a client may write: aliases, fragments, variables, `@skip` and `@include`. */
export const createOperations = ({ schema, random, arguments: values, rare, depth = 4 }: Options) => {
  let fragments: string[] = []
  let declared: string[] = []
  let variables: Record<string, unknown> = {}

  const valuesOf = (field: GraphQLField<unknown, unknown>, name: string) =>
    values[`${field.name}.${name}`] ?? values[name] ?? []

  const selection = (type: GraphQLNamedType, levels: number, isPossible = false): string => {
    const fields = Object.values((type as GraphQLObjectType).getFields())
    const chosen = random.some(fields, 8).filter((field) => random.chance(rare.has(field.name) ? 0.05 : 1))
    const parts = chosen.map((field) => fieldText(field, levels, isPossible)).filter((text) => text !== undefined)
    if (random.chance(0.2)) parts.push('__typename')
    if (isInterfaceType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (random.chance(0.6)) parts.push(`... on ${possible.name} { ${selection(possible, levels - 1, true)} }`)
      }
    }
    return parts.join(' ') || '__typename'
  }

  // An alias of its own keeps fragments, or the possible types of an interface, from asking for different things by one key.
  const fieldText = (
    field: GraphQLField<unknown, unknown>,
    levels: number,
    isPossible: boolean,
  ): string | undefined => {
    const named = getNamedType(field.type)
    if (!isLeafType(named) && levels <= 0) return undefined
    const args = field.args
      .filter(({ name }) => valuesOf(field, name).length && random.chance(0.5))
      .map(({ name }) => `${name}: ${argument(field, name)}`)
    const isPlain = !args.length && isLeafType(named) && !isPossible && random.chance(0.8)
    const alias = isPlain ? '' : `${field.name}_${fragments.length}_${declared.length}_${random.below(1e6)}: `
    const head = `${alias}${field.name}${args.length ? `(${args.join(', ')})` : ''}${directive(isPlain)}`
    if (isLeafType(named)) return head
    const body = selection(named, levels - 1)
    const cut = random.below(4)
    if (cut === 0) return `${head} { ${fragment(named.name, body)} }`
    if (cut === 1) return `${head} { ... on ${named.name} { ${body} } }`
    return `${head} { ${body} }`
  }

  const fragment = (on: string, body: string) => {
    const name = `f${fragments.length}`
    fragments.push(`fragment ${name} on ${on} { ${body} }`)
    return `...${name}`
  }

  const directive = (isPlain: boolean) => {
    if (isPlain || random.chance(0.8)) return ''
    return ` @${random.one(['skip', 'include'])}(if: ${variable('Boolean!', random.chance(0.5))})`
  }

  const argument = (field: GraphQLField<unknown, unknown>, name: string) => {
    const text = random.one(valuesOf(field, name))
    const { type } = field.args.find((arg) => arg.name === name)!
    const plain = /^(-?\d+|".*")$/.test(text)
    return plain && random.chance(0.5) ? variable(String(type), JSON.parse(text)) : text
  }

  const variable = (type: string, value: unknown) => {
    const name = `v${declared.length}`
    declared.push(`$${name}: ${type}`)
    variables[name] = value
    return `$${name}`
  }

  /** A query of a root field, whose arguments are given; of `_entities` the selection is on `type`. */
  return (root: string, type: string, given: Record<string, readonly [type: string, value: unknown]>): Generated => {
    fragments = []
    declared = []
    variables = {}
    const args = Object.entries(given).map(([name, [kind, value]]) => `${name}: ${variable(kind, value)}`)
    const body = selection(schema.getType(type)!, depth)
    const inner = root === '_entities' ? `... on ${type} { ${body} }` : body
    const head = `${root}${args.length ? `(${args.join(', ')})` : ''}`
    const list = declared.length ? `(${declared.join(', ')})` : ''
    return { query: `query ${list} { ${head} { ${inner} } } ${fragments.join(' ')}`, variables }
  }
}
